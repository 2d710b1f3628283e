"""What a fact would say if one of its dates, numbers or references were a little wrong."""

import pytest

from rehabfacts import builtin
from rehabfacts.changes.mutations import _other_dates, _other_numbers, every_mutation
from rehabfacts.dates import Date
from rehabfacts.periods import Period
from rehabfacts.quantities import Quantity

DATASET = builtin.dataset()


@pytest.mark.parametrize(
    ("notation", "others"),
    [
        ("1992-02-29", ["1992-02-28", "1992-03-01", "1992-01-29", "1992-03-29", "1991-02-28", "1993-02-28"]),
        ("1993-12-31", ["1993-12-30", "1994-01-01", "1993-11-30", "1994-01-31", "1992-12-31", "1994-12-31"]),
        ("1993-01", ["1992-12", "1993-02", "1992-01", "1994-01"]),
        ("1993", ["1992", "1994"]),
        ("199X", ["198X", "200X"]),
        ("1993-21", ["1992-21", "1994-21"]),
        ("1993-04-14?", ["1993-04-13?", "1993-04-15?", "1993-03-14?", "1993-05-14?", "1992-04-14?", "1994-04-14?"]),
        ("[..1992-12]", ["[..1992-11]", "[..1993-01]", "[..1991-12]", "[..1993-12]"]),
        ("[1991,1993-04]", ["[1990,1992-04]", "[1992,1994-04]"]),
        ("Y-17E7", []),
    ],
)  # fmt: skip
def test_a_date_is_moved_by_each_unit_that_it_is_written_in(notation, others):
    assert [str(date) for _, date in _other_dates(Date.parse(notation))] == others


def test_each_end_of_a_period_is_moved_by_itself():
    told = [(by, str(period)) for by, period in _other_dates(Period.parse("1993/2006-01-09"))]
    assert told == [
        ("a year earlier", "1992/2006-01-09"), ("a year later", "1994/2006-01-09"), ("a day earlier", "1993/2006-01-08"),
        ("a day later", "1993/2006-01-10"), ("a month earlier", "1993/2005-12-09"), ("a month later", "1993/2006-02-09"),
        ("a year earlier", "1993/2005-01-09"), ("a year later", "1993/2007-01-09"),
    ]  # fmt: skip


def test_an_end_that_would_come_before_its_start_is_left_out():
    moved = [str(period) for _, period in _other_dates(Period.parse("1993-04-14/1993-04-14"))]
    assert moved[0] == "1993-04-13/1993-04-14"
    assert "1993-04-15/1993-04-14" not in moved


@pytest.mark.parametrize(
    ("notation", "others"),
    [
        ("75 thousand persons", ["74 thousand persons", "76 thousand persons", "68 thousand persons", "82 thousand persons"]),
        ("more than 11", ["more than 10", "more than 12"]),
        ("340,128 persons", ["340,127 persons", "340,129 persons", "306,116 persons", "374,140 persons"]),
        ("24.3 %", ["24.2 %", "24.4 %", "21.9 %", "26.7 %"]),
        ("99,999", ["99,998", "100,000", "90,000", "109,998"]),
        ("75,000, rounded to 500", ["74,500, rounded to 500", "75,500, rounded to 500", "67,500, rounded to 500", "82,500, rounded to 500"]),
        ("0", ["1"]),
    ],
)  # fmt: skip
def test_a_number_is_moved_by_a_unit_of_its_last_digit_and_by_a_tenth(notation, others):
    assert [str(number) for _, number in _other_numbers(Quantity.parse(notation))] == others


def test_a_reference_is_turned_to_the_next_records_of_the_type_that_it_names():
    fact = DATASET.facts["rehabilitation-law-of-the-republic"]
    found = [(each.field, each.after) for each in every_mutation(DATASET, fact, others=2) if each.kind == "reference"]
    assert found == [("act", "resolution-1991"), ("act", "resolution-1993"), ("state", "kazakh-assr"), ("state", "kazakh-ssr")]


def test_each_mutation_changes_one_field_and_nothing_says_who_says_it():
    fact = DATASET.facts["commission-1991-assessed-repressions"]
    found = list(every_mutation(DATASET, fact, others=1))
    assert [(each.field, each.fact.id, each.before) for each in found] == [("body", fact.id, "commission-1991")]
    assert {each.fact.according_to for each in found} == {"sabyr-kasymov"}
