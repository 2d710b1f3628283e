import pytest

from rehabfacts.calendars import iso
from rehabfacts.dates import DEFAULT_WIDTHS, Date, Width


def shown(*days):
    return tuple(None if day is None else iso(day) for day in days)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1993-04-14~", "1993-04-11", "1993-04-17"),
        ("1993-04~", "1993-03-01", "1993-05-31"),
        ("1993~", "1992-01-01", "1994-12-31"),
        ("199X~", "1985-01-01", "2004-12-31"),
        ("1993%", "1992-01-01", "1994-12-31"),
        ("1993", "1993-01-01", "1993-12-31"),
        ("1993?", "1993-01-01", "1993-12-31"),
        ("2004-06-~11", "2004-06-08", "2004-06-14"),
        ("2004-06~-11", "2004-05-11", "2004-07-11"),
        ("2004~-06-11", "2003-06-11", "2005-06-11"),
        ("2004-~06-~11", "2004-05-11", "2004-07-11"),
        ("[1991~,1993-04-14]", "1990-01-01", "1993-04-14"),
        ("[1991,1993-04-14~]", "1991-01-01", "1993-04-17"),
        ("[1991~..]", "1990-01-01", None),
        ("Y1950000S2~", "1840000-01-01", "2059999-12-31"),
    ],
)
def test_about_widens_by_the_width_of_its_precision(text, earliest, latest):
    widths = dict(DEFAULT_WIDTHS) | {"era": Width.parse("60000 years")}
    assert shown(*Date.parse(text).widened(widths)) == (earliest, latest)


def test_widths_can_be_declared():
    assert shown(*Date.parse("1993~").widened({"year": Width.parse("5 years")})) == (
        "1988-01-01",
        "1998-12-31",
    )
    assert Width.parse("2 weeks") == Width(days=14)
    with pytest.raises(ValueError, match='expected a width such as "3 days" or "1 year", got \'soon\''):
        Width.parse("soon")
