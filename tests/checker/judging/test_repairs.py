"""What would end a conflict: for each member the smallest change of it alone, found and never applied."""

from pathlib import Path

import pytest
from copies import Project, run

import rehabfacts
from rehabfacts.calendars import iso
from rehabfacts.checker.judging.repairs import find_repairs

HEAD = """
    rehabfacts: 1
    entities:
      - {id: b, type: Body}
      - {id: c, type: Body}
      - {id: n, type: Population}
    facts:
"""


def repairs(project, facts, rules=""):
    """The repairs of the one conflict over times or numbers."""
    project.write("facts/facts.yaml", HEAD + "".join(f"      - {{{each}}}\n" for each in facts))
    if rules:
        project.write("rules/rules.yaml", rules)
    report = rehabfacts.check(*(["facts", "rules"] if rules else ["facts"]))
    assert report.problems == ()
    (violation,) = (each for each in report if not each.is_written)
    return find_repairs(violation.world.grounding, violation.conflict)


def told(repairs):
    """Fact, variable, what is allowed, by how much it changes, and a notation that would do."""
    return [
        (each.fact, each.variable, tuple(tuple(None if end is None else end if each.is_quantity else iso(end) for end in span) for span in each.allowed), each.change, each.nearest)
        for each in repairs.changes
    ]


CREATED = "id: created, type: Creation, body: b, date: {}"
MET = "id: met, type: Meeting, body: b, period: {}"


def test_each_end_of_a_chain_may_move_to_the_other(project):
    found = repairs(project, [CREATED.format("1993"), MET.format("1992-05-01")])

    assert told(found) == [
        ("created", "date", ((None, "1992-05-01"),), -245, "1992-05-01"),
        ("met", "period", (("1993-01-01", None),), 245, "1993-01-01"),
    ]
    assert (found.facts, found.conventions, found.undecided, found.is_skipped) == ((), (), (), False)


def test_a_change_is_counted_from_the_width_of_about(project):
    found = repairs(project, [CREATED.format("1993~"), MET.format("1991-05-01")])

    assert told(found)[0] == ("created", "date", ((None, "1991-05-01"),), -245, "1991-05-01")
    assert [each.is_widened for each in found.changes] == [True, False]


def test_one_end_of_a_period_changes_and_the_other_stays(project):
    found = repairs(project, [CREATED.format("1993-08-01"), "id: acted, type: Activity, body: b, period: 1993-07-19/2006-01-09"])

    assert told(found) == [
        ("created", "date", ((None, "1993-07-19"),), -13, "1993-07-19"),
        ("acted", "period.start", (("1993-08-01", "2006-01-09"),), 13, "1993-08-01/2006-01-09"),
    ]


def test_a_period_of_which_no_end_alone_would_do_is_moved_and_stays_as_long(project):
    found = repairs(project, [CREATED.format("1995-05-01"), "id: acted, type: Activity, body: b, period: 1993-01-01/1993-12-31"], """
        - id: acts-after-creation
          for: {c: Creation, a: Activity}
          where: c.body = a.body
          require: a.period.start >= c.date
        """)  # fmt: skip

    assert told(found) == [
        ("created", "date", ((None, "1993-01-01"),), -850, "1993-01-01"),
        ("acted", "period", (("1995-05-01", None),), 850, "1995-05-01/1996-04-29"),
    ]
    assert [each.is_moved for each in found.changes] == [False, True]


ENTITIES = """
    rehabfacts: 1
    entities:
      - {id: law, type: Act}
      - {id: article, type: Provision}
"""


def test_facts_without_a_value_can_only_go_and_conventions_only_be_switched_off(project):
    project.write("facts/entities.yaml", ENTITIES)
    found = repairs(project, [
        "id: adopted, type: Adoption, act: law, date: 1994-04-14", "id: part, type: PartOf, part: article, whole: law",
        "id: worked, type: Enablement, body: b, provision: article", CREATED.format("1993"),
    ])  # fmt: skip

    assert told(found) == [
        ("adopted", "date", ((None, "1993-12-31"),), -104, "1993-12-31"),
        ("created", "date", (("1994-04-14", None),), 104, "1994-04-14"),
    ]
    assert (found.facts, found.conventions) == (("part", "worked"), ("act-works-from-adoption",))


COUNT = "id: {}, type: Count, population: n, value: {} thousand persons, extent: cumulative, as_of: {}"


def test_numbers_change_in_units_and_come_before_the_days_that_would_do_too(project):
    found = repairs(project, [COUNT.format("first", 75, 1993), COUNT.format("later", 60, 1995)])

    assert told(found) == [
        ("later", "value", ((74_500, None),), 14_001, "74500 persons"),
        ("first", "value", ((None, 60_499),), -14_001, "60499 persons"),
        ("later", "as_of", ((None, "1993-12-31"),), -366, "1993-12-31"),
        ("first", "as_of", (("1995-01-01", None),), 366, "1995-01-01"),
    ]


def test_of_several_ranges_each_is_told(project):
    found = repairs(project, ["id: m, type: Meeting, body: b, period: 1993-05-01"], """
        - id: met-in-spring-or-autumn
          for: {m: Meeting}
          require: m.period within 1993-03 or m.period within 1993-09
        """)  # fmt: skip

    assert told(found) == [("m", "period", (("1993-03-01", "1993-03-31"), ("1993-09-01", "1993-09-30")), -31, "1993-03-31")]
    assert found.changes[0].is_whole


