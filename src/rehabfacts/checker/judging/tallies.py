"""Demands on records of which it is uncertain whether they are meant, settled by what the given says of each.

A candidate that the given certainly takes in, or leaves out, is taken so, and the clause has a branch for its being
otherwise, which the given excludes. For the others the clause has a branch for each choice among them under which the
demand holds. So under the given the clause says what the demand does, and is proven or refuted as any other.
"""

from collections.abc import Iterator
from itertools import chain, combinations

from rehabfacts.checker.judging.alone import Alone
from rehabfacts.engines.tallies import (
    MOST_WAYS,
    NEVER,
    Choice,
    Tally,
    Ways,
    WaysLimitError,
    all_of,
    choices_by_size,
)
from rehabfacts.verdicts import Verdict

MOST_OPEN = 8
"""Candidates of which every selection is tried, where more than their number matters."""


def settle(tally: Tally, alone: Alone) -> Ways:
    """The ways in which the demand can hold. Raises WaysLimitError, CaseLimitError and LapLimitError."""
    return _Settling(tally, alone).ways()


def any_way(tally: Tally) -> Ways:
    """A way in which the demand might hold, for an instance that is not judged."""
    return [next(way for candidate in tally.candidates for way in (*candidate.inside, *candidate.outside) if way)]


class _Settling:
    def __init__(self, tally: Tally, alone: Alone) -> None:
        self._tally = tally
        self._inside, self._outside, self._open = list[int](), list[int](), list[int]()
        self._ways: dict[int, Ways] = {}
        for at, candidate in enumerate(tally.candidates):
            verdict, ways = alone.weigh(candidate.inside)
            if verdict is Verdict.NO:
                self._outside.append(at)
                self._ways[at] = alone.weigh(candidate.outside)[1]
            else:
                (self._inside if verdict is Verdict.YES else self._open).append(at)
                self._ways[at] = ways

    def ways(self) -> Ways:
        """A way for each choice, and one for each candidate that is otherwise than the given says."""
        candidates = self._tally.candidates
        chosen = self._by_size() if self._tally.is_counted else self._by_members()
        found: list[Ways] = [self._written_out(each) for each in chosen]
        found += [candidates[at].outside for at in self._inside]
        found += [candidates[at].inside for at in self._outside]
        ways = list(chain.from_iterable(found))
        if sum(map(len, ways)) > MOST_WAYS * 8:
            raise WaysLimitError
        return ways

    def _written_out(self, choice: Choice) -> Ways:
        inside, outside, demanded = choice
        candidates = self._tally.candidates
        parts = [self._ways[at] if at in self._ways and at not in self._open else candidates[at].inside for at in inside]
        parts += [self._ways[at] if at in self._outside else candidates[at].outside for at in outside]
        return all_of([*parts, demanded])

    def _by_size(self) -> Iterator[Choice]:
        """Choices where the number of candidates decides; the certain ones stand in them where their number does."""
        sizes, least, most = self._tally.by_size, len(self._inside), len(self._inside) + len(self._open)
        is_floor = any(ways != sizes[least] for ways in sizes[:least])
        is_ceiling = any(ways != sizes[most] for ways in sizes[most + 1 :])
        certain, excluded = tuple(self._inside) if is_floor else (), tuple(self._outside) if is_ceiling else ()
        for count, (inside, outside, ways) in enumerate(choices_by_size(self._open, sizes[least : most + 1])):
            if count >= MOST_WAYS:
                raise WaysLimitError
            yield (*certain, *inside), (*excluded, *outside), ways

    def _by_members(self) -> Iterator[Choice]:
        """Every choice among the candidates that are open."""
        if len(self._open) > MOST_OPEN:
            raise WaysLimitError(f"more than {MOST_OPEN} records that may be meant or not")
        for size in range(len(self._open) + 1):
            for chosen in combinations(self._open, size):
                inside = tuple(sorted((*self._inside, *chosen)))
                outside = tuple(each for each in range(len(self._tally.candidates)) if each not in inside)
                ways = self._tally.demanded(inside)
                if ways != NEVER:
                    yield inside, outside, ways
