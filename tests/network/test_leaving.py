"""The rows that leave each variable, held beside a list for each of them."""

import random

import pytest

from rehabfacts.network.leaving import Leaving

SIZE = 6


def drawn(rng, count):
    """Rows of which some say the same, so that only being the same row tells them apart."""
    return [(rng.randrange(SIZE), rng.randrange(SIZE), rng.randrange(2), 0, False) for _ in range(count)]


def is_the_same(one, other):
    """Whether two lists hold the same rows, each as often, in whatever order."""
    return sorted(map(id, one)) == sorted(map(id, other))


@pytest.mark.parametrize("seed", range(200))
def test_what_is_put_in_leaves_until_it_is_taken_out(seed):
    rng = random.Random(seed)  # noqa: S311  # the same rows every time
    near = seed % 2
    leaving, expected = Leaving(SIZE, is_mirrored=bool(near)), [[] for _ in range(SIZE)]
    copies = []
    for _ in range(8):
        rows = drawn(rng, rng.choice((0, 1, 3, 2 * SIZE, 40)))
        rows += [row for row in rows if rng.random() < 0.2]
        from_zero = [*leaving.put(rows)]
        assert is_the_same(from_zero, [row for row in rows if not row[near]])
        for row in rows:
            if row[near]:
                expected[row[near]].append(row)
        copies.append((leaving.copy(), [own.copy() for own in expected]))
        there = [row for own in expected for row in own] + from_zero
        for row in rng.sample(there, rng.randrange(len(there) + 1)):
            leaving.take(row)
            if row[near]:
                del expected[row[near]][next(at for at, each in enumerate(expected[row[near]]) if each is row)]
    for each, lists in [(leaving, expected), *copies]:
        assert all(is_the_same(each.rows(variable), lists[variable]) for variable in range(SIZE))
        assert [bool(own) for own in each.of] == [bool(own) for own in lists]


def test_of_rows_that_say_the_same_the_one_that_is_meant_is_taken_out():
    rows = [(1, 2, 3, 0, False), tuple([1, 2, 3, 0, False])]  # noqa: C409  # literals that are equal are one object
    leaving = Leaving(3, is_mirrored=False)
    leaving.put(rows)
    leaving.take(rows[0])
    assert leaving.rows(1)[0] is rows[1]
