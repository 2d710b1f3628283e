"""How much of each source the facts speak for, as text, JSON or lines of columns."""

from collections.abc import Iterator, Sequence
from typing import Any

from rehabfacts.checker.provenance.coverage import KINDS, Cover, Coverage, Mark, Part
from rehabfacts.errors import shown
from rehabfacts.reports.json_texts import text_of
from rehabfacts.reports.text import escaped

FORMAT = "rehabfacts coverage 1"
_LONGEST, _NO_LIMIT = 100, 1 << 30
_SINGULAR = {"sentences": "sentence", "dates": "date", "numbers": "number", "names": "name"}


def write_coverage(coverages: Sequence[Coverage], not_measured: Sequence[str] = ()) -> str:
    """A table for each source, what is uncovered with its place, and the marks of no claim."""
    lines = [line for each in coverages for line in _source(each)]
    lines += [f"not measured  {reason}" for reason in not_measured]
    return "\n".join(line for text in lines or ["no source has a text to measure"] for line in escaped(text)) + "\n"


def _source(coverage: Coverage) -> Iterator[str]:
    yield f"{coverage.source.id}  {coverage.source.path}"
    width = max(len(str(coverage.of(kind))) for kind in KINDS)
    for kind in KINDS:
        total, covered, silent = coverage.of(kind), coverage.of(kind, Cover.FACT), coverage.of(kind, Cover.NO_CLAIM)
        told = f", {silent} no claim" if silent else ""
        yield f"  {kind:<9}  {covered:>{width}} of {total:<{width}} covered{told}  {coverage.per_cent(kind)} %"
    length = len(coverage.source.text)
    share = coverage.no_claim_length * 100 / length if length else 0
    yield f"  no claim   {coverage.no_claim_length:,} of {length:,} characters  {share:.1f} %"
    yield from (f"  {line}" for line in (*_uncovered(coverage), *_marks(coverage)))
    yield ""


def _uncovered(coverage: Coverage) -> Iterator[str]:
    for part in sorted((part for part in coverage.parts if part.cover is Cover.NOTHING), key=lambda part: (part.start, -part.end)):
        line, column = coverage.source.line_and_column(part.start)
        yield f"uncovered  {coverage.source.path}:{line}:{column}  {_SINGULAR[part.kind]}  “{_words(coverage, part)}”"


def _words(coverage: Coverage, part: Part) -> str:
    return shown(" ".join(coverage.source.text[part.start : part.end].split()), _LONGEST)


def _marks(coverage: Coverage) -> Iterator[str]:
    for each in coverage.marks:
        place = f"{each.mark.path}:{each.mark.line}:{each.mark.column}"
        yield f"no claim   {place}  “{shown(' '.join(each.mark.quote.split()), _LONGEST)}”: {each.mark.reason}"
        yield from (f"           {each.note}" for _ in (1,) if each.note)


def write_coverage_tsv(coverages: Sequence[Coverage]) -> str:
    """A line for each part of each source: source, kind, cover, line, column, start, end, facts, words."""
    rows = (
        (coverage.source.id, _SINGULAR[part.kind], part.cover.value, *coverage.source.line_and_column(part.start), part.start, part.end,
         " ".join(part.facts), _words(coverage, part))
        for coverage in coverages for part in coverage.parts
    )  # fmt: skip
    return "".join("\t".join(shown(cell, _NO_LIMIT) for cell in row) + "\n" for row in rows)


def write_coverage_json(coverages: Sequence[Coverage], not_measured: Sequence[str] = ()) -> str:
    """Everything, as JSON."""
    document = {"format": FORMAT, "sources": [_described(each) for each in coverages], "not_measured": list(not_measured)}
    return text_of(document)


def _described(coverage: Coverage) -> dict[str, Any]:
    return {
        "id": coverage.source.id, "path": coverage.source.path, "sha256": coverage.source.sha256,
        "characters": len(coverage.source.text), "no_claim_characters": coverage.no_claim_length,
        "counts": {
            kind: {
                "total": coverage.of(kind), "covered": coverage.of(kind, Cover.FACT), "no_claim": coverage.of(kind, Cover.NO_CLAIM),
                "per_cent": coverage.per_cent(kind),
            }
            for kind in KINDS
        },
        "parts": [_part(coverage, part) for part in coverage.parts],
        "marks": [_mark(each) for each in coverage.marks],
    }  # fmt: skip


def _part(coverage: Coverage, part: Part) -> dict[str, Any]:
    line, column = coverage.source.line_and_column(part.start)
    return {
        "kind": _SINGULAR[part.kind], "cover": part.cover.value, "start": part.start, "end": part.end, "line": line, "column": column,
        "facts": list(part.facts),
    }  # fmt: skip


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "quote": mark.mark.quote, "reason": dict(mark.mark.reason), "path": mark.mark.path, "line": mark.mark.line, "column": mark.mark.column,
        "found": mark.is_found, "spans": [list(span) for span in mark.spans], "note": mark.note,
    }  # fmt: skip
