"""What an EDTF notation is made of: frozen parts that print the canonical notation. They know no days.

A qualifier mark is "" (none), "?" (uncertain), "~" (approximate) or "%" (both). Marks are kept for each component
as they apply in the end: `2004-06~-11` marks year and month (EDTF, Group Qualification), `2004-~06-11` the month.
"""

import enum

import attrs


class End(enum.Enum):
    """An end of an interval that is no date: not known (nothing written), or open (`..`)."""

    UNKNOWN = ""
    OPEN = ".."

    def __str__(self) -> str:
        return self.value


@attrs.frozen
class CalendarDate:
    """A year, a month or season of it, a day of it, as digits with `X` for each unspecified one.

    `year` has four digits and perhaps a minus; or two (a century) or three (a decade), then nothing follows it.
    `month` is "01" to "12", a season "21" to "41", or empty; `day` may be empty. Each component has its mark.
    """

    year: str
    month: str = ""
    day: str = ""
    marks: tuple[str, ...] = ("", "", "")

    def __str__(self) -> str:
        components = [part for part in (self.year, self.month, self.day) if part]
        marks = self.marks
        group = 1
        while group < len(components) and marks[group] == marks[0]:
            group += 1
        if marks[0]:
            components[group - 1] += marks[0]
        return "-".join(
            components[:group] + [marks[n] + components[n] for n in range(group, len(components))]
        )

    @property
    def is_season(self) -> bool:
        """Whether the month is a season, a quarter or another grouping of months."""
        return self.month[:1] in {"2", "3", "4"}

    @property
    def is_plain(self) -> bool:
        """Whether every digit of a year, month or day is there, so that it is one unbroken span of days."""
        return "X" not in self.year + self.month + self.day and not self.is_season and len(self.year) >= 4


@attrs.frozen
class ScaledYear:
    """A year written with `Y`, with an exponent or with its number of significant digits (`Y-17E7`, `1950S2`).

    `year` is the text before the `S`, `number` the year it stands for; `significant` is 0 when nothing is said.
    """

    year: str
    number: int
    significant: int = 0
    mark: str = ""

    def __str__(self) -> str:
        return self.year + (f"S{self.significant}" if self.significant else "") + self.mark

    @property
    def marks(self) -> tuple[str, ...]:
        """The mark of its only component."""
        return (self.mark,)


Point = CalendarDate | ScaledYear


@attrs.frozen
class PointRange:
    """A member of a set: every value from `first` to `last`; `None` on one side means no bound there."""

    first: Point | None
    last: Point | None

    def __str__(self) -> str:
        return f"{self.first or ''}..{self.last or ''}"


@attrs.frozen
class DateSet:
    """One of its members (`[…]`), or all of them (`{…}`)."""

    members: tuple[Point | PointRange, ...]
    is_all: bool

    def __str__(self) -> str:
        text = ",".join(str(member) for member in self.members)
        return f"{{{text}}}" if self.is_all else f"[{text}]"


@attrs.frozen
class Interval:
    """A time from some day of `start` to some day of `end`."""

    start: Point | End
    end: Point | End

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


Expression = Point | DateSet | Interval


def iter_points(expression: Expression | PointRange | End) -> "list[Point]":
    """The dates an expression is written with, from left to right."""
    match expression:
        case CalendarDate() | ScaledYear():
            return [expression]
        case DateSet():
            return [point for member in expression.members for point in iter_points(member)]
        case Interval():
            return iter_points(expression.start) + iter_points(expression.end)
        case PointRange():
            return [point for point in (expression.first, expression.last) if point is not None]
    return []


def marked(expression: Expression) -> tuple[bool, bool]:
    """Whether any component is uncertain, and whether any is approximate."""
    marks = {mark for point in iter_points(expression) for mark in point.marks}
    return not marks.isdisjoint("?%"), not marks.isdisjoint("~%")
