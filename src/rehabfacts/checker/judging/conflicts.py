"""Conflicts: irreducible sets of facts and instances that cannot all hold, found by deletion and proven both ways."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from rehabfacts.engines.groundings import Bound, Grounding, Instance
from rehabfacts.network.contradictions import Chain, Clause, Proof, numbers_of, variables_of
from rehabfacts.network.inequalities import ZERO
from rehabfacts.network.solutions import Dating, solve
from rehabfacts.plain import plain

_MANY = 60

Member = str | Instance
"""A fact's id, or an instance."""


@plain
class Conflict:
    """What cannot all hold. The headline is the instance set aside, None where the given contradicts itself.

    `clauses` are the members' rows, with those of the order of periods and of literals; `proof` shows that they
    contradict, `datings` (one a member, facts first: a value for each variable) that all but this member do not. One
    circle of many members has no datings: it is seen to end without any of them. Where totals are among the clauses, a
    dating that was not found is None. A conflict in what is written (`exists`, `unique`, texts) has no proof.
    """

    headline: Instance | None
    facts: tuple[str, ...]
    instances: tuple[Instance, ...]
    clauses: tuple[Clause, ...] = ()
    proof: Proof | None = None
    datings: tuple[Mapping[int, int] | None, ...] = ()

    @property
    def members(self) -> tuple[Member, ...]:
        """The facts, then the instances."""
        return (*self.facts, *self.instances)


def in_order_of_chain(grounding: Grounding, conflict: Conflict) -> tuple[str, ...]:
    """The facts of a conflict as its proof comes by them."""
    owners = [] if conflict.proof is None else [grounding.owner_of(number) for number in numbers_of(conflict.proof)]
    passed = (name for owner in owners if owner is not None for name in ((owner.fact,) if isinstance(owner, Bound) else owner.facts))
    members = frozenset(conflict.facts)
    return tuple(name for name in dict.fromkeys((*passed, *conflict.facts)) if name in members)


