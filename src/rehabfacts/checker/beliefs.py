"""What would follow if denied and superseded claims were believed: told apart, since nothing of it is the case."""

from rehabfacts.checker.judging.judging import Outcome
from rehabfacts.checker.reports import Report
from rehabfacts.checker.violations import Violation
from rehabfacts.checker.worlds import World
from rehabfacts.plain import plain

_MENDED = frozenset((None, Outcome.SATISFIED, Outcome.OPEN, Outcome.UNDATED))


@plain
class Beliefs:
    """A world in which claims are believed that are not: these facts, the conflicts they would bring, and those they would end."""

    world: World
    facts: tuple[str, ...]
    appearing: tuple[Violation, ...]
    resolved: tuple[Violation, ...]


def beliefs_of(report: Report) -> tuple[Beliefs, ...]:
    """What believing would change: denied claims first, then superseded ones in place of what superseded them."""
    return tuple(_beliefs(report, world) for world in report.believed)


def _beliefs(report: Report, world: World) -> Beliefs:
    certain = report.dataset.facts
    told = [each for each in report.violations if each.world is report.main]
    known = {each.id for each in told}
    found = [Violation(conflict, world) for conflict in world.judging.conflicts]
    appearing = [each for each in found if each.id not in known and any(name not in certain for name in each.conflict.facts)]
    appearing.sort(key=lambda each: (-each.severity, len(each.conflict.members), each.rule_id, each.conflict.facts))
    resolved = tuple(each for each in told if _is_resolved(each, world))
    return Beliefs(world, tuple(sorted(name for name in world.dataset.facts if name not in certain)), tuple(appearing), resolved)


def _is_resolved(violation: Violation, world: World) -> bool:
    """Whether the headline is no longer violated, nor disputed; or, of the given, whether its facts no longer are."""
    headline = violation.conflict.headline
    if headline is None:
        return world.judging.disputed.isdisjoint(violation.conflict.facts)
    return world.outcomes.get(headline.key) in _MENDED
