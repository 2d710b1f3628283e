"""Tightest bounds of networks shaped like chronologies: our solver beside those that are installed.

    python benchmarks/network.py [--size 10000] [--turns 5] [--shapes shallow,layered,chain,grid] [--quick]

Every solver gets the same edges and computes the earliest value of each point from the fixed day 0; `network_solvers.py` says how
each is asked. Seconds are the processor's: medians of turns, in each of which every solver has its best of three runs (clingo-dl and
z3: of three runs in a process of their own, each of a minute at most). Ends with 1 where a bar is missed. `--quick` takes small
networks, ten seconds at most, and half of each bar.
"""

import argparse
import gc
import importlib
import random
import statistics
import sys
import time

import measuring
from network_shapes import SHAPES, ring
from network_solvers import by_clingo_dl, by_networkx, by_rustworkx, by_scipy, by_z3, ours, seconds_apart

from rehabfacts.network.propagation import LeastDating

BARS = {"networkx": 4, "clingo-dl": 20, "z3": 100}
"""How many times as long as ours each must take at least."""

IN_TURN = {"networkx": (by_networkx, "networkx", 10**5), "rustworkx": (by_rustworkx, "rustworkx", 10**7), "scipy": (by_scipy, "scipy", 10**4)}
APART = {"clingo-dl": (by_clingo_dl, "clingodl", 10**5), "z3": (by_z3, "z3", 10**4)}
"""Each with the module that it needs, and the greatest size at which it is asked."""

CYCLE = 20_000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--shapes", default=",".join(SHAPES))
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args()
    size, turns, most, slack = (2_000, 3, 10, 2) if chosen.quick else (chosen.size, chosen.turns, 60, 1)
    measuring.print_versions("networkx", "rustworkx", "scipy", "clingo", "clingo-dl", "z3-solver")
    in_turn, apart = present(IN_TURN, size), present(APART, size)
    names = ["rehabfacts", *in_turn, *apart]
    print(f"{size:,} points, processor seconds\n{'shape':<8} {'edges':>9}" + "".join(f"{name:>12}" for name in names))
    ratios = []
    for shape in chosen.shapes.split(","):
        network = SHAPES[shape](size, random.Random(20_221_122))
        found = measure(network, in_turn, turns, shape)
        found |= {name: median(seconds_apart(solve, network, runs=3, most=most)) for name, solve in apart.items()}
        cells = [f"over {most} s" if found[name] is None else f"{found[name]:.4f}" for name in names]
        print(f"{shape:<8} {len(network[1]):>9,}" + "".join(f"{cell:>12}" for cell in cells))
        ratios += [(shape, name, found[name] is None, (found[name] or most) / found["rehabfacts"]) for name in names if name in BARS]
    missed = [judge(*each, slack) for each in ratios]
    contradiction(CYCLE)
    return int(any(missed))


def present(solvers, size):
    found = {}
    for name, (solve, module, most) in solvers.items():
        try:
            importlib.import_module(module)
        except ImportError:
            print(f"{name}: not installed, left out")
        else:
            if size <= most:
                found[name] = solve
            else:
                print(f"{name}: left out beyond {most:,} points")
    return found


def measure(network, solvers, turns, shape):
    """The median of each, taken in turn so that a slow moment falls on all of them; where bounds are told, they must be ours."""
    spent, expected = {}, ours(network)
    for _ in range(turns):
        for name, solve in (("rehabfacts", ours), *solvers.items()):
            gc.collect()
            spent.setdefault(name, []).append(min(timed(solve, network, expected, f"{name} on {shape}") for _ in range(3)))
    return {name: median(each) for name, each in spent.items()}


def timed(solve, network, expected, what):
    began = time.process_time()
    answer = solve(network)
    spent = time.process_time() - began
    if answer != expected:
        raise AssertionError(f"another answer: {what}")
    return spent


def median(seconds):
    return None if seconds is None else statistics.median(seconds)


def judge(shape, name, is_cut, ratio, slack):
    """Prints a ratio beside its bar; whether it is missed."""
    state = "ok" if ratio >= BARS[name] else "within the slack" if ratio * slack >= BARS[name] else "MISSED"
    print(f"{shape:<8} {name:<10} takes {'over ' if is_cut else ''}{ratio:,.1f}x as long, bar {BARS[name]}x  {state}")
    return state == "MISSED"


def contradiction(size):
    """How long it takes to find the one contradiction of a cycle, which all of its edges make."""
    points, edges = ring(size)
    rows = [(low, high, days, 0, False) for low, high, days in edges]
    gc.collect()
    began = time.process_time()
    walk = LeastDating(points, rows).add(range(size))
    spent = time.process_time() - began
    if walk is None or sorted(walk) != list(range(size)):
        raise AssertionError("the cycle was not found whole")
    print(f"one contradiction on a cycle of {size:,} edges: found whole in {spent:.4f} s")


if __name__ == "__main__":
    sys.exit(main())
