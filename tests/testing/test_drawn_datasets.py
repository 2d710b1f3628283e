"""Datasets that are known to be consistent, and such with a known conflict: the check says the same."""

import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from offices import (
    ALL_VOTES,
    APART,
    BEFORE,
    BIRTH_KNOWN,
    BORN,
    OF_AGE,
    ONE_BIRTH,
    RULES,
    SCHEMA,
    STILL_HELD,
    UNTIL,
    VOTED,
)

from rehabfacts import INSTITUTIONS, Mode, NoSuchThing, Rule, Severity, builtin, check_dataset, load
from rehabfacts.calendars import day_number
from rehabfacts.schema import Kind
from rehabfacts.testing import consistent_datasets, inconsistent_datasets, rule_sets

SHIPPED = builtin.rules()
MANY = settings(max_examples=150, database=None, derandomize=True, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
DEFAULT = settings(settings.get_profile("default"), database=None, deadline=None, derandomize=True, phases=[Phase.generate])


def told(report):
    return [(each.rule_id, each.conflict.facts) for each in report.violations]


def dated(report):
    """The conflicts of times and numbers."""
    return [(each.rule_id, each.conflict.facts) for each in report.violations if not each.is_written]


def errors(report):
    return [(each.rule_id, each.conflict.facts) for each in report.violations if each.severity is Severity.ERROR]


# What is consistent


@given(consistent_datasets(INSTITUTIONS, SHIPPED))
def test_of_the_shipped_rules_none_is_broken_in_a_consistent_dataset(dataset):
    report = check_dataset(dataset, SHIPPED)
    assert (dated(report), errors(report), report.is_complete) == ([], [], True)


@given(consistent_datasets(SCHEMA, RULES, sources=["register", "chronicle"]))
def test_of_rules_of_a_users_own_none_is_broken_in_a_consistent_dataset(dataset):
    report = check_dataset(dataset, RULES)
    assert (told(report), report.is_complete) == ([], True)


@given(rule_sets(SCHEMA).flatmap(lambda rules: st.tuples(st.just(rules), consistent_datasets(SCHEMA, rules))))
def test_of_drawn_rules_none_is_broken_in_a_consistent_dataset(drawn):
    rules, dataset = drawn
    assert told(check_dataset(dataset, rules)) == []


@given(consistent_datasets(SCHEMA, years=(1950, 1980), least=2, most=3, types=["Term"], sources=["register"]))
def test_what_is_asked_for_is_drawn(dataset):
    terms, last = dataset.of_type("Term"), day_number(1980, 12, 31)
    assert ({type(each).__name__ for each in dataset.facts.values()}, {each.source for each in terms}) == ({"Term"}, {"register"})
    assert len(terms) >= 2
    assert [each for each in terms if each.period.start_earliest is not None and each.period.start_earliest > last] == []


def collected(strategy, counted):
    found = []
    MANY(given(strategy)(lambda drawn: found.append(counted(drawn))))()
    return found


def test_consistent_datasets_have_much_to_judge():
    rules = (BORN, OF_AGE, UNTIL, VOTED, ALL_VOTES)
    judged = collected(consistent_datasets(SCHEMA, rules), lambda dataset: [each.rule.id for each in check_dataset(dataset, rules).outcomes])
    assert {name for names in judged for name in names} == {"of-age", "hands-over", "no-fewer-votes", "votes-add-up"}
    assert sum(map(len, judged)) > len(judged)


def test_demands_that_come_with_how_a_time_is_told_hold_as_well():
    reports = collected(consistent_datasets(SCHEMA, [STILL_HELD]), lambda dataset: check_dataset(dataset, [STILL_HELD]))
    assert [each for report in reports for each in told(report)] == []
    assert sum(len(report.outcomes) for report in reports) > 20


def test_what_only_the_dataset_as_written_answers_holds_too():
    rules = (BIRTH_KNOWN, ONE_BIRTH, BORN)
    facts = collected(consistent_datasets(SCHEMA, rules, types=["Term", "Birth"]), lambda dataset: [type(each).__name__ for each in dataset.facts.values()])
    assert {"Term", "Birth"} <= {name for names in facts for name in names}
    assert collected(consistent_datasets(SCHEMA, rules), lambda dataset: told(check_dataset(dataset, rules))) == [[]] * MANY.max_examples


def test_demands_that_cannot_be_met_leave_no_fact_of_theirs():
    never = Rule.of("never", Mode.REQUIRE, "t.period.start < t.period.start", scans={"t": "Term"}, schema=SCHEMA)
    assert set(collected(consistent_datasets(SCHEMA, [never, BORN]), lambda dataset: len(dataset.of_type("Term")))) == {0}


@given(consistent_datasets(INSTITUTIONS, SHIPPED))
def test_a_drawn_dataset_is_written_and_read_back(tmp_path_factory, dataset):
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "facts.yaml").write_text(json.dumps(as_file(dataset)), encoding="utf-8")
    loaded = load([folder], INSTITUTIONS)
    assert [str(each) for each in loaded.problems if not each.is_warning] == []
    assert (dict(loaded.dataset.entities), dict(loaded.dataset.facts)) == (dict(dataset.entities), dict(dataset.facts))


