"""Uncertain numbers: `75 thousand persons`, `more than 11`, `up to 5 %`, as `least`..`most`."""

from collections.abc import Callable

import attrs

from rehabfacts.errors import InvalidQuantity
from rehabfacts.verdicts import Verdict

_MAGNITUDES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_HEDGES = ("not more than", "at most", "up to", "less than", "not less than", "at least", "more than", "over", "about", "exactly")
_MOST_DIGITS = 38


@attrs.frozen
class Quantity:
    """A whole number of units known up to `least`..`most`, both inclusive; None is no bound.

    `grain` is the step to which the number was rounded: a number with a magnitude word is taken as rounded to its
    last digit ("75 thousand" is 74,500 to 75,499), one in plain digits and one marked `exactly` as exact.

    >>> Quantity.parse("75 thousand persons")
    Quantity(notation='75 thousand persons', least=74500, most=75499, unit='persons', grain=1000)
    >>> Quantity.parse("more than 11").least
    12
    """

    notation: str
    least: int | None = attrs.field(eq=False)
    most: int | None = attrs.field(eq=False)
    unit: str = attrs.field(default="", eq=False)
    grain: int = attrs.field(default=1, eq=False)

    @classmethod
    def parse(cls, text: str) -> "Quantity":
        """Reads `[hedge] NUMBER [thousand|million|billion|trillion] [unit]` or `LEAST..MOST [unit]`.

        Raises InvalidQuantity: codes E-NUM-FORM for a text that is no such number, E-NUM-RANGE for one of more than
        38 digits or without a value.
        """
        rest = text.strip()
        hedge = next((each for each in _HEDGES if rest.startswith(each + " ")), "")
        words = rest[len(hedge) :].split()
        if not words:
            raise InvalidQuantity(text, "E-NUM-FORM", "expected a number", "as in 75 thousand persons")
        if ".." in words[0] and not hedge:
            return cls._from_range(text, words)
        exponent = _MAGNITUDES.get(words[1], 0) if len(words) > 1 else 0
        unit = " ".join(words[2 if exponent else 1 :])
        value, grain = _scaled(text, words[0], exponent)
        least, most = _BOUNDS[hedge](value, grain if exponent else 1)
        return cls(text.strip(), least, most, unit, grain if exponent and hedge != "exactly" else 1)

    @classmethod
    def _from_range(cls, text: str, words: list[str]) -> "Quantity":
        low, _, high = words[0].partition("..")
        least = _scaled(text, low, 0)[0] if low else None
        most = _scaled(text, high, 0)[0] if high else None
        if least is not None and most is not None and least > most:
            raise InvalidQuantity(text, "E-NUM-FORM", "expected the smaller number first")
        return cls(text.strip(), least, most, " ".join(words[1:]))

    @property
    def is_exact(self) -> bool:
        """Whether only one number fits."""
        return self.least is not None and self.least == self.most

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


def _halves(value: int, grain: int) -> tuple[int, int]:
    return value - grain // 2, value + (grain + 1) // 2 - 1


_BOUNDS: dict[str, Callable[[int, int], tuple[int | None, int | None]]] = {
    "": _halves,
    "exactly": lambda value, _: (value, value),
    "about": lambda value, grain: (value - max(grain, abs(value) // 10), value + max(grain, abs(value) // 10)),
    "more than": lambda value, _: (value + 1, None),
    "over": lambda value, _: (value + 1, None),
    "at least": lambda value, grain: (_halves(value, grain)[0], None),
    "not less than": lambda value, grain: (_halves(value, grain)[0], None),
    "less than": lambda value, _: (None, value - 1),
    "up to": lambda value, grain: (None, _halves(value, grain)[1]),
    "at most": lambda value, grain: (None, _halves(value, grain)[1]),
    "not more than": lambda value, grain: (None, _halves(value, grain)[1]),
}


def _scaled(text: str, digits: str, exponent: int) -> tuple[int, int]:
    """The number times ten to the exponent, and the worth of its last digit."""
    plain = digits.replace(",", "") if _is_grouped(digits) else digits
    bare = plain.lstrip("-")
    if not bare.isascii() or not bare.replace(".", "", 1).isdecimal() or (bare[0] == "0" and bare[:2] not in ("0", "0.")):
        code = "E-NUM-RANGE" if bare.lower() in (".inf", ".nan", "inf", "nan", "infinity") else "E-NUM-FORM"
        raise InvalidQuantity(text, code, "expected a decimal number", "as in 75 thousand, 1,234 or 11..12")
    if len(bare) > _MOST_DIGITS:
        raise InvalidQuantity(text, "E-NUM-RANGE", f"expected at most {_MOST_DIGITS} digits")
    whole, _, fraction = bare.partition(".")
    shift = exponent - len(fraction)
    number, rest = divmod(int(whole + fraction) * 10 ** max(0, shift), 10 ** max(0, -shift))
    if rest:
        raise InvalidQuantity(text, "E-NUM-FORM", "expected a whole number of units")
    return (-number if plain.startswith("-") else number), 10 ** max(0, shift)


def _is_grouped(digits: str) -> bool:
    head, *groups = digits.lstrip("-").split(",")
    return bool(groups) and 0 < len(head) <= 3 and all(len(each) == 3 for each in groups)
