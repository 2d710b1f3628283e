"""Worlds: the dataset judged without and with what is doubtful, and under each reading of its ambiguous passages."""

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from rehabfacts.checker.certificates import Document, certify
from rehabfacts.checker.conflicts import Conflict
from rehabfacts.checker.judging import Judging, Outcome, judge
from rehabfacts.checker.provenance import QuoteJudge
from rehabfacts.dataset import Ambiguity, Dataset
from rehabfacts.dates import Date
from rehabfacts.engines.groundings import Grounding
from rehabfacts.engines.memory import ground
from rehabfacts.network.labels import LapLimitError
from rehabfacts.network.verify import verify
from rehabfacts.periods import Period
from rehabfacts.plain import plain
from rehabfacts.precisions import Width
from rehabfacts.quotes import Anchor
from rehabfacts.rules.plans import AtMost
from rehabfacts.rules.rules import Rule, Severity
from rehabfacts.schema import Fact, Kind
from rehabfacts.sources import Source

_MOST_COMBINATIONS = 256


@plain
class World:
    """One judging of the dataset, with its certificate as the verifier accepted it (`complaints` where it did not)."""

    name: str
    grounding: Grounding
    judging: Judging
    anchors: Mapping[str, Anchor]
    certificate: Document
    complaints: tuple[str, ...]
    unfinished: tuple[str, ...] = ()

    @property
    def dataset(self) -> Dataset:
        """The facts that this world takes."""
        return self.grounding.dataset

    @cached_property
    def outcomes(self) -> Mapping[tuple[str, tuple[str, ...]], Outcome]:
        """The outcome of each demand, by rule and binding."""
        return {instance.key: outcome for instance, outcome in self.judging.outcomes.items()}

    def bounds(self, variable: tuple[str, str]) -> tuple[int | None, int | None]:
        """The tightened bounds of a variable; none where this world does not know it."""
        number = self.grounding.index.get(variable)
        if number is None:
            return None, None
        return self.judging.least.bound(number), self.judging.greatest.bound(number)


class WorldMaker:
    """Judges worlds of one dataset under the same rules."""

    def __init__(self, rules: Sequence[Rule], widths: Mapping[str, Width], sources: Iterable[Source]) -> None:
        self._rules, self._widths = rules, widths
        self._quotes = QuoteJudge(sources)

    def world(self, name: str, dataset: Dataset, *, with_quotes: bool = True) -> World:
        """The world of the dataset's facts as they are; without quotes where another world has judged them already."""
        unfinished: tuple[str, ...] = ()
        try:
            grounding, anchors, judging = self._judged(dataset, self._rules, with_quotes=with_quotes)
        except LapLimitError as limit:
            without = [rule for rule in self._rules if rule.mode.is_given and uses_months(rule)]
            unfinished = (f"{name}: {limit}, so these were left out: {', '.join(rule.id for rule in without)}",)
            grounding, anchors, judging = self._judged(dataset, [rule for rule in self._rules if rule not in without], with_quotes=with_quotes)
        certificate = certify(judging)
        return World(name, grounding, judging, anchors, certificate, tuple(verify(certificate)), unfinished)

    def _judged(
        self, dataset: Dataset, rules: Sequence[Rule], *, with_quotes: bool
    ) -> tuple[Grounding, Mapping[str, Anchor], Judging]:
        grounding = ground(dataset, rules, self._widths)
        anchors = self._quotes.judge(grounding) if with_quotes else {}
        return grounding, anchors, judge(grounding)


def uses_months(rule: Rule) -> bool:
    """Whether a rule counts in calendar months or years."""
    return any(isinstance(atom, AtMost) and atom.months for branch in rule.plan.branches for atom in branch)


def is_binding(fact: Fact) -> bool:
    """Whether a fact counts at all: denied and superseded ones bound nothing."""
    return fact.status not in {"denied", "superseded"}


def is_doubtful(dataset: Dataset, fact: Fact) -> bool:
    """Whether a fact is alleged, or has a date or period marked `?`."""
    if fact.status == "alleged":
        return True
    values = (getattr(fact, name) for name, kind in dataset.type_of(fact).variables if kind is not Kind.QUANTITY)
    return any(isinstance(value, Date | Period) and value.is_uncertain for value in values)


def without_facts(dataset: Dataset, names: Iterator[str]) -> Dataset:
    """The dataset without some facts, and without those that refer to them."""
    dropped = set(names)
    while True:
        more = {
            fact.id
            for fact in dataset.facts.values()
            if fact.id not in dropped
            for field in dataset.type_of(fact).fields.values()
            if field.kind is Kind.ROLE and getattr(fact, field.name) in dropped
        }
        if not more:
            return dataset.without(dropped) if dropped else dataset
        dropped |= more


@plain
class ReadingResult:
    """What becomes of one reading: held or not, refuted by conflicts or possible; `world` is the dataset under it."""

    ambiguity: str
    reading: str
    is_held: bool
    world: World
    conflicts: tuple[Conflict, ...]

    @property
    def is_refuted(self) -> bool:
        """Whether it leads to an error that involves the passage itself."""
        return bool(self.conflicts)


def refuting(world: World, ambiguity: Ambiguity) -> tuple[Conflict, ...]:
    """The error conflicts of a world that involve a fact of the ambiguity."""
    facts = {name for reading in ambiguity.readings for name in reading.facts}
    return tuple(each for each in world.judging.conflicts if severity_of(each, world.dataset) is Severity.ERROR and facts & set(each.facts))


def severity_of(conflict: Conflict, dataset: Dataset) -> Severity:
    """How grave a conflict is: as its headline; one of the given, an error within one source, a warning across sources."""
    if conflict.headline is not None:
        return conflict.headline.rule.severity
    sources = {dataset.facts[name].source for name in conflict.facts}
    return Severity.ERROR if len(sources) < 2 else Severity.WARNING


def combinations(ambiguities: Sequence[Ambiguity]) -> list[dict[str, str]] | None:
    """Every way to read the passages together; None if there are too many to try."""
    if math.prod(len(each.readings) for each in ambiguities) > _MOST_COMBINATIONS:
        return None
    names = [[(each.name, reading.name) for reading in each.readings] for each in ambiguities]
    return [dict(chosen) for chosen in itertools.product(*names)]


def undetermined_apart(worlds: Sequence[World]) -> dict[tuple[str, tuple[str, ...]], Outcome]:
    """The demands on which possible worlds differ: they are open."""
    keys = dict.fromkeys(key for world in worlds for key in world.outcomes)
    return {key: Outcome.OPEN for key in keys if len({world.outcomes.get(key) for world in worlds}) > 1}
