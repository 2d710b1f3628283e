"""Rules as values: what must hold, why, how grave a breach is, and the plan that checks it."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from rehabfacts.rules.compiling import compile_pairs, compile_rule
from rehabfacts.rules.modes import Mode, Severity
from rehabfacts.rules.plans import Plan
from rehabfacts.schema import NOWHERE, Names, Origin, Schema

__all__ = ["Mode", "Rule", "Severity"]


@attrs.frozen
class Rule:
    """One rule. `formula` is its text as written; `rank` orders acceptance, the lowest first."""

    id: str
    mode: Mode
    formula: str
    plan: Plan
    says: Names = attrs.field(factory=Names)
    why: Names = attrs.field(factory=Names)
    severity: Severity = Severity.ERROR
    rank: int = 100
    pack: str = ""
    origin: Origin = attrs.field(default=NOWHERE, eq=False, repr=False)
    examples: Any = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def of(
        cls, id: str, mode: Mode, formula: str | Sequence[str] | Mapping[str, str], *, scans: Mapping[str, str], schema: Schema,  # noqa: A002  # the field's name
        where: str = "", unless: Mapping[str, str] | None = None, over: Mapping[str, str] | None = None, **envelope: Any,
    ) -> "Rule":  # fmt: skip
        """Compiles a rule written in Python or read from YAML.

        `formula` is the text of a define, assume or require; the paths of a unique; the scans of an exists, with
        its condition under `where`. `unless` is like the latter, and `over`, which finds the records that a require
        adds up. Raises InvalidFormula and NoSuchThing.
        """
        plan = compile_rule(mode, formula, scans=scans, schema=schema, where=where, unless=unless, over=over)
        return cls(id, mode, _shown(formula), plan, **envelope)

    @classmethod
    def apart(
        cls, id: str, path: str, *, per: Sequence[str], scans: Mapping[str, str], schema: Schema,  # noqa: A002  # the field's name
        where: str = "", unless: Mapping[str, str] | None = None, **envelope: Any,
    ) -> "Rule":  # fmt: skip
        """Compiles "at most one at a time": of two records with the same `per`, the dates or periods at `path` share no day.

        It is a require over each two of the records, in the order of their ids. Raises InvalidFormula and NoSuchThing.
        """
        plan = compile_pairs(path, per, scans=scans, schema=schema, where=where, unless=unless)
        other = path.replace(".", "'.", 1)
        return cls(id, Mode.REQUIRE, f"{path} disjoint from {other}", plan, **envelope)


def _shown(formula: str | Sequence[str] | Mapping[str, str]) -> str:
    if isinstance(formula, str):
        return formula
    if isinstance(formula, Mapping):
        scans = ", ".join(f"{name}: {kind}" for name, kind in formula.items() if name != "where")
        return f"{scans} where {formula['where']}" if "where" in formula else scans
    return ", ".join(formula)


