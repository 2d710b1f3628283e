"""How columns write dates: what each notation reads, what it refuses, and GEDCOM's as the standards' examples have them."""

import datetime as dt

import pytest

from rehabfacts.calendars import iso
from rehabfacts.dates import Date
from rehabfacts.errors import InvalidDate
from rehabfacts.loading.records.date_notations import notation_named
from rehabfacts.periods import Period

READ = {
    "day.month.year": {"14.04.1993": "1993-04-14", "4.4.1993": "1993-04-04", "04.1993": "1993-04", "1993": "1993"},
    "month/day/year": {"4/14/1993": "1993-04-14", "04/1993": "1993-04", "1993": "1993"},
    "year-month-day": {"1993-4-1": "1993-04-01", "1993-04": "1993-04", "1993": "1993"},
    "year. month. day": {"1993. 4. 14": "1993-04-14", "1993. 4": "1993-04", "1993": "1993"},
    "yearmonthday": {"19930414": "1993-04-14"},
    "day month year": {"14 4 1993": "1993-04-14"},
    "timestamp": {"1993-04-14T23:59:59.999Z": "1993-04-14", "1993-04-14 09:30": "1993-04-14", "1993-04-14T00:00:00+0200": "1993-04-14"},
    "edtf": {"199X": "199X", "anything": "anything"},
}
REFUSED = {
    "day.month.year": ["1993-04-14", "14.04.93", "14/04/1993", "14.04.1993 ", "1904.1993", "", "infinity", "١٤.٠٤.١٩٩٣", "14.04.19930"],
    "yearmonthday": ["1993414", "199304", "1993"],
    "timestamp": ["1993-04-14", "14.04.1993 09:30", "1993-04-14T9:30"],
}


@pytest.mark.parametrize(("name", "text", "edtf"), [(name, text, edtf) for name, texts in READ.items() for text, edtf in texts.items()])
def test_a_notation_reads(name, text, edtf):
    assert notation_named(name)(text) == (edtf, "")


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in REFUSED.items() for text in texts])
def test_a_notation_refuses(name, text):
    with pytest.raises(InvalidDate) as caught:
        notation_named(name)(text)
    assert (caught.value.notation, caught.value.code) == (text, "E-DATE-FORM")


@pytest.mark.parametrize("name", ["", "day", "day.month", "day.month.year.", "day.day.year", "dayXmonth.year", "d.m.y", "day.month.year.day"])
def test_what_is_no_notation_is_none(name):
    assert notation_named(name) is None


def test_every_day_of_a_year_is_read_in_every_order():
    orders = {"day.month.year": "{0.day}.{0.month}.{0.year}", "month/day/year": "{0:%m/%d/%Y}", "year month day": "{0.year} {0.month} {0.day}", "yearmonthday": "{0:%Y%m%d}"}
    for day in (dt.date(2004, 1, 1) + dt.timedelta(number) for number in range(366)):
        assert {notation_named(name)(form.format(day))[0] for name, form in orders.items()} == {day.isoformat()}


GEDCOM = {
    "1890": ("1890", ""),
    "MAR 1890": ("1890-03", ""),
    "12 MAR 1890": ("1890-03-12", ""),
    "12 Mar 1890": ("1890-03-12", ""),
    "@#DGREGORIAN@ 12 MAR 1890": ("1890-03-12", ""),
    "@#DJULIAN@ 25 OCT 1917": ("1917-10-25", "julian"),
    "JULIAN 25 OCT 1917": ("1917-10-25", "julian"),
    "@#DJULIAN@ 5 FEB 1701/02": ("1702-02-05", "julian"),
    "1699/00": ("1700", ""),
    "44 BC": ("-0043", ""),
    "15 MAR 44 B.C.": ("-0043-03-15", ""),
    "1 BCE": ("0000", ""),
    "87": ("0087", ""),
    "ABT 1890": ("1890~", ""),
    "CAL MAR 1890": ("1890-03~", ""),
    "EST 12 MAR 1890": ("1890-03-12~", ""),
    "BEF 1890": ("[..1889]", ""),
    "BEF MAR 1892": ("[..1892-02-29]", ""),
    "BEF 1 JAN 1890": ("[..1889-12-31]", ""),
    "AFT 1890": ("[1891..]", ""),
    "AFT FEB 1892": ("[1892-03-01..]", ""),
    "AFT @#DJULIAN@ 29 FEB 1700": ("[1700-03-01..]", "julian"),
    "BET 1890 AND 1895": ("[1890..1895]", ""),
    "BET 1890 AND MAR 1895": ("[1890-01-01..1895-03-31]", ""),
    "INT 1890 (about the harvest)": ("1890", ""),
    "FROM 1890 TO MAR 1895": ("1890/1895-03", ""),
    "FROM 1890": ("1890/", ""),
    "TO 1895": ("/1895", ""),
}


@pytest.mark.parametrize("text", GEDCOM)
def test_a_date_of_gedcom_is_read(text):
    edtf, calendar = notation_named("gedcom")(text)
    assert (edtf, calendar) == GEDCOM[text]
    (Period if "/" in edtf else Date).parse(edtf, calendar or "gregorian")


@pytest.mark.parametrize(
    "text",
    ["(in the great storm)", "12.3.1890", "1890-03-12", "12 MRZ 1890", "@#DHEBREW@ 1 TSH 5650", "@#DFRENCH R@ 12", "HEBREW 1 TSH 5650", "1890/95", "BEF 0", "BET 1890", "ABT", "",
     "BET @#DJULIAN@ 1700 AND 1701"],
)  # fmt: skip
def test_what_is_no_such_date_of_gedcom_is_refused(text):
    with pytest.raises(InvalidDate) as caught:
        notation_named("gedcom")(text)
    assert (caught.value.notation, caught.value.code) == (text, "E-DATE-FORM")


def test_before_and_after_leave_exactly_the_days_of_the_date_out():
    for text in ("1890", "FEB 1892", "MAR 1890", "29 FEB 1892", "31 DEC 1899"):
        date, before, after = (Date.parse(notation_named("gedcom")(kind + text)[0]) for kind in ("", "BEF ", "AFT "))
        assert (before.latest + 1, after.earliest - 1) == (date.earliest, date.latest), iso(date.earliest)
