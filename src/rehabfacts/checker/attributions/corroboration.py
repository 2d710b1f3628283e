"""Corroboration: by how many independent sources what a fact says is borne out, and who tells the event otherwise."""

from collections.abc import Iterator, Mapping, Sequence

from rehabfacts.checker.attributions.events import Event, Events
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date
from rehabfacts.periods import Period
from rehabfacts.plain import plain
from rehabfacts.precisions import Width
from rehabfacts.quantities import Quantity
from rehabfacts.schema import Fact, Kind
from rehabfacts.verdicts import Verdict

_OF_EVERY_FACT = frozenset(("according_to", "status", "superseded_by"))
_MOST_COUNTED = 20
"""Beyond so many voices they are counted one after the other, which can miss some; a count is never too high."""

_MOST_COMPARED = 200

Span = tuple[int | None, int | None]
Origins = frozenset[str]


@plain
class Corroboration:
    """What other facts say of one fact's event.

    `independent` counts sources that agree and share no origin with the fact's own source or with each other; `differing`
    names the fields in which other facts exclude what this one says, `sharper` the agreeing facts that are more precise.
    """

    fact: str
    independent: int
    agreeing: tuple[str, ...]
    differing: Mapping[str, tuple[str, ...]]
    sharper: tuple[str, ...]


class Witnesses:
    """What facts of a dataset's events say of each other."""

    def __init__(self, dataset: Dataset, widths: Mapping[str, Width]) -> None:
        self._dataset, self._widths = dataset, widths
        self._events = Events(dataset)
        self._origins: dict[str, Origins] = {}

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event that facts of two sources or speakers tell of."""
        return tuple(each for each in self._events.shared if len({self._voice(name) for name in each.facts}) > 1)

    def of(self, name: str) -> Corroboration | None:
        """What bears a fact out; None where no other fact tells of its event."""
        event = next((each for each in self._events.shared if name in each.facts), None)
        return None if event is None else self._within(event, name)

    def independent(self, event: Event) -> int:
        """The most independent sources of an event's facts that agree with one of them, itself counted.

        Of more than 200 facts only the first are compared: a count is never too high.
        """
        return max(1 + self._within(event, name).independent for name in event.facts[:_MOST_COMPARED])

    def _within(self, event: Event, name: str) -> Corroboration:
        others = [each for each in event.facts[:_MOST_COMPARED] if each != name and self._is_alike(each, name)]
        differing = {each: fields for each in others if (fields := tuple(self._differences(name, each)))}
        agreeing = tuple(each for each in others if each not in differing)
        own = self._origins_of(name)
        origins = [each for each in map(self._origins_of, agreeing) if each and each.isdisjoint(own)]
        sharper = tuple(each for each in agreeing if self._is_sharper(each, name))
        return Corroboration(name, _most_disjoint(origins) if own else 0, agreeing, differing, sharper)

    def _is_alike(self, one: str, other: str) -> bool:
        """Whether two facts are of one kind, so that the one can bear the other out."""
        lineages = [self._dataset.type_of(self._dataset.facts[name]).lineage for name in (one, other)]
        return any(name != "Fact" for name in lineages[0] if name in lineages[1])

    def _voice(self, name: str) -> tuple[str | None, str | None]:
        fact = self._dataset.facts[name]
        return fact.source, fact.according_to

    def _origins_of(self, name: str) -> Origins:
        """Where a fact comes from in the end: the sources that its own is derived from, and whom it is said from."""
        source, speaker = self._voice(name)
        roots = {f"source {each}" for each in self._roots(source)} if source is not None else set()
        return frozenset(roots | ({f"speaker {speaker}"} if speaker is not None else set()))

    def _roots(self, source: str) -> Origins:
        if source not in self._origins:
            seen, queue, roots = {source}, [source], set()
            while queue:
                at = queue.pop()
                header = self._dataset.headers.get(at)
                above = header.derived_from if header is not None else ()
                roots |= set() if above else {at}
                queue += [each for each in above if each not in seen]
                seen |= set(above)
            self._origins[source] = frozenset(roots or {min(seen)})
        return self._origins[source]

    def _differences(self, one: str, other: str) -> Iterator[str]:
        """The fields of which two facts state what cannot both be so."""
        facts = self._dataset.facts[one], self._dataset.facts[other]
        for field in self._dataset.type_of(facts[0]).fields.values():
            values = [getattr(fact, field.name, None) for fact in facts]
            if field.name not in _OF_EVERY_FACT and None not in values and self._excludes(field.kind, *values):
                yield field.name

    def _excludes(self, kind: Kind, one: object, other: object) -> bool:
        if kind is Kind.ROLE:
            return not self._events.is_same(str(one), str(other))
        if kind in {Kind.CHOICE, Kind.FLAG}:
            return one != other
        if isinstance(one, Quantity) and isinstance(other, Quantity):
            return one.is_equal(other) is Verdict.NO
        if isinstance(one, Date) and isinstance(other, Date) and not (one.is_approximate or other.is_approximate):
            return one.is_equal(other) is Verdict.NO
        return any(_are_apart(a, b) for a, b in zip(self._spans(one), self._spans(other), strict=False))

    def _spans(self, value: object) -> tuple[Span, ...]:
        if isinstance(value, Period):
            return value.widened(self._widths)
        return (value.widened(self._widths),) if isinstance(value, Date) else ()

    def _is_sharper(self, name: str, than: str) -> bool:
        """Whether a fact leaves fewer days for some time that both state, or states one that the other does not."""
        fact, other = self._dataset.facts[name], self._dataset.facts[than]
        pairs = [pair for field, _ in self._dataset.type_of(other).variables for pair in self._narrowed(fact, other, field)]
        return any(pairs) and False not in pairs

    def _narrowed(self, fact: Fact, other: Fact, field: str) -> Iterator[bool | None]:
        """For each end of a time: whether it is narrower; None if it is the same, False if it is wider."""
        inner, outer = (getattr(each, field, None) for each in (fact, other))
        if inner is not None and outer is None:
            yield True
        for one, two in zip(self._spans(inner), self._spans(outer), strict=False):
            yield None if one == two else _is_within(one, two)


def _are_apart(one: Span, other: Span) -> bool:
    return any(a[1] is not None and b[0] is not None and a[1] < b[0] for a, b in ((one, other), (other, one)))


def _is_within(one: Span, other: Span) -> bool:
    low = other[0] is None or (one[0] is not None and one[0] >= other[0])
    return low and (other[1] is None or (one[1] is not None and one[1] <= other[1]))


def _most_disjoint(origins: Sequence[Origins]) -> int:
    """How many of the sets share nothing with each other, as many as can be."""
    distinct = sorted(set(origins), key=lambda each: (len(each), sorted(each)))
    if len(distinct) <= _MOST_COUNTED:
        return _packed(distinct)
    taken: set[str] = set()
    count = 0
    for each in distinct:
        if each.isdisjoint(taken):
            taken |= each
            count += 1
    return count


def _packed(left: Sequence[Origins]) -> int:
    if not left:
        return 0
    first, rest = left[0], left[1:]
    beside = [each for each in rest if each.isdisjoint(first)]
    with_first = 1 + _packed(beside)
    return with_first if len(beside) == len(rest) else max(with_first, _packed(rest))
