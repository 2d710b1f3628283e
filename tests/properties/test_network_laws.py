"""Laws of networks of inequalities, against every dating of small networks at awkward places of the calendar.

DESIGN §3: inconsistent is a chain that comes back to contradict its own start; consistent is a dating that satisfies
every inequality; what a vague date can still mean is the tightened bounds, with the chain that gave each end.
"""

import functools
import itertools
import time
from functools import cache

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import CYCLE, FAR_PLACES, PLACES, month_later

from rehabfacts.network.contradictions import Cases, Chain, Dating, solve
from rehabfacts.network.inequalities import at_least, at_most, forced_high, forced_low, least_gain, negated
from rehabfacts.network.labels import LapLimitError
from rehabfacts.network.propagation import LeastDating
from rehabfacts.network.witness import find_witness

pytestmark = pytest.mark.usefixtures("endless_reasons_fail")
JUDGED = {}
"""How many cases each law has judged: a law that judged none proves nothing."""


def count(law, cases=1):
    JUDGED[law] = JUDGED.get(law, 0) + cases


@pytest.fixture(autouse=True, scope="module")
def _report_what_was_judged():
    yield
    print("\nnetwork laws judged:", JUDGED)  # noqa: T201  # shown by pytest -s


@pytest.fixture(autouse=True)
def _a_law_that_judged_nothing_fails(request):
    yield
    assert JUDGED.get(request.node.originalname, 0) > 0


# The oracle: rows as plain comparisons, datings by trying all


def row_holds(row, low, high):
    _, _, days, months, is_inverse = row
    if is_inverse and months:
        return month_later(high, months) + days >= low
    return high >= (month_later(low, months) if months else low) + (-days if is_inverse else days)


def all_hold(rows, values):
    return all(row_holds(row, values[row[0]], values[row[1]]) for row in rows)


def datings_of(boxes, rows):
    """Every dating within the boxes (variable 0 is 0) under which all rows hold."""
    size = len(boxes) + 1
    due = [[] for _ in range(size)]
    for row in rows:
        due[max(row[:2])].append(row)
    if not all(row_holds(row, 0, 0) for row in due[0]):
        return []
    found = [(0,)]
    for variable in range(1, size):
        low, high = boxes[variable - 1]
        found = [
            longer for dating in found for day in range(low, high + 1)
            if all_hold(due[variable], longer := (*dating, day))
        ]  # fmt: skip
    return found


def walk_value(rows, value=0):
    """Where a walk leads from a value: each high end as low as its row lets it."""
    for row in rows:
        guess = value + gains(row)
        while not row_holds(row, value, guess):
            guess += 1
        value = guess
    return value


@cache
def least_of_months(row):
    """The least of what a calendar row adds, over days around leap days, common Februaries and a skipped leap day."""
    _, _, days, months, is_inverse = row
    least = None
    for start in (693_000, 727_500):  # 1898 and 1992
        for day in range(start, start + 6_600):
            if is_inverse:
                gain = CYCLE if least is None else least
                while month_later(day + gain, months) + days >= day:  # a lower high end still does
                    gain -= 1
                gain += 1
            else:
                gain = month_later(day, months) + days - day
            least = gain if least is None else min(least, gain)
    return least


def gains(row):
    """By how much a row raises a value at least."""
    return row[2] if not row[3] else least_of_months((0, 0, 0, *row[3:])) + (-row[2] if row[4] else row[2])


def check_contradicts(rows, walk, usable):
    """A chain is rows that follow each other back to the start, and gain on the way."""
    assert walk
    assert set(walk) <= set(usable)
    steps = [rows[number] for number in walk]
    for step, after in itertools.pairwise([*steps, steps[0]]):
        assert step[1] == after[0]
    if steps[0][0] == 0:
        assert walk_value(steps) > 0
    else:
        assert sum(gains(step) for step in steps) > 0


def is_bounded_from(rows, size, *, mirrored):
    """Which variables have a least value at all: those that rows lead to from day 0 (mirrored: that lead there)."""
    near, far = (1, 0) if mirrored else (0, 1)
    reached = {0}
    while True:
        more = {row[far] for row in rows if row[near] in reached} - reached
        if not more:
            return [variable in reached for variable in range(size)]
        reached |= more


# Small networks


@attrs.frozen
class Network:
    """Variables 1… in boxes of days, and rows over them; `rows` begin with those of the boxes."""

    boxes: tuple
    boxed: tuple
    rows: tuple

    @property
    def every(self):
        return [*self.boxed, *self.rows]


