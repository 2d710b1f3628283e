"""What a supposition would change, as text."""

from collections.abc import Iterator

from rehabfacts.changes.differences import Difference, MovedBound, MovedViolation
from rehabfacts.checker.reports import Report, TightenedBound
from rehabfacts.checker.stories import in_units, tell
from rehabfacts.checker.violations import Violation
from rehabfacts.reports.text import escaped


def write_whatif(difference: Difference, after: Report) -> str:
    """The facts that would be gone, the conflicts that would appear, vanish and change, the readings, the bounds that would move."""
    lines = [
        *(f"gone  {name}, which refers to {', '.join(parts)}" for name, parts in difference.gone if parts),
        *(line for each in difference.appeared for line in _conflict("appears", each)),
        *(line for each in difference.vanished for line in _conflict("vanishes", each)),
        *(line for each in difference.changed for line in _changed(each)),
        *(line for name, old, new in difference.readings for line in _reading(after, name, old, new)),
        *(f"moves  {_moved(each)}" for each in difference.moved),
    ]
    return "\n".join(line for text in lines or ["Nothing would change."] for line in escaped(text)) + "\n"


def _conflict(word: str, violation: Violation) -> Iterator[str]:
    story = tell(violation)
    doubtful = ", doubtful" if violation.is_doubtful else ""
    headline = violation.conflict.headline
    about = f"  {', '.join(headline.binding)}" if headline is not None and not story.members else ""
    yield f"{word}  {violation.severity}{doubtful}  {violation.rule_id}  {story.says}{about}  [{violation.id}]"
    yield from (f"  {member.says}  {member.origin}" for member in story.members)
    if story.clash:
        yield f"  {story.clash}"


def _changed(changed: MovedViolation) -> Iterator[str]:
    yield from _conflict("changes", changed.after)
    old, new = tell(changed.before), tell(changed.after)
    if old.clash != new.clash:
        yield f"  Before: {old.clash or 'no size was told.'}"
    if {each.id for each in old.members} != {each.id for each in new.members}:
        yield f"  Before, with: {', '.join(each.id for each in old.members)}"
    if (changed.before.severity, changed.before.is_doubtful) != (changed.after.severity, changed.after.is_doubtful):
        yield f"  Before: {changed.before.severity}{', doubtful' if changed.before.is_doubtful else ''}"


def _reading(report: Report, name: str, old: str, new: str) -> Iterator[str]:
    yield f"reading  {name}: {old} before, {new} then"
    for each in report.readings:
        if f"{each.ambiguity}={each.reading}" == name:
            for conflict in each.conflicts:
                story = tell(Violation(conflict, each.world))
                yield f"  by {story.violation.rule_id}: {story.says}"
                yield from (f"    {member.says}  {member.origin}" for member in story.members)
                yield f"    {story.clash}"


def _moved(moved: MovedBound) -> str:
    return f"{moved.record}  {moved.name}  from {span_of(moved.before)} to {span_of(moved.after)}"


def span_of(bound: TightenedBound | None) -> str:
    """The two ends of a bound as text."""
    if bound is None:
        return "(not there)"
    low, high = (
        in_units(end, is_quantity=bound.is_quantity, unbounded=text, unit=bound.unit) for end, text in zip(bound.tightened, ("-inf", "inf"), strict=True)
    )
    return low if low == high else f"{low}..{high}"
