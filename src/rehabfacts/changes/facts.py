"""What a change did to facts, by what they mean: moved lines, other spellings of a value and new comments are nothing."""

from typing import Any

import attrs

from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date
from rehabfacts.periods import Period
from rehabfacts.quantities import Quantity
from rehabfacts.schema import Fact

KINDS = ("added", "removed", "sharpened", "widened", "changed")

_Span = tuple[int | None, int | None]


@attrs.frozen
class FactChange:
    """A fact that is not what it was, and the fields in which it differs (with what they said before and say now).

    It is sharpened if every value that differs allows less than before and nothing else differs, widened if it allows more.
    """

    fact: str
    kind: str
    fields: tuple[tuple[str, str, str], ...] = ()


def fact_changes(before: Dataset, after: Dataset) -> tuple[FactChange, ...]:
    """The facts that differ, in the order of their ids; those of every reading count."""
    old, new = _every_fact(before), _every_fact(after)
    found = []
    for name in sorted({*old, *new}):
        if name not in old or name not in new:
            found.append(FactChange(name, "removed" if name in old else "added"))
        elif old[name] != new[name]:
            change = _compared(name, old[name], new[name])
            found += [change] if change is not None else []
    return tuple(found)


def _every_fact(dataset: Dataset) -> dict[str, tuple[Fact, ...]]:
    """The facts by id; one of an ambiguous passage as each of its readings has it."""
    found: dict[str, tuple[Fact, ...]] = {name: (fact,) for name, fact in dataset.facts.items()}
    for ambiguity in dataset.ambiguities:
        for name in ambiguity.fact_ids:
            found[name] = tuple(reading.facts[name] for reading in ambiguity.readings if name in reading.facts)
    return found


def _compared(name: str, old: tuple[Fact, ...], new: tuple[Fact, ...]) -> FactChange | None:
    if len(old) != len(new) or any(not _are_alike(one, two) for one, two in zip(old, new, strict=True)):
        return FactChange(name, "changed")
    fields: list[tuple[str, str, str]] = []
    kinds: set[str] = set()
    for one, two in zip(old, new, strict=True):
        for field, before in one.__getstate__().items():
            after = getattr(two, field)
            kind = "" if field == "origin" or before == after else _kind(before, after)
            if kind:
                kinds.add(kind)
                fields.append((field, _told(before), _told(after)))
    if not fields:
        return None
    return FactChange(name, kinds.pop() if len(kinds) == 1 else "changed", tuple(dict.fromkeys(fields)))


def _are_alike(one: Fact, two: Fact) -> bool:
    """Whether two facts are of types of one name and form; types that files declare are other classes each time they are read."""
    return type(one).__name__ == type(two).__name__ and one.__getstate__().keys() == two.__getstate__().keys()


def _kind(before: Any, after: Any) -> str:
    """How one value became another; empty where both mean the same."""
    one, two = _meaning(before), _meaning(after)
    if before is None and two is not None:
        return "sharpened"
    if after is None and one is not None:
        return "widened"
    if one is None or two is None or len(one) != len(two) or _marks(before) != _marks(after):
        return "changed"
    if one == two:
        return ""
    if all(map(_are_inside, two, one)):
        return "sharpened"
    return "widened" if all(map(_are_inside, one, two)) else "changed"


def _meaning(value: Any) -> tuple[tuple[_Span, ...], ...] | None:
    """What a value allows: for each of its ends the spans of days or numbers that it can be."""
    if isinstance(value, Date):
        return (tuple(value.iter_spans()),)
    if isinstance(value, Period):
        return ((value.start_earliest, value.start_latest),), ((value.end_earliest, value.end_latest),)
    if isinstance(value, Quantity):
        return (((value.least, value.most),),)
    return None


def _marks(value: Any) -> tuple[object, ...]:
    """What a value says beside its bounds."""
    names = ("is_uncertain", "is_approximate", "start_kind", "end_kind", "unit")
    return tuple(getattr(value, name, None) for name in names)


def _are_inside(inner: tuple[_Span, ...], outer: tuple[_Span, ...]) -> bool:
    return all(any(_is_inside(one, two) for two in outer) for one in inner)


def _is_inside(inner: _Span, outer: _Span) -> bool:
    low = outer[0] is None or (inner[0] is not None and inner[0] >= outer[0])
    high = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return low and high


def _told(value: Any) -> str:
    return "nothing" if value is None else str(value)
