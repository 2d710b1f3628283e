import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rehabfacts import calendars
from rehabfacts.calendars import JULIAN, add_months, civil, day_number, earliest_start, latest_start

ANY_DAY = st.integers(-(2**200), 2**200) | st.integers(-4_000_000, 4_000_000)
ANY_MONTHS = st.integers(-60, 60) | st.integers(-(2**64), 2**64)
AWKWARD_DAYS = st.sampled_from([calendars.from_iso(text) for text in (
    "1992-02-29", "1993-02-28", "1993-03-01", "1900-02-28", "2000-02-29", "1993-01-31", "1993-12-31", "0000-02-29")])  # fmt: skip


@given(st.dates())
def test_days_are_numbered_as_datetime_numbers_them(day):
    assert day_number(day.year, day.month, day.day) == day.toordinal()
    assert civil(day.toordinal()) == (day.year, day.month, day.day)


@given(ANY_DAY)
def test_a_number_names_one_day_and_back(day):
    assert day_number(*civil(day)) == day
    assert calendars.julian_day_number(*calendars.julian_civil(day)) == day
    assert calendars.from_iso(calendars.iso(day)) == day


@given(ANY_DAY)
def test_the_next_day_follows_in_both_calendars(day):
    for counts in (calendars.GREGORIAN, JULIAN):
        year, month, number = counts.civil(day)
        last = number == counts.days_in_month(year, month)
        expected = (
            (year, month, number + 1)
            if not last
            else (year, month + 1, 1)
            if month < 12
            else (year + 1, 1, 1)
        )
        assert counts.civil(day + 1) == expected


@given(ANY_DAY | AWKWARD_DAYS, st.integers(0, 40), ANY_MONTHS)
def test_adding_months_never_reorders_days(day, later, months):
    assert add_months(day, months) <= add_months(day + later, months)


@given(ANY_DAY | AWKWARD_DAYS, ANY_DAY | AWKWARD_DAYS, ANY_MONTHS)
def test_the_upper_adjoint_is_one(day, start, months):
    assert (add_months(start, months) <= day) == (start <= latest_start(day, months))


@given(ANY_DAY | AWKWARD_DAYS, ANY_DAY | AWKWARD_DAYS, ANY_MONTHS)
def test_the_lower_adjoint_is_one(day, start, months):
    assert (add_months(start, months) >= day) == (start >= earliest_start(day, months))


@given(
    st.dates(dt.date(1890, 1, 1), dt.date(2010, 1, 1)).map(dt.date.toordinal),
    st.integers(-50, 50),
)
def test_both_adjoints_are_what_trying_every_day_finds(day, months):
    near = (
        range(day - months * 31 - 70, day - months * 28 + 70)
        if months >= 0
        else range(day - months * 28 - 70, day - months * 31 + 70)
    )
    assert latest_start(day, months) == max(start for start in near if add_months(start, months) <= day)
    assert earliest_start(day, months) == min(start for start in near if add_months(start, months) >= day)


@given(ANY_DAY | AWKWARD_DAYS, ANY_MONTHS)
def test_there_and_back_is_the_same_day_or_an_earlier_one_of_the_same_month(day, months):
    back = add_months(add_months(day, months), -months)
    assert back <= day
    assert civil(back)[:2] == civil(day)[:2]


@given(ANY_DAY | AWKWARD_DAYS, ANY_MONTHS, ANY_MONTHS)
def test_two_steps_of_months_lead_no_further_than_one(day, first, second):
    at_once = add_months(day, first + second)
    assert add_months(add_months(day, first), second) <= at_once
    assert civil(add_months(add_months(day, first), second))[:2] == civil(at_once)[:2]


@given(ANY_DAY | AWKWARD_DAYS, ANY_MONTHS)
def test_a_month_later_is_the_same_day_of_the_month_or_its_last(day, months):
    year, month, number = civil(day)
    later, later_month, later_number = civil(add_months(day, months))
    assert later * 12 + later_month == year * 12 + month + months
    assert later_number == min(number, calendars.days_in_month(later, later_month))


@given(ANY_DAY | AWKWARD_DAYS)
def test_no_months_are_no_move_and_400_years_are_146097_days(day):
    assert (add_months(day, 0), add_months(day, 4800), add_months(day, -4800)) == (day, day + 146_097, day - 146_097)


@given(ANY_DAY | AWKWARD_DAYS, ANY_MONTHS)
def test_the_adjoints_lie_around_and_come_back(day, months):
    assert earliest_start(day, months) - 1 <= latest_start(day, months)
    assert add_months(latest_start(day, months), months) <= day <= add_months(earliest_start(day, months), months)
