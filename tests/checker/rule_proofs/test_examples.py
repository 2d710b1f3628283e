"""Rules carry their examples: those of the shipped packs hold, say enough, and a wrong one is told with its place."""

import pytest

from rehabfacts import builtin
from rehabfacts.checker.checking import check_dataset
from rehabfacts.checker.judging.judging import Outcome
from rehabfacts.checker.rule_proofs.examples import run_examples
from rehabfacts.loading.examples import read_examples
from rehabfacts.loading.rule_files import read_rule_file
from rehabfacts.loading.yaml_tree import read_yaml
from rehabfacts.rules.plans import AtMost, Every, Sum
from rehabfacts.rules.rules import Severity
from rehabfacts.vocabulary import INSTITUTIONS

SHIPPED = builtin.rules()
GIVEN = tuple(rule for rule in SHIPPED if rule.mode.is_given)
DEMANDS = tuple(rule for rule in SHIPPED if not rule.mode.is_given)
RESULTS = run_examples(SHIPPED, INSTITUTIONS)


def is_open_world(rule):
    return any(isinstance(atom, AtMost) or (isinstance(atom, Sum) and not is_count(atom)) for branch in rule.plan.branches for atom in branch)


def is_count(total):
    """Whether a sum only counts records, which are there as they are written."""
    return all(isinstance(thing, Every) and not thing.of.points for _, thing in total.terms)


def examples_of(rule):
    return read_examples(rule.examples, rule.origin.path, INSTITUTIONS)


def violated_errors(report):
    return {
        instance.rule.id
        for instance, outcome in report.outcomes.items()
        if outcome is Outcome.VIOLATED and instance.rule.severity is Severity.ERROR
    }


def demands_in(conflict):
    return {instance.rule.id for instance in conflict.instances if not instance.rule.mode.is_given}


def test_every_shipped_example_comes_out_as_written():
    assert [str(result) for result in RESULTS if not result.passes or result.problems] == []


@pytest.mark.parametrize("rule", DEMANDS, ids=lambda rule: rule.id)
def test_a_demand_shows_every_verdict_it_can_give(rule):
    possible = {"violated", "satisfied"} | ({"undetermined"} if is_open_world(rule) else set())
    shown = {result.found for result in RESULTS if result.rule == rule.id}
    assert shown == possible


@pytest.mark.parametrize("rule", DEMANDS, ids=lambda rule: rule.id)
def test_no_demand_follows_from_the_others(rule):
    """Each is violated somewhere where every other error holds."""
    reports = [
        check_dataset(each.dataset, SHIPPED) for each in examples_of(rule) if each.verdict == "violated"
    ]
    alone = [report for report in reports if violated_errors(report) <= {rule.id}]
    conflicts = [
        each for report in alone for each in report.main.judging.conflicts if each.headline.rule is rule
    ]
    assert [{rule.id} for _ in conflicts] == [demands_in(conflict) for conflict in conflicts] != []


@pytest.mark.parametrize("rule", DEMANDS, ids=lambda rule: rule.id)
def test_an_example_that_is_not_violated_breaks_no_other_rule(rule):
    reports = [
        check_dataset(each.dataset, SHIPPED) for each in examples_of(rule) if each.verdict != "violated"
    ]
    assert [set() for _ in reports] == [violated_errors(report) for report in reports]


def test_a_body_created_before_the_act_of_its_provision_breaks_the_rule_of_bodies_not_that_of_parts():
    facts = """
- {type: Enablement, body: commission, provision: article-28}
- {type: PartOf, part: article-28, whole: law}
- {type: Adoption, act: law, date: 1993-04-14}
- {type: Creation, body: commission, date: 1992}
"""
    (conflict,) = [each for each in shipped_conflicts(facts) if each.headline.rule.severity is Severity.ERROR]
    assert conflict.headline.rule.id == "body-created-under-provision-in-force"
    assert demands_in(conflict) == {"body-created-under-provision-in-force", "provision-in-force-within-act"}


def test_a_count_is_not_compared_with_itself():
    facts = """
- {type: Count, population: shot, extent: cumulative, as_of: 1993, value: 10}
- {type: Count, population: shot, extent: cumulative, as_of: 1994, value: 11}
"""
    report = check_dataset(dataset_of(facts), SHIPPED)
    bindings = {each.binding for each in report.outcomes if each.rule.id == "cumulative-counts-never-fall"}
    assert bindings == {("f1", "f2"), ("f2", "f1")}


