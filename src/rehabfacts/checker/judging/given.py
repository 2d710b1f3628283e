"""Making the given consistent: facts that contradict each other are set aside, with what is defined by them."""

from collections.abc import Iterable, Sequence

import attrs

from rehabfacts.checker.judging.conflicts import Conflict, Explainer
from rehabfacts.engines.groundings import Bound, Grounding, Instance
from rehabfacts.network.contradictions import Chain
from rehabfacts.network.inequalities import ZERO, Row
from rehabfacts.network.parts import Parts
from rehabfacts.network.propagation import LeastDating


@attrs.define(eq=False)
class Given:
    """The given as far as it holds together: its network and rows, and what was set aside for which conflicts.

    `disputed` are facts, `dropped` instances of definitions and conventions. `part` gives each variable a number that
    it shares with those that rows of the given tie it to.
    """

    network: LeastDating
    rows: list[int]
    part: list[int]
    disputed: set[str] = attrs.field(factory=set)
    dropped: set[Instance] = attrs.field(factory=set)
    conflicts: list[Conflict] = attrs.field(factory=list)


def settle(grounding: Grounding, explainer: Explainer) -> Given:
    """The given, component by component, without the bounds of facts that contradict it.

    From then on `explainer` leaves out what was set aside. Raises LapLimitError where a circle of months is undecided.
    """
    size = len(grounding.variables)
    demands = {*grounding.demands}
    rows = [number for number, owner in enumerate(grounding.owners) if owner not in demands]
    given = Given(LeastDating(size, grounding.rows), rows, _components(size, (grounding.rows[number] for number in rows)))
    if given.network.add(rows) is not None:
        _set_aside(grounding, explainer, given)
    return given


def _set_aside(grounding: Grounding, explainer: Explainer, given: Given) -> None:
    groups: dict[int, list[int]] = {}
    for number in given.rows:
        low, high = grounding.rows[number][:2]
        groups.setdefault(given.part[low] if low != ZERO else given.part[high], []).append(number)
    for group in groups.values():
        given.disputed |= _settle_group(grounding, explainer, given, group)
    explainer.aside = frozenset(given.disputed)
    given.dropped.update(
        each for each in grounding.instances if each.rule.mode.is_given and not given.disputed.isdisjoint(each.facts)
    )  # fmt: skip
    given.rows = [number for number in given.rows if not _is_set_aside(grounding, given, number, given.disputed)]
    given.network.add(given.rows)


def _settle_group(grounding: Grounding, explainer: Explainer, given: Given, group: list[int]) -> set[str]:
    """The facts of a component that contradict each other; a conflict without facts drops its instances.

    What contradicts inside one source comes first, so that no other source's facts stand in for it.
    """
    disputed: set[str] = set()
    for part in (*_inside_sources(grounding, group), group):
        left = [number for number in part if not _is_set_aside(grounding, given, number, disputed)]
        while (walk := given.network.contradiction(left)) is not None:
            conflict = explainer.explain(None, [Chain(walk)])
            given.conflicts.append(conflict)
            disputed.update(conflict.facts)
            if not conflict.facts:
                given.dropped.update(conflict.instances)
            left = [number for number in left if not _is_set_aside(grounding, given, number, disputed)]
    return disputed


def _inside_sources(grounding: Grounding, group: Sequence[int]) -> list[list[int]]:
    """The rows of a component that rest on the facts of one source alone, source by source, if it has facts of several."""
    rows: dict[str | None, list[int]] = {}
    shared: list[int] = []
    for number in group:
        owner = grounding.owners[number]
        facts = (owner.fact,) if isinstance(owner, Bound) else () if owner is None else owner.facts
        sources = {grounding.dataset.facts[name].source for name in facts if name in grounding.dataset.facts}
        if len(sources) == 1:
            rows.setdefault(sources.pop(), []).append(number)
        elif not sources:
            shared.append(number)
    return [sorted([*own, *shared]) for _, own in sorted(rows.items(), key=lambda item: item[0] or "")] if len(rows) > 1 else []


def _is_set_aside(grounding: Grounding, given: Given, number: int, disputed: set[str]) -> bool:
    owner = grounding.owners[number]
    if isinstance(owner, Bound):
        return owner.fact in disputed
    return owner is not None and (owner in given.dropped or not disputed.isdisjoint(owner.facts))


def _components(size: int, rows: Iterable[Row]) -> list[int]:
    """For each variable, a number that it shares with those that rows tie it to."""
    parts = Parts.single(size)
    for row in rows:
        parts.tie(row[:2])
    return parts.numbers()
