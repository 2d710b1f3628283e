"""The labels of a label-correcting search: the value of each variable, the row that gave it, and the walks behind."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import compress, count

from rehabfacts.network.entering import Entering
from rehabfacts.network.inequalities import GAP, ZERO, Row, forced_high, forced_low, least_gain

NOTHING = -(1 << 250)
"""The value of a variable that no row has reached: it forces nothing."""

UNBOUNDED = -(1 << 199)
"""A value below it is no bound: the variable has been reached from others that nothing bounds, and stands so far above them."""

UNREACHED: Row = (-1, -1, 0, 0, False)
GIVEN: Row = (-2, -2, 0, 0, False)
"""Instead of a row: no row has given a value, or it was given otherwise. The fixed day 0 needs none either."""

Walk = tuple[int, ...]
"""The numbers of rows that follow each other from end to start."""

Step = tuple[int, int, Row]
"""A variable, and the value and the row that gave it before it was raised."""


class LapLimitError(Exception):
    """Going round a cycle with calendar months was cut short: its contradiction is neither proven nor excluded."""

    def __str__(self) -> str:
        return "a cycle of calendar months was not decided"


class Labels:
    """The least values so far, and what they rest on; on the mirror image of a network (`is_mirrored`) the greatest.

    Shifts by days alone cannot lead round a circle and on, so that the latest rows (`by`) tell what a value rests on.
    Calendar months and gaps can: from the first of them on each value that a variable took is kept with its own reason.
    """

    def __init__(self, size: int, rows: Sequence[Row], *, is_mirrored: bool = False) -> None:
        self.rows = rows
        self.is_mirrored = is_mirrored
        self.value = [NOTHING] * size
        self.value[:1] = [0] if size else []
        self.by = [UNREACHED] * size
        self._near, self._far = (1, 0) if is_mirrored else (0, 1)
        """Where in a row its source stands, and its target."""
        self._marks: list[bool] = []
        """Of each row up to the last that was in, whether it is in."""
        self._entering = Entering(rows, is_mirrored=is_mirrored)
        self._past: defaultdict[int, dict[int, tuple[Row, int]]] | None = None

    def bound(self, variable: int) -> int | None:
        """The least (mirrored: greatest) value of a variable; None if nothing bounds it."""
        value = self.value[variable]
        if value < UNBOUNDED:
            return None
        return -value if self.is_mirrored else value

    def bounds(self) -> list[int | None]:
        """The least (mirrored: greatest) value of every variable."""
        if self.is_mirrored:
            return [-value if value > UNBOUNDED else None for value in self.value]
        if min(self.value, default=0) > UNBOUNDED:
            return [*self.value]
        return [value if value > UNBOUNDED else None for value in self.value]

    def reason(self, variable: int) -> Walk:
        """The rows, from the fixed day 0 on, that gave a variable its value; empty if nothing bounds it."""
        value = self.value[variable]
        return self._in_order(self._behind(variable, value)) if value > UNBOUNDED else ()

    def rows_behind(self) -> list[int]:
        """Of each variable the number of the latest row that gave it its value; -1 where no row did."""
        place = dict(zip(map(id, compress(self.rows, self._marks)), compress(count(), self._marks), strict=True))
        return [place[id(row)] if row[0] >= 0 else -1 for row in self.by]

    def is_circling(self, variable: int) -> bool:
        """Whether the latest rows lead from a variable back to itself, so that they do not tell what its value rests on."""
        if self._past is None:
            return False
        seen: set[int] = set()
        above = variable
        while self.by[above][0] >= 0 and above not in seen:
            seen.add(above)
            above = self._source(self.by[above])
        return above == variable and variable in seen

    def _is_in(self, number: int) -> bool:
        return number < len(self._marks) and self._marks[number]

    def _source(self, row: Row) -> int:
        return row[self._near]

    def _forced(self, row: Row, value: int) -> int:
        return -forced_high(row, -value) if self.is_mirrored else forced_low(row, value)

    def _start_past(self, trails: Iterable[Step]) -> defaultdict[int, dict[int, tuple[Row, int]]]:
        """Keeps from now on what each value rests on. Until now rows shift by days, which tell what they shifted."""
        self._past = defaultdict(dict)
        for variable, value, row in (*zip(range(len(self.value)), self.value, self.by, strict=True), *trails):
            if row[0] >= 0:
                self._past[variable][value] = row, value - row[2]
        return self._past

    def _latest(self, variable: int, value: int) -> tuple[Row, int]:  # noqa: ARG002  # what the row gave before does not matter
        """The row that gave a variable a value last, if one did, and no gap, which does not tell what it was before."""
        row = self.by[variable]
        return (UNREACHED if row[4] == GAP else row), 0

    def _step(self, variable: int, value: int) -> tuple[Row, int]:
        """The row that gave a variable a value, if one did, and what its source had then. Without a past the values do not matter."""
        return self._latest(variable, value) if self._past is None else self._past[variable].get(value, (UNREACHED, 0))

    def _behind(self, variable: int, value: int) -> list[int]:
        """The rows behind a variable's value, the last first, back to day 0; or a circle of rows, where there are only days."""
        walk: list[Row] = []
        seen: dict[int, int] = {}
        by, past, near = self.by, self._past, self._near
        while variable != ZERO:
            if past is None:
                if variable in seen:
                    walk = walk[seen[variable] :]
                    break
                seen[variable] = len(walk)
                row = by[variable]
            else:
                row, value = self._step(variable, value)
            if row[0] < 0:
                break
            walk.append(row)
            variable = row[near]
        return self._numbers(walk)

    def _round(self, row: Row, value: int) -> Walk:
        """The walk from day 0 on and by a row back over it, as its source has the value; or the circle that it runs into."""
        walk = self._behind(self._source(row), value)
        is_whole = not walk or self._source(self.rows[walk[-1]]) == ZERO
        return self._in_order([*self._numbers([row]), *walk] if is_whole else walk)

    def _cycle_behind(self, variable: int) -> tuple[Walk | None, int]:
        """The first cycle on the way back from a variable's value, if it proves a contradiction wherever it is; and how long the way was.

        The latest rows tell, so that months elsewhere change nothing; where months take part it may be the way on which the value came.
        """
        cycle, steps = self._cycle(variable, self._latest)
        if not cycle and self._past is not None:
            cycle, more = self._cycle(variable, self._step)
            steps += more
        return self._in_order(self._numbers(cycle)) if cycle else None, steps

    def _cycle(self, variable: int, step: Callable[[int, int], tuple[Row, int]]) -> tuple[list[Row], int]:
        value = self.value[variable]
        walk: list[Row] = []
        seen: dict[int, int] = {}
        while variable not in seen:
            seen[variable] = len(walk)
            is_gap = True
            while is_gap:  # it leads from a variable to itself and gains nothing of its own
                row, value = step(variable, value)
                if row[0] < 0:
                    return [], len(walk)
                walk.append(row)
                is_gap = row[4] == GAP
            variable = self._source(row)
        cycle = walk[seen[variable] :]
        return cycle if sum(map(least_gain, cycle)) > 0 else [], len(walk)

    def _laps_behind(self, variable: int) -> int:
        """How often a variable took a value on the way to its own, other than over a gap."""
        laps, place, value = 0, variable, self.value[variable]
        while True:
            row, value = self._step(place, value)
            if row[0] < 0:
                return laps
            place = self._source(row)
            laps += (place == variable) - (row[4] == GAP)

    def _values_by(self, row: Row) -> list[tuple[int, int]]:
        """The values that a row gave its target."""
        target = row[self._far]
        if self._past is None:
            return [(target, self.value[target])] if self.by[target] is row else []
        return [(target, value) for value, (each, _) in self._past[target].items() if each is row]

    def _numbers(self, rows: Iterable[Row]) -> list[int]:
        return self._entering.numbers(rows, self._is_in)

    def _in_order(self, backwards: list[int]) -> Walk:
        return tuple(backwards) if self.is_mirrored else tuple(reversed(backwards))
