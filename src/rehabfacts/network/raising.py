"""Raising values until every row holds: label correcting over two waiting lists.

Variables that are raised once more are handed on before those that are reached for the first time (Pallottino 1984).
"""

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import chain

from rehabfacts.network.inequalities import ZERO, Row, least_gain
from rehabfacts.network.labels import GIVEN, NOTHING, UNREACHED, Labels, LapLimitError, Step, Walk
from rehabfacts.network.leaving import Leaving
from rehabfacts.network.reasons import Reasons

_FEW = 64
"""Up to so many rows are looked at one by one; of more than that, and than there are, only those from day 0 are."""

_MOST_RAISES = 10_000
_MOST_LAPS = 64
_FIRST_ORIGIN, _ORIGINS_APART = -(1 << 200), 1 << 130
"""Where variables stand that only others without bounds reach: each origin of such below all that another one reaches."""


class Raising(Labels):
    """Labels with the rows between them, and a record of what the latest rows changed."""

    def __init__(self, size: int, rows: Sequence[Row], *, is_mirrored: bool = False) -> None:
        super().__init__(size, rows, is_mirrored=is_mirrored)
        self._leaving = Leaving(size, is_mirrored=is_mirrored)
        self._count = 0
        self._origin = _FIRST_ORIGIN
        self._reached: list[int] = []
        self._trail: list[Step] = []
        self._added: Sequence[int] = ()
        self._bounding: Sequence[Row] = ()
        """Those of the rows put in last that leave day 0."""
        self._spare = bytearray()
        """Marks on variables of which none is set, if there are some at hand."""
        self._pushed: list[tuple[list[int], list[Step], Sequence[int]]] = []

    def _link(self, numbers: Sequence[int]) -> Sequence[int]:
        """Puts rows in; returns those that were not in before."""
        numbers = self._mark(numbers)
        self._bounding = self._leaving.put(self.rows if len(numbers) == len(self.rows) else [*map(self.rows.__getitem__, numbers)])
        self._count += len(numbers)
        self._entering.see(numbers)
        return numbers

    def _mark(self, numbers: Sequence[int]) -> Sequence[int]:
        """Notes that rows are in; returns those that were not."""
        marks = self._marks
        marks.extend([False] * (len(self.rows) - len(marks)))
        if isinstance(numbers, range) and numbers.step == 1 and not any(marks[numbers.start : numbers.stop]):
            marks[numbers.start : numbers.stop] = [True] * len(numbers)
            return numbers
        found: list[int] = []
        for number in numbers:
            if not marks[number]:
                marks[number] = True
                found.append(number)
        return found

    def _unlink(self, numbers: Sequence[int]) -> None:
        for number in reversed(numbers):
            self._leaving.take(self.rows[number])
            self._marks[number] = False
        self._count -= len(numbers)

    def _behind(self, variable: int, value: int) -> list[int]:
        """The fewest rows behind a variable's value; those that gave it, where the values as they stand show none."""
        reasons = Reasons(self._entering, self.rows, self.value, self._is_in, is_mirrored=self.is_mirrored)
        return reasons.find(variable, value) or super()._behind(variable, value)

    def _relax(self, rows: Iterable[Row], raised: list[int]) -> Walk | None:
        """Raises what rows force at once, or returns the walk that leads back over day 0."""
        value, near, far = self.value, self._near, self._far
        by, past, reached, trail = self.by, self._past, self._reached, self._trail
        for row in rows:
            base, target = value[row[near]], row[far]
            if base == NOTHING:
                continue
            is_bent = row[3] or row[4]
            forced = self._forced(row, base) if is_bent else base + row[2]
            if forced <= value[target]:
                continue
            if target == ZERO:
                return self._round(row, base)
            if past is None and is_bent:
                past = self._start_past(self._steps())
            if by[target] is UNREACHED:
                reached.append(target)
            else:
                trail.append((target, value[target], by[target]))
            value[target] = forced
            by[target] = row if past is None else past[target].setdefault(forced, (row, base))[0]
            raised.append(target)
        return None

    def _follow(self, numbers: Sequence[int]) -> Walk | None:
        """Raises all that follows from rows that were put in."""
        raised: list[int] = []
        if len(numbers) <= max(_FEW, self._count - len(numbers)):
            rows = [*map(self.rows.__getitem__, numbers)]
            sources = [*map(self._source, rows)]
            walk = self._relax(rows, raised)
            if walk is None and raised:
                walk = self._hand_on(raised, sources[0] if len(sources) == 1 else ZERO)
            return walk or self._originate(sources)
        walk = self._hand_on_all()
        if walk is not None or len(self._reached) == len(self.value) - 1:  # which are all but day 0
            return walk
        return self._originate([variable for variable, row in enumerate(self.by) if row is UNREACHED])

    def _hand_on_all(self) -> Walk | None:
        """Raises all that follows from the rows that leave day 0, of those put in last, and from all values there are."""
        known = [] if self.by.count(UNREACHED) == len(self.by) else [variable for variable, row in enumerate(self.by) if row is not UNREACHED]
        self._leaving.of[ZERO] = [*self._bounding]
        try:
            return self._hand_on([ZERO, *known])
        finally:
            self._leaving.of[ZERO] = []

    def _set(self, variable: int, value: int, row: Row) -> None:
        if self.by[variable] is UNREACHED:
            self._reached.append(variable)
        else:
            self._trail.append((variable, self.value[variable], self.by[variable]))
        self.value[variable], self.by[variable] = value, row

    def _steps(self) -> Iterable[Step]:
        return chain(self._trail, *(trail for _, trail, _ in self._pushed))

    def _originate(self, variables: Iterable[int]) -> Walk | None:
        """Lets those that nothing has reached start far below all others, so that what they hand on raises nothing twice."""
        for variable in variables:
            if self.by[variable] is UNREACHED and self._leaving.of[variable]:
                self._origin -= _ORIGINS_APART
                self._set(variable, self._origin, GIVEN)
                walk = self._hand_on((variable,))
                if walk is not None:
                    return walk
        return None

    def _hand_on(self, seeds: Iterable[int], watched: int = ZERO) -> Walk | None:  # noqa: C901, PLR0912, PLR0915  # the innermost loop: calls would cost more than they tell
        """Raises all that follows from the values of some variables; where that raises the one that is watched, it is likely a circle."""
        leaving, far, value, by, past, trail = self._leaving.of, self._far, self.value, self.by, self._past, self._trail
        first, again = [*seeds], deque[int]()
        count, look_at, walk = len(first), 16, None
        is_waiting, self._spare = self._spare or bytearray(len(value)), bytearray()
        for seed in first:
            is_waiting[seed] = True
        try:
            for reached in first:  # it grows while it is read
                source = reached
                while is_waiting[source]:  # all those that are to be raised again are
                    is_waiting[source] = False
                    base = value[source]
                    own = leaving[source]
                    for row in own if isinstance(own, list) else (own,):
                        target = row[far]
                        if row[3] or row[4]:
                            past = self._start_past(self._steps()) if past is None else past
                            forced = self._forced(row, base)
                        else:
                            forced = base + row[2]
                        before = value[target]
                        if forced > before:
                            if before is NOTHING:
                                first.append(target)
                                is_waiting[target] = True
                            elif target == ZERO:
                                walk = self._round(row, base)
                                break
                            else:
                                trail.append((target, before, by[target]))
                                if target == watched:
                                    look_at = 0
                                if not is_waiting[target]:
                                    again.append(target)
                                    is_waiting[target] = True
                            value[target] = forced
                            by[target] = row if past is None else past[target].setdefault(forced, (row, base))[0]
                    if len(trail) >= look_at and walk is None:
                        walk, steps = self._look_back()
                        look_at = len(trail) + 16 + 4 * steps
                        if len(trail) > len(value):  # the order was a bad one
                            again = deque(sorted({*again, *(each for each in first if is_waiting[each])}, key=value.__getitem__))
                    if walk is not None:
                        moved = self._mended(walk)
                        if moved is None:
                            return walk
                        for each in moved:
                            is_waiting[each] = False
                        again = deque(dict.fromkeys(each for each in (*again, *moved, source) if value[each] != NOTHING))
                        for each in again:
                            is_waiting[each] = True
                        walk, look_at = None, 16
                    if not again:
                        break
                    source = again.popleft()
        finally:
            del first[:count]
            if self._reached:
                self._reached += first
            else:
                self._reached = first
        self._spare = is_waiting
        return None

    def _mended(self, walk: Walk) -> Iterable[int] | None:  # noqa: ARG002  # a sieve looks at it
        """The variables that lost their values or got others when rows of a contradiction were taken out; None if none are."""
        return None

    def _look_back(self) -> tuple[Walk | None, int]:
        """The circle that the latest value has come round, if that proves a contradiction.

        Raises LapLimitError where a circle of calendar months does not end, and need not be one everywhere.
        """
        last = self._trail[-1][0]
        walk, steps = self._cycle_behind(last)
        is_long = self._past is not None and len(self._trail) > _MOST_RAISES + 10 * len(self.value)
        return (self._at_shortest() if walk is None and is_long and self._laps_behind(last) > _MOST_LAPS else walk), steps

    def _at_shortest(self) -> Walk:
        """A circle that gains even if every month is at its shortest, for when going round does not end."""
        rows = [(row[0], row[1], least_gain(row), 0, False) for row in self.rows]
        shortest = Raising(len(self.value), rows, is_mirrored=self.is_mirrored)
        walk = shortest._follow(shortest._link(list(filter(self._is_in, range(len(rows))))))
        if walk is None:
            raise LapLimitError
        return walk

    def _values_after(self, variable: int, value: int) -> list[tuple[int, int]]:
        """The values that others took because a variable had its value."""
        after = [(row, row[self._far]) for row in self._leaving.rows(variable)]
        if self._past is None:
            return [(target, self.value[target]) for row, target in after if self.by[target] is row]
        taken = [(row, target, self._forced(row, value)) for row, target in after]
        return [(target, forced) for row, target, forced in taken if self._past[target].get(forced) == (row, value)]

    def _take_back(self, numbers: Sequence[int]) -> None:
        """Undoes what the latest rows changed, and takes them out."""
        for variable, value, row in (*reversed(self._trail), *((variable, NOTHING, UNREACHED) for variable in self._reached)):
            if self._past is not None:
                self._past[variable].pop(self.value[variable], None)
            self.value[variable], self.by[variable] = value, row
        self._unlink(numbers)
