"""The declared order of sources and speakers, the most reliable first: it orders what is told and decides nothing."""

from collections.abc import Iterable, Iterator, Sequence

from rehabfacts.plain import plain


def names_in(ranks: Iterable[str | Sequence[str]]) -> Iterator[str]:
    """Every name in an order of reliability."""
    for rank in ranks:
        yield from (rank,) if isinstance(rank, str) else rank


@plain
class Reliability:
    """Sources and speakers by rank, 0 the most reliable; who is not named comes after all who are."""

    ranks: tuple[str | tuple[str, ...], ...] = ()

    def rank(self, *names: str | None) -> int:
        """The rank of the first of the names that has one."""
        for name in names:
            for at, rank in enumerate(self.ranks):
                if name is not None and (name == rank if isinstance(rank, str) else name in rank):
                    return at
        return len(self.ranks)

    def ordered(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names, the most reliable first, equals by name."""
        return tuple(sorted(names, key=lambda name: (self.rank(name), name)))

    def weight(self, names: Iterable[str]) -> tuple[int, ...]:
        """What orders sets: one that holds more of the most reliable is smaller; then one that holds more of the next."""
        counts = [0] * (len(self.ranks) + 1)
        for name in names:
            counts[self.rank(name)] -= 1
        return tuple(counts)
