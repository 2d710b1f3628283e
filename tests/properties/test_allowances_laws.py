"""Laws of allowances over small networks, against every dating: a value is allowed exactly if the others can have theirs."""

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from law_counts import count
from small_networks import datings_of, networks
from strategies import PLACES, month_later

from rehabfacts.network.allowances import UndecidedError, allow
from rehabfacts.network.convex import range_not_above_zero
from rehabfacts.network.inequalities import GAP, Total, at_least, at_most
from rehabfacts.network.labels import LapLimitError

pytestmark = pytest.mark.usefixtures("endless_reasons_fail", "a_law_that_judged_nothing_fails")
JANUARY_31 = 730_516
"""In 2001, a common year."""
X = 1
"""The variable in question: nothing but the clauses bounds it."""


@st.composite
def demands(draw, *, with_totals=False):
    """A network whose rows (and totals) are put into clauses of one to three branches; X is not boxed."""
    network = draw(networks(rows=6, width=3))
    rows = network.every
    totals = []
    if with_totals:
        rows = [row for row in rows if not row[3]]
        for _ in range(draw(st.integers(1, 2))):
            terms = draw(st.lists(st.sampled_from([-2, -1, 0, 0, 1, 3]), min_size=len(network.boxes), max_size=len(network.boxes)))
            middle = sum(each * box[0] for each, box in zip(terms, network.boxes, strict=True))
            told = tuple((each, variable) for variable, each in enumerate(terms, 1) if each)
            totals.append(Total(told, middle + draw(st.integers(-25, 10))))
    boxed = [at for at, row in enumerate(rows) if row in network.boxed and X not in row[:2]]
    numbers = list(draw(st.permutations([*(at for at, row in enumerate(rows) if row not in network.boxed), *(~at for at in range(len(totals)))])))
    made = [((number,),) for number in boxed]
    while numbers:
        size = draw(st.sampled_from([1, 1, 1, 2, 3]))
        made.append(tuple((number,) for number in numbers[:size]))
        numbers = numbers[size:]
    return network, rows, totals, tuple(made)


def is_allowed(network, rows, totals, clauses, value):
    """Whether some choice of branches has a dating with this value, and leaves the others bounds that exceed no total."""
    boxes = [(value, value), *network.boxes[1:]]
    for chosen in itertools.product(*clauses):
        numbers = [number for branch in chosen for number in branch]
        datings = datings_of(boxes, [rows[number] for number in numbers if number >= 0])
        if datings and all(least_sum(totals[~number], datings) <= totals[~number].most for number in numbers if number < 0):
            return True
    return False


def least_sum(total, datings):
    return sum(each * (min if each > 0 else max)(dating[variable] for dating in datings) for each, variable in total.terms)


def holds(spans, value):
    return any((first is None or first <= value) and (last is None or value <= last) for first, last in spans)


def allowed_of(case):
    network, rows, totals, clauses = case
    low, high = network.boxes[0]
    try:
        return allow(rows, clauses, X, ((None, low - 1), (high + 1, None)), totals=totals)
    except (UndecidedError, LapLimitError):
        assume(condition=False)


@given(demands())
def test_a_value_is_allowed_exactly_if_the_others_can_have_theirs(case):
    network, rows, totals, clauses = case
    low, high = network.boxes[0]
    found = allowed_of(case)

    tried = range(low - 40, high + 40)
    right = [value for value in tried if is_allowed(network, rows, totals, clauses, value)]

    if found.is_whole:
        assert [value for value in tried if holds(found.spans, value)] == right
        assert all(one[1] + 1 < two[0] for one, two in itertools.pairwise(found.spans))
    else:
        near = {*[value for value in right if value < low][-1:], *[value for value in right if value > high][:1]}
        told = {value for value in tried if holds(found.spans, value)}
        assert near <= told <= set(right)
    count("test_a_value_is_allowed_exactly_if_the_others_can_have_theirs", len(tried))


@given(st.sampled_from(PLACES), st.integers(-4, 4), st.integers(0, 6), st.sampled_from([1, 2, 12, -1]), st.integers(-3, 3), st.booleans())
def test_of_days_some_months_after_others_the_nearest_are_found(place, first, width, months, stated, is_inverse):
    low, high = place + first, place + first + width
    rows = [at_least(2, low), at_most(2, high)]
    rows += [(1, 2, 0, months, False), (2, 1, 0, months, True)] if is_inverse else [(2, 1, 0, months, False), (1, 2, 0, months, True)]
    start = month_later(place, -months if is_inverse else months) + stated
    found = allow(rows, [((number,),) for number in range(4)], X, ((None, start - 1), (start + 1, None)))

    tried = range(start - 60, start + 60)
    days = range(low, high + 1)
    pairs = ((day, month_later(day, months) if is_inverse else day) for day in tried)
    images = set(days) if is_inverse else {month_later(day, months) for day in days}
    right = [day for day, image in pairs if image in images]
    near = {*[day for day in right if day < start][-1:], *[day for day in right if day > start][:1]}

    assert found.is_whole is False
    assert {day for day in tried if holds(found.spans, day)} == near
    count("test_of_days_some_months_after_others_the_nearest_are_found", len(tried))


