import pickle
from itertools import islice

import pytest

from rehabfacts.calendars import from_iso, iso
from rehabfacts.dates import Date, Period
from rehabfacts.errors import InvalidDate
from rehabfacts.verdicts import Verdict

YES, NO, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.UNKNOWN


def shown(*days):
    return tuple(None if day is None else iso(day) for day in days)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("1993", "1993-01-01", "1993-12-31", "year"),
        ("1992-02", "1992-02-01", "1992-02-29", "month"),
        ("1993-04-14", "1993-04-14", "1993-04-14", "day"),
        ("199X", "1990-01-01", "1999-12-31", "decade"),
        ("19XX", "1900-01-01", "1999-12-31", "century"),
        ("19", "1900-01-01", "1999-12-31", "century"),
        ("196", "1960-01-01", "1969-12-31", "decade"),
        ("1XXX", "1000-01-01", "1999-12-31", "millennium"),
        ("XXXX", "0000-01-01", "9999-12-31", "era"),
        ("1993-XX-14", "1993-01-14", "1993-12-14", "day"),
        ("1993-XX-31", "1993-01-31", "1993-12-31", "day"),
        ("1985-04-XX", "1985-04-01", "1985-04-30", "month"),
        ("1985-XX-XX", "1985-01-01", "1985-12-31", "year"),
        ("15XX-02-29", "1504-02-29", "1596-02-29", "day"),
        ("-01XX", "-0199-01-01", "-0100-12-31", "century"),
        ("-000X", "-0009-01-01", "-0001-12-31", "decade"),
        ("1993-21", "1993-03-01", "1993-05-31", "season"),
        ("1993-24", "1993-01-01", "1994-02-28", "season"),
        ("1993-29", "1993-09-01", "1993-11-30", "season"),
        ("1993-34", "1993-04-01", "1993-06-30", "quarter"),
        ("1993-38", "1993-05-01", "1993-08-31", "quadrimester"),
        ("1993-41", "1993-07-01", "1993-12-31", "semester"),
        ("1950S2", "1900-01-01", "1999-12-31", "century"),
        ("Y3388E2S3", "338000-01-01", "338999-12-31", "millennium"),
        ("Y-17E7", "-170000000-01-01", "-170000000-12-31", "year"),
        ("[..1992-12-31]", None, "1992-12-31", "day"),
        ("[1760-12..]", "1760-12-01", None, "month"),
        ("[1667,1760-12]", "1667-01-01", "1760-12-31", "year"),
        ("[1991,1993]", "1991-01-01", "1993-12-31", "year"),
    ],
)
def test_a_date_has_its_bounds_and_precision(text, earliest, latest, precision):
    date = Date.parse(text)
    assert shown(date.earliest, date.latest) == (earliest, latest)
    assert date.precision == precision
    assert str(date) == text


def test_marks_anywhere_are_told():
    marks = {text: (Date.parse(text).is_uncertain, Date.parse(text).is_approximate) for text in
             ("1993", "1993?", "1993~", "1993%", "2004-~06-11", "[1991,1993?]")}  # fmt: skip
    assert marks == {"1993": (False, False), "1993?": (True, False), "1993~": (False, True), "1993%": (True, True),
                     "2004-~06-11": (False, True), "[1991,1993?]": (True, False)}  # fmt: skip


def test_the_days_of_a_set_are_exact():
    fourteenths = Date.parse("1993-XX-14")
    assert from_iso("1993-04-14") in fourteenths
    assert from_iso("1993-04-15") not in fourteenths
    assert [shown(*span) for span in islice(fourteenths.iter_spans(), 2)] == [
        ("1993-01-14",) * 2,
        ("1993-02-14",) * 2,
    ]


def test_a_plain_date_holds_the_days_between_its_bounds():
    april = Date.parse("1993-04")
    assert from_iso("1993-04-30") in april
    assert from_iso("1993-05-01") not in april
    assert [shown(*span) for span in april.iter_spans()] == [("1993-04-01", "1993-04-30")]


