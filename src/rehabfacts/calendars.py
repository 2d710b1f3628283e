"""Calendars as whole numbers: day numbers, months, the Julian calendar, and the days that reforms skipped.

A day is an integer: day 1 is 0001-01-01 of the proleptic Gregorian calendar (as `datetime.date.toordinal`),
day 0 is the day before, and there is no first or last day. Years are astronomical: 0 is 1 BCE, -1 is 2 BCE.
"""

from collections.abc import Callable

from rehabfacts.errors import NoSuchThing, nearest
from rehabfacts.plain import plain

_DAYS_IN_MONTH = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_BEFORE_MONTH = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS_IN_4_YEARS, _DAYS_IN_400_YEARS = 1461, 146097
_JULIAN_EPOCH = -2  # the day before 0001-01-01 of the Julian calendar, which is 0000-12-30 of the Gregorian


def is_leap(year: int) -> bool:
    """Whether a Gregorian year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """How many days a Gregorian month has."""
    return 29 if month == 2 and is_leap(year) else _DAYS_IN_MONTH[month]


def day_number(year: int, month: int, day: int) -> int:
    """The number of a Gregorian day. The parts must be those of a day that exists: nothing is checked."""
    past = year - 1
    leap = month > 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return past * 365 + past // 4 - past // 100 + past // 400 + _DAYS_BEFORE_MONTH[month] + leap + day


def civil(day: int) -> tuple[int, int, int]:
    """The Gregorian year, month and day of a day number: the inverse of `day_number`."""
    era, rest = divmod(day - 1, _DAYS_IN_400_YEARS)
    centuries = min(rest // 36524, 3)
    rest -= centuries * 36524
    leaps, rest = divmod(rest, _DAYS_IN_4_YEARS)
    years = min(rest // 365, 3)
    year = era * 400 + centuries * 100 + leaps * 4 + years + 1
    is_long = years == 3 and (leaps != 24 or centuries == 3)
    return _month_and_day(year, rest - years * 365, is_long=is_long)


def _month_and_day(year: int, rest: int, *, is_long: bool) -> tuple[int, int, int]:
    if is_long and rest >= 59:
        if rest == 59:
            return year, 2, 29
        rest -= 1
    month = (rest + 50) >> 5  # right or one too many
    if rest < _DAYS_BEFORE_MONTH[month]:
        month -= 1
    return year, month, rest - _DAYS_BEFORE_MONTH[month] + 1


def iso(day: int) -> str:
    """A day as ISO text: `1993-04-14`, `-0044-03-15`, `10000-01-01`.

    A year beyond four digits has all its digits and no `Y`, which EDTF gives to years that stand alone.
    """
    year, month, number = civil(day)
    return written(year, month, number)


def written(year: int, month: int, day: int) -> str:
    """Year, month and day in the form that `iso` gives, of whatever calendar they are."""
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04}-{month:02}-{day:02}"


def from_iso(text: str) -> int:
    """The day number of a plain ISO day, as `iso` writes it. Raises ValueError on anything else."""
    head, _, last = text.rpartition("-")
    first, _, middle = head.rpartition("-")
    if text.isascii() and first.removeprefix("-").isdigit() and middle.isdigit() and last.isdigit():
        year, month, day = int(first), int(middle), int(last)
        if 1 <= month <= 12 and 1 <= day <= days_in_month(year, month) and written(year, month, day) == text:
            return day_number(year, month, day)
    raise ValueError(f"expected a day such as 1993-04-14, got {text!r}")


def add_months(day: int, months: int) -> int:
    """The same day of the month so many months later, or that month's last day if it is shorter.

    Monotone: a later day never lands on an earlier one.

    >>> iso(add_months(from_iso("1992-02-29"), 12))
    '1993-02-28'
    """
    year, month, number = civil(day)
    year, month = _month_after(year, month, months)
    return day_number(year, month, min(number, days_in_month(year, month)))


def latest_start(day: int, months: int) -> int:
    """The latest day that `add_months` brings to `day` or before: its upper adjoint.

    This is max{u : add_months(u, months) <= day}.

    >>> iso(latest_start(from_iso("1993-02-28"), 12))
    '1992-02-29'
    """
    year, month, number = civil(day)
    is_last = number == days_in_month(year, month)
    year, month = _month_after(year, month, -months)
    length = days_in_month(year, month)
    return day_number(year, month, length if is_last else min(number, length))


def earliest_start(day: int, months: int) -> int:
    """The earliest day that `add_months` brings to `day` or after: its lower adjoint.

    This is min{u : add_months(u, months) >= day}.

    >>> iso(earliest_start(from_iso("1993-03-31"), 1))
    '1993-03-01'
    """
    year, month, number = civil(day)
    year, month = _month_after(year, month, -months)
    length = days_in_month(year, month)
    return day_number(year, month, number) if number <= length else day_number(year, month, length) + 1


def _month_after(year: int, month: int, months: int) -> tuple[int, int]:
    years, month = divmod(month - 1 + months, 12)
    return year + years, month + 1


def days_in_julian_month(year: int, month: int) -> int:
    """How many days a month of the Julian calendar has."""
    return 29 if month == 2 and year % 4 == 0 else _DAYS_IN_MONTH[month]


def julian_day_number(year: int, month: int, day: int) -> int:
    """The number of a day that is given in the Julian calendar ("old style").

    >>> iso(julian_day_number(1917, 10, 25))
    '1917-11-07'
    """
    past = year - 1
    leap = month > 2 and year % 4 == 0
    return past * 365 + past // 4 + _DAYS_BEFORE_MONTH[month] + leap + day + _JULIAN_EPOCH


def julian_civil(day: int) -> tuple[int, int, int]:
    """The Julian year, month and day of a day number: the inverse of `julian_day_number`."""
    leaps, rest = divmod(day - _JULIAN_EPOCH - 1, _DAYS_IN_4_YEARS)
    years = min(rest // 365, 3)
    return _month_and_day(leaps * 4 + years + 1, rest - years * 365, is_long=years == 3)


@plain
class Calendar:
    """How one calendar counts: its name, its days as numbers and back, and the lengths of its months."""

    name: str
    day_number: Callable[[int, int, int], int]
    civil: Callable[[int], tuple[int, int, int]]
    days_in_month: Callable[[int, int], int]

    def iso(self, day: int) -> str:
        """A day as this calendar writes it, in ISO form."""
        return written(*self.civil(day))


GREGORIAN = Calendar("gregorian", day_number, civil, days_in_month)
JULIAN = Calendar("julian", julian_day_number, julian_civil, days_in_julian_month)
CALENDARS = {"gregorian": GREGORIAN, "julian": JULIAN}


def calendar_named(name: str) -> Calendar:
    """The calendar of that name. Raises `NoSuchThing` if there is none."""
    calendar = CALENDARS.get(name)
    if calendar is None:
        raise NoSuchThing("calendar", name, nearest(name, CALENDARS) or "there are gregorian and julian")
    return calendar


def both_calendars(notation: str, calendar: str, gregorian: str) -> str:
    """A notation and, where it is of another calendar, that calendar's name and the Gregorian form."""
    return notation if calendar == "gregorian" else f"{notation} ({calendar.capitalize()}, {gregorian} Gregorian)"


