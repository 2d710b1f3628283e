"""A baseline accepts what it lists and nothing else; what is damaged or stale is said."""

import json

import pytest
from copies import Project, run


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """The real dataset, in which the commission outlives its basis."""
    project = Project.copied(tmp_path)
    project.state("commission-ceased", date="2009-06-01")
    monkeypatch.chdir(tmp_path)
    return project


def test_a_baseline_accepts_what_failed_when_it_was_written(planted):
    assert "1 violations accepted in known.json\n" == run("baseline", "write", "known.json").out
    done = run("check", "--baseline", "known.json")
    assert 0 == done.status
    assert any(line.startswith("accepted  body-within-its-legal-basis (") and "in the baseline known.json" in line for line in done.lines)


def test_what_comes_later_still_fails(planted):
    run("baseline", "write", "known.json")
    planted.add("- {id: planted, type: Meeting, body: commission-1993, period: 1992-05-01, quote: x, inferred: y}")
    done = run("check", "--baseline", "known.json")
    assert 1 == done.status
    assert "body-created-before-it-meets" in done.out


def test_an_entry_that_is_not_violated_any_more_is_stale_until_it_is_pruned(planted):
    run("baseline", "write", "known.json")
    planted.state("commission-ceased", date="2009-04-29")
    done = run("check", "--baseline", "known.json")
    assert 0 == done.status
    assert any("W-BASELINE stale: body-within-its-legal-basis" in line for line in done.lines)
    assert "1 entries taken out, 0 left in known.json\n" == run("baseline", "prune", "known.json").out
    assert "W-BASELINE" not in run("check", "--baseline", "known.json").out


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "rehabfacts baseline 1", "violations": [], "checksum": ""}', "\x00", "null"])
def test_a_damaged_baseline_never_counts_as_empty(planted, text):
    planted.write("known.json", text)
    done = run("check", "--baseline", "known.json")
    assert 2 == done.status
    assert "E-BASELINE" in done.err


def test_an_entry_added_by_hand_is_refused(planted):
    run("baseline", "write", "known.json")
    document = json.loads((planted.folder / "known.json").read_text())
    document["violations"].append({"id": "ffffffff", "rule": "any", "facts": []})
    planted.write("known.json", json.dumps(document))
    assert "expected a baseline as it was written" in run("check", "--baseline", "known.json").err


def test_a_missing_baseline_is_said(planted):
    done = run("check", "--baseline", "none.json")
    assert (2, "none.json: E-BASELINE cannot read the baseline: No such file or directory (write it again with rehabfacts baseline write)\n") == (done.status, done.err)


def test_a_baseline_is_not_overwritten_unless_that_is_asked_for(planted):
    run("baseline", "write", "known.json")
    assert 2 == run("baseline", "write", "known.json").status
    assert 0 == run("baseline", "write", "known.json", "--force").status


def test_accepted_findings_are_suppressed_in_sarif_and_left_out_of_annotations(planted):
    run("baseline", "write", "known.json")
    results = json.loads(run("check", "--baseline", "known.json", "--format", "sarif").out)["runs"][0]["results"]
    (suppressed,) = [each for each in results if "suppressions" in each]
    assert "body-within-its-legal-basis" == suppressed["ruleId"]
    assert "::error" not in run("check", "--baseline", "known.json", "--format", "github").out
