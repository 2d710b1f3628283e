"""Conflicts and bounds told: the sentences, places and quotes of their members, by how much they clash."""

import re
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from typing import Any

from rehabfacts.calendars import iso
from rehabfacts.checker.judging.clashes import clash, counted, rows_of, unit_of
from rehabfacts.checker.judging.conflicts import in_order_of_chain
from rehabfacts.checker.reports import TightenedBound
from rehabfacts.checker.sayings import parameters_of, said
from rehabfacts.checker.violations import Violation
from rehabfacts.checker.worlds import World, is_doubtful
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date
from rehabfacts.engines.groundings import Bound, Instance
from rehabfacts.network.contradictions import Proof
from rehabfacts.network.inequalities import ZERO, forced_high, forced_low
from rehabfacts.origins import Origin
from rehabfacts.periods import Period
from rehabfacts.plain import plain
from rehabfacts.rules.rules import Mode, Rule
from rehabfacts.schema import Fact

_FIELD = re.compile(r"\{(\w+)\}")


@plain
class Member:
    """A fact as a member of a conflict or of a chain: what it says, where it is written, and the source's words."""

    id: str
    says: str
    origin: Origin
    quote: str | None


@plain
class Story:
    """A conflict told: its members that are facts, the demands broken with the headline, and what ties them together.

    `parameters` are those of the rules that have a part in it, as they are set: `minimum_age = 18`.
    """

    violation: Violation
    origin: Origin
    says: str
    members: tuple[Member, ...]
    beside: tuple[Rule, ...]
    definitions: tuple[str, ...]
    conventions: tuple[str, ...]
    clash: str
    note: str = ""
    doubt: str = ""
    parameters: tuple[str, ...] = ()

    @property
    def ties(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What ties the members together, each with the word that reports put before it."""
        found = (("by", self.definitions), ("under", self.conventions), ("with", self.parameters))
        return tuple((word, names) for word, names in found if names)


@plain
class Reason:
    """Why an end of a bound is where it is: the facts and rules on the way, in order."""

    members: tuple[Member, ...]
    rules: tuple[str, ...]
    conventions: tuple[str, ...]


def tell(violation: Violation) -> Story:
    """The story of a violation."""
    world, conflict = violation.world, violation.conflict
    widened, fields = _told_bounds(world, conflict.proof)
    names = in_order_of_chain(world.grounding, conflict)
    members = tuple(_member(world.dataset, name, fields.get(name), is_widened=name in widened) for name in names)
    given = {mode: tuple(dict.fromkeys(each.rule.id for each in conflict.instances if each.rule.mode is mode)) for mode in Mode}
    beside = tuple(
        each.rule for each in conflict.instances if not each.rule.mode.is_given and each is not conflict.headline
    )
    rule = violation.rule
    return Story(
        violation, _headline_origin(world, violation, fields, members),
        said(violation, rule) if rule is not None else "Facts about one thing agree.",
        members, tuple(dict.fromkeys(beside)), given[Mode.DEFINE], given[Mode.ASSUME],
        clash(world.grounding, conflict.proof), _note(violation), _doubt(violation, names), parameters_of(conflict),
    )  # fmt: skip


def _doubt(violation: Violation, names: Sequence[str]) -> str:
    """What makes a conflict a doubtful one, empty where it is none."""
    if not violation.is_doubtful:
        return ""
    facts = (violation.world.dataset.facts[name] for name in names)
    doubts = [f"{fact.id} is {'alleged' if fact.status == 'alleged' else 'marked ?'}" for fact in facts if is_doubtful(violation.world.dataset, fact)]
    return f"Doubtful: {', '.join(doubts)}." if doubts else "Only with facts that are alleged or marked ? does this come up."


def settling(world: World, instance: Instance) -> str:
    """What would settle an open demand: days from which, or up to which, one of its ends would have to lie; of each inequality that is open, if these are several.

    Nothing is told of one that can hold in several ways, or of which it depends on other values what it speaks of.
    """
    judging, grounding = world.judging, world.grounding
    if len(instance.clause) > 1 or instance.rule.is_seeking:
        return ""
    every: list[str] = []
    for number in (each for each in judging.open_rows.get(instance, ()) if each >= 0):  # no single day settles a total
        row = grounding.rows[number]
        least, most = judging.least_given.bound(row[1]), judging.greatest_given.bound(row[0])
        told: list[str] = []
        if most is not None and row[1] != ZERO:
            told.append(_limit(world, row[1], forced_low(row, most), is_most=False))
        if least is not None and row[0] != ZERO:
            told.append(_limit(world, row[0], forced_high(row, least), is_most=True))
        every.append(", or ".join(told))
    return "settled by " + "; and ".join(every) if all(every) and every else ""


def _limit(world: World, variable: int, value: int, *, is_most: bool) -> str:
    """A variable with an end for it."""
    record, name = world.grounding.variables[variable]
    is_quantity = variable in world.grounding.quantities
    end = in_units(value, is_quantity=is_quantity, unbounded="", unit=unit_of(world.dataset, record, name))
    return f"{record} {name} {limit_word(is_quantity=is_quantity, is_most=is_most)} {end}"


def limit_word(*, is_quantity: bool, is_most: bool) -> str:
    """How an end is told: of a day, or of a number."""
    if is_quantity:
        return "at most" if is_most else "at least"
    return "not after" if is_most else "not before"


def tell_bound(world: World, bound: TightenedBound, *, is_latest: bool) -> Reason | None:
    """Why the tightened end is where it is; None where nothing bounds it."""
    network = world.judging.greatest if is_latest else world.judging.least
    walk = network.reason(world.grounding.index[bound.record, bound.name])
    if not walk:
        return None
    owners = [world.grounding.owners[number] for number in (reversed(walk) if is_latest else walk)]
    facts: dict[str, str | None] = {}
    for owner in owners:
        if isinstance(owner, Bound):
            facts[owner.fact] = owner.field
        elif isinstance(owner, Instance):
            for name in owner.facts:
                facts.setdefault(name, None)
    instances = [owner for owner in owners if isinstance(owner, Instance)]
    return Reason(
        tuple(_member(world.dataset, name, field) for name, field in facts.items()),
        tuple(dict.fromkeys(each.rule.id for each in instances if each.rule.mode is not Mode.ASSUME)),
        tuple(dict.fromkeys(each.rule.id for each in instances if each.rule.mode is Mode.ASSUME)),
    )


def sentence(dataset: Dataset, fact: Fact) -> str:
    """A fact in words, its entities by their ids."""
    template = dataset.type_of(fact).says
    if template:
        told = _FIELD.sub(lambda match: _phrase(getattr(fact, match.group(1), None)), template)
        return " ".join(told.split())
    fields = (name for name in dataset.type_of(fact).fields if name not in _OWN_FIELDS)
    stated = ", ".join(f"{name} {getattr(value, 'shown', value)}" for name in fields if (value := getattr(fact, name)) is not None)
    return f"{type(fact).__name__}: {stated}"


_OWN_FIELDS = frozenset(("id", "source", "quote", "cites", "according_to", "status", "superseded_by", "inferred", "note"))


def _phrase(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Date):
        return f"{'on' if value.precision == 'day' and value.earliest == value.latest else 'in'} {value.shown}"
    if isinstance(value, Period):
        return f"{'on' if value.is_day else 'over'} {value.shown}"
    return str(value)


def in_units(value: int | None, *, is_quantity: bool, unbounded: str, unit: str = "") -> str:
    """A bound as an ISO day or a number."""
    if value is None:
        return unbounded
    return counted(value, unit) if is_quantity else iso(value)


def _member(dataset: Dataset, name: str, field: str | None, *, is_widened: bool = False) -> Member:
    fact = dataset.facts[name]
    says = sentence(dataset, fact) + (" (~ widened)" if is_widened else "")
    return Member(name, says, fact.origin.of(field) if field else fact.origin, fact.quote)


def _told_bounds(world: World, proof: Proof | None) -> tuple[set[str], dict[str, str]]:
    """The facts whose `~` is used, and the field by which each fact takes part."""
    bounds = [owner for number in rows_of(proof) if isinstance(owner := world.grounding.owner_of(number), Bound)]
    return {each.fact for each in bounds if each.is_widened}, {each.fact: each.field for each in bounds}


def _headline_origin(world: World, violation: Violation, fields: dict[str, str], members: Sequence[Member]) -> Origin:
    """Where to point: at the value of the headline's own fact, or of what it is about, or of the first member."""
    headline = violation.conflict.headline
    if headline is None:
        return members[0].origin if members else Origin()
    if headline.key in world.remarks:
        return world.remarks[headline.key].origin
    stated = _stated_origin(world, headline, fields, members)
    if stated is not None:
        return stated
    for name in (*headline.facts, *headline.binding):
        record = world.dataset.records.get(name)
        if record is not None:
            return record.origin
        if name in world.dataset.sources:
            return Origin(world.dataset.sources[name].path, 1, 1)
    return members[0].origin if members else (violation.rule.origin if violation.rule else Origin())


def _stated_origin(world: World, headline: Instance, fields: dict[str, str], members: Sequence[Member]) -> Origin | None:
    """The place of a value that takes part: the headline's own fact's, or that of a fact about the same entity."""
    for name in headline.facts:
        if name in fields:
            return world.dataset.facts[name].origin.of(fields[name])
    dated = [member for member in members if member.id in fields]
    shared = (member.origin for name in headline.facts for member in dated if _shares_entity(world.dataset, name, member.id))
    return next(shared, None)


def _shares_entity(dataset: Dataset, one: str, two: str) -> bool:
    return bool(_entities(dataset, one) & _entities(dataset, two))


def _entities(dataset: Dataset, name: str) -> set[str]:
    fact = dataset.facts[name]
    fields = dataset.type_of(fact).fields.values()
    return {getattr(fact, field.name) for field in fields if field.target} - {None}


def _note(violation: Violation) -> str:
    headline = violation.conflict.headline
    if headline is None:
        return ""
    if headline.key in violation.world.remarks:
        text = violation.world.remarks[headline.key].text
        return f"{text[:1].upper()}{text[1:]}."
    anchor = violation.world.anchors.get(headline.binding[0]) if headline.rule.pack == "built-in" else None
    return f"The quote is {anchor.state.value}{': ' + anchor.note if anchor.note else ''}." if anchor is not None else ""


def group(violations: Iterable[Violation]) -> list[tuple[Violation, str, list[Violation]]]:
    """Violations as stories: each first one, the fact it shares with others, and the others that end if that fact changes.

    A greedy hitting set: the fact that stands in most of the conflicts left comes first; ties go to the smaller id.
    """
    left = dict(enumerate(violations))
    places: dict[str, list[int]] = {}
    for at, each in left.items():
        for name in each.conflict.facts:
            places.setdefault(name, []).append(at)
    waiting = [(-len(found), name) for name, found in places.items()]
    heapify(waiting)
    stories: list[tuple[Violation, str, list[Violation]]] = []
    while waiting:
        tally, shared = heappop(waiting)
        together = [at for at in places[shared] if at in left]
        if len(together) < -tally:  # some have been told since: back to its place among the others
            heappush(waiting, (-len(together), shared))
        elif len(together) < 2:
            break
        else:
            first, *others = (left.pop(at) for at in together)
            stories.append((first, shared, others))
    return [*stories, *((each, "", []) for each in left.values())]
