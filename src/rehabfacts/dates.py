"""Uncertain days and uncertain periods: values with bounds, read from EDTF, and their three-valued comparisons.

A bound is a day number (`rehabfacts.calendars`), inclusive, or `None` where there is none.
"""

from collections.abc import Iterator, Mapping

import attrs

from rehabfacts import edtf
from rehabfacts.calendars import both_calendars, calendar_named, iso
from rehabfacts.date_warnings import REFORM_YEARS, warnings_of
from rehabfacts.edtf_days import Span, bounds, has_day, iter_spans, plain_bounds
from rehabfacts.edtf_holes import Hole, holes
from rehabfacts.edtf_parts import DateSet, End, Interval, Point, marked
from rehabfacts.errors import InvalidDate, Problem
from rehabfacts.periods import EndKind, Period
from rehabfacts.precisions import DEFAULT_WIDTHS, Width, precision_of, widened
from rehabfacts.verdicts import Verdict

__all__ = ["DEFAULT_WIDTHS", "Date", "EndKind", "Period", "Width"]


@attrs.frozen
class Date:
    """One unknown day among those that an EDTF notation allows.

    Two dates are equal if notation and calendar are; whether they are the same day, `is_equal` says.

    >>> date = Date.parse("1993-04")
    >>> (iso(date.earliest), iso(date.latest))
    ('1993-04-01', '1993-04-30')
    """

    notation: str
    calendar: str
    earliest: int | None = attrs.field(eq=False)
    latest: int | None = attrs.field(eq=False)
    precision: str = attrs.field(eq=False)
    is_uncertain: bool = attrs.field(default=False, eq=False)
    is_approximate: bool = attrs.field(default=False, eq=False)
    _parts: Point | DateSet | None = attrs.field(
        default=None, eq=False, repr=False
    )  # None: every day within the bounds

    @classmethod
    def parse(cls, text: str, calendar: str = "gregorian") -> "Date":
        """Read a date: any EDTF but intervals (`/`) and sets of all members (`{…}`). Raises `InvalidDate`."""
        plain = plain_bounds(text) if calendar == "gregorian" else None
        if plain is not None:
            return cls(text, calendar, *plain)
        parts = edtf.parse(text, calendar)
        if isinstance(parts, Interval):
            raise _no_interval(text, parts, calendar)
        if isinstance(parts, DateSet) and parts.is_all:
            raise InvalidDate(text, "E-DATE-FORM", "expected one date", f"one of several is [{text[1:-1]}]")
        earliest, latest = bounds(parts, calendar_named(calendar))
        return cls(str(parts), calendar, earliest, latest, precision_of(parts), *marked(parts), parts)

    @classmethod
    def from_day(cls, day: int) -> "Date":
        """The date that is exactly this day. Raises `InvalidDate` outside the years -9999 to 9999."""
        return cls.parse(iso(day))

    def __str__(self) -> str:
        return self.notation

    def __contains__(self, day: int) -> bool:
        if self._parts is None:
            return (
                self.earliest is not None and self.latest is not None and self.earliest <= day <= self.latest
            )
        return has_day(self._parts, day, calendar_named(self.calendar))

    @property
    def is_day(self) -> bool:
        """Whether it can be one day only."""
        return self.earliest is not None and self.earliest == self.latest

    def iter_spans(self) -> Iterator[Span]:
        """The days it can be, lazily, as rising inclusive ranges with a gap between each two."""
        if self._parts is None:
            return iter([(self.earliest, self.latest)])
        return iter_spans(self._parts, calendar_named(self.calendar))

    @property
    def holes(self) -> tuple[Hole, ...]:
        """Where days between its bounds are left out: the last day before and the first after; none if there are over 400.

        >>> [(iso(last), iso(following)) for last, following in Date.parse("[1991-11-14, 1993-04]").holes]
        [('1991-11-14', '1993-04-01')]
        """
        return () if self._parts is None else holes(self.iter_spans())

    def widened(self, widths: Mapping[str, Width] = DEFAULT_WIDTHS) -> Span:
        """Its bounds when "about" (`~`, `%`) reaches as far as `widths` say for its precision."""
        if not self.is_approximate or self._parts is None:
            return self.earliest, self.latest
        return widened(self._parts, calendar_named(self.calendar), widths)

    def in_calendar(self, calendar: str) -> str:
        """Its day, or its bounds as a one-of set, as another calendar writes them; for showing both.

        >>> Date.parse("1917-10-25", "julian").in_calendar("gregorian")
        '1917-11-07'
        """
        counts = calendar_named(calendar)
        earliest, latest = (None if day is None else counts.iso(day) for day in (self.earliest, self.latest))
        return earliest or "" if earliest == latest else f"[{earliest or ''}..{latest or ''}]"

    @property
    def shown(self) -> str:
        """Its notation and, of one in another calendar, the Gregorian form beside it.

        >>> Date.parse("1917-10-25", "julian").shown
        '1917-10-25 (Julian, 1917-11-07 Gregorian)'
        """
        return both_calendars(self.notation, self.calendar, self.in_calendar("gregorian"))

    def in_words(self) -> str:
        """What it means, in English."""
        from rehabfacts.date_words import words  # noqa: PLC0415 - only the `dates` command and reports need words

        return words(edtf.parse(self.notation, self.calendar), self.calendar)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is odd about it though it can be used: days that a reform skipped, centuries of two digits."""
        if self._parts is None and self.notation[:4] not in REFORM_YEARS:
            return ()
        return warnings_of(self._parts or edtf.parse(self.notation, self.calendar), self.calendar)

    def is_before(self, other: "Date") -> Verdict:
        """Whether its day comes before the other's."""
        return _is_less(self, other, at_least=1)

    def is_not_after(self, other: "Date") -> Verdict:
        """Whether its day is the other's or comes before it."""
        return _is_less(self, other, at_least=0)

    def is_equal(self, other: "Date") -> Verdict:
        """Whether both are the same day."""
        if self.is_day and other.is_day:
            return Verdict.YES if self.earliest == other.earliest else Verdict.NO
        return Verdict.UNKNOWN if _share_a_day(self.iter_spans(), other.iter_spans()) else Verdict.NO


