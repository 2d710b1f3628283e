"""Checks whether facts taken from documents can all be true, and proves the answer.

>>> import rehabfacts
>>> report = rehabfacts.check_dataset(rehabfacts.builtin.dataset(), rehabfacts.builtin.rules())
>>> report.is_complete
True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rehabfacts import builtin
    from rehabfacts.api import check, whatif
    from rehabfacts.changes.differences import Difference, compare
    from rehabfacts.changes.facts import FactChange, fact_changes
    from rehabfacts.changes.suppositions import Supposition, suppose
    from rehabfacts.checker.checking import check_dataset
    from rehabfacts.checker.reports import Report, TightenedBound
    from rehabfacts.checker.violations import Violation
    from rehabfacts.dataset import Ambiguity, Dataset, Reading
    from rehabfacts.dates import Date
    from rehabfacts.errors import (
        InvalidDate,
        InvalidFormula,
        InvalidInput,
        InvalidQuantity,
        MissingExtra,
        NoSuchThing,
        Problem,
        RehabfactsError,
    )
    from rehabfacts.loading.loader import load
    from rehabfacts.periods import Period
    from rehabfacts.quantities import Quantity
    from rehabfacts.reports import write
    from rehabfacts.rules.rules import Mode, Rule, Severity
    from rehabfacts.schema import MOMENT, PERIOD, Entity, Fact, Names, Ref, Schema, record
    from rehabfacts.settings import Settings
    from rehabfacts.verdicts import Verdict
    from rehabfacts.vocabulary import INSTITUTIONS

__version__ = "0.1.0"

_HOMES = {
    "api": ("check", "whatif"),
    "changes.differences": ("Difference", "compare"),
    "changes.facts": ("FactChange", "fact_changes"),
    "changes.suppositions": ("Supposition", "suppose"),
    "checker.checking": ("check_dataset",),
    "checker.reports": ("Report", "TightenedBound"),
    "checker.violations": ("Violation",),
    "dataset": ("Ambiguity", "Dataset", "Reading"),
    "dates": ("Date",),
    "errors": (
        "InvalidDate", "InvalidFormula", "InvalidInput", "InvalidQuantity", "MissingExtra", "NoSuchThing", "Problem",
        "RehabfactsError",
    ),
    "loading.loader": ("load",),
    "periods": ("Period",),
    "quantities": ("Quantity",),
    "reports": ("write",),
    "rules.rules": ("Mode", "Rule", "Severity"),
    "schema": ("MOMENT", "PERIOD", "Entity", "Fact", "Names", "Ref", "Schema", "record"),
    "settings": ("Settings",),
    "verdicts": ("Verdict",),
    "vocabulary": ("INSTITUTIONS",),
}  # fmt: skip
"""Where each public name lives. It is imported when it is first asked for, so that `import rehabfacts` costs nothing."""

__all__ = [
    "INSTITUTIONS", "MOMENT", "PERIOD", "Ambiguity", "Dataset", "Date", "Difference", "Entity", "Fact",
    "FactChange", "InvalidDate", "InvalidFormula", "InvalidInput", "InvalidQuantity", "MissingExtra", "Mode",
    "Names", "NoSuchThing", "Period", "Problem", "Quantity", "Reading", "Ref", "RehabfactsError", "Report", "Rule",
    "Schema", "Settings", "Severity", "Supposition", "TightenedBound", "Verdict", "Violation", "builtin", "check",
    "check_dataset", "compare", "fact_changes", "load", "record", "suppose", "whatif", "write",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name == "builtin":
        return import_module("rehabfacts.builtin")
    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"rehabfacts.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'rehabfacts' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
