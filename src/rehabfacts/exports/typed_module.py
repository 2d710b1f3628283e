"""Types of a schema as a Python module, for libraries that are type-checked: the classes that its files declare."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

import attrs

from rehabfacts.schema import Field, Kind, RecordType, Schema

_ANNOTATIONS = {
    Kind.DATE: "Date", Kind.PERIOD: "Period", Kind.NAMES: "Names", Kind.TEXT: "str", Kind.TEXTS: "tuple[str, ...]", Kind.FLAG: "bool",
}  # fmt: skip
_CONSTANTS = {"SAYS": "str", "IDENTIFIED_BY": "tuple[str, ...]", "SAME": "tuple[str, ...]", "HIERARCHY": "tuple[str, ...]", "FULL_PERIODS": "tuple[str, ...]"}
_HOMES = {
    "Annotated": "typing", "ClassVar": "typing", "Literal": "typing", "Date": "rehabfacts.dates", "Period": "rehabfacts.dates",
    "Percentage": "rehabfacts.quantities", "Quantity": "rehabfacts.quantities",
    **dict.fromkeys(("MOMENT", "PERIOD", "Entity", "Fact", "Names", "Ref", "TimelineKind", "record"), "rehabfacts.schema"),
}  # fmt: skip


def write_typed_module(schema: Schema, given: Schema) -> str:
    """The module of the types of `schema` that `given` has not; `TYPES` lists them, `Schema.of` reads them again."""
    own = [each for name, each in schema.types.items() if name not in given.types]
    blocks = ["\n".join(_class(each, schema)) for each in own]
    names = ", ".join(each.name for each in own)
    listed = f"TYPES: tuple[type, ...] = ({names}{',' if len(own) == 1 else ''})"
    body = "\n\n\n".join((*blocks, listed))
    doc = '"""Types of entities and facts. Written by `rehabfacts schema types`: change the schema file, and run it."""'
    return f"{doc}\n\n{_imports(body, own, given)}\n\n\n{body}\n"


def _class(kind: RecordType, schema: Schema) -> Iterator[str]:
    yield "@record"
    yield f"class {kind.name}({kind.lineage[1]}):"
    yield f'    ""{json.dumps(kind.cls.__doc__ or kind.name, ensure_ascii=False)}""'
    members = [*_constants(kind), *_times(kind), *_fields(kind, schema)]
    yield from ("", *(f"    {each}" for each in members)) if members else ()


def _constants(kind: RecordType) -> Iterator[str]:
    for name, annotation in _CONSTANTS.items():
        if name in vars(kind.cls):
            value = vars(kind.cls)[name]
            told = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
            yield f"{name}: ClassVar[{annotation}] = {told}"


def _times(kind: RecordType) -> Iterator[str]:
    for name, timeline in kind.timelines.items():
        if name in vars(kind.cls):
            yield f"{name}: ClassVar[TimelineKind] = {timeline.name}"


def _fields(kind: RecordType, schema: Schema) -> Iterator[str]:
    inherited = schema[kind.lineage[1]].fields
    for field in kind.fields.values():
        if field.name not in inherited:
            annotation = _annotation(field)
            yield f"{field.name}: {annotation}" if field.is_required else f"{field.name}: {annotation} | None = None"


def _annotation(field: Field) -> str:
    if field.kind is Kind.ROLE:
        return f'Ref["{field.target}"]'
    if field.kind is Kind.CHOICE:
        return f"Literal[{', '.join(json.dumps(each, ensure_ascii=False) for each in field.choices)}]"
    if field.kind is Kind.QUANTITY:
        if field.unit in {"", "%"}:
            return "Percentage" if field.unit else "Quantity"
        return f"Annotated[Quantity, {json.dumps(field.unit, ensure_ascii=False)}]"
    return _ANNOTATIONS[field.kind]


def _imports(body: str, own: Iterable[RecordType], given: Schema) -> str:
    """The names that the module uses, from where they live: ours, and those of the types that were there before."""
    words = set(body.replace('"', " ").translate(str.maketrans("()[],:.|=", "         ")).split())
    homes: defaultdict[str, set[str]] = defaultdict(set)
    needed = {name for name in _HOMES if name in words} | {"record"}
    for name in needed:
        homes[_HOMES[name]].add(name)
    named = {name for each in own for name in (each.lineage[1], *(field.target for field in _of_own(each) if field.target))}
    for name in named - _HOMES.keys():
        if name in given.types:
            homes[given.types[name].cls.__module__].add(name)
    blocks = [f"from {home} import {', '.join(sorted(names))}" for home, names in sorted(homes.items())]
    standard = [each for each in blocks if each.startswith("from typing")]
    return "\n".join((*standard, *([""] if standard else []), *(each for each in blocks if each not in standard)))


def _of_own(kind: RecordType) -> Iterator[Field]:
    own = {each.name for each in attrs.fields(kind.cls) if not each.inherited}
    return (field for field in kind.fields.values() if field.name in own)
