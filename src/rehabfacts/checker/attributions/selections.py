"""Selections: the facts that the settings choose, by source, by speaker and by the day they were known on."""

from collections.abc import Iterable, Iterator

import attrs

from rehabfacts.checker.attributions.attribution import sources_of, speakers_of
from rehabfacts.checker.attributions.reliability import names_in
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date
from rehabfacts.errors import InvalidInput, Problem, nearest
from rehabfacts.plain import plain
from rehabfacts.schema import Fact
from rehabfacts.settings import Settings
from rehabfacts.verdicts import Verdict


@plain
class Selection:
    """The facts that the settings choose: `says` tells the choice, empty where nothing is left out by it.

    `undated` are the sources of which nobody knows whether they were there on the day that things are looked at as of:
    their facts are taken.
    """

    dataset: Dataset
    says: str = ""
    left_out: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()


def select(dataset: Dataset, settings: Settings) -> Selection:
    """The facts that count under the settings. Raises InvalidInput for sources and speakers that are not there."""
    named = (*settings.trust, *settings.without_sources)
    if named:
        _check_names(dataset, named, settings)
    if not named and settings.as_of is None:
        return Selection(dataset)
    trusted, left_out = frozenset(settings.trust), frozenset(settings.without_sources)
    later, undated = _later(dataset, settings.as_of) if settings.as_of is not None else (frozenset(), ())

    def keep(fact: Fact) -> bool:
        who = {fact.source, fact.according_to} - {None}
        return fact.source not in later and left_out.isdisjoint(who) and (not trusted or not who or not trusted.isdisjoint(who))

    kept = dataset.without(fact.id for fact in dataset.iter_facts() if not keep(fact))
    lost = {*sources_of(dataset)} - {*sources_of(kept)}
    kept = attrs.evolve(kept, sources={name: source for name, source in kept.sources.items() if name not in lost})
    gone = sorted({fact.id for fact in dataset.iter_facts()} - {fact.id for fact in kept.iter_facts()})
    return Selection(kept, _choice(settings), tuple(gone), undated)


def unknown_names(dataset: Dataset, settings: Settings) -> Iterator[Problem]:
    """What the order of reliability names and nobody here is: it decides nothing, so it is a warning."""
    if not settings.reliability:
        return
    known = {*_known_sources(dataset), *speakers_of(dataset)}
    for name in names_in(settings.reliability):
        if name not in known:
            yield Problem("W-CONFIG", f"reliability: no source or speaker {name!r}", nearest(name, known), settings.origin)


def _known_sources(dataset: Dataset) -> set[str]:
    return {*sources_of(dataset), *dataset.headers, *dataset.sources}


def _check_names(dataset: Dataset, names: Iterable[str], settings: Settings) -> None:
    speakers, sources = speakers_of(dataset), _known_sources(dataset)
    problems = [
        Problem("E-CONFIG", f"no source or speaker {name!r}", nearest(name, {*sources, *speakers}), settings.origin)
        for name in names if name not in sources and name not in speakers
    ] + [
        Problem("E-CONFIG", f"{name!r} is a source and a speaker", "rename one of them", settings.origin)
        for name in names if name in sources and name in speakers
    ]  # fmt: skip
    if problems:
        raise InvalidInput(tuple(problems))


def _choice(settings: Settings) -> str:
    parts = [
        f"only {' and '.join(settings.trust)}" if settings.trust else "",
        f"without {' and '.join(settings.without_sources)}" if settings.without_sources else "",
        f"as of {settings.as_of}" if settings.as_of else "",
    ]
    return ", ".join(filter(None, parts))


def _later(dataset: Dataset, day: Date) -> tuple[frozenset[str | None], tuple[str, ...]]:
    """The sources that came after the last day meant, and those of which that is not known."""
    last = Date.from_day(day.latest) if day.latest is not None else day
    known = {name: dataset.source_date(name) for name in sources_of(dataset)}
    answers = {name: Verdict.UNKNOWN if date is None else date.is_not_after(last) for name, date in known.items()}
    return (
        frozenset(name for name, answer in answers.items() if answer is Verdict.NO),
        tuple(sorted(name for name, answer in answers.items() if answer is Verdict.UNKNOWN)),
    )
