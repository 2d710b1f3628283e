"""A demand judged against the given alone: whether it holds, or cannot, whichever way the given turns out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import attrs

from rehabfacts.engines.groundings import Grounding
from rehabfacts.engines.tallies import Ways
from rehabfacts.network.contradictions import Beyond, Cases, Chain, Clause, Proof, Sum, variables_of
from rehabfacts.network.inequalities import Row, Total, forced_low, negated
from rehabfacts.network.labels import Walk
from rehabfacts.network.networks import Network
from rehabfacts.network.totals import excess, negated_total
from rehabfacts.plain import plain
from rehabfacts.verdicts import Verdict


@plain
class Standing:
    """What the given says of a demand: `proof` shows that it holds, if it does.

    Else `refusals` says of each branch why it cannot hold (None where it can). `undecided` are the rows and totals on
    which the others depend; `broken` are some of these, of each of the others one, that do not hold together under some dating of
    the given. Of totals that is not certain.
    """

    proof: Proof | None = None
    refusals: tuple[Proof | None, ...] = ()
    undecided: Walk = ()
    broken: Walk = ()


@plain
class _Branch:
    """A branch: whether it holds, why not, what in it is undecided, and why each row or total that is certain holds."""

    verdict: Verdict
    refusal: Proof | None = None
    undecided: Walk = ()
    certain: Mapping[int, Proof] = attrs.field(factory=dict)


class Alone:
    """Judges clauses on the network of the given. `part` numbers the parts of it that are tied to each other."""

    def __init__(self, grounding: Grounding, network: Network, part: Sequence[int]) -> None:
        self._rows, self._totals, self._network, self._part = grounding.rows, grounding.totals, network, part
        self._low, self._high = network.least.value, [-value for value in network.greatest.value]

    @property
    def shown(self) -> set[int]:
        """The rows that hold by the bounds of the given alone."""
        low, high = self._low, self._high
        return {
            number for number, row in enumerate(self._rows)
            if low[row[1]] >= (high[row[0]] + row[2] if not (row[3] or row[4]) else forced_low(row, high[row[0]]))
        }  # fmt: skip

    def judge(self, clause: Clause) -> Standing:
        """What the given says of a clause. Raises CaseLimitError and LapLimitError where the answer is not found."""
        branches: list[_Branch] = []
        for at, numbers in enumerate(clause):
            branch = self._judge_branch(numbers)
            if branch.verdict is Verdict.YES:
                certain = tuple([branch.certain[number] for number in numbers])
                return Standing(certain[0] if len(certain) == 1 else Cases(at, certain))
            branches.append(branch)
        refusals = tuple(branch.refusal for branch in branches)
        if None not in refusals:
            return Standing(refusals=refusals)
        answer = self._deny(clause, branches)
        if isinstance(answer, tuple):
            return Standing(None, refusals, tuple(number for branch in branches for number in branch.undecided), answer)
        return Standing(answer)

    def weigh(self, ways: Ways) -> tuple[Verdict, Ways]:
        """Whether one of some ways always holds under the given, and which of them show that. Raises CaseLimitError and LapLimitError."""
        first, first_total = len(self._rows), len(self._totals)
        try:
            clause = tuple([tuple([self._number(each) for each in way]) for way in ways])
            certain = [way for way, numbers in zip(ways, clause, strict=True) if self._judge_branch(numbers).verdict is Verdict.YES]
            if certain:
                return Verdict.YES, certain[:1]
            standing = self.judge(clause)
        finally:
            del self._rows[first:], self._totals[first_total:]
        if standing.proof is not None:
            return Verdict.YES, ways
        return Verdict.UNKNOWN if None in standing.refusals else Verdict.NO, ways

    def _number(self, demand: Row | Total) -> int:
        """The number of a row or total that is there for a while."""
        if isinstance(demand, Total):
            self._totals.append(demand)
            return ~(len(self._totals) - 1)
        self._rows.append(demand)
        return len(self._rows) - 1

    def is_undated(self, clause: Clause) -> bool:
        """Whether nothing at all bounds a variable that it speaks of."""
        least, greatest = self._network.least, self._network.greatest
        ends = {end for numbers in clause for number in numbers for end in variables_of(self._rows, self._totals, number)}
        return any(least.bound(end) is None and greatest.bound(end) is None for end in ends)

    def _judge_branch(self, numbers: Walk) -> _Branch:
        opened: list[int] = []
        certain: dict[int, Proof] = {}
        for number in numbers:
            answer = self._judge_row(number) if number >= 0 else self._judge_total(number)
            if answer is None:
                opened.append(number)
            elif answer[0] is Verdict.NO:
                return _Branch(Verdict.NO, answer[1])
            else:
                certain[number] = answer[1]
        if not opened:
            return _Branch(Verdict.YES, None, (), certain)
        refusal = self._clash(numbers, opened)
        return _Branch(Verdict.UNKNOWN if refusal is None else Verdict.NO, refusal, tuple(opened), certain)

    def _judge_row(self, number: int) -> tuple[Verdict, Proof] | None:
        row = self._rows[number]
        start, end, days, months, _ = row
        low, high = self._low, self._high
        if (low[end] >= high[start] + days) if not months else (low[end] >= forced_low(row, high[start])):
            return Verdict.YES, Beyond(number)
        is_excluded = (high[end] < low[start] + days) if not months else (high[end] < forced_low(row, low[start]))
        if not is_excluded and self._part[start] != self._part[end]:
            return None
        least = self._network.least
        walk = least.contradiction((number,))
        if walk is not None:
            return Verdict.NO, Chain(walk)
        with self._denials((number,)) as denials:
            walk = least.contradiction((denials[number],))
            return None if walk is None else (Verdict.YES, Chain(tuple(~number if each == denials[number] else each for each in walk)))

    def _judge_total(self, number: int) -> tuple[Verdict, Proof] | None:
        refusal = excess(self._totals, ~number, self._network)
        if refusal is not None:
            return Verdict.NO, refusal
        denial = excess((negated_total(self._totals[~number]),), 0, self._network)
        return None if denial is None else (Verdict.YES, Sum(number, denial.walks))

    def _clash(self, numbers: Walk, opened: Sequence[int]) -> Proof | None:
        """Why the rows and totals of a branch cannot hold together, though each could."""
        rows = [number for number in opened if number >= 0]
        if len(rows) == len(opened):
            walk = self._network.least.contradiction(rows) if self._could_clash(rows) else None
            return None if walk is None else Chain(walk)
        walk = self._network.push(rows)
        if walk is not None:
            return Chain(walk)
        found = (excess(self._totals, ~number, self._network) for number in numbers if number < 0)
        refusal = next((each for each in found if each is not None), None)
        self._network.pop()
        return refusal

    def _could_clash(self, numbers: Sequence[int]) -> bool:
        """Whether a walk could lead from one of the rows through the given to another."""
        if len(numbers) < 2:
            return False
        ends = {self._part[self._rows[number][1]] for number in numbers}
        return any(self._part[self._rows[number][0]] in ends for number in numbers)

    # Whether no branch at all could hold

    def _deny(self, clause: Clause, branches: Sequence[_Branch]) -> Proof | Walk:
        """The proof that some branch always holds; or a row or total of each that is possible, which do not hold together."""
        possible = [at for at, branch in enumerate(branches) if branch.verdict is Verdict.UNKNOWN]
        opened = [sorted(branches[at].undecided, key=_is_row, reverse=True) for at in possible]
        if len(possible) == 1:
            return (opened[0][0],)
        with self._denials([number for numbers in opened for number in numbers]) as denials:
            answer = self._search(opened, denials)
            if isinstance(answer, tuple):
                return answer
            telling = _Telling(denials, possible, opened, branches, clause)
            return telling.wrapped(telling.told(answer))

    def _search(self, opened: Sequence[Sequence[int]], denials: Mapping[int, int]) -> Proof | Walk:
        """A proof that one of each of the numbers cannot be denied together, or those that can be."""
        if all(len(numbers) == 1 and numbers[0] >= 0 for numbers in opened):
            rows = [denials[number] for numbers in opened for number in numbers]
            walk = self._network.least.contradiction(rows) if self._could_clash(rows) else None
            return tuple(numbers[0] for numbers in opened) if walk is None else Chain(walk)
        from rehabfacts.network.search import Search  # noqa: PLC0415  # of use only where one branch of several must be chosen

        search = Search(self._network, [tuple((denials[number],) for number in numbers) for numbers in opened], self._totals)
        try:
            proof = search.run()
            chosen = search.chosen
        finally:
            search.close()
        return tuple(numbers[chosen[at]] for at, numbers in enumerate(opened)) if proof is None else proof

    @contextmanager
    def _denials(self, numbers: Sequence[int]) -> Iterator[Mapping[int, int]]:
        """The negations of rows and totals, for a while rows and totals themselves: their numbers by what they negate."""
        first, first_total = len(self._rows), len(self._totals)
        found: dict[int, int] = {}
        for number in numbers:
            if number >= 0:
                found[number] = len(self._rows)
                self._rows.append(negated(self._rows[number]))
            else:
                found[number] = ~len(self._totals)
                self._totals.append(negated_total(self._totals[~number]))
        try:
            yield found
        finally:
            del self._rows[first:], self._totals[first_total:]


class _Telling:
    """A proof about denials, retold about what they deny: negated rows and totals, and the branches that these stand in."""

    def __init__(
        self, denials: Mapping[int, int], possible: Sequence[int], opened: Sequence[Sequence[int]], branches: Sequence[_Branch], clause: Clause
    ) -> None:
        self._denied = {denial: number for number, denial in denials.items()}
        self._possible, self._opened, self._branches, self._clause = possible, opened, branches, clause
        self._known: dict[int, Proof] = {}

    def told(self, proof: Proof) -> Proof:
        """The proof retold; what is shared stays so."""
        if id(proof) not in self._known:
            self._known[id(proof)] = self._told(proof)
        return self._known[id(proof)]

    def _told(self, proof: Proof) -> Proof:
        match proof:
            case Chain(rows):
                return Chain(self._walk(rows))
            case Sum(total, walks):
                denied = self._denied.get(~total)
                return Sum(total if denied is None else denied, tuple(map(self._walk, walks)))
            case Cases(at, parts):
                return self._cases(at, dict(zip(self._opened[at], map(self.told, parts), strict=True)))
        return proof

    def _walk(self, walk: Walk) -> Walk:
        return tuple(~self._denied[each] if each in self._denied else each for each in walk)

    def _cases(self, at: int, parts: Mapping[int, Proof]) -> Cases:
        """Some row or total of the branch does not hold: none that is certain, and none of the others."""
        place = self._possible[at]
        return Cases(place, tuple(parts.get(number) or self._branches[place].certain[number] for number in self._clause[place]))

    def wrapped(self, proof: Proof) -> Proof:
        """The proof with the cases of branches of which one row or total alone is open, since the others are certain."""
        for at, place in enumerate(self._possible):
            if len(self._opened[at]) == 1 < len(self._clause[place]):
                proof = self._cases(at, {self._opened[at][0]: proof})
        return proof


def _is_row(number: int) -> bool:
    return number >= 0
