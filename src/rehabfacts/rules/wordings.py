"""What the author of a rule wrote, before it is compiled; and the parameters that others may set otherwise."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from rehabfacts.errors import InvalidFormula, nearest
from rehabfacts.plain import plain
from rehabfacts.rules.modes import Mode
from rehabfacts.rules.term_grammar import NONE, RESERVED, Parameters

Scans = Mapping[str, str]
"""Variables and the types that they range over."""

_NAME = re.compile(r"[^\W\d]\w*")


@plain
class Wording:
    """A rule as it is written: its form (a mode, or a short form of one), the texts of its envelope, and its parameters."""

    form: str
    formula: Any
    scans: Scans
    where: str = ""
    unless: Mapping[str, str] | None = None
    over: Mapping[str, str] | None = None
    per: tuple[str, ...] = ()
    parameters: Parameters = NONE

    @property
    def mode(self) -> Mode:
        """What it does once it is written out."""
        return Mode.REQUIRE if self.form == "apart" else Mode(self.form)

    @property
    def shown(self) -> str:
        """The formula in a line."""
        formula: str | Sequence[str] | Mapping[str, str] = self.formula
        if self.form == "apart":
            other = str(formula).replace(".", "'.", 1)
            return f"{formula} disjoint from {other}"
        if isinstance(formula, str):
            return formula
        if isinstance(formula, Mapping):
            scans = ", ".join(f"{name}: {kind}" for name, kind in formula.items() if name != "where")
            return f"{scans} where {formula['where']}" if "where" in formula else scans
        return ", ".join(formula)

    def with_parameters(self, changed: Parameters) -> "Wording":
        """A copy with other values of some of its parameters."""
        return attrs.evolve(self, parameters={**self.parameters, **changed})  # type: ignore[misc]  # a plain class is an attrs class

    def texts(self) -> tuple[str, ...]:
        """All formulas in it."""
        formula = self.formula
        own = tuple(formula.values()) if isinstance(formula, Mapping) else (formula,) if isinstance(formula, str) else tuple(formula)
        return (*own, self.where, *(self.unless or {}).values(), *(self.over or {}).values())


def check_parameters(wording: Wording) -> None:
    """Raises InvalidFormula for a parameter that cannot be named so, or that no formula uses."""
    used = {word for text in wording.texts() for word in re.findall(r"[\w.]+", text)}
    for name in wording.parameters:
        if not _NAME.fullmatch(name) or name in RESERVED:
            raise InvalidFormula(name, "expected a name of letters, digits and _ that is no word of the language", 1)
        if name in wording.scans:
            raise InvalidFormula(name, f"expected another name than those of for, found {name!r} again", 1)
        if name not in used:
            raise InvalidFormula(name, f"expected the parameter {name!r} in a formula, found it in none", 1, nearest(name, used))
