"""Tightest bounds of networks shaped like chronologies: our solver beside those that are installed.

    python benchmarks/network.py [--size 10000] [--runs 5] [--shapes shallow,layered,chain,grid] [--quick]

Each shape is feasible by construction from hidden dates; about half of the points are bounded to the day, the others to a
month, a year or not at all. Every solver gets the same edges and computes the earliest value of each point from the fixed
day 0. Peers that are not installed are skipped with a line that says so.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import itertools
import platform
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from rehabfacts.network.propagation import LeastDating

Edge = tuple[int, int, int]
Network = tuple[int, list[Edge]]


def bounded(rng: random.Random, hidden: list[int], edges: list[Edge], points: range, *, share: float = 1.0) -> None:
    """Bounds on some points: half of them exact, the rest within a month, a year, or unbounded."""
    for point in points:
        if rng.random() > share:
            continue
        draw = rng.random()
        slack = 0 if draw < 0.5 else 15 if draw < 0.7 else 180 if draw < 0.9 else None
        if slack is not None:
            edges.append((0, point, hidden[point] - slack))
            edges.append((point, 0, -(hidden[point] + slack)))


def shallow(size: int, rng: random.Random) -> Network:
    """V/200 hubs with a start and an end; cases of four points tied to each other and to one or two hubs."""
    hubs = max(1, size // 200)
    hidden = [0]
    edges: list[Edge] = []
    for hub in range(hubs):
        start = 700_000 + rng.randrange(20_000)
        hidden += [start, start + 2_000 + rng.randrange(10_000)]
        edges.append((2 * hub + 1, 2 * hub + 2, 0))
        if hub and hub % 2:
            one, two = sorted((2 * hub - 1, 2 * hub + 1), key=lambda point: hidden[point])
            edges.append((one, two, 0))
    while len(hidden) + 4 <= size:
        first = len(hidden)
        chosen = rng.sample(range(hubs), min(hubs, rng.choice((1, 2))))
        start = max(hidden[2 * hub + 1] for hub in chosen)
        end = min(hidden[2 * hub + 2] for hub in chosen)
        if start > end:
            continue
        hidden += sorted(rng.randint(start, end) for _ in range(4))
        edges += [(first + n, first + n + 1, 0) for n in range(3)]
        for hub in chosen:
            edges += [(2 * hub + 1, first, 0), (first + 3, 2 * hub + 2, 0)]
    bounded(rng, hidden, edges, range(1, len(hidden)))
    return len(hidden), edges


def layered(size: int, rng: random.Random) -> Network:
    """√V layers, each point tied to one or two of the layer below, some with a maximal distance."""
    width = max(2, int(size**0.5))
    hidden = [0]
    edges: list[Edge] = []
    for layer in range(size // width):
        for _ in range(width):
            point = len(hidden)
            below = rng.sample(range(point - point % width - width + 1, point - point % width + 1), 2) if layer else []
            below = [each for each in below if 0 < each < point]
            hidden.append(max((hidden[each] for each in below), default=600_000) + rng.randrange(1, 30))
            for each in below:
                edges.append((each, point, 1))
                if rng.random() < 0.3:
                    edges.append((point, each, -(hidden[point] - hidden[each] + rng.randrange(60))))
    bounded(rng, hidden, edges, range(1, len(hidden)), share=0.5)
    return len(hidden), edges


def chain(size: int, rng: random.Random) -> Network:
    """One chain, only both ends dated, the numbers of its points shuffled."""
    order = list(range(1, size))
    rng.shuffle(order)
    edges = [(one, two, 1) for one, two in itertools.pairwise(order)]
    edges += [(0, order[0], 700_000), (order[-1], 0, -(700_000 + 2 * size))]
    rng.shuffle(edges)
    return size, edges


def grid(size: int, rng: random.Random) -> Network:
    """Distances between neighbours bounded both ways, one point in a thousand dated."""
    side = int(size**0.5)
    hidden = [0] + [700_000 + (n // side + n % side) * 10 + rng.randrange(10) for n in range(side * side)]
    edges: list[Edge] = []
    for n in range(side * side):
        for step, inside in ((1, n % side + 1 < side), (side, n // side + 1 < side)):
            if inside:
                one, two = n + 1, n + 1 + step
                gap = hidden[two] - hidden[one]
                edges += [(one, two, gap - rng.randrange(5)), (two, one, -(gap + rng.randrange(5)))]
    for point in rng.sample(range(1, side * side + 1), max(2, side * side // 1000)):
        edges += [(0, point, hidden[point]), (point, 0, -hidden[point])]
    rng.shuffle(edges)
    return side * side + 1, edges


SHAPES: dict[str, Callable[[int, random.Random], Network]] = {"shallow": shallow, "layered": layered, "chain": chain, "grid": grid}


def ours(network: Network) -> list[int | None]:
    """The least dating of this package."""
    size, edges = network
    least = LeastDating(size, [(low, high, days, 0, False) for low, high, days in edges])
    if least.add(range(len(edges))) is not None:
        raise AssertionError("a feasible network was refused")
    return [least.bound(point) for point in range(size)]


def by_networkx(network: Network) -> list[int | None]:
    """Bellman and Ford's algorithm in networkx, on the network with signs turned."""
    nx = importlib.import_module("networkx")
    size, edges = network
    graph = nx.DiGraph()
    graph.add_nodes_from(range(size))
    for low, high, days in edges:
        if not graph.has_edge(low, high) or graph[low][high]["weight"] > -days:
            graph.add_edge(low, high, weight=-days)
    found = nx.single_source_bellman_ford_path_length(graph, 0)
    return [-found[point] if point in found else None for point in range(size)]


