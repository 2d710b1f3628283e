"""The Extended Date/Time Format, levels 0, 1 and 2 (ISO 8601-2:2019, loc.gov/standards/datetime).

One function reads one rule of the grammar, which is its docstring. There is no time of day. The rules build the
parts of `rehabfacts.edtf_parts`; their text is the canonical notation.
"""

from collections.abc import Callable
from typing import NoReturn

from rehabfacts.calendars import Calendar, calendar_named
from rehabfacts.edtf_days import Span, bounds, end_bounds
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
from rehabfacts.errors import InvalidDate

_MARKS = frozenset("?~%")
_FIGURES = frozenset("0123456789X")
_DIGITS = frozenset("0123456789")
_CLOSING = {"[": "]", "{": "}"}
_ENDS = frozenset({"", "?", "~", "%"})
_LONGEST_YEAR = 60


def parse(text: str, calendar: str = "gregorian") -> Expression:
    """The parts of an EDTF date, set or interval. Raises `InvalidDate`, which says what was probably meant.

    >>> str(parse("?2004-?06-~11"))
    '2004-06?-~11'
    """
    try:
        return _Reading(text, calendar_named(calendar)).expression()
    except _Misfit as misfit:
        raise _mistake(text, misfit, calendar) from None


def is_valid(text: str, calendar: str = "gregorian") -> bool:
    """Whether a text is EDTF: `parse` without the reasons."""
    try:
        _Reading(text, calendar_named(calendar)).expression()
    except _Misfit:
        return False
    return True


class _Misfit(Exception):
    """What was read does not fit the grammar, or means no day: code, cause, hint, and where (from 0)."""

    def __init__(self, code: str, cause: str, at: int = 0, hint: str = "") -> None:
        super().__init__(code, cause, at, hint)
        self.code, self.cause, self.at, self.hint = code, cause, at, hint


def _mistake(text: str, misfit: _Misfit, calendar: str) -> InvalidDate:
    from rehabfacts import edtf_hints  # noqa: PLC0415 - only mistakes pay for the table of near misses

    if misfit.hint:
        return InvalidDate(text, misfit.code, misfit.cause, misfit.hint, misfit.at + 1)
    return edtf_hints.explain(text, misfit.code, misfit.cause, misfit.at + 1, calendar)