@given(demands(with_totals=True))
def test_under_totals_a_value_is_allowed_exactly_if_the_bounds_of_the_others_exceed_none(case):
    network, rows, totals, clauses = case
    low, high = network.boxes[0]
    found = allowed_of(case)

    tried = [value for value in range(low - 30, high + 30) if not low <= value <= high]
    right = [value for value in tried if is_allowed(network, rows, totals, clauses, value)]

    assert [value for value in tried if holds(found.spans, value)] == right
    count("test_under_totals_a_value_is_allowed_exactly_if_the_bounds_of_the_others_exceed_none", len(tried))


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-60, 60)), min_size=1, max_size=4), st.integers(-30, 30), st.integers(0, 60), st.booleans())
def test_a_convex_function_is_found_not_above_zero_where_it_is(lines, first, width, is_falling):
    def function(number):
        return max(slope * number + height for slope, height in lines)

    ends = (None, first) if is_falling else (first, first + width)
    tried = range(first - 300, first + 1) if is_falling else range(first, first + width + 1)
    right = [number for number in tried if function(number) <= 0]
    found = range_not_above_zero(function, *ends)

    if found is None:
        assert right == []
    else:
        assert [number for number in tried if holds((found,), number)] == right
    count("test_a_convex_function_is_found_not_above_zero_where_it_is", len(tried))


def test_gaps_leave_ranges_between_them():
    rows = [(2, 2, 10, 20, GAP), (1, 2, 0, 0, False), (2, 1, 0, 0, False), (0, 2, 5, 0, False), (2, 0, -30, 0, False)]
    found = allow(rows, [((number,),) for number in range(5)], X, ())

    assert (found.spans, found.is_whole) == (((5, 10), (20, 30)), True)
    count("test_gaps_leave_ranges_between_them")


def test_ranges_that_touch_are_one():
    rows = [(0, 1, 6, 0, False), (1, 0, -9, 0, False), (0, 1, 1, 0, False), (1, 0, -5, 0, False)]

    assert allow(rows, [((0, 1), (2, 3))], X, ()).spans == ((1, 9),)
    count("test_ranges_that_touch_are_one")


def test_the_nearest_beyond_a_window_is_not_in_it():
    march = [(2, 1, 0, 1, False), (1, 2, 0, 1, True), at_least(2, JANUARY_31), at_most(2, JANUARY_31)]  # the day is 28 February
    clauses = [((number,),) for number in range(4)]

    assert allow(march, clauses, X, ((JANUARY_31, JANUARY_31 + 20),)).spans == ()
    assert allow(march, clauses, X, ((JANUARY_31 + 40, JANUARY_31 + 50),)).spans == ()
    assert allow(march, clauses, X, ((JANUARY_31, JANUARY_31 + 28),)).spans == ((JANUARY_31 + 28, JANUARY_31 + 28),)
    count("test_the_nearest_beyond_a_window_is_not_in_it")


def test_totals_over_what_months_move_are_left_undecided():
    rows = [(1, 2, 0, 1, False), at_least(3, 5), at_most(3, 9), at_most(2, 800_000)]
    clauses = [((0,),), ((1,),), ((2,),), ((3,),), ((~0,),)]

    with pytest.raises(UndecidedError):
        allow(rows, clauses, X, ((None, 0),), totals=[Total(((1, 2), (1, 3)), 10)])
    assert allow(rows, clauses, X, ((None, 0),), totals=[Total(((1, 3),), 4)]).spans == ()
    assert allow(rows, clauses, X, ((None, 0),), totals=[Total(((1, 3),), 5)]).is_whole
    count("test_totals_over_what_months_move_are_left_undecided")


def test_too_many_cases_are_left_undecided():
    rows = [row for at in range(2, 12) for row in ((0, at, 1, 0, False), (at, 0, 1, 0, False))]
    clauses = [((number,), (number + 1,)) for number in range(0, 20, 2)]

    with pytest.raises(UndecidedError):
        allow(rows, clauses, X, ())
    count("test_too_many_cases_are_left_undecided")
