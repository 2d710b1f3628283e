"""Facts falsified: what rules about the world tell, what rules on quotes do, and what nothing would."""

import json

import pytest
from copies import run

from rehabfacts import api, builtin
from rehabfacts.changes.sensitivity import FalsificationCounts

FACTS = """
entities:
  - {id: commission, type: Body}
  - {id: committee, type: Body}
facts:
  - {id: created, type: Creation, body: commission, date: 1993-04-14}
  - {id: acted, type: Activity, body: commission, period: 1993-04-14/1995}
  - {id: alone, type: Cessation, body: committee}
  - {id: doubtful, type: Meeting, body: committee, period: 1999, status: alleged}
"""
RULES = """
- {id: creation-starts-lifetime, for: {c: Creation}, define: c.body.lifetime.start = c.date}
- {id: body-created-before-it-acts, for: {a: Activity}, require: a.body.lifetime.start <= a.period.start}
- {id: only-a-note, severity: note, for: {a: Activity}, require: a.period.end < 1996}
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    for name, text in (("facts/a.yaml", f"rehabfacts: 1{FACTS}"), ("rules/r.yaml", RULES)):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_whole_report(project):
    assert run("sensitivity").lines == [
        "3 facts, falsified in 17 ways: 6 (35 %) told by rules about the world, 0 (0 %) by rules on quotes alone, 11 by nothing",
        "  dates       14 ways: 6 (42 %) told by rules about the world, 0 (0 %) by rules on quotes alone, 8 by nothing",
        "  counts      0 ways: 0 (–) told by rules about the world, 0 (–) by rules on quotes alone, 0 by nothing",
        "  references  3 ways: 0 (0 %) told by rules about the world, 0 (0 %) by rules on quotes alone, 3 by nothing",
        "some falsification is told by a rule about the world  2 facts: acted, created",
        "protected by nothing  1 fact: alone",
        "left out of the check  1 fact: doubtful",
        "",
        "fact     ways  world  quotes  nothing",
        "acted       9      3       ·        6",
        "alone       1      ·       ·        1",
        "created     7      3       ·        4",
        "",
        "rule                         tells  alone",
        "body-created-before-it-acts      6      6",
        "",
        "nothing would tell  acted: body commission → committee",
        "nothing would tell  acted: period 1993-04-14/1995 → 1993-04-15/1995, 1993-05-14/1995, 1994-04-14/1995, 1993-04-14/1994, 1993-04-14/1996",
        "nothing would tell  alone: body committee → commission",
        "nothing would tell  created: body commission → committee",
        "nothing would tell  created: date 1993-04-14 → 1993-04-13, 1993-03-14, 1992-04-14",
    ]


def test_every_falsification_of_a_line(project):
    told = [line.split("\t") for line in run("sensitivity", "--format", "tsv").lines]
    assert [(fact, after, world) for fact, field, _, _, _, after, world, _ in told if field == "date"] == [
        ("created", "1993-04-13", ""), ("created", "1993-04-15", "body-created-before-it-acts"),
        ("created", "1993-03-14", ""), ("created", "1993-05-14", "body-created-before-it-acts"),
        ("created", "1992-04-14", ""), ("created", "1994-04-14", "body-created-before-it-acts"),
    ]  # fmt: skip


def test_the_json_holds_what_the_lines_do(project):
    document = json.loads(run("sensitivity", "--format", "json").out)
    lines = [line.split("\t") for line in run("sensitivity", "--format", "tsv").lines]
    keys = ("fact", "field", "kind", "by", "before", "after")
    assert [[each[key] for key in keys] for each in document["falsifications"]] == [line[:6] for line in lines]
    assert [" ".join(each["world"]) for each in document["falsifications"]] == [line[6] for line in lines]
    assert document["left_out"] == ["doubtful"]
    assert sum(fact["ways"] for fact in document["facts"]) == document["total"]["ways"] == len(lines)


def test_a_reference_to_no_others_is_not_falsified(project):
    assert {line.split("\t")[2] for line in run("sensitivity", "--others", "0", "--format", "tsv").lines} == {"date"}


def test_the_real_dataset_protects_every_date_but_one_year():
    found = api.sensitivity(builtin.path("facts"), builtin.path("rules"), others=0)
    escaped = [(each.mutation.fact.id, each.mutation.after) for each in found.falsifications if each.mutation.kind == "date" and not each.is_caught]
    assert escaped == [("rehabilitated-by-1993", "[..1993-12-31]")]
    assert found.per_fact["rehabilitation-law-adopted"] == FalsificationCounts(6, 1, 5)
