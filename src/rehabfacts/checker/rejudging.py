"""Judging again after a few facts changed: only what the change can reach is bound and solved anew."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import attrs

from rehabfacts.checker.conflicts import Conflict
from rehabfacts.checker.mentions import mentioned_roles
from rehabfacts.checker.ties import TiedRecords
from rehabfacts.checker.violations import FACTS_AGREE
from rehabfacts.checker.worlds import World, WorldMaker
from rehabfacts.dataset import Dataset
from rehabfacts.rules.contents import iter_within
from rehabfacts.rules.plans import AtMost, Sum
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Entity, Fact, Kind

Key = tuple[str, tuple[str, ...]]
"""A rule and what it is bound to; or that facts contradict each other, and which."""


def key_of(conflict: Conflict) -> Key:
    """What makes a conflict the same in two runs."""
    return (FACTS_AGREE, conflict.facts) if conflict.headline is None else conflict.headline.key


class Rejudging:
    """A world that was judged, and what becomes of it when facts of it say something else.

    The changed facts keep their ids and their types, and refer to records that are there.
    """

    def __init__(self, world: World, maker: WorldMaker, rules: Sequence[Rule]) -> None:
        self._world, self._maker = world, maker
        dataset, is_disputed = world.dataset, bool(world.judging.disputed)
        written = [rule for rule in rules if not is_disputed and is_on_writing(rule)]
        self._tied = TiedRecords(dataset, [rule for rule in rules if rule not in written])
        self._tied_by = {rule.id: TiedRecords(dataset, [rule], with_events=False) for rule in written}
        self._known = {key_of(conflict) for conflict in world.judging.conflicts}

    def reached(self, changed: Mapping[str, Fact]) -> frozenset[str]:
        """The records of which times and numbers may be judged otherwise."""
        return self._tied.reached(changed)

    def new_conflicts(self, changed: Mapping[str, Fact]) -> tuple[World, tuple[Conflict, ...]]:
        """The part of the world that changes reach as it would be (not certified), and its conflicts that were not there before."""
        reached, spoken = self.reached(changed), self._spoken(changed)
        reached_by = {name: tied.reached(changed) for name, tied in self._tied_by.items()}
        dataset = self._part(reached.union(spoken, changed, *reached_by.values()), changed)
        world = self._maker.world("changed", dataset, with_quotes=False, quotes_of=changed, spoken=spoken, is_certified=False)
        new = (each for each in world.judging.conflicts if key_of(each) not in self._known)
        return world, tuple(each for each in new if _is_within(each, reached_by.get(key_of(each)[0], reached), world))

    def _part(self, names: frozenset[str], changed: Mapping[str, Fact]) -> Dataset:
        records = {**self._world.dataset.records, **changed}
        found, waiting = set(names), list(names)
        while waiting:
            record = records[waiting.pop()]
            more = {target for role in self._roles[type(record).__name__] if (target := getattr(record, role)) is not None} - found
            found |= more
            waiting += more
        entities = {name: record for name in found if isinstance(record := records[name], Entity)}
        facts = {name: record for name in found if isinstance(record := records[name], Fact)}
        return attrs.evolve(self._world.dataset, entities=entities, facts=facts, ambiguities=())

    @cached_property
    def _roles(self) -> Mapping[str, tuple[str, ...]]:
        types = self._world.dataset.schema.types
        return {
            name: tuple(field.name for field in kind.fields.values() if field.kind is Kind.ROLE and field.name != "superseded_by")
            for name, kind in types.items()
        }  # fmt: skip

    def _spoken(self, changed: Mapping[str, Fact]) -> Mapping[str, frozenset[str]]:
        """The sources of the facts that speak of each entity of which other facts speak than before."""
        dataset = self._world.dataset
        both = [*(dataset.facts[name] for name in changed), *changed.values()]
        names = {entity.id for fact in both for entity in mentioned_roles(dataset, fact).values()}
        found: dict[str, frozenset[str]] = {}
        for name in names:
            facts = (changed.get(fact, dataset.facts[fact]) for fact in {*self._speaking.get(name, ()), *changed})
            sources = {fact.source for fact in facts if fact.source is not None and self._speaks(fact, name)}
            found.update({name: frozenset(sources)} if sources else {})
        return found

    def _speaks(self, fact: Fact, name: str) -> bool:
        return any(getattr(fact, role) == name for role in self._roles[type(fact).__name__])

    @cached_property
    def _speaking(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for fact in self._world.dataset.facts.values():
            for entity in mentioned_roles(self._world.dataset, fact).values():
                found.setdefault(entity.id, []).append(fact.id)
        return found


def is_on_writing(rule: Rule) -> bool:
    """Whether a rule asks only for what is written: then each of its instances is judged by itself, whatever becomes of others."""
    return not rule.mode.is_given and not any(True for _ in iter_within(rule.plan, AtMost | Sum))  # type: ignore[arg-type]  # a union is a kind


def _is_within(conflict: Conflict, reached: frozenset[str], world: World) -> bool:
    """Whether a conflict is about what is reached, and not about what is there only because that refers to it; quotes are looked at on purpose."""
    if conflict.headline is not None and conflict.headline.rule.pack == "built-in":
        return True
    bound = conflict.facts if conflict.headline is None else (*conflict.facts, *conflict.headline.binding)
    return not reached.isdisjoint(name for name in bound if name in world.dataset.records)
