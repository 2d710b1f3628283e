"""At most so many at a time, against every dating of a few days: each set of one more records has the verdict of its own datings."""

import itertools

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabfacts.checker.judging.certificates import certify
from rehabfacts.checker.judging.judging import Outcome, judge
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date
from rehabfacts.engines.memory import ground
from rehabfacts.network.verify import verify
from rehabfacts.rules.rules import Mode, Rule
from rehabfacts.schema import PERIOD, Entity, Fact, Ref, Schema


@attrs.frozen(kw_only=True)
class Office(Entity):
    pass


@attrs.frozen(kw_only=True)
class Stay(Entity):
    time = PERIOD


@attrs.frozen(kw_only=True)
class Term(Fact):
    office: Ref[Office]
    stay: Ref[Stay]
    start: Date
    end: Date


SCHEMA = Schema.of([Office, Stay, Term])
DEFINITIONS = [
    Rule.of(f"defines-{end}", Mode.DEFINE, f"t.stay.time.{end} = t.{end}", scans={"t": "Term"}, schema=SCHEMA) for end in ("start", "end")
]  # fmt: skip
starts = st.tuples(st.integers(10, 13), st.integers(0, 1), st.integers(0, 2), st.integers(0, 1))
"""A first day, how many more days the period may begin, how long it lasts at least, and how many days more."""
VERDICTS = {frozenset({True}): Outcome.SATISFIED, frozenset({False}): Outcome.VIOLATED, frozenset({True, False}): Outcome.OPEN}


def spans(shape):
    first, more, length, longer = shape
    return (first, first + more), (first + length, first + length + more + longer)


def term(number, shape):
    start, end = (Date.parse(f"[2001-05-{first}..2001-05-{last}]") for first, last in spans(shape))
    return Term(id=f"t{number}", office="o", stay=f"s{number}", start=start, end=end)


def datings(shape):
    (start, last_start), (end, last_end) = spans(shape)
    return [(s, e) for s in range(start, last_start + 1) for e in range(end, last_end + 1) if s <= e]


def keeps(periods, *, end_day_counts):
    """Whether no day is one of all the periods; without its end day, whether two of them follow each other."""
    if end_day_counts:
        return not any(all(s <= day <= e for s, e in periods) for day in range(5, 25))
    return any(a[1] <= b[0] or b[1] <= a[0] for a, b in itertools.combinations(periods, 2))


@pytest.mark.parametrize(("most", "counts"), [(1, "yes"), (1, "no"), (2, "yes"), (2, "no"), (3, "yes")])
@settings(max_examples=25, deadline=None)
@given(shapes=st.lists(starts, min_size=2, max_size=4))
def test_each_set_of_records_has_the_verdict_of_all_its_datings(most, counts, shapes):
    rule = Rule.apart(
        "r", "t.stay.time", per=["t.office"], at_most=most, scans={"t": "Term"}, schema=SCHEMA, parameters={"end_day_counts": counts},
    )  # fmt: skip
    entities = [Office(id="o"), *(Stay(id=f"s{n}") for n, _ in enumerate(shapes))]
    judging = judge(ground(Dataset.of(SCHEMA, entities, [term(n, shape) for n, shape in enumerate(shapes)]), [*DEFINITIONS, rule]))
    assert verify(certify(judging)) == []
    alone = {instance.binding: outcome for instance, outcome in judging.outcomes.items()}
    expected = {
        tuple(f"t{n}" for n in chosen): VERDICTS[
            frozenset(keeps(each, end_day_counts=counts == "yes") for each in itertools.product(*(datings(shapes[n]) for n in chosen)))
        ]
        for chosen in itertools.combinations(range(len(shapes)), most + 1)
    }
    assert alone.keys() == expected.keys()
    together = [conflict for conflict in judging.conflicts if len(conflict.facts) > most + 1]
    assert {each for each in alone if alone[each] is not expected[each]} <= {each.headline.binding for each in together}
