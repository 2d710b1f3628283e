"""Events that several facts tell of: which facts these are, and what ties their times where no definition does."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from rehabfacts.dataset import Dataset
from rehabfacts.engines.groundings import Grounding, Instance
from rehabfacts.network.inequalities import ZERO
from rehabfacts.plain import plain
from rehabfacts.rules.plans import Plan
from rehabfacts.rules.rules import Mode, Rule
from rehabfacts.schema import Fact, Kind, Names, RecordType

EVENTS_AGREE = Rule(
    "facts-of-one-event-agree", Mode.DEFINE, "facts that tell of one event state one time, and one number", Plan((("f", "Fact"),)),
    says=Names(en="Facts that tell of one event state the same times and numbers."),
    why=Names(en="It happened once: two sources can differ in precision, but not in the day."), pack="built-in",
)  # fmt: skip

Key = tuple[str, tuple[str | None, ...]]
"""The type that says what identifies an event, and the records in these roles."""


@plain
class Event:
    """Facts that tell of one event: by its type and identifying roles, or because other facts (`links`) say that it is one."""

    type: str
    roles: tuple[str | None, ...]
    facts: tuple[str, ...]
    links: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.type} of {' and '.join(filter(None, self.roles))}" if any(self.roles) else f"{self.type} {self.facts[0]}"


@plain
class _Link:
    """A fact that says that two records are one."""

    fact: str
    one: str
    other: str


class Events:
    """The events of a dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._links = tuple(_iter_links(dataset))
        self._sames = _Classes((link.one, link.other) for link in self._links)

    @cached_property
    def keys(self) -> Mapping[Key, tuple[str, ...]]:
        """The facts of each key, as the facts name the records themselves."""
        found: dict[Key, list[str]] = {}
        for kind in self._dataset.schema.types.values():
            if kind.is_fact and kind.identified_by:
                _collect(self._dataset, kind, found)
        return {key: tuple(facts) for key, facts in found.items()}

    @cached_property
    def shared(self) -> tuple[Event, ...]:
        """Every event that two facts or more tell of, in the order of their first facts."""
        groups = _Classes(())
        first: dict[Key, str] = {}
        for key, facts in self.keys.items():
            if self._links or len(facts) > 1:
                leader = first.setdefault(self.resolved(key), facts[0])
                for name in facts:
                    groups.join(leader, name)
        for link in self._links:
            if link.one in self._dataset.facts and link.other in self._dataset.facts:
                groups.join(link.one, link.other)
        return tuple(self._event(facts) for facts in groups.classes() if len(facts) > 1)

    def resolved(self, key: Key) -> Key:
        """The key with one record in the place of all that are one with it; what says that they are is left as it is."""
        if not self._links or self._dataset.schema[key[0]].same:
            return key
        return key[0], tuple(None if name is None else self._sames.find(name) for name in key[1])

    def is_same(self, one: str, other: str) -> bool:
        """Whether two ids name one record."""
        return self._sames.find(one) == self._sames.find(other)

    def _event(self, facts: Sequence[str]) -> Event:
        kind, roles = self.key_of(facts[0]) or (type(self._dataset.facts[facts[0]]).__name__, ())
        members = frozenset(facts)
        direct = (link.fact for link in self._links if link.one in members and link.other in members)
        keys = [key for key in map(self.key_of, facts) if key is not None]
        through = (name for key in keys for name in self.ways(keys[0], key))
        return Event(kind, roles, tuple(facts), tuple(dict.fromkeys((*direct, *through))))

    def key_of(self, name: str) -> Key | None:
        """What identifies a fact's event; None if nothing that it states does."""
        fact = self._dataset.facts[name]
        return _key(self._dataset.type_of(fact), fact)

    def ways(self, one: Key, other: Key) -> tuple[str, ...]:
        """The facts that say that the records of two keys are one, each with its counterpart."""
        pairs = zip(one[1], other[1], strict=False)
        return tuple(dict.fromkeys(name for a, b in pairs if a is not None and b is not None for name in self._way(a, b)))

    def _way(self, start: str, end: str) -> Sequence[str]:
        """The fewest facts that lead from one record to another that is one with it."""
        reached: dict[str, tuple[str, ...]] = {start: ()}
        queue = [start]
        while end not in reached and queue:
            at = queue.pop(0)
            for link in self._links:
                for near, far in ((link.one, link.other), (link.other, link.one)):
                    if near == at and far not in reached:
                        reached[far] = (*reached[at], link.fact)
                        queue.append(far)
        return reached.get(end, ())

    @property
    def direct(self) -> Iterator[tuple[str, str, str]]:
        """Each fact that says that two facts tell of one event, and these two."""
        facts = self._dataset.facts
        return ((link.fact, link.one, link.other) for link in self._links if link.one in facts and link.other in facts)


def _iter_links(dataset: Dataset) -> Iterator[_Link]:
    for kind in dataset.schema.types.values():
        if kind.is_fact and kind.same:
            one, other = kind.same
            for fact in dataset.of_type(kind.name):
                if type(fact) is kind.cls and getattr(fact, one) is not None and getattr(fact, other) is not None:
                    yield _Link(fact.id, getattr(fact, one), getattr(fact, other))


