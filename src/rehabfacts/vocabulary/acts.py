"""The fact types about acts and provisions."""

from typing import ClassVar

from rehabfacts.dates import Date, Period
from rehabfacts.schema import Fact, Names, Ref, record
from rehabfacts.vocabulary.entities import (
    Act,
    Body,
    Person,
    Provision,
    State,
)


@record
class Competence(Fact):
    """A body may decide on a matter over a period, perhaps by a provision."""

    SAYS: ClassVar[str] = "{body} was competent for {matter} {period}"
    body: Ref[Body]
    matter: Names
    provision: Ref[Provision] | None = None
    period: Period | None = None


@record
class Adoption(Fact):
    """An act was adopted, by a body (perhaps within one of its competences) or signed by a person, on a day."""

    SAYS: ClassVar[str] = "{act} was adopted {date}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("act",)
    act: Ref[Act]
    by: Ref[Body] | None = None
    under: Ref[Competence] | None = None
    signed_by: Ref[Person] | None = None
    date: Date | None = None


@record
class Publication(Fact):
    """An act was published."""

    SAYS: ClassVar[str] = "{act} was published {date}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("act",)
    act: Ref[Act]
    date: Date | None = None


@record
class EntryIntoForce(Fact):
    """An act, or one provision of it, began to work on a day that the source gives."""

    SAYS: ClassVar[str] = "{act}{provision} came into force {date}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("act", "provision")
    act: Ref[Act] | None = None
    provision: Ref[Provision] | None = None
    date: Date | None = None


@record
class Repeal(Fact):
    """An act was repealed by another."""

    SAYS: ClassVar[str] = "{act} was repealed by {by}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("act",)
    act: Ref[Act]
    by: Ref[Act]


@record
class Enablement(Fact):
    """A body works on the basis of a provision."""

    SAYS: ClassVar[str] = "{body} worked on the basis of {provision}"
    body: Ref[Body]
    provision: Ref[Provision]


@record
class Exclusion(Fact):
    """A provision was excluded by an act."""

    SAYS: ClassVar[str] = "{provision} was excluded by {act}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("provision",)
    provision: Ref[Provision]
    act: Ref[Act]


@record
class TransitionClause(Fact):
    """An act keeps a provision, or another act, in force until a day, though it was excluded or repealed before."""

    SAYS: ClassVar[str] = "{act} let {provision}{kept} work on and end {until}"
    act: Ref[Act]
    provision: Ref[Provision] | None = None
    kept: Ref[Act] | None = None
    until: Date | None = None


@record
class Amendment(Fact):
    """An act amends another."""

    SAYS: ClassVar[str] = "{act} amends {amended}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("act", "amended")
    act: Ref[Act]
    amended: Ref[Act]


@record
class PartOf(Fact):
    """A provision is part of an act."""

    SAYS: ClassVar[str] = "{part} is part of {whole}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("part", "whole")
    part: Ref[Provision]
    whole: Ref[Act]


@record
class ActOf(Fact):
    """An act is an act of a state, as a law of the Republic is."""

    SAYS: ClassVar[str] = "{act} is an act of {state}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("act", "state")
    act: Ref[Act]
    state: Ref[State]


TYPES = (
    Competence, Adoption, Publication, EntryIntoForce, Repeal, Enablement, Exclusion, TransitionClause, Amendment, PartOf, ActOf,
)  # fmt: skip
