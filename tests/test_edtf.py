from pathlib import Path

import pytest

from rehabfacts import edtf
from rehabfacts.date_words import describe
from rehabfacts.edtf_parts import CalendarDate, DateSet, End, Interval, PointRange, ScaledYear
from rehabfacts.errors import InvalidDate

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "edtf_cases.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
]

# Where we give another verdict than the suites, and why.
SOME_DAY_OF_THE_END = (
    "EDTF level 0, Time Interval, examples 4 to 6: an end of lower precision is some day of that year "
    "or month. It can be after the start, so the interval is possible."
)
DIFFERENCES = {
    "0000-02/0000": SOME_DAY_OF_THE_END,
    "2004-06-11%/2004-%06": SOME_DAY_OF_THE_END,
    "2004-06-11%/2004-06~": SOME_DAY_OF_THE_END,
    "Y-61000/-2000": (
        "EDTF level 1, Letter-prefixed calendar year: with Y the string is a date, a year. Level 0, "
        "Time Interval: both ends are dates. Nothing keeps such a year out of an interval."
    ),
}


def has_time_of_day(text):
    return ":" in text or "T12" in text


def read(text):
    try:
        return edtf.parse(text)
    except InvalidDate as problem:
        return problem


@pytest.mark.parametrize(
    "case", [case for case in CASES if not has_time_of_day(case[0])], ids=lambda case: case[0]
)
def test_the_suites_of_eleven_projects_agree(case):
    text, verdict, earliest, latest, _ = case
    said = describe(text)
    expected = verdict if text not in DIFFERENCES else {"valid": "invalid", "invalid": "valid"}[verdict]
    assert expected == ("valid" if said.is_valid else "invalid")
    if earliest:
        assert (earliest, latest) == (said.earliest, said.latest)


@pytest.mark.parametrize("text", [case[0] for case in CASES if has_time_of_day(case[0])])
def test_a_time_of_day_is_a_clear_error(text):
    problem = read(text)
    assert (problem.code, problem.cause) == ("E-DATE-PRECISION", "times of day are not supported")


@pytest.mark.parametrize(
    "text", [case[0] for case in CASES if case[1] == "valid" and not has_time_of_day(case[0])]
)
def test_printing_and_reading_come_back_to_the_same_parts(text):
    assert edtf.parse(str(edtf.parse(text))) == edtf.parse(text)


SPECIFICATION = [  # every example of the specification at loc.gov that has no time of day
    "1985-04-12", "1985-04", "1985", "1964/2008", "2004-06/2006-08", "2004-02-01/2005-02-08", "2004-02-01/2005-02",
    "2004-02-01/2005", "2005/2006-02", "Y170000002", "Y-170000002", "2001-21", "1984?", "2004-06~", "2004-06-11%", "201X",
    "20XX", "2004-XX", "1985-04-XX", "1985-XX-XX", "1985-04-12/..", "1985-04/..", "1985/..", "../1985-04-12", "../1985-04",
    "../1985", "1985-04-12/", "1985-04/", "1985/", "/1985-04-12", "/1985-04", "/1985", "-1985", "Y-17E7", "1950S2",
    "Y171010000S3", "Y3388E2S3", "2001-34", "[1667,1668,1670..1672]", "[..1760-12-03]", "[1760-12..]",
    "[1760-01,1760-02,1760-12..]", "[1667,1760-12]", "[..1984]", "{1667,1668,1670..1672}", "{1960,1961-12}", "{..1984}",
    "2004-06~-11", "2004?-06-11", "2004-%06-11", "156X-12-25", "15XX-12-25", "XXXX-12-XX", "1XXX-XX", "1XXX-12", "1984-1X",
    "2004-06-XX/2004-07-03", "2004-06-~01/2004-06-~20",
]  # fmt: skip


@pytest.mark.parametrize("text", SPECIFICATION)
def test_every_example_of_the_specification_is_its_own_canonical_notation(text):
    assert str(edtf.parse(text)) == text


def test_parts_of_a_date_carry_their_marks():
    assert edtf.parse("?2004-06-~11") == CalendarDate("2004", "06", "11", ("?", "", "~"))
    assert edtf.parse("2004-06~-11") == CalendarDate("2004", "06", "11", ("~", "~", ""))
    assert edtf.parse("2004-06-11%") == CalendarDate("2004", "06", "11", ("%", "%", "%"))


def test_parts_of_a_scaled_year_keep_how_it_was_written():
    assert edtf.parse("Y-17E7") == ScaledYear("Y-17E7", -170_000_000)
    assert edtf.parse("1950S2~") == ScaledYear("1950", 1950, 2, "~")


