"""Suppositions on the real dataset, and what they would change."""

import pytest

from rehabfacts import api, builtin
from rehabfacts.changes.differences import compare
from rehabfacts.changes.suppositions import Supposition, suppose
from rehabfacts.errors import InvalidInput, NoSuchThing
from rehabfacts.reports.whatif import write_whatif

PATHS = (builtin.path("facts"), builtin.path("rules"))


def told(*suppositions):
    difference, after = api.whatif(*PATHS, suppositions=suppositions)
    return difference, write_whatif(difference, after).splitlines()


def test_an_amending_law_of_1999_refutes_the_second_reading_and_moves_the_end_of_the_commission():
    difference, lines = told(Supposition.parse("amending-law-2009-adopted.date=1999-04-29"))

    assert difference.readings == (("commission-of-sentence-10=interdepartmental", "possible", "refuted"),)
    assert (difference.appeared, difference.vanished) == ((), ())
    assert lines[0] == "reading  commission-of-sentence-10=interdepartmental: possible before, refuted then"
    assert [line.split("  ")[2] for line in lines[2:6]] == [
        "interdepartmental-commission acted over 1993-07-19/2006-01-09",
        "interdepartmental-commission worked on the basis of article-28",
        "article-28 was excluded by amending-law-2009",
        "amending-law-2009 was adopted on 1999-04-29",
    ]
    assert lines[6] == "    They clash by 2,447 days."
    assert "moves  commission-1993  lifetime.end  from 2009-04-29 to 1999-04-29" in lines


def test_a_later_cessation_makes_a_conflict_appear():
    difference, lines = told(Supposition.parse("commission-ceased.date=2009-06-01"))

    assert [violation.rule_id for violation in difference.appeared] == ["body-within-its-legal-basis"]
    assert lines[0].startswith("appears  error  body-within-its-legal-basis  A body cannot outlive")
    assert "  They clash by 33 days." in lines


def test_without_the_exclusion_the_end_of_the_commission_is_open():
    _, lines = told(Supposition("article-28-excluded"))

    assert "moves  commission-1993  lifetime.end  from 2009-04-29 to 1993-04-14..inf" in lines


def test_what_is_supposed_as_it_is_changes_nothing():
    difference, lines = told(Supposition.parse("amending-law-2009-adopted.date=2009-04-29"))

    assert difference.is_empty
    assert lines == ["Nothing would change."]


def test_a_supposition_touches_every_reading_and_leaves_the_dataset_as_it_was():
    dataset = builtin.dataset()

    changed = suppose(dataset, [Supposition.parse("commission-ceased.date=2010")])

    readings = [reading.facts["commission-ceased"] for each in changed.ambiguities for reading in each.readings if "commission-ceased" in reading.facts]
    assert [str(fact.date) for fact in readings] == ["2010", "2010"]
    assert builtin.dataset().facts["commission-ceased"].date is None


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("commission-ceased", InvalidInput, "E-USAGE expected FACT.field=value, found 'commission-ceased' (as in law-adopted.date=1999-04-29)"),
        ("commission-seized.date=2010", NoSuchThing, "no fact commission-seized (did you mean commission-ceased?)"),
        ("commission-ceased.dat=2010", NoSuchThing, "no field of Cessation dat (did you mean date?)"),
        ("commission-ceased.date=2010-13", InvalidInput, "--set: E-DATE date: there is no month 13, months are 01 to 12 and seasons 21 to 41, found '2010-13'"),
        ("commission-ceased.body=article-28", InvalidInput, "body of commission-ceased: expected a Body, but 'article-28' is a Provision"),
    ],
)
def test_what_cannot_be_supposed_is_told(text, error, message):
    with pytest.raises(error) as caught:
        suppose(builtin.dataset(), [Supposition.parse(text)])

    assert message in str(caught.value)


def test_a_report_beside_itself_has_no_difference():
    report = api.check(*PATHS)

    assert compare(report, report).is_empty
