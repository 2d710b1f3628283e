"""Sources that disagree: statuses, which world is judged, what is told of each side, and what counts as corroboration."""

from textwrap import dedent

import pytest
from copies import Project, run

import rehabfacts
from rehabfacts import Date, InvalidInput
from rehabfacts.checker.attributions.reliability import Reliability
from rehabfacts.checker.disagreements import preference, scope_of, sides_of
from rehabfacts.checker.stories import tell
from rehabfacts.settings import Settings

GAZETTE = """
    rehabfacts: 1
    source: {id: gazette, text: gazette.txt, date: 1895-06-20, language: en}
    entities:
      - {id: mill-committee, type: Body}
    facts:
      - {id: gazette-founded, type: Creation, body: mill-committee, date: 1895-05-02, quote: The Mill Committee was founded on 2 May 1895}
    """
MEMOIR = """
    rehabfacts: 1
    source: {id: memoir, text: memoir.txt, date: 1920, language: en}
    facts:
      - {id: memoir-founded, type: Creation, body: mill-committee, date: 1895, quote: we founded our committee in 1895}
    """
CHRONICLE = """
    rehabfacts: 1
    source: {id: chronicle, text: chronicle.txt, date: 1950, language: en}
    facts:
      - {id: chronicle-founded, type: Creation, body: mill-committee, date: 1896, quote: the committee of 1896}
    """
TEXTS = {
    "gazette.txt": "The Mill Committee was founded on 2 May 1895.\n",
    "memoir.txt": "In the spring we founded our committee in 1895.\n",
    "chronicle.txt": "It began with the committee of 1896.\n",
}
RULES = """
    - id: creation-starts-lifetime
      says: A body's lifetime starts on the day of its creation.
      for: {c: Creation}
      define: c.body.lifetime.start = c.date
    - id: body-created-before-it-meets
      says: A body must be created before it meets.
      for: {m: Meeting}
      require: m.body.lifetime.start <= m.period.start
    """


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


def told(*arguments):
    """What the check prints, without the table of counts."""
    lines = run("check", *arguments).lines
    return lines[: next(at for at, line in enumerate(lines) if line.startswith("rule "))]


def checked(**settings):
    return rehabfacts.check("facts", "rules", settings=Settings(**settings))


# what the report tells apart


def test_a_disagreement_is_told_between_sources_with_the_quotes_of_each_side(project):
    assert told()[:12] == [
        "Between sources",
        "",
        "facts/chronicle.yaml:5:73  WARNING  facts-agree  Facts about one thing agree.  [a12596cb]",
        "  between sources chronicle and gazette",
        "  chronicle:",
        "    mill-committee was created in 1896        facts/chronicle.yaml:5  “the committee of 1896”",
        "  gazette:",
        "    mill-committee was created on 1895-05-02  facts/gazette.yaml:7    “The Mill Committee was founded on 2 May 1895”",
        "  by: creation-starts-lifetime",
        "  They clash by 244 days. One of these must give way.",
        "    chronicle-founded.date: 1896 → 1895-05-02 (244 days earlier)",
        "    gazette-founded.date: 1895-05-02 → a day from 1896-01-01 to 1896-12-31 (244 days later)",
    ]


def test_contradictions_inside_one_source_come_apart_from_those_between_sources(project):
    project.add("source: memoir\nfacts:\n  - {id: memoir-first, type: Meeting, body: mill-committee, period: 1890-01-01}")

    lines = told()

    inside, between = lines.index("Inside one source"), lines.index("Between sources")
    assert lines[inside + 2 : inside + 6] == [
        "facts/planted.yaml:4:69  VIOLATED  body-created-before-it-meets  A body must be created before it meets.  [ca3669c9]",
        "  inside source memoir",
        "  mill-committee was created in 1895  facts/memoir.yaml:5   “we founded our committee in 1895”",
        "  mill-committee met on 1890-01-01    facts/planted.yaml:4  (no quote)",
    ]
    assert lines[between + 3] == "  between sources chronicle and gazette"


