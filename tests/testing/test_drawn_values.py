"""Dates, periods and quantities that are drawn: they print and parse back, and are as various as is said."""

import re
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rehabfacts import INSTITUTIONS, Date, NoSuchThing, Period, Quantity
from rehabfacts.calendars import day_number
from rehabfacts.testing import dates, facts, periods, quantities
from rehabfacts.testing.notations import date_texts, number_texts, period_texts

UNITS = ("", "persons", "%")
MANY = settings(max_examples=1_500, database=None, derandomize=True, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
LEVEL_0 = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
DAYS = st.integers(day_number(-9990, 1, 1), day_number(9985, 12, 31))
NUMBERS = st.integers(-(10**9), 10**9)


@cache
def drawn(name):
    """Many texts of a strategy, the same in every run."""
    found = []
    strategy = {"date": dates(), "far date": dates(years=(1900, 9999)), "period": periods(), "quantity": quantities(units=UNITS)}[name]
    MANY(given(strategy)(lambda value: found.append(str(value))))()
    return found


def forms_not_drawn(name, patterns):
    return [each for each in patterns if not any(re.fullmatch(each, text) for text in drawn(name))]


@given(st.one_of(dates(), periods(), quantities(units=UNITS)))
def test_what_is_drawn_prints_and_parses_back(value):
    assert type(value).parse(str(value)) == value


@given(dates(years=(1917, 1991)), periods(years=(1917, 1991)))
def test_what_is_drawn_can_lie_within_the_years(date, period):
    first, last = day_number(1917, 1, 1), day_number(1991, 12, 31)
    assert (date.earliest is None or date.earliest <= last, date.latest is None or date.latest >= first) == (True, True)
    assert (period.start_earliest is None or period.start_earliest <= last, period.end_latest is None or period.end_latest >= first) == (True, True)


@given(dates(level=0), periods(level=0))
def test_level_0_has_plain_dates_and_intervals_of_them_only(date, period):
    assert [text for text in (str(date), *str(period).split("/")) if not LEVEL_0.fullmatch(text)] == []


@given(DAYS, st.data())
def test_a_notation_for_a_day_allows_it_and_leaves_nothing_doubtful_where_it_must_be_sure(day, data):
    date = Date.parse(data.draw(date_texts(day, is_sure=True)))
    assert (day in date, date.is_uncertain) == (True, False)


@given(DAYS, st.integers(0, 1_500), st.data())
def test_a_notation_for_two_days_allows_both(first, length, data):
    last = first + length
    period = Period.parse(data.draw(period_texts(first, last, is_sure=True)))
    ends = ((period.start_earliest, first, period.start_latest), (period.end_earliest, last, period.end_latest))
    assert [(low, day, high) for low, day, high in ends if not ((low is None or low <= day) and (high is None or day <= high))] == []
    assert [hole for holes, day in ((period.start_holes, first), (period.end_holes, last)) for hole in holes if hole[0] < day < hole[1]] == []
    assert not period.is_uncertain


@given(NUMBERS, st.sampled_from(UNITS), st.data())
def test_a_notation_for_a_number_allows_it(number, unit, data):
    quantity = Quantity.parse(data.draw(number_texts(number, (unit,))))
    assert quantity.unit == unit
    assert quantity.least is None or quantity.least <= number
    assert quantity.most is None or number <= quantity.most


def test_every_form_of_a_date_is_drawn():
    patterns = [
        r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d", r"\d{4}", r"\d{3}X", r"\d\dXX", r"\d{4}-XX", r"\d{4}-\d\d-XX", r"\d{4}-XX-XX", r"\d{4}-2[1-4]",
        r"\d{4}-(2[5-9]|3\d|4[01])", r"\d{3}", r"\d{4}S\d", r"\d{4}.*\?", r".*~", r".*%", r"\d{4}-[?~%]\d\d(-.*)?", r"X\d{3}.*", r".*-(X\d|\dX).*",
        r"\[\d[^.]*,[^.]*\]", r"\[\d.*\.\.\d.*\]", r"\[\.\.\d.*\]", r"\[\d.*\.\.\]",
    ]  # fmt: skip
    assert forms_not_drawn("date", patterns) == []


def test_every_form_of_a_period_is_drawn():
    patterns = [r"\d{4}", r"\d{4}-\d\d", r"[^/]*-\d\d-\d\d/.*-\d\d-\d\d", r"/.*", r".*/", r"\.\./.*", r".*/\.\.", r"\[\d{4},\d{4}\]", r".*X.*/.*"]
    assert forms_not_drawn("period", patterns) == []


def test_every_form_of_a_quantity_is_drawn():
    patterns = [
        r"\d+", r"\d+ persons", r"\d+,\d{3}.*", r"\d+ thousand.*", r"\d+\.\.\d+.*", r"more than .*", r"at least .*", r"less than .*",
        r"up to .*", r"about .*", r"nearly .*", r".*, rounded to \d+", r"exactly [\d.]+ %", r"\d+ %",
    ]  # fmt: skip
    assert forms_not_drawn("quantity", patterns) == []


def test_far_years_are_drawn_where_the_years_reach_there():
    assert forms_not_drawn("far date", [r"Y17E7", r"Y-17E7", r"Y\d{9}"]) == []


@given(st.sampled_from(sorted(name for name, kind in INSTITUTIONS.types.items() if kind.is_fact)), st.data())
def test_a_fact_of_every_type_is_drawn_with_what_it_needs(name, data):
    fact = data.draw(facts(INSTITUTIONS, name))
    kind = INSTITUTIONS[name]
    assert type(fact) is kind.cls
    assert [field for field, each in kind.fields.items() if each.is_required and getattr(fact, field) is None] == []
    values = [getattr(fact, each) for each, _ in kind.variables if getattr(fact, each) is not None]
    assert [value for value in values if type(value).parse(str(value)) != value] == []


@given(facts(INSTITUTIONS, "Creation", roles={"body": ["duma"], "act": ["charter"]}, ids=st.just("one"), years=(1905, 1906), level=0))
def test_a_fact_takes_the_roles_and_years_that_it_is_given(fact):
    assert (fact.id, fact.body, fact.act in {None, "charter"}) == ("one", "duma", True)
    assert fact.date is None or str(fact.date)[:4] in {"1905", "1906"}


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: dates(years=(1990, 1980)), ValueError, "expected two years of -9999 to 9999, the first not after the last, got (1990, 1980)"),
        (lambda: dates(years=(0, 10_000)), ValueError, "expected two years of -9999 to 9999, the first not after the last, got (0, 10000)"),
        (lambda: periods(level=3), ValueError, "expected a level of EDTF, 0, 1 or 2, got 3"),
        (lambda: facts(INSTITUTIONS, "Body"), ValueError, "expected a fact type, got Body"),
        (lambda: facts(INSTITUTIONS, "Creation", roles={"office": ["chair"]}), ValueError, "expected a fact type with the roles office, got Creation"),
        (lambda: facts(INSTITUTIONS, "Creatoin"), NoSuchThing, "no type Creatoin (did you mean Creation?)"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_at_once(call, error, says):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == says
