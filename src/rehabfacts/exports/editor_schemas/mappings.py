"""The JSON Schema of mapping files: what is made of records."""

from rehabfacts.exports.editor_schemas.facts import fact_schema
from rehabfacts.exports.editor_schemas.words import (
    TEXT,
    TEXTS,
    VALUE,
    VERSION,
    Document,
    basics,
    document,
    keyed,
)
from rehabfacts.loading.fact_files import type_names
from rehabfacts.loading.records.date_notations import NAMED
from rehabfacts.loading.records.fields import PERIOD_KEYS, VALUE_KEYS
from rehabfacts.loading.records.mapping_files import BLOCK_KEYS, FILE_KEYS, FORMATS, MAPPING_KEYS
from rehabfacts.schema import Field, Kind, RecordType, Schema

_DATES: Document = {**TEXT, "description": f"{', '.join(NAMED)}, or an order such as day.month.year"}
_SPECIFIED = keyed(dict(zip(VALUE_KEYS, (VALUE, _DATES, {"type": "object", "additionalProperties": VALUE}, VALUE), strict=True)), required=["value"])
_MADE: Document = {"anyOf": [{**VALUE, "description": "a text with paths in braces: {p.name}"}, _SPECIFIED]}
_PERIOD = keyed(dict.fromkeys(PERIOD_KEYS, _MADE), minProperties=1)
_MORE: dict[Kind, Document] = {
    Kind.PERIOD: _PERIOD, Kind.NAMES: {"type": "object", "additionalProperties": VALUE}, Kind.REASONS: {"type": "object", "additionalProperties": VALUE},
    Kind.TEXTS: {"type": "array", "items": VALUE},
}  # fmt: skip
_FILE: dict[str, Document] = {
    "file": TEXT, "format": {"enum": [*sorted(set(FORMATS.values())), None]}, "compressed": {"const": "gzip"}, "nothing": TEXTS, "dates": {**_DATES, **VALUE},
}  # fmt: skip


def mapping_schema(schema: Schema) -> Document:
    """A mapping file."""
    made = [_typed([schema[name] for name in type_names(schema, is_fact=is_fact)]) for is_fact in (False, True)]
    parts: dict[str, Document] = {
        "for": {"type": "object", "minProperties": 1, "additionalProperties": VALUE, "description": "variables and the lists they go through, as in {p: records}"},
        "where": {"type": "object", "additionalProperties": TEXTS, "description": "paths, and the texts of which one must stand there"},
        "needs": TEXTS,
        **{name: {"type": "array", "items": each} for name, each in zip(BLOCK_KEYS[-2:], made, strict=True)},
    }
    block = keyed({name: parts[name] for name in BLOCK_KEYS}, required=["for"], anyOf=[{"required": [name]} for name in BLOCK_KEYS[-2:]])
    file = keyed({name: _FILE.get(name, VALUE) for name in FILE_KEYS}, required=["file"])
    body: dict[str, Document] = {
        "rehabfacts": VERSION, "records": {"anyOf": [TEXT, file]}, "source": fact_schema(schema)["properties"]["source"],
        "map": {"type": "array", "minItems": 1, "items": block},
    }  # fmt: skip
    return document("rehabfacts: a mapping of records", keyed({name: body[name] for name in MAPPING_KEYS}, required=["rehabfacts", "records", "map"]), basics())


def _typed(kinds: list[RecordType]) -> Document:
    """What is made, of one of these types."""
    names = [each.name for each in kinds]
    rules = [{"if": {"properties": {"type": {"const": each.name}}, "required": ["type"]}, "then": _made(each)} for each in kinds]
    return {"type": "object", "properties": {"type": {"enum": names}}, "required": ["type"], "allOf": rules}


def _made(kind: RecordType) -> Document:
    fields = {name: _field(field) for name, field in kind.fields.items()}
    required = [name for name, field in kind.fields.items() if field.is_required]
    return keyed({**fields, "type": {"const": kind.name}, **({"calendar": _MADE} if kind.is_fact else {})}, required=required)


def _field(field: Field) -> Document:
    return {"anyOf": [*_MADE["anyOf"], _MORE[field.kind]]} if field.kind in _MORE else _MADE
