"""Mutations: what a fact would say if one of its dates, numbers or references were a little wrong."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from rehabfacts.calendars import add_months, civil, day_number, days_in_month, written
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date
from rehabfacts.errors import InvalidDate, InvalidQuantity
from rehabfacts.periods import Period
from rehabfacts.quantities import Quantity
from rehabfacts.schema import Fact, Field, Kind

KINDS = ("date", "count", "reference")
"""What is changed."""

OTHERS = 3
"""To so many other records each reference is turned, unless another number is asked for."""

_ATTRIBUTION = frozenset(("according_to", "superseded_by"))
_DATE = re.compile(r"(?<![\w-])(?P<year>\d{3}[\dX])(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?![\w-])")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@attrs.frozen
class Mutation:
    """A fact as it would be, with one field changed: from which notation to which, and by what (`a day later`)."""

    fact: Fact
    field: str
    kind: str
    by: str
    before: str
    after: str


def every_mutation(dataset: Dataset, fact: Fact, *, others: int = OTHERS) -> Iterator[Mutation]:
    """Each date and each number a step off, each reference to so many other records of the same type, the next by their ids.

    Who says a fact, and what took its place, is left alone.
    """
    for field in dataset.type_of(fact).fields.values():
        value = getattr(fact, field.name)
        if value is not None and field.name not in _ATTRIBUTION:
            for kind, by, changed in _changes(dataset, field, value, others):
                mutated: Fact = attrs.evolve(fact, **{field.name: changed})  # type: ignore[misc]  # every fact is an attrs value
                yield Mutation(mutated, field.name, kind, by, str(value), str(changed))


def _changes(dataset: Dataset, field: Field, value: Any, count: int) -> Iterator[tuple[str, str, Any]]:
    if isinstance(value, Date | Period):
        yield from (("date", by, changed) for by, changed in _other_dates(value))
    elif isinstance(value, Quantity):
        yield from (("count", by, changed) for by, changed in _other_numbers(value))
    elif field.kind is Kind.ROLE:
        name = type(dataset.records[value]).__name__
        known = [each.id for each in dataset.of_type(name) if type(each).__name__ == name]
        at = known.index(value)
        yield from (("reference", f"another {name}", type(value)(each)) for each in (known[at + 1 :] + known[:at])[:count])


# Dates


def _other_dates(value: Date | Period) -> Iterator[tuple[str, Date | Period]]:
    """The date, or one end of the period, a day, a month, a year earlier and later: no step finer than it is written."""
    parts = value.notation.split("/") if isinstance(value, Period) else [value.notation]
    for at, part in enumerate(parts):
        for unit, steps in _STEPS.items():
            for step, word in steps:
                moved = _moved(part, unit, step)
                notation = "/".join((*parts[:at], moved, *parts[at + 1 :]))
                changed = _parsed(lambda text: type(value).parse(text, value.calendar), notation)
                if moved != part and changed is not None and changed != value:
                    yield f"a {unit} {word}", changed


_STEPS = {
    "day": ((-1, "earlier"), (1, "later")), "month": ((-1, "earlier"), (1, "later")), "year": ((-1, "earlier"), (1, "later")),
    "decade": ((-10, "earlier"), (10, "later")),
}  # fmt: skip


def _moved(notation: str, unit: str, step: int) -> str:
    """The notation with all its days moved; as it is where one of them is not written so finely, or cannot be moved."""
    found = list(_DATE.finditer(notation))
    if not all(_is_fine(each, unit) for each in found):
        return notation
    return _DATE.sub(lambda match: _moved_day(match, unit, step), notation)


def _is_fine(match: re.Match[str], unit: str) -> bool:
    is_decade = match["year"].endswith("X")
    if is_decade or unit == "decade":
        return is_decade and unit == "decade"
    needed = {"day": match["day"], "month": match["month"], "year": match["year"]}[unit]
    return needed is not None and (unit == "year" or int(match["month"]) <= 12)


def _moved_day(match: re.Match[str], unit: str, step: int) -> str:
    year, month, day = match["year"], match["month"], match["day"]
    if unit == "decade":
        return f"{int(year[:3]) + step // 10:03}X"
    if month is None or int(month) > 12:
        return f"{int(year) + step:04}{match.group()[4:]}"
    first = day_number(int(year), int(month), 1)
    if day is None:
        return written(*civil(add_months(first, step * (12 if unit == "year" else 1))))[:-3]
    if int(day) > days_in_month(int(year), int(month)):  # a day of another calendar
        return match.group()
    number = first + int(day) - 1
    return written(*civil(number + step if unit == "day" else add_months(number, step * (12 if unit == "year" else 1))))


# Numbers


def _other_numbers(value: Quantity) -> Iterator[tuple[str, Quantity]]:
    """The number one unit of its last digit (or of what it is rounded to), and a tenth, less and more."""
    told, rounded, grain = value.notation.partition(", rounded to ")
    unit = int(grain.replace(",", "")) if grain.replace(",", "").isdecimal() else 1
    seen = {value.notation}
    for by, share in (("one unit", 0), ("a tenth", 10)):
        for sign, word in ((-1, "less"), (1, "more")):
            moved = _NUMBER.sub(lambda match, share=share, sign=sign: _moved_number(match.group(), unit, share, sign), told)  # type: ignore[misc]
            changed = _parsed(Quantity.parse, moved + rounded + grain)
            if changed is not None and changed.notation not in seen:
                seen.add(changed.notation)
                yield f"{by} {word}", changed


def _moved_number(text: str, unit: int, share: int, sign: int) -> str:
    """A number in digits, moved by so many of its last digit, or by a part of the whole that is some of these."""
    whole, point, decimals = text.replace(",", "").partition(".")
    number = int(whole + decimals)
    step = max(1, number // share // unit) * unit if share else unit
    digits = f"{max(0, number + sign * step):0{len(decimals) + 1}}"
    whole, decimals = (digits[: -len(decimals)], digits[-len(decimals) :]) if decimals else (digits, "")
    return f"{int(whole):{',' if ',' in text else ''}}{point}{decimals}"


def _parsed(parse: Callable[[str], Any], notation: str) -> Any:
    try:
        return parse(notation)
    except (InvalidDate, InvalidQuantity):
        return None