def test_of_many_ranges_the_nearest_are_told_and_that_there_are_more(project):
    months = " or ".join(f"m.period within 19{year}-05" for year in (80, 85, 90, 95))
    found = repairs(project, ["id: m, type: Meeting, body: b, period: 1993-05-01"], f"""
        - id: met-in-some-may
          for: {{m: Meeting}}
          require: {months}
        """)  # fmt: skip

    assert told(found)[0][2] == (("1985-05-01", "1985-05-31"), ("1990-05-01", "1990-05-31"), ("1995-05-01", "1995-05-31"))
    assert not found.changes[0].is_whole


def test_where_months_on_a_circle_leave_days_out_the_nearest_are_told(project):
    found = repairs(project, ["id: x, type: Meeting, body: b, period: 1993-02-10", "id: y, type: Meeting, body: c, period: 1993-03-30"], """
        - id: a-month-later
          for: {x: Meeting, y: Meeting}
          where: x.body = 'b' and y.body = 'c'
          require: y.period.start = x.period.start + 1 month
        """)  # fmt: skip

    assert told(found) == [("y", "period", (("1993-03-10", "1993-03-10"),), -20, "1993-03-10")]


def test_a_fact_on_a_set_of_days_can_be_on_one_between_them(project):
    found = repairs(project, ["id: created, type: Creation, body: b, date: '[1993-05-01,1993-05-20]'"], """
        - id: created-in-the-second-week
          for: {c: Creation}
          require: c.date >= 1993-05-08 and c.date <= 1993-05-14
        """)  # fmt: skip

    assert told(found) == [("created", "date", (("1993-05-08", "1993-05-14"),), -6, "1993-05-14")]


def test_nothing_is_looked_for_in_conflicts_of_many_members(project):
    days = [f"id: m{at}, type: Meeting, body: b{at}" for at in range(40)]
    entities = "".join(f"      - {{id: b{at}, type: Body}}\n" for at in range(40))
    project.write("facts/entities.yaml", "\n    rehabfacts: 1\n    entities:\n" + entities)
    links = [f"id: o{at}, type: Subdivision, part: b{at}, whole: b{(at + 1) % 40}" for at in range(39)]
    found = repairs(project, [*days, *links], """
        - id: part-after-whole
          for: {s: Subdivision, one: Meeting, two: Meeting}
          where: one.body = s.part and two.body = s.whole
          require: one.period.start + 1 day <= two.period.start
        - id: and-back
          for: {one: Meeting, two: Meeting}
          where: one.body = 'b39' and two.body = 'b0'
          require: one.period.start + 1 day <= two.period.start
        """)  # fmt: skip

    assert (found.is_skipped, found.changes, found.facts) == (True, (), ())


def test_a_conflict_in_what_is_written_has_no_values_to_change(project):
    project.write("facts/facts.yaml", HEAD + "      - {id: m, type: Mandate, body: b, task: something}\n")
    report = rehabfacts.check("facts")

    for violation in report:
        assert find_repairs(violation.world.grounding, violation.conflict).changes == ()


# on the real dataset


@pytest.fixture
def late(tmp_path, monkeypatch):
    """A copy of the real dataset in which the commission ceases on 1 June 2009, and the repairs of that."""
    monkeypatch.chdir(tmp_path)
    project = Project.copied(tmp_path)
    project.state("commission-ceased", date="2009-06-01")
    report = rehabfacts.check("facts", "rules")
    (violation,) = (each for each in report if each.rule_id == "body-within-its-legal-basis")
    return violation, find_repairs(violation.world.grounding, violation.conflict)


def test_each_change_that_is_proposed_makes_the_planted_conflict_vanish(late):
    _, found = late

    assert told(found) == [
        ("commission-ceased", "date", ((None, "2009-04-29"),), -33, "2009-04-29"),
        ("amending-law-2009-adopted", "date", (("2009-06-01", None),), 33, "2009-06-01"),
    ]
    for each in found.changes:
        lines = run("whatif", "--set", f"{each.fact}.{each.field}={each.nearest}").lines
        assert [line.split("  ")[2] for line in lines if line.startswith("vanishes")] == ["body-within-its-legal-basis"]
        assert [line for line in lines if line.startswith(("appears", "changes"))] == []


@pytest.mark.parametrize(("fact", "text"), [("commission-ceased", "2009-04-30"), ("amending-law-2009-adopted", "2009-05-31")])
def test_a_change_that_is_a_day_smaller_leaves_it(late, fact, text):
    assert "vanishes" not in run("whatif", "--set", f"{fact}.date={text}").out


def test_without_one_of_the_facts_that_would_have_to_go_it_vanishes(late):
    _, found = late

    assert found.facts == ("commission-worked-on-article-28", "article-28-excluded")
    for fact in found.facts:
        assert "vanishes  error  body-within-its-legal-basis" in run("whatif", "--drop", fact).out


def test_without_one_of_the_conventions_it_is_not_there(late):
    _, found = late

    assert found.conventions == ("act-works-from-adoption", "excluded-provision-in-force-through")
    for rule in found.conventions:
        done = run("check", "--without", rule)
        assert (done.status, "VIOLATED" in done.out) == (0, False)


def test_nothing_is_applied_by_itself(late):
    violation, _ = late

    assert str(violation.world.dataset.facts["commission-ceased"].date) == "2009-06-01"
    assert "date: 2009-06-01" in Path("facts/kz.yaml").read_text(encoding="utf-8")


def test_nothing_is_told_where_values_decide_which_records_are_meant(project):
    found = repairs(
        project,
        ["id: one, type: Meeting, body: b, period: 2000-01-01", "id: two, type: Meeting, body: b, period: 2000-06-29", "id: made, type: Creation, body: b, date: 2000-06-30"],
        rules="""
            - id: meetings-are-near
              for: {c: Creation}
              over: {m: Meeting, where: m.body = c.body and m.period.start <= c.date}
              require: min m.period.start >= c.date - 10 days
        """,
    )

    assert (found.changes, found.facts) == ((), ())
