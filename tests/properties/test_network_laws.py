"""Laws of networks of inequalities, against every dating of small networks at awkward places of the calendar.

DESIGN §3: inconsistent is a chain that comes back to contradict its own start; consistent is a dating that satisfies
every inequality; what a vague date can still mean is the tightened bounds, with the chain that gave each end.
"""

import itertools
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from law_counts import count
from small_networks import (
    all_hold,
    check_contradicts,
    datings_of,
    gains,
    is_bounded_from,
    networks,
    open_networks,
    row_holds,
    undecided_is_no_case,
    walk_value,
)
from strategies import CYCLE, FAR_PLACES, PLACES, month_later

from rehabfacts.network.inequalities import (
    ZERO,
    at_least,
    at_most,
    forced_high,
    forced_low,
    gap,
    least_gain,
    negated,
)
from rehabfacts.network.labels import LapLimitError
from rehabfacts.network.networks import Network
from rehabfacts.network.propagation import LeastDating
from rehabfacts.network.witness import find_witness

pytestmark = pytest.mark.usefixtures("endless_reasons_fail", "a_law_that_judged_nothing_fails")


def state(least):
    return list(least.value), list(least.by), rows_of(least)


def rows_of(least):
    """The rows that are in, and those that each variable knows to leave it."""
    return [each for each in range(len(least.rows)) if least._is_in(each)], [sorted(least._entering.numbers(least._leaving.rows(variable), least._is_in)) for variable in range(len(least.value))]


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


@BOTH_WAYS
@given(networks() | open_networks())
@undecided_is_no_case
def test_latest_rows_give_the_bounds_and_rest_on_none_but_those_that_circle(mirrored, network):
    least, walk = loaded(network, mirrored=mirrored)
    assume(walk is None)
    check_rests_on_nothing_but_circles(least, network.every, range(len(network.every)))
    count("test_latest_rows_give_the_bounds_and_rest_on_none_but_those_that_circle")


def check_rests_on_nothing_but_circles(least, rows, usable):
    force, near = (forced_high, 1) if least.is_mirrored else (forced_low, 0)
    above, behind = {}, least.rows_behind()
    for variable in range(1, len(least.value)):
        bound = least.bound(variable)
        if bound is None or least.is_circling(variable):
            continue
        number = behind[variable]
        assert number in usable
        row = rows[number]
        above[variable] = row[near]
        assert row[1 - near] == variable
        assert force(row, least.bound(row[near])) == bound
    for start in above:
        end = start
        for _ in range(len(above) + 1):
            end = above.get(end, ZERO)
        assert end == ZERO


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


# Removing


@st.composite
def edits(draw):
    """A network with some bounds left out, and which of its rows to put in or take out, step by step."""
    network = draw(networks(rows=9) | open_networks(rows=9))
    numbers = st.lists(st.integers(0, max(0, len(network.every) - 1)), min_size=1, max_size=4, unique=True)
    return network, draw(st.lists(numbers, min_size=1, max_size=8)) if network.every else []


@given(edits())
@undecided_is_no_case
def test_after_any_adding_and_removing_all_is_as_in_a_network_that_had_the_rows_from_the_start(edit):
    network, steps = edit
    rows, size = network.every, len(network.boxes) + 1
    edited, held = Network.of(size, rows), set()
    for step in steps:
        leaving, coming = [number for number in step if number in held], [number for number in step if number not in held]
        edited.remove(leaving)
        held.difference_update(leaving)
        if edited.add(coming) is None:
            held.update(coming)
        check_as_from_the_start(edited, rows, held)
        count("test_after_any_adding_and_removing_all_is_as_in_a_network_that_had_the_rows_from_the_start", len(leaving))


def check_as_from_the_start(edited, rows, held):
    fresh = Network.of(len(edited.least.value), rows)
    assert fresh.add(sorted(held)) is None
    for found, expected in ((edited.least, fresh.least), (edited.greatest, fresh.greatest)):
        assert rows_of(found) == rows_of(expected)
        assert bounds_of(found) == bounds_of(expected)
        assert not any(found._spare)  # marks that another addition would take for its own
        for variable in range(1, len(found.value)):
            reason = found.reason(variable)
            assert set(reason) <= held
            assert bool(reason) is (found.bound(variable) is not None)
            if reason:
                check_gives([rows[number] for number in reason], variable, found.bound(variable), mirrored=found.is_mirrored)
        check_rests_on_nothing_but_circles(found, rows, held)
    for number in range(len(rows)):
        walk = edited.least.contradiction([number])
        assert (walk is None) is (fresh.least.contradiction([number]) is None)
        if walk is not None:
            check_contradicts(rows, walk, {*held, number})


