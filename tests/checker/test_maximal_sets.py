"""Which sources can all be right: the sets, what breaks when one is added, and what the limit leaves out."""

import pytest
from copies import Project, run
from test_sources_that_disagree import CHRONICLE, GAZETTE, MEMOIR, RULES, TEXTS

from rehabfacts import INSTITUTIONS, InvalidInput, api
from rehabfacts.checker.maximal_sets import MOST_SETS
from rehabfacts.settings import Settings


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Three sources: two agree, one differs."""
    monkeypatch.chdir(tmp_path)
    project = Project(tmp_path)
    for name, text in (("gazette", GAZETTE), ("memoir", MEMOIR), ("chronicle", CHRONICLE)):
        project.write(f"facts/{name}.yaml", text)
    for name, text in TEXTS.items():
        project.write(f"facts/{name}", text)
    project.write("rules/r.yaml", RULES)
    return project


def sets(found):
    return [each.members for each in found.sets]


def found_in(**settings):
    return api.maximal_sets("facts", "rules", schema=INSTITUTIONS, settings=Settings(**settings)).sources


SAID_OF_THREE = """\
3 sources: chronicle, gazette, memoir

2 sets of sources can be right, and none can be added to them:

1. gazette, memoir
   chronicle cannot be added:
     facts-agree  Facts about one thing agree.
     chronicle:
       mill-committee was created in 1896  facts/chronicle.yaml:5  “the committee of 1896”
     gazette:
       mill-committee was created on 1895-05-02  facts/gazette.yaml:7  “The Mill Committee was founded on 2 May 1895”
     by: creation-starts-lifetime
     They clash by 244 days.

2. chronicle
   gazette cannot be added:
     facts-agree  Facts about one thing agree.
     chronicle:
       mill-committee was created in 1896  facts/chronicle.yaml:5  “the committee of 1896”
     gazette:
       mill-committee was created on 1895-05-02  facts/gazette.yaml:7  “The Mill Committee was founded on 2 May 1895”
     by: creation-starts-lifetime
     They clash by 244 days.
   memoir cannot be added:
     facts-agree  Facts about one thing agree.
     chronicle:
       mill-committee was created in 1896  facts/chronicle.yaml:5  “the committee of 1896”
     memoir:
       mill-committee was created in 1895  facts/memoir.yaml:5  “we founded our committee in 1895”
     by: creation-starts-lifetime
     They clash by 1 day.

