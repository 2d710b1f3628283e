"""Formulas checked against the schema and lowered to the atoms of a plan."""

import itertools
import math
from collections.abc import Mapping

from rehabfacts.dates import Date, Period
from rehabfacts.errors import InvalidDate, InvalidFormula, InvalidQuantity, nearest
from rehabfacts.quantities import Quantity
from rehabfacts.rules.formulas import And, Comparison, Formula, Known, Literal, Not, Or, Path, Shifted, Term
from rehabfacts.rules.plans import AtMost, Branch, Constant, Point, Route, Same, Stated, Test
from rehabfacts.rules.relations import NEGATIVE, POINT_RELATIONS, SPAN_RELATIONS
from rehabfacts.schema import Kind, RecordType, Schema, TimelineKind

_MOST_BRANCHES = 64
_TIMES = (Kind.DATE, Kind.PERIOD)
_WRITTEN = (Kind.ROLE, Kind.TEXT, Kind.CHOICE, Kind.FLAG)
_KIND_OF = {TimelineKind.PERIOD: Kind.PERIOD, TimelineKind.MOMENT: Kind.DATE}

Ends = dict[str, "tuple[Point | Constant, int, int]"]
"""The start `s` and end `e` of a side, each with the days and months by which it is shifted."""


class Lowering:
    """Lowers the formulas of one rule, whose variables range over the given types."""

    def __init__(self, text: str, schema: Schema, scope: Mapping[str, str]) -> None:
        self._text, self._schema, self._scope = text, schema, scope

    def branches(self, formula: Formula, *, holds: bool = True) -> tuple[Branch, ...]:
        """The formula (or its negation) as branches of which one must hold."""
        match formula:
            case Not(part):
                return self.branches(part, holds=not holds)
            case And(parts) | Or(parts):
                each = [self.branches(part, holds=holds) for part in parts]
                if isinstance(formula, And) is not holds:
                    return tuple(itertools.chain.from_iterable(each))
                if math.prod(map(len, each)) > _MOST_BRANCHES:
                    raise self._fail(f"expected a formula of at most {_MOST_BRANCHES} alternatives", 1, code="E-LIMIT-EXPR")
                return tuple(tuple(itertools.chain.from_iterable(chosen)) for chosen in itertools.product(*each))
            case Known():
                return ((self._stated(formula, holds=holds),),)
            case Comparison():
                return self._comparison(formula, holds=holds)

    def where(self, formula: Formula) -> tuple[tuple[Test, ...], Formula | None]:
        """The tests that join and filter, and what is left: comparisons of uncertain values, an antecedent."""
        parts = formula.parts if isinstance(formula, And) else (formula,)
        tests: list[Test] = []
        rest: list[Formula] = []
        for part in parts:
            test = self._test(part)
            if test is None:
                rest.append(part)
            else:
                tests.append(test)
        return tuple(tests), And(tuple(rest)) if rest else None

    def tests(self, formula: Formula) -> tuple[Test, ...]:
        """As `where`, for a place where nothing uncertain may be asked."""
        tests, rest = self.where(formula)
        if rest is not None:
            raise self._fail(f"expected only ids, texts and 'is known' here, got {rest}", 1)
        return tests

    def route(self, path: Path) -> Route:
        """The typed route of a path that names a record or a whole field."""
        route, end = self._walk(path)
        if end:
            raise self._fail(f"expected a record or a field, got its {end}", path.column)
        return route

    def _fail(self, cause: str, column: int, hint: str = "", code: str = "E-TYPE") -> InvalidFormula:
        return InvalidFormula(self._text, cause, column, hint, code)

    def _test(self, part: Formula) -> Test | None:
        negated = isinstance(part, Not)
        inner = part.part if isinstance(part, Not) else part
        if isinstance(inner, Known):
            return self._stated(inner, holds=not negated)
        if isinstance(inner, Comparison) and inner.relation in {"=", "!="}:
            return self._same(inner, holds=not negated, as_written=True)
        return None

    def _stated(self, known: Known, *, holds: bool) -> Stated:
        route, end = self._walk(known.path)
        if route.is_timeline:
            raise self._fail(f"expected a field that a fact states, {route.leaf} is derived", known.path.column)
        return Stated(route, end, known.is_known is not holds)

    def _comparison(self, comparison: Comparison, *, holds: bool) -> tuple[Branch, ...]:
        if comparison.relation in NEGATIVE:
            positive = Comparison(comparison.left, NEGATIVE[comparison.relation], comparison.right, comparison.column)
            return self._comparison(positive, holds=not holds)
        same = self._same(comparison, holds=holds, as_written=False)
        if same is not None:
            return ((same,),)
        atoms = self._atoms(comparison)
        return (atoms,) if holds else tuple((atom.negated(),) for atom in atoms)

    def _same(self, comparison: Comparison, *, holds: bool, as_written: bool) -> Same | None:
        """The comparison as one of ids and texts; None if it is one of times or numbers."""
        left, right = comparison.left, comparison.right
        if isinstance(left, Literal):
            left, right = right, left
        if not isinstance(left, Path) or not isinstance(right, Path | Literal):
            return None
        one, end = self._walk(left)
        negated = (comparison.relation == "!=") is holds
        if isinstance(right, Literal):
            if one.kind not in _WRITTEN:
                return None
            return Same(one, right.text, negated)
        two, other_end = self._walk(right)
        if one.kind in _WRITTEN or two.kind in _WRITTEN:
            return self._same_written(comparison, one, two, negated=negated)
        written = as_written and not (end or other_end or one.is_timeline or two.is_timeline)
        return Same(one, two, negated) if written else None

    def _same_written(self, comparison: Comparison, one: Route, two: Route, *, negated: bool) -> Same:
        if comparison.relation not in {"=", "!="}:
            raise self._fail(f"expected times or numbers beside {comparison.relation!r}", comparison.column)
        if (one.kind is Kind.ROLE) is not (two.kind is Kind.ROLE) or two.kind in _TIMES or one.kind in _TIMES:
            raise self._fail(f"cannot compare {one} with {two}", comparison.column)
        return Same(one, two, negated)

    def _atoms(self, comparison: Comparison) -> tuple[AtMost, ...]:
        relation = comparison.relation
        kind = self._common_kind(comparison)
        if relation in POINT_RELATIONS:
            if kind is Kind.PERIOD:
                raise self._fail(f"{relation!r} compares dates or quantities, not periods", comparison.column, "name .start or .end, or say before, until, within")
            steps = POINT_RELATIONS[relation]
        else:
            if kind is Kind.QUANTITY:
                raise self._fail(f"{relation!r} compares dates or periods, not quantities", comparison.column)
            steps = SPAN_RELATIONS[relation]
        sides = {
            "A": self._ends(comparison.left, kind, whole=relation in SPAN_RELATIONS),
            "B": self._ends(comparison.right, kind, whole=relation in SPAN_RELATIONS),
        }
        return tuple(self._step(sides[low[0]][low[1]], sides[high[0]][high[1]], days, comparison) for low, high, days in steps)

    def _step(
        self, low: tuple[Point | Constant, int, int], high: tuple[Point | Constant, int, int], days: int, comparison: Comparison
    ) -> AtMost:
        (one, low_days, low_months), (two, high_days, high_months) = low, high
        if low_months and high_months:
            raise self._fail("expected months or years on one side only", comparison.column)
        if high_months:
            return AtMost(one, two, high_days - low_days - days, high_months, is_inverse=True)
        return AtMost(one, two, days + low_days - high_days, low_months)

    def _common_kind(self, comparison: Comparison) -> Kind:
        kinds = [kind for kind in (self._kind(comparison.left), self._kind(comparison.right)) if kind is not None]
        if not kinds:
            raise self._fail("expected a path on one side", comparison.column)
        if any(kind not in (*_TIMES, Kind.QUANTITY) for kind in kinds):
            raise self._fail(f"expected times or numbers beside {comparison.relation!r}", comparison.column)
        if len(set(kinds)) == 2 and Kind.QUANTITY in kinds:
            raise self._fail("cannot compare a time with a quantity", comparison.column)
        return Kind.PERIOD if Kind.PERIOD in kinds else kinds[0]

    def _kind(self, term: Term) -> Kind | None:
        if isinstance(term, Shifted):
            return self._kind(term.term)
        if isinstance(term, Literal):
            return None
        route, end = self._walk(term)
        return Kind.DATE if end else route.kind

    def _ends(self, term: Term, kind: Kind, *, whole: bool) -> Ends:
        if isinstance(term, Shifted):
            if term.months and kind is Kind.QUANTITY:
                raise self._fail("a quantity has no months or years", term.column)
            ends = self._ends(term.term, kind, whole=whole)
            return {name: (point, term.days, term.months) for name, (point, _, _) in ends.items()}
        if isinstance(term, Literal):
            start, end = self._constants(term, kind, whole=whole)
            return {"s": (start, 0, 0), "e": (end, 0, 0)}
        route, end_name = self._walk(term)
        if route.kind is Kind.PERIOD and not end_name:
            return {name[0]: (Point(route, f"{route.leaf}.{name}"), 0, 0) for name in ("start", "end")}
        point = Point(route, f"{route.leaf}.{end_name}" if end_name else route.leaf)
        return {"s": (point, 0, 0), "e": (point, 0, 0)}

    def _constants(self, literal: Literal, kind: Kind, *, whole: bool) -> tuple[Constant, Constant]:
        try:
            if kind is Kind.QUANTITY:
                number = Quantity.parse(literal.text)
                constant = Constant(literal.text, number.least, number.most)
            elif whole:
                period = Period.parse(literal.text)
                return (
                    Constant(literal.text, period.start_earliest, period.start_latest),
                    Constant(f"{literal.text} end", period.end_earliest, period.end_latest),
                )
            else:
                date = Date.parse(literal.text)
                constant = Constant(literal.text, date.earliest, date.latest)
        except (InvalidDate, InvalidQuantity) as error:
            raise self._fail(str(error), literal.column, code=error.code) from None
        return constant, constant

    def _walk(self, path: Path) -> tuple[Route, str]:
        """The route of a path, and `start` or `end` if it names one end of a period."""
        variable, *names = path.names
        if variable not in self._scope:
            raise self._fail(f"no variable {variable!r}", path.column, nearest(variable, self._scope), "E-REF")
        record = self._schema[self._scope[variable]]
        roles: list[str] = []
        facts: list[bool] = []
        column = path.column + len(variable) + 1
        for at, name in enumerate(names):
            field = record.fields.get(name)
            if field is None or field.kind is not Kind.ROLE:
                return self._leaf(record, Route(variable, tuple(roles), tuple(facts), name, Kind.TEXT, record.name), names[at:], column)
            roles.append(name)
            record = self._schema[field.target]
            facts.append(record.is_fact)
            column += len(name) + 1
        return Route(variable, tuple(roles), tuple(facts), "", Kind.ROLE, record.name), ""

    def _leaf(self, record: RecordType, route: Route, names: list[str], column: int) -> tuple[Route, str]:
        name, *rest = names
        timeline = record.timelines.get(name)
        field = record.fields.get(name)
        if timeline is None and field is None:
            known = (*record.fields, *record.timelines)
            raise self._fail(f"{record.name} has no {name!r}", column, nearest(name, known), "E-REF")
        kind = _KIND_OF[timeline] if timeline else field.kind  # type: ignore[union-attr]  # one of the two is there
        found = Route(route.variable, route.roles, route.facts, name, kind, record.name, timeline is not None)
        if not rest:
            return found, ""
        if kind is not Kind.PERIOD or rest not in (["start"], ["end"]):
            raise self._fail(f"{name!r} of {record.name} has no {'.'.join(rest)!r}", column + len(name) + 1, "a period has .start and .end" if kind is Kind.PERIOD else "", "E-REF")
        return found, rest[0]
