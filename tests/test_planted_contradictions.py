"""Copies of the real dataset with a planted contradiction: one for every demand of the shipped rules that has none in the town."""

import functools

import attrs
import pytest
from copies import ROOT, Project, errors, members, outcomes, run, without
from test_planted_in_the_town import PLANTS as IN_THE_TOWN

import rehabfacts
from rehabfacts.settings import Settings

RULES = rehabfacts.builtin.rules()


@attrs.frozen
class Plant:
    """What is changed (fact to its new fields), what is added, the members, and what else is then violated."""

    members: tuple[str, ...]
    changed: dict[str, dict[str, str]] = attrs.field(factory=dict)
    added: str = ""
    rules: str = ""
    beside: tuple[tuple[str, tuple[str, ...]], ...] = ()


UNTOLD = {"fact-has-quote", "body-has-creation", "cumulative-count-has-a-day", "count-for-a-period-names-it"}
"""What `members` leaves out: violations of what every planted fact breaks, and notes."""

LAW_OF_1992 = {"amending-law-2009-adopted": {"date": "1992-04-29"}}
BASIS = ("amending-law-2009-adopted", "article-28-excluded")

PLANTS = {
    "body-created-before-it-acts": Plant(
        ("interdepartmental-commission-created", "interdepartmental-commission-worked"),
        {"interdepartmental-commission-created": {"date": "1993-08-01"}},
    ),
    "body-created-before-it-meets": Plant(
        ("commission-1993-created", "planted"),
        added="- {id: planted, type: Meeting, body: commission-1993, period: 1992-05-01}",
    ),
    "body-created-before-it-speaks": Plant(
        ("commission-1993-created", "planted"),
        added="- {id: planted, type: Statement, body: commission-1993, date: 1992-05-01}",
    ),
    "body-acts-until-it-ceases": Plant(
        ("interdepartmental-commission-worked", "planted"),
        added="- {id: planted, type: Cessation, body: interdepartmental-commission, date: 2005}",
    ),
    "body-meets-until-it-ceases": Plant(
        ("planted", "session-2023"),
        added="- {id: planted, type: Cessation, body: state-commission-2023, date: 2022}",
    ),
    "body-speaks-until-it-ceases": Plant(
        ("planted", "planted-too"),
        added="""
            - {id: planted, type: Cessation, body: regional-commissions, date: 2022-05-01}
            - {id: planted-too, type: Statement, body: regional-commissions, date: 2022-06-01}""",
    ),
    "body-within-its-legal-basis": Plant(
        (*BASIS, "commission-ceased", "commission-worked-on-article-28"),
        {"commission-ceased": {"date": "2009-06-01"}},
    ),
    "body-created-under-provision-in-force": Plant(
        ("article-28-part-of-rehabilitation-law", "commission-1993-created", "commission-worked-on-article-28", "rehabilitation-law-adopted"),
        {"rehabilitation-law-adopted": {"date": "1994-04-14"}},
    ),
    "body-created-after-act-adopted": Plant(
        ("interdepartmental-commission-created", "resolution-1993-adopted"),
        {"interdepartmental-commission-created": {"date": "1993-04-01"}},
    ),
    "provision-in-force-within-act": Plant(
        (*BASIS, "article-28-part-of-rehabilitation-law", "rehabilitation-law-adopted"),
        LAW_OF_1992,
        beside=(
            ("amending-act-after-amended", ("amending-law-2009-adopted", "amending-law-2009-amends-rehabilitation-law", "rehabilitation-law-adopted")),
            ("body-within-its-legal-basis", (*BASIS, "commission-1993-created", "commission-worked-on-article-28")),
        ),
    ),
    "amending-act-after-amended": Plant(
        ("amending-law-2009-adopted", "amending-law-2009-amends-rehabilitation-law", "rehabilitation-law-adopted"),
        {"amending-law-2009-adopted": {"date": "1993-04-14"}},
    ),
    "published-after-adopted": Plant(
        ("rehabilitation-law-adopted", "rehabilitation-law-published"),
        {"rehabilitation-law-published": {"date": "1993-04-10"}},
    ),
    "issuer-exists-when-it-issues": Plant(
        ("planted", "resolution-1993-adopted"),
        added="- {id: planted, type: Cessation, body: supreme-soviet-of-the-republic, date: 1992}",
    ),
    "cessation-after-excluding-act-adopted": Plant(
        (*BASIS, "commission-ceased"),
        {"commission-ceased": {"date": "2009-04-01"}},
    ),
    "office-holder-speaks-within-holding": Plant(
        ("tugzhanov-deputy-prime-minister", "tugzhanov-reported"),
        {"tugzhanov-deputy-prime-minister": {"period": "2021-05-01/2022"}},
    ),
    "office-holder-chairs-within-holding": Plant(
        ("karin-state-counsellor", "session-2023"),
        {"karin-state-counsellor": {"period": "2023-02-01/2023-03-01"}},
    ),
    "statement-after-its-subject-created": Plant(
        ("state-commission-created", "tugzhanov-reported"),
        {"state-commission-created": {"date": "2021-05-01"}},
    ),
    "part-within-whole": Plant(
        ("planted", "planted-too", "presidium-part-of-supreme-soviet"),
        added="""
            - {id: planted, type: Cessation, body: supreme-soviet-of-the-kazakh-ssr, date: 1992}
            - {id: planted-too, type: Cessation, body: presidium-of-the-supreme-soviet, date: 1993}""",
    ),
    "organ-within-its-state": Plant(
        ("planted", "planted-too", "supreme-soviet-organ-of-kazakh-ssr"),
        added="""
            - {id: planted, type: Cessation, body: supreme-soviet-of-the-kazakh-ssr, date: 1993}
            - {id: planted-too, type: Existence, state: kazakh-ssr, period: 1936/1991-12-16}""",
    ),
    "programme-starts-within-body-lifetime": Plant(
        ("scientific-programme-developed", "state-commission-created"),
        {"scientific-programme-developed": {"date": "2020"}, "state-commission-created": {"date": "2021-02-01"}},
    ),
    "programme-subject-before-launch": Plant(
        ("scientific-programme-developed",),
        {"scientific-programme-developed": {"date": "1949"}},
    ),
    "presentation-within-meeting": Plant(
        ("collection-presented", "session-2023"),
        {"collection-presented": {"date": "2023-01-17"}},
    ),
    "mandate-over-adopted-acts": Plant(
        ("commission-1991-to-study-confiscation", "confiscation-adopted-by-committee"),
        {
            "commission-1991-to-study-confiscation": {"period": "1991-11-20/1992"},
            "confiscation-adopted-by-committee": {"date": "1992-05-01"},
        },
    ),
    "mandate-within-lifetime": Plant(
        ("commission-1993-created", "commission-1993-to-supervise"),
        {"commission-1993-to-supervise": {"period": "1992-05-01/1994"}},
    ),
    "stage-starts-after-publication": Plant(
        ("new-stage-began", "rehabilitation-law-published"),
        {"rehabilitation-law-published": {"date": "1993-05-01"}, "new-stage-began": {"date": "1993-04-20"}},
    ),
    "assessment-after-creation": Plant(
        ("commission-1991-assessed-repressions", "commission-1991-created"),
        {"commission-1991-created": {"date": "1991-12-01"}, "commission-1991-assessed-repressions": {"date": "1991-11-20"}},
    ),
    "completion-after-creation": Plant(
        ("commission-1991-created", "commission-1991-work-incomplete"),
        {"commission-1991-created": {"date": "1991-12-01"}, "commission-1991-work-incomplete": {"date": "1991-11-20"}},
    ),
    "access-changed-after-creation": Plant(
        ("archives-were-closed", "commission-1991-created"),
        {"commission-1991-created": {"date": "1991-12-01"}, "archives-were-closed": {"date": "1991-11-20"}},
    ),
    "identity-stated-once": Plant(
        ("planted", "state-commission-of-2023-is-that-of-2021"),
        added="- {id: planted, type: Identity, mention: state-commission-2023, entity: state-commission}",
    ),
    "body-has-creation": Plant(
        (),
        added="""
            entities:
              - {id: a-new-body, type: Body}
            facts:
              - {id: planted, type: Mandate, body: a-new-body, task: something}""",
    ),
    "fact-has-quote": Plant(
        ("planted",),
        added="- {id: planted, type: Mandate, body: commission-1993, task: something}",
    ),
    "cumulative-counts-never-fall": Plant(
        ("planted", "rehabilitated-by-1993"),
        added="""
            - {id: planted, type: Count, population: rehabilitated-by-prosecution-bodies, value: 60 thousand persons,
               extent: cumulative, as_of: 1995}""",
    ),
    "counts-not-negative": Plant(
        ("rehabilitated-in-2022",),
        {"rehabilitated-in-2022": {"value": "-5 persons"}},
    ),
    "counts-at-one-time-agree": Plant(
        ("planted", "planted-too"),
        added="""
            - {id: planted, type: Count, population: rehabilitated-persons, value: 340 thousand persons, extent: cumulative, as_of: 2023-01-18}
            - {id: planted-too, type: Count, population: rehabilitated-persons, value: "339,000 persons", extent: cumulative, as_of: 2023-01-18}""",
    ),
    "counts-for-one-period-agree": Plant(
        ("planted", "rehabilitated-in-2022"),
        added="- {id: planted, type: Count, population: rehabilitated-persons, value: about 250 thousand persons, extent: period, period: 2022}",
    ),
    "cumulative-count-holds-those-before": Plant(
        ("planted", "rehabilitated-in-2022"),
        added="- {id: planted, type: Count, population: rehabilitated-persons, value: 305 thousand persons, extent: cumulative, as_of: 2023-01-18}",
    ),
    "longer-period-counts-no-fewer": Plant(
        ("planted", "rehabilitated-in-2022"),
        added="- {id: planted, type: Count, population: rehabilitated-persons, value: up to 300 thousand persons, extent: period, period: 2021-01-01/2023-12-31}",
    ),
    "cumulative-count-has-a-day": Plant(
        ("planted",),
        added="- {id: planted, type: Count, population: groups-counted, value: 12, extent: cumulative}",
    ),
    "count-for-a-period-names-it": Plant(
        ("planted",),
        added="- {id: planted, type: Count, population: groups-counted, value: 12, extent: period}",
    ),
    "part-not-larger-than-whole": Plant(
        ("planted", "rehabilitated-by-1993", "rehabilitated-in-2022"),
        added="- {id: planted, type: Share, part: rehabilitated-in-2022, whole: rehabilitated-by-1993}",
    ),
    "percentage-fits-its-counts": Plant(
        ("planted", "rehabilitated-by-1993", "rehabilitated-in-2022"),
        added="- {id: planted, type: Share, part: rehabilitated-by-1993, whole: rehabilitated-in-2022, percent: 35 %}",
    ),
    "share-is-of-the-whole-that-is-broken-down": Plant(
        ("planted", "planted-too", "rehabilitated-by-1993", "rehabilitated-in-2022"),
        added="""
            - {id: planted, type: Breakdown, whole: rehabilitated-by-1993}
            - {id: planted-too, type: Share, part: rehabilitated-by-1993, whole: rehabilitated-in-2022, breakdown: planted}""",
    ),
    "parts-add-up-to-the-whole": Plant(
        ("planted", "planted-too", "rehabilitated-by-1993", "rehabilitated-in-2022"),
        added="""
            - {id: planted, type: Breakdown, whole: rehabilitated-in-2022}
            - {id: planted-too, type: Share, part: rehabilitated-by-1993, whole: rehabilitated-in-2022, breakdown: planted}""",
    ),
    "percentages-add-up-to-a-hundred": Plant(
        ("one-share", "other-share", "planted"),
        added="""
            - {id: planted, type: Breakdown, whole: rehabilitated-in-2022}
            - {id: one-part, type: Count, population: rehabilitated-persons, value: up to 300 thousand persons, extent: moment}
            - {id: other-part, type: Count, population: rehabilitated-persons, value: up to 300 thousand persons, extent: moment}
            - {id: one-share, type: Share, part: one-part, whole: rehabilitated-in-2022, percent: at least 60 %, breakdown: planted}
            - {id: other-share, type: Share, part: other-part, whole: rehabilitated-in-2022, percent: at least 60 %, breakdown: planted}""",
    ),
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Project.copied(tmp_path)


def check(*, rules=RULES, **settings):
    return rehabfacts.check("facts", rules=rules, settings=Settings(**settings))


def planted(project, plant):
    """The report on a copy with the contradiction."""
    for fact, fields in plant.changed.items():
        project.state(fact, **fields)
    if plant.added:
        project.add(plant.added)
    if not plant.rules:
        return check()
    project.write("rules/planted.yaml", plant.rules)
    return rehabfacts.check("facts", "rules")


@pytest.fixture(scope="module")
def report_of(tmp_path_factory):
    """The report on the copy with the contradiction planted for a rule; each copy is made and checked once."""

    @functools.cache
    def report(rule):
        folder = tmp_path_factory.mktemp("planted")
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            return planted(Project.copied(folder), PLANTS[rule])

    return report


def test_every_demand_has_a_planted_contradiction_and_no_other():
    assert sorted(PLANTS | IN_THE_TOWN) == sorted(rule.id for rule in RULES if not rule.mode.is_given)


@pytest.mark.parametrize("rule", PLANTS)
def test_a_planted_contradiction_is_found_with_exactly_its_members(report_of, rule):
    plant = PLANTS[rule]

    report = report_of(rule)
    found = [each for each in report if each.rule_id == rule and (plant.members or "a-new-body" in each.conflict.headline.binding)]

    assert report.complaints == ()
    assert report.is_complete, report.problems
    assert [tuple(sorted(each.conflict.facts)) for each in found] == [tuple(sorted(plant.members))]
    severity = next(each.severity for each in report.rules if each.id == rule)
    assert found[0].severity == severity
    assert report.exit_status == (1 if severity is rehabfacts.Severity.ERROR else 0)


@pytest.mark.parametrize("rule", PLANTS)
def test_a_planted_contradiction_brings_up_nothing_but_itself(report_of, rule):
    plant, report = PLANTS[rule], report_of(rule)

    own = [(rule, tuple(sorted(plant.members)))] if rule not in UNTOLD else []
    expected = [*own, *((name, tuple(sorted(facts))) for name, facts in plant.beside)]
    assert sorted(members(report)) == sorted(expected)


@pytest.mark.parametrize("rule", [rule for rule, plant in PLANTS.items() if plant.members])
def test_without_any_member_a_planted_contradiction_is_gone(report_of, rule):
    plant, report = PLANTS[rule], report_of(rule)

    for fact in plant.members:
        rest = without(report, [fact])
        left = [each for each in rest if each.rule_id == rule and set(plant.members) >= set(each.conflict.facts) > set()]
        assert left == [], f"without {fact}"


# two sources


SECOND_SOURCE = """
    rehabfacts: 1
    source: {id: a-second-source, text: second.txt, language: en}
    facts:
      - {id: created-otherwise, type: Creation, body: commission-1993, date: 1994-03, quote: The commission was created in March 1994,
         inferred: {body: The only commission of which this source tells.}}
    """


def test_two_sources_that_date_one_creation_differently_disagree_as_a_warning(project):
    project.write("facts/second.txt", "The commission was created in March 1994.\n")
    project.write("facts/second.yaml", SECOND_SOURCE)

    report = check()
    (violation,) = (each for each in report if each.severity > rehabfacts.Severity.NOTE)

    assert members(report) == [("facts-agree", ("commission-1993-created", "created-otherwise"))]
    assert str(violation.severity) == "warning"
    assert report.exit_status == 0
    assert check(threshold="warning").exit_status == 1


def test_what_is_quoted_is_judged_also_for_facts_that_disagree(project):
    project.write("facts/second.txt", "The commission was created in March 1994.\n")
    project.write("facts/second.yaml", SECOND_SOURCE)

    report = check()

    bound = {(each.rule.id, outcome.value) for each, outcome in report.outcomes.items() if "created-otherwise" in each.facts}
    assert bound >= {("quote-in-source", "satisfied"), ("stated-in-quote", "satisfied")}
    assert {outcome for _, outcome in bound} == {"satisfied"}


def test_one_source_that_dates_one_creation_in_two_ways_contradicts_itself(project):
    project.add("- {id: created-otherwise, type: Creation, body: commission-1993, date: 1994-03}")
    project.replace("rehabfacts: 1\n", "rehabfacts: 1\nsource: kz-article\n", path="facts/planted.yaml")

    report = check()

    assert errors(report) == [("facts-agree", ("commission-1993-created", "created-otherwise"))]
    assert report.exit_status == 1


def test_two_sources_that_date_one_creation_alike_agree(project):
    project.add("- {id: created-in-autumn, type: Creation, body: commission-1993, date: 1993-09}")

    report = check()

    assert members(report) == []
    assert report.exit_status == 0


# more than one conflict


def test_a_commission_that_acts_before_its_creation_is_told_at_the_value_that_was_changed(project):
    project.state("interdepartmental-commission-created", date="1993-08-01")

    done = run("check")

    first = done.lines[0]
    assert done.status == 1
    assert first.startswith(f"facts/kz.yaml:{project.line_of('interdepartmental-commission-worked', 'period')}:13  VIOLATED  body-created-before-it-acts")
    assert any("13 days" in line for line in done.lines[:6])


def test_a_fall_in_a_cumulative_count_names_both_counts(project):
    project.add(
        "- {id: later, type: Count, population: rehabilitated-by-prosecution-bodies, value: 60 thousand persons, extent: cumulative, as_of: 1995}"
    )

    report = check()

    assert errors(report) == [("cumulative-counts-never-fall", ("later", "rehabilitated-by-1993"))]
    assert report.exit_status == 1


def test_a_fall_in_a_cumulative_count_tells_how_far_it_falls(project):
    project.add(
        "- {id: later, type: Count, population: rehabilitated-by-prosecution-bodies, value: 60 thousand persons, extent: cumulative, as_of: 1995}"
    )

    done = run("check")

    assert done.status == 1
    assert "cumulative-counts-never-fall" in done.lines[0]
    # "75 thousand" is at least 74,500 and "60 thousand" at most 60,499
    assert any("14,001" in line for line in done.lines[:6])


def test_two_contradictions_are_both_told(project):
    project.state("collection-presented", date="2023-01-17")
    project.state("commission-ceased", date="2009-06-01")

    report = check()

    assert sorted(rule for rule, _ in errors(report)) == ["body-within-its-legal-basis", "presentation-within-meeting"]


def test_conflicts_that_share_a_fact_are_one_story(project):
    project.state("amending-law-2009-adopted", date="1992-04-29")

    done = run("check")

    assert done.status == 1
    assert any(line.startswith("  and 2 more that end if amending-law-2009-adopted changes:") for line in done.lines)


# what is doubtful, alleged or denied


def late_cessation(**more):
    fields = {"date": "2009-06-01", **more}
    told = ", ".join(f"{name}: {value}" for name, value in fields.items())
    return f"- {{id: late, type: Cessation, body: commission-1993, {told}}}"


DOUBTS = {"a date marked ?": {"date": "2009-06-01?"}, "an alleged fact": {"status": "alleged"}}


@pytest.mark.parametrize("doubt", DOUBTS.values(), ids=DOUBTS.keys())
def test_what_only_doubtful_facts_contradict_is_reported_and_does_not_fail_the_run(project, doubt):
    project.add(late_cessation(**doubt))

    report = check()
    (violation,) = (each for each in report if each.severity is rehabfacts.Severity.ERROR)

    assert violation.is_doubtful
    assert (violation.rule_id, "late" in violation.conflict.facts) == ("body-within-its-legal-basis", True)
    assert report.exit_status == 0
    assert outcomes(report, "body-within-its-legal-basis") == {"open": 1}
    assert "DOUBTFUL  body-within-its-legal-basis" in run("check").out


@pytest.mark.parametrize("doubt", DOUBTS.values(), ids=DOUBTS.keys())
def test_the_settings_let_doubtful_facts_fail_the_run_or_ignore_them(project, doubt):
    project.add(late_cessation(**doubt))

    assert check(doubtful="fail").exit_status == 1
    ignoring = check(doubtful="ignore")
    assert (errors(ignoring), ignoring.exit_status) == ([], 0)


@pytest.mark.parametrize("status", ["stated", "reported"])
def test_stated_and_reported_facts_count_alike(project, status):
    project.add(late_cessation(status=status))

    report = check()

    assert [rule for rule, _ in errors(report)] == ["body-within-its-legal-basis"]
    assert report.exit_status == 1


@pytest.mark.parametrize("status", ["denied", "superseded"])
def test_denied_and_superseded_facts_bind_nothing(project, status):
    project.add(late_cessation(status=status))

    report = check()

    assert errors(report) == []
    assert report.exit_status == 0


def test_a_doubtful_fact_does_not_hide_a_certain_contradiction(project):
    project.add(late_cessation(date="2009-06-01?"))
    project.state("collection-presented", date="2023-01-17")

    report = check()

    assert [(rule, violation.is_doubtful) for violation in report if (rule := violation.rule_id) in {"presentation-within-meeting", "body-within-its-legal-basis"}] == [
        ("presentation-within-meeting", False),
        ("body-within-its-legal-basis", True),
    ]
    assert report.exit_status == 1


# readings


def hold(project, reading):
    """Holds another reading of sentence 10, or none."""
    text = project.facts.replace("      - reading: of-1993\n        held: true\n", "      - reading: of-1993\n")
    if reading:
        text = text.replace(f"      - reading: {reading}\n", f"      - reading: {reading}\n        held: true\n")
    project.write("facts/kz.yaml", text)


def verdicts(report):
    return {
        each.reading: (each.is_held, "refuted" if each.is_refuted else "possible")
        for each in report.readings
        if each.ambiguity == "commission-of-sentence-10"
    }


def test_a_held_reading_that_is_refuted_names_the_possible_one_as_the_way_out(project):
    hold(project, "interdepartmental")
    project.state("amending-law-2009-adopted", date="1999-04-29")

    report = check()
    (violation,) = (each for each in report if each.severity is rehabfacts.Severity.ERROR)

    assert verdicts(report) == {"of-1993": (False, "possible"), "interdepartmental": (True, "refuted")}
    assert violation.rule_id == "body-within-its-legal-basis"
    assert violation.way_out == ("commission-of-sentence-10=of-1993",)
    assert report.exit_status == 1
    assert "  Way out: another reading is possible: commission-of-sentence-10=of-1993" in run("check").lines


def test_with_no_reading_held_one_that_is_refuted_is_no_violation(project):
    hold(project, None)
    project.state("amending-law-2009-adopted", date="1999-04-29")

    report = check()

    assert verdicts(report) == {"of-1993": (False, "possible"), "interdepartmental": (False, "refuted")}
    assert errors(report) == []
    assert report.exit_status == 0


def test_with_no_reading_held_bounds_are_the_hull_over_the_possible_ones(project):
    hold(project, None)

    report = check()
    (bound,) = (each for each in report.bounds("commission-1993") if each.name == "lifetime.start")

    assert verdicts(report) == {"of-1993": (False, "possible"), "interdepartmental": (False, "possible")}
    assert bound.tightened == bound.stated
    assert report.exit_status == 0


def test_what_no_reading_avoids_is_a_violation(project):
    hold(project, None)
    project.state("commission-ceased", date="2009-06-01")

    report = check()

    assert verdicts(report) == {"of-1993": (False, "refuted"), "interdepartmental": (False, "refuted")}
    assert [rule for rule, _ in errors(report)] == ["some-reading-holds", "body-within-its-legal-basis"]
    assert report.exit_status == 1


def test_a_held_reading_that_is_refuted_has_no_way_out_where_the_other_is_refuted_too(project):
    project.state("commission-ceased", date="2009-06-01")

    report = check()
    (violation,) = (each for each in report if each.severity is rehabfacts.Severity.ERROR)

    assert verdicts(report) == {"of-1993": (True, "refuted"), "interdepartmental": (False, "refuted")}
    assert violation.way_out == ()


# every format tells every violation


@pytest.mark.parametrize("format_", ["text", "json", "markdown"])
def test_each_format_names_the_rule_and_every_member(project, format_):
    project.state("commission-ceased", date="2009-06-01")

    done = run("check", "--format", format_)

    assert done.status == 1
    for text in ("body-within-its-legal-basis", "33 days", "стаття 28, на підставі якої працювала комісія", "commission-1993 ceased on 2009-06-01"):
        assert text in done.out
    assert ROOT.as_posix() not in done.out