def test_parts_of_intervals_keep_unknown_and_open_ends_apart():
    assert edtf.parse("/..") == Interval(End.UNKNOWN, End.OPEN)
    assert edtf.parse("1985/") != edtf.parse("1985/..")


def test_parts_of_sets_keep_ranges():
    year = CalendarDate
    assert edtf.parse("[..1667,1670..1672,1680..]") == DateSet(
        (
            PointRange(None, year("1667")),
            PointRange(year("1670"), year("1672")),
            PointRange(year("1680"), None),
        ),
        is_all=False,
    )
    assert edtf.parse("{1667}") == DateSet((year("1667"),), is_all=True)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("?2004", "2004?"),
        ("~-0100/~2020", "-0100~/2020~"),
        ("?2004-?06-?11", "2004-06-11?"),
        ("2004?-06-11~", "2004%-~06-~11"),
        ("?2004~", "2004%"),
        ("2004-~06-11", "2004-~06-11"),
        ("?2004-?06-~11", "2004-06?-~11"),
        ("[1667,1668, 1670..1672]", "[1667,1668,1670..1672]"),
    ],
)
def test_equal_qualifications_have_one_canonical_notation(written, canonical):
    assert str(edtf.parse(written)) == canonical


@pytest.mark.parametrize("text", ["-XXXX", "XX93", "1X3X-1X-3X", "-000X", "2001-X2-29", "XXXX-02-29", "0000-02-29", "-0004-02-29",
                                  "2001-XX-31", "156X-09-30", "/", "../..", "../", "2001-21/2001-23", "[1984-21..1984-24]",
                                  "2001-%23", "2011-23~", "2004-06-3X", "[2020-01-01,1999,2001-33]", "Y17E7~", "~Y17E7", "-1950S2"])  # fmt: skip
def test_the_whole_grammar_combines(text):
    assert not isinstance(read(text), InvalidDate)


@pytest.mark.parametrize(
    "text",
    ["2001-2X", "2001-4X-01", "2001-3X", "2001-00", "2001-0X-32", "2001-21-15", "2001-02-3X", "2001-04-31", "XXXX-02-30", "2001-XX-32",
     "-XXXX-00", "19X", "1X", "X", "19/20", "[19,20]", "199/200", "[]", "{}", "[..]", "[,1984]", "[1984,]", "[1984..1982]",
     "[1984..1985-02]", "[1984-21..1984-05]", "[1984,..1990]", "[1984..,1990]", "[[1984]]", "[1984/1985]", "{1984]", "[1984", "1984]",
     "1984??", "1984?~", "1984-?", "-~0100", "19?84", "Y1984", "Y012345", "Y-0E5", "YE5", "Y1E0", "Y17E-7", "1950S", "1950S0", "195XS2",
     "1950S2-05", "y17e7", "199x", "1985-04-12/1985-04-11", "1985//1986", "1985/...", "1985/.", "...", "..", "1985-", "1985-04-", "--1985",
     "+1985", "1985-4", "85-04-12", "1985-102", "1985-W15", "19850412", "(1985)~", "unknown/2006", "2006/open", "1985 ", "\n1985",
     "1985\n", "1985\x00", "１９８５", "1985—04", "Y1E9999999999999999999"],
)  # fmt: skip
def test_what_is_no_edtf_is_refused(text):
    assert isinstance(read(text), InvalidDate)


