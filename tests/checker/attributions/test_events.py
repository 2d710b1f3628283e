"""Facts that tell of one event: which these are, and that they agree where no definition ties them."""

from typing import ClassVar

import pytest

import rehabfacts
from rehabfacts import INSTITUTIONS, PERIOD, Date, Entity, Fact, Mode, Period, Quantity, Ref, Rule, Severity
from rehabfacts.checker.attributions.events import Events
from rehabfacts.schema import TimelineKind, record
from rehabfacts.settings import Settings
from rehabfacts.vocabulary.entities import Body
from rehabfacts.vocabulary.facts import Creation, Identity, Meeting, SameEvent


@record
class Ship(Entity):
    service: ClassVar[TimelineKind] = PERIOD


@record
class Wreck(Fact):
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("ship",)
    ship: Ref[Ship]
    date: Date | None = None
    lost: Quantity | None = None


@record
class Foundering(Wreck):
    depth: Quantity | None = None


@record
class Voyage(Fact):
    ship: Ref[Ship]
    period: Period | None = None


SCHEMA = INSTITUTIONS.with_types(Ship, Wreck, Foundering, Voyage)
SHIPS = (Ship(id="rhone"), Ship(id="the-rhone"), Ship(id="rhone-ii"), Ship(id="elbe"))


def wreck(name, source, *, date=None, lost=None, ship="rhone", kind=Wreck):
    return kind(id=name, source=source, ship=ship, date=date and Date.parse(date), lost=lost and Quantity.parse(lost))


def same(name, one, other):
    return Identity(id=name, mention=one, entity=other)


def report(*facts, entities=SHIPS, rules=()):
    dataset = rehabfacts.Dataset.of(SCHEMA, entities, facts)
    found = rehabfacts.check_dataset(dataset, rules)
    assert found.complaints == ()
    return found


def conflicts(*facts, **options):
    return [(each.rule_id, each.severity, each.conflict.facts) for each in report(*facts, **options)]


def test_two_sources_that_date_one_event_differently_disagree_though_no_definition_ties_them():
    found = report(wreck("f", "log", date="1867-10-29"), wreck("g", "letter", date="1867-10-30"))

    (violation,) = found
    assert (violation.rule_id, violation.severity, violation.conflict.facts) == ("facts-agree", Severity.WARNING, ("f", "g"))
    assert [each.rule.id for each in violation.conflict.instances] == ["facts-of-one-event-agree"] * 2


def test_one_source_that_does_so_contradicts_itself():
    assert conflicts(wreck("f", "log", date="1867-10-29"), wreck("g", "log", date="1867-10-30")) == [("facts-agree", Severity.ERROR, ("f", "g"))]


@pytest.mark.parametrize("dates", [("1867", "1867-10-29"), ("1867-10~", "1867-10-29"), ("1867-10-29", None), ("[1866, 1867]", "1867"), ("186X", "1867")])
def test_differences_in_precision_are_no_disagreement(dates):
    one, other = dates

    assert conflicts(wreck("f", "log", date=one), wreck("g", "letter", date=other)) == []


def test_what_one_source_dates_bounds_what_the_other_says():
    found = report(wreck("f", "log", date="1867-10"), wreck("g", "letter", date="186X"))

    assert [each.tightened for each in found.bounds("g") if each.name == "date"] == [each.tightened for each in found.bounds("f") if each.name == "date"]


def test_numbers_of_one_event_agree_too():
    assert conflicts(wreck("f", "log", lost="124 persons"), wreck("g", "letter", lost="about 200 persons")) == [
        ("facts-agree", Severity.WARNING, ("f", "g")),
    ]  # fmt: skip


def test_a_clash_in_two_ways_has_two_ids():
    found = report(wreck("f", "log", date="1867", lost="124"), wreck("g", "letter", date="1868", lost="125"))

    assert len({each.id for each in found}) == len(found.violations) == 2


def test_events_of_other_ships_and_types_without_identifying_roles_are_apart():
    voyages = [Voyage(id=f"v{year}", source=f"s{year}", ship="rhone", period=Period.parse(f"{year}")) for year in (1865, 1866)]

    assert conflicts(wreck("f", "log", date="1867"), wreck("g", "letter", date="1868", ship="elbe"), *voyages) == []


