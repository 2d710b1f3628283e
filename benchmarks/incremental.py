"""One fact of many is changed: what solving again costs beside solving everything.

    python benchmarks/incremental.py [--size 10000] [--changes 300] [--quick]

The network is the shallow one of benchmarks/network.py: cases of four points on a few hubs that tie all into one. Each change takes
the bounds of one point out and puts wider ones in, from both ends; every tenth time all bounds are compared with those of a network
made anew. Once more with calendar months on the ties. Ends with 1 where a bar is missed.
"""

import argparse
import gc
import random
import statistics
import sys
import time

import measuring
from network_shapes import shallow

from rehabfacts.network.inequalities import at_least, at_most
from rehabfacts.network.networks import Network

BAR = 5.0
"""Percent of solving everything that a change may take on the average."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--changes", type=int, default=300)
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args()
    size, changes, slack = (2_000, 60, 4.0) if chosen.quick else (chosen.size, chosen.changes, 1.0)
    measuring.print_versions("rehabfacts")
    rows = []
    for months in (0, -1):
        what = "with calendar months" if months else "of days alone"
        whole, parts = measure(size, changes, months)
        print(f"{size:,} points {what}: solved whole from both ends in {whole * 1000:.2f} ms")
        rows += [
            measuring.Row(f"a change, {what}: on the average", 100 * statistics.mean(parts) / whole, "%", BAR),
            measuring.Row(f"a change, {what}: median", 100 * statistics.median(parts) / whole, "%"),
            measuring.Row(f"a change, {what}: the longest", 100 * max(parts) / whole, "%"),
        ]
    return measuring.print_rows(rows, slack=slack)


def measure(size, changes, months):
    """Processor seconds of solving everything, and of each change."""
    rng = random.Random(20_221_122)
    size, plain = shallow(size, rng)
    rows = [(low, high, days, months if low and high else 0, False) for low, high, days, _, _ in plain]
    bounds_of = {}
    for number, (low, high, *_) in enumerate(rows):
        if not (low and high):
            bounds_of.setdefault(low or high, []).append(number)
    whole = statistics.median(timed(lambda: made(size, rows, range(len(rows))))[0] for _ in range(7))
    held, network = set(range(len(rows))), made(size, rows, range(len(rows)))
    parts = []
    for turn, point in enumerate(rng.sample(sorted(bounds_of), changes)):
        old, first = bounds_of[point], len(rows)
        rows += [at_least(point, rows[old[0]][2] - 40), at_most(point, -rows[old[1]][2] + 40)]
        gc.collect()
        parts.append(timed(lambda: change(network, old, [first, first + 1]))[0])  # noqa: B023  # called at once
        held = held - {*old} | {first, first + 1}
        if turn % 10 == 0 and bounds(network) != bounds(made(size, rows, sorted(held))):
            raise AssertionError("what was changed differs from what was made anew")
    return whole, parts


def made(size, rows, numbers):
    network = Network.of(size, rows)
    if network.add(numbers) is not None:
        raise AssertionError("a feasible network was refused")
    return network


def change(network, old, new):
    network.remove(old)
    if network.add(new) is not None:
        raise AssertionError("wider bounds were refused")


def bounds(network):
    return network.least.bounds(), network.greatest.bounds()


def timed(do):
    began = time.process_time()
    made_of_it = do()
    return time.process_time() - began, made_of_it


if __name__ == "__main__":
    sys.exit(main())
