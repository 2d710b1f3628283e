"""The rows that choices have put on a network, to tell whether another says no more than one of them."""

from collections.abc import Collection, Iterable, Sequence

from rehabfacts.network.inequalities import Row, strength


class Standing:
    """Numbers of rows: some stand in any case, others while they are chosen, the last chosen first to go."""

    def __init__(self, rows: Sequence[Row], always: Collection[int]) -> None:
        self._rows, self._always = rows, always
        self._chosen: dict[tuple[int, int, int, int], list[int]] = {}
        """How much those that are chosen say, by what they say it of."""

    def add(self, numbers: Iterable[int]) -> None:
        """They are chosen."""
        for number in numbers:
            key, much = strength(self._rows[number])
            self._chosen.setdefault(key, []).append(much)

    def drop(self, numbers: Iterable[int]) -> None:
        """Those chosen last are no longer."""
        for number in numbers:
            self._chosen[strength(self._rows[number])[0]].pop()

    def has(self, number: int) -> bool:
        """Whether a row stands, or one that says as much of the same ends."""
        if number in self._always:
            return True
        key, much = strength(self._rows[number])
        return any(each >= much for each in self._chosen.get(key, ()))
