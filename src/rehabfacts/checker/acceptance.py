"""Accepting demands one by one: each is added if one dating can meet it, the given and all those accepted before it."""

from collections.abc import Iterator, Sequence

from rehabfacts.checker.conflicts import Conflict, Explainer
from rehabfacts.engines.groundings import Instance
from rehabfacts.network.contradictions import Chain, Dating, Proof, solve
from rehabfacts.network.inequalities import forced_low
from rehabfacts.network.labels import Walk
from rehabfacts.network.propagation import LeastDating

_FEW = 4


def acceptance_order(instance: Instance) -> tuple[int, int, str, tuple[str, ...], tuple[str, ...]]:
    """Errors, warnings, notes; by the rule's rank, then its id; by facts."""
    rule = instance.rule
    return -rule.severity, rule.rank, rule.id, instance.facts, instance.binding


class Acceptance:
    """What has been accepted: rows that must hold (`network`, `kept`), and demands that several branches could still meet.

    `joined` holds demands of several branches of which one was left: that branch, and the walks that exclude the others.
    """

    def __init__(self, explainer: Explainer, network: LeastDating, kept: list[int]) -> None:
        self.network = network
        self.kept = kept
        self.joined: dict[Instance, tuple[int, list[Walk]]] = {}
        self._explainer = explainer
        self._grounding = explainer.grounding
        self._pending: list[Instance] = []
        self._chosen: dict[Instance, Walk] = {}
        self._choices: LeastDating | None = None

    @property
    def met(self) -> tuple[LeastDating, list[int]]:
        """A network, and its rows, in which every accepted demand holds by one of its branches."""
        return self._choices or self.network, [*self.kept, *(number for rows in self._chosen.values() for number in rows)]

    def accept_plain(self, instances: Sequence[Instance]) -> Sequence[Instance]:
        """Adds demands of one branch in bulk, as far as that shows that they hold together; returns those still to be accepted.

        Adding all at once is the same as one by one, where nothing contradicts: a part of what holds together does too.
        """
        rows = [number for instance in instances for number in instance.clause[0]]
        if len(instances) < _FEW or self._pending or self.network.add(rows) is not None:
            return instances
        self.kept.extend(rows)
        return ()

    def accept(self, instance: Instance, excluded: Sequence[Walk | None]) -> Conflict | None:
        """Adds a demand, or returns the conflict that keeps it out. `excluded` holds a walk for each branch that the given rules out.

        Raises LapLimitError and CaseLimitError where the answer is not found; nothing is added then.
        """
        if len(instance.clause) == 1 and not self._pending:
            return self._accept_one(instance, instance.clause[0])
        walks = [walk or self.network.contradiction(rows) for rows, walk in zip(instance.clause, excluded, strict=True)]
        possible = [rows for rows, walk in zip(instance.clause, walks, strict=True) if walk is None]
        against = [walk for walk in walks if walk is not None]
        if not possible:
            return self._explainer.explain(instance, [*against, *self._walks_behind(against)])
        conflict = self._choose(instance, possible) if self._pending or len(possible) > 1 else None
        if conflict is not None:
            return conflict
        if len(possible) > 1:
            self._pending.append(instance)
        else:
            self.network.add(possible[0])
            self.kept.extend(possible[0])
            if against:
                self.joined[instance] = (instance.clause.index(possible[0]), against)
        return None

    def _accept_one(self, instance: Instance, rows: Walk) -> Conflict | None:
        walk = self.network.add(rows)
        if walk is not None:
            return self._explainer.explain(instance, [walk, *self._walks_behind([walk])])
        self.kept.extend(rows)
        return None

    def _choose(self, instance: Instance, possible: Sequence[Walk]) -> Conflict | None:
        """Finds branches for this demand and those pending that hold together; the conflict if there are none."""
        if self._choices is None:
            self._choices = self.network.copy()
        for rows in possible:
            if self._choices.add(rows) is None:
                self._chosen[instance] = rows
                return None
        answer = solve(self._grounding.rows, ((tuple(self.kept),), *(each.clause for each in self._pending), instance.clause))
        if not isinstance(answer, Dating):
            walks = list(_leaves(answer))
            return self._explainer.explain(instance, [*walks, *self._walks_behind(walks)], self._pending)
        self._choices = self.network.copy()
        self._chosen = {each: self._branch_under(each, answer) for each in (*self._pending, instance)}
        for rows in self._chosen.values():
            self._choices.add(rows)
        return None

    def _branch_under(self, instance: Instance, dating: Dating) -> Walk:
        rows, values = self._grounding.rows, dating.values
        return next(
            branch for branch in instance.clause
            if all(forced_low(rows[number], values[rows[number][0]]) <= values[rows[number][1]] for number in branch)
        )  # fmt: skip

    def _walks_behind(self, walks: Sequence[Walk]) -> Iterator[Walk]:
        """The walks that left only one branch to the demands on the given walks, so that their members count too."""
        seen: set[Instance] = set()
        queue = list(walks)
        while queue:
            for number in queue.pop():
                owner = self._grounding.owners[number]
                if isinstance(owner, Instance) and owner in self.joined and owner not in seen:
                    seen.add(owner)
                    queue.extend(self.joined[owner][1])
                    yield from self.joined[owner][1]


def _leaves(proof: Proof) -> Iterator[Walk]:
    if isinstance(proof, Chain):
        yield proof.rows
    else:
        for branch in proof.branches:
            yield from _leaves(branch)
