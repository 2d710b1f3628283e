"""Accepting demands one by one: each is added if one dating can meet it, the given and all those accepted before it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rehabfacts.checker.judging.conflicts import Conflict, Explainer
from rehabfacts.engines.groundings import Instance
from rehabfacts.network.contradictions import Chain, Proof, numbers_of
from rehabfacts.network.propagation import LeastDating

if TYPE_CHECKING:
    from rehabfacts.checker.judging.choices import Choices

_FEW = 4


def acceptance_order(instance: Instance) -> tuple[int, bool, int, str, tuple[str, ...], tuple[str, ...]]:
    """Errors, warnings, notes, of each those with totals last; by the rule's rank, then its id; by facts."""
    rule = instance.rule
    return -rule.severity, has_totals(instance), rule.rank, rule.id, instance.facts, instance.binding


def is_plain(instance: Instance) -> bool:
    """Whether it is a demand of one branch of rows."""
    return len(instance.clause) == 1 and not has_totals(instance)


def has_totals(instance: Instance) -> bool:
    """Whether it is judged by interval arithmetic, in some of its branches at least."""
    return any(number < 0 for branch in instance.clause for number in branch)


class Acceptance:
    """What has been accepted: rows that must hold (`network`, `kept`), and demands that several branches could still meet.

    `joined` holds demands of several branches of which one was left: that branch, and why the others cannot be, in their order.
    """

    def __init__(self, explainer: Explainer, network: LeastDating, kept: list[int], part: Sequence[int]) -> None:
        self.network, self.kept = network, kept
        self.joined: dict[Instance, tuple[int, tuple[Proof, ...]]] = {}
        self._explainer, self._part = explainer, part
        self._choices: Choices | None = None

    @property
    def met(self) -> tuple[LeastDating, list[int], list[int]]:
        """A network, its rows, and totals, by which every accepted demand is to hold."""
        if self._choices is None:
            return self.network, self.kept, []
        rows, totals = self._choices.taken
        return self._choices.network.least, [*self.kept, *rows], totals

    def accept_plain(self, instances: Sequence[Instance]) -> Mapping[Instance, Conflict] | None:
        """Adds demands of one branch in bulk, and returns the conflicts that keep others of them out; None if that takes going one by one.

        Adding all at once is the same as one by one, where nothing contradicts: a part of what holds together does too.
        Raises LapLimitError; nothing is added then.
        """
        if len(instances) < _FEW:
            return None
        rows = [number for instance in instances for number in instance.clause[0]]
        if self._choices is not None:
            if not self._choices.take(rows):
                return None
        elif self.network.add(rows) is not None:
            return self._sift(instances)
        self._keep(rows)
        return {}

    def _sift(self, instances: Sequence[Instance]) -> Mapping[Instance, Conflict]:
        from rehabfacts.network.sieve import sift  # noqa: PLC0415  # of use only where demands contradict each other

        self.network, fallen = sift(self.network, [each.clause[0] for each in instances])
        self._keep([number for place, each in enumerate(instances) if place not in fallen for number in each.clause[0]])
        return {instances[place]: self._explain(instances[place], [Chain(walk)]) for place, walk in fallen.items()}

    def accept(self, instance: Instance, refusals: Sequence[Proof | None]) -> Conflict | None:
        """Adds a demand, or returns the conflict that keeps it out. `refusals` says of each branch why the given excludes it.

        Raises LapLimitError and CaseLimitError where the answer is not found; nothing is added then.
        """
        if self._choices is None and is_plain(instance):
            walk = self.network.add(instance.clause[0])
            if walk is None:
                self._keep(instance.clause[0])
            return None if walk is None else self._explain(instance, [Chain(walk)])
        if self._choices is None:
            from rehabfacts.checker.judging.choices import Choices  # noqa: PLC0415  # of use only where one branch of several must be chosen

            self._choices = Choices(self._explainer.grounding, self.network, self.kept, self._part)
        refused = [known or self._choices.refusal(branch) for branch, known in zip(instance.clause, refusals, strict=True)]
        against = [refusal for refusal in refused if refusal is not None]
        if None not in refused:
            return self._explain(instance, against)
        proof = self._choices.choose(instance, refused)
        if proof is not None:
            return self._explain(instance, [proof, *against])
        if refused.count(None) == 1:
            self._join(self._choices, instance, refused)
        return None

    def settle(self) -> None:
        """Joins to the network what is left of demands of which every branch but one is excluded by now, until nothing follows."""
        if self._choices is None:
            return
        changed: set[int] | None = None
        while changed is None or changed:
            waiting = [each for each in self._choices.pending if changed is None or self._choices.part_of(each) in changed]
            changed = {self._choices.part_of(each) for each in waiting if self._settle(self._choices, each)}

    def _settle(self, choices: "Choices", instance: Instance) -> bool:
        """Whether only one branch of several is left of a demand that was accepted, and only now."""
        if instance in self.joined or len(instance.clause) == 1:
            return False
        refused = [choices.refusal(branch) for branch in instance.clause]
        if refused.count(None) != 1:
            return False
        self._join(choices, instance, refused)
        return True

    def _join(self, choices: "Choices", instance: Instance, refused: Sequence[Proof | None]) -> None:
        branch = refused.index(None)
        if len(refused) > 1:
            self.joined[instance] = branch, tuple(refusal for refusal in refused if refusal is not None)
        self._keep([number for number in instance.clause[branch] if number >= 0])
        choices.settle(instance)

    def _keep(self, rows: Sequence[int]) -> None:
        self.kept.extend(rows)
        if self._choices is not None:
            self._choices.keep(rows)

    def _explain(self, instance: Instance, proofs: Sequence[Proof]) -> Conflict:
        return self._explainer.explain(instance, [*proofs, *self._behind(proofs)])

    def _behind(self, proofs: Iterable[Proof]) -> Iterator[Proof]:
        """Why only one branch was left of the demands that proofs use, so that their members count too."""
        seen: set[Instance] = set()
        queue = list(proofs)
        while queue:
            for number in numbers_of(queue.pop()):
                owner = self._explainer.grounding.owner_of(number)
                if isinstance(owner, Instance) and owner in self.joined and owner not in seen:
                    seen.add(owner)
                    queue.extend(self.joined[owner][1])
                    yield from self.joined[owner][1]
