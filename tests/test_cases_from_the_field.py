"""Acceptance cases restated from public issue threads of neighbouring tools: what their users hit, and our verdict.

Tested elsewhere, with the quotes: dismech 9970, hypothesis 7571, verbatim-rag 34, quote token boundary.
"""

import xml.etree.ElementTree as ET

import pytest
from copies import members, outcomes, run, span

import rehabfacts
from rehabfacts import INSTITUTIONS, Fact, Period, Ref
from rehabfacts.checker.rule_proofs.examples import run_examples
from rehabfacts.schema import record
from rehabfacts.settings import Settings
from rehabfacts.vocabulary.entities import Person


@record
class Value(Fact):
    of: Ref[Person]
    value: str
    period: Period | None = None


SCHEMA = INSTITUTIONS.with_types(Value)
LIVES = ("definitions", "persons")
TERMS = ("definitions", "terms", "persons", "institutions")


def judged(project, facts, rules="", *, packs=(), entities="- {id: someone, type: Person}"):
    """The report on facts and rules as YAML texts, and on shipped packs, in the shipped vocabulary and that of this file."""
    project.write("facts/a.yaml", f"rehabfacts: 1\nentities:\n{indented(entities)}\nfacts:\n{indented(facts)}\n")
    project.write("rules/r.yaml", f"{rules}\n" if rules else "[]\n")
    report = rehabfacts.check("facts", "rules", schema=SCHEMA, settings=Settings(packs=packs))
    assert [each for each in report.problems if not each.is_warning] == []
    assert report.complaints == ()
    return report


def indented(text):
    return "\n".join(f"  {line.strip()}" for line in text.strip().splitlines())


def lived(project, birth, death):
    facts = f"""
        - {{id: born, type: Birth, person: someone, date: "{birth}"}}
        - {{id: died, type: Death, person: someone, date: "{death}"}}"""
    return judged(project, facts, packs=LIVES)


# dates


def test_wikidata_t168379_a_birth_in_the_16th_century_is_not_after_a_death_in_1541(project):
    report = lived(project, "[1501..1600]", "1541-12-07")

    assert (members(report), report.exit_status) == ([], 0)
    assert outcomes(report, "life-of-possible-length") == {"satisfied": 1}
    assert span(report, "born", "date") == ("1501-01-01", "1541-12-07")


def test_a_birth_after_a_death_is_a_contradiction_of_the_facts(project):
    report = lived(project, "1542", "1541-12-07")

    assert (members(report), report.exit_status) == ([("facts-agree", ("born", "died"))], 1)


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [("2000", "2000-03-01", "2000-01-01", "2000-03-01"), ("2000-03-01", "2000", "2000-03-01", "2000-12-31")],
)
def test_openhistoricalmap_1333_a_year_and_a_day_of_it_do_not_clash(project, start, end, first, last):
    report = lived(project, start, end)

    assert members(report) == []
    assert (span(report, "born", "date")[0], span(report, "died", "date")[1]) == (first, last)


def test_openhistoricalmap_1422_overlapping_one_of_sets_are_judged_as_intervals_are(project):
    sets = lived(project, "[1990,1992,1995]", "[1991,1993,1994]")
    as_sets = members(sets), sets.exit_status

    intervals = lived(project, "[1990..1995]", "[1991..1994]")

    assert as_sets == (members(intervals), intervals.exit_status) == ([], 0)


def test_openhistoricalmap_674_a_start_in_1888_and_an_end_in_or_before_1888_can_both_be(project):
    report = lived(project, "1888", "[..1888]")

    assert members(report) == []
    assert span(report, "died", "date") == ("1888-01-01", "1888-12-31")


@pytest.mark.parametrize(("written", "meant"), [("before 1888", "[..1887]"), ("after 1888", "[1889..]"), ("in or before 1888", "[..1888]")])
def test_openhistoricalmap_674_the_hint_keeps_the_precision_of_the_year(written, meant):
    done = run("dates", written)

    assert done.status == 0
    assert ": invalid: " in done.out
    assert meant in done.out


