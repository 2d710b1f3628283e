"""What became of the quotes of changed sources, as text."""

from collections import Counter
from collections.abc import Iterator

from rehabfacts.changes.anchoring import Anchoring, ChangedSource, Quotation
from rehabfacts.reports.text import escaped


def write_anchoring(anchoring: Anchoring, *, is_written: bool) -> str:
    """Each changed source with all its quotes, then what was or would be written."""
    lines = [line for each in anchoring.changed for line in _changed(each)]
    if anchoring.unchanged:
        lines.append(f"as pinned  {', '.join(anchoring.unchanged)}")
    if anchoring.unpinned:
        lines.append(f"not pinned  {', '.join(anchoring.unpinned)}")
    lines.append(_written(anchoring, is_written=is_written))
    return "\n".join(line for text in lines for line in escaped(text)) + "\n"


def _changed(changed: ChangedSource) -> Iterator[str]:
    tally = Counter(each.anchor.state.value for each in changed.quotations)
    counted = ", ".join(f"{count} {state}" for state, count in sorted(tally.items())) or "none"
    yield f"changed  {changed.source.id}: {changed.source.path}"
    yield f"  pinned  {changed.pin.sha256}  {changed.pin}"
    yield f"  now     {changed.source.sha256}"
    yield f"  quotes  {counted}"
    width = max((len(each.anchor.state.value) for each in changed.quotations), default=0)
    for each in changed.quotations:
        yield from (f"  {line}" for line in _quotation(changed, each, width))
    yield ""


def _quotation(changed: ChangedSource, quotation: Quotation, width: int) -> Iterator[str]:
    fact, anchor, was = quotation.fact, quotation.anchor, quotation.was
    line, column = changed.source.line_and_column(anchor.start)
    place = f"{changed.source.path}:{line}:{column}, code points {anchor.start} to {anchor.end}" if anchor.is_verified else f"{fact.origin.of('quote')}"
    state = f"{anchor.state.value:<{width}}  {fact.id}  {place}"
    if was is None:
        yield state
    elif quotation.is_moved:
        yield f"{state}, moved from {was[1][0]} to {was[1][1]}"
    else:
        yield f"{state}, {'as before' if anchor.is_verified else f'was {was[0]}'}"
    if not anchor.is_verified:
        yield f"  “{fact.quote}”"
        yield from (f"  {anchor.note}" for _ in (1,) if anchor.note)


def _written(anchoring: Anchoring, *, is_written: bool) -> str:
    if not anchoring.changed:
        return "Every pinned source is the text that was pinned."
    places = ", ".join(str(each.pin) for each in anchoring.changed)
    return f"Written: the new digest in {places}." if is_written else f"Nothing was written; --write puts the new digest in {places}."
