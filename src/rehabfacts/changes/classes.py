"""What a change did to each violation: whether it brought it, made it certain, moved it, or found it there."""

import enum
from collections.abc import Mapping

import attrs

from rehabfacts.changes.differences import MovedBound, compare
from rehabfacts.changes.facts import FactChange, fact_changes
from rehabfacts.changes.policies import policy_changes
from rehabfacts.changes.waivers import waiver_changes
from rehabfacts.checker.conflicts import Explainer
from rehabfacts.checker.judging import Outcome
from rehabfacts.checker.reports import Acceptance, Report
from rehabfacts.checker.violations import Violation
from rehabfacts.checker.worlds import World
from rehabfacts.engines.groundings import Instance
from rehabfacts.schema import Origin


class ViolationClass(enum.Enum):
    """What became of a violation. WORSENED was undetermined before; MOVED persists at another place; MERGED comes with the merge alone."""

    NEW = "new"
    WORSENED = "worsened"
    MERGED = "new by the merge"
    PERSISTING = "persisting"
    MOVED = "moved"
    FIXED = "fixed"

    @property
    def is_brought(self) -> bool:
        """Whether the change brought it."""
        return self in {ViolationClass.NEW, ViolationClass.WORSENED, ViolationClass.MERGED}


@attrs.frozen(eq=False)
class ClassifiedViolation:
    """A violation with what a change did to it. One that is fixed is told as it was."""

    violation: Violation
    kind: ViolationClass


@attrs.frozen(eq=False)
class Change:
    """What lies between two reports; `merge` is that of the merge result, where there is one of its own.

    `unmerged`: there would be one, but the texts conflict.
    """

    base: Report
    head: Report
    merge: Report | None
    violations: tuple[ClassifiedViolation, ...]
    facts: tuple[FactChange, ...]
    bounds: tuple[MovedBound, ...]
    readings: tuple[tuple[str, str, str], ...]
    policy: tuple[str, ...]
    unmerged: bool = False

    @property
    def brought(self) -> tuple[ClassifiedViolation, ...]:
        """The violations at or above the threshold that the change brought."""
        return tuple(each for each in self.violations if each.kind.is_brought and self.head.fails(each.violation))

    def report(self, base: str, *, allow_policy: bool = False) -> Report:
        """The report of the head, in which only what the change brought fails the run, and what else does is said."""
        stood = {ViolationClass.PERSISTING, ViolationClass.MOVED}
        accepted = {each.violation.id: Acceptance(f"stood in {base} already") for each in self.violations if each.kind in stood}
        merged = [each.violation for each in self.brought if each.kind is ViolationClass.MERGED]
        objections = [f"the merge with {base} brings {each.rule_id} ({', '.join(each.conflict.facts)})" for each in merged]
        return attrs.evolve(self.head, accepted={**accepted, **self.head.accepted}, objections=(*(() if allow_policy else self.policy), *objections))

    def exit_status(self, *, allow_policy: bool = False) -> int:
        """As of a report, but 1 for what the change brought alone, and for a change of policy that is not allowed."""
        statuses = [report.exit_status for report in (self.head, self.merge) if report is not None]
        worst = next((status for status in (4, 2, 3) if status in statuses), 0)
        return worst or int(bool(self.brought) or bool(self.policy and not allow_policy))


def classify(base: Report, head: Report, merge: Report | None = None, tip: Report | None = None) -> Change:
    """What a change did. A conflict of the head is new only if its members could all hold as they stood in the base.

    The merge of the head with a `tip` that has gone on from the base brings what neither of the two has.
    """
    difference = compare(base, head)
    old = {each.id: each for each in base.violations}
    found = [ClassifiedViolation(each, _kind(base, old.get(each.id), each)) for each in head.violations]
    if merge is not None and tip is not None:
        known = {each.id for report in (base, head, tip) for each in report.violations}
        found += [
            ClassifiedViolation(each, ViolationClass.MERGED) for each in merge.violations
            if each.id not in known and all(_kind(report, None, each).is_brought for report in (tip, head))
        ]  # fmt: skip
    found += [ClassifiedViolation(each, ViolationClass.FIXED) for each in difference.vanished]
    return Change(
        base, head, merge, tuple(found), fact_changes(base.dataset, head.dataset), difference.moved, difference.readings,
        (*policy_changes(base.rules, head.rules, base.settings, head.settings), *waiver_changes(base.waivers, head.waivers)),
    )  # fmt: skip


def _kind(base: Report, before: Violation | None, violation: Violation) -> ViolationClass:
    if before is not None:
        return ViolationClass.PERSISTING if _place(before) == _place(violation) else ViolationClass.MOVED
    if _was_there(base.main, violation) or (base.doubtful is not None and violation.is_doubtful and _was_there(base.doubtful, violation)):
        return ViolationClass.PERSISTING
    headline = violation.conflict.headline
    outcome = None if headline is None else base.main.outcomes.get(headline.key)
    return ViolationClass.WORSENED if outcome in {Outcome.OPEN, Outcome.UNDATED} else ViolationClass.NEW


def _place(violation: Violation) -> tuple[Origin, ...]:
    """Where the members of a conflict are written."""
    records = violation.world.dataset.records
    names = (*violation.conflict.facts, *(() if violation.conflict.headline is None else violation.conflict.headline.binding))
    return tuple(records[name].origin for name in dict.fromkeys(names) if name in records)


def _was_there(base: World, violation: Violation) -> bool:
    """Whether the members of a conflict, as they stood in a world of the base, could not all hold."""
    conflict = violation.conflict
    instances = _instances(base)
    members = [instances.get(each.key) for each in conflict.instances]
    if conflict.proof is None or not all(members) or not all(name in base.dataset.facts for name in conflict.facts):
        return False
    explainer = Explainer(base.grounding)
    return explainer.contradicts([*conflict.facts, *(each for each in members if each is not None)])


def _instances(world: World) -> Mapping[tuple[str, tuple[str, ...]], Instance]:
    return {each.key: each for each in world.grounding.instances}
