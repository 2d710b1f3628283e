"""Rules proven on themselves: what cannot be violated or met, what others imply, what contradicts others, and why."""

import pytest

from rehabfacts import builtin
from rehabfacts.checker.rule_proofs.flaws import find_flaws
from rehabfacts.checker.rule_proofs.symbols import why_never_bound
from rehabfacts.loading.rule_files import read_rule_file
from rehabfacts.loading.yaml_tree import read_yaml
from rehabfacts.rules.contents import seem_to_exclude
from rehabfacts.vocabulary import INSTITUTIONS

SHIPPED = builtin.rules()
GIVEN = tuple(rule for rule in SHIPPED if rule.mode.is_given)


def rules_of(text):
    tree, problems = read_yaml(text.encode(), "own.yaml")
    assert problems == []
    rules, problems = read_rule_file(tree, "own.yaml", "own", INSTITUTIONS)
    assert problems == []
    return rules


def flaws_of(text):
    return find_flaws((*rules_of(text), *GIVEN), INSTITUTIONS)


def told(text):
    return [(flaw.rule.id, flaw.kind.name, [rule.id for rule in flaw.others], list(flaw.reason)) for flaw in flaws_of(text).found]


def test_no_shipped_rule_is_flagged_and_those_that_cannot_be_asked_say_why():
    flaws = find_flaws(SHIPPED, INSTITUTIONS)
    assert flaws.found == ()
    closed = {rule.id for rule in SHIPPED if rule.plan.unique or rule.plan.exists}
    assert {name for name, why in flaws.not_asked.items() if why == "it asks whether the dataset says something at all"} == closed
    assert all(why for why in flaws.not_asked.values())


def test_what_follows_from_the_order_of_a_period_cannot_be_violated():
    rule = "- {id: own, for: {a: Activity}, require: a.period.start <= a.period.end}\n"
    assert told(rule) == [
        ("own", "NEVER_VIOLATED", [], ["a.period.start <= a.period.end (a period's end is not before its start)", "a.period.end < a.period.start (supposed)"])
    ]


def test_what_definitions_and_conventions_say_cannot_be_violated():
    rule = "- {id: own, for: {a: Adoption}, require: a.act.force.start <= a.date}\n"
    ((name, kind, others, reason),) = told(rule)
    assert (name, kind, others) == ("own", "NEVER_VIOLATED", [])
    assert sorted(step.partition(" (")[2] for step in reason) == ["act-works-from-adoption)", "adoption-dates-act)", "supposed)"]


def test_without_its_convention_the_same_rule_can_be_violated():
    given = [rule for rule in GIVEN if rule.id != "act-works-from-adoption"]
    (rule,) = rules_of("- {id: own, for: {a: Adoption}, require: a.act.force.start <= a.date}\n")
    assert find_flaws((rule, *given), INSTITUTIONS).found == ()


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("a.change = 'opened' and a.change = 'closed'", "a.change is 'closed' and 'opened'"),
        ("a.change = 'opened' and a.change != 'opened'", "a.change is 'opened' and is not"),
        ("a.date is known and a.date is unknown", "a.date is known and is unknown"),
        ("a = b and a != b", "a and b are one and are not"),
        ("a < b and b < a", "each of some records comes before the other"),
        ("a.archive = b.archive and a.archive != b.archive", "a.archive and b.archive are one and are not"),
    ],
)
def test_a_condition_on_what_is_written_that_excludes_itself_can_never_be_true(where, reason):
    rule = f'- {{id: own, for: {{a: AccessChange, b: AccessChange}}, where: "{where}", require: a.date <= b.date}}\n'
    assert told(rule) == [("own", "NEVER_BOUND", [], [reason])]
    assert why_never_bound(rules_of(rule)[0].plan, INSTITUTIONS) == (reason,)


def test_a_report_looks_closer_only_where_two_tests_are_at_odds_at_first_sight():
    odds = ["a.change = 'opened' and a.change = 'closed'", "a.date is known and a.date is unknown", "a.archive = b.archive and a.archive != b.archive"]
    even = ["a.change = 'opened' and b.change = 'closed'", "a.date is known and b.date is unknown", "a.archive = b.archive and a != b"]
    rules = [f'- {{id: own, for: {{a: AccessChange, b: AccessChange}}, where: "{where}", require: a.date <= b.date}}\n' for where in (*odds, *even)]
    assert [seem_to_exclude(rules_of(rule)[0].plan.tests) for rule in rules] == [True] * 3 + [False] * 3


def test_a_condition_with_one_way_left_is_no_flaw():
    rule = "- {id: own, for: {a: AccessChange}, where: \"a.change = 'opened' and (a.change = 'closed' or a.date is known)\", require: a.date < 1990}\n"
    assert told(rule) == []
    assert why_never_bound(rules_of(rule)[0].plan, INSTITUTIONS) == ()


def test_a_condition_on_times_that_contradict_each_other_can_never_be_true():
    rule = "- {id: own, for: {a: Activity}, where: a.period.end < a.period.start, require: a.body.lifetime.start <= a.period.start}\n"
    ((name, kind, _, reason),) = told(rule)
    assert (name, kind) == ("own", "NEVER_BOUND")
    assert "a.period.end < a.period.start (supposed)" in reason


def test_a_demand_that_no_dating_meets_is_flagged():
    rule = "- {id: own, for: {a: Activity}, require: a.period.start < 1990 and a.period.end < a.period.start}\n"
    assert [(name, kind) for name, kind, _, _ in told(rule)] == [("own", "NEVER_MET")]


