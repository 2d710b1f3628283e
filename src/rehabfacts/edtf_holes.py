"""The days that an expression leaves out between its bounds, and the same for the two ends of a period that is meant whole."""

import heapq
from collections.abc import Iterable, Iterator

from rehabfacts.calendars import Calendar
from rehabfacts.edtf_days import SEASONS, Span, iter_spans, matches, scaled_years, whole, year_runs
from rehabfacts.edtf_parts import CalendarDate, DateSet, End, Expression, Interval, Point, PointRange

Hole = tuple[int, int]
"""The last day before a hole and the first day after it."""

_MOST = 400


def holes(spans: Iterable[Span]) -> tuple[Hole, ...]:
    """What lies between rising spans that may touch; nothing if that is more than 400 holes."""
    found: list[Hole] = []
    reached: int | None = None
    for first, last in spans:
        if reached is not None and first is not None and first > reached + 1:
            found.append((reached, first))
        if last is None or len(found) > _MOST:
            break
        reached = last if reached is None else max(reached, last)
    return tuple(found) if len(found) <= _MOST else ()


def spans_of_start(expression: Expression, calendar: Calendar) -> Iterable[Span]:
    """The days on which a period can start, as rising spans, if they can have holes: those of the first date of an interval, else the first of a unit."""
    if isinstance(expression, Interval):
        return _end_days(expression.start, calendar)
    return _ends_of_units(expression, calendar, is_last=False)


def spans_of_end(expression: Expression, calendar: Calendar) -> Iterable[Span]:
    """As `spans_of_start`, of the days on which a period can end."""
    if isinstance(expression, Interval):
        return _end_days(expression.end, calendar)
    return _ends_of_units(expression, calendar, is_last=True)


def _end_days(end: Point | End, calendar: Calendar) -> Iterable[Span]:
    if isinstance(end, End) or (isinstance(end, CalendarDate) and end.is_plain):
        return ()
    return iter_spans(end, calendar)


def _ends_of_units(expression: Point | DateSet, calendar: Calendar, *, is_last: bool) -> Iterator[Span]:
    members = expression.members if isinstance(expression, DateSet) else (expression,)
    return heapq.merge(*(_ends_of_member(each, calendar, is_last=is_last) for each in members), key=_rising)


def _rising(span: Span) -> tuple[bool, int]:
    return (False, 0) if span[0] is None else (True, span[0])


def _ends_of_member(member: Point | PointRange, calendar: Calendar, *, is_last: bool) -> Iterator[Span]:
    if isinstance(member, PointRange):
        first = None if member.first is None else whole(member.first, calendar)[is_last][0]
        last = None if member.last is None else whole(member.last, calendar)[is_last][1]
        yield first, last
    elif isinstance(member, CalendarDate) and member.day:
        yield from iter_spans(member, calendar)
    else:
        for unit in _units(member, calendar):
            yield unit[is_last], unit[is_last]


def _units(point: Point, calendar: Calendar) -> Iterator[tuple[int, int]]:
    """The first and last day of each year, season or month that a date can mean."""
    if isinstance(point, CalendarDate):
        years: Iterable[int] = (year for first, last in year_runs(point.year) for year in range(first, last + 1))
        months = _months(point.month)
    else:
        first, last = scaled_years(point)
        years, months = range(first, last + 1), ((1, 12),)
    for year in years:
        for start, end in months:
            later, month = divmod(end - 1, 12)
            last_day = calendar.days_in_month(year + later, month + 1)
            yield calendar.day_number(year, start, 1), calendar.day_number(year + later, month + 1, last_day)


def _months(month: str) -> tuple[tuple[int, int], ...]:
    """First and last month of each unit in a year, counted on beyond December."""
    if not month:
        return ((1, 12),)
    if month in SEASONS:
        return SEASONS[month]
    return tuple((number, number) for number in range(1, 13) if matches(month, number, 2))
