"""Terms of formulas checked for what they measure, and brought to sums of points and literals."""

import enum

from rehabfacts.dates import Date, Period
from rehabfacts.errors import InvalidDate, InvalidQuantity
from rehabfacts.quantities import Quantity
from rehabfacts.rules.formulas import (
    Addition,
    Aggregate,
    Comparison,
    Duration,
    Literal,
    Part,
    Path,
    Share,
    Term,
)
from rehabfacts.rules.plans import Constant, Every, Measured, Point, Route, Thing
from rehabfacts.rules.routes import Routes
from rehabfacts.rules.sums import Linear, Ratio
from rehabfacts.schema import Kind


class Measure(enum.Enum):
    """What a term comes to."""

    PERIOD = "a period"
    DATE = "a date"
    LENGTH = "a length"
    NUMBER = "a quantity"
    PERCENTAGE = "a percentage"


_TIMES = frozenset((Measure.PERIOD, Measure.DATE, Measure.LENGTH))
_NUMBERS = frozenset((Measure.NUMBER, Measure.LENGTH))

Ends = dict[str, Linear]
"""The start `s` and the end `e` of a side; the same for one day, a number or a length."""


class Terms:
    """The terms of one formula."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes
        self._fail = routes.fail

    def measure(self, comparison: Comparison) -> Measure:
        """What is compared: both sides come to the same."""
        sides = [parts_of(comparison.left), parts_of(comparison.right)]
        measured = [(times, part, self._measure(part)) for side in sides for times, part in side]
        found = {measure for _, _, measure in measured if measure is not None}
        if all(isinstance(part, Literal | Duration) for _, part, _ in measured):
            raise self._fail("expected a path on one side", comparison.column)
        if found & _TIMES and found - _TIMES:
            raise self._fail("cannot compare a time with a quantity", comparison.column)
        if found >= {Measure.NUMBER, Measure.PERCENTAGE}:
            raise self._fail("cannot compare a quantity with a percentage", comparison.column, "say of what, as in s.percent of s.whole.value")
        return self._time(comparison) if found & _TIMES else found.pop()

    def ends(self, term: Term, measure: Measure, *, whole: bool) -> Ends:
        """The ends of a side; `whole` reads literals as periods, with all of their days."""
        parts = parts_of(term)
        return {name: self._linear(parts, measure, name, whole=whole) for name in ("s", "e")}

    def _measure(self, part: Part) -> Measure | None:
        """None for a literal, which is what stands beside it."""
        match part:
            case Literal():
                return Measure.PERCENTAGE if part.is_percentage else None
            case Duration():
                return Measure.LENGTH
            case Path():
                return self._measure_of(*self._routes.walk(part), part.column)
            case Aggregate():
                return self._measure_aggregate(part)
        if isinstance(part.percentage, Path) and self._measure(part.percentage) is not Measure.PERCENTAGE:
            raise self._fail(f"expected a percentage before 'of', got {part.percentage}", part.column)
        found = self._measure(part.whole)
        if found not in _NUMBERS:
            raise self._fail(f"expected a quantity or a length after 'of', got {part.whole}", part.whole.column)
        return found

    def _measure_aggregate(self, part: Aggregate) -> Measure:
        path = part.path
        route, end = self._routes.walk_every(path, part.word)
        if part.word == "count":
            if end or route.leaf or route.roles:
                raise self._fail(f"expected a variable of over after 'count', got {path}", path.column, f"as in count {route.variable}")
            return Measure.NUMBER
        measure = self._measure_of(route, end, path.column)
        if part.word == "sum":
            return self._addable(measure, path)
        if measure is Measure.PERIOD:
            raise self._fail(f"expected one day or number, {path} is a period", path.column, "name .start, .end or .length")
        return measure

    def _measure_of(self, route: Route, end: str, column: int) -> Measure:
        if route.kind is Kind.PERIOD:
            return Measure.LENGTH if end == "length" else Measure.DATE if end else Measure.PERIOD
        if route.kind is Kind.DATE:
            return Measure.DATE
        if route.kind is Kind.QUANTITY:
            return Measure.PERCENTAGE if route.unit == "%" else Measure.NUMBER
        raise self._fail(f"expected times or numbers, {route} is neither", column)

    def _addable(self, measure: Measure, path: Path) -> Measure:
        if measure in {Measure.DATE, Measure.PERIOD}:
            hint = "the days of periods are sum " + f"{path}.length" if measure is Measure.PERIOD else ""
            raise self._fail(f"expected numbers or lengths to add up, {path} is {measure.value}", path.column, hint)
        return measure

    def _time(self, comparison: Comparison) -> Measure:
        """Whether dates, periods or lengths are compared: each side comes to one date, or to none."""
        weights = [self._weight(comparison.left), self._weight(comparison.right)]
        if weights[0] != weights[1]:
            numbers = any(isinstance(part, Literal) and part.text.isdecimal() for side in (comparison.left, comparison.right) for _, part in parts_of(side))
            hint = "a length has its unit, as in 30 days" if numbers else ""
            raise self._fail("cannot compare a date with a length", comparison.column, hint)
        if not weights[0]:
            return Measure.LENGTH
        parts = (part for side in (comparison.left, comparison.right) for _, part in parts_of(side))
        return Measure.PERIOD if any(self._measure(part) is Measure.PERIOD for part in parts) else Measure.DATE

    def _weight(self, term: Term) -> int:
        dates = [(times, part) for times, part in parts_of(term) if self._measure(part) is not Measure.LENGTH]
        weight = 0
        for times, part in dates:
            weight += times
            if self._measure(part) is Measure.PERIOD and (len(dates) > 1 or times != 1):
                raise self._fail(f"expected one day, {part} is a period", part.column, "name .start, .end or .length")
        if weight not in {0, 1}:
            _, last = dates[-1]
            is_number = isinstance(last, Literal) and last.text.lstrip("-").isdecimal()
            raise self._fail("expected dates to be taken one from another, not added", last.column, "days have their unit, as in 3 days" if is_number else "")
        return weight

    def _linear(self, parts: tuple[tuple[int, Part], ...], measure: Measure, end: str, *, whole: bool) -> Linear:
        things: list[tuple[int, Thing | Ratio]] = []
        days = months = column = 0
        for times, part in parts:
            if isinstance(part, Duration):
                days, months = days + times * part.days, months + times * part.months
                column = part.column if part.months else column
            elif isinstance(part, Literal):
                constant = self._constant(part, measure, end, whole=whole)
                if len(parts) > 1 and measure not in _TIMES and constant.least is not None and constant.is_exact:
                    days += times * constant.least
                else:
                    things.append((times, constant))
            else:
                more, plus = self._things(part, end)
                things += ((times * each, thing) for each, thing in more)
                days += times * plus
        return Linear(tuple(things), days, months, column)

    def _things(self, part: Path | Aggregate | Share, end: str) -> tuple[tuple[tuple[int, Thing | Ratio], ...], int]:
        """What a path comes to, and how much more."""
        if isinstance(part, Path):
            measured = self._measured(*self._routes.walk(part), end)
            return measured.points, measured.plus
        if isinstance(part, Aggregate):
            route, name = self._routes.walk_every(part.path, part.word)
            if part.word == "count":
                return ((1, Every(Measured((), 1), route.variable)),), 0
            measured = self._measured(route, name, end)
            return (((1, Every(measured, route.variable)),), 0) if part.word == "sum" else (measured.points, measured.plus)
        whole = self._measured(*self._routes.walk(part.whole), end)
        if isinstance(part.percentage, Path):
            return ((1, Ratio(self._routes.walk(part.percentage)[0], whole)),), 0
        millionths = self._constant(part.percentage, Measure.PERCENTAGE, end, whole=False).least
        return ((1, Ratio(millionths or 0, whole)),), 0

    def _measured(self, route: Route, name: str, end: str) -> Measured:
        if name == "length":
            return Measured(((1, Point(route, f"{route.leaf}.end")), (-1, Point(route, f"{route.leaf}.start"))), 1)
        if route.kind is Kind.PERIOD:
            name = name or {"s": "start", "e": "end"}[end]
        return Measured(((1, Point(route, f"{route.leaf}.{name}" if name else route.leaf)),))

    def _constant(self, literal: Literal, measure: Measure, end: str, *, whole: bool) -> Constant:
        try:
            if measure not in _TIMES:
                return self._number(literal, measure)
            if whole:
                return _end_of(literal.text, end)
            date = Date.parse(literal.text)
        except (InvalidDate, InvalidQuantity) as error:
            raise self._fail(str(error), literal.column, code=error.code) from None
        return Constant(literal.text, date.earliest, date.latest, date.holes)

    def _number(self, literal: Literal, measure: Measure) -> Constant:
        """A number in digits is exact; one in quotation marks is read as a fact states it."""
        number = Quantity.parse(f"exactly {literal.text}" if literal.is_percentage else literal.text)
        if number.is_percentage is not (measure is Measure.PERCENTAGE):
            hint = "say of what, as in 35 % of c.value" if number.is_percentage else f"as in {literal} %"
            raise self._fail(f"expected {measure.value}, got {literal}", literal.column, hint)
        return Constant(literal.text, number.least, number.most)


def parts_of(term: Term) -> tuple[tuple[int, Part], ...]:
    """The parts that a term adds up, each so many times."""
    return term.parts if isinstance(term, Addition) else ((1, term),)


def _end_of(text: str, end: str) -> Constant:
    period = Period.parse(text)
    if end == "s":
        return Constant(text, period.start_earliest, period.start_latest, period.start_holes)
    return Constant(f"{text} end", period.end_earliest, period.end_latest, period.end_holes)
