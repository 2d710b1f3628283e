"""Readings: held or not, possible or refuted, by what, and what each would change."""

import itertools
import subprocess
import sys
import time

import pytest
from copies import Project, errors, run, span

import rehabfacts
from rehabfacts.checker.readings import explorations, unheld
from rehabfacts.checker.worlds import WorldMaker

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


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    project = Project(tmp_path)
    project.write("rules/r.yaml", RULES)
    return project


def state(project, *facts, acts="law reform", source=""):
    """Writes a file with these facts, a line each."""
    entities = [f"  - {{id: {name}, type: Act}}" for name in acts.split()]
    project.write("facts/f.yaml", "\n".join(["rehabfacts: 1", *([source] if source else []), "entities:", *entities, "facts:", *facts, ""]))


def adopted(act, *dates):
    """The adoption of an act, read as of each of the dates; one with a star is held."""
    if len(dates) == 1:
        return f"  - {{id: {act}-adopted, type: Adoption, act: {act}, date: {dates[0]}}}"
    readings = ", ".join(f"{{reading: of-{date.strip('*')}, {'held: true, ' if '*' in date else ''}date: {date.strip('*')}}}" for date in dates)
    return f"  - {{id: {act}-adopted, type: Adoption, act: {act}, readings: [{readings}]}}"


def amends(act, amended):
    return f"  - {{id: {act}-amends-{amended}, type: Amendment, act: {act}, amended: {amended}}}"


def published(act, date):
    return f"  - {{id: {act}-published, type: Publication, act: {act}, date: {date}}}"


def check():
    return rehabfacts.check("facts", "rules")


def verdicts(report):
    return {f"{each.ambiguity}={each.reading}": each.verdict for each in report.readings}


def told():
    """The lines of the text report on readings."""
    lines = run("check", "facts", "rules").lines
    first = next(at for at, line in enumerate(lines) if line.startswith("reading"))
    return lines[first : lines.index("", first)]


# one passage


def test_a_reading_that_a_fact_contradicts_is_refuted_and_what_it_says_and_clashes_with_is_told(project):
    state(project, adopted("law", "1905", "1930"), adopted("reform", "1910"), amends("reform", "law"))

    report = check()

    assert verdicts(report) == {"law-adopted=of-1905": "possible", "law-adopted=of-1930": "refuted"}
    assert (errors(report), report.exit_status) == ([], 0)
    assert span(report, "law", "adopted") == ("1905-01-01", "1905-12-31")
    assert told() == [
        "reading  law-adopted=of-1905: possible; if held, it would move no bound",
        "  it says: law was adopted in 1905",
        "reading  law-adopted=of-1930: refuted by amending-act-after-amended (law-adopted, reform-adopted, reform-amends-law)",
        "  it says: law was adopted in 1930",
        "  amending-act-after-amended: An amending act comes after the act it amends.",
        "    law was adopted in 1930  facts/f.yaml:6",
        "    reform amends law  facts/f.yaml:8",
        "    reform was adopted in 1910  facts/f.yaml:7",
        "    They clash by 6,942 days.",
    ]


def test_bounds_are_the_hull_of_the_possible_readings_and_each_says_what_it_would_narrow(project):
    state(project, adopted("law", "1905", "1907"), adopted("reform", "'[1904..1910]'"), amends("reform", "law"))

    report = check()

    assert span(report, "law", "adopted") == ("1905-01-01", "1907-12-31")
    assert span(report, "reform", "adopted") == ("1905-01-02", "1910-12-31")
    assert told() == [
        "reading  law-adopted=of-1905: possible; if held, it would move 2 bounds",
        "  it says: law was adopted in 1905",
        "  law  adopted  is 1905-01-01 to 1907-12-31, would be 1905-01-01 to 1905-12-31",
        "  law-adopted  date  is 1905-01-01 to 1907-12-31, would be 1905-01-01 to 1905-12-31",
        "reading  law-adopted=of-1907: possible; if held, it would move 4 bounds",
        "  it says: law was adopted in 1907",
        "  law  adopted  is 1905-01-01 to 1907-12-31, would be 1907-01-01 to 1907-12-31",
        "  reform  adopted  is 1905-01-02 to 1910-12-31, would be 1907-01-02 to 1910-12-31",
        "  law-adopted  date  is 1905-01-01 to 1907-12-31, would be 1907-01-01 to 1907-12-31",
        "  reform-adopted  date  is 1905-01-02 to 1910-12-31, would be 1907-01-02 to 1910-12-31",
    ]


