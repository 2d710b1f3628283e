"""Networks looked at from both ends: the least and the greatest dating of the same rows."""

from collections.abc import Sequence

from rehabfacts.network.inequalities import Row
from rehabfacts.network.labels import LapLimitError, Walk
from rehabfacts.network.propagation import LeastDating


class Network:
    """Rows that hold together, with the least and the greatest value of every variable."""

    def __init__(self, least: LeastDating, greatest: LeastDating) -> None:
        self.least, self.greatest = least, greatest

    @classmethod
    def of(cls, size: int, rows: Sequence[Row]) -> "Network":
        """A network without any of the rows yet."""
        return cls(LeastDating(size, rows), LeastDating(size, rows, is_mirrored=True))

    def copy(self) -> "Network":
        """A network of its own with the same rows added."""
        return Network(self.least.copy(), self.greatest.copy())

    def bounds(self, variable: int) -> tuple[int | None, int | None]:
        """The least and the greatest value of a variable; None where nothing bounds it."""
        return self.least.bound(variable), self.greatest.bound(variable)

    def add(self, numbers: Sequence[int]) -> Walk | None:
        """Adds rows, all or none; returns the walk that contradicts itself if they cannot all hold."""
        walk = self.least.add(numbers)
        if walk is None and self.greatest.add(numbers) is not None:
            raise AssertionError("a network that is consistent forwards and not backwards")
        return walk

    def remove(self, numbers: Sequence[int]) -> None:
        """Takes rows out again, as if they had never been added: only what they could have moved is solved again.

        Raises LapLimitError where what is left has a cycle of calendar months that is left undecided; nothing is removed then.
        """
        put_back = self.least.remove(numbers)
        try:
            self.greatest.remove(numbers)
        except LapLimitError:
            put_back()
            raise

    def push(self, numbers: Sequence[int]) -> Walk | None:
        """As `add`, until `pop` takes it back: what was pushed last first."""
        walk = self.least.push(numbers)
        if walk is None:
            try:
                walk = self.greatest.push(numbers)
            finally:
                if self.greatest.depth < self.least.depth:
                    self.least.pop()
        return walk

    def pop(self) -> None:
        """Takes back what was pushed last."""
        self.least.pop()
        self.greatest.pop()

    @property
    def touched(self) -> set[int]:
        """The variables of which the rows pushed last moved a bound."""
        return self.least.touched | self.greatest.touched
