"""Fact files: positioned trees to entities, facts and ambiguities, with every problem of every file."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs

from rehabfacts.calendars import calendar_named
from rehabfacts.dataset import Reading, Record
from rehabfacts.dates import Date
from rehabfacts.errors import NoSuchThing, Problem, nearest, shown
from rehabfacts.loading.values import ValueReader, shape
from rehabfacts.loading.yaml_tree import Listing, Mapping, Node, Text
from rehabfacts.origins import Origin
from rehabfacts.plain import plain
from rehabfacts.schema import Entity, Fact, Field, Kind, RecordType, Schema
from rehabfacts.sources import NoClaim

if TYPE_CHECKING:
    from rehabfacts.loading.waivers import Waiver

TOP_KEYS = ("rehabfacts", "source", "entities", "facts", "waivers")
SOURCE_KEYS = ("id", "text", "sha256", "language", "date", "calendar", "encoding", "title", "derived_from", "no_claim")
_NO_TEXTS = frozenset(("id", "title", "derived_from", "no_claim"))
READING_KEYS = ("reading", "held")
ENVELOPE = ("type", "calendar", "ambiguity", "readings", "waived")


@attrs.define
class FactFile:
    """What one file holds, before files are put together."""

    path: str
    entities: list[Entity] = attrs.field(factory=list)
    facts: list[Fact] = attrs.field(factory=list)
    readings: list[tuple[str, Reading, Origin]] = attrs.field(factory=list)
    broken: set[str] = attrs.field(factory=set)
    source: "SourceEntry | None" = None
    waivers: "list[Waiver]" = attrs.field(factory=list)
    problems: list[Problem] = attrs.field(factory=list)


@plain
class SourceEntry:
    """A source as a fact file declares it."""

    id: str
    text: str | None
    sha256: str | None
    language: str | None
    date: Date | None
    encoding: str
    origin: Origin
    derived_from: tuple[str, ...] = ()
    no_claims: tuple[NoClaim, ...] = ()


def read_fact_file(tree: Mapping, path: str, schema: Schema, *, calendar: str = "gregorian") -> FactFile:
    """The entities and facts of a file's tree; `calendar` is that of dates where the file names none."""
    return _FactFileReader(path, schema, calendar).read(tree)


