"""The readers of JSON, CSV and GEDCOM text: their values against those of other readers, every place against the text, mistakes."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabfacts.loading.nodes import Listing, Mapping, Text
from rehabfacts.loading.records.csv_tree import read_csv
from rehabfacts.loading.records.gedcom_tree import read_gedcom
from rehabfacts.loading.records.json_tree import read_json
from rehabfacts.loading.yaml_tree import Limits

LIMITS = Limits()
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t")
CELLS = st.text(st.sampled_from('ab ,;"\n|é'), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.sampled_from('ab"\\/\n\té😀{}[],:'), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(CHARACTERS, max_size=4), inner, max_size=3),
    max_leaves=8,
)


def value(node):
    if isinstance(node, Mapping):
        return {key: value(each) for key, each in node.entries.items()}
    if isinstance(node, Listing):
        return [value(each) for each in node.items]
    return json.loads(node.value) if node.is_plain else node.value


def texts(node):
    if isinstance(node, Text):
        yield node
    for each in (*getattr(node, "items", ()),) if isinstance(node, Listing) else getattr(node, "entries", {}).values():
        yield from texts(each)


@given(VALUES, st.sampled_from([None, 0, 2]), st.booleans())
def test_json_is_read_as_python_reads_it_with_every_value_at_its_place(document, indent, is_ascii):
    text = json.dumps(document, indent=indent, ensure_ascii=is_ascii)
    tree, problems = read_json(text, "a.json", LIMITS)
    assert problems == []
    assert value(tree) == document
    lines = text.split("\n")
    for each in texts(tree):
        written = lines[each.line - 1][each.column - 1 :]
        assert json.JSONDecoder().raw_decode(written)[0] == value(each)


WRONG_JSON = {
    '{"a": 1,}': "1:9: E-JSON-SYNTAX expected a key in double quotes, found }",
    "[1,\n 2,]": "2:4: E-JSON-SYNTAX expected a value, found ]",
    "[1 2]": "1:4: E-JSON-SYNTAX expected , or ], found 2",
    '{"a" 1}': "1:6: E-JSON-SYNTAX expected : behind the key 'a'",
    '{"a": 1, "a": 2}': "1:10: E-KEY-DUP expected keys that occur once, found 'a' again (keep one)",
    "{'a': 1}": "1:2: E-JSON-SYNTAX expected JSON, found 'a': 1} (texts and keys stand in double quotes)",
    "[NaN]": "1:2: E-JSON-SYNTAX expected JSON, found NaN] (texts and keys stand in double quotes)",
    "[1] // x": "1:5: E-JSON-SYNTAX expected JSON, found // x",
    "[1] [2]": "1:5: E-JSON-SYNTAX expected the end of the file, found [",
    '["a': '1:2: E-JSON-SYNTAX expected JSON, found "a',
    "[1": "1:3: E-JSON-SYNTAX expected , or ], found the end of the file",
    "": "1:1: E-JSON-SYNTAX expected a value, found the end of the file",
    '{"a": [1}': "1:9: E-JSON-SYNTAX expected , or ], found }",
    "[01]": "1:3: E-JSON-SYNTAX expected , or ], found 1",
    '["\\ud800"]': "1:2: E-ENC expected characters, found half of a surrogate pair (write the character itself)",
    "[" * 100: "1:65: E-LIMIT-DEPTH expected at most 64 nested levels, found level 65 (write it flatter)",
}


@pytest.mark.parametrize("text", WRONG_JSON)
def test_a_mistake_of_json_is_told_at_its_place(text):
    tree, problems = read_json(text, "a.json", LIMITS)
    assert tree is None
    assert [str(each) for each in problems] == [f"a.json:{WRONG_JSON[text]}"]


def test_the_limits_of_json():
    low = Limits(keys=2, key_length=3, scalar_length=4)
    assert [read_json(text, "", low)[1][0].code for text in ('{"a":1,"b":2,"c":3}', '{"abcd":1}', '["abcde"]')] == ["E-LIMIT-KEYS", "E-LIMIT-KEY", "E-LIMIT-SCALAR"]
    assert read_json('{"a":1,"b":"abcd"}', "", low)[1] == []


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=4), st.sampled_from([",", ";"]), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_csv_is_read_as_python_reads_it_with_every_value_at_its_physical_line(rows, separator, ending, is_quoted):
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator=ending, quoting=csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL).writerows([["x", "y"], *rows])
    text = stream.getvalue()
    found, names, problems = read_csv(text, "a.csv", LIMITS, separator=separator)
    assert (names, problems) == (("x", "y"), [])
    assert [[each.value for each in row.entries.values()] for row in found.items] == rows
    lines = text.split("\n")
    for row in found.items:
        for cell in row.entries.values():
            written = lines[cell.line - 1][cell.column - 1 :]
            first = cell.value.split("\n")[0]
            assert written.startswith((first, '"' + first.replace('"', '""')))
            assert cell.column == 1 or lines[cell.line - 1][cell.column - 2] == separator


def test_lines_without_anything_are_no_rows():
    found, _, problems = read_csv("x,y\n\n1,2\n\r\n\n3,4\n\n", "a.csv", LIMITS)
    assert ([row.line for row in found.items], problems) == ([3, 6], [])


def test_only_an_empty_value_that_is_not_quoted_states_nothing():
    found, _, _ = read_csv('x,y,z\n,"",null\n', "a.csv", LIMITS)
    assert [each.is_null for each in found.items[0].entries.values()] == [True, False, False]


def test_at_most_20_ragged_rows_are_told():
    _, _, problems = read_csv("x,y\n" + "1\n" * 50, "a.csv", LIMITS)
    assert [each.line for each in problems] == list(range(2, 22))


def test_gedcom_becomes_records_by_tag_with_what_stands_below():
    text = "0 HEAD\n0 @I1@ INDI\r\n1 NAME Ann /Lee/\n1 NOTE a @@ b\n2 CONT c\n2 CONC d\n1 FAMS @F1@\n1 FAMC @VOID@\n1 BIRT Y\n2 DATE 1890\n1 BIRT\n2 DATE 1891\n\n0 TRLR\n"
    tree, problems = read_gedcom(text, "a.ged", LIMITS)
    assert problems == []
    (person,) = tree.entries["INDI"].items
    assert (value(person.entries["NAME"]), value(person.entries["NOTE"]), value(person.entries["FAMS"])) == ("Ann Lee", "a @ b\ncd", "F1")
    assert person.entries["FAMC"].is_null
    assert value(person.entries["BIRT"]) == [{"": "Y", "DATE": "1890"}, {"DATE": "1891"}]
    assert [(each.line, each.column) for each in texts(person.entries["BIRT"])] == [(9, 8), (10, 8), (12, 8)]
    assert (person.line, value(person.entries["id"])) == (2, "I1")


def test_mistakes_of_gedcom_are_told_all_at_once():
    found = [str(each) for each in read_gedcom("0 HEAD\n1 A\n3 B\nnotes\n", "a.ged", LIMITS)[1]]
    assert found == [
        "a.ged:3:1: E-GEDCOM expected a line such as 1 BIRT, at most one level below the line before, found '3 B'",
        "a.ged:4:1: E-GEDCOM expected a line such as 1 BIRT, at most one level below the line before, found 'notes'",
    ]
    assert [str(each) for each in read_gedcom("0 @I1@ INDI\n", "a.ged", LIMITS)[1]] == ["a.ged:1:1: E-GEDCOM expected a file that begins with 0 HEAD"]
    assert len(read_gedcom("0 HEAD\n" + "x\n" * 50, "a.ged", LIMITS)[1]) == 20