def _collect(dataset: Dataset, kind: RecordType, found: dict[Key, list[str]]) -> None:
    for fact in dataset.of_type(kind.name):
        if type(fact) is kind.cls and isinstance(fact, Fact):
            key = _key(kind, fact)
            if key is not None:
                found.setdefault(key, []).append(fact.id)


def _key(kind: RecordType, fact: Fact) -> Key | None:
    roles = tuple(getattr(fact, name) for name in kind.identified_by)
    if not any(roles):
        return None
    named = next(base.__name__ for base in kind.cls.__mro__ if "IDENTIFIED_BY" in vars(base))
    return named, roles


class _Classes:
    """Names put together pair by pair (union and find); the smallest of a class stands for it."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._parent: dict[str, str] = {}
        for one, other in pairs:
            self.join(one, other)

    def find(self, name: str) -> str:
        parent = self._parent
        while (above := parent.get(name, name)) != name:
            parent[name] = parent.get(above, above)
            name = above
        return name

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.find(one), self.find(other)))
        self._parent.setdefault(low, low)
        self._parent[high] = low

    def classes(self) -> list[list[str]]:
        found: dict[str, list[str]] = {}
        for name in sorted(self._parent):
            found.setdefault(self.find(name), []).append(name)
        return list(found.values())


def tie_events(grounding: Grounding) -> None:
    """Adds to the given that facts of one event state the same times and numbers, where definitions do not say so already."""
    events = Events(grounding.dataset)
    if events.shared:
        _Tying(grounding, events).run()


class _Tying:
    def __init__(self, grounding: Grounding, events: Events) -> None:
        self._grounding, self._events = grounding, events
        self._facts = grounding.dataset.facts

    def run(self) -> None:
        for event in self._events.shared:
            loose = [each for each in self._variables(event) if not self._is_tied(event, each)]
            if loose:
                self._tie(event, loose)

    def _variables(self, event: Event) -> list[str]:
        """The variables that two facts of the event have."""
        names = [name for fact in event.facts for name in self._names(fact)]
        return [name for name in dict.fromkeys(names) if names.count(name) > 1]

    def _names(self, fact: str) -> Iterator[str]:
        for name, kind in self._grounding.dataset.type_of(self._facts[fact]).variables:
            yield from (f"{name}.start", f"{name}.end") if kind is Kind.PERIOD else (name,)

    def _is_tied(self, event: Event, name: str) -> bool:
        numbers = [self._grounding.index[fact, name] for fact in event.facts if (fact, name) in self._grounding.index]
        return len({self._defined.find(str(number)) for number in numbers}) < 2

    @cached_property
    def _defined(self) -> _Classes:
        """Variables that definitions make equal."""
        rows, owners = self._grounding.rows, self._grounding.owners
        steps = {
            row[:2] for row, owner in zip(rows, owners, strict=True)
            if row[2] == 0 and row[3] == 0 and ZERO not in row[:2] and isinstance(owner, Instance) and owner.rule.mode is Mode.DEFINE
        }  # fmt: skip
        return _Classes((str(low), str(high)) for low, high in sorted(steps) if low < high and (high, low) in steps)

    def _tie(self, event: Event, names: Sequence[str]) -> None:
        keyed = [(key, fact) for fact in event.facts if (key := self._events.key_of(fact)) is not None]
        tally = Counter(self._events.resolved(key) for key, _ in keyed)
        leaders: dict[Key, Key] = {}
        for key, fact in keyed:
            resolved = self._events.resolved(key)
            if tally[resolved] > 1:
                self._equate((fact,), (fact,), fact, _hub(key), names)
                leaders.setdefault(resolved, key)
        for key in dict.fromkeys(key for key, _ in keyed):
            leader = leaders.get(self._events.resolved(key), key)
            if leader != key:
                ways = self._events.ways(leader, key)
                self._equate((*ways, *filter(None, (key[0], *key[1]))), ways, _hub(leader), _hub(key), names)
        for link, one, other in self._events.direct:
            if one in event.facts:
                self._equate((link, one, other), (link, one, other), one, other, names)

    def _equate(self, binding: tuple[str, ...], facts: tuple[str, ...], one: str, other: str, names: Sequence[str]) -> None:
        instance = Instance(EVENTS_AGREE, binding, facts, (), None)
        quantities, add_row = self._grounding.quantities, self._grounding.add_row
        rows: list[int] = []
        for name in names:
            low, high = self._end(one, name), self._end(other, name)
            if low is not None and high is not None:
                rows += [add_row((low, high, 0, 0, False), instance), add_row((high, low, 0, 0, False), instance)]
                quantities.update((low, high) if low in quantities or high in quantities else ())
        if rows:
            instance.clause = (tuple(rows),)
            self._grounding.instances.append(instance)

    def _end(self, owner: str, name: str) -> int | None:
        """The variable of a fact, None if it has none of this name, or of what stands for all facts of one key."""
        if owner in self._facts:
            return self._grounding.index.get((owner, name))
        return self._grounding.variable(owner, name)


def _hub(key: Key) -> str:
    """The name of what stands for all facts of one key: no id has a space in it."""
    return f"{key[0]} of {' '.join(filter(None, key[1]))}"
