"""Envelopes of rules: `over`, `apart` and `per`, `same as` and pairs in one order, on small datasets."""

import itertools

import pytest

from rehabfacts.checker.checking import check_dataset
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Period
from rehabfacts.engines.joins import Join
from rehabfacts.engines.memory import ground
from rehabfacts.errors import InvalidFormula, NoSuchThing
from rehabfacts.quantities import Quantity
from rehabfacts.rules.rules import Mode, Rule
from rehabfacts.verdicts import Verdict
from rehabfacts.vocabulary import INSTITUTIONS
from rehabfacts.vocabulary.counts import Count
from rehabfacts.vocabulary.entities import Body, Office, Person, Population
from rehabfacts.vocabulary.terms import OfficeHolding

ENTITIES = [Person(id="anna"), Person(id="boris"), Office(id="chair"), Office(id="clerk"), Population(id="all"), Body(id="court"), Body(id="police")]


def holding(name, person, office, period):
    return OfficeHolding(id=name, person=person, office=office, period=None if period is None else Period.parse(period))


def count(name, agent):
    cites = None if agent is None else f"{agent}, p. 3"
    return Count(id=name, population="all", value=Quantity.parse("3"), extent="period", agent=agent, cites=cites)


def bound(rule, facts):
    return [instance.binding for instance in ground(Dataset.of(INSTITUTIONS, ENTITIES, facts), [rule]).instances]


def one_at_a_time(per=("h.office",), **options):
    return Rule.apart("one-at-a-time", "h.period", per=per, scans={"h": "OfficeHolding"}, schema=INSTITUTIONS, **options)


HOLDINGS = [
    holding("f1", "anna", "chair", "1990/1992"), holding("f2", "boris", "chair", "1993/1995"), holding("f3", "anna", "chair", "1996"),
    holding("f4", "boris", "clerk", "1990"),
]  # fmt: skip


def test_apart_binds_each_two_records_that_are_alike_once():
    assert bound(one_at_a_time(), HOLDINGS) == [("f1", "f2"), ("f1", "f3"), ("f2", "f3")]
    assert bound(one_at_a_time(per=["h.office", "h.person"]), HOLDINGS) == [("f1", "f3")]
    assert bound(one_at_a_time(per=[]), HOLDINGS) == list(itertools.combinations(["f1", "f2", "f3", "f4"], 2))


def test_apart_demands_that_one_ends_before_the_other_begins():
    dataset = Dataset.of(INSTITUTIONS, ENTITIES, HOLDINGS[:2])
    (instance,) = (grounding := ground(dataset, [one_at_a_time()])).instances
    names = [[(grounding.variables[grounding.rows[row][0]], grounding.variables[grounding.rows[row][1]], grounding.rows[row][2]) for row in branch] for branch in instance.clause]
    assert names == [
        [(("f2", "period.end"), ("f1", "period.start"), 1)], [(("f1", "period.end"), ("f2", "period.start"), 1)],
    ]  # fmt: skip
    assert instance.facts == ("f1", "f2")
    assert one_at_a_time().formula == "h.period disjoint from h'.period"


def test_the_where_and_the_unless_of_apart_speak_of_both_records():
    assert bound(one_at_a_time(where="h.person = 'anna'"), HOLDINGS) == [("f1", "f3")]
    assert bound(one_at_a_time(where="h.person = 'boris'"), HOLDINGS) == []
    assert bound(one_at_a_time(per=[], where="h.office = 'chair' and not h.person = 'boris'"), HOLDINGS) == [("f1", "f3")]
    without = one_at_a_time(unless={"c": "Count", "where": "c.id = h.id"})
    assert bound(without, HOLDINGS) == [("f1", "f2"), ("f1", "f3"), ("f2", "f3")]
    clerks = one_at_a_time(per=[], unless={"k": "OfficeHolding", "where": "k.person = h.person and k.office = 'clerk'"})
    assert bound(clerks, HOLDINGS) == [("f1", "f3")]


def test_the_antecedent_of_apart_speaks_of_both_records():
    facts = [holding("f1", "anna", "chair", "1990/1992"), holding("f2", "boris", "chair", "1992")]
    (instance,) = ground(Dataset.of(INSTITUTIONS, ENTITIES, facts), [one_at_a_time(where="h.period.start >= 1991")]).instances
    assert len(instance.clause) == 4


def test_alike_means_that_both_state_the_same():
    rule = Rule.apart("r", "c.period", per=["c.agent"], scans={"c": "Count"}, schema=INSTITUTIONS)
    assert bound(rule, [count("f1", "court"), count("f2", "court"), count("f3", None), count("f4", None), count("f5", "police")]) == [("f1", "f2")]


