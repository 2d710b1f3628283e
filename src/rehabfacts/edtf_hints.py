"""What is wrong with a text that is no EDTF, and what was probably meant. Only mistakes load this module."""

import re
import unicodedata

from rehabfacts import near_misses
from rehabfacts.calendars import GREGORIAN, JULIAN, MONTH_NAMES, Calendar, is_leap
from rehabfacts.edtf_parts import CalendarDate
from rehabfacts.errors import InvalidDate

_LONGEST = 80  # longer texts are not read for what they may mean
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_LOOK_ALIKES = {
    ord("Х"): "X",
    ord("х"): "x",
    ord("Χ"): "X",
    ord("～"): "~",
    ord("？"): "?",
    ord("／"): "/",
    ord("’"): "'",
}
_NO_DATE = frozenset(
    {
        "",
        "n.d.",
        "nd",
        "s.d.",
        "unknown",
        "none",
        "null",
        "nil",
        "nan",
        "n/a",
        "-",
        "?",
        "..",
        "tbd",
        "невідомо",
        "б.д.",
        "б/д",
    }
)


def day_cause(date: CalendarDate, calendar: Calendar) -> str:
    """Why no day fits a date whose month and day are possible one by one: "February 2001 has 28 days"."""
    if "X" in date.month or "X" in date.day:
        return f"no day fits {date}"
    month = int(date.month)
    name = MONTH_NAMES[month - 1]
    if "X" in date.year:
        length = (
            28
            if month == 2 and date.day == "29"
            else max(calendar.days_in_month(year, month) for year in (1999, 2000))
        )
        return (
            f"{name} has {length} days in every year that fits {date.year}"
            if length == 28
            else f"{name} has {length} days"
        )
    return f"{name} {date.year} has {calendar.days_in_month(int(date.year), month)} days"


def explain(text: str, code: str, cause: str, column: int, calendar: str) -> InvalidDate:
    """The error for a text that does not fit, with the form that was probably meant."""
    if len(text) > _LONGEST:
        return InvalidDate(text, code, cause, "", column)
    tidy = _tidied(text)
    special = _time_of_day(text, tidy) or _no_date(text, tidy)
    if special:
        return special
    meant = _meant(tidy, calendar, deeper=2)
    if not meant:
        better = _outside(text, tidy) or _impossible(text, tidy)
        return better or InvalidDate(text, code, cause, _other_hint(tidy, calendar), column)
    if code == "E-DATE-FORM":
        cause, column = _foreign(text, tidy) or ("expected an EDTF date", column)
    return InvalidDate(text, code, cause, f"write {meant}", column)


def _tidied(text: str) -> str:
    """The text with plain digits, dashes, X and marks, and single blanks between its words."""
    text = text.translate(_DASHES).translate(_LOOK_ALIKES)
    text = "".join(str(unicodedata.digit(c, c)) if c.isdigit() else c for c in text)
    return " ".join(text.split())


def _is_valid(text: str, calendar: str) -> bool:
    from rehabfacts.edtf import is_valid  # noqa: PLC0415 - edtf asks for hints, hints ask edtf

    return is_valid(text, calendar)


def _meant(tidy: str, calendar: str, *, deeper: int) -> str:
    """The first reading that is EDTF, perhaps after its part without a mark, or its two ends, are read in turn."""
    if _is_valid(tidy, calendar):
        return tidy
    for reading in near_misses.iter_meant(tidy):
        found = [one for one in reading.split(" or ") if one and _is_valid(one, calendar)]
        if found:
            return " or ".join(found)
        if deeper and reading and reading != tidy:
            found_deeper = _repaired(reading, calendar, deeper=deeper - 1)
            if found_deeper:
                return found_deeper
    if tidy.count("/") == 1 and deeper:
        return _repaired(tidy, calendar, deeper=deeper - 1)
    return near_misses.from_messy(tidy) if _is_messy_date(tidy) else ""


def _repaired(text: str, calendar: str, *, deeper: int) -> str:
    mark = text[-1] if text[-1] in "?~%" else ""
    ends = text.removesuffix(mark).split("/")
    repaired = (
        "/".join(end if _is_valid(end, calendar) else _meant(end, calendar, deeper=deeper) for end in ends)
        + mark
    )
    is_whole = len(ends) == 1 or all(repaired.split("/"))
    return repaired if is_whole and _is_valid(repaired, calendar) else ""


