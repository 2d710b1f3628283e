"""A saved report that says of its conflicts other sources, or other beliefs, than its facts and proofs have is rejected."""

import copy
import json

import pytest
from copies import Project, run

from rehabfacts.reports.json_report import checksum

FACTS = """
    rehabfacts: 1
    source: {id: gazette, date: 1895-06-20}
    entities:
      - {id: mill-committee, type: Body}
      - {id: anna-weber, type: Person}
    facts:
      - {id: founded, type: Creation, body: mill-committee, date: 1895-05-02, quote: founded on 2 May}
      - {id: founded-too, type: Creation, body: mill-committee, date: 1896, quote: founded in 1896, source: chronicle, according_to: anna-weber}
      - {id: met, type: Meeting, body: mill-committee, period: 1890-01-01, quote: met, status: denied}
      - {id: late, type: Meeting, body: mill-committee, period: 1880-01-01, quote: met}
      - {id: earlier, type: Creation, body: mill-committee, date: 1870, quote: created in 1870, superseded_by: founded}
    """
RULES = """
    - {id: created, says: A., for: {c: Creation}, define: c.body.lifetime.start = c.date}
    - {id: created-first, says: B., for: {m: Meeting}, require: m.body.lifetime.start <= m.period.start}
    """


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("saved")
    project = Project(folder)
    project.write("facts.yaml", FACTS)
    project.write("rules.yaml", RULES)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run("check", "facts.yaml", "rules.yaml", "--without-source", "chronicle", "--format", "json", "--output", "one.json").status == 1
        assert run("check", "facts.yaml", "rules.yaml", "--format", "json", "--output", "all.json").status == 0
    return folder


def rejected(folder, monkeypatch, tmp_path, name, change):
    """What is told of a report after a change, its checksum made to fit."""
    monkeypatch.chdir(folder)
    document = copy.deepcopy(json.loads((folder / name).read_text(encoding="utf-8")))
    change(document)
    document["checksum"] = checksum(document)
    (tmp_path / "changed.json").write_text(json.dumps(document), encoding="utf-8")
    return run("verify", tmp_path / "changed.json").lines


@pytest.mark.parametrize("name", ["one.json", "all.json"])
def test_a_report_as_it_was_saved_is_accepted(folder, monkeypatch, name):
    monkeypatch.chdir(folder)

    assert run("verify", name, "--against", "facts.yaml", "rules.yaml").lines == ["accepted: every proof in the report holds, and it is a report on these files"]


def first(document):
    return next(each for each in document["violations"] if each["rule"] == "facts-agree")


def belief(document, world):
    return next(each for each in document["believed"] if document["worlds"][each["world"]]["name"] == world)


def another_source(document):
    first(document)["sides"][0]["source"] = "memoir"


def another_speaker(document):
    next(side for side in first(document)["sides"] if side["speaker"])["speaker"] = None


def a_side_less(document):
    del first(document)["sides"][0]


def another_scope(document):
    first(document)["scope"] = "inside source gazette"


@pytest.mark.parametrize("change", [another_source, another_speaker, a_side_less, another_scope])
def test_sides_are_those_that_the_facts_come_from(folder, monkeypatch, tmp_path, change):
    (line,) = rejected(folder, monkeypatch, tmp_path, "all.json", change)

    assert line.startswith("rejected: violation ")
    assert line.endswith(": its sides are not those that its facts come from")


def not_in_its_world(document):
    belief(document, "with denied facts")["world"] = 0


def without_a_belief(document):
    belief(document, "with denied facts")["facts"] = []


def resolving_what_is_not(document):
    belief(document, "with superseded facts")["resolved"] = ["00000000"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (not_in_its_world, "what is believed is not in a world in which it is"),
        (without_a_belief, "it does not rest on what is believed"),
        (resolving_what_is_not, "what believing would resolve is not violated"),
    ],
)
def test_what_would_follow_from_beliefs_follows_from_them(folder, monkeypatch, tmp_path, change, expected):
    assert any(expected in line for line in rejected(folder, monkeypatch, tmp_path, "one.json", change))


def test_a_report_on_one_world_is_not_one_on_another(folder, monkeypatch, tmp_path):
    monkeypatch.chdir(folder)
    document = json.loads((folder / "one.json").read_text(encoding="utf-8"))
    document["settings"]["without_sources"] = []
    document["checksum"] = checksum(document)
    (tmp_path / "changed.json").write_text(json.dumps(document), encoding="utf-8")

    lines = run("verify", tmp_path / "changed.json", "--against", "facts.yaml", "rules.yaml").lines

    assert "rejected: world main, variables: the files give 7, the report has 6" in lines
