"""Networks shaped like chronologies, feasible by construction from hidden dates.

They are rows as a check has them: `after(low, high, days)` says that one point is at least so many days after another; point 0 is the
fixed day 0. About half of the points are bounded to the day, the others to a month, a year or not at all.
"""

import itertools
import random

from rehabfacts.network.inequalities import Row, at_least, at_most

Network = tuple[int, list[Row]]


def after(low: int, high: int, days: int) -> Row:
    return (low, high, days, 0, False)


def bounded(rng: random.Random, hidden: list[int], rows: list[Row], points: range, *, share: float = 1.0) -> None:
    """Bounds on some points: half of them exact, the rest within a month, a year, or unbounded."""
    for point in points:
        if rng.random() > share:
            continue
        draw = rng.random()
        slack = 0 if draw < 0.5 else 15 if draw < 0.7 else 180 if draw < 0.9 else None
        if slack is not None:
            rows += [at_least(point, hidden[point] - slack), at_most(point, hidden[point] + slack)]


def shallow(size: int, rng: random.Random) -> Network:
    """V/200 hubs with a start and an end; cases of four points tied to each other and to one or two hubs."""
    hubs = max(1, size // 200)
    hidden = [0]
    rows: list[Row] = []
    for hub in range(hubs):
        start = 700_000 + rng.randrange(20_000)
        hidden += [start, start + 2_000 + rng.randrange(10_000)]
        rows.append(after(2 * hub + 1, 2 * hub + 2, 0))
        if hub and hub % 2:
            one, two = sorted((2 * hub - 1, 2 * hub + 1), key=lambda point: hidden[point])
            rows.append(after(one, two, 0))
    while len(hidden) + 4 <= size:
        first = len(hidden)
        chosen = rng.sample(range(hubs), min(hubs, rng.choice((1, 2))))
        start = max(hidden[2 * hub + 1] for hub in chosen)
        end = min(hidden[2 * hub + 2] for hub in chosen)
        if start > end:
            continue
        hidden += sorted(rng.randint(start, end) for _ in range(4))
        rows += [after(first + n, first + n + 1, 0) for n in range(3)]
        for hub in chosen:
            rows += [after(2 * hub + 1, first, 0), after(first + 3, 2 * hub + 2, 0)]
    bounded(rng, hidden, rows, range(1, len(hidden)))
    return len(hidden), rows


def layered(size: int, rng: random.Random) -> Network:
    """√V layers, each point tied to one or two of the layer below, some with a maximal distance."""
    width = max(2, int(size**0.5))
    hidden = [0]
    rows: list[Row] = []
    for layer in range(size // width):
        for _ in range(width):
            point = len(hidden)
            below = rng.sample(range(point - point % width - width + 1, point - point % width + 1), 2) if layer else []
            below = [each for each in below if 0 < each < point]
            hidden.append(max((hidden[each] for each in below), default=600_000) + rng.randrange(1, 30))
            for each in below:
                rows.append(after(each, point, 1))
                if rng.random() < 0.3:
                    rows.append(after(point, each, -(hidden[point] - hidden[each] + rng.randrange(60))))
    bounded(rng, hidden, rows, range(1, len(hidden)), share=0.5)
    return len(hidden), rows


def chain(size: int, rng: random.Random) -> Network:
    """One chain, only both ends dated, the numbers of its points shuffled."""
    order = list(range(1, size))
    rng.shuffle(order)
    rows = [after(one, two, 1) for one, two in itertools.pairwise(order)]
    rows += [at_least(order[0], 700_000), at_most(order[-1], 700_000 + 2 * size)]
    rng.shuffle(rows)
    return size, rows


def grid(size: int, rng: random.Random) -> Network:
    """Distances between neighbours bounded both ways, one point in a thousand dated."""
    side = int(size**0.5)
    hidden = [0] + [700_000 + (n // side + n % side) * 10 + rng.randrange(10) for n in range(side * side)]
    rows: list[Row] = []
    for n in range(side * side):
        for step, inside in ((1, n % side + 1 < side), (side, n // side + 1 < side)):
            if inside:
                one, two = n + 1, n + 1 + step
                gap = hidden[two] - hidden[one]
                rows += [after(one, two, gap - rng.randrange(5)), after(two, one, -(gap + rng.randrange(5)))]
    for point in rng.sample(range(1, side * side + 1), max(2, side * side // 1000)):
        rows += [at_least(point, hidden[point]), at_most(point, hidden[point])]
    rng.shuffle(rows)
    return side * side + 1, rows


SHAPES = {"shallow": shallow, "layered": layered, "chain": chain, "grid": grid}


def drawn(shape: str, size: int) -> Network:
    """The network of a shape that has about so many points, always the same."""
    return SHAPES[shape](size, random.Random(20_221_122))


def ring(size: int) -> Network:
    """A cycle that gains one day, without any bound: nothing but going all the way round contradicts itself."""
    order = list(range(1, size + 1))
    random.Random(size).shuffle(order)
    rows = [after(one, two, 0) for one, two in itertools.pairwise(order)]
    return size + 1, [*rows, after(order[-1], order[0], 1)]