class _FactFileReader:
    def __init__(self, path: str, schema: Schema, calendar: str) -> None:
        self._schema = schema
        self._type_names = {kind: type_names(schema, is_fact=kind == "fact") for kind in ("entity", "fact")}
        self._values = ValueReader(path, calendar=calendar)
        self._file = FactFile(path, problems=self._values.problems)
        self._report = self._values.report

    def read(self, tree: Mapping) -> FactFile:
        self._values.check_keys(tree, TOP_KEYS)
        self._values.check_version(tree)
        source = tree.entries.get("source")
        if source is not None:
            self._file.source = self._source(source)
        for node in self._items(tree, "entities"):
            self._entity(node)
        for node in self._items(tree, "facts"):
            self._fact(node)
        if "waivers" in tree.entries:
            self._waivers(tree.entries["waivers"])
        return self._file

    def _waivers(self, node: Node, fact: str = "") -> None:
        from rehabfacts.loading.waivers import read_waivers  # noqa: PLC0415  # few files have any

        self._file.waivers += read_waivers(node, self._values, fact=fact)

    def _items(self, tree: Mapping, name: str) -> Iterator[Mapping]:
        node = tree.entries.get(name)
        if node is None or (isinstance(node, Text) and node.is_null):
            return
        if not isinstance(node, Listing):
            self._report(node, "E-SHAPE", f"{name}: expected a list, found {shape(node)}")
            return
        for item in node.items:
            if isinstance(item, Mapping):
                yield item
            else:
                self._report(item, "E-SHAPE", f"{name}: expected a mapping with id and type, found {shape(item)}")

    def _source(self, node: Node) -> SourceEntry | None:
        values = self._values
        if isinstance(node, Text):
            name = values.identifier(node)
            return SourceEntry(name, None, None, None, None, "utf-8", self._origin(node)) if name else None
        if not isinstance(node, Mapping):
            self._report(node, "E-SHAPE", f"source: expected an id or a mapping, found {shape(node)}")
            return None
        self._values.check_keys(node, SOURCE_KEYS)
        texts = {name: values.text(node.entries[name]) for name in SOURCE_KEYS if name in node.entries and name not in _NO_TEXTS}
        name = values.identifier(node.entries["id"]) if "id" in node.entries else None
        if name is None:
            self._report(node, "E-KEY-MISSING", "source: expected an id")
            return None
        values.language = texts.get("language") or values.language
        values.calendar = self._calendar(node, values.calendar)
        date = None
        if texts.get("date"):
            date = values.read(_SOURCE_DATE, node.entries["date"], values.calendar)
        derived = values.read(_DERIVED_FROM, node.entries["derived_from"], "") if "derived_from" in node.entries else None
        return SourceEntry(
            name, texts.get("text"), texts.get("sha256"), texts.get("language"), date, texts.get("encoding") or "utf-8",
            self._origin(node, node.entries), derived or (), self._no_claims(node),
        )  # fmt: skip

    def _no_claims(self, node: Mapping) -> tuple[NoClaim, ...]:
        if "no_claim" not in node.entries:
            return ()
        from rehabfacts.loading.no_claims import read_no_claims  # noqa: PLC0415  # few files have any

        return read_no_claims(node.entries["no_claim"], self._values)

    def _calendar(self, node: Mapping, default: str) -> str:
        named = node.entries.get("calendar")
        if named is None:
            return default
        name = self._values.text(named) or default
        try:
            calendar_named(name)
        except NoSuchThing as error:
            self._report(named, "E-REF", str(error))
            return default
        return name

    def _origin(self, node: Node, entries: "dict[str, Node] | None" = None) -> Origin:
        fields = {name: (value.line, value.column) for name, value in entries.items()} if entries else {}
        return Origin(self._file.path, node.line, node.column, fields)

    def _type(self, node: Mapping, kind: str) -> RecordType | None:
        named = node.entries.get("type")
        known = self._type_names[kind]
        if not isinstance(named, Text) or named.is_null:
            if "type" not in node.dropped:
                self._report(named or node, "E-KEY-MISSING", f"expected the type of the {kind}", f"one of {', '.join(known)}")
        elif named.value not in known:
            self._report(named, "E-TYPE", f"no {kind} type {shown(named.value)!r}", nearest(named.value, known))
        else:
            return self._schema[named.value]
        return None

    def _id(self, node: Mapping) -> str | None:
        named = node.entries.get("id")
        if named is not None:
            return self._values.identifier(named)
        if "id" not in node.dropped:
            self._report(node, "E-KEY-MISSING", "expected an id")
        return None

    def _entity(self, node: Mapping) -> None:
        name, kind = self._id(node), self._type(node, "entity")
        if kind is not None:
            record = self._record(kind, node, {}, name)
            if isinstance(record, Entity):
                self._file.entities.append(record)
                return
        if name:
            self._file.broken.add(name)

    def _fact(self, node: Mapping) -> None:
        name, kind = self._id(node), self._type(node, "fact")
        readings = node.entries.get("readings")
        if "waived" in node.entries and name:
            self._waivers(node.entries["waived"], name)
        if kind is not None and readings is not None:
            self._readings(kind, node, readings, name)
            return
        record = self._record(kind, node, {}, name) if kind is not None else None
        if isinstance(record, Fact):
            self._file.facts.append(record)
        elif name:
            self._file.broken.add(name)

    def _readings(self, kind: RecordType, node: Mapping, readings: Node, name: str | None) -> None:
        ambiguity = self._values.identifier(node.entries["ambiguity"]) if "ambiguity" in node.entries else name
        if not isinstance(readings, Listing) or len(readings.items) < 2:
            self._report(readings, "E-SHAPE", f"readings: expected a list of two or more, found {shape(readings)}")
            return
        for item in readings.items:
            if not isinstance(item, Mapping) or "reading" not in item.entries:
                self._report(item, "E-KEY-MISSING", "expected the name of the reading", "as in {reading: narrow, held: true, ...}")
                continue
            label = self._values.identifier(item.entries["reading"])
            held = self._values.read(_HELD, item.entries["held"], "") if "held" in item.entries else None
            own = {key: value for key, value in item.entries.items() if key not in READING_KEYS}
            self._check_own(kind, item, own)
            record = self._record(kind, node, own, name)
            if isinstance(record, Fact) and label and ambiguity:
                self._file.readings.append((ambiguity, Reading(label, {record.id: record}, held is True), self._origin(item)))
            elif name:
                self._file.broken.add(name)

    def _check_own(self, kind: RecordType, item: Mapping, own: dict[str, Node]) -> None:
        for name in own:
            if name not in kind.fields or name == "id":
                self._values.unknown_key(item, name, [*READING_KEYS, *(each for each in kind.fields if each != "id")])

    def _record(self, kind: RecordType, node: Mapping, own: dict[str, Node], name: str | None) -> Record | None:
        """The record of a node, with the fields of a reading in place of its own; None if anything in it is wrong."""
        errors = self._values.errors
        entries = {**node.entries, **own} if own else node.entries
        calendar = self._calendar(node, self._values.calendar) if "calendar" in entries else self._values.calendar
        values: dict[str, Any] = {}
        fields, read, envelope = kind.fields, self._values.read, ENVELOPE if kind.is_fact else ENVELOPE[:1]
        for key, value in entries.items():
            field = fields.get(key)
            if field is not None:
                if key != "id":
                    stated = (
                        self._values.reasons(value, fields) if isinstance(value, Mapping) and field.kind is Kind.REASONS
                        else read(field, value, calendar)
                    )  # fmt: skip
                    if stated is not None:
                        values[key] = stated
            elif key not in envelope and key not in own:
                self._values.unknown_key(node, key, [*fields, *envelope])
        for needed in _required(kind.cls):
            if needed not in values and needed not in node.dropped and _is_missing(entries.get(needed)):
                self._report(node, "E-KEY-MISSING", f"{kind.name}: expected {needed}", _REQUIRED_HINT.get(fields[needed].kind, ""))
        if name is None or self._values.errors != errors:
            return None
        if kind.is_fact:
            self._imply(values)
        record: Record = kind.cls(id=name, origin=self._origin(node, entries), **values)
        return record

    def _imply(self, values: dict[str, Any]) -> None:
        """Adds what a fact need not say: the source of its file, and that it is superseded where something took its place."""
        if self._file.source is not None:
            values.setdefault("source", self._file.source.id)
        if "superseded_by" in values:
            values.setdefault("status", "superseded")


