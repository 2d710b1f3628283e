"""What editors are told of our files is what the loaders do: whole examples validate, and mistakes of shape do not."""

import copy
import json
import re
import tomllib

import pytest
import yaml
from console_examples import ROOT
from copies import run
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from rehabfacts.exports.editor_schemas import EDITOR_SCHEMAS
from rehabfacts.loading.examples import read_examples
from rehabfacts.loading.fact_files import MadeFile, read_fact_file
from rehabfacts.loading.records.mapping_files import read_mapping, read_records_file
from rehabfacts.loading.rule_files import KEYS, read_rule_file
from rehabfacts.loading.schema_files import read_schema_files
from rehabfacts.loading.values import ValueReader
from rehabfacts.loading.yaml_tree import Text, read_yaml
from rehabfacts.schema import Schema
from rehabfacts.settings import SETTINGS, read_settings
from rehabfacts.vocabulary import INSTITUTIONS

SAVED = re.compile(r"^[^\n]*\b[Ss]ave this as `(?P<name>[\w./-]+)`[^\n]*:\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
OF_SHAPE = {"E-SHAPE", "E-KEY-MISSING", "E-KEY-UNKNOWN", "E-VERSION", "E-TYPE", "E-ID"}
TOO = ("E-NUM-FORM rank", "E-NUM-FORM clash", "E-REF no calendar")


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2 with its core schema, which editors use: dates and yes and no are texts."""


AsEditorsRead.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"^(?:true|false)$", ["t", "f"]),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    AsEditorsRead.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)
AsEditorsRead.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))


def as_read(text):
    return yaml.load(text, AsEditorsRead)  # noqa: S506  # a safe loader


def validator(kind, schema=INSTITUTIONS):
    return Draft202012Validator(EDITOR_SCHEMAS[kind](schema))


VALIDATORS = {kind: validator(kind) for kind in EDITOR_SCHEMAS}


def wrong(checker, text):
    """What an editor would mark, a line each."""
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in checker.iter_errors(as_read(text))]


@pytest.mark.parametrize("kind", EDITOR_SCHEMAS)
def test_what_describes_a_kind_of_files_is_itself_a_schema(kind):
    few = Schema.of(INSTITUTIONS[name].cls for name in ("Body", "Person", "Creation", "Count", "Statement"))
    Draft202012Validator.check_schema(EDITOR_SCHEMAS[kind](few))


@pytest.mark.parametrize("path", sorted([*(ROOT / "facts").glob("*.yaml"), *(ROOT / "rules").glob("*.yaml")]), ids=lambda path: path.name)
def test_every_file_that_ships_validates(path):
    assert wrong(VALIDATORS[path.parent.name], path.read_text(encoding="utf-8")) == []


PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_of_a_page_that_loads_validates(page):
    saved = [(match["name"], match["text"]) for match in SAVED.finditer(page.read_text(encoding="utf-8"))]
    trees = {name: read_yaml(text.encode(), name)[0] for name, text in saved if name.endswith(".yaml")}
    declared = [(name, tree) for name, tree in trees.items() if "types" in getattr(tree, "entries", {})]
    schema = read_schema_files(declared, INSTITUTIONS)[0] if declared else INSTITUTIONS
    checkers = {kind: validator(kind, schema) if declared else VALIDATORS[kind] for kind in ("facts", "rules")}
    for name, text in saved:
        if name == "rehabfacts.toml":
            assert [error.message for error in VALIDATORS["settings"].iter_errors(tomllib.loads(text))] == []
        tree = trees.get(name)
        if tree is None or {"types", "records"} & getattr(tree, "entries", {}).keys():
            continue
        kind = "rules" if hasattr(tree, "items") else "facts"
        if not loader_problems(kind, text, schema):
            assert (name, wrong(checkers[kind], text)) == (name, [])


def loader_problems(kind, text, schema=INSTITUTIONS):
    """The mistakes that the loader finds."""
    tree, problems = read_yaml(text.encode(), "x")
    assert [each for each in problems if not each.is_warning] == []
    if kind == "rules":
        problems = [*read_rule_file(tree, "x", "", schema)[1], *(each for example in examples_of(tree, schema) for each in example.problems)]
    elif kind == "mappings":
        problems = mapping_problems(tree, schema)
    else:
        problems = read_fact_file(tree, "x", schema).problems
    return [f"{each.code} {each.cause}" for each in problems if not each.is_warning]


def mapping_problems(tree, schema):
    """As the loader finds them, without the records."""
    values = ValueReader("x")
    file = read_records_file(tree.entries.get("records", Text("", 1, 1, is_plain=True)), values)
    if file is not None:
        read_mapping(tree, file, schema, values)
    return [*values.problems, *MadeFile("y", schema, "gregorian", tree.entries.get("source"), "x").declared.problems]


def of_shape(kind, problems):
    """Those that an editor can see. In examples of rules an id can be that of a role, which is seen when it is made an entity."""
    blind = {"rules": ("E-ID ",), "mappings": ("E-ID ", "E-TYPE dates", "E-TYPE separator", "E-TYPE format: expected csv, gedcom, json, parquet, yaml, found ''")}.get(kind, ())
    return [each for each in problems if each.startswith(TOO) or (each.split()[0] in OF_SHAPE and not each.startswith(blind))]


def examples_of(tree, schema):
    for node in tree.items:
        yield from read_examples(getattr(node, "entries", {}).get("examples"), "x", schema)


FACTS = as_read(
    """
rehabfacts: 1
source:
  {id: s, text: t.txt, sha256: abc, language: en, date: 1993, calendar: gregorian, encoding: utf-8, title: T, derived_from: [a, b],
   no_claim: [{quote: q, reason: r}]}
entities:
  - {id: law, type: Act, name: {en: Law, uk: Закон}, mentions: [the law, it]}
  - {id: board, type: Body, name: Board}
facts:
  - {id: made, type: Creation, body: board, date: 1993-04, quote: q, status: reported, according_to: board, inferred: {date: why, en: all},
     calendar: julian, waived: {rule: r, facts: x, clash: 3 days, reason: y, author: z, until: 2027}}
  - {id: law-made, type: Adoption, act: law, date: 1993-04-14, note: {en: n}, inferred: why, superseded_by: made}
  - {id: counted, type: Count, population: p, value: 12, extent: moment}
  - {id: read, type: Creation, ambiguity: passage, readings: [{reading: one, held: true, body: board}, {reading: two, body: law, date: 1994}]}
waivers:
  - {violation: abc, facts: [made], rule: r, clash: 3 days, reason: y, author: z, review: 2027-01-01}
"""
)
RULES = as_read(
    """
- id: meets-later
  says: {en: It meets later.}
  why: So it is.
  severity: warning
  rank: 20
  for: {m: Meeting}
  where: m.body = m.body
  unless: {c: Cessation, where: c.body = m.body}
  require: m.body.lifetime.start <= m.period.start
  examples:
    - {verdict: satisfied, entities: [{id: board, type: Body}], facts: [{type: Meeting, body: board, period: 1993}]}
- {id: once, for: {h: OfficeHolding}, apart: h.period, per: [h.office]}
- {id: starts, for: {c: Creation}, define: c.body.lifetime.start = c.date}
"""
)
MAPPING = as_read(
    """
rehabfacts: 1
records: {file: a.csv, format: csv, encoding: utf-8, compressed: gzip, sha256: abc, separator: ";", nothing: [n/a], dates: day.month.year}
source: {id: s, language: en}
map:
  - for: {p: records, t: p.terms}
    where: {t.type: [a, b]}
    needs: [t.from]
    entities: [{id: "{p.id}", type: Person, name: {en: "{p.name}"}, mentions: ["{p.name}"]}]
    facts:
      - {id: "{p.id}-b", type: Birth, person: {value: "{p.id}", words: {x: y}, else: z}, date: {value: "{p.born}", dates: day.month.year}, calendar: julian}
      - {id: m, type: Membership, person: "{p.id}", body: b, period: {start: "{t.from}", end: {value: "{t.to}"}}, note: {value: "{p.note}"}, inferred: why}
"""
)
DOCUMENTS = {"facts": FACTS, "rules": RULES, "mappings": MAPPING}


def test_the_documents_that_are_changed_below_are_good():
    for kind, good in DOCUMENTS.items():
        text = json.dumps(good, ensure_ascii=False)
        assert ([], []) == (loader_problems(kind, text), wrong(VALIDATORS[kind], text))


def places(value, path=()):
    yield path
    for key, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(each, (*path, key))


def changed(document, path, change, value):
    """The document with what stands at a path replaced, taken out, or called otherwise."""
    made = copy.deepcopy(document)
    within = made
    for key in path[:-1]:
        within = within[key]
    if change == "replace":
        within[path[-1]] = value
    elif change == "drop":
        del within[path[-1]]
    elif isinstance(within, dict):
        within[f"{path[-1]}x"] = within.pop(path[-1])
    return made


@pytest.mark.parametrize("kind", DOCUMENTS)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_what_the_loader_refuses_for_its_shape_the_schema_refuses_and_nothing_that_is_read(kind, data):
    document = DOCUMENTS[kind]
    path = data.draw(st.sampled_from([path for path in places(document) if path]))
    change = data.draw(st.sampled_from(["replace", "replace", "drop", "rename"]))
    value = data.draw(st.sampled_from([None, "word", "two words", 7, True, [], {}, ["word"], [None], {"key": "word"}, [{"id": "x"}], {"en": None}]))
    made = changed(document, path, change, value)
    text = json.dumps(made, ensure_ascii=False)
    problems, marks = loader_problems(kind, text), wrong(VALIDATORS[kind], text)
    assert marks or not of_shape(kind, problems), (path, change, value, problems)
    assert problems or not marks, (path, change, value, marks)


def test_every_key_of_a_rule_is_described():
    described = EDITOR_SCHEMAS["rules"](INSTITUTIONS)["items"]["properties"]
    assert list(KEYS) == list(described)
    assert [name for name, each in described.items() if not each and name != "source"] == []


@pytest.mark.parametrize(("text", "is_good"), [
    ('threshold = "warning"\nas_of = "1993"\ntoday = "2026-11-29"\nreliability = ["a", ["b", "c"]]\nwaivers = ["w.yaml"]', True),
    ('threshold = "grave"', False), ("paths = 'facts'", False), ("trehshold = 'note'", False), ("[limits]\nfiles = 0", False), ("[limits]\nfiles = 20001", False),
    ("[widths]\nyear = '2 years'", True), ("[widths]\nage = '2 years'", False), ("[severities]\nr = 'bad'", False), ("[severities]\nr = 'note'", True),
])  # fmt: skip
def test_settings_that_are_refused_are_marked(text, is_good):
    table = tomllib.loads(text)
    try:
        read_settings(table)
        was_read = True
    except ValueError:
        was_read = False
    assert (is_good, is_good) == (was_read, VALIDATORS["settings"].is_valid(table))


@pytest.mark.parametrize("kind", EDITOR_SCHEMAS)
def test_the_command_prints_what_describes_a_kind_of_files(kind):
    assert EDITOR_SCHEMAS[kind](INSTITUTIONS) == run("schema", kind).json


def test_types_of_ones_own_are_described_too():
    tree, _ = read_yaml(b"rehabfacts: 1\ntypes: {Tram: {is: entity}, Opening: {is: fact, fields: {tram: Tram, on: date}, required: [tram]}}", "x")
    own = validator("facts", read_schema_files([("x", tree)], Schema.of(()))[0])
    good = "rehabfacts: 1\nentities: [{id: t, type: Tram}]\nfacts: [{id: o, type: Opening, tram: t, on: 1912}]"
    assert [[], ["facts/0: 'tram' is a required property"]] == [wrong(own, text) for text in (good, good.replace("tram: t, ", ""))]


def test_values_are_read_as_editors_read_them():
    assert {"a": 12, "b": "1993-04-14", "c": None, "d": "no", "e": True} == as_read("a: 012\nb: 1993-04-14\nc: ~\nd: no\ne: true")


SAMPLES = ["word", "note", "1993", "2 years", 7, True, [], ["word"], ["a", ["b", "c"]], [7], {}, {"word": "note"}, {"year": "2 years"}, {"files": 7}, {"rule": {"age": 18}}]


@pytest.mark.parametrize("key", SETTINGS)
def test_every_value_of_a_setting_that_is_read_is_described(key):
    def is_read(value):
        try:
            read_settings({key: value})
        except ValueError:
            return False
        return True

    assert [] == [value for value in SAMPLES if is_read(value) and not VALIDATORS["settings"].is_valid({key: value})]
