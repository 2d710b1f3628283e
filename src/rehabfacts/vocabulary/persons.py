"""The fact types about the lives of persons and their kin."""

from typing import ClassVar, Literal

from rehabfacts.dates import Date, Period
from rehabfacts.schema import Fact, Names, Ref, record
from rehabfacts.vocabulary.entities import Person, Place


@record
class Birth(Fact):
    """A person was born."""

    SAYS: ClassVar[str] = "{person} was born {date}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("person",)
    person: Ref[Person]
    place: Ref[Place] | None = None
    date: Date | None = None


@record
class Death(Fact):
    """A person died."""

    SAYS: ClassVar[str] = "{person} died {date}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("person",)
    person: Ref[Person]
    place: Ref[Place] | None = None
    date: Date | None = None


@record
class Baptism(Fact):
    """A person was baptised."""

    SAYS: ClassVar[str] = "{person} was baptised {date}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("person",)
    person: Ref[Person]
    place: Ref[Place] | None = None
    date: Date | None = None


@record
class Burial(Fact):
    """A person was buried."""

    SAYS: ClassVar[str] = "{person} was buried {date}"
    person: Ref[Person]
    place: Ref[Place] | None = None
    date: Date | None = None


@record
class Parenthood(Fact):
    """A person is the mother or the father of another, by birth."""

    HIERARCHY: ClassVar[tuple[str, ...]] = ("child", "parent")
    SAYS: ClassVar[str] = "{parent} is the {role} of {child}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("parent", "child")
    parent: Ref[Person]
    child: Ref[Person]
    role: Literal["mother", "father"]


@record
class Marriage(Fact):
    """Two persons married each other."""

    SAYS: ClassVar[str] = "{one} married {other} {date}"
    one: Ref[Person]
    other: Ref[Person]
    place: Ref[Place] | None = None
    date: Date | None = None


@record
class Residence(Fact):
    """A person lived at a place over a period."""

    FULL_PERIODS: ClassVar[tuple[str, ...]] = ("period",)
    SAYS: ClassVar[str] = "{person} lived in {place} {period}"
    person: Ref[Person]
    place: Ref[Place] | None = None
    period: Period | None = None


@record
class Occupation(Fact):
    """A person worked in a trade over a period."""

    FULL_PERIODS: ClassVar[tuple[str, ...]] = ("period",)
    SAYS: ClassVar[str] = "{person} worked as {trade} {period}"
    person: Ref[Person]
    trade: Names
    period: Period | None = None


TYPES = (Birth, Death, Baptism, Burial, Parenthood, Marriage, Residence, Occupation)
