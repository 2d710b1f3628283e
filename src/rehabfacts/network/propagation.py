"""The least dating of a network of inequalities, kept as rows come and go.

Rows are added in groups. Adding a group either keeps the network consistent and raises the least dating, or returns
the walk that contradicts itself and leaves everything as it was. The walk comes back to its start: from the fixed
day 0 over a lower bound past an upper bound, or around a cycle whose least gain is positive. The same code gives the
greatest dating, on the mirror image of the network (`is_mirrored`), where signs are turned and rows run backwards.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rehabfacts.network.inequalities import Row
from rehabfacts.network.labels import GIVEN, NOTHING, UNBOUNDED, UNREACHED, LapLimitError, Walk
from rehabfacts.network.raising import Raising


class LeastDating(Raising):
    """The least values that the rows added so far allow."""

    def copy(self) -> "LeastDating":
        """A network of its own with the same rows added."""
        twin = LeastDating(0, self.rows, is_mirrored=self.is_mirrored)
        twin.value, twin.by, twin._origin = self.value.copy(), self.by.copy(), self._origin
        twin._leaving, twin._marks, twin._count, twin._entering = self._leaving.copy(), self._marks.copy(), self._count, self._entering
        if self._past is not None:
            twin._past = defaultdict(dict, {variable: past.copy() for variable, past in self._past.items()})
        return twin

    def at(self, values: Sequence[int]) -> "LeastDating":
        """A copy that stands at a dating of its rows, instead of at the least."""
        twin = self.copy()
        twin.value = [-value for value in values] if self.is_mirrored else list(values)
        twin.by[1:] = [GIVEN] * (len(values) - 1)
        twin._past = None  # noqa: SLF001  # another one of these
        return twin

    def add(self, numbers: Sequence[int]) -> Walk | None:
        """Adds rows, all or none; returns the walk that contradicts itself if they cannot all hold.

        Raises LapLimitError where a cycle of calendar months is left undecided; nothing is added then either.
        """
        return self._try(numbers)

    def contradiction(self, numbers: Sequence[int]) -> Walk | None:
        """As `add`, but the network stays as it was in either case."""
        walk = self._try(numbers)
        if walk is None:
            self._take_back(self._added)
        return walk

    def push(self, numbers: Sequence[int]) -> Walk | None:
        """As `add`, until `pop` takes it back: what was pushed last first. Nothing may be added or removed in between."""
        walk = self._try(numbers)
        if walk is None:
            self._pushed.append((self._reached, self._trail, self._added))
        return walk

    def pop(self) -> None:
        """Takes back what was pushed last."""
        self._reached, self._trail, numbers = self._pushed.pop()
        self._take_back(numbers)

    @property
    def depth(self) -> int:
        """How many times rows were pushed and not yet taken back."""
        return len(self._pushed)

    @property
    def touched(self) -> set[int]:
        """The variables of which the rows added last raised the value."""
        return {*self._reached, *(variable for variable, _, _ in self._trail)}

    def moved(self, numbers: Sequence[int], *, start: Mapping[int, int] | None = None) -> dict[int, int] | None:
        """The variables that rows would move, with their new values; None if they cannot all hold. Nothing is changed.

        `start` are values to move some variables to first; all rows added so far must hold there too.
        """
        sign = -1 if self.is_mirrored else 1
        if self._try(numbers, {variable: sign * value for variable, value in (start or {}).items()}) is not None:
            return None
        moved = {variable: sign * self.value[variable] for variable in self.touched if self.value[variable] > UNBOUNDED}
        self._take_back(self._added)
        return moved

    def remove(self, numbers: Sequence[int]) -> Callable[[], None]:
        """Takes rows out again, as if they had never been added; returns what puts them back, if nothing was changed since.

        Nothing may be pushed. Raises LapLimitError where what is left has a cycle of calendar months that is left undecided; nothing is removed then.
        """
        had_past = self._past
        numbers = [number for number in set(numbers) if self._is_in(number)]
        self._unlink(numbers)
        before = self._let_go(numbers)

        def put_back() -> None:
            self._link(numbers)
            self._past = had_past
            for variable, (value, row, past) in before.items():
                self.value[variable], self.by[variable] = value, row
                if had_past is not None:
                    had_past[variable] = past

        self._reached, self._trail = [], []
        seeds: list[int] = []
        lost = [variable for variable in before if self.by[variable] is UNREACHED]
        try:
            walk = self._relax(self._leading(lost), seeds) or self._hand_on(seeds) or self._originate(lost)
        except LapLimitError:
            put_back()
            raise
        if walk is not None:
            raise AssertionError("fewer rows than hold together contradict each other")
        return put_back

    def _leading(self, variables: Iterable[int]) -> Iterator[Row]:
        """The rows that lead to variables."""
        self._entering.refresh()
        return (self.rows[number] for variable in variables for number in self._entering.to(variable) if self._is_in(number))

    def _let_go(self, numbers: Sequence[int]) -> dict[int, tuple[int, Row, dict[int, tuple[Row, int]]]]:
        """Forgets every value that rests on rows; returns what was known of the variables that took them."""
        before: dict[int, tuple[int, Row, dict[int, tuple[Row, int]]]] = {}
        queue = [each for number in numbers for each in self._values_by(self.rows[number])]
        while queue:
            variable, value = queue.pop()
            past = {} if self._past is None else self._past[variable]
            before.setdefault(variable, (self.value[variable], self.by[variable], past.copy()))
            queue += self._values_after(variable, value)
            past.pop(value, None)
            if self.value[variable] == value:
                self.value[variable], self.by[variable] = NOTHING, UNREACHED
        return before

    def _try(self, numbers: Sequence[int], start: Mapping[int, int] | None = None) -> Walk | None:
        """Adds rows and hands on what they force; takes them back if that contradicts itself."""
        self._reached, self._trail = [], []
        for variable, value in (start or {}).items():
            self._set(variable, value, GIVEN)
        self._added = self._link(numbers)
        walk: Walk | None = ()
        try:
            walk = self._follow(self._added)
        finally:
            if walk is not None:
                self._take_back(self._added)
        return walk
