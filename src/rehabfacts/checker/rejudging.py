"""Judging again after a few facts changed: only what the change can reach is bound and solved anew."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import attrs

from rehabfacts.checker.judging.conflicts import Conflict
from rehabfacts.checker.provenance.mentions import mentioned_roles
from rehabfacts.checker.ties import TiedRecords
from rehabfacts.checker.violations import FACTS_AGREE
from rehabfacts.checker.worlds import World, WorldMaker
from rehabfacts.rules.contents import iter_within
from rehabfacts.rules.plans import AtMost, Sum
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Fact

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
        whole = attrs.evolve(self._world.dataset, facts={**self._world.dataset.facts, **changed}, ambiguities=())
        dataset = whole.part(reached.union(spoken, changed, *reached_by.values()))
        world = self._maker.world("changed", dataset, with_quotes=False, quotes_of=changed, spoken=spoken, is_certified=False)
        new = (each for each in world.judging.conflicts if key_of(each) not in self._known)
        return world, tuple(each for each in new if _is_within(each, reached_by.get(key_of(each)[0], reached), world))

    def _spoken(self, changed: Mapping[str, Fact]) -> Mapping[str, frozenset[str]]:
        """The sources of the facts that speak of each entity of which other facts speak than before."""
        dataset = self._world.dataset
        both = [*(dataset.facts[name] for name in changed), *changed.values()]
        names = {entity.id for fact in both for entity in mentioned_roles(dataset, fact).values()}
        found: dict[str, frozenset[str]] = {}
        for name in names:
            facts = (changed.get(fact, dataset.facts[fact]) for fact in {*self._speaking.get(name, ()), *changed})
            sources = {fact.source for fact in facts if fact.source is not None and name in dataset.parts_of(fact)}
            found.update({name: frozenset(sources)} if sources else {})
        return found

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
