"""Laws of repairs on small sets of facts: the nearest value proposed ends the conflict, and no nearer one does."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from law_counts import count
from strategies import iso_day, places

from rehabfacts.checker.judging.judging import judge
from rehabfacts.checker.judging.repairs import find_repairs
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date
from rehabfacts.engines.groundings import Bound
from rehabfacts.engines.memory import ground
from rehabfacts.network.contradictions import Proof, variables_of
from rehabfacts.network.solutions import solve
from rehabfacts.periods import Period
from rehabfacts.quantities import Quantity
from rehabfacts.rules.rules import Mode, Rule
from rehabfacts.schema import MOMENT, PERIOD, Entity, Fact, Kind, Ref, Schema

pytestmark = pytest.mark.usefixtures("a_law_that_judged_nothing_fails")

_NEAR = 45
"""So many days around what is stated are tried."""


@attrs.frozen(kw_only=True)
class Thing(Entity):
    day = MOMENT
    time = PERIOD


@attrs.frozen(kw_only=True)
class Event(Fact):
    thing: Ref[Thing]
    date: Date | None = None
    value: Quantity | None = None


@attrs.frozen(kw_only=True)
class Spell(Fact):
    thing: Ref[Thing]
    period: Period | None = None


SCHEMA = Schema.of([Thing, Event, Spell])
PAIR, TOGETHER = {"a": "Event", "b": "Event"}, {"e": "Event", "s": "Spell"}
FORMULAS = (
    ("event-in-time", Mode.DEFINE, {"e": "Event"}, "e.thing.day = e.date", ""),
    ("spell-is-time", Mode.ASSUME, {"s": "Spell"}, "s.thing.time equals s.period", ""),
    ("after-day", Mode.ASSUME, {"t": "Thing"}, "t.day + 2 days <= t.time.start", ""),
    ("after", Mode.REQUIRE, PAIR, "a.date < b.date", "a.thing = 't0' and b.thing = 't1'"),
    ("apart", Mode.REQUIRE, PAIR, "a.date != b.date", "a.thing = 't0' and b.thing = 't1'"),
    ("far-apart", Mode.REQUIRE, PAIR, "a.date + 4 days <= b.date or b.date + 6 days <= a.date", "a.thing = 't0' and b.thing = 't1'"),
    ("a-month-after", Mode.REQUIRE, PAIR, "a.date + 1 month <= b.date", "a.thing = 't0' and b.thing = 't1'"),
    ("after-a-month", Mode.REQUIRE, PAIR, "a.date = b.date + 1 month", "a.thing = 't0' and b.thing = 't1'"),
    ("within", Mode.REQUIRE, TOGETHER, "e.date within s.period", "e.thing = s.thing"),
    ("outside", Mode.REQUIRE, TOGETHER, "not (e.date within s.period)", "e.thing = s.thing"),
    ("ends-before", Mode.REQUIRE, TOGETHER, "s.period until e.date", "e.thing = s.thing"),
    ("more", Mode.REQUIRE, PAIR, "a.value <= b.value", "a.thing = 't0' and b.thing = 't1' and a.date < b.date"),
    ("sum-fits", Mode.REQUIRE, PAIR, "a.value + b.value <= 9", "a.thing = 't0' and b.thing = 't1'"),
    ("no-longer", Mode.REQUIRE, {"a": "Spell", "b": "Spell"}, "a.period.length < b.period.length", "a.thing = 't0' and b.thing = 't1'"),
    ("time-after-events", Mode.REQUIRE, {"e": "Event"}, "e.date before e.thing.time", ""),
)  # fmt: skip


def rule_of(name, mode, scans, formula, where):
    return Rule.of(name, mode, formula, scans=scans, schema=SCHEMA, where=where)


RULES = {name: rule_of(name, *rest) for name, *rest in FORMULAS}


@attrs.frozen
class Case:
    """Some facts on one or two things under some of the rules, by their names."""

    facts: tuple
    names: tuple

    @property
    def rules(self):
        return [RULES[name] for name in self.names]

    def grounding(self):
        return ground(Dataset.of(SCHEMA, [Thing(id="t0"), Thing(id="t1")], self.facts), self.rules)


@st.composite
def dates(draw, place):
    first, second = (place + draw(st.integers(-3, 5)) for _ in range(2))
    shape = draw(st.sampled_from(["day", "day", "range", "about", "one of", "not after"]))
    texts = {
        "day": iso_day(first), "range": f"[{iso_day(min(first, second))}..{iso_day(max(first, second))}]", "about": f"{iso_day(first)}~",
        "one of": f"[{iso_day(min(first, second))},{iso_day(max(first, second) + 4)}]", "not after": f"[..{iso_day(first)}]",
    }  # fmt: skip
    return Date.parse(texts[shape])


@st.composite
def periods(draw, place):
    first, last = sorted(place + draw(st.integers(-3, 5)) for _ in range(2))
    text = draw(st.sampled_from(["{0}/{1}", "{0}/{1}", "{0}", "{0}/", "/{1}", "{0}~/{1}"])).format(iso_day(first), iso_day(last))
    return Period.parse(text)


@st.composite
def cases(draw):
    place = draw(places)
    facts = []
    for number in range(draw(st.integers(3, 4))):
        roles = {"id": f"f{number}", "thing": draw(st.sampled_from(["t0", "t0", "t1"]))}
        if draw(st.integers(0, 2)):
            value = Quantity.parse(f"{draw(st.integers(0, 6))}..{draw(st.integers(6, 8))} persons")
            facts.append(Event(**roles, date=draw(dates(place)) if draw(st.integers(0, 5)) else None, value=value))
        else:
            facts.append(Spell(**roles, period=draw(periods(place))))
    names = draw(st.lists(st.sampled_from(sorted(RULES)), min_size=4, max_size=8, unique=True))
    return Case(tuple(facts), tuple(names))


def members_hold(dataset, rules, conflict):
    """Whether nothing shows that the members of a conflict cannot all hold in another dataset."""
    grounding = ground(dataset, rules)
    keys = {instance.key for instance in conflict.instances}
    instances = [each for each in grounding.instances if each.key in keys]
    assert len(instances) == len(keys)
    clauses = [each.clause for each in instances]
    clauses += [((number,),) for number, owner in enumerate(grounding.owners) if isinstance(owner, Bound) and owner.fact in conflict.facts]
    used = {end for clause in clauses for branch in clause for number in branch for end in variables_of(grounding.rows, grounding.totals, number)}
    clauses += [((number,),) for number, owner in enumerate(grounding.owners) if owner is None and {*grounding.rows[number][:2]} <= {0, *used}]
    return not isinstance(solve(grounding.rows, clauses, grounding.totals), Proof)


def changed(dataset, fact, field, text):
    """The dataset with a field written otherwise."""
    readers = {Kind.DATE: Date.parse, Kind.PERIOD: Period.parse, Kind.QUANTITY: Quantity.parse}
    old = dataset.facts[fact]
    new = attrs.evolve(old, **{field: readers[dataset.type_of(old).fields[field].kind](text)})
    return attrs.evolve(dataset, facts={**dataset.facts, fact: new})


def other_values(stated, variable):
    """Notations of every single value near to what is stated, by their distance from it; negative are earlier or less."""
    least, most = ends_of(stated, variable)
    for step in range(1, _NEAR):
        for sign, end in ((-1, least), (1, most)):
            if end is not None:
                yield sign * step, written(stated, variable, end + sign * step)


def ends_of(stated, variable):
    """The bounds of a value, or of an end of it, with the width of `~`."""
    if isinstance(stated, Quantity):
        return stated.least, stated.most
    if isinstance(stated, Date):
        return stated.widened()
    if variable == "period":
        return stated.start_earliest, stated.start_earliest
    return stated.widened()[variable.endswith("end")]


def written(stated, variable, value):
    if isinstance(stated, Quantity):
        return f"{value} persons"
    if isinstance(stated, Date):
        return iso_day(value)
    start, _, end = str(stated).partition("/")
    if variable == "period":
        return iso_day(value) if not end else f"{iso_day(value)}/{iso_day(value + stated.end_earliest - stated.start_earliest)}"
    start, end = (start, end) if "/" in str(stated) else (start, start)
    return f"{iso_day(value)}/{end}" if variable.endswith("start") else f"{start}/{iso_day(value)}"


def is_there(text):
    """Whether a notation of a period is one: it does not end before it starts."""
    start, _, end = text.partition("/")
    return not end or not start or start.strip("~") <= end.strip("~")


@given(cases())
def test_the_nearest_value_proposed_ends_the_conflict_and_no_nearer_one_does(case):
    grounding, rules = case.grounding(), case.rules
    dataset = grounding.dataset
    for conflict in judge(grounding).conflicts:
        if conflict.proof is None:
            continue
        repairs = find_repairs(grounding, conflict)
        for each in repairs.changes:
            stated = getattr(dataset.facts[each.fact], each.field)
            assert each.nearest == "" or members_hold(changed(dataset, each.fact, each.field, each.nearest), rules, conflict)
            count("test_the_nearest_value_proposed_ends_the_conflict_and_no_nearer_one_does")
            for change, text in other_values(stated, each.variable):
                if abs(change) < abs(each.change) and is_there(text) and not each.is_moved:
                    assert not members_hold(changed(dataset, each.fact, each.field, text), rules, conflict)
                    count("nearer ones")


@given(cases(), st.randoms(use_true_random=False))
def test_every_value_proposed_ends_the_conflict_and_no_other_does(case, random):
    grounding, rules = case.grounding(), case.rules
    dataset = grounding.dataset
    for conflict in judge(grounding).conflicts:
        if conflict.proof is None:
            continue
        repairs = find_repairs(grounding, conflict)
        told = {(each.fact, each.variable): each for each in repairs.changes}
        undecided = {(fact, variable.partition(".")[0]) for fact, variable in repairs.undecided}
        for fact, field, variable in values_of(dataset, conflict):
            if (fact, field) in undecided:  # totals over months
                continue
            stated, repair = getattr(dataset.facts[fact], field), told.get((fact, variable))
            texts = [text for _, text in other_values(stated, variable) if is_there(text)]
            for text in random.sample(texts, min(len(texts), 10)):
                held = members_hold(changed(dataset, fact, field, text), rules, conflict)
                assert held is is_told(repair, text) or (held and repair is not None and not repair.is_whole), text
                count("test_every_value_proposed_ends_the_conflict_and_no_other_does")


def values_of(dataset, conflict):
    """The fact, the field and the variable of each value that members state; a period of one day is one value."""
    for fact in conflict.facts:
        for name, _ in dataset.type_of(dataset.facts[fact]).variables:
            stated = getattr(dataset.facts[fact], name)
            if isinstance(stated, Period) and (stated.start_earliest != stated.end_latest or stated.is_approximate):
                yield from ((fact, name, f"{name}.{end}") for end in ("start", "end"))
            elif stated is not None:
                yield fact, name, name


def is_told(repair, text):
    """Whether a repair proposes the value of a notation."""
    if repair is None:
        return False
    if repair.is_quantity:
        value = Quantity.parse(text).least
    else:
        value = Date.parse(text.split("/")[repair.variable.endswith("end")]).earliest
    return any((first is None or first <= value) and (last is None or value <= last) for first, last in repair.allowed)


@given(cases())
def test_without_a_fact_or_a_convention_that_is_told_the_rest_can_hold(case):
    grounding = case.grounding()
    for conflict in judge(grounding).conflicts:
        repairs = find_repairs(grounding, conflict)
        named = {*repairs.facts, *(each.fact for each in repairs.changes), *(fact for fact, _ in repairs.undecided)}
        assert named == ({*conflict.facts} if conflict.proof is not None else set())
        count("test_without_a_fact_or_a_convention_that_is_told_the_rest_can_hold")
        for name in repairs.conventions:
            clauses = [clause for clause in conflict.clauses if not any(clause == each.clause for each in conflict.instances if each.rule.id == name)]
            assert not isinstance(solve(grounding.rows, clauses, grounding.totals), Proof)
            count("conventions")
