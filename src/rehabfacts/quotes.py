"""Whether a source says the words that a fact quotes from it, and where."""

import enum
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

import attrs

from rehabfacts.errors import shown
from rehabfacts.look_alikes import named
from rehabfacts.plain import plain
from rehabfacts.quote_folding import INVISIBLE, fold, iter_needed
from rehabfacts.quote_places import MOST_PLACES, Needle, Place, PreparedText
from rehabfacts.sources import Source

NEAR = 1000
"""Code points that may be left out between two parts of a quote."""

SHORT = 12
"""A quote of fewer characters gets W-QUOTE-SHORT."""

_OMISSION = r"\s+…\s+|\s*\[\s*(?:…|\.\.\.)\s*\]\s*"
_INVISIBLE = f"[{INVISIBLE}]"
_NEGATION = r"\b(?:не|ні|ані|ніколи|без|ни|нет|никогда|емес|жоқ|not|no|never|nor|without)\b|n['’]t\b"
_DRIFT_LIKENESS, _DRIFT_LENGTH = 0.6, 4000

Span = tuple[int, int]
Passage = tuple[Place, ...]


class QuoteState(enum.Enum):
    """What became of a quote. Only EXACT and NORMALISED say that the fact's words were verified at one place."""

    EXACT = "exact"
    NORMALISED = "normalised"
    AMBIGUOUS = "ambiguous"
    MOVED = "moved"
    DRIFTED = "drifted"
    FOUND_ELSEWHERE = "found elsewhere"
    ABSENT = "absent"
    UNAVAILABLE = "unavailable"


@attrs.frozen
class Anchor:
    """Where a quote stands: `start` to `end` (exclusive) in code points of the original text of `source`.

    Both are 0 where `places` is 0. `parts` holds the span of every part of a quote with omissions. `places` counts up
    to `MOST_PLACES`. In DRIFTED the span is the recorded one, and what stands there is not the quote.
    """

    state: QuoteState
    source: str
    start: int = 0
    end: int = 0
    normalisations: tuple[str, ...] = ()
    places: int = 0
    parts: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_verified(self) -> bool:
        """Whether the source says these words at the place it was said to."""
        return self.state in (QuoteState.EXACT, QuoteState.NORMALISED)

    @property
    def note(self) -> str:
        """All notes as one text; those that are warnings begin with their code."""
        return "; ".join(self.notes)


@plain
class _Query:
    """A quote with what is known of its place, ready for any source: whole, and in its parts if it has omissions."""

    whole: Needle
    parts: tuple[Needle, ...]
    prefix: str
    suffix: str
    expected: Span | None


