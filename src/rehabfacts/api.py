"""Checking in one call: paths in, report out."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rehabfacts import builtin
from rehabfacts.checker.checking import check_dataset
from rehabfacts.checker.reports import Report
from rehabfacts.errors import Problem
from rehabfacts.loading.loader import Loaded, load
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Schema
from rehabfacts.settings import Settings
from rehabfacts.vocabulary import INSTITUTIONS

if TYPE_CHECKING:
    from rehabfacts.changes.differences import Difference
    from rehabfacts.changes.suppositions import Supposition


def check(
    *paths: str | os.PathLike[str], rules: Sequence[Rule] | None = None, schema: Schema = INSTITUTIONS, settings: Settings | None = None
) -> Report:
    """Checks the facts under the paths.

    The rules are those given, or those in rule files under the paths and in the packs that the settings name; where
    there are none of these, the shipped packs. Without paths the settings' own are taken. Mistakes in the files do not
    raise: they are `report.problems`, and what is healthy is checked. Raises InvalidInput for settings that name rules
    that are not there, NoSuchThing for packs that are not.

    >>> report = check(builtin.path("facts"))
    >>> report.exit_status, [violation for violation in report if report.fails(violation)]
    (0, [])
    """
    settings = settings or Settings()
    inputs = _inputs(paths, rules, schema, settings)
    return check_dataset(inputs.dataset, inputs.rules, settings, problems=inputs.problems, digests=inputs.digests)


def whatif(
    *paths: str | os.PathLike[str], suppositions: "Sequence[Supposition]", schema: Schema = INSTITUTIONS, settings: Settings | None = None
) -> "tuple[Difference, Report]":
    """What would change if facts were left out or set otherwise: the difference, and the report as it would be.

    Paths, rules and settings as for `check`. Raises NoSuchThing for facts and fields that are not there, InvalidInput
    for values that do not fit.
    """
    from rehabfacts.changes.differences import compare  # noqa: PLC0415  # what a plain check need not load
    from rehabfacts.changes.suppositions import suppose  # noqa: PLC0415

    settings = settings or Settings()
    inputs = _inputs(paths, None, schema, settings)
    before, after = (
        check_dataset(dataset, inputs.rules, settings, problems=inputs.problems, digests=inputs.digests)
        for dataset in (inputs.dataset, suppose(inputs.dataset, suppositions))
    )
    return compare(before, after), after


def _inputs(
    paths: tuple[str | os.PathLike[str], ...], rules: Sequence[Rule] | None, schema: Schema, settings: Settings
) -> Loaded:
    """What the paths hold with the rules in force; nothing to check is a problem too."""
    loaded = load(paths or settings.paths, schema, calendar=settings.calendar, limits=settings.limits)
    in_force = tuple(rules) if rules is not None else _rules(loaded, settings, schema)
    problems = list(loaded.problems)
    if not (loaded.dataset.facts or loaded.dataset.ambiguities):
        problems.append(Problem("E-NOTHING", "expected facts, found none", "name a file or directory that holds fact files"))
    if not any(not rule.mode.is_given for rule in in_force):
        problems.append(Problem("E-NOTHING", "expected rules that demand something, found none", "name a rule file or a pack"))
    return Loaded(loaded.dataset, in_force, tuple(problems), loaded.digests)


def _rules(loaded: Loaded, settings: Settings, schema: Schema) -> tuple[Rule, ...]:
    own = loaded.rules
    if settings.packs is None and own:
        return own
    if settings.packs is not None and not settings.packs:
        return own
    shipped = builtin.rules(*(settings.packs or ()), schema=schema)
    known = {rule.id for rule in own}
    return (*own, *(rule for rule in shipped if rule.id not in known))
