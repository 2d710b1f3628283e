"""Who says what: sources and speakers, and which of their facts bind, since denied and superseded ones do not."""

from collections.abc import Iterable, Iterator

import attrs

from rehabfacts.dataset import Dataset, superseded_by
from rehabfacts.schema import Fact

IF_DENIED, IF_SUPERSEDED = "with denied facts", "with superseded facts"
"""The names of the worlds in which claims that bind nothing do."""


def sources_of(dataset: Dataset) -> tuple[str, ...]:
    """The sources that facts come from, in the order of their ids."""
    return tuple(sorted({fact.source for fact in dataset.iter_facts() if fact.source is not None}))


def speakers_of(dataset: Dataset) -> tuple[str, ...]:
    """Whom sources say facts from, in the order of their ids."""
    return tuple(sorted({str(fact.according_to) for fact in dataset.iter_facts() if fact.according_to is not None}))


def voice_of(fact: Fact) -> str | None:
    """Who answers for a fact: whom the source says it from, or else the source."""
    return fact.source if fact.according_to is None else fact.according_to


def binding(dataset: Dataset) -> Dataset:
    """The dataset without what is denied and superseded; what only facts that are not here superseded is believed."""
    dataset = _revived(dataset)
    return without_facts(dataset, (*_denied(dataset), *_superseded(dataset)))


def if_believed(dataset: Dataset) -> Iterator[tuple[str, Dataset]]:
    """The datasets, each with its name, in which claims that bind nothing do.

    Denied ones stand beside all others, superseded ones in place of the facts that superseded them.
    """
    dataset = _revived(dataset)
    denied, superseded = _denied(dataset), _superseded(dataset)
    if denied:
        yield IF_DENIED, believing(dataset, denied)
    if superseded:
        later = {str(follower) for name in superseded if (follower := dataset.facts[name].superseded_by) is not None}
        yield IF_SUPERSEDED, without_facts(believing(dataset, superseded), later.difference(superseded))


def _revived(dataset: Dataset) -> Dataset:
    """The dataset in which claims are believed that only facts which are not here superseded."""
    revived = [
        fact.id for fact in dataset.facts.values()
        if fact.superseded_by is not None and fact.superseded_by not in dataset.facts and fact.status != "denied"
    ]  # fmt: skip
    return believing(dataset, revived) if revived else dataset


def _denied(dataset: Dataset) -> tuple[str, ...]:
    return tuple(fact.id for fact in dataset.facts.values() if fact.status == "denied" and fact.id not in dataset.believed)


def _superseded(dataset: Dataset) -> tuple[str, ...]:
    """The facts that are superseded by one that is here, or by nobody says what."""
    return tuple(
        fact.id for fact in dataset.facts.values()
        if (fact.superseded_by is not None or fact.status == "superseded") and fact.status != "denied" and fact.id not in dataset.believed
    )  # fmt: skip


def believing(dataset: Dataset, names: Iterable[str]) -> Dataset:
    """The dataset in which these facts bind, whatever their status, and nothing takes their place."""
    chosen = frozenset(names)
    facts = {
        name: superseded_by(fact, None) if name in chosen and fact.superseded_by is not None else fact
        for name, fact in dataset.facts.items()
    }
    return attrs.evolve(dataset, facts=facts, believed=dataset.believed | chosen)


def without_facts(dataset: Dataset, names: Iterable[str]) -> Dataset:
    """The dataset as it is read now without some facts, and without those that rest on them."""
    dropped = set(names)
    while dropped and (more := {
        fact.id for fact in dataset.facts.values()
        if fact.id not in dropped and not dropped.isdisjoint(dataset.parts_of(fact))
    }):  # fmt: skip
        dropped |= more
    facts = {name: fact for name, fact in dataset.facts.items() if name not in dropped}
    return attrs.evolve(dataset, facts=facts) if dropped else dataset
