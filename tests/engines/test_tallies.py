"""Tallies: which choices are written out, and what is told where there are too many."""

from itertools import product

import pytest

import rehabfacts
from rehabfacts.engines import memory
from rehabfacts.engines.tallies import (
    ALWAYS,
    MOST_WAYS,
    NEVER,
    WaysLimitError,
    all_of,
    any_of,
    choices_by_size,
    together,
)
from rehabfacts.settings import Settings

SOME = [[(1, 2, 3, 0, False)]]


@pytest.mark.parametrize("sizes", [each for count in range(4) for each in product([ALWAYS, NEVER, SOME], repeat=count + 1)])
def test_the_choices_hold_for_exactly_the_numbers_for_which_the_demand_does(sizes):
    open_ = range(len(sizes) - 1)
    choices = list(choices_by_size(open_, sizes))
    for meant in product([False, True], repeat=len(open_)):
        inside = {each for each in open_ if meant[each]}
        fitting = [ways for must, must_not, ways in choices if inside >= {*must} and inside.isdisjoint(must_not)]
        assert any_of(fitting) == sizes[len(inside)] or (any(fitting) and fitting[0] == sizes[len(inside)])


def test_a_demand_on_a_number_needs_few_choices():
    assert list(choices_by_size((4, 7, 9), [ALWAYS, ALWAYS, NEVER, NEVER])) == [((), pair, ALWAYS) for pair in ((4, 7), (4, 9), (7, 9))]
    assert list(choices_by_size((4, 7, 9), [NEVER, ALWAYS, ALWAYS, ALWAYS])) == [((each,), (), ALWAYS) for each in (4, 7, 9)]


def test_of_rows_between_the_same_ends_the_one_that_says_most_stays():
    strong, weak = (1, 2, 5, 0, False), (1, 2, 3, 0, False)
    assert together([weak], [strong]) == together([strong], [weak]) == [strong]
    assert together([(1, 2, 5, 1, True)], [(1, 2, 3, 1, True)]) == [(1, 2, 3, 1, True)]
    assert all_of([[[weak]], [[strong], [(2, 1, 0, 0, False)]]]) == [[strong], [weak, (2, 1, 0, 0, False)]]


def test_the_same_way_counts_once_whatever_the_order_of_its_rows():
    one, other = (1, 2, 3, 0, False), (2, 3, 1, 0, False)
    assert any_of([[[one, other], [one]], [[other, one], [one]]]) == [[other, one], [one]]
    assert any_of([[[one]], [[]]]) == [[]]


def test_more_ways_than_are_written_out_are_refused():
    many = [[(1, 2, n, 0, False)] for n in range(65)]
    with pytest.raises(WaysLimitError, match=f"more than {MOST_WAYS:,} ways in which it can hold"):
        all_of([many, many])


RULES = """- id: last-meeting-before-the-end
  for: {c: Creation}
  over: {m: Meeting, where: m.body = c.body and m.period.start < c.date + 1 year}
  require: max m.period.end <= c.date + 2 years
"""
MET = "  - {{id: m{0}, type: Meeting, body: b, period: 1994-05-0{0}/1996}}\n"


@pytest.mark.parametrize(("count", "status"), [(8, 0), (9, 3)])
def test_where_more_may_be_meant_than_are_tried_the_answer_is_undetermined_and_the_run_incomplete(tmp_path, count, status):
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    facts = "".join(MET.format(n) for n in range(1, count + 1))
    (tmp_path / "facts.yaml").write_text(f"rehabfacts: 1\nentities: [{{id: b, type: Body}}]\nfacts:\n  - {{id: c, type: Creation, body: b, date: 1993}}\n{facts}", encoding="utf-8")
    report = rehabfacts.check(str(tmp_path), settings=Settings(packs=()))
    assert (report.exit_status, report.complaints) == (status, ())
    if status:
        assert [*report.main.judging.reasons.values()] == ["more than 8 records that may be meant or not"]


def test_a_rule_on_too_many_sets_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "_MOST_SETS", 9)
    (tmp_path / "rules.yaml").write_text("- id: few\n  for: {m: Meeting}\n  apart: m.period\n  per: m.body\n  at_most: 2\n", encoding="utf-8")
    facts = "".join(MET.format(n) for n in range(1, 6))
    (tmp_path / "facts.yaml").write_text(f"rehabfacts: 1\nentities: [{{id: b, type: Body}}]\nfacts:\n{facts}", encoding="utf-8")
    report = rehabfacts.check(str(tmp_path), settings=Settings(packs=()))
    assert [str(each).rpartition("/")[2] for each in report.problems] == [
        "rules.yaml:1:3: E-COST rule few would look at more than 9 sets of records (narrow it by per and where)"
    ]
    assert report.exit_status == 2