@st.composite
def networks(draw, *, most=3, width=6, rows=7):
    size = draw(st.integers(1, most))
    place = draw(st.sampled_from(PLACES) | st.sampled_from(FAR_PLACES))
    offsets = draw(st.sampled_from([(0,), (0, 30), (0, 29, 60), (0, 365), (0, 3)]))
    boxes = []
    for _ in range(size):
        first = place + draw(st.sampled_from(offsets)) + draw(st.integers(-2, 3))
        boxes.append((first, first + draw(st.integers(0, width))))
    made = tuple(draw(st.lists(between(boxes), min_size=0, max_size=rows)))
    if made and draw(st.booleans()):
        made += (made[0],)  # a row twice
    boxed = [row for at, (first, last) in enumerate(boxes, 1) for row in (at_least(at, first), at_most(at, last))]
    return Network(tuple(boxes), tuple(boxed), made)


@st.composite
def between(draw, boxes):
    """A row between two variables (or one and itself, or day 0) that is nearly tight at the places of their boxes."""
    ends = st.integers(0, len(boxes))
    low, high = draw(ends), draw(ends)
    slack = draw(st.integers(-6, 3))
    if 0 in (low, high):
        low, high = draw(st.sampled_from([(0, max(high, low)), (max(high, low), 0)]))
        known = boxes[max(low, high) - 1]
        return low, high, (known[0] if low == 0 else -known[1]) + slack, 0, False
    if low == 0:
        return 0, 0, slack, 0, False
    one, two = boxes[low - 1][0], boxes[high - 1][0]
    months = draw(st.sampled_from([0, 0, 0, 1, 1, -1, 2, 12, -12, 13, 48]))
    is_inverse = draw(st.booleans()) if months else False
    if is_inverse:
        return low, high, one - month_later(two, months) - slack, months, True
    return low, high, two - (month_later(one, months) if months else one) + slack, months, False


@st.composite
def open_networks(draw):
    """As networks, but some bounds are left out: variables may be bounded on one side, or not at all."""
    network = draw(networks(rows=6))
    kept = tuple(row for row in network.boxed if draw(st.booleans()))
    return attrs.evolve(network, boxed=kept)


def state(least):
    arcs = {source: list(each) for source, each in enumerate(least._arcs) if each}
    calendar = {source: list(each) for source, each in least._calendar_arcs.items() if each}
    return list(least.value), list(least.by), list(least._top), list(least._top_by), arcs, calendar


def bounds_of(least):
    return [least.bound(variable) for variable in range(len(least.value))]


def loaded(network, *, mirrored=False):
    rows = network.every
    least = LeastDating(len(network.boxes) + 1, rows, is_mirrored=mirrored)
    try:
        walk = least.add(range(len(rows)))
    except LapLimitError:  # only a circle of months that no bound holds may be left undecided
        assert len(network.boxed) < 2 * len(network.boxes)
        assume(condition=False)
    return least, walk


def undecided_is_no_case(law):
    """Circles of calendar months that depend on where they are may be left undecided: then there is nothing to compare."""

    @functools.wraps(law)
    def decided(*args, **kwargs):
        try:
            law(*args, **kwargs)
        except LapLimitError:
            assume(condition=False)

    return decided


BOTH_WAYS = pytest.mark.parametrize("mirrored", [False, True])


# Consistency and bounds


@BOTH_WAYS
@given(networks())
def test_a_network_is_consistent_exactly_if_brute_force_finds_a_dating(mirrored, network):
    _, walk = loaded(network, mirrored=mirrored)
    assert (walk is None) is bool(datings_of(network.boxes, network.every))
    if walk is not None:
        check_contradicts(network.every, walk, range(len(network.every)))
    count("test_a_network_is_consistent_exactly_if_brute_force_finds_a_dating")


@BOTH_WAYS
@given(networks())
def test_tightened_bounds_are_the_brute_force_extremes(mirrored, network):
    least, walk = loaded(network, mirrored=mirrored)
    assume(walk is None)
    datings = datings_of(network.boxes, network.every)
    extreme = max if mirrored else min
    assert bounds_of(least) == [extreme(column) for column in zip(*datings, strict=True)]
    count("test_tightened_bounds_are_the_brute_force_extremes", len(datings))


