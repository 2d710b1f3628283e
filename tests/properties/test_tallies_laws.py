"""Demands on records of which it is uncertain whether they are meant, against every dating of a few days."""

import itertools

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rehabfacts.checker.judging.certificates import certify
from rehabfacts.checker.judging.judging import Outcome, judge
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date
from rehabfacts.engines.memory import ground
from rehabfacts.network.verify import verify
from rehabfacts.quantities import Quantity
from rehabfacts.rules.rules import Mode, Rule
from rehabfacts.schema import Entity, Fact, Ref, Schema
from rehabfacts.testing.evaluations import Evaluation


@attrs.frozen(kw_only=True)
class Thing(Entity):
    pass


@attrs.frozen(kw_only=True)
class Event(Fact):
    thing: Ref[Thing]
    date: Date | None = None
    value: Quantity | None = None


@attrs.frozen(kw_only=True)
class Limit(Fact):
    thing: Ref[Thing]
    date: Date | None = None
    value: Quantity | None = None


SCHEMA = Schema.of([Thing, Event, Limit])


@attrs.frozen
class Meant:
    """What is meant under a dating: days and values of the events inside, and those of the limit; days are of June 1993."""

    dates: list
    values: list
    day: int
    number: int


CONDITIONS = {
    "e.date <= l.date": lambda e, day: e <= day,
    "e.date < l.date and e.date != 1993-06-28": lambda e, day: e < day and e != 28,
    "e.date equals l.date": lambda e, day: e == day,
    "not e.date equals l.date": lambda e, day: e != day,
    "e.date < 1993-06-28 or e.date > l.date": lambda e, day: e < 28 or e > day,
}
DEMANDS = {
    "count e <= 1": lambda w: len(w.dates) <= 1,
    "count e >= 2": lambda w: len(w.dates) >= 2,
    "count e = 1": lambda w: len(w.dates) == 1,
    "count e != 2": lambda w: len(w.dates) != 2,
    "2 * count e < 3 or l.date = 1993-06-27": lambda w: 2 * len(w.dates) < 3 or w.day == 27,
    "count e <= l.value": lambda w: len(w.dates) <= w.number,
    "l.value = count e + 1": lambda w: w.number == len(w.dates) + 1,
    "max e.date <= 1993-06-28": lambda w: not w.dates or max(w.dates) <= 28,
    "max e.date > l.date": lambda w: not w.dates or max(w.dates) > w.day,
    "min e.date = 1993-06-28": lambda w: not w.dates or min(w.dates) == 28,
    "1993-06-28 < min e.date": lambda w: not w.dates or min(w.dates) > 28,
    "max e.date != 1993-06-27": lambda w: not w.dates or max(w.dates) != 27,
    "sum e.value <= l.value": lambda w: not w.dates or sum(w.values) <= w.number,
    "min e.value >= l.value": lambda w: not w.dates or min(w.values) >= w.number,
}

days = st.tuples(st.integers(27, 29), st.integers(0, 2)).map(lambda each: (each[0], min(each[0] + each[1], 29)))
numbers = st.tuples(st.integers(0, 2), st.integers(0, 1)).map(lambda each: (each[0], each[0] + each[1]))


def date(span):
    return Date.parse(f"[1993-06-{span[0]}..1993-06-{span[1]}]")


def quantity(span):
    return Quantity.parse(f"{span[0]}..{span[1]}" if span[0] < span[1] else str(span[0]))


def dataset(events, limit):
    facts = [Event(id=f"e{n}", thing="t", date=date(span), value=quantity(value)) for n, (span, value) in enumerate(events)]
    facts.append(Limit(id="l", thing="t", date=date(limit[0]), value=quantity(limit[1])))
    return Dataset.of(SCHEMA, [Thing(id="t")], facts)


def judged(rule, events, limit):
    judging = judge(ground(dataset(events, limit), [rule]))
    assert verify(certify(judging)) == []
    return list(judging.outcomes.values())


def answers(events, limit, holds):
    """What a demand comes to under every dating of the facts."""
    spans = [span for each in (*events, limit) for span in each]
    return {holds(values) for values in itertools.product(*(range(first, last + 1) for first, last in spans))}


VERDICTS = {
    frozenset({True}): {Outcome.SATISFIED}, frozenset({False}): {Outcome.VIOLATED}, frozenset({True, False}): {Outcome.OPEN},
}  # fmt: skip
EVENTS = st.lists(st.tuples(days, numbers), max_size=3)
LIMIT = st.tuples(days, numbers)