def as_file(dataset):
    """What a fact file would say, as JSON, which is YAML."""
    return {
        "rehabfacts": 1,
        "entities": [as_mapping(dataset, each) for each in dataset.entities.values()],
        "facts": [as_mapping(dataset, each) for each in dataset.facts.values()],
    }


def as_mapping(dataset, record):
    kind = dataset.type_of(record)
    said = {name: getattr(record, name) for name in kind.fields if getattr(record, name) not in (None, ()) and name != "status"}
    return {"type": kind.name} | {name: written(kind.fields[name].kind, value) for name, value in said.items()}


def written(kind, value):
    if kind in {Kind.DATE, Kind.PERIOD, Kind.QUANTITY}:
        return str(value)
    return list(value) if kind is Kind.TEXTS else value


# What is not


def assert_known_conflict(found, rules):
    """The planted facts clash under the rule that is named, and nothing clashes without all of them."""
    clashes = dated(check_dataset(found.dataset, rules))
    assert [facts for rule_id, facts in clashes if rule_id == found.rule_id and {*found.facts} <= {*facts}] != []
    assert [(rule_id, facts) for rule_id, facts in clashes if not {*found.facts} <= {*facts}] == []


@given(inconsistent_datasets(INSTITUTIONS, SHIPPED))
def test_a_planted_contradiction_is_found_under_the_shipped_rules(found):
    assert_known_conflict(found, SHIPPED)


@given(inconsistent_datasets(SCHEMA, RULES))
def test_a_planted_contradiction_is_found_under_rules_of_a_users_own(found):
    assert_known_conflict(found, RULES)


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(rule_sets(SCHEMA).flatmap(lambda rules: st.tuples(st.just(rules), inconsistent_datasets(SCHEMA, rules))))
def test_a_planted_contradiction_is_found_under_drawn_rules(drawn):
    rules, found = drawn
    assert_known_conflict(found, rules)


def test_contradictions_of_definitions_and_of_demands_are_planted():
    assert set(collected(inconsistent_datasets(SCHEMA, (BORN, UNTIL)), lambda found: found.rule_id)) == {"facts-agree", "hands-over"}
    assert {len(each) for each in collected(inconsistent_datasets(SCHEMA, (BORN, OF_AGE)), lambda found: found.facts)} >= {2}


# What they are for


def test_a_rule_that_says_before_where_until_was_meant_is_found_out_by_default():
    @DEFAULT
    @given(consistent_datasets(SCHEMA, [UNTIL]))
    def one_may_take_over_on_the_day_that_another_leaves(dataset):
        assert told(check_dataset(dataset, [BEFORE])) == []

    with pytest.raises(AssertionError) as caught:
        one_may_take_over_on_the_day_that_another_leaves()
    assert "hands-over" in str(caught.value)


def test_a_rule_that_says_until_where_before_was_meant_is_found_out_by_default():
    @DEFAULT
    @given(inconsistent_datasets(SCHEMA, [BEFORE]))
    def nobody_takes_over_on_the_day_that_another_leaves(found):
        assert (found.rule_id, found.facts) in told(check_dataset(found.dataset, [UNTIL])) or found.rule_id == "facts-agree"

    with pytest.raises(AssertionError):
        nobody_takes_over_on_the_day_that_another_leaves()


def test_two_rules_for_one_thing_that_differ_are_found_out_by_default():
    @DEFAULT
    @given(consistent_datasets(SCHEMA, [UNTIL]))
    def one_at_a_time_says_no_more_than_hands_over(dataset):
        assert told(check_dataset(dataset, [APART])) == []

    with pytest.raises(AssertionError):
        one_at_a_time_says_no_more_than_hands_over()


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"types": ["Mandate"]}, NoSuchThing, "no type Mandate"),
        ({"types": ["Office"]}, ValueError, "expected fact types to draw of, found none"),
        ({"least": 3, "most": 2}, ValueError, "expected a least number of facts up to the greatest, got 3 and 2"),
        ({"years": (1990, 1980)}, ValueError, "expected two years of -9999 to 9999, the first not after the last, got (1990, 1980)"),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_once(options, error, says):
    with pytest.raises(error) as caught:
        consistent_datasets(SCHEMA, RULES, **options)
    assert str(caught.value) == says
