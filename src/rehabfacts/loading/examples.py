"""The examples of a rule: small datasets, each with the verdict that the rule must give."""

from collections.abc import Iterable, Iterator

import attrs

from rehabfacts.dataset import Dataset, Record
from rehabfacts.errors import InvalidInput, Problem
from rehabfacts.loading.fact_files import read_fact_file
from rehabfacts.loading.values import FORMAT, ValueReader, shape
from rehabfacts.loading.yaml_tree import Listing, Mapping, Node, Text
from rehabfacts.origins import Origin
from rehabfacts.schema import Entity, Fact, Field, Kind, Schema

VERDICTS = ("violated", "undetermined", "satisfied")
"""What an example can expect, the gravest first."""

EXAMPLE_KEYS = ("verdict", "entities", "facts")
_VERDICT = Field("verdict", Kind.CHOICE, choices=VERDICTS)


@attrs.frozen
class Example:
    """One example as it is written. `dataset` is None and `problems` tells why where it cannot be judged."""

    verdict: str
    dataset: Dataset | None
    origin: Origin
    problems: tuple[Problem, ...] = ()


def read_examples(node: Node | None, path: str, schema: Schema) -> tuple[Example, ...]:
    """Read what stands under a rule's key `examples`; nothing may stand there.

    A fact without an id is called f1, f2 … by its place. An entity that is not declared has the type that the roles
    which name it point at, the narrowest of several.
    """
    if node is None or (isinstance(node, Text) and node.is_null):
        return ()
    if isinstance(node, Listing):
        return tuple(_ExampleReader(path, schema).example(item) for item in node.items)
    reader = _ExampleReader(path, schema)
    reader.values.report(node, "E-SHAPE", f"examples: expected a list, found {shape(node)}")
    return (reader.unreadable(node),)


class _ExampleReader:
    def __init__(self, path: str, schema: Schema) -> None:
        self._schema = schema
        self.values = ValueReader(path)

    def example(self, node: Node) -> Example:
        """Read the example of a node, with every problem in it."""
        if not isinstance(node, Mapping):
            self.values.report(
                node, "E-SHAPE", f"expected an example, a mapping with verdict and facts, found {shape(node)}"
            )
            return self.unreadable(node)
        self._check_keys(node)
        verdict = self._verdict(node)
        dataset = self._dataset(node)
        return Example(
            verdict, None if self.values.errors else dataset, self._origin(node), tuple(self.values.problems)
        )

    def unreadable(self, node: Node) -> Example:
        """Stand in for an example whose problems have been told."""
        return Example("", None, self._origin(node), tuple(self.values.problems))

    def _origin(self, node: Node) -> Origin:
        return Origin(self.values.path, node.line, node.column)

    def _check_keys(self, node: Mapping) -> None:
        self.values.check_keys(node, EXAMPLE_KEYS)
        if not node.entries.keys() & {"entities", "facts"} and not node.dropped:
            self.values.report(node, "E-KEY-MISSING", "expected the facts of the example")

    def _verdict(self, node: Mapping) -> str:
        stated = node.entries.get("verdict")
        if stated is not None and not (isinstance(stated, Text) and stated.is_null):
            return self.values.read(_VERDICT, stated, "") or ""
        if "verdict" not in node.dropped:
            self.values.report(
                node, "E-KEY-MISSING", "expected the verdict of the example", f"one of {', '.join(VERDICTS)}"
            )
        return ""

    def _dataset(self, node: Mapping) -> Dataset | None:
        """Read the example as a fact file without a header."""
        read = read_fact_file(_as_fact_file(node), self.values.path, self._schema)
        for _, _, origin in read.readings:
            at = Text("", origin.line, origin.column, is_plain=True)
            self.values.report(at, "E-READING", "expected facts without readings in an example")
        self._take(read.problems)
        if self.values.errors:
            return None
        try:
            return Dataset.of(
                self._schema, [*read.entities, *self._implied(read.entities, read.facts)], read.facts
            )
        except InvalidInput as error:
            self._take(error.problems)
        return None

    def _take(self, problems: Iterable[Problem]) -> None:
        self.values.problems.extend(problems)
        self.values.errors += sum(not problem.is_warning for problem in problems)

    def _implied(self, entities: Iterable[Entity], facts: Iterable[Fact]) -> Iterator[Entity]:
        declared = {each.id for each in (*entities, *facts)}
        found: dict[str, tuple[str, Origin]] = {}
        for name, target, origin in self._roles((*entities, *facts)):
            known = found.get(name)
            if name not in declared and (known is None or target in self._schema.subtypes(known[0])):
                found[name] = (target, origin)
        for name, (target, origin) in found.items():
            written = Text(name, origin.line, origin.column, is_plain=False)
            if self.values.identifier(written):
                yield self._schema[target].cls(id=name, origin=origin)

    def _roles(self, records: Iterable[Record]) -> Iterator[tuple[str, str, Origin]]:
        """Tell what each role of the records names, the entity type it points at, and where."""
        for record in records:
            for field in self._schema[type(record).__name__].fields.values():
                name = getattr(record, field.name) if field.kind is Kind.ROLE else None
                if name is not None and not self._schema[field.target].is_fact:
                    yield name, field.target, record.origin.of(field.name)


def _as_fact_file(example: Mapping) -> Mapping:
    entries: dict[str, Node] = {"rehabfacts": Text(FORMAT, example.line, example.column, is_plain=True)}
    entries.update((name, each) for name, each in example.entries.items() if name in {"entities", "facts"})
    facts = entries.get("facts")
    if isinstance(facts, Listing):
        named = [_with_id(fact, f"f{number}") for number, fact in enumerate(facts.items, 1)]
        entries["facts"] = Listing(facts.line, facts.column, named)
    return Mapping(example.line, example.column, entries, example.places)


def _with_id(fact: Node, name: str) -> Node:
    if not isinstance(fact, Mapping) or "id" in fact.entries or "id" in fact.dropped:
        return fact
    entries: dict[str, Node] = {"id": Text(name, fact.line, fact.column, is_plain=True), **fact.entries}
    named = Mapping(fact.line, fact.column, entries, fact.places)
    named.dropped = fact.dropped
    return named
