"""How conflicts are told: what is doubtful and why, by how much they clash, which others end with the same fact."""

from types import SimpleNamespace

import pytest
from copies import run
from hypothesis import given
from hypothesis import strategies as st

import rehabfacts
from rehabfacts.checker.stories import group, tell

HEAD = """
    rehabfacts: 1
    entities:
      - {id: b, type: Body}
      - {id: ann, type: Person}
      - {id: n, type: Population}
    facts:
      - {id: created, type: Creation, body: b, date: 1895~}
"""


def stories(project, *facts):
    project.write("facts.yaml", HEAD + "".join(f"      - {{{each}}}\n" for each in facts))
    return [tell(each) for each in rehabfacts.check("facts.yaml") if not each.is_written]


MET = "id: {}, type: Meeting, body: b, period: {}"


def test_a_doubtful_conflict_names_what_makes_it_so(project):
    told = stories(project, MET.format("certain", "1892-03-14"), MET.format("maybe", "1893-05-01?"), MET.format("said", "1890-01-01, status: alleged, according_to: ann"))

    assert [(story.violation.is_doubtful, story.doubt) for story in told] == [
        (False, ""), (True, "Doubtful: maybe is marked ?."), (True, "Doubtful: said is alleged."),
    ]  # fmt: skip


def test_doubtful_conflicts_that_share_a_fact_with_a_certain_one_are_marked(project):
    stories(project, MET.format("certain", "1892-03-14"), MET.format("maybe", "1893-05-01?"))
    lines = run("check", "facts.yaml").lines

    assert "    [6879eec1] doubtful  body-created-before-it-meets: created, maybe" in lines


def test_a_doubtful_conflict_alone_is_told_as_one(project):
    stories(project, MET.format("maybe", "1893-05-01?"))
    lines = run("check", "facts.yaml").lines

    assert "  DOUBTFUL  body-created-before-it-meets" in lines[0]
    assert "  Doubtful: maybe is marked ?." in lines


def test_a_day_is_told_as_one_and_a_time_as_one(project):
    told = stories(project, MET.format("m", "1892-03-14"), MET.format("k", "1892-03-14/1892-03-16"))

    assert [member.says for story in told for member in story.members if member.id != "created"] == ["b met over 1892-03-14/1892-03-16", "b met on 1892-03-14"]


COUNT = "id: {}, type: Count, population: n, value: {}, extent: moment, as_of: 1995-01-01"


@pytest.mark.parametrize(
    ("one", "two", "clash"),
    [
        ("70 persons", "75 persons", "They clash by 5 persons."),
        ("74 persons", "75 persons", "They clash by 1 unit."),
        ("70", "75", "They clash by 5 units."),
        ("70 persons", "75 souls", "They clash by 5 units."),
    ],
)
def test_numbers_clash_in_their_unit_if_they_share_one(project, one, two, clash):
    (told,) = stories(project, COUNT.format("one", one), COUNT.format("two", two))

    assert told.clash == clash


def test_what_would_settle_a_number_is_told_as_a_number(project):
    stories(project, COUNT.format("few", "up to 5 persons"))

    assert "open  counts-not-negative (few): settled by few value at least 0" in run("check", "facts.yaml").lines


OPEN = """
    - id: two-meetings
      for: {c: Creation}
      over: {m: Meeting, where: m.body = c.body and m.period.start <= c.date}
      require: count m = 2
    - id: meets-while-it-is-founded
      for: {c: Creation, m: Meeting}
      where: m.body = c.body
      require: c.date within m.period
    """


def test_what_would_settle_is_told_of_every_open_inequality_and_not_where_it_depends(project):
    project.write("rules.yaml", OPEN)
    stories(project, MET.format("met", "1895-03-01/1895-05-31"), MET.format("again", "1895-04-01/1895-04-30"))

    lines = [line for line in run("check", "facts.yaml", "rules.yaml").lines if line.startswith("open")]

    assert lines == [
        ("open  meets-while-it-is-founded (created, again): settled by created date not before 1895-04-01, or again period.start not after 1894-01-01; "
        "and again period.end not before 1896-12-31, or created date not after 1895-04-30"),
        ("open  meets-while-it-is-founded (created, met): settled by created date not before 1895-03-01, or met period.start not after 1894-01-01; "
        "and met period.end not before 1896-12-31, or created date not after 1895-05-31"),
        "open  two-meetings (created)",
    ]


def test_nothing_settles_for_sure_what_can_hold_in_several_ways(project):
    project.write("rules.yaml", """
    - id: meets-before-or-after
      for: {c: Creation, m: Meeting}
      where: m.body = c.body
      require: c.date < m.period.start or c.date > m.period.end
    """)
    stories(project, MET.format("met", "1895-03-01/1895-05-31"))

    assert "open  meets-before-or-after (created, met)" in run("check", "facts.yaml", "rules.yaml").lines


def violation(facts):
    return SimpleNamespace(conflict=SimpleNamespace(facts=facts))


def told_greedily(violations):
    """The same by looking through all that is left again and again."""
    left, found = list(violations), []
    while left:
        tally = {name: sum(name in each.conflict.facts for each in left) for each in left for name in each.conflict.facts}
        shared = min(tally, key=lambda name: (-tally[name], name), default="")
        together = [each for each in left if shared in each.conflict.facts]
        if len(together) < 2:
            return found + [(each, "", []) for each in left]
        found.append((together[0], shared, together[1:]))
        left = [each for each in left if shared not in each.conflict.facts]
    return found


@given(st.lists(st.frozensets(st.sampled_from("abcdefg"), max_size=4).map(sorted).map(tuple).map(violation), max_size=9))
def test_conflicts_are_told_together_by_the_fact_that_most_of_those_left_share(violations):
    assert group(violations) == told_greedily(violations)
