"""Hash joins over records: bindings of variables to records that pass a plan's tests."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any

from rehabfacts.dataset import Dataset, Record
from rehabfacts.periods import Period
from rehabfacts.plain import plain
from rehabfacts.rules.plans import AnyOf, Ascending, Like, Route, Same, Scan, Stated, Test, routes_of

Binding = tuple[Record, ...]
Reader = Callable[[Binding], Any]
Places = Mapping[str, int]


def record_reader(dataset: Dataset, route: Route, places: Places) -> Reader:
    """A function from a binding to the record at which a route's roles end; None where a role is not stated."""
    at, roles, records = places[route.variable], route.roles, dataset.records
    if not roles:
        return lambda binding: binding[at]

    def read(binding: Binding) -> Record | None:
        record = binding[at]
        for role in roles:
            target = getattr(record, role)
            if target is None:
                return None
            record = records[target]
        return record

    return read


def value_reader(dataset: Dataset, route: Route, places: Places) -> Reader:
    """A function from a binding to what stands at the end of a route: a record's id or a field's value."""
    read, leaf = record_reader(dataset, route, places), route.leaf or "id"

    def value(binding: Binding) -> Any:
        record = read(binding)
        return None if record is None else getattr(record, leaf)

    return value


def test_of(dataset: Dataset, test: Test, places: Places) -> Callable[[Binding], bool]:
    """A test as a function of a binding. Two values are the same if both are stated and equal as written (or neither is stated)."""
    if isinstance(test, Stated):
        return _stated(value_reader(dataset, test.route, places), test)
    if isinstance(test, Like):
        return _like(value_reader(dataset, test.route, places), test)
    if isinstance(test, Ascending):
        first, second = value_reader(dataset, test.left, places), value_reader(dataset, test.right, places)
        return lambda binding: _comes_before(first(binding), second(binding))
    if isinstance(test, AnyOf):
        groups = [[test_of(dataset, each, places) for each in group] for group in test.groups]
        return lambda binding: any(all(passes(binding) for passes in group) for group in groups)
    left, expected = value_reader(dataset, test.left, places), not test.is_negated
    if isinstance(test.right, str):
        text = test.right
        return lambda binding: (value := left(binding)) is not None and (_written(value) == text) is expected
    right, or_neither = value_reader(dataset, test.right, places), test.or_neither

    def holds(binding: Binding) -> bool:
        one, two = left(binding), right(binding)
        if one is None or two is None:
            return or_neither and (one is two) is expected
        return (one == two) is expected

    return holds


def _comes_before(one: str | None, two: str | None) -> bool:
    return one is not None and two is not None and one < two


def _written(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


_LIKE: Mapping[str, Callable[[str, str], bool]] = {"starts with": str.startswith, "ends with": str.endswith, "contains": str.__contains__}


def _like(read: Reader, test: Like) -> Callable[[Binding], bool]:
    is_like, text = _LIKE[test.relation], test.text

    def holds(binding: Binding) -> bool:
        value = read(binding)
        if value is None or value == ():
            return False
        texts = (value,) if isinstance(value, str) else value.values() if isinstance(value, Mapping) else value
        return any(is_like(each, text) for each in texts) is not test.is_negated

    return holds


def _stated(read: Reader, test: Stated) -> Callable[[Binding], bool]:
    def is_stated(binding: Binding) -> bool:
        value = read(binding)
        if test.end and isinstance(value, Period):
            kinds = {"start": (value.start_kind,), "end": (value.end_kind,), "length": (value.start_kind, value.end_kind)}[test.end]
            return all(kind == "date" for kind in kinds)
        return value is not None and value != () and value != ""

    return lambda binding: is_stated(binding) is not test.is_negated


@plain
class _Step:
    """One scan: its records, an index and a key into it where a test links it to what is bound, and filters.

    `links_none` says that what states nothing is linked to what states nothing either.
    """

    records: tuple[Record, ...]
    index: Mapping[Hashable, list[Record]] | None
    key: Reader | None
    filters: tuple[Callable[[Binding], bool], ...]
    links_none: bool = False

    def _candidates(self, binding: Binding) -> tuple[Record, ...] | list[Record]:
        if self.index is None or self.key is None:
            return self.records
        key = self.key(binding)
        return self.index.get(key, ()) if key is not None or self.links_none else ()

    def extended(self, bindings: Iterator[Binding]) -> Iterator[Binding]:
        """Each binding with each of its candidates that passes."""
        found: Iterator[Binding] = ((*binding, record) for binding in bindings for record in self._candidates(binding))
        for passes in self.filters:
            found = filter(passes, found)
        return found


class Join:
    """The bindings of scans, in their order, that pass every test; `before` names what is bound already."""

    def __init__(self, dataset: Dataset, scans: tuple[Scan, ...], tests: tuple[Test, ...], before: tuple[str, ...] = ()) -> None:
        self._dataset = dataset
        self._tests = list(tests)
        self._bound = list(before)
        self._steps = [self._step(name, type_name) for name, type_name in scans]

    @property
    def cost(self) -> int:
        """An upper estimate of the bindings to look at: the product of the scans that no index serves."""
        cost = 1
        for step in self._steps:
            cost *= len(step.records) if step.index is None else 1
        return cost

    def rows(self, binding: Binding = ()) -> Iterator[Binding]:
        """The bindings that extend the given one."""
        found: Iterator[Binding] = iter((binding,))
        for step in self._steps:
            found = step.extended(found)
        return found

    def _step(self, name: str, type_name: str) -> _Step:
        records = self._dataset.of_type(type_name)
        index = key = None
        links = [each for each in self._tests if isinstance(each, Same) and self._links(each, name)]
        link = min(links, key=lambda each: each.or_neither, default=None)
        if link is not None and isinstance(link.right, Route):
            self._tests.remove(link)
            near, far = (link.left, link.right) if link.left.variable == name else (link.right, link.left)
            index = self._index(records, near)
            key = value_reader(self._dataset, far, self._places())
        self._bound.append(name)
        ready = [each for each in self._tests if _variables(each) <= set(self._bound)]
        self._tests = [each for each in self._tests if each not in ready]
        filters = tuple(test_of(self._dataset, each, self._places()) for each in ready)
        return _Step(records, index, key, filters, link is not None and link.or_neither)

    def _places(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self._bound)}

    def _links(self, test: Same, name: str) -> bool:
        if test.is_negated or isinstance(test.right, str):
            return False
        ends = (test.left.variable, test.right.variable)
        return name in ends and any(end in self._bound for end in ends)

    def _index(self, records: tuple[Record, ...], route: Route) -> Mapping[Hashable, list[Record]]:
        read = value_reader(self._dataset, route, {route.variable: 0})
        index: dict[Hashable, list[Record]] = {}
        for record in records:
            index.setdefault(read((record,)), []).append(record)
        return index


def _variables(test: Test) -> set[str]:
    return {route.variable for route in routes_of(test)}
