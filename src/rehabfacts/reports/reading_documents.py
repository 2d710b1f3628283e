"""The readings of ambiguous passages as plain values of the JSON report."""

from typing import Any

from rehabfacts.checker.readings.readings import ByConflict, Fall, ReadingResult, Span
from rehabfacts.checker.reports import Report, TightenedBound
from rehabfacts.checker.stories import in_units
from rehabfacts.dataset import Ambiguity
from rehabfacts.schema import Fact

Document = dict[str, Any]
Places = dict[int, int]
"""The places of worlds, by identity."""


def describe_reading(report: Report, reading: ReadingResult, place: Places) -> Document:
    """What becomes of one reading, and what it would change."""
    conflicts = reading.world.judging.conflicts
    return {
        "ambiguity": reading.ambiguity, "reading": reading.reading, "held": reading.is_held, "verdict": reading.verdict,
        "world": place[id(reading.world)], "conflicts": [conflicts.index(each) for each in reading.conflicts],
        "fall": None if reading.fall is None else describe_fall(reading.fall, place),
        "moves": [] if reading.is_refuted else [_move(bound, span) for bound, span in report.moves(reading)],
    }  # fmt: skip


def _move(bound: TightenedBound, span: Span) -> Document:
    ends = {"is": bound.tightened, "would_be": span}
    told = {name: [None if end is None else _end(bound, end) for end in each] for name, each in ends.items()}
    return {"record": bound.record, "variable": bound.name, **told}


def _end(bound: TightenedBound, end: int) -> str:
    return in_units(end, is_quantity=bound.is_quantity, unbounded="").replace(",", "")


def describe_fall(fall: Fall, place: Places) -> Document:
    """How something falls: by a conflict of a world, or however a passage is read."""
    if isinstance(fall, ByConflict):
        at = fall.world.judging.conflicts.index(fall.conflict)
        return {"world": place[id(fall.world)], "conflict": at, "rests_on": {name: list(each) for name, each in fall.rests_on.items()}}
    return {"passage": fall.ambiguity, "cases": {reading: describe_fall(case, place) for reading, case in fall.cases}}


def describe_falls(report: Report, place: Places) -> list[Document]:
    """Why no way to read some passages is left."""
    return [
        {"passages": list(names), "fall": None if fall is None else describe_fall(fall, place)} for names, fall in report.falls.items()
    ]


def describe_passages(report: Report) -> Document:
    """The readings of each passage, each with its facts: readings with the same number have a fact alike."""
    return {each.name: _passage(each) for each in report.dataset.ambiguities}


def _passage(passage: Ambiguity) -> Document:
    known: dict[str, list[Fact]] = {}
    return {
        reading.name: {name: _number(known.setdefault(name, []), fact) for name, fact in sorted(reading.facts.items())} for reading in passage.readings
    }


def _number(known: list[Fact], fact: Fact) -> int:
    if fact not in known:
        known.append(fact)
    return known.index(fact)
