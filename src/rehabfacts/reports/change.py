"""What a change did, as text: the policy first, then violations by class, facts by meaning, bounds and readings."""

from collections.abc import Iterator

from rehabfacts.changes.classes import Change, ClassifiedViolation, ViolationClass
from rehabfacts.changes.facts import KINDS, FactChange
from rehabfacts.checker.reports import Report
from rehabfacts.checker.stories import tell
from rehabfacts.reports.text import escaped, iter_policy
from rehabfacts.reports.whatif import span_of

_MOST = 50


def write(change: Change, report: Report) -> str:
    """The whole of it; the last line counts, and says why the run fails if it does."""
    lines = [*iter_policy(report), *_violations(change), *_facts(change), *_readings(change), *_bounds(change), summary(change, report)]
    return "\n".join(line for text in lines for line in escaped(text)) + "\n"


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
        yield from (f"fact {kind}  {fact_line(each)}" for each in found[:_MOST])
        if len(found) > _MOST:
            yield f"fact {kind}  … {len(found) - _MOST} more"


def fact_line(fact: FactChange) -> str:
    """A fact with what it said before and says now."""
    fields = "; ".join(f"{name} from {before} to {after}" for name, before, after in fact.fields)
    return f"{fact.fact}: {fields}" if fields else fact.fact


def _readings(change: Change) -> Iterator[str]:
    yield from (f"reading  {name}: {before} before, {after} now" for name, before, after in change.readings)


def _bounds(change: Change) -> Iterator[str]:
    for each in change.bounds[:_MOST]:
        yield f"bound  {each.record}  {each.name}  from {span_of(each.before)} to {span_of(each.after)}"
    if len(change.bounds) > _MOST:
        yield f"bound  … {len(change.bounds) - _MOST} more"


def summary(change: Change, report: Report) -> str:
    """How many of each, and why the run fails."""
    tally = {kind: sum(each.kind is kind for each in change.violations) for kind in ViolationClass}
    counts = ", ".join(f"{count} {kind.value}" for kind, count in tally.items() if count) or "no violation before or after"
    since, brought = report.since, [each for each in change.brought if each.violation.id not in report.accepted]
    reasons = [f"{len(brought)} at or above the threshold came with the change"] if brought else []
    reasons += ["the policy was changed"] if since and since.policy and not since.is_allowed else []
    states = (("the base", change.base), ("the change", change.head))
    reasons += [f"{name} was not read and judged whole" for name, state in states if not state.report.is_complete]
    verdict = "; ".join([*reasons, *change.unfinished]) or "nothing that fails"
    return f"{counts}; {_counted(len(change.facts), 'fact')} and {_counted(len(change.bounds), 'bound')} differ: {verdict}."


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