class _Reading:
    """A text and how far it has been read."""

    __slots__ = ("at", "calendar", "end", "text")

    def __init__(self, text: str, calendar: Calendar) -> None:
        self.text, self.at, self.end, self.calendar = text, 0, len(text), calendar

    def expression(self) -> Expression:
        """Expression = set | interval | date | century | decade."""
        expression: Expression
        if self.text[:1] in _CLOSING:
            expression = self.date_set()
        else:
            expression = self.interval() if "/" in self.text else self.date(is_alone=True)
        if self.at < self.end:
            self.misfit("expected the end of the date")
        return expression

    def interval(self) -> Interval:
        """Interval = end "/" end."""
        start = self.interval_end()
        if not self.take("/"):
            self.misfit('expected "/"')
        interval = Interval(start, self.interval_end())
        _in_order(end_bounds(start, self.calendar), end_bounds(interval.end, self.calendar), "interval")
        return interval

    def interval_end(self) -> Point | End:
        """End = "" | ".." | date."""
        if self.take(".."):
            return End.OPEN
        if self.at == self.end or self.text[self.at] == "/":
            return End.UNKNOWN
        return self.date()

    def date_set(self) -> DateSet:
        """Set = "[" member {"," [" "] member} "]" | "{" member {"," [" "] member} "}"."""
        opening = self.text[self.at]
        self.at += 1
        members = [self.member(is_first=True)]
        while self.take(","):
            if isinstance(members[-1], PointRange) and members[-1].last is None:
                self.at -= 1
                self.misfit('expected the end of the set, since ".." without a date after it comes last')
            self.take(" ")  # the examples of the standard have it, and most readers take it
            members.append(self.member())
        if not self.take(_CLOSING[opening]):
            self.misfit(f'expected "," or "{_CLOSING[opening]}"')
        return DateSet(tuple(members), is_all=opening == "{")

    def member(self, *, is_first: bool = False) -> Point | PointRange:
        """Member = date | date ".." date | ".." date, when first | date "..", when last."""
        if is_first and self.take(".."):
            return PointRange(None, self.date())
        if self.text.startswith("..", self.at):
            self.misfit('expected a date, since ".." before a date comes first in a set')
        first = self.date()
        if not self.take(".."):
            return first
        if self.at < self.end and self.text[self.at] in ",]}":
            return PointRange(first, None)
        at = self.at
        last = self.date()
        if _grain(first) != _grain(last):
            self.misfit('expected the same precision on both sides of ".."', at)
        _in_order(bounds(first, self.calendar), bounds(last, self.calendar), "range", at)
        return PointRange(first, last)

    def date(self, *, is_alone: bool = False) -> Point:
        """Date = [mark] (scaled-year | year ["-" month ["-" day]]) | [mark] (century | decade), when alone."""
        mark = self.mark()
        if self.at < self.end and self.text[self.at] == "Y":
            return self.long_year(mark)
        year = self.year(is_alone=is_alone)
        if self.at < self.end and self.text[self.at] == "S":
            return self.scaled_year(year, mark, self.at - len(year))
        right = self.mark()
        marks = [_both(mark, right), "", ""]
        if len(year.removeprefix("-")) < 4 or not self.take("-"):
            return CalendarDate(year, "", "", tuple(marks))
        month = self.component(marks, 1, self.month)
        is_season = month >= "21" and "X" not in month
        if is_season or not self.take("-"):
            return CalendarDate(year, month, "", tuple(marks))
        at = self.at
        date = CalendarDate(year, month, self.component(marks, 2, self.day), tuple(marks))
        _day_exists(date, self.calendar, at)
        return date

    def component(self, marks: list[str], position: int, read: Callable[[], str]) -> str:
        """Component = [mark] (month | day) [mark]: the left mark is its own, the right also of all before it."""
        left = self.mark()
        text = read()
        right = self.mark()
        marks[position] = left
        if right:
            marks[: position + 1] = [_both(mark, right) for mark in marks[: position + 1]]
        return text

    def mark(self) -> str:
        """Mark = "?" | "~" | "%"."""
        if self.at < self.end and self.text[self.at] in _MARKS:
            self.at += 1
            return self.text[self.at - 1]
        return ""

    def year(self, *, is_alone: bool = False) -> str:
        """Year = ["-"] 4 * figure, not "-0000"; century = ["-"] 2 * digit; decade = ["-"] 3 * digit."""
        start = self.at
        self.take("-")
        figures = self.run_of(_FIGURES)
        size = len(figures)
        text = self.text[start : self.at]
        is_short = (
            is_alone and size in {2, 3} and self.text[self.at : self.at + 1] in _ENDS and "X" not in figures
        )
        if size != 4 and not is_short:
            self.misfit("expected a year of four digits", start)
        if text.strip("-0") == "" and text[0] == "-":
            raise _Misfit("E-DATE", "there is no year -0000", start, "0000 is the year before 0001")
        return text

    def month(self) -> str:
        """Month = "01" … "12" | season | 2 * figure, some of them X; season = "21" … "41"."""
        start = self.at
        text = self.two_figures("a month")
        if "X" not in text:
            if "01" <= text <= "12" or "21" <= text <= "41":
                return text
        elif text[0] in "01X":
            return text
        raise _Misfit("E-DATE", f"there is no month {text}, months are 01 to 12 and seasons 21 to 41", start)

    def day(self) -> str:
        """Day = "01" … "31" | 2 * figure, some of them X."""
        start = self.at
        text = self.two_figures("a day")
        if ("X" not in text and "01" <= text <= "31") or ("X" in text and text[0] in "0123X"):
            return text
        raise _Misfit("E-DATE", f"there is no day {text} in any month", start)

    def two_figures(self, what: str) -> str:
        """Two digits or X, and no more of them."""
        start = self.at
        text = self.run_of(_FIGURES)
        if len(text) != 2:
            self.misfit(f"expected {what} of two digits", start)
        return text

    def long_year(self, mark: str) -> ScaledYear:
        """Long-year = "Y" integer of five digits and more | "Y" integer "E" number, then ["S" number]."""
        start = self.at
        self.at += 1
        is_negative = self.take("-")
        digits = self.number("a year")
        exponent = self.number("an exponent") if self.take("E") else ""
        if not exponent and len(digits) < 5:
            self.misfit("expected more than four digits after Y", start)
        zeros = int(exponent or 0) if len(exponent) < 4 else _LONGEST_YEAR
        if len(digits) + zeros > _LONGEST_YEAR:
            raise _Misfit(
                "E-DATE-RANGE", f"years of more than {_LONGEST_YEAR} digits are not supported", start, ""
            )
        number = int(digits) * 10**zeros
        return self.scaled_year(self.text[start : self.at], mark, start, -number if is_negative else number)

    def scaled_year(self, year: str, mark: str, start: int, number: int | None = None) -> ScaledYear:
        """Scaled-year = (year of four digits | long-year) ["S" number] [mark]."""
        if number is None:
            if "X" in year:
                self.misfit("expected a year without X before S", start)
            number = int(year)
        significant = self.number("a number of significant digits") if self.take("S") else "0"
        digits = min(int(significant), _LONGEST_YEAR) if len(significant) < 4 else _LONGEST_YEAR
        return ScaledYear(year, number, digits, _both(mark, self.mark()))

    def number(self, what: str) -> str:
        """Number = digits that do not begin with 0."""
        start = self.at
        text = self.run_of(_DIGITS)
        if not text or text[0] == "0":
            self.misfit(f"expected {what}, a number that does not begin with 0", start)
        return text

    def run_of(self, allowed: frozenset[str]) -> str:
        """The longest run of such characters from here."""
        start, at, text = self.at, self.at, self.text
        while at < self.end and text[at] in allowed:
            at += 1
        self.at = at
        return text[start:at]

    def take(self, token: str) -> bool:
        """Whether the token stands here; if so, go past it."""
        if self.text.startswith(token, self.at):
            self.at += len(token)
            return True
        return False

    def misfit(self, cause: str, at: int | None = None) -> NoReturn:
        """Raise that the text does not fit the grammar."""
        raise _Misfit("E-DATE-FORM", cause, self.at if at is None else at)


def _both(left: str, right: str) -> str:
    if not left or left == right:
        return right
    return "%" if right else left


def _day_exists(date: CalendarDate, calendar: Calendar, at: int) -> None:
    if date.is_plain and date.day <= "28":
        return
    try:
        bounds(date, calendar)
    except LookupError:
        from rehabfacts.edtf_hints import day_cause  # noqa: PLC0415 - only mistakes need words

        raise _Misfit("E-DATE", day_cause(date, calendar), at) from None


def _grain(point: Point) -> str:
    if isinstance(point, ScaledYear) or not point.month:
        return "year"
    return "day" if point.day else "season" if point.is_season else "month"


def _in_order(start: Span, end: Span, what: str, at: int = 0) -> None:
    earliest, latest = start[0], end[1]
    if earliest is not None and latest is not None and latest < earliest:
        raise _Misfit("E-DATE", f"expected the end of the {what} not to come before its start", at)
