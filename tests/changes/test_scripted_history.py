"""One history from its first fact to a pull request that weakens a rule: at every step the right classes and exit status.

Each step is a change to the files or to the branches, what is asked then, and what must come of it.
"""

import re

import pytest
from copies import run
from histories import ACTED_EARLY, classes

RULES = """
- {id: creation, for: {c: Creation}, define: c.body.lifetime.start = c.date}
- {id: cessation, for: {c: Cessation}, define: c.body.lifetime.end = c.date}
- {id: acts-late, for: {a: Activity}, require: a.body.lifetime.start <= a.period.start}
- {id: meets-late, for: {m: Meeting}, require: m.body.lifetime.start <= m.period.start}
- {id: meets-early, for: {m: Meeting}, require: m.period.end <= m.body.lifetime.end}
"""
MET = "- {id: board-met, type: Meeting, body: board, period: 2005-05-01, quote: it met}"
CEASED = "- {id: board-ceased, type: Cessation, body: board, date: 2001, quote: it ceased}"


def begin(history):
    history.write("rules/rules.yaml", RULES)
    history.commit("rules of our own")


def add(history):
    history.git("checkout", "-q", "-b", "work")
    history.facts_are("- {id: board-acted, type: Activity, body: board, period: 1995/1995, quote: the board acted}")


def make_vague(history):
    history.commit("the board acted")
    history.replace("date: 1993, quote: the board", "date: 199X, quote: the board", path="facts/a.yaml")


def make_certain(history):
    history.commit("created in the nineties")
    history.replace("date: 199X, quote: the board", "date: 1996, quote: the board", path="facts/a.yaml")


def fix(history):
    history.commit("created in 1996")
    history.replace("date: 1996, quote: the board", "date: 1993, quote: the board", path="facts/a.yaml")


def break_it(history):
    history.commit("created in 1993 after all")
    history.facts_are(ACTED_EARLY)


def move_it(history):
    history.commit("the board acted early")
    history.facts_are("# a remark", ACTED_EARLY)


def break_another(history):
    history.commit("a remark")
    history.states("- {id: board-met, type: Meeting, body: board, period: 1991-05-01, quote: it met}", "facts/met.yaml")


def rename_files(history):
    history.commit("the board met early")
    history.git("mv", "facts/a.yaml", "facts/law.yaml")


def rebase(history):
    """The main branch goes on, and the work is put on top of it."""
    history.commit("a name that says more")
    history.git("checkout", "-q", "main")
    history.states("- {id: law-published, type: Publication, act: law, date: 1993-05, quote: published}", "facts/published.yaml")
    history.commit("the law was published")
    history.git("checkout", "-q", "work")
    history.git("-c", "user.name=t", "-c", "user.email=t@example.org", "rebase", "-q", "main")


def two_good_branches(history):
    """A case from the field (fluree 1782): both branches are fine, and their merge is not."""
    for branch, fact in (("ceases", CEASED), ("meets", MET)):
        history.git("checkout", "-q", "-b", branch, "main")
        history.states(fact, f"facts/{branch}.yaml")
        history.commit(branch)


def merge_them(history):
    history.git("checkout", "-q", "-b", "both", "ceases")
    history.merge("meets")


def weaken(history):
    """A pull request that breaks a rule and makes it a note in the same breath."""
    history.git("checkout", "-q", "-b", "weak", "main")
    history.facts_are(ACTED_EARLY)
    history.write("rules/rules.yaml", RULES.replace("{id: acts-late,", "{id: acts-late, severity: note,"))
    history.commit("nothing to see")


def silence(history):
    """The same by the settings."""
    history.git("checkout", "-q", "-b", "silent", "main")
    history.facts_are(ACTED_EARLY)
    history.write("rehabfacts.toml", 'without = ["acts-late"]\n')
    history.commit("nothing to see here either")


def exclude(history):
    """The same by leaving the broken file out of the paths."""
    history.git("checkout", "-q", "-b", "excluded", "main")
    history.states(ACTED_EARLY, "facts/bad.yaml")
    history.write("rehabfacts.toml", 'paths = ["facts/a.yaml", "rules"]\n')
    history.commit("a setting")


