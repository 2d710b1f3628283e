"""Uncertain periods: a start and an end, each an unknown day within bounds, read from EDTF.

A bound is a day number (`rehabfacts.calendars`), inclusive, or `None` where there is none.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Literal

import attrs

from rehabfacts import edtf
from rehabfacts.calendars import Calendar, both_calendars, calendar_named
from rehabfacts.date_warnings import REFORM_YEARS, warnings_of
from rehabfacts.edtf_days import Span, bounds, hull, iter_spans, plain_bounds, whole
from rehabfacts.edtf_holes import Hole, holes, spans_of_end, spans_of_start
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
    marked,
)
from rehabfacts.errors import InvalidDate, Problem
from rehabfacts.precisions import DEFAULT_WIDTHS, Width, precision_of, widened, width_of
from rehabfacts.verdicts import Verdict

if TYPE_CHECKING:
    from rehabfacts.dates import Date

EndKind = Literal["date", "unknown", "open"]
_NO_ENDS: dict[str, EndKind] = {"": "unknown", "..": "open"}


@attrs.frozen
class Period:
    """A time from one unknown day to another that is not before it.

    `1993/2006` starts on some day of 1993 and ends on some day of 2006. A notation without `/` claims every day:
    `2022` starts on 1 January and ends on 31 December, `199X` and `[1991,1993]` are one of those years, whole.

    >>> period = Period.parse("1993/2006-01")
    >>> period.start_latest - period.start_earliest, period.end_latest - period.end_earliest
    (364, 30)
    """

    notation: str
    calendar: str
    start_earliest: int | None = attrs.field(eq=False)
    start_latest: int | None = attrs.field(eq=False)
    end_earliest: int | None = attrs.field(eq=False)
    end_latest: int | None = attrs.field(eq=False)
    start_kind: EndKind = attrs.field(eq=False)
    end_kind: EndKind = attrs.field(eq=False)
    is_uncertain: bool = attrs.field(eq=False)
    is_approximate: bool = attrs.field(eq=False)
    is_whole: bool = attrs.field(eq=False)
    _parts: Expression | None = attrs.field(eq=False, repr=False)  # None: from one plain date to another, or to no end

    @classmethod
    def parse(cls, text: str, calendar: str = "gregorian") -> "Period":
        """Read a period: an interval, or a date or a set that is meant whole. Raises `InvalidDate`.

        A set of all its members (`{1991..1993}`) must have no gap.
        """
        plain = _plain_ends(text) if calendar == "gregorian" else None
        return cls(text, calendar, *plain, False, False, False, None) if plain is not None else cls._parsed(text, calendar)  # noqa: FBT003  # fields

    @classmethod
    def _parsed(cls, text: str, calendar: str) -> "Period":
        parts = edtf.parse(text, calendar)
        counts = calendar_named(calendar)
        if isinstance(parts, DateSet) and parts.is_all:
            _check_unbroken(text, parts, counts)
        start, end = _ends(parts, counts)
        kinds = _kinds(parts)
        is_whole = not isinstance(parts, Interval)
        return cls(str(parts), calendar, *start, *end, *kinds, *marked(parts), is_whole, parts)

    def __str__(self) -> str:
        return self.notation

    @property
    def is_day(self) -> bool:
        """Whether it is one known day."""
        return self.start_earliest is not None and self.start_earliest == self.start_latest == self.end_earliest == self.end_latest

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is odd about it though it can be used: skipped days; a bare year or month, which claims each day.

        The last (W-PERIOD) is for periods of activity or office only, so whoever reads the field decides on it.
        """
        if self._parts is None and REFORM_YEARS.isdisjoint(end[:4] for end in self.notation.split("/")):
            return ()
        found = warnings_of(self._expression, self.calendar)
        if isinstance(self._parts, CalendarDate) and not self._parts.day:
            says = f"{self} claims every day of that {precision_of(self._parts)}"
            found += (Problem("W-PERIOD", says, f"{self}/{self} claims some days of it"),)
        return found

    @property
    def start_holes(self) -> tuple[Hole, ...]:
        """Where days between the bounds of its start are left out, each end by itself: as `Date.holes`."""
        return () if self.start_earliest == self.start_latest else self._holes(spans_of_start)

    @property
    def end_holes(self) -> tuple[Hole, ...]:
        """As `start_holes`, of its end."""
        return () if self.end_earliest == self.end_latest else self._holes(spans_of_end)

    def _holes(self, spans_of: Callable[[Expression, Calendar], Iterable[Span]]) -> tuple[Hole, ...]:
        if self._parts is None or (isinstance(self._parts, DateSet) and self._parts.is_all):
            return ()
        return holes(spans_of(self._parts, calendar_named(self.calendar)))

    def widened(self, widths: Mapping[str, Width] = DEFAULT_WIDTHS) -> tuple[Span, Span]:
        """The bounds of its start and of its end when "about" (`~`, `%`) reaches as far as `widths` say."""
        start, end = (self.start_earliest, self.start_latest), (self.end_earliest, self.end_latest)
        if not self.is_approximate or self._parts is None:
            return start, end
        return _ends(self._parts, calendar_named(self.calendar), widths)

    def in_calendar(self, calendar: str) -> str:
        """Its days as another calendar writes them, an end that is not known exactly as a one-of set; for showing both.

        >>> Period.parse("1917-10-25/1918", "julian").in_calendar("gregorian")
        '1917-11-07/[1918-01-14..1919-01-13]'
        """
        counts = calendar_named(calendar)
        bounds_of_ends = ((self.start_earliest, self.start_latest), (self.end_earliest, self.end_latest))
        (first, start), (last, end) = ([None if day is None else counts.iso(day) for day in pair] for pair in bounds_of_ends)
        if first == start == last == end:
            return first or ""
        kinds = {"date": "", "unknown": "", "open": ".."}
        ends = ((first, start, self.start_kind), (last, end, self.end_kind))
        return "/".join(kinds[kind] or (one or "" if one == two else f"[{one or ''}..{two or ''}]") for one, two, kind in ends)

    @property
    def shown(self) -> str:
        """Its notation and, of one in another calendar, the Gregorian form beside it."""
        return both_calendars(self.notation, self.calendar, self.in_calendar("gregorian"))

    def in_words(self) -> str:
        """What it means, in English."""
        from rehabfacts.date_words import period_words  # noqa: PLC0415 - only reports need words

        return period_words(self._expression, self.calendar)

    @property
    def _expression(self) -> Expression:
        return self._parts or edtf.parse(self.notation, self.calendar)

    def contains(self, date: "Date") -> Verdict:
        """Whether the date's day is one of the period's."""
        if _is_below(date.latest, self.start_earliest) or _is_below(self.end_latest, date.earliest):
            return Verdict.NO
        if _is_at_most(self.start_latest, date.earliest) and _is_at_most(date.latest, self.end_earliest):
            return Verdict.YES
        return Verdict.UNKNOWN