@given(edits())
@undecided_is_no_case
def test_what_was_removed_is_put_back_as_it_was(edit):
    network, steps = edit
    rows, size = network.every, len(network.boxes) + 1
    edited, held = Network.of(size, rows), set()
    for step in steps:
        coming = [number for number in step if number not in held]
        if edited.add(coming) is None:
            held.update(coming)
        before = state(edited.least)
        put_back = edited.least.remove([number for number in step if number in held])
        put_back()
        assert state(edited.least) == before
        check_as_from_the_start(edited, rows, held)
        count("test_what_was_removed_is_put_back_as_it_was")


@pytest.mark.parametrize("removed", [(3, 6), (4, 6)])
def test_what_would_be_undecided_is_not_removed(removed):
    day = PLACES[1]  # in 2000: four years are a day too long until they lead over 1 March 2100, and again until 2200
    rows = [(1, 2, 0, 48, False), (2, 1, -1460, 0, False), at_least(1, day), at_least(1, month_later(day, 1170))]
    rows += [at_most(1, month_later(day, 1190)), at_most(1, month_later(day, 1900)), at_most(3, 5)]
    edited = Network.of(4, rows)
    assert edited.add(range(7)) is None
    before = state(edited.least), state(edited.greatest)
    with pytest.raises(LapLimitError):
        edited.remove(removed)
    assert (state(edited.least), state(edited.greatest)) == before
    check_as_from_the_start(edited, rows, set(range(7)))
    count("test_what_would_be_undecided_is_not_removed")


# Witnesses


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


# Rows


ROWS = st.builds(
    lambda days, months, is_inverse: (1, 2, days, months, is_inverse and months != 0),
    st.integers(-70, 70), st.sampled_from([0, 1, -1, 2, -2, 3, 11, 12, -12, 13, 24, 48, -49]), st.booleans(),
)  # fmt: skip
GAPS = st.builds(lambda place, offset, width: gap(1, place + offset, place + offset + width), st.sampled_from([*PLACES, *FAR_PLACES]), st.integers(-9, 9), st.integers(2, 20))
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


@given(ROWS | GAPS, DAYS)
@undecided_is_no_case
def test_what_is_forced_is_the_least_high_end_and_the_greatest_low_end(row, day):
    high, low = forced_low(row, day), forced_high(row, day)
    assert row_holds(row, day, high)
    assert not row_holds(row, day, high - 1)
    assert row_holds(row, low, day)
    assert not row_holds(row, low + 1, day)
    count("test_what_is_forced_is_the_least_high_end_and_the_greatest_low_end")


@given(ROWS | GAPS, DAYS, st.integers(-40, 40))
@undecided_is_no_case
def test_forcing_forwards_and_backwards_are_adjoint_and_monotone(row, low, offset):
    high = forced_low(row, low) + offset
    assert (forced_low(row, low) <= high) is (low <= forced_high(row, high))
    assert forced_low(row, low) <= forced_low(row, low + 1)
    assert forced_high(row, high) <= forced_high(row, high + 1)
    assert row[0] == row[1] or forced_low(row, low + CYCLE) == forced_low(row, low) + CYCLE
    count("test_forcing_forwards_and_backwards_are_adjoint_and_monotone")


@pytest.mark.parametrize("is_inverse", [False, True])
@pytest.mark.parametrize("months", [0, 1, -1, 2, -3, 11, 12, -12, 13, 48])
def test_the_least_gain_is_the_least_that_any_day_gains(months, is_inverse):
    row = (1, 1, 5, months, is_inverse and months != 0)
    sample = [forced_low(row, day) - day for start in (693_000, 727_500) for day in range(start, start + 6_600)]
    assert least_gain(row) == min(sample)
    assert least_gain(row) == gains(row)
    count("test_the_least_gain_is_the_least_that_any_day_gains")


@given(ROWS | GAPS, DAYS)
@undecided_is_no_case
def test_no_day_gains_less_than_the_least_gain(row, day):
    assert forced_low(row, day) - day >= least_gain(row)
    count("test_no_day_gains_less_than_the_least_gain")


# Size


def ring(size, gain):
    """A cycle over variables 1… that gains so many days going round."""
    return [(at, at % size + 1, gain if at == size else 0, 0, False) for at in range(1, size + 1)]


@pytest.mark.timed
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


@pytest.mark.timed
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
