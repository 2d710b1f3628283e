"""Mapping files: which file holds records, and what each of them says in entities and facts."""

from collections.abc import Iterable, Mapping

import attrs

from rehabfacts.errors import nearest, shown
from rehabfacts.loading.nodes import Listing, Node, Text
from rehabfacts.loading.nodes import Mapping as MappingNode
from rehabfacts.loading.records.date_notations import NAMED, notation_named
from rehabfacts.loading.records.fields import FieldsReader, Maker
from rehabfacts.loading.records.paths import Path, read_path
from rehabfacts.loading.values import ValueReader, shape
from rehabfacts.plain import plain
from rehabfacts.schema import Field, Kind, RecordType, Schema

ROOT = "records"
"""What the whole of the file is called in a mapping; the key that makes a file a mapping file."""

MAPPING_KEYS = ("rehabfacts", ROOT, "source", "map")
FILE_KEYS = ("file", "format", "encoding", "compressed", "sha256", "separator", "nothing", "dates")
BLOCK_KEYS = ("for", "where", "needs", "entities", "facts")
FORMATS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet", ".ged": "gedcom"}
_CALENDAR = Field("calendar", Kind.TEXT)


@plain
class RecordsFile:
    """The file that holds the records, as a mapping file names it, and how it is written."""

    name: str
    format: str
    place: Node
    encoding: str = "utf-8"
    is_compressed: bool = False
    sha256: str | None = None
    separator: str = ","
    nothing: frozenset[str] = frozenset()
    dates: str = "edtf"


@plain
class Made:
    """An entity or a fact that each record gives: its type, and how its fields are made."""

    kind: RecordType
    fields: tuple[tuple[str, Maker], ...]
    type_word: Text


@plain
class Block:
    """What is made for every item of a list, or of lists in its items; `where` and `needs` say of which."""

    loops: tuple[tuple[str, Path], ...]
    where: tuple[tuple[Path, frozenset[str]], ...] = ()
    needs: tuple[Path, ...] = ()
    made: tuple[Made, ...] = ()


@attrs.define
class MappingFile:
    """A mapping file, read; `paths` are all that it follows."""

    file: RecordsFile
    blocks: list[Block] = attrs.field(factory=list)
    paths: list[Path] = attrs.field(factory=list)


def read_records_file(node: Node, values: ValueReader) -> RecordsFile | None:
    """Which file holds the records: its name, or a mapping that says how it is written."""
    entries: dict[str, Node] = {"file": node}
    if isinstance(node, MappingNode):
        values.check_keys(node, FILE_KEYS)
        entries = node.entries
    texts = {key: values.text(entries[key]) for key in FILE_KEYS if key in entries and key != "nothing"}
    name = texts.get("file")
    if name is None:
        values.report(node, "E-KEY-MISSING", "records: expected the name of a file", "as in records: people.csv")
        return None
    stem = name.casefold().removesuffix(".gz")
    known = next((found for suffix, found in FORMATS.items() if stem.endswith(suffix)), "")
    named = texts.get("format") or known
    if named not in FORMATS.values():
        at = entries.get("format", entries["file"])
        choices = sorted({*FORMATS.values()})
        values.report(at, "E-TYPE", f"format: expected {', '.join(choices)}, found {shown(named)!r}", nearest(named, choices) or "name the format: format: csv")
        return None
    separator = texts.get("separator") or ("\t" if stem.endswith(".tsv") else ",")
    dates = texts.get("dates") or "edtf"
    if "separator" in entries and (len(separator) != 1 or separator in '"\r\n'):
        values.report(entries["separator"], "E-TYPE", f"separator: expected one character, found {shown(separator)!r}")
        separator = ","
    if "compressed" in entries and texts.get("compressed") != "gzip":
        values.report(entries["compressed"], "E-TYPE", f"compressed: expected gzip, found {shape(entries['compressed'])}")
    if notation_named(dates) is None:
        values.report(entries["dates"], "E-TYPE", f"dates: expected {', '.join(NAMED)} or an order such as day.month.year, found {shown(dates)!r}")
        dates = "edtf"
    nothing = frozenset(_texts(entries["nothing"], values)) if "nothing" in entries else frozenset()
    return RecordsFile(
        name, named, entries["file"], texts.get("encoding") or "utf-8", "compressed" in entries, texts.get("sha256"), separator, nothing, dates
    )


def _texts(node: Node, values: ValueReader) -> list[str]:
    """A text, or a list of them; an empty text in quotes is one."""
    return [item.value if isinstance(item, Text) else values.text(item) or "" for item in (node.items if isinstance(node, Listing) else [node])]


def read_mapping(tree: MappingNode, file: RecordsFile, schema: Schema, values: ValueReader) -> MappingFile:
    """The blocks of a mapping file, checked against the schema; what is wrong is noted in `values`."""
    found = MappingFile(file)
    values.check_keys(tree, MAPPING_KEYS)
    values.check_version(tree)
    node = tree.entries.get("map")
    if not isinstance(node, Listing) or not node.items:
        if "map" not in tree.dropped:
            values.report(node or tree, "E-KEY-MISSING", "map: expected a list of what to make", "as in - for: {p: records}")
        return found
    for item in node.items:
        block = _BlockReader(item, file, schema, values, found.paths).block()
        found.blocks += [block] if block is not None else []
    for path in found.paths:
        path.nothing = file.nothing
    return found


