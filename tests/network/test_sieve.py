"""What falls out of a network in bulk is what falls out of it in turn."""

import random

import pytest

from rehabfacts.calendars import day_number
from rehabfacts.network.inequalities import at_least, at_most, gap
from rehabfacts.network.labels import LapLimitError
from rehabfacts.network.propagation import LeastDating
from rehabfacts.network.sieve import sift


def drawn(rng):
    """A network that holds together with one row more at a time, and groups of one to three rows, many of which cannot be met."""
    size, has_months = rng.randrange(3, 14), rng.random() < 0.4
    rows = [(rng.randrange(size), rng.randrange(size), rng.randrange(-40, 20), 0, False) for _ in range(rng.randrange(4, 50))]
    if has_months:
        rows += [(rng.randrange(1, size), rng.randrange(1, size), rng.randrange(-40, 5), rng.choice([1, -1, 12]), rng.random() < 0.5) for _ in range(4)]
    if rng.random() < 0.3:
        rows.append(gap(rng.randrange(1, size), 10, 25))
    rows += [at_least(rng.randrange(1, size), rng.randrange(30)) for _ in range(4)]
    rows += [at_most(rng.randrange(1, size), rng.randrange(20, 120)) for _ in range(4)]
    numbers = list(range(len(rows)))
    rng.shuffle(numbers)
    network = LeastDating(size, rows)
    for number in numbers[: rng.randrange(8)]:
        network.add((number,))
    groups = []
    while numbers:
        most = rng.randrange(1, 4)
        groups.append(tuple(numbers[:most]))
        del numbers[:most]
    return network, groups


def in_turn(network, groups):
    network = network.copy()
    return [place for place, group in enumerate(groups) if network.add(group) is not None]


def held_bounds(network, accepted):
    network = network.copy()
    assert network.add(accepted) is None
    return network.bounds()


def check_in_turn(network, groups, place, walk, fallen):
    """The walk comes round over the group, what was in and what was accepted before; its rows contradict each other."""
    allowed = {number for at, group in enumerate(groups[:place]) if at not in fallen for number in group}
    assert not {*groups[place]}.isdisjoint(walk)
    assert all(number in allowed or number in groups[place] or network._is_in(number) for number in walk)
    assert LeastDating(len(network.value), network.rows).add(walk) is not None


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_what_falls_out_is_what_is_refused_when_groups_are_added_in_turn(is_mirrored):
    fallen = 0
    for seed in range(150):
        network, groups = drawn(random.Random(seed))  # noqa: S311  # the same networks every time
        if is_mirrored:
            held = [number for group in groups for number in group if network._is_in(number)]
            network = LeastDating(len(network.value), network.rows, is_mirrored=True)
            network.add(held)
        before = (list(network.value), list(network.by))
        try:
            expected = in_turn(network, groups)
            sieved, walks = sift(network, groups)
        except LapLimitError:
            continue
        accepted = [number for place, group in enumerate(groups) if place not in expected for number in group]
        assert (sorted(walks), sieved.bounds()) == (expected, held_bounds(network, accepted)), seed
        assert before == (network.value, network.by)
        for place, walk in walks.items():
            check_in_turn(network, groups, place, walk, expected)
        fallen += len(expected)
    assert fallen > 300


def lattice(rng):
    """Distances between neighbours bounded both ways, some of them turned round, on a square of points of which some are dated."""
    side = 5
    day = [0, *(10 * (n // side + n % side) + rng.randrange(10) for n in range(side * side))]
    pairs = [(n + 1, n + 1 + step) for n in range(side * side) for step in (1, side) if step + (n % side if step == 1 else n) < (side if step == 1 else side * side)]
    rows = [at(point, day[point]) for point in rng.sample(range(1, side * side + 1), 3) for at in (at_least, at_most)]
    for one, two in pairs:
        distance = day[two] - day[one] + rng.choice([0, 0, 0, 0, 9, 30])
        rows += [(one, two, distance - rng.randrange(5), 0, False), (two, one, -(distance + rng.randrange(5)), 0, False)]
    rng.shuffle(rows)
    return LeastDating(side * side + 1, rows), [(number,) for number in range(len(rows))]


@pytest.mark.parametrize("seed", range(12))
def test_what_contradicts_a_neighbour_falls_out_as_in_turn_too(seed):
    network, groups = lattice(random.Random(seed))  # noqa: S311  # the same networks every time
    network.rows.extend([(0, 0, 1, 0, False) if seed % 2 else (0, 0, -30, 1, False), (3, 3, 2, 0, False), (4, 4, -30, 1, False)])
    groups += [(len(groups) + n,) for n in range(3)]
    expected = in_turn(network, groups)
    sieved, walks = sift(network, groups)
    accepted = [number for number in range(len(groups)) if number not in expected]
    assert (sorted(walks), sieved.bounds()) == (expected, held_bounds(network, accepted))
    assert len(expected) > 5
    for place, walk in walks.items():
        check_in_turn(network, groups, place, walk, expected)


def test_what_is_left_undecided_is_not_said_to_fall_out():
    rows = [at_least(1, day_number(2000, 1, 1)), (1, 2, 0, 48, False), (2, 1, -1_460, 0, False)]  # four years are a day too long, but about 2100
    with pytest.raises(LapLimitError):
        sift(LeastDating(3, rows), [(0,), (1,), (2,)])
