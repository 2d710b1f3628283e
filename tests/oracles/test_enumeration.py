"""Trying every dating of a few days at awkward places of the calendar: rows of months, holes, clauses."""

from answers import OUTCOMES, is_shown_consistent, is_shown_solvable, solved
from meanings import clause_holds, contradicts, is_gap, row_holds
from random_networks import boxed_network, networks

from rehabfacts.network.inequalities import negated
from rehabfacts.network.propagation import LeastDating


def datings_of(network, *, without=()):
    """Every dating within the boxes under which all clauses hold, but for some."""
    due = [[] for _ in range(network.size)]
    for place, clause in enumerate(network.clauses):
        if place not in without:
            due[max(end for branch in clause for number in branch for end in network.rows[number][:2])].append(clause)
    found = [(0,)]
    for variable in range(1, network.size):
        first, last = network.boxes[variable]
        longer = ((*dating, day) for dating in found for day in range(first, last + 1))
        found = [dating for dating in longer if all(clause_holds(network.rows, clause, dating) for clause in due[variable])]
    return found


def test_a_network_is_consistent_exactly_if_some_dating_of_all_holds(tally, seed, size):
    judged = tally("enumeration", "small networks", size, OUTCOMES)
    for network in networks(boxed_network, seed + 40, size):
        holds = bool(datings_of(network))
        judged.compare(network, OUTCOMES[not holds], holds, is_shown_consistent(network))


def test_every_bound_is_the_extreme_of_all_datings(tally, seed, size):
    judged = tally("enumeration", "bounds, some within their box", size, ("stated", "tightened"))
    for network in networks(boxed_network, seed + 41, size):
        datings = datings_of(network)
        if datings:
            (least, _), (greatest, _) = solved(network), solved(network, mirrored=True)
            for variable, days in enumerate(zip(*datings, strict=True)):
                expected = min(days), max(days)
                is_stated = expected == network.boxes[variable]
                judged.compare((network, variable), "stated" if is_stated else "tightened", expected, (least.bound(variable), greatest.bound(variable)))


def test_a_row_follows_exactly_if_every_dating_satisfies_it(tally, seed, size):
    judged = tally("enumeration", "rows", size, ("entailed", "open"))
    for network in networks(boxed_network, seed + 42, size):
        for number in range(2 * (network.size - 1), len(network.rows)):
            datings = [] if is_gap(network.rows[number]) else datings_of(network, without=(number,))
            if datings:
                follows = all(row_holds(network.rows[number], dating) for dating in datings)
                judged.compare(f"row {number} of {network}", "entailed" if follows else "open", follows, is_shown_entailed(network, number))


def is_shown_entailed(network, number):
    """Whether all other rows contradict the row's negation, by a walk through it."""
    others = [each for each in network.numbers if each != number]
    rows = [*network.rows, negated(network.rows[number])]
    least = LeastDating(network.size, rows)
    assert least.add(others) is None
    walk = least.contradiction((len(rows) - 1,))
    return walk is not None and len(rows) - 1 in walk and contradicts(rows, walk, {*others, len(rows) - 1})


def test_clauses_are_solved_exactly_if_some_dating_of_all_satisfies_them(tally, seed, size):
    judged = tally("enumeration", "small networks with clauses", size, OUTCOMES)
    for network in networks(boxed_network, seed + 43, size, with_clauses=True):
        holds = bool(datings_of(network))
        judged.compare(network, OUTCOMES[not holds], holds, is_shown_solvable(network))
