"""Refutations: why no combination of readings is left, as a tree of cases whose leaves are conflicts."""

from collections.abc import Iterable, Mapping, Sequence

from rehabfacts.checker.readings.combinations import Nogood
from rehabfacts.plain import plain

_MOST_LEAVES = 4_096


class LeafLimitError(Exception):
    """More cases than are told."""


@plain
class Excluded:
    """What is read so is excluded by a nogood."""

    nogood: Nogood


@plain
class Split:
    """However a passage is read, a refutation follows: one for each of its readings, in their order."""

    passage: int
    cases: "tuple[Refutation, ...]"


Refutation = Excluded | Split


def passages_of(refutation: Refutation) -> frozenset[int]:
    """The passages that have a part in it."""
    return frozenset(passage for nogood in nogoods_of(refutation) for passage, _ in nogood)


def nogoods_of(refutation: Refutation) -> list[Nogood]:
    """The nogoods at its leaves, each once, in order."""
    if isinstance(refutation, Excluded):
        return [refutation.nogood]
    return list(dict.fromkeys(nogood for case in refutation.cases for nogood in nogoods_of(case)))


def refute(nogoods: Iterable[Nogood], sizes: Sequence[int], fixed: Mapping[int, int]) -> Refutation:
    """Why the nogoods leave no combination that keeps some passages to some readings (as bits). Raises LeafLimitError.

    `sizes` are the numbers of readings.
    """
    return _Refuting(sizes).refute(list(nogoods), dict(fixed))


class _Refuting:
    def __init__(self, sizes: Sequence[int]) -> None:
        self._sizes, self._leaves = sizes, 0

    def refute(self, nogoods: list[Nogood], kept: dict[int, int]) -> Refutation:
        left = [each for each in nogoods if all(kept.get(passage, bits) & bits for passage, bits in each)]
        open_passages = {each: [passage for passage, bits in each if kept.get(passage, -1) & ~bits] for each in left}
        excluding = min((each for each, passages in open_passages.items() if not passages), key=len, default=None)
        if excluding is not None:
            self._leaves += 1
            if self._leaves > _MOST_LEAVES:
                raise LeafLimitError
            return Excluded(excluding)
        passage = self._next(open_passages)
        cases: list[Refutation] = []
        for reading in range(self._sizes[passage]):
            case = self.refute(left, {**kept, passage: 1 << reading})
            if not any(each == passage for each in passages_of(case)):
                return case
            cases.append(case)
        return Split(passage, tuple(cases))

    def _next(self, open_passages: Mapping[Nogood, list[int]]) -> int:
        """The passage of which most readings are excluded at once; else one of the shortest nogood left."""
        at_once: dict[int, int] = {}
        for nogood, passages in open_passages.items():
            if len(passages) == 1:
                bits = next(bits for passage, bits in nogood if passage == passages[0])
                at_once[passages[0]] = at_once.get(passages[0], 0) | bits
        if at_once:
            return min(at_once, key=lambda passage: (self._sizes[passage] - at_once[passage].bit_count(), passage))
        fewest = min(open_passages.values(), key=lambda passages: len(passages))  # noqa: PLW0108  # a type checker takes len for more
        return min(fewest)
