"""Mixtures: where facts of several sources bound what belongs together, so that one may set aside another without any error.

Whether a fact's bounds stand can then depend on readings that say nothing of that fact. Every instance that some
combination of readings can have is bound once here, over copies of the facts that read differently.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

import attrs

from rehabfacts.checker.attributions.events import tie_events
from rehabfacts.dataset import Dataset
from rehabfacts.engines.groundings import Grounding, Instance
from rehabfacts.engines.memory import ground
from rehabfacts.network.parts import Parts
from rehabfacts.rules.plans import routes_of
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Fact, Kind

_MOST_COPIES = 10_000
_COPY = "\0"


class TooManyCopiesError(Exception):
    """More copies than are made, or facts that refer to each other in a circle."""


def mixed_with(
    dataset: Dataset, variants: Mapping[str, Sequence[Fact]], rules: Iterable[Rule], disputed: frozenset[str]
) -> dict[str, frozenset[str]]:
    """For each fact those that could have a part in setting it aside without an error, itself among them.

    `variants` are the facts that read differently. `disputed` are facts that are set aside however passages are read.
    Raises TooManyCopiesError.
    """
    given = [_without_excuses(rule) for rule in rules if rule.mode.is_given]
    copies = _Copies(dataset, variants, frozenset(_names(given))).run()
    grounding = ground(attrs.evolve(dataset, facts={fact.id: fact for fact in copies}, ambiguities=(), taken={}), given)
    tie_events(grounding)
    sources = {each.id: {fact.source for fact in variants.get(each.id.partition(_COPY)[0], (each,))} for each in copies}
    found: dict[str, set[str]] = {}
    for part in _parts(grounding):
        names = {name.partition(_COPY)[0] for name in part}
        if len({source for name in part for source in sources[name]}) > 1 or not disputed.isdisjoint(names):
            for name in names:
                found.setdefault(name, set()).update(names)
    return {name: frozenset(names) for name, names in found.items()}


def _without_excuses(rule: Rule) -> Rule:
    return attrs.evolve(rule, plan=attrs.evolve(rule.plan, unless=())) if rule.plan.unless else rule  # type: ignore[misc]  # a plain class is an attrs class


def _names(rules: Iterable[Rule]) -> Iterator[str]:
    """The fields by which rules tell records from each other."""
    for rule in rules:
        for test in rule.plan.tests:
            yield from (route.leaf for route in routes_of(test))


def _parts(grounding: Grounding) -> Iterable[set[str]]:
    """The facts whose variables and definitions belong to one part of the given."""
    parts = Parts.single(len(grounding.variables))
    for row in grounding.rows:
        parts.tie(row[:2])
    members: dict[int, set[str]] = {}
    for (owner, _), part in zip(grounding.variables, parts.numbers(), strict=True):
        if owner in grounding.dataset.facts:
            members.setdefault(part, set()).add(owner)
    for row, row_owner in zip(grounding.rows, grounding.owners, strict=True):
        if isinstance(row_owner, Instance):
            members.setdefault(parts.find(max(row[:2])), set()).update(row_owner.facts)
    return members.values()


class _Copies:
    """Facts under ids of their own, one for each way to read it and what it refers to that could bind rules otherwise."""

    def __init__(self, dataset: Dataset, variants: Mapping[str, Sequence[Fact]], names: frozenset[str]) -> None:
        self._dataset, self._variants, self._names = dataset, variants, names
        self._made: dict[str, list[Fact]] = {}
        self._open: set[str] = set()
        self._count = 0

    def run(self) -> list[Fact]:
        """All copies."""
        for name in (*self._dataset.facts, *self._variants):
            self._copies(name)
        return [fact for copies in self._made.values() for fact in copies]

    def _copies(self, name: str) -> Sequence[Fact]:
        if name in self._made:
            return self._made[name]
        if name in self._open:
            raise TooManyCopiesError
        self._open.add(name)
        shapes: dict[tuple[object, ...], Fact] = {}
        for fact in self._variants.get(name) or [self._dataset.facts[name]]:
            shapes.setdefault(self._shape(fact), fact)
        copies = [attrs.evolve(copy, id=f"{name}{_COPY}{at}" if at else name) for at, copy in enumerate(self._resolved(shapes.values()))]  # type: ignore[misc]  # every fact is an attrs value
        self._made[name] = copies
        self._count += len(copies)
        if self._count > len(self._dataset.facts) + _MOST_COPIES:
            raise TooManyCopiesError
        return copies

    def _resolved(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Each fact with its roles at every copy of what they lead to."""
        for fact in facts:
            roles = {name: target for name, target in self._roles(fact) if target in self._variants or target in self._dataset.facts}
            choices = [[each.id for each in self._copies(target)] for target in roles.values()]
            for chosen in product(*choices):
                yield attrs.evolve(fact, **dict(zip(roles, chosen, strict=True))) if roles else fact  # type: ignore[misc]  # as above

    def _roles(self, fact: Fact) -> Iterator[tuple[str, str]]:
        for field in self._dataset.type_of(fact).fields.values():
            target = getattr(fact, field.name) if field.kind is Kind.ROLE and field.name != "superseded_by" else None
            if target is not None:
                yield field.name, str(target)

    def _shape(self, fact: Fact) -> tuple[object, ...]:
        said = (str(getattr(fact, name, None)) for name in sorted(self._names))
        return type(fact).__name__, tuple(self._roles(fact)), tuple(said)