def _is_messy_date(tidy: str) -> bool:
    """Whether a year and the name of a month may be in it: of numbers alone, nobody knows which is the month."""
    return tidy.isascii() and bool(re.search(r"\d{4}", tidy)) and bool(re.search(r"[A-Za-z]{3}", tidy))


def _time_of_day(text: str, tidy: str) -> InvalidDate | None:
    zoned = re.fullmatch(r"(\d{4}-\d\d-\d\d) ?(?:[Zz]|[+-]\d\d:?\d\d|[A-Za-z]+/[A-Za-z_]+)", tidy)
    if zoned and _is_valid(zoned[1], GREGORIAN.name):
        return InvalidDate(text, "E-DATE-PRECISION", "a day has no time zone", f"write {zoned[1]}", 11)
    match = re.match(r"([+-]?\d{4}-?\d\d-?\d\d)[Tt ]\d", tidy) or re.match(r"(.*?)[Tt ]?\d\d?:\d", tidy)
    if not match:
        return None
    day = match[1].strip(" ,")
    hint = f"write {day}" if _is_valid(day, GREGORIAN.name) else ""
    return InvalidDate(text, "E-DATE-PRECISION", "times of day are not supported", hint, len(match[1]) + 1)


def _no_date(text: str, tidy: str) -> InvalidDate | None:
    lower = tidy.lower()
    if lower in _NO_DATE or re.fullmatch(r"0000-00(-00)?", lower):
        hint = "leave the field out where no date is known"
    elif re.fullmatch(r"[+-]?inf(inity)?|now|today|present|open", lower):
        hint = "an open end is written as in 1993/.. or [1993..]"
    else:
        return None
    return InvalidDate(text, "E-DATE-FORM", "expected an EDTF date", hint)


def _outside(text: str, tidy: str) -> InvalidDate | None:
    match = re.fullmatch(r"([+-]?)(\d{5,60})(-\d\d){0,2}([?~%]?)", tidy)
    if not match:
        return None
    year = ("-" if match[1] == "-" else "") + match[2].lstrip("0")
    cause = "expected a year from -9999 to 9999"
    hint = f"a later or earlier year stands alone, with Y: Y{year}" if len(match[2].lstrip("0")) > 4 else ""
    return InvalidDate(text, "E-DATE-RANGE", cause, hint)


def _impossible(text: str, tidy: str) -> InvalidDate | None:
    """The error for an ordinal day, a week or a day in another form that the calendar does not have."""
    cause = ""
    ordinal, week = (
        re.fullmatch(r"(\d{4})-(\d{3})", tidy),
        re.fullmatch(r"(\d{4})-?[Ww](\d\d)(?:-?\d)?", tidy),
    )
    if ordinal:
        cause = f"{ordinal[1]} has {365 + is_leap(int(ordinal[1]))} days"
    elif week:
        cause = f"{week[1]} has {near_misses.weeks_in(int(week[1]))} weeks"
    for reading in near_misses.iter_meant(tidy):
        if not cause and reading != tidy and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-\d\d", reading):
            year, month, day = reading.split("-")
            cause = day_cause(CalendarDate(year, month, day), GREGORIAN)
    return InvalidDate(text, "E-DATE", cause) if cause else None


def _other_hint(tidy: str, calendar: str) -> str:
    """A hint that is no notation."""
    if calendar == GREGORIAN.name and _is_valid(tidy, JULIAN.name):
        return "the Julian calendar has this day: say calendar: julian"
    if tidy == "1712-02-30":
        return "only Sweden had this day, which was 1712-03-11"
    if re.fullmatch(r"\d\d[-./]\d\d[-./]\d\d", tidy):
        return "write the century too, as in 1999-01-01"
    ends = tidy.split("/")
    if len(ends) == 2 and all(ends) and _is_valid(f"{ends[1]}/{ends[0]}", calendar):
        return f"write {ends[1]}/{ends[0]} if they are swapped"
    return ""


def _foreign(text: str, tidy: str) -> tuple[str, int] | None:
    """The cause and its column, if a digit or an X of another script is what is wrong."""
    look_alikes = "ХхΧ" if _is_valid(tidy.upper(), GREGORIAN.name) else ""
    for place, character in enumerate(text, 1):
        if not character.isascii() and (character.isdigit() or character in look_alikes):
            name = unicodedata.name(character, "UNNAMED")
            return f"expected digits 0 to 9 and X, character {place} is U+{ord(character):04X} {name}", place
    return None