@attrs.define
class Explainer:
    """Finds irreducible conflicts in a grounding."""

    grounding: Grounding
    aside: frozenset[str] = frozenset()
    """Facts whose bounds do not count."""

    def explain(self, headline: Instance | None, proofs: Sequence[Proof]) -> Conflict:
        """The conflict of a headline, among the members whose rows and totals the proofs use."""
        found: dict[Member, None] = {}
        for proof in proofs:
            for number in numbers_of(proof):
                owner = self.grounding.owner_of(number)
                if isinstance(owner, Bound):
                    found[owner.fact] = None
                elif owner is not None:
                    found[owner] = None
        if headline is not None:
            found[headline] = None
        for each in tuple(found):
            if isinstance(each, Instance):
                found.update(dict.fromkeys(each.facts))
        circle = self._circle(headline, found, proofs[0]) if len(proofs) == 1 and len(found) > _MANY else None
        return circle or self._irreducible(headline, found)

    def _circle(self, headline: Instance | None, found: Iterable[Member], proof: Proof) -> Conflict | None:
        """The conflict, if the members' rows are those of a chain that passes no variable twice.

        Such a circle needs no deletion to be irreducible: without any row of it nothing leads back to its start.
        """
        if not isinstance(proof, Chain):
            return None
        members = sorted(found, key=_order)
        clauses = self._clauses(members)
        rows = {number for clause in clauses for branch in clause for number in branch}
        lows = {self.grounding.rows[number][0] for number in proof.rows}
        if not (rows == {*proof.rows} and len(lows) == len(proof.rows) and all(len(clause) == 1 for clause in clauses)):
            return None
        facts = tuple(each for each in members if isinstance(each, str))
        instances = tuple(each for each in members if isinstance(each, Instance))
        return Conflict(headline, facts, instances, clauses, proof)

    def written(self, headline: Instance) -> Conflict:
        """The conflict of an instance that is judged on what is written."""
        return Conflict(headline, headline.facts, (headline,))

    def contradicts(self, members: Iterable[Member]) -> bool:
        """Whether it is proven that facts and instances cannot all hold. Raises CaseLimitError and LapLimitError where that is not decided."""
        return not isinstance(self._solve(self._clauses(members)), Dating | None)

    def _irreducible(self, headline: Instance | None, found: Iterable[Member]) -> Conflict:
        members = sorted(found, key=_order)
        for each in tuple(members):
            rest = _without(members, each)
            if each in members and not isinstance(self._solve(self._clauses(rest)), Dating | None):
                members = rest
        clauses = self._clauses(members)
        proof = self._solve(clauses)
        if proof is None or isinstance(proof, Dating):
            raise AssertionError("an explanation that does not contradict itself")
        facts = tuple(each for each in members if isinstance(each, str))
        instances = tuple(each for each in members if isinstance(each, Instance))
        ordered: tuple[Member, ...] = (*facts, *instances)
        datings = tuple(self._dating(members, each) for each in ordered)
        return Conflict(headline, facts, instances, clauses, proof, datings)

    def _solve(self, clauses: Sequence[Clause]) -> Proof | Dating | None:
        return solve(self.grounding.rows, clauses, self.grounding.totals)

    def _dating(self, members: list[Member], dropped: Member) -> Mapping[int, int] | None:
        """A value for every variable of the members under which all but the dropped one (and what is bound to it) hold."""
        used = self._variables(self._demands(members))
        answer = self._solve((*self._demands(_without(members, dropped)), *self._axioms_among(used)))
        if answer is None:
            return None
        if not isinstance(answer, Dating):
            raise AssertionError("a member that the contradiction does not need")
        return {variable: answer.values.get(variable, 0) for variable in sorted(used)}

    def _clauses(self, members: Iterable[Member]) -> tuple[Clause, ...]:
        """What the members demand, and the order of periods and the literals among their variables."""
        demands = self._demands(members)
        return (*demands, *self._axioms_among(self._variables(demands)))

    def _demands(self, members: Iterable[Member]) -> tuple[Clause, ...]:
        found: list[Clause] = []
        for each in members:
            if isinstance(each, Instance):
                found.append(each.clause)
            elif each not in self.aside:
                found.extend(((number,),) for number in self._bounds.get(each, ()))
        return tuple(found)

    def _variables(self, clauses: Iterable[Clause]) -> set[int]:
        rows, totals = self.grounding.rows, self.grounding.totals
        return {end for clause in clauses for branch in clause for number in branch for end in variables_of(rows, totals, number)} - {ZERO}

    def _axioms_among(self, used: set[int]) -> Iterator[Clause]:
        numbers = {number for variable in used for number in self._axioms.get(variable, ()) if self._is_within(number, used)}
        return (((number,),) for number in sorted(numbers))

    def _is_within(self, number: int, used: set[int]) -> bool:
        low, high = self.grounding.rows[number][:2]
        return (low == ZERO or low in used) and (high == ZERO or high in used)

    @cached_property
    def _bounds(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, owner in enumerate(self.grounding.owners):
            if isinstance(owner, Bound):
                found.setdefault(owner.fact, []).append(number)
        return found

    @cached_property
    def _axioms(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for number, owner in enumerate(self.grounding.owners):
            if owner is None:
                for variable in self.grounding.rows[number][:2]:
                    if variable != ZERO:
                        found.setdefault(variable, []).append(number)
        return found


def _without(members: list[Member], dropped: Member) -> list[Member]:
    """The members without one of them and, if it is a fact, without the instances bound to it."""
    return [
        each for each in members
        if each != dropped and not (isinstance(each, Instance) and isinstance(dropped, str) and dropped in each.facts)
    ]  # fmt: skip


def _order(member: Member) -> tuple[int, str, tuple[str, ...]]:
    """Instances of conventions and definitions are tried first, so that what a reader knows best stays."""
    if isinstance(member, Instance):
        return (0 if member.rule.mode.is_given else 1, *member.key)
    return 2, member, ()
