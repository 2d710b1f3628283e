"""What a change did, in every format: complete where it can be, cut and counted where it must, safe whatever the data says."""

import json
from importlib import resources

import pytest
from copies import run
from format_judges import mistakes
from histories import ACTED_EARLY
from jsonschema import Draft202012Validator

MET_EARLY = "- {id: board-met, type: Meeting, body: board, period: 1991-05-01, quote: the board met}"
SCHEMA = json.loads(resources.files("rehabfacts").joinpath("change-1.schema.json").read_text(encoding="utf-8"))
FORMATS = ("text", "json", "markdown", "comment", "summary", "sarif", "junit", "github", "gitlab", "rdjson", "brief")


@pytest.fixture
def change(history):
    """One violation persists, one is new, one is fixed, and a setting is another one."""
    history.facts_are(ACTED_EARLY)
    history.states(MET_EARLY.replace("board-met", "board-gathered"), "facts/gathered.yaml")
    history.commit("two are broken")
    history.facts_are(ACTED_EARLY, MET_EARLY)
    (history.folder / "facts/gathered.yaml").unlink()
    history.write("rehabfacts.toml", 'threshold = "warning"\n')
    return history


def told(document):
    return [(each["class"], each["rule"], each["fails"]) for each in document["violations"]]


def test_as_json_all_of_it_is_there_under_its_schema(change):
    done = run("diff", "HEAD", "--format", "json")
    document = done.json
    Draft202012Validator.check_schema(SCHEMA)
    assert [] == [each.message for each in Draft202012Validator(SCHEMA).iter_errors(document)]
    assert 1 == done.status == document["exit_status"]
    assert [
        ("new", "body-created-before-it-meets", True), ("persisting", "body-created-before-it-acts", False), ("fixed", "body-created-before-it-meets", False),
    ] == sorted(told(document), key=lambda each: ["new", "persisting", "fixed"].index(each[0]))  # fmt: skip
    assert ["setting threshold was error, is warning"] == document["policy"]
    assert {"fact": "board-met", "change": "added", "fields": []} in document["facts"]


@pytest.mark.parametrize(("command", "name"), [
    *(("diff HEAD", name) for name in FORMATS), *(("check --since HEAD", name) for name in ("text", "json", "comment")),
])  # fmt: skip
def test_every_format_tells_the_altered_policy_before_the_violations(change, command, name):
    done = run(*command.split(), "--format", name)
    assert (1, "") == (done.status, done.err)
    policy = done.out.find("setting threshold was error, is warning")
    assert 0 <= policy
    if name == "sarif":
        assert "policy-as-in-base" == json.loads(done.out)["runs"][0]["results"][0]["ruleId"]
    elif name != "junit":  # there a suite is a pack
        assert policy < done.out.find("A body must be created before it meets")


@pytest.mark.parametrize("name", ["sarif", "junit", "gitlab", "rdjson"])
def test_it_is_as_the_owners_of_its_format_want_it(change, name):
    assert mistakes(name, run("diff", "HEAD", "--format", name).out, run("check", "--since", "HEAD", "--format", name).out) == []


@pytest.mark.parametrize("name", ["github", "gitlab", "rdjson", "brief"])
def test_marks_on_lines_are_of_what_the_change_brought_alone(change, name):
    out = run("check", "--since", "HEAD", "--format", name, "--allow-policy-changes").out
    assert (True, False) == tuple(f"body-created-before-it-{verb}" in out for verb in ("meets", "acts"))
    assert "board-gathered" not in out


def test_sarif_knows_the_state_of_each_result_beside_the_baseline(change):
    run_ = json.loads(run("check", "--since", "HEAD", "--format", "sarif").out)["runs"][0]
    states = {each["ruleId"]: (each.get("baselineState"), "suppressions" in each) for each in run_["results"]}
    assert 1 == [each["ruleId"] for each in run_["results"]].count("body-created-before-it-meets")
    assert ("new", False) == states["body-created-before-it-meets"]
    assert ("unchanged", True) == states["body-created-before-it-acts"]
    change.facts_are("# moved", ACTED_EARLY, MET_EARLY)
    change.commit("moved")
    change.facts_are("# moved", "# again", ACTED_EARLY, MET_EARLY)
    run_ = json.loads(run("check", "--since", "HEAD", "--format", "sarif").out)["runs"][0]
    assert {"updated"} == {each["baselineState"] for each in run_["results"] if each["ruleId"].startswith("body-created-before")}


def test_the_report_as_json_holds_the_classes(change):
    document = run("check", "--since", "HEAD", "--format", "json").json
    rules = {each["id"]: each["rule"] for each in document["violations"]}
    classes = {rules[name]: kind for name, kind in document["since"]["classes"].items()}
    assert ("HEAD", "new", "persisting") == (document["since"]["base"], classes["body-created-before-it-meets"], classes["body-created-before-it-acts"])


def test_a_comment_begins_with_the_policy_and_is_cut_where_it_is_too_long(change):
    lines = run("diff", "HEAD", "--format", "comment").lines
    assert ["# What changed since HEAD", "", "**The policy was changed (this fails the run unless it is allowed):**"] == lines[:3]
    assert any(line.startswith("## New: 1") for line in lines)
    facts = [f"- {{id: met-{at}, type: Meeting, body: board, period: 1991-05-01, quote: {'the board met ' * 60}}}" for at in range(120)]
    change.facts_are(*facts)
    out = run("check", "--since", "HEAD", "--format", "comment").out
    assert len(out.encode()) < 65_536
    assert out.endswith("more lines do not fit. The JSON report has everything.**\n")


def test_many_of_a_class_are_counted_where_they_are_not_listed(change):
    change.facts_are(*(f"- {{id: met-{at:03}, type: Meeting, body: board, period: 1991-05-01, quote: it met}}" for at in range(60)))
    lines = run("diff", "HEAD").lines
    assert "new  … 10 more" in lines
    assert "fact added  … 10 more" in lines
    assert 60 == len([each for each in told(run("diff", "HEAD", "--format", "json").json) if each[0] == "new"])


HOSTILE = "\\u202e\\u001b[31m::error::x ##[error] ]]> <script> | `x` [a](http://e) @me #1 %0A"


@pytest.mark.parametrize("name", FORMATS)
def test_data_is_never_structure_in_what_a_change_did(history, name):
    history.write("rehabfacts.toml", 'paths = ["facts", "we`ird | <b>"]\n')
    fact = json.dumps({"id": "board-acted", "type": "Activity", "body": "board", "period": "1992/1992", "quote": f"x {HOSTILE}"})
    history.write("facts/b.yaml", "rehabfacts: 1\nfacts:\n  - " + fact.replace("\\\\u", "\\u") + "\n")
    out = run("diff", "HEAD", "--format", name).out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "##[" not in out
    assert not any(line.lstrip().startswith("::") for line in out.splitlines() if name != "github")
    if name in {"markdown", "comment", "summary"}:
        assert not any(each in out for each in ("<script>", "[a](", "@me", "<b>"))
