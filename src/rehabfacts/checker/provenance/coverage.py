"""How much of each source the facts speak for: its sentences, dates, numbers and names, one by one."""

import enum
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import attrs

from rehabfacts.calendars import calendar_named
from rehabfacts.checker.provenance.mentions import Mentions, mentioned_roles
from rehabfacts.checker.provenance.resolution import (
    Fit,
    demands_of,
    find_date,
    fit_of,
    names_number,
    written_number,
)
from rehabfacts.checker.provenance.spans import Spans
from rehabfacts.checker.provenance.stated import values_of
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date, Period
from rehabfacts.errors import Problem
from rehabfacts.plain import plain
from rehabfacts.quantities import Quantity
from rehabfacts.quotes import Anchor, Anchors, Span
from rehabfacts.schema import Fact, Kind
from rehabfacts.sentences import sentences
from rehabfacts.sources import NoClaim, Source
from rehabfacts.texts.dates import TextDate
from rehabfacts.texts.numbers import TextNumber
from rehabfacts.texts.proper_names import read_names

KINDS = ("sentences", "dates", "numbers", "names")
_MOST_SENTENCES = 2


class Cover(enum.Enum):
    """What speaks for a part of a source: a fact, a mark that it claims nothing, or nothing."""

    FACT = "covered"
    NO_CLAIM = "no claim"
    NOTHING = "uncovered"


@attrs.frozen
class Part:
    """A sentence, date, number or name of a source, from code point `start` to `end`, and the facts that speak for it."""

    kind: str
    start: int
    end: int
    cover: Cover
    facts: tuple[str, ...] = ()


@attrs.frozen
class Mark:
    """A mark of no claim as the source bears it out: `note` says what is wrong with it, if anything is."""

    mark: NoClaim
    spans: tuple[Span, ...]
    note: str = ""
    is_found: bool = True


@attrs.frozen
class Coverage:
    """The parts of one source in the order of `KINDS` and of the text, and the marks of no claim."""

    source: Source
    parts: tuple[Part, ...]
    marks: tuple[Mark, ...]

    def of(self, kind: str, *covers: Cover) -> int:
        """How many parts of a kind there are, or of those covers."""
        return sum(part.kind == kind and (not covers or part.cover in covers) for part in self.parts)

    def per_cent(self, kind: str) -> int:
        """The share of a kind that facts or marks of no claim speak for, in whole per cent, rounded down."""
        total = self.of(kind)
        return 100 if not total else self.of(kind, Cover.FACT, Cover.NO_CLAIM) * 100 // total

    @property
    def no_claim_length(self) -> int:
        """How many code points are marked as no claim."""
        return sum(end - start for start, end in Spans(span for mark in self.marks for span in mark.spans).spans)

    @property
    def least(self) -> int:
        """The share of the kind that is covered least."""
        return min(self.per_cent(kind) for kind in KINDS)


@attrs.frozen
class Covering:
    """The coverage of all sources that could be measured, why others could not, and those that have changed since they were pinned."""

    sources: tuple[Coverage, ...]
    not_measured: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def measure_coverage(dataset: Dataset, problems: Iterable[Problem] = ()) -> Covering:
    """The coverage of every source whose text is there; `problems` are those of loading the dataset."""
    changed = tuple(name for name, source in sorted(dataset.sources.items()) if not source.is_as_pinned)
    reasons = [f"{name}: its text has changed since its digest was pinned" for name in changed]
    reasons += [f"{name}: there is no text" for name in sorted(dataset.headers) if name not in dataset.sources]
    return Covering(cover_sources(dataset), tuple(reasons), changed, tuple(problems))


def cover_sources(dataset: Dataset) -> tuple[Coverage, ...]:
    """The coverage of every source whose text is there, by the facts of every reading and status."""
    anchors = Anchors(dataset.sources.values())
    mentions = Mentions(anchors)
    facts = list(dataset.iter_facts())
    return tuple(
        _SourceCover(dataset, source, anchors, mentions, [fact for fact in facts if fact.source == name]).run()
        for name, source in sorted(dataset.sources.items()) if source.is_as_pinned
    )  # fmt: skip


