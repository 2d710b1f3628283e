import pytest

from rehabfacts import edtf
from rehabfacts.calendars import iso
from rehabfacts.dates import Date, Period
from rehabfacts.errors import InvalidDate
from rehabfacts.verdicts import Verdict

YES, NO, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.UNKNOWN


def shown(*days):
    return tuple(None if day is None else iso(day) for day in days)


@pytest.mark.parametrize(
    ("text", "start", "end", "kinds", "is_whole"),
    [
        ("2022", ("2022-01-01", "2022-01-01"), ("2022-12-31", "2022-12-31"), ("date", "date"), True),
        ("199X", ("1990-01-01", "1999-01-01"), ("1990-12-31", "1999-12-31"), ("date", "date"), True),
        ("[1991,1993]", ("1991-01-01", "1993-01-01"), ("1991-12-31", "1993-12-31"), ("date", "date"), True),
        ("1993/2006", ("1993-01-01", "1993-12-31"), ("2006-01-01", "2006-12-31"), ("date", "date"), False),
        ("192X/195X", ("1920-01-01", "1929-12-31"), ("1950-01-01", "1959-12-31"), ("date", "date"), False),
        ("1993/1993", ("1993-01-01", "1993-12-31"), ("1993-01-01", "1993-12-31"), ("date", "date"), False),
        ("1993-07-19/2006-01-09", ("1993-07-19",) * 2, ("2006-01-09",) * 2, ("date", "date"), False),
        ("1993/", ("1993-01-01", "1993-12-31"), (None, None), ("date", "unknown"), False),
        ("1993/..", ("1993-01-01", "1993-12-31"), (None, None), ("date", "open"), False),
        ("../1993", (None, None), ("1993-01-01", "1993-12-31"), ("open", "date"), False),
        ("/1993", (None, None), ("1993-01-01", "1993-12-31"), ("unknown", "date"), False),
        ("1993-04-14", ("1993-04-14",) * 2, ("1993-04-14",) * 2, ("date", "date"), True),
        ("1993-XX", ("1993-01-01", "1993-12-01"), ("1993-01-31", "1993-12-31"), ("date", "date"), True),
        ("1993-24", ("1993-01-01", "1993-12-01"), ("1993-02-28", "1994-02-28"), ("date", "date"), True),
        ("1950S2", ("1900-01-01", "1999-01-01"), ("1900-12-31", "1999-12-31"), ("date", "date"), True),
        ("[..1984]", (None, "1984-01-01"), (None, "1984-12-31"), ("open", "date"), True),
        ("{1991..1993}", ("1991-01-01",) * 2, ("1993-12-31",) * 2, ("date", "date"), True),
        ("{..1984}", (None, None), ("1984-12-31",) * 2, ("open", "date"), True),
    ],
)  # fmt: skip
def test_a_period_has_the_bounds_of_its_ends(text, start, end, kinds, is_whole):
    period = Period.parse(text)
    assert shown(period.start_earliest, period.start_latest) == start
    assert shown(period.end_earliest, period.end_latest) == end
    assert ((period.start_kind, period.end_kind), period.is_whole) == (kinds, is_whole)


@pytest.mark.parametrize("text", ["{1990,1992}", "{199X}", "{1993-XX-14}"])
def test_a_period_has_no_gaps(text):
    with pytest.raises(InvalidDate) as caught:
        Period.parse(text)
    assert (
        str(caught.value)
        == f"expected a period without gaps, got {text!r} (write one fact for each of its parts)"
    )


def test_a_bare_year_or_month_claims_all_its_days_and_says_so():
    warnings = {text: [str(problem) for problem in Period.parse(text).warnings] for text in
                ("1993", "1993-04?", "1993/1993", "1993-04-14", "[1991,1993]")}  # fmt: skip
    assert warnings == {
        "1993": ["W-PERIOD 1993 claims every day of that year (1993/1993 claims some days of it)"],
        "1993-04?": ["W-PERIOD 1993-04? claims every day of that month (1993-04?/1993-04? claims some days of it)"],
        "1993/1993": [], "1993-04-14": [], "[1991,1993]": [],
    }  # fmt: skip


def test_about_widens_both_ends_of_a_period():
    start, end = Period.parse("1993~/2006-01-09").widened()
    assert (shown(*start), shown(*end)) == (("1992-01-01", "1994-12-31"), ("2006-01-09", "2006-01-09"))
    start, end = Period.parse("1993~").widened()
    assert (shown(*start), shown(*end)) == (("1992-01-01", "1994-01-01"), ("1992-12-31", "1994-12-31"))
    start, end = Period.parse("../1993").widened()
    assert (shown(*start), shown(*end)) == ((None, None), ("1993-01-01", "1993-12-31"))


@pytest.mark.parametrize(
    ("period", "date", "verdict"),
    [
        ("1993/2006", "2000", YES),
        ("1993/2006", "1992", NO),
        ("1993/2006", "1993-04-14", UNKNOWN),
        ("1993/2006", "2007", NO),
        ("1993", "1993-04-14", YES),
        ("1993/..", "2021", UNKNOWN),
        ("1993/", "1992", NO),
        ("/1993", "1980", UNKNOWN),
        ("1993-07-19/2006-01-09", "2006-01-09", YES),
        ("1993-07-19/2006-01-09", "[..1993-07-18]", NO),
    ],
)
def test_containing_a_date_has_three_answers(period, date, verdict):
    assert Period.parse(period).contains(Date.parse(date)) is verdict


def test_a_period_in_words_is_whole_or_an_interval():
    words = {
        text: Period.parse(text).in_words()
        for text in ("2022", "[1991,1993]", "{1991..1993}", "1993/2006", "199X~")
    }
    assert words == {
        "2022": "the whole of 2022",
        "[1991,1993]": "the whole of 1991 or 1993",
        "{1991..1993}": "the whole of 1991 to 1993",
        "1993/2006": "from a day in 1993 to a day in 2006",
        "199X~": "the whole of about some year from 1990 to 1999",
    }


def test_glx_1228_two_trades_can_meet_inside_a_year():
    one, two = Period.parse("1870/1890"), Period.parse("1890/1920")
    assert one.end_earliest <= two.start_latest
    assert one.contains(Date.parse("1890-06")) is UNKNOWN


def test_popit_457_an_open_membership_has_no_bound_of_its_own():
    membership = Period.parse("1990/..")
    assert (membership.end_latest, membership.end_kind) == (None, "open")


def test_an_interval_of_plain_dates_is_what_the_grammar_makes_of_it():
    ends = ["", "..", *(f"{year}{rest}" for year in ("0000", "1582", "1918", "2004", "9999") for rest in ("", "-02", "-10", "-02-28", "-12-31"))]
    told = ("notation", "start_earliest", "start_latest", "end_earliest", "end_latest", "start_kind", "end_kind", "is_uncertain", "is_approximate", "is_whole",
            "start_holes", "end_holes", "warnings")  # fmt: skip
    texts = [f"{start}/{end}" for start in ends[2:] for end in ends]
    plain = [text for text in texts if edtf.is_valid(text) and Period.parse(text)._parts is None]
    assert len(plain) > 200
    for text in plain:
        period, grammar = Period.parse(text), Period._parsed(text, "gregorian")
        assert [getattr(period, name) for name in told] == [getattr(grammar, name) for name in told], text
        assert (period.widened(), period.in_words(), period) == (grammar.widened(), grammar.in_words(), grammar)
