"""A search for one value of each of some variables under clauses: propagation, learning from conflicts, jumping back.

Variables are passages, their values readings, and a clause says that no combination takes, in each of some passages, one
of some readings. What is learned from a conflict holds always (conflict-driven clause learning, Marques-Silva and
Sakallah 1996, for variables of more than two values), and what conflicts most is decided first.
"""

from collections.abc import Iterable, Sequence

from rehabfacts.plain import plain

_MOST_CONFLICTS = 20_000
_GROWTH = 1.05
_TOO_MUCH = 1e100

Clause = tuple[tuple[int, int], ...]


class SearchLimitError(Exception):
    """The search was cut short: nothing was found, and nothing is excluded."""


@plain
class _Step:
    """What a passage could be read as before some of it was excluded, at which depth of choices, and by which clause: none for a choice."""

    passage: int
    before: int
    after: int
    depth: int
    because: int | None


class Search:
    """One search. `domains` are the readings that each passage can have, as bits; `prefer` those that are tried first."""

    def __init__(self, domains: list[int], clauses: Iterable[Clause], prefer: Sequence[int]) -> None:
        self._domains, self._full, self._prefer = domains, list(domains), prefer
        self._clauses: list[Clause] = []
        self._watchers: list[list[int]] = [[] for _ in domains]
        self._watched: list[list[int]] = []
        self._weights = [0.0] * len(domains)
        self._weight = 1.0
        self._trail: list[_Step] = []
        self._pending: list[int] = []
        self._depth = 0
        for each in clauses:
            self._add(each)
            for passage, _ in each:
                self._weights[passage] += 0.5 ** len(each)

    def run(self) -> tuple[int, ...] | None:
        """The reading of each passage; None if there is no combination. Raises SearchLimitError."""
        conflicts = 0
        while all(self._domains):
            conflict = self._propagate()
            if conflict is not None:
                conflicts += 1
                if conflicts > _MOST_CONFLICTS:
                    raise SearchLimitError
                if not self._jump_back(conflict):
                    return None
                continue
            passage = self._next()
            if passage is None:
                return tuple(domain.bit_length() - 1 for domain in self._domains)
            self._depth += 1
            wanted = self._domains[passage] & 1 << self._prefer[passage]
            self._narrow(passage, wanted or self._domains[passage] & -self._domains[passage], None)
        return None

    def _next(self) -> int | None:
        """The passage to decide: of those that can be read in several ways the one that conflicts most."""
        best, found = -1.0, None
        for passage, domain in enumerate(self._domains):
            if domain & (domain - 1) and self._weights[passage] > best:
                best, found = self._weights[passage], passage
        return found

    def _add(self, clause: Clause) -> int:
        """Takes in a clause, watched at two passages that can still be read otherwise."""
        number = len(self._clauses)
        self._clauses.append(clause)
        self._watched.append([])
        if len(self._rewatch(number)) < 2:
            self._pending.append(number)
        return number

    def _narrow(self, passage: int, domain: int, because: int | None) -> None:
        self._trail.append(_Step(passage, self._domains[passage], domain, self._depth, because))
        self._domains[passage] = domain
        self._pending += self._watchers[passage]

    def _propagate(self) -> int | None:
        """Excludes what the clauses exclude; returns one of which every passage is as it says, if there is one."""
        while self._pending:
            number = self._pending.pop()
            free = self._rewatch(number)
            if not free:
                return number
            if len(free) == 1:
                passage = free[0]
                bits = next(bits for at, bits in self._clauses[number] if at == passage)
                if self._domains[passage] & bits:
                    self._narrow(passage, self._domains[passage] & ~bits, number)
        return None

    def _rewatch(self, number: int) -> list[int]:
        """Up to two passages that can still be read otherwise than a clause says, and are watched for it."""
        domains = self._domains
        free: list[int] = []
        for passage, bits in self._clauses[number]:
            if not domains[passage] & bits:
                return [passage, passage]  # it cannot come about any more
            if domains[passage] & ~bits:
                free.append(passage)
                if len(free) == 2:
                    break
        for passage in free:
            self._watch(number, passage)
        return free

    def _watch(self, number: int, passage: int) -> None:
        if passage not in self._watched[number]:
            self._watched[number].append(passage)
            self._watchers[passage].append(number)

    def _jump_back(self, conflict: int) -> bool:
        """Learns from a clause that came about, and takes choices back as far as that says more; whether there are any."""
        self._pending.clear()
        learned = self._learn(conflict)
        depths = sorted(((self._depth_of(*each), each[0]) for each in learned), reverse=True)
        if not depths or not depths[0][0]:
            return False
        depth = depths[1][0] if len(depths) > 1 else 0
        while self._trail and self._trail[-1].depth > depth:
            step = self._trail.pop()
            self._domains[step.passage] = step.before
        self._depth = depth
        number = self._add(learned)
        for _, passage in depths[:2]:
            self._watch(number, passage)
        self._pending.append(number)
        return True

    def _learn(self, conflict: int) -> Clause:
        """What is behind a conflict: clauses resolved until only one condition is of the latest choice that has a part in it."""
        behind = dict(self._clauses[conflict])
        latest = max((self._depth_of(*each) for each in behind.items()), default=0)
        for step in reversed(self._trail):
            bits = behind.get(step.passage)
            if bits is None or step.after & ~bits or not step.before & ~bits:
                continue  # it is not what brought a condition about
            if step.because is None or sum(self._depth_of(*each) == latest for each in behind.items()) < 2:
                break
            self._resolve(behind, step.passage, step.because)
        for passage in behind:
            self._bump(passage)
        self._weight *= _GROWTH
        return tuple(sorted(behind.items()))

    def _resolve(self, behind: dict[int, int], passage: int, because: int) -> None:
        """Puts in the place of a condition what brought it about."""
        for other, bits in self._clauses[because]:
            behind[other] = behind[other] | bits if other == passage else behind.get(other, -1) & bits
            self._bump(other)
        if not self._full[passage] & ~behind[passage]:
            del behind[passage]

    def _depth_of(self, passage: int, bits: int) -> int:
        """The depth at which a passage came to be read in one of the ways that the bits name."""
        if not self._full[passage] & ~bits:
            return 0
        return next(step.depth for step in self._trail if step.passage == passage and not step.after & ~bits)

    def _bump(self, passage: int) -> None:
        self._weights[passage] += self._weight
        if self._weights[passage] > _TOO_MUCH:
            self._weights = [each / _TOO_MUCH for each in self._weights]
            self._weight /= _TOO_MUCH
