"""Immutable, indexed facts: what a set of documents says, and the readings that its ambiguous passages leave open."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise

import attrs

from rehabfacts.dates import Date
from rehabfacts.errors import InvalidInput, NoSuchThing, Problem, nearest
from rehabfacts.schema import Entity, Fact, RecordType, Schema
from rehabfacts.sources import Header, Source


@attrs.frozen
class Reading:
    """One meaning of an ambiguous passage: the facts as they then stand."""

    name: str
    facts: Mapping[str, Fact]
    is_held: bool = False


@attrs.frozen
class Ambiguity:
    """A passage that can be read in several ways; at most one of them is held."""

    name: str
    readings: tuple[Reading, ...]

    @property
    def held(self) -> Reading | None:
        """The reading that the dataset's authors hold, if they hold one."""
        return next((each for each in self.readings if each.is_held), None)

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """The facts that some reading has."""
        return tuple(dict.fromkeys(name for reading in self.readings for name in reading.facts))

    def __getitem__(self, name: str) -> Reading:
        for each in self.readings:
            if each.name == name:
                return each
        raise NoSuchThing("reading", name, nearest(name, [each.name for each in self.readings]))


Record = Entity | Fact


@attrs.frozen
class Dataset:
    """Entities and facts by id. `facts` holds those outside every ambiguity and those of the readings taken.

    `headers` holds what is declared of sources, by id, `sources` those whose text is there. `believed` are facts that
    count here though they are denied or superseded.
    """

    schema: Schema
    entities: Mapping[str, Entity]
    facts: Mapping[str, Fact]
    ambiguities: tuple[Ambiguity, ...] = ()
    sources: Mapping[str, Source] = attrs.field(factory=dict)
    taken: Mapping[str, str] = attrs.field(factory=dict)
    headers: Mapping[str, Header] = attrs.field(factory=dict)
    believed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, schema: Schema, entities: Iterable[Entity], facts: Iterable[Fact]) -> "Dataset":
        """A dataset built in Python. Raises InvalidInput with every repeated id and dangling or wrong-typed role."""
        entities, facts = tuple(entities), tuple(facts)
        dataset = cls(schema, {each.id: each for each in entities}, {each.id: each for each in facts})
        problems = [*_twins((*entities, *facts)), *dataset.role_problems(), *dataset.circle_problems()]
        if problems:
            raise InvalidInput(tuple(problems))
        return dataset

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """Entities and facts together."""
        return {**self.entities, **self.facts}

    def of_type(self, name: str) -> tuple[Record, ...]:
        """The records of a type and its subtypes, in the order of their ids."""
        return tuple(each for subtype in self.schema.subtypes(name) for each in self._by_type.get(subtype, ()))

    @cached_property
    def _by_type(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for _, record in sorted(self.records.items()):
            found.setdefault(type(record).__name__, []).append(record)
        return found

    def type_of(self, record: Record) -> RecordType:
        """The type of a record as the schema knows it."""
        return self.schema[type(record).__name__]

    def source_date(self, source: str | None) -> Date | None:
        """The source's own date, if it is known."""
        declared = self.headers.get(source or "")
        if declared is not None and declared.date is not None:
            return declared.date
        found = self.sources.get(source or "")
        return found.date if found is not None and isinstance(found.date, Date) else None

    def under(self, readings: Mapping[str, str]) -> "Dataset":
        """The dataset with these readings taken (ambiguity to reading), others as they were."""
        taken = {**self.taken, **readings}
        facts = {name: fact for name, fact in self.facts.items() if name not in self._ambiguous}
        for ambiguity in self.ambiguities:
            if ambiguity.name in taken:
                facts.update(ambiguity[taken[ambiguity.name]].facts)
        return attrs.evolve(self, facts=facts, taken=taken)

    def iter_facts(self) -> Iterator[Fact]:
        """The facts as they are read, then those that other readings of passages have: one that reads differently comes again."""
        yield from self.facts.values()
        for ambiguity in self.ambiguities:
            for reading in ambiguity.readings:
                yield from (fact for name, fact in reading.facts.items() if fact is not self.facts.get(name))

    def parts_of(self, record: Record) -> Iterator[str]:
        """What a record refers to and cannot be understood without."""
        for role in self.type_of(record).roles:
            target = getattr(record, role.name) if role.name != "superseded_by" else None
            if target is not None:
                yield target

    def without(self, facts: Iterable[str]) -> "Dataset":
        """The dataset, in every reading, without some facts and those that rest on them.

        What one of them superseded is superseded by the first that is left of those that took its place one after the other.
        """
        dropped = set(facts)
        if not dropped:
            return self
        resting = [(fact.id, frozenset(self.parts_of(fact))) for fact in self.iter_facts()]
        while more := {name for name, parts in resting if name not in dropped and not parts.isdisjoint(dropped)}:
            dropped |= more
        kept = self._keeping(lambda name: name not in dropped)
        return attrs.evolve(kept, facts={name: self._relinked(fact, dropped) for name, fact in kept.facts.items()})

    def part(self, records: Iterable[str]) -> "Dataset":
        """The records named and all that they refer to, in every reading."""
        found = set(records)
        waiting = [*found]
        while waiting:
            name = waiting.pop()
            read = (reading.facts.get(name) for each in self.ambiguities for reading in each.readings)
            more = {part for record in (self.records.get(name), *read) if record is not None for part in self.parts_of(record)} - found
            found |= more
            waiting += more
        entities = {name: entity for name, entity in self.entities.items() if name in found}
        return attrs.evolve(self._keeping(found.__contains__), entities=entities)

    def _keeping(self, is_kept: Callable[[str], bool]) -> "Dataset":
        """The dataset with some facts only, in every reading; a passage without any of them is none."""
        passages = (
            attrs.evolve(each, readings=tuple(attrs.evolve(reading, facts=_kept(reading.facts, is_kept)) for reading in each.readings))
            for each in self.ambiguities
        )
        ambiguities = tuple(each for each in passages if any(reading.facts for reading in each.readings))
        names = {each.name for each in ambiguities}
        taken = {name: reading for name, reading in self.taken.items() if name in names}
        return attrs.evolve(self, facts=_kept(self.facts, is_kept), ambiguities=ambiguities, taken=taken)

    def _relinked(self, fact: Fact, dropped: Container[str]) -> Fact:
        follower, passed = fact.superseded_by, set[str]()
        while follower in dropped:
            after = self.facts.get(str(follower))
            if after is None or after.superseded_by is None or after.id in passed:
                return fact
            passed.add(after.id)
            follower = after.superseded_by
        return fact if follower == fact.superseded_by else superseded_by(fact, follower)

    @property
    def unread(self) -> frozenset[str]:
        """The facts of ambiguous passages that are not there as these are read."""
        return self._ambiguous - self.facts.keys()

    @cached_property
    def _ambiguous(self) -> frozenset[str]:
        return frozenset(name for each in self.ambiguities for name in each.fact_ids)

    def role_problems(self) -> Iterator[Problem]:
        """Every role, in every reading, that points at nothing or at a record of the wrong type."""
        return iter(dict.fromkeys(self._role_problems()))

    def circle_problems(self) -> Iterator[Problem]:
        """Every circle of a relation that has none: what is part of a part of itself, or took the place of what took its own."""
        yield from self._superseding_circles()
        for kind in self.schema.types.values():
            if kind.is_fact and kind.hierarchy:
                yield from self._circles(kind)

    def _superseding_circles(self) -> Iterator[Problem]:
        links = {name: str(fact.superseded_by) for name, fact in self.facts.items() if fact.superseded_by is not None}
        while links:
            start = min(links)
            way = [start]
            while way[-1] in links:
                way.append(links.pop(way[-1]))
            if way[-1] in way[:-1]:
                circle = [self.facts[name] for name in way[way.index(way[-1]) : -1]]
                told = ", ".join(f"{fact.id} by {fact.superseded_by} ({fact.origin.of('superseded_by')})" for fact in circle)
                at = circle[0].origin.of("superseded_by")
                yield Problem("E-CYCLE", f"expected superseded_by to lead nowhere back, found a circle: {told}", "", at.path, at.line, at.column)

    def _circles(self, kind: RecordType) -> Iterator[Problem]:
        from graphlib import CycleError, TopologicalSorter  # noqa: PLC0415  # few datasets have such relations

        lower, upper = kind.hierarchy
        links = {(getattr(fact, lower), getattr(fact, upper)): fact for fact in self.facts.values() if type(fact) is kind.cls}
        while True:
            above: dict[str, set[str]] = {}
            for part, whole in links:
                above.setdefault(part, set()).add(whole)
            try:
                TopologicalSorter(above).prepare()
            except CycleError as error:
                nodes = error.args[1][::-1]
                circle = [links[pair] for pair in pairwise(nodes)]
            else:
                return
            told = ", ".join(f"{getattr(fact, lower)} of {getattr(fact, upper)} ({fact.origin})" for fact in circle)
            at = circle[0].origin
            yield Problem("E-CYCLE", f"expected {kind.name} to lead nowhere back, found a circle: {told}", "", at.path, at.line, at.column)
            del links[nodes[0], nodes[1]]

    def _role_problems(self) -> Iterator[Problem]:
        for fact in self.iter_facts():
            yield from self.role_problems_of(fact)

    def role_problems_of(self, fact: Fact) -> Iterator[Problem]:
        """The roles of one fact that point at nothing here or at a record of the wrong type."""
        for field in self.type_of(fact).roles:
            target = getattr(fact, field.name)
            if target is not None and not self.has(target, field.target):
                yield from self._role_problem(fact, field.name, field.target, target)

    def has(self, identifier: str, type_name: str) -> bool:
        """Whether a record of this id and this type, or a subtype, is there."""
        found = self.records.get(identifier)
        return found is not None and type(found).__name__ in self.schema.subtypes(type_name)

    def _role_problem(self, record: Record, name: str, expected: str, target: str) -> Iterator[Problem]:
        at = record.origin.of(name)
        found = self.records.get(target)
        if found is None and target not in self._ambiguous:
            fitting = [each.id for each in self.of_type(expected)]
            cause = f"{name} of {record.id}: expected the id of a {expected}, found no {target!r}"
            yield Problem("E-REF", cause, nearest(target, fitting), at.path, at.line, at.column)
        elif found is not None:
            cause = f"{name} of {record.id}: expected a {expected}, but {target!r} is a {type(found).__name__}"
            yield Problem("E-TYPE", cause, "", at.path, at.line, at.column)


def superseded_by(fact: Fact, follower: str | None) -> Fact:
    """The fact, superseded by another one; by none if there is no follower."""
    changed: Fact = attrs.evolve(fact, superseded_by=follower)  # type: ignore[misc]  # every fact is an attrs value
    return changed


def _kept(facts: Mapping[str, Fact], is_kept: Callable[[str], bool]) -> dict[str, Fact]:
    return {name: fact for name, fact in facts.items() if is_kept(name)}


def _twins(records: Iterable[Record]) -> Iterator[Problem]:
    seen: dict[str, Record] = {}
    for record in records:
        first = seen.setdefault(record.id, record)
        if first is not record:
            at = record.origin
            yield Problem("E-ID-DUP", f"expected ids that occur once, {record.id!r} stands also at {first.origin}", "", at.path, at.line, at.column)
