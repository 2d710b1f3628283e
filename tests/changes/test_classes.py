"""Classes where they are not plain: several explanations, doubt, twins in what is written, and what a change can reach."""

import pytest
from copies import run
from histories import ACTED_EARLY, classes

from rehabfacts.changes.reach import EverywhereError, reach
from rehabfacts.loading.loader import load
from rehabfacts.vocabulary import INSTITUTIONS

ONCE = """
- {id: creation, for: {c: Creation}, define: c.body.lifetime.start = c.date}
- {id: met-once-a-day, for: {m: Meeting}, unique: [m.body, m.period]}
- {id: acts-late, for: {a: Activity}, require: a.body.lifetime.start <= a.period.start}
"""


def met(*names):
    return [f"- {{id: met-{name}, type: Meeting, body: board, period: 1995-05-01, quote: it met}}" for name in names]


@pytest.fixture
def project(history):
    history.write("rules/r.yaml", ONCE)
    history.commit("rules")
    return history


def counted(done):
    return done.lines[-1].partition(";")[0]


def test_what_rested_on_a_doubtful_fact_and_is_certain_now_has_worsened(project):
    project.facts_are(ACTED_EARLY.replace("1992/1992", "1992?/1992"))
    project.commit("doubtful")
    project.facts_are(ACTED_EARLY)
    done = run("diff", "HEAD")
    assert (1, [("worsened", "acts-late")]) == (done.status, classes(done))
    project.commit("certain")
    project.facts_are(ACTED_EARLY.replace("1992/1992", "1992?/1992"))
    done = run("diff", "HEAD")
    assert (0, [("fixed", "acts-late")]) == (done.status, classes(done))


def test_another_fact_of_a_kind_that_must_be_the_only_one_is_new_and_what_remains_of_several_is_not(project):
    project.facts_are(*met("b", "c"))
    project.commit("two")
    project.facts_are(*met("a", "b", "c"))
    done = run("diff", "HEAD")
    assert (1, [("new", "met-once-a-day")]) == (done.status, classes(done))
    project.commit("three")
    project.facts_are(*met("b", "c"))
    done = run("diff", "HEAD")
    assert (0, "1 moved, 1 fixed") == (done.status, counted(done))
    project.facts_are(*met("c"))
    assert [("fixed", "met-once-a-day")] == classes(run("diff", "HEAD"))


def test_a_contradiction_of_facts_that_is_told_by_others_of_them_persists_and_is_not_fixed(project):
    """Three creations in three years: whichever two the report tells, they contradicted each other before."""
    born = "- {{id: born-{0}, type: Creation, body: board, date: {0}, quote: it began}}"
    project.facts_are(born.format(1994), born.format(1996))
    project.commit("three dates")
    project.facts_are(born.format(1994))
    done = run("diff", "HEAD")
    assert (0, []) == (done.status, [each for each in classes(done) if each[0] != "fixed"])
    project.facts_are(born.format(1994), born.format(1996), born.format(1998))
    done = run("diff", "HEAD")
    assert {("new", "facts-agree")} >= {each for each in classes(done) if each[0] != "fixed"}
    assert not any(each[0] == "fixed" for each in classes(done))


def test_a_rule_that_is_added_brings_what_it_finds_and_one_that_is_taken_away_takes_it(project):
    project.facts_are(ACTED_EARLY)
    project.commit("broken")
    rule = "- {id: acts-after-all, for: {a: Activity}, require: a.period.start >= 1993}\n"
    project.write("rules/more.yaml", rule)
    done = run("diff", "HEAD", "--allow-policy-changes")
    assert (1, [("new", "acts-after-all")]) == (done.status, classes(done))
    assert "policy  rule acts-after-all was added" == done.lines[0]
    project.commit("a rule")
    (project.folder / "rules/more.yaml").unlink()
    done = run("diff", "HEAD", "--allow-policy-changes")
    assert (0, [("fixed", "acts-after-all")]) == (done.status, classes(done))


def test_a_base_that_cannot_be_read_whole_is_said_and_does_not_fail_what_mends_it(project):
    project.write("facts/bad.yaml", "rehabfacts: 1\nfacts: [}\n")
    project.commit("damaged")
    (project.folder / "facts/bad.yaml").unlink()
    done = run("diff", "HEAD")
    assert (0, True) == (done.status, done.lines[-1].endswith("the base was not read and judged whole."))
    done = run("diff", "HEAD~1", "HEAD")
    assert 2 == done.status