@pytest.mark.parametrize("demand", sorted(DEMANDS))
@settings(max_examples=25, deadline=None)
@example("e.date < 1993-06-28 or e.date > l.date", [((29, 29), (2, 2)), ((27, 27), (0, 0))], ((27, 28), (1, 1)))
@example("e.date <= l.date", [], ((27, 27), (0, 0)))
@example("not e.date equals l.date", [((27, 28), (0, 0)), ((27, 28), (0, 0))], ((27, 28), (1, 2)))  # the same way in several ways
@example("not e.date equals l.date", [((27, 29), (0, 0))] * 3, ((27, 29), (1, 2)))  # what one choice says makes many others hold
@given(st.sampled_from(sorted(CONDITIONS)), st.lists(st.tuples(days, numbers), min_size=2, max_size=3), LIMIT)
def test_an_aggregate_means_what_every_dating_says(demand, condition, events, limit):
    rule = Rule.of("r", Mode.REQUIRE, demand, scans={"l": "Limit"}, schema=SCHEMA, over={"e": "Event", "where": f"e.thing = l.thing and ({condition})"})

    def holds(values):
        *others, day, number = values
        inside = [(e, v) for e, v in zip(others[::2], others[1::2], strict=True) if CONDITIONS[condition](e, day)]
        return DEMANDS[demand](Meant([e for e, _ in inside], [v for _, v in inside], day, number))

    found = judged(rule, events, limit)
    if not events and "count" not in demand:
        assert found == []
    elif "sum" in demand:  # totals are judged on bounds: sound, not complete
        assert found[0] in VERDICTS[frozenset(answers(events, limit, holds))] | {Outcome.OPEN}
    else:
        assert {*found} == VERDICTS[frozenset(answers(events, limit, holds))]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(CONDITIONS)), st.sampled_from(sorted(DEMANDS)), st.lists(st.tuples(days, numbers), min_size=1, max_size=3), LIMIT)
def test_under_known_days_a_demand_holds_or_not_as_plain_arithmetic_says(condition, demand, events, limit):
    rule = Rule.of("r", Mode.REQUIRE, demand, scans={"l": "Limit"}, schema=SCHEMA, over={"e": "Event", "where": f"e.thing = l.thing and ({condition})"})
    grounding = ground(dataset(events, limit), [rule])
    first = {f"e{n}": each for n, each in enumerate(events)} | {"l": limit}
    values = {(name, "date"): Date.parse(f"1993-06-{span[0]}").earliest for name, (span, _) in first.items()}
    values |= {(name, "value"): number[0] for name, (_, number) in first.items()}
    inside = [(span[0], number[0]) for span, number in events if CONDITIONS[condition](span[0], limit[0][0])]
    expected = DEMANDS[demand](Meant([e for e, _ in inside], [v for _, v in inside], limit[0][0], limit[1][0]))
    (instance,) = grounding.instances
    assert Evaluation.of(grounding, values).holds(instance) is expected


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(CONDITIONS)), EVENTS, LIMIT)
def test_exists_means_what_every_dating_says(condition, events, limit):
    rule = Rule.of("r", Mode.EXISTS, {"e": "Event", "where": f"e.thing = l.thing and ({condition})"}, scans={"l": "Limit"}, schema=SCHEMA)
    expected = VERDICTS[frozenset(answers(events, limit, lambda values: any(CONDITIONS[condition](e, values[-2]) for e in values[:-2:2])))]
    assert {*judged(rule, events, limit)} == expected


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(CONDITIONS)), EVENTS, LIMIT)
def test_unique_with_a_condition_means_what_every_dating_says(condition, events, limit):
    rule = Rule.of(
        "r", Mode.UNIQUE, "e.thing", scans={"e": "Event", "l": "Limit"}, schema=SCHEMA, where=f"e.thing = l.thing and ({condition})",
    )  # fmt: skip
    found = judged(rule, events, limit)
    if not events:
        assert found == []
    else:
        assert {*found} == VERDICTS[frozenset(answers(events, limit, lambda values: sum(CONDITIONS[condition](e, values[-2]) for e in values[:-2:2]) <= 1))]


def test_what_the_given_says_of_a_record_can_be_otherwise_in_the_clause():
    rule = Rule.of("r", Mode.REQUIRE, "count e <= 1", scans={"l": "Limit"}, schema=SCHEMA, over={"e": "Event", "where": "e.thing = l.thing and e.date <= l.date"})
    grounding = ground(dataset([((27, 27), (0, 0)), ((28, 28), (0, 0))], ((28, 28), (0, 0))), [rule])
    judging = judge(grounding)
    (instance,) = grounding.instances
    assert judging.outcomes[instance] is Outcome.VIOLATED
    limit = grounding.index["l", "date"]
    assert [grounding.rows[number] for (number,) in instance.clause] == [(limit, grounding.index[f"e{n}", "date"], 1, 0, False) for n in (0, 1)]
