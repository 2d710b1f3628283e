"""Waivers: violations that a project accepts, each with a reason, an author and an end; read from fact files."""

from collections.abc import Iterator

import attrs

from rehabfacts.dates import Date
from rehabfacts.errors import shown
from rehabfacts.loading.values import ValueReader, shape
from rehabfacts.loading.yaml_tree import Listing, Mapping, Node, Text
from rehabfacts.origins import NOWHERE, Origin
from rehabfacts.schema import Field, Kind
from rehabfacts.sizes import Size

FIELDS = {
    each.name: each for each in (
        Field("violation", Kind.TEXT), Field("rule", Kind.TEXT), Field("facts", Kind.TEXTS), Field("clash", Kind.TEXT),
        Field("reason", Kind.TEXT, is_required=True), Field("author", Kind.TEXT, is_required=True),
        Field("until", Kind.DATE), Field("review", Kind.DATE),
    )
}  # fmt: skip
"""The keys of a waiver, and what each holds."""

ONE_OF = (("violation", "rule"), ("until", "review"))
"""Of each of these keys, one at least must be there."""


@attrs.frozen
class Waiver:
    """An accepted violation: found by its id, or by its rule and the facts that are its members.

    It covers a clash up to the size that it records, and none with other members. After the last day of `until` it covers
    nothing, after that of `review` somebody should look at it again. `fact` is the one that it stands beside.
    """

    reason: str
    author: str
    violation: str | None = None
    rule: str | None = None
    facts: tuple[str, ...] = ()
    clash: Size | None = None
    until: Date | None = None
    review: Date | None = None
    fact: str = ""
    origin: Origin = attrs.field(default=NOWHERE, eq=False)

    @property
    def what(self) -> str:
        """The violation that it means, as its author wrote it."""
        named = f"[{self.violation}]" if self.violation else f"({', '.join(self.facts)})"
        return f"{self.rule or ''} {named}".strip()

    def __str__(self) -> str:
        end = f" until {self.until}" if self.until else ""
        review = f", to be reviewed on {self.review}" if self.review else ""
        return f"waived{end} by {self.author}{review}: {self.reason}"


def read_waivers(node: Node, values: ValueReader, *, fact: str = "") -> Iterator[Waiver]:
    """The waivers of a list, or the one of a mapping beside a fact; what is wrong becomes problems."""
    items = node.items if isinstance(node, Listing) else [node] if fact else None
    if items is None:
        if not (isinstance(node, Text) and node.is_null):
            values.report(node, "E-SHAPE", f"waivers: expected a list, found {shape(node)}")
        return
    for item in items:
        if not isinstance(item, Mapping):
            values.report(item, "E-SHAPE", f"expected a waiver, a mapping with reason and author, found {shape(item)}")
        elif (waiver := _waiver(item, values, fact)) is not None:
            yield waiver


def _waiver(node: Mapping, values: ValueReader, fact: str) -> Waiver | None:
    errors = values.errors
    values.check_keys(node, FIELDS)
    found = {name: value for name, each in node.entries.items() if name in FIELDS and (value := values.read(FIELDS[name], each, "gregorian")) is not None}
    for names in (*((each.name,) for each in FIELDS.values() if each.is_required), *ONE_OF):
        _require(node, names, found, values)
    for name in ("until", "review"):
        if name in found and found[name].latest is None:
            values.report(node.entries[name], "E-DATE", f"{name}: expected a date with a last day, found {found[name]}")
    if "clash" in found:
        found["clash"] = _size(node.entries["clash"], found["clash"], values)
    if values.errors != errors:
        return None
    facts = tuple(dict.fromkeys(([fact] if fact else []) + list(found.pop("facts", ()))))
    return Waiver(**found, facts=facts, fact=fact, origin=Origin(values.path, node.line, node.column))


def _require(node: Mapping, names: tuple[str, ...], found: dict[str, object], values: ValueReader) -> None:
    if not found.keys() & set(names) and not node.dropped & set(names) and not _is_told(node, names):
        values.report(node, "E-KEY-MISSING", f"waiver: expected {' or '.join(names)}")


def _is_told(node: Mapping, names: tuple[str, ...]) -> bool:
    """Whether one of the keys stands there with a value that could not be read, which has been told."""
    return any(not (isinstance(each, Text) and each.is_null) for name in names if (each := node.entries.get(name)) is not None)


def _size(node: Node, text: str, values: ValueReader) -> Size | None:
    try:
        return Size.parse(text)
    except ValueError as error:
        values.report(node, "E-NUM-FORM", f"clash: {error}, found {shown(text)!r}", "as in 33 days, 1.5 percentage points, 12 units")
        return None
