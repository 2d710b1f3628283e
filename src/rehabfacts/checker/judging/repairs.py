"""Repairs: for each member of a conflict, the smallest change of it alone that would end the conflict. None is ever applied."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product

from rehabfacts.calendars import calendar_named
from rehabfacts.checker.judging.clashes import clash_unit, counted, told_leaf
from rehabfacts.checker.judging.conflicts import Conflict, in_order_of_chain
from rehabfacts.dates import Date
from rehabfacts.engines.groundings import Bound, Grounding
from rehabfacts.errors import InvalidDate
from rehabfacts.network.allowances import Allowance, Span, UndecidedError, allow
from rehabfacts.network.contradictions import Clause
from rehabfacts.network.inequalities import ZERO, Row
from rehabfacts.network.labels import LapLimitError
from rehabfacts.periods import Period
from rehabfacts.plain import plain
from rehabfacts.quantities import Quantity
from rehabfacts.rules.rules import Mode

MOST_MEMBERS = 60
"""Of conflicts with more members no repairs are looked for."""

_MOST_SPANS = 3
_MOVE = 1 << 60
"""A variable that no grounding has: by how many days a period is moved."""


@plain
class Repair:
    """A value that would end the conflict if it were another one.

    `allowed` are values under which all the other members can hold; `is_whole` is False where there are more. `change` is
    the distance to the nearest of them, from what is stated with the width of `~`; it is negative where that is earlier or
    less. `nearest` is that value as the field would hold it, empty where no notation does. A period that `is_moved` is as
    long as before: `allowed` are then the days on which it can start.
    """

    fact: str
    variable: str
    stated: str
    allowed: tuple[Span, ...]
    is_whole: bool
    change: int
    nearest: str
    unit: str
    calendar: str
    is_quantity: bool
    is_exact: bool
    is_widened: bool
    is_moved: bool

    @property
    def field(self) -> str:
        """The field of the fact."""
        return self.variable.partition(".")[0]


@plain
class Repairs:
    """What would end a conflict: one of the changed values, one of the facts gone, or one of the conventions switched off.

    Changes come first that are of the kind (days or units) by which the conflict is told, and the smallest of them.
    `facts` are those of which no single value would do; `undecided` are values (fact and variable) for which it was not
    found out. Nothing was looked for where `is_skipped`.
    """

    changes: tuple[Repair, ...] = ()
    facts: tuple[str, ...] = ()
    conventions: tuple[str, ...] = ()
    undecided: tuple[tuple[str, str], ...] = ()
    is_skipped: bool = False


def find_repairs(grounding: Grounding, conflict: Conflict) -> Repairs:
    """The repairs of a conflict; none for one in what is written, which has no values to change.

    Nor for a demand on records that their values decide: which are meant changes with what is changed.
    """
    if conflict.proof is None or any(each.rule.is_seeking for each in conflict.instances):
        return Repairs()
    if len(conflict.members) > MOST_MEMBERS:
        return Repairs(is_skipped=True)
    found: list[Repair] = []
    undecided: list[tuple[str, str]] = []
    for ends in _values(grounding, conflict).values():
        try:
            found += _repairs_of(grounding, conflict, ends)
        except (UndecidedError, LapLimitError):
            undecided += [(each.owner.fact, each.variable) for each in ends]
    names = in_order_of_chain(grounding, conflict)
    told_in_units = clash_unit(grounding, told_leaf(conflict.proof)) is not None
    found.sort(key=lambda each: (each.is_quantity is not told_in_units, abs(each.change), names.index(each.fact)))
    changing = {each.fact for each in found} | {fact for fact, _ in undecided}
    conventions = dict.fromkeys(each.rule.id for each in conflict.instances if each.rule.mode is Mode.ASSUME)
    return Repairs(tuple(found), tuple(name for name in names if name not in changing), tuple(conventions), tuple(undecided))


@plain
class _Stated:
    """A stated value that takes part in a conflict: its variable, its rows, and what they leave to it, in rising ranges."""

    owner: Bound
    number: int
    variable: str
    rows: frozenset[int]
    spans: tuple[Span, ...]

    @property
    def is_exact(self) -> bool:
        """Whether one value is stated."""
        return len(self.spans) == 1 and self.spans[0][0] is not None and self.spans[0][0] == self.spans[0][1]


def _values(grounding: Grounding, conflict: Conflict) -> Mapping[tuple[str, str], list[_Stated]]:
    """The stated values by fact and field; of a period its ends, as far as they are bounded, the start first."""
    rows: dict[tuple[Bound, int], list[int]] = {}
    for clause in conflict.clauses:
        numbers = clause[0] if len(clause) == 1 else ()
        for number in numbers:
            owner = grounding.owners[number] if number >= 0 else None
            if isinstance(owner, Bound):
                low, high = grounding.rows[number][:2]
                rows.setdefault((owner, low or high), []).append(number)
    found: dict[tuple[str, str], list[_Stated]] = {}
    for (owner, variable), own in sorted(rows.items(), key=lambda item: item[0][1]):
        spans = _spans([grounding.rows[number] for number in own])
        value = _Stated(owner, variable, grounding.variables[variable][1], frozenset(own), spans)
        found.setdefault((owner.fact, owner.field), []).append(value)
    return found


def _spans(rows: Sequence[Row]) -> tuple[Span, ...]:
    """What the bounds of one variable, and the gaps between them, leave to it."""
    least = max((row[2] for row in rows if row[0] == ZERO), default=None)
    most = min((-row[2] for row in rows if row[1] == ZERO), default=None)
    gaps = sorted((row[2], row[3]) for row in rows if row[0] == row[1])
    return tuple(zip([least, *(after for _, after in gaps)], [*(before for before, _ in gaps), most], strict=True))


def _repairs_of(grounding: Grounding, conflict: Conflict, ends: Sequence[_Stated]) -> Iterator[Repair]:
    """The changes of one value: of a period an end of it, or all of it where that would not do or it is a single day."""
    is_movable = len(ends) == 2 and all(len(each.spans) == 1 for each in ends) and ends[0].spans[0][0] is not None
    is_day = is_movable and all(each.is_exact for each in ends) and ends[0].spans == ends[1].spans
    found = [] if is_day else [repair for each in ends for repair in _changed(grounding, conflict, each)]
    yield from found or (_moved(grounding, conflict, *ends, is_day=is_day) if is_movable else ())


def _changed(grounding: Grounding, conflict: Conflict, value: _Stated) -> Iterator[Repair]:
    """A value changed, all others as they are."""
    allowance = allow(grounding.rows, _without(conflict.clauses, value.rows), value.number, _between(value.spans), totals=grounding.totals)
    if allowance.spans:
        yield _repair(grounding, value, value.variable, value.spans, allowance)


def _moved(grounding: Grounding, conflict: Conflict, start: _Stated, end: _Stated, *, is_day: bool) -> Iterator[Repair]:
    """A period moved as it is: by how many days is a variable of its own, to which both ends keep their distance."""
    extra: list[Row] = []
    for each in (start, end):
        least, most = each.spans[0]
        extra += [] if least is None else [(_MOVE, each.number, least, 0, False)]
        extra += [] if most is None else [(each.number, _MOVE, -most, 0, False)]
    clauses = _without(conflict.clauses, start.rows | end.rows)
    allowance = allow(grounding.rows, clauses, _MOVE, ((None, -1), (1, None)), extra=extra, totals=grounding.totals)
    first = start.spans[0][0]
    if allowance.spans and first is not None:
        days = Allowance(tuple(_plus(span, first) for span in allowance.spans), allowance.is_whole)
        yield _repair(grounding, start, start.owner.field, ((first, first),), days, is_moved=not is_day)


def _repair(
    grounding: Grounding, value: _Stated, variable: str, spans: Sequence[Span], allowance: Allowance, *, is_moved: bool = False
) -> Repair:
    fact = grounding.dataset.facts[value.owner.fact]
    stated: Date | Period | Quantity = getattr(fact, value.owner.field)
    change, nearest = _nearest(spans, allowance.spans)
    near = sorted(allowance.spans, key=lambda span: abs(_nearest(spans, (span,))[0]))[:_MOST_SPANS]
    is_quantity = isinstance(stated, Quantity)
    return Repair(
        fact.id, variable, value.owner.notation, tuple(span for span in allowance.spans if span in near),
        allowance.is_whole and len(near) == len(allowance.spans), change, _written(stated, variable, nearest),
        stated.unit if isinstance(stated, Quantity) else "", "" if isinstance(stated, Quantity) else stated.calendar,
        is_quantity=is_quantity, is_exact=value.is_exact, is_widened=value.owner.is_widened, is_moved=is_moved,
    )  # fmt: skip


def _written(stated: Date | Period | Quantity, variable: str, value: int) -> str:
    """A value in place of what is stated, as the field would hold it; empty where no notation does."""
    if isinstance(stated, Quantity):
        return f"exactly {counted(value, '%')}" if stated.is_percentage else f"{value} {stated.unit}".strip()
    day = calendar_named(stated.calendar).iso(value)
    text = day if isinstance(stated, Date) else _period_written(stated, variable, value, day)
    try:
        type(stated).parse(text, stated.calendar)
    except InvalidDate:  # beyond the years that a notation has, or an end before a start that is only about there
        return ""
    return text


def _period_written(period: Period, variable: str, value: int, day: str) -> str:
    """A period with a day in place of one end; or moved, if both its ends are known to the day."""
    end = variable.partition(".")[2]
    start, slash, stop = period.notation.partition("/")
    if not (slash and end):
        first, last = period.start_earliest, period.end_earliest
        if period.is_approximate or first is None or last is None or first != period.start_latest or last != period.end_latest:
            return ""
        to_text = calendar_named(period.calendar).iso
        start, stop = to_text(first), to_text(last + (0 if end else value - first))
    if end == "end":
        return f"{start}/{day}"
    return day if not end and day == stop else f"{day}/{stop}"


def _nearest(stated: Sequence[Span], allowed: Sequence[Span]) -> tuple[int, int]:
    """How far the nearest allowed value is from what is stated, and that value; the lower one where two are as near."""
    found: list[tuple[int, int]] = []
    for (first, last), (least, most) in product(stated, allowed):
        if most is not None and first is not None and most < first:
            found.append((most - first, most))
        elif least is not None and last is not None and least > last:
            found.append((least - last, least))
    return min(found, key=lambda each: (abs(each[0]), each[0]))


def _between(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The ranges before, between and after some."""
    inner = [(None if one[1] is None else one[1] + 1, None if two[0] is None else two[0] - 1) for one, two in pairwise(spans)]
    first, last = spans[0][0], spans[-1][1]
    before: list[Span] = [] if first is None else [(None, first - 1)]
    return (*before, *inner, *([] if last is None else [(last + 1, None)]))


def _without(clauses: Sequence[Clause], rows: frozenset[int]) -> list[Clause]:
    return [clause for clause in clauses if not (len(clause) == 1 and not rows.isdisjoint(clause[0]))]


def _plus(span: Span, days: int) -> Span:
    return None if span[0] is None else span[0] + days, None if span[1] is None else span[1] + days
