"""What rules and facts come to once they are bound: variables, inequalities with their owners, and instances."""

from collections.abc import Mapping
from typing import Any

import attrs

from rehabfacts.dataset import Dataset, Record
from rehabfacts.dates import Date
from rehabfacts.engines.columns import Column
from rehabfacts.engines.tallies import Tally, Ways
from rehabfacts.errors import InvalidQuantity, Problem
from rehabfacts.network.contradictions import Clause
from rehabfacts.network.inequalities import Row, Total, at_least, at_most, gap
from rehabfacts.periods import Period
from rehabfacts.plain import plain
from rehabfacts.precisions import Width
from rehabfacts.quantities import Quantity
from rehabfacts.rules.plans import Constant
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Fact, Kind
from rehabfacts.verdicts import Verdict

Variable = tuple[str, str]
"""An id and what of it: `("commission-1993", "lifetime.start")`."""


@plain
class Bound:
    """A fact bounds one end of a variable, as the notation says, perhaps widened by the width of `~`."""

    fact: str
    field: str
    notation: str
    is_widened: bool = False


class Instance:
    """A rule bound to particular records. `clause` holds its rows, a branch each way in which it can hold.

    `answer` is given where no times or numbers are in question: what the dataset as written says. `tally` is what is
    demanded while it is open which records are meant: a clause is made of it when the given is known.
    """

    __slots__ = ("answer", "binding", "clause", "facts", "rule", "tally")

    def __init__(
        self, rule: Rule, binding: tuple[str, ...], facts: tuple[str, ...], clause: Clause, answer: Verdict | None
    ) -> None:
        self.rule, self.binding, self.facts, self.clause, self.answer = rule, binding, facts, clause, answer
        self.tally: Tally | None = None

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What identifies it in every run: the rule and the ids that its variables are bound to."""
        return self.rule.id, self.binding

    def __repr__(self) -> str:
        return f"Instance({self.rule.id}: {', '.join(self.binding)})"


Allowed = tuple[int | None, int | None, tuple[tuple[int, int], ...]]
"""What a value may be: its bounds, and the holes between them, each the last before it and the first after it."""

Owner = Bound | Instance | None
"""Who demands a row: a fact's bound, an instance, or (None) the order of a period's ends or a literal of a rule."""


@attrs.define
class Grounding:
    """Variables and rows under one dataset and one set of rules; variable 0 is the fixed day 0.

    A branch of a clause refers to row n as n and to total n as ~n.
    """

    dataset: Dataset
    widths: Mapping[str, Width]
    variables: list[Variable] = attrs.field(factory=lambda: [("", "")])
    rows: list[Row] = attrs.field(factory=list)
    owners: list[Owner] = attrs.field(factory=list)
    totals: list[Total] = attrs.field(factory=list)
    total_owners: list[Instance] = attrs.field(factory=list)
    instances: list[Instance] = attrs.field(factory=list)
    not_stated: dict[str, int] = attrs.field(factory=dict)
    problems: list[Problem] = attrs.field(factory=list)
    quantities: set[int] = attrs.field(factory=set)
    index: dict[Variable, int] = attrs.field(factory=lambda: {("", ""): 0}, repr=False)
    columns: dict[tuple[tuple[str, ...], str], Column] = attrs.field(factory=dict, repr=False)

    @property
    def demands(self) -> list[Instance]:
        """The instances that are no part of the given."""
        return [each for each in self.instances if not each.rule.mode.is_given]

    def variable(self, record: str, name: str) -> int:
        """The number of a variable, made (with the other end of its period) when it is first asked for."""
        found = self.index.get((record, name))
        return self._new_variable(record, name) if found is None else found

    def column(self, roles: tuple[str, ...], name: str) -> Column:
        """The variables of a name at the end of roles, for each record that these start from."""
        if (roles, name) not in self.columns:
            self.columns[roles, name] = Column(self.dataset.records, roles, name, self.variable)
        return self.columns[roles, name]

    def _new_variable(self, record: str, name: str) -> int:
        stem, dot, end = name.rpartition(".")
        if dot and end in {"start", "end"}:
            start, stop = self._append((record, f"{stem}.start")), self._append((record, f"{stem}.end"))
            self.add_row((start, stop, 0, 0, False), None)
            return start if end == "start" else stop
        return self._append((record, name))

    def _append(self, variable: Variable) -> int:
        self.index[variable] = len(self.variables)
        self.variables.append(variable)
        return len(self.variables) - 1

    def add_row(self, row: Row, owner: Owner) -> int:
        """Takes in a row and who demands it; returns its number."""
        self.rows.append(row)
        self.owners.append(owner)
        return len(self.rows) - 1

    def add(self, demand: Row | Total, owner: Instance) -> int:
        """Takes in a row or a total; returns the number by which branches refer to it, below 0 for a total."""
        return self.add_total(demand, owner) if isinstance(demand, Total) else self.add_row(demand, owner)

    def add_total(self, total: Total, owner: Instance) -> int:
        """Takes in a total and the instance that demands it; returns the number by which branches refer to it, below 0."""
        self.totals.append(total)
        self.total_owners.append(owner)
        return ~(len(self.totals) - 1)

    def demand(self, instance: Instance, ways: Ways) -> None:
        """Takes in what an instance demands, one of some ways, as its clause."""
        rows, owners, clause = self.rows, self.owners, []
        for way in ways:
            numbers = []
            for each in way:
                if isinstance(each, Total):
                    numbers.append(self.add_total(each, instance))
                else:
                    numbers.append(len(rows))
                    rows.append(each)
                    owners.append(instance)
            clause.append(tuple(numbers))
        instance.clause = tuple(clause)

    def owner_of(self, number: int) -> Owner:
        """Who demands a row or a total, by its number in a branch."""
        return self.owners[number] if number >= 0 else self.total_owners[~number]

    def literal(self, constant: Constant, reader: str) -> int:
        """The variable of a literal: one for all where it is exact, else one for each reader, an unknown day or number."""
        key = ("" if constant.is_exact else reader, f"{constant.text} = {constant.least}" if constant.is_exact else constant.text)
        found = self.index.get(key)
        if found is None:
            found = self._append(key)
            if constant.least is not None:
                self.add_row(at_least(found, constant.least), None)
            if constant.most is not None:
                self.add_row(at_most(found, constant.most), None)
            for hole in constant.holes:
                self.add_row(gap(found, *hole), None)
        return found

    def add_bounds(self, fact: Fact) -> None:
        """The variables of a fact and the bounds that it states; one that is denied or superseded states none."""
        is_binding = fact.status not in {"denied", "superseded"} or fact.id in self.dataset.believed
        for name, kind in self.dataset.type_of(fact).variables:
            value = getattr(fact, name)
            if kind is Kind.PERIOD:
                self.variable(fact.id, f"{name}.start")
            else:
                variable = self.variable(fact.id, name)
                if kind is Kind.QUANTITY:
                    self.quantities.add(variable)
            if value is not None and is_binding:
                self._bound(fact, name, value)

    def _bound(self, fact: Fact, name: str, value: Any) -> None:
        if isinstance(value, Date):
            span = (*value.widened(self.widths), () if value.is_approximate else value.holes)
            self._limit(fact, name, name, value.notation, span, is_widened=value.is_approximate)
        elif isinstance(value, Quantity):
            self._check_unit(fact, name, value)
            self._limit(fact, name, name, value.notation, (value.least, value.most, ()))
        else:
            self._bound_period(fact, name, value)

    def _check_unit(self, fact: Fact, name: str, value: Quantity) -> None:
        """Raises InvalidQuantity for a number where a percentage belongs, or the other way round: files are checked when they are read."""
        if value.is_percentage is not (self.dataset.type_of(fact).fields[name].unit == "%"):
            expected = "a quantity" if value.is_percentage else "a percentage"
            raise InvalidQuantity(value.notation, "E-NUM-FORM", f"{name} of {fact.id}: expected {expected}")

    def _bound_period(self, fact: Fact, name: str, period: Period) -> None:
        (first, start_latest), (last, end_latest) = period.widened(self.widths)
        wide = period.is_approximate
        if period.end_kind == "open":
            written = self.dataset.source_date(fact.source)
            last = None if written is None else written.earliest
        start_holes, end_holes = ((), ()) if wide else (period.start_holes, period.end_holes)
        self._limit(fact, name, f"{name}.start", period.notation, (first, start_latest, start_holes), is_widened=wide)
        self._limit(fact, name, f"{name}.end", period.notation, (last, end_latest, end_holes), is_widened=wide)

    def _limit(self, fact: Fact, field: str, name: str, notation: str, allowed: Allowed, *, is_widened: bool = False) -> None:
        variable, (least, most, holes) = self.index[fact.id, name], allowed
        owner = Bound(fact.id, field, notation, is_widened)
        if least is not None:
            self.add_row(at_least(variable, least), owner)
        if most is not None:
            self.add_row(at_most(variable, most), owner)
        for hole in holes:
            self.add_row(gap(variable, *hole), owner)

    def record(self, identifier: str) -> Record:
        """The record of an id."""
        return self.dataset.records[identifier]
