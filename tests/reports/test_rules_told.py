"""The rules command: a list, one rule at length, and the test of all."""

import pytest
from copies import run

RULES = """\
- id: created-once
  says: A body is created once.
  severity: warning
  for: {c: Creation}
  unique: c.body
- id: one-holder-at-a-time
  says: An office has one holder at a time.
  for: {h: OfficeHolding}
  where: h.person is known
  apart: h.period
  per: [h.office]

- id: acts-from-adoption
  for: {a: Adoption}
  assume: a.act.force.start = a.date
"""


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    (tmp_path / "own.yaml").write_text(RULES)
    monkeypatch.chdir(tmp_path)


def test_the_list():
    assert run("rules", "list", "own.yaml").lines == [
        "created-once          own  unique   warning  A body is created once.",
        "one-holder-at-a-time  own  require  error    An office has one holder at a time.",
        "acts-from-adoption    own  assume            a.act.force.start = a.date",
    ]
    assert run("rules", "list", "own.yaml", "--format", "tsv").lines[0] == "created-once\town\tunique\twarning\tA body is created once."


def test_a_short_form_is_shown_as_it_is_written_and_in_full():
    assert run("rules", "show", "one-holder-at-a-time", "--in", "own.yaml").lines == [
        "one-holder-at-a-time  (require, error, rank 100, pack own)  own.yaml:6",
        "  id: one-holder-at-a-time",
        "  says: An office has one holder at a time.",
        "  for: {h: OfficeHolding}",
        "  where: h.person is known",
        "  apart: h.period",
        "  per: [h.office]",
        "  Comes to, for h: OfficeHolding, h': OfficeHolding, where h.person is known and h'.person is known and h.office = h'.office and h < h':",
        "    h'.period.end < h.period.start",
        "    or h.period.end < h'.period.start",
    ]


def test_a_rule_that_is_not_there_has_the_nearest_name():
    done = run("rules", "show", "created-one", "--in", "own.yaml")
    assert (done.status, done.err) == (2, "no rule created-one (did you mean created-once?)\n")


def test_a_rule_file_that_cannot_be_read_is_bad_input(tmp_path):
    (tmp_path / "bad.yaml").write_text("- {id: bad, for: {c: Creation}, require: c.dat < 1990}\n")
    assert [run("rules", command, "bad.yaml").status for command in ("list", "test")] == [2, 2]


def test_rules_without_examples_and_flaws_are_said_and_pass():
    done = run("rules", "test", "own.yaml")
    assert (done.status, done.lines) == (0, [
        "no example  created-once",
        "no example  one-holder-at-a-time",
        "not asked for flaws  created-once: it asks whether the dataset says something at all",
        "3 rules, 0 examples: 0 passed, 0 failed; 0 flaws.",
    ])  # fmt: skip
