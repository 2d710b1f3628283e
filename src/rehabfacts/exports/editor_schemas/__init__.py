"""JSON Schemas (2020-12) of our files, made from the live types and the loaders' own tables of keys, for editors.

A scalar of YAML is a text for us whatever an editor takes it for, so a text is a string, a number or a boolean here; null
states nothing. What a schema refuses, the loader refuses too; what the loader refuses for its shape, the schema refuses.
"""

from collections.abc import Callable, Mapping

from rehabfacts.exports.editor_schemas.facts import fact_schema
from rehabfacts.exports.editor_schemas.mappings import mapping_schema
from rehabfacts.exports.editor_schemas.rules import rule_schema
from rehabfacts.exports.editor_schemas.settings import settings_schema
from rehabfacts.exports.editor_schemas.types import type_schema
from rehabfacts.exports.editor_schemas.waivers import waiver_schema
from rehabfacts.exports.editor_schemas.words import Document
from rehabfacts.schema import Schema

EDITOR_SCHEMAS: Mapping[str, Callable[[Schema], Document]] = {
    "facts": fact_schema, "rules": rule_schema, "mappings": mapping_schema, "schemas": type_schema, "waivers": waiver_schema,
    "settings": settings_schema,
}  # fmt: skip
"""The kinds of files, each with what describes it."""
