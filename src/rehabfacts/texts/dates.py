"""Dates as documents write them, in Ukrainian, Russian, Kazakh and English.

Nothing is guessed: where two readings are possible both are given, a date without its year stays without it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from rehabfacts import edtf
from rehabfacts.calendars import GREGORIAN, Calendar, calendar_named
from rehabfacts.edtf_days import Span, bounds
from rehabfacts.plain import plain
from rehabfacts.texts.date_pieces import Piece, iter_pieces
from rehabfacts.texts.hedges import hedge_before, hedge_of
from rehabfacts.texts.tokens import TokenizedText, tokenized

_LINK = r"(?: ?(?P<dash>-) ?| ?(?P<slash>/) ?|,? (?P<word>c) |,? (?P<to>g) |(?P<comma>, ))(?:z )?(?P<part>V z?)?(?:[fnW] )?"
_LONGEST_LINK = 12
_CONNECTORS = frozenset(("to", "through", "since"))
_RANGES = frozenset(("dash", "to"))


@plain
class TextDate:
    """A date that a text names, from code point `start` to `end`.

    `notation` is what is named, in EDTF: a day, month, season, year, decade (`192X`), century (`19XX`, and as another
    reading of the same words `1901/2000`), half of one (`1800/1849`). What the words leave open is `X`: `XXXX-04-29`
    for "29 April", `XX3X` for the thirties. `hedge` is what is said of it (see `time_words.HEDGES`). `is_bare` says
    that the words may be no date but a number: 1993 alone.
    """

    start: int
    end: int
    notation: str
    hedge: str = ""
    is_bare: bool = False

    @property
    def is_partial(self) -> bool:
        """Whether the words leave the year or the century open."""
        return self.notation.startswith("XX")

    def bounds(self, calendar: Calendar = GREGORIAN) -> Span:
        """The first and the last day of what is named, as the calendar counts; none where it is partial."""
        return (None, None) if self.is_partial else _bounds(self.notation, calendar.name)


@lru_cache(maxsize=4096)
def _bounds(notation: str, calendar: str) -> Span:
    return bounds(edtf.parse(notation, calendar), calendar_named(calendar))


def read_dates(text: str, language: str | None = None) -> tuple[TextDate, ...]:
    """Every date of a text in order; several of the same place are alternative readings.

    >>> [date.notation for date in read_dates("з 19 липня по 9 вересня 1993 року", "uk")]
    ['1993-07-19', '1993-09-09']
    >>> [date.notation for date in read_dates("in the 1920s–50s", "en")]
    ['192X', '195X']
    """
    return tuple(date for _, _, date in iter_dates(tokenized(text, language)))


def iter_dates(text: TokenizedText) -> Iterator[tuple[int, int, TextDate]]:
    """As `read_dates`, of a text that is taken apart already: each date with its first token and the one after its last."""
    pieces = _with_attached(text, list(iter_pieces(text)))
    links = [_link(text, one, two) for one, two in pairwise(pieces)]
    for at in range(len(links) - 1, -1, -1):
        _hand_back(pieces[at], pieces[at + 1], links[at])
    for at, link in enumerate(links):
        _hand_on(pieces[at], pieces[at + 1], link, text)
    hedge, is_linked = "", False
    for piece, link in zip(pieces, (*links, ""), strict=False):
        notations = _notations(piece)
        hedge = _hedge(text, piece, hedge if is_linked else None)
        for notation in notations:
            yield piece.first, piece.end, TextDate(*text.span(piece.first, piece.end), notation, hedge, piece.is_bare)
        is_linked = bool(link and notations)


def _link(text: TokenizedText, one: Piece, two: Piece) -> str:
    """How two pieces are connected: by a dash, a slash, a comma, a word for "and" or one for "to"; empty if they are not."""
    if two.first - one.end > _LONGEST_LINK:
        return ""
    match = re.compile(_LINK).fullmatch(text.categories, one.end, two.first)
    return "" if match is None else next(name for name in ("dash", "slash", "word", "to", "comma") if match[name])


def _hedge(text: TokenizedText, piece: Piece, linked: str | None) -> str:
    """The hedge of a piece; one that follows another shares that of the first, and its own connector is none."""
    if linked is None:
        return hedge_of(text, piece.first, piece.end)
    own = hedge_before(text, piece.first)
    if own and own not in _CONNECTORS:
        return own
    return "" if linked in _CONNECTORS or (own and linked == "part") else linked  # from the end of the 1920s to 1953


def _with_attached(text: TokenizedText, pieces: list[Piece]) -> list[Piece]:
    """Centuries given to their decades, seasons and halves to their years: each pair becomes one piece."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and text.categories[last.end : piece.first] in {" ", " z ", " z z ", " n ", ", "} and _attach(last, piece, text):
            last.end = piece.end
        else:
            found.append(piece)
    return found


