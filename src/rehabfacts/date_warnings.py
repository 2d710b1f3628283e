"""What is odd about a notation that can be used all the same."""

from rehabfacts.calendars import REFORMS, skipped_by
from rehabfacts.edtf_parts import CalendarDate, Expression, iter_points
from rehabfacts.errors import Problem

REFORM_YEARS = frozenset(str(reform.first[0]) for reform in REFORMS)


def warnings_of(expression: Expression, calendar: str) -> tuple[Problem, ...]:
    """W-CALENDAR for each day that a reform skipped, W-DATE for a century or decade of two or three digits."""
    found: list[Problem] = []
    for point in iter_points(expression):
        if not isinstance(point, CalendarDate):
            continue
        if len(point.year.removeprefix("-")) < 4:
            found.append(_short_year(point))
        elif point.year in REFORM_YEARS and point.day and point.is_plain:
            found += _skipped_day(point, calendar)
    return tuple(found)


def _short_year(point: CalendarDate) -> Problem:
    digits = point.year.removeprefix("-")
    plain = point.year + "X" * (4 - len(digits))
    unit = "century" if len(digits) == 2 else "decade"
    return Problem("W-DATE", f"{point} is a whole {unit}", f"{plain} says so plainly, a year has four digits")


def _skipped_day(point: CalendarDate, calendar: str) -> list[Problem]:
    written = f"{point.year}-{point.month}-{point.day}"
    hint = "" if calendar == "julian" else "if the document is in old style, say calendar: julian"
    reforms = skipped_by(int(point.year), int(point.month), int(point.day), calendar)
    return [
        Problem("W-CALENDAR", f"{written} was no day in {reform.place}: {reform.says}", hint)
        for reform in reforms
    ]