def test_a_subtype_tells_of_the_event_of_its_type():
    assert conflicts(wreck("f", "log", date="1867"), wreck("g", "letter", date="1868", kind=Foundering)) == [
        ("facts-agree", Severity.WARNING, ("f", "g")),
    ]  # fmt: skip


def test_an_identity_makes_two_mentions_one_and_is_part_of_the_conflict():
    facts = (wreck("f", "log", date="1867"), wreck("g", "letter", date="1868", ship="the-rhone"))

    assert conflicts(*facts) == []
    assert conflicts(*facts, same("i", "the-rhone", "rhone")) == [("facts-agree", Severity.WARNING, ("f", "g", "i"))]


def test_a_chain_of_identities_names_each_that_is_needed():
    facts = (wreck("f", "log", date="1867"), wreck("g", "letter", date="1868", ship="rhone-ii"))
    chain = (same("i", "the-rhone", "rhone"), same("j", "rhone-ii", "the-rhone"), same("k", "elbe", "rhone"))

    assert conflicts(*facts, *chain) == [("facts-agree", Severity.WARNING, ("f", "g", "i", "j"))]


def test_two_facts_that_name_the_same_record_need_no_identity():
    facts = (wreck("f", "log", date="1867", ship="the-rhone"), wreck("g", "letter", date="1868", ship="the-rhone"), wreck("h", "book", ship="rhone"))

    assert conflicts(*facts, same("i", "the-rhone", "rhone")) == [("facts-agree", Severity.WARNING, ("f", "g"))]


def test_a_fact_can_say_that_two_others_tell_of_one_event():
    bodies = (Body(id="b"),)
    meetings = [Meeting(id=name, source=name, body="b", period=Period.parse(day)) for name, day in (("m", "1990-05-01"), ("n", "1990-05-03"))]

    assert conflicts(*meetings, entities=bodies) == []
    assert conflicts(*meetings, SameEvent(id="s", one="m", other="n"), entities=bodies) == [("facts-agree", Severity.WARNING, ("m", "n", "s"))]


def test_what_a_definition_ties_is_not_told_twice():
    rule = Rule.of("founded", Mode.DEFINE, "c.body.lifetime.start = c.date", scans={"c": "Creation"}, schema=SCHEMA)
    creations = [Creation(id=name, source=name, body="b", date=Date.parse(year)) for name, year in (("c", "1993"), ("d", "1994"))]

    found = report(*creations, entities=(Body(id="b"),), rules=(rule,))

    (violation,) = found
    assert {each.rule.id for each in violation.conflict.instances} == {"founded"}
    assert not any(each.rule.id == "facts-of-one-event-agree" for each in found.main.grounding.instances)


def test_the_rule_can_be_switched_off():
    dataset = rehabfacts.Dataset.of(SCHEMA, SHIPS, (wreck("f", "log", date="1867"), wreck("g", "letter", date="1868")))

    assert rehabfacts.check_dataset(dataset, (), Settings(without=("facts-of-one-event-agree",))).violations == ()


def test_an_event_that_one_fact_tells_of_adds_nothing():
    assert report(wreck("f", "log", date="1867", lost="124")).main.grounding.instances == []


def test_identities_are_no_events_of_each_other():
    dataset = rehabfacts.Dataset.of(SCHEMA, SHIPS, (same("i", "the-rhone", "rhone"), same("j", "rhone-ii", "the-rhone"), same("k", "rhone-ii", "the-rhone")))

    assert [(str(each), each.facts) for each in Events(dataset).shared] == [("Identity of rhone-ii and the-rhone", ("j", "k"))]


def test_an_event_of_the_shipped_dataset_that_is_told_twice_is_tied_by_its_definition_alone():
    found = rehabfacts.check_dataset(rehabfacts.builtin.dataset(), rehabfacts.builtin.rules())

    assert [str(each) for each in Events(found.dataset).shared if "confiscation" in str(each)] == ["Adoption of resolution-on-confiscation"]
    assert not any(each.rule.id == "facts-of-one-event-agree" for each in found.main.grounding.instances)
