"""Who says what: sources and speakers, and which of their facts bind, since denied and superseded ones do not."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from rehabfacts.dataset import Ambiguity, Dataset
from rehabfacts.schema import Fact, Kind

IF_DENIED, IF_SUPERSEDED = "with denied facts", "with superseded facts"
"""The names of the worlds in which claims that bind nothing do."""


def sources_of(dataset: Dataset) -> tuple[str, ...]:
    """The sources that facts come from, in the order of their ids."""
    return tuple(sorted({fact.source for fact in every_fact(dataset) if fact.source is not None}))


def speakers_of(dataset: Dataset) -> tuple[str, ...]:
    """Whom sources say facts from, in the order of their ids."""
    return tuple(sorted({str(fact.according_to) for fact in every_fact(dataset) if fact.according_to is not None}))


def voice_of(fact: Fact) -> str | None:
    """Who answers for a fact: whom the source says it from, or else the source."""
    return fact.source if fact.according_to is None else fact.according_to


def every_fact(dataset: Dataset) -> Iterator[Fact]:
    """The facts of the dataset, and those of all its readings; one that reads differently comes once for each reading."""
    yield from dataset.facts.values()
    for ambiguity in dataset.ambiguities:
        for reading in ambiguity.readings:
            yield from reading.facts.values()


def only(dataset: Dataset, keep: Callable[[Fact], bool]) -> Dataset:
    """The dataset, in every reading, without the facts that are not kept and those that rest on them."""
    dropped = {fact.id for fact in every_fact(dataset) if not keep(fact)}
    resting = [(fact.id, frozenset(parts_of(dataset, fact))) for fact in every_fact(dataset)] if dropped else []
    while more := {name for name, parts in resting if name not in dropped and not parts.isdisjoint(dropped)}:
        dropped |= more
    if not dropped:
        return dataset
    ambiguities = tuple(filter(None, (_ambiguity_without(each, dropped) for each in dataset.ambiguities)))
    names = {each.name for each in ambiguities}
    facts = {name: _relinked(fact, dataset, dropped) for name, fact in _facts_without(dataset.facts, dropped).items()}
    taken = {name: reading for name, reading in dataset.taken.items() if name in names}
    return attrs.evolve(dataset, facts=facts, ambiguities=ambiguities, taken=taken)


def _relinked(fact: Fact, dataset: Dataset, dropped: set[str]) -> Fact:
    """The fact, superseded by the first fact that is left of those that took its place one after the other, if one is."""
    follower, passed = fact.superseded_by, set[str]()
    while follower in dropped:
        after = dataset.facts.get(str(follower))
        if after is None or after.superseded_by is None or after.id in passed:
            return fact
        passed.add(after.id)
        follower = after.superseded_by
    return fact if follower == fact.superseded_by else _superseded_by(fact, follower)


def _superseded_by(fact: Fact, follower: str | None) -> Fact:
    changed: Fact = attrs.evolve(fact, superseded_by=follower)  # type: ignore[misc]  # every fact is an attrs value
    return changed


def parts_of(dataset: Dataset, fact: Fact) -> Iterator[str]:
    """What a fact refers to and cannot be understood without."""
    for field in dataset.type_of(fact).fields.values():
        target = getattr(fact, field.name) if field.kind is Kind.ROLE and field.name != "superseded_by" else None
        if target is not None:
            yield target


def _facts_without(facts: Mapping[str, Fact], dropped: set[str]) -> dict[str, Fact]:
    return {name: fact for name, fact in facts.items() if name not in dropped}


def _ambiguity_without(ambiguity: Ambiguity, dropped: set[str]) -> Ambiguity | None:
    """The passage with the facts that are left in each reading; None if nothing is."""
    readings = tuple(attrs.evolve(each, facts=_facts_without(each.facts, dropped)) for each in ambiguity.readings)
    return attrs.evolve(ambiguity, readings=readings) if any(each.facts for each in readings) else None


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
        name: _superseded_by(fact, None) if name in chosen and fact.superseded_by is not None else fact
        for name, fact in dataset.facts.items()
    }
    return attrs.evolve(dataset, facts=facts, believed=dataset.believed | chosen)


def without_facts(dataset: Dataset, names: Iterable[str]) -> Dataset:
    """The dataset as it is read now without some facts, and without those that rest on them."""
    dropped = set(names)
    while dropped and (more := {
        fact.id for fact in dataset.facts.values()
        if fact.id not in dropped and not dropped.isdisjoint(parts_of(dataset, fact))
    }):  # fmt: skip
        dropped |= more
    return dataset.without(dropped) if dropped else dataset
