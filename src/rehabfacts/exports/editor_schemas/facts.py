"""The JSON Schema of fact files: every type with its fields, and what stands around them."""

from rehabfacts.calendars import CALENDARS
from rehabfacts.exports.editor_schemas.words import (
    FLAG,
    IDENTIFIER,
    NAMES,
    TEXT,
    TEXTS,
    VALUE,
    VERSION,
    WAIVER,
    Document,
    basics,
    described,
    document,
    keyed,
    listed,
    optional,
    stated,
)
from rehabfacts.loading.fact_files import ENVELOPE, READING_KEYS, SOURCE_KEYS, TOP_KEYS, type_names
from rehabfacts.loading.no_claims import KEYS as NO_CLAIM_KEYS
from rehabfacts.loading.values import LANGUAGE, NEVER_INFERRED
from rehabfacts.schema import Field, Kind, RecordType, Schema

_CALENDAR: Document = {"enum": [*CALENDARS, None]}
_ENVELOPE: dict[str, Document] = {"calendar": _CALENDAR, "ambiguity": VALUE, "waived": {"anyOf": [WAIVER, {"type": "array", "items": WAIVER}]}}
_NO_CLAIM = keyed({name: {**kind, "minLength": 1, "minProperties": 1} for name, kind in zip(NO_CLAIM_KEYS, (TEXT, NAMES), strict=True)}, allOf=[stated(name) for name in NO_CLAIM_KEYS])
_SOURCE: dict[str, Document] = {"id": IDENTIFIER, "calendar": _CALENDAR, "derived_from": TEXTS, "no_claim": {"type": "array", "items": _NO_CLAIM}, "title": {}}


def fact_schema(schema: Schema) -> Document:
    """A fact file."""
    parts: Document = {
        "rehabfacts": VERSION,
        "source": {"anyOf": [IDENTIFIER, keyed({name: _SOURCE.get(name, VALUE) for name in SOURCE_KEYS}, required=["id"])]},
        "entities": listed({"$ref": "#/$defs/entity"}),
        "facts": listed({"allOf": [{"$ref": "#/$defs/fact"}, {"required": ["id"]}]}),
        "waivers": listed(WAIVER),
    }
    return document("rehabfacts: facts", keyed({name: parts[name] for name in TOP_KEYS}, required=["rehabfacts"]), record_definitions(schema))


def record_definitions(schema: Schema) -> dict[str, Document]:
    """An entity, a fact (with or without an id), and every type of them."""
    entities, facts = (type_names(schema, is_fact=is_fact) for is_fact in (False, True))
    types = {name: _record(schema[name]) for name in (*entities, *facts)}
    return {**basics(), "entity": {"allOf": [_typed(entities), {"required": ["id"]}]}, "fact": _typed(facts), **types}


def _typed(names: list[str]) -> Document:
    """A mapping that says its type, and is one of this type."""
    rules = [{"if": {"properties": {"type": {"const": name}}, "required": ["type"]}, "then": {"$ref": f"#/$defs/{name}"}} for name in names]
    return {"type": "object", "properties": {"type": {"enum": names}}, "required": ["type"], "allOf": rules}


def _record(kind: RecordType) -> Document:
    fields = {name: IDENTIFIER if name == "id" else _field(field, kind) for name, field in kind.fields.items()}
    required = [name for name, field in kind.fields.items() if field.is_required and name != "id"]
    described_type = {"description": kind.cls.__doc__} if kind.cls.__doc__ else {}
    if not kind.is_fact:
        demands = {"allOf": [stated(name) for name in required]} if required else {}
        return {**keyed({**fields, "type": {"const": kind.name}}), **described_type, **demands}
    own = {**dict(zip(READING_KEYS, (IDENTIFIER, FLAG), strict=True)), **{name: each for name, each in fields.items() if name != "id"}}
    readings = {"type": "array", "minItems": 2, "items": keyed(own, required=READING_KEYS[:1])}
    envelope: dict[str, Document] = {"type": {"const": kind.name}, "readings": readings, **_ENVELOPE}
    return {**keyed({**fields, **{name: envelope[name] for name in ENVELOPE}}), **described_type, **_demands(required)}


def _demands(required: list[str]) -> Document:
    """That every required field is stated: by the fact, or by all of its readings, whose passage has an id if any name."""
    by_readings = [{"anyOf": [stated(name), {"properties": {"readings": {"items": stated(name)}}}]} for name in required]
    read = {"allOf": [{"properties": {"ambiguity": IDENTIFIER}}, *by_readings]}
    return {"if": {"required": ["readings"]}, "then": read, **({"else": {"allOf": [stated(name) for name in required]}} if required else {})}


def _field(field: Field, kind: RecordType) -> Document:
    if field.kind is not Kind.REASONS:
        return described(field)
    known = {name: NAMES for name in kind.fields if name not in NEVER_INFERRED}
    languages = {f"^{LANGUAGE}$": VALUE}
    return optional("object", properties=known, patternProperties=languages, additionalProperties=False, description=described(field)["description"])