def _attach(one: Piece, two: Piece, text: TokenizedText) -> bool:
    """Whether one piece took in the other."""
    kinds = one.kind, two.kind
    if "," in text.categories[one.end : two.first]:
        return False
    if kinds == ("decade", "century") and one.decade is not None and one.decade < 10:
        one.decade += (two.century - 1) * 10
    elif kinds == ("century", "decade") and two.decade is not None and two.decade < 10:
        one.kind, one.decade = "decade", (one.century - 1) * 10 + two.decade
    elif kinds == ("season", "year"):
        one.year, one.notations = two.year, (f"{two.year:04}-{one.month}",)
    elif kinds == ("year", "season"):
        one.kind, one.notations, one.is_bare = "full", (f"{one.year:04}-{two.month}",), False
    elif kinds in {("part", "century"), ("part", "decade"), ("part", "year")}:
        return _take_part(one, one, two)
    elif kinds in {("century", "part"), ("year", "part")}:
        return _take_part(one, two, one)
    else:
        return False
    return True


def _take_part(target: Piece, part: Piece, whole: Piece) -> bool:
    """The first half of a century, the second quarter of a year; of a century counted from 00 and from 01."""
    which, pieces = part.day, part.month
    if whole.kind == "year":
        target.notations = (f"{whole.year:04}-{(39 if pieces == 2 else 32) + which}",)
    elif whole.kind == "decade":
        first = (whole.decade or 0) * 10 + (which - 1) * 10 // pieces
        if pieces != 2 or first < 1000:
            return False
        target.notations = (f"{first:04}/{first + 4:04}",)
    else:
        size = 100 // pieces
        first = (whole.century - 1) * 100 + (which - 1) * size
        target.notations = (f"{first:04}/{first + size - 1:04}", f"{first + 1:04}/{first + size:04}")
    target.kind, target.is_bare = "full", False
    return True


def _hand_on(one: Piece, two: Piece, link: str, text: TokenizedText) -> None:
    """What the second of two linked pieces lacks and the first has: the century of 1937–38 and of 1920–50-х."""
    if not link:
        _hand_on_before(one, two, text.categories[one.end : two.first])
        return
    if one.kind == "full" and one.is_shared and two.kind == "day_month":
        two.kind, two.year = "full", one.year
    elif one.kind == "day_month" and two.kind == "day" and two.year is not None and one.day < two.day:
        one.kind, two.kind, one.year, two.month = "full", "full", two.year, one.month
        two.is_bare = False
    elif two.kind in {"day", "few"} and one.kind == "year" and link in {"dash", "slash"} and two.first == one.end + 1:
        _end_years(one, two, text)
    elif two.kind == "decade" and two.decade is not None and two.decade < 10:
        century = one.decade // 10 if one.kind == "decade" and one.decade is not None else one.year // 100 if one.kind == "year" and one.year else 0
        two.decade += century * 10 if century >= 10 else 0


def _hand_on_before(one: Piece, two: Piece, gap: str) -> None:
    """What a piece before it, in the genitive, gives: the century of decades, the year of days."""
    if one.kind == "century" and two.kind == "decade" and two.decade is not None and two.decade < 10 and gap == " ":
        two.decade += (one.century - 1) * 10
    elif one.kind == "year" and two.kind == "day_month" and not one.is_bare and gap in {" ", ", "}:
        two.kind, two.year = "full", one.year
    else:
        return
    two.first, one.kind = one.first, "nothing"


