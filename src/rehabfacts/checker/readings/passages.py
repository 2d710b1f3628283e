"""Passages that can be read in several ways, and what of a dataset depends on how they are read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from rehabfacts.checker.readings.combinations import Combination, Nogood
from rehabfacts.dataset import Ambiguity, Dataset
from rehabfacts.plain import plain
from rehabfacts.rules.plans import Among, AtMost, Branch, Route, Sum, Test, routes_of
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Fact, Kind

Support = int
"""A set of tokens, as bits: each says that some passage is read in one of some ways. 0 rests on no reading."""


class Tokens:
    """What can be said of how passages are read, numbered as it comes up."""

    def __init__(self) -> None:
        self._tokens: list[tuple[int, int]] = []
        self._known: dict[tuple[int, int], Support] = {}
        self._nogoods: dict[Support, Nogood] = {}

    def token(self, passage: int, readings: int) -> Support:
        """That a passage is read in one of the ways that the bits name."""
        found = self._known.get((passage, readings))
        if found is None:
            found = self._known[passage, readings] = 1 << len(self._tokens)
            self._tokens.append((passage, readings))
        return found

    def nogood(self, support: Support) -> Nogood:
        """What a support says, passage by passage."""
        found = self._nogoods.get(support)
        if found is None:
            readings: dict[int, int] = {}
            for passage, bits in self._in(support):
                readings[passage] = readings.get(passage, -1) & bits
            found = self._nogoods[support] = tuple(sorted(readings.items()))
        return found

    def _in(self, support: Support) -> Iterator[tuple[int, int]]:
        while support:
            lowest = support & -support
            yield self._tokens[lowest.bit_length() - 1]
            support ^= lowest


@plain
class _Variants:
    """A fact of a passage as each reading has it, by the reading's place."""

    passage: int
    facts: Mapping[int, Fact]


