"""Entities and facts of a schema: drawn with their roles and words, before anything is said of times and numbers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs
from hypothesis import strategies as st

from rehabfacts.dataset import Dataset
from rehabfacts.names import Names
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Entity, Fact, Field, Kind, RecordType, Schema
from rehabfacts.testing.notations import Draw

_ROOTS = ("Entity", "Fact")
_KEPT = frozenset(("id", "source", "quote", "cites", "according_to", "status", "superseded_by", "inferred", "note", "mentions"))
"""Fields that every record has: who says it and how, which no drawn fact needs."""

_WORDS = ("one", "two", "three")
_DEEP = 4
_NEW = "+"


def own_fields(kind: RecordType) -> tuple[Field, ...]:
    """The fields that the type itself brings, or that must be given."""
    return tuple(each for name, each in kind.fields.items() if name != "id" and (name not in _KEPT or each.is_required))


def with_values(fact: Fact, **values: Any) -> Fact:
    """A copy of the fact with other values."""
    changed: Fact = attrs.evolve(fact, **values)  # type: ignore[misc]  # every fact is an attrs value
    return changed


def drawn_words(draw: Draw, kind: RecordType) -> dict[str, Any]:
    """Texts, choices and flags of a record; what may be left out sometimes is."""
    found = {each.name: _WORD_STRATEGIES[each.kind](each) for each in own_fields(kind) if each.kind in _WORD_STRATEGIES}
    return {
        name: draw(strategy) for name, strategy in found.items()
        if kind.fields[name].is_required or draw(st.booleans())
    }  # fmt: skip


_WORD_STRATEGIES: Mapping[Kind, Callable[[Field], st.SearchStrategy[Any]]] = {
    Kind.TEXT: lambda _: st.sampled_from(_WORDS),
    Kind.TEXTS: lambda _: st.lists(st.sampled_from(_WORDS), max_size=2).map(tuple),
    Kind.CHOICE: lambda field: st.sampled_from(field.choices),
    Kind.FLAG: lambda _: st.booleans(),
    Kind.NAMES: lambda _: st.sampled_from(_WORDS).map(lambda word: Names(en=word)),
}


def concrete(schema: Schema, names: Iterable[str], *, is_fact: bool) -> tuple[str, ...]:
    """The entity types, or the fact types, among the named ones and what derives from them."""
    every = (sub for name in names for sub in schema.subtypes(name))
    return tuple(dict.fromkeys(each for each in every if each not in _ROOTS and schema[each].is_fact is is_fact))


def types_of_rules(schema: Schema, rules: Sequence[Rule]) -> tuple[str, ...]:
    """The fact types that rules bind variables to; all of the schema where they bind none."""
    subqueries = (each for rule in rules for each in rule.plan.subqueries)
    scans = (*(scan for rule in rules for scan in rule.plan.scans), *(scan for each in subqueries for scan in each.scans))
    return concrete(schema, (name for _, name in scans), is_fact=True) or concrete(schema, ("Fact",), is_fact=True)


@attrs.define
class Skeleton:
    """Records with their roles filled, without times and numbers."""

    schema: Schema
    draw: Draw
    sources: tuple[str | None, ...]
    most: int
    entities: dict[str, Entity] = attrs.field(factory=dict)
    facts: dict[str, Fact] = attrs.field(factory=dict)

    def add_fact(self, name: str, deep: int = 0) -> str | None:
        """The id of a new fact of a type; None where a role that it needs cannot be filled."""
        kind = self.schema[name]
        values = drawn_words(self.draw, kind)
        for field in own_fields(kind):
            if field.kind is Kind.ROLE and (field.is_required or self.draw(st.booleans())):
                values[field.name] = self._target(field.target, frozenset(map(str, values.values())), deep)
                if values[field.name] is None and field.is_required:
                    return None
        missing = {each.name: None for each in own_fields(kind) if each.is_required and each.name not in values}
        return self._keep(kind.cls(id=self._fresh(name, self.facts), source=self.draw(st.sampled_from(self.sources)), **missing, **values))

    def _keep(self, fact: Fact) -> str | None:
        found = Dataset(self.schema, self.entities, {**self.facts, fact.id: fact})
        if self.schema[type(fact).__name__].hierarchy and next(found.circle_problems(), None) is not None:
            return None
        self.facts[fact.id] = fact
        return fact.id

    def _target(self, name: str, taken: frozenset[str], deep: int) -> str | None:
        """A record that a role of this type can name: one that is there, or a new one; seldom one that another role names."""
        there = [each.id for each in (*self.entities.values(), *self.facts.values()) if type(each).__name__ in self.schema.subtypes(name)]
        free = [each for each in there if each not in taken]
        makers = (*concrete(self.schema, (name,), is_fact=False), *concrete(self.schema, (name,), is_fact=True))
        can_add = bool(makers) and deep < _DEEP and len(there) < self.most
        choices = [*free, *([_NEW] if can_add else [])]
        if not choices:
            return there[0] if there else None
        chosen = self.draw(st.sampled_from(choices))
        return chosen if chosen != _NEW else self._add(self.draw(st.sampled_from(makers)), deep + 1)

    def _add(self, name: str, deep: int) -> str | None:
        kind = self.schema[name]
        if kind.is_fact:
            return self.add_fact(name, deep)
        entity = kind.cls(id=self._fresh(name, self.entities), **drawn_words(self.draw, kind))
        self.entities[entity.id] = entity
        return str(entity.id)

    def _fresh(self, name: str, known: Mapping[str, Any]) -> str:
        number = 1 + sum(type(each).__name__ == name for each in known.values())
        stem = "".join(f"-{each.lower()}" if each.isupper() else each for each in name).strip("-")
        word = "fact-" if self.schema[name].is_fact else ""
        return f"{word}{stem}-{number}"
