"""Saved reports on passages of which no reading is held: what is told of them is proven, or rejected."""

import copy
import json

import pytest
from copies import Project, run

from rehabfacts.reports.json_report import checksum

RULES = """
    - id: adoption-dates-act
      says: An act was adopted on the day of its adoption.
      for: {a: Adoption}
      define: a.act.adopted = a.date
    - id: amending-act-after-amended
      says: An amending act comes after the act it amends.
      for: {m: Amendment}
      require: m.amended.adopted < m.act.adopted
    - id: published-soon
      says: An act is published within two years after its adoption.
      severity: warning
      for: {p: Publication}
      require: p.date <= p.act.adopted + 2 years
    """
HEAD = """
    rehabfacts: 1
    entities:
      - {id: charter, type: Act}
      - {id: code, type: Act}
      - {id: law, type: Act}
      - {id: reform, type: Act}
    facts:
      - {id: reform-amends-law, type: Amendment, act: reform, amended: law}
      - {id: code-amends-charter, type: Amendment, act: code, amended: charter}
      - {id: code-adopted, type: Adoption, act: code, date: 1900}
      - {id: law-published, type: Publication, act: law, date: 1908}
"""
PARTLY = """
      - {id: charter-adopted, type: Adoption, act: charter, date: 1950}
      - {id: law-adopted, type: Adoption, act: law, readings: [{reading: a, date: 1903}, {reading: b, date: 1907}, {reading: c, date: 1930}]}
      - {id: reform-adopted, type: Adoption, act: reform, readings: [{reading: x, date: 1910}, {reading: y, date: 1920}]}
"""
WHOLLY = """
      - {id: charter-adopted, type: Adoption, act: charter, readings: [{reading: p, date: 1800}, {reading: q, date: 1801}]}
      - {id: law-adopted, type: Adoption, act: law, readings: [{reading: a, date: 1921}, {reading: b, date: 1930}]}
      - {id: reform-adopted, type: Adoption, act: reform, readings: [{reading: x, date: 1910}, {reading: y, date: 1920}]}
"""


