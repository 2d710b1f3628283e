"""Falls: by which conflicts ways to read passages fall, told from what an exploration excluded, and the worlds that show it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from rehabfacts.checker.provenance.provenance import Remark
from rehabfacts.checker.readings.combinations import Combination, Nogood
from rehabfacts.checker.readings.explorations import Exploration, key_of
from rehabfacts.checker.readings.readings import ByConflict, ByReadings, Fall
from rehabfacts.checker.readings.refutations import Excluded, Refutation, nogoods_of
from rehabfacts.checker.violations import FACTS_AGREE
from rehabfacts.checker.worlds import World
from rehabfacts.dataset import Dataset
from rehabfacts.engines.groundings import Instance

_MOST_WAYS = 6


class Maker(Protocol):
    """Makes the world of a dataset; with some quotes only, without a certificate to look around, with demands beside those of rules."""

    def __call__(
        self, name: str, dataset: Dataset, *, quotes_of: Collection[str] | None = None, is_certified: bool = True,
        beside: Sequence[tuple[Instance, Remark]] = (),
    ) -> World:  # fmt: skip
        """The world."""


class Falls:
    """The worlds of an exploration that are told of, each made once; `first` is the combination of the main one."""

    def __init__(self, exploration: Exploration, make: Maker, first: Combination) -> None:
        self._exploration, self._make, self._first = exploration, make, first
        self._passages = exploration.passages.passages
        self.worlds: dict[Combination, World] = {}

    def world(self, combination: Combination) -> World:
        """The world of a combination, with the quotes of what it reads otherwise than the main one."""
        found = self.worlds.get(combination)
        if found is None:
            others = [(each, at) for each, at, first in zip(self._passages, combination, self._first, strict=True) if at != first]
            dataset = self._exploration.dataset(combination)
            name = "reading " + ", ".join(f"{each.name}={each.readings[at].name}" for each, at in others)
            facts = [name for each, at in others for name in each.readings[at].facts]
            found = self.worlds[combination] = self._make(name, dataset, quotes_of=facts)
        return found

    def fall(self, refutation: Refutation) -> Fall:
        """A refutation with the conflicts and the worlds that it is about."""
        if isinstance(refutation, Excluded):
            return self._leaf(refutation.nogood)
        passage = self._passages[refutation.passage]
        cases = zip(passage.readings, refutation.cases, strict=True)
        return ByReadings(passage.name, tuple((reading.name, self.fall(case)) for reading, case in cases))

    def _leaf(self, nogood: Nogood) -> ByConflict:
        combination, key = self._exploration.nogoods[nogood]
        world = self.world(combination)
        conflict = next(each for each in world.judging.conflicts if key_of(each) == key)
        return ByConflict(world, conflict, {self._passages[passage].name: self._readings(passage, bits) for passage, bits in nogood})

    def told(self, core: Refutation) -> str:
        """By which conflicts the ways to read passages fall."""
        ways = []
        for nogood in nogoods_of(core):
            _, (rule, _, facts) = self._exploration.nogoods[nogood]
            readings = " and ".join(f"{self._passages[at].name}={'|'.join(self._readings(at, bits))}" for at, bits in nogood)
            ways.append(f"{readings} by {rule or FACTS_AGREE} ({', '.join(facts)})")
        return "; ".join(ways[:_MOST_WAYS]) + (f"; and {len(ways) - _MOST_WAYS} more" if len(ways) > _MOST_WAYS else "")

    def _readings(self, passage: int, bits: int) -> tuple[str, ...]:
        return tuple(each.name for at, each in enumerate(self._passages[passage].readings) if bits >> at & 1)

    def names(self, passages: Iterable[int]) -> tuple[str, ...]:
        """The names of passages."""
        return tuple(self._passages[passage].name for passage in passages)
