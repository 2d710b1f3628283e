"""Which values a variable may have if clauses are to hold: the ranges that are left to it, whatever the others are.

Shifts by days leave one range to a variable for each way to choose branches, and so does a total, since the least of its
sum is a convex function of the variable. Calendar months on a circle through the variable can leave out single days;
there only the nearest values are looked for, in the windows that are asked for.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

from rehabfacts.network.contradictions import Clause, variables_of
from rehabfacts.network.convex import range_not_above_zero
from rehabfacts.network.inequalities import GAP, ZERO, Row, Total, at_least, at_most
from rehabfacts.network.networks import Network
from rehabfacts.network.totals import least_sum
from rehabfacts.plain import plain

Span = tuple[int | None, int | None]
"""The first and the last value, inclusive; None where there is none."""

_MOST_GAPS = 16
_MOST_CASES = 256


class UndecidedError(Exception):
    """What is allowed was not found out: there are too many cases, or totals over calendar months."""


@plain
class Allowance:
    """What is allowed, as rising ranges with something between each two. `is_whole` is False where there may be more."""

    spans: tuple[Span, ...]
    is_whole: bool = True


def allow(
    rows: Sequence[Row], clauses: Sequence[Clause], variable: int, windows: Sequence[Span], *,
    extra: Sequence[Row] = (), totals: Sequence[Total] = (),
) -> Allowance:  # fmt: skip
    """The values of a variable under which every clause, and every extra row, can hold.

    A total can hold where the bounds of its variables do not exclude it. Where not every value can be told, the outermost
    in each window are. Raises UndecidedError, and LapLimitError where a calendar cycle is left undecided.
    """
    return _Search(rows, clauses, variable, windows, extra, totals).run()


class _Search:
    """The clauses over the variables that they speak of, numbered anew."""

    def __init__(
        self, rows: Sequence[Row], clauses: Sequence[Clause], variable: int, windows: Sequence[Span], extra: Sequence[Row],
        totals: Sequence[Total],
    ) -> None:  # fmt: skip
        used = sorted({number for clause in clauses for branch in clause for number in branch})
        names = {ZERO, variable, *(end for number in used for end in variables_of(rows, totals, number)), *(end for row in extra for end in row[:2])}
        place = {name: at for at, name in enumerate(sorted(names))}
        numbers = [number for number in used if number >= 0]
        number_of = {number: at for at, number in enumerate(numbers)}
        self._rows: list[Row] = [(place[row[0]], place[row[1]], *row[2:]) for row in (*(rows[number] for number in numbers), *extra)]
        self._totals = {
            n: Total(tuple((coefficient, place[name]) for coefficient, name in totals[~n].terms), totals[~n].most) for n in used if n < 0
        }
        self._clauses: list[Clause] = [tuple(tuple(number_of.get(n, n) for n in branch) for branch in clause) for clause in clauses]
        self._clauses += [((at,),) for at in range(len(numbers), len(self._rows))]
        self._variable, self._windows = place[variable], windows
        self._found: list[Span] = []
        self._tried = 0
        self._is_whole = self._without_gaps()
        self._network = Network.of(len(names), self._rows)

    def run(self) -> Allowance:
        """Tries every way to choose branches."""
        taken = [number for clause in self._clauses if len(clause) == 1 for number in clause[0]]
        several = sorted((clause for clause in self._clauses if len(clause) != 1), key=len)
        if self._network.add([number for number in taken if number >= 0]) is None:
            self._choose(several, [self._totals[number] for number in taken if number < 0])
        return Allowance(tuple(_merged(self._found)), self._is_whole)

    def _choose(self, left: Sequence[Clause], held: list[Total]) -> None:
        self._tried += 1
        if self._tried > _MOST_CASES:
            raise UndecidedError
        if not left:
            self._found.extend(self._spans(held))
            return
        for branch in left[0]:
            if self._network.push([number for number in branch if number >= 0]) is None:
                self._choose(left[1:], [*held, *(self._totals[number] for number in branch if number < 0)])
                self._network.pop()

    def _spans(self, held: Sequence[Total]) -> Iterator[Span]:
        """What is allowed once every branch is chosen. Totals over what does not move with the variable hold or do not."""
        tied: list[Total] = []
        for total in held:
            least = least_sum(total, self._network)
            if any(variable in self._tied for _, variable in total.terms):
                tied.append(total)
            elif least is not None and least > total.most:
                return
        if tied:
            yield from self._summing(tied)
        elif self._is_whole:
            yield self._network.bounds(self._variable)
        else:
            yield from self._nearest()

    def _nearest(self) -> Iterator[Span]:
        """The first and the last allowed value in each window, one by one."""
        for first, last in self._windows:
            value = None if first is None else self._next(at_least(self._variable, first), at=0)
            if value is not None and (last is None or value <= last):
                yield value, value
            value = None if last is None else self._next(at_most(self._variable, last), at=1)
            if value is not None and (first is None or value >= first):
                yield value, value

    def _next(self, row: Row, *, at: int) -> int | None:
        """The least (at 0) or greatest (at 1) value of the variable under one more bound; None if it cannot hold."""
        self._rows.append(row)
        value = None
        if self._network.push([len(self._rows) - 1]) is None:
            value = self._network.bounds(self._variable)[at]
            self._network.pop()
        self._rows.pop()
        return value

    def _summing(self, held: Sequence[Total]) -> Iterator[Span]:
        """What is allowed where totals are to hold too: one range, since what they exceed by is convex."""
        if not self._is_whole or self._is_bent:
            raise UndecidedError
        least, most = self._network.bounds(self._variable)
        for first, last in self._windows:
            low = least if first is None else first if least is None else max(first, least)
            high = most if last is None else last if most is None else min(last, most)
            if low is None or high is None or low <= high:
                span = range_not_above_zero(lambda value: self._excess(held, value), low, high)
                if span is not None:
                    yield span

    def _excess(self, totals: Sequence[Total], value: int) -> int:
        """By how much a total is exceeded if the variable has a value: the most exceeded one of those that are bounded."""
        self._rows += [at_least(self._variable, value), at_most(self._variable, value)]
        size = len(self._rows)
        walk = self._network.push([size - 2, size - 1])
        if walk is not None:
            raise AssertionError("a value between the bounds that is not allowed")
        found = [least - total.most for total in totals if (least := least_sum(total, self._network)) is not None]
        self._network.pop()
        del self._rows[size - 2 :]
        return max(found, default=0)

    @cached_property
    def _tied(self) -> set[int]:
        """The variables of which a bound can move with the variable's."""
        return self._reached(0, 1) | self._reached(1, 0)

    @cached_property
    def _is_bent(self) -> bool:
        """Whether months or gaps make other values move unevenly with the variable's."""
        numbers = {number for clause in self._clauses for branch in clause for number in branch if number >= 0}
        bent = [self._rows[number] for number in numbers if self._rows[number][3]]
        after, before = self._reached(0, 1), self._reached(1, 0)
        return any(row[0] in after or row[1] in before for row in bent)

    def _without_gaps(self) -> bool:
        """Turns gaps that could leave values out into choices of a side; returns whether nothing else leaves any out."""
        circling = [at for at, row in enumerate(self._rows) if row[3] or row[4] == GAP]
        if not circling:
            return True
        after, before = self._reached(0, 1), self._reached(1, 0)
        circling = [at for at in circling if self._rows[at][0] in after and self._rows[at][1] in before]
        gaps = {at for at in circling if self._rows[at][4] == GAP}
        if len(gaps) > _MOST_GAPS or len(gaps) < len(circling):
            return False
        self._clauses = [self._sided(clause) if len(clause) == 1 and not gaps.isdisjoint(clause[0]) else clause for clause in self._clauses]
        return all(gaps.isdisjoint(branch) for clause in self._clauses for branch in clause)

    def _sided(self, clause: Clause) -> Clause:
        """A clause that is one gap, as the choice of a side of it; another is left as it is."""
        if len(clause[0]) != 1:
            return clause
        variable, _, last, following, _ = self._rows[clause[0][0]]
        self._rows += [at_most(variable, last), at_least(variable, following)]
        return ((len(self._rows) - 2,), (len(self._rows) - 1,))

    def _reached(self, source: int, target: int) -> set[int]:
        """The variables that rows lead to from the one in question, by the ends that count as source and target."""
        onwards: dict[int, list[int]] = {}
        for row in self._rows:
            onwards.setdefault(row[source], []).append(row[target])
        found, waiting = {self._variable}, [self._variable]
        while waiting:
            for each in onwards.get(waiting.pop(), ()):
                if each not in found and each != ZERO:
                    found.add(each)
                    waiting.append(each)
        return found


def _merged(spans: Sequence[Span]) -> Iterator[Span]:
    """The same values as rising ranges with something between each two."""
    current: Span | None = None
    for first, last in sorted(spans, key=lambda span: (span[0] is not None, span[0] or 0)):
        if current is None:
            current = first, last
        elif current[1] is None or first is None or first <= current[1] + 1:
            current = current[0], None if current[1] is None or last is None else max(current[1], last)
        else:
            yield current
            current = first, last
    if current is not None:
        yield current
