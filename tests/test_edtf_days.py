import pytest

from rehabfacts import edtf
from rehabfacts.calendars import GREGORIAN
from rehabfacts.edtf_days import bounds, hull, iter_spans, year_runs
from rehabfacts.edtf_parts import CalendarDate


@pytest.mark.parametrize(
    ("pattern", "runs"),
    [
        ("1993", [(1993, 1993)]),
        ("199X", [(1990, 1999)]),
        ("1X9X", [(1090, 1099), (1190, 1199), (1290, 1299), (1390, 1399), (1490, 1499), (1590, 1599), (1690, 1699),
                  (1790, 1799), (1890, 1899), (1990, 1999)]),
        ("-01XX", [(-199, -100)]),
        ("-000X", [(-9, -1)]),
        ("-XXXX", [(-9999, -1)]),
        ("XXXX", [(0, 9999)]),
        ("19", [(1900, 1999)]),
        ("-196", [(-1969, -1960)]),
    ],
)  # fmt: skip
def test_the_years_that_fit_rise_in_runs(pattern, runs):
    assert list(year_runs(pattern)) == runs


def test_parts_that_mean_no_day_have_no_spans_and_no_bounds():
    impossible = CalendarDate("2001", "02", "3X")
    assert list(iter_spans(impossible, GREGORIAN)) == []
    with pytest.raises(LookupError, match="2001-02-3X"):
        bounds(impossible, GREGORIAN)


def test_an_interval_is_one_span():
    assert list(iter_spans(edtf.parse("../0001-01-01"), GREGORIAN)) == [(None, 1)]


def test_a_hull_is_unbounded_where_one_member_is():
    assert hull([(1, 5), (None, 3)]) == (None, 5)
    assert hull([(1, 5), (3, None)]) == (1, None)
