"""The search for a branch of each clause under which all hold together: backwards by what a contradiction rests on.

Every refusal knows the choices that it rests on. Where the last choice made is none of them, its other branches need
not be tried; and few choices that cannot stand together are remembered and not made together again (conflict-directed
backjumping and nogood recording: Prosser 1993, Schiex and Verfaillie 1994).
"""

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

from rehabfacts.network.contradictions import MOST_CASES, CaseLimitError, Chain, Clause, Proof, implied
from rehabfacts.network.inequalities import ZERO, forced_low
from rehabfacts.network.labels import Walk
from rehabfacts.network.networks import Network
from rehabfacts.network.refusals import Choice, Nogoods, Refusal, joined
from rehabfacts.network.standing import Standing
from rehabfacts.network.totals import Totals, excess


class _Node:
    """A clause whose branches are tried one after another."""

    def __init__(self, clause: int, refused: dict[int, Refusal]) -> None:
        self.clause, self.refused = clause, refused
        self.branch = -1
        self.rows: Sequence[int] = ()
        """Those of the branch that it has put on the network."""

    @property
    def choice(self) -> Choice:
        return self.clause, self.branch


class Search:
    """Chooses a branch of each clause on top of a network. `held` are totals that hold in any case.

    `first` tells which branch of a clause to try first.
    """

    def __init__(
        self, network: Network, clauses: Sequence[Clause], totals: Totals = (), *, held: Iterable[int] = (), first: Sequence[int] = ()
    ) -> None:
        self._network, self._clauses, self._totals = network, clauses, totals
        self._first = first
        self._held: list[tuple[int, Choice | None]] = [(number, None) for number in held]
        self._chosen: dict[int, _Node] = {}
        self._level: dict[Choice, int] = {}
        self._choice_of: dict[int, Choice] = {}
        self._excluded: list[dict[int, Refusal]] = [{} for _ in clauses]
        self._expiring: dict[Choice, list[Choice]] = {}
        self._nogoods = Nogoods()
        self._nodes: list[_Node] = []
        self._due: dict[int, None] = dict.fromkeys(range(len(clauses)))
        self._weights = [0] * len(clauses)
        self._heap = [self._rank(clause) for clause in self._due]
        self._refusal: Refusal | None = None
        self._has_begun = False
        self._watched: dict[int, list[int]] = {}
        self._implied = {row for clause in clauses for row in implied(network.least.rows, clause)}
        self._standing = Standing(network.least.rows, self._implied)
        self.cases = 0
        self.is_proving = True
        heapify(self._heap)
        for at, clause in enumerate(clauses):
            for variable in {each for branch in clause for number in branch for each in self._variables(number)} - {ZERO}:
                self._watched.setdefault(variable, []).append(at)

    @property
    def chosen(self) -> dict[int, int]:
        """The branch chosen of each clause."""
        return {clause: node.branch for clause, node in self._chosen.items()}

    @property
    def standing(self) -> list[int]:
        """The totals that hold in any case, and those of the branches chosen."""
        return [number for number, _ in self._held]

    def run(self) -> Proof | None:
        """The proof that no choice holds; None if one does: then its rows are on the network, until `close`.

        Raises CaseLimitError, LapLimitError.
        """
        refusal, self._refusal = self._refusal or self._begin(), None
        while True:
            while refusal is not None:
                if not self._nodes:
                    return refusal.proof
                refusal = self._back(refusal)
            refusal = self._narrow()
            if refusal is None:
                clause = self._next()
                if clause is None:
                    return None
                refusal = self._open(clause)

    def _begin(self) -> Refusal | None:
        """Takes in what holds in any case."""
        if not self._has_begun:
            walk = self._network.push(sorted(self._implied))
            if walk is not None:
                return Refusal(frozenset(), Chain(walk))
            self._has_begun = True
        return self._exceeded()

    def reject(self) -> None:
        """Takes the choice made for one that does not hold, though that is not proven: `run` goes on with another, and then proves nothing."""
        self.is_proving = False
        self._refusal = Refusal(frozenset(self._level), Chain(()))

    def close(self) -> None:
        """Leaves the network as it was."""
        while self._nodes:
            self._release(self._nodes.pop())
        if self._has_begun:
            self._network.pop()
            self._has_begun = False

    def _variables(self, number: int) -> Sequence[int]:
        return self._network.least.rows[number][:2] if number >= 0 else [variable for _, variable in self._totals[~number].terms]

    # Going forwards

    def _rank(self, clause: int) -> tuple[int, int, int]:
        """Clauses with the fewest branches left come first, then those in the most contradictions."""
        return len(self._clauses[clause]) - len(self._excluded[clause]), -self._weights[clause], clause

    def _rerank(self, clause: int) -> None:
        if clause not in self._chosen:
            heappush(self._heap, self._rank(clause))

    def _next(self) -> int | None:
        """The clause to choose a branch of; None if all are chosen."""
        while self._heap:
            rank = heappop(self._heap)
            if rank[2] not in self._chosen and rank == self._rank(rank[2]):
                return rank[2]
        return None

    def _open(self, clause: int) -> Refusal | None:
        return self._advance(_Node(clause, dict(self._excluded[clause])))

    def _advance(self, node: _Node) -> Refusal | None:
        """Takes the next branch of a clause that can be; why none can."""
        branches = range(len(self._clauses[node.clause]))
        first = self._first[node.clause] if self._first else 0
        for branch in sorted(branches, key=lambda each: (not self._stands(self._clauses[node.clause][each]), each != first)):
            if branch in node.refused:
                continue
            node.branch = branch
            refusal = self._nogoods.against(node.choice, self._level) or self._take(node)
            if refusal is None:
                return None
            self._count(refusal)
            node.refused[branch] = refusal
        return joined(node.clause, node.refused)

    def _take(self, node: _Node) -> Refusal | None:
        branch = self._clauses[node.clause][node.branch]
        rows = [number for number in branch if number >= 0 and not self._standing.has(number)]
        for row in rows:
            self._choice_of.setdefault(row, node.choice)
        walk = self._network.push(rows)
        if walk is not None:
            used = self._used(walk)
            self._disown(rows, node.choice)
            return Refusal(used, Chain(walk))
        self._standing.add(rows)
        node.rows = rows
        self._nodes.append(node)
        self._chosen[node.clause] = node
        self._level[node.choice] = len(self._nodes)
        self._held += [(~number, node.choice) for number in branch if number < 0]
        refusal = self._exceeded()
        if refusal is not None:
            self._release(self._nodes.pop())
            return refusal
        self._due.update(dict.fromkeys(at for variable in sorted(self._network.touched) for at in self._watched.get(variable, ())))
        self._recall(node.choice)
        return None

    def _stands(self, branch: Walk) -> bool:
        """Whether a branch holds already by what else was chosen: it is taken first, and no other is then tried in vain."""
        return all(number >= 0 and self._standing.has(number) for number in branch)

    def _used(self, walk: Walk) -> frozenset[Choice]:
        return frozenset(self._choice_of[row] for row in walk if row in self._choice_of)

    def _exceeded(self) -> Refusal | None:
        """The first total that the bounds exclude now."""
        for number, choice in self._held:
            found = excess(self._totals, number, self._network)
            if found is not None:
                used = self._used(tuple(row for walk in found.walks for row in walk))
                return Refusal(used if choice is None else used | {choice}, found)
        return None

    # Narrowing: branches that cannot be, whatever else is chosen

    def _narrow(self) -> Refusal | None:
        """Excludes branches, and takes those that are the last of their clause, until nothing follows; why none is left."""
        while self._due:
            clause = next(iter(self._due))
            del self._due[clause]
            if clause in self._chosen:
                continue
            self._examine(clause)
            left = len(self._clauses[clause]) - len(self._excluded[clause])
            refusal = self._open(clause) if left == 1 else joined(clause, self._excluded[clause]) if not left else None
            if refusal is not None:
                return refusal
        return None

    def _examine(self, clause: int) -> None:
        for at, branch in enumerate(self._clauses[clause]):
            if at not in self._excluded[clause]:
                refusal = self._against(branch, (clause, at))
                if refusal is not None:
                    self._exclude((clause, at), refusal)

    def _against(self, branch: Walk, choice: Choice) -> Refusal | None:
        """Why a branch is beyond the bounds, if one of its rows or totals is."""
        for number in branch:
            if number < 0:
                found = excess(self._totals, ~number, self._network)
                if found is not None:
                    return Refusal(self._used(tuple(row for walk in found.walks for row in walk)) | {choice}, found)
            elif self._is_beyond(number):
                walk = self._network.least.contradiction((number,))
                if walk is not None:
                    return Refusal(self._used(walk) | {choice}, Chain(walk))
        return None

    def _is_beyond(self, number: int) -> bool:
        row = self._network.least.rows[number]
        low, high = self._network.least.bound(row[0]), self._network.greatest.bound(row[1])
        return low is not None and high is not None and forced_low(row, low) > high

    def _exclude(self, choice: Choice, refusal: Refusal) -> None:
        """Until the last of the other choices that it rests on is taken back."""
        clause, branch = choice
        self._excluded[clause][branch] = refusal
        others = refusal.used - {choice}
        if others:
            self._expiring.setdefault(max(others, key=self._level.__getitem__), []).append(choice)
        self._rerank(clause)

    def _recall(self, choice: Choice) -> None:
        """Excludes what is known not to stand together with the choices made."""
        for other, refusal in self._nogoods.excluded(choice, self._level):
            clause, branch = other
            if clause not in self._chosen and branch not in self._excluded[clause]:
                self._exclude(other, refusal)
                self._due[clause] = None

    # Going back

    def _back(self, refusal: Refusal) -> Refusal | None:
        """Takes choices back up to the last that the refusal rests on, and goes on with another branch there."""
        self._count(refusal)
        self._nogoods.keep(refusal)
        while self._nodes:
            node = self._nodes.pop()
            self._release(node)
            if node.choice in refusal.used:
                node.refused[node.branch] = refusal
                return self._advance(node)
        return refusal

    def _release(self, node: _Node) -> None:
        self._network.pop()
        del self._chosen[node.clause]
        del self._level[node.choice]
        self._disown(node.rows, node.choice)
        self._standing.drop(node.rows)
        while self._held and self._held[-1][1] == node.choice:
            self._held.pop()
        for clause, branch in self._expiring.pop(node.choice, ()):
            self._excluded[clause].pop(branch, None)
            self._rerank(clause)
        self._rerank(node.clause)

    def _disown(self, rows: Sequence[int], choice: Choice) -> None:
        for row in rows:
            if self._choice_of.get(row) == choice:
                del self._choice_of[row]

    def _count(self, refusal: Refusal) -> None:
        self.cases += 1
        if self.cases > MOST_CASES:
            raise CaseLimitError
        for clause, _ in refusal.used:
            self._weights[clause] += 1
            self._rerank(clause)
