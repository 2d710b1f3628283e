"""Datasets that are known to be consistent: built from days and numbers that meet every demand, and then told vaguely."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
from hypothesis import strategies as st

from rehabfacts.calendars import civil
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date, Period
from rehabfacts.engines.groundings import Grounding, Instance, Variable
from rehabfacts.plain import plain
from rehabfacts.quantities import Quantity
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Fact, Field, Kind, Schema, TimelineKind
from rehabfacts.testing.datings import date_by, ground_wholly
from rehabfacts.testing.evaluations import Evaluation
from rehabfacts.testing.notations import Draw, date_texts, number_texts, period_texts
from rehabfacts.testing.records import Skeleton, concrete, types_of_rules, with_values
from rehabfacts.testing.values import YEARS, Years, days, spans

_PLACEHOLDERS: Mapping[Kind, Any] = {Kind.DATE: Date.parse("2000"), Kind.QUANTITY: Quantity.parse("1")}
"""What stands for a statement while it is not known yet, so that rules which ask whether it is stated find it."""

_PERIODS = tuple(map(Period.parse, (*["1999/2000"] * 4, "1999/", "/2000")))
"""The same for periods, of which one end may be left out: rules ask for that too."""

_UNITS = ("", "persons")


@plain
class Plan:
    """What is drawn of which: schema, rules, the fact types to draw of, how many facts, years, sources."""

    schema: Schema
    rules: tuple[Rule, ...]
    types: tuple[str, ...]
    least: int
    most: int
    years: Years
    sources: tuple[str | None, ...]


@plain
class Told:
    """A dataset, and the days and numbers that it was told from."""

    dataset: Dataset
    values: Mapping[Variable, int]


def plan_of(
    schema: Schema, rules: Iterable[Rule], types: Iterable[str] | None, sizes: tuple[int, int], years: Years, sources: Iterable[str]
) -> Plan:
    """What the options come to. Raises NoSuchThing for types that are not there, ValueError for years or sizes that cannot be."""
    rules, (least, most) = tuple(rules), sizes
    if not 0 <= least <= most:
        raise ValueError(f"expected a least number of facts up to the greatest, got {least} and {most}")
    days(years)
    named = types_of_rules(schema, rules) if types is None else concrete(schema, [schema[name].name for name in types], is_fact=True)
    if not named:
        raise ValueError("expected fact types to draw of, found none")
    return Plan(schema, rules, named, least, most, years, tuple(sources) or (None,))


def told_datasets(plan: Plan) -> st.SearchStrategy[Told]:
    """Datasets all of whose instances hold under the values that come with them."""
    return st.composite(lambda draw: _told(draw, plan))()  # the plan is no argument: what is drawn would be shown with all of it


def _told(draw: Draw, plan: Plan) -> Told:
    skeleton = Skeleton(plan.schema, draw, plan.sources, plan.most)
    for _ in range(draw(st.integers(plan.least, plan.most))):
        skeleton.add_fact(draw(st.sampled_from(plan.types)))
    telling = _Telling(draw, plan, Dataset.of(plan.schema, skeleton.entities.values(), skeleton.facts.values()))
    return telling.run()


class _Telling:
    def __init__(self, draw: Draw, plan: Plan, dataset: Dataset) -> None:
        self._draw, self._plan, self._dataset = draw, plan, dataset
        self._wished: dict[Variable, int] = {}

    def run(self) -> Told:
        self._wish()
        self._place()
        values = self._date()
        self._tell(values)
        self._mend(values)
        return Told(self._dataset, values)

    def _wish(self) -> None:
        """Draws a day or number for every time and number there is; rules move them on from there."""
        for record in self._dataset.records.values():
            kind = self._dataset.type_of(record)
            for name, timeline in kind.timelines.items():
                self._wish_for(record.id, name, Kind.PERIOD if timeline is TimelineKind.PERIOD else Kind.DATE)
            for name, each in kind.variables:
                self._wish_for(record.id, name, each)

    def _wish_for(self, record: str, name: str, kind: Kind) -> None:
        if kind is Kind.PERIOD:
            first, last = self._draw(spans(self._plan.years))
            self._wished |= {(record, f"{name}.start"): first, (record, f"{name}.end"): last}
        else:
            self._wished[record, name] = self._draw(days(self._plan.years) if kind is Kind.DATE else st.integers(0, 10_000))

    def _place(self) -> None:
        """Settles which fields are stated. Percentages are told at once, since rules read them as they are written."""
        for fact in self._dataset.facts.values():
            fields = self._dataset.type_of(fact).fields
            stated = {name: self._placeholder(fields[name]) for name, _ in self._dataset.type_of(fact).variables}
            self._set(with_values(fact, **stated))

    def _placeholder(self, field: Field) -> Any:
        if not field.is_required and self._draw(st.integers(0, 5)) == 1:
            return None
        if field.unit:
            share = self._draw(st.integers(0, 1_000_000))
            return Quantity.parse(self._draw(number_texts(share, (field.unit,))))
        return self._draw(st.sampled_from(_PERIODS)) if field.kind is Kind.PERIOD else _PLACEHOLDERS[field.kind]

    def _set(self, fact: Fact) -> None:
        self._dataset = attrs.evolve(self._dataset, facts={**self._dataset.facts, fact.id: fact})

    def _date(self) -> Mapping[Variable, int]:
        """Values that meet every demand; the facts of demands that cannot be met are left out."""
        while True:
            grounding = ground_wholly(self._dataset, self._plan.rules)
            dating = date_by(grounding, self._wished, order=lambda clause: self._draw(st.permutations(clause)), takes=self._is_taken)
            records = self._dataset.records
            values = {each: value for each, value in dating.values.items() if each[0] in records}
            broken = (*dating.unmet, *_broken(grounding, values))
            if not broken:
                return values
            self._leave_out(broken)

    def _is_taken(self, owner: Any) -> bool:
        """All instances, and of what facts state the percentages only: the rest is no more than a placeholder."""
        return isinstance(owner, Instance) or bool(self._field(owner.fact, owner.field).unit)

    def _field(self, fact: str, name: str) -> Field:
        return self._dataset.type_of(self._dataset.facts[fact]).fields[name]

    def _leave_out(self, broken: Iterable[Instance], *, is_told: bool = False) -> None:
        """Of each broken instance takes out a fact or, if it has none, a record; where it can, first what that fact states."""
        gone: set[str] = set()
        for instance in broken:
            if not gone.isdisjoint((*instance.facts, *instance.binding)):
                continue
            victim = (instance.facts or [each for each in instance.binding if each in self._dataset.records])[-1]
            if not (is_told and self._silence(victim)):
                gone |= _with_dependents(self._dataset, victim)
        self._drop(gone)

    def _silence(self, fact: str) -> bool:
        """Leaves out what a fact states of times and numbers and need not; whether there was anything."""
        if fact not in self._dataset.facts:
            return False
        said = self._dataset.facts[fact]
        names = [name for name, _ in self._dataset.type_of(said).variables if not self._field(fact, name).is_required]
        if all(getattr(said, name) is None for name in names):
            return False
        self._set(with_values(said, **dict.fromkeys(names)))
        return True

    def _drop(self, gone: set[str]) -> None:
        entities = {name: each for name, each in self._dataset.entities.items() if name not in gone}
        self._dataset = attrs.evolve(self._dataset.without(gone), entities=entities)

    def _tell(self, values: Mapping[Variable, int]) -> None:
        """States each fact's times and numbers, in notations that allow what they are."""
        untold: set[str] = set()
        for fact in self._dataset.facts.values():
            fields = self._dataset.type_of(fact).fields
            placed = [fields[name] for name, _ in self._dataset.type_of(fact).variables if getattr(fact, name) is not None]
            told = {each.name: self._told(fact.id, each, values) for each in placed if not each.unit}
            self._set(with_values(fact, **told))
            if any(told[each.name] is None for each in placed if each.is_required and not each.unit):
                untold |= _with_dependents(self._dataset, fact.id)
        self._drop(untold)

    def _told(self, fact: str, field: Field, values: Mapping[Variable, int]) -> Date | Period | Quantity | None:
        if field.kind is Kind.QUANTITY:
            return Quantity.parse(self._draw(number_texts(values[fact, field.name], _UNITS)))
        names = (f"{field.name}.start", f"{field.name}.end") if field.kind is Kind.PERIOD else (field.name,)
        first, last = values[fact, names[0]], values[fact, names[-1]]
        if not all(has_notation(day) for day in (first, last)):
            return None
        if field.kind is Kind.DATE:
            return Date.parse(self._draw(date_texts(first, is_sure=True)))
        placed: Period = getattr(self._dataset.facts[fact], field.name)
        stated = (placed.start_kind == "date", placed.end_kind == "date")
        return Period.parse(self._draw(period_texts(first, last, is_sure=True, stated=stated)))

    def _mend(self, values: Mapping[Variable, int]) -> None:
        """Looks at every instance of what is told, and leaves out what does not hold, until all do."""
        while True:
            broken = _broken(ground_wholly(self._dataset, self._plan.rules), values)
            if not broken:
                return
            self._leave_out(broken, is_told=True)


