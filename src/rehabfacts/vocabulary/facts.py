"""The fact types about bodies, programmes and archives."""

from typing import ClassVar, Literal

from rehabfacts.dates import Date, Period
from rehabfacts.quantities import Quantity
from rehabfacts.schema import Entity, Fact, Names, Ref, record
from rehabfacts.vocabulary.entities import (
    Act,
    Archive,
    Body,
    Person,
    Place,
    Programme,
    Provision,
    Stage,
    State,
    Work,
)
from rehabfacts.vocabulary.terms import Tenure


@record
class Creation(Fact):
    """A body was created, perhaps by an act."""

    SAYS: ClassVar[str] = "{body} was created {date}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("body",)
    body: Ref[Body]
    act: Ref[Act] | None = None
    date: Date | None = None


@record
class Mandate(Fact):
    """What a body is to do ("study a resolution"), perhaps about one act; `period` is the time of that work."""

    SAYS: ClassVar[str] = "{body} was to {task} {period}"
    body: Ref[Body]
    task: Names
    act: Ref[Act] | None = None
    period: Period | None = None


@record
class Activity(Fact):
    """A body did something over a period, perhaps under a mandate."""

    FULL_PERIODS: ClassVar[tuple[str, ...]] = ("period",)
    SAYS: ClassVar[str] = "{body} acted {period}"
    body: Ref[Body]
    task: Names | None = None
    mandate: Ref[Mandate] | None = None
    period: Period | None = None


@record
class Continuation(Fact):
    """A body worked in fact over a period that goes beyond its formal life: it went on after its end, or began before its start."""

    FULL_PERIODS: ClassVar[tuple[str, ...]] = ("period",)
    SAYS: ClassVar[str] = "{body} went on in fact {period}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("body",)
    body: Ref[Body]
    task: Names | None = None
    period: Period | None = None


@record
class Completion(Fact):
    """A body's task was completed, or was not."""

    SAYS: ClassVar[str] = "the work of {body} was {outcome} {date}"
    body: Ref[Body]
    outcome: Literal["completed", "incomplete"]
    date: Date | None = None


@record
class Meeting(Fact):
    """A body met, on one day or several, chaired within an office holding or a membership."""

    SAYS: ClassVar[str] = "{body} met {period}"
    body: Ref[Body]
    chaired_in: Ref[Tenure] | None = None
    period: Period | None = None


@record
class Cessation(Fact):
    """A body ceased, perhaps because a provision was excluded."""

    SAYS: ClassVar[str] = "{body} ceased {date}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("body",)
    body: Ref[Body]
    provision: Ref[Provision] | None = None
    date: Date | None = None


@record
class Succession(Fact):
    """A body took the place of another."""

    HIERARCHY: ClassVar[tuple[str, ...]] = ("successor", "predecessor")
    SAYS: ClassVar[str] = "{successor} succeeded {predecessor}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("successor", "predecessor")
    successor: Ref[Body]
    predecessor: Ref[Body]


@record
class Subdivision(Fact):
    """A body is part of another body."""

    HIERARCHY: ClassVar[tuple[str, ...]] = ("part", "whole")
    SAYS: ClassVar[str] = "{part} is a part of {whole}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("part", "whole")
    part: Ref[Body]
    whole: Ref[Body]


@record
class Existence(Fact):
    """A state existed over a period."""

    SAYS: ClassVar[str] = "{state} existed {period}"
    FULL_PERIODS: ClassVar[tuple[str, ...]] = ("period",)
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("state",)
    state: Ref[State]
    period: Period | None = None


@record
class OrganOf(Fact):
    """A body is an organ of a state."""

    SAYS: ClassVar[str] = "{body} is an organ of {state}"
    body: Ref[Body]
    state: Ref[State]


@record
class Statement(Fact):
    """A person or a body said something, perhaps about a body, within an office holding or a membership, at a place."""

    SAYS: ClassVar[str] = "{speaker}{body} made a statement about {about} {date}"
    speaker: Ref[Person] | None = None
    body: Ref[Body] | None = None
    about: Ref[Body] | None = None
    made_in: Ref[Tenure] | None = None
    venue: Ref[Place] | None = None
    occasion: Names | None = None
    content: Names | None = None
    date: Date | None = None


@record
class Presentation(Fact):
    """A work was presented at a meeting."""

    SAYS: ClassVar[str] = "{work} was presented {date}"
    work: Ref[Work]
    meeting: Ref[Meeting] | None = None
    volumes: Quantity | None = None
    volume: Quantity | None = None
    content: Names | None = None
    date: Date | None = None


@record
class Launch(Fact):
    """A programme was launched or set up for a body; its subject is a period of the past."""

    SAYS: ClassVar[str] = "{programme} was set up for {body} {date}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("programme",)
    programme: Ref[Programme]
    body: Ref[Body] | None = None
    subject: Period | None = None
    purpose: Names | None = None
    date: Date | None = None


@record
class AccessChange(Fact):
    """Archives were opened or closed, perhaps to an audience, perhaps while a body was at work."""

    SAYS: ClassVar[str] = "{archive} were {change} {date}"
    archive: Ref[Archive]
    change: Literal["opened", "closed"]
    body: Ref[Body] | None = None
    audience: Names | None = None
    purpose: Names | None = None
    date: Date | None = None


@record
class Assessment(Fact):
    """A body assessed something."""

    SAYS: ClassVar[str] = "{body} gave an assessment {date}"
    body: Ref[Body]
    content: Names
    date: Date | None = None


@record
class Onset(Fact):
    """A stage began with an act."""

    SAYS: ClassVar[str] = "{stage} began {date}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("stage",)
    stage: Ref[Stage]
    act: Ref[Act] | None = None
    date: Date | None = None


@record
class Identity(Fact):
    """Two mentions are one entity."""

    SAYS: ClassVar[str] = "{mention} is {entity}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("mention", "entity")
    SAME: ClassVar[tuple[str, ...]] = ("mention", "entity")
    mention: Ref[Entity]
    entity: Ref[Entity]


@record
class SameEvent(Fact):
    """Two facts tell of one event, where nothing in them says so: two sources of one meeting."""

    SAYS: ClassVar[str] = "{one} and {other} tell of one event"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("one", "other")
    SAME: ClassVar[tuple[str, ...]] = ("one", "other")
    one: Ref[Fact]
    other: Ref[Fact]


@record
class Citation(Fact):
    """The source cites a work, as its n-th reference in reading order."""

    SAYS: ClassVar[str] = "reference {mark} is {work}"
    work: Ref[Work]
    mark: str
    order: Quantity


TYPES = (
    Creation, Mandate, Activity, Continuation, Completion, Meeting, Cessation, Succession, Subdivision, Existence,
    OrganOf, Statement, Presentation, Launch, AccessChange, Assessment, Onset,
    Identity, SameEvent, Citation,
)  # fmt: skip
