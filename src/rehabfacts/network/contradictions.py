"""Contradictions of clauses and their proofs: a chain, a sum, or a tree of cases whose leaves are these.

A clause is a tuple of branches, each a tuple of numbers: of rows, or (negative, with its bits turned) of totals. One
branch of every clause must hold, all its rows and totals together. Most clauses have one branch.
"""

from collections.abc import Iterator, Sequence

from rehabfacts.network.inequalities import Row, Total
from rehabfacts.network.labels import Walk
from rehabfacts.plain import plain

Clause = tuple[Walk, ...]
MOST_CASES = 4_096


@plain
class Chain:
    """Rows that follow each other back to where they began, and gain on the way; ~n is the negation of row n."""

    rows: Walk


@plain
class Sum:
    """A total that the bounds of its variables exceed: for each of its terms the walk that gives the bound.

    A walk leads from day 0 to a variable whose least value counts, and from the variable to day 0 where its greatest does.
    `total` is the total's place, its bits turned where the negation is meant.
    """

    total: int
    walks: tuple[Walk, ...]


@plain
class Beyond:
    """A row of which the bounds of a network exclude the negation by themselves."""

    number: int


@plain
class Cases:
    """Whichever branch of the clause is taken, a proof follows. `clause` is its place among those given.

    Rows that a clause implies whichever branch is taken may be used outside of its cases too.
    """

    clause: int
    branches: "tuple[Proof, ...]"


Proof = Chain | Sum | Beyond | Cases


class CaseLimitError(Exception):
    """More cases than are tried: neither a contradiction nor a dating was found."""

    def __str__(self) -> str:
        return f"{MOST_CASES:,} cases tried"


def numbers_of(proof: Proof) -> Iterator[int]:
    """Every row and total that a proof uses, by their numbers in clauses; some more than once."""
    for leaf in leaves(proof):
        match leaf:
            case Chain(rows):
                yield from rows
            case Sum(total, walks):
                yield ~total
                for walk in walks:
                    yield from walk
            case Beyond(number):
                yield number


def leaves(proof: Proof) -> Iterator[Proof]:
    """The parts of a proof that are no cases, each once, in order."""
    waiting, seen = [proof], set[int]()
    while waiting:
        each = waiting.pop()
        if isinstance(each, Cases):
            waiting.extend(reversed([branch for branch in each.branches if id(branch) not in seen]))
            seen.update(map(id, each.branches))
        else:
            yield each


def implied(rows: Sequence[Row], clause: Clause) -> list[int]:
    """The rows of a clause that hold whichever branch does: every branch has one between the same ends that says as much, or more."""
    best: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
    for at, branch in enumerate(clause):
        for number in branch:
            low, high, days, months, shape = rows[number] if number >= 0 else (0, 0, 0, 0, True)
            if not shape:
                found = best.setdefault((low, high, months), [])
                if len(found) == at:
                    found.append((days, number))
                elif len(found) > at:
                    found[at] = max(found[at], (days, number))
    return [min(found)[1] for found in best.values() if len(found) == len(clause)]


def variables_of(rows: Sequence[Row], totals: Sequence[Total], number: int) -> tuple[int, ...]:
    """The variables that a row or a total ties."""
    return rows[number][:2] if number >= 0 else tuple(variable for _, variable in totals[~number].terms)
