"""Schema files: types of entities and facts declared in YAML, made into the classes that a vocabulary in Python has."""

import keyword
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Optional

import attrs

from rehabfacts.dates import Date, Period
from rehabfacts.errors import Problem, nearest, shown
from rehabfacts.loading.nodes import Listing, Node, Text
from rehabfacts.loading.nodes import Mapping as MappingNode
from rehabfacts.loading.values import ValueReader, shape
from rehabfacts.names import Names
from rehabfacts.quantities import Percentage, Quantity
from rehabfacts.schema import MOMENT, PERIOD, Entity, Fact, Kind, RecordType, Ref, Schema, record

SCHEMA_KEYS = ("rehabfacts", "extends", "types")
ENTITY_KEYS = ("is", "means", "times")
FACT_KEYS = ("is", "means", "says", "fields", "required", "identified_by", "same", "hierarchy", "full_periods")
KINDS: dict[str, Any] = {
    "date": Date, "period": Period, "quantity": Quantity, "percentage": Percentage, "names": Names, "text": str,
    "texts": tuple[str, ...], "flag": bool,
}  # fmt: skip
TIMES = {"period": PERIOD, "moment": MOMENT}
BASES = ("institutions", "nothing")
_ROOTS: dict[str, type] = {"entity": Entity, "fact": Fact}
_LISTS = {"identified_by": None, "same": 2, "hierarchy": 2, "full_periods": None}
_RESERVED = frozenset(("type", "calendar", "ambiguity", "readings", "reading", "held", "waived", "origin"))


def read_schema_files(files: Iterable[tuple[str, MappingNode]], schema: Schema) -> tuple[Schema, list[Problem]]:
    """The schema with the types that files declare, which may speak of each other's.

    Where every file says `extends: nothing`, the types of `schema` are not there. A type that `schema` already has in the
    very same form stays the class it is, so a library can use classes of its own for what a file declares.
    """
    reading = _Reading(schema)
    for path, tree in files:
        reading.declare(tree, ValueReader(path))
    return reading.schema(), reading.problems


@attrs.frozen
class _Declaration:
    """A type as a file declares it."""

    name: str
    key: Text
    node: MappingNode
    values: ValueReader


class _Reading:
    def __init__(self, schema: Schema) -> None:
        self._given, self._declared = schema, dict[str, _Declaration]()
        self._readers: list[ValueReader] = []
        self._bases: set[str] = set()

    @property
    def problems(self) -> list[Problem]:
        return [problem for reader in self._readers for problem in reader.problems]

    def declare(self, tree: MappingNode, values: ValueReader) -> None:
        """Notes the types of one file."""
        self._readers.append(values)
        values.check_keys(tree, SCHEMA_KEYS)
        values.check_version(tree)
        self._bases.add(_word(tree, "extends", BASES, values) or BASES[0])
        types = tree.entries["types"]
        if not isinstance(types, MappingNode):
            values.report(types, "E-SHAPE", f"types: expected a mapping from names to types, found {shape(types)}")
            return
        for name, node in types.entries.items():
            key = types.key(name)
            if not re.fullmatch(r"[A-Z][A-Za-z0-9]{0,63}", name) or keyword.iskeyword(name):
                values.report(key, "E-ID", f"expected the name of a type, a capital and then letters and digits, found {shown(name)!r}")
            elif not isinstance(node, MappingNode):
                values.report(node, "E-SHAPE", f"{name}: expected a mapping with is, found {shape(node)}", "as in {is: entity}")
            elif name in self._declared:
                first = self._declared[name]
                at = f"{first.values.path}:{first.key.line}"
                values.report(key, "E-ID-DUP", f"expected types that are declared once, {name} stands also at {at}")
            else:
                self._declared[name] = _Declaration(name, key, node, values)

    def schema(self) -> Schema:
        """The schema with every type that could be made."""
        known = Schema.of(()) if self._bases == {"nothing"} else self._given
        names = (*known.types, *self._declared)
        for each in self._in_order(known):
            made = _TypeReader(each, known, names).cls()
            twin = self._given.types.get(each.name)
            if made is None:
                continue
            extended = known.with_types(made)
            if twin is None or _is_same(extended[each.name], twin):
                known = extended if twin is None else Schema({**known.types, each.name: twin})
            else:
                each.values.report(each.key, "E-ID-DUP", f"expected types of other names than those that are there, found {each.name}")
        return known

    def _in_order(self, known: Schema) -> Iterable[_Declaration]:
        """The declarations, each behind that of the type it is derived from."""
        parents = {name: self._parent(each, known) for name, each in self._declared.items()}
        done: set[str] = set()
        for start in self._declared:
            way: list[str] = []
            name: str | None = start
            while name in self._declared and name not in done and name not in way:
                way.append(name)
                name = parents[name]
            if name in way:
                each = self._declared[name]
                circle = " is ".join((*way[way.index(name) :], name))
                each.values.report(each.key, "E-CYCLE", f"expected types that are derived from others, found a circle: {circle}")
                done |= set(way)
                continue
            done |= set(way)
            yield from (self._declared[each] for each in reversed(way) if parents[each] is not None)

    def _parent(self, declared: _Declaration, known: Schema) -> str | None:
        node = declared.node.entries.get("is")
        name = declared.values.text(node) if node is not None else None
        choices = (*_ROOTS, *known.types, *self._declared)
        if name is None:
            if "is" not in declared.node.dropped:
                declared.values.report(node or declared.node, "E-KEY-MISSING", f"{declared.name}: expected is", "entity, fact or the name of a type")
        elif name not in choices or name in {"Entity", "Fact"}:
            declared.values.report(node or declared.node, "E-REF", f"no type {shown(name)!r}", nearest(name, choices))
        else:
            return name
        return None