def test_a_demand_that_is_met_only_where_its_condition_is_not_is_flagged():
    rule = "- {id: own, for: {a: Activity}, where: a.period.start > 1995, require: a.period.end < 1990}\n"
    assert [(name, kind) for name, kind, _, _ in told(rule)] == [("own", "NEVER_MET")]


CHAIN = """
- {id: first, for: {x: Exclusion}, require: x.provision.force.start <= x.act.adopted}
- {id: second, for: {x: Exclusion}, require: x.act.adopted < x.act.published}
- {id: third, for: {x: Exclusion}, require: x.provision.force.start <= x.act.published}
"""


def test_what_others_imply_together_is_flagged_with_them_and_with_the_chain():
    assert told(CHAIN) == [
        (
            "third", "IMPLIED", ["first", "second"],
            [
                "x.provision.force.start <= x.act.adopted (first)",
                "x.act.adopted < x.act.published (second)",
                "x.act.published < x.provision.force.start (supposed)",
            ],
        )
    ]  # fmt: skip


def test_a_rule_that_is_bound_where_the_others_are_not_is_not_implied():
    """A mandate need not name an act: without one, the last rule alone speaks of it."""
    rules = """
- {id: first, for: {m: Mandate}, require: m.body.lifetime.start <= m.act.adopted}
- {id: second, for: {m: Mandate}, require: m.act.adopted <= m.period.start}
- {id: third, for: {m: Mandate}, require: m.body.lifetime.start <= m.period.end}
"""
    assert told(rules) == []


def test_a_rule_on_more_records_than_another_is_not_implied_by_it():
    rules = """
- {id: narrow, for: {c: Count}, where: c.extent = 'period', require: c.value >= 10}
- {id: wide, for: {c: Count}, require: c.value >= 5}
"""
    assert told(rules) == []


def test_a_weaker_rule_on_the_same_records_is_implied():
    rules = """
- {id: strong, for: {c: Count}, require: c.value >= 10}
- {id: weak, for: {c: Count}, require: c.value >= 5}
"""
    assert told(rules) == [("weak", "IMPLIED", ["strong"], ["10 <= c.value (strong)", "c.value < 5 (supposed)"])]


def test_a_milder_rule_implies_no_graver_one_and_a_graver_one_the_milder():
    strong, weak = "require: c.value >= 10", "require: c.value >= 5"
    graver = f"- {{id: hint, severity: warning, for: {{c: Count}}, {strong}}}\n- {{id: demand, for: {{c: Count}}, {weak}}}\n"
    milder = f"- {{id: demand, for: {{c: Count}}, {strong}}}\n- {{id: hint, severity: warning, for: {{c: Count}}, {weak}}}\n"
    assert told(graver) == []
    assert [(name, others) for name, _, others, _ in told(milder)] == [("hint", ["demand"])]


def test_two_rules_that_say_the_same_imply_each_other():
    rules = "".join(f"- {{id: {name}, for: {{a: Activity}}, require: a.body.lifetime.start <= a.period.start}}\n" for name in ("one", "other"))
    assert [(name, kind, others) for name, kind, others, _ in told(rules)] == [("one", "IMPLIED", ["other"]), ("other", "IMPLIED", ["one"])]


@pytest.mark.parametrize(
    "other",
    [
        "for: {a: Activity}, require: a.period.end < a.body.lifetime.start",
        "for: {b: Activity}, require: b.period.start < b.body.lifetime.start",
        "for: {a: Activity, b: Body}, where: a.body = b, require: a.period before b.lifetime",
    ],
)
def test_two_rules_that_cannot_both_hold_of_one_fact_are_flagged(other):
    rules = f"- {{id: one, for: {{a: Activity}}, require: a.body.lifetime.start <= a.period.start}}\n- {{id: other, {other}}}\n"
    assert [(name, kind, others) for name, kind, others, _ in told(rules)] == [("one", "CONTRADICTORY", ["other"])]


def test_two_rules_that_contradict_each_other_of_an_entity_that_one_only_refers_to_are_flagged():
    rules = """
- {id: one, for: {c: Creation}, require: c.body.lifetime.start < 1990}
- {id: other, for: {b: Body}, require: b.lifetime.start > 1995}
"""
    ((name, kind, others, reason),) = told(rules)
    assert (name, kind, others) == ("one", "CONTRADICTORY", ["other"])
    assert sorted(reason, reverse=True) == ["b.lifetime.start < 1990 (one)", "1995 < b.lifetime.start (other)"]


def test_rules_on_different_conditions_do_not_contradict_each_other():
    rules = """
- {id: one, for: {a: AccessChange}, where: "a.change = 'opened'", require: a.date >= 1990}
- {id: other, for: {a: AccessChange}, where: "a.change = 'closed'", require: a.date < 1990}
"""
    assert told(rules) == []


def test_rules_that_contradict_each_other_under_conditions_that_can_both_be_true_are_flagged():
    rules = """
- {id: one, for: {a: Activity}, where: a.period.start > 1980, require: a.period.end > 2000}
- {id: other, for: {a: Activity}, where: a.period.start > 1985, require: a.period.end < 1999}
"""
    assert [(name, kind, others) for name, kind, others, _ in told(rules)] == [("one", "CONTRADICTORY", ["other"])]


def test_what_is_known_and_must_not_be_contradicts():
    rules = """
- {id: one, for: {f: Activity}, require: f.quote is known}
- {id: other, for: {f: Activity}, require: f.quote is unknown}
"""
    assert [(name, kind, others) for name, kind, others, _ in told(rules)] == [("one", "CONTRADICTORY", ["other"])]
