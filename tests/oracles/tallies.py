"""Tallies: how many cases an oracle judged, with what outcome, and where it disagreed with the package."""

from collections import Counter

import attrs

LEAST_SHARE = 0.05
"""Each outcome must be the answer in so many of the cases: an oracle that nearly always says the same shows little."""
MOST_OPEN = 0.2
"""So many cases may be left open by the package where it says that it may: beyond that it hardly answers."""


@attrs.define
class Tally:
    """What `judge` (an oracle) said about `what` (cases), of which it promised to judge so many, with these outcomes.

    `left_open` is the outcome, if any, of cases that the package may leave open.
    """

    judge: str
    what: str
    promised: int
    outcomes: tuple
    seed: int
    left_open: str = ""
    counts: Counter = attrs.field(factory=Counter)
    disagreements: list = attrs.field(factory=list)

    def compare(self, case, outcome, expected, found):
        """Counts a case by the oracle's outcome; `expected` is what the oracle says, `found` what the package does."""
        self.counts[outcome] += 1
        if expected != found:
            self.disagreements.append(f"{case}: {self.judge} says {expected}, found {found}")

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def line(self):
        told = ", ".join(f"{self.counts[each]:,} {each}" for each in (*self.outcomes, self.left_open) if each)
        return f"{self.judge} judged {self.total:,} {self.what}: {told}; {len(self.disagreements)} disagreements (seed {self.seed})"

    def close(self):
        """Fails on a disagreement, on fewer cases than promised, and where one outcome hardly occurs."""
        assert not self.disagreements, "\n".join([self.line, *self.disagreements[:5]])
        assert set(self.counts) <= {*self.outcomes, self.left_open}, self.line
        assert self.total >= self.promised > 0, f"promised {self.promised:,}: {self.line}"
        assert all(self.counts[each] >= LEAST_SHARE * self.total for each in self.outcomes), self.line
        assert self.counts[self.left_open] <= MOST_OPEN * self.total, self.line
