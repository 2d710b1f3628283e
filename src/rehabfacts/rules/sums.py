"""Sums of what terms come to, compared: as an inequality of two variables where that says it, else as a sum."""

import math
from collections.abc import Callable, Hashable, Iterable

from rehabfacts.plain import plain
from rehabfacts.rules.plans import (
    MILLION,
    AtMost,
    Constant,
    Every,
    Inequality,
    Measured,
    Point,
    Portion,
    Route,
    Sum,
    Thing,
)

MOST_DIGITS = 38

Fail = Callable[[str, int, str], Exception]
"""Makes the exception for a mistake: its cause, its column, a hint."""


@plain
class Ratio:
    """So many per cent of a number: as a field states it, or so many millionths."""

    percentage: Route | int
    of: Measured


@plain
class Linear:
    """A side of a comparison: things, each so many times, days (or units) and, apart, calendar months."""

    parts: tuple[tuple[int, Thing | Ratio], ...]
    days: int = 0
    months: int = 0
    months_column: int = 0


def inequality(low: Linear, high: Linear, step: int, *, is_length: bool, fail: Fail, column: int) -> Inequality:
    """What says that `low` and `step` more are not above `high`."""
    found = _inequality(low, high, step, is_length=is_length, fail=fail, column=column)
    numbers = (found.days, found.months) if isinstance(found, AtMost) else (found.most, *(times for times, _ in found.terms))
    if any(abs(number) >= 10**MOST_DIGITS for number in numbers):
        raise fail(f"expected numbers that come to at most {MOST_DIGITS} digits", column, "")
    return found


def _inequality(low: Linear, high: Linear, step: int, *, is_length: bool, fail: Fail, column: int) -> Inequality:
    if low.months or high.months:
        return _calendar_shift(low, high, step, is_length=is_length, fail=fail)
    parts = _difference(low, high)
    pair = _pair(parts)
    if pair is not None:
        return AtMost(*pair, low.days - high.days + step)
    found = _simplified(_sum(parts, low.days - high.days, step))
    if found is None:
        raise fail("expected a comparison that facts decide, both sides come to the same", column, "")
    return found


def _difference(low: Linear, high: Linear) -> tuple[tuple[int, Thing | Ratio], ...]:
    return (*low.parts, *((-times, thing) for times, thing in high.parts))


def _calendar_shift(low: Linear, high: Linear, step: int, *, is_length: bool, fail: Fail) -> AtMost:
    if low.months and high.months:
        raise fail("expected months or years on one side only", max(low.months_column, high.months_column), "")
    side = low if low.months else high
    if is_length and side.parts:
        raise fail("expected months or years alone on their side", side.months_column, "as in p.length <= 2 years")
    pair = _pair(_difference(low, high))
    if pair is None:
        raise fail("expected days in a sum, months and years differ in length", side.months_column, "as in 365 days")
    days = low.days - high.days + step
    if high.months:
        return AtMost(*pair, -days, high.months, is_inverse=True)
    return AtMost(*pair, days, low.months)


def _pair(parts: Iterable[tuple[int, Thing | Ratio]]) -> tuple[Point | Constant, Point | Constant] | None:
    """The thing that is added and the one that is taken away, if these are all."""
    found: dict[int, Point | Constant] = {}
    for times, thing in parts:
        if times not in {1, -1} or times in found or not isinstance(thing, Point | Constant):
            return None
        found[times] = thing
    return (found[1], found[-1]) if len(found) == 2 else None


def _sum(parts: Iterable[tuple[int, Thing | Ratio]], days: int, step: int) -> Sum:
    """That the parts and the days come to less than `step` below 1, each thing once; in millionths if there are ratios."""
    parts = tuple(parts)
    scale = MILLION if any(isinstance(thing, Ratio) for _, thing in parts) else 1
    most = -days * scale - step
    terms: dict[Hashable, tuple[int, Thing]] = {}

    def add(times: int, thing: Thing) -> None:
        before, same = terms.get(_key(thing), (0, thing))
        terms[_key(thing)] = (before + times, same)

    for times, thing in parts:
        if isinstance(thing, Constant) and thing.least is not None and thing.is_exact:
            most -= times * scale * thing.least
        elif not isinstance(thing, Ratio):
            add(times * scale, thing)
        elif isinstance(thing.percentage, int):
            most -= times * thing.percentage * thing.of.plus
            for each, point in thing.of.points:
                add(times * thing.percentage * each, point)
        else:
            add(times, Portion(thing.percentage, thing.of, is_most=times < 0, is_strict=step > 0))
    return Sum(tuple((times, thing) for times, thing in terms.values() if times), most)


def _key(thing: Thing) -> Hashable:
    if isinstance(thing, Point):
        return thing.route.variable, thing.route.roles, thing.name
    return thing


def _simplified(found: Sum) -> Inequality | None:
    """The sum divided by what divides all its numbers, as an inequality of two where it is one; None if nothing is left."""
    if any(isinstance(thing, Portion) for _, thing in found.terms):
        return found
    if not found.terms:
        return None
    divisor = math.gcd(*(times for times, _ in found.terms))
    terms = tuple((times // divisor, thing) for times, thing in found.terms)
    most = found.most // divisor
    if any(isinstance(thing, Every) for _, thing in terms):
        return found
    pair = _pair(terms)
    if pair is not None:
        return AtMost(*pair, -most)
    if len(terms) == 1:
        ((times, thing),) = terms
        end = _known(times * most)
        return AtMost(thing, end) if times > 0 else AtMost(end, thing)  # type: ignore[arg-type]  # of points and literals only
    return Sum(terms, most)


def _known(value: int) -> Constant:
    return Constant(str(value), value, value)
