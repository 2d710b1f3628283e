"""The fact types about numbers: how many of a population there are, and what part of a count another is."""

from typing import ClassVar, Literal

from rehabfacts.dates import Date, Period
from rehabfacts.quantities import Percentage, Quantity
from rehabfacts.schema import Fact, Names, Ref, record
from rehabfacts.vocabulary.entities import Body, Place, Population


@record
class Count(Fact):
    """How many of a population: all together up to a day (`cumulative`), over a period, or at one time; counted by an agent, in a body, at a place."""

    SAYS: ClassVar[str] = "{population} numbered {value} {as_of}{period}"
    population: Ref[Population]
    value: Quantity
    extent: Literal["cumulative", "period", "moment"]
    agent: Ref[Body] | None = None
    body: Ref[Body] | None = None
    place: Ref[Place] | None = None
    as_of: Date | None = None
    period: Period | None = None


@record
class Breakdown(Fact):
    """The shares that name it are all parts of a whole: everyone is counted in one of them, and in one only."""

    SAYS: ClassVar[str] = "{whole} is broken down {criterion}"
    whole: Ref[Count]
    criterion: Names | None = None


@record
class Share(Fact):
    """One count is a part of another, perhaps as a percentage of it, perhaps as one of the parts of a breakdown."""

    SAYS: ClassVar[str] = "{part} is a part of {whole} {percent}"
    part: Ref[Count]
    whole: Ref[Count]
    percent: Percentage | None = None
    breakdown: Ref[Breakdown] | None = None


TYPES = (Count, Breakdown, Share)