@plain
class Reform:
    """A change from the Julian to the Gregorian calendar: nobody there wrote the days from `first` to `last`.

    Days are (year, month, day) as written. `calendars` names those in which such a date is then suspicious.
    """

    place: str
    first: tuple[int, int, int]
    last: tuple[int, int, int]
    says: str
    calendars: tuple[str, ...] = ("gregorian",)


REFORMS = (
    Reform("Rome, Spain, Portugal and Poland", (1582, 10, 5), (1582, 10, 14),
           "4 October 1582 was followed by 15 October"),
    Reform("Britain and its colonies", (1752, 9, 3), (1752, 9, 13),
           "2 September 1752 was followed by 14 September"),
    Reform("Soviet Russia", (1918, 2, 1), (1918, 2, 13),
           "31 January 1918 was followed by 14 February"),
    Reform("the Ukrainian People's Republic", (1918, 2, 16), (1918, 2, 28),
           "15 February 1918 (old style) was followed by 1 March", ("julian", "gregorian")),
)  # fmt: skip


def skipped_by(year: int, month: int, day: int, calendar: str = "gregorian") -> tuple[Reform, ...]:
    """The reforms that skipped a day as it is written; empty for nearly every day.

    >>> [reform.place for reform in skipped_by(1918, 2, 5)]
    ['Soviet Russia']
    """
    if year not in {1582, 1752, 1918}:
        return ()
    when = (year, month, day)
    return tuple(
        reform for reform in REFORMS if reform.first <= when <= reform.last and calendar in reform.calendars
    )