def test_an_end_of_the_hull_is_explained_by_a_reading_that_puts_it_there(project):
    state(project, adopted("law", "1905", "1907"), adopted("reform", "'[1904..1910]'"), amends("reform", "law"))

    lines = run("bounds", "law").lines

    assert lines[:2] == ["law  adopted  1905-01-01 to 1907-12-31  (stated: 1905-01-01 to 1905-12-31)", "  not after 1907-12-31, since"]
    assert lines[2].startswith("    law was adopted in 1907  ")
    assert lines[-4:-2] == [
        "  under reading law-adopted=of-1905 (possible): 1905-01-01 to 1905-12-31",
        "  under reading law-adopted=of-1907 (possible): 1907-01-01 to 1907-12-31",
    ]


def test_a_demand_that_only_some_possible_readings_break_is_open_and_names_the_passage(project):
    state(project, adopted("law", "1903", "1907"), published("law", "1908"), acts="law")

    report = check()

    assert [each.rule_id for each in report if each.rule_id == "published-soon"] == []
    assert report.apart == {("published-soon", ("law-published",)): ("law-adopted",)}
    assert "open  published-soon (law-published): depends on how law-adopted is read" in run("check", "facts", "rules").lines


def test_a_warning_that_every_reading_brings_is_a_violation(project):
    state(project, adopted("law", "1903", "1904"), published("law", "1908"), acts="law")

    report = check()

    assert [each.rule_id for each in report if each.rule_id == "published-soon"] == ["published-soon"]
    assert report.apart == {}


def test_a_quote_that_stands_nowhere_refutes_no_reading(project):
    project.write("facts/source.txt", "The law was adopted in 1905.\n")
    fact = "  - {id: law-adopted, type: Adoption, act: law, quote: the law of the land, readings: [{reading: early, date: 1905}, {reading: late, date: 1906}]}"
    state(project, fact, acts="law", source="source: {id: s, text: source.txt, language: en}")

    report = check()

    assert "quote-in-source" in [rule for rule, _ in errors(report)]
    assert "some-reading-holds" not in [rule for rule, _ in errors(report)]
    assert verdicts(report) == {"law-adopted=early": "possible", "law-adopted=late": "possible"}


def test_what_is_wrong_without_the_passage_refutes_none_of_its_readings(project):
    state(project, adopted("law", "1905"), adopted("reform", "1900"), amends("reform", "law"), adopted("code", "1950", "1960"), acts="law reform code")

    report = check()

    assert verdicts(report) == {"code-adopted=of-1950": "possible", "code-adopted=of-1960": "possible"}
    assert [rule for rule, _ in errors(report)] == ["amending-act-after-amended"]
    assert report.background is not None


# passages that depend on each other


