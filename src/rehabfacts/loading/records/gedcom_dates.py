"""Dates as GEDCOM 5.5.1 and 7 write them, as EDTF: `BET 1900 AND 3 MAR 1905` is `[1900..1905-03-03]`."""

import re
from typing import NoReturn

from rehabfacts.calendars import calendar_named
from rehabfacts.dates import Date
from rehabfacts.errors import InvalidDate
from rehabfacts.loading.records.date_notations import Written

_MONTHS = {name: number for number, name in enumerate(("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), 1)}
_CALENDARS = {"@#DGREGORIAN@": "", "@#DJULIAN@": "julian", "GREGORIAN": "", "JULIAN": "julian"}
_SIMPLE = re.compile(r"(?:(?:(?P<day>[0-9]{1,2}) )?(?P<month>[A-Z]{3}) )?(?P<year>[0-9]{1,4})(?:/(?P<dual>[0-9]{2}))?(?P<bce> ?(?:BCE?|B\.C\.?))?")
_HINT = "as in 12 MAR 1890, ABT 1890, BEF 1890 or BET 1890 AND 1895"


def read_gedcom_date(text: str) -> Written:
    """The EDTF form and the calendar of a GEDCOM date. Raises InvalidDate.

    BEF and AFT leave the date itself out; ABT, CAL and EST are `~`; FROM and TO make a period; of INT the date counts,
    and a phrase alone is no date.
    """
    words = " ".join(text.upper().split())
    calendars: set[str] = set()
    edtf = _read(words, text, calendars)
    if len(calendars) > 1:
        raise InvalidDate(text, "E-DATE-FORM", "expected dates of one calendar", "write both in one calendar")
    return edtf, calendars.pop()


def _read(words: str, text: str, calendars: set[str]) -> str:
    if words.startswith("INT "):
        words = words.removeprefix("INT ").partition("(")[0].strip()
    if found := re.fullmatch(r"BET (.+) AND (.+)", words):
        first, last = (_point(found[number], text, calendars) for number in (1, 2))
        if first.count("-", 1) != last.count("-", 1):  # EDTF wants ends of one precision
            first, last = _day(first, calendars, at_end=False), _day(last, calendars, at_end=True)
        return f"[{first}..{last}]"
    if found := re.fullmatch(r"FROM (.+?)(?: TO (.+))?", words):
        return f"{_point(found[1], text, calendars)}/{_point(found[2], text, calendars) if found[2] else ''}"
    kind, _, rest = words.partition(" ")
    if kind == "TO":
        return f"/{_point(rest, text, calendars)}"
    if kind in {"ABT", "CAL", "EST"}:
        return f"{_point(rest, text, calendars)}~"
    if kind in {"BEF", "AFT"}:
        return _beside(_point(rest, text, calendars), text, calendars, before=kind == "BEF")
    return _point(words, text, calendars)


def _beside(point: str, text: str, calendars: set[str], *, before: bool) -> str:
    """The days before or after a date, without it: a year after years, a day after months and days."""
    if re.fullmatch(r"[0-9]{4}", point):
        year = int(point) + (-1 if before else 1)
        edge = f"{year:04}" if 0 <= year <= 9999 else _refuse(text)
    else:
        edge = _day(point, calendars, at_end=not before, days=-1 if before else 1)
    return f"[..{edge}]" if before else f"[{edge}..]"


def _day(point: str, calendars: set[str], *, at_end: bool, days: int = 0) -> str:
    """The first or the last day that a date can be, or one so many days from it."""
    counts = calendar_named(next(iter(calendars)) or "gregorian")
    date = Date.parse(point, counts.name)
    return counts.iso(((date.latest if at_end else date.earliest) or 0) + days)


def _point(words: str, text: str, calendars: set[str]) -> str:
    """One date with its calendar. A year such as 1701/02 is that of the later number: years once began in March."""
    calendar = ""
    escape, _, rest = words.partition(" ")
    if escape in _CALENDARS:
        calendar, words = _CALENDARS[escape], rest
    elif escape.startswith("@#") or escape in {"HEBREW", "FRENCH_R"}:
        raise InvalidDate(text, "E-DATE-FORM", "expected a Gregorian or Julian date", _HINT)
    calendars.add(calendar)
    match = _SIMPLE.fullmatch(words)
    if match is None or (match["month"] and match["month"] not in _MONTHS):
        _refuse(text)
    year = int(match["year"]) + bool(match["dual"])
    if match["dual"] and year % 100 != int(match["dual"]):
        _refuse(text)
    written = f"-{year - 1:04}" if match["bce"] and year > 1 else "0000" if match["bce"] else f"{year:04}"
    month = f"-{_MONTHS[match['month']]:02}" if match["month"] else ""
    return f"{written}{month}" + (f"-{int(match['day']):02}" if match["day"] else "")


def _refuse(text: str) -> NoReturn:
    raise InvalidDate(text, "E-DATE-FORM", "expected a date as GEDCOM writes it", _HINT)
