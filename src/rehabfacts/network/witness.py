"""One dating that satisfies a consistent network: least values where something bounds them, near their neighbours elsewhere."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence

from rehabfacts.network.inequalities import Row, forced_high, forced_low
from rehabfacts.network.propagation import LeastDating

_Arcs = list[list[tuple[int, Row]]]
_Force = Callable[[Row, int], int]


def find_witness(least: LeastDating, numbers: Iterable[int], seeds: Sequence[int]) -> list[int]:
    """A value for every variable such that each of the numbered rows holds.

    `least` must hold exactly these rows. A variable with a lower bound gets its least value; from there greatest and
    least values are handed on in turn to what is still open; what no bound reaches starts at its seed, or as soon
    after it as its calendar months allow.
    """
    size = len(seeds)
    value = least.bounds()
    forwards: _Arcs = [[] for _ in range(size)]
    backwards: _Arcs = [[] for _ in range(size)]
    for number in numbers:
        row = least.rows[number]
        if value[row[0]] is None or value[row[1]] is None:
            forwards[row[0]].append((row[1], row))
            backwards[row[1]].append((row[0], row))
    settled = [variable for variable in range(size) if value[variable] is not None]
    open_from = 0
    while True:
        while settled:
            earlier = _hand_on(value, backwards, forced_high, settled, sign=-1)
            settled = _hand_on(value, forwards, forced_low, [*settled, *earlier], sign=1)
        while open_from < size and value[open_from] is not None:
            open_from += 1
        if open_from == size:
            return [each if each is not None else 0 for each in value]
        settled = _hand_on(value, forwards, forced_low, [open_from], sign=1, start=seeds[open_from])


def _hand_on(
    value: list[int | None], arcs: _Arcs, force: _Force, settled: Iterable[int], *, sign: int, start: int | None = None
) -> list[int]:
    """Gives open variables the tightest value that the settled ones force on them; returns those it settled.

    With a `start`, the one variable given is open itself and has that value or the next that its own circles allow.
    """
    queue = deque(settled)
    found: dict[int, int] = {} if start is None else {queue[0]: start}
    while queue:
        source = queue.popleft()
        base = found.get(source, value[source])
        if base is None:
            continue
        for target, row in arcs[source]:
            if value[target] is not None:
                continue
            forced = force(row, base)
            old = found.get(target)
            if old is None or (forced - old) * sign > 0:
                found[target] = forced
                queue.append(target)
    for variable, each in found.items():
        value[variable] = each
    return list(found)
