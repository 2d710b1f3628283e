"""Conflicts by who speaks in them: inside one source or between several, each side with its own facts."""

from collections.abc import Iterable, Sequence

from rehabfacts.checker.attributions.reliability import Reliability
from rehabfacts.checker.stories import Member
from rehabfacts.checker.violations import Violation
from rehabfacts.plain import plain


@plain
class Side:
    """What one source contributes to a conflict, in its own words or in those of one speaker.

    `rank` 0 is the most reliable; None is not in the order of reliability, and comes last.
    """

    source: str | None
    speaker: str | None
    members: tuple[Member, ...]
    rank: int | None

    def __str__(self) -> str:
        return (self.source or "no source") + (f", according to {self.speaker}" if self.speaker else "")


def sides_of(violation: Violation, members: Sequence[Member], reliability: Reliability) -> tuple[Side, ...]:
    """The sides of a conflict, the most reliable first, then in the order in which its story comes by them."""
    facts = violation.world.dataset.facts
    found: dict[tuple[str | None, str | None], list[Member]] = {}
    for member in members:
        fact = facts[member.id]
        found.setdefault((fact.source, fact.according_to), []).append(member)
    last = len(reliability.ranks)
    ranked = sorted(((reliability.rank(speaker, source), source, speaker, told) for (source, speaker), told in found.items()), key=lambda each: each[0])
    return tuple(Side(source, speaker, tuple(told), None if rank == last else rank) for rank, source, speaker, told in ranked)


def scope_of(violation: Violation) -> str:
    """Where a conflict is: `inside source a` or `between sources a and b`; empty where no fact in it has a source."""
    facts = violation.world.dataset.facts
    return scope_of_sources(facts[name].source for name in violation.conflict.facts)


def scope_of_sources(sources: Iterable[str | None]) -> str:
    """Where facts of these sources clash, in words; None is a fact without a source."""
    distinct = set(sources)
    names = [*sorted(name for name in distinct if name), *(["none"] if None in distinct else [])]
    if names in ([], ["none"]):
        return ""
    return f"inside source {names[0]}" if len(names) == 1 else f"between sources {', '.join(names[:-1])} and {names[-1]}"


def is_between(violation: Violation) -> bool:
    """Whether several sources are needed for the conflict."""
    facts = violation.world.dataset.facts
    return len({facts[name].source for name in violation.conflict.facts}) > 1


def preference(sides: Sequence[Side], at: int) -> str:
    """Whether a side is more reliable than all others, in words; empty if it is not."""
    if at or len(sides) < 2 or sides[0].rank == sides[1].rank:
        return ""
    return "the more reliable" if len(sides) == 2 else "the most reliable"
