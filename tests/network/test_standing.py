"""Which rows say no more than others that stand."""

import pytest

from rehabfacts.network.inequalities import gap
from rehabfacts.network.standing import Standing

ROWS = [
    (1, 2, 3, 0, False), (1, 2, 5, 0, False), (2, 1, 5, 0, False),
    (1, 2, 3, 1, False), (1, 2, 3, 1, True), (1, 2, 5, 1, True), gap(1, 3, 9), gap(1, 5, 9),
]  # fmt: skip
SAID = {0: {0}, 1: {0, 1}, 2: {2}, 3: {3}, 4: {4, 5}, 5: {5}, 6: {6, 7}, 7: {7}}
"""Of each row, those that hold wherever it does, between the same ends and over as many months."""


@pytest.mark.parametrize("row", SAID)
def test_a_row_that_stands_says_itself_and_what_is_weaker(row):
    standing = Standing(ROWS, ())
    standing.add([row])
    assert {number for number in range(len(ROWS)) if standing.has(number)} == SAID[row]
    standing.drop([row])
    assert [number for number in range(len(ROWS)) if standing.has(number)] == []


def test_rows_go_in_turn_the_last_first():
    standing = Standing(ROWS, always={2})
    standing.add([0])
    standing.add([1, 0])
    standing.drop([1, 0])
    assert [number for number in range(len(ROWS)) if standing.has(number)] == [0, 2]
