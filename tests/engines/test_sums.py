"""Sums of the rule language against a reader of the same formulas of its own, over attrs objects with exact numbers and days.

A formula is drawn as a value that is both written as text (for the package) and read as plain arithmetic (for the
oracle). Its atoms are evaluated at the facts' own numbers: with everything known, exactly one answer is right.
"""

import datetime as dt
import operator
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import iso_day, month_later

from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date, Period
from rehabfacts.engines.groundings import Instance
from rehabfacts.engines.memory import ground
from rehabfacts.network.inequalities import GAP
from rehabfacts.quantities import Percentage, Quantity
from rehabfacts.rules.rules import Mode, Rule
from rehabfacts.schema import Entity, Fact, Ref, Schema
from rehabfacts.verdicts import Verdict


@attrs.frozen(kw_only=True)
class Town(Entity):
    pass


@attrs.frozen(kw_only=True)
class Tally(Fact):
    town: Ref[Town]
    value: Quantity | None = None
    percent: Percentage | None = None
    date: Date | None = None
    time: Period | None = None


SCHEMA = Schema.of([Town, Tally])
START = dt.date(1999, 12, 20).toordinal()
RELATIONS = {"<": operator.lt, "<=": operator.le, "=": operator.eq, "!=": operator.ne, ">=": operator.ge, ">": operator.gt}


def fact(name, numbers):
    value, percent, first, last, town = numbers
    return Tally(
        id=name, town=town, value=Quantity.parse(str(value)), percent=Quantity.parse(percent),
        date=Date.parse(iso_day(first)), time=Period.parse(f"{iso_day(first)}/{iso_day(last)}"),
    )  # fmt: skip


# What the package says, with every variable at its one value


def said(rule, dataset):
    """The answers for each instance, by its binding."""
    grounding = ground(dataset, [rule])
    values = {0: 0}
    for (low, high, days, _, shape), owner in zip(grounding.rows, grounding.owners, strict=True):
        assert shape != GAP
        if low == 0 and not isinstance(owner, Instance):
            values[high] = days
    return {instance.binding: answer(grounding, instance, values) for instance in grounding.instances}


def answer(grounding, instance, values):
    if instance.answer is not None:
        return instance.answer is Verdict.YES
    return any(all(holds(grounding, number, values) for number in branch) for branch in instance.clause)


def holds(grounding, number, values):
    if number < 0:
        total = grounding.totals[~number]
        assert grounding.total_owners[~number] is not None
        assert len({variable for _, variable in total.terms}) == len(total.terms)
        return sum(times * values[variable] for times, variable in total.terms) <= total.most
    low, high, days, months, shape = grounding.rows[number]
    if shape:
        return values[low] <= month_later(values[high], months) + days
    return month_later(values[low], months) + days <= values[high]


# Formulas over numbers


@attrs.frozen
class Part:
    """So many times a number: its text, and what it comes to of the facts it speaks of."""

    times: int
    text: str
    number: object  # a function from the bound facts and the added ones

    @property
    def written(self):
        return f"{'- ' if self.times < 0 else '+ '}{f'{abs(self.times)} * ' if abs(self.times) != 1 else ''}{self.text}"


def side(parts):
    """A side as text."""
    return " ".join(part.written for part in parts).removeprefix("+ ")


def amount(parts, bound, added):
    return sum((part.times * part.number(bound, added) for part in parts), Fraction(0))


def value_of(name):
    return lambda bound, _: bound[name].value.least


def length_of(period):
    return period.end_earliest - period.start_earliest + 1


NUMBER_PARTS = st.one_of(
    st.sampled_from(["a", "b", "c"]).map(lambda name: (f"{name}.value", value_of(name))),
    st.integers(0, 30).map(lambda number: (str(number), lambda *_: number)),
    st.just(("sum p.value", lambda _, added: sum(each.value.least for each in added))),
    st.tuples(st.integers(0, 200), st.sampled_from(["a", "b"])).map(
        lambda pair: (f"{pair[0]} % of {pair[1]}.value", lambda bound, _: Fraction(pair[0], 100) * bound[pair[1]].value.least)
    ),
)
LENGTH_PARTS = st.one_of(
    st.sampled_from(["a", "b", "c"]).map(lambda name: (f"{name}.time.length", lambda bound, _: length_of(bound[name].time))),
    st.integers(0, 30).map(lambda number: (f"{number} days", lambda *_: number)),
    st.just(("sum p.time.length", lambda _, added: sum(length_of(each.time) for each in added))),
    st.just(("50 % of a.time.length", lambda bound, _: Fraction(length_of(bound["a"].time), 2))),
)


