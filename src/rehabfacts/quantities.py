"""Uncertain numbers: `75 thousand persons`, `more than 11`, `up to 5 %`, as `least`..`most`."""

from typing import Annotated, TypeAlias

import attrs

from rehabfacts.quantity_notations import read
from rehabfacts.verdicts import Verdict


@attrs.frozen
class Quantity:
    """A number known up to `least`..`most`, both inclusive: whole units or, of a percentage, whole millionths. None is no bound.

    `grain` is the step to which the number was rounded. Words decide: a number with a magnitude word and a percentage
    are rounded to their last digit ("75 thousand" is 74,500 to 75,499), one in plain digits or marked `exactly` is
    exact; `rounded to` says it outright.

    >>> Quantity.parse("75 thousand persons")
    Quantity(notation='75 thousand persons', least=74500, most=75499, unit='persons', grain=1000)
    >>> Quantity.parse("75,000 persons, rounded to 500")
    Quantity(notation='75,000 persons, rounded to 500', least=74750, most=75249, unit='persons', grain=500)
    >>> Quantity.parse("more than 11").least
    12
    >>> Quantity.parse("35 %")
    Quantity(notation='35 %', least=345000, most=354999, unit='%', grain=10000)
    >>> Quantity.parse("exactly 35.5 %").least
    355000
    """

    notation: str
    least: int | None = attrs.field(eq=False)
    most: int | None = attrs.field(eq=False)
    unit: str = attrs.field(default="", eq=False)
    grain: int = attrs.field(default=1, eq=False)
    _opens: tuple[bool, bool] = attrs.field(default=(False, False), eq=False, repr=False)

    @classmethod
    def parse(cls, text: str) -> "Quantity":
        """Read `[hedge] NUMBER|LEAST..MOST [thousand|million|billion|trillion] [unit|%] [, rounded to NUMBER]`.

        Raises InvalidQuantity: codes E-NUM-FORM for a text that is no such number, E-NUM-RANGE for one of more than
        38 digits or without a value.
        """
        written = read(text)
        (least, is_above), (most, is_below) = written.least, written.most
        return cls(
            text.strip(), None if least is None else least + is_above, None if most is None else most - is_below,
            written.unit, written.grain, (is_above, is_below),
        )  # fmt: skip

    @property
    def is_exact(self) -> bool:
        """Whether only one number fits."""
        return self.least is not None and self.least == self.most

    @property
    def is_percentage(self) -> bool:
        """Whether it is so many millionths of something."""
        return self.unit == "%"

    @property
    def least_end(self) -> tuple[int | None, bool]:
        """Where what fits begins, and whether that very number is left out: "more than 11" begins at 11, without it."""
        return None if self.least is None else self.least - self._opens[0], self._opens[0]

    @property
    def most_end(self) -> tuple[int | None, bool]:
        """Where what fits ends, and whether that very number is left out: "35 %" ends at 35.5 %, without it."""
        return None if self.most is None else self.most + self._opens[1], self._opens[1]

    def is_at_most(self, other: "Quantity") -> Verdict:
        """Whether this number is not above the other."""
        if self.most is not None and other.least is not None and self.most <= other.least:
            return Verdict.YES
        if self.least is not None and other.most is not None and self.least > other.most:
            return Verdict.NO
        return Verdict.UNKNOWN

    def is_equal(self, other: "Quantity") -> Verdict:
        """Whether the two are the same number; YES only if both are exact."""
        both = self.is_at_most(other) & other.is_at_most(self)
        return Verdict.YES if both is Verdict.UNKNOWN and self.is_exact and self.least == other.least == other.most else both

    def __str__(self) -> str:
        return self.notation


Percentage: TypeAlias = Annotated[Quantity, "%"]
"""The type of a field that holds percentages: its quantities are written with `%`, those of others are not."""
