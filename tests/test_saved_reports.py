"""Saved reports: the proofs hold, or `rehabfacts verify` says which step fails, whoever made the checksum fit."""

import copy
import json

import pytest
from copies import Project, run

from rehabfacts.reports.json_report import checksum

ACCEPTED = "accepted: every proof in the report holds"
LATE = {"commission-ceased": {"date": "2009-06-01"}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The real dataset with a late cessation: bounds, open demands, readings, counts and a conflict to change."""
    folder = tmp_path_factory.mktemp("saved")
    project = Project.copied(folder)
    for fact, fields in LATE.items():
        project.state(fact, **fields)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = run("check", "facts", "rules", "--format", "json")
    assert done.status == 1
    (folder / "report.json").write_text(done.out, encoding="utf-8")
    return folder


@pytest.fixture
def document(folder):
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


@pytest.fixture
def verify(folder, tmp_path, monkeypatch):
    """Verifies a document whose checksum fits what it now says."""
    monkeypatch.chdir(folder)

    def verified(document, *arguments, fitting=True):
        changed = {**document, "checksum": checksum(document)} if fitting else document
        file = tmp_path / "changed.json"
        file.write_text(json.dumps(changed, ensure_ascii=False, indent=1), encoding="utf-8")
        return run("verify", file, *arguments)

    return verified


def certificate(document, world=0):
    return document["worlds"][world]["certificate"]


def test_a_report_as_it_was_saved_is_accepted(folder, monkeypatch):
    monkeypatch.chdir(folder)

    assert (run("verify", "report.json").status, run("verify", "report.json").lines) == (0, [ACCEPTED])


def test_it_is_accepted_against_the_files_that_it_is_on(folder, monkeypatch):
    monkeypatch.chdir(folder)

    done = run("verify", "report.json", "--against", "facts", "rules")

    assert (done.status, done.lines) == (0, [f"{ACCEPTED}, and it is a report on these files"])


def test_a_checksum_that_does_not_fit_is_told_first(verify, document):
    document["exit_status"] = 0

    done = verify(document, fitting=False)

    assert done.status == 1
    assert done.lines[0] == "rejected: the checksum does not fit: the file was changed or damaged"


# each change below is one that a reader would not see


def tightened(document):
    return next(each for each in document["bounds"] if each["record"] == "commission-1993" and each["variable"] == "lifetime.start")


def told_bound(document):
    tightened(document)["tightened"][0] = "1993-04-15"


def bound_made_looser(document):
    tightened(document)["tightened"] = ["1993-01-01", "1993-12-31"]


def bound_taken_away(document):
    tightened(document)["tightened"][1] = None


def place_of(document, record, name, world=0):
    return certificate(document, world)["variables"].index([record, name])


def proven_bound(document):
    certificate(document)["bounds"]["least"][place_of(document, "commission-1993", "lifetime.start")] += 1


def proven_and_told_bound(document):
    proven_bound(document)
    told_bound(document)


def given_bound(document):
    certificate(document)["given"]["greatest"][place_of(document, "commission-1993", "lifetime.start")] -= 1


def bounds_reason(document):
    table = certificate(document)["bounds"]
    table["least_by"][place_of(document, "commission-1993", "lifetime.start")] = -1


def day_of_the_witness(document):
    certificate(document)["witness"][place_of(document, "rehabilitation-law", "adopted")] += 1


def day_of_the_given_witness(document):
    certificate(document)["given"]["witness"][place_of(document, "rehabilitation-law", "adopted")] -= 1


def shorter_witness(document):
    certificate(document)["witness"].pop()


def the_violation(document):
    return next(each for each in document["violations"] if each["severity"] == "error")


def the_conflict(document):
    return certificate(document)["conflicts"][the_violation(document)["conflict"]]


def told_member(document):
    the_violation(document)["members"].pop()


def proven_member(document):
    the_conflict(document)["facts"].pop(0)
    the_conflict(document)["datings"].pop(0)


def proven_and_told_member(document):
    gone = the_conflict(document)["facts"].pop(0)
    the_conflict(document)["datings"].pop(0)
    the_violation(document)["members"] = [each for each in the_violation(document)["members"] if each["fact"] != gone]


def member_added(document):
    conflict = the_conflict(document)
    conflict["facts"].append("commission-1993-created")
    conflict["datings"].insert(len(conflict["facts"]) - 1, copy.deepcopy(conflict["datings"][0]))


def conflict_proof_cut(document):
    the_conflict(document)["proof"]["chain"].pop()


def dating_of_a_removed_member(document):
    conflict = the_conflict(document)
    conflict["datings"][0] = conflict["datings"][1]


def conflict_taken_away(document):
    place = the_violation(document)["conflict"]
    certificate(document)["conflicts"].pop(place)


def violation_taken_away(document):
    document["violations"].remove(the_violation(document))


def severity_of_the_violation(document):
    the_violation(document)["severity"] = "warning"


def rule_of_the_violation(document):
    the_violation(document)["rule"] = "part-within-whole"


def conventions_of_the_violation(document):
    the_violation(document)["conventions"] = []


def verdict_of(document, rule):
    owners = certificate(document)["owners"]
    return next(each for each in certificate(document)["verdicts"] if owners[each[0]]["rule"] == rule)


def violated_verdict_made_satisfied(document):
    verdict_of(document, "body-within-its-legal-basis")[1:] = ["satisfied", None]


def open_verdict_made_satisfied(document):
    verdict_of(document, "body-created-under-provision-in-force")[1:] = ["satisfied", [0, {}]]


def satisfied_verdict_made_open(document):
    verdict_of(document, "amending-act-after-amended")[1:] = ["open", {}]


def verdict_made_not_evaluated(document):
    verdict_of(document, "body-within-its-legal-basis")[1:] = ["not evaluated", "it took too long"]


def verdict_taken_away(document):
    certificate(document)["verdicts"].pop(0)


def count(document):
    counts = next(each for each in document["counts"] if each["rule"] == "body-within-its-legal-basis")
    counts["outcomes"] = {"satisfied": 1}


def counts_of_a_rule_taken_away(document):
    document["counts"] = [each for each in document["counts"] if each["rule"] != "body-within-its-legal-basis"]


def exit_status(document):
    document["exit_status"] = 0


def complete(document):
    document["complete"] = False


def reading_made_possible(document):
    found = next(each for each in document["readings"] if each["verdict"] == "refuted")
    found["verdict"] = "possible"
    found["conflicts"] = []


def reading_made_refuted(document):
    next(each for each in document["readings"] if each["verdict"] == "possible")["verdict"] = "refuted"


def row_loosened(document):
    """The bound of a fact moved by a day, in its row alone."""
    owners = certificate(document)["owners"]
    row = next(row for row in certificate(document)["rows"] if owners[row[5]].get("id") == "amending-law-2009-adopted")
    row[2] += 1


def owner_of_a_row(document):
    """A fact's bound passed off as what holds always."""
    owners = certificate(document)["owners"]
    row = next(row for row in certificate(document)["rows"] if owners[row[5]].get("id") == "amending-law-2009-adopted")
    row[5] = 0


def row_taken_away(document):
    certificate(document)["rows"].pop()


def fact_set_aside(document):
    certificate(document)["set_aside"]["facts"].append("amending-law-2009-adopted")


def demand_made_milder(document):
    owner = next(each for each in certificate(document)["owners"] if each.get("rule") == "body-within-its-legal-basis")
    owner["severity"] = "note"


def certificate_of_another_world(document):
    document["worlds"][1]["certificate"]["witness"][1] += 5_000


CHANGES = (
    told_bound, bound_made_looser, bound_taken_away, proven_bound, proven_and_told_bound, given_bound, bounds_reason,
    day_of_the_witness, day_of_the_given_witness, shorter_witness, told_member, proven_member, proven_and_told_member, member_added,
    conflict_proof_cut, dating_of_a_removed_member, conflict_taken_away, violation_taken_away, severity_of_the_violation,
    rule_of_the_violation, conventions_of_the_violation, violated_verdict_made_satisfied, open_verdict_made_satisfied,
    satisfied_verdict_made_open, verdict_made_not_evaluated, verdict_taken_away, count, counts_of_a_rule_taken_away, exit_status,
    complete, reading_made_refuted, row_loosened, owner_of_a_row, row_taken_away, fact_set_aside,
    demand_made_milder, certificate_of_another_world,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_report_is_rejected_though_its_checksum_fits(verify, document, change):
    before = copy.deepcopy(document)
    change(document)
    assert document != before

    done = verify(document)

    assert done.status == 1
    assert done.lines[0].startswith("rejected: ")
    assert "checksum" not in done.out


@pytest.mark.parametrize(
    ("change", "step"),
    [
        (told_bound, "rejected: bounds of commission-1993 lifetime.start: the proofs give "),
        (count, "rejected: counts of body-within-its-legal-basis: the verdicts give {'violated': 1}, the report says {'satisfied': 1}"),
        (exit_status, "rejected: the exit status should be 1 and complete True"),
        (told_member, "rejected: violation "),
        (day_of_the_witness, "rejected: world main: "),
        (certificate_of_another_world, "rejected: world reading "),
    ],
)
def test_the_first_step_that_fails_is_named(verify, document, change, step):
    change(document)

    assert verify(document).lines[0].startswith(step)


# what the proofs alone cannot show, and the files can


def words_of_a_fact(document):
    document["facts"]["amending-law-2009-adopted"]["says"] = "amending-law-2009 was adopted on 2010-04-29"


def quote_of_a_fact(document):
    document["facts"]["amending-law-2009-adopted"]["quote"] = "29 квітня 2010 року"


def digest_of_a_file(document):
    document["files"][0]["sha256"] = "0" * 64


def line_of_a_member(document):
    the_violation(document)["members"][0]["line"] = 1


def words_of_a_member(document):
    the_violation(document)["members"][0]["says"] = "nothing of the kind"


def quote_of_a_member(document):
    the_violation(document)["members"][0]["quote"] = "nothing of the kind"


def clash_of_the_violation(document):
    the_violation(document)["clash"] = "They clash by 1 day."


def repair_of_the_violation(document):
    the_violation(document)["repairs"]["changes"][0]["allowed"] = [[None, "2009-05-29"]]


def problems_added(document):
    document["never_matched"] = []


def stated_bound(document):
    tightened(document)["stated"] = ["1990-01-01", "1999-12-31"]


@pytest.mark.parametrize("change", [words_of_a_fact, quote_of_a_fact], ids=lambda change: change.__name__)
def test_what_a_fact_says_is_compared_with_the_files(verify, document, change):
    change(document)

    done = verify(document, "--against", "facts", "rules")

    assert done.status == 1
    assert done.lines == ["rejected: fact amending-law-2009-adopted: the files say something else than the report"]


@pytest.mark.parametrize(
    "change",
    [digest_of_a_file, line_of_a_member, words_of_a_member, quote_of_a_member, clash_of_the_violation, repair_of_the_violation, problems_added, stated_bound],
    ids=lambda change: change.__name__,
)
def test_everything_that_a_reader_sees_is_compared_with_the_files(verify, document, change):
    change(document)

    assert verify(document, "--against", "facts", "rules").status == 1


def test_a_chain_edited_consistently_holds_in_itself_and_is_rejected_against_the_files(tmp_path, folder, monkeypatch):
    forged = Project.copied(tmp_path / "forged")
    for fact, fields in {**LATE, "amending-law-2009-adopted": {"date": "2009-05-29"}}.items():
        forged.state(fact, **fields)
    monkeypatch.chdir(tmp_path / "forged")
    (tmp_path / "forged.json").write_text(run("check", "facts", "rules", "--format", "json").out, encoding="utf-8")
    monkeypatch.chdir(folder)

    alone = run("verify", tmp_path / "forged.json")
    against = run("verify", tmp_path / "forged.json", "--against", "facts", "rules")

    assert (alone.status, alone.lines) == (0, [ACCEPTED])
    assert against.status == 1
    assert against.lines[0].startswith("rejected: world main, ")
    assert "rejected: fact amending-law-2009-adopted: the files say something else than the report" in against.lines


def test_a_report_on_facts_of_which_one_was_left_out_is_rejected_against_the_files(tmp_path, folder, monkeypatch):
    forged = Project.copied(tmp_path / "forged")
    forged.drop("commission-ceased")
    monkeypatch.chdir(tmp_path / "forged")
    (tmp_path / "forged.json").write_text(run("check", "facts", "rules", "--format", "json").out, encoding="utf-8")
    monkeypatch.chdir(folder)

    done = run("verify", tmp_path / "forged.json", "--against", "facts", "rules")

    assert done.status == 1
    assert done.lines[0].startswith("rejected: world main, variables: the files give ")


def test_a_report_under_rules_of_which_one_was_left_out_is_rejected_against_the_files(tmp_path, folder, monkeypatch):
    monkeypatch.chdir(folder)
    weaker = tmp_path / "weaker"
    weaker.mkdir()
    for file in (folder / "rules").iterdir():
        text = file.read_text(encoding="utf-8")
        (weaker / file.name).write_text(text.replace("e.body.lifetime.end <= e.provision.force.end", "e.body.lifetime.end <= e.provision.force.end + 1 year"))
    (tmp_path / "forged.json").write_text(run("check", "facts", weaker, "--format", "json").out, encoding="utf-8")

    done = run("verify", tmp_path / "forged.json", "--against", "facts", "rules")

    assert done.status == 1


def test_a_report_is_accepted_against_the_same_files_in_a_directory_of_another_name(tmp_path, folder, monkeypatch):
    Project.copied(tmp_path)
    project = Project(tmp_path)
    for fact, fields in LATE.items():
        project.state(fact, **fields)
    (tmp_path / "facts").rename(tmp_path / "renamed")
    (tmp_path / "rules").rename(tmp_path / "conditions")
    monkeypatch.chdir(tmp_path)

    done = run("verify", folder / "report.json", "--against", "renamed", "conditions")

    assert (done.status, done.lines) == (0, [f"{ACCEPTED}, and it is a report on these files"])


def test_a_report_made_with_other_settings_is_accepted_against_its_files(tmp_path, folder, monkeypatch):
    monkeypatch.chdir(folder)
    (tmp_path / "report.json").write_text(
        run("check", "facts", "rules", "--without", "act-works-from-adoption", "--threshold", "note", "--format", "json").out, encoding="utf-8"
    )

    assert run("verify", tmp_path / "report.json", "--against", "facts", "rules").status == 0


# what is no report


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "rejected: the report is not JSON: "),
        ("nonsense", "rejected: the report is not JSON: "),
        ("[" * 100_000, "rejected: the report is not JSON: "),
        ("[]", "rejected: expected a report of format 'rehabfacts report 1'"),
        ('{"format": "rehabfacts report 99"}', "rejected: expected a report of format 'rehabfacts report 1'"),
        ('{"format": "rehabfacts report 1"}', "rejected: the report has not the shape it should have: "),
        ('{"format": "rehabfacts report 1", "checksum": 1, "worlds": [{}]}', "rejected: "),
    ],
)
def test_what_is_no_report_is_rejected(tmp_path, text, told):
    file = tmp_path / "report.json"
    file.write_text(text)

    done = run("verify", file)

    assert (done.status, done.lines[0].startswith(told)) == (1, True), done.out


