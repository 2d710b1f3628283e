"""How precisely a date is written, and how far `~` widens a date of that precision."""

from collections.abc import Mapping

import attrs

from rehabfacts.calendars import Calendar, add_months, latest_start
from rehabfacts.edtf_days import Span, bounds, hull, scaled_years
from rehabfacts.edtf_parts import CalendarDate, DateSet, Point, PointRange

_BY_UNSPECIFIED = ("year", "decade", "century", "millennium", "era")
_COARSE_TO_FINE = ("era", "millennium", "century", "decade", "year", "semester", "quadrimester", "quarter", "season",
                   "month", "day")  # fmt: skip
_UNITS = {"day": (0, 1), "week": (0, 7), "month": (1, 0), "year": (12, 0)}


@attrs.frozen
class Width:
    """How far "about" reaches to either side: calendar months, then days.

    >>> Width.parse("2 years")
    Width(months=24, days=0)
    >>> print(Width.parse("24 months"))
    2 years
    """

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> "Width":
        """Read `3 days`, `1 month`, `2 weeks`, `5 years`. Raises ValueError on anything else."""
        number, _, unit = text.partition(" ")
        months, days = _UNITS.get(unit.removesuffix("s"), (0, 0))
        if not (number.isascii() and number.isdigit()) or len(number) > 6 or not months + days:
            raise ValueError(f'expected a width such as "3 days" or "1 year", got {text!r}')
        return cls(months * int(number), days * int(number))

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        number, unit = (self.days, "day") if self.days else (self.months, "month") if months else (years, "year")
        return f"{number} {unit}{'' if number == 1 else 's'}"

    def widened(self, span: Span) -> Span:
        """The span reaching so much further to both sides; a side without a bound stays so."""
        earliest, latest = span
        return (
            None if earliest is None else add_months(earliest, -self.months) - self.days,
            None if latest is None else latest_start(latest, -self.months) + self.days,
        )


DEFAULT_WIDTHS: Mapping[str, Width] = {
    "day": Width(days=3),
    "month": Width(months=1),
    "season": Width(months=1),
    "quarter": Width(months=1),
    "quadrimester": Width(months=1),
    "semester": Width(months=2),
    "year": Width(months=12),
    "decade": Width(months=60),
    "century": Width(months=600),
    "millennium": Width(months=6_000),
    "era": Width(months=60_000),
}


def precision_of(expression: Point | DateSet) -> str:
    """The precision that is meant: `199X` a decade, `1993-XX` a year, `1993-XX-14` a day; of a set, the coarsest."""
    match expression:
        case CalendarDate():
            return _calendar_precision(expression, 3)
        case DateSet():
            return _coarsest([precision_of(point) for point in _points(expression)])
    first, last = scaled_years(expression)
    return _BY_UNSPECIFIED[min(len(str(last - first + 1)) - 1, 4)]


def _points(dates: DateSet) -> list[Point]:
    ends = [(m.first, m.last) if isinstance(m, PointRange) else (m, None) for m in dates.members]
    return [point for pair in ends for point in pair if point is not None]


def _coarsest(precisions: list[str]) -> str:
    return min(precisions, key=_COARSE_TO_FINE.index, default="era")


def _calendar_precision(date: CalendarDate, components: int) -> str:
    """The precision of the first so many components: that of the finest one with a digit in it."""
    if components > 2 and date.day not in {"", "XX"}:
        return "day"
    if components > 1 and date.is_season:
        return _season_precision(date.month)
    if components > 1 and date.month not in {"", "XX"}:
        return "month"
    digits = date.year.removeprefix("-").ljust(4, "X")
    return _BY_UNSPECIFIED[4 - len(digits.rstrip("X"))]


def _season_precision(season: str) -> str:
    if season < "33":
        return "season"
    return "quarter" if season < "37" else "quadrimester" if season < "40" else "semester"


def widened(
    expression: Point | DateSet | PointRange, calendar: Calendar, widths: Mapping[str, Width]
) -> Span:
    """The bounds of a date, each approximate one in it widened by the width for its approximate component."""
    match expression:
        case DateSet():
            every = [widened(member, calendar, widths) for member in expression.members]
            return hull(every)
        case PointRange():
            first = (None, None) if expression.first is None else widened(expression.first, calendar, widths)
            last = (None, None) if expression.last is None else widened(expression.last, calendar, widths)
            return first[0], last[1]
    return width_of(expression, widths).widened(bounds(expression, calendar))


def width_of(point: Point, widths: Mapping[str, Width]) -> Width:
    """How far a date is widened: the width of its coarsest approximate component, or nothing."""
    for precision in _approximate_precisions(point):
        return widths.get(precision, DEFAULT_WIDTHS[precision])
    return Width()


def _approximate_precisions(point: Point) -> list[str]:
    """The precisions that its approximate components have, coarsest first.

    Marks that run on from the year are one group, as precise as its last component (`2004-06~-11`: a month).
    """
    approximate = [mark in {"~", "%"} for mark in point.marks]
    if not isinstance(point, CalendarDate):
        return [precision_of(point)] if approximate[0] else []
    written = 1 + bool(point.month) + bool(point.day)
    group = 0
    while group < written and approximate[group]:
        group += 1
    found = [_calendar_precision(point, group)] if group else []
    found += [_calendar_precision(point, n + 1) for n in range(group, written) if approximate[n]]
    return sorted(found, key=_COARSE_TO_FINE.index)
