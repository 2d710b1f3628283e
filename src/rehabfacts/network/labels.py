"""The labels of a label-correcting search: the value of each variable, the row that gave it, and the walks behind."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from rehabfacts.network.inequalities import GAP, ZERO, Row, forced_high, forced_low, least_gain

NOTHING = -(1 << 250)
"""The value of a variable that no row has reached: it forces nothing."""

UNBOUNDED = -(1 << 199)
"""A value below it is no bound: the variable has been reached from others that nothing bounds, and stands so far above them."""

UNREACHED, GIVEN = -1, -2
"""Instead of a row: no row has given a value, or it was given otherwise. The fixed day 0 needs none either."""

Walk = tuple[int, ...]
"""The numbers of rows that follow each other from end to start."""

Step = tuple[int, int, int]
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
        self._past: defaultdict[int, dict[int, tuple[int, int]]] | None = None

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
        return [value if value > UNBOUNDED else None for value in self.value]

    def reason(self, variable: int) -> Walk:
        """The rows, from the fixed day 0 on, that gave a variable its value; empty if nothing bounds it."""
        value = self.value[variable]
        return self._in_order(self._behind(variable, value)) if value > UNBOUNDED else ()

    def is_circling(self, variable: int) -> bool:
        """Whether the latest rows lead from a variable back to itself, so that they do not tell what its value rests on."""
        if self._past is None:
            return False
        seen: set[int] = set()
        above = variable
        while self.by[above] >= 0 and above not in seen:
            seen.add(above)
            above = self._source(self.by[above])
        return above == variable and variable in seen

    def _source(self, number: int) -> int:
        return self.rows[number][1 if self.is_mirrored else 0]

    def _target(self, number: int) -> int:
        return self.rows[number][0 if self.is_mirrored else 1]

    def _forced(self, number: int, value: int) -> int:
        row = self.rows[number]
        return -forced_high(row, -value) if self.is_mirrored else forced_low(row, value)

    def _start_past(self, trails: Iterable[Step]) -> defaultdict[int, dict[int, tuple[int, int]]]:
        """Keeps from now on what each value rests on. Until now rows shift by days, which tell what they shifted."""
        self._past = defaultdict(dict)
        for variable, value, number in (*zip(range(len(self.value)), self.value, self.by, strict=True), *trails):
            if number >= 0:
                self._past[variable][value] = number, value - self.rows[number][2]
        return self._past

    def _latest(self, variable: int, value: int = 0) -> tuple[int, int]:  # noqa: ARG002  # what the row gave before does not matter
        """The row that gave a variable a value last; negative if none did, or a gap, which does not tell what it was before."""
        number = self.by[variable]
        return (UNREACHED if number >= 0 and self.rows[number][4] == GAP else number), 0

    def _step(self, variable: int, value: int) -> tuple[int, int]:
        """The row that gave a variable a value, and what its source had then; negative if none did. Without a past the values do not matter."""
        return self._latest(variable) if self._past is None else self._past[variable].get(value, (UNREACHED, 0))

    def _behind(self, variable: int, value: int) -> list[int]:
        """The rows behind a variable's value, the last first, back to day 0; or a circle of rows, where there are only days."""
        walk: list[int] = []
        seen: dict[int, int] = {}
        while variable != ZERO:
            if self._past is None:
                if variable in seen:
                    return walk[seen[variable] :]
                seen[variable] = len(walk)
            number, value = self._step(variable, value)
            if number < 0:
                break
            walk.append(number)
            variable = self._source(number)
        return walk

    def _round(self, number: int, value: int) -> Walk:
        """The walk from day 0 on and by a row back over it, as its source has the value; or the circle that it runs into."""
        walk = self._behind(self._source(number), value)
        is_whole = not walk or self._source(walk[-1]) == ZERO
        return self._in_order([number, *walk] if is_whole else walk)

    def _cycle_behind(self, variable: int) -> tuple[Walk | None, int]:
        """The first cycle on the way back from a variable's value, if it proves a contradiction wherever it is; and how long the way was.

        The latest rows tell, so that months elsewhere change nothing; where months take part it may be the way on which the value came.
        """
        cycle, steps = self._cycle(variable, self._latest)
        if not cycle and self._past is not None:
            cycle, more = self._cycle(variable, self._step)
            steps += more
        return self._in_order(cycle) if cycle else None, steps

    def _cycle(self, variable: int, step: Callable[[int, int], tuple[int, int]]) -> tuple[list[int], int]:
        value = self.value[variable]
        walk: list[int] = []
        seen: dict[int, int] = {}
        while variable not in seen:
            seen[variable] = len(walk)
            is_gap = True
            while is_gap:  # it leads from a variable to itself and gains nothing of its own
                number, value = step(variable, value)
                if number < 0:
                    return [], len(walk)
                walk.append(number)
                is_gap = self.rows[number][4] == GAP
            variable = self._source(number)
        cycle = walk[seen[variable] :]
        return cycle if sum(least_gain(self.rows[each]) for each in cycle) > 0 else [], len(walk)

    def _laps_behind(self, variable: int) -> int:
        """How often a variable took a value on the way to its own, other than over a gap."""
        laps, place, value = 0, variable, self.value[variable]
        while True:
            number, value = self._step(place, value)
            if number < 0:
                return laps
            place = self._source(number)
            laps += (place == variable) - (self.rows[number][4] == GAP)

    def _values_by(self, number: int) -> list[tuple[int, int]]:
        """The values that a row gave its target."""
        target = self._target(number)
        if self._past is None:
            return [(target, self.value[target])] if self.by[target] == number else []
        return [(target, value) for value, (row, _) in self._past[target].items() if row == number]

    def _in_order(self, backwards: list[int]) -> Walk:
        return tuple(backwards) if self.is_mirrored else tuple(reversed(backwards))
