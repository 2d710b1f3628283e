"""Laws of judging, against trying every dating of small datasets at awkward places of the calendar.

DESIGN §3: the given is made consistent; each demand is judged against the given alone; those not violated are accepted
one by one, the gravest first, and what contradicts the given and those accepted before it is set aside. Everything
here is derived from that page: a small rule language that is both written as text (for the package) and read as
plain comparisons (for the oracle), and every dating of the given in a list.
"""

import itertools

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from law_counts import count
from small_worlds import (
    DEFINITIONS,
    PLACE,
    Case,
    Joined,
    Law,
    Leaf,
    Side,
    Span,
    box,
    cases,
    check_conflict,
    check_instances,
    day_range,
    day_set,
    facts_of,
    fingerprint,
    given_of,
    in_acceptance_order,
    judged,
    own_violations,
)
from strategies import PLACES, iso_day, month_later

from rehabfacts.checker.checking import check_dataset
from rehabfacts.checker.judging.judging import Outcome
from rehabfacts.rules.rules import Mode, Severity

pytestmark = pytest.mark.usefixtures("endless_reasons_fail", "a_law_that_judged_nothing_fails")


@given(cases())
def test_every_verdict_and_every_acceptance_agrees_with_trying_every_dating(case):
    result = judged(case)
    check_instances(result)
    datings = result.world.datings(*given_of(result))
    assume(datings is not None)
    assert datings, "the given that is left is inconsistent"
    left = datings
    for instance in in_acceptance_order(result):
        outcome = result.outcomes[instance.key]
        if set(instance.facts) & result.judging.disputed:
            assert outcome is Outcome.DISPUTED
            continue
        check_verdict(instance, outcome, datings, left, exactly=not result.judging.dropped)
        if outcome is Outcome.VIOLATED and not result.judging.dropped:
            assert (instance.key in own_violations(result)) is (datings.answers(instance) == {False})
        if outcome in {Outcome.OPEN, Outcome.UNDATED}:
            left = left.where(instance)
        count("test_every_verdict_and_every_acceptance_agrees_with_trying_every_dating")


def check_verdict(instance, outcome, datings, left, *, exactly):
    answers = datings.answers(instance)
    possible = left.where(instance)
    if outcome is Outcome.SATISFIED:
        assert answers == {True}
    elif outcome is Outcome.VIOLATED:
        assert answers == {False} or not possible
    elif exactly:  # everything is in a box, so all datings were tried and nothing is undated
        assert outcome is Outcome.OPEN
        assert possible
        assert answers == {True, False}
    count(f"verdicts {outcome.value}")


def is_branching(instance):
    """Whether it can hold in several ways, so that the chains of one need not show that it always does."""
    words = [each for part in (instance.law.must, instance.law.unless) if part for each in part.text.split()]
    return instance.law.unless is not None or not {"or", "not", "!=", "disjoint"}.isdisjoint(words)


@given(cases())
def test_bounds_are_the_extremes_under_the_given_and_the_accepted_errors(case):
    result = judged(case)
    datings = result.world.datings(*given_of(result))
    assume(datings)
    errors, several = datings, bool(result.judging.dropped)
    for instance in in_acceptance_order(result):
        if instance.law.severity is Severity.ERROR and result.outcomes[instance.key] is Outcome.OPEN:
            errors = errors.where(instance)
            several = several or is_branching(instance)
    for key in result.world.variables:
        check_bound(result.bound(key, given=True), datings.of(key), exactly=not result.judging.dropped)
        check_bound(result.bound(key), errors.of(key), exactly=not several)
        count("test_bounds_are_the_extremes_under_the_given_and_the_accepted_errors")


def check_bound(bound, days, *, exactly):
    expected = (min(days), max(days))
    if exactly:
        assert bound == expected
    else:
        assert bound[0] is None or bound[0] <= expected[0]
        assert bound[1] is None or expected[1] <= bound[1]


def by_variable(result, values):
    return {variable: values[number] for number, variable in enumerate(result.judging.grounding.variables)}


