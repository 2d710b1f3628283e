"""What a change did to each violation: whether it brought it, made it certain, moved it, or found it there."""

import enum
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from rehabfacts.changes.differences import MovedBound, changed_readings, moved_bounds
from rehabfacts.changes.facts import FactChange, fact_changes
from rehabfacts.checker.judging.conflicts import Explainer
from rehabfacts.checker.judging.judging import Outcome
from rehabfacts.checker.reports import Report, Since
from rehabfacts.checker.violations import Accepted, Violation
from rehabfacts.checker.worlds import World
from rehabfacts.dataset import Dataset
from rehabfacts.engines.groundings import Instance
from rehabfacts.network.contradictions import CaseLimitError
from rehabfacts.network.labels import LapLimitError
from rehabfacts.origins import Origin


class ViolationClass(enum.Enum):
    """What became of a violation. WORSENED was undetermined or doubtful before; MOVED persists at another place; MERGED comes with the merge alone."""

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
class State:
    """A state of the files: all that was read, and its report.

    Of a state that is only compared with, the report is of what differs anywhere and what that can reach (`reached`, None
    for everything): all else is as in the other states.
    """

    dataset: Dataset
    report: Report
    reached: frozenset[str] | None = None

    def reaches(self, violation: Violation) -> bool:
        """Whether the report of this state answers for a violation, or the other states do."""
        if self.reached is None:
            return True
        names = [each for each in _names(violation) if each in violation.world.dataset.records]
        return not names or not self.reached.isdisjoint(names)

    @cached_property
    def violations(self) -> Mapping[str, Violation]:
        """The violations that its report answers for, by their fingerprints."""
        return {each.fingerprint: each for each in self.report.violations if self.reaches(each)}

    def kind_of(self, violation: Violation) -> ViolationClass:
        """What a violation of another state is beside this one."""
        if not self.reaches(violation) or self.stood(violation):
            return ViolationClass.PERSISTING if self._places(violation) == _place(violation) else ViolationClass.MOVED
        headline = violation.conflict.headline
        outcome = None if headline is None else self.report.main.outcomes.get(headline.key)
        was_doubtful = violation.fingerprint in self.violations
        return ViolationClass.WORSENED if was_doubtful or outcome in {Outcome.OPEN, Outcome.UNDATED} else ViolationClass.NEW

    def stood(self, violation: Violation) -> bool:
        """Whether a violation of another state, or another explanation of it, stands in this one: its members here could not all hold."""
        known = self.violations.get(violation.fingerprint)
        if known is not None and known.is_doubtful <= violation.is_doubtful:
            return True
        if violation.is_written:
            return any(_is_part(violation, each) for each in self.violations.values())
        return self._certain.contradicts(violation) or (violation.is_doubtful and self._doubtful is not None and self._doubtful.contradicts(violation))

    @cached_property
    def _certain(self) -> "_Asked":
        return _Asked(self.report.main)

    @cached_property
    def _doubtful(self) -> "_Asked | None":
        return None if self.report.doubtful is None else _Asked(self.report.doubtful)

    def _places(self, violation: Violation) -> tuple[Origin, ...]:
        return tuple(self.dataset.records[name].origin for name in _names(violation) if name in self.dataset.records)


@attrs.frozen(eq=False)
class ClassifiedViolation:
    """A violation with what a change did to it. One that is fixed is told as it was."""

    violation: Violation
    kind: ViolationClass


