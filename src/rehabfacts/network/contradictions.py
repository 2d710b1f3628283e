"""Contradictions of a few clauses and their proofs: a chain, or a tree of cases whose leaves are chains.

A clause is a tuple of branches, each a tuple of row numbers; one branch of every clause must hold. Most clauses have
one branch.
"""

from collections.abc import Sequence

from rehabfacts.network.inequalities import ZERO, Row
from rehabfacts.network.labels import Walk
from rehabfacts.network.propagation import LeastDating
from rehabfacts.network.witness import find_witness
from rehabfacts.plain import plain

Clause = tuple[Walk, ...]
_MOST_CASES = 4_096


@plain
class Chain:
    """Rows that follow each other back to where they began, and gain on the way."""

    rows: Walk


@plain
class Cases:
    """Whichever branch of the clause is taken, a proof follows. `clause` is its place among those given."""

    clause: int
    branches: "tuple[Proof, ...]"


Proof = Chain | Cases


class CaseLimitError(Exception):
    """More cases than are tried: neither a contradiction nor a dating was found."""

    def __str__(self) -> str:
        return f"{_MOST_CASES:,} cases tried"


@plain
class Dating:
    """A value for every variable that some clause speaks of."""

    values: dict[int, int]


def solve(rows: Sequence[Row], clauses: Sequence[Clause]) -> Proof | Dating:
    """Proves that the clauses cannot all hold, or gives a dating under which they do.

    Raises CaseLimitError after 4,096 cases, LapLimitError where a calendar cycle is left undecided.
    """
    return _Solving(rows, clauses).solve({})


class _Solving:
    def __init__(self, rows: Sequence[Row], clauses: Sequence[Clause]) -> None:
        self._clauses = clauses
        used = sorted({number for clause in clauses for branch in clause for number in branch})
        names = sorted({ZERO, *(end for number in used for end in rows[number][:2])})
        place = {name: at for at, name in enumerate(names)}
        self._names = names
        self._rows = [(place[rows[n][0]], place[rows[n][1]], *rows[n][2:]) for n in used]
        self._numbers = used
        self._place = {number: at for at, number in enumerate(used)}
        self._cases = 0

    def solve(self, chosen: dict[int, int]) -> Proof | Dating:
        """The answer when some clauses have had their branch chosen."""
        self._cases += 1
        if self._cases > _MOST_CASES:
            raise CaseLimitError
        open_clauses = [at for at, clause in enumerate(self._clauses) if len(clause) != 1 and at not in chosen]
        least = LeastDating(len(self._names), self._rows)
        taken = [
            self._place[number]
            for at, clause in enumerate(self._clauses)
            if len(clause) == 1 or at in chosen
            for number in clause[chosen.get(at, 0)]
        ]
        walk = least.add(taken)
        if walk is not None:
            return Chain(tuple(self._numbers[row] for row in walk))
        if not open_clauses:
            values = find_witness(least, taken, [0] * len(self._names))
            return Dating(dict(zip(self._names, values, strict=True)))
        split = min(open_clauses, key=lambda at: len(self._clauses[at]))
        proofs: list[Proof] = []
        for branch in range(len(self._clauses[split])):
            answer = self.solve({**chosen, split: branch})
            if isinstance(answer, Dating):
                return answer
            proofs.append(answer)
        return Cases(split, tuple(proofs))
