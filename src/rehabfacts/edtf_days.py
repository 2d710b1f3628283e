"""Which days a notation means: earliest and latest day, the exact set of days, membership.

A bound is a day number, or `None` where there is none. Spans are inclusive pairs of bounds.
"""

import heapq
from collections.abc import Iterable, Iterator

from rehabfacts.calendars import Calendar, day_number, days_in_month
from rehabfacts.edtf_parts import (
    CalendarDate,
    DateSet,
    End,
    Expression,
    Interval,
    Point,
    PointRange,
    ScaledYear,
)

Span = tuple[int | None, int | None]

# The months of a grouping, as first and last month counted from January of the year written. Spring to winter
# without a place are read as northern. Nothing says whether the winter of 1993 began or ended that year, so it can
# be either.
SEASONS: dict[str, tuple[tuple[int, int], ...]] = {
    "21": ((3, 5),), "22": ((6, 8),), "23": ((9, 11),), "24": ((1, 2), (12, 14)),
    "25": ((3, 5),), "26": ((6, 8),), "27": ((9, 11),), "28": ((1, 2), (12, 14)),
    "29": ((9, 11),), "30": ((1, 2), (12, 14)), "31": ((3, 5),), "32": ((6, 8),),
    "33": ((1, 3),), "34": ((4, 6),), "35": ((7, 9),), "36": ((10, 12),),
    "37": ((1, 4),), "38": ((5, 8),), "39": ((9, 12),),
    "40": ((1, 6),), "41": ((7, 12),),
}  # fmt: skip


def matches(pattern: str, number: int, width: int) -> bool:
    """Whether a number, written with `width` digits, fits a pattern of digits and `X`."""
    sign = "-" if number < 0 else ""
    text = f"{sign}{abs(number):0{width}}"
    return len(text) == len(pattern) and all(p in ("X", c) for p, c in zip(pattern, text, strict=True))


def year_runs(pattern: str) -> Iterator[tuple[int, int]]:
    """The years that fit a pattern, as rising runs of consecutive years."""
    negative = pattern.startswith("-")
    digits = pattern.removeprefix("-")
    digits += "X" * (4 - len(digits))
    head = digits.rstrip("X")
    size = 10 ** (len(digits) - len(head))
    starts = sorted(start * size for start in _fillings(head))
    if negative:
        runs = [(-start - size + 1, min(-start, -1)) for start in reversed(starts)]
        return iter([run for run in runs if run[0] <= run[1]])
    return iter([(start, start + size - 1) for start in starts])


def _fillings(pattern: str) -> list[int]:
    found = [0]
    for character in pattern:
        digits = range(10) if character == "X" else (int(character),)
        found = [number * 10 + digit for number in found for digit in digits]
    return found


def iter_spans(expression: Expression | PointRange, calendar: Calendar) -> Iterator[Span]:
    """The days that an expression of any kind can mean, as rising spans with a gap between each two."""
    return _merged(_iter_pieces(expression, calendar))


def _iter_pieces(expression: Expression | PointRange, calendar: Calendar) -> Iterator[Span]:
    match expression:
        case CalendarDate():
            yield from _calendar_spans(expression, calendar)
        case DateSet():
            members = [iter_spans(member, calendar) for member in expression.members]
            yield from heapq.merge(*members, key=_start)
        case _:
            yield bounds(expression, calendar)


def _start(span: Span) -> tuple[bool, int]:
    return (False, 0) if span[0] is None else (True, span[0])


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    first: int | None = None
    last: int | None = None
    started = False
    for start, end in spans:
        if started and (last is None or start is None or start <= last + 1):
            last = None if last is None or end is None else max(last, end)
            continue
        if started:
            yield first, last
        first, last, started = start, end, True
    if started:
        yield first, last


def scaled_years(year: ScaledYear) -> tuple[int, int]:
    """The first and the last year that a number of significant digits leaves possible."""
    size = abs(year.number)
    beyond = len(str(size)) - year.significant
    if not year.significant or beyond <= 0:
        return year.number, year.number
    unit = 10**beyond
    low = size // unit * unit
    high = low + unit - 1
    return (-high, -low) if year.number < 0 else (low, high)


