"""The report as Markdown: for pull requests and documents. Data never becomes markup, mentions, links or images."""

import re
from collections.abc import Iterable, Iterator

from rehabfacts.checker.attributions.reliability import Reliability
from rehabfacts.checker.disagreements import preference, scope_of, sides_of
from rehabfacts.checker.judging.judging import Outcome
from rehabfacts.checker.reports import Report
from rehabfacts.checker.stories import Story, tell
from rehabfacts.checker.violations import Violation
from rehabfacts.errors import shown
from rehabfacts.reports.attributions import has_sources, iter_beliefs, iter_events, iter_world
from rehabfacts.reports.repairs import iter_repairs
from rehabfacts.rules.rules import Severity

_MEANS = re.compile(r"[\\`*_{}\[\]()<>+!|~&$:=^\"']|(?P<linked>[@#]|(?<=GH)-(?=\d))|^[-\d]|(?<=www)\.", re.IGNORECASE)
"""Characters with a meaning. GitHub looks for mentions and issues once more in the finished page: what follows there is parted from them."""

_MOST = 5_000


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # Markdown has no colours
    """The whole report."""
    lines = ["# Consistency report", "", *iter_policy(report), _verdict(report), "", *(line for text in iter_world(report) for line in (plain(text.strip(), 600), ""))]
    if report.problems:
        lines += ["## Problems of the input", "", *(f"- {plain(str(problem), 400)}" for problem in report.problems[:100]), ""]
    for violation in report.violations[:_MOST]:
        if violation.severity is not Severity.NOTE:
            lines += [*_violation(report, violation), ""]
    notes = [each for each in report.violations[:_MOST] if each.severity is Severity.NOTE]
    if notes:
        lines += ["## Notes", "", *(f"- {plain(each.rule_id)} {plain(', '.join(_about(each)))}{_accepted(report, each, ': ')}" for each in notes), ""]
    for heading, texts in (("Not believed", list(iter_beliefs(report))), ("Corroboration", list(iter_events(report)))):
        lines += [f"## {heading}", "", *(f"- {plain(text.strip(), 600)}" for text in texts), ""] if texts else []
    if report.readings:
        lines += ["## Readings", "", *_readings(report), ""]
    return "\n".join([*lines, "## Rules", "", *_counts(report)]) + "\n"


def plain(text: str, limit: int = 300) -> str:
    """A text that Markdown shows as it is: one line, every character with a meaning as an entity."""
    return _MEANS.sub(_entity, shown(text, limit).strip())


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};{'&#8203;' if match['linked'] else ''}"


def iter_policy(report: Report) -> Iterator[str]:
    """What was altered in the policy since an earlier state, which everything begins with."""
    since = report.since
    if since and since.policy:
        fails = "it is allowed here" if since.is_allowed else "this fails the run unless it is allowed"
        yield from (f"**The policy was changed ({fails}):**", "", *(f"- {plain(each, 600)}" for each in since.policy), "")


def _verdict(report: Report) -> str:
    errors = sum(report.fails(each) for each in report.violations)
    state = "Everything was read and judged." if report.is_complete else "**Not everything was read and judged.**"
    found = f"**{errors} violation{'' if errors == 1 else 's'} at or above the threshold.**" if errors else "No violation at or above the threshold."
    return f"{found} {state} {len(report.dataset.facts):,} facts, {len(report.rules)} rules."


def _violation(report: Report, violation: Violation) -> Iterator[str]:
    story = tell(violation)
    doubtful = ", doubtful" if violation.is_doubtful else ""
    scope = f", {scope_of(violation)}" if has_sources(report) and scope_of(violation) else ""
    yield f"## {plain(violation.rule_id)} ({violation.severity}{doubtful}{plain(scope)})"
    yield ""
    yield plain(story.says) + _accepted(report, violation, "\n\n")
    yield ""
    yield from _members(report, story)
    ties = (("together with", [rule.id for rule in story.beside]), *story.ties)
    yield from (f"{word}: {', '.join(map(plain, names))}. " for word, names in ties if names)
    if story.clash or story.note or story.doubt:
        yield plain(" ".join(filter(None, (story.note, story.clash, story.doubt))))
    lines = list(iter_repairs(violation.repairs))
    if lines:
        yield ""
        yield "What would end it, each alone:"
        yield ""
        yield from (f"- {plain(line, 600)}" for line in lines)
        yield ""
    yield from (f"Another reading is possible: {plain(text)}." for text in violation.way_out)


def _accepted(report: Report, violation: Violation, before: str) -> str:
    acceptance = report.accepted.get(violation.id)
    return "" if acceptance is None else f"{before}Accepted: {plain(acceptance.says, 600)}"


def _members(report: Report, story: Story) -> Iterator[str]:
    """A table of the facts, those of each side together where several sources or speakers have a part in it."""
    if not story.members:
        return
    sides = sides_of(story.violation, story.members[:50], Reliability(report.settings.reliability))
    is_apart = len(sides) > 1 and (has_sources(report) or any(side.speaker for side in sides))
    yield "| source | claim | where | quote |" if is_apart else "| claim | where | quote |"
    yield "|---|---|---|---|" if is_apart else "|---|---|---|"
    for at, side in enumerate(sides):
        word = preference(sides, at)
        first = f"| {plain(str(side))}{f', {word}' if word else ''} " if is_apart else ""
        for member in side.members:
            yield f"{first}| {plain(member.says)} | {plain(str(member.origin))} | {plain(member.quote) if member.quote else '(no quote)'} |"
    if len(story.members) > 50:
        yield f"| … {len(story.members) - 50} more | | |{' |' if is_apart else ''}"
    yield ""


def _about(violation: Violation) -> Iterable[str]:
    headline = violation.conflict.headline
    return violation.conflict.facts if headline is None else headline.binding


def _readings(report: Report) -> Iterator[str]:
    from rehabfacts.reports.readings import headline, iter_reasons  # noqa: PLC0415  # only where a passage can be read in several ways

    for each in report.readings:
        yield f"- {plain(headline(report, each), 600)}"
        yield from (f"  - {plain(line.strip(), 600)}" for line in iter_reasons(report, each))


def _counts(report: Report) -> Iterator[str]:
    columns = [each for each in Outcome if each is not Outcome.UNDETERMINED or any(each in counts.outcomes for counts in report.counts)]
    yield f"| rule | {' | '.join(outcome.value for outcome in columns)} | not stated |"
    yield "|---|" + "---:|" * (len(columns) + 1)
    for each in report.counts:
        if each.has_matched:
            cells = (str(each.outcomes.get(outcome, 0)) for outcome in columns)
            yield f"| {plain(each.rule.id)} | {' | '.join(cells)} | {each.not_stated} |"
