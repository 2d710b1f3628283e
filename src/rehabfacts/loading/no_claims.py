"""The passages of a source that are marked as no claim: each a quote with a reason."""

from rehabfacts.loading.values import ValueReader, shape
from rehabfacts.loading.yaml_tree import Listing, Mapping, Node
from rehabfacts.schema import Field, Kind, Names
from rehabfacts.sources import NoClaim

KEYS = ("quote", "reason")
_REASON = Field("reason", Kind.NAMES)


def read_no_claims(node: Node, values: ValueReader) -> tuple[NoClaim, ...]:
    """The marks of a listing; what is no quote with a reason becomes a problem."""
    if not isinstance(node, Listing):
        values.report(node, "E-SHAPE", f"no_claim: expected a list, found {shape(node)}", "as in - {quote: …, reason: …}")
        return ()
    return tuple(mark for item in node.items if (mark := _mark(item, values)) is not None)


def _mark(item: Node, values: ValueReader) -> NoClaim | None:
    if not isinstance(item, Mapping):
        values.report(item, "E-SHAPE", f"no_claim: expected a mapping with quote and reason, found {shape(item)}")
        return None
    values.check_keys(item, KEYS)
    quote = values.text(item.entries["quote"]) if "quote" in item.entries else None
    reason: Names | None = values.read(_REASON, item.entries["reason"], "") if "reason" in item.entries else None
    for name, value in (("quote", quote), ("reason", reason)):
        if not value and name not in item.dropped:
            values.report(item, "E-KEY-MISSING", f"no_claim: expected a {name}")
    return NoClaim(quote, reason, values.path, item.line, item.column) if quote and reason else None
