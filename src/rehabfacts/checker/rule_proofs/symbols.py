"""Symbolic datasets: one record for every variable of a rule, with all that the rule asks of them and nothing more.

No time or number is bounded in them, so that what holds there holds wherever the rule is bound.
"""

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from rehabfacts.checker.rule_proofs.symbol_values import ImpossibleError, written
from rehabfacts.dataset import Dataset, Record
from rehabfacts.errors import InvalidInput
from rehabfacts.plain import plain
from rehabfacts.rules.contents import iter_within
from rehabfacts.rules.plans import AnyOf, Ascending, Plan, Route, Same, Stated, Test, routes_of
from rehabfacts.schema import Entity, Fact, Field, Kind, Schema

_MOST_CASES = 64

Place = tuple[str, tuple[str, ...]]
"""A variable and the roles that lead on from it."""


class TooManyCasesError(Exception):
    """The tests of a rule can be met in too many ways to look at each."""


@plain
class Symbols:
    """A symbolic dataset: `binding` are the ids that variables are bound to, `names` say of each id what it stands for."""

    dataset: Dataset
    binding: Mapping[str, str]
    names: Mapping[str, str]


def every_case(plan: Plan) -> Iterator[tuple[Test, ...]]:
    """The ways in which the tests of a plan can be met, and those in its formula met or not. Raises TooManyCasesError."""
    written = dict.fromkeys(each for branch in plan.branches for each in iter_within(branch, Same | Stated))  # type: ignore[arg-type]  # a union is a kind
    choices = [*(_ways(test) for test in plan.tests), *([*_ways(test), *_ways(_denied(test))] for test in written)]
    if math.prod(map(len, choices)) > _MOST_CASES:
        raise TooManyCasesError
    return (tuple(itertools.chain.from_iterable(chosen)) for chosen in itertools.product(*choices))


def _ways(test: Test) -> list[tuple[Test, ...]]:
    if isinstance(test, AnyOf):
        return [each for group in test.groups for each in map(_joined, itertools.product(*map(_ways, group)))]
    if isinstance(test, Same) and test.or_neither and isinstance(test.right, Route):
        neither = tuple(Stated(route, is_negated=True) for route in (test.left, test.right))
        return [(Same(test.left, test.right, test.is_negated),), *([] if test.is_negated else [neither])]
    return [(test,)]


def _joined(parts: Iterable[tuple[Test, ...]]) -> tuple[Test, ...]:
    return tuple(itertools.chain.from_iterable(parts))


def _denied(test: Any) -> Test:
    changed: Test = attrs.evolve(test, is_negated=not test.is_negated)
    return changed


def why_never_bound(plan: Plan, schema: Schema) -> tuple[str, ...]:
    """What keeps a plan from ever being bound, whatever is written; empty where nothing is known to."""
    whys: list[str] = []
    bare: Plan = attrs.evolve(plan, branches=())  # type: ignore[misc]  # every plan is an attrs value
    try:
        for case in every_case(bare):
            try:
                make_symbols((plan,), case, schema)
            except ImpossibleError as impossible:
                whys.append(str(impossible))
            else:
                return ()
    except (TooManyCasesError, InvalidInput):
        return ()
    return tuple(dict.fromkeys(whys))


def typed_places(plan: Plan, schema: Schema) -> dict[Place, str]:
    """The variables of a plan, and where its paths lead on the way, each with the type of what is there."""
    found: dict[Place, str] = {(name, ()): type_name for name, type_name in plan.scans}
    for route in iter_within((plan.tests, plan.branches, plan.unique), Route):
        for length, role in enumerate(route.roles):
            if (route.variable, ()) in found:
                target = schema[found[route.variable, route.roles[:length]]].fields[role].target
                found.setdefault((route.variable, route.roles[: length + 1]), target)
    return found


def make_symbols(plans: Sequence[Plan], tests: Iterable[Test], schema: Schema, *, shared: Iterable[tuple[Place, Place]] = ()) -> Symbols:
    """The records of the plans' variables (no two plans have one of a name), with the tests met and `shared` places one.

    Raises ImpossibleError where the tests exclude each other.
    """
    return _Making(schema, plans, tuple(tests)).run(shared)


