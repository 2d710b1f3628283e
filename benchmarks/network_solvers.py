"""How each solver is asked for the earliest value of every point: from the same rows, its own building included.

A solver returns the values, None for a point that nothing bounds from below; or None for all of it where it has only told
that the network can be satisfied, which is less than it was asked.
"""

import gc
import hashlib
import importlib
import multiprocessing
import time

from network_shapes import drawn

from rehabfacts.network.propagation import LeastDating


def ours(network):
    """The least dating of this package, with the row behind each value; it also looks for contradictions among the points without bounds."""
    size, rows = network
    least = LeastDating(size, rows)
    if least.add(range(len(rows))) is not None:
        raise AssertionError("a feasible network was refused")
    return least.bounds()


def by_networkx(network):
    """Bellman and Ford's algorithm in networkx, on the network with signs turned; of two edges between the same points the tighter one."""
    nx = importlib.import_module("networkx")
    size, rows = network
    graph = nx.DiGraph()
    graph.add_nodes_from(range(size))
    for low, high, days, _, _ in rows:
        if not graph.has_edge(low, high) or graph[low][high]["weight"] > -days:
            graph.add_edge(low, high, weight=-days)
    found = nx.single_source_bellman_ford_path_length(graph, 0)
    return [-found[point] if point in found else None for point in range(size)]


def by_rustworkx(network):
    """Bellman and Ford's algorithm in rustworkx, which is written in Rust."""
    rx = importlib.import_module("rustworkx")
    size, rows = network
    graph = rx.PyDiGraph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from([(low, high, float(-days)) for low, high, days, _, _ in rows])
    found = rx.bellman_ford_shortest_path_lengths(graph, 0, edge_cost_fn=float)
    return [0 if point == 0 else -int(found[point]) if point in found else None for point in range(size)]


def by_scipy(network):
    """Bellman and Ford's algorithm in scipy, on a sparse matrix, in which a zero would be no edge."""
    numpy, sparse = importlib.import_module("numpy"), importlib.import_module("scipy.sparse")
    csgraph = importlib.import_module("scipy.sparse.csgraph")
    size, rows = network
    best = {}
    for low, high, days, _, _ in rows:
        best[low, high] = max(days, best.get((low, high), days))
    lows, highs = zip(*best, strict=True)
    weights = numpy.array([-days if days else 1e-9 for days in best.values()])
    graph = sparse.csr_matrix((weights, (lows, highs)), shape=(size, size))
    found = csgraph.bellman_ford(graph, indices=0)
    return [None if numpy.isinf(each) else -round(each) for each in found]


def by_clingo_dl(network):
    """clingo-dl through its Python interface: edges as facts, one rule with the difference constraint; its dating is the least one.

    Points that nothing bounds get a value too, so only whether there is a dating is compared.
    """
    clingo, clingodl = importlib.import_module("clingo"), importlib.import_module("clingodl")
    parsing = importlib.import_module("clingo.ast")
    _, rows = network
    theory, control = clingodl.ClingoDLTheory(), clingo.Control(["0"])
    theory.register(control)
    with parsing.ProgramBuilder(control) as builder:
        rule = "&diff { point(L) - point(H) } <= D :- edge(L, H, D)."
        parsing.parse_string(rule, lambda statement: theory.rewrite_ast(statement, builder.add))
    control.add("base", [], "\n".join(f"edge({low},{high},{-days})." for low, high, days, _, _ in rows))
    control.ground([("base", [])])
    theory.prepare(control)
    values = {}

    def read(model):
        theory.on_model(model)
        values.update(theory.assignment(model.thread_id))

    if not control.solve(on_model=read).satisfiable or not values:
        raise AssertionError("clingo-dl refuses a feasible network")


def by_z3(network):
    """Z3's difference logic through its Python interface: whether the network can be satisfied, and no bounds."""
    z3 = importlib.import_module("z3")
    size, rows = network
    points = [z3.Int(f"x{n}") for n in range(size)]
    solver = z3.SolverFor("QF_IDL")
    solver.add(*(points[high] - points[low] >= days for low, high, days, _, _ in rows))
    if solver.check() != z3.sat:
        raise AssertionError("z3 refuses a feasible network")


def alone(task, *arguments, most):
    """What a task returns in a new process, in which nothing else has been; None where that takes more than so many seconds of the clock."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(sender, task, *arguments))
    child.start()
    sender.close()
    try:
        return receiver.recv() if receiver.poll(most) else None
    except EOFError:
        raise AssertionError(f"{task.__name__} ended without an answer") from None
    finally:
        child.kill()
        child.join()


def _send(sender, task, *arguments):
    gc.disable()  # as in a check; garbage is collected between runs
    sender.send(task(*arguments))


def seconds(solve, shape, size, runs=3, enough=10):
    """The least processor seconds of some runs of a solver on a network of a shape, and a digest of its answer; what it imports is loaded before.

    Once the runs have taken `enough` seconds there is no further one.
    """
    solve(drawn(shape, 100))
    network = drawn(shape, size)
    spent = []
    while len(spent) < runs and sum(spent) < enough:
        gc.collect()
        began = time.process_time()
        answer = solve(network)
        spent.append(time.process_time() - began)
    return min(spent), None if answer is None else hashlib.sha256(repr(answer).encode()).hexdigest()