def _broken(grounding: Grounding, values: Mapping[Variable, int]) -> Sequence[Instance]:
    evaluation = Evaluation.of(grounding, values)
    if not evaluation.is_ordered():
        raise AssertionError("a period that ends before it starts")
    return [each for each in grounding.instances if not evaluation.holds(each)]


def has_notation(day: int) -> bool:
    """Whether the day lies in the years that plain notations have."""
    return -9990 <= civil(day)[0] <= 9990


def _with_dependents(dataset: Dataset, name: str) -> set[str]:
    """A record, and every fact that has it in a role, or what has it in one."""
    gone, before = {name}, 0
    while before != len(gone):
        before = len(gone)
        gone |= {
            fact.id for fact in dataset.facts.values()
            for field in dataset.type_of(fact).fields.values() if field.kind is Kind.ROLE and getattr(fact, field.name) in gone
        }  # fmt: skip
    return gone


def consistent_datasets(
    schema: Schema, rules: Iterable[Rule] = (), *, types: Iterable[str] | None = None, least: int = 0, most: int = 6,
    years: Years = YEARS, sources: Iterable[str] = (),
) -> st.SearchStrategy[Dataset]:  # fmt: skip
    """Datasets that are consistent under the rules: days and numbers that meet every demand were drawn first.

    Facts are drawn of the named types (of those that the rules speak of, unless told otherwise), `least` to `most` of
    them beside those that they refer to; what cannot be as the rules demand is left out, so that there may be fewer.
    Of what only the dataset as written answers (`unique`, `exists`, texts), what is an error holds as well. `sources`
    are the ids to draw each fact's source from. Times lie in the years, unless rules move them on.
    """
    return told_datasets(plan_of(schema, rules, types, (least, most), years, sources)).map(lambda told: told.dataset)