def _calendar_spans(date: CalendarDate, calendar: Calendar) -> Iterator[Span]:
    if date.is_season:
        for first, last in year_runs(date.year):
            for year in range(first, last + 1):
                yield from _season_spans(year, date.month, calendar)
        return
    whole_years = date.month in {"", "XX"} and date.day in {"", "XX"}
    for first, last in year_runs(date.year):
        if whole_years:
            yield calendar.day_number(first, 1, 1), calendar.day_number(last, 12, 31)
            continue
        for year in range(first, last + 1):
            yield from _spans_in_year(date, year, calendar)


def _season_spans(year: int, season: str, calendar: Calendar) -> Iterator[Span]:
    for first, last in SEASONS[season]:
        later, month = divmod(last - 1, 12)
        end_year, end_month = year + later, month + 1
        end = calendar.day_number(end_year, end_month, calendar.days_in_month(end_year, end_month))
        yield calendar.day_number(year, first, 1), end


def _spans_in_year(date: CalendarDate, year: int, calendar: Calendar) -> Iterator[Span]:
    for month in _numbers(date.month, 12):
        length = calendar.days_in_month(year, month)
        if date.day in {"", "XX"}:
            yield calendar.day_number(year, month, 1), calendar.day_number(year, month, length)
            continue
        for day in _numbers(date.day, length):
            number = calendar.day_number(year, month, day)
            yield number, number


def _numbers(pattern: str, most: int) -> Iterable[int]:
    if "X" not in pattern:
        number = int(pattern)
        return (number,) if 1 <= number <= most else ()
    return [number for number in range(1, most + 1) if matches(pattern, number, 2)]


def bounds(expression: Expression | PointRange, calendar: Calendar) -> Span:
    """The earliest and the latest day of an expression. Raises LookupError if it means no day at all."""
    match expression:
        case CalendarDate() | ScaledYear():
            return point_bounds(expression, calendar)
        case PointRange():
            return (
                None if expression.first is None else bounds(expression.first, calendar)[0],
                None if expression.last is None else bounds(expression.last, calendar)[1],
            )
        case Interval():
            return end_bounds(expression.start, calendar)[0], end_bounds(expression.end, calendar)[1]
    return hull(bounds(member, calendar) for member in expression.members)


def hull(spans: Iterable[Span]) -> Span:
    """The narrowest span that holds all of these, of which there is at least one."""
    starts, ends = zip(*spans, strict=True)
    return None if None in starts else min(starts), None if None in ends else max(ends)


def end_bounds(end: Point | End, calendar: Calendar) -> Span:
    """The earliest and the latest day of an interval's end; none for an unknown or open one."""
    return (None, None) if isinstance(end, End) else bounds(end, calendar)


def point_bounds(point: Point, calendar: Calendar) -> tuple[int, int]:
    """The earliest and the latest day of a date that stands alone, which has both. Raises as `bounds` does."""
    if isinstance(point, CalendarDate):
        return _calendar_bounds(point, calendar)
    first, last = scaled_years(point)
    return calendar.day_number(first, 1, 1), calendar.day_number(last, 12, 31)


def _calendar_bounds(date: CalendarDate, calendar: Calendar) -> tuple[int, int]:
    if date.is_plain:
        year = int(date.year)
        month = int(date.month or 1)
        last_month = int(date.month or 12)
        length = calendar.days_in_month(year, last_month)
        day = int(date.day or 1)
        if day > length:
            raise LookupError(str(date))
        return calendar.day_number(year, month, day), calendar.day_number(
            year, last_month, int(date.day or length)
        )
    earliest = latest = None
    for first, last in year_runs(date.year):
        if earliest is None:
            earliest = _first_day(date, range(first, last + 1), calendar)
    for first, last in reversed(list(year_runs(date.year))):
        latest = _last_day(date, range(last, first - 1, -1), calendar)
        if latest is not None:
            break
    if earliest is None or latest is None:
        raise LookupError(str(date))
    return earliest, latest


