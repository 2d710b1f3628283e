"""Floyd and Warshall's all-pairs algorithm, written out here, on networks of middle size: consistency, bounds, and every row that follows."""

from answers import OUTCOMES, is_shown_consistent, solved
from meanings import contradicts
from random_networks import day_network, networks

from rehabfacts.network.propagation import LeastDating

FAR = -(10**12)
"""No way leads there."""
ONE_IN = 50
"""Networks of middle size for each that was asked for: one holds some hundred pairs of variables."""


def closure(network):
    """How far at least each variable is after each other: the longest way between them; where they contradict, some diagonal gains."""
    far = [[FAR] * network.size for _ in range(network.size)]
    for low, high, days, *_ in network.rows:
        far[low][high] = max(far[low][high], days)
    for middle in range(network.size):
        onwards = far[middle]
        for start in far:
            reached = start[middle]
            if reached > FAR:
                start[:] = [max(known, reached + more) if more > FAR else known for known, more in zip(start, onwards, strict=True)]
    return far


def sized(seed, size):
    return networks(day_network, seed + 20, max(20, size // ONE_IN), most=40, least=8, holes=0)


def is_consistent(far):
    return all(far[each][each] <= 0 for each in range(len(far)))


def test_a_network_is_consistent_exactly_if_no_way_round_gains(tally, seed, size):
    judged = tally("Floyd-Warshall", "networks of middle size", max(20, size // ONE_IN), OUTCOMES)
    for network in sized(seed, size):
        holds = is_consistent(closure(network))
        judged.compare(network, OUTCOMES[not holds], holds, is_shown_consistent(network))


def test_every_bound_is_the_longest_way_from_day_0_or_back_to_it(tally, seed, size):
    judged = tally("Floyd-Warshall", "bounds", max(20, size // ONE_IN), ("stated", "none"))
    for network in sized(seed, size):
        far = closure(network)
        if is_consistent(far):
            (least, _), (greatest, _) = solved(network), solved(network, mirrored=True)
            for variable in range(1, network.size):
                for found, way in ((least.bound(variable), far[0][variable]), (greatest.bound(variable), far[variable][0])):
                    expected = None if way <= FAR else way if found == way else -way
                    judged.compare((network, variable), "none" if way <= FAR else "stated", expected, found)


def test_a_row_follows_exactly_if_the_way_between_its_ends_is_as_long(tally, seed, size):
    judged = tally("Floyd-Warshall", "rows between two variables", size, ("entailed", "open"))
    for network in sized(seed, size):
        far = closure(network)
        if is_consistent(far):
            check_entailments(judged, network, far)


def check_entailments(judged, network, far):
    """For every pair: the longest row that follows, and a day more, which does not; asked by what contradicts its negation."""
    ends = [(low, high) for low in range(network.size) for high in range(network.size) if low != high]
    asked = []
    for low, high in ends:
        days = far[low][high] if far[low][high] > FAR else sum(-abs(row[2]) for row in network.rows) - 1
        asked += [(high, low, 1 - days, 0, False), (high, low, -days, 0, False)]
    rows = [*network.rows, *asked]
    least = LeastDating(network.size, rows)
    assert least.add(network.numbers) is None
    for at, row in enumerate(asked):
        number = len(network.rows) + at
        follows = at % 2 == 0 and far[row[1]][row[0]] > FAR
        walk = least.contradiction((number,))
        found = walk is not None and contradicts(rows, walk, {*network.numbers, number}) and number in walk
        judged.compare(f"{row} in {network}", "entailed" if follows else "open", follows, found)
