"""Small sets of rules over the types of a schema: what orders dates and periods, and what dates the times of entities."""

from collections.abc import Iterator

from hypothesis import strategies as st

from rehabfacts.plain import plain
from rehabfacts.rules.rules import Mode, Rule
from rehabfacts.schema import Kind, RecordType, Schema, TimelineKind
from rehabfacts.testing.notations import Draw

_POINTS = ("<=", "<", "=", ">=")
_SPANS = ("until", "before", "within", "overlaps", "disjoint from")
_ROOTS = ("Entity", "Fact")


@plain
class _Shape:
    """A rule that the schema allows: its variables, what joins them, two paths, the relations that can stand between them."""

    mode: Mode
    scans: tuple[tuple[str, str], ...]
    where: str
    left: str
    right: str
    relations: tuple[str, ...]


def rule_sets(schema: Schema, *, most: int = 4) -> st.SearchStrategy[tuple[Rule, ...]]:
    """Up to so many rules with ids `rule-1`, `rule-2`, …, of which at least one demands something.

    Raises ValueError for a schema in which no time can be compared with another.
    """
    shapes = tuple(_shapes(schema))
    demands = tuple(each for each in shapes if each.mode is Mode.REQUIRE)
    if not demands or most < 1:
        raise ValueError("expected types with times that can be compared, and room for one rule at least")
    others = st.lists(st.sampled_from(shapes), max_size=most - 1)
    return st.tuples(st.sampled_from(demands), others).flatmap(
        lambda drawn: st.composite(lambda draw: _compiled(draw, schema, (drawn[0], *drawn[1])))()
    )


def _compiled(draw: Draw, schema: Schema, shapes: tuple[_Shape, ...]) -> tuple[Rule, ...]:
    found = []
    for number, shape in enumerate(dict.fromkeys(shapes), 1):
        relation = draw(st.sampled_from(shape.relations))
        days = draw(st.integers(0, 3)) if relation in {"<=", "<", ">="} and shape.mode is Mode.REQUIRE else 0
        formula = f"{shape.left} {relation} {shape.right}{f' + {30 * days} days' if days else ''}"
        found.append(Rule.of(f"rule-{number}", shape.mode, formula, scans=dict(shape.scans), where=shape.where, schema=schema))
    return tuple(found)


def _shapes(schema: Schema) -> Iterator[_Shape]:
    kinds = [each for each in schema.types.values() if each.is_fact and each.name not in _ROOTS]
    for kind in kinds:
        scans = (("a", kind.name),)
        dated = list(_times(schema, kind, "a"))
        yield from (shape for own, is_span in dated for shape in _on_timelines(schema, kind, own, is_span, scans))
        yield from (
            _Shape(Mode.REQUIRE, scans, "", one, other, _relations(is_span, is_other_span))
            for at, (one, is_span) in enumerate(dated) for other, is_other_span in dated[at + 1 :]
        )  # fmt: skip
        for twin in kinds:
            yield from _pairs(schema, kind, twin)


def _times(schema: Schema, kind: RecordType, variable: str) -> Iterator[tuple[str, bool]]:
    """The paths to the dates and periods of a fact, and whether each is a period."""
    for name, each in schema[kind.name].variables:
        if each is not Kind.QUANTITY:
            yield f"{variable}.{name}", each is Kind.PERIOD


def _on_timelines(schema: Schema, kind: RecordType, own: str, is_span: bool, scans: tuple[tuple[str, str], ...]) -> Iterator[_Shape]:  # noqa: FBT001  # a path's second half
    """What a fact's time has to do with those of the entities in its roles."""
    for name, field in kind.fields.items():
        if field.kind is Kind.ROLE and name not in {"according_to", "superseded_by"}:
            for timeline, shape in schema[field.target].timelines.items():
                path, is_period = f"a.{name}.{timeline}", shape is TimelineKind.PERIOD
                yield _Shape(Mode.REQUIRE, scans, "", own, path, _relations(is_span, is_period))
                if is_span == is_period:
                    yield _Shape(Mode.DEFINE, scans, "", path, own, ("equals",) if is_span else ("=",))
                elif is_period:
                    yield _Shape(Mode.DEFINE, scans, "", f"{path}.start", own, ("=",))


def _pairs(schema: Schema, one: RecordType, other: RecordType) -> Iterator[_Shape]:
    """What the times of two facts have to do with each other that name one record in a role."""
    if one.name > other.name:
        return
    for name, field in one.fields.items():
        twin = other.fields.get(name)
        if field.kind is Kind.ROLE and name not in {"according_to", "superseded_by"} and twin is not None and twin.target == field.target:
            where = f"a.{name} = b.{name}" + (" and a < b" if one is other else "")
            for left, is_span in _times(schema, one, "a"):
                for right, is_other_span in _times(schema, other, "b"):
                    yield _Shape(Mode.REQUIRE, (("a", one.name), ("b", other.name)), where, left, right, _relations(is_span, is_other_span))


def _relations(is_span: bool, is_other_span: bool) -> tuple[str, ...]:  # noqa: FBT001  # what two paths lead to
    if not (is_span or is_other_span):
        return _POINTS
    return _SPANS if is_span and is_other_span else ("until", "before", "within") if is_other_span else ("until", "before", "contains")
