"""Laws of clauses over small networks, against every dating: some choice of branches has one, or each is refused by a chain."""

from hypothesis import given
from hypothesis import strategies as st
from small_networks import (
    all_hold,
    check_contradicts,
    check_proof,
    datings_of,
    networks,
    open_networks,
    undecided_is_no_case,
)

from rehabfacts.network.contradictions import Cases
from rehabfacts.network.solutions import Dating, solve


@st.composite
def clauses(draw):
    """A network whose rows beyond the boxes are put into clauses of one to three branches of one or two rows."""
    network = draw(networks(rows=9, width=5))
    numbers = list(draw(st.permutations(range(len(network.boxed), len(network.every)))))
    made = [((number,),) for number in range(len(network.boxed))]
    while numbers:
        branches = []
        for _ in range(draw(st.integers(1, 3))):
            branches.append(tuple(numbers[: draw(st.integers(1, 2))]))
            numbers = numbers[len(branches[-1]) :]
        made.append(tuple(branch for branch in branches if branch))
    return network, tuple(draw(st.permutations(made)))


@given(clauses())
@undecided_is_no_case
def test_clauses_are_solved_exactly_if_some_choice_of_branches_has_a_dating(case):
    network, demands = case
    rows = network.every
    answer = solve(rows, demands)
    found = [
        dating for dating in datings_of(network.boxes, network.boxed)
        if all(any(all_hold([rows[n] for n in branch], dating) for branch in clause) for clause in demands)
    ]  # fmt: skip
    assert isinstance(answer, Dating) is bool(found)
    if isinstance(answer, Dating):
        dating = tuple(answer.values.get(variable, -1) for variable in range(len(network.boxes) + 1))
        assert dating in found
    else:
        check_proof(rows, demands, answer)


@given(open_networks())
@undecided_is_no_case
def test_a_solution_of_open_rows_holds_and_a_refusal_is_a_chain(network):
    rows = network.every
    answer = solve(rows, tuple(((number,),) for number in range(len(rows))))
    if isinstance(answer, Dating):
        assert all_hold(rows, [answer.values.get(variable, 0) for variable in range(len(network.boxes) + 1)])
    else:
        check_contradicts(rows, answer.rows, range(len(rows)))


def test_a_clause_without_branches_cannot_hold():
    proof = solve([], [()])
    assert isinstance(proof, Cases)
    assert (proof.clause, proof.branches) == (0, ())


