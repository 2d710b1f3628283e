"""Judging, in the order that is the meaning of every report.

The given is made consistent; each demand is judged against the given alone; those not violated are accepted one by
one, the gravest first; what contradicts the given and those accepted before it is violated together with them.
"""

import enum
import itertools
from collections.abc import Iterable, Sequence

import attrs

from rehabfacts.checker.judging.acceptance import Acceptance, acceptance_order, is_plain
from rehabfacts.checker.judging.alone import Alone, Standing
from rehabfacts.checker.judging.conflicts import Conflict, Explainer
from rehabfacts.checker.judging.given import settle
from rehabfacts.checker.judging.tallies import any_way
from rehabfacts.checker.judging.tallies import settle as settle_tally
from rehabfacts.engines.groundings import Grounding, Instance
from rehabfacts.engines.tallies import ALWAYS, NEVER, Tally, WaysLimitError
from rehabfacts.network.contradictions import Beyond, CaseLimitError, Cases, Proof
from rehabfacts.network.labels import LapLimitError, Walk
from rehabfacts.network.networks import Network
from rehabfacts.network.propagation import LeastDating
from rehabfacts.rules.rules import Severity
from rehabfacts.verdicts import Verdict


class Outcome(enum.Enum):
    """What became of a demand. OPEN and UNDATED are both undetermined: UNDATED where a side has no bound at all.

    UNDETERMINED is what was cut short by the limit of cases.
    """

    SATISFIED = "satisfied"
    OPEN = "open"
    UNDATED = "undated"
    UNDETERMINED = "undetermined"
    VIOLATED = "violated"
    DISPUTED = "disputed"
    NOT_EVALUATED = "not evaluated"

    __hash__ = object.__hash__  # each is one object, and a hundred thousand are counted


CUT_SHORT = frozenset({Outcome.UNDETERMINED, Outcome.NOT_EVALUATED})
"""Where a limit was met, so that the run is incomplete."""


@attrs.define(eq=False)
class Judging:
    """An outcome for each demand, the conflicts, and the networks behind them.

    `given` are the rows of the given, `accepted` these and those of the accepted errors: on them rest the bounds. `kept`
    are all rows not set aside, of accepted warnings and notes too, held by `kept_network`, and `standing` the totals.
    `shown` are the rows that hold by the bounds of the given alone; `proofs` show why a demand is satisfied where no branch is
    of such rows; `open_rows` holds what is open in one, `broken` what of it some dating breaks
    together. `joined` holds the one branch left of several errors, and why the others cannot be. `part` numbers the parts
    of the given that are tied to each other.
    """

    grounding: Grounding
    least_given: LeastDating
    greatest_given: LeastDating
    least: LeastDating
    greatest: LeastDating
    given: list[int]
    accepted: list[int]
    kept: list[int]
    kept_network: LeastDating
    standing: list[int]
    outcomes: dict[Instance, Outcome]
    shown: set[int]
    proofs: dict[Instance, Proof]
    open_rows: dict[Instance, Walk]
    broken: dict[Instance, Walk]
    joined: dict[Instance, tuple[int, tuple[Proof, ...]]]
    conflicts: list[Conflict]
    disputed: frozenset[str]
    dropped: frozenset[Instance]
    reasons: dict[Instance, str]
    part: list[int]

    def proof_of(self, instance: Instance) -> Proof | None:
        """Why a demand is satisfied; None where it is not, or where the dataset as written answers."""
        if self.outcomes[instance] is not Outcome.SATISFIED or instance.answer is not None:
            return None
        found = self.proofs.get(instance)
        if found is None:
            at = next(at for at, branch in enumerate(instance.clause) if self.shown.issuperset(branch))
            certain = tuple(map(Beyond, instance.clause[at]))
            found = certain[0] if len(certain) == 1 else Cases(at, certain)
        return found


def judge(grounding: Grounding) -> Judging:
    """Judges a grounding."""
    return _Judge(grounding).run()


