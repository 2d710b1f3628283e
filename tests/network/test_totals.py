"""Totals: what the bounds show of them, and datings under which they hold."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_networks import check_contradicts, says_as_much

from rehabfacts.network.contradictions import Chain, Sum
from rehabfacts.network.inequalities import Total, at_least, at_most, forced_high, forced_low, gap
from rehabfacts.network.networks import Network
from rehabfacts.network.solutions import Dating, solve
from rehabfacts.network.totals import excess, greatest_sum, is_sure, least_sum, narrowed, negated_total

JUDGED = {"dating": 0, "proof": 0, "neither": 0}


def network(size, *rows):
    found = Network.of(size + 1, list(rows))
    assert found.add(range(len(rows))) is None
    return found


def boxed(*boxes):
    return [row for variable, (first, last) in enumerate(boxes, 1) for row in (at_least(variable, first), at_most(variable, last))]


def holds(total, values):
    return sum(times * values[variable] for times, variable in total.terms) <= total.most


def test_the_least_and_the_greatest_sum_are_those_of_the_bounds():
    known = network(2, *boxed((1, 3), (2, 4)))
    total = Total(((2, 1), (-1, 2)), 3)

    assert (least_sum(total, known), greatest_sum(total, known), is_sure(total, known)) == (-2, 4, False)
    assert is_sure(Total(total.terms, 4), known)
    assert (least_sum(total, network(2, at_least(1, 1))), greatest_sum(total, network(2, at_most(1, 1)))) == (None, None)


def test_an_excess_is_shown_by_the_walks_to_the_bounds():
    rows = [at_least(1, 1), (1, 2, 5, 0, False), at_most(3, 4)]
    known = network(3, *rows)
    totals = [Total(((1, 1), (1, 2), (-1, 3)), 2), Total(((1, 1), (1, 2), (-1, 3)), 3)]
    found = excess(totals, 0, known)

    assert (found.total, found.walks) == (0, ((0,), (0, 1), (2,)))
    assert excess(totals, 1, known) is None


TERMS = st.lists(st.tuples(st.sampled_from([-3, -1, 1, 1, 2]), st.integers(1, 3)), min_size=1, max_size=3, unique_by=lambda each: each[1])
TOTALS = st.builds(lambda terms, most: Total(tuple(terms), most), TERMS, st.integers(-8, 8))


@given(TOTALS, st.tuples(*[st.integers(-4, 4)] * 3))
def test_a_total_or_its_negation_holds_and_never_both(total, values):
    negated = negated_total(total)

    assert holds(total, (0, *values)) is not holds(negated, (0, *values))
    assert (negated_total(negated).terms, negated_total(negated).most) == (total.terms, total.most)


# Datings


def dated(totals, rows, size):
    """A dating under which rows and totals hold, by the bounds that were found; None if none were."""
    known = network(size, *rows)
    before = [(list(each.value), list(each.by)) for each in (known.least, known.greatest)]
    bounds = narrowed(totals, known, known.least.rows)
    assert before == [(list(each.value), list(each.by)) for each in (known.least, known.greatest)]
    assert len(known.least.rows) == len(rows)
    if bounds is None:
        return None
    known.least.rows.extend(bounds)
    assert known.push(range(len(rows), len(rows) + len(bounds))) is None
    assert all(is_sure(total, known) for total in totals)
    return [known.bounds(variable) for variable in range(size + 1)]


def equal(terms, value):
    return [Total(tuple(terms), value), Total(tuple((-times, variable) for times, variable in terms), -value)]


def test_large_numbers_that_add_up_are_found():
    rows = boxed((300_000, 500_000), (100_000, 900_000), (0, 2_000_000))
    totals = [*equal([(1, 1), (1, 2), (-1, 3)], 0), *equal([(2, 1), (-1, 2)], 123_457)]
    (one, _), (two, _), (three, _) = dated(totals, rows, 3)[1:]

    assert (one + two, 2 * one - two) == (three, 123_457)


def test_numbers_without_bounds_are_moved_as_far_as_needed():
    assert dated([Total(((-1, 1),), -1_000_000)], [at_least(1, 3)], 1)[1][0] >= 1_000_000
    assert dated([Total(((1, 1),), -1_000_000)], [at_most(1, 3)], 1)[1][1] <= -1_000_000
    assert dated([Total(((1, 1), (-1, 2)), -10)], [], 2) is not None
    low, high = dated([Total(((1, 1), (-1, 2)), -10)], [(2, 1, -20, 0, False)], 2)[1:]
    assert high[0] - low[1] >= 10


def test_holes_are_left_out():
    values = dated(equal([(1, 1), (1, 2)], 10), [*boxed((0, 9), (0, 9)), gap(1, 2, 7), gap(2, 2, 8)], 2)

    assert values[1:] in ([(1, 1), (9, 9)], [(2, 2), (8, 8)], [(8, 8), (2, 2)], [(9, 9), (1, 1)])


def test_what_no_numbers_meet_is_given_up():
    assert dated(equal([(2, 1)], 7), boxed((0, 100)), 1) is None
    assert dated([Total(((1, 1), (1, 2)), 5), Total(((-1, 1), (-1, 2)), -6)], boxed((0, 9), (0, 9)), 2) is None


def test_as_many_bounds_are_tried_as_may_be():
    known = network(1, *boxed((0, 1 << 40)))
    totals = equal([(2, 1)], 777_777)

    assert narrowed(totals, known, known.least.rows, most=100) is None
    assert narrowed(equal([(2, 1)], 777_778), known, known.least.rows, most=100) is not None


# Solving


@st.composite
def stories(draw):
    """Small boxes with holes; clauses of one to three branches of rows and totals."""
    size = draw(st.integers(2, 3))
    boxes = [(first, first + draw(st.integers(0, 4))) for first in draw(st.lists(st.integers(-3, 3), min_size=size, max_size=size))]
    rows, totals = boxed(*boxes), []
    clauses = [((number,),) for number in range(len(rows))]
    for variable, (first, last) in enumerate(boxes, 1):
        if last - first > 1 and draw(st.integers(0, 2)) == 0:
            rows.append(gap(variable, first, draw(st.integers(first + 2, last))))
            clauses.append(((len(rows) - 1,),))
    ends = st.lists(st.integers(1, size), min_size=2, max_size=2, unique=True)
    for _ in range(draw(st.integers(1, 5))):
        branches = []
        for _ in range(draw(st.sampled_from([1, 1, 2, 3]))):
            branch = []
            for _ in range(draw(st.sampled_from([1, 1, 2]))):
                if draw(st.booleans()):
                    low, high = draw(ends)
                    rows.append((low, high, draw(st.integers(-3, 4)), 0, False))
                    branch.append(len(rows) - 1)
                else:
                    terms = draw(TERMS.filter(lambda each: all(variable <= size for _, variable in each)))
                    totals.append(Total(tuple(terms), draw(st.integers(-8, 8))))
                    branch.append(~(len(totals) - 1))
            branches.append(tuple(branch))
        clauses.append(tuple(branches))
    return boxes, rows, totals, tuple(clauses)


def number_holds(rows, totals, number, values):
    if number < 0:
        return holds(totals[~number], values)
    row = rows[number]
    return forced_low(row, values[row[0]]) <= values[row[1]]


def all_clauses_hold(story, values):
    _, rows, totals, clauses = story
    return all(any(all(number_holds(rows, totals, number, values) for number in branch) for branch in clause) for clause in clauses)


def check_refusal(story, proof, usable):
    _, rows, totals, clauses = story
    if isinstance(proof, Chain):
        check_contradicts(rows, proof.rows, usable)
    elif isinstance(proof, Sum):
        assert ~proof.total in usable
        total, reached = totals[proof.total], 0
        for (times, variable), walk in zip(total.terms, proof.walks, strict=True):
            assert set(walk) <= usable
            steps, near, far = ([rows[each] for each in walk], 0, 1) if times > 0 else ([rows[each] for each in reversed(walk)], 1, 0)
            place, value = 0, 0
            for row in steps:
                assert row[near] == place
                place, value = row[far], (forced_low if times > 0 else forced_high)(row, value)
            assert place == variable
            reached += times * value
        assert reached > total.most
    else:
        for branch, inner in zip(clauses[proof.clause], proof.branches, strict=True):
            check_refusal(story, inner, usable | {*branch})


def sure(story):
    """What holds whichever branches do."""
    _, rows, _, clauses = story
    return {
        number for clause in clauses for branch in clause for number in branch
        if len(clause) == 1 or (number >= 0 and all(any(each >= 0 and says_as_much(rows[each], rows[number]) for each in other) for other in clause))
    }  # fmt: skip


@given(stories())
def test_clauses_with_totals_are_dated_if_any_dating_meets_them_and_refused_only_if_none_does(story):
    boxes, rows, totals, clauses = story
    found = any(all_clauses_hold(story, (0, *values)) for values in itertools.product(*(range(first, last + 1) for first, last in boxes)))
    answer = solve(rows, clauses, totals)
    assert isinstance(answer, Dating) is found  # in so small boxes all are tried
    if found:
        assert all_clauses_hold(story, [answer.values.get(variable, 0) for variable in range(len(boxes) + 1)])
    elif answer is not None:
        check_refusal(story, answer, sure(story))
    JUDGED["dating" if found else "neither" if answer is None else "proof"] += 1


def test_the_law_judged_both_datings_and_proofs():
    assert min(JUDGED["dating"], JUDGED["proof"]) > 5


@pytest.mark.parametrize("rest", [0, 1])
def test_another_choice_is_tried_where_no_numbers_are_found_for_the_first(rest):
    rows = boxed((0, 9))
    totals = [*equal([(2, 1)], 7), *equal([(2, 1)], 7 + rest)]
    clauses = (*(((number,),) for number in range(2)), ((~0, ~1), (~2, ~3)))
    answer = solve(rows, clauses, totals)

    assert (answer.values if answer else None) == (None if rest == 0 else {0: 0, 1: 4})
