"""A schema of a user's own: who holds which office when."""

from typing import ClassVar

from rehabfacts import PERIOD, Date, Entity, Fact, Mode, Period, Quantity, Ref, Rule, Schema
from rehabfacts.schema import TimelineKind, record


@record
class Person(Entity):
    """One who holds offices."""

    life: ClassVar[TimelineKind] = PERIOD


@record
class Office(Entity):
    """What is held."""


@record
class Birth(Fact):
    """A person was born."""

    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("person",)
    person: Ref[Person]
    date: Date | None = None


@record
class Term(Fact):
    """A person held an office, perhaps after another."""

    person: Ref[Person]
    office: Ref[Office]
    follows: Ref["Term"] | None = None
    period: Period
    votes: Quantity | None = None


SCHEMA = Schema.of([Person, Office, Birth, Term])


def rule(id_, mode, formula, scans, **options):
    return Rule.of(id_, mode, formula, scans=scans, schema=SCHEMA, **options)


BORN = rule("birth-starts-life", Mode.DEFINE, "b.person.life.start = b.date", {"b": "Birth"})
LIVING = rule("holds-while-alive", Mode.REQUIRE, "t.period within t.person.life", {"t": "Term"})
OF_AGE = rule("of-age", Mode.REQUIRE, "t.person.life.start + 18 years <= t.period.start", {"t": "Term"})
UNTIL = rule("hands-over", Mode.REQUIRE, "t.follows.period until t.period", {"t": "Term"})
BEFORE = rule("hands-over", Mode.REQUIRE, "t.follows.period before t.period", {"t": "Term"})
APART = Rule.apart("one-at-a-time", "t.period", per=["t.office"], scans={"t": "Term"}, schema=SCHEMA)
ONE_BIRTH = rule("born-once", Mode.UNIQUE, ["b.person"], {"b": "Birth"})
BIRTH_KNOWN = rule("birth-known", Mode.EXISTS, {"b": "Birth", "where": "b.person = t.person"}, {"t": "Term"})
VOTED = rule("no-fewer-votes", Mode.REQUIRE, "t.follows.votes <= t.votes", {"t": "Term"}, where="t.votes is known")
ALL_VOTES = rule("votes-add-up", Mode.REQUIRE, "a.votes + b.votes <= 9000", {"a": "Term", "b": "Term"}, where="a < b and a.office = b.office")
RECENT = rule("not-in-the-twenties", Mode.REQUIRE, "t.period.start < 1920 or t.period.start > 1929", {"t": "Term"})
SHORT = rule("short", Mode.REQUIRE, "t.period.length <= 5 years", {"t": "Term"})
STILL_HELD = rule("still-held-began-late", Mode.REQUIRE, "t.period.start > 1960", {"t": "Term"}, where="t.period.end is unknown")
RULES = (BORN, LIVING, OF_AGE, UNTIL, APART, ONE_BIRTH, BIRTH_KNOWN, VOTED, ALL_VOTES, RECENT, SHORT, STILL_HELD)