def _no_interval(text: str, interval: Interval, calendar: str) -> InvalidDate:
    earliest, latest = bounds(interval, calendar_named(calendar))
    days = ["" if day is None else calendar_named(calendar).iso(day) for day in (earliest, latest)]
    ends = ["" if isinstance(end, End) else str(end) for end in (interval.start, interval.end)]
    candidates = (f"[{ends[0]}..{ends[1]}]", f"[{days[0]}..{days[1]}]")
    one_day = next((text for text in candidates if edtf.is_valid(text, calendar)), "")
    hint = f"one day of them is {one_day}" if one_day else "an interval belongs in a period"
    return InvalidDate(text, "E-DATE-FORM", "expected one date, which has no /", hint, text.index("/") + 1)


def _is_less(left: Date, right: Date, *, at_least: int) -> Verdict:
    if left.latest is not None and right.earliest is not None and left.latest + at_least <= right.earliest:
        return Verdict.YES
    if left.earliest is not None and right.latest is not None and left.earliest + at_least > right.latest:
        return Verdict.NO
    return Verdict.UNKNOWN


def _share_a_day(left: Iterator[Span], right: Iterator[Span]) -> bool:
    one, two = next(left, None), next(right, None)
    while one is not None and two is not None:
        if _ends_before(one, two):
            one = next(left, None)
        elif _ends_before(two, one):
            two = next(right, None)
        else:
            return True
    return False


def _ends_before(one: Span, two: Span) -> bool:
    return one[1] is not None and two[0] is not None and one[1] < two[0]
