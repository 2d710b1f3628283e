"""What is written in the fields of symbolic records: times and numbers without any bound, and the words that are asked for."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from rehabfacts.dates import Date, Period
from rehabfacts.names import Names
from rehabfacts.quantities import Quantity
from rehabfacts.rules.plans import Route
from rehabfacts.schema import Field, Kind

_SOME_PERIOD = attrs.evolve(Period.parse("1990/1991"), start_earliest=None, start_latest=None, end_earliest=None, end_latest=None)


class ImpossibleError(Exception):
    """What is asked of the records as they are written can never be: its text says what."""


def written(field: Field, name: str, text: str | None = None, others: Iterable[str | Route] = (), ends: Mapping[str, bool] | None = None) -> Any:
    """A value of a field's kind; a time or a number without any bound."""
    if field.kind is Kind.CHOICE:
        found = [choice for choice in field.choices if choice not in others] if text is None else [text]
        if not found:
            raise ImpossibleError(f"{name} is none of {', '.join(field.choices)}")
        return found[0]
    if field.kind is Kind.FLAG:
        return text == "true" or "false" in others
    if field.kind is Kind.PERIOD:
        kinds = {f"{end}_kind": "unknown" if (ends or {}).get(end) else "date" for end in ("start", "end")}
        return attrs.evolve(_SOME_PERIOD, notation=name, **kinds)  # type: ignore[arg-type]  # both are kinds of ends
    return _PLAIN[field.kind](text or name, field) if field.kind in _PLAIN else text or name


_PLAIN: Mapping[Kind, Callable[[str, Field], Any]] = {
    Kind.DATE: lambda text, _: Date(text, "gregorian", None, None, "day"),
    Kind.QUANTITY: lambda text, field: Quantity(text, None, None, field.unit),
    Kind.NAMES: lambda text, _: Names(en=text),
    Kind.TEXTS: lambda text, _: (text,),
}