def drawn_parts(parts):
    times = st.sampled_from([1, 1, 1, -1, 2, -3])
    return st.lists(st.tuples(times, parts).map(lambda drawn: Part(drawn[0], *drawn[1])), min_size=1, max_size=3)


NUMBERS = st.tuples(st.integers(0, 25), st.just("exactly 5 %"), st.integers(START, START + 60), st.integers(0, 40), st.sampled_from(["t0", "t1"]))
FACTS = st.lists(NUMBERS.map(lambda each: (each[0], each[1], each[2], each[2] + each[3], each[4])), min_size=3, max_size=5)


def bindings(facts):
    """Three different facts, and all facts of the first one's town."""
    for a in facts:
        for b in facts:
            for c in facts:
                if len({a.id, b.id, c.id}) == 3:
                    yield {"a": a, "b": b, "c": c}, [each for each in facts if each.town == a.town]


def checked(formula, facts, meaning):
    """Compares the package with the oracle on every binding; returns how many there were."""
    dataset = Dataset.of(SCHEMA, [Town(id="t0"), Town(id="t1")], facts)
    scans = {"a": "Tally", "b": "Tally", "c": "Tally"}
    over = {"p": "Tally", "where": "p.town = a.town"} if "sum " in formula else None
    rule = Rule.of("r", Mode.REQUIRE, formula, scans=scans, schema=SCHEMA, where="a != b and b != c and a != c", over=over)
    found = said(rule, dataset)
    expected = {tuple(each.id for each in bound.values()): meaning(bound, added) for bound, added in bindings(facts)}
    assert found == expected
    return len(expected)


NEAR = st.integers(-2, 2)
"""By how much the sides differ at the first binding: where one is only just more than the other, a mistake shows."""


@pytest.mark.parametrize("negation", [False, True])
@given(drawn_parts(NUMBER_PARTS), drawn_parts(NUMBER_PARTS), NEAR, st.sampled_from([*RELATIONS]), FACTS)
def test_sums_of_numbers_mean_what_arithmetic_says(negation, left, right, near, word, numbers):
    check_drawn(negation, left, right, (near, ""), word, numbers)


@pytest.mark.parametrize("negation", [False, True])
@given(drawn_parts(LENGTH_PARTS), drawn_parts(LENGTH_PARTS), NEAR, st.sampled_from([*RELATIONS]), FACTS)
def test_sums_of_lengths_mean_what_counting_days_says(negation, left, right, near, word, numbers):
    check_drawn(negation, left, right, (near, " days"), word, numbers)


def check_drawn(negation, left, right, near, word, numbers):
    facts = [fact(f"f{at}", each) for at, each in enumerate(numbers)]
    off = int(amount(left, *next(bindings(facts))) - amount(right, *next(bindings(facts)))) + near[0]
    right = [*right, Part(-1 if off < 0 else 1, f"{abs(off)}{near[1]}", lambda *_: abs(off))]
    formula = f"{side(left)} {word} {side(right)}"
    formula = f"not ({formula})" if negation else formula
    try:
        judged = checked(formula, facts, lambda bound, added: RELATIONS[word](amount(left, bound, added), amount(right, bound, added)) is not negation)
    except ValueError as error:
        assert str(error).startswith(("expected a path on one side", "expected a comparison that facts decide"))  # noqa: PT017
        return
    assert judged == len(facts) * (len(facts) - 1) * (len(facts) - 2)


# Differences of dates and lengths beside calendar durations


@pytest.mark.parametrize("negation", [False, True])
@given(st.sampled_from([*RELATIONS]), st.integers(-3, 14), st.integers(-40, 40), st.sampled_from(["before", "behind"]), FACTS)
def test_a_difference_of_dates_beside_a_duration_counts_by_the_calendar(negation, word, months, days, place, numbers):
    facts = [fact(f"f{at}", each) for at, each in enumerate(numbers)]
    duration = f"{'- ' if months < 0 else ''}{abs(months)} months {'-' if days < 0 else '+'} {abs(days)} days"
    formula = f"b.date - a.date {word} {duration}" if place == "before" else f"{duration} {word} b.date - a.date"
    formula = f"not ({formula})" if negation else formula

    def meaning(bound, _):
        moved = month_later(bound["a"].date.earliest, months) + days
        sides = (bound["b"].date.earliest, moved)
        return RELATIONS[word](*(sides if place == "before" else sides[::-1])) is not negation

    checked(formula, facts, meaning)