def test_same_as_also_takes_what_neither_states():
    rule = Rule.of("r", Mode.REQUIRE, "a.value = b.value", scans={"a": "Count", "b": "Count"}, schema=INSTITUTIONS, where="a < b and a.agent same as b.agent")
    facts = [count("f1", "court"), count("f2", "court"), count("f3", None), count("f4", None), count("f5", "police")]
    assert bound(rule, facts) == [("f1", "f2"), ("f3", "f4")]
    others = Rule.of("r", Mode.REQUIRE, "a.value = b.value", scans={"a": "Count", "b": "Count"}, schema=INSTITUTIONS, where="a < b and not a.agent same as b.agent")
    assert bound(others, facts) == sorted({*itertools.combinations(["f1", "f2", "f3", "f4", "f5"], 2)} - {("f1", "f2"), ("f3", "f4")})


@pytest.mark.parametrize(
    ("formula", "expected"),
    [("a.agent is known", ["satisfied", "violated"]), ("a.agent is unknown", ["violated", "satisfied"]), ("a.agent is known or a.as_of is known", ["satisfied", "violated"])],
)
def test_whether_a_role_is_known_can_be_demanded_of_the_fact_that_leaves_it_out(formula, expected):
    rule = Rule.of("r", Mode.REQUIRE, formula, scans={"a": "Count"}, schema=INSTITUTIONS)
    report = check_dataset(Dataset.of(INSTITUTIONS, ENTITIES, [count("f1", "court"), count("f2", None)]), [rule])
    assert [outcome.value for outcome in report.outcomes.values()] == expected
    assert report.main.grounding.not_stated == {}


def test_a_role_beyond_one_that_is_left_out_is_neither_known_nor_unknown():
    rule = Rule.of("r", Mode.REQUIRE, "h.elected_in.office is known", scans={"h": "OfficeHolding"}, schema=INSTITUTIONS)
    report = check_dataset(Dataset.of(INSTITUTIONS, ENTITIES, HOLDINGS), [rule])
    assert (dict(report.outcomes), dict(report.main.grounding.not_stated)) == ({}, {"r": 4})


BOTH = {
    "a.agent = b.agent": (lambda a, b: a.agent is not None and a.agent == b.agent, lambda a, b: None not in (a.agent, b.agent) and a.agent != b.agent),
    "a.agent != b.agent": (lambda a, b: None not in (a.agent, b.agent) and a.agent != b.agent, lambda a, b: a.agent is not None and a.agent == b.agent),
    "a.agent same as b.agent": (lambda a, b: a.agent == b.agent, lambda a, b: a.agent != b.agent),
    "a.agent is known": (lambda a, _: a.agent is not None, lambda a, _: a.agent is None),
    "a.agent in ('court', 'post')": (lambda a, _: a.agent in ("court", "post"), lambda a, _: a.agent not in (None, "court", "post")),
    "b.id not in ('f1', 'f5')": (lambda _, b: b.id not in ("f1", "f5"), lambda _, b: b.id in ("f1", "f5")),
    "a.cites contains 'ourt'": (lambda a, _: "ourt" in (a.cites or ""), lambda a, _: a.cites is not None and "ourt" not in a.cites),
    "b.agent = 'court'": (lambda _, b: b.agent == "court", lambda _, b: b.agent not in (None, "court")),
}
"""What each test means, and its negation: two values that are not both stated are neither equal nor different."""