@pytest.mark.parametrize("other", ["a0", "b1"])
def test_no_other_source_hides_that_one_contradicts_itself(tmp_path, monkeypatch, other):
    monkeypatch.chdir(tmp_path)
    creation = "  - {{id: {}, type: Creation, body: x, date: {}}}\n".format
    Project(tmp_path).write("a.yaml", "rehabfacts: 1\nsource: {id: a}\nentities: [{id: x, type: Body}]\nfacts:\n" + creation("a1", "1992-02-29") + creation("a2", "1992-03-01"))
    Project(tmp_path).write("b.yaml", "rehabfacts: 1\nsource: {id: b}\nfacts:\n" + creation(other, "1980-01-01"))

    done = run("check", ".")

    assert done.status == 1
    assert "  inside source a" in done.lines


def test_a_dataset_of_one_source_is_told_without_headings(project):
    (project.folder / "facts/memoir.yaml").unlink()
    (project.folder / "facts/chronicle.yaml").unlink()
    project.add("source: gazette\nfacts:\n  - {id: first, type: Meeting, body: mill-committee, period: 1890-01-01}")

    assert told()[:3] == [
        "facts/planted.yaml:4:62  VIOLATED  body-created-before-it-meets  A body must be created before it meets.  [1e85f22b]",
        "  mill-committee was created on 1895-05-02  facts/gazette.yaml:7  “The Mill Committee was founded on 2 May 1895”",
        "  mill-committee met on 1890-01-01          facts/planted.yaml:4  (no quote)",
    ]


def test_what_one_source_says_from_a_speaker_stands_apart_from_its_own_words(project):
    project.add("""
        source: gazette
        entities:
          - {id: anna-weber, type: Person}
        facts:
          - {id: first, type: Meeting, body: mill-committee, period: 1890-01-01, according_to: anna-weber, status: reported}
        """)
    violation = next(each for each in checked(without_sources=("memoir", "chronicle")) if each.rule_id == "body-created-before-it-meets")

    sides = sides_of(violation, tell(violation).members, Reliability())

    assert [str(side) for side in sides] == ["gazette", "gazette, according to anna-weber"]
    assert scope_of(violation) == "inside source gazette"


@pytest.mark.parametrize(
    ("order", "first", "word"),
    [
        ((), "chronicle", ""),
        (("gazette",), "gazette", "the more reliable"),
        (("chronicle", "gazette"), "chronicle", "the more reliable"),
        ((("chronicle", "gazette"),), "chronicle", ""),
        (("memoir",), "chronicle", ""),
    ],
)
def test_the_more_reliable_side_comes_first_and_is_named_where_an_order_is_declared(project, order, first, word):
    report = checked(reliability=order)
    (violation,) = (each for each in report if each.rule is None)

    sides = sides_of(violation, tell(violation).members, Reliability(order))

    assert (str(sides[0]), preference(sides, 0), preference(sides, 1)) == (first, word, "")
    assert violation.severity is rehabfacts.Severity.WARNING


def test_reliability_decides_no_verdict(project):
    reports = [checked(reliability=order) for order in ((), ("gazette", "memoir", "chronicle"), ("chronicle", "memoir", "gazette"))]

    assert len({tuple(each.id for each in report) for report in reports}) == 1
    assert len({tuple(report.bounds("mill-committee")) for report in reports}) == 1


def test_a_name_in_the_order_of_reliability_that_nobody_has_is_a_warning(project):
    project.write("rehabfacts.toml", 'reliability = ["gazete", ["memoir", "chronicle"]]')

    done = run("check", "facts")

    assert (done.status, done.lines[0]) == (0, "rehabfacts.toml: W-CONFIG reliability: no source or speaker 'gazete' (did you mean gazette?)")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('reliability = "gazette"', "reliability: expected a list of sources, those that are equal in a list of their own, got 'gazette'"),
        ("reliability = [[1]]", "reliability: expected a list of texts, got [1]"),
        ('as_of = "then"', "as_of: expected a year of four digits, got 'then'"),
        ("trust = [1]", "trust: expected a list of texts, got [1]"),
    ],
)
def test_settings_that_say_nothing_are_mistakes(project, line, message):
    project.write("rehabfacts.toml", line)

    done = run("check", "facts")

    assert (done.status, done.err) == (2, f"rehabfacts.toml: E-CONFIG {message}\n")


