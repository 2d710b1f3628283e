"""Where a quote stands in its source, and the passage itself, highlighted among the words around it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from rehabfacts.checker.reports import Report
from rehabfacts.plain import plain
from rehabfacts.quotes import QuoteState
from rehabfacts.reports.text import escaped
from rehabfacts.sources import Source

_AROUND = 80
_MARKS, _PAINTED_MARKS = ("⟦", "⟧"), ("\x1b[7m", "\x1b[0m")
_NOWHERE = (QuoteState.ABSENT, QuoteState.UNAVAILABLE)


@plain
class Passage:
    """A line of a source: words around and words quoted in turn, beginning and ending with words around."""

    pieces: tuple[str, ...]

    def line(self, *, color: bool) -> str:
        """The line with the quoted words between ⟦ and ⟧, or in other colours."""
        if color:
            written = ["".join(escaped(piece)) for piece in self.pieces]
            return "    " + "".join(_PAINTED_MARKS[0] + piece + _PAINTED_MARKS[1] if at % 2 else piece for at, piece in enumerate(written))
        marked = "".join(_MARKS[0] + piece + _MARKS[1] if at % 2 else piece for at, piece in enumerate(self.pieces))
        return "".join(escaped(f"    {marked}"))


def iter_quotation(report: Report, name: str, indent: str = "  ") -> Iterator[str | Passage]:
    """What became of the quote of a fact: its state with its place, what is to be noted, and the passage."""
    anchor = report.main.anchors.get(name)
    if anchor is None:
        return
    source = report.dataset.sources[anchor.source]
    through = f" ({', '.join(anchor.normalisations)})" if anchor.normalisations else ""
    if anchor.state in _NOWHERE:
        yield f"{indent}{anchor.state.value} in {source.path}" + (f": {anchor.note}" if anchor.note else "")
        return
    line, column = source.line_and_column(anchor.start)
    yield f"{indent}{anchor.state.value}{through} in {source.path}:{line}:{column}, code points {anchor.start} to {anchor.end}"
    yield Passage(tuple(_pieces(source, anchor.parts or ((anchor.start, anchor.end),))))


def _pieces(source: Source, spans: tuple[tuple[int, int], ...]) -> Iterator[str]:
    """The words around the first span, each span and what follows it; white space as single spaces, `…` for what is not shown."""
    text, start, end = source.text, spans[0][0], spans[-1][1]
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if first > 0 and (space := re.search(r"\s", text[first:start])):
        first += space.end()  # no word is cut
    if last < len(text) and (space := re.search(r"\s\S*\Z", text[end:last])):
        last = end + space.start()
    edges = [first, *(offset for span in spans for offset in span), last]
    pieces = [re.sub(r"\s+", " ", text[start:end]) for start, end in pairwise(edges)]
    pieces[0] = "…" * (first > 0) + pieces[0].lstrip()
    pieces[-1] = pieces[-1].rstrip() + "…" * (last < len(text.rstrip()))
    yield from pieces
