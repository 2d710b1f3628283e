"""What would end a conflict, as lines of text: the smallest change of each member, never applied by itself."""

from collections.abc import Iterator, Sequence

from rehabfacts.calendars import both_calendars, calendar_named, iso
from rehabfacts.checker.judging.clashes import counted
from rehabfacts.checker.judging.repairs import MOST_MEMBERS, Repair, Repairs
from rehabfacts.network.allowances import Span
from rehabfacts.sizes import bare

_MOST_LINES, _FEW_LINES = 12, 5


def iter_repairs(repairs: Repairs) -> Iterator[str]:
    """The smallest change of each member, a line each; of many members only the five smallest changes."""
    if repairs.is_skipped:
        yield f"What would end it is looked for in conflicts of up to {MOST_MEMBERS} members."
        return
    first: dict[str, Repair] = {}
    for each in repairs.changes:
        first.setdefault(each.fact, each)
    most = _MOST_LINES if len(first) + len(repairs.facts) + len(repairs.undecided) <= _MOST_LINES else _FEW_LINES
    yield from (tell_repair(each) for each in list(first.values())[:most])
    if len(first) > most:
        yield f"… {len(first) - most} more facts could change"
    yield from _others(repairs, most)


def iter_all_repairs(repairs: Repairs) -> Iterator[str]:
    """Every change, and a notation for each that would do."""
    if repairs.is_skipped:
        yield from iter_repairs(repairs)
        return
    for each in repairs.changes:
        yield tell_repair(each)
        if each.nearest:
            yield f"  try --set {_quoted(f'{each.fact}.{each.field}={each.nearest}')}"
    yield from _others(repairs, MOST_MEMBERS)


def _others(repairs: Repairs, most: int) -> Iterator[str]:
    either = "or " if repairs.changes else ""
    if repairs.facts:
        one = "this fact does" if len(repairs.facts) == 1 else "one of these facts does"
        yield f"{either}{one} not hold as it stands: {_listed(repairs.facts, most)}"
    if repairs.conventions:
        one = "this convention is" if len(repairs.conventions) == 1 else "one of these conventions is"
        yield f"or {one} switched off (--without): {', '.join(repairs.conventions)}"
    if repairs.undecided:
        fields = tuple(dict.fromkeys(f"{fact}.{variable.partition('.')[0]}" for fact, variable in repairs.undecided))
        yield f"not worked out, for too many cases: {_listed(fields, most)}"


def _listed(names: Sequence[str], most: int) -> str:
    return ", ".join(names[:most]) + (f" … {len(names) - most} more" if len(names) > most else "")


def tell_repair(repair: Repair) -> str:
    """One change: `commission-ceased.date: 2009-06-01 → 2009-04-29 or earlier (33 days earlier)`."""
    _, _, end = repair.variable.partition(".")
    word = "moved, as long as it is, to start " if repair.is_moved else {"start": "starts ", "end": "ends "}.get(end, "")
    spans = [_number_span(repair, span) if repair.is_quantity else _day_span(repair, span) for span in repair.allowed]
    whole = "" if repair.is_whole else ", the nearest that fit"
    return f"{repair.fact}.{repair.field}: {repair.stated}{_calendar(repair)} → {word}{_joined(spans, 'on ' if word else '')}{whole} ({_size(repair)})"


def _day_span(repair: Repair, span: Span) -> str:
    """Days in the calendar of what is stated; of a stated day as "or earlier", of a vaguer date as "any date"."""
    first, last = (None if day is None else _day(repair, day) for day in span)
    if first == last:
        return str(first)
    if first is None:
        return f"{last} or earlier" if repair.is_exact else f"any date up to {last}"
    if last is None:
        return f"{first} or later" if repair.is_exact else f"any date from {first} on"
    return f"{'a day' if repair.is_exact else 'any date'} from {first} to {last}"


def _day(repair: Repair, day: int) -> str:
    return both_calendars(calendar_named(repair.calendar).iso(day), repair.calendar, iso(day))


def _number_span(repair: Repair, span: Span) -> str:
    least, most = span
    if least is None:
        return f"at most {counted(most or 0, repair.unit)}"
    if most is None:
        return f"at least {counted(least, repair.unit)}"
    return counted(most, repair.unit) if least == most else f"{bare(least, repair.unit)} to {counted(most, repair.unit)}"


def _joined(spans: list[str], preposition: str) -> str:
    short = [each.removeprefix("any date ").removeprefix("a day ") for each in spans[1:]]
    return preposition + ", or ".join((spans[0], *short))


def _calendar(repair: Repair) -> str:
    return " (Julian)" if repair.calendar == "julian" else ""


def _size(repair: Repair) -> str:
    size = abs(repair.change)
    less, more = ("less", "more") if repair.is_quantity else ("earlier", "later")
    told = f"{bare(size, repair.unit)}{' percentage points' if repair.unit == '%' else ''}" if repair.is_quantity else f"{size:,} day{'' if size == 1 else 's'}"
    beyond = " than ~ allows" if repair.is_widened else ""
    return f"{told} {less if repair.change < 0 else more}{beyond}"


def _quoted(argument: str) -> str:
    """An argument as a shell takes it."""
    from shlex import quote  # noqa: PLC0415  # only `explain` writes commands

    return quote(argument)