def test_a_reading_that_falls_however_another_passage_is_read_is_told_case_by_case(project):
    state(project, adopted("law", "1905", "1930"), adopted("reform", "1910", "1920"), amends("reform", "law"))

    report = check()

    assert verdicts(report) == {
        "law-adopted=of-1905": "possible", "law-adopted=of-1930": "refuted",
        "reform-adopted=of-1910": "possible", "reform-adopted=of-1920": "possible",
    }  # fmt: skip
    lines = told()
    start = lines.index("reading  law-adopted=of-1930: refuted by one conflict or another, however reform-adopted is read")
    assert lines[start + 1 : start + 15] == [
        "  it says: law was adopted in 1930",
        "  with reform-adopted=of-1910:",
        "    amending-act-after-amended: An amending act comes after the act it amends.",
        "      law was adopted in 1930  facts/f.yaml:6",
        "      reform amends law  facts/f.yaml:8",
        "      reform was adopted in 1910  facts/f.yaml:7",
        "      They clash by 6,942 days.",
        "  with reform-adopted=of-1920:",
        "    amending-act-after-amended: An amending act comes after the act it amends.",
        "      law was adopted in 1930  facts/f.yaml:6",
        "      reform amends law  facts/f.yaml:8",
        "      reform was adopted in 1920  facts/f.yaml:7",
        "      They clash by 3,289 days.",
        "reading  reform-adopted=of-1910: possible; if held, it would move 2 bounds",
    ]


def test_readings_that_only_exclude_each_other_are_all_possible(project):
    state(project, adopted("law", "1905", "1930"), adopted("reform", "1910", "1940"), amends("reform", "law"))

    report = check()

    assert set(verdicts(report).values()) == {"possible"}
    assert span(report, "law", "adopted") == ("1905-01-01", "1930-12-31")


def test_passages_of_which_no_combination_is_left_are_one_violation_and_others_are_judged_without_them(project):
    state(
        project, adopted("law", "1920", "1930"), adopted("reform", "1905", "1910"), amends("reform", "law"), adopted("code", "1950", "1960"),
        acts="law reform code",
    )  # fmt: skip

    report = check()

    conflict = "amending-act-after-amended (law-adopted, reform-adopted, reform-amends-law)"
    assert errors(report) == [("some-reading-holds", ()), ("amending-act-after-amended", ("law-adopted", "reform-adopted", "reform-amends-law"))]
    assert verdicts(report) == {
        "code-adopted=of-1950": "possible", "code-adopted=of-1960": "possible",
        "law-adopted=of-1920": "refuted", "law-adopted=of-1930": "refuted", "reform-adopted=of-1905": "refuted", "reform-adopted=of-1910": "refuted",
    }  # fmt: skip
    assert (report.exit_status, report.possible) == (1, ())
    (line,) = (line for line in run("check", "facts", "rules").lines if "However" in line)
    assert line.partition("]  ")[2] == (
        "However law-adopted and reform-adopted are read, an error follows: "
        f"law-adopted=of-1920 and reform-adopted=of-1905 by {conflict}; law-adopted=of-1920 and reform-adopted=of-1910 by {conflict}; "
        f"law-adopted=of-1930 and reform-adopted=of-1905 by {conflict}; law-adopted=of-1930 and reform-adopted=of-1910 by {conflict}."
    )


def test_an_error_that_another_refuted_reading_avoids_is_not_listed_on_its_own(project):
    state(
        project, adopted("law", "1920", "1900"), adopted("reform", "1910"), amends("reform", "law"), adopted("charter", "1903"), amends("law", "charter"),
        acts="law reform charter",
    )  # fmt: skip

    report = check()

    assert errors(report) == [("some-reading-holds", ())]
    assert set(report.apart) == {("amending-act-after-amended", (name,)) for name in ("law-amends-charter", "reform-amends-law")}


def test_explaining_that_no_reading_holds_tells_each_case(project):
    state(project, adopted("law", "1920", "1930"), adopted("reform", "1910"), amends("reform", "law"))
    (violation,) = (each for each in check() if each.rule_id == "some-reading-holds")

    lines = run("explain", violation.id).lines

    assert lines[0] == "some-reading-holds (error): Some way to read ambiguous passages leads to no error."
    assert [line for line in lines if line.startswith("  with")] == ["  with law-adopted=of-1920:", "  with law-adopted=of-1930:"]
    assert "      law was adopted in 1920  facts/f.yaml:6" in lines


