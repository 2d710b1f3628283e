"""What a change can reach: the records that rules tie, directly or over others, to one that differs between states of a dataset.

A conflict, a bound or a verdict rests on facts that rules tie together. What is tied to nothing that differs is the same
in every state, so that it needs to be judged in one of them only.
"""

from collections.abc import Iterable, Iterator, Sequence

from rehabfacts.changes.policies import type_changes
from rehabfacts.checker.provenance.mentions import mentioned_roles
from rehabfacts.checker.ties import Node, Ties
from rehabfacts.dataset import Dataset, Record
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Fact, Kind

Tie = frozenset[Node]
"""What is judged together: a record, and what it is tied through."""


class EverywhereError(Exception):
    """Nothing can be told apart: everything has to be judged."""


def reach(states: Sequence[Dataset], rules: Sequence[Rule]) -> frozenset[str]:
    """The ids of what differs between the states, and of all that the rules tie to it in any of them.

    Raises EverywhereError where passages have no held reading (they are judged all together), or types differ.
    """
    first, *others = states
    if any(each.held is None for state in states for each in state.ambiguities) or any(type_changes(first.schema, each.schema) for each in others):
        raise EverywhereError
    changed = {name for state in others for name in _differing(first, state)}
    ties = {tie for state in states for tie in _iter_ties(state, rules)} if changed else set()
    return _closed(changed, ties)


def _differing(one: Dataset, other: Dataset) -> Iterator[str]:
    """The records that one of two states has and the other has not, or says otherwise; all facts of a source that differs."""
    old, new = _versions(one), _versions(other)
    yield from (name for name in {*old, *new} if old.get(name) != new.get(name))
    sources = {name for name in {*one.sources, *other.sources, *one.headers, *other.headers} if _of_source(one, name) != _of_source(other, name)}
    yield from (fact.id for state in (one, other) for fact in state.iter_facts() if sources and fact.source in sources)


def _of_source(dataset: Dataset, name: str) -> tuple[object, ...]:
    header, source = dataset.headers.get(name), dataset.sources.get(name)
    return header and (header.date, header.derived_from), source and (source.sha256, source.pinned, source.language, source.date)


def _versions(dataset: Dataset) -> dict[str, object]:
    """What each record says, in each reading of its passage."""
    found: dict[str, object] = {name: _said(record) for name, record in dataset.records.items()}
    for passage in dataset.ambiguities:
        for name in passage.fact_ids:
            found[name] = passage.name, [(each.name, each.is_held, _said(each.facts[name]) if name in each.facts else None) for each in passage.readings]
    return found


def _said(record: Record) -> object:
    """What a record says, wherever it is written and of whichever class: types that files declare are other classes each time they are read."""
    return type(record).__name__, {name: value for name, value in record.__getstate__().items() if name != "origin"}


def _closed(changed: Iterable[Node], ties: Iterable[Tie]) -> frozenset[str]:
    touching: dict[Node, list[Tie]] = {}
    for tie in ties:
        for node in tie:
            touching.setdefault(node, []).append(tie)
    reached, queue = set(changed), list(changed)
    while queue:
        for tie in touching.pop(queue.pop(), ()):
            queue += tie - reached
            reached |= tie
    return frozenset(node for node in reached if isinstance(node, str))


def _iter_ties(dataset: Dataset, rules: Sequence[Rule]) -> Iterator[Tie]:
    """All ties of a state: of the facts as they are read, and as other readings of one passage have them."""
    for passage in dataset.ambiguities:
        yield frozenset(passage.fact_ids)
    ties = Ties.of(rules, dataset.schema)
    others = ({each.name: reading.name} for each in dataset.ambiguities for reading in each.readings if not reading.is_held)
    for state in (dataset, *map(dataset.under, others)):
        for record in state.records.values():
            yield frozenset((record.id, *ties.nodes(record, state.records), *_ties_beside_rules(state, record)))


def _ties_beside_rules(dataset: Dataset, record: Record) -> Iterator[str]:
    """The facts that a fact rests on, and the entities whose mentions its source may hold."""
    if isinstance(record, Fact):
        yield from (each for each in _roles(dataset, record) if each in dataset.facts)
        yield from (entity.id for entity in mentioned_roles(dataset, record).values() if dataset.sources)


def _roles(dataset: Dataset, record: Record) -> Iterator[str]:
    for field in dataset.type_of(record).fields.values():
        target = getattr(record, field.name) if field.kind is Kind.ROLE else None
        if target is not None:
            yield target
