"""Records made into entities and facts as a mapping file says, each value with its place in the file of the records."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rehabfacts.errors import Problem, nearest, shown
from rehabfacts.loading.fact_files import FactFile, MadeFile
from rehabfacts.loading.nodes import Listing, Node, Text
from rehabfacts.loading.nodes import Mapping as MappingNode
from rehabfacts.loading.records.fields import Making
from rehabfacts.loading.records.mapping_files import (
    ROOT,
    Block,
    Made,
    MappingFile,
    RecordsFile,
    read_mapping,
    read_records_file,
)
from rehabfacts.loading.records.opening import Opened, open_records
from rehabfacts.loading.records.paths import Scope
from rehabfacts.loading.source_paths import read_within
from rehabfacts.loading.values import ValueReader
from rehabfacts.schema import Schema

if TYPE_CHECKING:
    from rehabfacts.loading.yaml_tree import Limits


def records_path(tree: MappingNode, path: str) -> str:
    """The path of the file that a mapping file at `path` names, as a user would write it; empty where it names none."""
    file = read_records_file(tree.entries[ROOT], ValueReader(path))
    return "" if file is None else _beside(path, file)


def _beside(path: str, file: RecordsFile) -> str:
    return os.path.normpath(os.path.join(os.path.dirname(path), file.name)).replace(os.sep, "/")


class MadeRecords:
    """What a mapping file makes of its records: fact files for the loader, and the digest of the records' file."""

    def __init__(self, tree: MappingNode, path: str, schema: Schema, *, calendar: str, limits: "Limits") -> None:
        self._path, self._schema, self._limits = path, schema, limits
        self.files: list[FactFile] = []
        self.digests: dict[str, str] = {}
        values = ValueReader(path)
        file = read_records_file(tree.entries[ROOT], values)
        if file is not None:
            is_declared = not values.errors
            mapping = read_mapping(tree, file, schema, values)
            made = MadeFile(_beside(path, file), schema, calendar, tree.entries.get("source"), path)
            self.files += [made.declared, made.file]
            is_good = not values.errors
            opened = self._opened(file, made.file.path, values) if is_declared else None
            if is_good and opened is not None and opened.tree is not None and _has_columns(mapping, opened, values):
                _Maker(mapping, made).make(opened.tree)
                _warn_of_unmet(mapping, opened, values)
        self.has_lost_ids = values.errors > 0
        self.problems = [*values.problems, *(problem for each in self.files for problem in each.problems)]

    def _opened(self, file: RecordsFile, path: str, values: ValueReader) -> Opened | None:
        from hashlib import sha256  # noqa: PLC0415  # as the loader does

        data, problem = read_within(os.path.dirname(self._path) or ".", file.name)
        if data is None:
            if problem is not None:
                values.report(file.place, problem.code, problem.cause, problem.hint)
            return None
        self.digests[path] = sha256(data).hexdigest()
        opened = open_records(file, data, path, self._limits)
        values.problems += opened.problems
        values.errors += sum(not each.is_warning for each in opened.problems)
        return opened


class _Maker:
    """Goes through the records, block by block."""

    def __init__(self, mapping: MappingFile, made: MadeFile) -> None:
        self._mapping, self._made, self._values = mapping, made, made.values
        self._entities: dict[str, MappingNode] = {}
        self._used = {path.variable for path in mapping.paths}

    def make(self, tree: Node) -> None:
        for block in self._mapping.blocks:
            for scope, record in self._bindings(block, 0, {ROOT: tree}, tree):
                if self._is_wanted(block, scope):
                    for each in block.made:
                        self._make(each, scope, record)

    def _bindings(self, block: Block, depth: int, scope: Scope, record: Node) -> Iterator[tuple[Scope, Node]]:
        if depth == len(block.loops):
            yield scope, record
            return
        name, path = block.loops[depth]
        numbered = f"{name}#"
        is_numbered = numbered in self._used
        for number, item in enumerate(_items(path.find(scope, self._values.report)), 1):
            scope[name] = item
            if is_numbered:
                scope[numbered] = Text(str(number), item.line, item.column, is_plain=False)
            yield from self._bindings(block, depth + 1, scope, item)

    def _is_wanted(self, block: Block, scope: Scope) -> bool:
        report = self._values.report
        for path, texts in block.where:
            node = path.text_at(scope, report)
            if node is None or node.value not in texts:
                return False
        return all(path.is_stated(scope, report) for path in block.needs)

    def _make(self, made: Made, scope: Scope, record: Node) -> None:
        values = self._values
        making, errors = Making(scope, values.report, {}), values.errors
        entries: dict[str, Node] = {"type": made.type_word}
        for name, maker in made.fields:
            node = maker(making, record)
            if node is not None:
                entries[name] = node
        self._add_calendar(making, entries)
        if values.errors != errors:
            named = entries.get("id")
            self._made.file.broken.update({named.value} if isinstance(named, Text) else ())
            return
        node = MappingNode(record.line, record.column, entries, dict)
        if made.kind.is_fact or not self._is_known(node):
            self._made.add(node, is_fact=made.kind.is_fact)

    def _add_calendar(self, making: Making, entries: dict[str, Node]) -> None:
        """The calendar of a fact whose dates name one themselves."""
        named = {calendar: node for calendar, node in making.calendars.items() if calendar}
        if named and len(making.calendars) > 1:
            self._values.report(next(iter(named.values())), "E-DATE-FORM", "expected dates of one calendar in one fact", "make two facts of it")
        elif named:
            (calendar, node), = named.items()
            entries["calendar"] = Text(calendar, node.line, node.column, is_plain=False)

    def _is_known(self, node: MappingNode) -> bool:
        """Whether an entity has been made already, with the same to say: records repeat what they speak of."""
        name = node.entries.get("id")
        if not isinstance(name, Text):
            return False
        first = self._entities.setdefault(name.value, node)
        return first is not node and _said(first) == _said(node)


def _items(node: Node | None) -> list[Node]:
    """The items of a list; what stands alone is a list of one, and nothing one of none."""
    if isinstance(node, Listing):
        return [item for item in node.items if not (isinstance(item, Text) and item.is_null)]
    return [] if node is None or (isinstance(node, Text) and node.is_null) else [node]


def _said(node: Node) -> object:
    if isinstance(node, MappingNode):
        return {name: _said(value) for name, value in node.entries.items()}
    return [_said(item) for item in node.items] if isinstance(node, Listing) else node.value


def _has_columns(mapping: MappingFile, opened: Opened, values: ValueReader) -> bool:
    """Whether every path into the rows of a table begins with one of its columns; those that do not are told."""
    errors = values.errors
    rows = {name for block in mapping.blocks for name, path in block.loops if path.variable == ROOT and not path.steps}
    for path in mapping.paths:
        if opened.columns and path.variable in rows and path.steps and path.steps[0] not in opened.columns:
            hint = nearest(path.steps[0], opened.columns) or f"known are {', '.join(map(shown, opened.columns[:20]))}"
            values.report(path.place, "E-REF", f"{path.text}: no column {shown(path.steps[0])!r}", hint)
    return values.errors == errors


def _warn_of_unmet(mapping: MappingFile, opened: Opened, values: ValueReader) -> None:
    """Tells of a path that no record has: it may be misspelt."""
    for path in mapping.paths:
        step, keys = path.missed
        if not path.is_met and keys and not opened.columns:
            cause = f"{path.text}: no record has {shown(step)!r} there"
            values.problems.append(Problem("W-UNMET", cause, nearest(step, keys), values.path, path.place.line, path.place.column))
