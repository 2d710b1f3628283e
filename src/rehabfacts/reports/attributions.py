"""Who said what, as lines of text: which facts were taken, what disbelieved claims would do, what is corroborated."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rehabfacts.checker.attributions.attribution import IF_DENIED
from rehabfacts.checker.reports import Report
from rehabfacts.checker.stories import Story, sentence, tell
from rehabfacts.checker.violations import Violation
from rehabfacts.checker.worlds import World
from rehabfacts.rules.rules import Severity
from rehabfacts.schema import Fact

if TYPE_CHECKING:
    from rehabfacts.checker.beliefs import Beliefs

_MOST = 20


def has_sources(report: Report) -> bool:
    """Whether facts come from several sources, so that it matters who says what."""
    return len({fact.source for fact in report.dataset.facts.values()} - {None}) > 1


def sections(report: Report, violations: Sequence[Violation]) -> list[tuple[str, list[Violation]]]:
    """Violations apart by where they are, each part under its heading; all together where there is one source."""
    if not has_sources(report):
        return [("", list(violations))]
    from rehabfacts.checker.disagreements import is_between  # noqa: PLC0415  # only where there are several sources

    certain = [each for each in violations if not each.is_doubtful]
    parts = (
        ("Inside one source", [each for each in certain if not is_between(each)]),
        ("Between sources", [each for each in certain if is_between(each)]),
        ("With doubtful facts", [each for each in violations if each.is_doubtful]),
    )
    return [(heading, found) for heading, found in parts if found]


def iter_world(report: Report) -> Iterator[str]:
    """Which facts were taken, where the settings chose, and by which day waivers were judged; nothing where neither matters."""
    if report.waivers:
        yield f"waivers  {len(report.waivers)}, judged as of {report.settings.today or 'no day'}"
    chosen = report.selection
    if chosen is None or not chosen.says:
        return
    every = len(chosen.left_out) + len({fact.id for fact in chosen.dataset.iter_facts()})
    yield f"world  {chosen.says}: {len(chosen.left_out)} of {every} facts left out"
    if chosen.undated:
        yield f"  taken though nobody knows whether they were there by then: {', '.join(chosen.undated)}"


def iter_beliefs(report: Report) -> Iterator[str]:
    """What would follow if what is denied were believed, and what is superseded in place of what superseded it."""
    if not report.believed:
        return
    from rehabfacts.checker.beliefs import beliefs_of  # noqa: PLC0415  # only where something is not believed

    for beliefs in beliefs_of(report):
        yield from _beliefs(report, beliefs)


def _beliefs(report: Report, beliefs: "Beliefs") -> Iterator[str]:
    told = [f"{name}{_follower(report, name)}" for name in beliefs.facts]
    word = "denied" if beliefs.world.name == IF_DENIED else "superseded"
    yield f"{word}  {', '.join(told[:_MOST])}{f' … and {len(told) - _MOST} more' if len(told) > _MOST else ''}"
    appearing = [each for each in beliefs.appearing if each.severity is not Severity.NOTE]
    for each in appearing[:_MOST]:
        yield from _appearing(tell(each))
    if len(appearing) > _MOST:
        yield f"  … and {len(appearing) - _MOST} more would be violated"
    for each in beliefs.resolved[:_MOST]:
        yield f"  would be resolved if believed: {each.rule_id}  [{each.id}]"
    if not appearing and not beliefs.resolved:
        yield "  nothing would be violated if believed"


def _appearing(story: Story) -> Iterator[str]:
    violation = story.violation
    yield f"  would be violated if believed: {violation.rule_id} ({violation.severity})  {story.says}"
    for member in story.members[:_MOST]:
        quote = f"“{member.quote}”" if member.quote else "(no quote)"
        yield f"    {member.says}  {member.origin}  {quote}"
    if story.clash or story.note:
        yield f"    {story.note or story.clash}"


def _follower(report: Report, name: str) -> str:
    fact = as_written(report, name)
    return f" (by {fact.superseded_by})" if fact is not None and fact.superseded_by is not None else ""


def as_written(report: Report, name: str) -> Fact | None:
    """A fact as its file has it, whatever a world makes of its status."""
    return None if report.selection is None else report.selection.dataset.facts.get(name)


def standing(report: Report, fact: Fact) -> str:
    """The status of a fact as its file has it, and in which world alone it is taken, if it is not in the main one."""
    written = as_written(report, fact.id) or fact
    status = f"superseded by {written.superseded_by}" if written.superseded_by is not None else str(written.status)
    if fact.id in report.main.dataset.believed and not report.main.name.startswith("with "):
        return f"{status}, which is left out"
    return f"{status} (taken only {report.main.name})" if report.main.name.startswith("with ") else status


def world_with(report: Report, name: str) -> World | None:
    """The first world that takes a fact, the main one before all others."""
    worlds = (report.main, report.doubtful, *report.believed, *(each.world for each in report.readings))
    return next((world for world in worlds if world is not None and name in world.dataset.facts), None)


def iter_events(report: Report) -> Iterator[str]:
    """The events that several sources or speakers tell of, and by how many independent ones they are told alike."""
    counted = [(event, report.witnesses.independent(event)) for event in report.witnesses.events] if has_sources(report) else []
    borne_out = [f"{event} ({count})" for event, count in counted if count > 1]
    if borne_out:
        more = f" … and {len(borne_out) - _MOST} more" if len(borne_out) > _MOST else ""
        yield f"corroborated  by independent sources that agree: {', '.join(borne_out[:_MOST])}{more}"
    single = [str(event) for event, count in counted if count < 2]
    if single:
        more = f" … and {len(single) - _MOST} more" if len(single) > _MOST else ""
        yield f"not corroborated  told of several times, but no two independent sources agree: {', '.join(single[:_MOST])}{more}"


def iter_corroboration(report: Report, name: str) -> Iterator[str]:
    """What bears one fact out, and what says otherwise."""
    is_shared = any(name in event.facts for event in report.witnesses.events)
    found = report.witnesses.of(name) if is_shared else None
    if found is None:
        return
    count = found.independent
    yield f"corroborated by {count} independent source{'' if count == 1 else 's'}"
    facts = report.dataset.facts
    for other in found.agreeing:
        yield f"  {'sharper' if other in found.sharper else 'agrees'}: {other} ({facts[other].source or 'no source'}): {sentence(report.dataset, facts[other])}"
    for other, fields in found.differing.items():
        yield f"  differs in {', '.join(fields)}: {other} ({facts[other].source or 'no source'}): {sentence(report.dataset, facts[other])}"