@given(cases() | cases(boxed=False, most_facts=6))
def test_the_witness_satisfies_everything_not_set_aside(case):
    result = judged(case)
    facts, given_instances = given_of(result)
    dating = by_variable(result, result.certificate["witness"])
    assert result.world.facts_hold(dating, facts)
    assert result.world.ends_in_order(dating)
    assert all(each.holds(dating) for each in given_instances)
    for instance in result.world.of_mode(given=False):
        if result.outcomes[instance.key] in {Outcome.SATISFIED, Outcome.OPEN, Outcome.UNDATED}:
            assert instance.holds(dating)
            count("test_the_witness_satisfies_everything_not_set_aside")


@given(cases() | cases(boxed=False, most_facts=6))
def test_a_conflict_is_contradictory_and_irreducible_over_facts_and_instances(case):
    result = judged(case)
    for conflict in result.judging.conflicts:
        count("members of conflicts", check_conflict(result, conflict))
        count("test_a_conflict_is_contradictory_and_irreducible_over_facts_and_instances")


@given(cases())
def test_conflicts_are_of_the_given_or_have_the_headline_that_is_set_aside(case):
    result = judged(case)
    headlines = [each.headline for each in result.judging.conflicts if each.headline is not None]
    violated = [each for each, outcome in result.judging.outcomes.items() if outcome is Outcome.VIOLATED]
    assert sorted(each.key for each in headlines) == sorted(each.key for each in violated)
    facts = {roles["id"] for _, roles, _ in case.facts}
    consistent = result.world.datings(facts, result.world.of_mode(given=True))
    assume(consistent is not None)
    of_given = [each for each in result.judging.conflicts if each.headline is None]
    assert bool(of_given) is not bool(consistent)
    assert bool(result.judging.disputed | result.judging.dropped) is bool(of_given)
    blamed = {fact for each in of_given for fact in each.facts}
    assert result.judging.disputed <= blamed
    for conflict in result.judging.conflicts:
        check_headline(result, conflict)
    count("test_conflicts_are_of_the_given_or_have_the_headline_that_is_set_aside")


def check_headline(result, conflict):
    demands_ = [each for each in conflict.instances if not each.rule.mode.is_given]
    if conflict.headline is None:
        assert not demands_
    else:
        assert conflict.headline in demands_
        assert all(each.rule.severity >= conflict.headline.rule.severity for each in demands_)
        accepted = {Outcome.SATISFIED, Outcome.OPEN, Outcome.UNDATED}
        assert all(result.judging.outcomes[each] in accepted for each in demands_ if each is not conflict.headline)


@given(cases(boxed=False, most_facts=8))
def test_where_nothing_is_in_a_box_what_is_claimed_still_holds_for_every_dating_tried(case):
    result = judged(case)
    check_instances(result)
    datings = result.world.datings(*given_of(result))
    for instance in result.world.of_mode(given=False):
        outcome = result.outcomes[instance.key]
        if set(instance.facts) & result.judging.disputed:
            assert outcome is Outcome.DISPUTED
        elif outcome is Outcome.SATISFIED:
            assert not datings or datings.answers(instance) == {True}
        count("test_where_nothing_is_in_a_box_what_is_claimed_still_holds_for_every_dating_tried")


# Laws about pairs of datasets


@given(cases(boxed=False, most_facts=6) | cases(), st.randoms(use_true_random=False))
def test_the_order_of_facts_and_rules_changes_nothing(case, random_):
    assert fingerprint(judged(case)) == fingerprint(judged(case, shuffle=random_.shuffle))
    count("test_the_order_of_facts_and_rules_changes_nothing")


def renamed_case(case, names):
    def record(roles):
        return {role: names.get(value, value) for role, value in roles.items()}

    return attrs.evolve(
        case, things=tuple(map(names.get, case.things)), facts=tuple((kind, record(roles), values) for kind, roles, values in case.facts),
        laws=tuple(attrs.evolve(law, only=tuple(names.get(each, each) for each in law.only)) for law in case.laws),
    )  # fmt: skip