RULE = """\
- id: body-created-before-it-acts
  for: {a: Activity}
  require: a.body.lifetime.start <= a.period.start
  examples:
"""


def tree_of(text):
    tree, problems = read_yaml(text.encode(), "own.yaml")
    assert problems == []
    return tree


def run(examples, rule=RULE, **options):
    rules, problems = read_rule_file(tree_of(rule + examples), "own.yaml", "own", INSTITUTIONS)
    assert problems == []
    return run_examples(rules, INSTITUTIONS, **{"given": GIVEN, **options})


def told(examples, rule=RULE, **options):
    return [str(result) for result in run(examples, rule, **options)]


def dataset_of(facts):
    indented = "".join(f"    {line}\n" for line in facts.strip().splitlines())
    (example,) = read_examples(
        tree_of(f"- verdict: satisfied\n  facts:\n{indented}"), "own.yaml", INSTITUTIONS
    )
    assert example.problems == ()
    return example.dataset


def shipped_conflicts(facts):
    return check_dataset(dataset_of(facts), SHIPPED).main.judging.conflicts


ACTS = "{type: Activity, body: b, period: 1993/1994}"
CREATED = "{type: Creation, body: b, date: 1995}"


def test_a_right_example_passes():
    (result,) = run(f"    - {{verdict: violated, facts: [{CREATED}, {ACTS}]}}\n")
    assert (result.rule, result.expected, result.found) == (
        "body-created-before-it-acts",
        "violated",
        "violated",
    )
    assert (result.passes, result.problems) == (True, ())
    assert (result.origin.path, result.origin.line, result.origin.column) == ("own.yaml", 5, 7)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (f"{CREATED}, {ACTS}", "violated"),
        (ACTS, "undetermined"),
        (CREATED, "no instance"),
        (f"{CREATED}, {{type: Creation, body: b, date: 1996}}, {ACTS}", "disputed"),
    ],
)
def test_a_wrong_example_is_told_with_what_was_found(facts, found):
    expected = f"own.yaml:5:7: example of body-created-before-it-acts: expected satisfied, found {found}"
    assert told(f"    - {{verdict: satisfied, facts: [{facts}]}}\n") == [expected]


def test_the_gravest_verdict_of_the_instances_counts():
    later = "{type: Activity, body: b, period: 1996/1997}"
    assert [
        each.found for each in run(f"    - {{verdict: violated, facts: [{later}, {CREATED}, {ACTS}]}}\n")
    ] == ["violated"]


def test_without_a_given_the_definitions_among_the_rules_count():
    example = f"    - {{verdict: undetermined, facts: [{CREATED}, {ACTS}]}}\n"
    assert [each.found for each in run(example, given=None)] == ["undetermined"]
    definition = "- id: d\n  for: {c: Creation}\n  define: c.body.lifetime.start = c.date\n"
    assert [each.found for each in run(example, definition + RULE, given=None)] == ["violated"]


