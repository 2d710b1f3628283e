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
_FEW = 64
"""Up to so many rows are propagated from where they change something; more are propagated with all the others, in order."""

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
        self._past: dict[tuple[int, int], tuple[int, int]] | None = {} if any(row[3] for row in rows) else None

    def copy(self) -> "LeastDating":
        """A network of its own with the same rows added."""
        twin = LeastDating(0, self.rows, is_mirrored=self.is_mirrored)
        twin.value, twin.by = self.value.copy(), self.by.copy()
        twin._top, twin._top_by = self._top.copy(), self._top_by.copy()
        twin._arcs = [arcs.copy() for arcs in self._arcs]
        twin._past = None if self._past is None else self._past.copy()
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

    def add(self, numbers: Sequence[int]) -> Walk | None:
        """Adds rows, all or none; returns the walk that contradicts itself if they cannot all hold.

        Raises LapLimitError where a cycle of calendar months is left undecided; nothing is added then either.
        """
        return self._try(numbers, keep=True)

    def contradiction(self, numbers: Sequence[int]) -> Walk | None:
        """As `add`, but the network stays as it was in either case."""
        return self._try(numbers, keep=False)

    def moved(self, numbers: Sequence[int]) -> dict[int, int] | None:
        """The variables that rows would move, with their new values; None if they cannot all hold. Nothing is changed."""
        moved: dict[int, int] = {}
        return None if self._try(numbers, keep=False, moved=moved) is not None else moved

    def at(self, values: Sequence[int]) -> "LeastDating":
        """A copy that stands at a dating of its rows, instead of at the least."""
        twin = self.copy()
        twin.value = [-value for value in values] if self.is_mirrored else list(values)
        return twin

    def _try(self, numbers: Sequence[int], *, keep: bool, moved: dict[int, int] | None = None) -> Walk | None:
        if keep and len(numbers) > _FEW:
            return self._load(numbers)
        self._trail = []
        undo: list[int] = []
        seeds: list[int] = []
        try:
            walk = self._insert(numbers, undo, seeds) or self._propagate(seeds)
        except LapLimitError:
            self._take_back(undo)
            raise
        if moved is not None:
            sign = -1 if self.is_mirrored else 1
            moved.update((variable, sign * self.value[variable]) for variable, _, _ in self._trail if variable >= 0)
        if walk is not None or not keep:
            self._take_back(undo)
        return walk

    def _load(self, numbers: Sequence[int]) -> Walk | None:
        """Adds many rows at once."""
        self._trail = []
        before = self.value.copy(), self.by.copy(), self._top.copy(), self._top_by.copy()
        sources = self._load_arcs(numbers)
        walk: Walk | None = ()
        try:
            walk = self._sweep()
        finally:
            if walk is not None:
                self.value, self.by, self._top, self._top_by = before
                self._remove_arcs(sources)
        return walk

    def _load_arcs(self, numbers: Sequence[int]) -> list[int]:
        """Puts in arcs and bounds; returns the sources of the arcs, a calendar arc's with its bits turned."""
        rows, value, by, arcs, is_mirrored = self.rows, self.value, self.by, self._arcs, self.is_mirrored
        sources: list[int] = []
        for number in numbers:
            source, target, days, months, _ = rows[number]
            if is_mirrored:
                source, target = target, source
            if target == ZERO:
                self._lower_top(source, number)
            elif source == ZERO:
                forced = self._forced(number, 0) if months else days
                if forced > value[target]:
                    value[target], by[target] = forced, number
                    self._note(target, number, 0)
            elif months:
                self._calendar_arcs.setdefault(source, []).append((target, number))
                sources.append(~source)
            else:
                arcs[source].append((target, days, number))
                sources.append(source)
        return sources

    def _remove_arcs(self, sources: Iterable[int]) -> None:
        for source in sources:
            if source < 0:
                self._calendar_arcs[~source].pop()
            else:
                self._arcs[source].pop()

    def _source(self, row: int) -> int:
        return self.rows[row][1 if self.is_mirrored else 0]

    def _target(self, row: int) -> int:
        return self.rows[row][0 if self.is_mirrored else 1]

    def _forced(self, row: int, value: int) -> int:
        full = self.rows[row]
        return -forced_high(full, -value) if self.is_mirrored else forced_low(full, value)

    def _insert(self, numbers: Iterable[int], undo: list[int], seeds: list[int]) -> Walk | None:
        """Puts in the arcs of rows, noted in `undo` (a calendar arc by its source with its bits turned), and what they raise at once in `seeds`."""
        rows, value, by, top, trail = self.rows, self.value, self.by, self._top, self._trail
        arcs, is_mirrored = self._arcs, self.is_mirrored
        for number in numbers:
            source, target, days, months, _ = rows[number]
            if is_mirrored:
                source, target = target, source
            if target == ZERO:
                walk = self._lower_top(source, number)
                if walk is not None:
                    return walk
                continue
            base = value[source]
            forced = self._forced(number, base) if months else base + days
            if months and source != ZERO:
                self._calendar_arcs.setdefault(source, []).append((target, number))
                undo.append(~source)
            elif source != ZERO:
                arcs[source].append((target, days, number))
                undo.append(source)
            if forced > value[target]:
                trail.append((target, value[target], by[target]))
                value[target], by[target] = forced, number
                self._note(target, number, base)
                seeds.append(target)
                if forced > top[target]:
                    return self._walk_past_top(target)
        return None

    def _lower_top(self, variable: int, number: int) -> Walk | None:
        top = self._top_of(number)
        if top < self._top[variable]:
            self._trail.append((~variable, self._top[variable], self._top_by[variable]))
            self._top[variable], self._top_by[variable] = top, number
            if self.value[variable] > top:
                return self._walk_past_top(variable)
        return None

    def _sweep(self) -> Walk | None:
        """Propagates everything: once over what has no circle, in topological order (Kahn 1962); then the rest, dated first."""
        self._trail = []
        value, by, arcs, calendar_arcs, past = self.value, self.by, self._arcs, self._calendar_arcs, self._past
        waits = [0] * len(value)
        for outgoing in arcs:
            for target, _, _ in outgoing:
                waits[target] += 1
        for circling_arcs in calendar_arcs.values():
            for target, _ in circling_arcs:
                waits[target] += 1
        ready = [variable for variable, count in enumerate(waits) if not count]
        for source in ready:  # it grows while it is read
            base = value[source]
            for target, days, row in arcs[source]:
                if base + days > value[target]:
                    value[target], by[target] = base + days, row
                    if past is not None:
                        past[target, base + days] = row, base
                waits[target] -= 1
                if not waits[target]:
                    ready.append(target)
            for target, row in calendar_arcs.get(source, ()):
                forced = self._forced(row, base)
                if forced > value[target]:
                    value[target], by[target] = forced, row
                    self._note(target, row, base)
                waits[target] -= 1
                if not waits[target]:
                    ready.append(target)
        above = next((variable for variable, top in enumerate(self._top) if value[variable] > top), None)
        if above is not None:
            return self._walk_past_top(above)
        circling = sorted((variable for variable, count in enumerate(waits) if count), key=value.__getitem__)
        dated = bisect_left(circling, UNBOUNDED, key=value.__getitem__)
        return self._propagate(circling[dated:]) or self._propagate([each for each in circling[:dated] if value[each] < UNBOUNDED])

    def _note(self, variable: int, row: int, base: int) -> None:
        """Keeps what gave a value: going round a circle of calendar months, a variable takes several, each for its own reason."""
        if self._past is not None:
            self._past[variable, self.value[variable]] = row, base

    def _top_of(self, number: int) -> int:
        """The greatest value of the source of a row into the fixed day 0."""
        full = self.rows[number]
        return -forced_low(full, 0) if self.is_mirrored else forced_high(full, 0)

    def _propagate(self, seeds: Iterable[int]) -> Walk | None:  # noqa: C901, PLR0912  # the innermost loop: calls would cost more than they tell
        value, by, top, arcs, trail = self.value, self.by, self._top, self._arcs, self._trail
        calendar_arcs, past = self._calendar_arcs, self._past
        queue = deque(seeds)
        queued = set(queue)
        look_at = len(trail) + 16
        while queue:
            source = queue.popleft()
            queued.discard(source)
            base = value[source]
            for target, days, row in arcs[source]:
                forced = base + days
                if forced > value[target]:
                    trail.append((target, value[target], by[target]))
                    value[target], by[target] = forced, row
                    if past is not None:
                        past[target, forced] = row, base
                    if forced > top[target]:
                        return self._walk_past_top(target)
                    if target not in queued:
                        queued.add(target)
                        queue.append(target)
            for target, row in calendar_arcs.get(source, ()):
                forced = self._forced(row, base)
                if forced > value[target]:
                    trail.append((target, value[target], by[target]))
                    value[target], by[target] = forced, row
                    if past is not None:
                        past[target, forced] = row, base
                    if forced > top[target]:
                        return self._walk_past_top(target)
                    if target not in queued:
                        queued.add(target)
                        queue.append(target)
            if len(trail) >= look_at:
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

    def _take_back(self, undo: list[int]) -> None:
        for variable, value, row in reversed(self._trail):
            if variable < 0:
                self._top[~variable], self._top_by[~variable] = value, row
            else:
                self.value[variable], self.by[variable] = value, row
        self._remove_arcs(undo)