def test_a_season_may_reach_into_the_next_year():
    winter = Date.parse("1993-24")
    assert [shown(*span) for span in winter.iter_spans()] == [
        ("1993-01-01", "1993-02-28"),
        ("1993-12-01", "1994-02-28"),
    ]
    held = [
        text
        for text in ("1992-12-31", "1993-01-01", "1993-03-01", "1994-02-28", "1994-12-01")
        if from_iso(text) in winter
    ]
    assert held == ["1993-01-01", "1994-02-28"]
    assert [shown(*span) for span in Date.parse("199X-24").iter_spans()][-1] == ("1999-12-01", "2000-02-29")


def test_a_scaled_year_holds_the_days_of_its_years():
    date = Date.parse("1950S2")
    assert from_iso("1999-12-31") in date
    assert from_iso("2000-01-01") not in date
    assert [shown(*span) for span in date.iter_spans()] == [("1900-01-01", "1999-12-31")]


def test_the_members_of_a_set_join_where_they_touch():
    spans = [shown(*span) for span in Date.parse("[1991,1950S2,1992..1993,1993-XX-14,1995..]").iter_spans()]
    assert spans == [("1900-01-01", None)]


def test_open_sets_hold_every_day_on_their_side():
    before = Date.parse("[..1760-12-03,1762]")
    assert [shown(*span) for span in before.iter_spans()] == [
        (None, "1760-12-03"),
        ("1762-01-01", "1762-12-31"),
    ]
    assert from_iso("-5000-01-01") in before
    assert from_iso("1761-01-01") not in before


def test_the_days_of_any_year_are_one_span():
    assert [shown(*span) for span in Date.parse("XXXX").iter_spans()] == [("0000-01-01", "9999-12-31")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1993/1995", "expected one date, which has no /, got '1993/1995' (one day of them is [1993..1995])"),
        ("../1995", "expected one date, which has no /, got '../1995' (one day of them is [..1995])"),
        ("1995/..", "expected one date, which has no /, got '1995/..' (one day of them is [1995..])"),
        ("../..", "expected one date, which has no /, got '../..' (an interval belongs in a period)"),
        ("1993/", "expected one date, which has no /, got '1993/' (one day of them is [1993..])"),
        (
            "1993-04/1995",
            "expected one date, which has no /, got '1993-04/1995' (one day of them is [1993-04-01..1995-12-31])",
        ),
        ("{1991,1993}", "expected one date, got '{1991,1993}' (one of several is [1991,1993])"),
        ("1993-02-29", "February 1993 has 28 days, got '1993-02-29'"),
    ],
)
def test_a_date_field_takes_no_interval_and_no_set_of_all(text, message):
    with pytest.raises(InvalidDate) as caught:
        Date.parse(text)
    assert str(caught.value) == message


def test_dates_are_equal_by_notation_and_calendar():
    assert Date.parse("?1993") == Date.parse("1993?")
    assert hash(Date.parse("1993")) == hash(Date.parse("1993"))
    assert Date.parse("1993") != Date.parse("1993-XX-XX")
    assert Date.parse("1993") != Date.parse("1993", calendar="julian")


def test_values_survive_pickling():
    for value in (Date.parse("1993-XX-14~"), Date.parse("1993"), Period.parse("1993?/..")):
        copy = pickle.loads(pickle.dumps(value))  # noqa: S301
        assert (copy, copy.is_uncertain, str(copy)) == (value, value.is_uncertain, str(value))


def test_a_date_can_be_made_from_a_day():
    assert Date.from_day(from_iso("1993-04-14")) == Date.parse("1993-04-14")
    with pytest.raises(InvalidDate, match="expected a year from -9999 to 9999"):
        Date.from_day(from_iso("10000-01-01"))


def test_a_julian_date_is_converted_and_both_forms_are_shown():
    revolution = Date.parse("1917-10-25", calendar="julian")
    assert shown(revolution.earliest, revolution.latest) == ("1917-11-07", "1917-11-07")
    assert revolution.in_calendar("gregorian") == "1917-11-07"
    assert revolution.in_calendar("julian") == "1917-10-25"
    assert revolution.in_words() == "25 October 1917 in the Julian calendar (Gregorian 1917-11-07)"
    month = Date.parse("1917-10", calendar="julian")
    assert month.in_calendar("gregorian") == "[1917-10-14..1917-11-13]"
    assert Date.parse("1917-11-07").in_calendar("julian") == "1917-10-25"


def test_the_julian_calendar_has_its_own_leap_days():
    assert Date.parse("1900-02-29", calendar="julian").in_calendar("gregorian") == "1900-03-13"