RESIDENCE = """
    - {id: died, type: Death, person: someone, date: "[1881..]"}
    - {id: lived-there, type: Residence, person: someone, period: "1890/1890"}"""


def test_geneweb_1944_who_resided_in_1890_and_died_after_1880_died_in_1890_or_later(project):
    report = judged(project, RESIDENCE, packs=LIVES)

    assert (members(report), report.exit_status) == ([], 0)
    assert span(report, "died", "date") == ("1890-01-01", None)


def test_geneweb_1944_where_residence_is_defined_as_life_the_demand_is_satisfied_by_the_chain(project):
    rules = """
    - {id: residence-is-life, for: {r: Residence}, define: r.period within r.person.lifetime}
    - {id: died-after, for: {d: Death, r: Residence}, where: d.person = r.person, require: r.period.start <= d.date}
    """

    report = judged(project, RESIDENCE, rules, packs=LIVES)

    assert outcomes(report, "died-after") == {"satisfied": 1}
    assert outcomes(report, "resident-while-alive") == {"satisfied": 1}


def test_geneweb_209_a_child_born_before_1660_of_a_mother_who_died_after_1651_is_undetermined(project):
    facts = """
        - {id: mother-died, type: Death, person: mother, date: "[1652..]"}
        - {id: child-born, type: Birth, person: child, date: "[..1659]"}
        - {id: kin, type: Parenthood, parent: mother, child: child, role: mother}"""

    report = judged(project, facts, packs=LIVES, entities="- {id: mother, type: Person}\n- {id: child, type: Person}")

    assert outcomes(report, "mother-alive-at-birth-of-child") == {"open": 1}
    assert report.exit_status == 0


# periods


ONE_AT_A_TIME = "- {id: one-trade-at-a-time, for: {o: Occupation}, apart: o.period, per: [o.person]}"


def two_trades(project, first, second):
    facts = f"""
        - {{id: first, type: Occupation, person: someone, trade: smith, period: "{first}"}}
        - {{id: second, type: Occupation, person: someone, trade: innkeeper, period: "{second}"}}"""
    return judged(project, facts, ONE_AT_A_TIME, packs=LIVES)


def test_glx_1228_a_trade_until_1890_and_another_from_1890_can_meet_inside_1890(project):
    report = two_trades(project, "1870/1890", "1890/1920")

    assert members(report) == []
    assert outcomes(report, "one-trade-at-a-time") == {"open": 1}


def test_trades_that_share_a_day_for_certain_do_clash(project):
    report = two_trades(project, "1850/1871", "1870/1920")

    assert (members(report), report.exit_status) == ([("one-trade-at-a-time", ("first", "second"))], 1)


def test_glx_1213_who_lived_in_leeds_until_1870_and_in_london_from_1870_is_in_no_conflict(project):
    facts = """
        - {id: in-leeds, type: Residence, person: someone, place: leeds, period: 1850/1870}
        - {id: in-london, type: Residence, person: someone, place: london, period: 1870/1920}"""
    entities = "- {id: someone, type: Person}\n- {id: leeds, type: Place}\n- {id: london, type: Place}"

    report = judged(project, facts, packs=LIVES, entities=entities)

    assert (members(report), report.exit_status) == ([], 0)


def test_glx_pr_1227_two_values_of_which_one_may_have_ended_are_undetermined_and_counted(project):
    rules = """
    - {id: one-value-at-a-time, for: {a: Value, b: Value}, where: a.of = b.of and a.value != b.value, require: a.period disjoint from b.period}
    """
    facts = """
        - {id: after-1900, type: Value, of: someone, value: A, period: "1901/"}
        - {id: in-1950, type: Value, of: someone, value: B, period: "1950"}"""

    report = judged(project, facts, rules)

    assert members(report) == []
    assert sum(outcomes(report, "one-value-at-a-time").values()) == 2
    assert outcomes(report, "one-value-at-a-time").keys() <= {"open", "undated"}
    assert report.exit_status == 0


HOLDERS = "- {id: one-holder-at-a-time, for: {a: OfficeHolding, b: OfficeHolding}, where: a.office = b.office and a.id = 'old' and b.id = 'new', require: a.period WORD b.period}"


