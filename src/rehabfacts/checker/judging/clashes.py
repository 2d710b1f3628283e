"""Clashes: by how much a contradiction misses, in days or in the units of what is counted."""

from collections.abc import Sequence

from rehabfacts.dataset import Dataset
from rehabfacts.engines.groundings import Bound, Grounding
from rehabfacts.network.contradictions import Cases, Chain, Proof, Sum, numbers_of
from rehabfacts.network.inequalities import ZERO, Row, forced_high, forced_low, least_gain
from rehabfacts.network.labels import Walk
from rehabfacts.quantities import Quantity
from rehabfacts.sizes import Size, bare


def clash(grounding: Grounding, proof: Proof | None) -> str:
    """By how much a chain or a sum misses: at its end the earliest day forced is so many days after the latest one allowed."""
    size = clash_size(grounding, proof)
    return "" if size is None else f"They clash by {size}."


def clash_size(grounding: Grounding, proof: Proof | None) -> Size | None:
    """As `clash`, as a value; None for what no chain and no sum shows."""
    leaf = told_leaf(proof)
    if leaf is None:
        return None
    amount = _sum_clash(grounding, leaf) if isinstance(leaf, Sum) else _chain_clash([grounding.rows[number] for number in leaf.rows])
    unit = clash_unit(grounding, leaf)
    return Size(amount, "days" if unit is None else unit)


def told_leaf(proof: Proof | None) -> Chain | Sum | None:
    """The chain or sum by which a proof is told: the last branch is what a rule demands, those before it would excuse from it."""
    while isinstance(proof, Cases):
        proof = proof.branches[-1] if proof.branches else None
    return proof if isinstance(proof, Chain | Sum) else None


def rows_of(proof: Proof | None) -> Walk:
    """Every row that a proof uses, and (negative) every total."""
    return () if proof is None else tuple(numbers_of(proof))


def clash_unit(grounding: Grounding, leaf: Chain | Sum | None) -> str | None:
    """What numbers clash by: their unit if they have one and the same; None where days clash."""
    numbers = [number for number in rows_of(leaf) if number >= 0]
    if grounding.quantities.isdisjoint(end for number in numbers for end in grounding.rows[number][:2]):
        return None
    bounds = [owner for number in numbers if isinstance(owner := grounding.owners[number], Bound)]
    values = [getattr(grounding.dataset.facts[each.fact], each.field) for each in bounds]
    units = {value.unit for value in values if isinstance(value, Quantity)}
    return units.pop() if len(units) == 1 else ""


def unit_of(dataset: Dataset, record: str, name: str) -> str:
    """The unit in which every number of a field is counted: "%" of percentages, else none."""
    field = dataset.type_of(dataset.facts[record]).fields.get(name) if record in dataset.facts else None
    return "" if field is None else field.unit


def counted(value: int, unit: str) -> str:
    """A number with its unit."""
    return f"{bare(value, unit)} {unit}".rstrip()


def _chain_clash(rows: Sequence[Row]) -> int:
    if rows[0][0] != ZERO:
        return sum(least_gain(row) for row in rows)
    value = 0
    for row in rows:
        value = forced_low(row, value)
    return value


def _sum_clash(grounding: Grounding, leaf: Sum) -> int:
    """By how much the sum misses, counted in the variable that weighs most in it."""
    total = grounding.totals[leaf.total]
    found = -total.most
    for (coefficient, _), walk in zip(total.terms, leaf.walks, strict=True):
        end = 0
        for number in walk if coefficient > 0 else reversed(walk):
            end = (forced_low if coefficient > 0 else forced_high)(grounding.rows[number], end)
        found += coefficient * end
    return -(-found // max(abs(coefficient) for coefficient, _ in total.terms))