# What a change can reach


def read(project, *blocks):
    project.facts_are(*blocks)
    loaded = load([project.folder / "facts", project.folder / "rules"], INSTITUTIONS)
    return loaded.dataset, loaded.rules


def test_a_change_reaches_what_rules_tie_to_it_and_no_more(project):
    other = "- {id: law-published, type: Publication, act: law, date: 1993-05, quote: published}"
    before, rules = read(project, other)
    after, _ = read(project, other, ACTED_EARLY)
    reached = reach([before, after], rules)
    assert {"board-acted", "board", "board-created"} == reached
    assert {"board-created"} == set(before.part(reached).facts)
    assert frozenset() == reach([after, after], rules)


def test_passages_without_a_held_reading_are_judged_all_together(project):
    readings = [f"{{reading: in-{year}, body: board, period: {year}-05-01, quote: it met}}" for year in (1994, 1995)]
    before, rules = read(project)
    after, _ = read(project, f"- {{id: board-met, type: Meeting, readings: [{', '.join(readings)}]}}")
    assert 1 == len(after.ambiguities)
    with pytest.raises(EverywhereError):
        reach([before, after], rules)
    held, _ = read(project, f"- {{id: board-met, type: Meeting, readings: [{readings[0].replace('{', '{held: true, ')}, {readings[1]}]}}")
    assert "board-met" in reach([before, held], rules)


# Types that files declare

TYPES = """
rehabfacts: 1
types:
  Tramline: {is: Body, means: A line of trams., times: {service: period}}
  Opening:
    is: fact
    says: "{line} was opened {date}"
    fields: {line: Tramline, date: date}
    required: [line]
"""
TRAM_RULES = """
- {id: opens, for: {o: Opening}, define: o.line.service.start = o.date}
- {id: late, for: {o: Opening}, require: o.date >= 1900}
"""
TRAMS = """
rehabfacts: 1
entities: [{id: line-4, type: Tramline}, {id: line-5, type: Tramline}]
facts:
  - {id: line-4-opened, type: Opening, line: line-4, date: 1912-05}
  - {id: line-5-opened, type: Opening, line: line-5, date: 1913}
"""


@pytest.fixture
def trams(history):
    (history.folder / "facts/a.yaml").unlink()
    for name, text in (("types", TYPES), ("rules", TRAM_RULES), ("trams", TRAMS)):
        history.write(f"facts/{name}.yaml", text)
    history.commit("trams")
    return history


def test_facts_of_types_that_files_declare_are_compared_by_what_they_say(trams):
    assert "no violation before or after; 0 facts and 0 bounds differ: nothing that fails." == run("diff", "HEAD").lines[-1]
    trams.replace("date: 1912-05", "date: 1892-05", path="facts/trams.yaml")
    done = run("diff", "HEAD")
    assert (1, [("new", "late")]) == (done.status, classes(done))
    assert [line for line in done.lines if line.startswith("fact ")] == ["fact changed  line-4-opened: date from 1912-05 to 1892-05"]


def test_what_a_change_reaches_is_told_by_the_names_of_types(trams):
    states = []
    for date in ("1912-05", "1914"):
        trams.write("facts/trams.yaml", TRAMS.replace("1912-05", date))
        states.append(load([trams.folder / "facts"], INSTITUTIONS))
    assert {"line-4-opened", "line-4"} == reach([each.dataset for each in states], states[0].rules)


def test_a_type_that_is_another_one_is_a_change_of_policy_and_no_other_rules_judge_it(trams):
    trams.replace("{line: Tramline, date: date}", "{line: Tramline, date: text}", path="facts/types.yaml")
    trams.write("facts/rules.yaml", "- {id: known, for: {o: Opening}, require: o.date is known}\n")
    done = run("diff", "HEAD")
    assert (1, True) == (done.status, "policy  type Opening was changed  (fails the run unless it is allowed)" in done.lines)
    done = run("diff", "HEAD", "--policy-from", "HEAD", "--allow-policy-changes")
    told = "E-CONFIG the rules of the policy cannot judge facts of other types: type Opening was changed (take the policy from a revision with the same types)\n"
    assert (2, told) == (done.status, done.err)
