"""Suppositions on the real dataset, and what they would change."""

import textwrap

import pytest
from copies import run

import rehabfacts
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
        ("commission-ceased.body=", InvalidInput, "E-USAGE body of commission-ceased cannot be left empty"),
        ("commission-ceased.body=commission-1994", InvalidInput, "body of commission-ceased: expected the id of a Body, found no 'commission-1994' (did you mean commission-1993?)"),
        ("rehabilitated-by-1993.extent=sum", InvalidInput, "--set: E-TYPE extent: expected one of cumulative, period, moment, found 'sum'"),
        ("article-28.name=x", NoSuchThing, "no fact article-28 (it is an entity, a Provision; only facts can be supposed otherwise)"),
        (
            "working-groups-part-of-state-commission.whole=working-groups", InvalidInput,
            "E-CYCLE expected Subdivision to lead nowhere back, found a circle: working-groups of working-groups",
        ),
    ],
)
def test_what_cannot_be_supposed_is_told(text, error, message):
    with pytest.raises(error) as caught:
        suppose(builtin.dataset(), [Supposition.parse(text)])

    assert message in str(caught.value)


def test_with_a_fact_left_out_those_that_refer_to_it_are_gone_too():
    difference, lines = told(Supposition("session-2023"))

    assert difference.gone == (("collection-presented", ("session-2023",)), ("session-2023", ()))
    assert lines[0] == "gone  collection-presented, which refers to session-2023"
    assert "reading  volumes-of-sentence-16=thirty-one-volumes: possible before, not there then" in lines


def test_what_is_supposed_is_not_looked_up_in_quotes_but_a_quote_that_is_supposed_is():
    date, _ = told(Supposition.parse("resolution-1991-adopted.date=1991-11-10"))
    quote, lines = told(Supposition.parse("resolution-1991-adopted.quote=nothing of the kind"))

    assert date.appeared == ()
    assert "quote-in-source" in [violation.rule_id for violation in quote.appeared]
    assert any(line.startswith("appears  error  quote-in-source") for line in lines)


def test_a_demand_on_an_entity_names_it():
    _, lines = told(Supposition.parse("commission-1993-created.body=interdepartmental-commission"))

    assert lines[0] == "appears  note  body-has-creation  Every body has a creation.  commission-1993  [eae3bcff]"


CLAIM = """
    rehabfacts: 1
    entities: [{id: b, type: Body}]
    facts:
      - {id: created, type: Creation, body: b, date: 1993}
      - {id: met, type: Meeting, body: b, period: 1992-05-01}
      - {id: founded, type: Creation, body: b, calendar: julian, date: 1993-02-01}
    """


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "facts.yaml").write_text(textwrap.dedent(CLAIM), encoding="utf-8")
    return tmp_path


def supposed(folder, *texts):
    difference, after = api.whatif(folder, suppositions=[Supposition.parse(text) for text in texts])
    return difference, write_whatif(difference, after).replace(f"{folder}/", "").splitlines()


def test_a_conflict_that_stays_is_told_with_its_size_before(folder):
    difference, lines = supposed(folder, "founded.date=", "met.period=1992-05-11")

    assert (difference.appeared, difference.vanished) == ((), ())
    assert lines[:5] == [
        "changes  error  body-created-before-it-meets  A body must be created before it meets.  [c8da2b96]",
        "  b was created in 1993  facts.yaml:5",
        "  b met on 1992-05-11  facts.yaml:6",
        "  They clash by 235 days.",
        "  Before: They clash by 289 days.",
    ]


def test_a_conflict_that_stays_with_other_members_names_those_before(folder):
    _, lines = supposed(folder, "founded.date=")

    assert "  Before, with: founded, met" in lines


def test_a_conflict_that_becomes_doubtful_says_so(folder):
    _, lines = supposed(folder, "founded.date=", "created.date=1993?")

    assert lines[0] == "changes  error, doubtful  body-created-before-it-meets  A body must be created before it meets.  [c8da2b96]"
    assert "  Before: error" in lines


def test_a_date_is_read_in_the_calendar_of_what_stands_there(folder):
    changed = suppose(rehabfacts.load([folder], rehabfacts.INSTITUTIONS).dataset, [Supposition.parse("founded.date=1993-02-02"), Supposition.parse("created.date=1993-02-02")])

    assert [changed.facts[name].date.calendar for name in ("founded", "created")] == ["julian", "gregorian"]


def test_the_command_wants_something_to_suppose():
    done = run("whatif", "facts")

    assert (done.status, done.err) == (2, "E-USAGE expected something to suppose (as in --drop FACT or --set FACT.date=1999-04-29)\n")


def test_a_report_beside_itself_has_no_difference():
    report = api.check(*PATHS)

    assert compare(report, report).is_empty
