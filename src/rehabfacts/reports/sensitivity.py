"""What falsifying facts would change, as text, JSON or lines of columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from rehabfacts.changes.sensitivity import Falsification, FalsificationCounts, Sensitivity
from rehabfacts.errors import shown
from rehabfacts.reports.json_texts import text_of
from rehabfacts.reports.text import escaped

FORMAT = "rehabfacts sensitivity 1"
_NO_LIMIT = 1 << 30


def write_sensitivity(found: Sensitivity) -> str:
    """The shares, a table of facts and one of rules, and what nothing would tell."""
    lines = [*_summary(found), "", *_facts(found), "", *_rules(found), "", *_escapes(found)]
    return "\n".join(line for text in lines for line in escaped(text)) + "\n"


def _summary(found: Sensitivity) -> Iterator[str]:
    yield f"{_facts_in_all(len(found.facts))}, falsified in {_told(found.counts())}"
    for kind, counts in found.per_kind.items():
        yield f"  {kind + 's':<10}  {_told(counts)}"
    yield from _named("some falsification is told by a rule about the world", found.facts_where(lambda counts: counts.world > 0))
    yield from _named("told by rules on quotes alone", found.facts_where(lambda counts: not counts.world and counts.quotes > 0))
    yield from _named("protected by nothing", found.facts_where(lambda counts: counts.ways > 0 and counts.nothing == counts.ways))
    yield from _named("with nothing to falsify", found.facts_where(lambda counts: not counts.ways))
    yield from _named("left out of the check", found.left_out)


def _told(counts: FalsificationCounts) -> str:
    return (
        f"{counts.ways:,} ways: {counts.world:,} ({_per_cent(counts.world, counts.ways)}) told by rules about the world, "
        f"{counts.quotes:,} ({_per_cent(counts.quotes, counts.ways)}) by rules on quotes alone, {counts.nothing:,} by nothing"
    )


def _per_cent(part: int, whole: int) -> str:
    return f"{100 * part // whole} %" if whole else "–"


def _named(what: str, names: tuple[str, ...]) -> Iterator[str]:
    if names:
        yield f"{what}  {_facts_in_all(len(names))}: {', '.join(names)}"


def _facts_in_all(count: int) -> str:
    return f"{count:,} fact{'' if count == 1 else 's'}"


def _facts(found: Sensitivity) -> Iterator[str]:
    rows = [(name, counts) for name, counts in found.per_fact.items() if counts.ways]
    return _table(("fact", "ways", "world", "quotes", "nothing"), [(name, each.ways, each.world, each.quotes, each.nothing) for name, each in rows])


def _rules(found: Sensitivity) -> Iterator[str]:
    return _table(("rule", "tells", "alone"), [(name, *counts) for name, counts in found.per_rule.items()])


def _table(heading: tuple[str, ...], rows: Iterable[tuple[str | int, ...]]) -> Iterator[str]:
    told = [heading, *(tuple(f"{cell:,}" if isinstance(cell, int) and cell else str(cell or "·") for cell in row) for row in rows)]
    widths = [max(len(row[at]) for row in told) for at in range(len(heading))]
    for first, *others in told:
        yield "  ".join((first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))))


def _escapes(found: Sensitivity) -> Iterator[str]:
    """What nothing would tell, a line for each field."""
    fields: dict[tuple[str, str], list[str]] = {}
    for each in found.falsifications:
        if not each.is_caught:
            mutation = each.mutation
            fields.setdefault((mutation.fact.id, f"{mutation.field} {mutation.before}"), []).append(mutation.after)
    for (fact, field), others in fields.items():
        yield f"nothing would tell  {fact}: {field} → {', '.join(others)}"


def write_sensitivity_tsv(found: Sensitivity) -> str:
    """A line for each falsification: fact, field, kind, by what, before, after, rules about the world, rules on quotes."""
    return "".join("\t".join(shown(cell, _NO_LIMIT) for cell in _columns(each).values()) + "\n" for each in found.falsifications)


def _columns(each: Falsification) -> dict[str, str]:
    mutation = each.mutation
    return {
        "fact": mutation.fact.id, "field": mutation.field, "kind": mutation.kind, "by": mutation.by, "before": mutation.before,
        "after": mutation.after, "world": " ".join(each.by_world), "quotes": " ".join(each.by_quotes),
    }  # fmt: skip


def write_sensitivity_json(found: Sensitivity) -> str:
    """Everything, as JSON."""
    document = {
        "format": FORMAT, "total": _counted(found.counts()),
        "kinds": {kind: _counted(counts) for kind, counts in found.per_kind.items()},
        "facts": [{"id": name, **_counted(counts)} for name, counts in found.per_fact.items()],
        "rules": [{"id": name, "tells": told, "alone": alone} for name, (told, alone) in found.per_rule.items()],
        "left_out": list(found.left_out),
        "falsifications": [
            {**_columns(each), "world": list(each.by_world), "quotes": list(each.by_quotes)} for each in found.falsifications
        ],
    }  # fmt: skip
    return text_of(document)


def _counted(counts: FalsificationCounts) -> dict[str, Any]:
    return {"ways": counts.ways, "world": counts.world, "quotes": counts.quotes, "nothing": counts.nothing}


WRITERS: Mapping[str, Callable[[Sensitivity], str]] = {
    "text": write_sensitivity, "tsv": write_sensitivity_tsv, "json": write_sensitivity_json,
}  # fmt: skip
