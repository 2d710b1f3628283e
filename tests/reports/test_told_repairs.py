"""How it is told what would end a conflict: one line a member, exact, in the precision in which the value was written."""

import json

import pytest
from copies import run

import rehabfacts
from rehabfacts import reports
from rehabfacts.checker.judging.repairs import find_repairs
from rehabfacts.reports.repairs import iter_all_repairs, iter_repairs

HEAD = """
    rehabfacts: 1
    entities:
      - {id: b, type: Body}
      - {id: c, type: Body}
      - {id: n, type: Population}
    facts:
"""
CREATED = "id: created, type: Creation, body: b, date: {}"
MET = "id: met, type: Meeting, body: b, period: {}"


def violation(project, facts, rules=""):
    """The one conflict over times or numbers."""
    project.write("facts/facts.yaml", HEAD + "".join(f"      - {{{each}}}\n" for each in facts))
    if rules:
        project.write("rules/rules.yaml", rules)
    report = rehabfacts.check(*(["facts", "rules"] if rules else ["facts"]))
    (found,) = (each for each in report if not each.is_written)
    return found


def lines(project, facts, rules=""):
    found = violation(project, facts, rules)
    return list(iter_repairs(find_repairs(found.world.grounding, found.conflict)))


MEETS_WITHIN = "- {{id: r, for: {{m: Meeting}}, require: '{}'}}\n"


@pytest.mark.parametrize(
    ("facts", "rules", "told"),
    [
        ([CREATED.format("1993"), MET.format("1992-12-31")], "", [
            "created.date: 1993 → any date up to 1992-12-31 (1 day earlier)",
            "met.period: 1992-12-31 → 1993-01-01 or later (1 day later)",
        ]),
        ([CREATED.format("1993~"), MET.format("1991")], "", [
            "created.date: 1993~ → any date up to 1991-01-01 (365 days earlier than ~ allows)",
            "met.period: 1991 → moved, as long as it is, to start on 1992-01-01 or later (365 days later)",
        ]),
        ([CREATED.format("1917-10-25, calendar: julian"), MET.format("1917-11-01")], "", [
            "created.date: 1917-10-25 (Julian) → 1917-10-19 (Julian, 1917-11-01 Gregorian) or earlier (6 days earlier)",
            "met.period: 1917-11-01 → 1917-11-07 or later (6 days later)",
        ]),
        ([MET.format("1993-05-01")], MEETS_WITHIN.format("m.period within 1993-03"), ["met.period: 1993-05-01 → a day from 1993-03-01 to 1993-03-31 (31 days earlier)"]),
        ([MET.format("1993-05-01")], MEETS_WITHIN.format("m.period within 1993-03-01 or m.period.start >= 1993-06"), [
            "met.period: 1993-05-01 → 1993-03-01, or 1993-06-01 or later (31 days later)",
        ]),
    ],
)  # fmt: skip
def test_days_and_vaguer_dates_each_have_their_wording(project, facts, rules, told):
    assert lines(project, facts, rules) == told


def test_an_end_of_a_period_has_its_own_wording(project):
    assert lines(project, [CREATED.format("1993"), "id: acted, type: Activity, body: b, period: 1992/1995-06-30"]) == [
        "created.date: 1993 → any date up to 1992-12-31 (1 day earlier)",
        "acted.period: 1992/1995-06-30 → starts on any date from 1993-01-01 to 1995-06-30 (1 day later)",
    ]


COUNT = "id: {}, type: Count, population: n, value: {}, extent: moment, as_of: 1995-01-01"


def test_numbers_are_told_in_their_unit(project):
    assert lines(project, [COUNT.format("many", "75 thousand persons"), COUNT.format("few", '"70,000 persons"')])[:2] == [
        "many.value: 75 thousand persons → 70,000 persons (4,500 less)",
        "few.value: 70,000 persons → 74,500 to 75,499 persons (4,500 more)",
    ]


SHARES = """
    rehabfacts: 1
    entities: [{id: n, type: Population}, {id: men, type: Population}, {id: women, type: Population}]
    facts:
      - {id: all, type: Count, population: n, value: 103 thousand persons, extent: period, period: 1937}
      - {id: some, type: Count, population: men, value: up to 90 thousand persons, extent: period, period: 1937}
      - {id: others, type: Count, population: women, value: up to 90 thousand persons, extent: period, period: 1937}
      - {id: by-sex, type: Breakdown, whole: all}
      - {id: s1, type: Share, part: some, whole: all, breakdown: by-sex, percent: exactly 70 %}
      - {id: s2, type: Share, part: others, whole: all, breakdown: by-sex, percent: exactly 25.5 %}
"""


def test_percentages_are_told_in_per_cent(project):
    project.write("facts/facts.yaml", SHARES)
    report = rehabfacts.check("facts")
    (found,) = (each for each in report if each.rule_id == "percentages-add-up-to-a-hundred")

    assert list(iter_repairs(find_repairs(found.world.grounding, found.conflict))) == [
        "s1.percent: exactly 70 % → 74.5 % (4.5 percentage points more)",
        "s2.percent: exactly 25.5 % → 30 % (4.5 percentage points more)",
        "or this fact does not hold as it stands: by-sex",
    ]
    assert "  They clash by 4.5 percentage points. One of these must give way." in reports.write(report, "text").splitlines()


