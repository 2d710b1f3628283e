import pytest

from rehabfacts.date_words import describe


@pytest.mark.parametrize(
    ("text", "calendar", "earliest", "latest", "words"),
    [
        ("1993", "gregorian", "1993-01-01", "1993-12-31", "a day in 1993"),
        ("1993-04-14", "gregorian", "1993-04-14", "1993-04-14", "14 April 1993"),
        ("199X", "gregorian", "1990-01-01", "1999-12-31", "a day in some year from 1990 to 1999"),
        ("1993-XX-14", "gregorian", "1993-01-14", "1993-12-14", "day 14 of some month of 1993"),
        ("1985-XX-XX", "gregorian", "1985-01-01", "1985-12-31", "some day of some month of 1985"),
        ("156X-12-25", "gregorian", "1560-12-25", "1569-12-25", "25 December of some year from 1560 to 1569"),
        ("1X31-1X-3X", "gregorian", "1031-10-30", "1931-12-31",
         "day 30 or 31 of October, November or December of some year that fits 1X31"),
        ("1984-1X", "gregorian", "1984-10-01", "1984-12-31", "a day in October, November or December 1984"),
        ("1993-21", "gregorian", "1993-03-01", "1993-05-31", "a day in spring 1993 (March to May)"),
        ("1993-24", "gregorian", "1993-01-01", "1994-02-28",
         "a day in winter 1993 (January to February, or December to February)"),
        ("1993-34", "gregorian", "1993-04-01", "1993-06-30", "a day in the second quarter of 1993 (April to June)"),
        ("1993?", "gregorian", "1993-01-01", "1993-12-31", "a day in 1993 (uncertain)"),
        ("1993%", "gregorian", "1993-01-01", "1993-12-31", "a day in about 1993 (uncertain)"),
        ("2004-06~-11", "gregorian", "2004-06-11", "2004-06-11", "11 June 2004 (year approximate, month approximate)"),
        ("0000", "gregorian", "0000-01-01", "0000-12-31", "a day in the year 0000 (1 BCE)"),
        ("-0044-03-15", "gregorian", "-0044-03-15", "-0044-03-15", "15 March of the year -0044 (45 BCE)"),
        ("Y-17E7", "gregorian", "-170000000-01-01", "-170000000-12-31", "a day in the year -170000000 (170000001 BCE)"),
        ("1950S2", "gregorian", "1900-01-01", "1999-12-31", "a day in some year from 1900 to 1999, estimated 1950"),
        ("[1667,1668,1670..1672]", "gregorian", "1667-01-01", "1672-12-31", "one day of 1667, 1668 or 1670 to 1672"),
        ("[..1760-12-03]", "gregorian", "-inf", "1760-12-03", "3 December 1760 or earlier"),
        ("[1760-12..]", "gregorian", "1760-12-01", "inf", "one day of December 1760 or later"),
        ("{1960,1961-12}", "gregorian", "1960-01-01", "1961-12-31", "all of 1960 and December 1961"),
        ("{..1984}", "gregorian", "-inf", "1984-12-31", "all of 1984 and earlier"),
        ("1964/2008", "gregorian", "1964-01-01", "2008-12-31", "from a day in 1964 to a day in 2008"),
        ("../1985", "gregorian", "-inf", "1985-12-31", "start open, to a day in 1985"),
        ("1985/", "gregorian", "1985-01-01", "unknown", "from a day in 1985, end unknown"),
        ("1917-10", "julian", "1917-10-14", "1917-11-13",
         "a day in October 1917 in the Julian calendar (Gregorian 1917-10-14 to 1917-11-13)"),
    ],
)  # fmt: skip
def test_what_a_notation_means_is_said_in_words(text, calendar, earliest, latest, words):
    said = describe(text, calendar)
    assert (said.is_valid, said.notation, said.earliest, said.latest, said.words) == (
        True,
        text,
        earliest,
        latest,
        words,
    )


def test_what_is_no_edtf_is_described_by_its_error():
    said = describe("14.04.1993")
    assert (said.is_valid, said.words, said.error) == (
        False,
        "",
        "expected an EDTF date, got '14.04.1993' (write 1993-04-14)",
    )
