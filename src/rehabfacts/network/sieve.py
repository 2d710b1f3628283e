"""Which groups of rows fall out, when each is added in turn unless it contradicts those added before it.

Adding in turn is what is meant, and slow where much contradicts. Here all are added at once: of each contradiction met
the last group is taken out, until what is left holds together. It was the wrong one if another of the same contradiction
falls out for a reason of its own; so those taken out are tried again in turn, and what comes after one of them in a
contradiction makes way for it and is tried again itself.
"""

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

from rehabfacts.network.labels import NOTHING, UNREACHED, Walk
from rehabfacts.network.propagation import LeastDating


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
        held = {number for number in self._place if self._is_in(number)}
        for number in held:
            del self._place[number]
        self._groups = [[number for number in group if number not in held] for group in groups] if held else groups
        self._out: list[int] = []
        self._is_mending = True

    def run(self) -> dict[int, Walk]:
        """Everything at once, and what fell out once more in turn."""
        numbers = list(self._place)
        if self._past is None and any(self.rows[number][3] or self.rows[number][4] for number in numbers):
            self._start_past(())
        self._reached, self._trail = [], []
        self._link(numbers)
        self._hand_on(dict.fromkeys(source for source in map(self._source, numbers) if self.value[source] != NOTHING))
        self._originate_all()
        self._is_mending = False
        return self._try_again()

    def _originate_all(self) -> None:
        """What loses its value when a group falls out may be without an origin again."""
        before = -1
        while before < len(self._out):
            before = len(self._out)
            self._originate([variable for variable, number in enumerate(self.by) if number == UNREACHED])

    def _mended(self, walk: Walk) -> Iterable[int] | None:
        if not self._is_mending:
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
        last = max(self._place.get(number, -1) for number in walk)
        if last < 0:
            raise AssertionError("a network that contradicts itself")
        return last

    def _try_again(self) -> dict[int, Walk]:
        waiting, fallen = self._out, dict[int, Walk]()
        heapify(waiting)
        while waiting:
            place = heappop(waiting)
            walk = self.add(self._groups[place])
            last = place if walk is None else self._last_of(walk)
            if last != place:
                self.remove(self._groups[last])
                heappush(waiting, last)
                heappush(waiting, place)
            elif walk is not None:
                fallen[place] = walk
        return fallen
