"""The relations of the rule language against their definitions, on all pairs of small intervals of days."""

import itertools

import attrs
import pytest
from strategies import ALLEN_MEANINGS, MEANINGS, POINT_WORDS, SPAN_WORDS

from rehabfacts.dates import Date, Period
from rehabfacts.rules.grammar import parse_formula
from rehabfacts.rules.lowering import Lowering
from rehabfacts.rules.plans import AtMost
from rehabfacts.rules.relations import NEGATIVE, POINT_RELATIONS, RELATIONS, SPAN_RELATIONS
from rehabfacts.schema import Fact, Schema

DAYS = range(5)
SPANS = [(first, last) for first in DAYS for last in DAYS if first <= last]
ONE_DAY = [(day, day) for day in DAYS]
TABLE = {**POINT_RELATIONS, **SPAN_RELATIONS}


def holds(steps, a, b):
    ends = {"As": a[0], "Ae": a[1], "Bs": b[0], "Be": b[1]}
    return all(ends[low] + days <= ends[high] for low, high, days in steps)


def test_the_table_has_every_relation_that_is_defined_and_no_other():
    assert {*MEANINGS} == {*RELATIONS} == {*TABLE, *NEGATIVE}
    assert len(ALLEN_MEANINGS) == 13


@pytest.mark.parametrize("word", sorted(SPAN_RELATIONS))
def test_a_relation_of_spans_means_its_definition_on_all_pairs(word):
    judged = [(holds(SPAN_RELATIONS[word], a, b), MEANINGS[word](a, b)) for a, b in itertools.product(SPANS, SPANS)]
    assert len(judged) == 225
    assert all(actual is expected for actual, expected in judged)
    assert {expected for _, expected in judged} == {True, False}


@pytest.mark.parametrize("word", sorted(POINT_RELATIONS))
def test_a_relation_of_points_means_its_definition_on_all_pairs(word):
    judged = [(holds(POINT_RELATIONS[word], a, b), MEANINGS[word](a, b)) for a, b in itertools.product(ONE_DAY, ONE_DAY)]
    assert len(judged) == 25
    assert all(actual is expected for actual, expected in judged)


@pytest.mark.parametrize("word", sorted(NEGATIVE))
def test_a_negative_relation_holds_exactly_when_its_positive_does_not(word):
    spans = ONE_DAY if word in POINT_WORDS else SPANS
    judged = [(holds(TABLE[NEGATIVE[word]], a, b), MEANINGS[word](a, b)) for a, b in itertools.product(spans, spans)]
    assert len(judged) == len(spans) ** 2
    assert all(actual is not expected for actual, expected in judged)


def test_exactly_one_of_allens_thirteen_holds_between_any_two_spans():
    for a, b in itertools.product(SPANS, SPANS):
        assert len([word for word in ALLEN_MEANINGS if holds(SPAN_RELATIONS[word], a, b)]) == 1


@pytest.mark.parametrize(("word", "converse"), [
    ("before", "after"), ("until", "since"), ("within", "contains"),
    ("allen.before", "allen.after"), ("allen.meets", "allen.met-by"), ("allen.overlaps", "allen.overlapped-by"),
    ("allen.starts", "allen.started-by"), ("allen.during", "allen.contains"), ("allen.finishes", "allen.finished-by"),
    ("allen.equal", "allen.equal"), ("overlaps", "overlaps"), ("equals", "equals"),
])  # fmt: skip
def test_a_relation_and_its_converse_say_the_same(word, converse):
    for a, b in itertools.product(SPANS, SPANS):
        assert holds(SPAN_RELATIONS[word], a, b) is holds(SPAN_RELATIONS[converse], b, a)


# As the language lowers them, from the words of a formula to inequalities


@attrs.frozen(kw_only=True)
class Dated(Fact):
    date: Date | None = None
    time: Period | None = None


SCHEMA = Schema.of([Dated])


def lowered(text):
    """The branches of a formula over x and y, as functions of their spans."""
    lowering = Lowering(text, SCHEMA, {"x": "Dated", "y": "Dated"})
    return [[(_end(atom.low), _end(atom.high), atom.days) for atom in branch if _is_plain(atom)] for branch in lowering.branches(parse_formula(text))]


def _is_plain(atom):
    assert isinstance(atom, AtMost)
    assert not atom.months
    return True


def _end(point):
    return point.route.variable, point.name


def meets_some_branch(branches, x, y):
    """Dates are the first days of the spans."""
    ends = {
        (name, end): value
        for name, span in (("x", x), ("y", y))
        for end, value in (("date", span[0]), ("time.start", span[0]), ("time.end", span[1]))
    }
    return any(all(ends[low] + days <= ends[high] for low, high, days in branch) for branch in branches)


SHAPES = [("x.time", "y.time"), ("x.date", "y.time"), ("x.time", "y.date"), ("x.date", "y.date")]


@pytest.mark.parametrize("negation", ["", "not ", "not not "])
@pytest.mark.parametrize(("word", "shape"), [(word, shape) for word in SPAN_WORDS for shape in SHAPES] + [(word, SHAPES[-1]) for word in POINT_WORDS])
def test_a_formula_of_one_relation_means_its_definition_and_not_its_exact_negation(word, shape, negation):
    left, right = shape
    branches = lowered(f"{negation}{left} {word} {right}")
    judged = 0
    for x, y in itertools.product(SPANS, SPANS):
        a = x if left == "x.time" else (x[0], x[0])
        b = y if right == "y.time" else (y[0], y[0])
        expected = MEANINGS[word](a, b) is (negation != "not ")
        assert meets_some_branch(branches, x, y) is expected
        judged += 1
    assert judged == 225


@pytest.mark.parametrize("word", SPAN_WORDS)
def test_a_shift_moves_both_ends_of_its_side(word):
    branches = lowered(f"x.time + 2 days {word} y.time - 1 day")
    for x, y in itertools.product(SPANS, SPANS):
        assert meets_some_branch(branches, x, y) is MEANINGS[word]((x[0] + 2, x[1] + 2), (y[0] - 1, y[1] - 1))


@pytest.mark.parametrize("formula", [
    "x.time within y.time and not x.date = y.date", "x.time before y.time or x.time after y.time",
    "not (x.time overlaps y.time or x.time meets y.time)", "not (x.time within y.time and y.time within x.time)",
])  # fmt: skip
def test_connectives_mean_what_logic_says(formula):
    words = {
        "x.time within y.time and not x.date = y.date": lambda x, y: MEANINGS["within"](x, y) and x[0] != y[0],
        "x.time before y.time or x.time after y.time": MEANINGS["disjoint from"],
        "not (x.time overlaps y.time or x.time meets y.time)": lambda x, y: not (MEANINGS["overlaps"](x, y) or MEANINGS["meets"](x, y)),
        "not (x.time within y.time and y.time within x.time)": lambda x, y: x != y,
    }
    branches = lowered(formula)
    for x, y in itertools.product(SPANS, SPANS):
        assert meets_some_branch(branches, x, y) is words[formula](x, y)
