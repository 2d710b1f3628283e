"""The fewest rows from which a value follows: the same whatever else was added, and in whatever groups.

Which row gave a value first depends on the order in which rows were handed on. What follows from what does not, so that
the reasons told are looked for backwards from the value: over rows that raise it at least as far, from variables that
stand high enough, until one starts at the fixed day 0.
"""

from collections.abc import Callable, Iterator, Sequence

from rehabfacts.network.entering import Entering
from rehabfacts.network.inequalities import ZERO, Row, forced_high, forced_low, least_gain

_MOST_STATES = 10_000


class Reasons:
    """Looks backwards from a variable that is as high as is needed, over the rows that are in and the values as they stand."""

    def __init__(self, entering: Entering, rows: Sequence[Row], values: Sequence[int], is_in: Callable[[int], bool], *, is_mirrored: bool) -> None:
        entering.refresh()
        self._entering, self._rows, self._values, self._is_in, self._is_mirrored = entering, rows, values, is_in, is_mirrored
        self._behind: list[tuple[int, int]] = []
        """For each variable met, from which of those before it, and by which row."""

    def find(self, variable: int, needed: int) -> list[int]:
        """The fewest rows behind it, the last first, back to day 0; or those of a circle met on the way that gains wherever it is.

        Of as few rows, those that come first in the list. Empty if there are none: while a circle of calendar months is gone round, a value
        may have no reason in the values as they stand.
        """
        met, self._behind = [(variable, needed)], [(-1, -1)]
        lowest = {variable: needed}
        for at, (place, least) in enumerate(met):  # it grows while it is read
            for number, source, before in self._steps(place, least):
                if source == ZERO:
                    return self._rows_to(at, number)
                if source in lowest:
                    if before >= lowest[source]:
                        continue
                    circle = self._circle(source, at, number)
                    if circle:
                        return circle
                lowest[source] = before
                met.append((source, before))
                self._behind.append((at, number))
            if len(met) > _MOST_STATES + 4 * len(self._values):
                break
        return []

    def _steps(self, place: int, needed: int) -> Iterator[tuple[int, int, int]]:
        """The rows that raise a variable as far as is needed, with their sources and what these need to be."""
        near = 1 if self._is_mirrored else 0
        for number in self._entering.to(place):
            row = self._rows[number]
            source, before = row[near], self._needed_before(row, needed) if row[3] or row[4] else needed - row[2]
            if self._values[source] >= before and self._is_in(number):
                yield number, source, before

    def _needed_before(self, row: Row, needed: int) -> int:
        """The least value of the source of a row with months, or of a gap, that forces so much on its target."""
        return 1 - forced_low(row, 1 - needed) if self._is_mirrored else forced_high(row, needed - 1) + 1

    def _rows_to(self, at: int, number: int) -> list[int]:
        """The rows from where the search began to what was met here, and one more."""
        found: list[int] = []
        while number >= 0:
            found.append(number)
            at, number = self._behind[at]
        return found[::-1]

    def _circle(self, source: int, at: int, number: int) -> list[int]:
        """The circle that leads back to a variable behind itself, if it gains wherever it is."""
        found, gain = [number], least_gain(self._rows[number])
        near = 0 if self._is_mirrored else 1
        while self._rows[found[-1]][near] != source:
            at, number = self._behind[at]
            if number < 0:
                return []
            found.append(number)
            gain += least_gain(self._rows[number])
        return found[::-1] if gain > 0 else []