def test_settings_choose_a_world_and_the_command_line_adds_to_it(project):
    project.write("rehabfacts.toml", 'without_sources = ["memoir"]\nas_of = 1930-01-01\n')

    assert run("check", "facts").lines[0] == "world  without memoir, as of 1930-01-01: 2 of 3 facts left out"
    assert run("check", "facts", "--without-source", "gazette", "--as-of", "1960").lines[0] == "world  without memoir and gazette, as of 1960: 2 of 3 facts left out"


# which world is judged


@pytest.mark.parametrize(
    ("settings", "says", "taken"),
    [
        ({}, "", ["chronicle-founded", "gazette-founded", "memoir-founded"]),
        ({"trust": ("gazette", "memoir")}, "only gazette and memoir", ["gazette-founded", "memoir-founded"]),
        ({"without_sources": ("chronicle",)}, "without chronicle", ["gazette-founded", "memoir-founded"]),
        ({"as_of": Date.parse("1930")}, "as of 1930", ["gazette-founded", "memoir-founded"]),
        ({"as_of": Date.parse("1895-06-19")}, "as of 1895-06-19", []),
        ({"trust": ("memoir",), "as_of": Date.parse("1900")}, "only memoir, as of 1900", []),
    ],
)
def test_any_world_can_be_checked(project, settings, says, taken):
    report = checked(**settings)

    assert (sorted(report.dataset.facts), report.selection.says) == (taken, says)
    assert sorted(report.selection.left_out) == sorted({"chronicle-founded", "gazette-founded", "memoir-founded"} - set(taken))


def test_facts_without_a_source_stay_in_every_world_and_what_rests_on_others_does_not(project):
    project.add("""
        entities:
          - {id: anna-weber, type: Person}
          - {id: chair, type: Office}
        facts:
          - {id: term, type: OfficeHolding, person: anna-weber, office: chair, source: memoir}
          - {id: session, type: Meeting, body: mill-committee, chaired_in: term, source: gazette}
          - {id: unsourced, type: Meeting, body: mill-committee}
        """)

    assert sorted(checked(trust=("gazette",)).dataset.facts) == ["gazette-founded", "unsourced"]


def test_a_speaker_can_be_trusted_or_left_out_whatever_the_source(project):
    project.add("""
        source: memoir
        entities:
          - {id: anna-weber, type: Person}
        facts:
          - {id: so-she-says, type: Meeting, body: mill-committee, according_to: anna-weber, status: reported}
        """)

    assert sorted(checked(trust=("anna-weber",)).dataset.facts) == ["so-she-says"]
    assert sorted(checked(trust=("memoir",), without_sources=("anna-weber",)).dataset.facts) == ["memoir-founded"]


def test_the_report_says_which_world_it_judged(project):
    done = run("check", "facts", "--without-source", "chronicle", "--as-of", "1920-05")

    assert done.lines[:2] == [
        "world  without chronicle, as of 1920-05: 1 of 3 facts left out",
        "  taken though nobody knows whether they were there by then: memoir",
    ]
    document = run("check", "facts", "--without-source", "chronicle", "--as-of", "1920-05", "--format", "json").json
    assert document["selection"] == {"says": "without chronicle, as of 1920-05", "left_out": ["chronicle-founded"], "undated": ["memoir"]}
    assert (document["settings"]["without_sources"], document["settings"]["as_of"]) == (["chronicle"], "1920-05")


def test_a_saved_report_on_one_world_holds_against_the_files(project):
    run("check", "facts", "rules", "--trust", "gazette", "--as-of", "1930", "--format", "json", "--output", "report.json")

    assert run("verify", "report.json", "--against", "facts", "rules").lines == ["accepted: every proof in the report holds, and it is a report on these files"]


