"""Skeletons of facts, entities and rules: what an author fills in, each field with what it holds."""

from rehabfacts.exports.editor_schemas.words import described
from rehabfacts.schema import Field, Kind, RecordType, Schema

_COMMON = {each.is_fact: each.fields for each in Schema.of(()).types.values()}
_TOLD = {
    "quote": "the exact words of the source", "source": "the id of the source, if it is not that of the file",
    "cites": "what the source itself refers to here", "according_to": "the id of the entity whom the source says it from",
    "superseded_by": "the id of the fact that took its place", "note": "a remark", "mentions": "the words by which sources call it",
}  # fmt: skip

RULE = """\
# What must hold, as in body-created-before-it-meets
- id:
  # the rule as a sentence, and why it must hold
  says:
  why:
  # error, warning or note
  severity: error
  # variables and their types; which of them are meant; what must hold of them
  for: {c: Creation}
  # where: c.body = c.body
  require: c.date <= 2000
  # one of each verdict that the rule can give
  examples:
    - {verdict: violated, facts: [{type: Creation, body: board, date: 2001}]}
    - {verdict: undetermined, facts: [{type: Creation, body: board, date: "[1999,2001]"}]}
    - {verdict: satisfied, facts: [{type: Creation, body: board, date: 1999}]}
"""


def skeleton(kind: RecordType) -> str:
    """A record as an item of its list: what it needs stands there empty, each with a comment above it; the rest is commented out."""
    fields = sorted((field for field in kind.fields.values() if field.name != "id"), key=lambda field: field.name in _COMMON[kind.is_fact])
    needed = [field for field in fields if field.is_required or field.name == "quote"]
    means = (kind.cls.__doc__ or "").strip().split("\n")[0]
    lines = [*([f"# {means}"] if means else []), "- id:", f"  type: {kind.name}"]
    lines += [line for field in needed for line in (f"  # {_told(field)}", f"  {field.name}:")]
    lines += ["  # what it may have:", *(f"  # {field.name}: ({_told(field)})" for field in fields if field not in needed)]
    return "\n".join(lines) + "\n"


def _told(field: Field) -> str:
    """What a field holds."""
    words = f"one of {', '.join(field.choices)}" if field.kind is Kind.CHOICE else described(field).get("description", "a text")
    return _TOLD.get(field.name, words)
