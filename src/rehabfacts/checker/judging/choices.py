"""Choices: a branch of each accepted demand that several could still meet, so that all that was accepted holds together."""

from collections.abc import Iterable, Sequence

from rehabfacts.engines.groundings import Grounding, Instance
from rehabfacts.network.contradictions import Chain, Proof, variables_of
from rehabfacts.network.inequalities import ZERO
from rehabfacts.network.labels import Walk
from rehabfacts.network.networks import Network
from rehabfacts.network.parts import Parts
from rehabfacts.network.propagation import LeastDating
from rehabfacts.network.totals import excess


class Choices:
    """The choices, on top of a network of what must hold in any case: `kept` are its rows, `part` its parts as far as they are given.

    Totals are among the choices too, since they join no network. Of them it is only seen that the bounds do not exclude any.
    """

    def __init__(self, grounding: Grounding, network: LeastDating, kept: Sequence[int], part: Sequence[int]) -> None:
        self._grounding = grounding
        self._chosen: dict[Instance, int] = {}
        self._totals: list[int] = []
        greatest = LeastDating(len(grounding.variables), grounding.rows, is_mirrored=True)
        if greatest.add(kept) is not None:
            raise AssertionError("a network that is consistent forwards and not backwards")
        self._sure = Network(network, greatest)
        self.network = self._sure.copy()
        self._parts = Parts(part)
        self._tie(kept)

    @property
    def pending(self) -> tuple[Instance, ...]:
        """The demands of which a branch is chosen."""
        return tuple(self._chosen)

    @property
    def taken(self) -> tuple[list[int], list[int]]:
        """The rows and the totals of the branches chosen."""
        numbers = [number for instance, branch in self._chosen.items() for number in instance.clause[branch]]
        return [number for number in numbers if number >= 0], [~number for number in numbers if number < 0]

    def part_of(self, instance: Instance) -> int:
        """A number that a demand that was chosen shares with those that it is tied to."""
        return self._parts.find(next(iter(self._variables(instance)), ZERO))

    def refusal(self, branch: Walk) -> Proof | None:
        """Why a branch cannot hold, whatever is chosen."""
        rows = [number for number in branch if number >= 0]
        if len(rows) == len(branch):
            walk = self._sure.least.contradiction(rows)
            return None if walk is None else Chain(walk)
        walk = self._sure.push(rows)
        if walk is not None:
            return Chain(walk)
        found = (excess(self._grounding.totals, ~number, self._sure) for number in branch if number < 0)
        refusal = next((each for each in found if each is not None), None)
        self._sure.pop()
        return refusal

    def choose(self, instance: Instance, refused: Sequence[Proof | None]) -> Proof | None:
        """Finds a branch for one more demand, and others for those pending where that must be; the proof if there are none.

        `refused` says of each branch why it cannot hold in any case. Raises CaseLimitError; nothing is chosen then.
        """
        self._parts.tie(self._variables(instance))
        possible = [at for at, refusal in enumerate(refused) if refusal is None]
        for at in sorted(possible, key=lambda each: any(number < 0 for number in instance.clause[each])):
            if self.take(instance.clause[at]):
                self._chosen[instance] = at
                return None
        from rehabfacts.network.search import Search  # noqa: PLC0415  # of use only where one branch of several must be chosen

        part = self.part_of(instance)
        tied = [*(each for each in self._chosen if self.part_of(each) == part), instance]
        first = [self._chosen.get(each, possible[0]) for each in tied]
        search = Search(self._sure, [each.clause for each in tied], self._grounding.totals, first=first)
        try:
            proof = search.run()
            chosen = search.chosen
        finally:
            search.close()
        if proof is None:
            self._choose_anew({**self._chosen, **{each: chosen[at] for at, each in enumerate(tied)}})
        return proof

    def _choose_anew(self, chosen: dict[Instance, int]) -> None:
        network = self._sure.copy()
        numbers = [number for instance, branch in chosen.items() for number in instance.clause[branch]]
        if network.push([number for number in numbers if number >= 0]) is not None:
            raise AssertionError("a choice that does not hold")
        self.network, self._chosen, self._totals = network, chosen, [~number for number in numbers if number < 0]

    def take(self, branch: Sequence[int]) -> bool:
        """Whether rows and totals hold together with all that is chosen; if they do, they are added."""
        if self.network.push([number for number in branch if number >= 0]) is not None:
            return False
        totals = [~number for number in branch if number < 0]
        if any(excess(self._grounding.totals, each, self.network) is not None for each in (*self._totals, *totals)):
            self.network.pop()
            return False
        self._totals += totals
        return True

    def keep(self, rows: Sequence[int]) -> None:
        """Rows that hold in any case from now on; they have been taken."""
        if self._sure.push(rows) is not None:
            raise AssertionError("a row that holds with all choices and not without")
        self._tie(rows)

    def settle(self, instance: Instance) -> None:
        """The branch chosen has been kept: only its totals are still to be chosen."""
        if all(number >= 0 for number in instance.clause[self._chosen[instance]]):
            del self._chosen[instance]

    def _tie(self, rows: Iterable[int]) -> None:
        for number in rows:
            self._parts.tie(self._grounding.rows[number][:2])

    def _variables(self, instance: Instance) -> list[int]:
        rows, totals = self._grounding.rows, self._grounding.totals
        ends = (end for branch in instance.clause for number in branch for end in variables_of(rows, totals, number))
        return [end for end in ends if end != ZERO]
