"""Agreements: the verdicts on which all possible combinations of readings agree, and the conflicts that none of them avoids."""

from collections.abc import Iterator

from rehabfacts.checker.judging.judging import Outcome
from rehabfacts.checker.readings.combinations import Combination
from rehabfacts.checker.readings.explorations import Exploration
from rehabfacts.checker.readings.passages import Support
from rehabfacts.checker.readings.supports import Supports
from rehabfacts.checker.worlds import World
from rehabfacts.engines.groundings import Instance

DemandKey = tuple[str, tuple[str, ...]]
DECIDED = frozenset({Outcome.SATISFIED, Outcome.VIOLATED, Outcome.DISPUTED})


def is_apart(here: Outcome, there: Outcome | None) -> bool:
    """Whether what is decided here is not so elsewhere; a demand that is not made there is only if it is violated here."""
    return here in DECIDED and there is not here and (there is not None or here is Outcome.VIOLATED)


class Agreements:
    """Watches an exploration from its main world on, and asks for the combinations that could judge otherwise.

    `apart` are demands that were decided otherwise somewhere, `avoided` the facts of conflicts of the given that are not
    everywhere, each with what its being so in the main world rests on.
    """

    def __init__(self, exploration: Exploration, main: World) -> None:
        self._exploration, self._main = exploration, main
        self._decided: dict[DemandKey, set[Support]] = {}
        self._facts: dict[DemandKey, tuple[str, ...]] = {}
        self._shared: dict[tuple[str, ...], set[Support]] = {}
        self.apart: dict[DemandKey, Support] = {}
        self.avoided: dict[tuple[str, ...], Support] = {}
        self._witnesses: dict[object, set[Combination]] = {}
        self._settled: set[frozenset[Support]] = set()

    def begin(self, supports: Supports) -> None:
        """Takes in the main world: what in it is decided, and rests on how something is read."""
        judging = self._main.judging
        for instance, outcome in judging.outcomes.items():
            is_about_quotes = instance.rule.pack == "built-in"  # these are judged as the main world quotes
            support = supports.of_outcome(instance) if outcome in DECIDED and not is_about_quotes else 0
            if support:
                self._decided[instance.key] = {support}
                self._facts[instance.key] = instance.facts
        for conflict in judging.conflicts:
            support = supports.of_conflict(conflict) if conflict.headline is None else 0
            if support:
                self._shared[conflict.facts] = {support}

    def watch(self, combination: Combination, world: World, supports: Supports) -> None:
        """Takes in the verdicts of a possible combination."""
        instances = {instance.key: instance for instance in world.judging.outcomes}
        for key, reasons in self._decided.items():
            self._compare(key, reasons, instances.get(key), combination, world, supports)
        conflicts = {each.facts: each for each in world.judging.conflicts if each.headline is None}
        for facts, reasons in self._shared.items():
            if facts in conflicts:
                reasons.add(supports.of_conflict(conflicts[facts]))
            else:
                self.avoided.setdefault(facts, next(iter(reasons)))
                self._witnesses.setdefault(facts, set()).add(combination)

    def _compare(
        self, key: DemandKey, reasons: set[Support], instance: Instance | None, combination: Combination, world: World, supports: Supports
    ) -> None:
        there = None if instance is None else world.judging.outcomes[instance]
        if is_apart(self._main.outcomes[key], there):
            self.apart.setdefault(key, min(reasons))
            self._witnesses.setdefault(key, set()).add(combination)
        elif instance is None:
            reasons.add(supports.of_absence(key[0], self._facts[key]))
        else:
            reasons.add(supports.of_outcome(instance))

    def settle(self) -> None:
        """Judges combinations until it is known of every verdict of the main world whether all possible ones agree on it."""
        for keys, known in ((self._decided, self.apart), (self._shared, self.avoided)):
            for key, reasons in keys.items():
                while key not in known and not self._is_settled(frozenset(reasons)):
                    pass

    def _is_settled(self, reasons: frozenset[Support]) -> bool:
        """Whether no possible combination is left for which none of the reasons holds; judges one that is."""
        if reasons not in self._settled:
            nogoods = [self._exploration.passages.tokens.nogood(each) for each in reasons]
            if self._exploration.find(without=nogoods) is not None:
                return False
            self._settled.add(reasons)
        return True

    def witnesses(self) -> Iterator[frozenset[Combination]]:
        """For all that is not agreed on, the combinations that judge otherwise than the main world."""
        return map(frozenset, self._witnesses.values())