@given(cases(boxed=False, most_facts=6) | cases(), st.integers(1, 5))
def test_an_order_preserving_renaming_changes_only_ids(case, length):
    ids = sorted([*case.things, *(roles["id"] for _, roles, _ in case.facts)])
    names = {each: f"{'abcdefghijklmn'[at]}-{'я' * length}" for at, each in enumerate(ids)}
    assert fingerprint(judged(case), names) == fingerprint(judged(renamed_case(case, names)))
    count("test_an_order_preserving_renaming_changes_only_ids")


def shifted_value(name, value, days):
    if value is None or name == "value":
        return value
    if value.days:
        return day_set([day + days for day in value.days])
    moved = [None if end is None else end + days for end in (value.least, value.most, value.end_least, value.end_most)]
    text = value.text
    for day in sorted({int(end) for end in (value.least, value.most, value.end_least, value.end_most) if end is not None}):
        text = text.replace(iso_day(day), f"<{day}>")
    if value.text.endswith("~"):
        return Span(f"{iso_day(value.least + 3 + days)}~", *moved)
    for day in {int(end) for end in (value.least, value.most, value.end_least, value.end_most) if end is not None}:
        text = text.replace(f"<{day}>", iso_day(day + days))
    return Span(text, *moved)


def shifted_part(part, days):
    if part is None:
        return None
    if isinstance(part, Joined):
        return Joined(part.word, tuple(shifted_part(each, days) for each in part.parts))
    left, right = (
        Side(iso_day(side.literal + days), side.kind, side.days, side.months, side.literal + days)
        if side.literal is not None and side.kind == "date" else side
        for side in part.sides
    )  # fmt: skip
    return Leaf(part.word, left, right)


