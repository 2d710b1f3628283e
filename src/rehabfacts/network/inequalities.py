"""Inequalities as rows: `high >= f(low)` with a monotone f, so that the datings of a network have a least and a greatest.

A row is a tuple `(low, high, days, months, shape)` of variable numbers and a shift S(x) = x plus months (clamped to the
month's end) plus days. It says `high >= S(low)` or, inverse (shape True), `S(high) >= low`. Variable 0 is the fixed day
0, so that a stated bound is a row too: `v >= c` is `(0, v, c, 0, False)` and `v <= c` is `(v, 0, -c, 0, False)`.
A gap row `(v, v, last, following, GAP)` keeps a variable out of the days between two: f(x) is x, or from in there `following`.
"""

from functools import cache

from rehabfacts.calendars import add_months, day_number, days_in_month, earliest_start, latest_start
from rehabfacts.plain import plain

Row = tuple[int, int, int, int, int]
ZERO = 0
GAP = 2


@plain
class Total:
    """The sum of coefficient times variable over the terms is at most `most`; each variable stands there once."""

    terms: tuple[tuple[int, int], ...]
    most: int


def at_least(variable: int, value: int) -> Row:
    """The variable is not below the value."""
    return (ZERO, variable, value, 0, False)


def at_most(variable: int, value: int) -> Row:
    """The variable is not above the value."""
    return (variable, ZERO, -value, 0, False)


def gap(variable: int, last: int, following: int) -> Row:
    """The variable is not between the two days. It cannot be the fixed day 0."""
    return (variable, variable, last, following, GAP)


def forced_low(row: Row, low: int) -> int:
    """The least value of the high end, if the low end has the given value."""
    _, _, days, months, shape = row
    if shape == GAP:
        return months if days < low < months else low
    if not months:
        return low + days
    return earliest_start(low - days, months) if shape else add_months(low, months) + days


def forced_high(row: Row, high: int) -> int:
    """The greatest value of the low end, if the high end has the given value (the upper adjoint of `forced_low`)."""
    _, _, days, months, shape = row
    if shape == GAP:
        return days if days < high < months else high
    if not months:
        return high - days
    return add_months(high, months) + days if shape else latest_start(high - days, months)


def strength(row: Row) -> tuple[tuple[int, int, int, int], int]:
    """What a row says but for its days, and a number: of rows that say the same otherwise, one says all that those with less do."""
    low, high, days, months, shape = row
    return (low, high, months, shape), -days if shape else days


def negated(row: Row) -> Row:
    """The row that holds exactly when this one does not; a gap has none."""
    low, high, days, months, shape = row
    if not months:
        return (high, low, 1 - days, 0, False)
    return (high, low, days + (1 if shape else -1), months, not shape)


@cache
def _least_months_gain(months: int, is_inverse: bool) -> int:  # noqa: FBT001  # a row's own last part
    """The least of S(x) - x over the 400 years after which the calendar repeats; only a month's ends can differ."""
    step = earliest_start if is_inverse else add_months
    return min(
        step(day, months) - day
        for year in range(2000, 2400)
        for month in range(1, 13)
        for day in (day_number(year, month, 1), *(day_number(year, month, n) for n in range(27, days_in_month(year, month) + 1)))
    )


def least_gain(row: Row) -> int:
    """By how much the row raises a value at least, wherever it is: calendar months taken at their shortest."""
    _, _, days, months, shape = row
    if shape == GAP:
        return 0
    if not months:
        return days
    return _least_months_gain(months, bool(shape)) + (-days if shape else days)
