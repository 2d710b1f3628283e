"""The real document: consistent under its own reading, and what follows when one statement changes."""

import pickle

import pytest
from copies import ROOT, Project, errors, members, run, span

import rehabfacts
from rehabfacts.quotes import QuoteState

LATE_CESSATION = ("amending-law-2009-adopted", "article-28-excluded", "commission-ceased", "commission-worked-on-article-28")
PASSAGE = "commission-of-sentence-10"


@pytest.fixture(scope="module")
def report():
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return rehabfacts.check("facts", "rules")


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Project.copied(tmp_path)


def check():
    return rehabfacts.check("facts", "rules")


def reading(report, name):
    (found,) = (each for each in report.readings if (each.ambiguity, each.reading) == (PASSAGE, name))
    return found


def readings(report):
    return {
        (each.ambiguity, each.reading): ("held " if each.is_held else "") + ("refuted" if each.is_refuted else "possible")
        for each in report.readings
    }


def test_the_real_dataset_is_consistent_complete_and_proven(report):
    assert members(report) == []
    assert (report.exit_status, report.is_complete, report.problems, report.complaints) == (0, True, (), ())


def test_the_command_says_so_too(monkeypatch):
    monkeypatch.chdir(ROOT)

    done = run("check")

    assert (done.status, done.err) == (0, "")
    assert done.lines[-1].endswith("Complete.")
    assert "VIOLATED" not in done.out


def test_every_quote_stands_in_the_article_exactly_or_after_named_normalisations(report):
    every = {fact.id for each in report.readings for fact in each.world.dataset.facts.values()}
    found = {name: anchor for each in report.readings for name, anchor in each.world.anchors.items()}

    assert found.keys() == every == report.main.anchors.keys()
    assert {anchor.state for anchor in found.values()} <= {QuoteState.EXACT, QuoteState.NORMALISED}
    assert all(anchor.normalisations for anchor in found.values() if anchor.state is QuoteState.NORMALISED)


def test_every_fact_has_its_words_in_the_source_where_its_anchor_says(report):
    (source,) = report.dataset.sources.values()

    for name, anchor in report.main.anchors.items():
        quote, place = report.dataset.facts[name].quote, source.text[anchor.start : anchor.end]
        if anchor.state is QuoteState.EXACT and " … " not in quote:
            assert place == quote
        assert (place[0], place[-1]) == (quote[0], quote[-1]), name


def test_the_commission_of_1993_was_created_after_its_law_under_the_held_reading(report):
    assert span(report, "commission-1993", "lifetime.start") == ("1993-04-14", "1993-12-31")


def test_under_the_other_reading_it_was_created_in_any_part_of_1993(report):
    other = reading(report, "interdepartmental").world

    assert span(report, "commission-1993", "lifetime.start", other) == ("1993-01-01", "1993-12-31")


def test_the_chain_behind_the_first_bound_is_told_with_facts_rules_conventions_and_quotes(monkeypatch):
    monkeypatch.chdir(ROOT)

    told = run("bounds", "commission-1993").out

    (block,) = (part for part in told.split("commission-1993  lifetime.") if part.startswith("start"))
    assert block.startswith("start  1993-04-14 to 1993-12-31  (stated: 1993-01-01 to 1993-12-31)\n  not before 1993-04-14, since\n")
    for name in ("rehabilitation-law was adopted on 1993-04-14", "article-28 is part of rehabilitation-law",
                 "commission-1993 worked on the basis of article-28"):  # fmt: skip
        (line,) = (each for each in block.splitlines() if name in each)
        assert "facts/kz.yaml:" in line
        assert line.endswith("”")
    assert "    by: adoption-dates-act, provision-in-force-within-act, body-created-under-provision-in-force\n" in block
    assert "    under: act-works-from-adoption\n" in block
    assert f"  under reading {PASSAGE}=interdepartmental (possible): 1993-01-01 to 1993-12-31\n" in block


def test_the_state_commission_was_created_not_after_the_briefing(report):
    assert span(report, "state-commission", "lifetime.start") == (None, "2021-04-09")


def test_the_other_questions_of_the_document_have_their_answers(report):
    assert span(report, "commission-1991", "lifetime.start") == ("1991-11-14", None)
    assert span(report, "interdepartmental-commission", "lifetime.start") == ("1993-04-14", "1993-07-19")
    assert span(report, "article-28", "force.end") == ("2009-04-29", "2009-04-29")
    assert span(report, "state-commission", "lifetime.end") == ("2023-01-18", None)
    assert span(report, "collection-presented", "date") == ("2023-01-18", "2023-01-18")
    assert span(report, "archives-were-opened", "date") == (None, None)


def test_every_reading_of_the_three_passages_is_possible(report):
    assert readings(report) == {
        (PASSAGE, "of-1993"): "held possible",
        (PASSAGE, "interdepartmental"): "possible",
        ("eleven-of-sentence-14", "groups-alone"): "held possible",
        ("eleven-of-sentence-14", "groups-and-commissions"): "possible",
        ("volumes-of-sentence-16", "thirty-one-volumes"): "held possible",
        ("volumes-of-sentence-16", "thirty-first-volume"): "possible",
    }


def test_the_shipped_dataset_and_rules_are_the_ones_at_the_top_of_the_repository(report):
    assert rehabfacts.builtin.dataset().facts.keys() == report.dataset.facts.keys()
    assert {rule.id for rule in rehabfacts.builtin.rules()} == {rule.id for rule in report.rules}


def test_without_the_convention_the_first_bound_falls(monkeypatch):
    monkeypatch.chdir(ROOT)

    done = run("bounds", "commission-1993", "--without", "act-works-from-adoption", "--format", "tsv")

    assert done.lines[1] == "commission-1993\tlifetime.start\t1993-01-01\t1993-12-31\t1993-01-01\t1993-12-31"


