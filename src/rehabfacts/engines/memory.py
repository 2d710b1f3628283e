"""The memory executor: runs plans over a dataset with hash joins. It is the reference for what a plan means."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from rehabfacts.dataset import Dataset, Record
from rehabfacts.engines.groundings import Grounding, Instance
from rehabfacts.engines.joins import Binding, Join, Reader, record_reader, test_of, value_reader
from rehabfacts.errors import Problem
from rehabfacts.network.contradictions import Clause
from rehabfacts.network.inequalities import Row
from rehabfacts.precisions import DEFAULT_WIDTHS, Width
from rehabfacts.rules.plans import AtMost, Atom, Constant, Plan, Point, Route, Same, Stated
from rehabfacts.rules.rules import Rule
from rehabfacts.verdicts import Verdict

_MOST_PAIRS = 1_000_000_000

RowMaker = Callable[[Binding], Row | bool]
"""What an atom comes to under a binding: a row, or an answer where it is a test of what is written."""


def ground(dataset: Dataset, rules: Sequence[Rule], widths: Mapping[str, Width] = DEFAULT_WIDTHS) -> Grounding:
    """Binds every rule to the facts: bounds first, then instances in the order of the rules, each by ids."""
    grounding = Grounding(dataset, widths)
    for _, fact in sorted(dataset.facts.items()):
        grounding.add_bounds(fact)
    for rule in sorted(rules, key=lambda each: each.id):
        _Run(grounding, rule).run()
    return grounding


class _NotStatedError(Exception):
    """A path goes through a role that its fact leaves out."""


class _Run:
    """One rule over one dataset."""

    def __init__(self, grounding: Grounding, rule: Rule) -> None:
        plan, dataset = rule.plan, grounding.dataset
        self._grounding, self._rule, self._plan = grounding, rule, plan
        names = tuple(name for name, _ in plan.scans)
        self._places = {name: at for at, name in enumerate(names)}
        self._join = Join(dataset, plan.scans, plan.tests)
        self._unless = Join(dataset, plan.unless.scans, plan.unless.tests, names) if plan.unless else None
        self._exists = Join(dataset, plan.exists.scans, plan.exists.tests, names) if plan.exists else None
        self._branches = [[self._row_maker(atom) for atom in branch] for branch in plan.branches]
        self._keys = [value_reader(dataset, route, self._places) for route in plan.unique]
        self._facts = self._fact_reader()

    def run(self) -> None:
        """Adds the rule's instances to the grounding."""
        if self._join.cost > _MOST_PAIRS:
            cause = f"rule {self._rule.id} would look at {self._join.cost:,} bindings, more than {_MOST_PAIRS:,}"
            at = self._rule.origin
            self._grounding.problems.append(Problem("E-COST", cause, "link its variables in where", at.path, at.line, at.column))
            return
        if self._keys:
            self._run_unique()
            return
        for binding in self._bindings():
            try:
                self._judge(binding)
            except _NotStatedError:
                self._count_not_stated()

    def _count_not_stated(self) -> None:
        counts = self._grounding.not_stated
        counts[self._rule.id] = counts.get(self._rule.id, 0) + 1

    def _bindings(self) -> Iterator[Binding]:
        if self._unless is None:
            return self._join.rows()
        unless = self._unless
        return (each for each in self._join.rows() if next(unless.rows(each), None) is None)

    def _judge(self, binding: Binding) -> None:
        if self._exists is not None:
            found = next(self._exists.rows(binding), None)
            self._add(binding, self._facts(binding), Verdict.NO if found is None else Verdict.YES)
            return
        branches: list[list[Row]] = []
        for makers in self._branches:
            made = [maker(binding) for maker in makers]
            if False in made:
                continue
            rows = [each for each in made if each is not True]
            if not rows:
                self._add(binding, self._facts(binding), Verdict.YES)
                return
            branches.append(rows)  # type: ignore[arg-type]  # what is neither True nor False is a row
        instance = self._add(binding, self._facts(binding), None if branches else Verdict.NO)
        add_row = self._grounding.add_row
        instance.clause = tuple([tuple([add_row(row, instance) for row in rows]) for rows in branches])

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
        if not isinstance(atom, AtMost):
            return self._test_maker(atom)
        low, high = self._variable_reader(atom.low), self._variable_reader(atom.high)
        days, months, is_inverse = atom.days, atom.months, atom.is_inverse
        return lambda binding: (low(binding), high(binding), days, months, is_inverse)

    def _test_maker(self, test: Same | Stated) -> RowMaker:
        """A test inside a formula: a path through a role that is not stated leaves the instance unjudged."""
        dataset, places = self._grounding.dataset, self._places
        passes = test_of(dataset, test, places)
        routes = [test.route] if isinstance(test, Stated) else [each for each in (test.left, test.right) if isinstance(each, Route)]
        readers = [record_reader(dataset, route, places) for route in routes]

        def make(binding: Binding) -> bool:
            if any(read(binding) is None for read in readers):
                raise _NotStatedError
            return passes(binding)

        return make

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
                raise _NotStatedError
            found = index.get((record.id, name))
            return make(record.id, name) if found is None else found

        return variable

    def _fact_reader(self) -> Callable[[Binding], tuple[str, ...]]:
        """A function from a binding to the facts that the instance is bound to: its own and those its paths go through."""
        dataset = self._grounding.dataset
        own = [at for at, (_, type_name) in enumerate(self._plan.scans) if dataset.schema[type_name].is_fact]
        passed = [route for route in _routes(self._plan) if any(route.facts)]
        if not passed:
            if own == [0] and len(self._plan.scans) == 1:
                return lambda binding: (binding[0].id,)
            return lambda binding: tuple(dict.fromkeys(binding[at].id for at in own))

        def facts(binding: Binding) -> tuple[str, ...]:
            through = (each for route in passed for each in self._facts_on(route, binding))
            return tuple(dict.fromkeys((*(binding[at].id for at in own), *through)))

        return facts

    def _facts_on(self, route: Route, binding: Binding) -> Iterator[str]:
        record: Record = binding[self._places[route.variable]]
        for role, is_fact in zip(route.roles, route.facts, strict=True):
            target = getattr(record, role)
            if target is None:
                return
            record = self._grounding.dataset.records[target]
            if is_fact:
                yield record.id


def _routes(plan: Plan) -> Iterator[Route]:
    """Every route of a plan that starts at one of its own variables."""
    yield from plan.unique
    for atom in (*plan.tests, *(atom for branch in plan.branches for atom in branch)):
        match atom:
            case AtMost(low, high):
                yield from (end.route for end in (low, high) if isinstance(end, Point))
            case Same(left, right):
                yield from (each for each in (left, right) if isinstance(each, Route))
            case Stated(route):
                yield route
