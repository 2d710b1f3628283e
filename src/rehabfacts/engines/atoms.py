"""Atoms of a plan bound to records: each becomes a row, a total, several ways, or an answer."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from rehabfacts.engines.groundings import Grounding
from rehabfacts.engines.joins import Binding, Reader, record_reader, test_of, value_reader
from rehabfacts.engines.sums import NotStatedError, SumReaders, sum_maker
from rehabfacts.engines.tallies import ALWAYS, NEVER, Ways, all_of, any_of, together
from rehabfacts.network.inequalities import Row, Total
from rehabfacts.rules.plans import (
    Among,
    AtMost,
    Atom,
    Branch,
    Constant,
    Inequality,
    Point,
    Route,
    Stated,
    Sum,
    Written,
    routes_of,
)

Maker = Callable[[Binding], Row | Total | bool | Ways]
"""What an atom comes to under a binding: a row, a total or ways, or an answer where it is a test of what is written.

It raises NotStatedError where what it asks of is not stated.
"""


class Atoms:
    """Makes the atoms of one rule. `found` are the bindings that its `over` has found, `place` tells its unknown literals apart."""

    def __init__(self, grounding: Grounding, places: Mapping[str, int], rule: str) -> None:
        self._grounding, self._places, self._rule = grounding, places, rule
        self.found: Sequence[Binding] = ()
        self.place = 0

    def branches(self, branches: Sequence[Branch]) -> Callable[[Binding], Ways]:
        """A function from a binding to what branches come to under it."""
        makers = [[self.maker(atom) for atom in sorted(branch, key=_is_demand)] for branch in branches]
        if len(makers) == 1 and all(isinstance(atom, AtMost) for atom in branches[0]):
            return _plain(makers[0])

        def make(binding: Binding) -> Ways:
            found: list[Ways] = []
            is_stated = True
            for each in makers:
                try:
                    ways = _ways(each, binding)
                except NotStatedError:
                    is_stated = False
                    continue
                if ways == ALWAYS:
                    return ALWAYS
                found.append(ways)
            if not is_stated:
                raise NotStatedError
            return any_of(found)

        return make

    def maker(self, atom: Atom) -> Maker:
        """A function from a binding to what the atom comes to."""
        if isinstance(atom, Among):
            return self._among(atom)
        return self._inequality(atom) if isinstance(atom, AtMost | Sum) else self._test(atom)

    def _inequality(self, atom: Inequality) -> Callable[[Binding], Row | Total | bool]:
        if isinstance(atom, Sum):
            return sum_maker(atom, SumReaders(self._variable_reader, self._value_reader, self._every))
        low, high = self._variable_reader(atom.low), self._variable_reader(atom.high)
        days, months, is_inverse = atom.days, atom.months, atom.is_inverse
        return lambda binding: (low(binding), high(binding), days, months, is_inverse)

    def _among(self, atom: Among) -> Maker:
        make = self._inequality(atom.inequality)

        def made(_: Binding) -> Ways:
            ways = [_as_ways(make(longer)) for longer in self.found]
            return all_of(ways) if atom.is_every else any_of(ways)

        return made

    def _test(self, test: Written) -> Maker:
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
        return list({binding[at].id: binding for binding in reversed(self.found)}.values())[::-1]

    def _variable_reader(self, end: Point | Constant) -> Callable[[Binding], int]:
        grounding = self._grounding
        if isinstance(end, Constant):
            exact = cache(lambda: grounding.literal(end, ""))
            return (lambda _: exact()) if end.is_exact else (lambda _: grounding.literal(end, f"{self._rule} {self.place}"))
        at, column = self._places[end.route.variable], grounding.column(end.route.roles, end.name)
        return lambda binding: column[binding[at].id]


def _plain(makers: Sequence[Maker]) -> Callable[[Binding], Ways]:
    """A function from a binding to the rows of the one branch that there is."""
    if len(makers) == 1:
        (make,) = makers
        return lambda binding: [[make(binding)]]  # type: ignore[list-item]  # an inequality comes to a row
    return lambda binding: [together([make(binding) for make in makers])]  # type: ignore[misc]


def _is_demand(atom: Atom) -> bool:
    return isinstance(atom, AtMost | Sum | Among)


def _as_ways(made: Row | Total | bool) -> Ways:  # noqa: FBT001  # an answer is one of the things that it comes to
    if made is True:
        return ALWAYS
    if made is False:
        return NEVER
    return [[made]]


def _ways(makers: Sequence[Maker], binding: Binding) -> Ways:
    """What the atoms of one branch come to together."""
    rows: list[Row | Total] = []
    ways: list[Ways] = []
    for make in makers:
        made = make(binding)
        if made is False or made == NEVER:
            return NEVER
        if isinstance(made, list):
            ways.append(made)
        elif made is not True:
            rows.append(made)
    if len(rows) > 1:
        rows = together(rows)
    return all_of([[rows], *ways]) if ways else [rows]