def _first_day(date: CalendarDate, years: Iterable[int], calendar: Calendar) -> int | None:
    for year in years:
        spans = _spans_of_year(date, year, calendar)
        if spans:
            return spans[0][0]
    return None


def _last_day(date: CalendarDate, years: Iterable[int], calendar: Calendar) -> int | None:
    for year in years:
        spans = _spans_of_year(date, year, calendar)
        if spans:
            return spans[-1][1]
    return None


def _spans_of_year(date: CalendarDate, year: int, calendar: Calendar) -> list[Span]:
    if date.is_season:
        return list(_season_spans(year, date.month, calendar))
    if not date.month:
        return [(calendar.day_number(year, 1, 1), calendar.day_number(year, 12, 31))]
    return list(_spans_in_year(date, year, calendar))


def has_day(expression: Expression, day: int, calendar: Calendar) -> bool:
    """Whether a day is one of those that an expression can mean."""
    match expression:
        case CalendarDate():
            return _calendar_has_day(expression, day, calendar)
        case DateSet():
            return any(has_day(member, day, calendar) if isinstance(member, CalendarDate)
                       else _within(day, bounds(member, calendar)) for member in expression.members)  # fmt: skip
    return _within(day, bounds(expression, calendar))


def _within(day: int, span: Span) -> bool:
    earliest, latest = span
    return (earliest is None or earliest <= day) and (latest is None or day <= latest)


def _calendar_has_day(date: CalendarDate, day: int, calendar: Calendar) -> bool:
    year, month, number = calendar.civil(day)
    pattern = date.year.ljust(4 + date.year.startswith("-"), "X")
    if date.is_season:
        years = [candidate for candidate in (year - 1, year) if matches(pattern, candidate, 4)]
        return any(_within(day, span) for y in years for span in _season_spans(y, date.month, calendar))
    return (
        matches(pattern, year, 4)
        and (not date.month or matches(date.month, month, 2))
        and (not date.day or matches(date.day, number, 2))
    )


def whole(point: Point, calendar: Calendar) -> tuple[Span, Span]:
    """The bounds of the first and of the last day of the unit that a date names: for `199X`, of one year."""
    earliest, latest = point_bounds(point, calendar)
    if isinstance(point, CalendarDate):
        if point.day:
            return (earliest, latest), (earliest, latest)
        if point.is_season:
            runs = list(year_runs(point.year))
            first = next(_season_spans(runs[0][0], point.month, calendar))
            last = list(_season_spans(runs[-1][1], point.month, calendar))[-1]
            return (earliest, last[0]), (first[1], latest)
    has_month = isinstance(point, CalendarDate) and bool(point.month)
    first_year, first_month, _ = calendar.civil(earliest)
    last_year, last_month, _ = calendar.civil(latest)
    first_month, last_month = (first_month, last_month) if has_month else (12, 1)
    end = calendar.day_number(first_year, first_month, calendar.days_in_month(first_year, first_month))
    return (earliest, calendar.day_number(last_year, last_month, 1)), (end, latest)


def plain_bounds(text: str) -> tuple[int, int, str] | None:
    """Bounds and precision of YYYY, YYYY-MM and YYYY-MM-DD; None if it is anything else or no such day exists."""
    size = len(text)
    if size not in {4, 7, 10} or not text.isascii() or not text[:4].isdigit():
        return None
    year = int(text[:4])
    if size == 4:
        return day_number(year, 1, 1), day_number(year, 12, 31), "year"
    month = int(text[5:7]) if text[4] == "-" and text[5:7].isdigit() else 0
    if not 1 <= month <= 12:
        return None
    start, length = day_number(year, month, 1), days_in_month(year, month)
    if size == 7:
        return start, start + length - 1, "month"
    day = int(text[8:]) if text[7] == "-" and text[8:].isdigit() else 0
    return (start + day - 1, start + day - 1, "day") if 1 <= day <= length else None
