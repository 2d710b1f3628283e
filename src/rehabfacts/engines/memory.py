"""The memory executor: runs plans over a dataset with hash joins. It is the reference for what a plan means."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from rehabfacts.dataset import Dataset, Record
from rehabfacts.engines.atoms import Atoms
from rehabfacts.engines.groundings import Grounding, Instance
from rehabfacts.engines.joins import Binding, Join, value_reader
from rehabfacts.engines.sums import NotStatedError
from rehabfacts.engines.tallies import ALWAYS, NEVER, Candidate, Tally, Ways, WaysLimitError
from rehabfacts.errors import Problem
from rehabfacts.precisions import DEFAULT_WIDTHS, Width
from rehabfacts.rules.plans import (
    Among,
    AtMost,
    Demand,
    Every,
    Plan,
    Point,
    Portion,
    Route,
    Scan,
    Subquery,
    Sum,
    Test,
    routes_of,
)
from rehabfacts.rules.rules import Rule
from rehabfacts.verdicts import Verdict

_MOST_PAIRS = 1_000_000_000
_MOST_SETS = 100_000
"""Sets of three records or more that are alike, which a rule with `at_most` looks at."""


def ground(dataset: Dataset, rules: Sequence[Rule], widths: Mapping[str, Width] = DEFAULT_WIDTHS) -> Grounding:
    """Binds every rule to the facts: bounds first, then instances in the order of the rules, each by ids."""
    grounding = Grounding(dataset, widths)
    for _, fact in sorted(dataset.facts.items()):
        grounding.add_bounds(fact)
    for rule in sorted(rules, key=lambda each: each.id):
        if all(dataset.of_type(type_) for _, type_ in rule.plan.scans):
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
        sought = plan.over or plan.exists
        self._sought = Join(dataset, sought.scans, sought.tests, names) if sought else None
        self._places = {name: at for at, (name, _) in enumerate(_scans(plan))}
        self._atoms = Atoms(grounding, self._places, rule.id)
        self._demanded = self._atoms.branches(plan.branches)
        among: Plan | Subquery = sought or plan
        self._inside, self._outside = self._atoms.branches(among.inside), self._atoms.branches(among.outside)
        self._is_uncertain = bool(among.inside)
        self._is_counted, self._speaks_of_none = _is_counted(plan), not any(map(_needs_some, _demands(plan)))
        self._keys = [value_reader(dataset, route, self._places) for route in plan.unique]
        self._facts = self._fact_reader()

    def run(self) -> None:
        """Adds the rule's instances to the grounding."""
        cost = self._join.cost * (self._sought.cost if self._sought else 1)
        if cost > _MOST_PAIRS:
            self._refuse(f"rule {self._rule.id} would look at {cost:,} bindings, more than {_MOST_PAIRS:,}", "link its variables in where")
            return
        if self._keys:
            self._run_unique()
            return
        most = _MOST_SETS if self._rule.wording is not None and self._rule.wording.at_most != "1" else _MOST_PAIRS
        for number, binding in enumerate(self._bindings()):
            if number >= most:
                self._refuse(f"rule {self._rule.id} would look at more than {most:,} sets of records", "narrow it by per and where")
                return
            try:
                self._judge(binding)
            except NotStatedError:
                self._count_not_stated()
            except WaysLimitError as limit:
                self._refuse(f"rule {self._rule.id} has {limit} ({', '.join(each.id for each in binding)})", "ask less of one rule")

    def _refuse(self, cause: str, hint: str) -> None:
        at = self._rule.origin
        self._grounding.problems.append(Problem("E-COST", cause, hint, at.path, at.line, at.column))

    def _count_not_stated(self) -> None:
        counts = self._grounding.not_stated
        counts[self._rule.id] = counts.get(self._rule.id, 0) + 1

    def _bindings(self) -> Iterator[Binding]:
        if not self._unless:
            return self._join.rows()
        return (each for each in self._join.rows() if all(next(unless.rows(each), None) is None for unless in self._unless))

    def _judge(self, binding: Binding) -> None:
        self._atoms.place = len(self._grounding.instances)
        if self._sought is None:
            self._demand(binding, (binding,), self._demanded(binding))
            return
        found = list(self._sought.rows(binding)) if self._plan.over or self._is_uncertain else [*_first(self._sought.rows(binding))]
        if self._plan.over and not found and not self._speaks_of_none:
            return
        if self._is_uncertain:
            self._count(binding, found, self._told)
        elif self._plan.exists:
            self._demand(binding, (binding,), ALWAYS if found else NEVER)
        else:
            self._demand(binding, (binding, *found), self._told(binding, found))

    def _told(self, binding: Binding, found: Sequence[Binding]) -> Ways:
        """What is demanded if just these are found."""
        if self._plan.exists:
            return ALWAYS if found else NEVER
        if not found and not self._speaks_of_none:
            return ALWAYS
        self._atoms.found = found
        return self._demanded(binding)

    def _count(self, binding: Binding, found: Sequence[Binding], told: Callable[[Binding, Sequence[Binding]], Ways]) -> None:
        """A demand on those of the found bindings that are meant: certain ones, and candidates."""
        certain: list[Binding] = []
        opened: list[tuple[Binding, Candidate]] = []
        for each in found:
            candidate = Candidate(self._inside(each), self._outside(each))
            if candidate.inside == ALWAYS:
                certain.append(each)
            elif candidate.inside:
                opened.append((each, candidate))
        facts, place = (binding, *certain, *(each for each, _ in opened)), self._atoms.place

        def demanded(chosen: Sequence[int]) -> Ways:
            self._atoms.place = place
            return told(binding, [*certain, *(opened[at][0] for at in chosen)])

        tally = Tally(tuple(candidate for _, candidate in opened), demanded, self._is_counted)
        whole = demanded(range(len(opened)))  # so that every variable of it is there
        if not opened or tally.answer is not None:
            self._demand(binding, facts, whole if not opened else ALWAYS if tally.answer else NEVER)
        else:
            self._add(binding, facts, None).tally = tally

    def _demand(self, binding: Binding, bound: Sequence[Binding], ways: Ways) -> None:
        """Adds an instance, bound to what the bindings are, that demands one of the ways."""
        answer = Verdict.YES if ways == ALWAYS else None if ways else Verdict.NO
        instance = self._add(binding, bound, answer)
        if answer is None:
            self._grounding.demand(instance, ways)

    def _run_unique(self) -> None:
        groups: dict[tuple[object, ...], list[Binding]] = {}
        for binding in self._bindings():
            key = tuple(read(binding) for read in self._keys)
            if None in key:
                self._count_not_stated()
            else:
                groups.setdefault(key, []).append(binding)
        for group in groups.values():
            self._atoms.place = len(self._grounding.instances)
            if self._is_uncertain and len(group) > 1:
                self._count(group[0], group, lambda _, found: ALWAYS if len(found) < 2 else NEVER)
            else:
                self._demand(group[0], group, NEVER if len(group) > 1 else ALWAYS)

    def _add(self, binding: Binding, bound: Sequence[Binding], answer: Verdict | None) -> Instance:
        ids = tuple([each.id for each in binding])
        instance = Instance(self._rule, ids, self._facts(bound, ids), (), answer)
        self._grounding.instances.append(instance)
        return instance

    def _fact_reader(self) -> Callable[[Sequence[Binding], tuple[str, ...]], tuple[str, ...]]:
        """A function from bindings, and the ids of the first, to the facts that the instance is bound to: their own and those its paths go through."""
        schema = self._grounding.dataset.schema
        own = [at for at, (_, type_name) in enumerate(_scans(self._plan)) if schema[type_name].is_fact]
        passed = [(route, self._places[route.variable]) for route in _routes(self._plan) if any(route.facts)]
        if not passed and not self._sought and not self._keys:
            if own == [0] and len(self._plan.scans) == 1:
                return lambda _, ids: ids
            return lambda _, ids: tuple(dict.fromkeys([ids[at] for at in own]))
        return lambda bindings, _: tuple(dict.fromkeys(fact for each in bindings for fact in self._facts_of(each, own, passed)))

    def _facts_of(self, binding: Binding, own: list[int], passed: list[tuple[Route, int]]) -> Iterator[str]:
        yield from (binding[at].id for at in own if at < len(binding))
        for route, at in passed:
            if at < len(binding):
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


