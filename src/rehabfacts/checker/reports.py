"""Reports: what a check found, as values that every output format reads."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from rehabfacts.checker.attributions.selections import Selection
from rehabfacts.checker.judging.clashes import unit_of
from rehabfacts.checker.judging.conflicts import Conflict
from rehabfacts.checker.judging.judging import CUT_SHORT, Outcome
from rehabfacts.checker.provenance.provenance import MENTION_IN_SOURCE
from rehabfacts.checker.readings.readings import Fall, ReadingResult, Span, conflicts_of, hull
from rehabfacts.checker.violations import Accepted, Violation, relevance, told_apart
from rehabfacts.checker.worlds import ON_QUOTES, World, matching
from rehabfacts.dataset import Dataset
from rehabfacts.engines.groundings import Bound, Instance
from rehabfacts.errors import NoSuchThing, Problem, nearest
from rehabfacts.network.contradictions import variables_of
from rehabfacts.network.propagation import LeastDating
from rehabfacts.rules.rules import Mode, Rule, Severity
from rehabfacts.settings import Settings

if TYPE_CHECKING:
    from rehabfacts.checker.attributions.corroboration import Witnesses
    from rehabfacts.loading.waivers import Waiver


@attrs.frozen
class RuleCounts:
    """How the instances of one rule came out."""

    rule: Rule
    outcomes: Mapping[Outcome, int]
    not_stated: int

    @property
    def instances(self) -> int:
        """How many instances there are."""
        return sum(self.outcomes.values())

    @property
    def has_matched(self) -> bool:
        """Whether the rule spoke of anything at all."""
        return self.instances + self.not_stated > 0


@attrs.frozen
class TightenedBound:
    """What one end of a record's time, or a number, can be: as stated by facts, and with all that follows.

    `unit` is "%" where a percentage is counted in millionths.
    """

    record: str
    name: str
    stated: tuple[int | None, int | None]
    tightened: tuple[int | None, int | None]
    is_quantity: bool = False
    unit: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether facts state one day or number."""
        return self.stated[0] is not None and self.stated[0] == self.stated[1]


@attrs.frozen
class Since:
    """What a report knows of an earlier state (`base`): the class of each violation by its id, and what was altered in the policy since.

    That alone fails the run, unless it is allowed.
    """

    base: str
    classes: Mapping[str, str]
    policy: tuple[str, ...] = ()
    is_allowed: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen(eq=False)
