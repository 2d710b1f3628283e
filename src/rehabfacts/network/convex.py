"""Where a convex function of whole numbers is not above zero: one range, found without trying every number."""

from collections.abc import Callable

_FAR = 1 << 140
"""Beyond every number that is written."""


def range_not_above_zero(function: Callable[[int], int], first: int | None, last: int | None) -> tuple[int | None, int | None] | None:
    """The numbers from first to last of which a convex function is not above zero; None if there are none.

    One end must be given. An end of the range is None where the function stays so beyond all that is written.

    >>> range_not_above_zero(lambda number: abs(number - 7) - 2, 0, None)
    (5, 9)
    """
    if first is None:
        if last is None:
            raise ValueError("expected a first or a last number")
        mirrored = range_not_above_zero(lambda number: function(-number), -last, None)
        return None if mirrored is None else (None if mirrored[1] is None else -mirrored[1], -mirrored[0])  # type: ignore[operator]  # it begins somewhere
    start = _start(function, first, last)
    return None if start is None else (start, _stop(function, start, last))


def _start(function: Callable[[int], int], number: int, last: int | None) -> int | None:
    """The first such number, by Newton's steps: no convex function falls faster further on, so none is passed over."""
    while last is None or number <= last:
        value = function(number)
        if value <= 0:
            return number
        fall = value - function(number + 1) if last is None or number < last else 0
        if fall <= 0:
            return None
        number += -(-value // fall)
    return None


def _stop(function: Callable[[int], int], start: int, last: int | None) -> int | None:
    """The last such number after one of them, by doubling steps and halving what is between."""
    step = 1
    while step < _FAR and (last is None or start + step <= last) and function(start + step) <= 0:
        step *= 2
    if last is None and step >= _FAR:
        return None
    good, bad = start + step // 2, start + step
    if last is not None and bad > last:
        if function(last) <= 0:
            return last
        bad = last
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if function(middle) <= 0 else (good, middle)
    return good