@given(open_networks())
@undecided_is_no_case
def test_where_bounds_are_left_out_a_dating_or_a_chain_still_answers(network):
    least, walk = loaded(network)
    size, rows = len(network.boxes) + 1, network.every
    wide = [(first - 2, last + 2) for first, last in network.boxes]
    if walk is not None:
        check_contradicts(rows, walk, range(len(rows)))
        assert not datings_of(wide, rows)
    else:
        assert all_hold(rows, find_witness(least, range(len(rows)), [0] * size))
    count("test_where_bounds_are_left_out_a_dating_or_a_chain_still_answers")


@BOTH_WAYS
@given(open_networks())
@undecided_is_no_case
def test_a_variable_is_bounded_exactly_if_rows_lead_there_and_its_bound_is_the_extreme(mirrored, network):
    least, walk = loaded(network, mirrored=mirrored)
    assume(walk is None)
    size, rows = len(network.boxes) + 1, network.every
    found = bounds_of(least)
    assert [bound is not None for bound in found] == is_bounded_from(rows, size, mirrored=mirrored)
    for variable, bound in enumerate(found[1:], 1):
        if bound is not None:  # reached by some dating, passed by none
            check_reachable(size, rows, variable, bound, mirrored=mirrored)
    wide = [(first - 2, last + 2) for first, last in network.boxes]
    for dating in datings_of(wide, rows):
        for value, bound in zip(dating, found, strict=True):
            assert bound is None or (value <= bound if mirrored else value >= bound)
    count("test_a_variable_is_bounded_exactly_if_rows_lead_there_and_its_bound_is_the_extreme", size - 1)


def check_reachable(size, rows, variable, bound, *, mirrored):
    beyond = bound + 1 if mirrored else bound - 1
    at, past = ((at_least(variable, each) if mirrored else at_most(variable, each)) for each in (bound, beyond))
    least = LeastDating(size, [*rows, at])
    try:
        walk = least.add(range(len(rows) + 1))
    except LapLimitError:  # another part of the network is undecided
        assume(condition=False)
    assert walk is None
    assert all_hold([*rows, at], find_witness(least, range(len(rows) + 1), [0] * size))
    walk = LeastDating(size, [*rows, past]).add(range(len(rows) + 1))
    assert walk is not None
    check_contradicts([*rows, past], walk, range(len(rows) + 1))


@BOTH_WAYS
@given(networks() | open_networks())
@undecided_is_no_case
def test_the_reason_of_a_bound_is_a_chain_from_day_0_that_gives_it(mirrored, network):
    least, walk = loaded(network, mirrored=mirrored)
    assume(walk is None)
    rows = network.every
    for variable in range(1, len(network.boxes) + 1):
        bound = least.bound(variable)
        reason = [rows[number] for number in least.reason(variable)]
        assert bool(reason) is (bound is not None)
        if reason:
            check_gives(reason, variable, bound, mirrored=mirrored)
            count("test_the_reason_of_a_bound_is_a_chain_from_day_0_that_gives_it")


def check_gives(reason, variable, bound, *, mirrored):
    for step, after in itertools.pairwise(reason):
        assert step[1] == after[0]
    if not mirrored:
        assert (reason[0][0], reason[-1][1]) == (0, variable)
        assert walk_value(reason) == bound
    else:  # the walk from the bound comes back to day 0 at most, from a day more above it
        assert (reason[0][0], reason[-1][1]) == (variable, 0)
        assert walk_value(reason, bound) <= 0 < walk_value(reason, bound + 1)


# Adding


@st.composite
def additions(draw):
    """A network and its rows in any order, in groups; those of the boxes come first."""
    network = draw(networks(rows=8))
    numbers = draw(st.permutations(range(len(network.boxed), len(network.every))))
    cuts = sorted(draw(st.sets(st.integers(0, len(numbers)), max_size=4)) | {0, len(numbers)})
    return network, [list(range(len(network.boxed))), *(numbers[a:b] for a, b in itertools.pairwise(cuts))]


@BOTH_WAYS
@given(additions())
@undecided_is_no_case
def test_adding_takes_all_of_a_group_or_leaves_everything_as_it_was(mirrored, addition):
    network, groups = addition
    rows = network.every
    least = LeastDating(len(network.boxes) + 1, rows, is_mirrored=mirrored)
    added = []
    for group in groups:
        before = state(least)
        walk = least.add(group)
        fits = bool(datings_of(network.boxes, [rows[number] for number in (*added, *group)]))
        assert (walk is None) is fits
        if walk is None:
            added += group
        else:
            check_contradicts(rows, walk, {*added, *group})
            assert state(least) == before
        count("test_adding_takes_all_of_a_group_or_leaves_everything_as_it_was")
    at_once = LeastDating(len(network.boxes) + 1, rows, is_mirrored=mirrored)
    assert at_once.add(added) is None
    assert bounds_of(at_once) == bounds_of(least)


