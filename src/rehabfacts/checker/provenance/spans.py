"""Places in a text as spans of code points, put together where they overlap or touch."""

from bisect import bisect_right
from collections.abc import Iterable

from rehabfacts.quotes import Span


class Spans:
    """Which parts of a text some spans hold or meet, each asked in logarithmic time.

    >>> spans = Spans([(10, 20), (15, 30), (40, 50)])
    >>> spans.spans, spans.hold(12, 25), spans.hold(25, 45), spans.meet(25, 45)
    (((10, 30), (40, 50)), True, False, True)
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        found: list[Span] = []
        for start, end in sorted(spans):
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], end))
            else:
                found.append((start, end))
        self.spans = tuple(found)
        self._starts = [start for start, _ in found]

    def hold(self, start: int, end: int) -> bool:
        """Whether one of the spans holds all from `start` to `end`."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self.spans[at][1]

    def meet(self, start: int, end: int) -> bool:
        """Whether one of the spans has a code point from `start` to before `end`."""
        at = bisect_right(self._starts, end - 1) - 1
        return at >= 0 and self.spans[at][1] > start
