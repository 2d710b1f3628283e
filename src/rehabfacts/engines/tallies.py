"""What a demand comes to while it is open which records are meant: the ways in which each is, and what the demand then says.

A tally is settled once the given is known: `rehabfacts.checker.judging.tallies` makes a clause of it.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import chain, combinations

from rehabfacts.network.inequalities import Row, Total, strength
from rehabfacts.plain import plain

Ways = list[list[Row | Total]]
"""Branches of which one must hold: none never does, an empty one always."""

NEVER: Ways = []
ALWAYS: Ways = [[]]
MOST_WAYS = 4_096


class WaysLimitError(Exception):
    """More ways in which a demand can hold than are written out; it says of what there is too much."""

    def __init__(self, limit: str = f"more than {MOST_WAYS:,} ways in which it can hold") -> None:
        super().__init__(limit)


@plain
class Candidate:
    """A record of which it is uncertain whether it is meant: in which ways it is, and in which it is not."""

    inside: Ways
    outside: Ways


@plain
class Tally:
    """A demand about those of the candidates that are meant, beside others that certainly are.

    `demanded` says what it comes to if just these candidates are. If `is_counted` it depends on their number alone.
    """

    candidates: tuple[Candidate, ...]
    demanded: Callable[[Sequence[int]], Ways]
    is_counted: bool

    @property
    def answer(self) -> bool | None:
        """Whether it holds whichever candidates are meant; None if that depends on them, or may."""
        if not self.is_counted:
            return None
        sizes = self.by_size
        return True if all(ways == ALWAYS for ways in sizes) else False if not any(sizes) else None

    @cached_property
    def by_size(self) -> list[Ways]:
        """What a demand on a number comes to for each number of candidates, from none to all."""
        every = range(len(self.candidates))
        return [self.demanded(every[:size]) for size in range(len(every) + 1)]


def all_of(parts: Sequence[Ways]) -> Ways:
    """All of several things. Raises WaysLimitError."""
    found: Ways = ALWAYS
    for part in parts:
        if len(found) * len(part) > MOST_WAYS:
            raise WaysLimitError
        found = [together(one, other) for one in found for other in part]
    return found


def together(*parts: Sequence[Row | Total]) -> list[Row | Total]:
    """All rows and totals of several lists, of rows that say the same of the same ends only the one that says most."""
    found: dict[object, Row | Total] = {}
    for each in chain.from_iterable(parts):
        if isinstance(each, Total):
            found[each] = each
            continue
        key, much = strength(each)
        other = found.get(key)
        if other is None or isinstance(other, Total) or strength(other)[1] <= much:
            found[key] = each
    return list(found.values())


def any_of(parts: Sequence[Ways]) -> Ways:
    """One of several things; the same way only once, since each is one more to be denied."""
    found = {frozenset(way): way for part in parts for way in part}
    return ALWAYS if frozenset() in found else list(found.values())


Choice = tuple[tuple[int, ...], tuple[int, ...], Ways]
"""Which candidates must be meant, which must not, and what must then hold."""


def choices_by_size(open_: Sequence[int], sizes: Sequence[Ways]) -> Iterator[Choice]:
    """The fewest choices among candidates under which a demand on their number holds; `sizes` says what it comes to for each number."""
    holds = [ways == ALWAYS for ways in sizes]
    count, left = len(open_), sum(holds)
    if left and sum(map(bool, sizes)) == left:
        if all(holds[:left]):
            yield from (((), outside, ALWAYS) for outside in combinations(open_, count + 1 - left))
            return
        if all(holds[-left:]):
            yield from ((inside, (), ALWAYS) for inside in combinations(open_, count + 1 - left))
            return
    for size, ways in enumerate(sizes):
        if ways:
            yield from ((inside, tuple(each for each in open_ if each not in inside), ways) for inside in combinations(open_, size))
