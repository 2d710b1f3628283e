"""Sensitivity, mutation testing for data: which facts could be a little wrong without any rule noticing."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

import attrs

from rehabfacts.changes.mutations import KINDS, OTHERS, Mutation, every_mutation
from rehabfacts.checker.checking import quiet
from rehabfacts.checker.choosing import chosen
from rehabfacts.checker.provenance.provenance import SWITCHABLE
from rehabfacts.checker.rejudging import Rejudging, key_of
from rehabfacts.checker.reports import Report
from rehabfacts.checker.worlds import ON_QUOTES, WorldMaker, severity_of
from rehabfacts.rules.rules import Severity
from rehabfacts.schema import Fact

SHAPE = "E-CYCLE"
"""What catches a reference that leads in a circle: the reader, before any rule."""


@attrs.frozen
class Falsification:
    """A fact falsified, and the rules that would tell: those about the world, and those about quotes."""

    mutation: Mutation
    by_world: tuple[str, ...]
    by_quotes: tuple[str, ...]

    @property
    def is_caught(self) -> bool:
        """Whether some rule would tell."""
        return bool(self.by_world or self.by_quotes)


@attrs.frozen
class FalsificationCounts:
    """In how many ways something was falsified, and how many of these rules about the world, quotes alone, and nothing would tell."""

    ways: int
    world: int
    quotes: int

    @property
    def nothing(self) -> int:
        """How many nothing would tell."""
        return self.ways - self.world - self.quotes


@attrs.frozen(eq=False)
class Sensitivity:
    """Every falsification of a dataset's facts. `left_out` are facts that a check leaves out, as doubtful ones."""

    facts: tuple[str, ...]
    falsifications: tuple[Falsification, ...]
    left_out: tuple[str, ...]
    report: Report

    def counts(self, keep: Callable[[Mutation], bool] = lambda _: True) -> FalsificationCounts:
        """How the falsifications that are kept came out."""
        found = [each for each in self.falsifications if keep(each.mutation)]
        world = sum(1 for each in found if each.by_world)
        return FalsificationCounts(len(found), world, sum(1 for each in found if each.by_quotes and not each.by_world))

    @cached_property
    def per_kind(self) -> Mapping[str, FalsificationCounts]:
        """What became of dates, counts and references."""
        return {kind: self.counts(lambda mutation, kind=kind: mutation.kind == kind) for kind in KINDS}  # type: ignore[misc]

    @cached_property
    def per_fact(self) -> Mapping[str, FalsificationCounts]:
        """What became of each fact."""
        return {name: self.counts(lambda mutation, name=name: mutation.fact.id == name) for name in self.facts}  # type: ignore[misc]

    @cached_property
    def per_rule(self) -> Mapping[str, tuple[int, int]]:
        """How many falsifications each rule would tell, and how many no other would; those that tell most first."""
        found: dict[str, list[int]] = {}
        for each in self.falsifications:
            rules = (*each.by_world, *each.by_quotes)
            for rule in rules:
                counts = found.setdefault(rule, [0, 0])
                counts[0] += 1
                counts[1] += len(rules) == 1
        return {rule: (told, alone) for rule, (told, alone) in sorted(found.items(), key=lambda item: (-item[1][0], item[0]))}

    def facts_where(self, keep: Callable[[FalsificationCounts], bool]) -> tuple[str, ...]:
        """The facts of which the counts are so."""
        return tuple(name for name, counts in self.per_fact.items() if keep(counts))


def measure_sensitivity(report: Report, *, others: int = OTHERS, progress: Callable[[str], None] = quiet) -> Sensitivity:
    """Falsifies every fact of a report's main world, one field at a time, and judges again what that can reach."""
    world, settings = report.main, report.settings
    maker = WorldMaker(report.rules, settings.widths, report.dataset.sources.values(), chosen(SWITCHABLE, settings), without=settings.without)
    rejudging = Rejudging(world, maker, report.rules)
    facts = sorted(world.dataset.facts.items())
    found: list[Falsification] = []
    for number, (_, fact) in enumerate(facts, 1):
        progress(f"falsifying {number:,} of {len(facts):,} facts")
        found += [_falsification(rejudging, report, mutation) for mutation in every_mutation(world.dataset, fact, others=others)]
    known = {fact.id for fact in _read_facts(report)}
    left_out = tuple(sorted(known - world.dataset.facts.keys()))
    return Sensitivity(tuple(name for name, _ in facts), tuple(found), left_out, report)


def _read_facts(report: Report) -> Iterable[Fact]:
    """The facts as they are read, with those that are left out."""
    selection = report.selection
    dataset = report.dataset if selection is None else selection.dataset
    return dataset.under(report.dataset.taken).facts.values()


def _falsification(rejudging: Rejudging, report: Report, mutation: Mutation) -> Falsification:
    dataset = report.main.dataset
    fact = mutation.fact
    if mutation.field in dataset.type_of(fact).hierarchy:
        mutated = attrs.evolve(dataset, facts={**dataset.facts, fact.id: fact})
        if any(True for _ in mutated.circle_problems()):
            return Falsification(mutation, (SHAPE,), ())
    world, conflicts = rejudging.new_conflicts({fact.id: fact})
    grave = [each for each in conflicts if severity_of(each, world.dataset) >= Severity.WARNING]
    quotes = {key_of(each)[0] for each in grave if each.headline is not None and each.headline.rule.pack in ON_QUOTES}
    return Falsification(mutation, tuple(sorted({key_of(each)[0] for each in grave} - quotes)), tuple(sorted(quotes)))