SHAPES = {
    "{0}": lambda one, _, __, ___: one,
    "not {0}": lambda _, no, __, ___: no,
    "{0} or {1}": lambda one, _, two, __: one or two,
    "not ({0} and {1})": lambda _, no, __, nor: no or nor,
    "not ({0} or {1})": lambda _, no, __, nor: no and nor,
    "({0} and {1}) or not {0}": lambda one, no, two, _: (one and two) or no,
    "{1} and not ({0} or not {1})": lambda _, no, two, __: two and no,
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("pair", [*itertools.product(BOTH, repeat=2)], ids=" / ".join)
def test_what_filters_means_what_logic_says_of_every_pair(shape, pair):
    facts = [count("f1", "court"), count("f2", "court"), count("f3", None), count("f4", None), count("f5", "police")]
    rule = Rule.of("r", Mode.REQUIRE, "a.value = b.value", scans={"a": "Count", "b": "Count"}, schema=INSTITUTIONS, where=shape.format(*pair))
    expected = [
        (a.id, b.id) for a, b in itertools.product(facts, repeat=2)
        if SHAPES[shape](*(meaning(a, b) for atom in pair for meaning in BOTH[atom]))
    ]  # fmt: skip
    assert sorted(bound(rule, facts)) == expected


def test_a_link_by_what_is_stated_is_taken_before_one_by_same_as():
    where = "a < b and a.agent same as b.agent and a.population = b.population"
    rule = Rule.of("r", Mode.REQUIRE, "a.value = b.value", scans={"a": "Count", "b": "Count"}, schema=INSTITUTIONS, where=where)
    facts = [count("f1", None), count("f2", None), count("f3", "court")]
    assert bound(rule, facts) == [("f1", "f2")]
    second = Join(Dataset.of(INSTITUTIONS, ENTITIES, facts), rule.plan.scans, rule.plan.tests)._steps[1]
    assert (list(second.index), second.links_none) == (["all"], False)


def test_a_rule_over_what_is_added_up_has_an_answer_where_nothing_is_in_question():
    rule = Rule.of("r", Mode.REQUIRE, "sum c.value <= 5 or p.id = 'none'", scans={"p": "Population"}, schema=INSTITUTIONS, over={"c": "Count", "where": "c.population = p"})
    grounding = ground(Dataset.of(INSTITUTIONS, ENTITIES, [count("f1", None)]), [rule])
    assert [(each.binding, each.answer, each.facts) for each in grounding.instances] == [(("all",), None, ("f1",))]
    known = Rule.of("r", Mode.REQUIRE, "sum c.value <= 5 or p.id = 'all'", scans={"p": "Population"}, schema=INSTITUTIONS, over={"c": "Count", "where": "c.population = p"})
    assert [each.answer for each in ground(Dataset.of(INSTITUTIONS, ENTITIES, [count("f1", None)]), [known]).instances] == [Verdict.YES]


@pytest.mark.parametrize(("mode", "formula"), [
    (Mode.DEFINE, "c.value <= 5"), (Mode.ASSUME, "c.value <= 5"), (Mode.UNIQUE, "c.agent"), (Mode.EXISTS, {"d": "Count"}),
])  # fmt: skip
def test_over_stands_beside_require_only(mode, formula):
    with pytest.raises(InvalidFormula, match=f"expected over beside require, not beside {mode.value}"):
        Rule.of("r", mode, formula, scans={"c": "Count"}, schema=INSTITUTIONS, over={"e": "Count"})


@pytest.mark.parametrize("mode", [Mode.DEFINE, Mode.ASSUME])
def test_what_is_given_is_no_sum(mode):
    with pytest.raises(InvalidFormula, match=f"expected times or numbers of two at most, joined by 'and', after {mode.value}"):
        Rule.of("r", mode, "a.value + b.value <= c.value", scans={"a": "Count", "b": "Count", "c": "Count"}, schema=INSTITUTIONS)


def test_a_name_stands_for_one_thing():
    for options in ({"over": {"c": "Count"}}, {"unless": {"c": "Count"}}):
        with pytest.raises(InvalidFormula, match="expected another variable than those of for, found 'c' again"):
            Rule.of("r", Mode.REQUIRE, "c.value <= 5", scans={"c": "Count"}, schema=INSTITUTIONS, **options)


def test_types_that_do_not_exist_are_told_wherever_they_are_named():
    for options in ({"over": {"d": "Cuont"}}, {"unless": {"d": "Cuont"}}):
        with pytest.raises(NoSuchThing, match="no type Cuont"):
            Rule.of("r", Mode.REQUIRE, "c.value <= 5", scans={"c": "Count"}, schema=INSTITUTIONS, **options)


@pytest.mark.parametrize(("path", "per", "told"), [
    ("h.perod", [], "OfficeHolding has no 'perod' (did you mean period?)\n  h.perod\n    ^"),
    ("h.person", [], "expected times or numbers beside 'disjoint from'\n  h.person\n  ^"),
    ("h.period.length", [], "'disjoint from' compares dates or periods, not lengths\n  h.period.length\n  ^"),
    ("h.period", ["h.offce"], "OfficeHolding has no 'offce' (did you mean office?)\n  h.offce\n    ^"),
    ("h.period", ["k.office"], "no variable 'k'\n  k.office\n  ^"),
    ("k.period", [], "no variable 'k'\n  k.period\n  ^"),
    ("h.period", ["h.person.lifetime"], "expected only ids, texts and 'is known' here, got h.person.lifetime = h'.person.lifetime\n  h.person.lifetime\n  ^"),
])  # fmt: skip
def test_a_mistake_in_apart_is_told_with_its_very_place(path, per, told):
    with pytest.raises(InvalidFormula) as caught:
        Rule.apart("r", path, per=per, scans={"h": "OfficeHolding"}, schema=INSTITUTIONS)
    assert str(caught.value) == told
