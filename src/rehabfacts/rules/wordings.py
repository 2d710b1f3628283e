"""What the author of a rule wrote, before it is compiled; and the parameters that others may set otherwise."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from rehabfacts.errors import InvalidFormula, nearest
from rehabfacts.plain import plain
from rehabfacts.rules.modes import Mode
from rehabfacts.rules.term_grammar import NONE, RESERVED, Parameters

Scans = Mapping[str, str]
"""Variables and the types that they range over."""

MOST_AT_A_TIME = 9
"""The largest `at_most`: of so many records and one more, each two are compared."""

END_DAY_COUNTS = "end_day_counts"
"""The convention, a parameter of every rule with `apart`: whether the last day of a period belongs to it."""

_NAME = re.compile(r"[^\W\d]\w*")


@plain
class Wording:
    """A rule as it is written: its form (a mode, or a short form of one), the texts of its envelope, and its parameters.

    `template` is what it was written out from, if it was.
    """

    form: str
    formula: Any
    scans: Scans
    where: str = ""
    unless: Mapping[str, str] | None = None
    over: Mapping[str, str] | None = None
    per: tuple[str, ...] = ()
    parameters: Parameters = NONE
    at_most: str = "1"
    template: str = ""

    @property
    def mode(self) -> Mode:
        """What it does once it is written out."""
        return Mode.REQUIRE if self.form == "apart" else Mode(self.form)

    @property
    def shown(self) -> str:
        """The formula in a line."""
        formula: str | Sequence[str] | Mapping[str, str] = self.formula
        if self.form == "apart":
            first, *others = (str(formula).replace(".", "'" * number + ".", 1) for number in range(self.most + 1))
            return f"{first} disjoint from {others[0]}" if len(others) == 1 else f"{', '.join((first, *others))} share no day"
        if isinstance(formula, str):
            return formula
        if isinstance(formula, Mapping):
            scans = ", ".join(f"{name}: {kind}" for name, kind in formula.items() if name != "where")
            return f"{scans} where {formula['where']}" if "where" in formula else scans
        return ", ".join(formula)

    @property
    def most(self) -> int:
        """How many records that are alike may share a day. Raises InvalidFormula."""
        value = self.parameters.get(self.at_most, self.at_most)
        if isinstance(value, str) and value.isascii() and value.isdecimal() and 0 < int(value[:4]) <= MOST_AT_A_TIME and len(value) < 5:
            return int(value)
        raise InvalidFormula(self.at_most, f"expected a whole number from 1 to {MOST_AT_A_TIME}, or a parameter that holds one", 1, code="E-NUM-RANGE")

    @property
    def end_day_counts(self) -> bool:
        """Whether the last day of a period belongs to it. Raises InvalidFormula."""
        value = self.parameters.get(END_DAY_COUNTS, "yes")
        if value not in {"yes", "no"}:
            raise InvalidFormula(str(value), f"expected yes or no as {END_DAY_COUNTS}", 1, code="E-TYPE")
        return value == "yes"

    def with_conventions(self) -> "Wording":
        """A copy with the parameters that its form has by itself."""
        return self.with_parameters({END_DAY_COUNTS: "yes", **self.parameters}) if self.form == "apart" else self

    def with_parameters(self, changed: Parameters) -> "Wording":
        """A copy with other values of some of its parameters."""
        return attrs.evolve(self, parameters={**self.parameters, **changed})  # type: ignore[misc]  # a plain class is an attrs class

    def lines(self) -> Iterator[str]:
        """What it does, as a rule file would write it."""
        yield f"for: {{{_pairs(self.scans)}}}"
        yield from (f"where: {self.where}" for _ in [1] if self.where)
        for name, parts in (("unless", self.unless), ("over", self.over)):
            yield from (f"{name}: {{{_pairs(each)}}}" for each in (parts,) if each)
        formula = self.formula
        told = f"{{{_pairs(formula)}}}" if isinstance(formula, Mapping) else formula if isinstance(formula, str) else f"[{', '.join(formula)}]"
        yield f"{self.form}: {told}"
        yield from (f"per: [{', '.join(self.per)}]" for _ in [1] if self.per)

    def texts(self) -> tuple[str, ...]:
        """All formulas in it."""
        formula = self.formula
        own = tuple(formula.values()) if isinstance(formula, Mapping) else (formula,) if isinstance(formula, str) else tuple(formula)
        return (*own, self.where, *(self.unless or {}).values(), *(self.over or {}).values(), self.at_most)


def _pairs(parts: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {text}" for name, text in parts.items())


def check_parameters(wording: Wording) -> None:
    """Raises InvalidFormula for a parameter that cannot be named so, or that no formula uses."""
    used = {word for text in wording.texts() for word in re.findall(r"[\w.]+", text)}
    for name in wording.parameters:
        if not _NAME.fullmatch(name) or name in RESERVED:
            raise InvalidFormula(name, "expected a name of letters, digits and _ that is no word of the language", 1)
        if name in wording.scans:
            raise InvalidFormula(name, f"expected another name than those of for, found {name!r} again", 1)
        if name not in used and not (name == END_DAY_COUNTS and wording.form == "apart"):
            raise InvalidFormula(name, f"expected the parameter {name!r} in a formula, found it in none", 1, nearest(name, used))
