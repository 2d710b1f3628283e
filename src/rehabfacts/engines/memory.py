"""The memory executor: runs plans over a dataset with hash joins. It is the reference for what a plan means."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from rehabfacts.dataset import Dataset, Record
from rehabfacts.engines.groundings import Grounding, Instance
from rehabfacts.engines.joins import Binding, Join, Reader, record_reader, test_of, value_reader
from rehabfacts.engines.sums import NotStatedError, SumReaders, sum_maker
from rehabfacts.errors import Problem
from rehabfacts.network.contradictions import Clause
from rehabfacts.network.inequalities import Row, Total
from rehabfacts.precisions import DEFAULT_WIDTHS, Width
from rehabfacts.rules.plans import (
    AtMost,
    Atom,
    Constant,
    Every,
    Inequality,
    Plan,
    Point,
    Portion,
    Route,
    Scan,
    Stated,
    Sum,
    Test,
    Written,
    routes_of,
)
from rehabfacts.rules.rules import Rule
from rehabfacts.verdicts import Verdict

_MOST_PAIRS = 1_000_000_000

RowMaker = Callable[[Binding], Row | Total | bool]
"""What an atom comes to under a binding: a row or a total, or an answer where it is a test of what is written.

It raises NotStatedError where what it asks of is not stated.
"""


def ground(dataset: Dataset, rules: Sequence[Rule], widths: Mapping[str, Width] = DEFAULT_WIDTHS) -> Grounding:
    """Binds every rule to the facts: bounds first, then instances in the order of the rules, each by ids."""
    grounding = Grounding(dataset, widths)
    for _, fact in sorted(dataset.facts.items()):
        grounding.add_bounds(fact)
    for rule in sorted(rules, key=lambda each: each.id):
        _Run(grounding, rule).run()
    return grounding


class _Run:
    """One rule over one dataset."""

    def __init__(self, grounding: Grounding, rule: Rule) -> None:
        plan, dataset = rule.plan, grounding.dataset
        self._grounding, self._rule, self._plan = grounding, rule, plan
        names = tuple(name for name, _ in plan.scans)
        self._join = Join(dataset, plan.scans, plan.tests)
        self._unless = [Join(dataset, each.scans, each.tests, names) for each in plan.unless]
        self._exists = Join(dataset, plan.exists.scans, plan.exists.tests, names) if plan.exists else None
        self._over = Join(dataset, plan.over.scans, plan.over.tests, names) if plan.over else None
        self._found: list[Binding] = []
        self._places = {name: at for at, (name, _) in enumerate(_scans(plan))}
        self._branches = [[self._row_maker(atom) for atom in sorted(branch, key=_is_inequality)] for branch in plan.branches]
        has_sums = any(isinstance(atom, Sum) for branch in plan.branches for atom in branch)
        self._add_demand: Callable[[Any, Instance], int] = grounding.add if has_sums else grounding.add_row
        self._keys = [value_reader(dataset, route, self._places) for route in plan.unique]
        self._facts = self._fact_reader()

    def run(self) -> None:
        """Adds the rule's instances to the grounding."""
        cost = self._join.cost * (self._over.cost if self._over else 1)
        if cost > _MOST_PAIRS:
            cause = f"rule {self._rule.id} would look at {cost:,} bindings, more than {_MOST_PAIRS:,}"
            at = self._rule.origin
            self._grounding.problems.append(Problem("E-COST", cause, "link its variables in where", at.path, at.line, at.column))
            return
        if self._keys:
            self._run_unique()
            return
        for binding in self._bindings():
            try:
                self._judge(binding)
            except NotStatedError:
                self._count_not_stated()

    def _count_not_stated(self) -> None:
        counts = self._grounding.not_stated
        counts[self._rule.id] = counts.get(self._rule.id, 0) + 1

    def _bindings(self) -> Iterator[Binding]:
        if not self._unless:
            return self._join.rows()
        return (each for each in self._join.rows() if all(next(unless.rows(each), None) is None for unless in self._unless))

    def _judge(self, binding: Binding) -> None:
        if self._exists is not None:
            found = next(self._exists.rows(binding), None)
            self._add(binding, self._facts(binding), Verdict.NO if found is None else Verdict.YES)
            return
        if self._over is not None:
            self._found = list(self._over.rows(binding))
            if not self._found:
                return
        branches = self._made(binding)
        if branches is None:
            self._add(binding, self._facts(binding), Verdict.YES)
            return
        instance = self._add(binding, self._facts(binding), None if branches else Verdict.NO)
        add = self._add_demand
        instance.clause = tuple([tuple([add(row, instance) for row in rows]) for rows in branches])

    def _made(self, binding: Binding) -> list[list[Row | Total]] | None:
        """The rows and totals of each branch that what is written allows; None if it satisfies one of them by itself.

        Raises NotStatedError where one that may decide is not stated.
        """
        branches: list[list[Row | Total]] = []
        is_stated = True
        for makers in self._branches:
            try:
                rows = _rows(makers, binding)
            except NotStatedError:
                is_stated = False
                continue
            if rows is None:
                continue
            if not rows:
                return None
            branches.append(rows)
        if not is_stated:
            raise NotStatedError
        return branches

    def _run_unique(self) -> None:
        groups: dict[tuple[object, ...], list[Binding]] = {}
        for binding in self._bindings():
            key = tuple(read(binding) for read in self._keys)
            if None in key:
                self._count_not_stated()
            else:
                groups.setdefault(key, []).append(binding)
        for group in groups.values():
            first, *others = group
            facts = tuple(dict.fromkeys(fact for each in group for fact in self._facts(each)))
            self._add(first, facts, Verdict.NO if others else Verdict.YES)

    def _add(self, binding: Binding, facts: tuple[str, ...], answer: Verdict | None) -> Instance:
        empty: Clause = ()
        instance = Instance(self._rule, tuple([each.id for each in binding]), facts, empty, answer)
        self._grounding.instances.append(instance)
        return instance

    def _row_maker(self, atom: Atom) -> RowMaker:
        if isinstance(atom, Sum):
            return sum_maker(atom, SumReaders(self._variable_reader, self._value_reader, self._every))
        if not isinstance(atom, AtMost):
            return self._test_maker(atom)
        low, high = self._variable_reader(atom.low), self._variable_reader(atom.high)
        days, months, is_inverse = atom.days, atom.months, atom.is_inverse
        return lambda binding: (low(binding), high(binding), days, months, is_inverse)

    def _test_maker(self, test: Written) -> RowMaker:
        """A test inside a formula: of what is not stated it says neither, unless it asks just that and the way to it is stated."""
        dataset, places = self._grounding.dataset, self._places
        passes = test_of(dataset, test, places)
        is_asked = isinstance(test, Stated)
        readers = [record_reader(dataset, each.way, places) if is_asked else value_reader(dataset, each, places) for each in routes_of(test)]

        def make(binding: Binding) -> bool:
            for read in readers:
                value = read(binding)
                if value is None or value == ():
                    raise NotStatedError
            return passes(binding)

        return make

    def _value_reader(self, route: Route) -> Reader:
        return value_reader(self._grounding.dataset, route, self._places)

    def _every(self, _: Binding, variable: str) -> list[Binding]:
        """One of the bindings that `over` found for each record that the variable is bound to in them."""
        at = self._places[variable]
        return list({binding[at].id: binding for binding in reversed(self._found)}.values())[::-1]

    def _variable_reader(self, end: Point | Constant) -> Callable[[Binding], int]:
        grounding = self._grounding
        if isinstance(end, Constant):
            rule = self._rule.id
            return lambda _: grounding.literal(end, f"{rule} {len(grounding.instances)}")
        name, index, make = end.name, grounding.index, grounding.variable
        read: Reader = record_reader(grounding.dataset, end.route, self._places)

        def variable(binding: Binding) -> int:
            record = read(binding)
            if record is None:
                raise NotStatedError
            found = index.get((record.id, name))
            return make(record.id, name) if found is None else found

        return variable

    def _fact_reader(self) -> Callable[[Binding], tuple[str, ...]]:
        """A function from a binding to the facts that the instance is bound to: its own and those its paths go through."""
        schema = self._grounding.dataset.schema
        own = [at for at, (_, type_name) in enumerate(_scans(self._plan)) if schema[type_name].is_fact]
        passed = [route for route in iter_routes(self._plan) if any(route.facts)]
        if self._over is not None:
            return lambda _: tuple(dict.fromkeys(fact for longer in self._found for fact in self._facts_of(longer, own, passed)))
        if not passed:
            if own == [0] and len(self._plan.scans) == 1:
                return lambda binding: (binding[0].id,)
            return lambda binding: tuple(dict.fromkeys(binding[at].id for at in own))
        return lambda binding: tuple(dict.fromkeys(self._facts_of(binding, own, passed)))

    def _facts_of(self, binding: Binding, own: list[int], passed: list[Route]) -> Iterator[str]:
        yield from (binding[at].id for at in own)
        for route in passed:
            yield from self._facts_on(route, binding)

    def _facts_on(self, route: Route, binding: Binding) -> Iterator[str]:
        record: Record = binding[self._places[route.variable]]
        for role, is_fact in zip(route.roles, route.facts, strict=True):
            target = getattr(record, role)
            if target is None:
                return
            record = self._grounding.dataset.records[target]
            if is_fact:
                yield record.id


