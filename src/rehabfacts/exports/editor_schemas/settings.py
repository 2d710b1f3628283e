"""The JSON Schema of settings, for editors of TOML."""

from rehabfacts.calendars import CALENDARS
from rehabfacts.exports.editor_schemas.words import Document, document, keyed
from rehabfacts.precisions import DEFAULT_WIDTHS
from rehabfacts.schema import Schema
from rehabfacts.settings import DOUBTFUL, MOST, SETTINGS, SEVERITIES

_TEXTS: Document = {"type": "array", "items": {"type": "string"}}
_DAY: Document = {"type": ["string", "integer"], "description": "a day, in EDTF"}
_PARAMETER: Document = {"type": ["string", "integer", "boolean", "array"], "minItems": 1, "items": {"type": ["string", "integer", "boolean"]}}
_SEVERITY: Document = {"enum": list(SEVERITIES)}
_KEYS: dict[str, Document] = {
    "calendar": {"enum": list(CALENDARS)},
    "limits": keyed({name: {"type": "integer", "minimum": 1, "maximum": most} for name, most in MOST.items()}),
    "threshold": {**_SEVERITY, "description": "the mildest severity that fails a run"},
    "severities": {"type": "object", "additionalProperties": _SEVERITY},
    "doubtful": {"enum": list(DOUBTFUL)},
    "widths": keyed({name: {"type": "string", "description": "days, weeks, months or years, as in 2 years"} for name in DEFAULT_WIDTHS}),
    "parameters": {"type": "object", "additionalProperties": {"anyOf": [_PARAMETER, {"type": "object", "additionalProperties": _PARAMETER}]}},
    "language": {"type": "string", "description": "the language of what rules say, as in uk"},
    "as_of": _DAY,
    "today": _DAY,
    "reliability": {"type": "array", "items": {"anyOf": [{"type": "string"}, _TEXTS]}},
}


def settings_schema(_: Schema) -> Document:
    """`rehabfacts.toml`; every key that is not described otherwise holds a list of texts."""
    return document("rehabfacts: settings", keyed({name: _KEYS.get(name, _TEXTS) for name in SETTINGS}))
