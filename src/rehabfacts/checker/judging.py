"""Judging, in the order that is the meaning of every report.

The given is made consistent; each demand is judged against the given alone; those not violated are accepted one by
one, the gravest first; what contradicts the given and those accepted before it is violated together with them.
"""

import enum
import itertools
from collections.abc import Iterable, Sequence

import attrs

from rehabfacts.checker.acceptance import Acceptance, acceptance_order
from rehabfacts.checker.conflicts import Conflict, Explainer
from rehabfacts.checker.given import settle
from rehabfacts.engines.groundings import Grounding, Instance
from rehabfacts.network.contradictions import CaseLimitError
from rehabfacts.network.inequalities import ZERO, Row, forced_low, negated
from rehabfacts.network.labels import UNBOUNDED, LapLimitError, Walk
from rehabfacts.network.propagation import LeastDating
from rehabfacts.plain import plain
from rehabfacts.rules.rules import Severity
from rehabfacts.verdicts import Verdict

NEGATION = -1
"""In the walk of an entailment: the row itself, negated."""


class Outcome(enum.Enum):
    """What became of a demand. OPEN and UNDATED are both undetermined: UNDATED where a side has no bound at all."""

    SATISFIED = "satisfied"
    OPEN = "open"
    UNDATED = "undated"
    VIOLATED = "violated"
    DISPUTED = "disputed"
    NOT_EVALUATED = "not evaluated"


@plain
class Branch:
    """A branch of a demand against the given: what it is, rows still open, why it is excluded, what entails its rows."""

    verdict: Verdict
    open_rows: Walk = ()
    walk: Walk = ()
    chains: dict[int, Walk] = attrs.field(factory=dict)