def _is_inequality(atom: Atom) -> bool:
    return isinstance(atom, AtMost | Sum)


def _rows(makers: Sequence[RowMaker], binding: Binding) -> list[Row | Total] | None:
    """The rows and totals of a branch; None where what is written excludes it."""
    found: list[Row | Total] = []
    for make in makers:
        made = make(binding)
        if made is False:
            return None
        if made is not True:
            found.append(made)
    return found


def _scans(plan: Plan) -> tuple[Scan, ...]:
    return (*plan.scans, *(plan.over.scans if plan.over else ()))


def iter_routes(plan: Plan) -> Iterator[Route]:
    """Every route of a plan that starts at one of its own variables or those of `over`."""
    yield from plan.unique
    tests: tuple[Test, ...] = (*plan.tests, *(plan.over.tests if plan.over else ()))
    for atom in (*tests, *(atom for branch in plan.branches for atom in branch)):
        match atom:
            case AtMost() | Sum():
                yield from _measured_routes(atom)
            case _:
                yield from routes_of(atom)


def _measured_routes(atom: Inequality) -> Iterator[Route]:
    things = (atom.low, atom.high) if isinstance(atom, AtMost) else (thing for _, thing in atom.terms)
    for thing in things:
        match thing:
            case Point(route):
                yield route
            case Every(of):
                yield from (point.route for _, point in of.points)
            case Portion(percentage, of):
                yield percentage
                yield from (point.route for _, point in of.points)
