"""The JSON Schema of schema files: which types there are."""

from rehabfacts.exports.editor_schemas.words import (
    NAMES,
    TEXT,
    TEXTS,
    VERSION,
    Document,
    basics,
    document,
    keyed,
)
from rehabfacts.loading.schema_files import BASES, ENTITY_KEYS, FACT_KEYS, KINDS, SCHEMA_KEYS, TIMES
from rehabfacts.schema import Schema


def type_schema(schema: Schema) -> Document:
    """A schema file. What a role or a parent is named after may be declared elsewhere, so any name of a type will do."""
    kind: Document = {
        "anyOf": [{"enum": [*KINDS, *schema.types]}, {"type": "string", "pattern": "^(quantity in .*[^ %].*|[A-Z][A-Za-z0-9]*)$"}, {"type": "array", "minItems": 1, "items": TEXT}]
    }
    parts: dict[str, Document] = {
        "is": {"anyOf": [{"enum": ["entity", "fact"]}, {"type": "string", "pattern": "^[A-Z][A-Za-z0-9]*$"}]},
        "fields": {"type": ["object", "null"], "propertyNames": {"pattern": "^[a-z][a-z0-9_]{0,63}$"}, "additionalProperties": kind},
        "times": {"type": "object", "propertyNames": {"pattern": "^[a-z][a-z0-9_]{0,63}$"}, "additionalProperties": {"enum": list(TIMES)}},
        "means": NAMES, "says": TEXT,
    }  # fmt: skip
    keys = dict.fromkeys((*ENTITY_KEYS, *FACT_KEYS))
    declared = keyed({name: parts.get(name, TEXTS) for name in keys}, required=["is"])
    body: dict[str, Document] = {
        "rehabfacts": VERSION, "extends": {"enum": list(BASES)},
        "types": {"type": "object", "propertyNames": {"pattern": "^[A-Z][A-Za-z0-9]{0,63}$"}, "additionalProperties": declared},
    }  # fmt: skip
    return document("rehabfacts: types", keyed({name: body[name] for name in SCHEMA_KEYS}, required=["rehabfacts", "types"]), basics())