@pytest.mark.parametrize(
    ("word", "old", "new", "expected"),
    [
        ("until", "1991-12-16/2019-03-20", "2019-03-20/2024-01-01", {"satisfied": 1}),
        ("before", "1991-12-16/2019-03-20", "2019-03-20/2024-01-01", {"violated": 1}),
        ("until", "1841/1847", "1847/1852", {"open": 1}),
        ("before", "1841/1847", "1847/1852", {"open": 1}),
    ],
)
def test_parlparse_188_a_term_that_ends_on_the_day_the_next_starts_is_judged_by_the_rules_word(project, word, old, new, expected):
    facts = f"""
        - {{id: old, type: OfficeHolding, person: one, office: seat, period: "{old}"}}
        - {{id: new, type: OfficeHolding, person: two, office: seat, period: "{new}"}}"""
    entities = "- {id: one, type: Person}\n- {id: two, type: Person}\n- {id: seat, type: Office}"

    report = judged(project, facts, HOLDERS.replace("WORD", word), entities=entities)

    assert outcomes(report, "one-holder-at-a-time") == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("1991-12-16/2019-03-20", "2019-03-20/2024-01-01", {"satisfied": 1}),
        ("1991-12-16/2019-03-21", "2019-03-20/2024-01-01", {"violated": 1}),
        ("1841/1847", "1847/1852", {"open": 1}),
    ],
)
def test_parlparse_188_the_shipped_rule_lets_a_seat_change_hands_within_a_day(project, old, new, expected):
    facts = f"""
        - {{id: old, type: Membership, person: one, body: house, seat: seat, period: "{old}"}}
        - {{id: new, type: Membership, person: two, body: house, seat: seat, period: "{new}"}}"""
    entities = "- {id: one, type: Person}\n- {id: two, type: Person}\n- {id: house, type: Body}\n- {id: seat, type: Seat}"

    report = judged(project, facts, packs=TERMS, entities=entities)

    assert outcomes(report, "seat-filled-by-one-at-a-time") == expected


DISSOLVED = """
    - {id: membership, type: Membership, person: someone, body: club, period: "1995/.."}
    - {id: dissolved, type: Cessation, body: club, date: 2000-12-31}"""
CLUB = "- {id: someone, type: Person}\n- {id: club, type: Body}"


def test_popit_457_an_open_ended_membership_ends_at_the_latest_when_its_organisation_does(project):
    report = judged(project, DISSOLVED, packs=TERMS, entities=CLUB)

    assert members(report) == []
    assert span(report, "membership", "period.end") == ("1995-01-01", "2000-12-31")


def test_popit_761_an_act_after_the_dissolution_is_violated(project):
    act = '\n    - {id: spoke, type: Statement, speaker: someone, made_in: membership, date: "2002"}'

    report = judged(project, DISSOLVED + act, packs=TERMS, entities=CLUB)

    assert report.exit_status == 1
    assert members(report) == [("office-holder-speaks-within-holding", ("dissolved", "membership", "spoke"))]


# conventions


@pytest.mark.parametrize(
    ("packs", "expected"),
    [(("definitions", "institutions"), (None, None)), (("definitions", "institutions", "conventions"), ("2009-04-29", "2009-04-29"))],
)
def test_osm_southbay_28_the_day_of_effect_is_unknown_unless_a_convention_is_declared(project, packs, expected):
    project.write("facts/a.yaml", """
        rehabfacts: 1
        entities: [{id: resolution, type: Act}]
        facts: [{id: adopted, type: Adoption, act: resolution, date: 2009-04-29}]
        """)  # fmt: skip

    report = rehabfacts.check("facts", rules=rehabfacts.builtin.rules(*packs))
    found = [each.tightened for each in report.bounds("resolution") if each.name == "force.start"]

    assert (span(report, "resolution", "force.start") if found else (None, None)) == expected


# what cannot be read, and what never matches