def by_rustworkx(network: Network) -> list[int | None]:
    """Bellman and Ford's algorithm in rustworkx, building included."""
    rx = importlib.import_module("rustworkx")
    size, edges = network
    graph = rx.PyDiGraph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from([(low, high, float(-days)) for low, high, days in edges])
    found = rx.bellman_ford_shortest_path_lengths(graph, 0, edge_cost_fn=float)
    return [0 if point == 0 else -int(found[point]) if point in found else None for point in range(size)]


def by_scipy(network: Network) -> list[int | None]:
    """Bellman and Ford's algorithm in scipy."""
    numpy, sparse = importlib.import_module("numpy"), importlib.import_module("scipy.sparse")
    csgraph = importlib.import_module("scipy.sparse.csgraph")
    size, edges = network
    best: dict[tuple[int, int], int] = {}
    for low, high, days in edges:
        best[low, high] = max(days, best.get((low, high), days))
    lows, highs = zip(*best, strict=True)
    weights = numpy.array([-days if days else 1e-9 for days in best.values()])
    graph = sparse.csr_matrix((weights, (lows, highs)), shape=(size, size))
    found = csgraph.bellman_ford(graph, indices=0)
    return [None if numpy.isinf(each) else -round(each) for each in found]


def by_z3(network: Network) -> list[int | None] | None:
    """Satisfiability in Z3's difference logic: it gives no tightest bounds, so its answer is not compared."""
    z3 = importlib.import_module("z3")
    size, edges = network
    points = [z3.Int(f"x{n}") for n in range(size)]
    solver = z3.SolverFor("QF_IDL")
    solver.add(*(points[high] - points[low] >= days for low, high, days in edges))
    if solver.check() != z3.sat:
        raise AssertionError("z3 refuses a feasible network")
    return None


def by_clingo_dl(network: Network) -> list[int | None] | None:
    """Satisfiability in clingo-dl, whose dating is the least one of its own; not compared."""
    clingo, clingodl = importlib.import_module("clingo"), importlib.import_module("clingodl")
    _, edges = network
    program = "\n".join(f"&diff {{ p{low} - p{high} }} <= {-days}." for low, high, days in edges)
    theory, control = clingodl.ClingoDLTheory(), clingo.Control(["0"])
    theory.register(control)
    with clingo.ast.ProgramBuilder(control) as builder:
        clingo.ast.parse_string(program, lambda statement: theory.rewrite_ast(statement, builder.add))
    control.ground([("base", [])])
    theory.prepare(control)
    if not control.solve().satisfiable:
        raise AssertionError("clingo-dl refuses a feasible network")
    return None


SOLVERS: dict[str, tuple[Callable[[Network], list[int | None] | None], str, int]] = {
    "rehabfacts": (ours, "rehabfacts", 10**7),
    "networkx": (by_networkx, "networkx", 10**5),
    "rustworkx": (by_rustworkx, "rustworkx", 10**7),
    "scipy": (by_scipy, "scipy", 10**4),
    "clingo-dl": (by_clingo_dl, "clingodl", 10**3),
    "z3": (by_z3, "z3", 10**4),
}
"""Each solver with the module it needs and the largest size it is run on."""


def measure(solve: Callable[[Network], Any], network: Network, runs: int) -> tuple[float, float, Any]:
    """Median processor and wall seconds, and the answer."""
    spans = []
    answer = None
    for _ in range(runs):
        gc.collect()
        wall, cpu = time.perf_counter(), time.process_time()
        answer = solve(network)
        spans.append((time.process_time() - cpu, time.perf_counter() - wall))
    return statistics.median(cpu for cpu, _ in spans), statistics.median(wall for _, wall in spans), answer


def main() -> None:
    """Prints a table: seconds of each solver, and how many times ours each takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--shapes", default=",".join(SHAPES))
    parser.add_argument("--quick", action="store_true", help="a small size, one run")
    options = parser.parse_args()
    size, runs = (1_000, 1) if options.quick else (options.size, options.runs)
    print(f"Python {platform.python_version()}, {size:,} points, medians of {runs}")
    present = {}
    for name, (solve, module, most) in SOLVERS.items():
        try:
            importlib.import_module(module)
        except ImportError:
            print(f"{name}: not installed, skipped")
            continue
        if size <= most:
            present[name] = solve
    print(f"{'shape':<9} {'edges':>9}  " + "  ".join(f"{name:>22}" for name in present))
    for shape in options.shapes.split(","):
        network = SHAPES[shape](size, random.Random(20_221_122))
        cells, expected, base = [], None, 0.0
        for name, solve in present.items():
            cpu, wall, answer = measure(solve, network, runs)
            if name == "rehabfacts":
                expected, base = answer, cpu
            elif answer is not None and answer != expected:
                raise AssertionError(f"{name} disagrees on {shape}")
            cells.append(f"{cpu:8.4f} {wall:7.4f} {cpu / base:4.1f}x")
        print(f"{shape:<9} {len(network[1]):>9,}  " + "  ".join(f"{cell:>22}" for cell in cells))


if __name__ == "__main__":
    main()
