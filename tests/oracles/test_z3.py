"""Z3's difference logic beside the solver, on random networks with holes, on clauses, and on totals."""

from answers import OUTCOMES, SOLVED, choices, is_shown_consistent, is_shown_solvable, solved
from asking import Asking
from random_networks import clause_network, day_network, networks


def test_a_network_is_consistent_exactly_if_z3_says_so(z3, tally, seed, size):
    judged = tally("z3", "networks", size, OUTCOMES)
    asking = Asking(z3)
    for network in networks(day_network, seed, size):
        asking.told(network.rows)
        holds = asking.is_feasible()
        judged.compare(network, OUTCOMES[not holds], holds, is_shown_consistent(network))


def test_every_bound_is_the_tightest_that_z3_finds(z3, tally, seed, size):
    judged = tally("z3", "bounds", size // 2, ("stated", "none"))
    asking = Asking(z3)
    for network in networks(day_network, seed + 1, size // 2, most=7):
        asking.told(network.rows)
        if judged.total < size // 2 and asking.is_feasible():
            (least, _), (greatest, _) = solved(network), solved(network, mirrored=True)
            for variable in range(1, network.size):
                check_bound(judged, asking, network, variable, least.bound(variable), is_least=True)
                check_bound(judged, asking, network, variable, greatest.bound(variable), is_least=False)


def check_bound(judged, asking, network, variable, bound, *, is_least):
    """Z3 finds a dating at the bound and none beyond it; where there is no bound, one further than all rows together lead."""
    far = 1 + sum(abs(row[2]) + abs(row[3]) for row in network.rows)
    if is_least:
        at = -far if bound is None else bound
        reached, beyond = (variable, 0, -at, 0, False), (variable, 0, 1 - at, 0, False)
    else:
        at = far if bound is None else bound
        reached, beyond = (0, variable, at, 0, False), (0, variable, at + 1, 0, False)
    found = asking.is_feasible(reached), asking.is_feasible(beyond)
    case = f"{'least' if is_least else 'greatest'} of {variable} is {bound} in {network}"
    judged.compare(case, "none" if bound is None else "stated", found, (True, bound is None))


def test_clauses_are_solved_exactly_as_z3_does(z3, tally, seed, size):
    judged = tally("z3", "networks with clauses", size // 2, SOLVED)
    asking = Asking(z3)
    asking.told(())
    for network in networks(clause_network, seed, size // 2):
        said = choices(lambda clauses, network=network: asking.are_feasible(network, clauses), network)
        judged.compare(network, said, said == SOLVED[0], is_shown_solvable(network))


def test_clauses_with_totals_are_never_solved_otherwise_than_by_z3(z3, tally, seed, size):
    judged = tally("z3", "networks with clauses and totals", max(100, size // 50), OUTCOMES, left_open="left open")
    asking = Asking(z3, "QF_LIA")
    asking.told(())
    for network in networks(clause_network, seed + 2, max(100, size // 50), sums=1):
        holds, shown = asking.are_feasible(network, network.clauses), is_shown_solvable(network)
        judged.compare(network, "left open" if shown is None else OUTCOMES[not holds], holds, holds if shown is None else shown)
