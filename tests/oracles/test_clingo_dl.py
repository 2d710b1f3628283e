"""clingo-dl beside the solver, on the same kinds of random networks as Z3 but others: with holes, and with clauses."""

from itertools import islice

from answers import OUTCOMES, is_shown_consistent, is_shown_solvable
from meanings import is_gap
from random_networks import clause_network, day_network, networks

PROGRAM = """
{ on(N) : network(N) }.
1 { taken(N,C,B) : branch(N,C,B) } 1 :- on(N), clause(N,C).
&diff { point(N,L) - point(N,H) } <= D :- taken(N,C,B), row(N,C,B,L,H,D).
"""
"""Of the networks that are on, one branch of each clause is taken, and its rows hold: L + -D <= H."""
AT_ONCE = 20


def facts(number, network):
    """A network as facts: a hole is a clause of two branches."""
    for place, clause in enumerate(network.clauses):
        yield f"clause({number},{place})."
        branches = [[network.rows[each] for each in branch] for branch in clause]
        if len(branches) == 1 and len(branches[0]) == 1 and is_gap(branches[0][0]):
            variable, _, last, following, _ = branches[0][0]
            branches = [[(variable, 0, -last, 0, False)], [(0, variable, following, 0, False)]]
        for at, branch in enumerate(branches):
            yield f"branch({number},{place},{at})."
            yield from (f"row({number},{place},{at},{row[0]},{row[1]},{-row[2]})." for row in branch)


def answers(clingo, clingodl, several):
    """Whether each of a few networks can hold."""
    theory, control = clingodl.ClingoDLTheory(), clingo.Control(["1"])
    theory.register(control)
    told = "\n".join(line for number, network in enumerate(several) for line in (f"network({number}).", *facts(number, network)))
    with clingo.ast.ProgramBuilder(control) as builder:
        clingo.ast.parse_string(f"{PROGRAM}{told}", lambda statement: theory.rewrite_ast(statement, builder.add))
    control.ground([("base", [])])
    theory.prepare(control)
    on = [clingo.Function("on", [clingo.Number(number)]) for number in range(len(several))]
    for number in range(len(several)):
        yield bool(control.solve(assumptions=[(each, at == number) for at, each in enumerate(on)]).satisfiable)


def judge_all(clingo, clingodl, judged, cases, shown):
    while several := tuple(islice(cases, AT_ONCE)):
        for network, holds in zip(several, answers(clingo, clingodl, several), strict=True):
            judged.compare(network, OUTCOMES[not holds], holds, shown(network))


def test_a_network_is_consistent_exactly_if_clingo_dl_says_so(clingo, clingodl, tally, seed, size):
    judged = tally("clingo-dl", "networks", size, OUTCOMES)
    judge_all(clingo, clingodl, judged, networks(day_network, seed + 10, size), is_shown_consistent)


def test_clauses_are_solved_exactly_as_clingo_dl_does(clingo, clingodl, tally, seed, size):
    judged = tally("clingo-dl", "networks with clauses", size // 2, OUTCOMES)
    judge_all(clingo, clingodl, judged, networks(clause_network, seed + 10, size // 2), is_shown_solvable)
