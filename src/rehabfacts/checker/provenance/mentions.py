"""Where sources mention entities: each declared mention looked up once in each source, as quotes are."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from rehabfacts.dataset import Dataset
from rehabfacts.quotes import Anchor, Anchors, Span
from rehabfacts.schema import Entity, Fact, Kind

_MOST = 100_000


class Mentions:
    """The places of mentions. A mention that begins in small letters is also found where it begins a sentence.

    >>> from rehabfacts.sources import Source
    >>> note, _ = Source.from_bytes("note", b"Our committee met. The committee of our town did not.")
    >>> Mentions(Anchors([note])).places("note", "our committee")
    [(0, 13)]
    """

    def __init__(self, anchors: Anchors) -> None:
        self._anchors = anchors
        self._found: dict[tuple[str, str], list[Span]] = {}

    def places(self, source: str, mention: str) -> list[Span]:
        """Every place of a mention in a source, in order, up to 100,000."""
        found = self._found.get((source, mention))
        if found is None:
            spellings = dict.fromkeys((mention, mention[:1].upper() + mention[1:]))
            found = sorted({span for each in spellings for span in islice(self._anchors.iter_spans(source, each), _MOST)})
            self._found[source, mention] = found
        return found

    def is_within(self, mention: str, anchor: Anchor) -> bool:
        """Whether a mention stands in the passage of a quote: in one of its parts, if it has omissions."""
        parts = anchor.parts or ((anchor.start, anchor.end),)
        return any(True for _ in self.iter_within(anchor.source, mention, parts))

    def iter_within(self, source: str, mention: str, parts: Iterable[Span]) -> Iterator[Span]:
        """The places of a mention that lie in parts of the source."""
        places = self.places(source, mention)
        for start, end in parts:
            for place in places[bisect_left(places, (start, 0)) : bisect_right(places, (end, 0))]:
                if place[1] <= end:
                    yield place

    def missing(self, entity: Entity, sources: Iterable[str]) -> tuple[str, ...]:
        """The mentions of an entity that stand in none of the sources."""
        names = tuple(sources)
        return tuple(mention for mention in entity.mentions if not any(self.places(name, mention) for name in names))


def mentioned_roles(dataset: Dataset, fact: Fact) -> Mapping[str, Entity]:
    """The roles of a fact, the speaker included, whose entities have mentions."""
    roles = (field.name for field in dataset.type_of(fact).fields.values() if field.kind is Kind.ROLE)
    entities = ((name, dataset.entities.get(getattr(fact, name) or "")) for name in roles)
    return {name: entity for name, entity in entities if entity is not None and entity.mentions}


def sources_of(dataset: Dataset) -> Mapping[str, frozenset[str]]:
    """The sources of the facts that speak of each entity that has mentions."""
    found: dict[str, set[str]] = {}
    for fact in dataset.facts.values():
        for entity in mentioned_roles(dataset, fact).values() if fact.source is not None else ():
            found.setdefault(entity.id, set()).add(fact.source or "")
    return {name: frozenset(sources) for name, sources in found.items()}