@pytest.mark.parametrize("command", [("check",), ("bounds", "--in"), ("explain", "mill-committee", "--in"), ("whatif", "--drop", "memoir-founded"), ("sources",)])
def test_every_command_that_checks_takes_the_options_on_which_facts_count(project, command):
    done = run(*command, "facts", "--without-source", "chronicel")

    assert (done.status, done.err.splitlines()[-1]) == (2, "E-CONFIG no source or speaker 'chronicel' (did you mean chronicle?)")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--as-of", "then"), "E-USAGE --as-of: expected a year of four digits, got 'then'"),
        (("--as-of", "[1900..]"), "E-USAGE --as-of: expected a date with a last day, got [1900..]"),
        (("--trust", "gazete"), "E-CONFIG no source or speaker 'gazete' (did you mean gazette?)"),
    ],
)
def test_a_world_that_nobody_can_look_at_is_a_mistake(project, arguments, message):
    done = run("check", "facts", *arguments)

    assert (done.status, done.out, done.err) == (2, "", message + "\n")


def test_a_name_that_is_a_source_and_a_speaker_is_a_mistake_where_it_chooses_facts(project):
    project.add("source: memoir\nentities:\n  - {id: gazette, type: Person}\nfacts:\n  - {id: x, type: Meeting, body: mill-committee, according_to: gazette}")

    with pytest.raises(InvalidInput) as caught:
        checked(trust=("gazette",))

    assert str(caught.value) == "E-CONFIG 'gazette' is a source and a speaker (rename one of them)"
    assert checked().exit_status == 0


# statuses


STATUSES = """
    facts:
      - {id: first-met, type: Meeting, body: mill-committee, period: 1890-01-01, status: STATUS, source: gazette}
    """


@pytest.mark.parametrize(
    ("status", "outcome"),
    [("stated", ["violated"]), ("reported", ["violated"]), ("alleged", ["doubtful"]), ("denied", ["if believed"]), ("superseded", ["if believed"])],
)
def test_what_a_status_does(project, status, outcome):
    from rehabfacts.checker.beliefs import beliefs_of

    project.add(STATUSES.replace("STATUS", status))
    report = checked(trust=("gazette",))

    found = ["doubtful" if each.is_doubtful else "violated" for each in report if each.rule_id == "body-created-before-it-meets"]
    found += ["if believed" for belief in beliefs_of(report) for each in belief.appearing if each.rule_id == "body-created-before-it-meets"]
    assert found == outcome
    assert report.exit_status == int(outcome == ["violated"])


def test_what_denied_claims_would_do_is_told_apart_and_fails_nothing(project):
    project.add(STATUSES.replace("STATUS", "denied"))

    lines = told("--trust", "gazette", "facts", "rules")

    assert lines[1:6] == [
        "denied  first-met",
        "  would be violated if believed: body-created-before-it-meets (error)  A body must be created before it meets.",
        "    mill-committee was created on 1895-05-02  facts/gazette.yaml:7  “The Mill Committee was founded on 2 May 1895”",
        "    mill-committee met on 1890-01-01  facts/planted.yaml:3  (no quote)",
        "    They clash by 1,947 days.",
    ]
    assert run("check", "facts", "rules", "--trust", "gazette").status == 0


def test_what_is_denied_and_doubtful_too_is_told_nowhere(project):
    project.add("facts:\n  - {id: met, type: Meeting, body: mill-committee, period: 1890?, status: denied, source: gazette}")

    assert checked(trust=("gazette",)).believed == ()


SUPERSEDED = """
    source: first-edition
    facts:
      - {id: early-founded, type: Creation, body: mill-committee, date: 1889, superseded_by: gazette-founded}
      - {id: early-met, type: Meeting, body: mill-committee, period: 1890-01-01, source: gazette}
    """


