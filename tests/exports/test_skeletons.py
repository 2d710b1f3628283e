"""A skeleton is ready to be pasted: it loads once it is filled in, and says which fields there are."""

import re

import pytest
from copies import run

from rehabfacts.exports.skeletons import RULE, skeleton
from rehabfacts.loading.examples import read_examples
from rehabfacts.loading.fact_files import read_fact_file, type_names
from rehabfacts.loading.rule_files import read_rule_file
from rehabfacts.loading.yaml_tree import read_yaml
from rehabfacts.schema import Kind
from rehabfacts.vocabulary import INSTITUTIONS

VALUES = {Kind.DATE: "1993", Kind.PERIOD: "1993/1994", Kind.QUANTITY: "12", Kind.FLAG: "true"}
TYPES = [(is_fact, name) for is_fact in (False, True) for name in type_names(INSTITUTIONS, is_fact=is_fact)]


def loaded(text, *, is_fact):
    indented = "".join(f"  {line}\n" for line in text.splitlines())
    tree, problems = read_yaml(f"rehabfacts: 1\n{'facts' if is_fact else 'entities'}:\n{indented}".encode(), "x")
    found = read_fact_file(tree, "x", INSTITUTIONS)
    return found.facts if is_fact else found.entities, [str(each) for each in (*problems, *found.problems)]


def filled(text, kind, *, every):
    """The skeleton with a value behind each key that stands there, or behind every one."""
    text = re.sub(r"^  # (\w+:) \(.*\)$", r"  \1", text, flags=re.MULTILINE) if every else text

    def fill(match):
        field = kind.fields.get(match["name"])
        if field is None:
            return match[0]
        value = field.choices[0] if field.choices else "35 %" if field.unit == "%" else VALUES.get(field.kind, "word")
        return f"{match['lead']}{match['name']}: {value}"

    return re.sub(r"^(?P<lead>(?:- |  ))(?P<name>\w+):$", fill, text, flags=re.MULTILINE)


@pytest.mark.parametrize(("is_fact", "name"), TYPES)
@pytest.mark.parametrize("every", [False, True])
def test_a_skeleton_that_is_filled_in_loads(is_fact, name, every):
    kind = INSTITUTIONS[name]
    records, problems = loaded(filled(skeleton(kind), kind, every=every), is_fact=is_fact)
    assert (1, []) == (len(records), problems)
    assert isinstance(records[0], kind.cls)


@pytest.mark.parametrize(("is_fact", "name"), TYPES)
def test_a_skeleton_names_every_field_once(is_fact, name):
    named = re.findall(r"^(?:- |  )(?:# )?(\w+):(?: \(.*\)| [A-Z]\w+)?$", skeleton(INSTITUTIONS[name]), re.MULTILINE)
    assert sorted([*INSTITUTIONS[name].fields, "type"]) == sorted(named)


def test_a_skeleton_that_is_not_filled_in_says_what_is_missing():
    _, problems = loaded(skeleton(INSTITUTIONS["Meeting"]), is_fact=True)
    assert ["x:4:5: E-KEY-MISSING Meeting: expected body (the id of a record)", "x:4:8: E-ID expected an id, found nothing"] == sorted(problems)


def test_the_skeleton_of_a_rule_is_a_rule_with_examples_that_can_be_read():
    tree, _ = read_yaml(RULE.replace("- id:", "- id: created-early").encode(), "x")
    rules, problems = read_rule_file(tree, "x", "", INSTITUTIONS)
    examples = read_examples(tree.items[0].entries["examples"], "x", INSTITUTIONS)
    assert (1, [], [(), (), ()]) == (len(rules), problems, [each.problems for each in examples])


def test_the_commands_print_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert skeleton(INSTITUTIONS["Meeting"]) == run("new", "fact", "Meeting").out
    assert skeleton(INSTITUTIONS["Body"]) == run("new", "entity", "Body").out
    assert run("new", "rule").out == RULE
    assert "no fact type Body" in run("new", "fact", "Body").err
    (tmp_path / "types.yaml").write_text("rehabfacts: 1\ntypes: {Opening: {is: fact, fields: {trams: quantity in trams}}}\n")
    assert "  # trams: (a number: 75 thousand, 1,234, 11..12, in trams)" in run("new", "fact", "Opening", "--in", "types.yaml").lines
