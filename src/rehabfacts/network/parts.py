"""Parts of a network: the variables that rows tie to each other, other than by the fixed day 0 (union and find)."""

from collections.abc import Iterable, Sequence

from rehabfacts.network.inequalities import ZERO


class Parts:
    """Which variables are tied to each other, while more and more of them are."""

    def __init__(self, parent: Sequence[int]) -> None:
        self._parent = list(parent)

    @classmethod
    def single(cls, size: int) -> "Parts":
        """Every variable on its own."""
        return cls(range(size))

    def find(self, variable: int) -> int:
        """A number that a variable shares with those it is tied to: the lowest of theirs."""
        parent = self._parent
        while parent[variable] != variable:
            parent[variable] = parent[parent[variable]]
            variable = parent[variable]
        return variable

    def tie(self, variables: Iterable[int]) -> None:
        """Ties variables to each other."""
        first = None
        for variable in variables:
            if variable != ZERO:
                found = self.find(variable)
                if first is not None and first != found:
                    self._parent[max(first, found)] = min(first, found)
                first = found if first is None else min(first, found)

    def numbers(self) -> list[int]:
        """The number of each variable."""
        return [self.find(variable) for variable in range(len(self._parent))]
