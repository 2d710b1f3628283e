"""Passages of which no reading is held: the report rests on what all possible ways to read them share."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import attrs

from rehabfacts.checker.provenance.provenance import Remark
from rehabfacts.checker.readings.agreements import Agreements, DemandKey, is_apart
from rehabfacts.checker.readings.combinations import Combination, Nogood
from rehabfacts.checker.readings.explorations import MOST_COMBINATIONS, CombinationLimitError, Exploration
from rehabfacts.checker.readings.falls import Falls, Maker
from rehabfacts.checker.readings.hulls import Hulls
from rehabfacts.checker.readings.passages import Support
from rehabfacts.checker.readings.readings import (
    SOME_READING_HOLDS,
    Fall,
    ReadingResult,
    Span,
    Variable,
    conflicts_of,
)
from rehabfacts.checker.readings.refutations import (
    LeafLimitError,
    Refutation,
    passages_of,
    refute,
)
from rehabfacts.checker.readings.supports import Supports
from rehabfacts.checker.worlds import World
from rehabfacts.dataset import Ambiguity, Dataset
from rehabfacts.engines.groundings import Instance
from rehabfacts.origins import NOWHERE
from rehabfacts.plain import plain
from rehabfacts.rules.rules import Rule
from rehabfacts.verdicts import Verdict

_Thing = TypeVar("_Thing")


@plain
class Unheld:
    """What is known of passages of which no reading is held.

    `possible` are worlds that show every bound as wide as it can be and every verdict that is not shared; none where no
    combination is possible. `apart` and `avoided` name the passages on which demands, and conflicts of the given (by
    their facts), depend; `falls` tells of passages why no way to read them is left. `background` is what is wrong anyway.
    """

    main: World
    readings: tuple[ReadingResult, ...]
    background: World | None = None
    possible: tuple[World, ...] = ()
    apart: Mapping[DemandKey, tuple[str, ...]] = {}  # it is never changed
    avoided: Mapping[tuple[str, ...], tuple[str, ...]] = {}
    falls: Mapping[tuple[str, ...], Fall | None] = {}
    unfinished: tuple[str, ...] = ()


def read_unheld(dataset: Dataset, passages: Sequence[Ambiguity], rules: Sequence[Rule], make: Maker) -> Unheld:
    """Reads passages of which no reading is held in every way that matters."""
    return _Reading(dataset, passages, rules, make).run()


def possible_reading(dataset: Dataset, passages: Sequence[Ambiguity], rules: Sequence[Rule], make: Maker) -> Dataset | None:
    """The dataset under the first possible way to read passages of which no reading is held; None if there is none, or none was found."""
    exploration = Exploration(dataset, passages, rules, lambda each: make("", each, quotes_of=(), is_certified=False))
    try:
        found = exploration.find()
    except CombinationLimitError:
        return None
    return None if found is None else exploration.dataset(found)


class _Reading:
    def __init__(self, dataset: Dataset, passages: Sequence[Ambiguity], rules: Sequence[Rule], make: Maker) -> None:
        self._passages, self._make = passages, make
        self._sizes = [len(each.readings) for each in passages]
        self._exploration = Exploration(dataset, passages, rules, lambda each: make("", each, quotes_of=(), is_certified=False))
        self._unfinished: list[str] = []
        self._cores: list[tuple[tuple[int, ...], Refutation | None]] = []

    def run(self) -> Unheld:
        """First some possible combination, then what others have otherwise."""
        self._first = self._find_first()
        self._falls = Falls(self._exploration, self._make, self._first)
        main = self._falls.worlds[self._first] = self._make("main", self._exploration.dataset(self._first), beside=list(self._answers()))
        found = self._fallen(main) if self._cores or self._unfinished else self._shared(main)
        if self._exploration.is_cut_short:
            self._unfinished.append("some way to read passages: not every demand was evaluated")
        return attrs.evolve(found, background=self._background(), unfinished=tuple(self._unfinished))  # type: ignore[misc]  # a plain class is an attrs class

    def _fallen(self, main: World) -> Unheld:
        """Where no combination is possible: what the main world, and those by which passages fall, have in common."""
        self._within_limits("which readings are possible", self._cover)
        falls = self._why()
        others = [each.world for fall in falls.values() if fall is not None for each in conflicts_of(fall)]
        apart, avoided = self._differing(main, others)
        return Unheld(main, tuple(self._results({})), apart=apart, avoided=avoided, falls=falls)

    def _shared(self, main: World) -> Unheld:
        """What all possible combinations have in common."""
        hulls, agreements = Hulls(self._exploration, self._first, main), Agreements(self._exploration, main)
        self._watch(main, hulls, agreements)
        self._within_limits("which readings are possible", self._cover)
        self._within_limits("which verdicts all possible readings share", agreements.settle)
        self._within_limits("what every time can be under some possible reading", hulls.widen)
        moved = self._moved(hulls)
        possible = tuple(self._falls.world(each) for each in self._chosen([*hulls.witnesses(), *agreements.witnesses(), *self._takers()]))
        apart, avoided = self._named(agreements.apart), self._named(agreements.avoided)
        return Unheld(main, tuple(self._results(moved)), possible=possible, apart=apart, avoided=avoided)

    def _background(self) -> World | None:
        """The world of what is read the same in every way, where something is wrong with it."""
        found = self._exploration.background
        is_wrong = found.wrong or found.disputed
        return self._make("without what is read differently", found.dataset, quotes_of=()) if is_wrong else None

    def _within_limits(self, what: str, find: Callable[[], object]) -> None:
        try:
            find()
        except CombinationLimitError:
            self._unfinished.append(f"{MOST_COMBINATIONS:,} combinations of readings tried: {what} was not found out")

    # The main world

    def _find_first(self) -> Combination:
        """The first possible combination; passages of which every one is refuted are then read in their first way."""
        while True:
            try:
                found = self._exploration.find()
            except CombinationLimitError:
                self._unfinished.append(f"{MOST_COMBINATIONS:,} combinations of readings tried: none of them was possible, and some are left")
                return min(self._exploration.seen, key=lambda each: (len(self._exploration.seen[each].errors), each))
            if found is not None:
                return found
            self._set_aside_core()

    def _set_aside_core(self) -> None:
        """Takes note of passages of which no combination is left, and looks past their errors from then on."""
        nogoods = self._exploration.open_nogoods
        try:
            core = refute(nogoods, self._sizes, {})
            passages = sorted(passages_of(core))
            self._cores.append((tuple(passages), core))
        except LeafLimitError:
            passages = sorted({passage for nogood in nogoods for passage, _ in nogood})
            self._cores.append((tuple(passages), None))
            self._unfinished.append("why no reading is left takes more than 4,096 cases to tell")
        self._exploration.overlook(passages)

    def _answers(self) -> Iterator[tuple[Instance, Remark]]:
        """Whether some reading holds: of the passages that fall together, and of each other one."""
        fallen = {passage for passages, _ in self._cores for passage in passages}
        for passages, core in self._cores:
            yield self._answer(passages, Verdict.NO, "" if core is None else self._falls.told(core))
        if not self._unfinished:
            yield from (self._answer((at,), Verdict.YES) for at in range(len(self._passages)) if at not in fallen)

    def _answer(self, passages: Sequence[int], answer: Verdict, how: str = "") -> tuple[Instance, Remark]:
        names = self._falls.names(passages)
        text = f"however {' and '.join(names)} {'is' if len(names) == 1 else 'are'} read, an error follows: {how}"
        facts = self._passages[passages[0]].readings[0].facts.values()
        return Instance(SOME_READING_HOLDS, names, (), (), answer), Remark(text, next((each.origin for each in facts), NOWHERE))

    def _differing(self, main: World, others: Sequence[World]) -> tuple[dict[DemandKey, tuple[str, ...]], dict[tuple[str, ...], tuple[str, ...]]]:
        """The verdicts and the conflicts of the given that some way by which passages fall does not share."""
        names = tuple(name for passages, _ in self._cores for name in self._falls.names(passages))
        apart = {
            instance.key: names for instance, outcome in main.judging.outcomes.items()
            if instance.rule.pack != "built-in" and any(is_apart(outcome, each.outcomes.get(instance.key)) for each in others)
        }  # fmt: skip
        shared = [{each.facts for each in world.judging.conflicts if each.headline is None} for world in others]
        given = (each.facts for each in main.judging.conflicts if each.headline is None)
        return apart, {facts: names for facts in given if not all(facts in each for each in shared)}

    def _why(self) -> dict[tuple[str, ...], Fall | None]:
        return {self._falls.names(passages): None if core is None else self._falls.fall(core) for passages, core in self._cores}

    def _watch(self, main: World, hulls: Hulls, agreements: Agreements) -> None:
        supports = Supports(self._exploration.passages, self._first, main.judging)
        hulls.watch(self._first, main, supports)
        agreements.begin(supports)
        self._exploration.watchers += [hulls.watch, agreements.watch]

    # Which readings are possible

    def _cover(self) -> None:
        """Judges combinations until each reading has a possible one, or is known to have none."""
        fallen = {passage for passages, _ in self._cores for passage in passages}
        for prefer in self._patterns() if not fallen else ():
            self._exploration.find(prefer=prefer)
        for passage, size in enumerate(self._sizes):
            for reading in range(size if passage not in fallen else 0):
                if self._taker(passage, reading) is None:
                    self._exploration.find({passage: 1 << reading}, prefer=self._unseen())

    def _patterns(self) -> Iterator[list[int]]:
        """Ways to read all passages such that any two readings of any two passages are together in one, as far as they can be."""
        for shift in range(1, max(self._sizes)):
            yield [shift % size for size in self._sizes]
            for bit in range((len(self._sizes) - 1).bit_length()):
                for half in (0, 1):
                    yield [shift % size if (passage >> bit & 1) == half else 0 for passage, size in enumerate(self._sizes)]

    def _unseen(self) -> list[int]:
        return [next((each for each in range(size) if self._taker(passage, each) is None), 0) for passage, size in enumerate(self._sizes)]

    def _taker(self, passage: int, reading: int) -> Combination | None:
        """The first possible combination that takes a reading; none of a passage that falls however it is read."""
        if any(passage in passages for passages, _ in self._cores):
            return None
        return next((each for each in self._exploration.possible if each[passage] == reading), None)

    def _takers(self) -> Iterator[frozenset[Combination]]:
        for passage, size in enumerate(self._sizes):
            for reading in range(size):
                yield frozenset(each for each in self._exploration.possible if each[passage] == reading)

    # What is told

    def _moved(self, hulls: Hulls) -> dict[tuple[int, int], dict[Variable, Span]]:
        """What would be bounded otherwise if a reading were held, for each that is possible."""
        found: dict[tuple[int, int], dict[Variable, Span]] = {}

        def find() -> None:
            whole = hulls.widen()
            for passage, size in enumerate(self._sizes):
                for reading in range(size):
                    found[passage, reading] = {}
                    if self._taker(passage, reading) is not None:
                        spans = zip(hulls.variables, hulls.widen({passage: 1 << reading}), whole, strict=True)
                        found[passage, reading] = {variable: span for variable, span, before in spans if span is not None and span != before}

        self._within_limits("what some reading would change", find)
        return found

    def _chosen(self, wanted: Iterable[frozenset[Combination]]) -> list[Combination]:
        """The main combination, and few others such that of each set one is chosen."""
        chosen = [self._first]
        left = [each for each in dict.fromkeys(wanted) if each and self._first not in each]
        while left:
            tally: dict[Combination, int] = {}
            for each in left:
                for combination in each:
                    tally[combination] = tally.get(combination, 0) + 1
            best = min(tally, key=lambda each: (-tally[each], each))
            chosen.append(best)
            left = [each for each in left if best not in each]
        return chosen

    def _named(self, supports: Mapping[_Thing, Support]) -> dict[_Thing, tuple[str, ...]]:
        nogood = self._exploration.passages.tokens.nogood
        return {key: self._falls.names(passage for passage, _ in nogood(support)) for key, support in supports.items()}

    def _results(self, moved: Mapping[tuple[int, int], Mapping[Variable, Span]]) -> Iterator[ReadingResult]:
        for passage, ambiguity in enumerate(self._passages):
            for at, reading in enumerate(ambiguity.readings):
                yield self._result(passage, at, ambiguity.name, reading.name, moved.get((passage, at)))

    def _result(self, passage: int, at: int, ambiguity: str, reading: str, moved: Mapping[Variable, Span] | None) -> ReadingResult:
        taker = self._taker(passage, at)
        if taker is not None:
            shown = next((each for each in self._falls.worlds if each[passage] == at and each in self._exploration.possible), taker)
            return ReadingResult(ambiguity, reading, False, self._falls.world(shown), moved=moved)  # noqa: FBT003
        fall = self._fall_of(passage, at)
        if fall is None:
            world = self._falls.world((*self._first[:passage], at, *self._first[passage + 1 :]))
            return ReadingResult(ambiguity, reading, False, world, is_undecided=True)  # noqa: FBT003
        found = conflicts_of(fall)
        world = next((each.world for each in found if ambiguity in each.rests_on), found[0].world)
        conflicts = tuple(each.conflict for each in found if each.world is world)
        return ReadingResult(ambiguity, reading, False, world, conflicts, fall)  # noqa: FBT003

    def _fall_of(self, passage: int, reading: int) -> Fall | None:
        """How a reading falls, whatever else is read; None if that is not known."""
        nogoods = self._nogoods_about(passage)
        fixed = {passage: 1 << reading}
        if not self._exploration.is_excluded(fixed, nogoods):
            return None
        try:
            return self._falls.fall(refute(nogoods, self._sizes, fixed))
        except LeafLimitError:
            name = f"{self._passages[passage].name}={self._passages[passage].readings[reading].name}"
            self._unfinished.append(f"why {name} is refuted takes more than 4,096 cases to tell")
            return None

    def _nogoods_about(self, passage: int) -> Sequence[Nogood]:
        """What excludes readings of a passage: of those that fall together, what is about them alone."""
        core = next((passages for passages, _ in self._cores if passage in passages), None)
        if core is None:
            return self._exploration.open_nogoods
        return [each for each in self._exploration.nogoods if all(other in core for other, _ in each)]
