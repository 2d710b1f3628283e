"""What the laws share: awkward places in the calendar, a calendar of their own, and what each relation means.

Nothing here is taken from the package: the calendar is the standard library's, the relations are DESIGN §6 and
Allen (1983) read as plain comparisons.
"""

import datetime as dt
from calendar import monthrange

from hypothesis import strategies as st

CYCLE = 146_097
"""The days after which the Gregorian calendar repeats itself."""

PLACES = tuple(
    dt.date(*each).toordinal()
    for each in (
        (2001, 1, 29),  # the next month is shorter
        (2000, 2, 27),  # a leap day in a century
        (1992, 2, 27),  # a leap day
        (1900, 2, 26),  # a leap year that is none
        (1999, 12, 29),  # a year's end
        (1993, 4, 28),
        (1582, 10, 13),  # no reform is in this calendar
        (1917, 7, 30),  # two long months together
    )
)
FAR_PLACES = (-CYCLE * 3 + PLACES[1], 5 * CYCLE + PLACES[0], -2, 366)
"""Before year 1 and after year 9999; the first days of all."""

places = st.sampled_from(PLACES)


def month_later(day, months):
    """The day so many months later, in the month's last day if it is shorter."""
    eras = (day - 700_000) // CYCLE
    date = dt.date.fromordinal(day - eras * CYCLE)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return date.replace(year=year, month=month + 1, day=min(date.day, monthrange(year, month + 1)[1])).toordinal() + eras * CYCLE


def iso_day(day):
    """A day as ISO text, in the years 1 to 9999."""
    return dt.date.fromordinal(day).isoformat()


RELATION_MEANINGS = {
    # DESIGN §6, the table
    "<": lambda a, b: a[0] < b[0],
    "<=": lambda a, b: a[0] <= b[0],
    "=": lambda a, b: a[0] == b[0],
    "!=": lambda a, b: a[0] != b[0],
    ">=": lambda a, b: a[0] >= b[0],
    ">": lambda a, b: a[0] > b[0],
    "before": lambda a, b: a[1] < b[0],
    "after": lambda a, b: b[1] < a[0],
    "until": lambda a, b: a[1] <= b[0],
    "since": lambda a, b: b[1] <= a[0],
    "meets": lambda a, b: a[1] + 1 == b[0],
    "within": lambda a, b: b[0] <= a[0] and a[1] <= b[1],
    "contains": lambda a, b: a[0] <= b[0] and b[1] <= a[1],
    "overlaps": lambda a, b: any(b[0] <= day <= b[1] for day in range(a[0], a[1] + 1)),
    "disjoint from": lambda a, b: not any(b[0] <= day <= b[1] for day in range(a[0], a[1] + 1)),
    "starts": lambda a, b: a[0] == b[0] and a[1] <= b[1],
    "ends": lambda a, b: a[1] == b[1] and b[0] <= a[0],
    "equals": lambda a, b: a == b,
}
"""Of two spans of inclusive days (first, last); a date is a span of one day."""


def _instants(span):
    """Days as Allen's intervals between instants: a day takes the time from its number to the next."""
    return span[0], span[1] + 1


def _allen(meaning):
    return lambda a, b: meaning(*_instants(a), *_instants(b))


ALLEN_MEANINGS = {
    # Allen (1983), figure 2 and its endpoint table: X from xs to xe, Y from ys to ye
    "allen.before": _allen(lambda xs, xe, ys, ye: xe < ys),  # noqa: ARG005  # the table's four ends
    "allen.after": _allen(lambda xs, xe, ys, ye: ye < xs),  # noqa: ARG005
    "allen.meets": _allen(lambda xs, xe, ys, ye: xe == ys),  # noqa: ARG005
    "allen.met-by": _allen(lambda xs, xe, ys, ye: ye == xs),  # noqa: ARG005
    "allen.overlaps": _allen(lambda xs, xe, ys, ye: xs < ys < xe < ye),
    "allen.overlapped-by": _allen(lambda xs, xe, ys, ye: ys < xs < ye < xe),
    "allen.starts": _allen(lambda xs, xe, ys, ye: xs == ys and xe < ye),
    "allen.started-by": _allen(lambda xs, xe, ys, ye: xs == ys and xe > ye),
    "allen.during": _allen(lambda xs, xe, ys, ye: xs > ys and xe < ye),
    "allen.contains": _allen(lambda xs, xe, ys, ye: xs < ys and xe > ye),
    "allen.finishes": _allen(lambda xs, xe, ys, ye: xe == ye and xs > ys),
    "allen.finished-by": _allen(lambda xs, xe, ys, ye: xe == ye and xs < ys),
    "allen.equal": _allen(lambda xs, xe, ys, ye: xs == ys and xe == ye),
}
MEANINGS = {**RELATION_MEANINGS, **ALLEN_MEANINGS}
POINT_WORDS = ("<", "<=", "=", "!=", ">=", ">")
SPAN_WORDS = tuple(word for word in MEANINGS if word not in POINT_WORDS)
