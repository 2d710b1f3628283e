"""The rows that lead to each variable, and where in the list of all rows each one stands."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from rehabfacts.network.inequalities import Row

_MANY = 32
"""Among more rows than that, one is found by its identity in a dictionary."""


class Entering:
    """The rows that lead to each variable, by their numbers and in their order; rows may come and go at the end of the list."""

    def __init__(self, rows: Sequence[Row], *, is_mirrored: bool) -> None:
        self._rows, self._end = rows, 0 if is_mirrored else 1
        self._known: list[Row] = []
        self._to: defaultdict[int, list[int]] = defaultdict(list)
        self._places: dict[int, dict[int, int]] = {}
        """Of some variables to which many rows lead, where each of these stands, by its identity: the last place of one that is there more than once."""

    def to(self, variable: int) -> Sequence[int]:
        """The numbers of the rows that lead to a variable, of those there at the last `refresh`; of others only if they are in no network."""
        return self._to.get(variable, ())

    def numbers(self, rows: Iterable[Row], is_in: Callable[[int], bool]) -> list[int]:
        """Where rows stand that are in; the list may have the same one more than once."""
        self.refresh()
        return [self._number(row, is_in) for row in rows]

    def _number(self, row: Row, is_in: Callable[[int], bool]) -> int:
        known, target = self._known, row[self._end]
        to = self._to[target]
        if len(to) > _MANY:
            if target not in self._places:
                self._places[target] = dict(zip(map(id, map(known.__getitem__, to)), to, strict=True))
            place = self._places[target].get(id(row))
            if place is not None and is_in(place):
                return place
        for number in to:
            if known[number] is row and is_in(number):
                return number
        raise AssertionError("a row that is not in")

    def refresh(self) -> None:
        """Sees what has become of the end of the list."""
        if len(self._known) == len(self._rows):
            return
        self._forget(len(self._rows))
        first, to, end = len(self._known), self._to, self._end
        self._known += self._rows[first:]
        for number, row in enumerate(self._known[first:], first):
            to[row[end]].append(number)
            if row[end] in self._places:
                self._places[row[end]][id(row)] = number

    def see(self, numbers: Sequence[int]) -> None:
        """Notices which rows are others than at the last `refresh`, of those that a network takes in."""
        rows, known = self._rows, self._known
        if known:
            self._forget(min((each for each in numbers if each < len(known) and known[each] is not rows[each]), default=len(known)))

    def _forget(self, first: int) -> None:
        """Forgets the rows from a number on."""
        while len(self._known) > first:
            row = self._known.pop()
            number = self._to[row[self._end]].pop()
            places = self._places.get(row[self._end], {})
            if places.get(id(row)) == number:
                del places[id(row)]
