"""Paths of formulas checked against the schema: typed routes."""

from collections.abc import Mapping

from rehabfacts.errors import InvalidFormula, nearest
from rehabfacts.rules.formulas import Path
from rehabfacts.rules.plans import Route
from rehabfacts.schema import Field, Kind, RecordType, Schema, TimelineKind

_KIND_OF = {TimelineKind.PERIOD: Kind.PERIOD, TimelineKind.MOMENT: Kind.DATE}
_ENDS = ("start", "end", "length")


class Routes:
    """Walks the paths of one formula, whose variables range over the types of `scope`.

    Those of `several` stand for all records that the rule's `over` finds: they are only added up.
    """

    def __init__(self, text: str, schema: Schema, scope: Mapping[str, str], several: Mapping[str, str]) -> None:
        self.text = text
        self._schema, self._scope, self._several = schema, scope, several
        self._walked: dict[tuple[str, ...], tuple[Route, str]] = {}

    def fail(self, cause: str, column: int, hint: str = "", code: str = "E-TYPE") -> InvalidFormula:
        """The exception for a mistake at a column of the formula."""
        return InvalidFormula(self.text, cause, column, hint, code)

    def walk(self, path: Path) -> tuple[Route, str]:
        """The route of a path, and `start`, `end` or `length` if it names one of a period."""
        variable = path.names[0]
        if variable in self._several:
            raise self.fail(f"{variable!r} stands for all that over finds", path.column, f"add them up, as in sum {path}")
        if variable not in self._scope:
            raise self.fail(f"no variable {variable!r}", path.column, nearest(variable, self._scope), "E-REF")
        return self._walk(path, self._schema[self._scope[variable]])

    def walk_every(self, path: Path, word: str) -> tuple[Route, str]:
        """As `walk`, for a path from a variable of `over` after the word of an aggregate."""
        variable = path.names[0]
        if variable not in self._several:
            hint = "" if self._several else "as in over: {s: Share, where: s.whole = w}"
            raise self.fail(f"expected a variable of over after {word!r}, got {variable!r}", path.column, hint or nearest(variable, self._several))
        return self._walk(path, self._schema[self._several[variable]])

    def _walk(self, path: Path, record: RecordType) -> tuple[Route, str]:
        found = self._walked.get(path.names)
        if found is None:
            found = self._walked[path.names] = self._route(path, record)
        return found

    def _route(self, path: Path, record: RecordType) -> tuple[Route, str]:
        variable, *names = path.names
        roles: list[str] = []
        facts: list[bool] = []
        column = path.column + len(variable) + 1
        for at, name in enumerate(names):
            field = record.fields.get(name)
            if field is None or field.kind is not Kind.ROLE:
                kind = self._leaf(record, name, column)
                unit = field.unit if field is not None else ""
                route = Route(variable, tuple(roles), tuple(facts), name, kind, record.name, name in record.timelines, unit)
                return route, self._end(route, names[at + 1 :], column + len(name) + 1)
            roles.append(name)
            record = self._schema[field.target]
            facts.append(record.is_fact)
            column += len(name) + 1
        return Route(variable, tuple(roles), tuple(facts), "", Kind.ROLE, record.name), ""

    def _leaf(self, record: RecordType, name: str, column: int) -> Kind:
        timeline = record.timelines.get(name)
        if timeline is not None:
            return _KIND_OF[timeline]
        field: Field | None = record.fields.get(name)
        if field is None:
            known = (*record.fields, *record.timelines)
            raise self.fail(f"{record.name} has no {name!r}", column, nearest(name, known), "E-REF")
        return field.kind

    def _end(self, route: Route, rest: list[str], column: int) -> str:
        if not rest:
            return ""
        if route.kind is not Kind.PERIOD or len(rest) > 1 or rest[0] not in _ENDS:
            hint = "a period has .start, .end and .length" if route.kind is Kind.PERIOD else ""
            raise self.fail(f"{route.leaf!r} of {route.type} has no {'.'.join(rest)!r}", column, hint, "E-REF")
        return rest[0]