@attrs.define(eq=False)
class Judging:
    """An outcome for each demand, the conflicts, and the networks behind them.

    `given` are the rows of the given, `accepted` these and those of the accepted errors: on them rest the bounds. `kept`
    are all rows not set aside, of accepted warnings and notes too, held by `kept_network`. `entailed` holds the branch that
    makes a demand satisfied, `joined` the one branch left of several and the walks that exclude the others. `part` numbers
    the parts of the given that are tied to each other.
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
    outcomes: dict[Instance, Outcome]
    entailed: dict[Instance, tuple[int, Branch]]
    open_rows: dict[Instance, Walk]
    joined: dict[Instance, tuple[int, list[Walk]]]
    conflicts: list[Conflict]
    disputed: frozenset[str]
    dropped: frozenset[Instance]
    reasons: dict[Instance, str]
    part: list[int]


def judge(grounding: Grounding) -> Judging:
    """Judges a grounding."""
    return _Judge(grounding).run()


class _Judge:
    def __init__(self, grounding: Grounding) -> None:
        self._grounding = grounding
        self._rows = grounding.rows
        self._explainer = Explainer(grounding)
        self._given = settle(grounding, self._explainer)
        self._conflicts = self._given.conflicts
        self._outcomes: dict[Instance, Outcome] = {}
        self._entailed: dict[Instance, tuple[int, Branch]] = {}
        self._open_rows: dict[Instance, Walk] = {}
        self._branches: dict[Instance, list[Branch]] = {}
        self._reasons: dict[Instance, str] = {}

    def run(self) -> Judging:
        """The steps of judging, in order."""
        least, given = self._given.network, self._given.rows
        greatest, least_given = self._mirror(given), least.copy()
        waiting = sorted(self._judge_alone(least_given, greatest), key=acceptance_order)
        errors = sum(each.rule.severity is Severity.ERROR for each in waiting)
        acceptance = Acceptance(self._explainer, least, list(given))
        self._accept_all(acceptance, waiting[:errors])
        bounded, rested_on = least.copy(), list(acceptance.kept)
        self._accept_all(acceptance, waiting[errors:])
        kept_network, kept = acceptance.met
        return Judging(
            self._grounding, least_given, greatest, bounded, self._mirror(rested_on), given, rested_on, kept, kept_network,
            self._outcomes, self._entailed, self._open_rows, acceptance.joined, self._conflicts,
            frozenset(self._given.disputed), frozenset(self._given.dropped), self._reasons, self._given.part,
        )  # fmt: skip

    def _accept_all(self, acceptance: Acceptance, instances: Iterable[Instance]) -> None:
        """Step 3: what contradicts the given and those accepted before it is violated together with them."""
        for is_plain, group in itertools.groupby(instances, key=lambda instance: len(instance.clause) == 1):
            self._accept_group(acceptance, list(group), is_plain=is_plain)

    def _accept_group(self, acceptance: Acceptance, group: Sequence[Instance], *, is_plain: bool) -> None:
        """Accepts in bulk what holds together, halving what does not; single demands one by one."""
        try:
            left = acceptance.accept_plain(group) if is_plain else group
        except LapLimitError:
            left = group
        if is_plain and len(left) > 1:
            middle = len(left) // 2
            self._accept_group(acceptance, left[:middle], is_plain=True)
            self._accept_group(acceptance, left[middle:], is_plain=True)
            return
        for instance in left:
            self._accept_one(acceptance, instance)

    def _accept_one(self, acceptance: Acceptance, instance: Instance) -> None:
        try:
            conflict = acceptance.accept(instance, [branch.walk or None for branch in self._branches[instance]])
        except (LapLimitError, CaseLimitError) as limit:
            self._give_up(instance, str(limit))
        else:
            if conflict is not None:
                self._violate(instance, conflict)

    def _new_network(self, *, is_mirrored: bool = False) -> LeastDating:
        return LeastDating(len(self._grounding.variables), self._rows, is_mirrored=is_mirrored)

    def _mirror(self, numbers: Sequence[int]) -> LeastDating:
        network = self._new_network(is_mirrored=True)
        if network.add(numbers) is not None:
            raise AssertionError("a network that is consistent forwards and not backwards")
        return network

    def _judge_alone(self, least: LeastDating, greatest: LeastDating) -> list[Instance]:
        """Step 2: each demand against the given alone; returns those that are neither satisfied nor violated."""
        waiting: list[Instance] = []
        low, high = least.value, [-value for value in greatest.value]
        for instance in self._grounding.instances:
            if instance.rule.mode.is_given:
                continue
            if self._given.disputed and not self._given.disputed.isdisjoint(instance.facts):
                self._outcomes[instance] = Outcome.DISPUTED
            elif instance.answer is not None:
                self._answer(instance)
            else:
                try:
                    if self._judge_one(instance, least, low, high):
                        waiting.append(instance)
                except LapLimitError as limit:
                    self._give_up(instance, str(limit))
        return waiting

    def _give_up(self, instance: Instance, reason: str) -> None:
        self._outcomes[instance] = Outcome.NOT_EVALUATED
        self._reasons[instance] = reason

    def _answer(self, instance: Instance) -> None:
        if instance.answer is Verdict.YES:
            self._outcomes[instance] = Outcome.SATISFIED
        else:
            self._violate(instance, self._explainer.written(instance))

    def _judge_one(self, instance: Instance, least: LeastDating, low: list[int], high: list[int]) -> bool:
        """Whether the demand is still open after judging it against the given."""
        branches: list[Branch] = []
        for at, rows in enumerate(instance.clause):
            branch = self._judge_branch(rows, least, low, high)
            if branch.verdict is Verdict.YES:
                self._outcomes[instance] = Outcome.SATISFIED
                self._entailed[instance] = (at, branch)
                return False
            branches.append(branch)
        if all(branch.verdict is Verdict.NO for branch in branches):
            self._violate(instance, self._explainer.explain(instance, [branch.walk for branch in branches]))
            return False
        self._branches[instance] = branches
        self._open_rows[instance] = tuple(number for branch in branches for number in branch.open_rows)
        ends = {end for rows in instance.clause for number in rows for end in self._rows[number][:2] if end != ZERO}
        is_bare = any(least.bound(end) is None and high[end] > -UNBOUNDED for end in ends)
        self._outcomes[instance] = Outcome.UNDATED if is_bare else Outcome.OPEN
        return True

    def _violate(self, instance: Instance, conflict: Conflict) -> None:
        self._outcomes[instance] = Outcome.VIOLATED
        self._conflicts.append(conflict)

    def _judge_branch(self, rows: Walk, least: LeastDating, low: list[int], high: list[int]) -> Branch:
        open_rows: list[int] = []
        chains: dict[int, Walk] = {}
        for number in rows:
            row = self._rows[number]
            start, end, days, months, _ = row
            if (low[end] >= high[start] + days) if not months else (low[end] >= forced_low(row, high[start])):
                continue
            is_excluded = (high[end] < low[start] + days) if not months else (high[end] < forced_low(row, low[start]))
            if not is_excluded and self._given.part[start] != self._given.part[end]:
                open_rows.append(number)
                continue
            walk = least.contradiction((number,))
            if walk is not None:
                return Branch(Verdict.NO, walk=walk)
            chain = self._entailment(least, row)
            if chain is None:
                open_rows.append(number)
            else:
                chains[number] = chain
        if not open_rows:
            return Branch(Verdict.YES, chains=chains)
        if self._could_clash(open_rows):
            walk = least.contradiction(open_rows)
            if walk is not None:
                return Branch(Verdict.NO, walk=walk)
        return Branch(Verdict.UNKNOWN, tuple(open_rows))

    def _could_clash(self, numbers: list[int]) -> bool:
        """Whether a walk could lead from one of the rows through the given to another."""
        if len(numbers) < 2:
            return False
        ends = {self._given.part[self._rows[number][1]] for number in numbers}
        return any(self._given.part[self._rows[number][0]] in ends for number in numbers)

    def _entailment(self, least: LeastDating, row: Row) -> Walk | None:
        """The walk that excludes the negation of a row, if the given does."""
        self._rows.append(negated(row))
        number = len(self._rows) - 1
        try:
            walk = least.contradiction((number,))
        finally:
            self._rows.pop()
        return None if walk is None else tuple(NEGATION if each == number else each for each in walk)
