"""Mutants of a module: its source with one thing changed, such as a comparison turned or a statement left out."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.GtE), ast.Gt: (ast.GtE, ast.Lt), ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
_COMPUTED: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Add, ast.FloorDiv), ast.FloorDiv: (ast.Mult,), ast.Mod: (ast.Add, ast.FloorDiv),
    ast.Pow: (ast.Mult,), ast.BitAnd: (ast.BitOr,), ast.BitOr: (ast.BitAnd,), ast.BitXor: (ast.BitOr, ast.BitAnd),
}  # fmt: skip
_PAIRS = (
    ("min", "max"), ("all", "any"), ("isdisjoint", "issuperset"), ("low", "high"), ("days", "months"), ("least", "greatest"),
    ("union", "intersection"), ("given", "accepted"),
)  # fmt: skip
_NAMES = {one: two for pair in _PAIRS for one, two in (pair, pair[::-1])}
_TYPES = {"list", "dict", "set", "tuple", "frozenset", "defaultdict"}


class Mutant(NamedTuple):
    """One change: the number and text of its line, and what of it becomes what."""

    number: int
    line: str
    change: str


def iter_mutants(source: str) -> Iterator[tuple[Mutant, ast.Module]]:
    """Every mutant, and the tree of the source, which is changed as the mutant says until the next is asked for.

    No two mutants of a line are told alike: the second of them has a number behind it.
    """
    tree, lines = ast.parse(source), source.splitlines()
    told: Counter[tuple[int, str]] = Counter()
    for (parent, field, at), old in list(_iter_places(tree)):
        around = parent if isinstance(old, ast.Constant | ast.Name | ast.Slice) and isinstance(parent, ast.expr | ast.Slice) else None
        before = _text(around or old)
        for new in _iter_alternatives(old):
            ast.fix_missing_locations(ast.copy_location(new, old))
            if _text(old) == _text(new):
                continue
            _put(parent, field, at, new)
            change = f"{before}  ->  {_text(around or new)}"
            told[old.lineno, change] += 1
            often = told[old.lineno, change]
            yield Mutant(old.lineno, lines[old.lineno - 1].strip(), change if often == 1 else f"{change}  ({often})"), tree
            _put(parent, field, at, old)


def _put(parent: Any, field: str, at: int | None, node: Any) -> None:
    if at is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[at] = node


def _text(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())


def _iter_places(node: ast.AST) -> Iterator[tuple[tuple[Any, str, int | None], Any]]:
    """Every statement and expression with its place, but for annotations, documentation and the words of messages."""
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list"} or (isinstance(node, ast.ExceptHandler) and field == "type"):
            continue
        several = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for at, each in several:
            if not isinstance(each, ast.AST) or _is_said(node, field, at) or _is_type(node, field):
                continue
            if isinstance(each, ast.stmt | ast.expr):
                yield (node, field, at), each
            yield from _iter_places(each)


def _is_said(node: ast.AST, field: str, at: int | None) -> bool:
    """Whether this is what a refusal says, or documentation."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and field == "args":
        return (node.func.id, at) in {("_need", 1), ("AssertionError", 0)}
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_type(node: ast.AST, field: str) -> bool:
    return isinstance(node, ast.Subscript) and field == "slice" and isinstance(node.value, ast.Name) and node.value.id in _TYPES


def _iter_alternatives(node: Any) -> Iterator[Any]:
    kind = type(node)
    if isinstance(node, ast.stmt):
        yield from _other_statements(node)
    elif kind in _EXPRESSIONS:
        yield from _EXPRESSIONS[kind](node)


def _other_statements(node: ast.stmt) -> Iterator[ast.stmt]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # documentation
    if isinstance(node, ast.Expr | ast.Assign | ast.AugAssign | ast.Return | ast.Raise | ast.Continue | ast.For):
        yield ast.Pass()
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)
        yield from (ast.AugAssign(node.target, other(), node.value) for other in _COMPUTED.get(type(node.op), ()))
    if isinstance(node, ast.Continue):
        yield ast.Break()
    if isinstance(node, ast.If):
        negated = ast.UnaryOp(ast.Not(), node.test)
        yield from (ast.If(test, node.body, node.orelse) for test in (negated, ast.Constant(value=True), ast.Constant(value=False)))


def _other_compares(node: ast.Compare) -> Iterator[ast.expr]:
    for at, op in enumerate(node.ops):
        for other in _COMPARED[type(op)]:
            yield ast.Compare(node.left, [*node.ops[:at], other(), *node.ops[at + 1 :]], node.comparators)


def _other_bool_ops(node: ast.BoolOp) -> Iterator[ast.expr]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for rest in _shorter(node.values):
        yield ast.BoolOp(node.op, rest) if len(rest) > 1 else rest[0]