class MadeFile(_FactFileReader):
    """Reads entities and facts from trees that were made of the records of another file, where they keep their places.

    `source` is the node of a mapping file, at `mapping`, that says what document the records are.
    """

    def __init__(self, path: str, schema: Schema, calendar: str, source: Node | None, mapping: str) -> None:
        super().__init__(path, schema, calendar)
        self.file, self.values = self._file, self._values
        self.declared = FactFile(mapping)
        if source is not None:
            heading = _FactFileReader(mapping, schema, calendar)
            self.declared.source = self._file.source = heading._source(source)  # noqa: SLF001  # its own class
            self.declared.problems = heading._values.problems  # noqa: SLF001
            self._values.calendar, self._values.language = heading._values.calendar, heading._values.language  # noqa: SLF001

    def add(self, node: Mapping, *, is_fact: bool) -> None:
        """Reads one entity or fact."""
        (self._fact if is_fact else self._entity)(node)


_SOURCE_DATE = Field("date", Kind.DATE)
_DERIVED_FROM = Field("derived_from", Kind.TEXTS)
_HELD = Field("held", Kind.FLAG)
_REQUIRED_HINT = {Kind.ROLE: "the id of a record"}


@lru_cache(maxsize=64)
def _required(cls: type) -> tuple[str, ...]:
    return tuple(each.name for each in attrs.fields(cls) if each.default is attrs.NOTHING and each.name != "id")


def _is_missing(node: Node | None) -> bool:
    return node is None or (isinstance(node, Text) and node.is_null)


def type_names(schema: Schema, *, is_fact: bool) -> list[str]:
    """The types that records of a file can have."""
    return [each.name for each in schema.types.values() if each.is_fact is is_fact and each.name not in {"Entity", "Fact"}]