@pytest.mark.parametrize("negation", [False, True])
@given(st.sampled_from([*RELATIONS]), st.integers(0, 14), st.integers(-5, 40), FACTS)
def test_a_length_beside_months_and_years_counts_by_the_calendar(negation, word, months, days, numbers):
    facts = [fact(f"f{at}", each) for at, each in enumerate(numbers)]
    formula = f"a.time.length {word} {months} months {'-' if days < 0 else '+'} {abs(days)} days"
    formula = f"not ({formula})" if negation else formula

    def meaning(bound, _):
        """A period of just so long from the same start ends the day before the start moved on."""
        time = bound["a"].time
        return RELATIONS[word](time.end_earliest, month_later(time.start_earliest, months) + days - 1) is not negation

    checked(formula, facts, meaning)


# Stated percentages


PERCENTAGES = ("exactly {}", "{}", "more than {}", "less than {}", "up to {}", "at least {}")


def allows(text, ratio):
    """Whether a ratio is one that the stated percentage allows: DESIGN's rounding, half a unit of the last digit to both sides."""
    hedge, number = text.removesuffix(" %").rpartition(" ")[::2]
    value, half = Fraction(number), Fraction(1, 2 * 10 ** len(number.partition(".")[2]))
    ratio *= 100
    return {
        "exactly": ratio == value, "": value - half <= ratio < value + half, "more than": ratio > value, "less than": ratio < value,
        "up to": ratio < value + half, "at least": ratio >= value - half,
    }[hedge]  # fmt: skip


@pytest.mark.parametrize("negation", ["", "not "])
@given(st.sampled_from(PERCENTAGES), st.sampled_from(["0", "0.5", "10", "12.5", "25", "33.3", "50", "66.67", "100", "150"]), st.integers(0, 40), st.integers(1, 60))
def test_a_part_is_a_stated_percentage_of_a_whole_if_their_ratio_is_one_that_it_allows(negation, form, number, part, whole):
    stated = f"{form.format(number)} %"
    found = judged_share(f"{negation}a.value = a.percent of b.value", stated, part, whole)
    assert found is (allows(stated, Fraction(part, whole)) is (negation == ""))


@pytest.mark.parametrize("negation", ["", "not "])
@given(st.sampled_from(["<", "<=", ">=", ">"]), st.sampled_from(["25", "33.3", "50"]), st.integers(0, 40), st.integers(1, 60))
def test_a_part_compared_with_a_stated_percentage_is_compared_with_the_most_favourable_that_it_allows(negation, word, number, part, whole):
    value, half = Fraction(number), Fraction(1, 2 * 10 ** len(number.partition(".")[2]))
    ratio = Fraction(100 * part, whole)
    expected = {"<": ratio < value + half, "<=": ratio < value + half, ">=": ratio >= value - half, ">": ratio > value - half}[word]
    assert judged_share(f"{negation}a.value {word} a.percent of b.value", f"{number} %", part, whole) is (expected is (negation == ""))


@pytest.mark.parametrize("stated", ["0 %", "35 %", "exactly 35 %", "less than 3 %", "120 %"])
def test_of_nothing_every_percentage_is_nothing(stated):
    assert judged_share("a.value = a.percent of b.value", stated, 0, 0) is True
    assert judged_share("a.value = a.percent of b.value", stated, 1, 0) is False


def test_a_strict_comparison_with_an_end_that_is_left_out_leaves_it_out_once():
    assert judged_share("a.value > a.percent of b.value", "more than 0.0001 %", 1, 999_999) is True
    assert judged_share("a.value > a.percent of b.value", "more than 0.0001 %", 1, 1_000_000) is False
    assert judged_share("a.value >= a.percent of b.value", "more than 0.0001 %", 1, 1_000_000) is False
    assert judged_share("not a.value > a.percent of b.value", "more than 0.0001 %", 1, 999_999) is False
    assert judged_share("not a.value > a.percent of b.value", "more than 0.0001 %", 1, 1_000_000) is True


@pytest.mark.parametrize("days", range(1, 12))
def test_a_length_is_a_stated_percentage_of_another(days):
    times = [Period.parse(f"{iso_day(START)}/{iso_day(START + count - 1)}") for count in (days, 20)]
    facts = [Tally(id=f"f{at}", town="t0", percent=Quantity.parse("25 %"), time=time) for at, time in enumerate(times)]
    dataset = Dataset.of(SCHEMA, [Town(id="t0")], facts)
    rule = Rule.of("r", Mode.REQUIRE, "a.time.length = a.percent of b.time.length", scans={"a": "Tally", "b": "Tally"}, schema=SCHEMA, where="a < b")
    assert [*said(rule, dataset).values()] == [days == 5]