@BOTH_WAYS
@given(additions())
@undecided_is_no_case
def test_adding_one_by_one_in_any_order_is_adding_at_once(mirrored, addition):
    network, groups = addition
    at_once, walk = loaded(network, mirrored=mirrored)
    one_by_one = LeastDating(len(network.boxes) + 1, network.every, is_mirrored=mirrored)
    walks = [one_by_one.add([number]) for group in reversed(groups) for number in group]
    assert (walk is None) is all(each is None for each in walks)
    if walk is None:
        assert bounds_of(one_by_one) == bounds_of(at_once)
    count("test_adding_one_by_one_in_any_order_is_adding_at_once")


@BOTH_WAYS
@given(additions())
@undecided_is_no_case
def test_asking_changes_nothing_and_answers_as_adding_would(mirrored, addition):
    network, groups = addition
    rows = network.every
    least = LeastDating(len(network.boxes) + 1, rows, is_mirrored=mirrored)
    assert least.add(groups[0]) is None
    before, twin = state(least), least.copy()
    for group in groups[1:]:
        walk, moved = least.contradiction(group), least.moved(group)
        assert state(least) == before
        fresh = least.copy()
        assert (fresh.add(group) is None) is (walk is None) is (moved is not None)
        assert state(least) == before
        if moved is not None:
            expected = bounds_of(fresh)
            assert [moved.get(variable, bound) for variable, bound in enumerate(bounds_of(least))] == expected
            assert all(moved[variable] != least.bound(variable) for variable in moved)
        else:
            check_contradicts(rows, walk, {*groups[0], *group})
        count("test_asking_changes_nothing_and_answers_as_adding_would")
    assert state(twin) == before


@BOTH_WAYS
@given(additions(), st.data())
@undecided_is_no_case
def test_from_a_dating_rows_move_no_further_than_they_must(mirrored, addition, data):
    network, groups = addition
    rows = network.every
    least = LeastDating(len(network.boxes) + 1, rows, is_mirrored=mirrored)
    datings = datings_of(network.boxes, network.boxed)
    assert least.add(groups[0]) is None
    start = data.draw(st.sampled_from(datings))
    before = state(least)
    standing = least.at(list(start))
    for group in groups[1:]:
        moved = standing.moved(group)
        allowed = datings_of(network.boxes, [*network.boxed, *(rows[number] for number in group)])
        beyond = [
            dating for dating in allowed
            if all(one <= two if mirrored else one >= two for one, two in zip(dating, start, strict=True))
        ]  # fmt: skip
        assert (moved is not None) is bool(beyond)
        if moved is not None:
            extreme = max if mirrored else min
            expected = [extreme(column) for column in zip(*beyond, strict=True)]
            assert [moved.get(variable, value) for variable, value in enumerate(start)] == expected
        count("test_from_a_dating_rows_move_no_further_than_they_must")
    assert state(least) == before


# Witnesses and cases


@given(networks() | open_networks(), st.integers(-40, 40))
@undecided_is_no_case
def test_a_witness_satisfies_all_rows_wherever_it_is_sown(network, offset):
    least, walk = loaded(network)
    assume(walk is None)
    size, rows = len(network.boxes) + 1, network.every
    witness = find_witness(least, range(len(rows)), [0] + [network.boxes[0][0] + offset] * (size - 1))
    assert witness[0] == 0
    assert all_hold(rows, witness)
    count("test_a_witness_satisfies_all_rows_wherever_it_is_sown")


@st.composite
def clauses(draw):
    """A network whose rows beyond the boxes are put into clauses of one to three branches of one or two rows."""
    network = draw(networks(rows=9, width=5))
    numbers = list(draw(st.permutations(range(len(network.boxed), len(network.every)))))
    made = [((number,),) for number in range(len(network.boxed))]
    while numbers:
        branches = []
        for _ in range(draw(st.integers(1, 3))):
            branches.append(tuple(numbers[: draw(st.integers(1, 2))]))
            numbers = numbers[len(branches[-1]) :]
        made.append(tuple(branch for branch in branches if branch))
    return network, tuple(draw(st.permutations(made)))


