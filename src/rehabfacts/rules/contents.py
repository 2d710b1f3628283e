"""What a plan is made of, wherever in it that stands, and the same plan with other names for its variables."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import attrs

from rehabfacts.rules.plans import Plan, Route, Same, Stated, Subquery, Test

T = TypeVar("T")


def iter_within(thing: Any, kind: type[T]) -> Iterator[T]:
    """Every value of a kind in a plan or a part of one, in the order in which they stand; none inside of another."""
    if isinstance(thing, kind):
        yield thing
    elif isinstance(thing, tuple):
        for each in thing:
            yield from iter_within(each, kind)
    elif attrs.has(type(thing)):
        for field in attrs.fields(type(thing)):
            yield from iter_within(getattr(thing, field.name), kind)


def renamed(thing: Any, names: Mapping[str, str]) -> Any:
    """A plan, or a part of one, that calls its variables otherwise."""
    if isinstance(thing, tuple):
        return tuple(renamed(each, names) for each in thing)
    if not attrs.has(type(thing)):
        return thing
    changed = {each.name: renamed(getattr(thing, each.name), names) for each in attrs.fields(type(thing)) if each.name != "scans"}
    if isinstance(thing, Route):
        changed["variable"] = names.get(thing.variable, thing.variable)
    if isinstance(thing, Plan | Subquery):
        changed["scans"] = tuple((names.get(name, name), type_name) for name, type_name in thing.scans)
    return attrs.evolve(thing, **changed)


def seem_to_exclude(tests: Iterable[Test]) -> bool:
    """Whether two of the tests are at odds at first sight: of one place two texts, or the same and its opposite."""
    found: dict[str, set[str | bool]] = {}
    for test in tests:
        if isinstance(test, Same):
            found.setdefault(f"{test.left} = {test.right}", set()).add(test.is_negated)
            if isinstance(test.right, str) and not test.is_negated:
                found.setdefault(str(test.left), set()).add(test.right)
        elif isinstance(test, Stated):
            found.setdefault(f"{test.route} {test.end}", set()).add(test.is_negated)
    return any(len(said) > 1 for said in found.values())
