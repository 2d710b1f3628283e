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
    values: Mapping[str, tuple[tuple[Hashable, Route, bool], ...]]
    hubs: Mapping[str, tuple[Hashable, ...]]

    @classmethod
    def of(cls, rules: Iterable[Rule], schema: Schema, *, with_events: bool = True) -> "Ties":
        """The ties of rules and, if wanted, of facts that tell of one event."""
        return _Tying(schema).run(rules, with_events=with_events)

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
        for key, route, or_neither in self.values[name]:
            value = _value(route, record, records)
            if value is not None or or_neither:
                yield key, value


class _Tying:
    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._roles: dict[str, set[str]] = {}
        self._fields: dict[str, set[str]] = {}
        self._values: dict[str, list[tuple[Hashable, Route, bool]]] = {}
        self._hubs: dict[str, list[Hashable]] = {}

    def run(self, rules: Iterable[Rule], *, with_events: bool) -> Ties:
        for kind in self._schema.types.values() if with_events else ():
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
            is_entered = bool(route.leaf) or any(route.facts[-1:])
            self._tie_roles(route, scans[route.variable], route.roles if is_entered else route.roles[:-1])
        links = _spanning(scans, plan)
        for at, link in enumerate(links):
            for end in (link.left, link.right):
                self._tie_value(end, scans, (name, at), or_neither=link.or_neither)
        for route in sorted(plan.unique, key=lambda each: each.kind is not Kind.ROLE)[:1]:
            self._tie_value(route, scans, (name, "key"))
        if len(links) + 1 < len(scans):
            for kind in scans.values():
                self._hubs.setdefault(kind, []).append(name)

    def _tie_roles(self, route: Route, kind: str, entered: Sequence[str]) -> None:
        """Ties a record to those on a way from it; a role that leads to an entity of which nothing is asked ties nothing."""
        for role in route.roles:
            (self._roles if role in entered else self._fields).setdefault(kind, set()).add(role)
            kind = self._schema[kind].fields[role].target
        if route.leaf:
            self._fields.setdefault(kind, set()).add(route.leaf)

    def _tie_value(self, end: Route | str, scans: Mapping[str, str], key: Hashable, *, or_neither: bool = False) -> None:
        if isinstance(end, Route):
            if end.kind is Kind.ROLE and not or_neither:
                self._tie_roles(end, scans[end.variable], end.roles)
            else:
                self._values.setdefault(scans[end.variable], []).append((key, end, or_neither))


def _parts(plan: Plan) -> tuple[object, ...]:
    return tuple(getattr(plan, name) for name in ("tests", "unless", "over", "branches", "unique", "exists", "inside", "outside"))


def _spanning(scans: Mapping[str, str], plan: Plan) -> list[Same]:
    """As few links as lead from each variable of a plan to all others: records that are bound together have all of them in common."""
    queries = iter_within(_parts(plan), Subquery)
    links = [
        test for test in (*plan.tests, *(test for query in queries for test in query.tests))
        if isinstance(test, Same) and isinstance(test.right, Route) and not test.is_negated
    ]  # fmt: skip
    part = {name: name for name in scans}
    found: list[Same] = []
    for link in sorted(links, key=lambda each: each.or_neither):
        one, other = (part[end.variable] for end in (link.left, link.right) if isinstance(end, Route))
        if one != other:
            found.append(link)
            part = {name: one if group == other else group for name, group in part.items()}
    return found


class TiedRecords:
    """The records of a dataset in groups: those of a group are tied to each other, directly or through others."""

    def __init__(self, dataset: Dataset, rules: Iterable[Rule], *, with_events: bool = True) -> None:
        self._dataset, self._ties = dataset, Ties.of(rules, dataset.schema, with_events=with_events)
        self._above: dict[Node, Node] = {}
        for record in dataset.records.values():
            for node in self._ties.nodes(record, dataset.records):
                self._join(record.id, node)

    def reached(self, changed: Mapping[str, Record]) -> frozenset[str]:
        """The ids of all records that are tied to some that change, as they were or as they will be, and of these themselves.

        A change that no rule reads reaches nothing.
        """
        records = {**self._dataset.records, **changed}
        nodes: set[Node] = set()
        for name in self._resting_on([name for name in changed if self._is_read(records[name], self._dataset.records[name])]):
            nodes |= {name, *self._ties.nodes(records[name], records)}
        groups = {self._find(node) for node in nodes}
        return frozenset(name for group in groups for name in self._groups.get(group, ()))

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


def _value(route: Route, record: Record, records: Mapping[str, Record]) -> str | None:
    """What stands at the end of a route from a record, as a text; None where nothing does."""
    for role in route.roles:
        target = getattr(record, role)
        if target not in records:
            return None
        record = records[target]
    value = getattr(record, route.leaf or "id")
    return None if value is None else str(value)
