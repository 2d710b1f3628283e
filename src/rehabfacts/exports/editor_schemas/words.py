"""What the schemas are made of: the kinds of values that stand in several kinds of files, mappings, lists and whole documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from rehabfacts.loading.values import FORMAT
from rehabfacts.loading.waivers import FIELDS, ONE_OF
from rehabfacts.schema import Field, Kind

Document = dict[str, Any]

_SCALARS = ("string", "number", "boolean")
TEXT: Document = {"$ref": "#/$defs/text"}
VALUE: Document = {"$ref": "#/$defs/value"}
IDENTIFIER: Document = {"$ref": "#/$defs/id"}
TEXTS: Document = {"$ref": "#/$defs/texts"}
NAMES: Document = {"$ref": "#/$defs/names"}
WAIVER: Document = {"$ref": "#/$defs/waiver"}
FLAG: Document = {"type": ["boolean", "null"]}
VERSION: Document = {"enum": [FORMAT, int(FORMAT)]}
ANYTHING: Document = {}

_TOLD = {
    Kind.DATE: "one day, in EDTF: 1993-04-14, 1993-04, 1993~, [..1992-12-31]",
    Kind.PERIOD: "a time, in EDTF: 1993/2006, 1993-07-19/.., 1993/1993 for some days of 1993",
    Kind.QUANTITY: "a number: 75 thousand, 1,234, 11..12",
    Kind.NAMES: "a text, or texts by language: {en: …, uk: …}",
    Kind.TEXTS: "a text, or a list of them",
    Kind.REASONS: "why the fact says more than its quote: a reason, or reasons by field",
    Kind.FLAG: "true or false",
}
_SHAPES = {Kind.NAMES: NAMES, Kind.TEXTS: TEXTS, Kind.FLAG: FLAG}


def described(field: Field) -> Document:
    """What may stand in a field: a value, or null for one that is not stated."""
    if field.kind is Kind.CHOICE:
        return {"enum": [*field.choices, None]}
    told = f"the id of a {field.target}" if field.kind is Kind.ROLE else "a percentage: 35 %" if field.unit == "%" else _TOLD.get(field.kind, "")
    told += f", in {field.unit}" if field.unit not in {"", "%"} else ""
    return {**_SHAPES.get(field.kind, VALUE), **({"description": told} if told else {})}


def optional(*more: str, **details: Any) -> Document:
    """A scalar or null, or one of these collections."""
    return {"type": [*_SCALARS, "null", *more], **details}


def stated(name: str) -> Document:
    """That a key is there, and is not null."""
    return {"required": [name], "properties": {name: {"not": {"const": None}}}}


def keyed(properties: Mapping[str, Document], *, required: Sequence[str] = (), **more: Any) -> Document:
    """A mapping with these keys and no others."""
    return {"type": "object", "properties": dict(properties), "required": list(required), "additionalProperties": False, **more}


def listed(items: Document) -> Document:
    """A list, or nothing."""
    return {"type": ["array", "null"], "items": items}


def document(title: str, body: Document, definitions: Mapping[str, Document] | None = None) -> Document:
    """A whole schema."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return {**head, **body, **({"$defs": dict(definitions)} if definitions else {})}


def basics() -> dict[str, Document]:
    """The definitions that every kind of YAML file needs."""
    return {
        "text": {"type": list(_SCALARS)},
        "value": optional(),
        "id": {"type": list(_SCALARS), "pattern": "^[^\\s!-,/;-@\\[-^`{-~]+$"},
        "texts": optional("array", items=VALUE),
        "names": optional("object", additionalProperties=TEXT),
        "waiver": _waiver(),
    }


def _waiver() -> Document:
    required = [stated(each.name) for each in FIELDS.values() if each.is_required]
    choices = [{"anyOf": [stated(name) for name in names]} for names in ONE_OF]
    clash = {"type": ["string", "null"], "pattern": "^\\s*[0-9][0-9,]*(?:\\.[0-9]{1,4})? \\S", "description": "its size as reports tell it: 33 days"}
    return keyed({**{name: described(field) for name, field in FIELDS.items()}, "clash": clash}, allOf=[*required, *choices])