class _BlockReader:
    def __init__(self, node: Node, file: RecordsFile, schema: Schema, values: ValueReader, paths: list[Path]) -> None:
        self._node, self._file, self._schema, self._values, self._paths = node, file, schema, values, paths
        self._known: dict[str, None] = {ROOT: None}

    def block(self) -> Block | None:
        node, values = self._node, self._values
        if not isinstance(node, MappingNode):
            values.report(node, "E-SHAPE", f"map: expected a mapping with for, found {shape(node)}")
            return None
        values.check_keys(node, BLOCK_KEYS)
        loops = self._loops(node)
        where = self._where(node.entries.get("where"))
        needs = self._needs(node.entries.get("needs"))
        made = [*self._made(node, "entities"), *self._made(node, "facts")]
        if not made and not {"entities", "facts"} & node.entries.keys():
            values.report(node, "E-KEY-MISSING", "expected entities or facts to make")
        return Block(loops, where, needs, tuple(made)) if loops else None

    def _loops(self, block: MappingNode) -> tuple[tuple[str, Path], ...]:
        node = block.entries.get("for")
        if not isinstance(node, MappingNode) or not node.entries:
            if "for" not in block.dropped:
                self._values.report(node or block, "E-KEY-MISSING", "for: expected a variable for the records", "as in for: {p: records}")
            return ()
        loops: list[tuple[str, Path]] = []
        for name, value in node.entries.items():
            path = self._path(value)
            if path is not None and loops and path.variable == ROOT:
                self._values.report(value, "E-REF", f"{name}: expected a path that begins with {loops[-1][0]}", "records are gone through once")
            if not name.isidentifier() or name == ROOT:
                self._values.report(node.key(name), "E-ID", f"expected the name of a variable, found {shown(name)!r}")
            elif path is not None:
                loops.append((name, path))
            self._known[name] = None
        return tuple(loops)

    def _path(self, node: Node) -> Path | None:
        text = self._values.text(node)
        path = read_path(text, node, self._known, self._values) if text is not None and isinstance(node, Text) else None
        self._paths += [path] if path is not None else []
        return path

    def _where(self, node: Node | None) -> tuple[tuple[Path, frozenset[str]], ...]:
        if node is None:
            return ()
        if not isinstance(node, MappingNode):
            self._values.report(node, "E-SHAPE", f"where: expected paths and the texts that must stand there, found {shape(node)}", "as in {t.type: senator}")
            return ()
        found = []
        for name, value in node.entries.items():
            path = read_path(name, node.key(name), self._known, self._values)
            if path is not None:
                self._paths.append(path)
                found.append((path, frozenset(_texts(value, self._values))))
        return tuple(found)

    def _needs(self, node: Node | None) -> tuple[Path, ...]:
        items: Iterable[Node] = () if node is None else node.items if isinstance(node, Listing) else (node,)
        return tuple(path for item in items if (path := self._path(item)) is not None)

    def _made(self, block: MappingNode, key: str) -> list[Made]:
        node = block.entries.get(key)
        if node is None:
            return []
        if not isinstance(node, Listing):
            self._values.report(node, "E-SHAPE", f"{key}: expected a list of what to make, found {shape(node)}")
            return []
        return [made for item in node.items if (made := self._one(item, is_fact=key == "facts")) is not None]

    def _one(self, node: Node, *, is_fact: bool) -> Made | None:
        word = "fact" if is_fact else "entity"
        if not isinstance(node, MappingNode):
            self._values.report(node, "E-SHAPE", f"expected a mapping with id and type, found {shape(node)}")
            return None
        kind = self._kind(node, word, is_fact=is_fact)
        if kind is None:
            return None
        reader = FieldsReader(self._values, self._known, self._file.dates)
        fields = {**kind.fields, **({"calendar": _CALENDAR} if is_fact else {})}
        self._values.check_keys(node, (*fields, "type"))
        missing = [each.name for each in kind.fields.values() if each.is_required and each.name not in node.entries and each.name not in node.dropped]
        for name in missing:
            self._values.report(node, "E-KEY-MISSING", f"{kind.name}: expected {name}")
        makers = [(name, reader.maker(fields[name], value)) for name, value in node.entries.items() if name in fields]
        self._paths += reader.paths
        made = tuple((name, maker) for name, maker in makers if maker is not None)
        return Made(kind, made, Text(kind.name, node.line, node.column, is_plain=True))

    def _kind(self, node: MappingNode, word: str, *, is_fact: bool) -> RecordType | None:
        named = node.entries.get("type")
        known = _names(self._schema.types, is_fact=is_fact)
        text = self._values.text(named) if named is not None else None
        if text is None:
            if "type" not in node.dropped:
                self._values.report(named or node, "E-KEY-MISSING", f"expected the type of the {word}", f"one of {', '.join(known)}")
        elif text not in known:
            self._values.report(named or node, "E-TYPE", f"no {word} type {shown(text)!r}", nearest(text, known))
        else:
            return self._schema[text]
        return None


def _names(types: Mapping[str, RecordType], *, is_fact: bool) -> list[str]:
    return [each.name for each in types.values() if each.is_fact is is_fact and each.name not in {"Entity", "Fact"}]