class _Making:
    def __init__(self, schema: Schema, plans: Sequence[Plan], tests: tuple[Test, ...]) -> None:
        self._schema, self._plans, self._tests = schema, plans, tests
        self._types: dict[Place, str] = {}
        self._above: dict[Place, Place] = {}
        self._unstated = {
            (each.route.variable, each.route.roles, each.route.leaf) if each.route.leaf else (each.route.variable, each.route.roles[:-1], each.route.roles[-1])
            for each in tests if isinstance(each, Stated) and each.is_negated and not each.end
        }  # fmt: skip

    def run(self, shared: Iterable[tuple[Place, Place]]) -> Symbols:
        for plan in self._plans:
            for name, type_name in plan.scans:
                self._types[name, ()] = type_name
            for route in iter_within((plan.branches, plan.unique), Route):
                self._add(route)
        for test in self._tests:
            for route in routes_of(test):
                self._add(route)
        for one, other in (*shared, *self._equal_records()):
            self._join(one, other)
        self._close()
        self._check_apart()
        ids = self._ids()
        records = [self._record(place, ids) for place in ids]
        fillers = [each for _, more in records for each in more]
        dataset = Dataset.of(self._schema, *_sorted_out([*(record for record, _ in records), *fillers]))
        binding = {name: ids[self._find((name, ()))] for plan in self._plans for name, _ in plan.scans}
        return Symbols(dataset, binding, {name: ".".join((place[0], *place[1])) for place, name in ids.items()})

    # Places and which of them are one record

    def _add(self, route: Route) -> None:
        """Adds the places on a route, as far as its roles are stated."""
        for length in range(len(route.roles)):
            place, role = (route.variable, route.roles[:length]), route.roles[length]
            if (*place, role) in self._unstated:
                return
            longer = (route.variable, route.roles[: length + 1])
            self._types.setdefault(longer, self._schema[self._types[place]].fields[role].target)

    def _find(self, place: Place) -> Place:
        while place in self._above:
            place = self._above[place]
        return place

    def _join(self, one: Place, other: Place) -> None:
        low, high = sorted((self._find(one), self._find(other)), key=lambda place: (len(place[1]), place))
        if low != high:
            self._types[low] = self._common(self._types[low], self._types[high])
            self._above[high] = low

    def _common(self, one: str, other: str) -> str:
        for narrow, wide in ((one, other), (other, one)):
            if wide in self._schema[narrow].lineage:
                return narrow
        raise ImpossibleError(f"nothing is both {one} and {other}")

    def _equal_records(self) -> Iterator[tuple[Place, Place]]:
        for test in self._tests:
            if isinstance(test, Same) and isinstance(test.right, Route) and not test.is_negated and test.left.kind is Kind.ROLE:
                ends = [(route.variable, route.roles) for route in (test.left, test.right)]
                if any(end not in self._types for end in ends):
                    raise ImpossibleError(f"{test.left} and {test.right} are one, and one of them is unknown")
                yield ends[0], ends[1]

    def _close(self) -> None:
        """Two places that are one record have one record in each role."""
        is_changed = True
        while is_changed:
            is_changed = False
            known: dict[tuple[Place, str], Place] = {}
            for variable, roles in [place for place in self._types if place[1]]:
                place = variable, roles
                twin = known.setdefault((self._find((variable, roles[:-1])), roles[-1]), place)
                if self._find(twin) != self._find(place):
                    self._join(twin, place)
                    is_changed = True

    def _check_apart(self) -> None:
        for test in self._tests:
            if isinstance(test, Same) and isinstance(test.right, Route) and test.is_negated and test.left.kind is Kind.ROLE:
                one, other = (self._find((route.variable, route.roles)) for route in (test.left, test.right))
                if one == other:
                    raise ImpossibleError(f"{test.left} and {test.right} are one and are not")

    def _ids(self) -> dict[Place, str]:
        """An id for each record, in an order that the tests of order ask for."""
        waiting = [place for place in self._types if place not in self._above]
        before = {
            (self._find((test.left.variable, test.left.roles)), self._find((test.right.variable, test.right.roles)))
            for test in self._tests if isinstance(test, Ascending)
        }  # fmt: skip
        ordered: list[Place] = []
        while waiting:
            first = next((each for each in waiting if not any(high == each and low in waiting for low, high in before)), None)
            if first is None:
                raise ImpossibleError("each of some records comes before the other")
            waiting.remove(first)
            ordered.append(first)
        return {place: f"symbol-{number:03}" for number, place in enumerate(ordered)}

    # Records and what is written in them

    def _record(self, place: Place, ids: Mapping[Place, str]) -> tuple[Record, list[Record]]:
        kind = self._schema[self._types[place]]
        values: dict[str, Any] = {"id": ids[place]}
        fillers: list[Record] = []
        roles = {roles[-1]: ids[self._find((name, roles))] for name, roles in self._types if roles and self._find((name, roles[:-1])) == place}
        for field in kind.fields.values():
            if field.name in roles:
                values[field.name] = roles[field.name]
            elif field.kind is Kind.ROLE and field.is_required:
                fillers += self._filler(field, f"{ids[place]}-{field.name}")
                values[field.name] = f"{ids[place]}-{field.name}"
            elif field.name != "id" and (value := self._value(place, field)) is not None:
                values[field.name] = value
            elif field.is_required and field.name != "id":
                values[field.name] = None
        record: Record = kind.cls(**values)
        return record, fillers

    def _filler(self, field: Field, name: str) -> list[Record]:
        """A record for a role that no rule asks of and that must be stated, with those that it must state in turn."""
        kind = self._schema[field.target]
        needed = [each for each in kind.fields.values() if each.is_required and each.name != "id"]
        values = {each.name: f"{name}-{each.name}" if each.kind is Kind.ROLE else written(each, name) for each in needed}
        return [kind.cls(id=name, **values), *(more for each in needed if each.kind is Kind.ROLE for more in self._filler(each, values[each.name]))]

    def _value(self, place: Place, field: Field) -> Any:
        """What is written in a field: as the tests ask, else something where something must be written."""
        asked = self._asked.get((place, field.name), [])
        if any(isinstance(test, Stated) and test.is_negated and not test.end for test in asked):
            if any(not test.is_negated for test in asked):
                raise ImpossibleError(f"{_path(place, field.name)} is known and is unknown")
            return None
        if not (asked or field.is_required):
            return None
        same = [test for test in asked if isinstance(test, Same)]
        texts = {test.right for test in same if isinstance(test.right, str) and not test.is_negated}
        if len(texts) > 1:
            raise ImpossibleError(f"{_path(place, field.name)} is {' and '.join(repr(text) for text in sorted(texts))}")
        others = {test.right for test in same if isinstance(test.right, str) and test.is_negated}
        if texts & others:
            raise ImpossibleError(f"{_path(place, field.name)} is {texts.pop()!r} and is not")
        ends = {test.end: test.is_negated for test in asked if isinstance(test, Stated)}
        return written(field, self._name_of(place, field.name), next(iter(texts), None), others, ends)

    @cached_property
    def _asked(self) -> Mapping[tuple[Place, str], list[Same | Stated]]:
        """The tests of what is written in a field of a record."""
        found: dict[tuple[Place, str], list[Same | Stated]] = {}
        for test in self._tests:
            for route in routes_of(test) if isinstance(test, Same | Stated) else ():
                if route.leaf and (route.variable, route.roles) in self._types:
                    found.setdefault((self._find((route.variable, route.roles)), route.leaf), []).append(test)  # type: ignore[arg-type]
        return found

    def _name_of(self, place: Place, leaf: str) -> str:
        """One name for all fields that are to hold the same."""
        found, waiting = {(place, leaf)}, [(place, leaf)]
        links = [
            tuple((self._find((route.variable, route.roles)), route.leaf) for route in (test.left, test.right))
            for test in self._tests if isinstance(test, Same) and isinstance(test.right, Route) and not test.is_negated and test.left.leaf
        ]  # fmt: skip
        while waiting:
            near = waiting.pop()
            for link in links:
                more = set(link) - found if near in link else set()
                found |= more
                waiting += more
        return min(_path(*each) for each in found)


def _path(place: Place, leaf: str) -> str:
    return ".".join((place[0], *place[1], leaf))


def _sorted_out(records: Iterable[Record]) -> tuple[list[Entity], list[Fact]]:
    records = list(records)
    return [each for each in records if isinstance(each, Entity)], [each for each in records if isinstance(each, Fact)]
