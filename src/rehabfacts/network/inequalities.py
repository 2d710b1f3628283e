"""Inequalities as rows: `high >= low` shifted by calendar months and days.

A row is a tuple `(low, high, days, months, is_inverse)` of variable numbers and a shift S(x) = x plus months (clamped
to the month's end) plus days. It says `high >= S(low)` or, inverse, `S(high) >= low`. Variable 0 is the fixed day 0,
so that a stated bound is a row too: `v >= c` is `(0, v, c, 0, False)` and `v <= c` is `(v, 0, -c, 0, False)`.
"""

from functools import cache

from rehabfacts.calendars import add_months, day_number, days_in_month, earliest_start, latest_start

Row = tuple[int, int, int, int, bool]
ZERO = 0


def at_least(variable: int, value: int) -> Row:
    """The variable is not below the value."""
    return (ZERO, variable, value, 0, False)


def at_most(variable: int, value: int) -> Row:
    """The variable is not above the value."""
    return (variable, ZERO, -value, 0, False)


def forced_low(row: Row, low: int) -> int:
    """The least value of the high end, if the low end has the given value."""
    _, _, days, months, is_inverse = row
    if not months:
        return low + days
    return earliest_start(low - days, months) if is_inverse else add_months(low, months) + days


def forced_high(row: Row, high: int) -> int:
    """The greatest value of the low end, if the high end has the given value (the upper adjoint of `forced_low`)."""
    _, _, days, months, is_inverse = row
    if not months:
        return high - days
    return add_months(high, months) + days if is_inverse else latest_start(high - days, months)


def negated(row: Row) -> Row:
    """The row that holds exactly when this one does not."""
    low, high, days, months, is_inverse = row
    if not months:
        return (high, low, 1 - days, 0, False)
    return (high, low, days + (1 if is_inverse else -1), months, not is_inverse)


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
    _, _, days, months, is_inverse = row
    if not months:
        return days
    return _least_months_gain(months, is_inverse) + (-days if is_inverse else days)
