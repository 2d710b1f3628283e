"""Violations: conflicts as a reader meets them."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from rehabfacts.checker.judging.conflicts import Conflict
from rehabfacts.checker.worlds import World, severity_of
from rehabfacts.rules.rules import Rule, Severity

if TYPE_CHECKING:
    from rehabfacts.checker.judging.repairs import Repairs
    from rehabfacts.loading.waivers import Waiver

FACTS_AGREE = "facts-agree"


@attrs.frozen
class Accepted:
    """Why a violation does not fail the run, and the waiver that says so, if somebody wrote one."""

    says: str
    waiver: "Waiver | None" = None


@attrs.frozen(eq=False)
class Violation:
    """A conflict with what a reader asks first: how grave, in which world, whether only doubtful facts lead to it.

    `way_out` names readings that are still possible where the held one is refuted. `twin` numbers those that are told
    of the same rule and facts, which can clash in one time and in another: the first is 0.
    """

    conflict: Conflict
    world: World
    is_doubtful: bool = False
    way_out: tuple[str, ...] = ()
    twin: int = 0

    @property
    def rule(self) -> Rule | None:
        """The rule of the headline; None where facts contradict each other without any demand."""
        return None if self.conflict.headline is None else self.conflict.headline.rule

    @property
    def is_written(self) -> bool:
        """Whether the dataset as written answers it, so that no chain of times or numbers is behind it."""
        return self.conflict.proof is None

    @property
    def repairs(self) -> "Repairs":
        """What would end it, each alone; nothing of it is ever applied."""
        from rehabfacts.checker.judging.repairs import find_repairs  # noqa: PLC0415  # only where it is asked for

        return find_repairs(self.world.grounding, self.conflict)

    @property
    def rule_id(self) -> str:
        """The id of the rule, `facts-agree` where facts contradict each other."""
        return FACTS_AGREE if self.rule is None else self.rule.id

    @property
    def severity(self) -> Severity:
        """As grave as its mildest demand; disagreements between sources are warnings."""
        return severity_of(self.conflict, self.world.dataset)

    @property
    def id(self) -> str:
        """A short name that stays the same while rule and facts do; no two violations of a report have the same."""
        return self.fingerprint[:8]

    @property
    def fingerprint(self) -> str:
        """By what a violation is known again in another report: its rule, and the records that the rule is bound to."""
        headline = self.conflict.headline
        parts = (self.rule_id, *(self.conflict.facts if headline is None else headline.binding))
        twin = (str(self.twin),) if self.twin else ()
        return hashlib.sha256("\0".join((*parts, *twin)).encode("utf-8", "surrogatepass")).hexdigest()


def told_apart(violations: Iterable[Violation]) -> tuple[Violation, ...]:
    """The violations, each with an id of its own."""
    found: dict[str, int] = {}
    told = []
    for each in violations:
        number = found[each.id] = found.get(each.id, -1) + 1
        told.append(attrs.evolve(each, twin=number) if number else each)
    return tuple(told)


def relevance(violation: Violation) -> tuple[bool, int, int, str, Sequence[str]]:
    """Certain before doubtful; grave before mild; few members before many; then by rule and facts."""
    conflict = violation.conflict
    return violation.is_doubtful, -violation.severity, len(conflict.members), violation.rule_id, conflict.facts
