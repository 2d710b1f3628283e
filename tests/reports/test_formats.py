"""The formats of other tools: read by parsers and held to schemas that are not ours, and complete."""

import json
from xml.etree import ElementTree as ET

import pytest
from copies import Project, run
from format_judges import mistakes
from hostile import TEXTS, report_on

from rehabfacts.reports import write


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """The real dataset, in which the commission outlives its basis."""
    project = Project.copied(tmp_path)
    project.state("commission-ceased", date="2009-06-01")
    monkeypatch.chdir(tmp_path)
    return project


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


def plant(project, text):
    """Two facts that clash, with a text in every field that holds one."""
    said = json.dumps(text)
    project.write("facts/a.yaml", f"""
        rehabfacts: 1
        entities:
          - {{id: commission, type: Body, name: {{en: {said}}}}}
        facts:
          - {{id: created, type: Creation, body: commission, date: 1993, quote: {said}}}
          - {{id: acted, type: Activity, body: commission, period: 1990/1991, quote: {said}, note: {said}, inferred: {said}}}
        """)  # fmt: skip
    project.write("rules/r.yaml", f"""
        - {{id: creation, for: {{c: Creation}}, define: c.body.lifetime.start = c.date}}
        - {{id: acts-late, says: {said}, why: {said}, for: {{a: Activity}}, require: a.body.lifetime.start <= a.period.start}}
        - {{id: no-quote, says: {said}, severity: note, for: {{a: Activity}}, require: a.quote is unknown}}
        """)  # fmt: skip


def written(name):
    return run("check", "--format", name).out


# Every format that somebody owns

OWNED = ("sarif", "junit", "gitlab", "rdjson")


@pytest.mark.parametrize("name", OWNED)
def test_a_report_is_as_the_owners_of_its_format_want_it(planted, name):
    assert mistakes(name, written(name)) == []


@pytest.mark.parametrize("name", OWNED)
def test_it_is_so_when_a_file_is_empty_or_broken_or_a_rule_never_matches(small, name):
    small.write("facts/a.yaml", "rehabfacts: 1\n")
    empty = written(name)
    small.write("facts/a.yaml", "rehabfacts: 1\nfacts:\n  - {id: x, type: Creaton, date: 1993}\n  - [\n")
    broken = written(name)
    plant(small, "text")
    small.write("rules/more.yaml", "- {id: nameless, for: {c: Creation}, where: c.body is unknown, require: c.date < 1990}\n")
    assert mistakes(name, empty, broken, written(name)) == []


@pytest.mark.parametrize("name", OWNED)
def test_it_is_so_whatever_the_data_holds(name):
    assert mistakes(name, *(write(report_on(text), name) for text in TEXTS.values())) == []


# SARIF


def test_sarif_has_a_result_for_the_conflict_with_its_members_in_the_order_of_the_chain(planted):
    log = json.loads(written("sarif"))
    (result,) = [each for each in log["runs"][0]["results"] if each["level"] == "error"]
    line = planted.line_of("commission-ceased", "date")
    assert "body-within-its-legal-basis" == result["ruleId"]
    assert [{"physicalLocation": {"artifactLocation": {"uri": "facts/kz.yaml"}, "region": {"startLine": line, "startColumn": 11}}}] == result["locations"]
    related = [each["message"]["text"].split(" “")[0] for each in result["relatedLocations"]]
    flow = [each["location"]["message"]["text"].split(" “")[0] for each in result["codeFlows"][0]["threadFlows"][0]["locations"]]
    assert related == flow
    assert 4 == len(related)
    assert "They clash by 33 days." in result["message"]["text"]


