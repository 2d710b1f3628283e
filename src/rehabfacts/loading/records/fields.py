"""How one field of an entity or a fact is made from a record: a text with paths, its dates, its words, its ends."""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

import attrs

from rehabfacts.dates import Date
from rehabfacts.errors import InvalidDate, nearest, shown
from rehabfacts.loading.nodes import Listing, Node, Text
from rehabfacts.loading.nodes import Mapping as MappingNode
from rehabfacts.loading.records.date_notations import NAMED, Notation, notation_named
from rehabfacts.loading.records.paths import Path, Report, Scope, Template, read_template
from rehabfacts.loading.values import ValueReader, shape
from rehabfacts.periods import Period
from rehabfacts.schema import Field, Kind

VALUE_KEYS = ("value", "dates", "words", "else")
PERIOD_KEYS = ("start", "end")
_NO_ID = re.compile(r"[^\w.:-]+")
_ID = re.compile(r"[\w.:][\w.:-]*(?<!-)")

@attrs.define
class Making:
    """One record being made: what its variables are bound to, who hears of problems, the calendars of its dates."""

    scope: Scope
    report: Report
    calendars: dict[str, Node]


Maker: TypeAlias = Callable[[Making, Node], Node | None]
"""Makes the value of a field for the record at a place; None where it is not stated."""


class FieldsReader:
    """Reads how fields are made; every path that is used is noted in `paths`."""

    def __init__(self, values: ValueReader, variables: Mapping[str, object], dates: str) -> None:
        self._values, self._variables, self._dates = values, variables, dates
        self.paths: list[Path] = []

    def maker(self, field: Field, node: Node) -> Maker | None:
        """How a field is made; None with a problem where that cannot be read."""
        if isinstance(node, MappingNode) and field.kind is Kind.PERIOD and not node.entries.keys().isdisjoint(PERIOD_KEYS):
            return self._period(field, node)
        if isinstance(node, MappingNode) and field.kind in {Kind.NAMES, Kind.REASONS} and "value" not in node.entries:
            return self._languages(node)
        if isinstance(node, Listing) and field.kind is Kind.TEXTS:
            return self._list(node)
        made = self._value(field, node)
        if made is None or (field.kind is not Kind.ROLE and field.name != "id"):
            return made
        return lambda making, at: _as_id(made(making, at))

    def template(self, node: Node) -> Template | None:
        """A text with paths in braces."""
        if not isinstance(node, Text):
            self._values.report(node, "E-SHAPE", f"expected a text with paths in braces, found {shape(node)}", "as in {value: '{p.born}', dates: day.month.year}")
            return None
        found = read_template(node, self._variables, self._values)
        self.paths += found.paths if found is not None else ()
        return found

    def _value(self, field: Field, node: Node) -> Maker | None:
        """Value = text | { value, [dates], [words], [else] }."""
        entries: dict[str, Node] = {"value": node}
        if isinstance(node, MappingNode):
            self._values.check_keys(node, VALUE_KEYS)
            entries = node.entries
            if "value" not in entries:
                self._values.report(node, "E-KEY-MISSING", f"{field.name}: expected value", "as in {value: '{p.born}', dates: day.month.year}")
                return None
        template = self.template(entries["value"])
        notation = self._notation(entries.get("dates")) if field.kind in {Kind.DATE, Kind.PERIOD} else None
        words = self._words(entries.get("words"))
        other = self._values.text(entries["else"]) if "else" in entries else None
        if template is None:
            return None
        return _maker(field, template, notation, words, other)

    def _notation(self, node: Node | None) -> Notation | None:
        """How the dates of a value are written; None where that is EDTF."""
        name = self._dates if node is None else self._values.text(node) or ""
        notation = notation_named(name)
        if notation is None and node is not None:
            self._values.report(node, "E-TYPE", f"dates: expected {', '.join(NAMED)} or an order such as day.month.year, found {shown(name)!r}")
        return None if name == "edtf" else notation

    def _words(self, node: Node | None) -> dict[str, str] | None:
        if node is None:
            return None
        if not isinstance(node, MappingNode):
            self._values.report(node, "E-SHAPE", f"words: expected a mapping from the words of the records to ours, found {shape(node)}")
            return None
        return {name: self._values.text(value) or "" for name, value in node.entries.items()}

    def _period(self, field: Field, node: MappingNode) -> Maker | None:
        self._values.check_keys(node, PERIOD_KEYS)
        ends = [self._value(field, node.entries[key]) if key in node.entries else _nothing for key in PERIOD_KEYS]
        start, end = ends
        return None if start is None or end is None else lambda making, at: _joined(start(making, at), end(making, at))

    def _languages(self, node: MappingNode) -> Maker | None:
        templates = {language: self.template(value) for language, value in node.entries.items()}

        def make(making: Making, at: Node) -> Node | None:
            found = {name: each.fill(making.scope, at, making.report) for name, each in templates.items() if each is not None}
            stated: dict[str, Node] = {name: text for name, text in found.items() if text is not None}
            return MappingNode(at.line, at.column, stated, dict) if stated else None

        return make

    def _list(self, node: Listing) -> Maker | None:
        templates = [self.template(item) for item in node.items]

        def make(making: Making, at: Node) -> Node | None:
            found = [each.fill(making.scope, at, making.report) for each in templates if each is not None]
            stated: list[Node] = [text for text in found if text is not None]
            return Listing(at.line, at.column, stated) if stated else None

        return make