def test_what_a_superseded_claim_would_resolve_in_place_of_what_superseded_it(project):
    project.add(SUPERSEDED)

    lines = told("--without-source", "memoir", "--without-source", "chronicle", "facts", "rules")

    at = next(at for at, line in enumerate(lines) if line.startswith("superseded"))
    assert lines[at : at + 2] == ["superseded  early-founded (by gazette-founded)", "  would be resolved if believed: body-created-before-it-meets  [d773a1f5]"]


def test_a_fact_is_superseded_from_the_day_of_the_source_that_superseded_it(project):
    project.add(SUPERSEDED)
    project.write("facts/edition.yaml", "rehabfacts: 1\nsource: {id: first-edition, date: 1890}\n")

    days = {day: sorted(checked(as_of=Date.parse(day)).dataset.facts) for day in ("1889", "1895-06-19", "1895-06-20")}

    assert days == {"1889": [], "1895-06-19": ["early-founded"], "1895-06-20": ["early-met", "gazette-founded"]}


def test_a_fact_whose_successor_is_left_out_is_believed_or_superseded_by_the_next_one(project):
    project.add("""
        facts:
          - {id: a, type: Creation, body: mill-committee, date: 1880, source: one, superseded_by: b}
          - {id: b, type: Creation, body: mill-committee, date: 1881, source: two, superseded_by: gazette-founded}
        """)

    left = {
        "all": checked(without_sources=("memoir", "chronicle")),
        "two": checked(without_sources=("memoir", "chronicle", "two")),
        "two and gazette": checked(without_sources=("memoir", "chronicle", "two", "gazette")),
        "gazette": checked(without_sources=("memoir", "chronicle", "gazette")),
    }

    assert {name: sorted(report.dataset.facts) for name, report in left.items()} == {
        "all": ["gazette-founded"], "two": ["gazette-founded"], "two and gazette": ["a"], "gazette": ["b"],
    }  # fmt: skip
    assert left["two and gazette"].bounds("mill-committee")[1].stated[0] is not None


def test_superseded_by_says_the_status_and_leads_nowhere_back(project):
    project.add("""
        facts:
          - {id: a, type: Creation, body: mill-committee, superseded_by: b}
          - {id: b, type: Creation, body: mill-committee, superseded_by: a}
          - {id: c, type: Creation, body: mill-committee, superseded_by: nobody}
        """)

    done = run("check", "facts")

    assert done.lines[:2] == [
        "facts/planted.yaml:3:66: E-CYCLE expected superseded_by to lead nowhere back, found a circle: a by b (facts/planted.yaml:3), b by a (facts/planted.yaml:4)",
        "facts/planted.yaml:5:66: E-REF superseded_by of c: expected the id of a Fact, found no 'nobody'",
    ]


def test_a_circle_of_successors_ends_all_the_same(project):
    project.add("""
        facts:
          - {id: a, type: Creation, body: mill-committee, superseded_by: b, source: one}
          - {id: b, type: Creation, body: mill-committee, superseded_by: c, source: two}
          - {id: c, type: Creation, body: mill-committee, superseded_by: b, source: two}
          - {id: d, type: Creation, body: mill-committee, superseded_by: d, source: one}
        """)

    assert sorted(checked(trust=("one",)).dataset.facts) == ["a"]


@pytest.mark.parametrize(("fact", "standing"), [
    ("early-founded", "superseded by gazette-founded (taken only with superseded facts)"),
    ("first-met", "denied (taken only with denied facts)"),
])  # fmt: skip
def test_what_binds_nothing_is_explained_all_the_same(project, fact, standing):
    project.add(SUPERSEDED)
    project.add(STATUSES.replace("STATUS", "denied"), path="facts/denied.yaml")

    done = run("explain", fact, "--in", "facts", "--in", "rules")

    assert (done.status, done.lines[1].split(", status ")[1]) == (0, standing)


def test_what_is_left_out_is_said_to_be(project):
    done = run("explain", "memoir-founded", "--in", "facts", "--as-of", "1900")

    assert (done.status, done.err) == (2, "no fact, entity, rule or violation memoir-founded (it is left out: as of 1900)\n")


# corroboration


