"""The labels of a label-correcting search: the value of each variable, the row that gave it, and the walks behind."""

from collections.abc import Sequence

from rehabfacts.network.inequalities import ZERO, Row, forced_high, forced_low, least_gain

FLOOR = -(1 << 200)
"""Where unbounded variables start, far below any bound: a value below half of it is no bound at all."""

UNBOUNDED = FLOOR >> 1

Walk = tuple[int, ...]
"""The numbers of rows that follow each other from end to start."""


class LapLimitError(Exception):
    """Going round a cycle with calendar months was cut short: its contradiction is neither proven nor excluded."""

    def __str__(self) -> str:
        return "a cycle of calendar months was not decided"


class Labels:
    """The least values so far, and what they rest on; on the mirror image of a network (`is_mirrored`) the greatest."""

    def __init__(self, size: int, rows: Sequence[Row], *, is_mirrored: bool = False) -> None:
        self.rows = rows
        self.is_mirrored = is_mirrored
        self.value = [FLOOR] * size
        self.value[:1] = [0] if size else []
        self.by = [-1] * size
        self._top = [-FLOOR] * size
        self._top_by = [-1] * size
        self._trail: list[tuple[int, int, int]] = []
        self._past: dict[tuple[int, int], tuple[int, int]] | None = {} if any(row[3] for row in rows) else None

    def bound(self, variable: int) -> int | None:
        """The least (mirrored: greatest) value of a variable; None if nothing bounds it."""
        value = self.value[variable]
        if value < UNBOUNDED:
            return None
        return -value if self.is_mirrored else value

    def reason(self, variable: int) -> Walk:
        """The rows, from the fixed day 0 on, that gave a variable its value; empty if nothing bounds it."""
        walk = self._behind(variable) if self.value[variable] > UNBOUNDED else []
        return tuple(walk) if self.is_mirrored else tuple(reversed(walk))

    def is_circling(self, variable: int) -> bool:
        """Whether calendar months lead round a circle on the way to a variable's value, so that its rows alone do not tell it."""
        if self._past is None:
            return False
        seen: set[int] = set()
        while variable != ZERO and self.by[variable] >= 0 and variable not in seen:
            seen.add(variable)
            base = self.value[self._source(self.by[variable])]
            if self._forced(self.by[variable], base) != self.value[variable]:
                return True
            variable = self._source(self.by[variable])
        return variable in seen

    def _source(self, row: int) -> int:
        return self.rows[row][1 if self.is_mirrored else 0]

    def _forced(self, row: int, value: int) -> int:
        full = self.rows[row]
        return -forced_high(full, -value) if self.is_mirrored else forced_low(full, value)

    def _note(self, variable: int, row: int, base: int) -> None:
        """Keeps what gave a value: going round a circle of calendar months, a variable takes several, each for its own reason."""
        if self._past is not None:
            self._past[variable, self.value[variable]] = row, base

    def _top_of(self, number: int) -> int:
        """The greatest value of the source of a row into the fixed day 0."""
        full = self.rows[number]
        return -forced_low(full, 0) if self.is_mirrored else forced_high(full, 0)

    def _cycle_above(self, variable: int) -> Walk | None:
        """A cycle among the rows that gave the latest values, if it proves a contradiction wherever it is."""
        seen: dict[int, int] = {}
        walk: list[int] = []
        while variable not in seen:
            row = self.by[variable]
            if row < 0 or variable == ZERO:
                return None
            seen[variable] = len(walk)
            walk.append(row)
            variable = self._source(row)
        cycle = walk[seen[variable] :]
        if sum(least_gain(self.rows[row]) for row in cycle) > 0:
            return self._in_order(cycle)
        return None

    def _walk_past_top(self, variable: int) -> Walk:
        """The walk from day 0 to a variable's value and back over its upper bound, or the circle that it runs into."""
        walk = self._behind(variable)
        is_whole = not walk or self._source(walk[-1]) == ZERO
        return self._in_order([self._top_by[variable], *walk] if is_whole else walk)

    def _behind(self, variable: int) -> list[int]:
        """The rows behind a variable's value, the last first, back to day 0; or a circle of rows, where there are only days."""
        walk: list[int] = []
        seen: dict[int, int] = {}
        value = self.value[variable]
        while variable != ZERO:
            if self._past is None:
                if variable in seen:
                    return walk[seen[variable] :]
                seen[variable] = len(walk)
            row, value = (self.by[variable], 0) if self._past is None else self._past.get((variable, value), (-1, 0))
            if row < 0:  # a value that was set, by `at`: nothing is behind it
                break
            walk.append(row)
            variable = self._source(row)
        return walk

    def _in_order(self, backwards: list[int]) -> Walk:
        return tuple(backwards) if self.is_mirrored else tuple(reversed(backwards))
