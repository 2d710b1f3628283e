"""Facts as annotations of their sources: W3C Web Annotation Data Model (2017), in JSON-LD.

A quote is found again by its position, in code points of the source's text as it is, and by its words with what stands
around them (sections 4.2.4 and 4.2.5 of the model). A quote of several parts has several targets.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rehabfacts.checker.reports import Report
from rehabfacts.checker.stories import sentence
from rehabfacts.exports.identifiers import Naming
from rehabfacts.quotes import Anchor
from rehabfacts.schema import Fact
from rehabfacts.sources import Source

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32

Document = dict[str, Any]


def export(report: Report, naming: Naming) -> Mapping[str, str]:
    """One file: a collection with an annotation for each fact that has a quote, in the order of the ids."""
    items = list(_annotations(report, naming))
    collection = {
        "@context": [CONTEXT, {"rehabfacts": naming.vocabulary}],
        "id": naming.of("annotations"),
        "type": "AnnotationCollection",
        "label": "Facts and the words of their sources",
        "total": len(items),
        "first": {"id": naming.of("annotations", "1"), "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return {"annotations.jsonld": json.dumps(collection, ensure_ascii=False, indent=1) + "\n"}


def _annotations(report: Report, naming: Naming) -> Iterator[Document]:
    dataset = report.dataset
    for name, fact in sorted(dataset.facts.items()):
        source = dataset.sources.get(fact.source or "")
        if fact.quote is None or source is None:
            continue
        anchor = report.main.anchors.get(name)
        yield {
            "id": naming.of("annotation", name),
            "type": "Annotation",
            "motivation": "describing",
            "body": [
                {"type": "SpecificResource", "source": naming.of("fact", name), "purpose": "identifying"},
                {"type": "TextualBody", "value": sentence(dataset, fact), "format": "text/plain", "language": "en", "purpose": "describing"},
            ],
            "target": _targets(naming, fact, source, anchor),
            "rehabfacts:state": "unavailable" if anchor is None else anchor.state.value,
        }


def _targets(naming: Naming, fact: Fact, source: Source, anchor: Anchor | None) -> list[Document]:
    text: Document = {"id": naming.of("source", source.id), "type": "Text", "format": "text/plain"}
    if source.language:
        text["language"] = source.language
    if anchor is None or not anchor.places or anchor.source != source.id:
        return [{"type": "SpecificResource", "source": text, "selector": {"type": "TextQuoteSelector", "exact": fact.quote}}]
    return [
        {"type": "SpecificResource", "source": text, "selector": _selectors(source.text, start, end)}
        for start, end in anchor.parts or ((anchor.start, anchor.end),)
    ]


def _selectors(text: str, start: int, end: int) -> list[Document]:
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {
            "type": "TextQuoteSelector", "exact": text[start:end],
            "prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND],
        },
    ]  # fmt: skip