def _is_same(one: RecordType, other: RecordType) -> bool:
    """Whether two types have the same fields, times and ancestors, and mean the same."""
    return all(
        getattr(one, each) == getattr(other, each)
        for each in ("fields", "timelines", "lineage", "is_fact", "identified_by", "same", "hierarchy", "says")
    )


class _TypeReader:
    """Makes the class of one declaration; what is wrong with it becomes a problem, and there is no class."""

    def __init__(self, declared: _Declaration, known: Schema, names: Sequence[str]) -> None:
        self._name, self._node, self._values = declared.name, declared.node, declared.values
        self._known, self._names = known, names

    def cls(self) -> type | None:
        errors = self._values.errors
        parent_name = self._values.text(self._node.entries["is"]) or ""
        parent = _ROOTS.get(parent_name) or (self._known.types[parent_name].cls if parent_name in self._known.types else None)
        if parent is None:  # what is wrong with it has been told
            return None
        is_fact = issubclass(parent, Fact)
        inherited = {each.name: each for each in attrs.fields(parent)}
        self._values.check_keys(self._node, FACT_KEYS if is_fact else ENTITY_KEYS)
        annotations = self._annotations(inherited) if is_fact else {}
        lists = self._lists({*inherited, *annotations}) if is_fact else {}
        made = self._made(parent, annotations, {**lists, **self._says({*inherited, *annotations}), **self._times(inherited, parent)})
        if self._values.errors == errors:
            self._check_kinds(made)
        return made if self._values.errors == errors else None

    def _made(self, parent: type, annotations: dict[str, Any], constants: Mapping[str, Any]) -> type:
        required = set(self._listed("required", annotations))
        optional = {name: None for name in annotations if name not in required}
        typed = {name: each if name in required else Optional[each] for name, each in annotations.items()}  # noqa: UP045  # made at run time
        means = self._values.text(self._node.entries["means"]) if "means" in self._node.entries else None
        namespace = {"__module__": __name__, "__doc__": means, "__annotations__": typed, **optional, **constants}
        return record(type(self._name, (parent,), namespace))

    def _annotations(self, inherited: Mapping[str, Any]) -> dict[str, Any]:
        node = self._node.entries.get("fields")
        if node is None or (isinstance(node, Text) and node.is_null):
            return {}
        if not isinstance(node, MappingNode):
            self._values.report(node, "E-SHAPE", f"fields: expected a mapping from names to what they hold, found {shape(node)}")
            return {}
        found = {}
        for name, value in node.entries.items():
            if self._is_free(node, name, (*inherited, *_RESERVED)):
                found[name] = self._annotation(name, value)
        return {name: each for name, each in found.items() if each is not None}

    def _is_free(self, node: MappingNode, name: str, taken: Iterable[str]) -> bool:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", name) or keyword.iskeyword(name) or name == "self":
            self._values.report(node.key(name), "E-ID", f"expected a name of small letters, digits and _, found {shown(name)!r}")
        elif name in taken:
            self._values.report(node.key(name), "E-ID", f"expected a name of its own, found {name!r}, which {self._name} has already")
        else:
            return True
        return False

    def _annotation(self, name: str, node: Node) -> Any:
        """What a field holds: a kind, the words of a choice, `quantity in UNIT`, or the type that a role points at."""
        if isinstance(node, Listing) and node.items:
            return Literal[tuple(self._values.text(item) or "" for item in node.items)]
        text = self._values.text(node)
        if text is None:
            self._values.report(node, "E-KEY-MISSING", f"{name}: expected what the field holds", f"one of {', '.join(KINDS)}, or a type")
        elif text in KINDS:
            return KINDS[text]
        elif text.startswith("quantity in ") and text.removeprefix("quantity in ").strip(" %"):
            return Annotated[Quantity, text.removeprefix("quantity in ").strip()]
        elif text in self._names:
            return Ref[text]  # type: ignore[valid-type]  # the name of a type that may be made later
        else:
            self._values.report(node, "E-REF", f"{name}: no kind of field and no type {shown(text)!r}", nearest(text, (*KINDS, *self._names)))
        return None

    def _lists(self, fields: Iterable[str]) -> dict[str, tuple[str, ...]]:
        found = {}
        for key, length in _LISTS.items():
            names = self._listed(key, fields)
            if length and names and len(names) != length:
                self._values.report(self._node.entries[key], "E-SHAPE", f"{key}: expected {length} fields, found {len(names)}")
            if key in self._node.entries:
                found[key.upper()] = names
        return found

    def _listed(self, key: str, fields: Iterable[str]) -> tuple[str, ...]:
        """Names of fields in a list, or one alone."""
        node = self._node.entries.get(key)
        if node is None:
            return ()
        found = []
        for item in node.items if isinstance(node, Listing) else [node]:
            name = self._values.text(item)
            if name is not None and name in fields:
                found.append(name)
            elif name is not None:
                self._values.report(item, "E-REF", f"{key}: no field {shown(name)!r} of {self._name}", nearest(name, fields))
        return tuple(found)

    def _says(self, fields: Iterable[str]) -> dict[str, str]:
        node = self._node.entries.get("says")
        text = self._values.text(node) if node is not None else None
        if node is None or text is None:
            return {}
        for name in re.findall(r"\{([^{}]*)\}", text):
            if name not in fields:
                self._values.report(node, "E-REF", f"says: no field {shown(name)!r} of {self._name}", nearest(name, fields))
        return {"SAYS": text}

    def _times(self, fields: Iterable[str], parent: type) -> dict[str, Any]:
        node = self._node.entries.get("times")
        if node is None or issubclass(parent, Fact):
            return {}
        if not isinstance(node, MappingNode):
            self._values.report(node, "E-SHAPE", f"times: expected a mapping from names to period or moment, found {shape(node)}")
            return {}
        taken = (*fields, *(self._known.types[parent.__name__].timelines))
        return {name: TIMES[kind] for name in node.entries if self._is_free(node, name, taken) and (kind := _word(node, name, TIMES, self._values))}

    def _check_kinds(self, made: type) -> None:
        """Events are identified by roles, and only a period can claim every day of itself."""
        fields = Schema.of((made,))[self._name].fields
        for key in _LISTS:
            expected = Kind.PERIOD if key == "full_periods" else Kind.ROLE
            for name in self._listed(key, fields):
                if fields[name].kind is not expected:
                    found = fields[name].kind.value
                    self._values.report(self._node.entries[key], "E-TYPE", f"{key}: expected a {expected.value}, but {name} is a {found}")


def _word(node: MappingNode, key: str, known: Iterable[str], values: ValueReader) -> str | None:
    """One of the known words under a key; None where it is missing or another."""
    if key not in node.entries:
        return None
    word = values.text(node.entries[key])
    if word is not None and word in known:
        return word
    if word is not None:
        values.report(node.entries[key], "E-TYPE", f"{key}: expected {' or '.join(known)}, found {shown(word)!r}", nearest(word, known))
    return None
