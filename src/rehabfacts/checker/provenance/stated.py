"""Stated means stated: whether the dates and numbers of a fact stand in its own quote, or why not."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TypeVar

from rehabfacts.checker.provenance.resolution import (
    Fit,
    Found,
    demands_of,
    find_date,
    find_number,
    written_number,
)
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date, Period
from rehabfacts.edtf_parts import CalendarDate
from rehabfacts.names import Names, Reasons
from rehabfacts.quantities import Quantity
from rehabfacts.quotes import Span
from rehabfacts.schema import Fact, Field, Kind
from rehabfacts.texts.dates import TextDate, iter_dates
from rehabfacts.texts.lexicons import is_read
from rehabfacts.texts.numbers import TextNumber, iter_numbers
from rehabfacts.texts.tokens import tokenized

SUPPOSED = Names({"": "supposed"})
"""The reason for what is only supposed: no quote is expected to say it, and none to keep silent."""

_ENVELOPE = frozenset(("id", "source", "quote", "cites", "status"))
_MOST_SHOWN = 5
_HEDGES = {
    "almost": "hedge “nearly”", "after": "“more than” or “after”", "before": "“less than” or “before”", "to": "“up to” or “before”",
    "until": "“not later than” or “at most”", "from": "“not before” or “at least”", "between": "other end of the range",
    "part": "words that only a part of it is meant", "about": "hedge “about”",
}  # fmt: skip


class TextValues:
    """The dates and numbers that a text names, each read when they are first asked for."""

    def __init__(self, text: str, language: str | None, *, is_mixed: bool) -> None:
        self.text = text
        self._tokens = tokenized(text, language, is_mixed=is_mixed)

    @cached_property
    def _located(self) -> tuple[tuple[int, int, TextDate], ...]:
        return tuple(iter_dates(self._tokens))

    @cached_property
    def dates(self) -> tuple[TextDate, ...]:
        """Every date, in order."""
        return tuple(date for _, _, date in self._located)

    @cached_property
    def numbers(self) -> tuple[TextNumber, ...]:
        """Every number that is no part of a date, in order."""
        return tuple(iter_numbers(self._tokens, [(first, end) for first, end, date in self._located if not date.is_bare]))


class Statement:
    """A value that a fact states in a field: found in its quote or not, what the quote says instead, what it adds."""

    __slots__ = ("field", "instead", "is_contradicted", "is_found", "lost")

    def __init__(self, field: str, instead: str = "", lost: tuple[str, ...] = (), *, is_found: bool = False, is_contradicted: bool = False) -> None:
        self.field, self.instead, self.lost, self.is_found, self.is_contradicted = field, instead, lost, is_found, is_contradicted


@lru_cache(maxsize=4096)
def values_of(text: str, language: str | None, *, is_mixed: bool = False) -> TextValues:
    """Read a text for its dates and numbers, once; if it is mixed, other languages that it quotes are read too."""
    return TextValues(text, language, is_mixed=is_mixed)


def statements(dataset: Dataset, fact: Fact, language: str | None) -> Iterator[Statement]:
    """What a fact states in its dates, periods, quantities and texts, each held against its quote."""
    fields = [field for field in dataset.type_of(fact).fields.values() if field.name not in _ENVELOPE and field.kind in _KINDS]
    stated = [(field, value) for field in fields if (value := getattr(fact, field.name)) is not None]
    if not stated or fact.quote is None:
        return
    quote = values_of(fact.quote, language)
    taken = tuple(_taken(quote.text, (value for field, value in stated if field.kind is Kind.TEXT)))
    for field, value in stated:
        found = _of_field(field, value, quote, taken, language)
        if found is not None and not found.is_found and is_read(language):
            mixed = _of_field(field, value, values_of(fact.quote, language, is_mixed=True), taken, language)
            found = mixed if mixed is not None and mixed.is_found else found
        if found is not None:
            yield found


_KINDS = frozenset((Kind.DATE, Kind.PERIOD, Kind.QUANTITY, Kind.TEXT))


def _of_field(field: Field, value: object, quote: TextValues, taken: Collection[Span], language: str | None) -> Statement | None:
    """A value held against a quote; None for a text without digits."""
    if not is_read(language) and has_digits_of(value, quote.text):
        return Statement(field.name, is_found=True)
    if isinstance(value, Date | Period):
        dates = _free(quote.dates, taken)
        return _statement(field, find_date(value, dates), [quote.text[each.start : each.end] for each in dates], "date")
    if isinstance(value, Quantity):
        numbers = _free(quote.numbers, taken)
        return _statement(field, find_number(value, numbers), [quote.text[each.start : each.end] for each in numbers], "number")
    return _of_text(field, value, quote, language) if isinstance(value, str) and re.search("[0-9]", value) else None


def has_digits_of(value: object, text: str) -> bool:
    """Whether a text in a language that is not read has the digits of a value: year and day of each date, those of a number.

    A number may be written in words, so a text without digits is no proof against it.
    """
    if isinstance(value, Date | Period):
        points = [demand.point for demand in demands_of(value)[1] if isinstance(demand.point, CalendarDate)]
        wanted = {int(digits) for point in points for digits in (point.year, point.day) if digits.isdecimal()}
        return wanted <= {int(digits) for digits in re.findall("[0-9]{1,4}", text)}
    if isinstance(value, Quantity):
        digits = re.sub("[^0-9]", "", text)
        return not digits or all(str(int(number * 10**6)).rstrip("0") in digits for number in written_number(value).numbers)
    return False


def _statement(field: Field, found: Found, texts: Iterable[str], kind: str) -> Statement:
    if found.fit >= Fit.COARSER:
        return Statement(field.name, lost=tuple(map(_told, found.lost)), is_found=True)
    said = tuple(dict.fromkeys(" ".join(text.split()) for text in texts))
    if not said:
        return Statement(field.name, f"the quote holds no {kind}")
    shown = " and ".join(f"“{text}”" for text in said[:_MOST_SHOWN]) + (" …" if len(said) > _MOST_SHOWN else "")
    if found.fit is Fit.PARTIAL:
        return Statement(field.name, f"the quote says no more than {shown}")
    return Statement(field.name, f"the quote says {shown}", is_contradicted=True)


def _told(lost: str) -> str:
    return f"the quote has it {lost}" if lost.startswith("rounded") else f"the quote has the {_HEDGES[lost]}"


def _of_text(field: Field, value: str, quote: TextValues, language: str | None) -> Statement | None:
    """A text with digits, such as a mark of reference: as it stands, or else each number in it."""
    if value in quote.text:
        return Statement(field.name, is_found=True)
    wanted = [number.value for number in values_of(value, language).numbers]
    said = {number.value for number in quote.numbers}
    missing = [str(number) for number in wanted if number not in said]
    if missing:
        return Statement(field.name, f"the quote has no {', '.join(missing)}", is_contradicted=bool(said))
    return Statement(field.name, is_found=True) if wanted else None


def _taken(quote: str, texts: Iterable[str]) -> Iterator[Span]:
    """Where the texts of a fact stand in its quote: the 2 of “[2, p. 213]” counts nothing."""
    for text in texts:
        at = quote.find(text) if text else -1
        if at >= 0:
            yield at, at + len(text)


Read = TypeVar("Read", TextDate, TextNumber)


def _free(found: Sequence[Read], taken: Collection[Span]) -> Sequence[Read]:
    """What no text of the fact has taken."""
    return [each for each in found if not any(start <= each.start and each.end <= end for start, end in taken)] if taken else found


def is_excused(statement: Statement, reasons: Reasons | Mapping[str, object]) -> bool:
    """Whether the fact explains that its quote does not say it; the reason for the whole excuses no contradiction."""
    return statement.field in reasons or ("" in reasons and not statement.is_contradicted)
