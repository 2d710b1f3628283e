"""Combinations of readings: the next one that nothing known excludes."""

from collections.abc import Iterable, Mapping, Sequence

from rehabfacts.checker.readings.clause_search import Search

Combination = tuple[int, ...]
"""The place of the reading that each passage takes."""

Nogood = tuple[tuple[int, int], ...]
"""Passages with sets of readings (as bits): no combination takes one of these readings in each of these passages."""


def is_within(nogood: Nogood, allowed: Mapping[int, int]) -> bool:
    """Whether every combination that keeps to the allowed readings of some passages takes those of the nogood."""
    return all(passage in allowed and not allowed[passage] & ~bits for passage, bits in nogood)


class Combinations:
    """All combinations of readings but those that a nogood excludes. `sizes` are the numbers of readings."""

    def __init__(self, sizes: Sequence[int], nogoods: Iterable[Nogood] = ()) -> None:
        self._full = [(1 << size) - 1 for size in sizes]
        self.nogoods: list[Nogood] = []
        self._known: set[Nogood] = set()
        for each in nogoods:
            self.exclude(each)

    def exclude(self, nogood: Nogood) -> bool:
        """Excludes what takes the readings of a nogood; says whether it is new."""
        if nogood in self._known:
            return False
        self._known.add(nogood)
        self.nogoods.append(nogood)
        return True

    def find(
        self, fixed: Mapping[int, int] | None = None, *, without: Iterable[Nogood] = (), prefer: Sequence[int] | None = None
    ) -> Combination | None:
        """A combination that no nogood excludes, nor one of `without`; None if there is none.

        `fixed` holds bits of the readings that a passage is kept to. Passages are read as preferred as far as that goes.
        Without any preference it is the first combination: passages in their order, each by its first reading that
        can be had. Raises SearchLimitError.
        """
        domains = [full & (fixed or {}).get(at, full) for at, full in enumerate(self._full)]
        nogoods = [*self.nogoods, *without]
        found = Search(list(domains), nogoods, prefer or [0] * len(domains)).run()
        return found if found is None or prefer is not None else self._first(domains, nogoods, found)

    def _first(self, domains: list[int], nogoods: Sequence[Nogood], known: Combination) -> Combination:
        """The first combination, knowing one."""
        for passage, domain in enumerate(domains):
            earlier = domain & ((1 << known[passage]) - 1)
            while earlier:
                lowest = earlier & -earlier
                found = Search([*domains[:passage], lowest, *domains[passage + 1 :]], nogoods, known).run()
                known = known if found is None else found
                earlier = earlier & ~lowest if found is None else 0
            domains[passage] = 1 << known[passage]
        return known