@pytest.mark.parametrize("written", ["1993--30", "--30", "30 1993", "1993-00-30"])
def test_tdwg_bdq_125_a_day_without_its_month_is_not_evaluated_and_says_why(project, written):
    project.write("facts/a.yaml", f"""
        rehabfacts: 1
        entities: [{{id: commission, type: Body}}]
        facts:
          - {{id: created, type: Creation, body: commission, date: "{written}"}}
          - {{id: met, type: Meeting, body: commission, period: 1993-05-01}}
        """)  # fmt: skip

    done = run("check", "facts")

    first = done.lines[0]
    assert done.status == 2
    assert first.startswith("facts/a.yaml:5:")
    assert " E-DATE" in first
    assert repr(written) in first
    assert done.lines[-1].endswith("Incomplete: not everything was read and judged.")
    assert "1 fact," in done.lines[-1]


def test_tdwg_bdq_125_a_lone_day_is_read_as_a_century_only_with_a_warning():
    done = run("dates", "30")

    assert "W-DATE 30 is a whole century" in done.out


def test_fluree_1782_two_branches_that_are_fine_alone_are_violated_on_their_merge(project):
    rule = project.write("rules/r.yaml", """
        - id: one-value
          says: A thing has one value.
          for: {v: Value}
          unique: [v.of]
        """)  # fmt: skip
    left = project.write("left/a.yaml", """
        rehabfacts: 1
        entities: [{id: someone, type: Person}]
        facts: [{id: left-value, type: Value, of: someone, value: A}]
        """)  # fmt: skip
    right = project.write("right/b.yaml", """
        rehabfacts: 1
        facts: [{id: right-value, type: Value, of: someone, value: B}]
        """)  # fmt: skip
    base = project.write("base/c.yaml", """
        rehabfacts: 1
        entities: [{id: someone, type: Person}]
        """)  # fmt: skip

    alone = rehabfacts.check(left, rule, schema=SCHEMA), rehabfacts.check(base, right, rule, schema=SCHEMA)
    merged = rehabfacts.check(left, right, rule, schema=SCHEMA)

    assert [each.exit_status for each in alone] == [0, 0]
    assert members(merged) == [("one-value", ("left-value", "right-value"))]
    assert merged.exit_status == 1


DEAD_RULE = """
    - id: never-at-work
      says: A body that is both opened and closed does nothing.
      for: {a: AccessChange}
      where: a.change = 'opened' and a.change = 'closed'
      require: a.date is unknown
      examples:
        - {verdict: violated, facts: [{type: AccessChange, archive: some, change: opened, date: 1993}]}
    """


def test_gramps_a_rule_whose_condition_can_never_be_true_is_flagged_as_never_matched(project):
    facts = "- {id: opened, type: AccessChange, archive: some, change: opened, date: 1993}"

    report = judged(project, facts, DEAD_RULE, entities="- {id: some, type: Archive}")

    assert [rule.id for rule in report.never_matched] == ["never-at-work"]
    assert "1 rule never matched" in run("check", "facts", "rules").lines[-1]


def test_gramps_the_example_of_a_dead_rule_fails(project):
    report = judged(project, "- {id: opened, type: AccessChange, archive: some, change: opened}", DEAD_RULE, entities="- {id: some, type: Archive}")

    (result,) = run_examples(report.rules, SCHEMA)

    assert not result.passes
    assert (result.expected, result.found) == ("violated", "no instance")


def test_gramps_a_dead_rule_is_flagged_with_its_failing_example_by_the_command(project):
    judged(project, "- {id: opened, type: AccessChange, archive: some, change: opened}", DEAD_RULE, entities="- {id: some, type: Archive}")

    done = run("check", "facts", "rules")

    flagged = next(at for at, line in enumerate(done.lines) if line.startswith("never matched"))
    assert done.lines[flagged : flagged + 3] == [
        "never matched  never-at-work",
        "  never-at-work: its condition can never be true: a.change is 'closed' and 'opened'  rules/r.yaml:2",
        "  rules/r.yaml:8:7: example of never-at-work: expected violated, found no instance",
    ]


