"""What a change can reach: the records that rules tie, directly or over others, to one that differs between states of a dataset.

A conflict, a bound or a verdict rests on facts that rules tie together. What is tied to nothing that differs is the same
in every state, so that it needs to be judged in one of them only.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

import attrs

from rehabfacts.checker.attribution import every_fact, only
from rehabfacts.checker.events import Events
from rehabfacts.checker.mentions import mentioned_roles
from rehabfacts.dataset import Dataset, Record
from rehabfacts.engines.joins import Binding, Join, value_reader
from rehabfacts.engines.memory import iter_routes
from rehabfacts.rules.plans import Plan, Route, Scan, routes_of
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Kind

_MOST_BINDINGS = 10_000_000

Tie = frozenset[str]
"""The ids of records that are judged together."""


class EverywhereError(Exception):
    """Nothing can be told apart: everything has to be judged."""


def reach(states: Sequence[Dataset], rules: Sequence[Rule]) -> frozenset[str]:
    """The ids of what differs between the states, and of all that the rules tie to it in any of them.

    Raises EverywhereError where passages have no held reading (they are judged all together), types differ, or ties are too many to look at.
    """
    first, *others = states
    if any(each.held is None for state in states for each in state.ambiguities) or any(each.schema != first.schema for each in others):
        raise EverywhereError
    changed = {name for state in others for name in _differing(first, state)}
    ties = {tie for state in states for tie in _iter_ties(state, rules)} if changed else set()
    return _closed(changed, ties)


def restricted(dataset: Dataset, names: Collection[str]) -> Dataset:
    """The dataset with the facts named, and the entities that they speak of: judged, it says of what is named what the whole does."""
    kept = only(dataset, lambda fact: fact.id in names)
    spoken_of = {target for fact in every_fact(kept) for target in _roles(kept, fact)}
    entities = {name: entity for name, entity in dataset.entities.items() if name in names or name in spoken_of}
    return attrs.evolve(kept, entities=entities)


def _differing(one: Dataset, other: Dataset) -> Iterator[str]:
    """The records that one of two states has and the other has not, or says otherwise; all facts of a source that differs."""
    old, new = _versions(one), _versions(other)
    yield from (name for name in {*old, *new} if old.get(name) != new.get(name))
    sources = {name for name in {*one.sources, *other.sources, *one.headers, *other.headers} if _of_source(one, name) != _of_source(other, name)}
    yield from (fact.id for state in (one, other) for fact in every_fact(state) if sources and fact.source in sources)


def _of_source(dataset: Dataset, name: str) -> tuple[object, ...]:
    header, source = dataset.headers.get(name), dataset.sources.get(name)
    return header and (header.date, header.derived_from), source and (source.sha256, source.pinned, source.language, source.date)


def _versions(dataset: Dataset) -> dict[str, object]:
    """What each record says, in each reading of its passage."""
    found: dict[str, object] = {**dataset.records}
    for passage in dataset.ambiguities:
        for name in {name for reading in passage.readings for name in reading.facts}:
            found[name] = passage.name, [(each.name, each.is_held, each.facts.get(name)) for each in passage.readings]
    return found


def _closed(changed: Iterable[str], ties: Iterable[Tie]) -> frozenset[str]:
    touching: dict[str, list[Tie]] = {}
    for tie in ties:
        for name in tie:
            touching.setdefault(name, []).append(tie)
    reached, queue = set(changed), list(changed)
    while queue:
        for tie in touching.pop(queue.pop(), ()):
            queue += tie - reached
            reached |= tie
    return frozenset(reached)


def _iter_ties(dataset: Dataset, rules: Sequence[Rule]) -> Iterator[Tie]:
    """All ties of a state: of the facts as they are read, and as other readings of one passage have them."""
    for passage in dataset.ambiguities:
        yield frozenset(name for reading in passage.readings for name in reading.facts)
    others = ({each.name: reading.name} for each in dataset.ambiguities for reading in each.readings if not reading.is_held)
    for state in (dataset, *map(dataset.under, others)):
        yield from _ties_of_records(state)
        for rule in rules:
            yield from _ties_of_plan(state, rule.plan)


def _ties_of_records(dataset: Dataset) -> Iterator[Tie]:
    """What ties records beside rules: facts that rest on others, events told twice, entities whose mentions sources hold."""
    for fact in dataset.facts.values():
        mentioned = (entity.id for entity in mentioned_roles(dataset, fact).values()) if dataset.sources else ()
        tied = frozenset((fact.id, *mentioned, *(each for each in _roles(dataset, fact) if each in dataset.facts)))
        if len(tied) > 1:
            yield tied
    yield from (frozenset((*event.facts, *event.links)) for event in Events(dataset).shared)


def _roles(dataset: Dataset, record: Record) -> Iterator[str]:
    for field in dataset.type_of(record).fields.values():
        target = getattr(record, field.name) if field.kind is Kind.ROLE else None
        if target is not None:
            yield target


def _ties_of_plan(dataset: Dataset, plan: Plan) -> Iterator[Tie]:
    """The records of each binding of a plan, of all that is looked for beside it, and of what shares a key with it."""
    routes = (*iter_routes(plan), *plan.unique, *(route for each in plan.subqueries for test in each.tests for route in routes_of(test)))
    names = tuple(name for name, _ in plan.scans)
    join = Join(dataset, plan.scans, plan.tests)
    beside = [(Join(dataset, each.scans, each.tests, names), _walker(dataset, (*plan.scans, *each.scans), routes)) for each in plan.subqueries]
    if max([join.cost, *(join.cost * other.cost for other, _ in beside)]) > _MOST_BINDINGS:
        raise EverywhereError
    walk, same = _walker(dataset, plan.scans, routes), dict[tuple[object, ...], set[str]]()
    keys = [value_reader(dataset, route, {name: at for at, name in enumerate(names)}) for route in plan.unique]
    for binding in join.rows():
        found = {*walk(binding)}
        for other, further in beside:
            found.update(name for longer in other.rows(binding) for name in further(longer))
        if keys:
            same.setdefault(tuple(read(binding) for read in keys), set()).update(found)
        else:
            yield frozenset(found)
    yield from map(frozenset, same.values())


def _walker(dataset: Dataset, scans: Sequence[Scan], routes: Iterable[Route]) -> Callable[[Binding], Iterator[str]]:
    """A function from a binding to the ids of its records and of those that its routes pass."""
    places = {name: at for at, (name, _) in enumerate(scans)}
    ways = {(places[route.variable], route.roles) for route in routes if route.roles and route.variable in places}

    def walk(binding: Binding) -> Iterator[str]:
        yield from (record.id for record in binding)
        for at, roles in ways:
            record = binding[at]
            for role in roles:
                target = getattr(record, role)
                if target is None:
                    break
                yield target
                record = dataset.records[target]

    return walk