def _plain_ends(text: str) -> tuple[int, int, int | None, int | None, EndKind, EndKind] | None:
    """The bounds and kinds of the ends of `YYYY-MM-DD/YYYY-MM-DD` and what is as plain, clearly in order; None of anything else."""
    first, slash, last = text.partition("/")
    start = plain_bounds(first) if slash else None
    if start is None:
        return None
    if last in _NO_ENDS:
        return start[0], start[1], None, None, "date", _NO_ENDS[last]
    end = plain_bounds(last)
    return None if end is None or start[1] > end[0] else (start[0], start[1], end[0], end[1], "date", "date")


def _is_below(left: int | None, right: int | None) -> bool:
    return left is not None and right is not None and left < right


def _is_at_most(left: int | None, right: int | None) -> bool:
    return left is not None and right is not None and left <= right


def _kinds(parts: Expression) -> tuple[EndKind, EndKind]:
    if isinstance(parts, Interval):
        return _kind(parts.start), _kind(parts.end)
    if not isinstance(parts, DateSet):
        return "date", "date"
    first, last = parts.members[0], parts.members[-1]
    return (
        "open" if isinstance(first, PointRange) and first.first is None else "date",
        "open" if isinstance(last, PointRange) and last.last is None else "date",
    )


def _kind(end: Point | End) -> EndKind:
    if isinstance(end, End):
        return "open" if end is End.OPEN else "unknown"
    return "date"


def _check_unbroken(text: str, dates: DateSet, calendar: Calendar) -> None:
    """A set of all its members is a period if these are known and leave no gap."""
    points = iter_points(dates)
    is_known = all(isinstance(point, ScaledYear) or "X" not in str(point) for point in points)
    if not is_known or len(list(islice(iter_spans(dates, calendar), 2))) > 1:
        raise InvalidDate(
            text, "E-DATE-FORM", "expected a period without gaps", "write one fact for each of its parts"
        )


def _ends(
    parts: Expression, calendar: Calendar, widths: Mapping[str, Width] | None = None
) -> tuple[Span, Span]:
    """The bounds of the start and of the end, widened by `widths` where a date is approximate."""
    match parts:
        case Interval():
            return _end_span(parts.start, calendar, widths), _end_span(parts.end, calendar, widths)
        case DateSet():
            every = [_member_ends(member, calendar, widths) for member in parts.members]
            start, end = hull(start for start, _ in every), hull(end for _, end in every)
            return ((start[0], start[0]), (end[1], end[1])) if parts.is_all else (start, end)
    return _whole_ends(parts, calendar, widths)


def _end_span(end: Point | End, calendar: Calendar, widths: Mapping[str, Width] | None) -> Span:
    if isinstance(end, End):
        return None, None
    return bounds(end, calendar) if widths is None else widened(end, calendar, widths)


def _member_ends(
    member: Point | PointRange, calendar: Calendar, widths: Mapping[str, Width] | None
) -> tuple[Span, Span]:
    if not isinstance(member, PointRange):
        return _whole_ends(member, calendar, widths)
    nothing: tuple[Span, Span] = ((None, None), (None, None))
    first = nothing if member.first is None else _whole_ends(member.first, calendar, widths)
    last = nothing if member.last is None else _whole_ends(member.last, calendar, widths)
    return (first[0][0], last[0][1]), (first[1][0], last[1][1])


def _whole_ends(point: Point, calendar: Calendar, widths: Mapping[str, Width] | None) -> tuple[Span, Span]:
    """The bounds of the first and of the last day of the year, month, season or day that a date names."""
    start, end = whole(point, calendar)
    if widths is None:
        return start, end
    width = width_of(point, widths)
    return width.widened(start), width.widened(end)
