"""Who can be right together, of those whom the settings choose: sources, and speakers."""

from collections.abc import Sequence

from rehabfacts.checker.attributions.attribution import speakers_of
from rehabfacts.checker.attributions.selections import Selection, select, unknown_names
from rehabfacts.checker.maximal_sets import MOST_SETS, MaximalSets, find_maximal_sets
from rehabfacts.dataset import Dataset
from rehabfacts.errors import Problem
from rehabfacts.plain import plain
from rehabfacts.rules.rules import Rule
from rehabfacts.settings import Settings


@plain
class Agreeing:
    """The maximal sets of sources and, where facts are said from somebody, of speakers."""

    settings: Settings
    selection: Selection
    sources: MaximalSets
    speakers: MaximalSets | None
    problems: tuple[Problem, ...]

    @property
    def complaints(self) -> tuple[str, ...]:
        """What the verifier rejected: always a bug of this package."""
        return (*self.sources.complaints, *(self.speakers.complaints if self.speakers else ()))

    @property
    def exit_status(self) -> int:
        """4 our bug, 2 bad input, 3 incomplete, 0 else: that sources disagree fails nothing."""
        errors = [problem for problem in self.problems if not problem.is_warning]
        found = [each for each in (self.sources, self.speakers) if each is not None]
        if self.complaints:
            return 4
        if any(problem.code != "E-READ" for problem in errors):
            return 2
        return 0 if not errors and all(each.is_complete and not each.unfinished for each in found) else 3


def find_agreeing(
    dataset: Dataset, rules: Sequence[Rule], settings: Settings, *, most: int = MOST_SETS, problems: Sequence[Problem] = ()
) -> Agreeing:
    """The maximal sets of the sources and speakers of the facts that the settings choose. Raises InvalidInput."""
    selection = select(dataset, settings)
    sources = find_maximal_sets(selection.dataset, rules, settings, most=most)
    has_speakers = bool(speakers_of(selection.dataset))
    speakers = find_maximal_sets(selection.dataset, rules, settings, by_speaker=True, most=most) if has_speakers else None
    return Agreeing(settings, selection, sources, speakers, (*problems, *unknown_names(dataset, settings)))
