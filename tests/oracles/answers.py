"""The package's answers about a network, each with what it shows for it looked at: a dating, a walk, a proof."""

from meanings import all_hold, clause_holds, contradicts, proves

from rehabfacts.network.propagation import LeastDating
from rehabfacts.network.solutions import Dating, solve
from rehabfacts.network.witness import find_witness

OUTCOMES = ("feasible", "not")
SOLVED = ("feasible", "not, whichever branches are chosen", "not by their sure rows alone")


def solved(network, *, mirrored=False):
    least = LeastDating(network.size, network.rows, is_mirrored=mirrored)
    return least, least.add(network.numbers)


def is_shown_consistent(network):
    """The solver's answer, if what it shows for it is right, both ways: a dating, or a walk that contradicts itself."""
    (least, walk), (greatest, mirrored) = solved(network), solved(network, mirrored=True)
    if walk is None and mirrored is None:
        dating = find_witness(least, network.numbers, [0] * network.size)
        within = all(
            (low is None or low <= value) and (high is None or value <= high)
            for variable, value in enumerate(dating) for low, high in [(least.bound(variable), greatest.bound(variable))]
        )  # fmt: skip
        return True if within and all_hold(network.rows, dating) else f"a dating that is none: {dating}"
    walks = [walk, mirrored]
    return False if all(each and contradicts(network.rows, each, network.numbers) for each in walks) else f"walks that contradict nothing: {walks}"


def is_shown_solvable(network):
    """The answer of `solve`, if what it shows for it is right: a dating, or a proof. None where totals leave it open."""
    rows, clauses, totals = network.rows, network.clauses, network.totals
    answer = solve(rows, clauses, totals)
    if answer is None:
        return None
    if isinstance(answer, Dating):
        values = answer.values | {0: 0}
        return True if all(clause_holds(rows, clause, values, totals) for clause in clauses) else f"a dating that is none: {values}"
    return False if proves(rows, clauses, answer, totals) else f"a proof that is none: {answer}"


def choices(is_feasible, network):
    """What an oracle says about clauses: whether they can hold and, if not, whether choosing branches has to do with it."""
    if is_feasible(network.clauses):
        return SOLVED[0]
    return SOLVED[1] if is_feasible(network.sure) else SOLVED[2]
