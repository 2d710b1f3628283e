"""What a change did: classes of violations, facts by meaning, the policy, and what git does not know."""

from copies import run
from histories import ACTED_EARLY, classes


def test_nothing_changed(history):
    done = run("diff", "HEAD")
    assert (0, "no violation before or after; 0 facts and 0 bounds differ: nothing that fails.\n") == (done.status, done.out)


def test_a_fact_that_breaks_a_rule_is_new_and_taking_it_out_again_fixes_it(history):
    history.facts_are(ACTED_EARLY)
    broken = run("diff", "HEAD")
    assert (1, [("new", "body-created-before-it-acts")]) == (broken.status, classes(broken))
    assert "  They clash by 1 day." in broken.lines
    assert "fact added  board-acted" in broken.lines
    history.commit("broken")
    history.facts_are()
    fixed = run("diff", "HEAD")
    assert (0, [("fixed", "body-created-before-it-acts")]) == (fixed.status, classes(fixed))
    assert "fact removed  board-acted" in fixed.lines


def test_what_was_broken_before_persists_and_does_not_fail(history):
    history.facts_are(ACTED_EARLY)
    history.commit("broken")
    history.facts_are(ACTED_EARLY, "- {id: board-met, type: Meeting, body: board, period: 2001-05-01, quote: the board met}")
    done = run("diff", "HEAD")
    assert (0, []) == (done.status, classes(done))
    assert "persisting" in done.lines[-1]


def test_lines_that_move_bring_nothing_new(history):
    history.facts_are(ACTED_EARLY)
    history.commit("broken")
    history.facts_are("# a comment", ACTED_EARLY)
    done = run("diff", "HEAD")
    assert (0, []) == (done.status, classes(done))
    assert "1 moved" in done.lines[-1]
    assert "0 facts and 0 bounds differ" in done.lines[-1]


def test_what_was_undetermined_and_is_violated_has_worsened(history):
    acted = "- {id: board-acted, type: Activity, body: board, period: 1993/1993, quote: the board acted}"
    history.facts_are(acted)
    history.commit("open")
    history.replace("date: 1993, quote: the board", "date: 1994, quote: the board", path="facts/a.yaml")
    done = run("diff", "HEAD")
    assert (1, [("worsened", "body-created-before-it-acts")]) == (done.status, classes(done))
    assert "fact changed  board-created: date from 1993 to 1994" in done.lines


def test_a_sharper_date_is_told_as_such(history):
    history.replace("date: 1993, quote: the board", "date: 1993-05, quote: the board", path="facts/a.yaml")
    done = run("diff", "HEAD")
    assert "fact sharpened  board-created: date from 1993 to 1993-05" in done.lines
    assert "bound  board  lifetime.start  from 1993-04-14..1993-12-31 to 1993-05-01..1993-05-31" in done.lines
    history.commit("sharper")
    history.replace("date: 1993-05, quote", "date: 199X, quote", path="facts/a.yaml")
    assert "fact widened  board-created: date from 1993-05 to 199X" in run("diff", "HEAD").lines


def test_another_explanation_of_an_old_contradiction_is_not_new(history):
    """The body acted before it was created by two facts: taking out the one that was told leaves what was there."""
    again = ACTED_EARLY.replace("board-acted", "board-acted-too").replace("1992/1992", "1991/1991")
    history.facts_are(ACTED_EARLY, again)
    history.commit("two")
    history.facts_are(again)
    done = run("diff", "HEAD")
    assert (0, [("fixed", "body-created-before-it-acts")]) == (done.status, classes(done))


def test_two_good_branches_whose_merge_is_bad(history):
    start = history.git("rev-parse", "HEAD")
    history.git("checkout", "-q", "-b", "ceases")
    history.write("facts/b.yaml", "rehabfacts: 1\nfacts:\n  - {id: board-ceased, type: Cessation, body: board, date: 2001, quote: it ceased}\n")
    history.commit("ceases")
    history.git("checkout", "-q", "-b", "meets", start)
    history.write("facts/c.yaml", "rehabfacts: 1\nfacts:\n  - {id: board-met, type: Meeting, body: board, period: 2005-05-01, quote: it met}\n")
    history.commit("meets")
    assert 0 == run("check").status
    assert 0 == run("diff", start, "meets").status
    done = run("diff", "ceases", "meets")
    assert (1, [("new by the merge", "body-meets-until-it-ceases")]) == (done.status, classes(done))


def test_what_the_other_branch_brought_is_not_blamed_on_this_one(history):
    start = history.git("rev-parse", "HEAD")
    history.facts_are(ACTED_EARLY)
    history.commit("broken on main")
    history.git("checkout", "-q", "-b", "healthy", start)
    history.write("facts/b.yaml", "rehabfacts: 1\nfacts:\n  - {id: board-met, type: Meeting, body: board, period: 2005-05-01, quote: it met}\n")
    history.commit("healthy")
    done = run("diff", "main", "healthy")
    assert (0, []) == (done.status, classes(done))


