"""What vague and unstated dates can be: as text with reasons, and as tab-separated values."""

from collections.abc import Iterator

from rehabfacts.checker.reports import Report, TightenedBound
from rehabfacts.checker.stories import Member, in_units, limit_word, tell_bound
from rehabfacts.reports.readings import span_of
from rehabfacts.reports.text import escaped


def write_bounds_tsv(report: Report, record: str | None = None) -> str:
    """A line a variable: entity, variable, stated earliest and latest, earliest and latest; ISO days, `-inf`, `inf`."""
    lines = []
    for bound in report.bounds(record):
        ends = (*_ends(bound, bound.stated, unit=""), *_ends(bound, bound.tightened, unit=""))
        lines.append("\t".join((bound.record, bound.name, *(end.replace(",", "") for end in ends))))
    return "\n".join(lines) + "\n" if lines else ""


def write_bounds(report: Report, record: str | None = None) -> str:
    """Every vague or unstated date of entities (of any record that is named), with the chain behind each end."""
    lines: list[str] = []
    others = _other_readings(report)
    for bound in report.bounds(record):
        if bound.is_exact or (record is None and bound.record not in report.dataset.entities):
            continue
        lines += escaped(_heading(bound))
        for is_latest in (False, True):
            lines += (line for text in _reason(report, bound, is_latest=is_latest) for line in escaped(text))
        lines += (line for text in others.get((bound.record, bound.name), ()) for line in escaped(text))
    if not lines:
        return "Nothing here is vague or unstated.\n"
    return "\n".join([*lines, "", _RESTS_ON]) + "\n"


_RESTS_ON = "These bounds rest on the facts, the definitions and conventions named, and the demands of severity error that were accepted."


def _ends(bound: TightenedBound, span: tuple[int | None, int | None], *, unit: str) -> tuple[str, str]:
    low, high = span
    return (
        in_units(low, is_quantity=bound.is_quantity, unbounded="-inf", unit=unit),
        in_units(high, is_quantity=bound.is_quantity, unbounded="inf", unit=unit),
    )


def _heading(bound: TightenedBound) -> str:
    stated = "" if bound.stated == bound.tightened else f"  (stated: {span_of(bound, bound.stated)})"
    return f"{bound.record}  {bound.name}  {span_of(bound, bound.tightened)}{stated}"


def _reason(report: Report, bound: TightenedBound, *, is_latest: bool) -> Iterator[str]:
    end = bound.tightened[is_latest]
    if end is None or end == bound.stated[is_latest]:
        return
    worlds = (each for each in report.possible if each.bounds((bound.record, bound.name))[is_latest] == end)
    reason = tell_bound(next(worlds, report.main), bound, is_latest=is_latest)
    if reason is None:
        return
    word = limit_word(is_quantity=bound.is_quantity, is_most=is_latest)
    yield f"  {word} {in_units(end, is_quantity=bound.is_quantity, unbounded='', unit=bound.unit)}, since"
    yield from (f"    {_told(member)}" for member in reason.members)
    yield f"    by: {', '.join(reason.rules)}"
    if reason.conventions:
        yield f"    under: {', '.join(reason.conventions)}"


def _told(member: Member) -> str:
    quote = f"\u201c{member.quote}\u201d" if member.quote else "(no quote)"
    return f"{member.says}  {member.origin}  {quote}"


def _other_readings(report: Report) -> dict[tuple[str, str], list[str]]:
    """What each bound would be under each reading that is not held, by record and variable."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in report.readings:
        if not each.is_held:
            for bound, span in report.moves(each):
                text = f"  under reading {each.ambiguity}={each.reading} ({each.verdict}): {span_of(bound, span)}"
                found.setdefault((bound.record, bound.name), []).append(text)
    return found
