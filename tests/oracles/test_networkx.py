"""networkx's Bellman-Ford on larger networks: consistency, and every bound."""

from answers import OUTCOMES, is_shown_consistent, solved
from random_networks import day_network, networks

ONE_IN = 50


def sized(seed, size):
    return networks(day_network, seed + 30, max(20, size // ONE_IN), most=200, least=50, holes=0)


def graph(networkx, network, *, turned=False):
    """Rows as arcs whose length is the days that they take off: the shortest way is the one that forces most."""
    found = networkx.DiGraph()
    found.add_nodes_from(range(network.size))
    for row in network.rows:
        ends = row[1::-1] if turned else row[:2]
        if ends not in found.edges or found.edges[ends]["weight"] > -row[2]:
            found.add_edge(*ends, weight=-row[2])
    return found


def test_a_network_is_consistent_exactly_if_networkx_finds_no_cycle_that_gains(networkx, tally, seed, size):
    judged = tally("networkx", "larger networks", max(20, size // ONE_IN), OUTCOMES)
    for network in sized(seed, size):
        holds = not networkx.negative_edge_cycle(graph(networkx, network))
        judged.compare(network, OUTCOMES[not holds], holds, is_shown_consistent(network))


def test_every_bound_is_as_far_as_networkx_says(networkx, tally, seed, size):
    judged = tally("networkx", "bounds", size, ("stated", "none"))
    for network in sized(seed, size):
        (least, walk), (greatest, _) = solved(network), solved(network, mirrored=True)
        if walk is not None:
            continue
        ways = [networkx.single_source_bellman_ford_path_length(graph(networkx, network, turned=turned), 0) for turned in (False, True)]
        for variable in range(1, network.size):
            for found, way, sign in ((least.bound(variable), ways[0], -1), (greatest.bound(variable), ways[1], 1)):
                expected = sign * way[variable] if variable in way else None
                judged.compare((network, variable), "none" if expected is None else "stated", expected, found)