@given(clauses())
@undecided_is_no_case
def test_clauses_are_solved_exactly_if_some_choice_of_branches_has_a_dating(case):
    network, demands = case
    rows = network.every
    answer = solve(rows, demands)
    found = [
        dating for dating in datings_of(network.boxes, network.boxed)
        if all(any(all_hold([rows[n] for n in branch], dating) for branch in clause) for clause in demands)
    ]  # fmt: skip
    assert isinstance(answer, Dating) is bool(found)
    if isinstance(answer, Dating):
        dating = tuple(answer.values.get(variable, -1) for variable in range(len(network.boxes) + 1))
        assert dating in found
    else:
        check_proof(rows, demands, answer, {})
    count("test_clauses_are_solved_exactly_if_some_choice_of_branches_has_a_dating")


def check_proof(rows, demands, proof, chosen):
    """Whatever branches are chosen, a chain of rows of theirs contradicts itself."""
    if isinstance(proof, Chain):
        usable = {n for at, clause in enumerate(demands) if len(clause) == 1 or at in chosen for n in clause[chosen.get(at, 0)]}
        check_contradicts(rows, proof.rows, usable)
        return
    assert isinstance(proof, Cases)
    assert len(proof.branches) == len(demands[proof.clause])
    for branch, part in enumerate(proof.branches):
        check_proof(rows, demands, part, {**chosen, proof.clause: branch})


@given(open_networks())
@undecided_is_no_case
def test_a_solution_of_open_rows_holds_and_a_refusal_is_a_chain(network):
    rows = network.every
    answer = solve(rows, tuple(((number,),) for number in range(len(rows))))
    if isinstance(answer, Dating):
        assert all_hold(rows, [answer.values.get(variable, 0) for variable in range(len(network.boxes) + 1)])
    else:
        check_contradicts(rows, answer.rows, range(len(rows)))
    count("test_a_solution_of_open_rows_holds_and_a_refusal_is_a_chain")


def test_a_clause_without_branches_cannot_hold():
    proof = solve([], [()])
    assert isinstance(proof, Cases)
    assert (proof.clause, proof.branches) == (0, ())
    count("test_a_clause_without_branches_cannot_hold")


# Rows


ROWS = st.builds(
    lambda days, months, is_inverse: (1, 2, days, months, is_inverse and months != 0),
    st.integers(-70, 70), st.sampled_from([0, 1, -1, 2, -2, 3, 11, 12, -12, 13, 24, 48, -49]), st.booleans(),
)  # fmt: skip
DAYS = st.builds(lambda place, offset: place + offset, st.sampled_from(PLACES + FAR_PLACES), st.integers(-40, 40))


@given(ROWS, DAYS, st.integers(-3, 3))
@undecided_is_no_case
def test_a_row_or_its_negation_holds_and_never_both(row, low, offset):
    high = forced_low(row, low) + offset
    other = negated(row)
    assert other[:2] == (row[1], row[0])
    assert row_holds(row, low, high) is not row_holds(other, high, low)
    assert negated(other) == row
    count("test_a_row_or_its_negation_holds_and_never_both")


@given(ROWS, DAYS)
@undecided_is_no_case
def test_what_is_forced_is_the_least_high_end_and_the_greatest_low_end(row, day):
    high, low = forced_low(row, day), forced_high(row, day)
    assert row_holds(row, day, high)
    assert not row_holds(row, day, high - 1)
    assert row_holds(row, low, day)
    assert not row_holds(row, low + 1, day)
    count("test_what_is_forced_is_the_least_high_end_and_the_greatest_low_end")


@given(ROWS, DAYS, st.integers(-40, 40))
@undecided_is_no_case
def test_forcing_forwards_and_backwards_are_adjoint_and_monotone(row, low, offset):
    high = forced_low(row, low) + offset
    assert (forced_low(row, low) <= high) is (low <= forced_high(row, high))
    assert forced_low(row, low) <= forced_low(row, low + 1)
    assert forced_high(row, high) <= forced_high(row, high + 1)
    assert forced_low(row, low + CYCLE) == forced_low(row, low) + CYCLE
    count("test_forcing_forwards_and_backwards_are_adjoint_and_monotone")


@pytest.mark.parametrize("is_inverse", [False, True])
@pytest.mark.parametrize("months", [0, 1, -1, 2, -3, 11, 12, -12, 13, 48])
def test_the_least_gain_is_the_least_that_any_day_gains(months, is_inverse):
    row = (1, 1, 5, months, is_inverse and months != 0)
    sample = [forced_low(row, day) - day for start in (693_000, 727_500) for day in range(start, start + 6_600)]
    assert least_gain(row) == min(sample)
    assert least_gain(row) == gains(row)
    count("test_the_least_gain_is_the_least_that_any_day_gains")