def _nothing(_: Making, __: Node) -> None:
    return None


def _maker(field: Field, template: Template, notation: Notation | None, words: Mapping[str, str] | None, other: str | None) -> Maker:
    """The plainest function that does what is asked: most fields are a text as it stands."""
    fill = template.fill

    def text(making: Making, at: Node) -> Node | None:
        return fill(making.scope, at, making.report)

    def whole(making: Making, at: Node) -> Node | None:
        node = fill(making.scope, at, making.report)
        if node is None:
            return None if other is None else Text(other, at.line, at.column, is_plain=True)
        if words is not None:
            node = _translated(field, node, words, making.report)
        return node if node is None or notation is None else _dated(field, node, notation, making)

    return text if notation is None and words is None and other is None else whole


def _translated(field: Field, node: Text, words: Mapping[str, str], report: Report) -> Text | None:
    word = words.get(node.value)
    if word is None:
        report(node, "E-TYPE", f"{field.name}: expected one of {', '.join(map(shown, words))}, found {shown(node.value)!r}", nearest(node.value, words))
        return None
    return Text(word, node.line, node.column, is_plain=True) if word else None


def _dated(field: Field, node: Text, notation: Notation, making: Making) -> Text | None:
    """A date in EDTF; what is wrong with it is told as the record writes it."""
    try:
        edtf, calendar = notation(node.value)
        (Period if field.kind is Kind.PERIOD else Date).parse(edtf, calendar or "gregorian")
    except InvalidDate as error:
        making.report(node, error.code, f"{field.name}: {error.cause}, found {shown(node.value)!r}", error.hint)
        return None
    making.calendars[calendar] = node
    return Text(edtf, node.line, node.column, is_plain=False)


def _joined(start: Node | None, end: Node | None) -> Text | None:
    """A period from its two ends; an end that is not stated is not known."""
    first = start or end
    if first is None:
        return None
    texts = [each.value if isinstance(each, Text) else "" for each in (start, end)]
    return Text("/".join(texts), first.line, first.column, is_plain=False)


def _as_id(node: Node | None) -> Node | None:
    """A text as an id: what an id cannot hold becomes a hyphen."""
    if not isinstance(node, Text):
        return node
    if _ID.fullmatch(node.value):
        return node
    name = _NO_ID.sub("-", node.value).strip("-")
    return Text(name, node.line, node.column, is_plain=False)
