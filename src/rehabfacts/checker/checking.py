"""The check itself: a dataset and rules in, a report out."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from rehabfacts.checker.attributions.attribution import binding, if_believed, without_facts
from rehabfacts.checker.attributions.selections import select, unknown_names
from rehabfacts.checker.choosing import chosen, in_force
from rehabfacts.checker.judging.judging import CUT_SHORT
from rehabfacts.checker.provenance.provenance import SWITCHABLE, Remark, iter_warnings
from rehabfacts.checker.readings.readings import ReadingResult, read_held, refuting
from rehabfacts.checker.reports import Report
from rehabfacts.checker.switching import resolved
from rehabfacts.checker.worlds import World, WorldMaker, is_doubtful
from rehabfacts.dataset import Ambiguity, Dataset, Reading
from rehabfacts.engines.groundings import Instance
from rehabfacts.errors import Problem
from rehabfacts.rules.rules import Rule
from rehabfacts.settings import Settings

if TYPE_CHECKING:
    from rehabfacts.checker.readings.unheld import Unheld


def quiet(_: str) -> None:
    """Hears what is being done, and does nothing about it."""


def check_dataset(
    dataset: Dataset, rules: Sequence[Rule], settings: Settings | None = None, *,
    problems: Sequence[Problem] = (), digests: Mapping[str, str] | None = None, progress: Callable[[str], None] = quiet,
) -> Report:  # fmt: skip
    """Judges the dataset in every world that matters. `problems` are those of loading it; `progress` hears what is being done.

    Raises InvalidInput if the settings name rules, sources or speakers that are not there.
    """
    settings = resolved(rules, settings or Settings())
    return _Check(dataset, in_force(rules, settings, dataset.schema), settings, problems, digests or {}, progress).run()


class _Check:
    def __init__(
        self, dataset: Dataset, rules: tuple[Rule, ...], settings: Settings, problems: Sequence[Problem], digests: Mapping[str, str],
        progress: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._progress = progress
        self._selection = select(dataset, settings)
        self._all, self._rules, self._settings = self._selection.dataset, rules, settings
        self._problems, self._digests = (*problems, *unknown_names(dataset, settings)), digests
        self._maker = WorldMaker(rules, settings.widths, dataset.sources.values(), chosen(SWITCHABLE, settings), without=settings.without)

    def run(self) -> Report:
        """The main world, those of the readings, and the one with what is doubtful."""
        unheld = self._read_unheld()
        main = unheld.main if unheld else self._world("main", self._all)
        held = [each for ambiguity in self._all.ambiguities if ambiguity.held for each in self._read_held(main, ambiguity)]
        doubtful, believed = self._doubtful(main), self._believed(main)
        report = Report(
            self._settings, self._rules, (*self._problems, *main.grounding.problems, *iter_warnings(self._all, main.anchors)), self._digests, main, doubtful,
            (*(unheld.readings if unheld else ()), *held), unheld.possible if unheld else (), unheld.apart if unheld else {},
            believed=believed, selection=self._selection, avoided=unheld.avoided if unheld else {}, falls=unheld.falls if unheld else {}, background=unheld.background if unheld else None,
        )  # fmt: skip
        return attrs.evolve(report, unfinished=(*(unheld.unfinished if unheld else ()), *_unfinished(report)))

    def _world(
        self, name: str, dataset: Dataset, *, doubtful: bool = False, quotes_of: Collection[str] | None = None, is_certified: bool = True,
        beside: Sequence[tuple[Instance, Remark]] = (),
    ) -> World:  # fmt: skip
        dataset = binding(dataset)
        self._progress(f"judging {len(dataset.facts):,} facts under {len(self._rules):,} rules, {name}")
        left_out = {*dataset.unread, *(fact.id for fact in dataset.facts.values() if not doubtful and is_doubtful(dataset, fact))}
        return self._maker.world(
            name, without_facts(dataset, left_out), with_quotes=quotes_of is None, quotes_of=quotes_of or (), is_certified=is_certified, beside=beside
        )

    def _doubtful(self, main: World) -> World | None:
        if self._settings.doubtful == "ignore":
            return None
        dataset = self._all.under(main.dataset.taken)
        if not any(is_doubtful(dataset, fact) for fact in binding(dataset).facts.values()):
            return None
        return self._world("with doubtful facts", dataset, doubtful=True)

    def _believed(self, main: World) -> tuple[World, ...]:
        """The worlds in which what is denied, or superseded, binds as well."""
        found = (self._world(name, dataset) for name, dataset in if_believed(self._all.under(main.dataset.taken)))
        return tuple(world for world in found if not world.dataset.facts.keys() <= main.dataset.facts.keys())

    def _read_unheld(self) -> "Unheld | None":
        passages = self._unheld_passages
        if not passages:
            return None
        from rehabfacts.checker.readings.unheld import read_unheld  # noqa: PLC0415  # of use only where a passage has no held reading

        return read_unheld(self._all, passages, self._rules, self._world)

    @property
    def _unheld_passages(self) -> list[Ambiguity]:
        return [each for each in self._all.ambiguities if each.held is None]

    def _read_held(self, main: World, ambiguity: Ambiguity) -> Iterator[ReadingResult]:
        """The readings of a passage of which one is held: the others are tried in its place."""
        return read_held(main, ambiguity, lambda reading: self._other_reading(main, ambiguity, reading))

    def _other_reading(self, main: World, ambiguity: Ambiguity, reading: Reading) -> World:
        """The world of a reading that is not held; passages of which none is held may be read otherwise for it."""
        name = f"reading {ambiguity.name}={reading.name}"
        world = self._world(name, self._all.under({**main.dataset.taken, ambiguity.name: reading.name}), quotes_of=())
        passages = self._unheld_passages
        if not (passages and refuting(world, ambiguity)):
            return world
        from rehabfacts.checker.readings.unheld import possible_reading  # noqa: PLC0415  # of use only where a passage has no held reading

        found = possible_reading(self._all.under({ambiguity.name: reading.name}), passages, self._rules, self._world)
        return world if found is None else self._world(name, found, quotes_of=())


def _unfinished(report: Report) -> Iterator[str]:
    """What was not judged in one of the worlds."""
    for world in report.worlds:
        yield from world.unfinished
        if world is not report.main and not CUT_SHORT.isdisjoint(world.judging.outcomes.values()):
            yield f"{world.name}: not every demand was evaluated"
