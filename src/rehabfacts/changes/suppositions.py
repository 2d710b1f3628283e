"""Suppositions: a dataset with facts left out or fields set otherwise, without touching any file."""

from collections.abc import Callable, Iterable, Mapping

import attrs

from rehabfacts.checker.provenance.stated import SUPPOSED
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date
from rehabfacts.errors import InvalidInput, NoSuchThing, Problem, nearest
from rehabfacts.loading.values import ValueReader
from rehabfacts.loading.yaml_tree import Text
from rehabfacts.names import Reasons
from rehabfacts.periods import Period
from rehabfacts.schema import Fact, Field


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
    """The dataset as it would be, in every reading. A fact that refers to one left out is left out too.

    Raises NoSuchThing for facts and fields, InvalidInput for values that do not fit or contradict the roles of others.

    >>> from rehabfacts import builtin
    >>> supposed = suppose(builtin.dataset(), [Supposition("commission-1993-created", "date", "1992")])
    >>> print(supposed.facts["commission-1993-created"].date)
    1992
    """
    suppositions = tuple(suppositions)
    for each in suppositions:
        _check_known(dataset, each)
    supposed = dataset
    for each in suppositions:
        if each.field:
            supposed = _everywhere(supposed, each)
    problems = tuple(supposed.circle_problems())
    if problems:
        raise InvalidInput(problems)
    dropped = {each.fact for each in suppositions if not each.field}
    return supposed.without(dropped)


def _check_known(dataset: Dataset, supposition: Supposition) -> None:
    known = {fact.id for fact in dataset.iter_facts()}
    name = supposition.fact
    if name in known:
        return
    if name in dataset.entities:
        raise NoSuchThing("fact", name, f"it is an entity, a {type(dataset.entities[name]).__name__}; only facts can be supposed otherwise")
    raise NoSuchThing("fact", name, nearest(name, known))


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
    supposed = {field.name: _read(fact, field, supposition.text), "inferred": Reasons({**(fact.inferred or {}), field.name: SUPPOSED})}
    changed: Fact = attrs.evolve(fact, **supposed)  # type: ignore[misc]  # every fact is an attrs value
    problem = next(iter(dataset.role_problems_of(changed)), None)
    if problem is not None:
        raise InvalidInput((problem,))
    return changed


def _read(fact: Fact, field: Field, text: str) -> object:
    """What a text says in a field, days in the calendar of what stands there."""
    stated = getattr(fact, field.name)
    reader = ValueReader("--set", calendar=stated.calendar if isinstance(stated, Date | Period) else "gregorian")
    value = reader.read(field, Text(text, 0, 0, is_plain=True), reader.calendar)
    if reader.errors or (value is None and field.is_required):
        raise InvalidInput(tuple(reader.problems) or (Problem("E-USAGE", f"{field.name} of {fact.id} cannot be left empty"),))
    return value
