"""Formulas checked against the schema and lowered to the atoms of a plan."""

import itertools
import math
from collections.abc import Mapping

from rehabfacts.rules.formulas import Aggregate, And, Comparison, Formula, Known, Literal, Not, Or, Path
from rehabfacts.rules.plans import Among, AnyOf, Ascending, Branch, Demand, Like, Route, Same, Stated, Test
from rehabfacts.rules.relations import NEGATIVE, POINT_RELATIONS, SAME_AS, SPAN_RELATIONS, TEXT_RELATIONS
from rehabfacts.rules.routes import Routes
from rehabfacts.rules.sums import inequality
from rehabfacts.rules.terms import Measure, Terms, parts_of
from rehabfacts.schema import Kind, Schema

_MOST_BRANCHES = 64
_TIMES = (Kind.DATE, Kind.PERIOD)
_TEXTS = (Kind.TEXT, Kind.CHOICE, Kind.NAMES, Kind.TEXTS)
_WRITTEN = (Kind.ROLE, Kind.TEXT, Kind.CHOICE, Kind.FLAG)


class Lowering:
    """Lowers the formulas of one rule, whose variables range over the given types, those of `several` only when added up."""

    def __init__(self, text: str, schema: Schema, scope: Mapping[str, str], several: Mapping[str, str] | None = None) -> None:
        self._routes = Routes(text, schema, scope, several or {})
        self._terms = Terms(self._routes)
        self._fail = self._routes.fail

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
        tests: list[Test] = []
        rest: list[Formula] = []
        for part in _conjuncts(formula):
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
        route, end = self._routes.walk(path)
        if end:
            raise self._fail(f"expected a record or a field, got its {end}", path.column)
        return route

    def _test(self, part: Formula, *, holds: bool = True) -> Test | None:
        """The part (or its negation) as a test of what is written; None if it asks of uncertain values."""
        match part:
            case Not(inner):
                return self._test(inner, holds=not holds)
            case And(parts) | Or(parts):
                tests = [self._test(each, holds=holds) for each in parts]
                if any(test is None for test in tests):
                    return None
                found = tuple(test for test in tests if test is not None)
                return AnyOf((found,) if isinstance(part, And) is holds else tuple((test,) for test in found))
            case Known():
                return self._stated(part, holds=holds)
        return self._test_comparison(part, holds=holds)

    def _test_comparison(self, part: Comparison, *, holds: bool) -> Test | None:
        fixed = self._fixed(part, holds=holds)
        if fixed is not None:
            return AnyOf(((),) if fixed else ())
        if part.relation in {"=", "!=", SAME_AS}:
            same = self._same(part, holds=holds, as_written=True)
            if same is None and part.relation == SAME_AS:
                raise self._fail(f"expected two fields that facts state beside {SAME_AS!r}", part.column)
            return same
        return self._like(part, holds=holds) or (self._ascending(part) if holds and part.relation == "<" else None)

    def _stated(self, known: Known, *, holds: bool) -> Stated:
        route, end = self._routes.walk(known.path)
        if route.is_timeline:
            raise self._fail(f"expected a field that a fact states, {route.leaf} is derived", known.path.column)
        return Stated(route, end, known.is_known is not holds)

    def _ascending(self, comparison: Comparison) -> Ascending | None:
        """`a < b` of two records: of each pair, one order is taken."""
        if not isinstance(comparison.left, Path) or not isinstance(comparison.right, Path):
            return None
        one, two = (self._routes.walk(path)[0] for path in (comparison.left, comparison.right))
        return Ascending(one, two) if one.kind is two.kind is Kind.ROLE else None

    def _comparison(self, comparison: Comparison, *, holds: bool) -> tuple[Branch, ...]:
        if comparison.relation == SAME_AS:
            raise self._fail(f"expected {SAME_AS!r} in where, beside ids and texts only", comparison.column)
        fixed = self._fixed(comparison, holds=holds)
        if fixed is not None:
            return ((),) if fixed else ()
        written = self._like(comparison, holds=holds) or self._same(comparison, holds=holds, as_written=False)
        if written is not None:
            return ((written,),)
        atoms: tuple[Demand, ...] = self._atoms(comparison)
        if holds is (comparison.relation in NEGATIVE):
            return tuple((atom.negated(),) for atom in atoms)
        return (atoms,)

    def _fixed(self, comparison: Comparison, *, holds: bool) -> bool | None:
        """Whether a parameter is what it is compared with; None if the comparison asks of more than that."""
        left, right = comparison.left, comparison.right
        if not (isinstance(left, Literal) and isinstance(right, Literal) and (left.parameter or right.parameter)):
            return None
        if comparison.relation not in {"=", "!="}:
            raise self._fail(f"expected a path on one side of {comparison.relation!r}", comparison.column)
        return (left.text == right.text) is (holds is (comparison.relation == "="))

    def _like(self, comparison: Comparison, *, holds: bool) -> Like | None:
        """The comparison as one of how texts lie in each other; None if it is another."""
        left, right, relation = comparison.left, comparison.right, comparison.relation
        if relation not in TEXT_RELATIONS:
            return None
        route, _ = self._routes.walk(left) if isinstance(left, Path) else (None, "")
        if route is not None and route.kind in _TEXTS and isinstance(right, Literal):
            return Like(route, relation, right.text, not holds)
        if relation in SPAN_RELATIONS and (route is None or route.kind not in _TEXTS):
            return None
        raise self._fail(f"expected a text that facts state before {relation!r}, and a literal after it", comparison.column, "as in f.quote contains 'law'")

    def _same(self, comparison: Comparison, *, holds: bool, as_written: bool) -> Same | None:
        """The comparison as one of ids and texts; None if it is one of times or numbers."""
        left, right = comparison.left, comparison.right
        if isinstance(left, Literal):
            left, right = right, left
        if not isinstance(left, Path) or not isinstance(right, Path | Literal):
            return None
        one, end = self._routes.walk(left)
        negated = (comparison.relation == "!=") is holds
        if isinstance(right, Literal):
            return self._same_text(comparison, one, right, negated=negated) if one.kind in _WRITTEN and comparison.relation != SAME_AS else None
        two, other_end = self._routes.walk(right)
        if one.kind in _WRITTEN or two.kind in _WRITTEN:
            return self._same_written(comparison, one, two, negated=negated)
        written = as_written and not (end or other_end or one.is_timeline or two.is_timeline)
        return Same(one, two, negated, comparison.relation == SAME_AS) if written else None

    def _same_text(self, comparison: Comparison, one: Route, literal: Literal, *, negated: bool) -> Same:
        if comparison.relation not in {"=", "!="}:
            raise self._fail(f"expected times or numbers beside {comparison.relation!r}, {one} is neither", comparison.column)
        if not (literal.is_quoted or literal.parameter):
            raise self._fail(f"cannot compare {one}, a text, with the number or date {literal}", literal.column, f"as a text it is '{literal}'")
        return Same(one, literal.text, negated)

    def _same_written(self, comparison: Comparison, one: Route, two: Route, *, negated: bool) -> Same:
        if comparison.relation not in {"=", "!=", SAME_AS}:
            raise self._fail(f"expected times or numbers beside {comparison.relation!r}", comparison.column)
        if (one.kind is Kind.ROLE) is not (two.kind is Kind.ROLE) or two.kind in _TIMES or one.kind in _TIMES:
            raise self._fail(f"cannot compare {one} with {two}", comparison.column)
        return Same(one, two, negated, comparison.relation == SAME_AS)

    def _atoms(self, comparison: Comparison) -> tuple[Demand, ...]:
        relation, measure = comparison.relation, self._terms.measure(comparison)
        positive = NEGATIVE.get(relation, relation)
        if positive in POINT_RELATIONS:
            if measure is Measure.PERIOD:
                raise self._fail(f"{relation!r} compares dates or quantities, not periods", comparison.column, "name .start or .end, or say before, until, within")
            steps = POINT_RELATIONS[positive]
        else:
            if measure not in {Measure.PERIOD, Measure.DATE}:
                raise self._fail(f"{relation!r} compares dates or periods, not {_PLURALS[measure]}", comparison.column)
            steps = SPAN_RELATIONS[positive]
        is_span, is_length = positive in SPAN_RELATIONS, measure is Measure.LENGTH
        sides = {
            "A": self._terms.ends(comparison.left, measure, whole=is_span),
            "B": self._terms.ends(comparison.right, measure, whole=is_span),
        }
        extreme = self._extreme(comparison)
        found: list[Demand] = []
        for low, high, days in steps:
            one = inequality(sides[low[0]][low[1]], sides[high[0]][high[1]], days, is_length=is_length, fail=self._fail, column=comparison.column)
            found.append(Among(one, is_every=(low[0] == "A") is extreme) if extreme is not None else one)
        return tuple(found)

    def _extreme(self, comparison: Comparison) -> bool | None:
        """Whether every record must keep what a greatest or least one keeps from above on the left; None if none is named."""
        found = [
            (times, part, side) for term, side in ((comparison.left, 1), (comparison.right, -1)) for times, part in parts_of(term)
            if isinstance(part, Aggregate) and part.word in {"min", "max"}
        ]  # fmt: skip
        if len(found) > 1:
            raise self._fail("expected one min or max in a comparison", found[1][1].column)
        if not found:
            return None
        times, part, side = found[0]
        return (times * side > 0) is (part.word == "max")


_PLURALS = {Measure.LENGTH: "lengths", Measure.NUMBER: "quantities", Measure.PERCENTAGE: "percentages"}


def _conjuncts(formula: Formula) -> tuple[Formula, ...]:
    if not isinstance(formula, And):
        return (formula,)
    return tuple(part for each in formula.parts for part in _conjuncts(each))
