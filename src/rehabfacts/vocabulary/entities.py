"""The entity types of the institutions vocabulary and the times that each of them has."""

from typing import ClassVar

from rehabfacts.schema import MOMENT, PERIOD, Entity, TimelineKind, record


@record
class State(Entity):
    """A state or a republic of a union."""

    lifetime: ClassVar[TimelineKind] = PERIOD


@record
class Body(Entity):
    """A body that acts: a commission, a parliament, a ministry, a working group."""

    lifetime: ClassVar[TimelineKind] = PERIOD


@record
class Act(Entity):
    """A law, resolution, decree or other legal act."""

    adopted: ClassVar[TimelineKind] = MOMENT
    published: ClassVar[TimelineKind] = MOMENT
    force: ClassVar[TimelineKind] = PERIOD


@record
class Provision(Entity):
    """A part of an act: an article, a section, a clause."""

    force: ClassVar[TimelineKind] = PERIOD


@record
class Person(Entity):
    """A human being."""

    lifetime: ClassVar[TimelineKind] = PERIOD


@record
class Office(Entity):
    """A post that persons hold."""

    lifetime: ClassVar[TimelineKind] = PERIOD


@record
class Seat(Entity):
    """A place in a body that one person fills at a time."""


@record
class Place(Entity):
    """Where something happens."""


@record
class Work(Entity):
    """A publication or a collection of documents."""

    published: ClassVar[TimelineKind] = MOMENT


@record
class Programme(Entity):
    """A programme of work, of research or of government."""

    run: ClassVar[TimelineKind] = PERIOD


@record
class Archive(Entity):
    """Archives, one or a group of them."""


@record
class Stage(Entity):
    """A stage of a process."""

    span: ClassVar[TimelineKind] = PERIOD


@record
class Population(Entity):
    """Persons or things that are counted together."""


TYPES = (State, Body, Act, Provision, Person, Office, Seat, Place, Work, Programme, Archive, Stage, Population)
