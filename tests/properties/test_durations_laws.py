"""Durations of the rule language as laws: what a shift by days, weeks, months and years comes to, on either side, against a calendar of its own."""

import attrs
from hypothesis import given
from hypothesis import strategies as st
from strategies import iso_day, month_later, places

from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date
from rehabfacts.engines.memory import ground
from rehabfacts.network.inequalities import forced_high, forced_low
from rehabfacts.rules.rules import Mode, Rule
from rehabfacts.schema import Fact, Schema


@attrs.frozen(kw_only=True)
class Event(Fact):
    date: Date | None = None


SCHEMA = Schema.of([Event])
UNITS = {"day": (0, 1), "week": (0, 7), "month": (1, 0), "year": (12, 0)}
STEPS = st.lists(st.tuples(st.sampled_from(["+", "-"]), st.integers(0, 30), st.sampled_from([*UNITS]), st.booleans()), min_size=1, max_size=3)


def written(steps):
    return " ".join(f"{sign} {number} {unit}{'s' if many else ''}" for sign, number, unit, many in steps)


def meant(steps):
    """Months and days of a duration."""
    signed = [((1 if sign == "+" else -1) * number, unit) for sign, number, unit, _ in steps]
    return tuple(sum(number * UNITS[unit][at] for number, unit in signed) for at in (0, 1))


def moved(day, steps):
    months, days = meant(steps)
    return month_later(day, months) + days


def row_of(formula):
    """The one inequality that a formula over a and b comes to, and whether its low end is a."""
    facts = [Event(id="f0", date=Date.parse("1993")), Event(id="f1", date=Date.parse("1993"))]
    rule = Rule.of("r", Mode.REQUIRE, formula, scans={"a": "Event", "b": "Event"}, schema=SCHEMA, where="a < b")
    grounding = ground(Dataset.of(SCHEMA, [], facts), [rule])
    (((number,),),) = (instance.clause for instance in grounding.instances)
    row = grounding.rows[number]
    return row, row[0] == grounding.index["f0", "date"]


def demands(formula, a, b):
    row, a_is_low = row_of(formula)
    low, high = (a, b) if a_is_low else (b, a)
    assert (forced_low(row, low) <= high) is (low <= forced_high(row, high))
    return forced_low(row, low) <= high


DAYS = st.builds(lambda place, more: place + more, places, st.integers(-2, 40))


@given(DAYS, st.integers(-3, 3), STEPS)
def test_a_date_moved_is_compared_as_the_calendar_moves_it(a, off, steps):
    b = moved(a, steps) + off
    assert demands(f"a.date {written(steps)} <= b.date", a, b) is (off >= 0)
    assert demands(f"a.date {written(steps)} < b.date", a, b) is (off > 0)
    assert demands(f"b.date >= a.date {written(steps)}", a, b) is (off >= 0)
    assert demands(f"a.date {written(steps)} >= b.date", a, b) is (off <= 0)
    assert demands(f"not a.date {written(steps)} <= b.date", a, b) is (off < 0)


@given(DAYS, DAYS, STEPS)
def test_a_shift_on_either_side_is_monotone(a, other, steps):
    row, _ = row_of(f"a.date {written(steps)} <= b.date")
    low, high = sorted((a, other))
    assert forced_low(row, low) <= forced_low(row, high)
    assert forced_high(row, low) <= forced_high(row, high)


@given(DAYS, STEPS)
def test_what_is_forced_is_the_least_and_the_greatest_that_trying_every_day_finds(a, steps):
    months, days = meant(steps)
    row, _ = row_of(f"a.date {written(steps)} <= b.date")
    assert forced_low(row, a) == moved(a, steps)
    near = range(a - months * 31 - days - 40, a - months * 28 - days + 80) if months >= 0 else range(a - months * 28 - days - 40, a - months * 31 - days + 80)
    assert forced_high(row, a) == max(day for day in near if moved(day, steps) <= a)


def test_weeks_are_seven_days_and_years_are_twelve_months():
    def shift(text):
        row, _ = row_of(f"a.date {text} <= b.date")
        return [*row[2:]]

    assert shift("+ 3 weeks") == shift("+ 21 days") == [21, 0, False]
    assert shift("- 2 years") == shift("- 24 months") == [0, -24, False]
    assert shift("+ 1 year - 1 week + 1 month - 2 days") == shift("+ 13 months - 9 days")
    assert shift("+ 2 * 3 months") == shift("+ 6 months")


def test_an_age_is_reached_on_the_birthday_and_on_the_last_of_february_by_one_born_on_the_29th():
    born = Date.parse("1992-02-29").earliest
    for day, is_of_age in (("2010-02-27", False), ("2010-02-28", True), ("2010-03-01", True)):
        assert demands("a.date + 18 years <= b.date", born, Date.parse(day).earliest) is is_of_age
    assert iso_day(month_later(born, 18 * 12)) == "2010-02-28"
