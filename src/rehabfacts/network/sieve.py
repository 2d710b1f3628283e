"""Which groups of rows fall out, when each is added in turn unless it contradicts those added before it.

Adding in turn is what is meant, and slow where much contradicts. Here all are added at once, but for those that contradict
a neighbour and would move all that is near: of each contradiction met the last group is taken out, until what is left holds
together. It was the wrong one if another of the same contradiction falls out for a reason of its own; so those taken out are
tried again in turn, and what comes after one of them in a contradiction makes way for it and is tried again itself.
"""

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from itertools import repeat

from rehabfacts.network.inequalities import Row, forced_low, least_gain
from rehabfacts.network.labels import NOTHING, UNREACHED, Walk
from rehabfacts.network.propagation import LeastDating
from rehabfacts.network.raising import Raising

_NONE = -1


def sift(network: LeastDating, groups: Sequence[Walk]) -> tuple[LeastDating, dict[int, Walk]]:
    """A network with the groups that it accepts in turn, and of each other one, by its place, a walk that contradicts itself.

    Such a walk leads over the group, the network and groups accepted before it. The network given stays as it is.
    Raises LapLimitError where a cycle of calendar months is left undecided.
    """
    sieve = _Sieve(network, groups)
    fallen = sieve.run()
    return sieve.copy(), fallen


class _Sieve(LeastDating):
    def __init__(self, network: LeastDating, groups: Sequence[Walk]) -> None:
        super().__init__(0, network.rows, is_mirrored=network.is_mirrored)
        vars(self).update(vars(network.copy()))
        self._place = {number: place for place, group in enumerate(groups) for number in group}
        held = {number for number in self._place if self._is_in(number)} if self._count else set()
        for number in held:
            del self._place[number]
        self._groups = [[number for number in group if number not in held] for group in groups] if held else groups
        self._out: list[int] = []
        self._turn, self._is_told = _NONE, False
        """The group that is tried, once all have been added; and whether the walk is wanted that is told."""

    def run(self) -> dict[int, Walk]:
        """Everything at once, and what fell out once more in turn."""
        numbers = self._not_clashing()
        if self._past is None and any(row[3] or row[4] for row in map(self.rows.__getitem__, numbers)):
            self._start_past(())
        self._reached, self._trail = [], []
        self._link(numbers)
        self._hand_on_all()
        self._originate_all()
        return self._try_again()

    def _not_clashing(self) -> list[int]:
        """The rows of all groups but those with a row that another one, or itself, contradicts; these are out."""
        rows = [*map(self.rows.__getitem__, self._place)]
        clashing = _clashes(rows, len(self.value))
        if not clashing:
            return [*self._place]
        clashing |= {(high, low) for low, high in clashing}
        places = {place for row, place in zip(rows, self._place.values(), strict=True) if row[:2] in clashing}
        self._out += places
        return [number for number, place in self._place.items() if place not in places]

    def _originate_all(self) -> None:
        """What loses its value when a group falls out may be without an origin again."""
        before = -1
        while before < len(self._out):
            before = len(self._out)
            self._originate([variable for variable, row in enumerate(self.by) if row is UNREACHED])

    def _mended(self, walk: Walk) -> Iterable[int] | None:
        if self._turn != _NONE:
            return None
        last = self._last_of(walk)
        self._out.append(last)
        self._unlink(self._groups[last])
        lost, raised = self._let_go(self._groups[last]), list[int]()
        self._trail.clear()
        if self._relax(self._leading(lost), raised) is not None:
            raise AssertionError("a lost value that day 0 rests on")
        return [*lost, *raised]

    def _last_of(self, walk: Walk) -> int:
        last = max(map(self._place.get, walk, repeat(_NONE)))
        if last == _NONE:
            raise AssertionError("a network that contradicts itself")
        return last

    def _try_again(self) -> dict[int, Walk]:
        waiting, fallen = self._out, dict[int, Walk]()
        heapify(waiting)
        while waiting:
            self._turn = place = heappop(waiting)
            walk = self.add(self._groups[place])
            last = place if walk is None else self._last_of(walk)
            if last != place:
                self.remove(self._groups[last])
                heappush(waiting, last)
                heappush(waiting, place)
            elif walk is not None:
                fallen[place] = walk
        return fallen

    def _round(self, row: Row, value: int) -> Walk:
        """Any walk shows what to take out; the one with the fewest rows is looked for where that is the group in turn, to be told."""
        self._is_told = False
        walk = super()._round(row, value)
        if self._last_of(walk) != self._turn:
            return walk
        self._is_told = True
        return super()._round(row, value)

    def _behind(self, variable: int, value: int) -> list[int]:
        return super()._behind(variable, value) if self._is_told else super(Raising, self)._behind(variable, value)


def _clashes(rows: Iterable[Row], size: int) -> set[tuple[int, int]]:
    """The variables, the lower number first, between which a row or two contradict themselves wherever they are."""
    back: dict[int, int] = {}
    forth: list[Row] = []
    found: set[tuple[int, int]] = set()
    for row in rows:
        low, high = row[:2]
        if 0 < high < low:
            key = high * size + low
            back[key] = max(_gain(row), back.get(key, NOTHING))
        elif 0 < low < high:
            forth.append(row)
        elif low == high and (_gain(row) if low else forced_low(row, 0)) > 0:
            found.add((low, high))
    found.update(row[:2] for row in forth if (gain := back.get(row[0] * size + row[1])) is not None and gain + _gain(row) > 0)
    return found


def _gain(row: Row) -> int:
    return least_gain(row) if row[3] or row[4] else row[2]
