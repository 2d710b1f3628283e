"""The pieces of date phrases: what one regular expression finds in the categories of a text, each piece with its numbers.

A piece can be whole ("14 April 1993") or lack what its neighbours say ("5" in "5 to 9 January", "20" in "20–50-ті роки").
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from rehabfacts.calendars import days_in_month
from rehabfacts.texts.lexicons import roman_value
from rehabfacts.texts.tokens import TokenizedText

_GLUED = r"(?<![.:/+\u2212wMNYAKLCu~])(?<![wLIu]-)"  # a number glued to these is a part of something else
_LINKED = _GLUED.replace("/", "") + r"(?<![^0-9 ]/)"  # the end of 1993/94
_LABELLED = r"(?<![LD] )(?<![LDf]\. )(?<![LDf]\.)(?<!L)"  # article 28, p. 213, № 14
_ENDED = r"(?![.,:/][0-9])(?![A-Za-z])(?! ?[Kp])(?!-[A-Za-z])"
_END = r"(?:-?[rbj])?"
CODE = r"I[.:]*(?: ?[0-9](?:(?:[-./]| (?![12] ?[MmNU]))?[0-9])*)?|\+[0-9](?:[ -]?\(?[0-9]\)?)*|[0-9](?:-[0-9]){3,}"
"""A telephone number, an ISBN, a DOI and their like: no number in it counts anything."""
_YEAR, _YEARS = r"(?: ?(?:[YA]|y\.?))", r"(?: ?(?:[PB]|G\.?))"
_MONTH, _FIRST_MONTH = r"(?:[MN]|[mU]\.?)", r"(?:N|U\.?)"
_CENTURY = r"(?: ?(?:C|D\.?|W\.))"
_STYLES = (
    rf"[12]{_END} {_MONTH} ?[(/] ?[12]{_END} {_MONTH}\)?,? [67]{_YEAR}?|[12] ?\([12]\) {_MONTH} [67]{_YEAR}?|[12]/[12] {_MONTH} [67]{_YEAR}?"
)
_YEAR_FIRST = rf"[67]{_YEAR},? [12]{_END} {_MONTH}"
_NUMBERS: tuple[tuple[str, str], ...] = (
    ("iso", r"[67]-[12]-[12](?![-0-9])"),
    ("numeric", rf"(?:[12]\.[12]\.[67]{_YEAR}?|[12]/[12]/[67]|[12]-[12]-[67])(?![-./:][0-9])"),
    ("styles", _STYLES),
    ("roman_month", rf"{_LABELLED}(?:[12] ?[-./] ?R ?[-./] ?[67]|[12]/R [67]){_YEAR}?"),
    ("dmy", rf"[12]{_END} (?:z )?{_MONTH}(?: z)?,? [67]{_END}{_YEAR}?|[12]-{_MONTH}-[67]"),
    ("ydm", rf"{_YEAR_FIRST}(?:(?=,? {_YEAR_FIRST})|(?!,? [67]))|[67] ?A,? [12]{_END}[- ]{_MONTH}"),
    ("ym", rf"[67] ?(?:A|y\.) {_MONTH}"),
    ("dm", rf"[12]{_END} (?:z )?{_MONTH}"),
    ("dy", rf"(?:(?<=-)|(?<=c )|(?<=g ))[12]r?, [67](?!{_YEAR})"),
    ("before_christ", rf"[1-8]{_YEAR}?(?: J| g w\. ?w\.?)"),
    ("decade", rf"7-[xbc](?:{_YEAR}|{_YEARS})?|7'?s|[23]-[xbc](?! z){_YEARS}?|'?[23]'?s|[237]-B"),
    ("years_or_decade", rf"7{_END} ?B"),
    ("short_decade", r"[23] ?B"),
    ("years", rf"[67]{_END}{_YEARS}"),
    ("year", rf"[67]{_END}{_YEAR}"),
    ("old_year", rf"5{_END} [YA]"),
    ("few", rf"[1234]{_YEARS}"),
    ("ordinal_century", r"[12](?:-?[rbj] ?(?:C|D\.?)| ?-?C)"),
)
_LOOSE_NUMBERS: tuple[tuple[str, str], ...] = (
    ("day", rf"[12]{_END}{_ENDED}(?! 5)"),
    ("bare_year", rf"[67]{_END}{_ENDED.replace('/', '')}(?!/[0589])"),
    ("two", rf"[34]{_ENDED}"),
)
_OTHERS: tuple[tuple[str, str], ...] = (
    ("code", CODE),
    ("mdy", rf"{_FIRST_MONTH} [12]r?,? [67]"),
    ("my", rf"{_MONTH},?(?: z)? [67]{_END}{_YEAR}?"),
    ("md", rf"{_FIRST_MONTH} [12]r?(?:{_ENDED}|(?=-[NU]))"),
    ("century", rf"R(?:-?[rbjx])?{_CENTURY}|(?:t[ -])?O C"),
    ("part", r"O [Qq](?: z)*"),
    ("season", r"S(?: z)?"),
    ("roman", "R"),
    ("month", rf"{_MONTH}(?![0-9A-Za-z])"),
)
_COMMON_WORDS = frozenset(("may", "march", "mar", "dec", "sep"))


class Piece:
    """A piece of a date phrase, still open to what its neighbours say.

    `kind` is what it is now: full, day_month, month_year, year, decade, century, part, season, and for what is no date by
    itself day, month, few, roman, nothing. A decade is 193 where it is known, 3 where its century is not. `is_bare` says
    that the words could be a mere number, `is_shared` that its month stands with the next one. `notations` are those of a
    piece that is finished.
    """

    __slots__ = ("century", "day", "decade", "end", "first", "is_bare", "is_plural", "is_shared", "kind", "month", "notations", "year")

    def __init__(self, kind: str, first: int, end: int) -> None:
        self.kind, self.first, self.end = kind, first, end
        self.year: int | None = None
        self.month = self.day = self.century = 0
        self.decade: int | None = None
        self.is_bare = self.is_plural = self.is_shared = False
        self.notations: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    tables = (_OTHERS, _NUMBERS, _LOOSE_NUMBERS)
    others, numbers, loose = ("|".join(f"(?P<{name}>{pattern})" for name, pattern in table) for table in tables)
    return re.compile(f"(?=[0-9MmNUSROtI'+])(?:{others}|{_GLUED}(?:{numbers})|{_LINKED}{_LABELLED}(?:{loose}))")


def iter_pieces(text: TokenizedText) -> Iterator[Piece]:
    """Every piece of a text, in order; none overlaps another. Linear in the length of the text."""
    for match in _pattern().finditer(text.categories):
        name = match.lastgroup or ""
        piece = Piece("nothing", match.start(), match.end())
        while text.categories[piece.end - 1] in " z":
            piece.end -= 1
        numbers, months = _harvest(text, match.start(), match.end())
        _READERS[name](text, piece, numbers, months)
        yield piece


def _harvest(text: TokenizedText, first: int, end: int) -> tuple[list[int], list[int]]:
    """The numbers and the months of a piece, in their order."""
    numbers, months = [], []
    for at in range(first, end):
        category = text.categories[at]
        if category in "0123456789":
            numbers.append(int(text.tokens[at]))
        elif category in "MmNU":
            months.append(text.value(at))
    return numbers, months


def _is_day(year: int | None, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= days_in_month(2000 if year is None else year, month)


def _set_day(piece: Piece, year: int | None, month: int, day: int) -> None:
    if _is_day(year, month, day):
        piece.kind, piece.year, piece.month, piece.day = ("day_month" if year is None else "full"), year, month, day


def _iso(_: TokenizedText, piece: Piece, numbers: list[int], __: list[int]) -> None:
    _set_day(piece, *numbers)


def _numeric(text: TokenizedText, piece: Piece, numbers: list[int], __: list[int]) -> None:
    """Day, month, year; or month first, where no dots say otherwise and both can be."""
    one, two, year = numbers
    orders = [(one, two)] if "." in text.tokens[piece.first + 1] or one == two else [(one, two), (two, one)]
    found = [f"{year:04}-{month:02}-{day:02}" for day, month in orders if _is_day(year, month, day)]
    if found:
        piece.kind, piece.year, piece.notations = "full", year, tuple(found)


def _styles(_: TokenizedText, piece: Piece, numbers: list[int], months: list[int]) -> None:
    """One day in the old and in the new style."""
    days = zip(numbers[:2], months if len(months) == 2 else months * 2, strict=True)
    found = [f"{numbers[-1]:04}-{month:02}-{day:02}" for day, month in days if _is_day(2000, month, day)]
    if found:
        piece.kind, piece.year, piece.notations = "full", numbers[-1], tuple(found)


def _dmy(_: TokenizedText, piece: Piece, numbers: list[int], months: list[int]) -> None:
    _set_day(piece, numbers[1], months[0], numbers[0])


def _ydm(_: TokenizedText, piece: Piece, numbers: list[int], months: list[int]) -> None:
    _set_day(piece, numbers[0], months[0], numbers[1])


def _month_year(text: TokenizedText, piece: Piece, numbers: list[int], months: list[int]) -> None:
    if _is_common_word(text, piece):
        piece.first = piece.end - 1
        _bare_year(text, piece, numbers, months)
    else:
        piece.kind, piece.year, piece.month = "month_year", numbers[0], months[0]


def _roman_month(text: TokenizedText, piece: Piece, numbers: list[int], __: list[int]) -> None:
    """Archives write 14.IV.1993 and 14/IV-1993."""
    _set_day(piece, numbers[1], roman_value(text.tokens[text.categories.index("R", piece.first)]), numbers[0])


def _day_month(_: TokenizedText, piece: Piece, numbers: list[int], months: list[int]) -> None:
    _set_day(piece, None, months[0], numbers[0])


def _month_day(text: TokenizedText, piece: Piece, numbers: list[int], months: list[int]) -> None:
    if not _is_common_word(text, piece):
        _set_day(piece, None, months[0], numbers[0])


def _month(text: TokenizedText, piece: Piece, _: list[int], months: list[int]) -> None:
    if not _is_common_word(text, piece):
        piece.kind, piece.month = "month", months[0]


def _is_common_word(text: TokenizedText, piece: Piece) -> bool:
    """Whether "may" or "march" stands there, which are months only with a capital."""
    return text.tokens[piece.first] in _COMMON_WORDS


def _before_christ(text: TokenizedText, piece: Piece, numbers: list[int], __: list[int]) -> None:
    said = text.text(piece.first, piece.end)
    if "до" not in said or re.search(r"до н\. ?[еэ]", said):
        piece.kind, piece.year = "year", 1 - numbers[0]


def _day_and_year(_: TokenizedText, piece: Piece, numbers: list[int], __: list[int]) -> None:
    """The end of "April 14–16, 1993"; without a month before it, a year."""
    piece.kind, piece.day, piece.year, piece.is_bare = "day", numbers[0], numbers[1], True


def _code(_: TokenizedText, __: Piece, ___: list[int], ____: list[int]) -> None:
    """No date."""


def _decade(_: TokenizedText, piece: Piece, numbers: list[int], __: list[int]) -> None:
    piece.kind, piece.decade = "decade", numbers[0] // 10


def _years_or_decade(_: TokenizedText, piece: Piece, numbers: list[int], __: list[int]) -> None:
    """Kazakh has one word for the years and for the decade: both are given."""
    year = numbers[0]
    piece.kind, piece.year, piece.decade, piece.is_plural = "year", year, year // 10, True
    piece.notations = (f"{year:04}", f"{year // 10:03}X")


def _year(_: TokenizedText, piece: Piece, numbers: list[int], __: list[int]) -> None:
    piece.kind, piece.year = "year", numbers[0]


def _years(_: TokenizedText, piece: Piece, numbers: list[int], __: list[int]) -> None:
    piece.kind, piece.year, piece.is_plural, piece.is_bare = "year", numbers[0], True, True


def _old_year(text: TokenizedText, piece: Piece, numbers: list[int], __: list[int]) -> None:
    """A year of three digits, where the case shows that it is no number of years."""
    if text.tokens[piece.end - 1].lower() in ("році", "году", "жылы"):
        piece.kind, piece.year = "year", numbers[0]


def _few(_: TokenizedText, piece: Piece, numbers: list[int], __: list[int]) -> None:
    piece.kind, piece.day, piece.is_plural = "few", numbers[0], True


def _century(text: TokenizedText, piece: Piece, numbers: list[int], _: list[int]) -> None:
    first = text.tokens[piece.first]
    if numbers:
        number = numbers[0]
    elif text.categories[piece.first] == "R":
        number = roman_value(first)
    else:
        at = text.categories.index("O", piece.first)
        number = text.value(at) + (text.value(piece.first) if at > piece.first else 0)
    if 1 <= number <= 39 and not text.text(piece.end, piece.end + 4).startswith((" до н", " bc", " b.")):
        piece.kind, piece.century = "century", number


def _part(text: TokenizedText, piece: Piece, _: list[int], __: list[int]) -> None:
    """The first or second half, the first to fourth quarter: `day` is which, `month` into how many."""
    number, pieces = text.value(piece.first), 2 if text.categories[piece.first + 2] == "Q" else 4
    if number <= pieces:
        piece.kind, piece.day, piece.month = "part", number, pieces


def _season(text: TokenizedText, piece: Piece, _: list[int], __: list[int]) -> None:
    piece.kind, piece.month = "season", 20 + text.value(piece.first)


def _roman(text: TokenizedText, piece: Piece, _: list[int], __: list[int]) -> None:
    piece.kind, piece.century = "roman", roman_value(text.tokens[piece.first])


def _day(_: TokenizedText, piece: Piece, numbers: list[int], __: list[int]) -> None:
    piece.kind, piece.day = "day", numbers[0]


def _bare_year(_: TokenizedText, piece: Piece, numbers: list[int], __: list[int]) -> None:
    piece.kind, piece.year, piece.is_bare = "year", numbers[0], piece.end == piece.first + 1


_READERS: dict[str, Callable[[TokenizedText, Piece, list[int], list[int]], None]] = {
    "code": _code, "dy": _day_and_year, "iso": _iso, "numeric": _numeric, "styles": _styles, "roman_month": _roman_month, "dmy": _dmy, "mdy": _dmy, "ydm": _ydm, "my": _month_year, "ym": _month_year,
    "dm": _day_month, "md": _month_day, "before_christ": _before_christ, "decade": _decade, "years_or_decade": _years_or_decade,
    "short_decade": _decade, "years": _years, "year": _year, "old_year": _old_year, "few": _few, "century": _century, "ordinal_century": _century, "part": _part,
    "season": _season, "roman": _roman, "month": _month, "day": _day, "bare_year": _bare_year, "two": _day,
}  # fmt: skip
