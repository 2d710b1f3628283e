"""Whether a value that a fact states is what a text names: its dates and numbers held against those read in the text."""

import enum
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from rehabfacts import edtf
from rehabfacts.calendars import Calendar, calendar_named
from rehabfacts.dates import Date, Period
from rehabfacts.edtf_days import Span, bounds
from rehabfacts.edtf_parts import CalendarDate, DateSet, Expression, Interval, Point, PointRange, iter_points
from rehabfacts.quantities import Quantity
from rehabfacts.quantity_notations import HEDGES, MAGNITUDES
from rehabfacts.texts.dates import TextDate
from rehabfacts.texts.numbers import TextNumber

if TYPE_CHECKING:
    from fractions import Fraction

_TOLD_HEDGES = frozenset(("about", "almost", "before", "to", "until", "after", "from", "between", "part"))
_SENSES = {
    "about": "about", "almost": "nearly", "after": "more than", "from": "at least", "before": "less than", "to": "up to", "until": "up to",
    "between": "between", "part": "",
}  # fmt: skip
_MOST_NEAR = 1_000
"""Dates of one quote among which one that nearly fits is looked for; one that fits is always found."""

_LATEST, _EARLIEST = frozenset(("before", "to", "until", "through", "")), frozenset(("after", "from", "since", ""))
_FITTING = {"most": _LATEST, "end": _LATEST | {"between"}, "least": _EARLIEST, "start": _EARLIEST | {"between"}, "between": frozenset(("between", ""))}


class Fit(enum.IntEnum):
    """How what a text names fits a value. COARSER: the value says less than the text; PARTIAL: the text leaves the year open."""

    NONE = 0
    PARTIAL = 1
    COARSER = 2
    SAME = 3


class Demand:
    """A date that a value is written with. `role` is where it stands: is, whole, start, end, least, most, between."""

    __slots__ = ("point", "role")

    def __init__(self, point: Point, role: str) -> None:
        self.point, self.role = point, role


class Found:
    """How well a value is named by texts. `lost` are the hedges and the rounding that the value leaves out."""

    __slots__ = ("fit", "lost")

    def __init__(self, fit: Fit, lost: tuple[str, ...] = ()) -> None:
        self.fit, self.lost = fit, lost


def demands_of(value: Date | Period) -> tuple[Expression, tuple[Demand, ...]]:
    """The dates that a value is written with; open and unknown ends demand nothing."""
    parts = edtf.parse(value.notation, value.calendar)
    if isinstance(parts, Interval):
        ends = ((parts.start, "start"), (parts.end, "end"))
        return parts, tuple(Demand(point, role) for end, role in ends for point in iter_points(end))
    if isinstance(parts, DateSet):
        return parts, tuple(demand for member in parts.members for demand in _members(member))
    return parts, (Demand(parts, "whole" if isinstance(value, Period) else "is"),)


def _members(member: Point | PointRange) -> Iterator[Demand]:
    if not isinstance(member, PointRange):
        yield Demand(member, "is")
    elif member.first is not None and member.last is not None:
        yield from (Demand(member.first, "between"), Demand(member.last, "between"))
    else:
        yield from (Demand(point, "least" if point is member.first else "most") for point in iter_points(member))


def find_date(value: Date | Period, texts: Sequence[TextDate]) -> Found:
    """How well texts name a date or a period: as a whole, or each date that it is written with."""
    parts, demands = demands_of(value)
    calendar = calendar_named(value.calendar)
    by_bounds: dict[Span, list[TextDate]] = {}
    for text in texts:
        by_bounds.setdefault(text.bounds(calendar), []).append(text)
    if len(demands) > 1 and None not in (hull := bounds(parts, calendar)):
        whole = by_bounds.get(hull)
        if whole:
            return Found(Fit.SAME, () if any(text.hedge not in _TOLD_HEDGES for text in whole) else (whole[0].hedge,))
    found = [
        _best(demand, by_bounds.get(bounds(demand.point, calendar)) or texts[:_MOST_NEAR], calendar, is_approximate=value.is_approximate)
        for demand in demands
    ]
    return Found(min((each.fit for each in found), default=Fit.SAME), tuple(hedge for each in found for hedge in each.lost))


def _best(demand: Demand, texts: Iterable[TextDate], calendar: Calendar, *, is_approximate: bool) -> Found:
    best = Found(Fit.NONE)
    for text in texts:
        fit = fit_of(demand, text, calendar)
        if fit > best.fit or (fit is best.fit and best.lost):
            is_lost = text.hedge in _TOLD_HEDGES and text.hedge not in _FITTING.get(demand.role, ())
            is_lost = is_lost and not (is_approximate and text.hedge in {"about", "almost", "part"})
            best = Found(fit, (text.hedge,) if is_lost and fit else ())
    return best


