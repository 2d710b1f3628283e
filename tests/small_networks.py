"""Small networks of inequalities at awkward places of the calendar, and every dating of them.

Nothing of the solver is used here: rows are plain comparisons, datings are found by trying all.
"""

import functools
import itertools
from functools import cache

import attrs
from hypothesis import assume
from hypothesis import strategies as st
from strategies import CYCLE, FAR_PLACES, PLACES, month_later

from rehabfacts.network.contradictions import Cases, Chain
from rehabfacts.network.inequalities import GAP, at_least, at_most, gap
from rehabfacts.network.labels import LapLimitError


def row_holds(row, low, high):
    _, _, days, months, shape = row
    if shape == GAP:
        return high >= (months if days < low < months else low)
    if shape and months:
        return month_later(high, months) + days >= low
    return high >= (month_later(low, months) if months else low) + (-days if shape else days)


def all_hold(rows, values):
    return all(row_holds(row, values[row[0]], values[row[1]]) for row in rows)


def datings_of(boxes, rows):
    """Every dating within the boxes (variable 0 is 0) under which all rows hold."""
    size = len(boxes) + 1
    due = [[] for _ in range(size)]
    for row in rows:
        due[max(row[:2])].append(row)
    if not all(row_holds(row, 0, 0) for row in due[0]):
        return []
    found = [(0,)]
    for variable in range(1, size):
        low, high = boxes[variable - 1]
        found = [
            longer for dating in found for day in range(low, high + 1)
            if all_hold(due[variable], longer := (*dating, day))
        ]  # fmt: skip
    return found


def walk_value(rows, value=0):
    """Where a walk leads from a value: each high end as low as its row lets it."""
    for row in rows:
        guess = value + gains(row)
        while not row_holds(row, value, guess):
            guess += 1
        value = guess
    return value


@cache
def least_of_months(row):
    """The least of what a calendar row adds, over days around leap days, common Februaries and a skipped leap day."""
    _, _, days, months, is_inverse = row
    least = None
    for start in (693_000, 727_500):  # 1898 and 1992
        for day in range(start, start + 6_600):
            if is_inverse:
                gain = CYCLE if least is None else least
                while month_later(day + gain, months) + days >= day:  # a lower high end still does
                    gain -= 1
                gain += 1
            else:
                gain = month_later(day, months) + days - day
            least = gain if least is None else min(least, gain)
    return least


def gains(row):
    """By how much a row raises a value at least."""
    if row[4] == GAP:
        return 0
    return row[2] if not row[3] else least_of_months((0, 0, 0, *row[3:])) + (-row[2] if row[4] else row[2])


def check_contradicts(rows, walk, usable):
    """A chain is rows that follow each other back to the start, and gain on the way."""
    assert walk
    assert set(walk) <= set(usable)
    steps = [rows[number] for number in walk]
    for step, after in itertools.pairwise([*steps, steps[0]]):
        assert step[1] == after[0]
    if steps[0][0] == 0:
        assert walk_value(steps) > 0
    else:
        assert sum(gains(step) for step in steps) > 0


def says_as_much(row, other):
    """Whether a row between the same ends says as much as another, or more."""
    return row == other or (row[4] == other[4] == 0 and (*row[:2], row[3]) == (*other[:2], other[3]) and row[2] >= other[2])


def check_proof(rows, demands, proof, chosen=None):
    """Whatever branches are chosen, a chain of rows of theirs contradicts itself."""
    chosen = chosen or {}
    if isinstance(proof, Chain):
        usable = {n for at, clause in enumerate(demands) if at in chosen for n in clause[chosen[at]]}
        implied = {n for clause in demands for branch in clause for n in branch if all(any(says_as_much(rows[m], rows[n]) for m in each) for each in clause)}
        check_contradicts(rows, proof.rows, usable | implied)
        return
    assert isinstance(proof, Cases)
    assert len(proof.branches) == len(demands[proof.clause])
    for branch, part in enumerate(proof.branches):
        check_proof(rows, demands, part, {**chosen, proof.clause: branch})


def is_bounded_from(rows, size, *, mirrored):
    """Which variables have a least value at all: those that rows lead to from day 0 (mirrored: that lead there)."""
    near, far = (1, 0) if mirrored else (0, 1)
    reached = {0}
    while True:
        more = {row[far] for row in rows if row[near] in reached} - reached
        if not more:
            return [variable in reached for variable in range(size)]
        reached |= more


# Small networks


@attrs.frozen
class Network:
    """Variables 1… in boxes of days, and rows over them; `rows` begin with those of the boxes."""

    boxes: tuple
    boxed: tuple
    rows: tuple

    @property
    def every(self):
        return [*self.boxed, *self.rows]


@st.composite
def networks(draw, *, most=3, width=6, rows=7):
    size = draw(st.integers(1, most))
    place = draw(st.sampled_from(PLACES) | st.sampled_from(FAR_PLACES))
    offsets = draw(st.sampled_from([(0,), (0, 30), (0, 29, 60), (0, 365), (0, 3)]))
    boxes = []
    for _ in range(size):
        first = place + draw(st.sampled_from(offsets)) + draw(st.integers(-2, 3))
        boxes.append((first, first + draw(st.integers(0, width))))
    made = tuple(draw(st.lists(between(boxes) | gaps(boxes), min_size=0, max_size=rows)))
    if made and draw(st.booleans()):
        made += (made[0],)  # a row twice
    boxed = [row for at, (first, last) in enumerate(boxes, 1) for row in (at_least(at, first), at_most(at, last))]
    return Network(tuple(boxes), tuple(boxed), made)


@st.composite
def between(draw, boxes):
    """A row between two variables (or one and itself, or day 0) that is nearly tight at the places of their boxes."""
    ends = st.integers(0, len(boxes))
    low, high = draw(ends), draw(ends)
    slack = draw(st.integers(-6, 3))
    if 0 in (low, high):
        low, high = draw(st.sampled_from([(0, max(high, low)), (max(high, low), 0)]))
        known = boxes[max(low, high) - 1]
        return low, high, (known[0] if low == 0 else -known[1]) + slack, 0, False
    if low == 0:
        return 0, 0, slack, 0, False
    one, two = boxes[low - 1][0], boxes[high - 1][0]
    months = draw(st.sampled_from([0, 0, 0, 1, 1, -1, 2, 12, -12, 13, 48]))
    is_inverse = draw(st.booleans()) if months else False
    if is_inverse:
        return low, high, one - month_later(two, months) - slack, months, True
    return low, high, two - (month_later(one, months) if months else one) + slack, months, False


@st.composite
def gaps(draw, boxes):
    """Days that a variable is not, within its box or over an end of it."""
    variable = draw(st.integers(1, len(boxes)))
    last = boxes[variable - 1][0] + draw(st.integers(-2, 6))
    return gap(variable, last, last + draw(st.integers(2, 6)))


@st.composite
def open_networks(draw, *, rows=6):
    """As networks, but some bounds are left out: variables may be bounded on one side, or not at all."""
    network = draw(networks(rows=rows))
    kept = tuple(row for row in network.boxed if draw(st.booleans()))
    return attrs.evolve(network, boxed=kept)


def undecided_is_no_case(law):
    """Circles of calendar months that depend on where they are may be left undecided: then there is nothing to compare."""

    @functools.wraps(law)
    def decided(*args, **kwargs):
        try:
            law(*args, **kwargs)
        except LapLimitError:
            assume(condition=False)

    return decided