def test_corroboration_counts_independent_sources_and_precision_is_no_disagreement(project):
    done = run("explain", "memoir-founded", "--in", "facts", "--in", "rules")

    at = done.lines.index("  corroborated by 1 independent source")
    assert done.lines[at + 1 : at + 3] == [
        "    sharper: gazette-founded (gazette): mill-committee was created on 1895-05-02",
        "    differs in date: chronicle-founded (chronicle): mill-committee was created in 1896",
    ]
    assert "corroborated  by independent sources that agree: Creation of mill-committee (2)" in run("check", "facts", "rules").lines


@pytest.mark.parametrize(
    ("headers", "count"),
    [
        ({}, 3),
        ({"letter": "derived_from: gazette"}, 2),
        ({"letter": "derived_from: lost", "diary": "derived_from: lost", "lost": ""}, 2),
        ({"letter": "derived_from: [gazette, lost]", "lost": ""}, 2),
        ({"letter": "derived_from: diary", "diary": "derived_from: gazette"}, 1),
    ],
)
def test_sources_that_share_an_origin_count_once(project, headers, count):
    (project.folder / "facts/memoir.yaml").unlink()
    (project.folder / "facts/chronicle.yaml").unlink()
    for name in ("letter", "diary"):
        project.add(f"facts:\n  - {{id: {name}-founded, type: Creation, body: mill-committee, date: 1895~, source: {name}}}", path=f"facts/{name}.yaml")
    for name, header in headers.items():
        project.write(f"facts/{name}-header.yaml", f"rehabfacts: 1\nsource: {{id: {name}{', ' + header if header else ''}}}\n")

    report = checked()

    (event,) = report.witnesses.events
    assert report.witnesses.independent(event) == count


def test_two_sources_that_quote_one_speaker_are_one_voice(project):
    project.add("""
        entities:
          - {id: anna-weber, type: Person}
        facts:
          - {id: x, type: Creation, body: mill-committee, date: 1895, source: one, according_to: anna-weber}
          - {id: y, type: Creation, body: mill-committee, date: 1895, source: two, according_to: anna-weber}
        """)
    report = checked(trust=("one", "two"))

    assert (report.witnesses.of("x").independent, report.witnesses.of("x").agreeing) == (0, ("y",))


def test_a_fact_of_another_kind_bears_nothing_out(project):
    project.add("""
        facts:
          - {id: met, type: Meeting, body: mill-committee, period: 1895-05-02, source: letter}
          - {id: one, type: SameEvent, one: met, other: gazette-founded, source: letter}
        """)
    report = checked(trust=("gazette", "letter"))

    assert (report.witnesses.of("gazette-founded").agreeing, report.witnesses.of("gazette-founded").independent) == ((), 0)


def test_a_source_derived_from_nothing_known_is_a_mistake(project):
    project.write("facts/letter.yaml", "rehabfacts: 1\nsource: {id: letter, derived_from: gazete}\n")

    done = run("check", "facts")

    assert done.lines[0] == (
        "facts/letter.yaml:2:36: E-REF derived_from of source letter: expected the id of a source that a file declares, found no 'gazete' (did you mean gazette?)"
    )


def test_a_misquote_is_an_error_also_where_another_source_disagrees_with_its_fact(tmp_path):
    """The disagreement alone is a warning: it must not hide that the source does not say what is quoted."""
    for name, text in (TEXTS | {"gazette.txt": "The Mill Committee was founded on 3 May 1895.\n"}).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name, facts in (("gazette", GAZETTE), ("chronicle", CHRONICLE)):
        (tmp_path / f"{name}.yaml").write_text(dedent(facts), encoding="utf-8")

    report = rehabfacts.check(tmp_path)

    found = sorted((each.rule_id, str(each.severity), each.conflict.facts) for each in report if each.severity > rehabfacts.Severity.NOTE)
    assert found == [("facts-agree", "warning", ("chronicle-founded", "gazette-founded")), ("quote-in-source", "error", ("gazette-founded",))]
    assert report.exit_status == 1
