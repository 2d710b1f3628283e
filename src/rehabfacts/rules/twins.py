"""Rules about several records of one kind: the variables of each further record, and formulas that speak of it."""

from typing import Any

import attrs

from rehabfacts.rules.formulas import And, Formula, Path
from rehabfacts.rules.wordings import Scans


def twin_name(name: str, number: int = 1) -> str:
    """What a further record is called; no formula can name it."""
    return name + "'" * number


def twin_scans(scans: Scans, count: int) -> dict[str, str]:
    """The variables of so many records, those of the first as they are written."""
    return {twin_name(name, number): kind for number in range(count) for name, kind in scans.items()}


def twin_path(path: Path, scans: Scans, number: int) -> Path:
    """A path as it leads from a further record."""
    variable, *names = path.names
    return Path((twin_name(variable, number), *names), path.column) if variable in scans else path


def with_twins(formula: Formula, scans: Scans, count: int) -> Formula:
    """That a formula holds of each of so many records."""
    parts = formula.parts if isinstance(formula, And) else (formula,)
    return And(tuple(twin(part, scans, number) for number in range(count) for part in parts))


def twin(formula: Any, scans: Scans, number: int) -> Any:
    """A formula, or a part of one, as it speaks of a further record."""
    if isinstance(formula, Path):
        return twin_path(formula, scans, number)
    if isinstance(formula, tuple):
        return tuple(twin(each, scans, number) for each in formula)
    if not attrs.has(type(formula)):
        return formula
    changed = {each.name: twin(getattr(formula, each.name), scans, number) for each in attrs.fields(type(formula))}
    return attrs.evolve(formula, **changed)