def test_a_reading_that_changes_a_role_can_be_refuted_by_what_it_makes_true(project):
    which = "  - {id: amends-which, type: Amendment, act: reform, readings: [{reading: the-law, amended: law}, {reading: the-code, amended: code}]}"
    state(project, adopted("law", "1905"), adopted("reform", "1910"), adopted("code", "1950"), which, acts="law reform code")

    report = check()

    assert verdicts(report) == {"amends-which=the-law": "possible", "amends-which=the-code": "refuted"}
    assert "reading  amends-which=the-code: refuted by amending-act-after-amended (amends-which, code-adopted, reform-adopted)" in told()


def test_a_demand_that_a_single_combination_of_many_breaks_is_open(project):
    creations = [f"  - {{id: c{at}, type: Creation, readings: [{{reading: x, body: {one}}}, {{reading: y, body: {two}}}]}}" for at, (one, two) in enumerate(("ab", "ab", "ba", "ab"))]
    bodies = "\n".join(["rehabfacts: 1", "entities:", "  - {id: a, type: Body}", "  - {id: b, type: Body}", "facts:", *creations, ""])
    project.write("facts/f.yaml", bodies)
    project.write("rules/r.yaml", "- {id: has-creation, says: It was created., for: {b: Body}, exists: {c: Creation, where: c.body = b}, severity: warning}\n")

    report = check()

    assert report.apart == {("has-creation", (name,)): ("c0", "c1", "c2", "c3") for name in "ab"}
    assert any(world.dataset.taken == {"c0": "y", "c1": "y", "c2": "x", "c3": "y"} for world in report.possible)


# held readings


def test_another_reading_is_told_with_the_milder_conflicts_that_it_would_bring_or_end(project):
    state(project, adopted("law", "1911*", "1905"), published("law", "1912"), adopted("reform", "1905*", "1911"), published("reform", "1912"))

    assert told()[2:6] == [
        "reading  law-adopted=of-1905: possible; it would move 2 bounds",
        "  it says: law was adopted in 1905",
        "  law  adopted  is 1911-01-01 to 1911-12-31, would be 1905-01-01 to 1905-12-31",
        "  law-adopted  date  is 1911-01-01 to 1911-12-31, would be 1905-01-01 to 1905-12-31",
    ]
    assert told()[6] == "  would bring  warning  published-soon (law-adopted, law-published)"
    assert told()[-1] == "  would end  warning  published-soon (reform-adopted, reform-published)"


def test_another_reading_of_a_held_passage_is_possible_if_some_reading_of_the_others_allows_it(project):
    state(project, adopted("law", "1905*", "1930"), adopted("reform", "1910", "1940"), amends("reform", "law"))

    assert verdicts(check()) == {
        "reform-adopted=of-1910": "possible", "reform-adopted=of-1940": "possible",
        "law-adopted=of-1905": "possible", "law-adopted=of-1930": "possible",
    }  # fmt: skip


def test_another_reading_of_a_held_passage_is_refuted_if_no_reading_of_the_others_allows_it(project):
    state(project, adopted("law", "1905*", "1930"), adopted("reform", "1910", "1920"), amends("reform", "law"))

    assert verdicts(check())["law-adopted=of-1930"] == "refuted"


# facts that are there in some readings


def test_a_fact_that_refers_to_one_of_an_open_passage_is_kept(project):
    meeting = "  - {id: met, type: Meeting, readings: [{reading: of-a, body: a, period: 1993-05-01}, {reading: of-b, body: b, period: 1994-05-01}]}"
    shown = "  - {id: shown, type: Presentation, work: w, meeting: met, date: 1993-05-01}"
    rule = "- {id: shown-then, says: Shown while they met., for: {p: Presentation}, require: p.date within p.meeting.period}\n"
    project.write("rules/r.yaml", rule)
    project.write("facts/f.yaml", f"rehabfacts: 1\nentities:\n  - {{id: a, type: Body}}\n  - {{id: b, type: Body}}\n  - {{id: w, type: Work}}\nfacts:\n{meeting}\n{shown}\n")

    report = check()

    assert "shown" in report.dataset.facts
    assert verdicts(report) == {"met=of-a": "possible", "met=of-b": "refuted"}


