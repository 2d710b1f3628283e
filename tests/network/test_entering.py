"""Where rows stand, while they come and go at the end of the list, and some are there more than once."""

import random

import pytest

from rehabfacts.network.entering import Entering


@pytest.mark.parametrize("seed", range(100))
def test_a_row_is_found_where_it_stands_and_is_in(seed):
    rng = random.Random(seed)  # noqa: S311  # the same rows every time
    rows, is_mirrored = [], bool(seed % 2)
    entering = Entering(rows, is_mirrored=is_mirrored)
    for _ in range(30):
        gone = rng.randrange(len(rows) + 1) if rng.random() < 0.4 else 0
        del rows[len(rows) - gone :]
        fresh = [(rng.randrange(3), rng.randrange(3), 0, 0, False) for _ in range(rng.randrange(60))]
        first = len(rows)
        rows += [rng.choice(rows) if rows and rng.random() < 0.2 else row for row in fresh]
        entering.see(range(first, len(rows)))
        are_in = {number for number in range(len(rows)) if rng.random() < 0.7}
        asked = rng.sample(sorted(are_in), min(len(are_in), 25))
        found = entering.numbers([rows[number] for number in asked], are_in.__contains__)
        assert all(rows[one] is rows[other] and one in are_in for one, other in zip(found, asked, strict=True))
        for variable in range(3):
            assert [*entering.to(variable)] == [number for number, row in enumerate(rows) if row[0 if is_mirrored else 1] == variable]
