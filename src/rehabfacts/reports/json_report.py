"""The complete report as JSON: what a reader sees, and the certificates that prove it (under `schema/report.json`)."""

import hashlib
import json
import re
from typing import Any

from rehabfacts.checker.reports import Report, RuleCounts, TightenedBound, Violation
from rehabfacts.checker.stories import in_units, sentence, tell
from rehabfacts.checker.worlds import ReadingResult, World
from rehabfacts.errors import Problem
from rehabfacts.schema import Fact

FORMAT = "rehabfacts report 1"

Document = dict[str, Any]
_EXACT = 1 << 53
_UNSAFE = re.compile(r"(?<=#)#|[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What a log or a terminal could take for a command or a direction: written as an escape, which JSON readers undo."""


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # JSON has no colours
    """The report as JSON text, its keys in a fixed order, with a checksum over all else."""
    document = describe(report)
    document["checksum"] = checksum(document)
    members = (f"{_text(key)}: {_lines(value)}" for key, value in document.items())
    text = "{\n" + ",\n".join(members) + "\n}\n"
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _lines(value: Any) -> str:
    """A member of the report, the items of a list on a line each."""
    if isinstance(value, list) and value:
        return "[\n " + ",\n ".join(map(_text, value)) + "\n]"
    return _text(value)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def checksum(document: Document) -> str:
    """SHA-256 of the document without its checksum, keys sorted: against damage, not against forgery."""
    rest = {key: value for key, value in document.items() if key != "checksum"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def describe(report: Report) -> Document:
    """The report as plain values."""
    worlds = _worlds(report)
    place = {id(world): at for at, world in enumerate(worlds)}
    settings = report.settings
    document = {
        "format": FORMAT,
        "complete": report.is_complete,
        "exit_status": report.exit_status,
        "settings": {
            "threshold": settings.threshold, "doubtful": settings.doubtful, "without": list(settings.without),
            "packs": None if settings.packs is None else list(settings.packs), "severities": dict(settings.severities),
            "calendar": settings.calendar,
            "widths": {precision: [width.months, width.days] for precision, width in settings.widths.items()},
        },
        "files": [{"path": path, "sha256": digest} for path, digest in sorted(report.digests.items())],
        "sources": [
            {"id": source.id, "path": source.path, "sha256": source.sha256} for _, source in sorted(report.dataset.sources.items())
        ],
        "problems": [_problem(each) for each in report.problems],
        "unfinished": list(report.unfinished),
        "counts": [_counts(each) for each in report.counts],
        "unprotected": list(report.unprotected),
        "never_matched": [rule.id for rule in report.never_matched],
        "violations": [_violation(each, place) for each in report.violations],
        "readings": [_reading(each, place) for each in report.readings],
        "passages": {
            each.name: sorted({name for reading in each.readings for name in reading.facts}) for each in report.dataset.ambiguities
        },
        "possible": [place[id(world)] for world in report.possible],
        "bounds": [_bound(each) for each in report.bounds()],
        "facts": {name: _fact(report, fact) for name, fact in sorted(_all_facts(worlds).items())},
        "worlds": [{"name": world.name, "readings": dict(world.dataset.taken), "certificate": world.certificate} for world in worlds],
    }  # fmt: skip
    plain: Document = _plain(document)
    return plain


def _worlds(report: Report) -> list[World]:
    others = [report.doubtful] if report.doubtful is not None else []
    every = [report.main, *others, *(each.world for each in report.readings), *report.possible]
    return list({id(world): world for world in every}.values())


def _all_facts(worlds: list[World]) -> dict[str, Fact]:
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
        "not_stated": counts.not_stated,
    }  # fmt: skip


def _violation(violation: Violation, place: dict[int, int]) -> Document:
    story = tell(violation)
    return {
        "id": violation.id, "rule": violation.rule_id, "severity": str(violation.severity), "doubtful": violation.is_doubtful,
        "says": story.says, "path": story.origin.path, "line": story.origin.line, "column": story.origin.column,
        "members": [
            {"fact": each.id, "says": each.says, "path": each.origin.path, "line": each.origin.line, "quote": each.quote} for each in story.members
        ],
        "together_with": [rule.id for rule in story.beside], "definitions": list(story.definitions), "conventions": list(story.conventions),
        "clash": story.clash, "note": story.note, "way_out": list(violation.way_out),
        "world": place[id(violation.world)], "conflict": violation.world.judging.conflicts.index(violation.conflict),
    }  # fmt: skip


def _reading(result: ReadingResult, place: dict[int, int]) -> Document:
    conflicts = result.world.judging.conflicts
    return {
        "ambiguity": result.ambiguity, "reading": result.reading, "held": result.is_held,
        "verdict": "refuted" if result.is_refuted else "possible", "world": place[id(result.world)],
        "conflicts": [conflicts.index(each) for each in result.conflicts],
    }  # fmt: skip


def _bound(bound: TightenedBound) -> Document:
    ends = {"stated": bound.stated, "tightened": bound.tightened}
    shown = {
        name: [None if end is None else in_units(end, is_quantity=bound.is_quantity, unbounded="").replace(",", "") for end in span]
        for name, span in ends.items()
    }
    return {"record": bound.record, "variable": bound.name, **shown}


def _fact(report: Report, fact: Fact) -> Document:
    anchor = report.main.anchors.get(fact.id)
    found = {} if anchor is None else {"state": anchor.state.value, "start": anchor.start, "end": anchor.end, "normalisations": list(anchor.normalisations)}
    return {
        "type": type(fact).__name__, "says": sentence(report.dataset, fact), "status": fact.status, "source": fact.source, "quote": fact.quote,
        "anchor": found or None, "path": fact.origin.path, "line": fact.origin.line, "column": fact.origin.column,
    }  # fmt: skip


def _plain(value: Any) -> Any:
    """Whole numbers that JSON readers would round become texts."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _EXACT else value
