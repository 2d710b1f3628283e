"""Holes of dates and of the ends of periods, against asking of every day."""

import datetime as dt
from itertools import pairwise

import pytest

from rehabfacts.calendars import from_iso, iso
from rehabfacts.dates import Date, Period

NOTATIONS = [
    "1993", "1993-04", "199X", "1993-XX-14", "1993-02-2X", "1993-0X-31", "199X-02-29", "[1991-11-14, 1993-04-14]", "[1991,1993]",
    "[1991..1993]", "[1991,1992]", "[1990-05,1990-07..1991-02,1993]", "1993-24", "199X-24", "1993-22", "1993-1X", "195X-12-25", "1995S3",
]  # fmt: skip


DAYS = range(from_iso("1949-01-01"), from_iso("2000-12-31") + 1)


def days_of(notation):
    date = Date.parse(notation)
    return [day for day in DAYS if day in date]


def holes_between(days):
    return tuple((one, two) for one, two in pairwise(days) if two > one + 1)


@pytest.mark.parametrize("notation", NOTATIONS)
def test_the_holes_of_a_date_are_what_asking_of_every_day_finds(notation):
    assert Date.parse(notation).holes == holes_between(days_of(notation))


@pytest.mark.parametrize("notation", [each for each in NOTATIONS if "[" not in each])
def test_an_interval_from_or_to_a_date_has_its_holes(notation):
    date = Date.parse(notation)
    start, end = Period.parse(f"{notation}/2005"), Period.parse(f"1850/{notation}")
    assert (start.start_holes, start.end_holes) == (date.holes, ())
    assert (end.start_holes, end.end_holes) == ((), date.holes)


def units(notation):
    """The first and last days of the years or months that a notation names, found by looking at each day."""
    days = sorted(days_of(notation))
    is_month = "-" in notation.split(",")[0]
    key = (lambda day: iso(day)[:7]) if is_month else (lambda day: iso(day)[:4])
    found = {}
    for day in days:
        found.setdefault(key(day), []).append(day)
    return sorted((each[0], each[-1]) for each in found.values())


@pytest.mark.parametrize("notation", ["1993", "1993-04", "199X", "[1991,1993]", "[1991,1992]", "1993-XX", "1993-1X", "199X-0X", "[1990-05,1990-07,1991-02]", "1995S3"])
def test_a_period_meant_whole_starts_and_ends_with_one_of_its_units(notation):
    period, whole = Period.parse(notation), units(notation)
    assert period.start_holes == holes_between(sorted(first for first, _ in whole))
    assert period.end_holes == holes_between(sorted(last for _, last in whole))
    assert (period.start_earliest, period.end_latest) == (whole[0][0], whole[-1][1])


def test_a_winter_that_begins_or_ends_in_a_year_is_one_of_two():
    period = Period.parse("1993-24")
    assert [[iso(day) for day in hole] for hole in period.start_holes] == [["1993-01-01", "1993-12-01"]]
    assert [[iso(day) for day in hole] for hole in period.end_holes] == [["1993-02-28", "1994-02-28"]]


def test_a_period_of_all_its_members_unknown_ends_and_neighbouring_days_have_no_holes():
    assert [(each.start_holes, each.end_holes) for each in map(Period.parse, ("{1991..1993}", "../1993", "1993/", "1993/..", "[1993-04-14,1993-04-15]"))] == [((), ())] * 5


@pytest.mark.parametrize("notation", ["[1991..1993,1996]", "[1991..1993,1992,1996]"])
def test_a_range_among_the_members_of_a_period_has_no_holes_of_its_own(notation):
    period = Period.parse(notation)
    assert [[iso(day) for day in hole] for hole in (*period.start_holes, *period.end_holes)] == [["1993-01-01", "1996-01-01"], ["1993-12-31", "1996-12-31"]]


def test_more_than_four_hundred_holes_are_not_told():
    assert len(Date.parse("XX00-02-29").holes) == 24
    assert len(Date.parse("16XX-XX-14").holes) == 0
    assert len(Date.parse("199X-XX-1X").holes) == 119


def test_holes_are_those_of_the_calendar_of_the_date():
    julian = Date.parse("1918-XX-01", "julian")
    assert julian.holes[0] == (from_iso("1918-01-14"), from_iso("1918-02-14"))
    assert dt.date.fromordinal(julian.holes[0][0]) == dt.date(1918, 1, 14)