def _end_years(one: Piece, two: Piece, text: TokenizedText) -> None:
    year = one.year or 0
    is_surely_no_month = two.day > 12 or two.kind == "few"
    if len(text.tokens[two.first]) == 2 and two.day > year % 100 and is_surely_no_month:
        two.kind, two.year = "year", year - year % 100 + two.day
        one.is_bare = two.is_bare = one.is_bare and not two.is_plural
        two.is_plural = False


def _hand_back(one: Piece, two: Piece, link: str) -> None:
    """What the first of two linked pieces lacks and the second has."""
    if not link:
        return
    if two.kind == "decade":
        _share_decade(one, two)
    elif one.kind == "year" and two.kind == "year":
        _share_years(one, two)
    elif one.kind == "season" and two.kind == "year" and two.is_plural:  # the winter of 1932–1933
        two.kind, one.end = "nothing", two.end
    elif one.kind == "roman" and two.kind == "century":
        one.kind = "century"
    elif two.kind in {"full", "day_month", "month_year"} and not two.notations:
        _share_month(one, two, link)


def _share_decade(one: Piece, two: Piece) -> None:
    """A number before a decade is one too; a short one is of the same century."""
    if one.kind == "year" and one.is_bare and one.year is not None and one.year % 10 == 0:
        one.kind, one.decade, one.is_bare = "decade", one.year // 10, False
        return
    digit = one.day // 10 if one.kind == "day" and one.day % 10 == 0 else one.decade if one.kind == "decade" else None
    if digit is not None and digit < 10:
        one.kind, one.decade = "decade", digit + (two.decade or 0) // 10 * 10


def _share_years(one: Piece, two: Piece) -> None:
    """Years before a year with its word are years too; "1920–1930 жылдары" can be the decades as well."""
    one.is_bare = one.is_bare and two.is_bare
    if two.notations and one.year is not None and one.year % 10 == 0:
        one.notations = (f"{one.year:04}", f"{one.year // 10:03}X")
    elif two.is_plural:
        one.is_plural = two.is_plural = one.is_bare = two.is_bare = False


def _share_month(one: Piece, two: Piece, link: str) -> None:
    """Month and year of a day, year of a day and month or of a month; a range must not end before it begins."""
    is_range = link in _RANGES
    if one.kind == "day" and two.day and (one.day < two.day or link == "word"):
        one.kind, one.year, one.month, one.is_shared = two.kind, two.year, two.month, True
        one.is_bare = link == "comma"
    elif one.kind == "day_month" and two.kind == "full" and ((one.month, one.day) < (two.month, two.day) or not is_range):
        one.kind, one.year = "full", two.year
    elif one.kind == "month" and two.year is not None and (one.month < two.month or not is_range):
        one.kind, one.year = "month_year", two.year


def _notations(piece: Piece) -> Sequence[str]:
    """What a piece names in the end; nothing if it is no date by itself."""
    if piece.notations or (piece.kind == "year" and piece.is_plural):  # "1500 років" is a length of time
        return piece.notations
    year = "XXXX" if piece.year is None else f"{'-' if piece.year < 0 else ''}{abs(piece.year):04}"
    found: tuple[str, ...] = ()
    match piece.kind:
        case "full" | "day_month":
            found = (f"{year}-{piece.month:02}-{piece.day:02}",)
        case "month_year":
            found = (f"{year}-{piece.month:02}",)
        case "year" | "day" if piece.year is not None:
            found = (year,)
        case "decade":
            found = (f"XX{piece.decade}X" if piece.decade is not None and piece.decade < 10 else f"{piece.decade:03}X",)
        case "century":
            last = piece.century * 100
            found = (f"{piece.century - 1:02}XX", f"{last - 99:04}/{last:04}")
    return found