def test_texts_that_conflict_are_said_and_the_change_is_still_judged(history):
    start = history.git("rev-parse", "HEAD")
    history.replace("date: 1993, quote: the board", "date: 1994, quote: the board", path="facts/a.yaml")
    history.commit("one way")
    history.git("checkout", "-q", "-b", "other", start)
    history.replace("date: 1993, quote: the board", "date: 1995, quote: the board", path="facts/a.yaml")
    history.commit("another")
    done = run("diff", "main", "other")
    assert "the texts conflict, so no merge was judged" in done.lines[-1]
    assert "fact changed  board-created: date from 1993 to 1995" in done.lines


# The policy


OWN_RULES = """
- {id: creation, for: {c: Creation}, define: c.body.lifetime.start = c.date}
- {id: acts-late, for: {a: Activity}, require: a.body.lifetime.start <= a.period.start}
"""


def test_a_change_that_weakens_a_rule_fails_by_that_alone(history):
    history.write("rules/r.yaml", OWN_RULES)
    history.facts_are(ACTED_EARLY.replace("1992/1992", "1995/1995"))
    history.commit("own rules")
    history.facts_are(ACTED_EARLY)
    history.write("rules/r.yaml", OWN_RULES.replace("{id: acts-late,", "{id: acts-late, severity: note,"))
    done = run("diff", "HEAD")
    assert 1 == done.status
    assert "policy  rule acts-late was changed: severity error became note  (fails the run unless it is allowed)" == done.lines[0]
    assert 0 == run("diff", "HEAD", "--allow-policy-changes").status


def test_with_the_policy_of_the_base_a_weakened_rule_still_fails(history):
    history.write("rules/r.yaml", OWN_RULES)
    history.facts_are()
    history.commit("own rules")
    history.facts_are(ACTED_EARLY)
    history.write("rules/r.yaml", OWN_RULES.split("\n- {id: acts-late", maxsplit=1)[0] + "\n- {id: any, for: {a: Activity}, require: a.id is known}\n")
    done = run("diff", "HEAD", "--policy-from", "HEAD")
    assert (1, [("new", "acts-late")]) == (done.status, classes(done))


def test_a_setting_that_silences_is_a_change_of_policy(history):
    history.facts_are(ACTED_EARLY)
    history.write("rehabfacts.toml", 'without = ["body-created-before-it-acts"]\n')
    done = run("diff", "HEAD")
    told = "policy  setting without was nothing, is body-created-before-it-acts  (fails the run unless it is allowed)"
    assert (1, told) == (done.status, done.lines[0])


# What git does not know


def test_an_unknown_revision_is_said_and_no_option_is_smuggled_in(history):
    done = run("diff", "nowhere")
    assert (2, "E-GIT git knows no revision 'nowhere' (is it fetched?)\n") == (done.status, done.err)
    done = run("diff", "--", "--output=x")
    assert (2, "E-GIT expected a revision, found '--output=x' (as in main, HEAD~1 or a commit's hash)\n") == (done.status, done.err)
    assert not (history.folder / "x").exists()


def test_outside_of_a_repository_it_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "facts").mkdir()
    done = run("diff", "HEAD")
    assert 2 == done.status
    assert done.err.startswith("E-GIT ")


def test_nothing_of_the_repository_is_touched(history):
    history.facts_are(ACTED_EARLY)
    before = (history.git("status", "--porcelain=v2", "--branch"), (history.folder / ".git/index").read_bytes())
    run("diff", "HEAD")
    assert before == (history.git("status", "--porcelain=v2", "--branch"), (history.folder / ".git/index").read_bytes())


# check --since


def test_a_check_since_a_revision_fails_only_for_what_came_since(history):
    history.facts_are(ACTED_EARLY)
    history.commit("broken")
    done = run("check", "--since", "HEAD")
    assert 0 == done.status
    assert any(line.startswith("accepted  body-created-before-it-acts (board-acted): stood in HEAD already") for line in done.lines)
    history.facts_are(ACTED_EARLY, "- {id: board-met, type: Meeting, body: board, period: 1992-05-01, quote: the board met}")
    done = run("check", "--since", "HEAD")
    assert (1, [("new", "body-created-before-it-meets")]) == (done.status, classes(done))
    annotations = [line for line in run("check", "--since", "HEAD", "--format", "github").lines if line.startswith("::error")]
    assert ["body-created-before-it-meets"] == [line.split("title=")[1].split(" ")[0] for line in annotations]


def test_a_check_since_a_revision_objects_to_a_change_of_policy_in_every_format(history):
    history.write("rehabfacts.toml", 'without = ["body-created-before-it-acts"]\n')
    for name in ("text", "sarif", "github", "gitlab", "rdjson", "junit"):
        done = run("check", "--since", "HEAD", "--format", name)
        assert 1 == done.status
        assert "setting without was nothing, is body-created-before-it-acts" in done.out
    assert 0 == run("check", "--since", "HEAD", "--allow-policy-changes").status
