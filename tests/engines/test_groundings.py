"""What facts come to: bounds, and the holes that one-of dates and unspecified digits leave between them."""

import itertools

import pytest

from rehabfacts.calendars import from_iso, iso
from rehabfacts.checker.checking import check_dataset
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date, Period
from rehabfacts.engines.groundings import Bound
from rehabfacts.engines.memory import ground
from rehabfacts.network.inequalities import GAP
from rehabfacts.rules.rules import Mode, Rule
from rehabfacts.vocabulary import INSTITUTIONS
from rehabfacts.vocabulary.acts import Adoption
from rehabfacts.vocabulary.entities import Act, Body
from rehabfacts.vocabulary.facts import Activity


def adopted(notation, calendar="gregorian"):
    return Dataset.of(INSTITUTIONS, [Act(id="law")], [Adoption(id="f", act="law", date=Date.parse(notation, calendar))])


def active(notation):
    return Dataset.of(INSTITUTIONS, [Body(id="court")], [Activity(id="f", body="court", period=Period.parse(notation))])


def gaps(dataset, rules=()):
    """Each gap row: of which variable, between which days, and who demands it."""
    grounding = ground(dataset, rules)
    found = []
    for (low, high, last, following, shape), owner in zip(grounding.rows, grounding.owners, strict=True):
        if shape == GAP:
            assert low == high
            owned = (owner.fact, owner.field, owner.notation) if isinstance(owner, Bound) else owner
            found.append((grounding.variables[low][1], iso(last), iso(following), owned))
    return found


def test_a_one_of_date_leaves_out_what_lies_between():
    owner = ("f", "date", "[1991-11-14,1993-04-14]")
    assert gaps(adopted("[1991-11-14, 1993-04-14]")) == [("date", "1991-11-14", "1993-04-14", owner)]


def test_the_bounds_and_the_holes_of_a_value_have_one_owner():
    grounding = ground(adopted("[1991,1993,1995]"), [])
    owners = {id(owner) for owner in grounding.owners if owner is not None}
    assert (len(owners), len([owner for owner in grounding.owners if owner is not None])) == (1, 4)


def test_unspecified_digits_leave_holes():
    found = gaps(adopted("1993-XX-14"))
    assert len(found) == 11
    assert found[0][1:3] == ("1993-01-14", "1993-02-14")


@pytest.mark.parametrize("notation", ["1993", "199X", "[1991,1992]", "[1991~,1995]", "1993-XX-14~", "[..1993]", "1993?", "16XX-XX-14"])
def test_what_is_unbroken_or_approximate_or_has_over_four_hundred_holes_leaves_none(notation):
    assert gaps(adopted(notation)) == []


def test_each_end_of_a_period_has_the_holes_of_its_own():
    whole = gaps(active("[1991,1993]"))
    assert [each[:3] for each in whole] == [("period.start", "1991-01-01", "1993-01-01"), ("period.end", "1991-12-31", "1993-12-31")]
    assert [each[0] for each in gaps(active("1993-XX-14/2000"))] == ["period.start"] * 11
    assert gaps(active("[1990~,1993]")) == gaps(active("1993-XX-14~/2000")) == gaps(active("1990/1993")) == []


def test_a_literal_has_its_holes_too():
    rule = Rule.of("r", Mode.REQUIRE, "a.date <= [1991,1993]", scans={"a": "Adoption"}, schema=INSTITUTIONS)
    assert gaps(adopted("1990"), [rule]) == [("[1991,1993]", "1991-12-31", "1993-01-01", None)]
    rule = Rule.of("r", Mode.REQUIRE, "a.date within [1991,1993]", scans={"a": "Adoption"}, schema=INSTITUTIONS)
    assert [each[:3] for each in gaps(adopted("1990"), [rule])] == [
        ("[1991,1993]", "1991-01-01", "1993-01-01"), ("[1991,1993] end", "1991-12-31", "1993-12-31"),
    ]  # fmt: skip


def outcome(dataset, formula, kind="Adoption"):
    rule = Rule.of("r", Mode.REQUIRE, formula, scans={"a": kind}, schema=INSTITUTIONS)
    report = check_dataset(dataset, [rule])
    assert report.complaints == ()
    return [each.value for each in report.outcomes.values()]


@pytest.mark.parametrize(("notation", "formula", "expected"), [
    ("[1991-11-14,1993-04-14]", "a.date within 1992", "violated"),
    ("[1991-11-14,1993-04-14]", "a.date >= 1991-11-15 and a.date <= 1993-04-13", "violated"),
    ("[1991-11-14,1993-04-14]", "a.date >= 1991-11-15 and a.date <= 1993-04-14", "open"),
    ("[1991-11-14,1993-04-14]", "a.date <= 1991-11-14 or a.date >= 1993-04-14", "satisfied"),
    ("[1991-11-14,1993-04-14]", "not a.date within 1992", "satisfied"),
    ("1993-XX-14", "a.date >= 1993-04-15 and a.date <= 1993-05-13", "violated"),
    ("1993-XX-14", "a.date >= 1993-12-15", "violated"),
    ("1992", "a.date = [1991,1993]", "violated"),
    ("1991", "a.date = [1991,1993]", "open"),
])  # fmt: skip
def test_a_demand_that_falls_into_the_hole_is_violated(notation, formula, expected):
    assert outcome(adopted(notation), formula) == [expected]


NOTATIONS = ["[1992-02-27,1992-03-01..1992-03-02]", "[1992-02-26,1992-02-29,1992-03-02]", "1992-0X-29", "[..1992-02-27,1992-03-01]"]
DAYS = range(from_iso("1992-02-25"), from_iso("1992-03-04") + 1)


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_range_of_days_is_judged_as_trying_every_day_of_the_date_says(notation):
    date, dataset = Date.parse(notation), adopted(notation)
    for first, last in itertools.combinations_with_replacement(DAYS, 2):
        allowed = [first <= day <= last for day in range(DAYS[0] - 400, DAYS[-1] + 400) if day in date]
        expected = "satisfied" if all(allowed) else "open" if any(allowed) else "violated"
        assert outcome(dataset, f"a.date >= {iso(first)} and a.date <= {iso(last)}") == [expected]


def test_the_ends_of_a_period_are_judged_by_their_holes():
    assert outcome(active("[1991,1993]"), "a.period.start >= 1991-02-01 and a.period.start <= 1992-12-31", "Activity") == ["violated"]
    assert outcome(active("[1991,1993]"), "a.period.end >= 1992-01-01 and a.period.end <= 1993-12-30", "Activity") == ["violated"]
    assert outcome(active("[1991,1993]"), "a.period.end >= 1992-01-01", "Activity") == ["open"]