class Passages:
    """The passages of which no reading is held, and what of a dataset depends on how they are read.

    `certain` are the facts that are there however they are read.
    """

    def __init__(self, dataset: Dataset, passages: Sequence[Ambiguity], rules: Sequence[Rule], certain: frozenset[str]) -> None:
        self.dataset, self.passages, self.tokens = dataset, tuple(passages), Tokens()
        self._certain = certain
        self._rules = {rule.id: rule for rule in rules}
        self._variants = {
            name: _Variants(at, {n: reading.facts[name] for n, reading in enumerate(each.readings) if name in reading.facts})
            for at, each in enumerate(passages) for name in each.fact_ids
        }  # fmt: skip
        self._dependences: dict[str, frozenset[int]] = {}
        self._alike: dict[tuple[str, int], int] = {}
        self._counted: dict[tuple[str, bool], frozenset[int]] = {}
        self._mixed: Mapping[str, frozenset[str]] | None = {}

    def mix(self, disputed: frozenset[str]) -> None:
        """Finds out which facts could be set aside without any error, by facts of other sources or by what is wrong anyway."""
        facts = (*self.dataset.facts.values(), *(fact for each in self._variants.values() for fact in each.facts.values()))
        if disputed or len({fact.source for fact in facts}) > 1:
            from rehabfacts.checker.readings.mixtures import TooManyCopiesError, mixed_with  # noqa: PLC0415  # of use only where there are several sources

            variants = {name: tuple(each.facts.values()) for name, each in self._variants.items()}
            try:
                self._mixed = mixed_with(self.dataset, variants, self._rules.values(), disputed)
            except (TooManyCopiesError, RecursionError):
                self._mixed = None

    def taken(self, combination: Combination) -> dict[str, str]:
        """The names of the readings of a combination, by passage."""
        return {each.name: each.readings[at].name for each, at in zip(self.passages, combination, strict=True)}

    def everything(self, combination: Combination) -> Support:
        """What rests on how every passage is read."""
        return sum(self.tokens.token(passage, 1 << at) for passage, at in enumerate(combination))

    def behind_fact(self, name: str, combination: Combination) -> Support:
        """What a fact rests on: that it reads as it does, and that it is there at all."""
        support = 0
        variants = self._variants.get(name)
        if variants is not None:
            alike = self._readings_alike(name, combination[variants.passage])
            if alike != (1 << len(self.passages[variants.passage].readings)) - 1:
                support = self.tokens.token(variants.passage, alike)
        for passage in self._dependence(name):
            support |= self.tokens.token(passage, 1 << combination[passage])
        return support

    def behind_standing(self, name: str, combination: Combination) -> Support:
        """What it rests on that a fact is not set aside, or is, where that is no error."""
        if self._mixed is None:
            return self.everything(combination)
        support = 0
        for other in self._mixed.get(name, ()):
            variants = self._variants.get(other)
            passages = self._dependence(other) if variants is None else self._dependence(other) | {variants.passage}
            for passage in passages:
                support |= self.tokens.token(passage, 1 << combination[passage])
        return support

    def behind_rule(self, name: str, combination: Combination, *, is_repeated: bool = False) -> Support:
        """What an instance of a rule rests on beside its facts: what else the rule would look for in the dataset as it is written.

        What a `unique` rule finds repeated (`is_repeated`) is so whatever else there is.
        """
        found = self._counted.get((name, is_repeated))
        if found is None:
            rule = self._rules.get(name)  # built-in ones look for nothing
            looked_at = () if rule is None else self._passages_looked_at(rule, is_repeated=is_repeated)
            found = self._counted[name, is_repeated] = frozenset(looked_at)
        return sum(self.tokens.token(passage, 1 << combination[passage]) for passage in found)

    def behind_paths(self, names: Iterable[str], combination: Combination) -> Support:
        """What rests on all that facts, and the facts that they refer to, say or could say."""
        names = tuple(names)
        reached = {*names, *(each for name in names for each in self._reached(name))}
        passages = {self._variants[name].passage for name in reached if name in self._variants}
        return sum(self.tokens.token(passage, 1 << combination[passage]) for passage in passages)

    def _readings_alike(self, name: str, reading: int) -> int:
        """The readings, as bits, under which a fact reads as under one of them."""
        found = self._alike.get((name, reading))
        if found is None:
            facts = self._variants[name].facts
            found = sum(1 << at for at, fact in facts.items() if fact == facts[reading])
            self._alike[name, reading] = found
        return found

    # Whether a fact is there

    def _dependence(self, name: str) -> frozenset[int]:
        """The passages on which it depends whether a fact is there: of facts that it refers to and that are not always there."""
        if not self._unsure:
            return frozenset()
        found = self._dependences.get(name)
        if found is None:
            reached = [each for each in self._reached(name) if each in self._unsure]
            found = self._dependences[name] = frozenset(self._variants[each].passage for each in reached if each in self._variants)
        return found

    def _reached(self, name: str) -> Iterable[str]:
        """The facts that a fact refers to, directly or through others."""
        found: dict[str, None] = {}
        queue = list(self._targets(name))
        while queue:
            each = queue.pop()
            if each not in found:
                found[each] = None
                queue.extend(self._targets(each))
        return found

    def _targets(self, name: str) -> Iterator[str]:
        variants = self._variants.get(name)
        for fact in variants.facts.values() if variants is not None else filter(None, [self.dataset.facts.get(name)]):
            for field in self.dataset.type_of(fact).fields.values():
                target = getattr(fact, field.name) if field.kind is Kind.ROLE else None
                if target is not None:
                    yield str(target)

    @cached_property
    def _unsure(self) -> frozenset[str]:
        """The facts that are not always there, and those that refer to them."""
        if not self._loose:
            return frozenset()
        names = {*self.dataset.facts, *self._variants}
        return frozenset(name for name in names if name in self._loose or not self._loose.isdisjoint(self._reached(name)))

    @cached_property
    def _loose(self) -> frozenset[str]:
        """The facts of passages that are not there, or do not count, in every reading alike."""
        return frozenset(
            name for name, each in self._variants.items()
            if len(each.facts) < len(self.passages[each.passage].readings) or len({self._standing(fact) for fact in each.facts.values()}) > 1
        )  # fmt: skip

    def _standing(self, fact: Fact) -> tuple[object, ...]:
        timed = (getattr(fact, name) for name, kind in self.dataset.type_of(fact).variables if kind is not Kind.QUANTITY)
        roles = (getattr(fact, field.name) for field in self.dataset.type_of(fact).fields.values() if field.kind is Kind.ROLE)
        missing = tuple(each for each in roles if each in self.dataset.facts and each not in self._certain)
        return fact.status, fact.superseded_by, any(value is not None and value.is_uncertain for value in timed), missing

    # What a rule looks for beside what it is bound to

    def _passages_looked_at(self, rule: Rule, *, is_repeated: bool) -> Iterator[int]:
        types, names = _looked_at(rule, self.dataset, is_repeated=is_repeated)
        if not types:
            return
        for name, each in self._variants.items():
            shapes = {at: self._shape(fact, names) for at, fact in each.facts.items() if not types.isdisjoint(self._lineage(fact))}
            always = len(shapes) == len(self.passages[each.passage].readings) and name not in self._loose
            if shapes and not (always and len(set(shapes.values())) == 1):
                yield each.passage
        for name, fact in self.dataset.facts.items():
            if not types.isdisjoint(self._lineage(fact)):
                yield from self._dependence(name)

    def _lineage(self, fact: Fact) -> tuple[str, ...]:
        return self.dataset.type_of(fact).lineage

    def _shape(self, fact: Fact, names: frozenset[str]) -> tuple[object, ...]:
        return type(fact).__name__, *(str(getattr(fact, name, None)) for name in sorted(names))


def _looked_at(rule: Rule, dataset: Dataset, *, is_repeated: bool) -> tuple[frozenset[str], frozenset[str]]:
    """The types of facts that a rule looks for in the dataset as it is written, and the fields by which it tells them."""
    plan = rule.plan
    types: set[str] = set()
    names: set[str] = set()
    parts = [(each.scans, _routes((*each.tests, *_written(each.inside)))) for each in plan.subqueries]
    if plan.unique and not is_repeated:
        parts.append((plan.scans, iter((*_routes((*plan.tests, *_written(plan.inside))), *plan.unique))))
    for scans, routes in parts:
        scope = {**dict(plan.scans), **dict(scans)}
        types.update(type_name for _, type_name in scans)
        for route in routes:
            types.update(_passed(route, scope, dataset))
            names.update(name for name in (*route.roles, route.leaf) if name)
    return frozenset(types), frozenset(names)


def _written(branches: Iterable[Branch]) -> Iterator[Test]:
    return (atom for branch in branches for atom in branch if not isinstance(atom, AtMost | Sum | Among))


def _routes(tests: Iterable[Test]) -> Iterator[Route]:
    return (route for test in tests for route in routes_of(test))


def _passed(route: Route, scopes: Mapping[str, str], dataset: Dataset) -> Iterator[str]:
    """The types of facts that a route passes through after its start."""
    at = scopes[route.variable]
    for role in route.roles:
        at = dataset.schema[at].fields[role].target
        yield at