def test_a_reading_that_refers_to_nothing_is_a_problem_of_the_input(project):
    fact = "  - {id: law-adopted, type: Adoption, date: 1905, readings: [{reading: one, act: law}, {reading: other, act: lost}]}"
    state(project, adopted("reform", "1910"), fact)

    done = run("check", "facts", "rules")

    assert done.status == 2
    assert done.lines[0] == "facts/f.yaml:7:110: E-REF act of law-adopted: expected the id of a Act, found no 'lost'"


# how much is judged


def chain(project, first, second):
    """Thirty acts, each amending the one before, each of two readings."""
    acts = [f"a{at:02}" for at in range(30)]
    facts = [adopted(act, str(first(at)), str(second(at))) for at, act in enumerate(acts)]
    state(project, *facts, *(amends(act, before) for before, act in itertools.pairwise(acts)), acts=" ".join(acts))


CHAINS = {
    "few ways": (lambda at: 1900 + at, lambda at: 1905 + at, {"possible": 60}),
    "some refuted": (lambda at: 1900 + at, lambda at: 1976 - 2 * at, {"possible": 31, "refuted": 29}),
    "all refuted": (lambda at: 1960 - at, lambda at: 1930 - at, {"refuted": 60}),
}


@pytest.mark.timed
@pytest.mark.parametrize("name", CHAINS)
def test_thirty_passages_on_one_chain_are_judged_in_few_worlds(project, monkeypatch, name):
    first, second, expected = CHAINS[name]
    chain(project, first, second)
    judged = []
    plain = WorldMaker.world
    monkeypatch.setattr(WorldMaker, "world", lambda self, *given, **options: judged.append(given[0]) or plain(self, *given, **options))

    start = time.process_time()
    report = check()
    seconds = time.process_time() - start

    found = [each.verdict for each in report.readings]
    assert {verdict: found.count(verdict) for verdict in set(found)} == expected
    assert (report.is_complete, report.complaints) == (True, ())
    assert len(judged) < 150
    assert seconds < 5  # a bar of one second, with room for slow machines


def test_passages_that_have_nothing_to_do_with_each_other_multiply_nothing(project, monkeypatch):
    counts = []
    plain = WorldMaker.world
    for size in (20, 40):
        judged = []
        monkeypatch.setattr(WorldMaker, "world", lambda self, *given, judged=judged, **options: judged.append(given[0]) or plain(self, *given, **options))
        acts = [f"a{at:02}" for at in range(size)]
        state(project, *(adopted(act, "1900", "1905") for act in acts), acts=" ".join(acts))
        assert set(verdicts(check()).values()) == {"possible"}
        counts.append(len(judged))

    assert counts[1] < counts[0] + 10


def test_what_was_not_found_out_within_the_limit_is_undetermined_and_the_run_incomplete(project, monkeypatch):
    for module in (explorations, unheld):
        monkeypatch.setattr(module, "MOST_COMBINATIONS", 3)
    chain(project, *CHAINS["some refuted"][:2])

    report = check()

    assert "undetermined" in verdicts(report).values()
    assert report.unfinished[0] == "3 combinations of readings tried: which readings are possible was not found out"
    assert (report.exit_status, report.complaints) == (3, ())
    assert any(line.endswith(": undetermined") for line in told())


def test_nothing_of_it_is_loaded_where_every_passage_has_a_held_reading():
    code = "import sys, rehabfacts; rehabfacts.check(rehabfacts.builtin.path('facts')); print(sorted(name for name in sys.modules if 'unheld' in name))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # our own interpreter

    assert done.stdout == "[]\n"
