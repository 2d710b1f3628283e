"""A baseline accepts what it lists and nothing else; what is damaged or stale is said."""

import json
import os
import subprocess
import sys
import threading
import time

import pytest
from copies import Project, run
from histories import ACTED_EARLY

from rehabfacts.changes.baselines import Baseline, locked
from rehabfacts.errors import InvalidInput


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """The real dataset, in which the commission outlives its basis."""
    project = Project.copied(tmp_path)
    project.state("commission-ceased", date="2009-06-01")
    monkeypatch.chdir(tmp_path)
    return project


def test_a_baseline_accepts_what_failed_when_it_was_written(planted):
    assert "1 violation accepted in known.json\n" == run("baseline", "write", "known.json").out
    done = run("check", "--baseline", "known.json")
    assert 0 == done.status
    assert any(line.startswith("accepted  body-within-its-legal-basis (") and "in the baseline known.json" in line for line in done.lines)


def test_a_baseline_in_a_directory_that_is_not_there_cannot_be_written(planted):
    done = run("baseline", "write", "nowhere/base.json")
    assert (done.status, done.err.splitlines()[-1]) == (2, "nowhere/base.json: E-WRITE cannot write: No such file or directory")


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
    assert "1 entry taken out, 0 left in known.json\n" == run("baseline", "prune", "known.json").out
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
    document["violations"].append({"fingerprint": "f" * 64, "rule": "any", "facts": []})
    planted.write("known.json", json.dumps(document))
    assert "expected a baseline as it was written" in run("check", "--baseline", "known.json").err


def test_a_missing_baseline_is_said(planted):
    done = run("check", "--baseline", "none.json")
    assert (2, "none.json: E-BASELINE cannot read the baseline: No such file or directory (take it from where it was whole, or remove it and write it again with rehabfacts baseline write)\n") == (done.status, done.err)


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


# Damage and parallel runs


def test_damage_is_told_with_its_line(planted):
    run("baseline", "write", "known.json")
    planted.replace('"violations": [', '"violations": [\n<<<<<<< ours', path="known.json")
    done = run("check", "--baseline", "known.json")
    assert (2, True) == (done.status, done.err.startswith("known.json:4:1: E-BASELINE expected a baseline, found a damaged file or another kind ("))


def test_a_later_version_is_told_by_its_name(planted):
    run("baseline", "write", "known.json")
    planted.replace("rehabfacts baseline 1", "rehabfacts baseline 2", path="known.json")
    assert "E-BASELINE expected 'rehabfacts baseline 1', found 'rehabfacts baseline 2'" in run("check", "--baseline", "known.json").err


@pytest.mark.parametrize("text", ["", "{}", "facts: []\n"])
def test_what_is_damaged_or_no_baseline_is_never_overwritten(planted, text):
    planted.write("known.json", text)
    for command in (("write", "known.json", "--force"), ("prune", "known.json")):
        assert 2 == run("baseline", *command).status
    assert text == (planted.folder / "known.json").read_text()


def test_a_violation_is_known_by_the_whole_of_its_fingerprint(planted):
    """Eight digits can be forged: an entry that shares them accepts nothing."""
    run("baseline", "write", "known.json")
    known = Baseline.read("known.json")
    (entry,) = known.entries
    assert 64 == len(entry.fingerprint)
    forged = entry.fingerprint[:8] + entry.fingerprint[8:][::-1]
    planted.write("forged.json", Baseline("forged.json", (type(entry)(forged, entry.rule, entry.facts),)).text())
    assert 1 == run("check", "--baseline", "forged.json").status


def test_a_run_waits_for_another_that_writes(planted):
    """The second run ends after the first has let go, and both entries are whole."""
    held, order = threading.Event(), []

    def other():
        with locked("known.json"):
            held.set()
            time.sleep(0.3)
            order.append("first")

    thread = threading.Thread(target=other)
    thread.start()
    held.wait()
    done = run("baseline", "write", "known.json")
    order.append("second")
    thread.join()
    assert (0, ["first", "second"]) == (done.status, order)


def test_a_run_that_waits_too_long_gives_up(planted):
    with locked("known.json"), pytest.raises(InvalidInput) as caught, locked("known.json", patience=0.2):
        pass
    assert "known.json: E-LOCK another run has been writing there for 0.2 seconds (wait for it to end)" == str(caught.value)


def test_what_a_killed_run_left_behind_is_taken_away_and_nothing_else_is(planted):
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], check=True, capture_output=True, text=True).stdout.strip()
    left, running = planted.write(f".known.json.{gone}.tmp", "{"), planted.write(f".known.json.{os.getppid()}.tmp", "{")
    run("baseline", "write", "known.json")
    assert (False, True) == (left.exists(), running.exists())


# Under git


def test_a_change_cannot_accept_what_it_breaks(history):
    history.facts_are(ACTED_EARLY)
    run("baseline", "write", "known.json")
    told = "policy  baseline known.json accepts body-created-before-it-acts (board-acted, board-created) now  (fails the run unless it is allowed)"
    for command in (("--since", "HEAD"), ("--policy-from", "HEAD")):
        done = run("check", "--baseline", "known.json", *command)
        assert (1, told) == (done.status, done.lines[0])
    allowed = ("check", "--baseline", "known.json", "--allow-policy-changes")
    assert 0 == run(*allowed, "--since", "HEAD").status
    assert 1 == run(*allowed, "--policy-from", "HEAD").status
    history.commit("known")
    assert 0 == run("check", "--baseline", "known.json", "--policy-from", "HEAD").status


def test_the_baseline_of_the_policy_counts_though_the_change_takes_it_away(history):
    history.facts_are(ACTED_EARLY)
    run("baseline", "write", "known.json")
    history.commit("known")
    (history.folder / "known.json").unlink()
    assert 0 == run("check", "--baseline", "known.json", "--policy-from", "HEAD").status
