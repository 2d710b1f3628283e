"""A waiver accepts one violation as it is, until a day; one that accepts nothing, too much or no longer is told."""

import json
import re

import pytest
from copies import Project, run
from histories import ACTED_EARLY
from jsonschema import Draft202012Validator

from rehabfacts.sizes import Size

FACTS = """
    rehabfacts: 1
    entities:
      - {id: mill, type: Body}
      - {id: dam, type: Body}
    facts:
      - {id: founded, type: Creation, body: mill, date: 1895-05-31}
      - {id: met, type: Meeting, body: mill, period: 1895-05-01}
      - {id: dam-built, type: Creation, body: dam, date: 1895-05-31}
      - {id: dam-met, type: Meeting, body: dam, period: 1895-05-01}
"""
RULES = """
    - {id: starts, for: {c: Creation}, define: c.body.lifetime.start = c.date}
    - {id: meets-after, says: A body meets after it was created., for: {m: Meeting}, require: m.body.lifetime.start <= m.period.start}
"""
WAIVER = {"rule": "meets-after", "facts": "[founded, met]", "clash": "30 days", "reason": "the minutes are lost", "author": "Anna", "until": "2027-01-31"}


@pytest.fixture
def mill(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    project = Project(tmp_path)
    project.write("facts/mill.yaml", FACTS)
    project.write("rules/own.yaml", RULES)
    return project


def waive(project, *more, **changed):
    """Writes waivers of the two violations, the first of them changed, and checks."""
    dam = {**WAIVER, "facts": "[dam-built, dam-met]"}
    entries = [{**WAIVER, **changed}, dam, *more]
    lines = [", ".join(f"{name}: {value}" for name, value in entry.items() if value is not None) for entry in entries]
    project.write("facts/waivers.yaml", "rehabfacts: 1\nwaivers:\n" + "".join(f"  - {{{line}}}\n" for line in lines))
    return run("check", "--today", "2027-01-31")


def warnings(done):
    return [line for line in done.lines if ": W-WAIVER-" in line]


def test_what_is_waived_stays_in_the_report_and_does_not_fail_the_run(mill):
    assert run("check").status == 1
    done = waive(mill)
    assert (done.status, warnings(done)) == (0, [])
    assert "waivers  2, judged as of 2027-01-31" == done.lines[0]
    assert [
        "accepted  meets-after (dam-met): waived until 2027-01-31 by Anna: the minutes are lost (facts/waivers.yaml:4)  [e7958337]",
        "accepted  meets-after (met): waived until 2027-01-31 by Anna: the minutes are lost (facts/waivers.yaml:3)  [87e0fc8d]",
    ] == [line for line in done.lines if line.startswith("accepted")]
    assert "2 violated (2 errors)" in done.lines[-1]


def test_a_waiver_is_not_written_to_a_directory(mill):
    violation, _ = re.findall(r"VIOLATED.*\[(\w+)\]", run("check").out)
    done = run("waive", violation, "--reason", "r", "--author", "a", "--until", "2027", "--to", "facts")
    assert (done.status, done.err.splitlines()[-1]) == (2, "facts: E-OUT expected a file to write to, found a directory or a device")


def test_a_waiver_may_stand_beside_a_fact_of_the_conflict(mill):
    waive(mill, facts="[dam-built, dam-met]", reason="twice")
    (mill.folder / "facts/waivers.yaml").unlink()
    for fact, other in (("met", "founded"), ("dam-met", "dam-built")):
        body = "mill" if fact == "met" else "dam"
        mill.replace(
            f"{{id: {fact}, type: Meeting, body: {body}, period: 1895-05-01}}",
            f"{{id: {fact}, type: Meeting, body: {body}, period: 1895-05-01, waived: {{rule: meets-after, facts: {other}, clash: 30 days, reason: r, author: A, review: 2030}}}}",
            path="facts/mill.yaml",
        )
    assert run("check").status == 0


TOO_BROAD = (
    "W-WAIVER-BROAD expected the rule, the members and the clash that are accepted, found {}"
    " (write rule: meets-after, facts: [founded, met], clash: 30 days)"
)


@pytest.mark.parametrize(("changed", "warning"), [
    ({"clash": "29 days"}, "W-WAIVER-EXCEEDED meets-after (founded, met) is waived for 29 days, and clashes by 30 days now (look at it again)"),
    ({"until": "2027-01-30"}, "W-WAIVER-EXPIRED the waiver of meets-after (founded, met) ended on 2027-01-30 (mend the facts, or decide again)"),
    ({"clash": None}, TOO_BROAD.format("meets-after (founded, met)")),
    ({"facts": "[met]"}, TOO_BROAD.format("meets-after (met)")),
    ({"facts": None}, "W-WAIVER-BROAD meets-after () means 2 violations (give the id of one under violation)"),
    ({"rule": None, "facts": None, "violation": "87e0fc8d"}, TOO_BROAD.format("[87e0fc8d]")),
    ({"facts": "[founded, met, dam-met]"}, "W-WAIVER-STALE meets-after (founded, met, dam-met) is not violated (take the waiver out)"),
    ({"rule": "meets-before"}, "W-WAIVER-STALE meets-before (founded, met) is not violated (take the waiver out)"),
])  # fmt: skip
def test_a_waiver_that_covers_nothing_is_told_and_the_run_fails(mill, changed, warning):
    done = waive(mill, **changed)
    assert (1, [f"facts/waivers.yaml:3:5: {warning}"]) == (done.status, warnings(done))


@pytest.mark.parametrize("changed", [{"clash": "31 days"}, {"clash": "'1,000 days'"}, {"until": "2027"}, {"violation": "87e0fc8d"}, {"facts": "[met, founded, met]"}])
def test_a_smaller_clash_and_a_later_end_are_covered(mill, changed):
    done = waive(mill, **changed)
    assert (0, []) == (done.status, warnings(done))


def test_a_second_waiver_of_one_violation_is_stale(mill):
    assert ["facts/waivers.yaml:5:5: W-WAIVER-STALE meets-after (founded, met) is waived already (keep one of the two)"] == warnings(waive(mill, WAIVER))


def test_a_waiver_past_its_review_still_covers(mill):
    done = waive(mill, until=None, review="2027-01-30")
    told = "facts/waivers.yaml:3:5: W-WAIVER-REVIEW the waiver of meets-after (founded, met) was to be reviewed on 2027-01-30 (give it another day, or take it out)"
    assert (0, [told]) == (done.status, warnings(done))


def test_without_a_day_no_waiver_ends_and_that_is_told(mill):
    import rehabfacts

    waive(mill, until="1999")
    report = rehabfacts.check("facts", "rules")
    assert (0, ["W-WAIVER-TODAY"]) == (report.exit_status, [each.code for each in report.problems])
    report = rehabfacts.check("facts", "rules", settings=rehabfacts.Settings(today=rehabfacts.Date.parse("2000-01-01")))
    assert (1, ["W-WAIVER-EXPIRED"]) == (report.exit_status, [each.code for each in report.problems])


def test_an_incomplete_run_calls_no_waiver_stale(mill):
    mill.write("facts/broken.yaml", "rehabfacts: 1\nfacts:\n  - {id: x, type: Creation, body: mill, date: 1895-02-30}\n")
    assert [] == warnings(waive(mill, rule="meets-before"))


@pytest.mark.parametrize(("entry", "told"), [
    ("{}", ["waiver: expected reason", "waiver: expected author", "waiver: expected violation or rule", "waiver: expected until or review"]),
    ("{rule: r, reason: x, author: y, until: '[2026..]'}", ["until: expected a date with a last day, found [2026..]"]),
    ("{rule: r, reason: x, author: y, until: soon}", ["until: expected a year of four digits, found 'soon'"]),
    ("{rule: r, reason: x, author: y, until: 2027, clash: some}", ["clash: expected a size as reports tell it, found 'some'"]),
    ("{rule: r, reason: x, author: y, until: 2027, rules: r}", ["unknown key 'rules'"]),
    ("{rule: r, reason: [x], author: y, until: 2027}", ["reason: expected a text, found a list"]),
    ("text", ["expected a waiver, a mapping with reason and author, found 'text'"]),
])  # fmt: skip
def test_what_is_no_waiver_is_refused(mill, entry, told):
    mill.write("facts/waivers.yaml", f"rehabfacts: 1\nwaivers:\n  - {entry}\n")
    done = run("check", "--format", "json")
    assert (2, told) == (done.status, [each["cause"] for each in done.json["problems"]])


FORMATS = {
    "markdown": "Accepted: waived until 2027-01-31 by Anna&#58; the minutes are lost",
    "comment": "Accepted: waived until 2027-01-31 by Anna&#58; the minutes are lost",
    "junit": "Accepted: waived until 2027-01-31 by Anna: the minutes are lost",
    "github": "Accepted: waived until 2027-01-31 by Anna: the minutes are lost",
    "gitlab": "Accepted: waived until 2027-01-31 by Anna: the minutes are lost",
    "rdjson": "Accepted: waived until 2027-01-31 by Anna: the minutes are lost",
    "sarif": '"justification": "waived until 2027-01-31 by Anna: the minutes are lost"',
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_what_is_waived_and_why(mill, name):
    waive(mill)
    done = run("check", "--today", "2027-01-31", "--format", name)
    assert (0, 2) == (done.status, done.out.count(FORMATS[name]))


def test_annotations_of_what_is_waived_ask_for_little_attention(mill):
    waive(mill)
    assert ["notice", "notice", ""] == [line.split(" ")[0].strip(":") if line.startswith("::") else "" for line in run("check", "--format", "github").lines]
    assert {"info"} == {each["severity"] for each in run("check", "--format", "gitlab").json}
    assert {"INFO"} == {each["severity"] for each in run("check", "--format", "rdjson").json["diagnostics"]}


def test_a_saved_report_with_waivers_fits_its_schema_and_keeps_verifying(mill):
    from importlib.resources import files

    waive(mill)
    assert 0 == run("check", "--today", "2027-01-31", "--format", "json", "--output", "report.json").status
    document = json.loads((mill.folder / "report.json").read_text())
    Draft202012Validator(json.loads((files("rehabfacts") / "report-1.schema.json").read_text(encoding="utf-8"))).validate(document)
    assert "2027-01-31" == document["settings"]["today"]
    assert [("Anna", "30 days", 4), ("Anna", "30 days", 3)] == [
        (waiver["author"], waiver["clash"], waiver["line"]) for each in document["violations"] if each["accepted"] for waiver in [each["accepted"]["waiver"]]
    ]
    assert 0 == run("verify", "report.json").status
    assert 0 == run("verify", "report.json", "--against", "facts", "rules").status
    waive(mill, reason="another")
    assert ["rejected: violations: the files give others than the report has"] == run("verify", "report.json", "--against", "facts", "rules").lines[:1]


def test_a_report_on_which_a_baseline_was_laid_keeps_verifying(mill):
    run("baseline", "write", "known.json")
    assert 0 == run("check", "--baseline", "known.json", "--format", "json", "--output", "report.json").status
    assert 0 == run("verify", "report.json", "--against", "facts", "rules").status


def test_settings_name_files_of_waivers_and_a_day(mill):
    waive(mill)
    (mill.folder / "facts/waivers.yaml").rename(mill.folder / "accepted.yaml")
    assert 1 == run("check").status
    mill.write("rehabfacts.toml", 'waivers = ["accepted.yaml"]\ntoday = "2027-01-31"\n')
    assert 0 == run("check").status
    assert 1 == run("check", "--today", "2027-02-01").status


def test_a_waiver_that_a_change_brings_is_a_change_of_policy(history):
    history.facts_are(ACTED_EARLY)
    (violation,) = [each for each in run("check", "--format", "json").json["violations"] if each["severity"] == "error"]
    run("waive", violation["id"], "--reason", "so it is", "--author", "A", "--until", "2999", "--to", "facts/w.yaml")
    done = run("check", "--since", "HEAD")
    assert 1 == done.status
    told = f"waiver of body-created-before-it-acts [{violation['id']}] was added or changed: so it is"
    assert f"policy  {told}  (fails the run unless it is allowed)" == done.lines[0]
    assert 0 == run("check", "--since", "HEAD", "--allow-policy-changes").status
    assert 1 == run("check", "--since", "HEAD", "--policy-from", "HEAD").status
    history.commit()
    assert 0 == run("check", "--since", "HEAD").status


def test_waive_prints_an_entry_or_adds_it_to_a_file_and_leaves_the_rest_as_it_was(mill):
    arguments = ("--reason", "He said: go", "--author", "Anna", "--until", "2027-01-31")
    entry = (
        "- violation: 87e0fc8d\n  rule: meets-after\n  facts: [founded, met]\n  clash: 30 days\n"
        '  reason: "He said: go"\n  author: Anna\n  until: 2027-01-31\n'
    )
    assert entry == run("waive", "87e0fc8d", *arguments).out
    mill.write("facts/w.yaml", "rehabfacts: 1  # ours\nwaivers:\n# none so far\n")
    assert "87e0fc8d is waived in facts/w.yaml\n" == run("waive", "87e0fc8d", *arguments, "--to", "facts/w.yaml").out
    assert 0 == run("waive", "e7958337", "--reason", "y", "--author", "B", "--review", "2030", "--to", "facts/w.yaml").status
    assert (mill.folder / "facts/w.yaml").read_text().startswith("rehabfacts: 1  # ours\nwaivers:\n# none so far\n  - violation: 87e0fc8d\n")
    assert 0 == run("check", "--today", "2027-01-01").status


@pytest.mark.parametrize("text", ["rehabfacts: 1\nwaivers: []\n", "rehabfacts: 1\nfacts: []\n", "- {id: rule}\n", "rehabfacts: 1\nwaivers:\n  - {reason: x}\n"])
def test_waive_leaves_a_file_that_does_not_end_with_waivers_alone(mill, text):
    file = mill.write("odd.yaml", text)
    done = run("waive", "87e0fc8d", "--reason", "x", "--author", "A", "--until", "2030", "--to", "odd.yaml")
    assert (2, text) == (done.status, file.read_text())


@pytest.mark.parametrize(("arguments", "told"), [
    (("87e0fc8", "--until", "2030"), "no violation 87e0fc8 (did you mean 87e0fc8d?)"),
    (("87e0fc8d",), "expected --until or --review"),
    (("87e0fc8d", "--until", "soon"), "E-DATE-FORM until: expected a year of four digits, found 'soon'"),
])  # fmt: skip
def test_waive_refuses_what_is_no_waiver(mill, arguments, told):
    done = run("waive", *arguments, "--reason", "x", "--author", "A")
    assert 2 == done.status
    assert told in done.err


@pytest.mark.parametrize(("text", "amount", "unit"), [
    ("1 day", 1, "days"), ("1,234 days", 1234, "days"), ("1 unit", 1, ""), ("5 volumes", 5, "volumes"), ("0.5 percentage points", 5_000, "%"),
])  # fmt: skip
def test_a_size_reads_back_as_it_is_told(text, amount, unit):
    size = Size.parse(text)
    assert (text, amount, unit) == (str(size), size.amount, size.unit)


@pytest.mark.parametrize("text", ["", "days", "33", "-1 days", "1.5 days", "1.23456 percentage points", "١ days"])
def test_what_is_no_size_is_refused(text):
    with pytest.raises(ValueError, match="expected a size"):
        Size.parse(text)


def test_a_size_covers_smaller_ones_of_its_kind():
    pairs = [("2 days", "1 day"), ("2 volumes", "1 unit"), ("2 units", "2 volumes"), ("1 day", "2 days"), ("2 days", "1 unit"), ("2 volumes", "2 pages"), ("9 percentage points", "9 units")]
    assert [True, True, True, False, False, False, False] == [Size.parse(one).covers(Size.parse(two)) for one, two in pairs]
