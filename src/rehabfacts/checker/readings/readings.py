"""Readings: what becomes of each meaning that an ambiguous passage can have."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from rehabfacts.checker.judging.conflicts import Conflict
from rehabfacts.checker.worlds import ON_QUOTES, World, severity_of
from rehabfacts.dataset import Ambiguity, Reading
from rehabfacts.plain import plain
from rehabfacts.rules.plans import Plan
from rehabfacts.rules.rules import Mode, Rule, Severity
from rehabfacts.schema import Names

SOME_READING_HOLDS = Rule(
    "some-reading-holds", Mode.REQUIRE, "some way to read the passages together leads to no error", Plan(()),
    says=Names(en="Some way to read ambiguous passages leads to no error."),
    why=Names(en="Where an error follows however they are read, one of the facts that it rests on is wrong."), pack="built-in", rank=1,
)  # fmt: skip

Variable = tuple[str, str]
Span = tuple[int | None, int | None]


@plain
class ByConflict:
    """A combination of readings falls by a conflict of a world, and so does every one that takes the readings on which it rests."""

    world: World
    conflict: Conflict
    rests_on: Mapping[str, tuple[str, ...]]


@plain
class ByReadings:
    """However a passage is read, it falls: for each of its readings in one of these ways."""

    ambiguity: str
    cases: "tuple[tuple[str, Fall], ...]"


Fall = ByConflict | ByReadings


def conflicts_of(fall: Fall) -> tuple[ByConflict, ...]:
    """The conflicts by which something falls, each once, in order."""
    if isinstance(fall, ByConflict):
        return (fall,)
    found = {id(each.conflict): each for _, case in fall.cases for each in conflicts_of(case)}
    return tuple(found.values())


@plain
class ReadingResult:
    """What becomes of one reading: held or not, refuted by conflicts or possible.

    `world` is the dataset under it, or the first of those by which it falls. `fall` tells how it falls where other
    passages are open too. `moved` holds what would be bounded otherwise if it were held, where no reading is; None where
    `world` shows it. What was not found out within the limit is undecided.
    """

    ambiguity: str
    reading: str
    is_held: bool
    world: World
    conflicts: tuple[Conflict, ...] = ()
    fall: Fall | None = None
    moved: Mapping[Variable, Span] | None = None
    is_undecided: bool = False

    @property
    def is_refuted(self) -> bool:
        """Whether it leads to an error that involves the passage itself."""
        return bool(self.conflicts)

    @property
    def verdict(self) -> str:
        """In a word: possible, refuted or undetermined."""
        return "refuted" if self.is_refuted else "undetermined" if self.is_undecided else "possible"


def read_held(main: World, ambiguity: Ambiguity, judge: Callable[[Reading], World]) -> Iterator[ReadingResult]:
    """The readings of a passage of which one is held: `judge` gives the world of another in its place."""
    for reading in ambiguity.readings:
        world = main if reading.is_held else judge(reading)
        yield ReadingResult(ambiguity.name, reading.name, reading.is_held, world, refuting(world, ambiguity))


def refuting(world: World, ambiguity: Ambiguity) -> tuple[Conflict, ...]:
    """The error conflicts of a world that involve a fact of the ambiguity."""
    facts = set(ambiguity.fact_ids)
    return tuple(each for each in world.judging.conflicts if is_blamed(each, world) and not facts.isdisjoint(each.facts))


def is_blamed(conflict: Conflict, world: World) -> bool:
    """Whether a reading can fall by a conflict: it is an error, and not about quotes."""
    if conflict.headline is not None and conflict.headline.rule.pack in ON_QUOTES:
        return False
    return severity_of(conflict, world.dataset) is Severity.ERROR


def hull(spans: Iterable[Span]) -> Span:
    """What holds all of some spans."""
    lows, highs = zip(*spans, strict=True)
    return None if None in lows else min(lows), None if None in highs else max(highs)