def judged_share(formula, percent, part, whole):
    facts = [Tally(id="f0", town="t0", value=Quantity.parse(str(part)), percent=Quantity.parse(percent)), Tally(id="f1", town="t1", value=Quantity.parse(str(whole)))]
    dataset = Dataset.of(SCHEMA, [Town(id="t0"), Town(id="t1")], facts)
    rule = Rule.of("r", Mode.REQUIRE, formula, scans={"a": "Tally", "b": "Tally"}, schema=SCHEMA, where="a < b")
    (found,) = said(rule, dataset).values()
    return found


def grounded(formula, facts, **options):
    dataset = Dataset.of(SCHEMA, [Town(id="t0"), Town(id="t1")], facts)
    return ground(dataset, [Rule.of("r", Mode.REQUIRE, formula, schema=SCHEMA, **options)])


A, B = Tally(id="f0", town="t0", value=Quantity.parse("3")), Tally(id="f1", town="t0", value=Quantity.parse("4"))
TWO = {"scans": {"a": "Tally", "b": "Tally"}, "where": "a < b"}


def test_a_percentage_that_is_not_stated_leaves_the_rule_without_an_instance():
    grounding = grounded("a.value = a.percent of b.value", [A, B], **TWO)
    assert (grounding.instances, grounding.not_stated) == ([], {"r": 1})


def test_the_fact_of_the_percentage_and_of_both_numbers_are_members():
    grounding = grounded("a.value = a.percent of b.value", [attrs.evolve(A, percent=Quantity.parse("35 %")), B], **TWO)
    assert [instance.facts for instance in grounding.instances] == [("f0", "f1")]


def test_a_percentage_beyond_38_digits_is_refused_by_its_notation():
    huge = attrs.evolve(A, percent=Quantity.parse(f"{'9' * 33} %"))
    with pytest.raises(ValueError, match=f"expected a percentage that comes to at most 38 digits, got '{'9' * 33} %'"):
        grounded("a.value = 100 * a.percent of b.value", [huge, B], **TWO)


def test_every_record_that_over_finds_is_added_once_and_is_a_member():
    facts = [A, B, attrs.evolve(A, id="f2", town="t1")]
    grounding = grounded("sum p.value <= 6", facts, scans={"t": "Town"}, over={"p": "Tally", "q": "Tally", "where": "p.town = t and q.town = t"})
    assert [(instance.binding, instance.facts) for instance in grounding.instances] == [(("t0",), ("f0", "f1")), (("t1",), ("f2",))]
    assert [(total.terms, total.most) for total in grounding.totals] == [(((1, grounding.index["f0", "value"]), (1, grounding.index["f1", "value"])), 6)]


def test_a_sum_of_nothing_is_no_instance():
    grounding = grounded("sum p.value <= 6", [A], scans={"t": "Town"}, over={"p": "Tally", "where": "p.town = t"})
    assert [instance.binding for instance in grounding.instances] == [("t0",)]


def test_a_variable_that_cancels_out_at_the_facts_leaves_an_answer():
    for formula, expected in (("a.value + 2 * b.value <= 3 * c.value", Verdict.YES), ("a.value + 2 * b.value < 3 * c.value", Verdict.NO)):
        grounding = grounded(formula, [A], scans={"a": "Tally", "b": "Tally", "c": "Tally"})
        assert [instance.answer for instance in grounding.instances] == [expected]


def test_a_sum_that_comes_to_two_variables_at_the_facts_is_a_row():
    grounding = grounded("2 * a.value <= b.value + c.value", [A, B], scans={"a": "Tally", "b": "Tally", "c": "Tally"}, where="b = c and a != b")
    assert grounding.totals == []
    assert [grounding.rows[number][2:] for instance in grounding.instances for branch in instance.clause for number in branch] == [(0, 0, False)] * 2


def test_numbers_and_percentages_are_not_taken_for_each_other():
    for wrong in (attrs.evolve(A, percent=Quantity.parse("35")), attrs.evolve(A, value=Quantity.parse("35 %"))):
        with pytest.raises(ValueError, match=r"of f0: expected a (percentage|quantity), got '35"):
            grounded("a.value = a.percent of b.value", [wrong, B], **TWO)
