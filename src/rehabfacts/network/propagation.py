"""The least dating of a network of inequalities, kept as rows come in: label correcting over a first-in-first-out list.

Rows are added in groups. Adding a group either keeps the network consistent and raises the least dating, or returns
the walk that contradicts itself and leaves everything as it was. The walk comes back to its start: from the fixed
day 0 over a lower bound past an upper bound, or around a cycle whose least gain is positive. The same code gives the
greatest dating, on the mirror image of the network (`is_mirrored`), where signs are turned and rows run backwards.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence

from rehabfacts.network.inequalities import ZERO, Row, least_gain
from rehabfacts.network.labels import UNBOUNDED, Labels, LapLimitError, Walk

_MOST_LAPS = 10_000
_FEW = 64
"""Up to so many rows are propagated from where they change something; more are propagated with all the others, in order."""

class LeastDating(Labels):
    """The least values that the rows added so far allow."""

    def __init__(self, size: int, rows: Sequence[Row], *, is_mirrored: bool = False) -> None:
        super().__init__(size, rows, is_mirrored=is_mirrored)
        self._arcs: list[list[tuple[int, int, int]]] = [[] for _ in range(size)]
        self._calendar_arcs: dict[int, list[tuple[int, int]]] = {}

    def copy(self) -> "LeastDating":
        """A network of its own with the same rows added."""
        twin = LeastDating(0, self.rows, is_mirrored=self.is_mirrored)
        twin.value, twin.by = self.value.copy(), self.by.copy()
        twin._top, twin._top_by = self._top.copy(), self._top_by.copy()
        twin._arcs = [arcs.copy() for arcs in self._arcs]
        twin._past = None if self._past is None else self._past.copy()
        twin._calendar_arcs = {source: arcs.copy() for source, arcs in self._calendar_arcs.items()}
        return twin

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
        waits = [0] * len(self.value)
        for arcs in self._arcs:
            for target, _, _ in arcs:
                waits[target] += 1
        for calendar_arcs in self._calendar_arcs.values():
            for target, _ in calendar_arcs:
                waits[target] += 1
        self._pass_in_order(waits)
        value = self.value
        above = next((variable for variable, top in enumerate(self._top) if value[variable] > top), None)
        if above is not None:
            return self._walk_past_top(above)
        circling = sorted((variable for variable, count in enumerate(waits) if count), key=value.__getitem__)
        dated = bisect_left(circling, UNBOUNDED, key=value.__getitem__)
        return self._propagate(circling[dated:]) or self._propagate([each for each in circling[:dated] if value[each] < UNBOUNDED])

    def _pass_in_order(self, waits: list[int]) -> None:
        """Hands on every value once all that could raise it have been handed on; `waits` counts the arcs still to come."""
        value, by, arcs, calendar_arcs, past = self.value, self.by, self._arcs, self._calendar_arcs, self._past
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
                if past is not None and len(trail) > _MOST_LAPS + 10 * len(value):
                    return self._at_shortest()
                look_at = len(trail) * 2
        return None

    def _at_shortest(self) -> Walk:
        """A circle that gains even if every month is at its shortest, for when going round does not end.

        Raises LapLimitError if there is none: then it depends on where the circle is, which is left undecided.
        """
        rows = [(low, high, least_gain(row), 0, False) if row[3] else row for row in self.rows for low, high, *_ in (row,)]
        numbers = [number for arcs in self._arcs for _, _, number in arcs]
        numbers += [number for arcs in self._calendar_arcs.values() for _, number in arcs]
        walk = LeastDating(len(self.value), rows).add(sorted(numbers))
        if walk is None:
            raise LapLimitError
        return walk

    def _take_back(self, undo: list[int]) -> None:
        for variable, value, row in reversed(self._trail):
            if variable < 0:
                self._top[~variable], self._top_by[~variable] = value, row
            else:
                self.value[variable], self.by[variable] = value, row
        self._remove_arcs(undo)
