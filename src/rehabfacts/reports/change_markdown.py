"""What a change did, as Markdown for a pull request: the policy first, then violations by class, facts by meaning, bounds."""

from collections.abc import Iterator

from rehabfacts.changes.classes import Change, ClassifiedViolation, ViolationClass
from rehabfacts.checker.reports import Report
from rehabfacts.checker.stories import tell
from rehabfacts.reports.change import fact_line, summary
from rehabfacts.reports.markdown import iter_policy, plain
from rehabfacts.reports.whatif import span_of

_MOST = 50


def write(change: Change, report: Report) -> str:
    """The whole of it, what was brought in full; data never becomes markup."""
    since = report.since
    lines = [f"# What changed since {plain(since.base if since else '', 200)}", "", *iter_policy(report), plain(summary(change, report), 1_000), ""]
    for kind in ViolationClass:
        found = [each for each in change.violations if each.kind is kind]
        if found:
            lines += [f"## {kind.value.capitalize()}: {len(found)}", "", *_violations(found), ""]
    facts = [f"{each.kind}: {fact_line(each)}" for each in change.facts]
    bounds = [f"{each.record} {each.name}: from {span_of(each.before)} to {span_of(each.after)}" for each in change.bounds]
    readings = [f"{name}: {before} before, {after} now" for name, before, after in change.readings]
    for heading, texts in (("Facts", facts), ("Bounds", bounds), ("Readings", readings)):
        lines += [f"## {heading}: {len(texts)}", "", *_listed(texts), ""] if texts else []
    return "\n".join(lines)


def _violations(found: list[ClassifiedViolation]) -> Iterator[str]:
    for each in found[:_MOST]:
        yield from _violation(each)
    if len(found) > _MOST:
        yield f"- … {len(found) - _MOST} more"


def _violation(classified: ClassifiedViolation) -> Iterator[str]:
    violation = classified.violation
    story = tell(violation)
    doubtful = ", doubtful" if violation.is_doubtful else ""
    yield f"- **{plain(violation.rule_id)}** ({violation.severity}{doubtful}) {plain(story.says)} `{violation.id}`, {plain(str(story.origin))}"
    if classified.kind.is_brought:
        for member in story.members[:_MOST]:
            quote = f" “{plain(member.quote)}”" if member.quote else ""
            yield f"  - {plain(member.says)}{quote}, {plain(str(member.origin))}"
        if story.clash or story.note:
            yield f"  - {plain(f'{story.note} {story.clash}'.strip())}"


def _listed(texts: list[str]) -> Iterator[str]:
    yield from (f"- {plain(each, 600)}" for each in texts[:_MOST])
    if len(texts) > _MOST:
        yield f"- … {len(texts) - _MOST} more"