@attrs.frozen(eq=False)
class Change:
    """What lies between two states; `merge` is that of the merge result, where there is one of its own.

    `policy` says what the change altered in the rules and settings, whichever the states were judged by. `unmerged`: a merge
    result would be another state, but the texts conflict.
    """

    base: State
    head: State
    merge: State | None
    violations: tuple[ClassifiedViolation, ...]
    facts: tuple[FactChange, ...]
    bounds: tuple[MovedBound, ...]
    readings: tuple[tuple[str, str, str], ...]
    policy: tuple[str, ...] = ()
    unmerged: bool = False

    @property
    def brought(self) -> tuple[ClassifiedViolation, ...]:
        """The violations at or above the threshold that the change brought."""
        return tuple(each for each in self.violations if each.kind.is_brought and self._fails(each))

    def _fails(self, classified: ClassifiedViolation) -> bool:
        state = self.merge if self.merge is not None and classified.kind is ViolationClass.MERGED else self.head
        return state.report.fails(classified.violation)

    @property
    def unfinished(self) -> tuple[str, ...]:
        """What of the merge was not judged."""
        is_partial = self.merge is not None and not self.merge.report.is_complete
        return (*(("the merge was not read and judged whole",) if is_partial else ()), *(("the texts conflict, so no merge was judged",) if self.unmerged else ()))

    def report(self, base: str, *, allow_policy: bool = False) -> Report:
        """The report of the head, in which only what the change brought fails the run, and what else does is said."""
        stood = {ViolationClass.PERSISTING, ViolationClass.MOVED}
        accepted = {each.violation.id: Accepted(f"stood in {base} already") for each in self.violations if each.kind in stood}
        merged = [each.violation for each in self.brought if each.kind is ViolationClass.MERGED]
        objections = [f"the merge with {base} brings {each.rule_id} ({', '.join(each.conflict.facts)})" for each in merged]
        classes = {each.violation.id: each.kind.value for each in self.violations if each.violation.world in self.head.report.worlds}
        return attrs.evolve(
            self.head.report, accepted={**accepted, **self.head.report.accepted}, unfinished=(*self.head.report.unfinished, *self.unfinished),
            objections=tuple(objections), since=Since(base, classes, self.policy, is_allowed=allow_policy),
        )  # fmt: skip

    def exit_status(self, report: Report) -> int:
        """That of a report of this change; what of the merge could not be read or judged counts too, and mistakes of ours anywhere."""
        statuses = {report.exit_status, *((self.merge.report.exit_status,) if self.merge else ()), *((4,) if self.base.report.complaints else ())}
        return next((each for each in (4, 2, 3) if each in statuses), report.exit_status)


def classify(base: State, head: State, *, merge: State | None = None, elsewhere: Sequence[State] = ()) -> Change:
    """What a change did. A conflict of the head is new only if its members could all hold as they stood in the base.

    `elsewhere` are other states that both sides know of, or that the change is merged with: what stands there is not new
    either. The merge brings what no other state has. What vanished is fixed if its members can all hold now, or are gone.
    """
    others = (*elsewhere, base)
    found = [ClassifiedViolation(each, _kind(each, others)) for each in head.report.violations]
    if merge is not None:
        known = (*others, head)
        found += [ClassifiedViolation(each, ViolationClass.MERGED) for each in merge.violations.values() if not any(_has(state, each) for state in known)]
    found += [ClassifiedViolation(each, ViolationClass.FIXED) for each in base.violations.values() if not head.stood(each)]
    bounds, readings = moved_bounds(base.report, head.report, within=base.reached), changed_readings(base.report, head.report, within=base.reached)
    return Change(base, head, merge, tuple(found), fact_changes(base.dataset, head.dataset), bounds, readings)


def _kind(violation: Violation, states: Sequence[State]) -> ViolationClass:
    """Beside the last of the states; what stands in another of them is none that was brought."""
    kind = states[-1].kind_of(violation)
    if kind.is_brought and any(_has(state, violation) for state in states[:-1]):
        return ViolationClass.PERSISTING
    return kind


def _has(state: State, violation: Violation) -> bool:
    return not state.reaches(violation) or state.stood(violation)


def _names(violation: Violation) -> Iterator[str]:
    """The records that a violation is about."""
    conflict = violation.conflict
    bound = (name for instance in conflict.instances for name in instance.binding)
    return iter(dict.fromkeys((*conflict.facts, *(() if conflict.headline is None else conflict.headline.binding), *bound)))


def _place(violation: Violation) -> tuple[Origin, ...]:
    """Where the members of a conflict are written."""
    records = violation.world.dataset.records
    return tuple(records[name].origin for name in _names(violation) if name in records)


def _is_part(violation: Violation, other: Violation) -> bool:
    """Whether what is written in one place too many (or too few) is, with other facts perhaps, what another violation says."""
    facts = violation.conflict.facts
    return bool(facts) and other.is_written and other.rule_id == violation.rule_id and {*facts} <= {*other.conflict.facts} and len(facts) > 1


class _Asked:
    """A world that is asked whether the members of conflicts of other states could all hold in it, as they stand there."""

    def __init__(self, world: World) -> None:
        self._facts, self._explainer = world.dataset.facts, Explainer(world.grounding)
        self._instances: Mapping[tuple[str, tuple[str, ...]], Instance] = {each.key: each for each in world.grounding.instances}

    def contradicts(self, violation: Violation) -> bool:
        conflict = violation.conflict
        members = [instance for each in conflict.instances if (instance := self._instances.get(each.key)) is not None]
        if len(members) < len(conflict.instances) or not self._facts.keys() >= {*conflict.facts}:
            return False
        try:
            return self._explainer.contradicts([*conflict.facts, *members])
        except (CaseLimitError, LapLimitError):
            return False
