"""Suppositions: a dataset with facts left out or fields set otherwise, without touching any file."""

from collections.abc import Callable, Iterable, Mapping

import attrs

from rehabfacts.dataset import Dataset
from rehabfacts.errors import InvalidInput, NoSuchThing, Problem, nearest
from rehabfacts.loading.values import ValueReader
from rehabfacts.loading.yaml_tree import Text
from rehabfacts.schema import Fact


@attrs.frozen
class Supposition:
    """A field of a fact set to what a text says, an empty text to nothing; or, without a field, the fact left out."""

    fact: str
    field: str = ""
    text: str = ""

    @classmethod
    def parse(cls, text: str) -> "Supposition":
        """Reads `FACT.field=value`. Raises InvalidInput."""
        target, equals, value = text.partition("=")
        fact, dot, field = target.rpartition(".")
        if not (equals and dot and fact and field):
            raise InvalidInput((Problem("E-USAGE", f"expected FACT.field=value, found {text!r}", "as in law-adopted.date=1999-04-29"),))
        return cls(fact, field, value)


def suppose(dataset: Dataset, suppositions: Iterable[Supposition]) -> Dataset:
    """The dataset as it would be, in every reading. Raises NoSuchThing for facts and fields, InvalidInput for values."""
    for each in suppositions:
        known = {*dataset.facts, *(name for ambiguity in dataset.ambiguities for reading in ambiguity.readings for name in reading.facts)}
        if each.fact not in known:
            raise NoSuchThing("fact", each.fact, nearest(each.fact, known))
        dataset = _everywhere(dataset, each) if each.field else _left_out(dataset, each.fact)
    return dataset


def _left_out(dataset: Dataset, name: str) -> Dataset:
    return _changed(dataset, lambda facts: {key: fact for key, fact in facts.items() if key != name})


def _everywhere(dataset: Dataset, supposition: Supposition) -> Dataset:
    def change(facts: Mapping[str, Fact]) -> dict[str, Fact]:
        return {key: _set(dataset, fact, supposition) if key == supposition.fact else fact for key, fact in facts.items()}

    return _changed(dataset, change)


def _changed(dataset: Dataset, change: Callable[[Mapping[str, Fact]], dict[str, Fact]]) -> Dataset:
    ambiguities = tuple(
        attrs.evolve(each, readings=tuple(attrs.evolve(reading, facts=change(reading.facts)) for reading in each.readings))
        for each in dataset.ambiguities
    )
    return attrs.evolve(dataset, facts=change(dataset.facts), ambiguities=ambiguities)


def _set(dataset: Dataset, fact: Fact, supposition: Supposition) -> Fact:
    fields = dataset.type_of(fact).fields
    field = fields.get(supposition.field)
    if field is None or field.name == "id":
        raise NoSuchThing(f"field of {type(fact).__name__}", supposition.field, nearest(supposition.field, fields))
    reader = ValueReader("--set")
    value = reader.read(field, Text(supposition.text, 0, 0, is_plain=True), reader.calendar)
    if reader.errors or (value is None and field.is_required):
        raise InvalidInput(tuple(reader.problems) or (Problem("E-USAGE", f"{field.name} of {fact.id} cannot be left empty"),))
    changed: Fact = attrs.evolve(fact, **{field.name: value})  # type: ignore[misc]  # every fact is an attrs value
    problem = next(iter(dataset.role_problems_of(changed)), None)
    if problem is not None:
        raise InvalidInput((problem,))
    return changed
