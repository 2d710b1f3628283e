"""A new project has one violation to look at, and nothing that is there is overwritten."""

import pytest
from copies import run

import rehabfacts
from rehabfacts.checker.rule_proofs.examples import run_examples


def test_a_new_project_is_whole_and_has_one_violation(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("init")
    assert (0, "Next: rehabfacts check") == (done.status, done.lines[-1])
    assert ["facts/mill.yaml", "facts/sources/chronicle.txt", "rehabfacts.toml", "rules/own.yaml", "waivers.yaml"] == [line.split()[-1] for line in done.lines[:-1]]
    document = run("check", "--format", "json").json
    assert (1, True, [], ["body-created-before-it-meets"]) == (
        document["exit_status"], document["complete"], document["problems"], [each["rule"] for each in document["violations"]],
    )  # fmt: skip
    assert ["exact", "exact", "normalised"] == [each["anchor"]["state"] for each in document["facts"].values()]


@pytest.mark.parametrize("name", ["waivers.yaml", "facts/mill.yaml", "rehabfacts.toml"])
def test_what_is_there_stays_as_it_is_and_nothing_is_written_beside_it(tmp_path, name):
    there = tmp_path / "new" / name
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_text("mine")
    done = run("init", tmp_path / "new")
    assert (2, f"{there}: E-OUT expected a place without this file, found one that is there (name another directory)\n") == (done.status, done.err)
    assert [there] == [each for each in (tmp_path / "new").rglob("*") if each.is_file()]
    assert there.read_text() == "mine"


def test_a_place_that_cannot_be_a_directory_is_told(tmp_path):
    (tmp_path / "file").write_text("mine")
    done = run("init", tmp_path / "file")
    assert 2 == done.status
    assert "E-WRITE cannot write" in done.err


def test_the_rule_of_a_new_project_shows_itself(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("init")
    rules = [each for each in rehabfacts.check("facts", "rules").rules if each.id == "committee-lasts-a-year"]
    results = run_examples(rules, rehabfacts.INSTITUTIONS)
    assert [("violated", "violated"), ("undetermined", "undetermined"), ("satisfied", "satisfied")] == [(each.expected, each.found) for each in results]
