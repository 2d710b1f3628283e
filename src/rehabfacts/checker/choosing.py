"""The rules of a run: those that the settings leave, with the severities and the parameters that they give."""

from collections.abc import Iterator, Mapping, Sequence

import attrs

from rehabfacts.checker.attributions.events import EVENTS_AGREE
from rehabfacts.checker.provenance.provenance import SWITCHABLE
from rehabfacts.errors import InvalidFormula, InvalidInput, Problem, nearest
from rehabfacts.rules.rules import Rule, Severity
from rehabfacts.schema import Schema
from rehabfacts.settings import Parameter, Settings


def in_force(rules: Sequence[Rule], settings: Settings, schema: Schema) -> tuple[Rule, ...]:
    """The rules that the settings leave. Raises InvalidInput for rules and parameters that are not there, and values that do not fit."""
    known = {rule.id for rule in (*rules, *SWITCHABLE, EVENTS_AGREE)}
    problems = [
        Problem("E-CONFIG", f"no rule {name!r}", nearest(name, known), settings.origin)
        for name in (*settings.without, *settings.severities) if name not in known
    ]  # fmt: skip
    problems += _unknown_parameters(rules, settings)
    if problems:
        raise InvalidInput(tuple(problems))
    return tuple(_set(_spoken(rule, settings.language), settings, schema) for rule in chosen(rules, settings))


def chosen(rules: Sequence[Rule], settings: Settings) -> tuple[Rule, ...]:
    """The rules that are not switched off, with their severities."""
    severities = {name: Severity[severity.upper()] for name, severity in settings.severities.items()}
    return tuple(
        attrs.evolve(rule, severity=severities.get(rule.id, rule.severity)) if rule.id in severities else rule
        for rule in rules
        if rule.id not in settings.without
    )


def _spoken(rule: Rule, language: str) -> Rule:
    return rule if rule.language == language else attrs.evolve(rule, language=language)


def _set(rule: Rule, settings: Settings, schema: Schema) -> Rule:
    own = settings.parameters.get(rule.id, {})
    changed: dict[str, Parameter] = {
        name: value for name in rule.parameters
        if not isinstance(value := (own.get(name) if isinstance(own, Mapping) else None) or settings.parameters.get(name), Mapping | None)
    }  # fmt: skip
    if not changed:
        return rule
    try:
        return rule.with_parameters(changed, schema)
    except InvalidFormula as error:
        told = ", ".join(f"{name} = {value}" for name, value in changed.items())
        raise InvalidInput((Problem(error.code, f"parameters of {rule.id} ({told}): {error}", "", settings.origin),)) from None


def _unknown_parameters(rules: Sequence[Rule], settings: Settings) -> Iterator[Problem]:
    """What the settings set that no rule has: an id beside a table names a rule, a name beside a value a parameter of some rule."""
    by_id = {rule.id: rule.parameters for rule in rules}
    names = {name for parameters in by_id.values() for name in parameters}
    for name, value in settings.parameters.items():
        if not isinstance(value, Mapping):
            if name not in names:
                yield Problem("E-CONFIG", f"no rule has a parameter {name!r}", nearest(name, names), settings.origin)
        elif name not in by_id:
            yield Problem("E-CONFIG", f"no rule {name!r}", nearest(name, by_id), settings.origin)
        else:
            for each in value:
                if each not in by_id[name]:
                    yield Problem("E-CONFIG", f"rule {name} has no parameter {each!r}", nearest(each, by_id[name]), settings.origin)