def test_every_sarif_result_has_a_location_and_a_fingerprint_of_its_own(planted):
    results = json.loads(written("sarif"))["runs"][0]["results"]
    assert all(each["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1 for each in results)
    assert len(results) == len({each["partialFingerprints"]["rehabfacts/v1"] for each in results})


def test_sarif_fingerprints_stay_when_lines_move(planted):
    before = json.loads(written("sarif"))["runs"][0]["results"]
    file = planted.folder / "facts/kz.yaml"
    file.write_text("# a line more\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    after = json.loads(written("sarif"))["runs"][0]["results"]
    assert [each["partialFingerprints"] for each in before] == [each["partialFingerprints"] for each in after]
    assert [each["locations"] for each in before] != [each["locations"] for each in after]


def test_sarif_is_read_by_a_model_of_the_standard(planted):
    sarif = pytest.importorskip("sarif_pydantic", reason="sarif-pydantic is not installed (extra test)")
    text = written("sarif")
    log = sarif.Sarif.model_validate_json(text)
    assert len(json.loads(text)["runs"][0]["results"]) == len(log.runs[0].results)


def test_mistakes_of_the_input_are_sarif_results_too(small):
    small.write("facts/a.yaml", "rehabfacts: 1\nfacts:\n  - {id: x, type: Creaton, date: 1993}\n")
    (run_,) = json.loads(written("sarif"))["runs"]
    assert not run_["invocations"][0]["executionSuccessful"]
    assert ("facts/a.yaml", 3) == next(
        (each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], each["locations"][0]["physicalLocation"]["region"]["startLine"])
        for each in run_["results"] if each["ruleId"].startswith("E-") and each["ruleId"] != "E-NOTHING"
    )  # fmt: skip


# JUnit


def test_junit_has_a_case_for_every_rule_and_fails_the_one_that_is_violated(planted):
    root = ET.fromstring(written("junit"))
    failed = [case for case in root.iter("testcase") if case.find("failure") is not None]
    assert ["body-within-its-legal-basis"] == [case.get("name") for case in failed]
    assert "They clash by 33 days." in failed[0].find("failure").text
    assert (root.get("tests"), root.get("failures")) == (str(len(list(root.iter("testcase")))), "1")


def test_what_xml_has_no_way_to_write_is_shown_as_an_escape():
    told = write(report_on(TEXTS["illegal in XML"]), "junit")
    for code in ("\\x00", "\\x0b", "\\x12", "\\x1b", "\\x85", "\\uFFFE", "\\uFFFF", "\\uD800"):
        assert code in told


def test_junit_is_read_by_another_parser(planted, tmp_path):
    junitparser = pytest.importorskip("junitparser", reason="junitparser is not installed (extra test)")
    (tmp_path / "report.xml").write_text(written("junit"), encoding="utf-8")
    suites = junitparser.JUnitXml.fromfile(str(tmp_path / "report.xml"))
    assert 1 == suites.failures
    assert 1 == sum(any(isinstance(each, junitparser.Failure) for each in case.result) for suite in suites for case in suite)


def test_a_rule_that_never_matched_is_a_skipped_case_and_an_idle_one_is_none(small):
    plant(small, "text")
    small.write("rules/more.yaml", "- {id: nameless, for: {c: Creation}, where: c.body is unknown, require: c.date < 1990}\n- {id: idle, for: {m: Meeting}, require: m.period within 1990}\n")
    root = ET.fromstring(written("junit"))
    assert ["nameless"] == [case.get("name") for case in root.iter("testcase") if case.find("skipped") is not None]


# GitHub, GitLab, reviewdog


def test_github_annotations_name_file_line_and_column(planted):
    line = planted.line_of("commission-ceased", "date")
    first, *_, last = written("github").splitlines()
    assert first.startswith(f"::error file=facts/kz.yaml,line={line},col=11,title=body-within-its-legal-basis [")
    assert "rehabfacts: 1 error, 0 warnings, 8 notices; complete" == last


def test_gitlab_issues_have_what_gitlab_requires(planted):
    issues = json.loads(written("gitlab"))
    assert {"description", "check_name", "fingerprint", "severity", "location"} == set(issues[0])
    assert {each["severity"] for each in issues} <= {"info", "minor", "major", "critical", "blocker"}
    (error,) = [each for each in issues if each["severity"] == "critical"]
    assert {"path": "facts/kz.yaml", "lines": {"begin": planted.line_of("commission-ceased", "date")}} == error["location"]


def test_rdjson_has_a_diagnostic_for_each_finding(planted):
    document = json.loads(written("rdjson"))
    (error,) = [each for each in document["diagnostics"] if each["severity"] == "ERROR"]
    assert {"value": "body-within-its-legal-basis"} == error["code"]
    assert 3 == len(error["related_locations"])