@plain
class _Quoted:
    """A fact with its verified quote: the passages, and where its texts and mentions stand in them."""

    fact: Fact
    spans: tuple[Span, ...]
    texts: tuple[Span, ...]
    mentions: tuple[Span, ...]


class _Sweep:
    """The quotes that hold a part of the text, for parts that are asked for from left to right."""

    def __init__(self, quoted: Iterable[_Quoted]) -> None:
        self._waiting = sorted(((start, end, at, each) for at, each in enumerate(quoted) for start, end in each.spans), reverse=True)
        self._open: list[tuple[int, _Quoted]] = []

    def holding(self, start: int, end: int) -> list[_Quoted]:
        """The quotes with a passage from `start` or before to `end` or behind."""
        while self._waiting and self._waiting[-1][0] <= start:
            _, last, _, quoted = self._waiting.pop()
            self._open.append((last, quoted))
        self._open = [each for each in self._open if each[0] > start]
        return [quoted for last, quoted in self._open if last >= end]


class _SourceCover:
    """One source held against its facts."""

    def __init__(self, dataset: Dataset, source: Source, anchors: Anchors, mentions: Mentions, facts: Iterable[Fact]) -> None:
        self._dataset, self._source, self._anchors, self._mentions = dataset, source, anchors, mentions
        self._quoted = [quoted for fact in facts if (quoted := self._quote(fact)) is not None]
        header = dataset.headers.get(source.id)
        self._marks = tuple(self._mark(each) for each in (header.no_claims if header else ()))
        self._silent = Spans(span for mark in self._marks for span in mark.spans)

    def run(self) -> Coverage:
        """Every part of the source."""
        values = values_of(self._source.text, self._source.language, is_mixed=True)
        bare = Spans((date.start, date.end) for date in values.dates if date.is_bare)
        numbers = [number for number in values.numbers if not bare.hold(number.start, number.end)]
        doubtful = {(number.start, number.end): number for number in values.numbers if bare.hold(number.start, number.end)}
        parts = (*self._sentences(), *self._dates(values.dates, doubtful), *self._numbers(numbers), *self._names(values.dates))
        return Coverage(self._source, parts, self._marks)

    def _quote(self, fact: Fact) -> _Quoted | None:
        anchor = self._anchors.find(self._source.id, fact.quote) if fact.quote else None
        if anchor is None or not anchor.is_verified:
            return None
        spans = _spans(anchor)
        texts = [getattr(fact, name) for name, field in self._dataset.type_of(fact).fields.items() if field.kind is Kind.TEXT and name not in _NO_TEXTS]
        mentions = {each for entity in mentioned_roles(self._dataset, fact).values() for each in entity.mentions}
        return _Quoted(fact, spans, self._places(spans, filter(None, texts)), self._places(spans, mentions))

    def _places(self, spans: Sequence[Span], texts: Iterable[str]) -> tuple[Span, ...]:
        return tuple(place for text in sorted(texts) for place in self._mentions.iter_within(self._source.id, text, spans))

    def _mark(self, mark: NoClaim) -> Mark:
        anchor = self._anchors.find(self._source.id, mark.quote)
        if not anchor.is_verified:
            return Mark(mark, (), f"its quote is {anchor.state.value}" + (f": {anchor.note}" if anchor.note else ""), is_found=False)
        spans = _spans(anchor)
        marked = Spans(spans)
        claims = sorted({quoted.fact.id for quoted in self._quoted if any(marked.meet(*span) for span in quoted.spans)})
        return Mark(mark, spans, f"a fact speaks for it all the same: {', '.join(claims)}" if claims else "")

    def _sentences(self) -> Iterator[Part]:
        """A sentence is covered by a quote that lies in it, and in one other at most."""
        spans = sentences(self._source.text)
        starts = [start for start, _ in spans]
        speaking: dict[int, list[str]] = {}
        for quoted in self._quoted:
            reach = [(bisect_right(starts, start) - 1, bisect_right(starts, end - 1)) for start, end in quoted.spans]
            touched = {at for first, end in reach for at in range(max(first, 0), min(end, first + _MOST_SENTENCES + 1))}
            for at in touched if len(touched) <= _MOST_SENTENCES else ():
                speaking.setdefault(at, []).append(quoted.fact.id)
        for at, (start, end) in enumerate(spans):
            yield self._part("sentences", start, end, speaking.get(at, ()))

    def _part(self, kind: str, start: int, end: int, facts: Iterable[str]) -> Part:
        names = tuple(sorted(set(facts)))
        cover = Cover.FACT if names else Cover.NO_CLAIM if self._silent.hold(start, end) else Cover.NOTHING
        return Part(kind, start, end, cover, names)

    def _dates(self, dates: Iterable[TextDate], numbers: Mapping[Span, TextNumber]) -> Iterator[Part]:
        """A date is covered by a field that resolves to it; one that may be a mere number, also by such a field."""
        quotes = _Sweep(self._quoted)
        for (start, end), found in _by_place(dates).items():
            holding = quotes.holding(start, end)
            facts = [each.fact.id for each in holding if any(self._dates_to(each.fact, date) for date in found)]
            number = numbers.get((start, end))
            facts += [each.fact.id for each in holding if number is not None and self._counts(each, number)]
            yield self._part("dates", start, end, facts)

    def _dates_to(self, fact: Fact, date: TextDate) -> bool:
        return any(_resolves(value, date) for value in self._values(fact) if isinstance(value, Date | Period))

    def _values(self, fact: Fact) -> Iterator[object]:
        return (getattr(fact, name) for name, _ in self._dataset.type_of(fact).variables)

    def _counts(self, quoted: _Quoted, number: TextNumber) -> bool:
        """Whether a fact has the number in a quantity, in a text that it quotes, or in the mention of an entity."""
        if _is_within(quoted.texts, number.start, number.end) or _is_within(quoted.mentions, number.start, number.end):
            return True
        quantities = (written_number(value) for value in self._values(quoted.fact) if isinstance(value, Quantity))
        return any(names_number(each, written, number) for written in quantities for each in written.numbers)

    def _numbers(self, numbers: Iterable[TextNumber]) -> Iterator[Part]:
        """A number is covered by a quantity, or as part of a text or a mention; the words for one count nothing."""
        quotes = _Sweep(self._quoted)
        for (start, end), found in _by_place(number for number in numbers if not number.is_one).items():
            holding = quotes.holding(start, end)
            yield self._part("numbers", start, end, [each.fact.id for each in holding if any(self._counts(each, number) for number in found)])

    def _names(self, dates: Iterable[TextDate]) -> Iterator[Part]:
        """A name is covered if mentions of entities, in facts whose quotes hold it, make it up word by word."""
        taken, quotes = Spans((date.start, date.end) for date in dates), _Sweep(self._quoted)
        for words in read_names(self._source.text, self._source.language):
            rest = [word for word in words if not taken.hold(*word)]
            if rest:
                start, end = rest[0][0], rest[-1][1]
                holding = [[each.fact.id for each in quotes.holding(*word) if _is_within(each.mentions, *word)] for word in rest]
                yield self._part("names", start, end, {name for found in holding for name in found} if all(holding) else ())


_NO_TEXTS = frozenset(("id", "source", "quote"))


Read = TypeVar("Read", TextDate, TextNumber)


def _by_place(found: Iterable[Read]) -> dict[Span, list[Read]]:
    """What is read at each place, the places from left to right."""
    readings: dict[Span, list[Read]] = {}
    for each in sorted(found, key=lambda each: (each.start, each.end)):
        readings.setdefault((each.start, each.end), []).append(each)
    return readings


def _spans(anchor: Anchor) -> tuple[Span, ...]:
    return anchor.parts or ((anchor.start, anchor.end),)


def _resolves(value: Date | Period, date: TextDate) -> bool:
    """Whether a value, or one of the dates that it is written with, is what a text names; a part of a date is enough where the text has no more."""
    calendar = calendar_named(value.calendar)
    wanted = Fit.PARTIAL if date.is_partial else Fit.SAME
    _, demands = demands_of(value)
    if any(fit_of(demand, date, calendar) >= wanted for demand in demands):
        return True
    return find_date(value, [date]).fit is Fit.SAME and bool(demands)


def _is_within(spans: Iterable[Span], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in spans)
