import datetime as dt

import pytest

from rehabfacts import calendars
from rehabfacts.calendars import JULIAN, civil, day_number, from_iso, iso
from rehabfacts.errors import NoSuchThing


def test_day_one_is_the_first_of_january_of_the_year_one():
    assert day_number(1, 1, 1) == 1
    assert civil(1) == (1, 1, 1)
    assert civil(0) == (0, 12, 31)


def test_every_hundredth_day_of_datetime_has_its_ordinal():
    for ordinal in range(1, dt.date.max.toordinal(), 97):
        day = dt.date.fromordinal(ordinal)
        assert (day.year, day.month, day.day) == civil(ordinal)
        assert ordinal == day_number(day.year, day.month, day.day)
        assert day.isoformat() == iso(ordinal)


@pytest.mark.parametrize(
    "text", ["1993-04-14", "0000-02-29", "-0044-03-15", "10000-01-01", "-170000000-12-31", "0001-01-01"]
)
def test_iso_text_comes_back_as_it_was(text):
    assert iso(from_iso(text)) == text


@pytest.mark.parametrize(
    "text", ["", "1993", "1993-04", "1993-4-14", "1993-02-29", "1993-13-01", "1993-04-00", "01993-04-14", "-0000-01-01",
             "1993-04-14T", "19930414", "١٩٩٣-٠٤-١٤", "+1993-04-14", " 1993-04-14", "a993-04-14"]
)  # fmt: skip
def test_other_texts_are_no_iso_day(text):
    with pytest.raises(ValueError, match="expected a day such as 1993-04-14"):
        from_iso(text)


def test_a_month_after_the_last_of_january_is_the_last_of_february():
    assert iso(calendars.add_months(from_iso("1993-01-31"), 1)) == "1993-02-28"
    assert iso(calendars.add_months(from_iso("1992-01-31"), 1)) == "1992-02-29"


def test_a_year_before_the_end_of_february_1993_started_on_29_february_1992():
    assert iso(calendars.add_months(from_iso("1992-02-29"), 12)) == "1993-02-28"
    assert iso(calendars.latest_start(from_iso("1993-02-28"), 12)) == "1992-02-29"


def test_nothing_in_february_reaches_the_31st_of_march_in_a_month():
    assert iso(calendars.earliest_start(from_iso("1993-03-31"), 1)) == "1993-03-01"


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ("1917-10-25", "1917-11-07"),
        ("1918-01-31", "1918-02-13"),
        ("1900-02-29", "1900-03-13"),
        ("1582-10-04", "1582-10-14"),
        ("1582-10-05", "1582-10-15"),
        ("0001-01-01", "0000-12-30"),
        ("-4712-01-01", "-4713-11-24"),
    ],
)
def test_known_old_style_days_have_their_new_style(julian, gregorian):
    parts = [int(part) for part in julian.removeprefix("-").split("-")]
    year = -parts[0] if julian.startswith("-") else parts[0]
    day = calendars.julian_day_number(year, parts[1], parts[2])
    assert iso(day) == gregorian
    assert JULIAN.iso(day) == julian


@pytest.mark.parametrize(
    ("day", "calendar", "places"),
    [
        ((1918, 2, 5), "gregorian", ["Soviet Russia"]),
        ((1918, 2, 14), "gregorian", []),
        ((1918, 2, 20), "gregorian", ["the Ukrainian People's Republic"]),
        ((1918, 2, 20), "julian", ["the Ukrainian People's Republic"]),
        ((1918, 2, 10), "julian", []),
        ((1582, 10, 10), "gregorian", ["Rome, Spain, Portugal and Poland"]),
        ((1752, 9, 5), "gregorian", ["Britain and its colonies"]),
        ((1752, 9, 14), "gregorian", []),
        ((1993, 4, 14), "gregorian", []),
    ],
)
def test_a_reform_skips_its_days_and_no_other(day, calendar, places):
    assert [reform.place for reform in calendars.skipped_by(*day, calendar)] == places


def test_the_skipped_days_are_as_many_as_the_calendars_were_apart():
    for reform in calendars.REFORMS:
        length = day_number(*reform.last) - day_number(*reform.first) + 1
        assert length == {1582: 10, 1752: 11, 1918: 13}[reform.first[0]]


def test_an_unknown_calendar_is_refused_with_the_nearest_name():
    with pytest.raises(NoSuchThing, match=r"no calendar jullian \(did you mean julian\?\)"):
        calendars.calendar_named("jullian")
