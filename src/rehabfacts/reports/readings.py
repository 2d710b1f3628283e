"""What becomes of the readings of ambiguous passages, told: possible or refuted, by what, and what each would change."""

from collections.abc import Iterator, Sequence

from rehabfacts.checker.readings.readings import ByConflict, Fall, ReadingResult, Span
from rehabfacts.checker.reports import Report, TightenedBound
from rehabfacts.checker.stories import in_units, limit_word, sentence, tell
from rehabfacts.checker.violations import Violation
from rehabfacts.checker.worlds import World
from rehabfacts.dataset import Dataset
from rehabfacts.schema import Fact

_MOST = 20


def iter_readings(report: Report) -> Iterator[str]:
    """Each reading on a line, with the lines under it that tell why, or what it would change."""
    for each in report.readings:
        yield f"reading  {headline(report, each)}"
        yield from (f"  {line}" for line in iter_reasons(report, each))


def headline(report: Report, reading: ReadingResult) -> str:
    """A reading, and what becomes of it."""
    name = f"{reading.ambiguity}={reading.reading}{', held' if reading.is_held else ''}"
    if reading.is_refuted:
        return f"{name}: refuted by {_because(reading)}"
    if reading.is_undecided:
        return f"{name}: undetermined"
    if reading.is_held:
        return f"{name}: possible"
    number = len(report.moves(reading))
    moved = "no bound" if not number else "1 bound" if number == 1 else f"{number} bounds"
    return f"{name}: possible; {'' if _is_of_held(report, reading) else 'if held, '}it would move {moved}"


def _is_of_held(report: Report, reading: ReadingResult) -> bool:
    return any(each.ambiguity == reading.ambiguity and each.is_held for each in report.readings)


def _because(reading: ReadingResult) -> str:
    if reading.fall is not None and not isinstance(reading.fall, ByConflict):
        return f"one conflict or another, however {reading.fall.ambiguity} is read"
    return "; ".join(f"{each.headline.rule.id if each.headline else 'facts-agree'} ({', '.join(each.facts)})" for each in reading.conflicts[:3])


def iter_reasons(report: Report, reading: ReadingResult) -> Iterator[str]:
    """What a reading says, why it is refuted, or what it would change."""
    said = list(_said(report, reading))
    yield from (f"it says: {'; '.join(said)}",) if said else ()
    if reading.fall is not None:
        yield from iter_falls(reading.fall)
    elif reading.is_refuted:
        yield from (line for conflict in reading.conflicts[:3] for line in _conflict(Violation(conflict, reading.world)))
    else:
        yield from _changes(report, reading)


def _said(report: Report, reading: ReadingResult) -> Iterator[str]:
    """The facts of the reading in words, where its passage has others: their fields too where the words do not tell them apart."""
    passage = next(each for each in report.dataset.ambiguities if each.name == reading.ambiguity)
    for name, fact in passage[reading.reading].facts.items():
        others = [other.facts.get(name) for other in passage.readings if other.facts.get(name) != fact]
        if others:
            told = sentence(report.dataset, fact)
            if any(other is not None and sentence(report.dataset, other) == told for other in others):
                told = ", ".join((told, *_fields(report.dataset, fact, [other for other in others if other is not None])))
            yield f"{told} ({fact.note})" if fact.note and any(other is None or other.note != fact.note for other in others) else told


def _fields(dataset: Dataset, fact: Fact, others: Sequence[Fact]) -> Iterator[str]:
    """What a fact states that others do not state alike."""
    for name in dataset.type_of(fact).fields:
        value = getattr(fact, name)
        if name not in {"note", "quote", "inferred"} and value is not None and any(getattr(other, name, None) != value for other in others):
            yield f"{name} {value}"


def iter_falls(fall: Fall, before: tuple[str, ...] = ()) -> Iterator[str]:
    """The conflicts by which something falls, each with the readings under which it does."""
    if isinstance(fall, ByConflict):
        if before:
            yield f"with {' and '.join(before)}:"
        yield from ((f"  {line}" if before else line) for line in _conflict(Violation(fall.conflict, fall.world)))
        return
    for reading, case in fall.cases:
        yield from iter_falls(case, (*before, f"{fall.ambiguity}={reading}"))


def _conflict(violation: Violation) -> Iterator[str]:
    story = tell(violation)
    yield f"{violation.rule_id}: {story.says}"
    yield from (f"  {member.says}  {member.origin}" for member in story.members[:_MOST])
    if story.clash:
        yield f"  {story.clash}"


def _changes(report: Report, reading: ReadingResult) -> Iterator[str]:
    """What would be bounded otherwise, times of entities first, and which milder conflicts would come and go."""
    moves = sorted(report.moves(reading), key=lambda each: each[0].record not in report.dataset.entities)
    yield from (move(bound, span) for bound, span in moves[:_MOST])
    if len(moves) > _MOST:
        yield f"… and {len(moves) - _MOST} bounds more"
    if reading.moved is None and reading.world is not report.main:
        here, there = _conflicts(report.main), _conflicts(reading.world)
        yield from (f"would bring  {_in_short(each)}" for name, each in there.items() if name not in here)
        yield from (f"would end  {_in_short(each)}" for name, each in here.items() if name not in there)


def _conflicts(world: World) -> dict[str, Violation]:
    """The conflicts of a world by their ids, those about quotes aside: these are judged with the main world."""
    found = (Violation(each, world) for each in world.judging.conflicts)
    return {each.id: each for each in found if each.rule is None or each.rule.pack != "built-in"}


def _in_short(violation: Violation) -> str:
    headline = violation.conflict.headline
    about = violation.conflict.facts or (headline.binding if headline else ())
    return f"{violation.severity}  {violation.rule_id} ({', '.join(about)})"


def move(bound: TightenedBound, span: Span) -> str:
    """A bound as it is and as it would be."""
    return f"{bound.record}  {bound.name}  is {span_of(bound, bound.tightened)}, would be {span_of(bound, span)}"


def span_of(bound: TightenedBound, span: Span) -> str:
    """A span of days or numbers in words."""
    low, high = (None if end is None else in_units(end, is_quantity=bound.is_quantity, unbounded="", unit=bound.unit) for end in span)
    if low is not None and high is not None:
        return low if low == high else f"{low} to {high}"
    if low is None and high is None:
        return "not bounded"
    return f"{limit_word(is_quantity=bound.is_quantity, is_most=low is None)} {high if low is None else low}"
