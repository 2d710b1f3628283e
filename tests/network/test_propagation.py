"""Rows that are added more than once, in one group or in two, are in once."""

import pytest

from rehabfacts.network.inequalities import at_least
from rehabfacts.network.propagation import LeastDating

ROWS = [at_least(1, 3), (1, 2, 4, 0, False), (1, 3, 1, 0, False), (2, 3, 5, 0, False), at_least(3, 1)]
EVERY = range(len(ROWS))


@pytest.mark.parametrize(("first", "second"), [
    (EVERY, EVERY), (EVERY, (2, 3)), ((2, 3), EVERY), ((1, 1, 0), EVERY), ((1, 1, 0, 1), (4, 4, 3, 2, 2)), (range(2, 4), range(1, 5)), ((), EVERY),
    (range(4, -1, -1), (3,)), ((4,), range(4, -1, -2)),
])  # fmt: skip
def test_a_row_is_in_once_however_often_it_is_added(first, second):
    least, expected = LeastDating(4, ROWS), LeastDating(4, ROWS)
    assert (least.add(first), least.add(second)) == (None, None)
    every = [*dict.fromkeys((*first, *second))]
    for number in every:
        expected.add((number,))
    assert least.bounds() == expected.bounds()
    least.remove(every)
    assert least.bounds() == [0, None, None, None]
    assert all(not least._leaving.rows(variable) for variable in range(4))


def test_what_was_in_before_stays_when_the_rest_of_a_group_is_taken_back():
    rows = [*ROWS, (3, 1, 0, 0, False)]
    least = LeastDating(4, rows)
    least.add((0, 1))
    assert least.add(range(6)) is not None
    assert least.bounds() == [0, 3, 7, None]
    assert least.push(range(5)) is None
    assert least.bounds() == [0, 3, 7, 12]
    least.pop()
    assert least.bounds() == [0, 3, 7, None]