class Report:
    """What a check found. Iterating it gives the violations, the gravest first.

    `accepted` says for violations, by their ids, why they do not fail the run; `waivers` are all that there were, `objections`
    what else fails it, and `since` what became of them since an earlier state. Where no
    reading of passages is held, `possible` shows every bound as wide as it can be and every verdict that is not shared;
    `apart` and `avoided` name the passages on which demands, and conflicts of the given (by their facts), depend; `falls`
    tells of passages why no way to read them is left; `background` is what is wrong without what is read differently.
    """

    settings: Settings
    rules: tuple[Rule, ...]
    problems: tuple[Problem, ...]
    digests: Mapping[str, str]
    main: World
    doubtful: World | None = None
    readings: tuple[ReadingResult, ...] = ()
    possible: tuple[World, ...] = ()
    apart: Mapping[tuple[str, tuple[str, ...]], tuple[str, ...]] = attrs.field(factory=dict)
    unfinished: tuple[str, ...] = ()
    believed: tuple[World, ...] = ()
    selection: Selection | None = None
    accepted: Mapping[str, Accepted] = attrs.field(factory=dict)
    waivers: "tuple[Waiver, ...]" = ()
    objections: tuple[str, ...] = ()
    since: Since | None = None
    avoided: Mapping[tuple[str, ...], tuple[str, ...]] = attrs.field(factory=dict)
    falls: Mapping[tuple[str, ...], Fall | None] = attrs.field(factory=dict)
    background: World | None = None

    def __iter__(self) -> Iterator[Violation]:
        return iter(self.violations)

    @property
    def dataset(self) -> Dataset:
        """The dataset as it was judged: without doubtful facts, under the held readings."""
        return self.main.dataset

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """Every conflict, the gravest first, fewest members first; doubtful ones last."""
        found = [
            Violation(conflict, self.main, way_out=self._way_out(conflict)) for conflict in self.main.judging.conflicts
            if not self._is_avoided(conflict)
        ]  # fmt: skip
        if self.doubtful is not None:
            known = {each.id for each in found}
            more = (Violation(conflict, self.doubtful, is_doubtful=True) for conflict in self.doubtful.judging.conflicts)
            found += [each for each in more if each.id not in known]
        return told_apart(sorted(found, key=relevance))

    def _is_avoided(self, conflict: Conflict) -> bool:
        """Whether some possible way to read passages of which no reading is held does not lead to it."""
        return conflict.facts in self.avoided if conflict.headline is None else conflict.headline.key in self.apart

    def _way_out(self, conflict: Conflict) -> tuple[str, ...]:
        refuted = {each.ambiguity for each in self.readings if each.is_held and conflict in each.conflicts}
        return tuple(f"{each.ambiguity}={each.reading}" for each in self.readings if each.ambiguity in refuted and each.verdict == "possible")

    def violation(self, identifier: str) -> Violation:
        """The violation of an id. Raises NoSuchThing."""
        for each in self.violations:
            if each.id == identifier:
                return each
        raise NoSuchThing("violation", identifier, nearest(identifier, [each.id for each in self.violations]))

    @cached_property
    def outcomes(self) -> Mapping[Instance, Outcome]:
        """The outcome of every demand; open where possible readings differ."""
        found = self.main.judging.outcomes
        return {instance: Outcome.OPEN if instance.key in self.apart else outcome for instance, outcome in found.items()} if self.apart else found

    @cached_property
    def counts(self) -> tuple[RuleCounts, ...]:
        """The counts of every demand that is not idle, in the order of packs and rules; built-in rules last."""
        tallies: dict[str, dict[Outcome, int]] = {}
        idle = {rule.id for rule in self.idle}
        rules = {rule.id: rule for rule in self.rules if not rule.mode.is_given and rule.id not in idle}
        names = [instance.rule.id for instance in self.outcomes]
        for (rule, outcome), count in Counter(zip(names, self.outcomes.values(), strict=True)).items():
            tallies.setdefault(rule, {})[outcome] = count
        for name, instance in dict(zip(names, self.outcomes, strict=True)).items():
            rules.setdefault(name, instance.rule)
        not_stated = self.main.grounding.not_stated
        rules.update({MENTION_IN_SOURCE.id: MENTION_IN_SOURCE} if MENTION_IN_SOURCE.id in not_stated else {})
        return tuple(RuleCounts(rule, tallies.get(name, {}), not_stated.get(name, 0)) for name, rule in rules.items())

    @cached_property
    def never_matched(self) -> tuple[Rule, ...]:
        """The rules of every mode that spoke of nothing, though all that they range over is there."""
        matched = {*self.main.grounding.not_stated, *(instance.rule.id for instance in self.main.grounding.instances), *(rule.id for rule in self.idle)}
        return tuple(rule for rule in self.rules if rule.id not in matched)

    @cached_property
    def idle(self) -> tuple[Rule, ...]:
        """The rules of every mode that range over a type of which this dataset has nothing."""
        busy = {rule.id for rule in matching(self.rules, self.dataset)}
        return tuple(rule for rule in self.rules if rule.id not in busy)

    @cached_property
    def witnesses(self) -> "Witnesses":
        """What facts say of each other that tell of one event."""
        from rehabfacts.checker.attributions.corroboration import Witnesses  # noqa: PLC0415  # of use only where there are several sources

        return Witnesses(self.dataset, self.settings.widths)

    @cached_property
    def unprotected(self) -> tuple[str, ...]:
        """The facts that no demand speaks of but those on quotes: neither it nor a time that definitions tie to it.

        Whatever such a fact says, no rule could object.
        """
        grounding, part = self.main.grounding, self.main.judging.part
        demands = [each for each in grounding.demands if each.rule.pack not in ON_QUOTES]
        spoken_of = {name for instance in demands for name in instance.facts}
        if spoken_of >= self.dataset.facts.keys():
            return ()
        numbers = (number for instance in demands for branch in instance.clause for number in branch)
        parts = {part[end] for number in numbers for end in variables_of(grounding.rows, grounding.totals, number)}
        tied = {owner for number, (owner, _) in enumerate(grounding.variables) if number and part[number] in parts}
        return tuple(name for name in sorted(self.dataset.facts) if name not in spoken_of and name not in tied)

    @property
    def is_complete(self) -> bool:
        """Whether everything given was read and judged."""
        return not self.unfinished and all(problem.is_warning for problem in self.problems) and not self._not_evaluated

    @property
    def _not_evaluated(self) -> bool:
        return not CUT_SHORT.isdisjoint(self.outcomes.values())

    @cached_property
    def worlds(self) -> tuple[World, ...]:
        """Every world that the report rests on, the main one first."""
        falling = (each.world for fall in (*(each.fall for each in self.readings), *self.falls.values()) if fall for each in conflicts_of(fall))
        beside = (*(each for each in (self.doubtful, self.background) if each), *self.believed)
        return tuple(dict.fromkeys((self.main, *beside, *(each.world for each in self.readings), *self.possible, *falling)))

    @property
    def complaints(self) -> tuple[str, ...]:
        """What the verifier rejected: always a bug of this package."""
        return tuple(dict.fromkeys(f"{world.name}: {complaint}" for world in self.worlds for complaint in world.complaints))

    @property
    def exit_status(self) -> int:
        """4 our bug, 2 bad input, 3 incomplete, 1 findings at or above the threshold, 0 none: the first that applies."""
        if self.complaints:
            return 4
        errors = [problem for problem in self.problems if not problem.is_warning]
        if any(problem.code != "E-READ" for problem in errors):
            return 2
        if not self.is_complete:
            return 3
        is_altered = self.since is not None and self.since.policy and not self.since.is_allowed
        return int(bool(is_altered or self.objections) or any(self.fails(each) for each in self.violations))

    def fails(self, violation: Violation) -> bool:
        """Whether a violation is at or above the threshold, and not accepted."""
        if violation.id in self.accepted:
            return False
        if violation.is_doubtful and self.settings.doubtful != "fail":
            return False
        return violation.severity >= Severity[self.settings.threshold.upper()]

    def bounds(self, record: str | None = None) -> tuple[TightenedBound, ...]:
        """What the times and numbers of a record (or of all) can be, under the readings that are possible.

        Raises NoSuchThing if there is no such record.
        """
        if record is None:
            return self._bounds
        if record not in self.dataset.records:
            raise NoSuchThing("entity or fact", record, nearest(record, self.dataset.records))
        return tuple(each for each in self._bounds if each.record == record)

    @cached_property
    def _bounds(self) -> tuple[TightenedBound, ...]:
        stated = _stated(self.main)
        grounding = self.main.grounding
        return tuple(
            TightenedBound(
                owner, name, stated[number], self._hull((owner, name)), number in grounding.quantities,
                unit_of(self.dataset, owner, name) if number in grounding.quantities else "",
            )
            for number, (owner, name) in sorted(enumerate(grounding.variables), key=lambda item: item[1])
            if owner in self.dataset.records
        )  # fmt: skip

    def _hull(self, variable: tuple[str, str]) -> tuple[int | None, int | None]:
        return hull(world.bounds(variable) for world in self.possible or (self.main,) if world.has(variable))

    def moves(self, reading: ReadingResult) -> tuple[tuple[TightenedBound, Span], ...]:
        """What would be bounded otherwise under a reading: the bounds as they are, with what they would be."""
        moved = reading.moved
        if moved is None:
            main, world = self.main, reading.world
            moved = {
                each: world.bounds(each) for each in main.grounding.variables
                if world.has(each) and world.bounds(each) != main.bounds(each)
            }  # fmt: skip
        return tuple((each, moved[each.record, each.name]) for each in self.bounds() if (each.record, each.name) in moved) if moved else ()


def _stated(world: World) -> list[tuple[int | None, int | None]]:
    """The bounds of every variable by facts and the equalities of definitions alone."""
    grounding = world.grounding
    numbers = [
        number for number in world.judging.given
        if isinstance(owner := grounding.owners[number], Bound) or (isinstance(owner, Instance) and owner.rule.mode is Mode.DEFINE)
    ]  # fmt: skip
    size = len(grounding.variables)
    least, greatest = LeastDating(size, grounding.rows), LeastDating(size, grounding.rows, is_mirrored=True)
    for network in (least, greatest):
        if network.add(numbers) is not None:
            raise AssertionError("a part of a consistent network that is not")
    return [(least.bound(variable), greatest.bound(variable)) for variable in range(size)]
