"""The rows that choices have put on a network, to tell whether another says no more than one of them."""

from collections.abc import Collection, Iterable, Sequence

from rehabfacts.network.inequalities import GAP, Row


class Standing:
    """Numbers of rows: some stand in any case, others while they are chosen, the last chosen first to go."""

    def __init__(self, rows: Sequence[Row], always: Collection[int]) -> None:
        self._rows, self._always = rows, always
        self._days: dict[tuple[int, int, int, int], list[int]] = {}
        """The days of those that are chosen, by what else they say; the more days, the more is said."""

    def add(self, numbers: Iterable[int]) -> None:
        """They are chosen."""
        for number in numbers:
            key, days = self._said(number)
            self._days.setdefault(key, []).append(days)

    def drop(self, numbers: Iterable[int]) -> None:
        """Those chosen last are no longer."""
        for number in numbers:
            self._days[self._said(number)[0]].pop()

    def has(self, number: int) -> bool:
        """Whether a row stands, or one that says as much of the same ends."""
        if number in self._always:
            return True
        key, days = self._said(number)
        found = self._days.get(key, ())
        return days in found if key[3] == GAP else any(each >= days for each in found)

    def _said(self, number: int) -> tuple[tuple[int, int, int, int], int]:
        low, high, days, months, shape = self._rows[number]
        return (low, high, months, shape), -days if shape else days