def test_a_report_that_cannot_be_read_is_bad_input(tmp_path):
    done = run("verify", tmp_path / "none.json")

    assert done.status == 2
    assert "E-READ" in done.err


@pytest.mark.parametrize("value", [None, 0, True, [None], {"certificate": None}])
@pytest.mark.parametrize("part", ["worlds", "counts", "violations", "readings", "bounds", "settings", "possible", "problems"])
def test_a_part_of_another_shape_is_rejected_without_a_traceback(verify, document, part, value):
    document[part] = value

    done = verify(document)

    assert (done.status, done.err) == (1, "")


@pytest.mark.parametrize("part", ["worlds", "counts", "violations", "settings"])
def test_a_part_that_was_emptied_is_rejected(verify, document, part):
    document[part] = type(document[part])()

    assert verify(document).status == 1


@pytest.mark.parametrize("part", ["readings", "bounds", "facts"])
def test_a_part_that_only_readers_look_at_cannot_be_emptied_either(verify, document, part):
    document[part] = type(document[part])()

    assert verify(document).status == 1


def test_a_refuted_reading_cannot_be_made_possible(verify, document):
    reading_made_possible(document)

    assert verify(document).status == 1


FALLEN = """
    rehabfacts: 1
    entities: [{id: b0, type: Body}, {id: b1, type: Body}, {id: b2, type: Body}]
    facts:
      - {id: c0, type: Creation, body: b0, ambiguity: a0, readings: [{reading: x, date: 1900}, {reading: y, date: 1910}]}
      - {id: c1, type: Creation, body: b1, ambiguity: a1, readings: [{reading: x, date: 1906}, {reading: y, date: 1907}]}
      - {id: c2, type: Creation, body: b2, ambiguity: a2, readings: [{reading: x, date: 1904}, {reading: y, date: 1905}]}
    """
