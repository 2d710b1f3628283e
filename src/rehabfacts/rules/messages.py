"""What a rule says of one binding: its sentence in a language, with the fields that it names."""

import re
from collections.abc import Callable

from rehabfacts.errors import InvalidFormula
from rehabfacts.rules.formulas import Path
from rehabfacts.rules.plans import Route
from rehabfacts.rules.routes import Routes
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Kind, Schema

_PLACE = re.compile(r"(?<![{$])\{([^\W\d]\w*(?:\.[^\W\d][\w-]*)*)\}(?!\})")
_TOLD = frozenset((Kind.ROLE, Kind.DATE, Kind.PERIOD, Kind.QUANTITY, Kind.NAMES, Kind.TEXT, Kind.CHOICE, Kind.FLAG))
"""Kinds of fields that a sentence can name."""


def fill(rule: Rule, schema: Schema, read: Callable[[Route], str]) -> str:
    """The rule's sentence. `{name}` is a parameter, a variable of `for`, or a field that facts state and that a path leads to.

    `read` says what stands there. Every other brace, per cent sign or dollar sign is text.
    """

    def told(found: re.Match[str]) -> str:
        name = found[1]
        value = rule.parameters.get(name)
        if value is not None:
            return value if isinstance(value, str) else ", ".join(value)
        route = _route(rule, schema, name)
        return found[0] if route is None else read(route)

    return _PLACE.sub(told, rule.sentence)


def _route(rule: Rule, schema: Schema, name: str) -> Route | None:
    path = Path(tuple(name.split(".")), 1)
    try:
        route, end = Routes(name, schema, dict(rule.plan.scans), {}).walk(path)
    except InvalidFormula:
        return None
    return route if route.kind in _TOLD and not end and not route.is_timeline else None