@given(cases(with_months=False) | cases(boxed=False, most_facts=6, with_months=False), st.sampled_from([1, -1, 30, 365, -146_097 // 4]))
def test_shifting_every_date_changes_only_dates(case, days):
    facts = tuple((kind, roles, {name: shifted_value(name, each, days) for name, each in values.items()}) for kind, roles, values in case.facts)
    laws = tuple(attrs.evolve(law, must=shifted_part(law.must, days), unless=shifted_part(law.unless, days)) for law in case.laws)
    before, after = (fingerprint(judged(each)) for each in (case, Case(case.things, facts, laws, case.place + days)))
    moved = {
        key: bound if key[1] == "value" else tuple(None if end is None else end + days for end in bound)
        for key, bound in before["bounds"].items()
    }  # fmt: skip
    assert after == {**before, "bounds": moved}
    count("test_shifting_every_date_changes_only_dates")


@given(cases(most_facts=3), st.data())
def test_an_unrelated_fact_changes_nothing(case, data):
    more = [
        (kind, {role: f"z-{each}" if each is not None else None for role, each in roles.items()}, values)
        for kind, roles, values in data.draw(facts_of({"t7": case.place}, data.draw(st.integers(1, 2))))
    ]  # fmt: skip
    larger = attrs.evolve(case, things=(*case.things, "z-t7"), facts=(*case.facts, *more))
    before, after = fingerprint(judged(case)), fingerprint(judged(larger))
    assert before["outcomes"] == {key: each for key, each in after["outcomes"].items() if key in before["outcomes"]}
    assert before["bounds"] == {key: each for key, each in after["bounds"].items() if key in before["bounds"]}
    assert before["conflicts"] == [each for each in after["conflicts"] if not any(name.startswith("z-") for name in each[1]) and ("z-t7",) != each[0][1]]
    assert before["disputed"] == {each for each in after["disputed"] if not each.startswith("z-")}
    count("test_an_unrelated_fact_changes_nothing")


@st.composite
def widened_cases(draw):
    """A case, and the same with one date, period or quantity of one fact less certain."""
    case = draw(cases(boxed=draw(st.booleans()), most_facts=5))
    dated = [(at, name) for at, (_, _, values) in enumerate(case.facts) for name, value in values.items() if value]
    assume(dated)
    at, name = draw(st.sampled_from(dated))
    kind, roles, values = case.facts[at]
    down, up = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    value = values[name]
    if name == "period" or draw(st.integers(0, 4)) == 0:
        wider = None  # nothing is known any more
    elif name == "value":
        wider = Span(f"{value.least - down}..{value.most + up}" if value.least >= down else f"..{value.most + up}",
                     value.least - down if value.least >= down else None, value.most + up)  # fmt: skip
    else:
        wider = day_range(value.least - down, value.most + up)
    changed = (kind, roles, {**values, name: wider})
    return case, attrs.evolve(case, facts=(*case.facts[:at], changed, *case.facts[at + 1 :]))


@given(widened_cases())
def test_widening_breaks_nothing_and_narrowing_mends_nothing(pair):
    narrow, wide = (judged(case) for case in pair)
    if not narrow.judging.conflicts:
        assert not wide.judging.conflicts
    if not any(conflict.headline is None for conflict in narrow.judging.conflicts):
        assert not any(conflict.headline is None for conflict in wide.judging.conflicts)
        assert own_violations(wide) <= own_violations(narrow)
        assert own_satisfied(wide) <= own_satisfied(narrow) | own_violations(narrow)
        count("test_widening_breaks_nothing_and_narrowing_mends_nothing", 1 + len(wide.outcomes))


def own_satisfied(result):
    return {key for key, outcome in result.outcomes.items() if outcome is Outcome.SATISFIED}


@given(cases(most_facts=6) | cases(boxed=False, most_facts=8))
def test_what_rests_on_a_fact_of_a_contradiction_is_disputed_and_nothing_else(case):
    result = judged(case)
    for instance, outcome in result.judging.outcomes.items():
        assert (outcome is Outcome.DISPUTED) is bool(result.judging.disputed.intersection(instance.facts))
        count("test_what_rests_on_a_fact_of_a_contradiction_is_disputed_and_nothing_else")


# Examples that once failed


def day_of(fact_id, day, **roles):
    return ("Event", {"id": fact_id, "thing": "t0", "other": None, **roles}, {"date": day_range(day, day)})


def tally_of(fact_id, day, number):
    return ("Tally", {"id": fact_id, "thing": "t0"}, {"date": day_range(day, day), "value": Span(str(number), number, number)})


def definition(name):
    return next(law for law in DEFINITIONS if law.id == name)


def demand(name, kind, must, **options):
    return Law(name, Mode.REQUIRE, (("x", kind),), (), None, must, **options)


def date_of(path, **moved):
    return Side(path, "date", **moved)


def test_a_fact_that_is_set_aside_bounds_nothing_wherever_its_values_are():
    positive = demand("r", "Tally", Leaf(">=", Side("x.value", "number"), Side("1", "number", literal=1)))
    case = Case(("t0",), (day_of("f0", PLACE + 3), tally_of("f1", PLACE, 0)), (definition("tally-after-event"), positive), PLACE)
    result = judged(case)
    assert result.judging.disputed == {"f0", "f1"}
    assert result.bound(("f1", "value")) == (None, None)
    assert result.outcomes == {("r", ("f1",)): Outcome.DISPUTED}
    count("test_a_fact_that_is_set_aside_bounds_nothing_wherever_its_values_are")


def test_a_branch_that_accepted_demands_exclude_leaves_the_other_one_certified():
    first = demand("a", "Event", Leaf("<=", date_of("x.thing.day"), date_of(iso_day(PLACE), literal=PLACE)), rank=1)
    second = demand("b", "Event", Joined("or", (
        Leaf(">", date_of("x.thing.day"), date_of(iso_day(PLACE), literal=PLACE)),
        Leaf("=", date_of("x.thing.time.start"), date_of(iso_day(PLACE + 1), literal=PLACE + 1)),
    )), rank=2)  # fmt: skip
    result = judged(Case(("t0",), (day_of("f0", PLACE),), (first, second), PLACE))
    assert result.bound(("t0", "time.start")) == (PLACE + 1, PLACE + 1)
    count("test_a_branch_that_accepted_demands_exclude_leaves_the_other_one_certified")


def test_a_definition_that_no_day_meets_is_one_conflict():
    law = attrs.evolve(definition("event-month-later"), scans=(("a", "Event"), ("b", "Event")))
    result = judged(Case(("t0",), (day_of("f0", PLACE, other="t0"),), (law,), PLACE))
    assert [each.facts for each in result.judging.conflicts] == [("f0",)]
    count("test_a_definition_that_no_day_meets_is_one_conflict")


def test_a_definition_of_a_fact_that_is_set_aside_takes_no_part_in_other_conflicts():
    linked = ("Link", {"id": "f9", "one": "t0", "two": "t1"}, {})
    facts = (day_of("f0", PLACE), day_of("f1", PLACE + 1), day_of("f2", PLACE + 2), day_of("f3", PLACE + 3, thing="t1"), day_of("f4", PLACE, thing="t1"), linked)
    case = Case(("t0", "t1"), facts, (definition("event-dates-thing"), definition("link-is-one")), PLACE)
    result = judged(case)
    told = [(each.facts, tuple(one.key for one in each.instances)) for each in result.judging.conflicts]
    assert len(told) == len(set(told))
    assert {fact for facts, _ in told for fact in facts} >= result.judging.disputed
    count("test_a_definition_of_a_fact_that_is_set_aside_takes_no_part_in_other_conflicts")


def test_two_reasons_for_one_bound_are_told_alike_whatever_the_order_of_rules():
    late = demand("z", "Event", Leaf(">", date_of("x.thing.day"), date_of(iso_day(PLACE), literal=PLACE)))
    laws = (definition("event-dates-thing"), box("Thing", "day", "t0", PLACE, PLACE), late)
    facts = (day_of("f0", PLACE), day_of("f1", PLACE))
    told = [fingerprint(judged(Case(("t0",), facts, order, PLACE))) for order in itertools.permutations(laws)]
    assert all(each == told[0] for each in told)
    count("test_two_reasons_for_one_bound_are_told_alike_whatever_the_order_of_rules")


def test_a_bound_around_a_circle_of_calendar_months_is_certified():
    month_and_back = Law("later", Mode.DEFINE, (("x", "Event"),), (), None, Joined("and", (
        Leaf(">=", date_of("x.thing.day"), date_of("x.date", months=1)), Leaf(">=", date_of("x.date"), date_of("x.thing.day", days=-28)),
    )))  # fmt: skip
    first = PLACES[0]  # 29 January 2001: a month and back 28 days is later, up to the month's end
    facts = (("Event", {"id": "f0", "thing": "t0", "other": None}, {"date": Span(f"[{iso_day(first)}..]", first, None)}),)
    result = judged(Case(("t0",), facts, (month_and_back,), first))
    least = next(day for day in itertools.count(first) if month_later(day, 1) - 28 <= day)
    assert result.bound(("f0", "date")) == (least, None)
    assert result.bound(("t0", "day")) == (month_later(least, 1), None)
    count("test_a_bound_around_a_circle_of_calendar_months_is_certified")


def test_a_circle_of_calendar_months_that_is_not_decided_is_not_evaluated_and_never_crashes():
    steps = (("t0", "t1", 1, 3), ("t1", "t2", 1, -2), ("t2", "t0", 0, -58))
    facts = tuple(("Link", {"id": f"f{at}", "one": one, "two": two}, {}) for at, (one, two, *_) in enumerate(steps))
    for mode in (Mode.DEFINE, Mode.REQUIRE):
        laws = tuple(
            Law(f"r{at}", mode, (("x", "Link"),), (), None, Leaf(">=", date_of("x.two.day"), date_of("x.one.day", months=months, days=days)), only=("x.one", one))
            for at, (one, _, months, days) in enumerate(steps)
        )  # fmt: skip
        case = Case(("t0", "t1", "t2"), facts, laws, PLACE)
        report = check_dataset(case.dataset(), case.rules())
        assert (report.complaints, report.exit_status) == ((), 3)
    count("test_a_circle_of_calendar_months_that_is_not_decided_is_not_evaluated_and_never_crashes")
