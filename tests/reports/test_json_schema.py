"""Every JSON report is one that the shipped schema describes, whatever is in it."""

import json
from importlib.resources import files

import pytest
from copies import ROOT
from jsonschema import Draft202012Validator

import rehabfacts
from rehabfacts import reports
from rehabfacts.checker.judging.judging import Outcome
from rehabfacts.settings import Settings

SCHEMA = json.loads((files("rehabfacts") / "report-1.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

HEAD = "rehabfacts: 1\nentities:\n  - {id: b, type: Body}\n  - {id: c, type: Body}\n  - {id: p, type: Population}\nfacts:\n"
PLANTED = {
    "a violated demand": "  - {id: f, type: Creation, body: b, date: 1993}\n  - {id: g, type: Meeting, body: b, period: 1990-01-01}\n",
    "facts that contradict each other": "  - {id: f, type: Creation, body: b, date: 1993}\n  - {id: g, type: Creation, body: b, date: 1994}\n"
    "  - {id: h, type: Meeting, body: b, period: 1993-05-01}\n",
    "a doubtful fact": "  - {id: f, type: Creation, body: b, date: 1993?}\n  - {id: g, type: Meeting, body: b, period: 1990-01-01}\n",
    "a chain over `~`": "  - {id: f, type: Creation, body: b, date: 1993~}\n  - {id: g, type: Meeting, body: b, period: 1990-01-01}\n",
    "an unheld reading": "  - id: f\n    type: Creation\n    date: 1993\n    readings: [{reading: one, body: b}, {reading: two, body: c}]\n"
    "  - {id: g, type: Meeting, body: b, period: 1990-01-01}\n",
    "a refuted held reading": "  - id: f\n    type: Creation\n    date: 1993\n    readings: [{reading: one, held: true, body: b}, {reading: two, body: c}]\n"
    "  - {id: g, type: Meeting, body: b, period: 1990-01-01}\n",
    "numbers beyond 2^53": "  - {id: f, type: Count, population: p, value: 123456789012345678901234567890, extent: moment}\n",
    "a mistake": "  - {id: f, type: Creation, body: nobody, date: 1993-02-30}\n  - {id: g, type: Creation, body: b, date: 1993}\n",
    "a warning": "  - {id: f, type: Activity, body: b, period: 1993}\n",
    "sources that disagree": "  - {id: f, type: Creation, body: b, date: 1993, source: one}\n  - {id: g, type: Creation, body: b, date: 1994, source: two, according_to: c}\n"
    "  - {id: h, type: Creation, body: b, date: 1994-05, source: three}\n",
    "denied and superseded facts": "  - {id: f, type: Creation, body: b, date: 1993}\n  - {id: g, type: Meeting, body: b, period: 1990-01-01, status: denied}\n"
    "  - {id: h, type: Creation, body: b, date: 1989, superseded_by: f}\n  - {id: i, type: Meeting, body: b, period: 1992-01-01}\n",
    "a quote of an unknown source": "  - {id: f, type: Creation, body: b, date: 1993, quote: It was, source: nowhere}\n",
}
RULES = """
- id: met-in-spring-or-autumn
  for: {m: Meeting}
  require: m.period within 1990-03 or m.period within 1990-09
- id: within-years
  for: {m: Meeting, c: Creation}
  where: m.body = c.body and m.period.start < 1991
  require: m.period.end <= c.date + 18 years and not m.period overlaps 1989
- id: b-lives-with-meetings
  for: {m: Meeting}
  define: m.body.lifetime.start = m.period.start
"""


def failures(report):
    document = json.loads(reports.write(report, "json"))
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"[:300] for error in VALIDATOR.iter_errors(document)]


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_the_report_on_the_real_dataset_fits(monkeypatch):
    monkeypatch.chdir(ROOT)

    assert failures(rehabfacts.check("facts", "rules")) == []


@pytest.mark.parametrize("name", PLANTED)
def test_reports_on_planted_facts_fit(name, project):
    (project / "facts.yaml").write_text(HEAD + PLANTED[name], encoding="utf-8")

    assert failures(rehabfacts.check("facts.yaml")) == []


def test_only_numbers_that_readers_would_round_are_texts(project):
    value = (1 << 53) + 1
    facts = f"  - {{id: f, type: Count, population: p, value: {value}, extent: moment}}\n  - {{id: g, type: Count, population: p, value: {value - 1}, extent: moment}}\n"
    (project / "facts.yaml").write_text(HEAD + facts, encoding="utf-8")

    document = json.loads(reports.write(rehabfacts.check("facts.yaml"), "json"))

    stated = [row for row in document["worlds"][0]["certificate"]["rows"] if row[0] == 0 or row[1] == 0]
    assert {str(value), 1 - value} <= {row[2] for row in stated}


@pytest.mark.parametrize("name", PLANTED)
def test_reports_under_rules_with_alternatives_fit(name, project):
    (project / "facts.yaml").write_text(HEAD + PLANTED[name], encoding="utf-8")
    (project / "rules.yaml").write_text(RULES, encoding="utf-8")

    assert failures(rehabfacts.check("facts.yaml", "rules.yaml")) == []


def test_a_report_under_settings_of_its_own_fits(project):
    (project / "facts.yaml").write_text(HEAD + PLANTED["a doubtful fact"], encoding="utf-8")
    settings = Settings(
        packs=("institutions", "definitions"), threshold="note", doubtful="fail", without=("body-has-creation",),
        severities={"body-created-before-it-meets": "warning"},
    )  # fmt: skip

    assert failures(rehabfacts.check("facts.yaml", settings=settings)) == []


def test_a_report_on_nothing_fits(project):
    (project / "facts.yaml").write_text("", encoding="utf-8")

    assert failures(rehabfacts.check("facts.yaml", "missing.yaml")) == []


def test_what_the_schema_does_not_know_is_rejected(project):
    (project / "facts.yaml").write_text(HEAD + PLANTED["a violated demand"], encoding="utf-8")
    document = json.loads(reports.write(rehabfacts.check("facts.yaml"), "json"))

    for part in (document, document["settings"], document["violations"][0], document["worlds"][0]["certificate"]):
        part["surplus"] = 1
        assert [error.validator for error in VALIDATOR.iter_errors(document)] == ["additionalProperties"]
        del part["surplus"]


def test_the_schema_names_every_outcome():
    assert SCHEMA["$defs"]["outcome"]["enum"] == [outcome.value for outcome in Outcome]
