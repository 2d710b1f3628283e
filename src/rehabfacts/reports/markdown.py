"""The report as Markdown: for pull requests and documents. Data never becomes markup, mentions, links or images."""

from collections.abc import Iterable, Iterator

from rehabfacts.checker.judging import Outcome
from rehabfacts.checker.reports import Report, Violation
from rehabfacts.checker.stories import tell
from rehabfacts.errors import shown
from rehabfacts.rules.rules import Severity

_SPECIAL = frozenset("\\`*_{}[]()<>#+!|~&$@:=^\"'")
_MOST = 5_000


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # Markdown has no colours
    """The whole report."""
    lines = ["# Consistency report", "", _verdict(report), ""]
    if report.problems:
        lines += ["## Problems of the input", "", *(f"- {plain(str(problem), 400)}" for problem in report.problems[:100]), ""]
    for violation in report.violations[:_MOST]:
        if violation.severity is not Severity.NOTE:
            lines += [*_violation(violation), ""]
    notes = [each for each in report.violations[:_MOST] if each.severity is Severity.NOTE]
    if notes:
        lines += ["## Notes", "", *(f"- `{each.rule_id}` {plain(', '.join(_about(each)))}" for each in notes), ""]
    if report.readings:
        lines += ["## Readings", "", *_readings(report), ""]
    return "\n".join([*lines, "## Rules", "", *_counts(report)]) + "\n"


def plain(text: str, limit: int = 300) -> str:
    """A text that Markdown shows as it is: one line, every character with a meaning as an entity."""
    return "".join(f"&#{ord(each)};" if each in _SPECIAL else each for each in shown(text, limit))


def _verdict(report: Report) -> str:
    errors = sum(report.fails(each) for each in report.violations)
    state = "Everything was read and judged." if report.is_complete else "**Not everything was read and judged.**"
    found = f"**{errors} violation{'' if errors == 1 else 's'} at or above the threshold.**" if errors else "No violation at or above the threshold."
    return f"{found} {state} {len(report.dataset.facts):,} facts, {len(report.rules)} rules."


def _violation(violation: Violation) -> Iterator[str]:
    story = tell(violation)
    doubtful = ", doubtful" if violation.is_doubtful else ""
    yield f"## {plain(violation.rule_id)} ({violation.severity}{doubtful})"
    yield ""
    yield plain(story.says)
    yield ""
    if story.members:
        yield "| claim | where | quote |"
        yield "|---|---|---|"
        for member in story.members[:50]:
            yield f"| {plain(member.says)} | {plain(str(member.origin))} | {plain(member.quote) if member.quote else '(no quote)'} |"
        if len(story.members) > 50:
            yield f"| … {len(story.members) - 50} more | | |"
        yield ""
    ties = (("together with", [rule.id for rule in story.beside]), ("by", story.definitions), ("under", story.conventions))
    yield from (f"{word}: {', '.join(f'`{name}`' for name in names)}. " for word, names in ties if names)
    if story.clash or story.note:
        yield plain(f"{story.note} {story.clash}".strip())
    yield from (f"Another reading is possible: {plain(text)}." for text in violation.way_out)


def _about(violation: Violation) -> Iterable[str]:
    headline = violation.conflict.headline
    return violation.conflict.facts if headline is None else headline.binding


def _readings(report: Report) -> Iterator[str]:
    yield "| passage | reading | |"
    yield "|---|---|---|"
    for each in report.readings:
        state = "refuted" if each.is_refuted else "possible"
        yield f"| {plain(each.ambiguity)} | {plain(each.reading)} | {'held, ' if each.is_held else ''}{state} |"


def _counts(report: Report) -> Iterator[str]:
    columns = list(Outcome)
    yield f"| rule | {' | '.join(outcome.value for outcome in columns)} | not stated |"
    yield "|---|" + "---:|" * (len(columns) + 1)
    for each in report.counts:
        if each.has_matched:
            cells = (str(each.outcomes.get(outcome, 0)) for outcome in columns)
            yield f"| `{each.rule.id}` | {' | '.join(cells)} | {each.not_stated} |"
