"""Ties: which records a change of a fact can touch, as rules and events tie records to each other.

Two records are tied where some rule could be bound to both, or to a time of both, or asks of the one whether the other is
there. What is not tied to a changed fact, before or after, is judged after the change as it was before.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from rehabfacts.dataset import Dataset, Record
from rehabfacts.plain import plain
from rehabfacts.rules.contents import iter_within
from rehabfacts.rules.plans import Plan, Route, Same, Subquery
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Kind, Schema

Node = Hashable
"""A record's id, or a value that several records share where a rule asks for it."""


@plain
class Ties:
    """How a set of rules ties records: by roles that paths take (of each type), by what they compare as written, or all of a type.

    `fields` are all fields of each type that some rule reads.
    """

    roles: Mapping[str, frozenset[str]]
    fields: Mapping[str, frozenset[str]]
    values: Mapping[str, tuple[tuple[Hashable, Route], ...]]
    hubs: Mapping[str, tuple[Hashable, ...]]

    @classmethod
    def of(cls, rules: Iterable[Rule], schema: Schema) -> "Ties":
        """The ties of rules, and of events."""
        return _Tying(schema).run(rules)

    def targets(self, record: Record) -> Iterator[str]:
        """The records that a record refers to by a role that some rule or event asks for."""
        for role in self.roles[type(record).__name__]:
            target = getattr(record, role)
            if target is not None:
                yield target

    def nodes(self, record: Record, records: Mapping[str, Record]) -> Iterator[Node]:
        """What a record is tied through."""
        name = type(record).__name__
        yield from self.targets(record)
        yield from self.hubs[name]
        for key, route in self.values[name]:
            at: Record | None = record
            for role in route.roles:
                at = None if at is None else records.get(getattr(at, role) or "")
            if at is not None:
                yield key, str(getattr(at, route.leaf))


class _Tying:
    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._roles: dict[str, set[str]] = {}
        self._fields: dict[str, set[str]] = {}
        self._values: dict[str, list[tuple[Hashable, Route]]] = {}
        self._hubs: dict[str, list[Hashable]] = {}

    def run(self, rules: Iterable[Rule]) -> Ties:
        for kind in self._schema.types.values():
            for role in (*(kind.identified_by if kind.variables else ()), *kind.same):
                self._roles.setdefault(kind.name, set()).add(role)
            if kind.identified_by:
                self._fields.setdefault(kind.name, set()).update(name for name, _ in kind.variables)
        for rule in rules:
            self._tie(rule.id, rule.plan)
        return Ties(
            {name: frozenset(self._of_type(self._roles, name)) for name in self._schema.types},
            {name: frozenset(self._of_type(self._fields, name)) for name in self._schema.types},
            {name: tuple(self._of_type(self._values, name)) for name in self._schema.types},
            {name: tuple(self._of_type(self._hubs, name)) for name in self._schema.types},
        )

    def _of_type(self, found: Mapping[str, Iterable[Hashable]], name: str) -> Iterator:  # type: ignore[type-arg]
        """What is found of a type and of all that it is derived from."""
        return (each for ancestor in self._schema[name].lineage for each in found.get(ancestor, ()))

    def _tie(self, name: str, plan: Plan) -> None:
        scans = {**dict(plan.scans), **{variable: kind for each in iter_within(_parts(plan), Subquery) for variable, kind in each.scans}}
        for route in iter_within(_parts(plan), Route):
            self._tie_roles(route, scans[route.variable])
        links = [test for test in iter_within(_parts(plan), Same) if isinstance(test.right, Route)]
        for at, test in enumerate(links):
            for end in (test.left, test.right) if test.left.kind is not Kind.ROLE else ():
                if isinstance(end, Route):
                    self._values.setdefault(scans[end.variable], []).append(((name, at), end))
        for at, route in enumerate(plan.unique):
            if route.kind is not Kind.ROLE:
                self._values.setdefault(scans[route.variable], []).append(((name, f"key {at}"), route))
        if not _is_linked(scans, plan):
            for kind in scans.values():
                self._hubs.setdefault(kind, []).append(name)

    def _tie_roles(self, route: Route, kind: str) -> None:
        for role in route.roles:
            self._roles.setdefault(kind, set()).add(role)
            kind = self._schema[kind].fields[role].target
        if route.leaf:
            self._fields.setdefault(kind, set()).add(route.leaf)


def _parts(plan: Plan) -> tuple[object, ...]:
    return tuple(getattr(plan, name) for name in ("tests", "unless", "over", "branches", "unique", "exists", "inside", "outside"))


def _is_linked(scans: Mapping[str, str], plan: Plan) -> bool:
    """Whether all variables of a plan, and of what it looks for beside, are linked by what they have in common as written."""
    queries = iter_within(_parts(plan), Subquery)
    links = [
        {test.left.variable, test.right.variable}
        for test in (*plan.tests, *(test for query in queries for test in query.tests))
        if isinstance(test, Same) and isinstance(test.right, Route) and not test.is_negated and not test.or_neither
    ]  # fmt: skip
    reached, is_changed = set(list(scans)[:1]), True
    while is_changed:
        more = {name for link in links if link & reached for name in link} - reached
        reached |= more
        is_changed = bool(more)
    return reached >= set(scans)


class TiedRecords:
    """The records of a dataset in groups: those of a group are tied to each other, directly or through others."""

    def __init__(self, dataset: Dataset, rules: Sequence[Rule]) -> None:
        self._dataset, self._ties = dataset, Ties.of(rules, dataset.schema)
        self._above: dict[Node, Node] = {}
        for record in dataset.records.values():
            for node in self._ties.nodes(record, dataset.records):
                self._join(record.id, node)

    def reached(self, changed: Mapping[str, Record]) -> frozenset[str]:
        """The ids of all records that are tied to some that change, as they were or as they will be."""
        records = {**self._dataset.records, **changed}
        nodes: set[Node] = set()
        for name in self._resting_on([name for name in changed if self._is_read(records[name], self._dataset.records[name])]):
            nodes |= {name, *self._ties.nodes(records[name], records)}
        groups = {self._find(node) for node in nodes}
        return frozenset(name for group in groups for name in self._groups.get(group, ())).union(changed)

    def _is_read(self, one: Record, other: Record) -> bool:
        """Whether two states of a record differ in something that a rule reads."""
        kind = type(one).__name__
        return any(getattr(one, name) != getattr(other, name) for name in (*self._ties.roles[kind], *self._ties.fields[kind]))

    def _resting_on(self, names: Iterable[str]) -> set[str]:
        """Records, and the facts whose paths lead through them."""
        found, waiting = set(names), list(names)
        while waiting:
            more = [each for each in self._referring.get(waiting.pop(), ()) if each not in found]
            found.update(more)
            waiting += more
        return found

    @cached_property
    def _referring(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        facts = self._dataset.facts
        for fact in facts.values():
            for target in self._ties.targets(fact):
                if target in facts:
                    found.setdefault(target, []).append(fact.id)
        return found

    def _find(self, node: Node) -> Node:
        above = self._above
        while (parent := above.get(node, node)) != node:
            above[node] = above.get(parent, parent)
            node = parent
        return node

    def _join(self, one: Node, other: Node) -> None:
        self._above[self._find(one)] = self._find(other)

    @cached_property
    def _groups(self) -> Mapping[Node, list[str]]:
        found: dict[Node, list[str]] = {}
        for name in self._dataset.records:
            found.setdefault(self._find(name), []).append(name)
        return found
