"""Asking Z3: rows, clauses and totals as it has them."""

from meanings import is_gap


class Asking:
    """A solver of Z3 that is asked about one network after another."""

    def __init__(self, z3, logic="QF_IDL"):
        self._z3 = z3
        points = [z3.Int(f"x{number}") for number in range(20)]
        self._between = [[high - low for high in points] for low in points]
        self._solver = z3.SolverFor(logic)

    def of(self, row):
        """A row as Z3 has it: how far its ends are apart; a hole is below or above."""
        low, high, days, months, _ = row
        if is_gap(row):
            value = self._between[0][low]
            return self._z3.Or(value <= days, value >= months)
        return self._between[low][high] >= days

    def of_total(self, total):
        return self._z3.Sum([coefficient * self._between[0][variable] for coefficient, variable in total.terms]) <= total.most

    def opposite(self, demand):
        return self._z3.Not(demand)

    def of_clause(self, network, clause):
        """A clause over the rows and totals of a network, or of a grounding."""
        branches = [[self.of(network.rows[n]) if n >= 0 else self.of_total(network.totals[~n]) for n in branch] for branch in clause]
        return self._z3.Or([self._z3.And(branch) for branch in branches])

    def are_feasible(self, network, clauses):
        return self.is_feasible(*(self.of_clause(network, clause) for clause in clauses))

    def is_feasible(self, *demands):
        """Whether rows (or what Z3 has for them) can hold with those that are told."""
        self._solver.push()
        self._solver.add(*(self.of(each) if isinstance(each, tuple) else each for each in demands))
        answer = self._solver.check()
        self._solver.pop()
        assert answer != self._z3.unknown
        return answer == self._z3.sat

    def told(self, rows):
        self._solver.reset()
        self._solver.add(*(self.of(row) for row in rows))