5 sets of sources looked at: there are no others.
"""


def test_two_sources_agree_and_one_differs(project):
    done = run("sources", "facts", "rules")

    assert (done.status, done.out, done.err) == (0, SAID_OF_THREE, "")


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ((), [("gazette", "memoir"), ("chronicle",)]),
        (("chronicle",), [("chronicle",), ("gazette", "memoir")]),
        (("memoir", "chronicle", "gazette"), [("memoir", "gazette"), ("chronicle",)]),
        ((("chronicle", "gazette", "memoir"),), [("gazette", "memoir"), ("chronicle",)]),
    ],
)
def test_sets_of_the_most_reliable_come_first_and_so_do_their_members(project, order, expected):
    assert sets(found_in(reliability=order)) == expected


def test_sources_that_agree_are_one_set(project):
    done = run("sources", "facts", "rules", "--without-source", "chronicle")

    assert done.lines == [
        "world  without chronicle", "", "2 sources: gazette, memoir", "", "All sources can be right together.", "",
        "1. gazette, memoir", "", "1 set of sources looked at: there are no others.",
    ]  # fmt: skip


def test_a_source_that_contradicts_itself_is_in_no_set(project):
    project.add("source: memoir\nfacts:\n  - {id: memoir-first, type: Meeting, body: mill-committee, period: 1890-01-01, quote: first met}")

    found = found_in()
    lines = run("sources", "facts", "rules").lines

    assert sets(found) == [("chronicle",), ("gazette",)]
    assert [(each.voice, each.violation.conflict.facts) for each in found.alone] == [("memoir", ("memoir-first", "memoir-founded"))]
    assert lines[lines.index("memoir contradicts itself, and is in no set:") + 1 :][:5] == [
        "  body-created-before-it-meets  A body must be created before it meets.",
        "  memoir:",
        "    mill-committee was created in 1895  facts/memoir.yaml:5  “we founded our committee in 1895”",
        "    mill-committee met on 1890-01-01  facts/planted.yaml:4  “first met”",
        "  by: creation-starts-lifetime",
    ]


def test_facts_without_a_source_that_contradict_each_other_leave_no_set(project):
    project.add("""
        facts:
          - {id: one, type: Creation, body: mill-committee, date: 1800}
          - {id: other, type: Creation, body: mill-committee, date: 1801}
        """)

    found = found_in()

    assert (sets(found), found.alone, found.background.conflict.facts) == ([], (), ("one", "other"))
    assert run("sources", "facts", "rules").lines[2:5] == ["No source can be right.", "", "Facts without a source contradict each other:"]


def test_a_source_that_clashes_with_facts_without_one_contradicts_itself(project):
    project.add("facts:\n  - {id: one, type: Creation, body: mill-committee, date: 1896}")

    assert (sets(found_in()), [each.voice for each in found_in().alone]) == ([("chronicle",)], ["gazette", "memoir"])


def test_no_facts_with_a_source_are_no_sets(project):
    for name in ("gazette", "memoir", "chronicle"):
        (project.folder / f"facts/{name}.yaml").unlink()
    project.add("entities:\n  - {id: b, type: Body}\nfacts:\n  - {id: one, type: Creation, body: b, date: 1896}")

    assert run("sources", "facts", "rules").lines == ["No fact names its source."]


def test_warnings_and_what_is_wrong_with_quotes_keep_nobody_out(project):
    project.write("facts/memoir.txt", "Not a word of it.\n")
    project.add("- {id: counted-on, type: Creation, body: mill-committee, source: memoir, date: 1895-05-02}")
    project.write("rules/more.yaml", "- {id: never, severity: warning, for: {c: Creation}, require: c.date < 1000}\n")

    assert sets(found_in()) == [("gazette", "memoir"), ("chronicle",)]


def test_what_a_dataset_lacks_keeps_nobody_out(project):
    project.write("rules/more.yaml", "- {id: has-met, for: {b: Body}, exists: {m: Meeting, where: m.body = b}}\n")

    assert run("check", "facts", "rules").status == 1
    assert sets(found_in()) == [("gazette", "memoir"), ("chronicle",)]


def test_two_values_that_each_source_alone_may_hold_clash_when_they_come_together(project):
    """Both branches are fine, and the merge gives a single-valued property two values."""
    project.write("rules/r.yaml", "- {id: founded-once, for: {c: Creation}, unique: [c.body]}\n")
    merged = ("check", "facts", "rules", "--without-source", "chronicle")

    assert sets(found_in()) == [("chronicle",), ("gazette",), ("memoir",)]
    assert [run(*merged, "--trust", name).status for name in ("gazette", "memoir")] == [0, 0]
    assert (run(*merged).status, run(*merged).lines[1]) == (1, "VIOLATED  founded-once  c.body")


def test_speakers_are_told_beside_sources_each_source_standing_for_its_own_words(project):
    project.add("""
        source: memoir
        entities:
          - {id: anna-weber, type: Person}
        facts:
          - {id: so-she-says, type: Meeting, body: mill-committee, period: 1894, according_to: anna-weber, status: reported}
        """)

    found = api.maximal_sets("facts", "rules")
    lines = run("sources", "facts", "rules").lines

    assert (sets(found.sources), [each.voice for each in found.sources.alone]) == ([("chronicle",), ("gazette",)], ["memoir"])
    assert sets(found.speakers) == [("gazette", "memoir"), ("anna-weber",), ("chronicle",)]
    assert "4 speakers (each source stands for its own words): anna-weber, chronicle, gazette, memoir" in lines
    assert "     memoir, according to anna-weber:" in lines


def test_a_speaker_with_the_id_of_a_source_is_a_mistake(project):
    project.add("source: memoir\nentities:\n  - {id: gazette, type: Person}\nfacts:\n  - {id: x, type: Meeting, body: mill-committee, according_to: gazette}")

    with pytest.raises(InvalidInput) as caught:
        api.maximal_sets("facts", "rules")

    assert str(caught.value) == "E-CONFIG 'gazette' is a source and a speaker (rename one of them)"


def pairs(project, count):
    """So many pairs of sources, each of which contradicts itself: every choice of one of each is a maximal set."""
    lines = ["rehabfacts: 1", "entities:", *(f"  - {{id: b{n}, type: Body}}" for n in range(count)), "facts:"]
    for n in range(count):
        lines += [f"  - {{id: f{n}{side}, type: Creation, body: b{n}, date: {year}, source: s{n}{side}}}" for side, year in (("a", 1890), ("b", 1891))]
    for name in ("gazette", "memoir", "chronicle"):
        (project.folder / f"facts/{name}.yaml").unlink()
    project.write("facts/pairs.yaml", "\n".join(lines))


def test_all_choices_are_found_within_the_limit(project):
    pairs(project, 4)

    found = found_in()

    assert (len(found.sets), found.is_complete) == (16, True)
    assert all(len(each.members) == 4 for each in found.sets)


def test_beyond_the_limit_the_answer_says_so_and_is_incomplete(project):
    pairs(project, 4)

    done = run("sources", "facts", "rules", "--most", "12")

    assert (done.status, done.lines[-1]) == (3, "Cut short: after 12 sets of sources looked at, there can be others.")
    assert done.lines[2].endswith("sets of sources can be right, and none can be added to them:")


def test_what_is_found_before_the_limit_cannot_be_added_to(project):
    pairs(project, 14)

    found = api.maximal_sets("facts", "rules", most=100).sources

    assert (MOST_SETS, found.tried, found.is_complete) == (4_096, 100, False)
    assert [len(each.members) for each in found.sets] == [14] * len(found.sets)
    assert len(found.sets) > 30


def test_more_sets_than_are_explained_are_listed_all_the_same(project):
    pairs(project, 7)

    found = found_in()

    assert (len(found.sets), found.is_complete, sum(each.left_out is None for each in found.sets)) == (128, True, 64)


def test_the_held_reading_is_taken_and_of_others_one_that_holds_is_enough(project):
    passage = """
        - id: met
          type: Meeting
          body: mill-committee
          source: memoir
          readings:
            - {reading: early, period: 1890-01-01HELD}
            - {reading: late, period: 1895-12-31}
        """
    project.add(passage.replace("HELD", ", held: true"))
    held = [each.voice for each in found_in().alone]
    project.add(passage.replace("HELD", ""))
    unheld = [each.voice for each in found_in().alone]

    assert (held, unheld) == (["memoir"], [])


def test_the_sets_as_json(project):
    document = run("sources", "facts", "rules", "--format", "json").json

    assert [each["members"] for each in document["sources"]["sets"]] == [["gazette", "memoir"], ["chronicle"]]
    (clash,) = document["sources"]["sets"][0]["left_out"]
    assert clash["voice"] == "chronicle"
    assert clash["conflict"]["sides"] == [
        {"source": "chronicle", "speaker": None, "rank": None, "facts": ["chronicle-founded"]},
        {"source": "gazette", "speaker": None, "rank": None, "facts": ["gazette-founded"]},
    ]
    assert {key: document["sources"][key] for key in ("voices", "alone", "background", "tried", "complete", "unfinished")} == {
        "voices": ["chronicle", "gazette", "memoir"], "alone": [], "background": None, "tried": 5, "complete": True, "unfinished": [],
    }  # fmt: skip
    assert (document["format"], document["speakers"], document["problems"]) == ("rehabfacts sources 1", None, [])


def test_bad_input_is_told_and_what_is_healthy_is_looked_at(project):
    project.add("- {id: x, type: Meeting, body: nobody}")

    done = run("sources", "facts", "rules")

    assert (done.status, done.out.splitlines()[4]) == (2, "1. gazette, memoir")
    assert done.err.startswith("facts/planted.yaml:3:34: E-REF ")