class Anchors:
    """Finds quotes in a set of sources. Each source is prepared once, when it is first asked for.

    >>> note, _ = Source.from_bytes("note", "It was set up on 14 April 1993.".encode())
    >>> anchors = Anchors([note])
    >>> anchor = anchors.find("note", "set up on 14 April")
    >>> anchor.state.value, anchor.start, anchor.end
    ('exact', 7, 25)
    >>> anchors.find("note", "4 April 1993").state.value
    'absent'
    """

    def __init__(self, sources: Iterable[Source], *, more_apostrophes: bool = False) -> None:
        self._sources = {source.id: source for source in sources}
        self._prepared: dict[str, PreparedText] = {}
        self._more_apostrophes = more_apostrophes

    def find(
        self, source_id: str, quote: str, *, prefix: str = "", suffix: str = "", expected: Span | None = None,
    ) -> Anchor:
        """Where the source says the quote. Prefix, suffix and the span recorded earlier tell repeated quotes apart."""
        source = self._sources.get(source_id)
        if source is None:
            return Anchor(QuoteState.UNAVAILABLE, source_id, notes=(f"no source {shown(source_id)}",))
        if not source.is_as_pinned:
            note = "E-DIGEST the source has changed since its digest was pinned"
            return Anchor(QuoteState.UNAVAILABLE, source_id, notes=(note,))
        query = self._query(quote, prefix, suffix, expected)
        passages = self._passages(source, query)
        anchor = self._anchor(source, query, passages) if passages else self._unfound(source, query)
        warnings = tuple(_iter_warnings(query))
        return attrs.evolve(anchor, notes=warnings + anchor.notes) if warnings else anchor

    def iter_spans(self, source_id: str, text: str) -> Iterator[Span]:
        """Every place where a source says a text, as `find` would find it; none where there is no such source to look in."""
        source = self._sources.get(source_id)
        if source is not None and source.is_as_pinned:
            for place in self._text(source).iter_places(Needle.from_text(text)):
                yield place.start, place.end

    def _query(self, quote: str, prefix: str, suffix: str, expected: Span | None) -> _Query:
        texts = [quote]
        if "…" in quote or "..." in quote:
            texts += [part for part in re.split(_OMISSION, quote.strip()) if part]
        whole, *parts = (Needle.from_text(text, more_apostrophes=self._more_apostrophes) for text in texts)
        return _Query(whole, tuple(parts) if len(parts) > 1 else (), prefix, suffix, expected)

    def _text(self, source: Source) -> PreparedText:
        if source.id not in self._prepared:
            self._prepared[source.id] = PreparedText(source.text, more_apostrophes=self._more_apostrophes)
        return self._prepared[source.id]

    def _passages(self, source: Source, query: _Query) -> list[Passage]:
        text = self._text(source)
        whole: list[Passage] = [(place,) for place in text.places(query.whole)]
        return whole or (_chained([text.places(part) for part in query.parts]) if query.parts else [])

    def _anchor(self, source: Source, query: _Query, passages: list[Passage]) -> Anchor:
        """Choose among the places of a quote that stands in the source, and the state."""
        around = self._in_context(source, query, passages)
        recorded = [passage for passage in passages if (passage[0].start, passage[-1].end) == query.expected]
        chosen = recorded or around or passages
        known = query.expected is not None or bool(query.prefix or query.suffix)
        state = QuoteState.EXACT if all(place.is_exact for place in chosen[0]) else QuoteState.NORMALISED
        if len(chosen) > 1:
            state = QuoteState.AMBIGUOUS
        elif known and not recorded and (query.expected is not None or not around):
            state = QuoteState.MOVED
        return self._at(source, query, chosen, state)

    def _in_context(self, source: Source, query: _Query, passages: list[Passage]) -> list[Passage]:
        if not (query.prefix or query.suffix):
            return passages
        text, last = self._text(source), (query.parts or (query.whole,))[-1]
        return [passage for passage in passages if text.has_prefix(passage[0], query.prefix)
                and text.has_suffix(passage[-1], last, query.suffix)]

    def _at(self, source: Source, query: _Query, chosen: list[Passage], state: QuoteState) -> Anchor:
        passage = chosen[0]
        spans = tuple((place.start, place.end) for place in passage)
        return Anchor(
            state, source.id, spans[0][0], spans[-1][1],
            normalisations=self._normalisations(source, query, passage),
            places=len(chosen), parts=spans if len(spans) > 1 else (),
            notes=tuple(_iter_notes(source.text, spans, state, len(chosen))),
        )

    def _normalisations(self, source: Source, query: _Query, passage: Passage) -> tuple[str, ...]:
        names: dict[str, None] = {}
        needles = (query.whole,) if len(passage) == 1 else query.parts
        for place, needle in zip(passage, needles, strict=True):
            if not place.is_exact:
                ours = source.text[place.start : place.end]
                names.update(dict.fromkeys(iter_needed(ours, needle.raw, more_apostrophes=self._more_apostrophes)))
        return tuple(names)

    def _unfound(self, source: Source, query: _Query) -> Anchor:
        if query.expected and _is_alike(source.text[slice(*query.expected)], query.whole.raw):
            start, end = query.expected
            there = f"the recorded place now says “{shown(' '.join(source.text[start:end].split()))}”"
            return Anchor(QuoteState.DRIFTED, source.id, start, end, notes=(there,))
        for other in self._sources.values():
            if other.id != source.id and other.is_as_pinned and (passages := self._passages(other, query)):
                found = self._at(other, query, passages, QuoteState.FOUND_ELSEWHERE)
                line, column = other.line_and_column(found.start)
                where = f"stands in {shown(other.id)} at {line}:{column}, not in {shown(source.id)}"
                return attrs.evolve(found, notes=(where, *found.notes))
        near = self._text(source).near_miss(query.whole)
        return Anchor(QuoteState.ABSENT, source.id, notes=(near,) if near else ())


def _chained(places: list[list[Place]]) -> list[Passage]:
    """Every place of the first part from which the others follow in order, each at its nearest place within `NEAR`."""
    passages: list[Passage] = [(place,) for place in places[-1]]
    for part in reversed(places[:-1]):
        starts = [passage[0].start for passage in passages]
        followers = [(place, bisect_left(starts, place.end)) for place in part]
        passages = [(place, *passages[n]) for place, n in followers if n < bisect_right(starts, place.end + NEAR)]
    return passages


def _iter_warnings(query: _Query) -> Iterator[str]:
    raw = query.whole.raw
    if len(raw) < SHORT:
        yield f"W-QUOTE-SHORT a quote of fewer than {SHORT} characters ({len(raw)}) identifies little"
    elif not query.whole.key:
        yield "W-QUOTE-SHORT a quote of punctuation alone identifies little"
    if not raw.isascii() and (match := re.search(_INVISIBLE, raw)):
        yield f"W-BIDI the quote holds {named(match[0])} at character {match.start() + 1}"


def _iter_notes(text: str, spans: tuple[Span, ...], state: QuoteState, places: int) -> Iterator[str]:
    if state is QuoteState.AMBIGUOUS:
        yield f"stands at {places}{' or more' if places >= MOST_PLACES else ''} places; the first is given"
    if state is QuoteState.MOVED:
        yield "stands at another place than the recorded one, or among other words"
    if match := re.search(_INVISIBLE, text[spans[0][0] : spans[-1][1]]):
        yield f"W-BIDI the source holds {named(match[0])} at character {match.start() + 1} of the passage"
    for (_, end), (start, _) in pairwise(spans):
        if match := re.search(_NEGATION, text[end:start], re.IGNORECASE):
            yield f"W-QUOTE-NEGATION the words left out hold “{match[0]}”"


def _is_alike(ours: str, theirs: str) -> bool:
    """Whether most words are the same, in order."""
    if max(len(ours), len(theirs)) > _DRIFT_LENGTH:
        return False
    left, right = (fold(text).text.split() for text in (ours, theirs))
    from difflib import SequenceMatcher  # noqa: PLC0415  # only where a quote has drifted

    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= _DRIFT_LIKENESS
