"""Worlds: the dataset judged without and with what is doubtful, and under each reading of its ambiguous passages."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

import attrs

from rehabfacts.checker.attributions.events import EVENTS_AGREE, tie_events
from rehabfacts.checker.judging.certificates import Document, certify
from rehabfacts.checker.judging.conflicts import Conflict
from rehabfacts.checker.judging.judging import Judging, Outcome, judge
from rehabfacts.checker.provenance.provenance import SWITCHABLE, Provenance, QuoteJudge, Remark
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date
from rehabfacts.engines.groundings import Grounding, Instance
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
    remarks: Mapping[tuple[str, tuple[str, ...]], Remark] = attrs.field(factory=dict)

    @property
    def dataset(self) -> Dataset:
        """The facts that this world takes."""
        return self.grounding.dataset

    @cached_property
    def outcomes(self) -> Mapping[tuple[str, tuple[str, ...]], Outcome]:
        """The outcome of each demand, by rule and binding."""
        return {instance.key: outcome for instance, outcome in self.judging.outcomes.items()}

    def has(self, variable: tuple[str, str]) -> bool:
        """Whether there is such a time or number: that of a fact is not where the fact is not, or says nothing of the kind."""
        return variable in self.grounding.index or variable[0] in self.dataset.entities

    def bounds(self, variable: tuple[str, str]) -> tuple[int | None, int | None]:
        """The tightened bounds of a variable; none where this world does not know it."""
        number = self.grounding.index.get(variable)
        if number is None:
            return None, None
        return self.judging.least.bound(number), self.judging.greatest.bound(number)


class WorldMaker:
    """Judges worlds of one dataset under the same rules."""

    def __init__(
        self, rules: Sequence[Rule], widths: Mapping[str, Width], sources: Iterable[Source], on_provenance: Sequence[Rule] = SWITCHABLE,
        *, without: Collection[str] = (),
    ) -> None:  # fmt: skip
        self._rules, self._widths, self._has_events = rules, widths, EVENTS_AGREE.id not in without
        self._quotes = QuoteJudge(sources, on_provenance)

    def world(
        self, name: str, dataset: Dataset, *, with_quotes: bool = True, is_certified: bool = True, quotes_of: Collection[str] = (),
        spoken: Mapping[str, frozenset[str]] | None = None, beside: Sequence[tuple[Instance, Remark]] = (),
    ) -> World:  # fmt: skip
        """The world of the dataset's facts as they are; with those quotes only where another world has judged the others.

        Without a certificate it is for looking around: nothing of it is to be told. `spoken` are the entities, with the sources that speak of
        them, of which mentions are looked for all the same. `beside` are demands that are answered already, with what is to be told of them.
        """
        unfinished: tuple[str, ...] = ()
        try:
            grounding, provenance, judging = self._judged(dataset, self._rules, None if with_quotes else quotes_of, spoken, beside)
        except LapLimitError as limit:
            without = [rule for rule in self._rules if rule.mode.is_given and uses_months(rule)]
            unfinished = (f"{name}: {limit}, so these were left out: {', '.join(rule.id for rule in without)}",)
            rules = [rule for rule in self._rules if rule not in without]
            grounding, provenance, judging = self._judged(dataset, rules, None if with_quotes else quotes_of, spoken, beside)
        certificate = certify(judging) if is_certified else {}
        complaints = tuple(verify(certificate)) if is_certified else ()
        return World(name, grounding, judging, provenance.anchors, certificate, complaints, unfinished, provenance.remarks)

    def _judged(
        self, dataset: Dataset, rules: Sequence[Rule], quotes_of: Collection[str] | None, spoken: Mapping[str, frozenset[str]] | None,
        beside: Sequence[tuple[Instance, Remark]],
    ) -> tuple[Grounding, Provenance, Judging]:  # fmt: skip
        grounding = ground(dataset, matching(rules, dataset), self._widths)
        if self._has_events:
            tie_events(grounding)
        provenance = self._quotes.judge(grounding, only=quotes_of, spoken=spoken)
        for instance, remark in beside:
            grounding.instances.append(instance)
            provenance.remarks[instance.key] = remark
        return grounding, provenance, judge(grounding)


def matching(rules: Iterable[Rule], dataset: Dataset) -> list[Rule]:
    """The rules that could speak of something: of which every variable ranges over some record."""
    names = {type(record).__name__ for record in dataset.records.values()}
    there = {ancestor for name in names for ancestor in dataset.schema[name].lineage}
    return [rule for rule in rules if all(type_name in there for _, type_name in rule.plan.scans)]


def uses_months(rule: Rule) -> bool:
    """Whether a rule counts in calendar months or years."""
    return any(isinstance(atom, AtMost) and atom.months for branch in rule.plan.branches for atom in branch)


def is_doubtful(dataset: Dataset, fact: Fact) -> bool:
    """Whether a fact is alleged, or has a date or period marked `?`."""
    if fact.status == "alleged":
        return True
    values = (getattr(fact, name) for name, kind in dataset.type_of(fact).variables if kind is not Kind.QUANTITY)
    return any(isinstance(value, Date | Period) and value.is_uncertain for value in values)


ON_QUOTES = frozenset({"provenance", "built-in"})
"""Packs that speak of quotes, not of what happened."""


def severity_of(conflict: Conflict, dataset: Dataset) -> Severity:
    """How grave a conflict is: as its headline; one of the given, an error within one source, a warning across sources."""
    if conflict.headline is not None:
        return conflict.headline.rule.severity
    sources = {dataset.facts[name].source for name in conflict.facts}
    return Severity.ERROR if len(sources) < 2 else Severity.WARNING
