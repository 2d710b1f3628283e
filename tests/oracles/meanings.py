"""What rows, clauses, walks and proofs mean, read as plain comparisons; nothing here is taken from the solver."""

import itertools
from functools import cache

from strategies import month_later

from rehabfacts.network.contradictions import Cases, Chain, Sum
from rehabfacts.network.inequalities import GAP

_later = cache(month_later)


def is_gap(row):
    return row[4] == GAP


def row_holds(row, values):
    """Whether a row holds: of a gap that the value is not in it, else that the ends are as far apart as it says."""
    low, high, days, months, shape = row
    if is_gap(row):
        return values[low] <= days or months <= values[low]
    if months and shape:
        return _later(values[high], months) + days >= values[low]
    return values[high] >= (_later(values[low], months) if months else values[low]) + days


def all_hold(rows, values):
    return all(row_holds(row, values) for row in rows)


def clause_holds(rows, clause, values, totals=()):
    """Whether a branch of a clause holds; of the numbers in it those below 0 are of totals."""
    return any(
        all(row_holds(rows[number], values) if number >= 0 else total_holds(totals[~number], values) for number in branch)
        for branch in clause
    )  # fmt: skip


def total_holds(total, values):
    return sum(coefficient * values[variable] for coefficient, variable in total.terms) <= total.most


def highest(row, value):
    """The least high end that a value at the low end forces, by search for calendar months."""
    _, _, days, months, shape = row
    if is_gap(row):
        return value if value <= days or months <= value else months
    if not months:
        return value + days
    if not shape:
        return _later(value, months) + days
    found = value - days - max(28 * months, 31 * months) - 1
    while _later(found, months) + days < value:
        found += 1
    return found


def lowest(row, value):
    """The greatest low end that a value at the high end allows."""
    _, _, days, months, shape = row
    if is_gap(row):
        return value if value <= days or months <= value else days
    if not months:
        return value - days
    if shape:
        return _later(value, months) + days
    found = value - days - min(28 * months, 31 * months) + 1
    while _later(found, months) + days > value:
        found -= 1
    return found


@cache
def least_gain(row):
    """By how much a row raises a value at least, over days around leap days, common Februaries and a leap day left out."""
    if is_gap(row) or not row[3]:
        return 0 if is_gap(row) else row[2]
    return min(highest(row, day) - day for start in (693_000, 727_500) for day in range(start, start + 6_600))  # 1898, 1992


def contradicts(rows, walk, usable):
    """Whether a walk is one of usable rows that leads back to its start and gains on the way, wherever it is."""
    if not walk or not {*walk} <= {*usable}:
        return False
    steps = [rows[number] for number in walk]
    if any(one[1] != two[0] for one, two in itertools.pairwise([*steps, steps[0]])):
        return False
    if steps[0][0] != 0:
        return sum(least_gain((0, 0, *step[2:])) for step in steps) > 0
    value = 0
    for step in steps:
        value = highest(step, value)
    return value > 0


def least_by(rows, walk, variable):
    """The least value of a variable that a walk from day 0 to it forces; None if it does not lead there."""
    here, value = 0, 0
    for row in (rows[number] for number in walk):
        if row[0] != here:
            return None
        here, value = row[1], highest(row, value)
    return value if here == variable else None


def greatest_by(rows, walk, variable):
    """The greatest value of a variable that a walk from it to day 0 allows; None if it does not lead there."""
    here, value = 0, 0
    for row in (rows[number] for number in reversed(walk)):
        if row[1] != here:
            return None
        here, value = row[0], lowest(row, value)
    return value if here == variable else None


def exceeds(rows, total, walks):
    """Whether the bounds that walks give to a total's terms, one each, are too much for it."""
    ends = [
        (least_by if coefficient > 0 else greatest_by)(rows, walk, variable)
        for (coefficient, variable), walk in zip(total.terms, walks, strict=True)
    ]  # fmt: skip
    return None not in ends and sum(coefficient * end for (coefficient, _), end in zip(total.terms, ends, strict=True)) > total.most


def rests_on(rows, clauses, totals, proof, known):
    """The rows and totals (with their bits turned) that a proof rests on beyond its cases; None if a leaf of it proves nothing."""
    if id(proof) not in known:
        known[id(proof)] = _rests_on(rows, clauses, totals, proof, known)
    return known[id(proof)]


def _rests_on(rows, clauses, totals, proof, known):
    if isinstance(proof, Chain):
        return frozenset(proof.rows) if contradicts(rows, proof.rows, proof.rows) else None
    if isinstance(proof, Sum):
        is_so = exceeds(rows, totals[proof.total], proof.walks)
        return frozenset({~proof.total, *itertools.chain(*proof.walks)}) if is_so else None
    assert isinstance(proof, Cases)
    branches = clauses[proof.clause]
    inner = [rests_on(rows, clauses, totals, each, known) for each in proof.branches]
    if len(inner) != len(branches) or None in inner:
        return None
    return frozenset().union(*(each - {*branch} for each, branch in zip(inner, branches, strict=True)))


def says_as_much(row, other):
    """Whether a row between the same ends says as much as another, or more."""
    return row == other or (row[4] == other[4] == 0 and (*row[:2], row[3]) == (*other[:2], other[3]) and row[2] >= other[2])


def proves(rows, clauses, proof, totals=()):
    """Whether a proof shows that the clauses cannot all hold: each branch of a case may use its own numbers, all may use what is sure.

    Sure is what has no other branch beside it, and rows of which every branch says as much.
    """
    sure = {
        number for clause in clauses for branch in clause for number in branch
        if len(clause) == 1 or (number >= 0 and all(any(says_as_much(rows[each], rows[number]) for each in other if each >= 0) for other in clause))
    }  # fmt: skip
    needed = rests_on(rows, clauses, totals, proof, {})
    return needed is not None and needed <= sure
