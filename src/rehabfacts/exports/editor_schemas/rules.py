"""The JSON Schema of rule files: the envelope of a rule, with its examples."""

from rehabfacts.exports.editor_schemas.facts import record_definitions
from rehabfacts.exports.editor_schemas.words import (
    ANYTHING,
    IDENTIFIER,
    NAMES,
    TEXT,
    TEXTS,
    VALUE,
    Document,
    document,
    keyed,
    optional,
)
from rehabfacts.loading.examples import EXAMPLE_KEYS, VERDICTS
from rehabfacts.loading.rule_files import FORMS, KEYS, SEVERITIES
from rehabfacts.schema import Schema

_FORMULA: Document = optional("array", "object", items=VALUE, additionalProperties=VALUE)
_SCANS: Document = {"type": "object", "minProperties": 1, "additionalProperties": TEXT}
_PARTS: Document = {"type": "object", "minProperties": 1, "additionalProperties": VALUE, "not": {"required": ["where"], "maxProperties": 1}}
_ENVELOPE: dict[str, Document] = {
    "id": {**IDENTIFIER, "description": "what must hold, as in body-within-its-legal-basis"},
    "says": {**NAMES, "description": "the rule as a sentence"},
    "why": {**NAMES, "description": "why it must hold"},
    "severity": {"enum": [*SEVERITIES, None]},
    "rank": {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 999_999_999}, {"type": "string", "pattern": "^[0-9]{1,9}$"}]},
    "parameters": {"type": "object", "minProperties": 1, "additionalProperties": TEXTS, "description": "names and values, as in {minimum_age: 18}"},
    "for": {**_SCANS, "description": "variables and their types, as in {c: Creation}"},
    "where": {**VALUE, "description": "which of them are meant, as in c.body = b"},
    "unless": _PARTS,
    "over": _PARTS,
    "apart": TEXT,
    "template": {**TEXT, "description": "a common rule in one line, as in within(s.part.lifetime, s.whole.lifetime)"},
    "per": TEXTS,
    "at_most": {"type": ["string", "integer"], "description": "how many may be at a time; 1 unless given"},
    "examples": {"type": ["array", "null"], "items": {"$ref": "#/$defs/example"}},
}
_COMPANIONS = {"over": "require", "per": "apart", "at_most": "apart"}


def rule_schema(schema: Schema) -> Document:
    """A rule file. A key that says what holds takes a formula; one that is read elsewhere, anything."""
    properties = {name: _ENVELOPE.get(name, _FORMULA if name in FORMS else ANYTHING) for name in KEYS}
    rule = keyed(
        properties, required=["id", "for"], oneOf=[{"required": [name]} for name in FORMS],
        dependentRequired={name: [form] for name, form in _COMPANIONS.items()},
    )  # fmt: skip
    records: dict[str, Document] = {name: {"type": ["array", "null"], "items": {"$ref": f"#/$defs/{part}"}} for name, part in (("entities", "entity"), ("facts", "fact"))}
    parts: dict[str, Document] = {"verdict": {"enum": list(VERDICTS)}, **records}
    example = keyed({name: parts[name] for name in EXAMPLE_KEYS}, required=["verdict"], anyOf=[{"required": [name]} for name in records])
    return document("rehabfacts: rules", {"type": "array", "items": rule}, {**record_definitions(schema), "example": example})
