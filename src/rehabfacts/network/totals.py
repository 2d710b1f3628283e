"""Totals judged by interval arithmetic on the bounds of a network, and dated where they can hold.

A total never tightens a bound: what the bounds do not exclude may still be impossible, and is never claimed to hold.
"""

from collections.abc import Mapping, Sequence

from rehabfacts.network.contradictions import MOST_CASES, Sum
from rehabfacts.network.inequalities import Row, Total, at_least, at_most
from rehabfacts.network.labels import LapLimitError
from rehabfacts.network.networks import Network

Totals = Sequence[Total] | Mapping[int, Total]


def negated_total(total: Total) -> Total:
    """The total that holds exactly when this one does not."""
    return Total(tuple((-coefficient, variable) for coefficient, variable in total.terms), -total.most - 1)


def least_sum(total: Total, network: Network) -> int | None:
    """The least that the bounds let the sum be; None if it can be as low as may be."""
    return _sum_of(total, network, is_least=True)


def greatest_sum(total: Total, network: Network) -> int | None:
    """The greatest that the bounds let the sum be; None if it can be as high as may be."""
    return _sum_of(total, network, is_least=False)


def _sum_of(total: Total, network: Network, *, is_least: bool) -> int | None:
    found = 0
    for coefficient, variable in total.terms:
        end = (network.least if (coefficient > 0) is is_least else network.greatest).bound(variable)
        if end is None:
            return None
        found += coefficient * end
    return found


def is_sure(total: Total, network: Network) -> bool:
    """Whether it holds whatever the values are within their bounds."""
    greatest = greatest_sum(total, network)
    return greatest is not None and greatest <= total.most


def excess(totals: Totals, number: int, network: Network) -> Sum | None:
    """Why a total cannot hold within the bounds; None if they do not exclude it."""
    total = totals[number]
    least = least_sum(total, network)
    if least is None or least <= total.most:
        return None
    return Sum(number, tuple((network.least if coefficient > 0 else network.greatest).reason(variable) for coefficient, variable in total.terms))


def narrowed(totals: Sequence[Total], network: Network, rows: list[Row], *, most: int = MOST_CASES) -> list[Row] | None:
    """Bounds to add to a network so that the totals hold whatever the values are within them; None if none were found.

    The variables are moved towards the end that helps, by halves; other halves are tried while there are not `most` cases.
    `rows` are those of the network, which is left as it was.
    """
    return _Narrowing(totals, network, rows, most).run()


class _Narrowing:
    def __init__(self, totals: Sequence[Total], network: Network, rows: list[Row], most: int) -> None:
        self._totals, self._network, self._rows, self._left = totals, network, rows, most
        ends = [end for total in totals for _, variable in total.terms for end in network.bounds(variable) if end is not None]
        self._reach = 1 + sum(abs(total.most) for total in totals) + sum(map(abs, ends))

    def run(self) -> list[Row] | None:
        """Depth first, without recursion: `tried` holds, for each bound pushed, the other one to try in its place."""
        first, tried = len(self._rows), list[Row | None]()
        try:
            while (halves := self._halves()) is not None:
                step = halves or self._back(tried)
                while step is not None and not self._takes(step[0], tried, step[1]):
                    step = (step[1], None) if step[1] is not None else self._back(tried)
                if step is None:
                    return None
            return self._rows[first:]
        finally:
            for _ in tried:
                self._network.pop()
            del self._rows[first:]

    def _takes(self, row: Row, tried: list[Row | None], other: Row | None) -> bool:
        """Pushes a bound if the network allows it."""
        self._left -= 1
        self._rows.append(row)
        try:
            is_taken = self._left >= 0 and self._network.push((len(self._rows) - 1,)) is None
        except LapLimitError:
            is_taken = False
        if is_taken:
            tried.append(other)
        else:
            self._rows.pop()
        return is_taken

    def _back(self, tried: list[Row | None]) -> tuple[Row, None] | None:
        """The last bound that has not been tried yet, in the place of its other half; None if there is none or too much was tried."""
        while tried and self._left > 0:
            other = tried.pop()
            self._network.pop()
            self._rows.pop()
            if other is not None:
                return other, None
        return None

    def _halves(self) -> tuple[Row, Row] | tuple[()] | None:
        """A bound to try, and its opposite; nothing where a total cannot hold any more; None where all do."""
        unsure = [total for total in self._totals if not is_sure(total, self._network)]
        if not unsure:
            return None
        if any((least := least_sum(total, self._network)) is not None and least > total.most for total in unsure):
            return ()
        coefficient, variable = max(unsure[0].terms, key=lambda term: self._room(*term))
        low, high = self._network.bounds(variable)
        half = self._room(coefficient, variable)[1] // 2
        if coefficient > 0:
            middle = low + half if low is not None else (0 if high is None else high) - self._reach
            return at_most(variable, middle), at_least(variable, middle + 1)
        middle = high - half if high is not None else (0 if low is None else low) + self._reach
        return at_least(variable, middle), at_most(variable, middle - 1)

    def _room(self, coefficient: int, variable: int) -> tuple[bool, int]:
        """Whether nothing bounds the end that must come nearer, and how far the variable can be moved."""
        low, high = self._network.bounds(variable)
        is_open = (high if coefficient > 0 else low) is None
        return is_open, 2 * self._reach if low is None or high is None else high - low
