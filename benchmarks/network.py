"""Tightest bounds of networks shaped like chronologies: our solver beside those that are installed.

    python benchmarks/network.py [--size 10000] [--turns 5] [--shapes shallow,layered,chain,grid] [--quick]

Every solver gets the same rows, as a check has them, and computes the earliest value of each point from the fixed day 0;
`network_solvers.py` says how each is asked. Seconds are the processor's: medians of turns, in each of which every solver has its best of three
runs (no further one once they took ten seconds, and none at all once one took a minute), in a process of its own: in one where others have been,
rows lie scattered in the memory, which slows Python down by half. While a solver runs no garbage is collected, as in a check. Besides, with ten
times as many points, 100,000 at most, and one inequality of three hundred turned against the dates: which are refused when each is accepted in
turn, with the walk that shows why, and a dating of the rest. Ends with 1 where a bar is missed. `--quick` takes small networks, ten seconds at
most, and half of each bar.
"""

import argparse
import gc
import importlib.util
import random
import statistics
import sys
import time

import measuring
from network_shapes import SHAPES, drawn, ring
from network_solvers import alone, by_clingo_dl, by_networkx, by_rustworkx, by_scipy, by_z3, ours, seconds

from rehabfacts.network.propagation import LeastDating
from rehabfacts.network.sieve import sift

BARS = {"networkx": 4, "clingo-dl": 20, "z3": 100}
"""How many times as long as ours each must take at least."""

OTHERS = {
    "networkx": (by_networkx, "networkx", 10**5), "rustworkx": (by_rustworkx, "rustworkx", 10**7), "scipy": (by_scipy, "scipy", 10**4),
    "clingo-dl": (by_clingo_dl, "clingodl", 10**5), "z3": (by_z3, "z3", 10**4),
}  # fmt: skip
"""Each with the module that it needs, and the greatest size at which it is asked."""

CYCLE, MOST = 20_000, 100_000
BESET = 5
"""How many times as long as the same network without conflicts it may take."""