def test_gramps_testing_the_rules_flags_a_dead_one_and_fails(project):
    judged(project, "- {id: opened, type: AccessChange, archive: some, change: opened}", DEAD_RULE, entities="- {id: some, type: Archive}")

    done = run("rules", "test", "rules")

    assert (done.status, done.lines[:4]) == (1, [
        "FAILED  rules/r.yaml:8:7: example of never-at-work: expected violated, found no instance",
        "FLAW  never-at-work  its condition can never be true  rules/r.yaml:2",
        "  a.change is 'closed' and 'opened'",
        "1 rule, 1 example: 0 passed, 1 failed; 1 flaw.",
    ])  # fmt: skip


# places


def test_pyshacl_321_and_check_jsonschema_359_a_violation_has_the_file_line_and_column_of_the_value(project):
    project.write("facts/a.yaml", """
        rehabfacts: 1
        entities:
          - {id: commission, type: Body}
        facts:
          - id: created
            type: Creation
            body: commission
            date: 1995-02-03
          - id: acted
            type: Activity
            body: commission
            period:    1993/1994
        """)  # fmt: skip

    done = run("check", "facts", "--format", "json")
    (violation,) = (each for each in done.json["violations"] if each["severity"] == "error")

    assert (violation["path"], violation["line"], violation["column"]) == ("facts/a.yaml", 13, 16)
    assert {member["fact"]: (member["path"], member["line"]) for member in violation["members"]} == {
        "created": ("facts/a.yaml", 9),
        "acted": ("facts/a.yaml", 13),
    }


def test_mcp_migrate_262_a_violation_about_a_missing_fact_has_the_place_of_its_entity(project):
    project.write("facts/a.yaml", """
        rehabfacts: 1
        entities:
          - {id: commission, type: Body}
        facts:
          - {id: acted, type: Activity, body: commission}
        """)  # fmt: skip

    done = run("check", "facts", "--format", "json")
    (violation,) = (each for each in done.json["violations"] if each["rule"] == "body-has-creation")

    assert (violation["path"], violation["line"]) == ("facts/a.yaml", 4)


BROKEN = """
    rehabfacts: 1
    entities:
      - {id: commission, type: Body}
      - {id: board, type: Body}
    facts:
      - {id: created, type: Creation, body: commission, date: 1995-02-03}
      - {id: acted, type: Activity, body: commission, period: 1993/1994}
      - {id: also, type: Activity, body: board}
    """


def test_mcp_migrate_262_every_sarif_result_has_a_location_that_of_a_missing_fact_too(project):
    project.write("facts/a.yaml", BROKEN)

    (log,) = run("check", "facts", "--format", "sarif").json["runs"]
    found = {(each["ruleId"], each["locations"][0]["physicalLocation"]["region"]["startLine"]) for each in log["results"]}

    assert {("body-created-before-it-acts", 8), ("body-has-creation", 5)} <= found


def test_soda_1632_and_arelle_760_junit_and_sarif_tell_one_run_by_the_same_rule_ids(project):
    project.write("facts/a.yaml", BROKEN)

    done = run("check", "facts", "--format", "sarif", "--also", "junit=report.xml")
    failed = {case.get("name") for case in ET.parse("report.xml").iter("testcase") if case.find("failure") is not None}
    errors = {each["ruleId"] for each in done.json["runs"][0]["results"] if each["level"] == "error"}

    assert failed == errors == {"body-created-before-it-acts"}


def test_conftest_548_a_waiver_that_suppressed_nothing_is_reported_as_stale(project):
    project.write("facts/a.yaml", BROKEN.replace("1993/1994", "1996/1997"))
    project.write("facts/waivers.yaml", """
        rehabfacts: 1
        waivers:
          - {rule: body-created-before-it-acts, facts: [acted, created], clash: 1 day, reason: lost, author: Anna, until: 2027-01-31}
        """)  # fmt: skip

    done = run("check", "facts", "--today", "2026-12-01")

    assert "facts/waivers.yaml:4:5: W-WAIVER-STALE body-created-before-it-acts (acted, created) is not violated (take the waiver out)" in done.lines