@given(ROWS, DAYS)
@undecided_is_no_case
def test_no_day_gains_less_than_the_least_gain(row, day):
    assert forced_low(row, day) - day >= least_gain(row)
    count("test_no_day_gains_less_than_the_least_gain")


# Size


def ring(size, gain):
    """A cycle over variables 1… that gains so many days going round."""
    return [(at, at % size + 1, gain if at == size else 0, 0, False) for at in range(1, size + 1)]


@BOTH_WAYS
@pytest.mark.parametrize("size", [1, 2, 1_000, 20_000])
def test_a_cycle_without_bounds_contradicts_itself_if_it_gains(size, mirrored):
    rows = ring(size, 1)
    began = time.process_time()
    walk = LeastDating(size + 1, rows, is_mirrored=mirrored).add(range(size))
    assert time.process_time() - began < 5
    assert sorted(walk) == list(range(size))
    check_contradicts(rows, walk, range(size))
    count("test_a_cycle_without_bounds_contradicts_itself_if_it_gains")


@pytest.mark.parametrize("size", [1, 2, 1_000, 20_000])
def test_a_cycle_without_gain_is_consistent_and_unbounded(size):
    rows = ring(size, 0)
    least = LeastDating(size + 1, rows)
    assert least.add(range(size)) is None
    assert bounds_of(least) == [0] + [None] * size
    assert all_hold(rows, find_witness(least, range(size), [0] + [7] * size))
    count("test_a_cycle_without_gain_is_consistent_and_unbounded")


def test_a_long_cycle_with_calendar_months_contradicts_itself():
    rows = [(at, at % 1_000 + 1, -28, 1, False) for at in range(1, 1_000)] + [(1_000, 1, 1, 0, False)]
    walk = LeastDating(1_001, rows).add(range(1_000))
    assert sorted(walk) == list(range(1_000))
    check_contradicts(rows, walk, range(1_000))
    count("test_a_long_cycle_with_calendar_months_contradicts_itself")


@pytest.mark.parametrize(("size", "is_listed_upwards"), [(20_000, True), (4_000, False)])
@BOTH_WAYS
def test_a_long_chain_carries_a_bound_to_its_end(mirrored, size, is_listed_upwards):
    steps = [(at, at + 1, 1, 0, False) for at in range(1, size)]
    rows = (steps if is_listed_upwards is not mirrored else steps[::-1]) + [at_least(1, 5), at_most(size, 2 * size)]
    least = LeastDating(size + 1, rows, is_mirrored=mirrored)
    began = time.process_time()
    assert least.add(range(len(rows))) is None
    assert time.process_time() - began < 3  # the order in which rows are listed does not matter much
    assert (least.bound(1), least.bound(size)) == ((size + 1, 2 * size) if mirrored else (5, size + 4))
    assert len(least.reason(1 if mirrored else size)) == size
    walk = LeastDating(size + 1, [*rows, at_most(size, size + 3)], is_mirrored=mirrored).add(range(len(rows) + 1))
    assert walk is not None
    check_contradicts([*rows, at_most(size, size + 3)], walk, range(len(rows) + 1))
    count("test_a_long_chain_carries_a_bound_to_its_end")


def test_spokes_on_a_hub_are_bounded_by_it_and_clash_through_it():
    size = 5_000
    rows = [at_least(1, 100)] + [row for at in range(2, size) for row in ((1, at, 3, 0, False), (at, 1, -10, 0, False))]
    least, greatest = LeastDating(size, rows), LeastDating(size, rows, is_mirrored=True)
    assert least.add(range(len(rows))) is None
    assert greatest.add(range(len(rows))) is None
    assert {least.bound(at) for at in range(2, size)} == {103}
    assert {greatest.bound(at) for at in range(1, size)} == {None}
    rows += [at_least(2, 200), at_most(3, 192)]
    assert least.add([len(rows) - 2]) is None
    assert (least.bound(1), least.bound(3)) == (190, 193)
    walk = least.add([len(rows) - 1])
    check_contradicts(rows, walk, range(len(rows)))
    assert len(walk) == 4
    count("test_spokes_on_a_hub_are_bounded_by_it_and_clash_through_it")
