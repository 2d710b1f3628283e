"""Rules compiled: the texts of an envelope and its formula to a plan."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from rehabfacts.errors import InvalidFormula
from rehabfacts.rules.formulas import And, Comparison, Formula, Path
from rehabfacts.rules.grammar import parse_formula, parse_path
from rehabfacts.rules.lowering import Lowering
from rehabfacts.rules.modes import Mode
from rehabfacts.rules.plans import Ascending, AtMost, Branch, Plan, Subquery, Test
from rehabfacts.rules.wordings import Scans, Wording, check_parameters
from rehabfacts.schema import Schema


def compile_wording(wording: Wording, schema: Schema) -> Plan:
    """The plan of a rule. Raises InvalidFormula and NoSuchThing."""
    _check_types(wording.scans, schema)
    check_parameters(wording)
    return _pairs(wording, schema) if wording.form == "apart" else _plan(wording, schema)


def _plan(wording: Wording, schema: Schema) -> Plan:
    mode, formula, scans, where, over = wording.mode, wording.formula, wording.scans, wording.where, wording.over
    several = _scans(over or {})
    base = Lowering(where, schema, scans, several)
    tests, antecedent = base.where(parse_formula(where, wording.parameters)) if where else ((), None)
    plan = Plan(
        tuple(scans.items()), tests, unless=(_subquery(wording, wording.unless, schema, scans),) if wording.unless else (),
        over=_subquery(wording, over, schema, scans, is_counted=True) if over else None,
    )  # fmt: skip
    if over and mode is not Mode.REQUIRE:
        raise InvalidFormula(str(formula), f"expected over beside require, not beside {mode.value}", 1, code="E-TYPE")
    if antecedent is not None and mode not in {Mode.REQUIRE, Mode.UNIQUE}:
        raise InvalidFormula(where, f"expected only ids, texts and 'is known' in the where of {mode.value}", 1, code="E-TYPE")
    if mode is Mode.EXISTS:
        return attrs.evolve(plan, exists=_subquery(wording, _mapping(formula), schema, scans, is_counted=True))  # type: ignore[misc]
    excused = base.branches(antecedent, holds=False) if antecedent is not None else ()
    if mode is Mode.UNIQUE:
        paths = [formula] if isinstance(formula, str) else list(formula)
        unique = tuple(Lowering(path, schema, scans).route(parse_path(path)) for path in paths)
        return attrs.evolve(plan, unique=unique, inside=base.branches(antecedent) if antecedent else (), outside=excused)  # type: ignore[misc]
    demanded = Lowering(str(formula), schema, scans, several).branches(parse_formula(str(formula), wording.parameters))
    if mode.is_given and not _is_plain(demanded):
        raise InvalidFormula(str(formula), f"expected times or numbers of two at most, joined by 'and', after {mode.value}", 1, code="E-TYPE")
    return attrs.evolve(plan, branches=(*excused, *demanded), excused=len(excused))  # type: ignore[misc]


def _pairs(wording: Wording, schema: Schema) -> Plan:
    """The plan of a rule over each two bindings with the same `per`: what they have at the path shares no day."""
    path, scans, where = str(wording.formula), wording.scans, wording.where
    both = {**scans, **{twin_name(name): kind for name, kind in scans.items()}}
    parsed = parse_path(path)
    demanded = Lowering(path, schema, both).branches(Comparison(parsed, "disjoint from", _twin_path(parsed, scans), parsed.column))
    base = Lowering(where, schema, both)
    tests, antecedent = base.where(_with_twin(parse_formula(where, wording.parameters), scans)) if where else ((), None)
    excused = base.branches(antecedent, holds=False) if antecedent is not None else ()
    unless = wording.unless
    return Plan(
        tuple(both.items()), (*tests, *_links(parsed, wording.per, scans, both, schema)),
        unless=(_subquery(wording, unless, schema, scans), _subquery(wording, unless, schema, both, twinned=scans)) if unless else (),
        branches=(*excused, *demanded), excused=len(excused),
    )  # fmt: skip


def twin_name(name: str) -> str:
    """What the other record of a pair is called; no formula can name it."""
    return f"{name}'"


def _links(path: Path, per: Sequence[str], scans: Scans, both: Scans, schema: Schema) -> tuple[Test, ...]:
    """That two bindings are alike in `per`, and that the record of the path comes first by its id."""
    found: list[Test] = []
    for text in per:
        one = parse_path(text)
        found += Lowering(text, schema, both).tests(Comparison(one, "=", _twin_path(one, scans), one.column))
    variable = Path(path.names[:1], path.column)
    records = Lowering(str(path), schema, both)
    return (*found, Ascending(records.route(variable), records.route(_twin_path(variable, scans))))


def _twin_path(path: Path, scans: Scans) -> Path:
    variable, *names = path.names
    return Path((twin_name(variable), *names), path.column) if variable in scans else path


def _with_twin(formula: Formula, scans: Scans) -> Formula:
    parts = formula.parts if isinstance(formula, And) else (formula,)
    return And((*parts, *(_twin(part, scans) for part in parts)))


def _twin(formula: Any, scans: Scans) -> Any:
    """A formula, or a part of one, as it speaks of the other record of each pair."""
    if isinstance(formula, Path):
        return _twin_path(formula, scans)
    if isinstance(formula, tuple):
        return tuple(_twin(each, scans) for each in formula)
    if not attrs.has(type(formula)):
        return formula
    changed = {each.name: _twin(getattr(formula, each.name), scans) for each in attrs.fields(type(formula))}
    return attrs.evolve(formula, **changed)


def _is_plain(branches: tuple[Branch, ...]) -> bool:
    return len(branches) == 1 and all(isinstance(atom, AtMost) for atom in branches[0])


def _mapping(formula: Any) -> Mapping[str, str]:
    if not isinstance(formula, Mapping):
        raise InvalidFormula(str(formula), "expected variables and their types, as in {c: Creation, where: c.body = b}", 1)
    return formula


def _scans(parts: Mapping[str, str]) -> dict[str, str]:
    return {name: type_name for name, type_name in parts.items() if name != "where"}


def _check_types(scans: Scans, schema: Schema) -> None:
    for type_name in scans.values():
        schema[type_name]


def _subquery(
    wording: Wording, parts: Mapping[str, str], schema: Schema, scope: Scans, *, twinned: Scans | None = None, is_counted: bool = False
) -> Subquery:
    """`twinned` are the variables that stand for the other record of each pair. What is counted can ask of uncertain values."""
    own = _scans(parts)
    _check_types(own, schema)
    for name in own:
        if name in scope:
            raise InvalidFormula(name, f"expected another variable than those of for, found {name!r} again", 1)
    where = parts.get("where", "")
    if not where:
        return Subquery(tuple(own.items()), ())
    formula = parse_formula(where, wording.parameters)
    lowering = Lowering(where, schema, {**scope, **own})
    if not is_counted:
        return Subquery(tuple(own.items()), lowering.tests(_twin(formula, twinned) if twinned else formula))
    tests, uncertain = lowering.where(formula)
    if uncertain is None:
        return Subquery(tuple(own.items()), tests)
    return Subquery(tuple(own.items()), tests, lowering.branches(uncertain), lowering.branches(uncertain, holds=False))
