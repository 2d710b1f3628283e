"""The fact types about terms: who held which office or was a member of which body, and in which seat."""

from typing import ClassVar

from rehabfacts.dates import Date, Period
from rehabfacts.schema import Fact, Ref, record
from rehabfacts.vocabulary.entities import Body, Office, Person, Seat, State


@record
class Election(Fact):
    """A person was elected or appointed to an office or into a body on a day."""

    SAYS: ClassVar[str] = "{person} was elected to {office}{body} {date}"
    person: Ref[Person]
    office: Ref[Office] | None = None
    body: Ref[Body] | None = None
    date: Date | None = None


@record
class Tenure(Fact):
    """A person served over a period, perhaps after an election: an office holding or a membership."""

    FULL_PERIODS: ClassVar[tuple[str, ...]] = ("period",)
    SAYS: ClassVar[str] = "{person} served {period}"
    person: Ref[Person]
    elected_in: Ref[Election] | None = None
    period: Period | None = None


@record
class OfficeHolding(Tenure):
    """A person held an office over a period."""

    SAYS: ClassVar[str] = "{person} held the office of {office} {period}"
    office: Ref[Office]


@record
class Membership(Tenure):
    """A person was a member of a body over a period, perhaps in one of its seats."""

    SAYS: ClassVar[str] = "{person} was a member of {body} {period}"
    body: Ref[Body]
    seat: Ref[Seat] | None = None


@record
class OfficeEstablishment(Fact):
    """An office was established."""

    SAYS: ClassVar[str] = "the office of {office} was established {date}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("office",)
    office: Ref[Office]
    date: Date | None = None


@record
class OfficeAbolition(Fact):
    """An office was abolished; the day is its last."""

    SAYS: ClassVar[str] = "the office of {office} was abolished {date}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("office",)
    office: Ref[Office]
    date: Date | None = None


@record
class OfficeOf(Fact):
    """An office is an office of a state."""

    SAYS: ClassVar[str] = "{office} is an office of {state}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("office", "state")
    office: Ref[Office]
    state: Ref[State]


@record
class OfficeIn(Fact):
    """An office is an office in a body, as that of its chair."""

    SAYS: ClassVar[str] = "{office} is an office in {body}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("office", "body")
    office: Ref[Office]
    body: Ref[Body]


@record
class SoleOffice(Fact):
    """An office has one holder at a time."""

    SAYS: ClassVar[str] = "{office} has one holder at a time"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("office",)
    office: Ref[Office]


@record
class SeatOf(Fact):
    """A seat is a seat in a body, perhaps over a part of its life only."""

    SAYS: ClassVar[str] = "{seat} is a seat in {body} {period}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("seat",)
    seat: Ref[Seat]
    body: Ref[Body]
    period: Period | None = None


TYPES = (
    Election, Tenure, OfficeHolding, Membership, OfficeEstablishment, OfficeAbolition, OfficeOf, OfficeIn, SoleOffice, SeatOf,
)  # fmt: skip
