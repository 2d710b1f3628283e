"""More findings than a place takes: the gravest are kept, what is left out is counted, and the exit status stays."""

import json
from xml.etree import ElementTree as ET

import attrs
import pytest
from hostile import report_on

from rehabfacts import Problem
from rehabfacts.checker.findings import MOST, findings, worst
from rehabfacts.reports import comment, sarif, summary, write

MANY = 6_000


@pytest.fixture(scope="module")
def crowded():
    """A report with thousands of warnings, of which an error is the last."""
    warnings = [Problem("W-TEST", f"odd {number}", "", f"facts/{number}.yaml", number + 1, 1) for number in range(MANY)]
    return attrs.evolve(report_on("benign"), problems=(*warnings, Problem("E-TEST", "wrong", "", "facts/z.yaml", 1, 1)))


def results(report):
    (run,) = json.loads(write(report, "sarif"))["runs"]
    return run["results"], [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]


def test_sarif_keeps_the_gravest_and_says_how_many_it_leaves_out(crowded):
    kept, notified = results(crowded)
    says = f"{len(findings(crowded)) - MOST + 1:,} of {len(findings(crowded)):,} findings are left out here; the JSON report has them all."
    assert (MOST, "E-TEST", "more-findings") == (len(kept), kept[0]["ruleId"], kept[-1]["ruleId"])
    assert (says, says) == (kept[-1]["message"]["text"], notified[-1])
    assert "warning" == kept[-1]["level"]
    assert kept[-1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("facts/")
    assert MANY == len(json.loads(write(crowded, "json"))["problems"]) - 1


@pytest.mark.parametrize("most", [100, 300_000])
def test_sarif_stays_below_the_size_that_github_takes(crowded, monkeypatch, most):
    monkeypatch.setattr(sarif, "_MOST_BYTES", most)
    kept, _ = results(crowded)
    assert len(write(crowded, "sarif").encode()) <= most or [kept[0]["ruleId"]] == ["more-findings"]
    assert (kept[-1]["ruleId"], len(kept) < 1_000) == ("more-findings", True)


def test_a_result_has_a_thousand_locations_at_most_and_says_how_many_members_are_missing(monkeypatch):
    monkeypatch.setattr(sarif, "_MOST_STEPS", 2)
    told = attrs.evolve(next(each for each in findings(report_on("benign")) if len(each.steps) == 2))
    longer = attrs.evolve(told, steps=told.steps * 3)
    result = sarif._result(longer, 0)
    assert (2, 2) == (len(result["relatedLocations"]), len(result["codeFlows"][0]["threadFlows"][0]["locations"]))
    assert result["message"]["text"].endswith(" 4 of its 6 members are left out here; the JSON report has them all.")


@pytest.mark.parametrize(("format_", "named"), [("gitlab", "check_name"), ("rdjson", "code")])
def test_gitlab_and_reviewdog_get_as_many(crowded, format_, named):
    document = json.loads(write(crowded, format_))
    kept = document if format_ == "gitlab" else document["diagnostics"]
    assert (MOST, True) == (len(kept), "more-findings" in str(kept[-1][named]))


def test_github_is_told_how_many_annotations_it_will_not_show(crowded):
    *commands, hidden, counts = write(crowded, "github").splitlines()
    assert (MOST, True) == (len(commands), commands[0].startswith("::error file=facts/z.yaml,line=1,col=1,title=E-TEST::wrong"))
    assert f"rehabfacts: GitHub shows ten annotations of a kind; in this log alone: {MANY - 10} warnings" == hidden
    assert f"rehabfacts: 3 errors, {MANY} warnings, 0 notices; incomplete: not everything was read and judged" == counts


def test_junit_counts_what_it_does_not_tell(crowded):
    (case,) = [each for each in ET.fromstring(write(crowded, "junit")).iter("testcase") if each.get("classname") == "rehabfacts.input"]
    assert case.find("system-out").text.endswith(f"… and {MANY - 100} more; the JSON report has them all")
    assert "facts/z.yaml:1:1: error: wrong [E-TEST]" == case.find("error").text


@pytest.mark.parametrize(("format_", "most"), [("comment", comment.MOST), ("summary", summary.MOST)])
def test_a_comment_and_a_summary_are_cut_at_a_line_and_say_so(format_, most):
    markdown = "# Report\n\n| fact | quote |\n|---|---|\n" + "| факт | цитата |\n" * 60_000
    told = comment.cut(markdown, most)
    *kept, blank, last = told.removesuffix("\n").split("\n")
    assert most - 300 < len(told.encode()) <= most
    assert ("| факт | цитата |", "") == (kept[-1], blank)
    assert f"**Cut here: {markdown.count(chr(10)) - len(kept):,} more lines do not fit. The JSON report has everything.**" == last
    assert write(report_on("benign"), format_) == write(report_on("benign"), "markdown")


def test_nothing_is_cut_where_everything_fits():
    found = findings(report_on("benign"))
    assert (found, found) == (worst(found), worst(found, len(found)))


def test_every_finding_has_a_fingerprint_of_its_own():
    problem = Problem("E-TEST", "wrong", "", "facts/z.yaml", 1, 1)
    found = findings(attrs.evolve(report_on("benign"), problems=(problem, attrs.evolve(problem, line=9))))
    assert len(found) == len({(each.rule, each.fingerprint) for each in found})