@pytest.mark.parametrize(
    ("example", "problem"),
    [
        ("{facts: [%s]}", "5:7: E-KEY-MISSING expected the verdict of the example (one of violated, undetermined, satisfied)"),
        ("{verdict: , facts: [%s]}", "5:7: E-KEY-MISSING expected the verdict of the example (one of violated, undetermined, satisfied)"),
        ("{verdict: violatd, facts: [%s]}", "5:17: E-TYPE verdict: expected one of violated, undetermined, satisfied, found 'violatd' (did you mean violated?)"),
        ("{verdict: violated, fact: [%s]}", "5:27: E-KEY-UNKNOWN unknown key 'fact' (did you mean facts?)"),
        ("{verdict: violated}", "5:7: E-KEY-MISSING expected the facts of the example"),
        ("{verdict: violated, facts: no}", "5:34: E-SHAPE facts: expected a list, found 'no'"),
        ("{verdict: violated, facts: [no]}", "5:35: E-SHAPE facts: expected a mapping with id and type, found 'no'"),
        ("{verdict: violated, facts: [{type: Activty, body: b}]}", "5:42: E-TYPE no fact type 'Activty' (did you mean Activity?)"),
        ("{verdict: violated, facts: [{type: Activity, body: b, date: 1993}]}", "5:61: E-KEY-UNKNOWN unknown key 'date'"),
        ("{verdict: violated, facts: [{type: Activity, body: b, period: 1993-13}]}", "5:69: E-DATE period: "),
        ("{verdict: violated, facts: [{type: Activity, body: the b}]}", "5:58: E-ID expected an id of letters, digits and - _ . :, found the b"),
        ("{verdict: violated, facts: [{id: a, type: Activity, body: b}, {id: a, type: Activity, body: b}]}", "5:69: E-ID-DUP "),
        ("{verdict: violated, facts: [{type: Activity, body: f1}]}", "5:58: E-TYPE body of f1: expected a Body, but 'f1' is a Activity"),
        ("{verdict: violated, facts: [{type: Share, part: f2, whole: f1}]}", "5:55: E-REF part of f1: expected the id of a Count, found no 'f2'"),
        ("{verdict: violated, entities: [{id: b, type: Act}], facts: [%s]}", "5:90: E-TYPE body of f1: expected a Body, but 'b' is a Act"),
        ("{verdict: violated, facts: [{type: Adoption, act: b, by: b}]}", "5:64: E-TYPE by of f1: expected a Body, but 'b' is a Act"),
        ("violated", "5:7: E-SHAPE expected an example, a mapping with verdict and facts, found 'violated'"),
    ],
)  # fmt: skip
def test_an_example_that_cannot_be_read_is_told_at_its_place(example, problem):
    (result,) = run(f"    - {example.replace('%s', ACTS)}\n")
    assert (result.passes, result.found) == (False, "")
    assert str(result.problems[0]).startswith(f"own.yaml:{problem}")
    assert f"example of body-created-before-it-acts: own.yaml:{problem}" in str(result)


def test_all_problems_of_an_example_are_told():
    (result,) = run(
        "    - {verdict: maybe, note: x, facts: [{type: Activity, period: 1993}, {type: Nothing}]}\n"
    )
    codes = [(each.code, each.column) for each in result.problems if not each.is_warning]
    assert codes == [("E-KEY-UNKNOWN", 24), ("E-TYPE", 17), ("E-KEY-MISSING", 41), ("E-TYPE", 80)]


def test_readings_have_no_place_in_an_example():
    readings = "readings: [{reading: a, period: 1993/1994}, {reading: b, period: 1995/1996}]"
    (result,) = run(f"    - {{verdict: violated, facts: [{{type: Activity, body: b, {readings}}}]}}\n")
    assert [str(each) for each in result.problems] == [
        "own.yaml:5:72: E-READING expected facts without readings in an example",
        "own.yaml:5:105: E-READING expected facts without readings in an example",
    ]


def test_a_warning_is_kept_and_fails_nothing():
    (result,) = run(
        "    - {verdict: undetermined, facts: [{type: Activity, body: b, period: None}]}\n".replace(
            "None", "1993"
        )
    )
    assert (result.passes, [each.is_warning for each in result.problems]) == (True, [True])


def test_examples_that_are_no_list_are_one_problem():
    assert told("    violated\n") == [
        "own.yaml:5:5: example of body-created-before-it-acts: own.yaml:5:5: E-SHAPE examples: expected a list, found 'violated'"
    ]


def test_a_rule_without_examples_gives_no_results():
    assert run("") == ()


def test_a_definition_gives_no_verdict():
    rule = "- id: d\n  for: {c: Creation}\n  define: c.body.lifetime.start = c.date\n  examples:\n"
    assert told(f"    - {{verdict: satisfied, facts: [{CREATED}]}}\n", rule) == [
        "own.yaml:5:7: example of d: own.yaml:5:7: E-EXAMPLE expected examples of rules that demand something, d has the mode define and gives no verdict"
    ]


def test_facts_are_numbered_by_their_place_and_entities_implied_by_their_roles():
    dataset = dataset_of(
        f"- {CREATED}\n- {{id: work, type: Activity, body: b}}\n- {{type: Adoption, act: law, by: b}}"
    )
    assert list(dataset.facts) == ["f1", "work", "f3"]
    assert {name: type(each).__name__ for name, each in dataset.entities.items()} == {
        "b": "Body",
        "law": "Act",
    }


def test_an_implied_entity_has_the_narrowest_type_that_its_roles_point_at():
    dataset = dataset_of("- {type: Identity, mention: a, entity: b}\n- {type: Creation, body: b}")
    assert {name: type(each).__name__ for name, each in dataset.entities.items()} == {
        "a": "Entity",
        "b": "Body",
    }
