"""What a change did, as JSON (its form is `change-1.schema.json`): all of it, nothing cut."""

from typing import Any

from rehabfacts.changes.classes import Change, ClassifiedViolation
from rehabfacts.changes.differences import MovedBound
from rehabfacts.changes.facts import FactChange
from rehabfacts.checker.reports import Report, TightenedBound
from rehabfacts.checker.stories import tell
from rehabfacts.reports.json_texts import text_of
from rehabfacts.reports.whatif import span_of

FORMAT = "rehabfacts change 1"

Document = dict[str, Any]


def write(change: Change, report: Report) -> str:
    """The change as JSON text, its keys in a fixed order."""
    since = report.since
    return text_of({
        "format": FORMAT,
        "base": since.base if since else "",
        "policy": list(change.policy),
        "is_policy_allowed": since.is_allowed if since else False,
        "complete": change.head.report.is_complete and not change.unfinished,
        "exit_status": change.exit_status(report),
        "unfinished": list(change.unfinished),
        "violations": [_violation(each, report) for each in change.violations],
        "facts": [_fact(each) for each in change.facts],
        "bounds": [_bound(each) for each in change.bounds],
        "readings": [{"reading": name, "before": before, "after": after} for name, before, after in change.readings],
    })  # fmt: skip


def _violation(classified: ClassifiedViolation, report: Report) -> Document:
    violation = classified.violation
    story = tell(violation)
    return {
        "class": classified.kind.value, "id": violation.id, "fingerprint": violation.fingerprint, "rule": violation.rule_id,
        "severity": str(violation.severity), "doubtful": violation.is_doubtful,
        "fails": classified.kind.is_brought and report.fails(violation),
        "says": story.says, "clash": story.clash, "facts": list(violation.conflict.facts), "path": story.origin.path, "line": story.origin.line,
        "members": [{"says": each.says, "quote": each.quote, "path": each.origin.path, "line": each.origin.line} for each in story.members],
    }  # fmt: skip


def _fact(fact: FactChange) -> Document:
    return {"fact": fact.fact, "change": fact.kind, "fields": [{"field": name, "before": before, "after": after} for name, before, after in fact.fields]}


def _bound(bound: MovedBound) -> Document:
    return {"record": bound.record, "name": bound.name, "before": _span(bound.before), "after": _span(bound.after)}


def _span(bound: TightenedBound | None) -> str | None:
    return None if bound is None else span_of(bound)