def _scans(plan: Plan) -> tuple[Scan, ...]:
    sought = plan.over or plan.exists
    return (*plan.scans, *(sought.scans if sought else ()))


def _first(rows: Iterator[Binding]) -> Iterator[Binding]:
    for each in rows:
        yield each
        return


def _demands(plan: Plan) -> Iterator[Demand]:
    """The inequalities of a plan's formula."""
    return (atom for branch in plan.branches for atom in branch if isinstance(atom, AtMost | Sum | Among))


def _totalled(demand: Demand) -> Iterator[Every]:
    return (thing for _, thing in demand.terms if isinstance(thing, Every)) if isinstance(demand, Sum) else iter(())


def _is_counted(plan: Plan) -> bool:
    """Whether a demand depends on how many records are found alone, not on which."""
    is_alone = plan.over is None or len(plan.over.scans) == 1
    return is_alone and not any(isinstance(each, Among) or any(every.of.points for every in _totalled(each)) for each in _demands(plan))


def _needs_some(demand: Demand) -> bool:
    """Whether it says nothing where no record is found: there is neither a sum of nothing nor a least of it."""
    return isinstance(demand, Among) or any(every.of.points for every in _totalled(demand))


def _routes(plan: Plan) -> Iterator[Route]:
    """Every route of a plan that starts at one of its own variables or those it looks for."""
    yield from plan.unique
    sought = plan.over or plan.exists
    tests: tuple[Test, ...] = (*plan.tests, *(plan.over.tests if plan.over else ()))
    branches = (*plan.branches, *plan.inside, *(sought.inside if sought else ()))
    for atom in (*tests, *(atom for branch in branches for atom in branch)):
        match atom:
            case AtMost() | Sum() | Among():
                yield from _measured_routes(atom)
            case _:
                yield from routes_of(atom)


def _measured_routes(atom: Demand) -> Iterator[Route]:
    if isinstance(atom, Among):
        atom = atom.inequality
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
