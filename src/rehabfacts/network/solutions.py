"""Clauses solved: a dating under which all hold, or the proof that there is none."""

from collections.abc import Sequence

from rehabfacts.network.contradictions import Cases, Chain, Clause, Proof, Sum, variables_of
from rehabfacts.network.inequalities import ZERO, Row, Total
from rehabfacts.network.labels import Walk
from rehabfacts.network.networks import Network
from rehabfacts.network.propagation import LeastDating
from rehabfacts.network.totals import narrowed
from rehabfacts.network.witness import find_witness
from rehabfacts.plain import plain

_MOST_CHOICES = 64
"""So many choices of branches are tried to be dated, where totals do not exclude them."""


@plain
class Dating:
    """A value for every variable that some clause speaks of."""

    values: dict[int, int]


def solve(rows: Sequence[Row], clauses: Sequence[Clause], totals: Sequence[Total] = ()) -> Proof | Dating | None:
    """Proves that the clauses cannot all hold, or gives a dating under which they do.

    None where totals leave it open: the bounds do not exclude them, and no dating was found.
    Raises CaseLimitError after 4,096 cases, LapLimitError where a calendar cycle is left undecided.
    """
    return _Solving(rows, clauses, totals).solve()


class _Solving:
    """The clauses over the variables that they speak of, numbered anew."""

    def __init__(self, rows: Sequence[Row], clauses: Sequence[Clause], totals: Sequence[Total]) -> None:
        used = sorted({number for clause in clauses for branch in clause for number in branch})
        self._names = sorted({ZERO, *(end for number in used for end in variables_of(rows, totals, number))})
        place = {name: at for at, name in enumerate(self._names)}
        self._numbers = [number for number in used if number >= 0]
        self._rows: list[Row] = [(place[rows[n][0]], place[rows[n][1]], *rows[n][2:]) for n in self._numbers]
        number_of = {number: at for at, number in enumerate(self._numbers)}
        self._clauses = [tuple(tuple(number_of.get(n, n) for n in branch) for branch in clause) for clause in clauses]
        self._totals = {
            ~n: Total(tuple((coefficient, place[name]) for coefficient, name in totals[~n].terms), totals[~n].most) for n in used if n < 0
        }
        self._least = LeastDating(len(self._names), self._rows)

    def solve(self) -> Proof | Dating | None:
        sure = [number for clause in self._clauses if len(clause) == 1 for number in clause[0]]
        taken = [number for number in sure if number >= 0]
        walk = self._least.add(taken)
        if walk is not None:
            return Chain(self._told(walk))
        several = [at for at, clause in enumerate(self._clauses) if len(clause) != 1]
        if not several and len(taken) == len(sure):
            return self._dated(taken, [])
        return self._search(taken, [~number for number in sure if number < 0], several)

    def _search(self, taken: list[int], held: list[int], several: list[int]) -> Proof | Dating | None:
        from rehabfacts.network.search import Search  # noqa: PLC0415  # of use only where one branch of several must be chosen

        greatest = LeastDating(len(self._names), self._rows, is_mirrored=True)
        if greatest.add(taken) is not None:
            raise AssertionError("a network that is consistent forwards and not backwards")
        network = Network(self._least, greatest)
        search = Search(network, [self._clauses[at] for at in several], self._totals, held=held)
        for _ in range(_MOST_CHOICES):
            proof = search.run()
            if proof is not None:
                return self._retold(proof, several) if search.is_proving else None
            bounds = narrowed([self._totals[number] for number in search.standing], network, self._rows)
            if bounds is not None:
                chosen = (self._clauses[several[at]][branch] for at, branch in search.chosen.items())
                return self._dated([*taken, *(number for branch in chosen for number in branch if number >= 0)], bounds)
            search.reject()
        return None

    def _dated(self, taken: list[int], bounds: Sequence[Row]) -> Dating:
        numbers = range(len(self._rows), len(self._rows) + len(bounds))
        self._rows += bounds
        if self._least.push(numbers) is not None:
            raise AssertionError("bounds that were allowed and are not")
        values = find_witness(self._least, [*taken, *numbers], [0] * len(self._names))
        return Dating(dict(zip(self._names, values, strict=True)))

    def _told(self, walk: Walk) -> Walk:
        return tuple(self._numbers[row] for row in walk)

    def _retold(self, proof: Proof, several: Sequence[int]) -> Proof:
        """The proof with the numbers that the rows and clauses came with; what is shared stays so."""
        known: dict[int, Proof] = {}

        def retold(each: Proof) -> Proof:
            if id(each) not in known:
                match each:
                    case Chain(rows):
                        known[id(each)] = Chain(self._told(rows))
                    case Sum(total, walks):
                        known[id(each)] = Sum(total, tuple(map(self._told, walks)))
                    case Cases(clause, branches):
                        known[id(each)] = Cases(several[clause], tuple(map(retold, branches)))
            return known[id(each)]

        return retold(proof)
