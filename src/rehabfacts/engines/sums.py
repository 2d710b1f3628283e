"""Sums of a plan bound to records: each becomes a total, an inequality of two variables at most, or an answer."""

import math
from collections.abc import Callable, Iterator, Sequence

from rehabfacts.engines.joins import Binding, Reader
from rehabfacts.errors import InvalidQuantity
from rehabfacts.network.inequalities import Row, Total, at_least, at_most
from rehabfacts.plain import plain
from rehabfacts.quantities import Quantity
from rehabfacts.rules.plans import Constant, Every, Measured, Point, Portion, Route, Sum, Thing
from rehabfacts.rules.sums import MOST_DIGITS

Reading = Callable[[Binding], int]
"""A function from a binding to the number of a variable."""


class NotStatedError(Exception):
    """A path goes through a role that its fact leaves out."""


@plain
class SumReaders:
    """How the parts of a sum are read: variables, stated values, and the bindings with each record that `over` finds."""

    variable: Callable[[Point | Constant], Reading]
    value: Callable[[Route], Reader]
    every: Callable[[Binding, str], Sequence[Binding]]


@plain
class _Share:
    """What one thing of a sum comes to: variables with their coefficients, and by how much the limit moves.

    `is_endless` says that a percentage has no such end, so that the whole sum may be anything on that side.
    """

    terms: tuple[tuple[int, int], ...]
    limit: int = 0
    is_endless: bool = False


_Maker = Callable[[Binding], _Share]


def sum_maker(found: Sum, readers: SumReaders) -> Callable[[Binding], Row | Total | bool]:
    """A function from a binding to what the sum then says."""
    makers = [_maker(times, thing, readers) for times, thing in found.terms]
    is_own = next((_is_own(times, thing) for times, thing in found.terms if isinstance(thing, Portion)), True)

    def make(binding: Binding) -> Row | Total | bool:
        shares = [maker(binding) for maker in makers]
        if any(share.is_endless for share in shares):
            return is_own
        return simplified([term for share in shares for term in share.terms], found.most + sum(share.limit for share in shares))

    return make


def simplified(terms: Sequence[tuple[int, int]], most: int) -> Row | Total | bool:
    """That coefficient times variable, summed up, is at most `most`: as simple as it can be said."""
    summed: dict[int, int] = {}
    for times, variable in terms:
        summed[variable] = summed.get(variable, 0) + times
    left = {variable: times for variable, times in sorted(summed.items()) if times}
    if not left:
        return most >= 0
    divisor = math.gcd(*left.values())
    left, most = {variable: times // divisor for variable, times in left.items()}, most // divisor
    if len(left) == 1:
        ((variable, times),) = left.items()
        return at_most(variable, most) if times > 0 else at_least(variable, -most)
    if sorted(left.values()) == [-1, 1]:
        high, low = sorted(left, key=left.__getitem__)
        return (low, high, -most, 0, False)
    return Total(tuple((times, variable) for variable, times in left.items()), most)


def _maker(times: int, thing: Thing, readers: SumReaders) -> _Maker:
    if isinstance(thing, Every):
        return _every_maker(times, thing, readers)
    if isinstance(thing, Portion):
        return _portion_maker(times, thing, readers)
    read = readers.variable(thing)
    return lambda binding: _Share(((times, read(binding)),))


def _measured(of: Measured, readers: SumReaders) -> Callable[[Binding], Iterator[tuple[int, int]]]:
    points = [(each, readers.variable(point)) for each, point in of.points]
    return lambda binding: ((each, read(binding)) for each, read in points)


def _every_maker(times: int, thing: Every, readers: SumReaders) -> _Maker:
    read = _measured(thing.of, readers)

    def make(binding: Binding) -> _Share:
        found = readers.every(binding, thing.variable)
        terms = tuple((times * each, variable) for longer in found for each, variable in read(longer))
        return _Share(terms, -times * thing.of.plus * len(found))

    return make


def _portion_maker(times: int, thing: Portion, readers: SumReaders) -> _Maker:
    read, stated, is_some = _measured(thing.of, readers), readers.value(thing.percentage), _some_reader(thing.of, readers)
    step = -1 if _is_own(times, thing) else 1

    def make(binding: Binding) -> _Share:
        percentage: Quantity | None = stated(binding)
        if percentage is None:
            raise NotStatedError
        end, is_left_out = percentage.most_end if thing.is_most else percentage.least_end
        if end is None:
            return _Share((), is_endless=True)
        if abs(times * end) >= 10**MOST_DIGITS:
            raise InvalidQuantity(percentage.notation, "E-NUM-RANGE", f"expected a percentage that comes to at most {MOST_DIGITS} digits")
        moved = step if is_left_out and not thing.is_strict and is_some(binding) else 0
        terms = tuple((times * end * each, variable) for each, variable in read(binding))
        return _Share(terms, moved - times * end * thing.of.plus)

    return make


def _is_own(times: int, thing: Portion) -> bool:
    """Whether the sum says that the portion reaches so far, not that it does not."""
    return (times < 0) is thing.is_most


def _some_reader(of: Measured, readers: SumReaders) -> Callable[[Binding], bool]:
    """Whether there is something of which a portion can be taken: of nothing, every percentage is nothing."""
    if len(of.points) > 1:
        return lambda _: True
    stated = readers.value(of.points[0][1].route)

    def is_some(binding: Binding) -> bool:
        value: Quantity | None = stated(binding)
        return value is not None and value.least is not None and value.least > 0

    return is_some
