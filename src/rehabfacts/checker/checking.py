"""The check itself: a dataset and rules in, a report out."""

from collections.abc import Mapping, Sequence

import attrs

from rehabfacts.checker.judging import Outcome
from rehabfacts.checker.reports import Report
from rehabfacts.checker.worlds import (
    ReadingResult,
    World,
    WorldMaker,
    combinations,
    is_binding,
    is_doubtful,
    refuting,
    undetermined_apart,
    without_facts,
)
from rehabfacts.dataset import Ambiguity, Dataset
from rehabfacts.errors import InvalidInput, Problem, nearest
from rehabfacts.rules.rules import Rule, Severity
from rehabfacts.settings import Settings


def check_dataset(
    dataset: Dataset, rules: Sequence[Rule], settings: Settings | None = None, *,
    problems: Sequence[Problem] = (), digests: Mapping[str, str] | None = None,
) -> Report:  # fmt: skip
    """Judges the dataset in every world that matters. `problems` are those of loading it.

    Raises InvalidInput if the settings name rules that are not there.
    """
    settings = settings or Settings()
    return _Check(dataset, _in_force(rules, settings), settings, problems, digests or {}).run()


def _in_force(rules: Sequence[Rule], settings: Settings) -> tuple[Rule, ...]:
    known = {rule.id for rule in rules}
    problems = [
        Problem("E-CONFIG", f"no rule {name!r}", nearest(name, known), settings.origin)
        for name in (*settings.without, *settings.severities) if name not in known
    ]  # fmt: skip
    if problems:
        raise InvalidInput(tuple(problems))
    severities = {name: Severity[severity.upper()] for name, severity in settings.severities.items()}
    return tuple(
        attrs.evolve(rule, severity=severities.get(rule.id, rule.severity)) if rule.id in severities else rule
        for rule in rules
        if rule.id not in settings.without
    )


class _Check:
    def __init__(
        self, dataset: Dataset, rules: tuple[Rule, ...], settings: Settings, problems: Sequence[Problem], digests: Mapping[str, str]
    ) -> None:
        self._all, self._rules, self._settings = dataset, rules, settings
        self._problems, self._digests = tuple(problems), digests
        self._maker = WorldMaker(rules, settings.widths, dataset.sources.values())
        self._unfinished: list[str] = []

    def run(self) -> Report:
        """The main world, those of the readings, and the one with what is doubtful."""
        held = self._all
        unheld = [each for each in held.ambiguities if each.held is None]
        possible, readings = self._unheld(held, unheld) if unheld else ([], [])
        main = possible[0] if possible else readings[0].world if readings else self._world("main", held)
        for ambiguity in held.ambiguities:
            if ambiguity.held is not None:
                readings += self._readings(main, ambiguity)
        doubtful = self._doubtful(main)
        for world in dict.fromkeys((main, *([doubtful] if doubtful else []), *(each.world for each in readings), *possible)):
            self._unfinished += world.unfinished
            if world is not main and Outcome.NOT_EVALUATED in world.judging.outcomes.values():
                self._unfinished.append(f"{world.name}: not every demand was evaluated")
        return Report(
            self._settings, self._rules, (*self._problems, *main.grounding.problems), self._digests, main, doubtful,
            tuple(readings), tuple(possible), undetermined_apart(possible), tuple(self._unfinished),
        )  # fmt: skip

    def _world(self, name: str, dataset: Dataset, *, doubtful: bool = False, with_quotes: bool = True) -> World:
        left_out = (
            fact.id for fact in dataset.facts.values() if not is_binding(fact) or (not doubtful and is_doubtful(dataset, fact))
        )
        return self._maker.world(name, without_facts(dataset, left_out), with_quotes=with_quotes)

    def _doubtful(self, main: World) -> World | None:
        if self._settings.doubtful == "ignore":
            return None
        dataset = self._all.under(main.dataset.taken)
        if not any(is_binding(fact) and is_doubtful(dataset, fact) for fact in dataset.facts.values()):
            return None
        return self._world("with doubtful facts", dataset, doubtful=True)

    def _readings(self, main: World, ambiguity: Ambiguity) -> list[ReadingResult]:
        """The readings of a passage of which one is held: the others are tried in its place."""
        results = []
        for reading in ambiguity.readings:
            world = main
            if not reading.is_held:
                taken = {**main.dataset.taken, ambiguity.name: reading.name}
                world = self._world(f"reading {ambiguity.name}={reading.name}", self._all.under(taken), with_quotes=False)
            results.append(ReadingResult(ambiguity.name, reading.name, reading.is_held, world, refuting(world, ambiguity)))
        return results

    def _unheld(self, dataset: Dataset, ambiguities: list[Ambiguity]) -> tuple[list[World], list[ReadingResult]]:
        """The worlds that are possible, and the readings of passages of which none is held."""
        chosen = combinations(ambiguities)
        if chosen is None:
            self._unfinished.append(f"more than 256 ways to read {len(ambiguities)} passages together: only the first readings were tried")
            chosen = [{each.name: each.readings[0].name for each in ambiguities}]
        tried = [(taken, self._world(_named(taken), dataset.under(taken))) for taken in chosen]
        refuted = [list(dict.fromkeys(each for ambiguity in ambiguities for each in refuting(world, ambiguity))) for _, world in tried]
        results = []
        for ambiguity in ambiguities:
            for reading in ambiguity.readings:
                own = [at for at, (taken, _) in enumerate(tried) if taken[ambiguity.name] == reading.name]
                best = min(own, key=lambda at: len(refuted[at]), default=None)
                if best is not None:
                    results.append(ReadingResult(ambiguity.name, reading.name, False, tried[best][1], tuple(refuted[best])))  # noqa: FBT003
        return [world for at, (_, world) in enumerate(tried) if not refuted[at]], results


def _named(taken: Mapping[str, str]) -> str:
    return "reading " + ", ".join(f"{ambiguity}={reading}" for ambiguity, reading in taken.items())