def nothing(_):
    """The files stay as they are."""


STEPS = [
    # step, what is asked, exit status, classes, how many persist or moved
    (begin, "diff HEAD~1", 1, [], ""),
    (nothing, "diff HEAD~1 --allow-policy-changes", 0, [], ""),
    (add, "diff main", 0, [], ""),
    (make_vague, "diff HEAD", 0, [], ""),
    (make_certain, "diff HEAD", 1, [("worsened", "acts-late")], ""),
    (fix, "diff HEAD", 0, [("fixed", "acts-late")], ""),
    (break_it, "diff HEAD", 1, [("new", "acts-late")], ""),
    (nothing, "check --since HEAD", 1, [("new", "acts-late")], ""),
    (move_it, "diff HEAD", 0, [], "1 moved"),
    (nothing, "diff main", 1, [("new", "acts-late")], ""),
    (break_another, "diff HEAD", 1, [("new", "meets-late")], "1 persisting"),
    (nothing, "check --since HEAD", 1, [("new", "meets-late")], "1 persisting"),
    (nothing, "check", 1, [], ""),
    (rename_files, "diff HEAD", 0, [], "2 moved"),
    (rebase, "diff main", 1, [("new", "acts-late"), ("new", "meets-late")], ""),
    (nothing, "diff main~1 HEAD", 1, [("new", "acts-late"), ("new", "meets-late")], ""),
    (two_good_branches, "check", 0, [], ""),
    (nothing, "diff main meets", 0, [], ""),
    (nothing, "diff main ceases", 0, [], ""),
    (nothing, "diff ceases meets", 1, [("new by the merge", "meets-early")], ""),
    (nothing, "check --since ceases", 1, [("new by the merge", "meets-early")], ""),
    (merge_them, "diff main", 1, [("new", "meets-early")], ""),
    (nothing, "diff ceases", 1, [("new", "meets-early")], ""),
    (weaken, "diff main", 1, [("new", "acts-late")], ""),
    (nothing, "diff main --allow-policy-changes", 0, [("new", "acts-late")], ""),
    (nothing, "diff main --allow-policy-changes --policy-from main", 1, [("new", "acts-late")], ""),
    (nothing, "check --policy-from main", 1, [], ""),
    (nothing, "check --policy-from main --allow-policy-changes", 1, [], ""),
    (silence, "diff main", 1, [], ""),
    (nothing, "diff main --allow-policy-changes", 0, [], ""),
    (nothing, "diff main --allow-policy-changes --policy-from main", 1, [("new", "acts-late")], ""),
    (exclude, "diff main", 1, [], ""),
    (nothing, "diff main --allow-policy-changes", 0, [], ""),
    (nothing, "diff main --allow-policy-changes --policy-from main", 1, [("new", "acts-late")], ""),
]


def test_every_step_of_a_history_has_the_right_classes_and_exit_status(history):
    came = []
    for step, command, *_ in STEPS:
        step(history)
        done = run(*command.split())
        assert done.err == ""
        came.append((step.__name__, command, done.status, classes(done), stood(done)))
    assert [(step.__name__, *rest) for step, *rest in STEPS] == came


def stood(done):
    """How many violations were there before, as the line that counts says."""
    counts = next((line for line in done.lines if " differ: " in line), "")
    return ", ".join(re.findall(r"\d+ (?:persisting|moved)", counts))


@pytest.mark.parametrize(("step", "told"), [
    (weaken, "policy  rule acts-late was changed: severity error became note"),
    (silence, "policy  setting without was nothing, is acts-late"),
    (exclude, "policy  setting paths was nothing, is facts/a.yaml, rules"),
])  # fmt: skip
def test_every_report_begins_with_what_was_altered_in_the_policy(history, step, told):
    begin(history)
    step(history)
    for command in ("diff main", "check --since main", "diff main --policy-from main", "check --policy-from main"):
        assert f"{told}  (fails the run unless it is allowed)" == run(*command.split()).lines[0]
    assert told == run("diff", "main", "--allow-policy-changes").lines[0]
