"""Explorations: passages of which no reading is held, read in every way that matters.

A combination of readings is refuted if an error rests on it: a conflict that the dataset without these passages does not
have. Whatever else is read beside the readings that the conflict rests on, it is there, so that one combination judged
excludes all that share them; combinations are judged one by one until none is left that could tell more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs

from rehabfacts.checker.judging.conflicts import Conflict
from rehabfacts.checker.judging.judging import CUT_SHORT, Outcome
from rehabfacts.checker.readings.clause_search import SearchLimitError
from rehabfacts.checker.readings.combinations import Combination, Combinations, Nogood
from rehabfacts.checker.readings.passages import Passages
from rehabfacts.checker.readings.readings import is_blamed
from rehabfacts.checker.readings.supports import Supports
from rehabfacts.checker.worlds import ON_QUOTES, World
from rehabfacts.dataset import Ambiguity, Dataset
from rehabfacts.engines.groundings import Instance
from rehabfacts.plain import plain
from rehabfacts.rules.rules import Rule, Severity
from rehabfacts.schema import Fact

MOST_COMBINATIONS = 4_096

Key = tuple[str, tuple[str, ...], tuple[str, ...]]
"""What a conflict is found by in another judging of the same combination: rule, binding and facts."""


Watcher = Callable[[Combination, World, Supports], None]
"""What is shown every possible combination as it is judged, with what its bounds and verdicts rest on."""


class CombinationLimitError(Exception):
    """More combinations than are tried."""


def key_of(conflict: Conflict) -> Key:
    """What a conflict is found by again."""
    headline = conflict.headline
    return ("", (), conflict.facts) if headline is None else (*headline.key, conflict.facts)


@plain
class Seen:
    """A combination that was judged, and the errors that rest on its readings: none if it is possible."""

    combination: Combination
    errors: tuple[tuple[Nogood, Key], ...]

    @property
    def is_possible(self) -> bool:
        """Whether no error rests on its readings."""
        return not self.errors


class Background:
    """The dataset without what is read differently: what is there anyway, and what is wrong anyway."""

    def __init__(self, world: World) -> None:
        self.dataset, self.facts, self.disputed = world.dataset, frozenset(world.dataset.facts), world.judging.disputed
        self.wrong = frozenset(instance.key for instance, outcome in world.judging.outcomes.items() if _is_wrong(instance, outcome))

    def has(self, conflict: Conflict) -> bool:
        """Whether a conflict is about what is wrong anyway."""
        demands = (instance.key for instance in conflict.instances if not instance.rule.mode.is_given)
        return not self.disputed.isdisjoint(conflict.facts) or not self.wrong.isdisjoint(demands)


def _is_wrong(instance: Instance, outcome: Outcome) -> bool:
    return outcome in {Outcome.VIOLATED, Outcome.DISPUTED} and instance.rule.severity is Severity.ERROR and instance.rule.pack not in ON_QUOTES


def _shared(passages: Iterable[Ambiguity]) -> Iterator[tuple[str, Fact]]:
    """The facts that every reading of their passage has alike."""
    for passage in passages:
        first, *others = passage.readings
        for name, fact in first.facts.items():
            if all(each.facts.get(name) == fact for each in others):
                yield name, fact


class Exploration:
    """Judges combinations as they are asked for, and remembers what they exclude."""

    def __init__(
        self, dataset: Dataset, passages: Sequence[Ambiguity], rules: Sequence[Rule], judge: Callable[[Dataset], World]
    ) -> None:
        self.seen: dict[Combination, Seen] = {}
        self.possible: dict[Combination, None] = {}
        """The combinations judged that are possible, in the order in which they were."""
        self.watchers: list[Watcher] = []
        self.is_cut_short = False
        self._judge, self._dataset = judge, dataset
        self.background = Background(judge(attrs.evolve(dataset, facts={**dataset.facts, **dict(_shared(passages))})))
        self.passages = Passages(dataset, passages, rules, self.background.facts)
        self.passages.mix(self.background.disputed)
        self._sizes = [len(each.readings) for each in passages]
        self._open = Combinations(self._sizes)
        self._sources: dict[Nogood, tuple[Combination, Key]] = {}
        self._overlooked: frozenset[int] = frozenset()

    def dataset(self, combination: Combination) -> Dataset:
        """The dataset as a combination reads it."""
        return self._dataset.under(self.passages.taken(combination))

    @property
    def open_nogoods(self) -> Sequence[Nogood]:
        """What is excluded by errors that are not overlooked."""
        return tuple(self._open.nogoods)

    def is_excluded(self, fixed: Mapping[int, int], nogoods: Iterable[Nogood]) -> bool:
        """Whether nogoods leave no combination that keeps some passages to some readings."""
        try:
            return Combinations(self._sizes, nogoods).find(fixed) is None
        except SearchLimitError:
            return False

    @property
    def nogoods(self) -> Mapping[Nogood, tuple[Combination, Key]]:
        """What is excluded, with a combination and the conflict in it that shows it."""
        return self._sources

    def find(
        self, fixed: Mapping[int, int] | None = None, *, without: Sequence[Nogood] = (), prefer: Sequence[int] | None = None
    ) -> Combination | None:
        """A possible combination that takes none of some nogoods, judged; None if there is none.

        Raises CombinationLimitError where that is not found out.
        """
        while True:
            try:
                found = self._open.find(fixed, without=without, prefer=prefer)
            except SearchLimitError:
                raise CombinationLimitError from None
            if found is None or self.look(found).is_possible:
                return found

    def look(self, combination: Combination) -> Seen:
        """Judges a combination, once."""
        found = self.seen.get(combination)
        if found is None:
            if len(self.seen) >= MOST_COMBINATIONS:
                raise CombinationLimitError
            found = self.seen[combination] = self._look(combination)
        return found

    def _look(self, combination: Combination) -> Seen:
        world = self._judge(self.dataset(combination))
        self.is_cut_short |= bool(world.unfinished) or not CUT_SHORT.isdisjoint(world.judging.outcomes.values())
        supports = Supports(self.passages, combination, world.judging)
        errors = tuple(self._errors(world, supports))
        for nogood, key in errors:
            if self._open.exclude(nogood):
                self._sources[nogood] = combination, key
        if not errors:
            self.possible[combination] = None
            for watch in self.watchers:
                watch(combination, world, supports)
        return Seen(combination, errors)

    def _errors(self, world: World, supports: Supports) -> Iterator[tuple[Nogood, Key]]:
        for conflict in world.judging.conflicts:
            is_theirs = any(supports.of_wording(name) for name in conflict.facts) and not self.background.has(conflict)
            if is_theirs and is_blamed(conflict, world):
                nogood = self.passages.tokens.nogood(supports.of_conflict(conflict))
                if self._overlooked.isdisjoint(passage for passage, _ in nogood):
                    yield nogood, key_of(conflict)

    def overlook(self, passages: Sequence[int]) -> None:
        """From now on looks past the errors in which some passages have a part."""
        self._overlooked |= frozenset(passages)
        kept = [each for each in self._open.nogoods if self._overlooked.isdisjoint(passage for passage, _ in each)]
        self._open = Combinations(self._sizes, kept)
        for combination, each in self.seen.items():
            self.seen[combination] = Seen(combination, tuple(error for error in each.errors if error[0] in kept))
        self.possible = {combination: None for combination, each in self.seen.items() if each.is_possible}
