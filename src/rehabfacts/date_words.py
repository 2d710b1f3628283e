"""What a notation means in English words, for the `dates` command and for reports."""

import attrs

from rehabfacts import edtf
from rehabfacts.calendars import GREGORIAN, MONTH_NAMES, Calendar, calendar_named, iso
from rehabfacts.date_warnings import warnings_of
from rehabfacts.edtf_days import SEASONS, bounds, matches, scaled_years, year_runs
from rehabfacts.edtf_parts import (
    CalendarDate,
    DateSet,
    End,
    Expression,
    Interval,
    Point,
    PointRange,
    ScaledYear,
    iter_points,
)
from rehabfacts.errors import InvalidDate, Problem

_SEASONS = {
    "21": "spring", "22": "summer", "23": "autumn", "24": "winter",
    "25": "spring", "26": "summer", "27": "autumn", "28": "winter",
    "29": "southern spring", "30": "southern summer", "31": "southern autumn", "32": "southern winter",
    "33": "the first quarter of", "34": "the second quarter of", "35": "the third quarter of",
    "36": "the fourth quarter of", "37": "the first four months of", "38": "the middle four months of",
    "39": "the last four months of", "40": "the first half of", "41": "the second half of",
}  # fmt: skip
_DOUBTS = {"?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}
_COMPONENTS = ("year", "month", "day")


@attrs.frozen
class Description:
    """What the `dates` command says of a text: bounds (ISO days, `-inf`, `inf`, `unknown`) and words, or the error."""

    text: str
    is_valid: bool
    notation: str = ""
    earliest: str = ""
    latest: str = ""
    words: str = ""
    error: str = ""
    warnings: tuple[Problem, ...] = ()


def describe(text: str, calendar: str = "gregorian") -> Description:
    """Say what a text means as EDTF: a date, a set or an interval.

    >>> describe("../1985-04").words
    'start open, to a day in April 1985'
    """
    try:
        parts = edtf.parse(text, calendar)
    except InvalidDate as problem:
        return Description(text, is_valid=False, error=str(problem))
    earliest, latest = _shown_bounds(parts, calendar_named(calendar))
    warnings = warnings_of(parts, calendar)
    said = words(parts, calendar)
    return Description(
        text,
        is_valid=True,
        notation=str(parts),
        earliest=earliest,
        latest=latest,
        words=said,
        warnings=warnings,
    )


def _shown_bounds(parts: Expression, calendar: Calendar) -> tuple[str, str]:
    earliest, latest = bounds(parts, calendar)
    first, last = (parts.start, parts.end) if isinstance(parts, Interval) else (None, None)
    return (
        iso(earliest) if earliest is not None else "unknown" if first is End.UNKNOWN else "-inf",
        iso(latest) if latest is not None else "unknown" if last is End.UNKNOWN else "inf",
    )


def words(expression: Expression, calendar: str = "gregorian") -> str:
    """What an expression means as a date (some day of it), as a set of dates or as an interval.

    >>> words(edtf.parse("[1667,1670..1672]"))
    'one day of 1667 or 1670 to 1672'
    """
    match expression:
        case Interval():
            text = _interval(expression)
        case DateSet():
            text = _set(expression)
        case _:
            text = _day_of(expression)
    return text + _gregorian_too(expression, calendar)


def period_words(expression: Expression, calendar: str = "gregorian") -> str:
    """What an expression means as a period: an interval, or the whole of what it names."""
    if isinstance(expression, Interval):
        return words(expression, calendar)
    text = _set(expression, is_whole=True) if isinstance(expression, DateSet) else _name(expression)
    return f"the whole of {text.removeprefix('all of ')}" + _gregorian_too(expression, calendar)


def _gregorian_too(expression: Expression, calendar: str) -> str:
    if calendar == GREGORIAN.name:
        return ""
    earliest, latest = _shown_bounds(expression, calendar_named(calendar))
    days = earliest if earliest == latest else f"{earliest} to {latest}"
    return f" in the {calendar.capitalize()} calendar (Gregorian {days})"


def _interval(interval: Interval) -> str:
    if isinstance(interval.start, End) or isinstance(interval.end, End):
        return f"{_interval_end(interval.start, 'start', 'from')}, {_interval_end(interval.end, 'end', 'to')}"
    return f"from {_day_of(interval.start)} to {_day_of(interval.end)}"


def _interval_end(end: Point | End, side: str, preposition: str) -> str:
    if isinstance(end, End):
        return f"{side} {'open' if end is End.OPEN else 'unknown'}"
    return f"{preposition} {_day_of(end)}"


def _set(dates: DateSet, *, is_whole: bool = False) -> str:
    word = "and" if dates.is_all else "or"
    listed = _listed([_member(member, word) for member in dates.members], word)
    if dates.is_all:
        return f"all of {listed}"
    return (
        listed if is_whole or all(_is_day(point) for point in iter_points(dates)) else f"one day of {listed}"
    )


def _member(member: Point | PointRange, joint: str) -> str:
    if not isinstance(member, PointRange):
        return _name(member)
    if member.first is None:
        return f"{_name(member.last)} {joint} earlier" if member.last else ""
    return (
        f"{_name(member.first)} to {_name(member.last)}"
        if member.last
        else f"{_name(member.first)} {joint} later"
    )


def _listed(names: list[str], joint: str) -> str:
    return f" {joint} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _is_day(point: Point) -> bool:
    return isinstance(point, CalendarDate) and bool(point.day)


def _day_of(point: Point) -> str:
    return _name(point) if _is_day(point) else f"a day in {_name(point)}"


def _name(point: Point) -> str:
    """What a date names, with its doubts."""
    if isinstance(point, ScaledYear):
        return _doubted(_scaled(point), point.marks, 1)
    written = 1 + bool(point.month) + bool(point.day)
    text = _year(point.year) if written == 1 else _month(point) if written == 2 else _day(point)
    return _doubted(text, point.marks, written)


def _doubted(text: str, marks: tuple[str, ...], written: int) -> str:
    """The name with what is uncertain or approximate: of all of it, or by component."""
    if not any(marks):
        return text
    if len(set(marks[:written])) == 1:
        about = "about " if marks[0] in {"~", "%"} else ""
        return about + text + (" (uncertain)" if marks[0] in {"?", "%"} else "")
    doubts = [f"{_COMPONENTS[n]} {_DOUBTS[mark]}" for n, mark in enumerate(marks) if mark]
    return f"{text} ({', '.join(doubts)})"


def _scaled(year: ScaledYear) -> str:
    first, last = scaled_years(year)
    if first == last:
        return _plain_year(year.number)
    return f"some year from {first} to {last}, estimated {year.number}"


def _plain_year(year: int) -> str:
    if year <= 0:
        return f"the year {'-' if year < 0 else ''}{abs(year):04} ({1 - year} BCE)"
    return str(year) if 1000 <= year <= 9999 else f"the year {year}"


def _year(pattern: str) -> str:
    if "X" not in pattern and len(pattern.removeprefix("-")) == 4:
        return _plain_year(int(pattern))
    runs = list(year_runs(pattern))
    return (
        f"some year from {runs[0][0]} to {runs[0][1]}" if len(runs) == 1 else f"some year that fits {pattern}"
    )


def _month(date: CalendarDate) -> str:
    year = _year(date.year)
    if date.is_season:
        months = ", or ".join(
            f"{MONTH_NAMES[first - 1]} to {MONTH_NAMES[(last - 1) % 12]}"
            for first, last in SEASONS[date.month]
        )
        return f"{_SEASONS[date.month]} {year} ({months})"
    if date.month == "XX":
        return f"some month of {year}"
    months = _listed(
        [name for number, name in enumerate(MONTH_NAMES, 1) if matches(date.month, number, 2)], "or"
    )
    return f"{months} {year}" if year.isdigit() else f"{months} of {year}"


def _day(date: CalendarDate) -> str:
    month = _month(date)
    if date.day == "XX":
        return f"some day of {month}"
    if "X" not in date.day:
        return f"{int(date.day)} {month}" if "X" not in date.month else f"day {int(date.day)} of {month}"
    days = [str(number) for number in range(1, 32) if matches(date.day, number, 2)]
    return f"day {_listed(days, 'or')} of {month}"
