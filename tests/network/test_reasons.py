"""Why a value is as high as it is: over the fewest rows, and the same whatever else there is."""

import itertools
import random

import pytest

from rehabfacts.network.inequalities import ZERO, at_least, at_most, gap
from rehabfacts.network.propagation import LeastDating


def drawn(rng, size):
    """A network of days alone, often without any dating."""
    rows = [at_least(rng.randrange(1, size), rng.randrange(6)) for _ in range(3)]
    rows += [at_most(rng.randrange(1, size), rng.randrange(12, 25)) for _ in range(2)]
    rows += [(rng.randrange(1, size), rng.randrange(1, size), rng.randrange(-4, 4), 0, False) for _ in range(2 * size)]
    return rows


def by_trying_all(rows, variable, value):
    """The first, in the order of its rows from the end, of the shortest walks from day 0 that force so much; walks pass no variable twice."""
    found = [((), variable, value)]
    for _ in rows:
        longer = [
            ((*walk, number), rows[number][0], needed - rows[number][2])
            for walk, end, needed in found for number in range(len(rows))
            if rows[number][1] == end and rows[number][0] not in {rows[each][1] for each in walk}
        ]  # fmt: skip
        whole = [walk for walk, end, needed in longer if end == ZERO and needed <= 0]
        if whole:
            return [walk[::-1] for walk in whole]
        found = longer
    return []


@pytest.mark.parametrize("seed", range(60))
def test_a_reason_has_the_fewest_rows_that_there_are(seed):
    rng = random.Random(seed)  # noqa: S311  # the same networks every time
    rows = drawn(rng, 5)
    least = LeastDating(5, rows)
    held = [number for number in range(len(rows)) if least.add((number,)) is None]
    kept = [rows[number] for number in held]
    for variable in range(1, 5):
        reason = least.reason(variable)
        shortest = by_trying_all(kept, variable, least.value[variable]) if least.bound(variable) is not None else []
        assert (not reason and not shortest) or tuple(held.index(number) for number in reason) in shortest


def test_rows_come_and_go_at_the_end_of_the_list_and_the_same_row_may_come_again():
    often = (1, 2, 5, 0, False)
    rows = [at_least(1, 3), (1, 2, 4, 0, False), often, often]
    least = LeastDating(4, rows)
    least.add((0,))
    for held, expected in (((2,), (0, 2)), ((3,), (0, 3)), ((1,), (0, 1))):
        least.push(held)
        assert least.reason(2) == expected
        assert least.rows_behind() == [-1, 0, held[0], -1]
        least.pop()
    rows[1:] = [(1, 3, 7, 0, False), often]
    least.push((1, 2))
    assert (least.reason(3), least.reason(2)) == ((0, 1), (0, 2))
    assert least.rows_behind() == [-1, 0, 2, 1]


def accept(network, numbers, refused, *, in_bulk):
    """Adds what holds together, and keeps the walks of what does not: one by one, or in groups that are halved."""
    if not in_bulk:
        for number in numbers:
            accept(network, [number], refused, in_bulk=True)
        return
    walk = network.add(numbers)
    if walk is not None and len(numbers) == 1:
        refused[numbers[0]] = walk
    elif walk is not None:
        middle = len(numbers) // 2
        accept(network, numbers[:middle], refused, in_bulk=True)
        accept(network, numbers[middle:], refused, in_bulk=True)


@pytest.mark.parametrize("seed", range(400))
def test_neither_groups_nor_what_has_nothing_to_do_with_it_change_a_reason_or_a_contradiction(seed):
    rng = random.Random(seed)  # noqa: S311  # the same networks every time
    size, rows = 6, drawn(rng, 6)
    months = [gap(size, 3, 5), at_least(size, 4), (size, size + 1, 0, 1, False)]
    told = []
    for in_bulk, has_other in itertools.product((False, True), repeat=2):
        network, refused = LeastDating(size + 2, [*rows, *months]), {}
        if has_other:
            network.add(range(len(rows), len(rows) + len(months)))
        accept(network, range(len(rows)), refused, in_bulk=in_bulk)
        told.append((refused, [network.reason(variable) for variable in range(1, size)]))
    assert told == [told[0]] * 4


def test_enough_of_the_drawn_networks_have_contradictions():
    refused = {}
    for seed in range(200):
        rows = drawn(random.Random(seed), 6)  # noqa: S311  # the same networks every time
        accept(LeastDating(6, rows), range(len(rows)), refused, in_bulk=False)
    assert len(refused) > 10
