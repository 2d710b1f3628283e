"""Facts of a type, each by itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from rehabfacts.schema import Fact, Field, Kind, RecordType, Schema
from rehabfacts.testing.notations import Draw
from rehabfacts.testing.records import drawn_words, own_fields
from rehabfacts.testing.values import YEARS, Years, dates, periods, quantities

_UNITS = ("", "persons")
_IDS = st.integers(1, 99).map(lambda number: f"fact-{number}")


def facts(
    schema: Schema, type_name: str, *, roles: Mapping[str, Sequence[str]] | None = None, ids: st.SearchStrategy[str] | None = None,
    years: Years = YEARS, level: int = 2,
) -> st.SearchStrategy[Fact]:  # fmt: skip
    """Facts of a type with any times, numbers and words, which need not agree with each other.

    `roles` gives the ids to draw a role from; without it, one that is needed names `person-1` or the like, of its type.
    What a fact need not state it sometimes leaves out. Raises NoSuchThing for a type that is not there, ValueError for
    one of entities or for roles that the type has not.
    """
    kind, given = schema[type_name], dict(roles or {})
    names = {each.name for each in kind.fields.values() if each.kind is Kind.ROLE}
    if not kind.is_fact or not given.keys() <= names:
        raise ValueError(f"expected a fact type with the roles {', '.join(given)}, got {type_name}" if given else f"expected a fact type, got {type_name}")
    return st.composite(lambda draw: _drawn_facts(draw, kind, given, _IDS if ids is None else ids, years, level))()


def _drawn_facts(
    draw: Draw, kind: RecordType, roles: Mapping[str, Sequence[str]], ids: st.SearchStrategy[str], years: Years, level: int
) -> Any:
    values = drawn_words(draw, kind)
    for field in (*own_fields(kind), *(kind.fields[name] for name in roles)):
        strategy = _value(field, roles, years, level)
        if strategy is not None and (field.is_required or draw(st.integers(0, 3)) != 1):
            values[field.name] = draw(strategy)
    return kind.cls(id=draw(ids), **values)


def _value(field: Field, roles: Mapping[str, Sequence[str]], years: Years, level: int) -> st.SearchStrategy[Any] | None:
    match field.kind:
        case Kind.ROLE:
            pool = roles.get(field.name) or [f"{field.target.lower()}-{number}" for number in (1, 2)]
            return st.sampled_from(list(pool)) if field.is_required or field.name in roles else None
        case Kind.DATE:
            return dates(years=years, level=level)
        case Kind.PERIOD:
            return periods(years=years, level=level)
        case Kind.QUANTITY:
            return quantities(units=(field.unit,) if field.unit else _UNITS)
    return None
