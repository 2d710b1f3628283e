"""The complete report as JSON: what a reader sees, and the certificates that prove it (under `schema/report.json`)."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from rehabfacts.checker.attributions.events import Event
from rehabfacts.checker.attributions.reliability import Reliability
from rehabfacts.checker.beliefs import Beliefs, beliefs_of
from rehabfacts.checker.disagreements import scope_of, sides_of
from rehabfacts.checker.judging.repairs import Repair
from rehabfacts.checker.reports import Report, RuleCounts, TightenedBound
from rehabfacts.checker.stories import Member, in_units, sentence, tell
from rehabfacts.checker.violations import Accepted, Violation
from rehabfacts.checker.worlds import World
from rehabfacts.errors import Problem
from rehabfacts.reports.json_texts import text_of
from rehabfacts.reports.reading_documents import describe_falls, describe_passages, describe_reading
from rehabfacts.schema import Fact

FORMAT = "rehabfacts report 1"

Document = dict[str, Any]
_EXACT = 1 << 53
_LONG_NUMBER = re.compile(r"[:,\[]-?\d{16}")


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # JSON has no colours
    """The report as JSON text, its keys in a fixed order, with a checksum over all else."""
    document = describe(report)
    document["checksum"] = checksum(document)
    return text_of(document)


def checksum(document: Document) -> str:
    """SHA-256 of the document without its checksum, keys sorted: against damage, not against forgery."""
    rest = {key: value for key, value in document.items() if key != "checksum"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def describe(report: Report) -> Document:
    """The report as plain values."""
    worlds = report.worlds
    place = {id(world): at for at, world in enumerate(worlds)}
    document = {
        "format": FORMAT,
        "complete": report.is_complete,
        "exit_status": report.exit_status,
        "since": _since(report),
        "settings": _settings(report),
        "files": [{"path": path, "sha256": digest} for path, digest in sorted(report.digests.items())],
        "sources": [
            {"id": source.id, "path": source.path, "sha256": source.sha256} for _, source in sorted(report.dataset.sources.items())
        ],
        "selection": _selection(report),
        "problems": [_problem(each) for each in report.problems],
        "objections": list(report.objections),
        "unfinished": list(report.unfinished),
        "counts": [_counts(each) for each in report.counts],
        "unprotected": list(report.unprotected),
        "never_matched": [rule.id for rule in report.never_matched],
        "idle": [rule.id for rule in report.idle],
        "violations": [_violation(report, each, place) for each in report.violations],
        "believed": [_believed(report, each, place) for each in beliefs_of(report)],
        "events": [_event(report, each) for each in report.witnesses.events],
        "readings": [describe_reading(report, each, place) for each in report.readings],
        "passages": describe_passages(report),
        "possible": [place[id(world)] for world in report.possible],
        "falls": describe_falls(report, place),
        "background": None if report.background is None else place[id(report.background)],
        "bounds": [_bound(each) for each in report.bounds()],
        "facts": {name: _fact(report, fact) for name, fact in sorted(_all_facts(worlds).items())},
        "worlds": [{"name": world.name, "readings": dict(world.dataset.taken), "certificate": world.certificate} for world in worlds],
    }  # fmt: skip
    return _exact(document)


def _settings(report: Report) -> Document:
    settings = report.settings
    return {
        "threshold": settings.threshold, "doubtful": settings.doubtful, "without": list(settings.without),
        "packs": None if settings.packs is None else list(settings.packs), "severities": dict(settings.severities),
        "parameters": dict(settings.parameters), "calendar": settings.calendar,
        "widths": {precision: [width.months, width.days] for precision, width in settings.widths.items()},
        "trust": list(settings.trust), "without_sources": list(settings.without_sources),
        "as_of": None if settings.as_of is None else str(settings.as_of),
        "reliability": [[each] if isinstance(each, str) else list(each) for each in settings.reliability],
        "today": str(settings.today) if report.waivers and settings.today else None,
    }  # fmt: skip


def _since(report: Report) -> Document | None:
    since = report.since
    return None if since is None else {"base": since.base, "policy": list(since.policy), "is_policy_allowed": since.is_allowed, "classes": dict(since.classes)}


def _all_facts(worlds: Sequence[World]) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for world in reversed(worlds):
        found.update(world.dataset.facts)
    return found


def _problem(problem: Problem) -> Document:
    return {
        "code": problem.code, "cause": problem.cause, "hint": problem.hint, "path": problem.path, "line": problem.line, "column": problem.column,
    }  # fmt: skip


def _counts(counts: RuleCounts) -> Document:
    return {
        "rule": counts.rule.id, "pack": counts.rule.pack, "severity": str(counts.rule.severity), "says": dict(counts.rule.says),
        "outcomes": {outcome.value: count for outcome, count in sorted(counts.outcomes.items(), key=lambda item: item[0].value)},
        "not_stated": counts.not_stated, **({"parameters": dict(counts.rule.parameters)} if counts.rule.parameters else {}),
    }  # fmt: skip


def _selection(report: Report) -> Document:
    chosen = report.selection
    return {
        "says": chosen.says if chosen else "", "left_out": list(chosen.left_out) if chosen else [], "undated": list(chosen.undated) if chosen else [],
    }  # fmt: skip


def _believed(report: Report, beliefs: Beliefs, place: dict[int, int]) -> Document:
    return {
        "world": place[id(beliefs.world)], "facts": list(beliefs.facts), "appearing": [_violation(report, each, place) for each in beliefs.appearing],
        "resolved": [each.id for each in beliefs.resolved],
    }  # fmt: skip


def _event(report: Report, event: Event) -> Document:
    return {
        "type": event.type, "roles": [name for name in event.roles if name is not None], "facts": list(event.facts),
        "independent": report.witnesses.independent(event),
    }  # fmt: skip


def side_documents(violation: Violation, members: Sequence[Member], reliability: Reliability) -> list[Document]:
    """Who says what in a conflict, the most reliable first."""
    sides = sides_of(violation, members, reliability)
    return [{"source": side.source, "speaker": side.speaker, "rank": side.rank, "facts": [each.id for each in side.members]} for side in sides]


def _violation(report: Report, violation: Violation, place: dict[int, int]) -> Document:
    story = tell(violation)
    return {
        "id": violation.id, "rule": violation.rule_id, "severity": str(violation.severity), "doubtful": violation.is_doubtful,
        "scope": scope_of(violation), "sides": side_documents(violation, story.members, Reliability(report.settings.reliability)),
        "says": story.says, "path": story.origin.path, "line": story.origin.line, "column": story.origin.column,
        "members": [
            {"fact": each.id, "says": each.says, "path": each.origin.path, "line": each.origin.line, "quote": each.quote} for each in story.members
        ],
        "together_with": [rule.id for rule in story.beside], "definitions": list(story.definitions), "conventions": list(story.conventions),
        "clash": story.clash, "note": story.note, "way_out": list(violation.way_out), "accepted": _accepted(report.accepted.get(violation.id)),
        **_repairs(violation), "world": place[id(violation.world)], "conflict": violation.world.judging.conflicts.index(violation.conflict),
    }  # fmt: skip


def _accepted(acceptance: Accepted | None) -> Document | None:
    """Why a violation does not fail the run, and the waiver that says so."""
    if acceptance is None:
        return None
    waiver = acceptance.waiver
    return {"says": acceptance.says, "waiver": None if waiver is None else {
        "reason": waiver.reason, "author": waiver.author, "clash": None if waiver.clash is None else str(waiver.clash),
        "until": None if waiver.until is None else str(waiver.until), "review": None if waiver.review is None else str(waiver.review),
        "path": waiver.origin.path, "line": waiver.origin.line, "column": waiver.origin.column,
    }}  # fmt: skip


def _repairs(violation: Violation) -> Document:
    """What would end a conflict; nothing for one in what is written."""
    if violation.is_written:
        return {}
    found = violation.repairs
    changes = [_repair(each) for each in found.changes]
    undecided = [{"fact": fact, "variable": variable} for fact, variable in found.undecided]
    return {"repairs": {
        "skipped": found.is_skipped, "changes": changes, "facts": list(found.facts), "conventions": list(found.conventions), "undecided": undecided,
    }}  # fmt: skip


def _unit(repair: Repair) -> str:
    return "days" if not repair.is_quantity else "millionths" if repair.unit == "%" else repair.unit


def _repair(repair: Repair) -> Document:
    allowed = [[_end(end, is_quantity=repair.is_quantity) for end in span] for span in repair.allowed]
    return {
        "fact": repair.fact, "variable": repair.variable, "stated": repair.stated, "allowed": allowed, "whole": repair.is_whole,
        "change": repair.change, "unit": _unit(repair), "widened": repair.is_widened, "moved": repair.is_moved,
        "nearest": repair.nearest,
    }  # fmt: skip


def _bound(bound: TightenedBound) -> Document:
    ends = {"stated": bound.stated, "tightened": bound.tightened}
    shown = {name: [_end(end, is_quantity=bound.is_quantity) for end in span] for name, span in ends.items()}
    return {"record": bound.record, "variable": bound.name, **shown}


def _end(end: int | None, *, is_quantity: bool) -> str | None:
    return None if end is None else in_units(end, is_quantity=is_quantity, unbounded="").replace(",", "")


def _fact(report: Report, fact: Fact) -> Document:
    anchor = report.main.anchors.get(fact.id)
    found = {} if anchor is None else {"state": anchor.state.value, "start": anchor.start, "end": anchor.end, "normalisations": list(anchor.normalisations)}
    return {
        "type": type(fact).__name__, "says": sentence(report.dataset, fact), "status": fact.status, "source": fact.source,
        "according_to": fact.according_to, "quote": fact.quote,
        "anchor": found or None, "path": fact.origin.path, "line": fact.origin.line, "column": fact.origin.column,
    }  # fmt: skip


def _exact(document: Document) -> Document:
    """The document, in which whole numbers that JSON readers would round are texts."""
    is_long = _LONG_NUMBER.search(json.dumps(document, ensure_ascii=False, separators=(",", ":")))
    return {key: _with_texts(each) for key, each in document.items()} if is_long else document


def _with_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_texts(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_texts(each) for each in value]
    return str(value) if isinstance(value, int) and abs(value) > _EXACT else value