OLD_STYLE = " (if the document is in old style, say calendar: julian)"
SOVIET = "W-CALENDAR 1918-02-05 was no day in Soviet Russia: 31 January 1918 was followed by 14 February"
UKRAINIAN = (
    "W-CALENDAR 1918-02-20 was no day in the Ukrainian People's Republic: "
    "15 February 1918 (old style) was followed by 1 March"
)
ROMAN = "W-CALENDAR 1582-10-10 was no day in Rome, Spain, Portugal and Poland: 4 October 1582 was followed by 15 October"
BRITISH = "W-CALENDAR 1752-09-05 was no day in Britain and its colonies: 2 September 1752 was followed by 14 September"


@pytest.mark.parametrize(
    ("text", "calendar", "warnings"),
    [
        ("1918-02-05", "gregorian", [SOVIET + OLD_STYLE]),
        ("1918-02-20", "gregorian", [UKRAINIAN + OLD_STYLE]),
        ("1918-02-20", "julian", [UKRAINIAN]),
        ("1918-02-10", "julian", []),
        ("1993-04-14", "gregorian", []),
        ("Y1918000", "gregorian", []),
        ("1918-02", "gregorian", []),
        ("1918-02-14", "gregorian", []),
        ("[1582-10-10?,1752-09-05]", "gregorian", [ROMAN + OLD_STYLE, BRITISH + OLD_STYLE]),
        ("93", "gregorian", ["W-DATE 93 is a whole century (93XX says so plainly, a year has four digits)"]),
        ("193", "gregorian", ["W-DATE 193 is a whole decade (193X says so plainly, a year has four digits)"]),
    ],
)
def test_odd_dates_are_warned_of(text, calendar, warnings):
    assert [str(problem) for problem in Date.parse(text, calendar).warnings] == warnings


@pytest.mark.parametrize(
    ("left", "right", "before", "not_after", "equal"),
    [
        ("1993", "1994", YES, YES, NO),
        ("1993-04-14", "1993-04-14", NO, YES, YES),
        ("1993", "1993-04-14", UNKNOWN, UNKNOWN, UNKNOWN),
        ("1994", "1993", NO, NO, NO),
        ("1993-04", "1993-04-30", UNKNOWN, YES, UNKNOWN),
        ("1993-XX-14", "1993-04-15", UNKNOWN, UNKNOWN, NO),
        ("[1991,1993]", "1992", UNKNOWN, UNKNOWN, NO),
        ("[..1992-12-31]", "1993", YES, YES, NO),
        ("[1992..]", "1993", UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_comparisons_have_three_answers(left, right, before, not_after, equal):
    one, two = Date.parse(left), Date.parse(right)
    assert (one.is_before(two), one.is_not_after(two), one.is_equal(two)) == (before, not_after, equal)
    assert two.is_equal(one) is equal


# Cases from the field (CASES.md), as far as dates alone decide them.


def test_wikidata_t168379_born_in_the_16th_century_died_in_1541():
    assert Date.parse("15XX").is_not_after(Date.parse("1541-12-07")) is UNKNOWN


@pytest.mark.parametrize(("start", "end"), [("2000", "2000-03-01"), ("2000-03-01", "2000")])
def test_openhistoricalmap_1333_a_vaguer_end_is_no_violation(start, end):
    assert Date.parse(start).is_not_after(Date.parse(end)) is UNKNOWN
    assert str(Period.parse(f"{start}/{end}")) == f"{start}/{end}"


def test_openhistoricalmap_1422_overlapping_sets_are_no_violation():
    assert Date.parse("[1888,1890]").is_not_after(Date.parse("[1889,1890]")) is UNKNOWN


def test_openhistoricalmap_674_in_or_before_the_year_of_the_start():
    assert Date.parse("1888").is_not_after(Date.parse("[..1888]")) is UNKNOWN


def test_geneweb_209_after_1651_and_before_1660_may_be_either():
    assert Date.parse("[..1659]").is_not_after(Date.parse("[1652..]")) is UNKNOWN


def test_parlparse_188_until_and_before_differ_on_a_shared_day():
    day = Date.parse("1997-05-01")
    assert (day.is_not_after(day), day.is_before(day)) == (YES, NO)
    assert Date.parse("18XX").is_before(Date.parse("18XX")) is UNKNOWN