CONFLICTS = {"shallow": (False, True), "layered": (False, True), "grid": (True,)}
"""Whether the turned rows come last, or where they stand: there one that comes before what it contradicts refuses all of that, on a grid everything near it."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--shapes", default=",".join(SHAPES))
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args()
    size, turns, most, slack = (2_000, 3, 10, 2) if chosen.quick else (chosen.size, chosen.turns, 60, 1)
    measuring.print_versions("networkx", "rustworkx", "scipy", "clingo", "clingo-dl", "z3-solver")
    solvers = {"rehabfacts": ours, **present(size)}
    print(f"{size:,} points, processor seconds\n{'shape':<8} {'rows':>9}" + "".join(f"{name:>12}" for name in solvers))
    missed = []
    for shape in chosen.shapes.split(","):
        found = measure(shape, size, solvers, turns=turns, most=most)
        cells = [f"over {most} s" if found[name] is None else f"{found[name]:.4f}" for name in solvers]
        print(f"{shape:<8} {len(drawn(shape, size)[1]):>9,}" + "".join(f"{cell:>12}" for cell in cells))
        ratios = {name: (found[name] or most) / found["rehabfacts"] for name in solvers if name in BARS}
        missed += [judge(f"{shape:<8} {name}", BARS[name], ratio, slack, is_cut=found[name] is None) for name, ratio in ratios.items()]
    for shape in chosen.shapes.split(","):
        for is_last in CONFLICTS.get(shape, ()):
            missed.append(conflicts(shape, min(10 * size, MOST), is_last, BESET * slack, turns))
    contradiction(CYCLE)
    return int(any(missed))


def present(size):
    found = {}
    for name, (solve, module, most) in OTHERS.items():
        if importlib.util.find_spec(module) is None:
            print(f"{name}: not installed, left out")
        elif size > most:
            print(f"{name}: left out beyond {most:,} points")
        else:
            found[name] = solve
    return found


def measure(shape, size, solvers, *, turns, most):
    """The median of each, taken in turn so that a slow moment falls on all of them, None if it was cut; where bounds are told, they must be ours."""
    spent, told = {name: [] for name in solvers}, set()
    for _ in range(turns):
        for name, solve in solvers.items():
            if None not in spent[name]:
                found = alone(seconds, solve, shape, size, most=most)
                spent[name].append(found and found[0])
                told |= {found[1]} - {None} if found else set()
                if len(told) > 1:
                    raise AssertionError(f"another answer: {name} on {shape}")
    return {name: None if None in each else statistics.median(each) for name, each in spent.items()}


def judge(what, bar, ratio, slack, *, is_cut):
    """Prints a ratio beside its bar; whether it is missed."""
    state = "ok" if ratio >= bar else "within the slack" if ratio * slack >= bar else "MISSED"
    print(f"{what:<19} takes {'over ' if is_cut else ''}{ratio:,.1f}x as long, bar {bar}x  {state}")
    return state == "MISSED"


def conflicts(shape, size, is_last, bar, turns):
    """Judges what contradicts in turn, verifies the answer, and prints how it compares with the network before it was turned; whether that is missed."""
    found = [alone(turned_and_not, shape, size, is_last, most=600) for _ in range(turns)]
    fast, slow = (statistics.median(each) for each in zip(*(spent for spent, _ in found), strict=True))
    print(f"{shape:<8} {found[0][1]}: {slow:.4f} s, {slow / fast:.1f}x of {fast:.4f} s, bar {bar}x  {'ok' if slow <= bar * fast else 'MISSED'}")
    return slow > bar * fast


def turned_and_not(shape, size, is_last):
    """The seconds of a network as it is, and of the same one with rows turned; and what was found."""
    size, whole = drawn(shape, size)
    gc.collect()
    began = time.process_time()
    ours((size, whole))
    without = time.process_time() - began
    rows = [*whole]
    turned = turn(rows, size, len(rows) // 300)
    order = sorted(range(len(rows)), key={*turned}.__contains__) if is_last else range(len(rows))
    gc.collect()
    began = time.process_time()
    network, fallen = sift(LeastDating(size, rows), [(number,) for number in order])
    spent = time.process_time() - began
    walks = {order[place]: walk for place, walk in fallen.items()}
    known = verify(rows, turned, walks, network.value)
    told = f"{len(turned):,} of {len(rows):,} turned{', last' * is_last}, {known:,} of them in {len(walks):,} conflicts, each verified, and a dating of the rest"
    return (without, spent), told


def turn(rows, size, most):
    """Turns inequalities between two dated points against the bounds; returns their numbers."""
    bounds = []
    for is_mirrored in (False, True):
        network = LeastDating(size, rows, is_mirrored=is_mirrored)
        network.add(range(len(rows)))
        bounds.append(network.bounds())
    least, greatest = bounds
    rng = random.Random(7)
    found = []
    for number in rng.sample(range(len(rows)), len(rows)):
        low, high, *_ = rows[number]
        if len(found) < most and low and high and least[low] is not None and greatest[high] is not None:
            rows[number] = (low, high, greatest[high] - least[low] + 1 + rng.randrange(30), 0, False)
            found.append(number)
    return found


def verify(rows, turned, walks, values):
    """Each walk ends where it began, gains, passes no point twice, so that none of its rows can be spared; the values satisfy all other rows.

    Returns how many of the turned rows stand in a conflict; the others hold, since what contradicted them was refused for others.
    """
    for number, walk in walks.items():
        lows, highs = [rows[each][0] for each in walk], [rows[each][1] for each in walk]
        if number not in walk or highs != [*lows[1:], lows[0]] or len({*lows}) < len(lows) or sum(rows[each][2] for each in walk) <= 0:
            raise AssertionError("not the conflict of a row")
    if any(values[high] < values[low] + days for number, (low, high, days, _, _) in enumerate(rows) if number not in walks):
        raise AssertionError("a dating that satisfies not all of the rest")
    return len({*turned} & {each for walk in walks.values() for each in walk})


def contradiction(size):
    """How long it takes to find the one contradiction of a cycle, which all of its edges make."""
    points, rows = ring(size)
    gc.collect()
    began = time.process_time()
    walk = LeastDating(points, rows).add(range(size))
    spent = time.process_time() - began
    if walk is None or sorted(walk) != list(range(size)):
        raise AssertionError("the cycle was not found whole")
    print(f"one contradiction on a cycle of {size:,} edges: found whole in {spent:.4f} s")


if __name__ == "__main__":
    sys.exit(main())
