"""What a supposition would change, as text."""

from collections.abc import Iterator

from rehabfacts.changes.differences import Difference, MovedBound
from rehabfacts.checker.reports import Report, TightenedBound, Violation
from rehabfacts.checker.stories import in_units, tell
from rehabfacts.reports.text import escaped


def write_whatif(difference: Difference, after: Report) -> str:
    """The conflicts that would appear and vanish, the readings that would change, the bounds that would move."""
    lines = [
        *(line for each in difference.appeared for line in _conflict("appears", each)),
        *(line for each in difference.vanished for line in _conflict("vanishes", each)),
        *(line for name, old, new in difference.readings for line in _reading(after, name, old, new)),
        *(f"moves  {_moved(each)}" for each in difference.moved),
    ]
    return "\n".join(line for text in lines or ["Nothing would change."] for line in escaped(text)) + "\n"


def _conflict(word: str, violation: Violation) -> Iterator[str]:
    story = tell(violation)
    yield f"{word}  {violation.severity}  {violation.rule_id}  {story.says}  [{violation.id}]"
    yield from (f"  {member.says}  {member.origin}" for member in story.members)
    if story.clash:
        yield f"  {story.clash}"


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
    return f"{moved.record}  {moved.name}  from {_span(moved.before)} to {_span(moved.after)}"


def _span(bound: TightenedBound | None) -> str:
    if bound is None:
        return "(not there)"
    low, high = (
        in_units(end, is_quantity=bound.is_quantity, unbounded=text) for end, text in zip(bound.tightened, ("-inf", "inf"), strict=True)
    )
    return low if low == high else f"{low}..{high}"
