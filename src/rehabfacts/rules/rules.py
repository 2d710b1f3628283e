"""Rules as values: what must hold, why, how grave a breach is, and the plan that checks it."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from rehabfacts.origins import NOWHERE, Origin
from rehabfacts.rules.compiling import compile_wording
from rehabfacts.rules.modes import Mode, Severity
from rehabfacts.rules.plans import Plan
from rehabfacts.rules.templates import expand
from rehabfacts.rules.term_grammar import NONE, Parameters
from rehabfacts.rules.wordings import Wording
from rehabfacts.schema import Names, Schema

__all__ = ["Mode", "Rule", "Severity"]


@attrs.frozen
class Rule:
    """One rule. `formula` is its text as written; `rank` orders acceptance, the lowest first.

    `wording` is all that was written of what the plan does, with its parameters. `language` is that in which it says
    what it says, where it does so in several.
    """

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
    wording: Wording | None = attrs.field(default=None, eq=False, repr=False)
    language: str = attrs.field(default="en", eq=False, repr=False)

    @classmethod
    def of(
        cls, id: str, mode: Mode, formula: str | Sequence[str] | Mapping[str, str], *, scans: Mapping[str, str], schema: Schema,  # noqa: A002  # the field's name
        where: str = "", unless: Mapping[str, str] | None = None, over: Mapping[str, str] | None = None, parameters: Parameters | None = None,
        **envelope: Any,
    ) -> "Rule":  # fmt: skip
        """Compiles a rule written in Python or read from YAML.

        `formula` is the text of a define, assume or require; the paths of a unique; the scans of an exists, with
        its condition under `where`. `unless` is like the latter, and `over`, which finds the records that a require
        adds up. `parameters` are values that formulas name. Raises InvalidFormula and NoSuchThing.
        """
        return cls.worded(id, Wording(mode.value, formula, scans, where, unless, over, parameters=parameters or NONE), schema, **envelope)

    @classmethod
    def apart(
        cls, id: str, path: str, *, per: Sequence[str], scans: Mapping[str, str], schema: Schema,  # noqa: A002  # the field's name
        at_most: int = 1, where: str = "", unless: Mapping[str, str] | None = None, parameters: Parameters | None = None, **envelope: Any,
    ) -> "Rule":  # fmt: skip
        """Compiles "at most so many at a time": one more records with the same `per` do not all share a day at `path`.

        It is a require over each so many of the records, in the order of their ids. Raises InvalidFormula and NoSuchThing.
        """
        wording = Wording("apart", path, scans, where, unless, per=tuple(per), parameters=parameters or NONE, at_most=str(at_most))
        return cls.worded(id, wording, schema, **envelope)

    @classmethod
    def worded(cls, id: str, wording: Wording, schema: Schema, **envelope: Any) -> "Rule":  # noqa: A002  # the field's name
        """Compiles a rule as it is written. Raises InvalidFormula and NoSuchThing."""
        wording = expand(wording).with_conventions()
        return cls(id, wording.mode, wording.shown, compile_wording(wording, schema), wording=wording, **envelope)

    @property
    def sentence(self) -> str:
        """What it says, in its language if it is said so; the formula where nothing is said."""
        return self.says.get(self.language) or str(self.says) or self.formula

    @property
    def is_seeking(self) -> bool:
        """Whether conditions on times or numbers find the records that it speaks of, so that their values decide which these are."""
        sought = self.plan.over or self.plan.exists
        return sought is not None and bool(sought.inside)

    @property
    def parameters(self) -> Parameters:
        """The values that its formulas name, as they are set."""
        return self.wording.parameters if self.wording is not None else NONE

    def with_parameters(self, changed: Parameters, schema: Schema) -> "Rule":
        """A copy with other values of some of its parameters. Raises InvalidFormula."""
        if self.wording is None:
            return self
        wording = self.wording.with_parameters(changed)
        return attrs.evolve(self, wording=wording, formula=wording.shown, plan=compile_wording(wording, schema))
