"""Mapping files: what they make, that all formats say the same, and every mistake at its place."""

import json
import textwrap

import pytest

from rehabfacts.errors import MissingExtra
from rehabfacts.loading.loader import load
from rehabfacts.loading.records import parquet_tree
from rehabfacts.vocabulary import INSTITUTIONS

RECORDS = [
    {"id": "a 1", "name": "Ada", "born": "1950-03-04", "terms": [{"from": "1981", "to": "1985-02"}, {"from": "1990", "to": None}]},
    {"id": "b-2", "name": None, "born": None, "terms": []},
]
HEAD = "rehabfacts: 1\nrecords: people.json\nmap:\n"
PEOPLE = """\
- for: {p: records}
  entities:
    - {id: "{p.id}", type: Person, name: "{p.name}"}
  facts:
    - {id: "{p.id}-birth", type: Birth, person: "{p.id}", date: "{p.born}"}
"""
TERMS = """\
- for: {p: records, t: p.terms}
  entities: [{id: chair, type: Office}]
  facts:
    - {id: "{p.id}-{t#}", type: OfficeHolding, person: "{p.id}", office: chair, period: {start: "{t.from}", end: "{t.to}"}}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def mapped(folder, blocks, records=RECORDS, head=HEAD):
    (folder / "people.json").write_text(json.dumps(records, indent=1), encoding="utf-8")
    (folder / "map.yaml").write_text(head + textwrap.indent(textwrap.dedent(blocks), "  "), encoding="utf-8")
    return load(["map.yaml"], INSTITUTIONS)


def complaints(folder, blocks, **more):
    return [str(problem) for problem in mapped(folder, blocks, **more).problems]


def made(folder, fields, record, head=HEAD, kind="Mandate"):
    """The one fact that fields make of one record, and the problems."""
    found = mapped(folder, f"- for: {{p: records}}\n  entities: [{{id: b, type: Body}}, {{id: o, type: Office}}, {{id: q, type: Person}}]\n  facts:\n    - {{id: f, type: {kind}, {fields}}}\n", [record], head)
    return found.dataset.facts.get("f"), [str(problem) for problem in found.problems]


def test_records_and_the_lists_in_them_become_entities_and_facts(folder):
    found = mapped(folder, PEOPLE + TERMS)
    assert found.problems == ()
    dataset = found.dataset
    assert {name: str(each.name or "") for name, each in dataset.entities.items()} == {"a-1": "Ada", "b-2": "", "chair": ""}
    assert {name: str(getattr(each, "date", None) or getattr(each, "period", "")) for name, each in dataset.facts.items()} == {
        "a-1-birth": "1950-03-04", "b-2-birth": "", "a-1-1": "1981/1985-02", "a-1-2": "1990/",
    }  # fmt: skip
    assert [str(dataset.facts["a-1-2"].origin), str(dataset.facts["a-1-2"].origin.of("period"))] == ["people.json:11", "people.json:12"]


def test_every_format_says_the_same(folder):
    import duckdb

    expected = mapped(folder, PEOPLE + TERMS).dataset
    (folder / "people.yaml").write_text(json.dumps(RECORDS), encoding="utf-8")
    (folder / "rows.json").write_text(json.dumps(RECORDS), encoding="utf-8")
    duckdb.sql(
        "COPY (SELECT id, name, born::DATE AS born, terms FROM read_json('rows.json', columns = "
        "{id: 'TEXT', name: 'TEXT', born: 'TEXT', terms: 'STRUCT(\"from\" TEXT, \"to\" TEXT)[]'})) TO 'people.parquet' (FORMAT parquet)"
    )
    for name in ("people.yaml", "people.parquet"):
        text = (folder / "map.yaml").read_text(encoding="utf-8").replace("people.json", name)
        (folder / "other.yaml").write_text(text, encoding="utf-8")
        found = load(["other.yaml"], INSTITUTIONS).dataset
        assert (found.entities, found.facts) == (expected.entities, expected.facts)
    (folder / "people.csv").write_text('id,name,born\n"a 1",Ada,1950-03-04\nb-2,,\n', encoding="utf-8")
    (folder / "other.yaml").write_text(f"rehabfacts: 1\nrecords: people.csv\nmap:\n{textwrap.indent(PEOPLE, '  ')}", encoding="utf-8")
    found = load(["other.yaml"], INSTITUTIONS).dataset
    assert found.facts == {name: expected.facts[name] for name in ("a-1-birth", "b-2-birth")}


def test_records_beside_their_mapping_are_not_taken_for_facts(folder):
    (folder / "people.yaml").write_text("records: [{id: a, born: 1950}]\n", encoding="utf-8")
    (folder / "zmap.yaml").write_text("rehabfacts: 1\nrecords: people.yaml\nmap:\n- for: {p: records.records}\n  entities: [{id: '{p.id}', type: Person}]\n", encoding="utf-8")
    found = load(["."], INSTITUTIONS)
    assert (found.problems, list(found.dataset.entities)) == ((), ["a"])
    assert sorted(found.digests) == ["people.yaml", "zmap.yaml"]


def test_where_and_needs_say_of_which_records(folder):
    blocks = "- {for: {p: records}, where: {p.kind: [x, y]}, needs: [p.born, p.at], entities: [{id: '{p.id}', type: Person}]}\n"
    records = [
        {"id": "a", "kind": "x", "born": "1", "at": []}, {"id": "b", "kind": "z", "born": "1", "at": "1"}, {"id": "c", "kind": "y", "born": None, "at": "1"},
        {"id": "d", "kind": "y", "born": "1"}, {"id": "e", "born": "1", "at": "1"}, {"id": "f", "kind": "y", "born": "1", "at": "1"},
    ]  # fmt: skip
    assert list(mapped(folder, blocks, records).dataset.entities) == ["a", "f"]


def test_a_text_is_put_together_from_paths_and_is_not_stated_where_one_is_not(folder):
    fields = "body: b, task: '{{{p.a} and {p.b}}}'"
    assert made(folder, fields, {"a": "x", "b": 2})[0].task == {"en": "{x and 2}"}
    fact, problems = made(folder, fields, {"a": "x", "b": None})
    assert (fact, problems) == (None, ["people.json:2:2: E-KEY-MISSING Mandate: expected task"])


def test_words_are_translated_and_others_told(folder):
    fields = "body: b, outcome: {value: '{p.a}', words: {done: completed, open: incomplete}}"
    assert made(folder, fields, {"a": "open"}, kind="Completion")[0].outcome == "incomplete"
    fact, problems = made(folder, fields, {"a": "opne"}, kind="Completion")
    assert (fact, problems) == (None, ["people.json:3:8: E-TYPE outcome: expected one of done, open, found 'opne' (did you mean open?)"])


def test_else_stands_where_nothing_is_stated(folder):
    fields = "person: q, office: o, period: {start: '{p.a}', end: {value: '{p.b}', else: ..}}"
    assert str(made(folder, fields, {"a": "1990", "b": None}, kind="OfficeHolding")[0].period) == "1990/.."
    assert str(made(folder, fields, {"a": "1990", "b": "1991"}, kind="OfficeHolding")[0].period) == "1990/1991"


def test_texts_that_state_nothing_are_declared(folder):
    head = HEAD.replace("people.json", "{file: people.json, nothing: ['', n/a]}")
    fields = "body: b, date: {value: '{p.a}', else: '1999'}"
    assert str(made(folder, fields, {"a": "n/a"}, head, "Cessation")[0].date) == "1999"
    assert str(made(folder, fields, {"a": ""}, head, "Cessation")[0].date) == "1999"
    assert made(folder, fields, {"a": ""}, kind="Cessation")[1] == ["people.json:3:8: E-DATE-FORM date: expected an EDTF date, found '' (leave the field out where no date is known)"]


def test_dates_are_read_in_the_notation_of_their_column_and_told_as_they_are_written(folder):
    head = HEAD.replace("people.json", "{file: people.json, dates: day.month.year}")
    assert str(made(folder, "body: b, date: '{p.a}'", {"a": "4.5.1990"}, head, "Cessation")[0].date) == "1990-05-04"
    assert str(made(folder, "body: b, date: {value: '{p.a}', dates: edtf}", {"a": "199X"}, head, "Cessation")[0].date) == "199X"
    assert str(made(folder, "body: b, date: {value: '{p.a}', dates: timestamp}", {"a": "1990-05-04T23:30:00+02:00"}, head, "Cessation")[0].date) == "1990-05-04"
    assert made(folder, "body: b, date: '{p.a}'", {"a": "31.2.1990"}, head, "Cessation")[1] == [
        "people.json:3:8: E-DATE date: February 1990 has 28 days, found '31.2.1990'"
    ]


def test_dates_of_two_calendars_do_not_fit_in_one_fact(folder):
    head = HEAD.replace("people.json", "{file: people.json, dates: gedcom}")
    fields = "person: q, office: o, period: {start: '{p.a}', end: '{p.b}'}"
    fact = made(folder, fields, {"a": "@#DJULIAN@ 1 JAN 1700", "b": "@#DJULIAN@ 1701"}, head, "OfficeHolding")[0]
    assert (str(fact.period), fact.period.calendar) == ("1700-01-01/1701", "julian")
    assert made(folder, fields, {"a": "@#DJULIAN@ 1 JAN 1700", "b": "1701"}, head, "OfficeHolding")[1] == [
        "people.json:3:8: E-DATE-FORM expected dates of one calendar in one fact (make two facts of it)"
    ]


def test_names_in_several_languages_and_lists_of_texts(folder):
    blocks = "- for: {p: records}\n  entities: [{id: x, type: Body, name: {en: '{p.a}', uk: '{p.b}', de: '{p.c}'}, mentions: ['{p.a}', '{p.c}', us]}]\n"
    entity = mapped(folder, blocks, [{"a": "Mill", "b": "Млин", "c": None}]).dataset.entities["x"]
    assert (entity.name, entity.mentions) == ({"en": "Mill", "uk": "Млин"}, ("Mill", "us"))


def test_a_list_in_a_path_takes_a_number_unless_it_has_one_item(folder):
    record = {"a": [{"b": "x"}], "c": ["y", "z"]}
    assert made(folder, "body: b, task: '{p.a.b} {p.a.1.b} {p.c.2}'", record)[0].task == {"en": "x x z"}
    assert made(folder, "body: b, task: '{p.c}'", record)[1] == [
        "people.json:8:8: E-SHAPE p.c: expected a text, found a list of 2 (write p.c.1, or bind its items under for)"
    ]
    assert made(folder, "body: b, task: '{p.a}'", record)[1] == ["people.json:4:4: E-SHAPE p.a: expected a text, found a mapping (one of b)"]
    assert made(folder, "body: b, task: '{p.c.1.d}'", record)[1] == ["people.json:9:4: E-SHAPE p.c.1.d: expected a mapping with d, found 'y'"]


def test_a_step_in_quotes_may_hold_anything(folder):
    assert made(folder, "body: b, task: '{p.\"a.b\"} {p.c d}'", {"a.b": "x", "c d": "y"})[0].task == {"en": "x y"}


def test_an_entity_that_records_repeat_is_one_and_one_that_they_contradict_is_told(folder):
    blocks = "- {for: {p: records}, entities: [{id: '{p.id}', type: Person, name: '{p.name}'}]}\n"
    assert complaints(folder, blocks, records=[{"id": "a", "name": "x"}, {"id": "a", "name": "x"}]) == []
    assert complaints(folder, blocks, records=[{"id": "a", "name": "x"}, {"id": "a", "name": "y"}]) == [
        "people.json:7:9: E-ID-DUP expected ids that occur once, 'a' stands also at people.json:3"
    ]


def test_a_record_with_a_mistake_does_not_make_its_id_dangling(folder):
    blocks = """\
    - for: {p: records}
      entities: [{id: b, type: Body}]
      facts:
        - {id: "{p.id}", type: Meeting, body: b, period: "{p.day}"}
        - {id: "{p.id}-shown", type: Presentation, work: w, meeting: "{p.id}"}
      """
    work = "people.json:2:2: E-REF work of m-shown: expected the id of a Work, found no 'w'"
    first, second = complaints(folder, blocks, records=[{"id": "m", "day": "1990-13"}])
    assert (first, second.startswith("people.json:4:10: E-DATE period: there is no month 13")) == (work, True)
    head = HEAD.replace("people.json", "{file: people.json, dates: day.month.year}")
    assert complaints(folder, blocks, records=[{"id": "m", "day": "1990-13"}], head=head) == [
        work, "people.json:4:10: E-DATE-FORM period: expected a date as day.month.year, found '1990-13' (as in 14.04.1993)",
    ]  # fmt: skip


def test_a_path_that_no_record_has_is_told(folder):
    assert complaints(folder, PEOPLE.replace("p.born", "p.borne")) == [
        "map.yaml:8:67: W-UNMET p.borne: no record has 'borne' there (did you mean born?)"
    ]


def test_a_path_to_no_column_of_a_table_is_an_error(folder):
    (folder / "people.csv").write_text("id,name,born\na,Ada,1950\n", encoding="utf-8")
    assert complaints(folder, PEOPLE.replace("p.born", "p.borne"), head=HEAD.replace("json", "csv")) == [
        "map.yaml:8:67: E-REF p.borne: no column 'borne' (did you mean born?)"
    ]


def test_rows_that_can_be_read_are_made_beside_those_that_cannot(folder):
    (folder / "people.csv").write_text("id,name,born\na,Ada\nb,Bo,1950\n", encoding="utf-8")
    found = mapped(folder, PEOPLE, head=HEAD.replace("json", "csv"))
    assert ([problem.code for problem in found.problems], list(found.dataset.facts)) == (["E-CSV-COLS"], ["b-birth"])


def test_the_source_of_a_mapping_is_that_of_its_facts(folder):
    head = HEAD.replace("map:", "source: {id: register, language: uk, date: 1999, calendar: julian}\nmap:")
    found = mapped(folder, PEOPLE, head=head)
    fact = found.dataset.facts["a-1-birth"]
    assert (fact.source, fact.date.calendar, found.dataset.entities["a-1"].name) == ("register", "julian", {"uk": "Ada"})
    assert str(found.dataset.headers["register"].date) == "1999"


def test_a_file_of_records_is_never_looked_for_outside(folder):
    assert complaints(folder, PEOPLE, head=HEAD.replace("people.json", "../people.json")) == [
        "map.yaml:2:10: E-PATH-OUTSIDE expected a path below the project, found one that may leave it: ../people.json (write a path relative to the project, with forward slashes)"
    ]
    (problem,) = complaints(folder, PEOPLE, head=HEAD.replace("people.json", "peple.json"))
    assert problem == "map.yaml:2:10: E-PATH-MISSING expected a file or directory, found nothing of this name: peple.json (did you mean people.json?)"


def test_parquet_without_its_extra_is_told_with_the_command(folder, monkeypatch):
    import duckdb

    duckdb.sql("COPY (SELECT 1 AS id) TO 'people.parquet' (FORMAT parquet)")
    monkeypatch.setattr(parquet_tree, "find_spec", {}.get)
    with pytest.raises(MissingExtra, match=r"pip install 'rehabfacts\[duckdb\]'"):
        mapped(folder, PEOPLE, head=HEAD.replace("json", "parquet"))


WRONG_HEADS = {
    "records: {file: people.txt}": "2:17: E-TYPE format: expected csv, gedcom, json, parquet, yaml, found '' (name the format: format: csv)",
    "records: {format: csv}": "2:10: E-KEY-MISSING records: expected the name of a file (as in records: people.csv)",
    "records: {file: people.json, format: cvs}": "2:38: E-TYPE format: expected csv, gedcom, json, parquet, yaml, found 'cvs' (did you mean csv?)",
    "records: {file: people.json, separator: '::'}": "2:41: E-TYPE separator: expected one character, found '::'",
    "records: {file: people.json, compressed: zip}": "2:42: E-TYPE compressed: expected gzip, found 'zip'",
    "records: {file: people.json, dates: day.month}": "2:37: E-TYPE dates: expected edtf, gedcom, timestamp or an order such as day.month.year, found 'day.month'",
    "records: {file: people.json, sheet: 1}": "2:30: E-KEY-UNKNOWN unknown key 'sheet' (known are file, format, encoding, compressed, sha256, separator, nothing, dates)",
    "records: people.json\nsources: x": "3:1: E-KEY-UNKNOWN unknown key 'sources' (did you mean source?)",
}


@pytest.mark.parametrize("head", WRONG_HEADS)
def test_a_mistake_about_the_file_of_records_is_told_at_its_place(folder, head):
    assert complaints(folder, PEOPLE, head=f"rehabfacts: 1\n{head}\nmap:\n") == [f"map.yaml:{WRONG_HEADS[head]}"]


def test_without_a_map_nothing_is_made(folder):
    assert complaints(folder, "", head="rehabfacts: 1\nrecords: people.json\n") == [
        "map.yaml:1:1: E-KEY-MISSING map: expected a list of what to make (as in - for: {p: records})"
    ]


PERSON = "{id: x, type: Person}"
WRONG_BLOCKS = {
    "- records": "4:5: E-SHAPE map: expected a mapping with for, found 'records'",
    f"- entities: [{PERSON}]": "4:5: E-KEY-MISSING for: expected a variable for the records (as in for: {p: records})",
    "- for: {p: records}": "4:5: E-KEY-MISSING expected entities or facts to make",
    f"- {{for: {{p: recrods}}, entities: [{PERSON}]}}": "4:15: E-REF no variable 'recrods' (did you mean records?)",
    f"- {{for: {{p: records, q: records}}, entities: [{PERSON}]}}": "4:27: E-REF q: expected a path that begins with p (records are gone through once)",
    f"- {{for: {{1p: records}}, entities: [{PERSON}]}}": "4:12: E-ID expected the name of a variable, found '1p'",
    f"- {{for: {{p: records}}, wher: {{p.a: b}}, entities: [{PERSON}]}}": "4:25: E-KEY-UNKNOWN unknown key 'wher' (did you mean where?)",
    f"- {{for: {{p: records}}, where: p.a, entities: [{PERSON}]}}": "4:32: E-SHAPE where: expected paths and the texts that must stand there, found 'p.a' (as in {t.type: senator})",
    f"- {{for: {{p: records}}, needs: q.a, entities: [{PERSON}]}}": "4:32: E-REF no variable 'q' (known are records, p)",
    f"- {{for: {{p: records}}, needs: p..a, entities: [{PERSON}]}}": "4:32: E-EXPR expected a path such as p.name, found 'p..a' (quote a step that holds a dot: p.\"a.b\")",
    "- {for: {p: records}, entities: {id: x, type: Person}}": "4:35: E-SHAPE entities: expected a list of what to make, found a mapping",
    "- {for: {p: records}, entities: [Person]}": "4:36: E-SHAPE expected a mapping with id and type, found 'Person'",
    "- {for: {p: records}, entities: [{id: x, type: Persn}]}": "4:50: E-TYPE no entity type 'Persn' (did you mean Person?)",
    "- {for: {p: records}, facts: [{id: x, type: Person}]}": "4:47: E-TYPE no fact type 'Person'",
    "- {for: {p: records}, entities: [{type: Person}]}": "4:36: E-KEY-MISSING Person: expected id",
    "- {for: {p: records}, entities: [{id: x, type: Person, nam: y}]}": "4:58: E-KEY-UNKNOWN unknown key 'nam' (did you mean name?)",
    "- {for: {p: records}, entities: [{id: '{q.a}', type: Person}]}": "4:41: E-REF no variable 'q' (known are records, p)",
    "- {for: {p: records}, entities: [{id: '{p.a', type: Person}]}": "4:41: E-EXPR expected {path}, found a lone { in '{p.a' (write {{ or }} for a brace)",
    "- {for: {p: records}, entities: [{id: [a], type: Person}]}": "4:41: E-SHAPE expected a text with paths in braces, found a list (as in {value: '{p.born}', dates: day.month.year})",
    "- {for: {p: records}, entities: [{id: {words: {a: b}}, type: Person}]}": "4:41: E-KEY-MISSING id: expected value (as in {value: '{p.born}', dates: day.month.year})",
    "- {for: {p: records}, entities: [{id: {value: x, words: a}, type: Person}]}": "4:59: E-SHAPE words: expected a mapping from the words of the records to ours, found 'a'",
}  # fmt: skip


@pytest.mark.parametrize("blocks", WRONG_BLOCKS)
def test_a_mistake_in_the_map_is_told_at_its_place(folder, blocks):
    assert [each.removeprefix("map.yaml:") for each in complaints(folder, blocks)] == [WRONG_BLOCKS[blocks]]


def test_a_notation_of_dates_that_there_is_not_is_told(folder):
    blocks = "- {for: {p: records}, facts: [{id: x, type: Cessation, body: b, date: {value: '{p.born}', dates: day-month}}]}"
    assert complaints(folder, blocks)[0] == (
        "map.yaml:4:100: E-TYPE dates: expected edtf, gedcom, timestamp or an order such as day.month.year, found 'day-month'"
    )