MESSAGES = {
    "2001-02-29": "E-DATE:9: February 2001 has 28 days, got '2001-02-29'",
    "1993-02-30": "E-DATE:9: February 1993 has 28 days, got '1993-02-30'",
    "1985-04-12/1985-04-31": "E-DATE:20: April 1985 has 30 days, got '1985-04-12/1985-04-31'",
    "156X-09-31": "E-DATE:9: September has 30 days, got '156X-09-31'",
    "19X1-02-29": "E-DATE:9: February has 28 days in every year that fits 19X1, got '19X1-02-29'",
    "1993-02-3X": "E-DATE:9: no day fits 1993-02-3X, got '1993-02-3X'",
    "1900-02-29": "E-DATE:9: February 1900 has 28 days, got '1900-02-29' (the Julian calendar has this day: say calendar: julian)",
    "1712-02-30": "E-DATE:9: February 1712 has 29 days, got '1712-02-30' (only Sweden had this day, which was 1712-03-11)",
    "30.02.1993": "E-DATE:1: February 1993 has 28 days, got '30.02.1993'",
    "1984-13": "E-DATE:6: there is no month 13, months are 01 to 12 and seasons 21 to 41, got '1984-13'",
    "2001-13-01": "E-DATE:6: there is no month 13, months are 01 to 12 and seasons 21 to 41, got '2001-13-01' (write 2001-01-13)",
    "1984-00-00": "E-DATE:6: there is no month 00, months are 01 to 12 and seasons 21 to 41, got '1984-00-00' (write 1984)",
    "1984-05-00": "E-DATE:9: there is no day 00 in any month, got '1984-05-00' (write 1984-05)",
    "-0000": "E-DATE:1: there is no year -0000, got '-0000' (0000 is the year before 0001)",
    "1993/1991": "E-DATE:1: expected the end of the interval not to come before its start, got '1993/1991'"
                 " (write 1991/1993 if they are swapped)",
    "[1993..1991]": "E-DATE:8: expected the end of the range not to come before its start, got '[1993..1991]'",
    "2023-366": "E-DATE:1: 2023 has 365 days, got '2023-366'",
    "2023-W53-1": "E-DATE:1: 2023 has 52 weeks, got '2023-W53-1'",
    "1993-95": "E-DATE:6: there is no month 95, months are 01 to 12 and seasons 21 to 41, got '1993-95' (write 1993/1995)",
    "14.04.1993": "E-DATE-FORM:1: expected an EDTF date, got '14.04.1993' (write 1993-04-14)",
    "1993-4-14": "E-DATE-FORM:6: expected an EDTF date, got '1993-4-14' (write 1993-04-14)",
    "1993–95": "E-DATE-FORM:5: expected an EDTF date, got '1993–95' (write 1993/1995)",
    "2001–02–03": "E-DATE-FORM:5: expected an EDTF date, got '2001–02–03' (write 2001-02-03)",
    "01/02/2001": "E-DATE-FORM:1: expected an EDTF date, got '01/02/2001' (write 2001-02-01 or 2001-01-02)",
    "1.2.2001": "E-DATE-FORM:1: expected an EDTF date, got '1.2.2001' (write 2001-02-01)",
    "1907/08": "E-DATE-FORM:6: expected an EDTF date, got '1907/08' (write 1907/1908 or 1907-08)",
    "19930414": "E-DATE-FORM:1: expected an EDTF date, got '19930414' (write 1993-04-14)",
    "2023-W10": "E-DATE-FORM:6: expected an EDTF date, got '2023-W10' (write [2023-03-06..2023-03-12])",
    "2024-366": "E-DATE-FORM:6: expected an EDTF date, got '2024-366' (write 2024-12-31)",
    "c. 1918": "E-DATE-FORM:1: expected an EDTF date, got 'c. 1918' (write 1918~)",
    "circa 14.04.1993": "E-DATE-FORM:1: expected an EDTF date, got 'circa 14.04.1993' (write 1993-04-14~)",
    "близько 1932": "E-DATE-FORM:1: expected an EDTF date, got 'близько 1932' (write 1932~)",
    "1910s": "E-DATE-FORM:5: expected an EDTF date, got '1910s' (write 191X)",
    "1900s": "E-DATE-FORM:5: expected an EDTF date, got '1900s' (write 190X or 19XX)",
    "1930-ті роки": "E-DATE-FORM:6: expected an EDTF date, got '1930-ті роки' (write 193X)",
    "1930-х": "E-DATE-FORM:6: expected an EDTF date, got '1930-х' (write 193X)",
    "20th century": "E-DATE-FORM:1: expected an EDTF date, got '20th century' (write 19XX)",
    "XX століття": "E-DATE-FORM:1: expected an EDTF date, got 'XX століття' (write 19XX)",
    "0000-00-00": "E-DATE-FORM:1: expected an EDTF date, got '0000-00-00' (leave the field out where no date is known)",
    "": "E-DATE-FORM:1: expected an EDTF date, got '' (leave the field out where no date is known)",
    "infinity": "E-DATE-FORM:1: expected an EDTF date, got 'infinity' (an open end is written as in 1993/.. or [1993..])",
    "99-01-01": "E-DATE-FORM:1: expected a year of four digits, got '99-01-01' (write the century too, as in 1999-01-01)",
    "44 BC": "E-DATE-FORM:1: expected an EDTF date, got '44 BC' (write -0043)",
    "14 квітня 1993 року": "E-DATE-FORM:1: expected an EDTF date, got '14 квітня 1993 року' (write 1993-04-14)",
    "29 апреля 2009 года": "E-DATE-FORM:1: expected an EDTF date, got '29 апреля 2009 года' (write 2009-04-29)",
    "April 14, 1993": "E-DATE-FORM:1: expected an EDTF date, got 'April 14, 1993' (write 1993-04-14)",
    "Wed, 14 Apr 1993": "E-DATE-FORM:1: expected an EDTF date, got 'Wed, 14 Apr 1993' (write 1993-04-14)",
    "1/14 лютого 1918": "E-DATE-FORM:1: expected an EDTF date, got '1/14 лютого 1918' (write 1918-02-14)",
    "25 October (7 November) 1917": "E-DATE-FORM:1: expected an EDTF date, got '25 October (7 November) 1917' (write 1917-11-07)",
    "1918-01-23 (1918-02-05)": "E-DATE-FORM:11: expected an EDTF date, got '1918-01-23 (1918-02-05)' (write 1918-02-05)",
    "before 1918": "E-DATE-FORM:1: expected an EDTF date, got 'before 1918' (write [..1917])",
    "після 1880": "E-DATE-FORM:1: expected an EDTF date, got 'після 1880' (write [1881..])",
    "1991 or 1993": "E-DATE-FORM:5: expected an EDTF date, got '1991 or 1993' (write [1991,1993])",
    "from 1991 to 1993": "E-DATE-FORM:1: expected an EDTF date, got 'from 1991 to 1993' (write 1991/1993)",
    "..1984": "E-DATE-FORM:1: expected an EDTF date, got '..1984' (write [..1984])",
    "1993-04-14/1993-4-20": "E-DATE-FORM:17: expected an EDTF date, got '1993-04-14/1993-4-20' (write 1993-04-14/1993-04-20)",
    "(2004)?-06-04~": "E-DATE-FORM:1: expected an EDTF date, got '(2004)?-06-04~' (write 2004?-06-04~)",
    "199u": "E-DATE-FORM:1: expected an EDTF date, got '199u' (write 199X)",
    "2004?~": "E-DATE-FORM:6: expected an EDTF date, got '2004?~' (write 2004%)",
    "unknown/2006": "E-DATE-FORM:1: expected an EDTF date, got 'unknown/2006' (write /2006)",
    " 2020": "E-DATE-FORM:1: expected an EDTF date, got ' 2020' (write 2020)",
    "[1667 , 1668]": "E-DATE-FORM:6: expected an EDTF date, got '[1667 , 1668]' (write [1667,1668])",
    "Y1985": "E-DATE-FORM:1: expected an EDTF date, got 'Y1985' (write 1985)",
    "١٩١٨-٠٢-٠٥": "E-DATE-FORM:1: expected digits 0 to 9 and X, character 1 is U+0661 ARABIC-INDIC DIGIT ONE, got '١٩١٨-٠٢-٠٥'"
                  " (write 1918-02-05)",
    "199Х": "E-DATE-FORM:4: expected digits 0 to 9 and X, character 4 is U+0425 CYRILLIC CAPITAL LETTER HA, got '199Х' (write 199X)",
    "not a date": "E-DATE-FORM:1: expected a year of four digits, got 'not a date'",
    "12345": "E-DATE-RANGE:1: expected a year from -9999 to 9999, got '12345' (a later or earlier year stands alone, with Y: Y12345)",
    "+10000-01-01": "E-DATE-RANGE:1: expected a year from -9999 to 9999, got '+10000-01-01'"
                    " (a later or earlier year stands alone, with Y: Y10000)",
    "Y1E100": "E-DATE-RANGE:1: years of more than 60 digits are not supported, got 'Y1E100'",
    "1985-04-12T23:20:30Z": "E-DATE-PRECISION:11: times of day are not supported, got '1985-04-12T23:20:30Z' (write 1985-04-12)",
    "2011-12-30 Pacific/Apia": "E-DATE-PRECISION:11: a day has no time zone, got '2011-12-30 Pacific/Apia' (write 2011-12-30)",
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), MESSAGES.items())
def test_a_near_miss_is_told_what_was_probably_meant(text, message):
    problem = read(text)
    assert f"{problem.code}:{problem.column}: {problem}" == message


def test_a_hint_follows_no_gap_that_dateutil_would_fill():
    assert read("June 1993 (about)").hint == ""
    assert "dateutil" not in str(read("1901 or so in winter"))


def test_a_day_that_only_the_julian_calendar_has_is_read_in_it():
    assert str(edtf.parse("1900-02-29", "julian")) == "1900-02-29"
    with pytest.raises(InvalidDate, match="February 1901 has 28 days"):
        edtf.parse("1901-02-29", "julian")


def test_a_long_text_is_refused_in_a_moment_and_shown_short():
    problem = read("1993-" + "4" * 1_000_000)
    assert len(str(problem)) < 300
    assert isinstance(read("c. " * 26), InvalidDate)