ORDER = """
    - {id: created, for: {c: Creation}, define: c.body.lifetime.start = c.date}
    - {id: b0-first, for: {c: Creation, d: Creation}, where: c.body = 'b0' and d.body = 'b1', require: c.date < d.date}
    - {id: b1-next, for: {c: Creation, d: Creation}, where: c.body = 'b1' and d.body = 'b2', require: c.date < d.date}
    """


def test_a_clash_with_a_passage_that_falls_anyway_refutes_nobody_else(tmp_path, monkeypatch):
    """a1 and a2 fall together however they are read; that a0=y clashes with a1 says nothing of a0."""
    project = Project(tmp_path)
    project.write("facts/a.yaml", FALLEN)
    project.write("rules/r.yaml", ORDER)
    monkeypatch.chdir(tmp_path)
    assert 1 == run("check", "--format", "json", "--output", "report.json").status
    verdicts = {(each["ambiguity"], each["reading"]): each["verdict"] for each in json.loads((tmp_path / "report.json").read_text())["readings"]}
    assert {"possible"} == {verdicts["a0", "x"], verdicts["a0", "y"]}
    assert {"refuted"} == {verdicts[name, reading] for name in ("a1", "a2") for reading in "xy"}
    assert (0, "accepted: every proof in the report holds\n") == (run("verify", "report.json").status, run("verify", "report.json").out)
