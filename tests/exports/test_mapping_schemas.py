"""What editors are told of mapping files and schema files: examples of the docs and of the tests validate, mistakes do not."""

import re
from pathlib import Path

import pytest
import yaml
from console_examples import ROOT
from jsonschema import Draft202012Validator

from rehabfacts.exports.editor_schemas import EDITOR_SCHEMAS
from rehabfacts.loading.loader import load
from rehabfacts.vocabulary import INSTITUTIONS

SAVED = re.compile(r"^[^\n]*\b[Ss]ave this as `(?P<name>[\w./-]+\.yaml)`[^\n]*:\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
SHAPES = sorted((Path(__file__).resolve().parents[1] / "data" / "records").iterdir())
MAPPING = "rehabfacts: 1\nrecords: a.csv\nmap:\n- for: {p: records}\n  entities: [{id: '{p.id}', type: Person}]\n"
TYPES = "rehabfacts: 1\ntypes:\n  Trip: {is: fact, fields: {day: date, of: Body, km: quantity in km, way: [up, down]}, required: day}\n"


def wrong(kind, text, schema=INSTITUTIONS):
    document = yaml.load(text, yaml.BaseLoader)  # noqa: S506  # texts, lists and mappings only
    return sorted("/".join(map(str, error.absolute_path)) for error in Draft202012Validator(EDITOR_SCHEMAS[kind](schema)).iter_errors(document))




@pytest.mark.parametrize("folder", SHAPES, ids=lambda folder: folder.name)
def test_mapping_and_schema_files_of_every_shape_validate(folder):
    schema = load([folder], INSTITUTIONS).dataset.schema
    for path in folder.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if "records:" in text:
            assert wrong("mappings", text, schema) == []
        if "types:" in text:
            assert wrong("schemas", text, schema) == []


@pytest.mark.parametrize(("page", "kind"), [("records.md", "mappings"), ("schemas.md", "schemas")])
def test_the_examples_of_the_pages_validate(page, kind):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    key = {"mappings": "\nrecords:", "schemas": "\ntypes:"}[kind]
    examples = [match["text"] for match in SAVED.finditer(text) if key in match["text"] and not match["name"].startswith("wrong")]
    assert examples
    assert [wrong(kind, each) for each in examples] == [[]] * len(examples)


WRONG = {
    "mappings": [
        MAPPING.replace("map:", "mapp:"), MAPPING.replace("for:", "four:"), MAPPING.replace("Person", "Persn"), MAPPING.replace("id: '{p.id}', ", ""),
        MAPPING.replace("type: Person", "type: Person, nam: x"), MAPPING.replace("'{p.id}'", "{valeu: x}"), MAPPING.replace("a.csv", "{file: a, format: cvs}"),
        MAPPING.replace("entities", "facts"), MAPPING.replace("a.csv", "{format: csv}"),
    ],
    "schemas": [
        TYPES.replace("types", "type"), TYPES.replace("Trip", "trip"), TYPES.replace("is: fact, ", ""), TYPES.replace("day: date", "day: dat"),
        TYPES.replace("day: date", "Day: date"), TYPES.replace("required", "requires"), TYPES.replace("is: fact", "is: body"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in WRONG.items() for text in texts])
def test_what_the_loader_refuses_is_marked(kind, text, tmp_path):
    (tmp_path / "a.csv").write_text("id\n1\n", encoding="utf-8")
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    assert any(not problem.is_warning for problem in load([tmp_path / "x.yaml"], INSTITUTIONS).problems)
    assert wrong(kind, text)


def test_what_the_loader_reads_is_not():
    assert (wrong("mappings", MAPPING), wrong("schemas", TYPES)) == ([], [])
