"""Supports: the readings on which a conflict, a bound or a verdict rests. Where the same are taken again, it is there again."""

from collections.abc import Iterable

from rehabfacts.checker.judging.conflicts import Conflict
from rehabfacts.checker.judging.judging import Judging
from rehabfacts.checker.readings.combinations import Combination
from rehabfacts.checker.readings.passages import Passages, Support
from rehabfacts.engines.groundings import Bound, Instance
from rehabfacts.network.contradictions import Beyond, Chain, Proof, Sum, leaves
from rehabfacts.network.inequalities import ZERO
from rehabfacts.network.propagation import LeastDating
from rehabfacts.verdicts import Verdict


class Supports:
    """On which readings the conflicts, bounds and verdicts of one judging rest, under the combination that it is of."""

    def __init__(self, passages: Passages, combination: Combination, judging: Judging) -> None:
        self._passages, self._combination, self._judging = passages, combination, judging
        self._facts: dict[str, Support] = {}
        self._instances: dict[int, Support] = {}
        self._joinings: dict[int, Support] = {}

    def of_wording(self, name: str) -> Support:
        """What it rests on that a fact says what it says."""
        return self._passages.behind_fact(name, self._combination)

    def of_fact(self, name: str) -> Support:
        """What it rests on that a fact says what it says, and is set aside or not."""
        found = self._facts.get(name)
        if found is None:
            found = self._facts[name] = self.of_wording(name) | self._passages.behind_standing(name, self._combination)
        return found

    def of_instance(self, instance: Instance) -> Support:
        """What it rests on that an instance is there."""
        found = self._instances.get(id(instance))
        if found is None:
            is_repeated = bool(instance.rule.plan.unique) and instance.answer is Verdict.NO
            found = self._passages.behind_rule(instance.rule.id, self._combination, is_repeated=is_repeated)
            for name in instance.facts:
                found |= self.of_fact(name)
            self._instances[id(instance)] = found
        return found

    def of_conflict(self, conflict: Conflict) -> Support:
        """What a conflict rests on: where its facts read so, it is there, whatever else is read."""
        support = 0
        for name in conflict.facts:
            support |= self.of_fact(name)
        for instance in conflict.instances:
            support |= self.of_instance(instance)
        return support

    def of_outcome(self, instance: Instance) -> Support:
        """What it rests on that a demand is satisfied, violated or disputed as it is."""
        proof = self._judging.proof_of(instance)
        if proof is not None:
            return self.of_instance(instance) | self._of_proof(proof)
        conflict = next((each for each in self._judging.conflicts if each.headline is instance), None)
        return self.of_instance(instance) if conflict is None else self.of_conflict(conflict)

    def of_absence(self, rule: str, facts: Iterable[str]) -> Support:
        """What it rests on that no instance of a rule is bound to some facts: all that they, and those that they refer to, could say."""
        return self._passages.behind_paths(facts, self._combination) | self._passages.behind_rule(rule, self._combination)

    def _of_proof(self, proof: Proof) -> Support:
        support = 0
        for leaf in leaves(proof):
            match leaf:
                case Chain(rows):
                    support |= self._of_rows(rows)
                case Sum(_, walks):
                    support |= self._of_rows(number for walk in walks for number in walk)
                case Beyond(number):
                    support |= self._of_bounds_at(number)
        return support

    def _of_bounds_at(self, number: int) -> Support:
        """What the bounds rest on by which a row holds."""
        low, high = self._judging.grounding.rows[number][:2]
        return self._of_rows(self._judging.least_given.reason(high)) | self._of_rows(self._judging.greatest_given.reason(low))

    def _of_rows(self, numbers: Iterable[int]) -> Support:
        """What rows rest on; those below 0 deny what is in question itself."""
        support = 0
        for number in numbers:
            if number >= 0:
                support |= self._of_row(number)
        return support

    def _of_row(self, number: int) -> Support:
        owner = self._judging.grounding.owners[number]
        if isinstance(owner, Bound):
            return self.of_fact(owner.fact)
        return 0 if owner is None else self.of_instance(owner) | self._of_joining(owner)

    def _of_joining(self, instance: Instance) -> Support:
        """Why but one branch of an accepted demand is left."""
        found = self._joinings.get(id(instance))
        if found is None:
            found = self._joinings[id(instance)] = 0  # what it rests on in turn was accepted before it
            for proof in self._judging.joined.get(instance, (0, ()))[1]:
                found |= self._of_proof(proof)
            self._joinings[id(instance)] = found
        return found

    def of_bounds(self, network: LeastDating) -> list[Support]:
        """What the bound of each variable rests on, that a network of the accepted gives it; 0 where there is none."""
        found: dict[int, Support] = {ZERO: 0}
        rows, by, end = self._judging.grounding.rows, network.rows_behind(), 1 if network.is_mirrored else 0
        for variable in range(len(by)):
            way: list[int] = []
            above = variable
            while above not in found and by[above] >= 0 and above not in way:
                way.append(above)
                above = rows[by[above]][end]
            if above in way:  # calendar months or gaps lead round a circle
                found.update((each, self._of_rows(network.reason(each))) for each in way)
                continue
            support = found.setdefault(above, 0)
            for each in reversed(way):
                support = found[each] = support | self._of_row(by[each])
        return [found[variable] for variable in range(len(by))]