def test_the_first_bound_follows_the_law_when_it_is_dated_a_month_later(project):
    project.state("rehabilitation-law-adopted", date="1993-05-14")

    report = check()

    assert span(report, "commission-1993", "lifetime.start") == ("1993-05-14", "1993-12-31")
    assert span(report, "commission-1993", "lifetime.start", reading(report, "interdepartmental").world) == ("1993-01-01", "1993-12-31")
    assert report.exit_status == 0


def stated_in_place(project):
    project.state("commission-ceased", date="2009-06-01")
    return LATE_CESSATION, f"facts/kz.yaml:{project.line_of('commission-ceased', 'date')}"


def stated_beside(project):
    project.add("- {id: stated-cessation, type: Cessation, body: commission-1993, date: 2009-06-01}")
    return tuple(sorted({*LATE_CESSATION, "stated-cessation"} - {"commission-ceased"})), "facts/planted.yaml:3"


@pytest.mark.parametrize("stated", [stated_in_place, stated_beside])
def test_a_cessation_on_1_june_2009_outlives_the_legal_basis_by_33_days(project, stated):
    expected, place = stated(project)

    report = check()
    (violation,) = (each for each in report if each.severity is rehabfacts.Severity.ERROR)
    done = run("check", "--format", "json")
    (told,) = (each for each in done.json["violations"] if each["severity"] == "error")

    assert errors(report) == [("body-within-its-legal-basis", expected)]
    assert done.status == report.exit_status == 1
    assert report.is_complete
    assert told["id"] == violation.id
    assert f"{told['path']}:{told['line']}" == place
    assert "33 days" in told["clash"]
    assert told["conventions"] == ["act-works-from-adoption", "excluded-provision-in-force-through"]
    assert sorted(member["fact"] for member in told["members"]) == list(expected)
    for member in told["members"]:
        assert member["line"] > 0
        assert member["quote"] == report.dataset.facts[member["fact"]].quote
        assert bool(member["quote"]) is (member["fact"] != "stated-cessation")


def test_it_is_told_with_the_lines_and_the_words_of_every_member(project):
    _, place = stated_beside(project)

    done = run("check")

    lines = done.out.split("\n\n")[0].splitlines()
    assert lines[0].startswith(f"{place}:")
    assert "VIOLATED  body-within-its-legal-basis  A body cannot outlive the provision that enables it." in lines[0]
    told = {line.strip().split("  ")[0]: line for line in lines[1:]}
    assert told["commission-1993 ceased on 2009-06-01"].split("  ")[-1].strip() == "(no quote)"
    assert "facts/planted.yaml:3" in told["commission-1993 ceased on 2009-06-01"]
    for says, fact, field in (
        ("commission-1993 worked on the basis of article-28", "commission-worked-on-article-28", "id"),
        ("article-28 was excluded by amending-law-2009", "article-28-excluded", "id"),
        ("amending-law-2009 was adopted on 2009-04-29", "amending-law-2009-adopted", "date"),
    ):
        assert f"facts/kz.yaml:{project.line_of(fact, field)}" in told[says]
        assert "“" in told[says]
    assert any("33 days" in line and line.endswith("One of these must give way.") for line in lines)


@pytest.mark.parametrize("fact", LATE_CESSATION)
def test_without_any_one_member_the_rest_is_consistent(project, fact):
    stated_in_place(project)
    project.drop(fact)

    report = check()

    assert (errors(report), report.exit_status, report.problems) == ([], 0, ())


def test_an_amending_law_of_1999_refutes_the_second_reading_and_moves_the_first(project):
    project.state("amending-law-2009-adopted", date="1999-04-29")

    report = check()
    second = reading(report, "interdepartmental")

    assert members(report) == []
    assert report.exit_status == 0
    assert readings(report)[PASSAGE, "of-1993"] == "held possible"
    assert readings(report)[PASSAGE, "interdepartmental"] == "refuted"
    assert [(each.headline.rule.id, set(each.facts)) for each in second.conflicts] == [
        (
            "body-within-its-legal-basis",
            {"amending-law-2009-adopted", "article-28-excluded", "commission-worked-on-article-28", "interdepartmental-commission-worked"},
        )
    ]
    assert span(report, "commission-1993", "lifetime.end") == ("1999-04-29", "1999-04-29")


def test_the_refuted_reading_and_why_are_told(project):
    project.state("amending-law-2009-adopted", date="1999-04-29")

    done = run("check")

    (line,) = (each for each in done.lines if each.startswith(f"reading  {PASSAGE}=interdepartmental"))
    assert done.status == 0
    assert line.startswith(f"reading  {PASSAGE}=interdepartmental: refuted by body-within-its-legal-basis (")
    for fact in ("amending-law-2009-adopted", "article-28-excluded", "commission-worked-on-article-28", "interdepartmental-commission-worked"):
        assert fact in line


def test_what_another_reading_would_move_is_told(project):
    done = run("check")

    (line,) = (each for each in done.lines if each.startswith(f"reading  {PASSAGE}=interdepartmental"))
    assert ": possible; it would move " in line


def test_it_can_be_sent_to_another_process():
    dataset = rehabfacts.builtin.dataset()
    twin = pickle.loads(pickle.dumps(dataset))  # noqa: S301  # our own bytes
    assert (dataset.records, dataset.headers, dataset.ambiguities) == (twin.records, twin.headers, twin.ambiguities)
    before, after = (rehabfacts.check_dataset(each, rehabfacts.builtin.rules()) for each in (dataset, twin))
    assert rehabfacts.compare(before, after).is_empty