class _Judge:
    def __init__(self, grounding: Grounding) -> None:
        self._grounding = grounding
        self._explainer = Explainer(grounding)
        self._given = settle(grounding, self._explainer)
        self._conflicts = self._given.conflicts
        self._outcomes: dict[Instance, Outcome] = {}
        self._proofs: dict[Instance, Proof] = {}
        self._standings: dict[Instance, Standing] = {}
        self._reasons: dict[Instance, str] = {}

    def run(self) -> Judging:
        """The steps of judging, in order."""
        least, given = self._given.network, self._given.rows
        network = Network(least.copy(), self._mirror(given))
        waiting = sorted(self._judge_alone(network), key=acceptance_order)
        acceptance = Acceptance(self._explainer, least, list(given), self._given.part)
        self._accept_all(acceptance, [each for each in waiting if each.rule.severity is Severity.ERROR])
        bounded, rested_on, joined = acceptance.network.copy(), list(acceptance.kept), dict(acceptance.joined)
        for severity in (Severity.WARNING, Severity.NOTE):
            self._accept_all(acceptance, [each for each in waiting if each.rule.severity is severity])
        kept_network, kept, standing = acceptance.met
        return Judging(
            self._grounding, network.least, network.greatest, bounded, self._mirror(rested_on), given, rested_on, kept, kept_network, standing,
            self._outcomes, self._shown, self._proofs, {each: tuple(number for number in found.undecided if number >= 0) for each, found in self._standings.items()},
            {each: found.broken for each, found in self._standings.items()}, joined, self._conflicts,
            frozenset(self._given.disputed), frozenset(self._given.dropped), self._reasons, self._given.part,
        )  # fmt: skip

    def _accept_all(self, acceptance: Acceptance, instances: Iterable[Instance]) -> None:
        """Step 3: what contradicts the given and those accepted before it is violated together with them."""
        for plain, group in itertools.groupby(instances, key=is_plain):
            self._accept_group(acceptance, list(group), is_plain=plain)
        acceptance.settle()

    def _accept_group(self, acceptance: Acceptance, group: Sequence[Instance], *, is_plain: bool) -> None:
        """Accepts plain demands in bulk; where that cannot be told at once, in halves, and others one by one."""
        try:
            conflicts = acceptance.accept_plain(group) if is_plain else None
        except LapLimitError:
            conflicts = None
        if conflicts is not None:
            for instance, conflict in conflicts.items():
                self._violate(instance, conflict)
        elif is_plain and len(group) > 1:
            middle = len(group) // 2
            self._accept_group(acceptance, group[:middle], is_plain=True)
            self._accept_group(acceptance, group[middle:], is_plain=True)
        else:
            for instance in group:
                self._accept_one(acceptance, instance)

    def _accept_one(self, acceptance: Acceptance, instance: Instance) -> None:
        try:
            conflict = acceptance.accept(instance, self._standings[instance].refusals)
        except (LapLimitError, CaseLimitError) as limit:
            self._give_up(instance, limit)
        else:
            if conflict is not None:
                self._violate(instance, conflict)

    def _mirror(self, numbers: Sequence[int]) -> LeastDating:
        network = LeastDating(len(self._grounding.variables), self._grounding.rows, is_mirrored=True)
        if network.add(numbers) is not None:
            raise AssertionError("a network that is consistent forwards and not backwards")
        return network

    def _judge_alone(self, network: Network) -> list[Instance]:
        """Step 2: each demand against the given alone; returns those that are neither satisfied nor violated."""
        waiting: list[Instance] = []
        alone = Alone(self._grounding, network, self._given.part)
        self._shown = shown = alone.shown
        for instance in self._grounding.demands:
            if instance.tally is not None:
                self._settle(instance, instance.tally, alone)
                if instance in self._outcomes:
                    continue
            if instance.answer is not None:
                self._answer(instance)
            elif self._given.disputed and not self._given.disputed.isdisjoint(instance.facts):
                self._outcomes[instance] = Outcome.DISPUTED
            elif any(map(shown.issuperset, instance.clause)):
                self._outcomes[instance] = Outcome.SATISFIED
            else:
                try:
                    if self._judge_one(instance, alone):
                        waiting.append(instance)
                except (LapLimitError, CaseLimitError) as limit:
                    self._give_up(instance, limit)
        return waiting

    def _settle(self, instance: Instance, tally: Tally, alone: Alone) -> None:
        """Makes a clause of a demand on records that may be meant."""
        instance.tally = None
        is_disputed = not self._given.disputed.isdisjoint(instance.facts)
        try:
            ways = any_way(tally) if is_disputed else settle_tally(tally, alone)
        except (LapLimitError, CaseLimitError, WaysLimitError) as limit:
            self._give_up(instance, limit)
            ways = any_way(tally)
        if ways in (NEVER, ALWAYS):
            instance.answer = Verdict.YES if ways else Verdict.NO
        else:
            self._grounding.demand(instance, ways)

    def _give_up(self, instance: Instance, limit: LapLimitError | CaseLimitError | WaysLimitError) -> None:
        self._outcomes[instance] = Outcome.NOT_EVALUATED if isinstance(limit, LapLimitError) else Outcome.UNDETERMINED
        self._reasons[instance] = str(limit)

    def _answer(self, instance: Instance) -> None:
        if instance.answer is Verdict.YES:
            self._outcomes[instance] = Outcome.SATISFIED
        else:
            self._violate(instance, self._explainer.written(instance))

    def _judge_one(self, instance: Instance, alone: Alone) -> bool:
        """Whether the demand is still open after judging it against the given."""
        standing = alone.judge(instance.clause)
        if standing.proof is not None:
            self._outcomes[instance], self._proofs[instance] = Outcome.SATISFIED, standing.proof
            return False
        refusals = [refusal for refusal in standing.refusals if refusal is not None]
        if len(refusals) == len(standing.refusals):
            self._violate(instance, self._explainer.explain(instance, refusals))
            return False
        self._standings[instance] = standing
        self._outcomes[instance] = Outcome.UNDATED if alone.is_undated(instance.clause) else Outcome.OPEN
        return True

    def _violate(self, instance: Instance, conflict: Conflict) -> None:
        self._outcomes[instance] = Outcome.VIOLATED
        self._conflicts.append(conflict)
