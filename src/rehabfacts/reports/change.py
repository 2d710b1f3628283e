"""What a change did, as text: the policy first, then violations by class, facts by meaning, bounds and readings."""

from collections.abc import Iterator

from rehabfacts.changes.classes import Change, ClassifiedViolation, ViolationClass
from rehabfacts.changes.facts import KINDS
from rehabfacts.checker.stories import tell
from rehabfacts.reports.text import escaped
from rehabfacts.reports.whatif import span_of

_MOST = 50


def write_change(change: Change, *, allow_policy: bool = False) -> str:
    """The whole of it; the last line counts, and says why the run fails if it does."""
    lines = [*_policy(change, allow_policy=allow_policy), *_violations(change), *_facts(change), *_readings(change), *_bounds(change)]
    lines.append(_summary(change, allow_policy=allow_policy))
    return "\n".join(line for text in lines for line in escaped(text)) + "\n"


def _policy(change: Change, *, allow_policy: bool) -> Iterator[str]:
    for each in change.policy:
        yield f"policy  {each}" + ("" if allow_policy else "  (fails the run unless it is allowed)")


def _violations(change: Change) -> Iterator[str]:
    by_kind = {kind: [each for each in change.violations if each.kind is kind] for kind in ViolationClass}
    for kind, found in by_kind.items():
        if kind in {ViolationClass.PERSISTING, ViolationClass.MOVED}:
            continue
        for each in found[:_MOST]:
            yield from _violation(each)
        if len(found) > _MOST:
            yield f"{kind.value}  … {len(found) - _MOST} more"


def _violation(classified: ClassifiedViolation) -> Iterator[str]:
    violation = classified.violation
    story = tell(violation)
    doubtful = ", doubtful" if violation.is_doubtful else ""
    yield f"{classified.kind.value}  {story.origin}  {violation.severity}{doubtful}  {violation.rule_id}  {story.says}  [{violation.id}]"
    if classified.kind.is_brought:
        for member in story.members[:_MOST]:
            yield f"  {member.says}  {member.origin}" + (f"  “{member.quote}”" if member.quote else "")
        if story.clash or story.note:
            yield f"  {f'{story.note} {story.clash}'.strip()}"


def _facts(change: Change) -> Iterator[str]:
    for kind in KINDS:
        found = [each for each in change.facts if each.kind == kind]
        for each in found[:_MOST]:
            fields = "; ".join(f"{name} from {before} to {after}" for name, before, after in each.fields)
            yield f"fact {kind}  {each.fact}" + (f": {fields}" if fields else "")
        if len(found) > _MOST:
            yield f"fact {kind}  … {len(found) - _MOST} more"


def _readings(change: Change) -> Iterator[str]:
    yield from (f"reading  {name}: {before} before, {after} now" for name, before, after in change.readings)


def _bounds(change: Change) -> Iterator[str]:
    for each in change.bounds[:_MOST]:
        yield f"bound  {each.record}  {each.name}  from {span_of(each.before)} to {span_of(each.after)}"
    if len(change.bounds) > _MOST:
        yield f"bound  … {len(change.bounds) - _MOST} more"


def _summary(change: Change, *, allow_policy: bool) -> str:
    tally = {kind: sum(each.kind is kind for each in change.violations) for kind in ViolationClass}
    counts = ", ".join(f"{count} {kind.value}" for kind, count in tally.items() if count) or "no violation before or after"
    reasons = [f"{len(change.brought)} at or above the threshold came with the change"] if change.brought else []
    reasons += ["the policy was changed"] if change.policy and not allow_policy else []
    reasons += ["the texts conflict, so no merge was judged"] if change.unmerged else []
    incomplete = [] if all(report.is_complete for report in (change.base, change.head, change.merge) if report is not None) else ["not everything was read and judged"]
    verdict = "; ".join([*reasons, *incomplete]) or "nothing that fails"
    return f"{counts}; {len(change.facts)} facts and {len(change.bounds)} bounds differ: {verdict}."
