"""Which sources can all be right, as text and as JSON: each maximal set, and what breaks when one is added."""

from collections.abc import Iterator

from rehabfacts.checker.agreeing import Agreeing
from rehabfacts.checker.attributions.reliability import Reliability
from rehabfacts.checker.disagreements import preference, scope_of, sides_of
from rehabfacts.checker.maximal_sets import Clash, MaximalSet, MaximalSets
from rehabfacts.checker.stories import Member, tell
from rehabfacts.checker.violations import Violation
from rehabfacts.reports.json_report import Document, side_documents
from rehabfacts.reports.json_texts import text_of
from rehabfacts.reports.text import escaped

FORMAT = "rehabfacts sources 1"
_MOST_MEMBERS = 50


def write_sources(agreeing: Agreeing) -> str:
    """The maximal sets as text."""
    lines = [f"world  {agreeing.selection.says}", ""] if agreeing.selection.says else []
    lines += _part(agreeing.sources, "source", agreeing)
    if agreeing.speakers is not None:
        lines += ["", *_part(agreeing.speakers, "speaker", agreeing)]
    return "\n".join(line for text in lines for line in escaped(text)) + "\n"


def _part(found: MaximalSets, word: str, agreeing: Agreeing) -> Iterator[str]:
    reliability = Reliability(agreeing.settings.reliability)
    if not found.voices:
        yield f"No fact names its {word}."
        return
    own = " (each source stands for its own words)" if word == "speaker" else ""
    yield f"{_counted(len(found.voices), word)}{own}: {', '.join(found.voices)}"
    yield ""
    yield from _verdict(found, word)
    for number, each in enumerate(found.sets, 1):
        yield from _set(number, each, reliability)
    for clash in found.alone:
        yield from ("", f"{clash.voice} contradicts itself, and is in no set:", *_conflict(clash.violation, reliability, "  "))
    if found.background is not None:
        yield from ("", f"Facts without a {word} contradict each other:", *_conflict(found.background, reliability, "  "))
    yield from ("", *_bound(found, word), *found.unfinished)


def _verdict(found: MaximalSets, word: str) -> Iterator[str]:
    if found.background is not None or not found.sets:
        yield f"No {word} can be right."
    elif len(found.sets) == 1 and len(found.sets[0].members) == len(found.voices):
        yield f"All {word}s can be right together." if len(found.voices) > 1 else f"The one {word} does not contradict itself."
    else:
        sets = "One set" if len(found.sets) == 1 else f"{len(found.sets):,} sets"
        yield f"{sets} of {word}s can be right, and none can be added to {'it' if len(found.sets) == 1 else 'them'}:"


def _set(number: int, chosen: MaximalSet, reliability: Reliability) -> Iterator[str]:
    yield from ("", f"{number}. {', '.join(chosen.members)}")
    if chosen.left_out is None:
        yield "   (what breaks when another is added is told of the first sets only)"
    for clash in chosen.left_out or ():
        yield f"   {clash.voice} cannot be added:"
        yield from _conflict(clash.violation, reliability, "     ")


def _conflict(violation: Violation, reliability: Reliability, indent: str) -> Iterator[str]:
    """A conflict, the facts of each side together with their quotes."""
    story = tell(violation)
    yield f"{indent}{violation.rule_id}  {story.says}"
    sides = sides_of(violation, story.members[:_MOST_MEMBERS], reliability)
    for at, side in enumerate(sides):
        yield f"{indent}{side}{f' ({word})' if (word := preference(sides, at)) else ''}:"
        for member in side.members:
            quote = f"“{member.quote}”" if member.quote else "(no quote)"
            yield f"{indent}  {member.says}  {member.origin}  {quote}"
    if len(story.members) > _MOST_MEMBERS:
        yield f"{indent}… {len(story.members) - _MOST_MEMBERS} more facts, {len(story.members)} in all"
    ties = (*story.ties, ("together with", tuple(rule.id for rule in story.beside)))
    told = "; ".join(f"{word}: {', '.join(names)}" for word, names in ties if names)
    yield from (f"{indent}{text}" for text in (told, story.clash) if text)


def _bound(found: MaximalSets, word: str) -> Iterator[str]:
    if found.is_complete:
        yield f"{_counted(found.tried, 'set')} of {word}s looked at: there are no others."
    else:
        yield f"Cut short: after {_counted(found.tried, 'set')} of {word}s looked at, there can be others."


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def write_sources_json(agreeing: Agreeing) -> str:
    """The maximal sets as JSON."""
    reliability = Reliability(agreeing.settings.reliability)
    speakers = agreeing.speakers
    return text_of({
        "format": FORMAT,
        "world": agreeing.selection.says,
        "left_out": list(agreeing.selection.left_out),
        "problems": [str(problem) for problem in agreeing.problems],
        "sources": _sets_document(agreeing.sources, reliability),
        "speakers": None if speakers is None else _sets_document(speakers, reliability),
    })  # fmt: skip


def _sets_document(found: MaximalSets, reliability: Reliability) -> Document:
    return {
        "voices": list(found.voices),
        "sets": [
            {"members": list(each.members), "left_out": None if each.left_out is None else [_clash(clash, reliability) for clash in each.left_out]}
            for each in found.sets
        ],
        "alone": [_clash(each, reliability) for each in found.alone],
        "background": None if found.background is None else _conflict_document(found.background, reliability),
        "tried": found.tried, "complete": found.is_complete, "unfinished": list(found.unfinished),
    }  # fmt: skip


def _clash(clash: Clash, reliability: Reliability) -> Document:
    return {"voice": clash.voice, "conflict": _conflict_document(clash.violation, reliability)}


def _conflict_document(violation: Violation, reliability: Reliability) -> Document:
    story = tell(violation)
    return {
        "rule": violation.rule_id, "says": story.says, "severity": str(violation.severity), "scope": scope_of(violation),
        "sides": side_documents(violation, story.members, reliability), "members": [_member(each) for each in story.members],
        "together_with": [rule.id for rule in story.beside], "definitions": list(story.definitions), "conventions": list(story.conventions),
        "clash": story.clash,
    }  # fmt: skip


def _member(member: Member) -> Document:
    return {"fact": member.id, "says": member.says, "path": member.origin.path, "line": member.origin.line, "quote": member.quote}
