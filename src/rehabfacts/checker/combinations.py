"""Combinations of readings: the next one that nothing known excludes, by propagation, backtracking and learning."""

from collections.abc import Iterable, Mapping, Sequence

from rehabfacts.plain import plain

Combination = tuple[int, ...]
"""The place of the reading that each passage takes."""

Nogood = tuple[tuple[int, int], ...]
"""Passages with sets of readings (as bits): no combination takes one of these readings in each of these passages."""

_MOST_STEPS = 20_000


class SearchLimitError(Exception):
    """The search for a combination was cut short: none was found, and none is excluded."""


@plain
class _Step:
    """What a passage could be read as before some of it was excluded, and the nogood that did; none for a choice."""

    passage: int
    before: int
    because: int | None


def holds(nogood: Nogood, combination: Combination) -> bool:
    """Whether a combination takes the readings of a nogood."""
    return all(bits >> combination[passage] & 1 for passage, bits in nogood)


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

        `fixed` holds bits of the readings that a passage is kept to. Passages are read in their order, each by the
        reading preferred, or else by its first one that can be had. Raises SearchLimitError.
        """
        domains = [full & (fixed or {}).get(at, full) for at, full in enumerate(self._full)]
        return _Search(domains, [*self.nogoods, *without], prefer or [0] * len(domains)).run()


class _Search:
    def __init__(self, domains: list[int], nogoods: list[Nogood], prefer: Sequence[int]) -> None:
        self._domains, self._prefer = domains, prefer
        self._nogoods: list[Nogood] = []
        self._watchers: list[list[int]] = [[] for _ in domains]
        self._watched: list[list[int]] = []
        self._trail: list[_Step] = []
        self._pending: list[int] = []
        self._is_empty = not all(domains)
        for each in nogoods:
            self._add(each)

    def _add(self, nogood: Nogood) -> None:
        """Takes in a nogood, watched at two passages that can still be read otherwise."""
        number = len(self._nogoods)
        self._nogoods.append(nogood)
        free = [passage for passage, bits in nogood if self._domains[passage] & ~bits][:2]
        self._watched.append(free)
        for passage in free:
            self._watchers[passage].append(number)
        if len(free) < 2:
            self._pending.append(number)

    def run(self) -> Combination | None:
        steps = 0
        while not self._is_empty:
            conflict = self._propagate()
            if conflict is not None:
                learned = self._learn(conflict)
                if not learned:
                    return None
                self._undo()
                self._add(learned)
                steps += 1
                if steps > _MOST_STEPS:
                    raise SearchLimitError
                continue
            passage = next((at for at, domain in enumerate(self._domains) if domain & (domain - 1)), None)
            if passage is None:
                return tuple(domain.bit_length() - 1 for domain in self._domains)
            self._choose(passage)
        return None

    def _choose(self, passage: int) -> None:
        domain = self._domains[passage]
        wanted = 1 << self._prefer[passage]
        self._narrow(passage, wanted if domain & wanted else domain & -domain, None)

    def _narrow(self, passage: int, domain: int, because: int | None) -> None:
        self._trail.append(_Step(passage, self._domains[passage], because))
        self._domains[passage] = domain
        self._pending += self._watchers[passage]

    def _propagate(self) -> int | None:
        """Excludes what the nogoods exclude; returns one of which every passage is as it says, if there is one."""
        while self._pending:
            number = self._pending.pop()
            free = self._rewatch(number)
            if not free:
                return number
            if len(free) == 1:
                passage = free[0]
                bits = next(bits for at, bits in self._nogoods[number] if at == passage)
                if self._domains[passage] & bits:
                    self._narrow(passage, self._domains[passage] & ~bits, number)
        return None

    def _rewatch(self, number: int) -> list[int]:
        """Up to two passages that can still be read otherwise than a nogood says, and are watched for it."""
        nogood, watched, domains = self._nogoods[number], self._watched[number], self._domains
        free: list[int] = []
        for passage, bits in nogood:
            if not domains[passage] & bits:
                return [passage, passage]  # it cannot come about any more
            if domains[passage] & ~bits:
                free.append(passage)
                if len(free) == 2:
                    break
        for passage in free:
            if passage not in watched:
                watched.append(passage)
                self._watchers[passage].append(number)
        return free

    def _learn(self, conflict: int) -> Nogood:
        """The choices behind a nogood that came about, as a nogood of their own; empty if no choice is behind it."""
        behind = {passage for passage, _ in self._nogoods[conflict]}
        learned: list[tuple[int, int]] = []
        domains = list(self._domains)
        for step in reversed(self._trail):
            if step.passage in behind:
                if step.because is None:
                    learned.append((step.passage, domains[step.passage]))
                else:
                    behind.update(passage for passage, _ in self._nogoods[step.because])
            domains[step.passage] = step.before
        return tuple(sorted(learned))

    def _undo(self) -> None:
        """Takes back every choice and what followed from it."""
        first = next(at for at, step in enumerate(self._trail) if step.because is None)
        for step in reversed(self._trail[first:]):
            self._domains[step.passage] = step.before
        del self._trail[first:]
        self._pending.clear()