def _other_computations(node: ast.BinOp) -> Iterator[ast.expr]:
    yield from (ast.BinOp(node.left, other(), node.right) for other in _COMPUTED[type(node.op)])


def _other_constants(node: ast.Constant) -> Iterator[ast.expr]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(value=not value)
    elif isinstance(value, int):
        yield from (ast.Constant(value=value + step) for step in (1, -1))
    elif isinstance(value, str):
        yield ast.Constant(value=f"{value}x")


def _other_calls(node: ast.Call) -> Iterator[ast.expr]:
    if not (isinstance(node.func, ast.Name) and node.func.id in {"min", "max"}):
        yield from (ast.Call(node.func, args, node.keywords) for args in _swapped(node.args))
    for keywords in _shorter(node.keywords):
        yield ast.Call(node.func, node.args, keywords)
    if len(node.args) > 1 and not (isinstance(node.func, ast.Name) and node.func.id in {"_need", "isinstance", "type"}):
        yield from (ast.Call(node.func, args, node.keywords) for args in _shorter(node.args))


def _other_conditionals(node: ast.IfExp) -> Iterator[ast.expr]:
    yield from (node.body, node.orelse, ast.IfExp(node.test, node.orelse, node.body))


def _other_comprehensions(node: Any) -> Iterator[ast.expr]:
    """Without one of the conditions, or with it negated."""
    for at, each in enumerate(node.generators):
        for place, test in enumerate(each.ifs):
            for ifs in ([], [ast.UnaryOp(ast.Not(), test)]):
                changed = ast.comprehension(each.target, each.iter, [*each.ifs[:place], *ifs, *each.ifs[place + 1 :]], each.is_async)
                parts = {name: value for name, value in ast.iter_fields(node) if name != "generators"}
                yield type(node)(**parts, generators=[*node.generators[:at], changed, *node.generators[at + 1 :]])


def _other_lists(node: ast.Tuple | ast.List) -> Iterator[ast.expr]:
    yield from (type(node)(elements, node.ctx) for elements in _swapped(node.elts))
    if isinstance(node.ctx, ast.Load):
        yield from (type(node)(elements, node.ctx) for elements in _shorter(node.elts))


def _other_sets(node: ast.Set) -> Iterator[ast.expr]:
    yield from (ast.Set(elements) for elements in _shorter(node.elts) if elements)


def _other_dicts(node: ast.Dict) -> Iterator[ast.expr]:
    for at in range(len(node.keys)):
        yield ast.Dict([*node.keys[:at], *node.keys[at + 1 :]], [*node.values[:at], *node.values[at + 1 :]])


def _other_signs(node: ast.UnaryOp) -> Iterator[ast.expr]:
    yield node.operand


def _other_names(node: ast.Name) -> Iterator[ast.expr]:
    if node.id in _NAMES and isinstance(node.ctx, ast.Load):
        yield ast.Name(_NAMES[node.id], node.ctx)


def _other_attributes(node: ast.Attribute) -> Iterator[ast.expr]:
    if node.attr in _NAMES and isinstance(node.ctx, ast.Load):
        yield ast.Attribute(node.value, _NAMES[node.attr], node.ctx)


def _other_slices(node: ast.Slice) -> Iterator[ast.expr]:
    if node.lower is not None:
        yield ast.Slice(None, node.upper, node.step)
    if node.upper is not None:
        yield ast.Slice(node.lower, None, node.step)
    if node.step is not None:
        yield ast.Slice(node.lower, node.upper, None)


def _swapped(nodes: list[Any]) -> Iterator[list[Any]]:
    """Two neighbours in each other's place; the order of a list of words alone says nothing."""
    if not any(isinstance(each, ast.Starred) for each in nodes) and not all(isinstance(each, ast.Constant) and type(each.value) is str for each in nodes):
        yield from ([*nodes[:at], nodes[at + 1], nodes[at], *nodes[at + 2 :]] for at in range(len(nodes) - 1))


def _shorter(nodes: list[Any]) -> Iterator[list[Any]]:
    yield from (nodes[:at] + nodes[at + 1 :] for at in range(len(nodes)))


_EXPRESSIONS: dict[type, Callable[[Any], Iterator[ast.expr]]] = {
    ast.Compare: _other_compares, ast.BoolOp: _other_bool_ops, ast.BinOp: _other_computations, ast.Constant: _other_constants,
    ast.Call: _other_calls, ast.IfExp: _other_conditionals, ast.ListComp: _other_comprehensions, ast.SetComp: _other_comprehensions,
    ast.DictComp: _other_comprehensions, ast.GeneratorExp: _other_comprehensions, ast.Tuple: _other_lists, ast.List: _other_lists,
    ast.Set: _other_sets, ast.Dict: _other_dicts, ast.UnaryOp: _other_signs, ast.Name: _other_names, ast.Attribute: _other_attributes,
    ast.Slice: _other_slices,
}  # fmt: skip
