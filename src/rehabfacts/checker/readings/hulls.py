"""Hulls: what the times and numbers can be over all possible combinations of readings, and what each reading would change."""

from collections.abc import Mapping, Sequence
from math import inf

import attrs

from rehabfacts.checker.readings.combinations import Combination, is_within
from rehabfacts.checker.readings.explorations import Exploration
from rehabfacts.checker.readings.passages import Support
from rehabfacts.checker.readings.supports import Supports
from rehabfacts.checker.worlds import World
from rehabfacts.plain import plain

Variable = tuple[str, str]
Span = tuple[int | None, int | None]
End = float
"""The end of a bound: the lower the wider. A latest day has its sign turned; -inf is no bound, inf no such fact there."""


@plain
class _Judged:
    """The two ends of every variable under one combination."""

    combination: Combination
    ends: Sequence[End]


@attrs.define(eq=False)
class View:
    """The widest ends so far, with who has them, where some passages are kept to some readings (as bits)."""

    fixed: Mapping[int, int]
    ends: list[End]
    widest: list[Combination]
    looked_at: int = 0

    def takes(self, combination: Combination) -> bool:
        """Whether a combination keeps to the readings."""
        return all(bits >> combination[passage] & 1 for passage, bits in self.fixed.items())


class Hulls:
    """Watches an exploration from its main world on, and asks for the combinations that could widen a bound."""

    def __init__(self, exploration: Exploration, combination: Combination, main: World) -> None:
        self._exploration, self._main = exploration, combination
        records = main.dataset.records
        self.variables = tuple(sorted(each for each in main.grounding.variables if each[0] in records))
        self._judged: list[_Judged] = []
        self._reasons: list[dict[Support, End]] = [{} for _ in range(2 * len(self.variables))]
        self._settled: set[tuple[frozenset[Support], tuple[tuple[int, int], ...]]] = set()
        self._whole = self._view({})

    def watch(self, combination: Combination, world: World, supports: Supports) -> None:
        """Takes in the bounds of a possible combination."""
        judging, index = world.judging, world.grounding.index
        behind = supports.of_bounds(judging.least), supports.of_bounds(judging.greatest)
        ends: list[End] = []
        for at, variable in enumerate(self.variables):
            number = index.get(variable)
            low, high = (None, None) if number is None else (judging.least.bound(number), judging.greatest.bound(number))
            for side, end in enumerate((-inf if low is None else low, -inf if high is None else -high) if world.has(variable) else (inf, inf)):
                ends.append(end)
                if end > -inf:
                    support = supports.of_absence("", variable[:1]) if number is None else behind[side][number]
                    self._reasons[2 * at + side][support] = max(end, self._reasons[2 * at + side].get(support, end))
        self._judged.append(_Judged(combination, ends))

    def _view(self, fixed: Mapping[int, int]) -> View:
        size = 2 * len(self.variables)
        return View(fixed, [inf] * size, [self._main] * size)

    def _look(self, view: View) -> None:
        """Takes in what was judged since a view was last looked at."""
        for each in self._judged[view.looked_at :]:
            if view.takes(each.combination):
                for at, (end, widest) in enumerate(zip(each.ends, view.ends, strict=True)):
                    if end < widest:
                        view.ends[at], view.widest[at] = end, each.combination
        view.looked_at = len(self._judged)

    def widen(self, fixed: Mapping[int, int] | None = None) -> list[Span | None]:
        """What every variable can be; or where some passages are kept to some readings, of which some combination is possible.

        None where a variable is not there, since its fact is not.
        """
        view = self._view(fixed) if fixed else self._whole
        self._look(view)
        for end in range(2 * len(self.variables)):
            if not fixed or view.ends[end] != self._whole.ends[end]:
                self._widen(end, view)
        return [None if low == inf else _span(low, high) for low, high in zip(view.ends[::2], view.ends[1::2], strict=True)]

    def _widen(self, end: int, view: View) -> None:
        prefer = self._whole.widest[end]
        while view.ends[end] > -inf:
            reasons = frozenset(support for support, least in self._reasons[end].items() if least >= view.ends[end])
            case = reasons, tuple(view.fixed.items())
            if case in self._settled:
                return
            nogoods = tuple(map(self._exploration.passages.tokens.nogood, reasons))
            if any(is_within(each, view.fixed) for each in nogoods):
                return
            if self._exploration.find(view.fixed, without=nogoods, prefer=prefer) is None:
                self._settled.add(case)
                return
            self._look(view)
            prefer = view.widest[end]

    def witnesses(self) -> list[frozenset[Combination]]:
        """For each end the combinations that have it as wide as any."""
        self._look(self._whole)
        found = (frozenset(each.combination for each in self._judged if each.ends[at] == end) for at, end in enumerate(self._whole.ends))
        return list(dict.fromkeys(found))


def _span(low: End, high: End) -> Span:
    return None if low == -inf else int(low), None if high == -inf else -int(high)
