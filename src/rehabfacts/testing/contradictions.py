"""Datasets with one planted contradiction, which is one by plain arithmetic on exact days or numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
from hypothesis import reject
from hypothesis import strategies as st

from rehabfacts.calendars import iso
from rehabfacts.checker.violations import FACTS_AGREE
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date, Period
from rehabfacts.engines.groundings import Bound, Grounding, Instance, Owner, Variable
from rehabfacts.network.inequalities import GAP, ZERO, Row, forced_high, forced_low
from rehabfacts.plain import plain
from rehabfacts.quantities import Quantity
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Kind, Schema
from rehabfacts.testing.datasets import Plan, Told, has_notation, plan_of, told_datasets
from rehabfacts.testing.datings import date_by, ground_wholly
from rehabfacts.testing.evaluations import Evaluation, row_holds
from rehabfacts.testing.notations import Draw
from rehabfacts.testing.records import with_values
from rehabfacts.testing.values import YEARS, Years

_MOST_TRIED = 12


@attrs.frozen
class InconsistentDataset:
    """A dataset, and what is wrong with it: these facts cannot all hold under the rule (`facts-agree`: under none that demands).

    Nothing else is wrong with its times and numbers: without any one of the facts all the others can hold.
    """

    dataset: Dataset
    rule_id: str
    facts: tuple[str, ...]


@plain
class _Spot:
    """Where a contradiction can be planted: a row of an instance between two stated times or numbers.

    `low` and `high` are what facts state, or None where that end is a literal of the rule, whose value is `fixed`.
    """

    instance: Instance
    row: Row
    low: Variable | None
    high: Variable | None
    fixed: int
    facts: tuple[str, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """What it is recognised by in another grounding."""
        return self.instance.key, self.row[2:], self.low, self.high, self.facts


def inconsistent_datasets(
    schema: Schema, rules: Iterable[Rule], *, types: Iterable[str] | None = None, least: int = 2, most: int = 6,
    years: Years = YEARS, sources: Iterable[str] = (),
) -> st.SearchStrategy[InconsistentDataset]:  # fmt: skip
    """Consistent datasets in which one contradiction is then planted: two exact days, or numbers, that break a rule.

    The options are those of `consistent_datasets`. The rules must tie something that facts state to something else.
    """
    plan = plan_of(schema, rules, types, (least, most), years, sources)
    return st.composite(lambda draw: _planted(draw, plan))()


def _planted(draw: Draw, plan: Plan) -> InconsistentDataset:
    told = draw(told_datasets(plan))
    twin = _with_twin(draw, told)
    for each in (twin, told) if draw(st.booleans()) else (told, twin):
        spots = list(_spots(ground_wholly(each.dataset, plan.rules)))
        start = draw(st.integers(0, max(len(spots) - 1, 0)))
        for spot in (*spots[start:], *spots[:start])[:_MOST_TRIED]:
            found = _plant(each, spot, draw(st.integers(1, 500)), plan.rules)
            if found is not None:
                return found
    return reject()


def _with_twin(draw: Draw, told: Told) -> Told:
    """One fact told once more, under an id of its own."""
    if not told.dataset.facts:
        return told
    fact = told.dataset.facts[draw(st.sampled_from(sorted(told.dataset.facts)))]
    twin = with_values(fact, id=f"{fact.id}-again")
    values = {(twin.id, name): value for (owner, name), value in told.values.items() if owner == fact.id}
    return Told(attrs.evolve(told.dataset, facts={**told.dataset.facts, twin.id: twin}), {**told.values, **values})


# Where a contradiction can be planted


def _spots(grounding: Grounding) -> Iterator[_Spot]:
    pins, fixed = _pins(grounding), _fixed(grounding)
    for instance in grounding.instances:
        if instance.answer is None and len(instance.clause) == 1:
            for number in instance.clause[0]:
                row = grounding.rows[number] if number >= 0 else None
                if row is not None and row[4] != GAP and row[0] != row[1]:
                    yield from _spots_of(instance, row, pins, fixed)


_Pins = Mapping[int, Sequence[tuple[Variable, tuple[str, ...]]]]


def _spots_of(instance: Instance, row: Row, pins: _Pins, fixed: Mapping[int, int]) -> Iterator[_Spot]:
    low, high, *_ = row
    if low in fixed or high in fixed:
        for pinned, facts in pins.get(high if low in fixed else low, ()):
            one, other = (None, pinned) if low in fixed else (pinned, None)
            yield _Spot(instance, row, one, other, fixed[low if low in fixed else high], _together(instance, facts))
        return
    for one, facts in pins.get(low, ()):
        for other, more in pins.get(high, ()):
            if one != other:
                yield _Spot(instance, row, one, other, 0, _together(instance, facts, more))


def _together(instance: Instance, *facts: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({*instance.facts, *(each for several in facts for each in several)}))


def _pins(grounding: Grounding) -> _Pins:
    """For each variable what facts state of it: itself, or what one instance of the given says is equal to it."""
    facts, variables = grounding.dataset.facts, grounding.variables
    own = {number: variable for number, variable in enumerate(variables) if variable[0] in facts and _is_settable(grounding, variable)}
    found: dict[int, list[tuple[Variable, tuple[str, ...]]]] = {number: [(variable, (variable[0],))] for number, variable in own.items()}
    for instance in grounding.instances:
        if instance.rule.mode.is_given and len(instance.clause) == 1:
            rows = {grounding.rows[number] for number in instance.clause[0] if number >= 0}
            for low, high, days, months, shape in sorted(rows):
                if low in own and high not in own and days == months == 0 and (high, low, 0, 0, shape) in rows:
                    found.setdefault(high, []).append((own[low], (own[low][0], *instance.facts)))
    return found


def _is_settable(grounding: Grounding, variable: Variable) -> bool:
    """Whether an exact day or number can be written there; percentages are left as they are."""
    return not grounding.dataset.type_of(grounding.dataset.facts[variable[0]]).fields[variable[1].partition(".")[0]].unit


def _fixed(grounding: Grounding) -> Mapping[int, int]:
    """The exact literals of rules, which belong to no record, with their values."""
    return {
        high: days for (low, high, days, *_), owner in zip(grounding.rows, grounding.owners, strict=True)
        if owner is None and low == ZERO and not grounding.variables[high][0]
    }  # fmt: skip


# Planting


def _plant(told: Told, spot: _Spot, far: int, rules: Sequence[Rule]) -> InconsistentDataset | None:
    """States exact days or numbers that miss the row by so much; None where more than that, or nothing, would be wrong."""
    low = told.values[spot.low] if spot.low else spot.fixed
    high = forced_low(spot.row, low) - far if spot.high else spot.fixed
    if spot.high is None:
        low = forced_high(spot.row, high) + far
    exact = {each: value for each, value in ((spot.low, low), (spot.high, high)) if each is not None}
    values = {**told.values, **exact}
    dataset = _stated(told.dataset, exact, values)
    if dataset is None or row_holds(spot.row, {spot.row[0]: low, spot.row[1]: high}):
        return None
    grounding = ground_wholly(dataset, rules)
    if spot.key not in {each.key for each in _spots(grounding)}:
        return None
    is_given = spot.instance.rule.mode.is_given
    if not (is_given or _can_hold(grounding, values, _Given())):
        return None
    if not all(_can_hold(grounding, values, _Without(fact)) for fact in spot.facts):
        return None
    return InconsistentDataset(dataset, FACTS_AGREE if is_given else spot.instance.rule.id, spot.facts)


@plain
class _Without:
    """Takes all but what a fact states and the instances that are bound to it."""

    fact: str

    def __call__(self, owner: Owner) -> bool:
        return owner.fact != self.fact if isinstance(owner, Bound) else owner is None or self.fact not in owner.facts


@plain
class _Given:
    """Takes what facts state and what they mean, but no demand."""

    def __call__(self, owner: Owner) -> bool:
        return not isinstance(owner, Instance) or owner.rule.mode.is_given


def _can_hold(grounding: Grounding, wished: Mapping[Variable, int], takes: _Without | _Given) -> bool:
    """Whether a dating is found under which all that is taken holds, by plain arithmetic."""
    dating = date_by(grounding, wished, takes=takes)
    if dating.unmet:
        return False
    evaluation = Evaluation.of(grounding, dating.values)
    rows = (row for row, owner in zip(grounding.rows, grounding.owners, strict=True) if not isinstance(owner, Instance) and takes(owner))
    taken = (each for each in grounding.instances if each.answer is None and takes(each))
    return all(row_holds(row, evaluation.known) for row in rows) and all(map(evaluation.holds, taken))


def _stated(dataset: Dataset, exact: Mapping[Variable, int], values: Mapping[Variable, int]) -> Dataset | None:
    """The dataset with exact days or numbers stated; None where they cannot be written."""
    facts = dict(dataset.facts)
    for name, variable in exact:
        field, _, _ = variable.partition(".")
        value = _written(dataset.type_of(facts[name]).fields[field].kind, name, field, exact, values)
        if value is None:
            return None
        facts[name] = with_values(facts[name], **{field: value})
    return attrs.evolve(dataset, facts=facts)


def _written(
    kind: Kind, fact: str, field: str, exact: Mapping[Variable, int], values: Mapping[Variable, int]
) -> Date | Period | Quantity | None:
    if kind is Kind.QUANTITY:
        return Quantity.parse(str(exact[fact, field]))
    names = (field,) if kind is Kind.DATE else (f"{field}.start", f"{field}.end")
    if not all(has_notation(values[fact, name]) for name in names):
        return None
    if kind is Kind.DATE:
        return Date.from_day(exact[fact, field])
    first, last = (values[fact, name] for name in names)
    shown = [iso(values[fact, name]) if first <= last or (fact, name) in exact else "" for name in names]
    return Period.parse("/".join(shown)) if first <= last or "" in shown else None
