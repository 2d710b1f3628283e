"""Datings that meet what rules demand: one demand after another is taken in, in one of the ways in which it can hold."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from rehabfacts.checker.attributions.events import tie_events
from rehabfacts.dataset import Dataset
from rehabfacts.engines.groundings import Bound, Grounding, Instance, Owner, Variable
from rehabfacts.engines.memory import ground
from rehabfacts.network.contradictions import Clause
from rehabfacts.network.inequalities import ZERO, Row, at_least
from rehabfacts.network.labels import LapLimitError
from rehabfacts.network.networks import Network
from rehabfacts.network.totals import narrowed
from rehabfacts.network.witness import find_witness
from rehabfacts.plain import plain
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import TimelineKind

Order = Callable[[Clause], Sequence[Sequence[int]]]
"""In which order the branches of a clause are tried."""


@plain
class Dating:
    """A day or number for each variable of a grounding, and the instances that could not be met."""

    values: Mapping[Variable, int]
    unmet: tuple[Instance, ...]


def ground_wholly(dataset: Dataset, rules: Sequence[Rule]) -> Grounding:
    """Everything that a check judges of times and numbers, with every timeline that an entity has."""
    grounding = ground(dataset, rules)
    for entity in dataset.entities.values():
        for name, kind in dataset.type_of(entity).timelines.items():
            grounding.variable(entity.id, f"{name}.start" if kind is TimelineKind.PERIOD else name)
    tie_events(grounding)
    return grounding


def date_by(
    grounding: Grounding, wished: Mapping[Variable, int], *, order: Order = tuple, takes: Callable[[Owner], bool] = lambda _: True
) -> Dating:
    """Takes in bounds and instances, those of the given first; what is left free is not before what is wished for it.

    `takes` says which bounds and instances count. Those that contradict what was taken in before are left out.
    """
    return _Taking(grounding, order).run(wished, takes)


class _Taking:
    def __init__(self, grounding: Grounding, order: Order) -> None:
        self._grounding, self._order = grounding, order
        self._rows: list[Row] = list(grounding.rows)
        self._network = Network.of(len(grounding.variables), self._rows)
        self._taken: list[int] = []

    def run(self, wished: Mapping[Variable, int], takes: Callable[[Owner], bool]) -> Dating:
        owners = self._grounding.owners
        self._take([number for number, owner in enumerate(owners) if owner is None or (isinstance(owner, Bound) and takes(owner))])
        instances = sorted(self._grounding.instances, key=lambda each: not each.rule.mode.is_given)
        unmet = tuple(each for each in instances if each.answer is None and takes(each) and not self._meet(each))
        seeds = [wished.get(each, 0) for each in self._grounding.variables]
        for number, value in enumerate(seeds):
            if number != ZERO and self._grounding.variables[number] in wished:
                self._take_rows([at_least(number, value)])
        found = find_witness(self._network.least, self._taken, seeds)
        return Dating(dict(zip(self._grounding.variables, found, strict=True)), unmet)

    def _meet(self, instance: Instance) -> bool:
        return any(self._take(branch) for branch in self._order(instance.clause))

    def _take(self, branch: Iterable[int]) -> bool:
        """Takes in rows and totals, all or none; whether they can hold together with what was taken before."""
        rows, totals = [], []
        for number in branch:
            if number >= 0:
                rows.append(number)
            else:
                totals.append(self._grounding.totals[~number])
        try:
            if self._network.push(rows) is not None:
                return False
            bounds = narrowed(totals, self._network, self._rows) if totals else []
            if bounds is None or not self._take_rows(bounds):
                self._network.pop()
                return False
        except LapLimitError:
            return False
        self._taken += rows
        return True

    def _take_rows(self, rows: Sequence[Row]) -> bool:
        first = len(self._rows)
        self._rows.extend(rows)
        numbers = range(first, len(self._rows))
        try:
            is_taken = self._network.push(numbers) is None
        except LapLimitError:
            is_taken = False
        self._taken += numbers if is_taken else ()
        return is_taken