def chain(length):
    """Meetings of bodies one after the other, but the first is dated after the last."""
    entities = "".join(f"      - {{id: b{at}, type: Body}}\n" for at in range(length))
    days = {0: ", period: 1993-05-01", length - 1: ", period: 1993-04-01"}
    facts = "".join(f"      - {{id: m{at}, type: Meeting, body: b{at}{days.get(at, '')}}}\n" for at in range(length))
    links = "".join(f"      - {{id: s{at}, type: Subdivision, part: b{at}, whole: b{at + 1}}}\n" for at in range(length - 1))
    return f"\n    rehabfacts: 1\n    entities:\n{entities}    facts:\n{facts}{links}"


AFTER = """
    - id: whole-after-part
      says: The whole meets after its part.
      for: {s: Subdivision, one: Meeting, two: Meeting}
      where: one.body = s.part and two.body = s.whole
      require: one.period.end < two.period.start
    """


def told_of_chain(project, length, *arguments):
    project.write("facts/facts.yaml", chain(length))
    project.write("rules/rules.yaml", AFTER)
    return run(*arguments)


def test_of_a_conflict_of_many_members_five_of_each_kind_are_told(project):
    text = told_of_chain(project, 9, "check").lines
    at = next(at for at, line in enumerate(text) if line.endswith("One of these must give way."))

    assert text[at : at + 5] == [
        "  They clash by 38 days. One of these must give way.",
        "    m0.period: 1993-05-01 → 1993-03-24 or earlier (38 days earlier)",
        "    m8.period: 1993-04-01 → 1993-05-09 or later (38 days later)",
        "    or one of these facts does not hold as it stands: s0, m1, s1, m2, s2 … 10 more",
        "",
    ]


def test_of_a_conflict_of_too_many_members_it_is_said_that_nothing_was_looked_for(project):
    text = told_of_chain(project, 40, "check").out

    assert "    What would end it is looked for in conflicts of up to 60 members.\n" in text


LATE = [CREATED.format("1993"), MET.format("1992-05-01")]


def test_the_text_report_tells_them_under_the_conflict(project):
    violation(project, LATE)

    assert run("check", "facts").lines[:7] == [
        "facts/facts.yaml:9:47  VIOLATED  body-created-before-it-meets  A body must be created before it meets.  [c8da2b96]",
        "  b was created in 1993  facts/facts.yaml:8  (no quote)",
        "  b met on 1992-05-01    facts/facts.yaml:9  (no quote)",
        "  by: creation-starts-lifetime",
        "  They clash by 245 days. One of these must give way.",
        "    created.date: 1993 → any date up to 1992-05-01 (245 days earlier)",
        "    met.period: 1992-05-01 → 1993-01-01 or later (245 days later)",
    ]


def test_markdown_lists_them_without_markup_of_theirs(project):
    violation(project, LATE)
    text = run("check", "facts", "--format", "markdown").lines
    at = text.index("What would end it, each alone:")

    assert text[at : at + 4] == [
        "What would end it, each alone:",
        "",
        "- created.date&#58; 1993 → any date up to 1992-05-01 &#40;245 days earlier&#41;",
        "- met.period&#58; 1992-05-01 → 1993-01-01 or later &#40;245 days later&#41;",
    ]


def test_the_json_report_holds_them_as_data(project):
    violation(project, LATE)
    document = json.loads(run("check", "facts", "--format", "json").out)
    (told,) = (each["repairs"] for each in document["violations"] if "repairs" in each)

    assert told == {
        "skipped": False,
        "changes": [
            {"fact": "created", "variable": "date", "stated": "1993", "allowed": [[None, "1992-05-01"]], "whole": True, "change": -245, "unit": "days",
             "widened": False, "moved": False, "nearest": "1992-05-01"},
            {"fact": "met", "variable": "period", "stated": "1992-05-01", "allowed": [["1993-01-01", None]], "whole": True, "change": 245, "unit": "days",
             "widened": False, "moved": False, "nearest": "1993-01-01"},
        ],
        "facts": [], "conventions": [], "undecided": [],
    }  # fmt: skip


def test_explain_tells_every_change_and_how_to_try_it(project):
    found = violation(project, LATE)
    text = run("explain", found.id, "--in", "facts").lines

    assert text[text.index("What would end it, each alone:") :] == [
        "What would end it, each alone:",
        "  created.date: 1993 → any date up to 1992-05-01 (245 days earlier)",
        "    try --set created.date=1992-05-01",
        "  met.period: 1992-05-01 → 1993-01-01 or later (245 days later)",
        "    try --set met.period=1993-01-01",
    ]


def test_a_notation_with_spaces_is_quoted_for_the_shell(project):
    found = violation(project, [COUNT.format("many", "75 thousand persons"), COUNT.format("few", '"70,000 persons"')])

    assert "  try --set 'many.value=70000 persons'" in list(iter_all_repairs(find_repairs(found.world.grounding, found.conflict)))


def test_values_of_which_it_was_not_worked_out_are_named(project):
    entities = "".join(f"      - {{id: b{at}, type: Body}}\n" for at in range(6))
    facts = "".join(f"      - {{id: m{at}, type: Meeting, body: b{at}, period: '[1993-05-01..1993-05-05]'}}\n" for at in range(6))
    project.write("facts/facts.yaml", f"\n    rehabfacts: 1\n    entities:\n{entities}    facts:\n{facts}")
    project.write("rules/rules.yaml", """
        - id: apart
          for: {a: Meeting, b: Meeting}
          where: a != b
          require: a.period.start != b.period.start
        """)  # fmt: skip

    assert "    not worked out, for too many cases: m0.period, m1.period, m2.period, m3.period, m4.period, m5.period" in run("check").lines
