"""Datings that show what a judging claims: one for everything accepted, and for each open demand one that breaks it."""

from collections.abc import Mapping, Sequence

from rehabfacts.checker.judging.judging import Judging, Outcome
from rehabfacts.engines.groundings import Instance
from rehabfacts.network.contradictions import MOST_CASES
from rehabfacts.network.inequalities import ZERO, Row, Total, forced_low, negated
from rehabfacts.network.labels import LapLimitError, Walk
from rehabfacts.network.networks import Network
from rehabfacts.network.propagation import LeastDating
from rehabfacts.network.totals import narrowed, negated_total
from rehabfacts.network.witness import find_witness

_YEAR_2000 = 730_120
_MOST_TRIED = 256
"""So many bounds are tried to make one total hold in a network of everything."""


class Witnesses:
    """Datings of a judging: `given` of the given, `kept` of everything not set aside."""

    def __init__(self, judging: Judging) -> None:
        self._judging, self._grounding = judging, judging.grounding
        self._rows, self._totals = judging.grounding.rows, judging.grounding.totals
        self._seeds = self._sown()
        self.given = find_witness(judging.least_given, judging.given, self._seeds)
        self._up, self._down = judging.least_given.at(self.given), judging.greatest_given.at(self.given)
        self.kept = self._kept()

    @property
    def unmet(self) -> list[Instance]:
        """The accepted demands with totals that `kept` does not satisfy: no dating was found that does, nor that there is none."""
        if not self._totals:
            return []
        undetermined = (each for each, outcome in self._judging.outcomes.items() if outcome in {Outcome.OPEN, Outcome.UNDATED})
        return [each for each in undetermined if not any(self._holds(branch) for branch in each.clause)]

    def against(self, instance: Instance) -> Mapping[int, int] | None:
        """What to change in `given` so that no branch of an open demand holds; None where that takes totals and was not found."""
        first, denied = len(self._rows), self._judging.broken[instance]
        self._rows.extend(negated(self._rows[number]) for number in denied if number >= 0)
        try:
            totals = [negated_total(self._totals[~number]) for number in denied if number < 0]
            bounds = self._bounds_for(range(first, len(self._rows)), totals) if totals else []
            if bounds is None:
                return None
            self._rows.extend(bounds)
            return self._moved(range(first, len(self._rows)))
        finally:
            del self._rows[first:]

    def _bounds_for(self, numbers: Sequence[int], totals: Sequence[Total]) -> list[Row] | None:
        network = Network(self._judging.least_given, self._judging.greatest_given)
        if network.push(numbers) is not None:
            return None
        try:
            return narrowed(totals, network, self._rows)
        finally:
            network.pop()

    def _moved(self, numbers: Sequence[int]) -> Mapping[int, int]:
        """The given's witness moved to where rows hold: up or down as far as it must, or first down and then up."""
        try:
            moved = self._up.moved(numbers)
            if moved is None:
                moved = self._down.moved(numbers)
            if moved is None:
                moved = self._up.moved(numbers, start=self._lowered(numbers))
        except LapLimitError:
            moved = None
        return self._dated_anew(numbers) if moved is None else moved

    def _lowered(self, numbers: Sequence[int]) -> Mapping[int, int]:
        """Where the witness is above the greatest values under which the rows hold, these: from there it need only be raised."""
        greatest = self._judging.greatest_given
        if greatest.push(numbers) is not None:
            raise AssertionError("rows that hold forwards and not backwards")
        found = {variable: greatest.bound(variable) for variable in greatest.touched}
        greatest.pop()
        return {variable: most for variable, most in found.items() if most is not None and most < self.given[variable]}

    def _dated_anew(self, numbers: Sequence[int]) -> Mapping[int, int]:
        least = self._judging.least_given
        if least.push(numbers) is not None:
            raise AssertionError("rows that cannot be denied together")
        values = find_witness(least, [*self._judging.given, *numbers], self._seeds)
        least.pop()
        return {variable: value for variable, value in enumerate(values) if value != self.given[variable]}

    def _kept(self) -> list[int]:
        """Totals are met together where bounds are found that make them hold, or else each in turn as far as may be."""
        judging, first = self._judging, len(self._rows)
        kept = find_witness(judging.kept_network, judging.kept, self._seeds)
        totals = [self._totals[number] for number in judging.standing]
        if all(_total_holds(total, kept) for total in totals):
            return kept
        network = Network(judging.kept_network.copy(), LeastDating(len(kept), self._rows, is_mirrored=True))
        network.greatest.add(judging.kept)
        try:
            if not self._narrow(network, totals, MOST_CASES):
                for total in totals:
                    self._narrow(network, [total], _MOST_TRIED)
            return find_witness(network.least, [*judging.kept, *range(first, len(self._rows))], self._seeds)
        finally:
            del self._rows[first:]

    def _narrow(self, network: Network, totals: Sequence[Total], most: int) -> bool:
        """Whether bounds were found that make totals hold; they are added to the rows and the network."""
        first, bounds = len(self._rows), narrowed(totals, network, self._rows, most=most)
        if bounds is None:
            return False
        self._rows.extend(bounds)
        return network.push(range(first, len(self._rows))) is None

    def _holds(self, branch: Walk) -> bool:
        return all(self._row_holds(self._rows[number]) if number >= 0 else _total_holds(self._totals[~number], self.kept) for number in branch)

    def _row_holds(self, row: Row) -> bool:
        return forced_low(row, self.kept[row[0]]) <= self.kept[row[1]]

    def _sown(self) -> list[int]:
        """Where to date what nothing bounds: among the days that are bounded; numbers start at 0."""
        size, least, quantities = len(self._grounding.variables), self._judging.least, self._grounding.quantities
        days = sorted(low for variable in range(1, size) if variable not in quantities and (low := least.bound(variable)) is not None)
        middle = days[len(days) // 2] if days else _YEAR_2000
        return [0 if variable in quantities or variable == ZERO else middle for variable in range(size)]


def _total_holds(total: Total, dating: Sequence[int]) -> bool:
    return sum(coefficient * dating[variable] for coefficient, variable in total.terms) <= total.most
