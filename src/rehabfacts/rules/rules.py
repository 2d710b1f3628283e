"""Rules as values: what must hold, why, how grave a breach is, and the plan that checks it."""

import enum
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from rehabfacts.errors import InvalidFormula
from rehabfacts.rules.grammar import parse_formula, parse_path
from rehabfacts.rules.lowering import Lowering
from rehabfacts.rules.plans import AtMost, Branch, Plan, Scan, Subquery
from rehabfacts.schema import NOWHERE, Names, Origin, Schema


class Severity(enum.IntEnum):
    """How grave a finding is; graver ones compare higher."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Mode(enum.Enum):
    """What a rule does: says what facts mean, sets a convention, or demands something."""

    DEFINE = "define"
    ASSUME = "assume"
    REQUIRE = "require"
    UNIQUE = "unique"
    EXISTS = "exists"

    @property
    def is_given(self) -> bool:
        """Whether its instances belong to the given, not to what is judged."""
        return self is Mode.DEFINE or self is Mode.ASSUME


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
        where: str = "", unless: Mapping[str, str] | None = None, **envelope: Any,
    ) -> "Rule":  # fmt: skip
        """Compiles a rule written in Python or read from YAML.

        `formula` is the text of a define, assume or require; the paths of a unique; the scans of an exists, with
        its condition under `where`. `unless` is like the latter. Raises InvalidFormula and NoSuchThing.
        """
        for type_name in scans.values():
            schema[type_name]
        base = Lowering(where, schema, scans)
        tests, antecedent = base.where(parse_formula(where)) if where else ((), None)
        plan = Plan(tuple(scans.items()), tests, unless=_subquery(unless, schema, scans) if unless else None)
        if mode is Mode.EXISTS:
            plan = attrs.evolve(plan, exists=_subquery(_mapping(formula), schema, scans))  # type: ignore[misc]
        elif mode is Mode.UNIQUE:
            paths = [formula] if isinstance(formula, str) else list(formula)
            plan = attrs.evolve(plan, unique=tuple(Lowering(path, schema, scans).route(parse_path(path)) for path in paths))  # type: ignore[misc]
        else:
            excused = base.branches(antecedent, holds=False) if antecedent is not None else ()
            demanded = Lowering(str(formula), schema, scans).branches(parse_formula(str(formula)))
            plan = attrs.evolve(plan, branches=(*excused, *demanded))  # type: ignore[misc]
            if mode.is_given and not _is_plain(demanded):
                raise InvalidFormula(str(formula), f"expected times or numbers joined by 'and' after {mode.value}", 1, code="E-TYPE")
        if antecedent is not None and mode is not Mode.REQUIRE:
            raise InvalidFormula(where, f"expected only ids, texts and 'is known' in the where of {mode.value}", 1, code="E-TYPE")
        return cls(id, mode, _shown(formula), plan, **envelope)


def _is_plain(branches: tuple[Branch, ...]) -> bool:
    return len(branches) == 1 and all(isinstance(atom, AtMost) for atom in branches[0])


def _mapping(formula: Any) -> Mapping[str, str]:
    if not isinstance(formula, Mapping):
        raise InvalidFormula(str(formula), "expected variables and their types, as in {c: Creation, where: c.body = b}", 1)
    return formula


def _subquery(parts: Mapping[str, str], schema: Schema, scope: Mapping[str, str]) -> Subquery:
    scans: tuple[Scan, ...] = tuple((name, type_name) for name, type_name in parts.items() if name != "where")
    for _, type_name in scans:
        schema[type_name]
    where = parts.get("where", "")
    tests = Lowering(where, schema, {**scope, **dict(scans)}).tests(parse_formula(where)) if where else ()
    return Subquery(scans, tests)


def _shown(formula: str | Sequence[str] | Mapping[str, str]) -> str:
    if isinstance(formula, str):
        return formula
    if isinstance(formula, Mapping):
        scans = ", ".join(f"{name}: {kind}" for name, kind in formula.items() if name != "where")
        return f"{scans} where {formula['where']}" if "where" in formula else scans
    return ", ".join(formula)