def fit_of(demand: Demand, text: TextDate, calendar: Calendar) -> Fit:
    """How the date of a text fits a date that a value is written with."""
    point = demand.point
    if text.is_partial:
        return _partial_fit(point, text.notation) if isinstance(point, CalendarDate) else Fit.NONE
    (first, last), (text_first, text_last) = bounds(point, calendar), text.bounds(calendar)
    if first is None or last is None or text_first is None or text_last is None:
        return Fit.NONE
    if (first, last) == (text_first, text_last):
        return Fit.SAME
    if demand.role == "most" and (last == text_last or (last == text_first - 1 and text.hedge in {"before", "to"})):
        return Fit.SAME
    if demand.role == "least" and (first == text_first or (first == text_last + 1 and text.hedge == "after")):
        return Fit.SAME
    return Fit.COARSER if first <= text_first and text_last <= last else Fit.NONE


def _partial_fit(point: CalendarDate, notation: str) -> Fit:
    """How "29 April" or "the thirties" fit a date that perhaps puts a year or a century to it."""
    if attrs.evolve(point, marks=("", "", "")) == edtf.parse(notation):
        return Fit.SAME
    if "-" in notation:
        return Fit.PARTIAL if notation.endswith(f"-{point.month}-{point.day}") else Fit.NONE
    return Fit.PARTIAL if len(point.year) == 4 and point.year[2:] == notation[2:4] else Fit.NONE


class WrittenNumber:
    """What the notation of a quantity is written with: its hedge in one word, its numbers, whether they are percentages."""

    __slots__ = ("grain", "hedge", "is_percent", "numbers")

    def __init__(self, hedge: str, numbers: "tuple[int | Fraction, ...]", grain: int, *, is_percent: bool) -> None:
        self.hedge, self.numbers, self.grain, self.is_percent = hedge, numbers, grain, is_percent


def written_number(value: Quantity) -> WrittenNumber:
    """The numbers of a notation before any widening: `more than 75 thousand` is written with 75,000."""
    words = value.notation.partition(", rounded to ")[0].replace("%", " %").split()
    hedge = ""
    for size in (3, 2, 1):
        if " ".join(words[:size]) in HEDGES:
            hedge = HEDGES[" ".join(words[:size])]
            words = words[size:]
            break
    scale = 10 ** MAGNITUDES.get(words[1], 0) if len(words) > 1 else 1
    numbers = tuple(_number(each, scale) for each in words[0].split("..") if each)
    return WrittenNumber(hedge, numbers, value.grain, is_percent=value.unit == "%")


def _number(digits: str, scale: int) -> "int | Fraction":
    plain_digits = digits.replace(",", "")
    if "." not in plain_digits:
        return int(plain_digits) * scale
    from fractions import Fraction  # noqa: PLC0415  # few numbers have decimals

    return Fraction(plain_digits) * scale


def find_number(value: Quantity, texts: Iterable[TextNumber]) -> Found:
    """How well texts name a quantity: each number that it is written with."""
    written = written_number(value)
    texts = tuple(texts)
    found = [_named_number(number, written, texts) for number in written.numbers]
    return Found(min((each.fit for each in found), default=Fit.SAME), tuple(lost for each in found for lost in each.lost))


def names_number(number: "int | Fraction", written: WrittenNumber, text: TextNumber) -> bool:
    """Whether a text names this number of a quantity."""
    return text.value == number and text.is_percent is written.is_percent


def _named_number(number: "int | Fraction", written: WrittenNumber, texts: Iterable[TextNumber]) -> Found:
    fitting = [text for text in texts if names_number(number, written, text)]
    if not fitting:
        return Found(Fit.NONE)
    losses = [tuple(_lost(written, text)) for text in fitting]
    return Found(Fit.SAME, min(losses, key=len))


def _lost(written: WrittenNumber, text: TextNumber) -> Iterator[str]:
    """What a text says of its number that the quantity leaves out."""
    sense = _SENSES.get(text.hedge, "")
    is_range = len(written.numbers) > 1
    if sense and sense != written.hedge and not (is_range and sense == "between"):
        yield text.hedge
    if text.grain > written.grain and written.hedge in {"", "exactly"} and not written.is_percent and not is_range:
        yield f"rounded to {text.grain:,}"
