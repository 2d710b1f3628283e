"""The JSON Schema of files of waivers."""

from rehabfacts.exports.editor_schemas.words import VERSION, WAIVER, Document, basics, document, keyed, listed
from rehabfacts.schema import Schema


def waiver_schema(_: Schema) -> Document:
    """A file of waivers."""
    return document("rehabfacts: waivers", keyed({"rehabfacts": VERSION, "waivers": listed(WAIVER)}, required=["rehabfacts"]), basics())
