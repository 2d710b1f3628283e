"""The least dating of a network of inequalities, kept as rows come in: label correcting over a first-in-first-out list.

Rows are added in groups. Adding a group either keeps the network consistent and raises the least dating, or returns
the walk that contradicts itself and leaves everything as it was. The walk comes back to its start: from the fixed
day 0 over a lower bound past an upper bound, or around a cycle whose least gain is positive. The same code gives the
greatest dating, on the mirror image of the network (`is_mirrored`), where signs are turned and rows run backwards.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence

from rehabfacts.network.inequalities import ZERO, Row, forced_high, forced_low, least_gain

FLOOR = -(1 << 200)
"""Where unbounded variables start, far below any bound: a value below half of it is no bound at all."""

UNBOUNDED = FLOOR >> 1
_MOST_LAPS = 100_000

Walk = tuple[int, ...]
"""The numbers of rows that follow each other from end to start."""


class LapLimitError(Exception):
    """Going round a cycle with calendar months was cut short: its contradiction is neither proven nor excluded."""

    def __str__(self) -> str:
        return "a cycle of calendar months was not decided"


class LeastDating:
    """The least values that the rows added so far allow."""

    def __init__(self, size: int, rows: Sequence[Row], *, is_mirrored: bool = False) -> None:
        self.rows = rows
        self.is_mirrored = is_mirrored
        self.value = [FLOOR] * size
        self.value[:1] = [0] if size else []
        self.by = [-1] * size
        self._top = [-FLOOR] * size
        self._top_by = [-1] * size
        self._arcs: list[list[tuple[int, int, int]]] = [[] for _ in range(size)]
        self._calendar_arcs: dict[int, list[tuple[int, int]]] = {}
        self._trail: list[tuple[int, int, int]] = []

    def copy(self) -> "LeastDating":
        """A network of its own with the same rows added."""
        twin = LeastDating(0, self.rows, is_mirrored=self.is_mirrored)
        twin.value, twin.by = self.value.copy(), self.by.copy()
        twin._top, twin._top_by = self._top.copy(), self._top_by.copy()
        twin._arcs = [arcs.copy() for arcs in self._arcs]
        twin._calendar_arcs = {source: arcs.copy() for source, arcs in self._calendar_arcs.items()}
        return twin

    def bound(self, variable: int) -> int | None:
        """The least (mirrored: greatest) value of a variable; None if nothing bounds it."""
        value = self.value[variable]
        if value < UNBOUNDED:
            return None
        return -value if self.is_mirrored else value

    def reason(self, variable: int) -> Walk:
        """The rows, from the fixed day 0 on, that gave a variable its value; empty if nothing bounds it."""
        walk: list[int] = []
        while (row := self.by[variable]) >= 0:
            walk.append(row)
            variable = self._source(row)
            if variable == ZERO:
                return tuple(walk) if self.is_mirrored else tuple(reversed(walk))
        return ()

    def add(self, numbers: Iterable[int]) -> Walk | None:
        """Adds rows, all or none; returns the walk that contradicts itself if they cannot all hold.

        Raises LapLimitError where a cycle of calendar months is left undecided; nothing is added then either.
        """
        return self._try(numbers, keep=True)

    def contradiction(self, numbers: Iterable[int]) -> Walk | None:
        """As `add`, but the network stays as it was in either case."""
        return self._try(numbers, keep=False)

    def moved(self, numbers: Iterable[int]) -> dict[int, int] | None:
        """The variables that rows would move, with their new values; None if they cannot all hold. Nothing is changed."""
        moved: dict[int, int] = {}
        return None if self._try(numbers, keep=False, moved=moved) is not None else moved

    def at(self, values: Sequence[int]) -> "LeastDating":
        """A copy that stands at a dating of its rows, instead of at the least."""
        twin = self.copy()
        twin.value = [-value for value in values] if self.is_mirrored else list(values)
        return twin

    def _try(self, numbers: Iterable[int], *, keep: bool, moved: dict[int, int] | None = None) -> Walk | None:
        self._trail = []
        undo: list[tuple[str, int]] = []
        seeds: deque[int] = deque()
        try:
            walk = self._insert(numbers, undo, seeds) or self._propagate(seeds)
        except LapLimitError:
            self._take_back(undo)
            raise
        if moved is not None:
            sign = -1 if self.is_mirrored else 1
            moved.update((variable, sign * self.value[variable]) for variable, _, _ in self._trail if variable > 0)
        if walk is not None or not keep:
            self._take_back(undo)
        return walk

    def _source(self, row: int) -> int:
        return self.rows[row][1 if self.is_mirrored else 0]

    def _target(self, row: int) -> int:
        return self.rows[row][0 if self.is_mirrored else 1]

    def _forced(self, row: int, value: int) -> int:
        full = self.rows[row]
        return -forced_high(full, -value) if self.is_mirrored else forced_low(full, value)

    def _insert(self, numbers: Iterable[int], undo: list[tuple[str, int]], seeds: deque[int]) -> Walk | None:
        for number in numbers:
            source, target = self._source(number), self._target(number)
            if target == ZERO:
                walk = self._lower_top(source, number, undo)
                if walk is not None:
                    return walk
                continue
            forced = self._forced(number, self.value[source])
            if source != ZERO:
                _, _, days, months, _ = self.rows[number]
                if months:
                    self._calendar_arcs.setdefault(source, []).append((target, number))
                    undo.append(("calendar", source))
                else:
                    self._arcs[source].append((target, days, number))
                    undo.append(("arc", source))
            if forced > self.value[target]:
                self._raise(target, forced, number)
                seeds.append(target)
                if forced > self._top[target]:
                    return self._walk_past_top(target)
        return None

    def _lower_top(self, variable: int, number: int, undo: list[tuple[str, int]]) -> Walk | None:
        top = self._top_of(number)
        if variable == ZERO:
            return (number,) if top < 0 else None
        if top < self._top[variable]:
            undo.append(("top", variable))
            self._trail.append((-variable, self._top[variable], self._top_by[variable]))
            self._top[variable], self._top_by[variable] = top, number
            if self.value[variable] > top:
                return self._walk_past_top(variable)
        return None

    def _top_of(self, number: int) -> int:
        """The greatest value of the source of a row into the fixed day 0."""
        full = self.rows[number]
        return -forced_low(full, 0) if self.is_mirrored else forced_high(full, 0)

    def _raise(self, variable: int, value: int, row: int) -> None:
        self._trail.append((variable, self.value[variable], self.by[variable]))
        self.value[variable], self.by[variable] = value, row

    def _propagate(self, queue: deque[int]) -> Walk | None:
        value, by, top, arcs, trail = self.value, self.by, self._top, self._arcs, self._trail
        queued = set(queue)
        look_at = len(trail) + 16
        while queue:
            source = queue.popleft()
            queued.discard(source)
            base = value[source]
            for target, days, row in arcs[source]:
                if base + days > value[target]:
                    trail.append((target, value[target], by[target]))
                    value[target], by[target] = base + days, row
                    if base + days > top[target]:
                        return self._walk_past_top(target)
                    if target not in queued:
                        queued.add(target)
                        queue.append(target)
            for target, row in self._calendar_arcs.get(source, ()):
                forced = self._forced(row, base)
                if forced > value[target]:
                    self._raise(target, forced, row)
                    if forced > top[target]:
                        return self._walk_past_top(target)
                    if target not in queued:
                        queued.add(target)
                        queue.append(target)
            if len(trail) >= look_at and trail:
                cycle = self._cycle_above(trail[-1][0])
                if cycle is not None:
                    return cycle
                look_at = len(trail) * 2
        return None

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
        if len(self._trail) > _MOST_LAPS * len(cycle):
            raise LapLimitError
        return None

    def _walk_past_top(self, variable: int) -> Walk:
        """The walk from day 0 to a variable's value and back over its upper bound, or the cycle that it runs into."""
        positions: dict[int, list[int]] = {}
        for at, (changed, _, _) in enumerate(self._trail):
            positions.setdefault(changed, []).append(at)
        walk = [self._top_by[variable]]
        before = len(self._trail)
        while variable != ZERO:
            row, before = self._row_before(variable, before, positions)
            if row < 0:  # a value that was set, by `at`: nothing is behind it
                break
            walk.append(row)
            variable = self._source(row)
        return self._in_order(walk)

    def _row_before(self, variable: int, before: int, positions: dict[int, list[int]]) -> tuple[int, int]:
        """The row that had given a variable its value when the trail had so many entries, and the entry that did."""
        past = positions.get(variable, [])
        at = bisect_left(past, before)
        if at == 0:
            return (self._trail[past[0]][2] if past else self.by[variable]), 0
        entry = past[at - 1]
        later = past[at] if at < len(past) else None
        return (self._trail[later][2] if later is not None else self.by[variable]), entry

    def _in_order(self, backwards: list[int]) -> Walk:
        return tuple(backwards) if self.is_mirrored else tuple(reversed(backwards))

    def _take_back(self, undo: list[tuple[str, int]]) -> None:
        for variable, value, row in reversed(self._trail):
            if variable < 0:
                self._top[-variable], self._top_by[-variable] = value, row
            else:
                self.value[variable], self.by[variable] = value, row
        for kind, variable in reversed(undo):
            if kind == "arc":
                self._arcs[variable].pop()
            elif kind == "calendar":
                self._calendar_arcs[variable].pop()
