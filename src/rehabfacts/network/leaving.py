"""The rows that leave each variable: themselves and not their numbers, since reading them is most of a solver's work.

A variable from which one row leaves has that row, and not a list of one: on a chain the lists would be half of what is read.
"""

from collections.abc import Sequence

from rehabfacts.network.inequalities import ZERO, Row

_NONE: list[Row] = []

_MANY = 2
"""From so many rows a variable on most variables get a list, so that all have one, and the rows are put in without looking at what is there."""


class Leaving:
    """Rows by the variable that they leave. Those that leave the fixed day 0 are not kept: they raise their targets when they are put in, never again."""

    def __init__(self, size: int, *, is_mirrored: bool) -> None:
        self.of: list[Row | list[Row]] = [_NONE] * size
        """Of each variable the row that leaves it, or a list of them: there for a solver to read."""
        self._near = 1 if is_mirrored else 0

    def copy(self) -> "Leaving":
        """The same rows, to be changed apart."""
        twin = Leaving(0, is_mirrored=bool(self._near))
        twin.of = [own.copy() if isinstance(own, list) and own else own for own in self.of]
        return twin

    def rows(self, variable: int) -> Sequence[Row]:
        """The rows that leave a variable."""
        own = self.of[variable]
        return own if isinstance(own, list) else (own,)

    def put(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Puts rows in; returns those that leave day 0."""
        if len(rows) >= _MANY * len(self.of):
            self._put_many(rows)
        else:
            of, near = self.of, self._near
            for row in rows:
                source = row[near]
                own = of[source]
                if not own:
                    of[source] = row
                elif isinstance(own, list):
                    own.append(row)
                else:
                    of[source] = [own, row]
        from_zero = self.rows(ZERO)
        self.of[ZERO] = _NONE
        return from_zero

    def _put_many(self, rows: Sequence[Row]) -> None:
        lists = [[] if not own else own if isinstance(own, list) else [own] for own in self.of]
        near = self._near
        for row in rows:
            lists[row[near]].append(row)
        self.of = [*lists]

    def take(self, row: Row) -> None:
        """Takes a row out, the one put in last where it is there more than once."""
        source = row[self._near]
        own = self.of[source]
        if own is row:
            self.of[source] = _NONE
        elif source != ZERO and isinstance(own, list):
            at = len(own) - 1
            while own[at] is not row:
                at -= 1
            del own[at]
