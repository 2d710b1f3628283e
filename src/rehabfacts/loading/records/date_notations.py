"""How a column writes its dates: EDTF, days, months and years in a declared order, GEDCOM, time stamps."""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from rehabfacts.errors import InvalidDate

Written: TypeAlias = tuple[str, str]
"""An EDTF notation and its calendar, empty where the file's own counts."""

Notation: TypeAlias = Callable[[str], Written]
"""Reads a date as one column writes it. Raises InvalidDate."""

_DIGITS = {"day": r"(?P<day>[0-9]{1,2})", "month": r"(?P<month>[0-9]{1,2})", "year": r"(?P<year>[0-9]{4})"}
_STAMP = re.compile(r"(-?[0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?")
NAMED = ("edtf", "gedcom", "timestamp")


@lru_cache(maxsize=64)
def notation_named(name: str) -> Notation | None:
    """The notation of a name (`edtf`, `gedcom`, `timestamp`, or an order such as `day.month.year`); None if it is none."""
    if name == "edtf":
        return _edtf
    if name == "timestamp":
        return _timestamp
    if name == "gedcom":
        from rehabfacts.loading.records.gedcom_dates import read_gedcom_date  # noqa: PLC0415  # few files have any

        return read_gedcom_date
    return _ordered(name)


def _edtf(text: str) -> Written:
    return text, ""


def _timestamp(text: str) -> Written:
    """The day of a time stamp, as it is written: no zone moves it."""
    match = _STAMP.fullmatch(text)
    if match is None:
        raise InvalidDate(text, "E-DATE-FORM", "expected a time stamp", "as in 1993-04-14T09:30:00")
    return match[1], ""


def _ordered(name: str) -> Notation | None:
    """Days, months and years in an order and with signs between them; the day, and the month, can be left out."""
    words = re.findall(r"day|month|year", name)
    signs = re.split(r"day|month|year", name)
    if sorted(words) != ["day", "month", "year"] or signs[0] or signs[-1] or any(re.search(r"\w", sign) for sign in signs):
        return None
    shorter = [_pattern(words, signs[1:-1], left_out) for left_out in ((), ("day",), ("day", "month"))]
    if not all(signs[1:-1]):  # without signs between them, numbers have all their digits and none can be left out
        shorter = [re.compile(shorter[0].pattern.replace("{1,2}", "{2}"))]

    def read(text: str) -> Written:
        for pattern in shorter:
            match = pattern.fullmatch(text)
            if match is not None:
                found = match.groupdict()
                return "-".join(found[part].zfill(2) for part in ("year", "month", "day") if part in found), ""
        raise InvalidDate(text, "E-DATE-FORM", f"expected a date as {name}", f"as in {_example(name)}")

    return read


def _pattern(words: list[str], signs: list[str], left_out: tuple[str, ...]) -> re.Pattern[str]:
    kept = [at for at, word in enumerate(words) if word not in left_out]
    between = [signs[right - 1] for _, right in pairwise(kept)]
    parts = [_DIGITS[words[at]] + (re.escape(sign)) for at, sign in zip(kept, [*between, ""], strict=True)]
    return re.compile("".join(parts))


def _example(name: str) -> str:
    return name.replace("day", "14").replace("month", "04").replace("year", "1993")
