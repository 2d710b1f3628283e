"""Rules compiled: the texts of an envelope and its formula to a plan."""

import itertools
from collections.abc import Mapping
from typing import Any

import attrs

from rehabfacts.errors import InvalidFormula
from rehabfacts.rules.formulas import Comparison, Or, Path
from rehabfacts.rules.grammar import parse_formula, parse_path
from rehabfacts.rules.lowering import Lowering
from rehabfacts.rules.modes import Mode
from rehabfacts.rules.plans import Ascending, AtMost, Branch, Plan, Subquery, Test
from rehabfacts.rules.twins import twin, twin_path, twin_scans, with_twins
from rehabfacts.rules.wordings import Scans, Wording, check_parameters
from rehabfacts.schema import Schema


def compile_wording(wording: Wording, schema: Schema) -> Plan:
    """The plan of a rule. Raises InvalidFormula and NoSuchThing."""
    _check_types(wording.scans, schema)
    check_parameters(wording)
    return _apart(wording, schema) if wording.form == "apart" else _plan(wording, schema)


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


def _apart(wording: Wording, schema: Schema) -> Plan:
    """The plan of a rule over each so many bindings with the same `per`: two of them share no day at the path.

    Periods of which every two share a day all share one (Helly), so that this says that no day is shared by all.
    """
    path, scans, where, count = parse_path(str(wording.formula)), wording.scans, wording.where, wording.most + 1
    every = twin_scans(scans, count)
    paths = [twin_path(path, scans, number) for number in range(count)]
    pairs = (_disjoint(one, other, wording) for one, other in itertools.combinations(paths, 2))
    demanded = Lowering(str(path), schema, every).branches(Or(tuple(itertools.chain.from_iterable(pairs))))
    base = Lowering(where, schema, every)
    tests, antecedent = base.where(with_twins(parse_formula(where, wording.parameters), scans, count)) if where else ((), None)
    excused = base.branches(antecedent, holds=False) if antecedent is not None else ()
    unless = [_subquery(wording, wording.unless, schema, every, twin_of=number) for number in range(count)] if wording.unless else []
    return Plan(
        tuple(every.items()), (*tests, *_links(path, wording, every, schema)), unless=tuple(unless),
        branches=(*excused, *demanded), excused=len(excused),
    )  # fmt: skip


def _disjoint(one: Path, other: Path, wording: Wording) -> tuple[Comparison, ...]:
    """That two share no day or, if an end day does not count, none but the last of one and the first of the other."""
    column = one.column
    if wording.end_day_counts:
        return (Comparison(one, "disjoint from", other, column),)
    return Comparison(one, "until", other, column), Comparison(other, "until", one, column)


def _links(path: Path, wording: Wording, every: Scans, schema: Schema) -> tuple[Test, ...]:
    """That bindings are alike in `per`, and that the records of the path come in the order of their ids."""
    found: list[Test] = []
    scans, variable = wording.scans, Path(path.names[:1], path.column)
    records = Lowering(str(path), schema, every)
    for number in range(wording.most):
        for text in wording.per:
            one = parse_path(text)
            alike = Comparison(twin_path(one, scans, number), "=", twin_path(one, scans, number + 1), one.column)
            found += Lowering(text, schema, every).tests(alike)
        first, second = (records.route(twin_path(variable, scans, each)) for each in (number, number + 1))
        found.append(Ascending(first, second))
    return tuple(found)


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
    wording: Wording, parts: Mapping[str, str], schema: Schema, scope: Scans, *, twin_of: int = 0, is_counted: bool = False
) -> Subquery:
    """It is asked of the record with the number `twin_of`. What is counted can ask of uncertain values."""
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
        return Subquery(tuple(own.items()), lowering.tests(twin(formula, wording.scans, twin_of)))
    tests, uncertain = lowering.where(formula)
    if uncertain is None:
        return Subquery(tuple(own.items()), tests)
    return Subquery(tuple(own.items()), tests, lowering.branches(uncertain), lowering.branches(uncertain, holds=False))