def saved(folder, facts):
    project = Project(folder)
    project.write("rules/r.yaml", RULES)
    project.write("facts/f.yaml", HEAD.replace("\n    ", "\n") + facts.replace("\n    ", "\n"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return json.loads(run("check", "facts", "rules", "--format", "json").out)


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """A report in which one reading of three falls in two cases, and one in which two passages fall."""
    return {name: saved(tmp_path_factory.mktemp(name), facts) for name, facts in (("partly", PARTLY), ("wholly", WHOLLY))}


@pytest.fixture
def partly(documents):
    return copy.deepcopy(documents["partly"])


@pytest.fixture
def wholly(documents):
    return copy.deepcopy(documents["wholly"])


def verify(document, folder):
    """What `verify` says of a document whose checksum fits what it says."""
    file = folder / "report.json"
    file.write_text(json.dumps({**document, "checksum": checksum(document)}), encoding="utf-8")
    return run("verify", file).lines


def reading(document, name):
    return next(each for each in document["readings"] if f"{each['ambiguity']}={each['reading']}" == name)


def test_what_is_told_is_accepted(partly, wholly, tmp_path):
    verdicts = {name: reading(partly, f"law-adopted={name}")["verdict"] for name in "abc"}

    assert verdicts == {"a": "possible", "b": "possible", "c": "refuted"}
    assert [each["rule"] for each in wholly["violations"] if each["severity"] == "error"] == ["some-reading-holds", "amending-act-after-amended"]
    assert [verify(each, tmp_path) for each in (partly, wholly)] == [["accepted: every proof in the report holds"]] * 2


def test_the_cases_of_a_fall_are_the_readings_of_a_passage(partly, tmp_path):
    del reading(partly, "law-adopted=c")["fall"]["cases"]["y"]

    assert verify(partly, tmp_path) == ["rejected: reading law-adopted=c: the cases of reform-adopted are not its readings"]


def test_a_leaf_must_rest_on_what_is_read_on_the_way_to_it(partly, tmp_path):
    cases = reading(partly, "law-adopted=c")["fall"]["cases"]
    cases["x"], cases["y"] = cases["y"], cases["x"]

    told = verify(partly, tmp_path)

    assert len(told) == 2
    assert all(line.startswith("rejected: reading law-adopted=c: conflict ") and line.endswith("is not there in every case that it is told of") for line in told)


def test_a_leaf_must_name_all_that_its_facts_rest_on(partly, tmp_path):
    fall = reading(partly, "law-adopted=c")
    leaf = fall["fall"]["cases"]["x"]
    del leaf["rests_on"]["reform-adopted"]
    fall["fall"] = leaf

    (line,) = verify(partly, tmp_path)

    assert line.endswith("is not there in every case that it is told of")


def test_nothing_falls_by_a_conflict_that_is_there_without_any_reading(partly, tmp_path):
    leaf = reading(partly, "law-adopted=c")["fall"]["cases"]["x"]
    certificate = partly["worlds"][leaf["world"]]["certificate"]
    leaf["conflict"] = next(at for at, each in enumerate(certificate["conflicts"]) if "charter-adopted" in each["facts"])

    (line,) = verify(partly, tmp_path)

    assert line.endswith("is no error that a reading can fall by")


def fall_taken_away(document):
    reading(document, "law-adopted=c")["fall"] = None


def made_possible(document):
    reading(document, "law-adopted=c").update(verdict="possible", conflicts=[], fall=None, world=0)


def made_possible_by_its_own_world(document):
    reading(document, "law-adopted=c").update(verdict="possible", conflicts=[], fall=None)


def made_undetermined(document):
    reading(document, "law-adopted=a")["verdict"] = "undetermined"


def reading_left_out(document):
    document["passages"]["law-adopted"]["d"] = {"law-adopted": 9}


def possible_world_left_out(document):
    document["possible"] = document["possible"][:1]


PARTLY_CHANGED = {
    fall_taken_away: "reading law-adopted=c: nothing says why it is refuted",
    made_possible: "reading law-adopted=c: its world does not take it, or refutes it",
    made_possible_by_its_own_world: "reading law-adopted=c: its world is not among the possible ones",
    made_undetermined: "reading law-adopted=a: it is undetermined, and nothing was cut short",
    reading_left_out: "passage law-adopted: a reading is missing",
    possible_world_left_out: "bounds of law adopted: ",
}


@pytest.mark.parametrize("change", PARTLY_CHANGED)
def test_what_is_told_of_readings_must_be_what_is_proven(change, partly, tmp_path):
    change(partly)

    assert any(line.startswith(f"rejected: {PARTLY_CHANGED[change]}") for line in verify(partly, tmp_path))


def falls_left_out(document):
    document["falls"] = []


def fall_of_others(document):
    document["falls"][0]["passages"] = ["charter-adopted"]


def fall_not_told(document):
    document["falls"][0]["fall"] = None


def case_left_out(document):
    cases = document["falls"][0]["fall"]["cases"]
    del cases[next(iter(cases))]


def violation_left_out(document):
    document["violations"] = [each for each in document["violations"] if each["rule"] != "some-reading-holds"]


WHOLLY_CHANGED = {
    falls_left_out: "some-reading-holds: the passages of which no reading holds are [['law-adopted', 'reform-adopted']]",
    fall_of_others: "some-reading-holds: the passages of which no reading holds are [['law-adopted', 'reform-adopted']]",
    fall_not_told: "some-reading-holds: nothing says why ['law-adopted', 'reform-adopted'] fall",
    case_left_out: "some-reading-holds: the cases of ",
    violation_left_out: "the violations are not the conflicts of the main world",
}


@pytest.mark.parametrize("change", WHOLLY_CHANGED)
def test_that_no_reading_holds_must_be_what_is_proven(change, wholly, tmp_path):
    change(wholly)

    assert any(line.startswith(f"rejected: {WHOLLY_CHANGED[change]}") for line in verify(wholly, tmp_path))
