"""Numbers as documents write them, in Ukrainian, Russian, Kazakh and English: digits, digits with "тисяч", words.

What is part of a date is no number, and neither are the digits of a time of day, a telephone number, an ISBN or a code.
Numerals in words are read to 999,999 and beyond; fractions (½, "two and a half"), dozens and ordinals in words are not.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rehabfacts.plain import plain
from rehabfacts.texts.date_pieces import CODE
from rehabfacts.texts.dates import iter_dates
from rehabfacts.texts.hedges import hedge_of
from rehabfacts.texts.numerals import ALONE
from rehabfacts.texts.tokens import TokenizedText, tokenized

if TYPE_CHECKING:
    from fractions import Fraction

    Value = tuple[int | Fraction, int]

_BEFORE = r"(?<![:/+A-KM-Za-z])(?<![0-9][.,])(?<![wLIuR]-)"
_AFTER = r"(?P<ending>-?[rbjx]|-w(?= K))?(?![.,:/][0-9])(?!\.?[ABD-JL-Za-oq-z])(?! f w K)"
_DIGITS = r"[1-5](?: 5)+(?:,[0-9])?|[1-5](?:,5){2,}(?:\.[0-9])?|[1-5](?:\.5){2,}(?:,[0-9])?|[1-5],5\.[0-9]|[1-5]\.5,[0-9]|[0-9](?:[.,][0-9])?"
_CODES = rf"{CODE}|[0-9](?:-[0-9]){{2,}}|(?![1-5](?:\.5)+(?![.0-9]))[0-9](?:\.[0-9]){{2,}}"
_NUMBER = re.compile(
    rf"(?P<code>{_CODES})"
    rf"|(?P<minus>\u2212|(?:(?<= )|\A)-)?{_BEFORE}(?P<digits>{_DIGITS}){_AFTER}(?P<scale> ?K\.?)?"
    r"|(?P<words>[ioauethHK](?:(?: c)?[ -][ioauethHK])*)"
)  # fmt: skip
_SCALED_WORDS = ("тис", "мільйон", "мільярд", "тыс", "миллион", "миллиард", "thousand", "million", "billion")
_STEMS = ("тисяч", "мільйон", "мільярд", "тысяч", "миллион", "миллиард", "мың", "thousand", "million", "billion")
_OTHER = re.compile(r"(?:[ -]| f | c (?:a )?)[FQ]|[ -]K")
_OTHER_WORDS = re.compile(r"(?:[ -]| c )[Oq]|(?<=[iuet])(?: ?- ?| g )[aiu][ -]H")
_HALF_OF = re.compile(r"[FQq](?: z)? \Z")
_FOLLOWS = {"h": "teui", "H": "teui", "t": "ui", "e": "", "u": "", "i": "", "o": "", "a": ""}
_RANGE = re.compile(r" ?- ?| g ")
_MOST_DIGITS = 38
_FRACTIONS = tuple("¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
_ENGLISH = frozenset(("en",))
_RANGE_FROM = frozenset(("since", "between", ""))
_NO_HEDGES = frozenset(("since", "through"))


@plain
class TextNumber:
    """A number that a text names, from code point `start` to `end`; several of one place are alternative readings.

    `grain` is the step to which it is rounded: 1,000 for "75 thousand", 1 for "75 000". `hedge` is what is said of it
    (see `time_words.HEDGES`), "between" for an end of a range. `is_one` marks the words for one, which often count nothing.
    """

    start: int
    end: int
    value: "int | Fraction"
    grain: int = 1
    hedge: str = ""
    is_percent: bool = False
    is_one: bool = False


def read_numbers(text: str, language: str | None = None) -> tuple[TextNumber, ...]:
    """Every number of a text in order.

    >>> [(number.value, number.grain) for number in read_numbers("75 тисяч осіб і 1,5 млн карбованців", "uk")]
    [(75000, 1000), (1500000, 100000)]
    >>> [number.value for number in read_numbers("two hundred and five of 14,532 persons", "en")]
    [205, 14532]
    """
    tokens = tokenized(text, language)
    return tuple(iter_numbers(tokens, [(first, end) for first, end, date in iter_dates(tokens) if not date.is_bare]))


class _Found:
    """A number on its way: where its tokens are, what it can be (each value with its grain), the scale that it ends with."""

    __slots__ = ("end", "first", "is_one", "scale", "values")

    def __init__(self, first: int, end: int, values: "list[Value]", scale: int, *, is_one: bool = False) -> None:
        self.first, self.end, self.values, self.scale = first, end, values, scale
        self.is_one = is_one


def iter_numbers(text: TokenizedText, dates: Sequence[tuple[int, int]]) -> Iterator[TextNumber]:
    """The numbers of a text that is taken apart already, outside the tokens of its dates."""
    categories = _masked(text.categories, dates)
    found = _without_others(text, _joined(categories, [number for match in _NUMBER.finditer(categories) for number in _read(text, match)]))
    is_end = False
    for number, following in zip(found, (*found[1:], None), strict=False):
        is_start = following is not None and _RANGE.fullmatch(categories, number.end, following.first) is not None
        hedge = hedge_of(text, number.first, number.end)
        if is_end or (is_start and hedge in _RANGE_FROM):
            hedge = "between"
        elif hedge in _NO_HEDGES or (hedge == "to" and text.lexicon.languages == _ENGLISH):
            hedge = ""  # "of 75 persons", "grew by 75"
        end, is_percent = _percent(text, number.end)
        for value, grain in dict.fromkeys(number.values):
            yield TextNumber(*text.span(number.first, end), value, grain, hedge, is_percent, number.is_one)
        is_end = is_start


def _masked(categories: str, spans: Sequence[tuple[int, int]]) -> str:
    parts: list[str] = []
    last = 0
    for first, end in spans:
        if first >= last:
            parts += (categories[last:first], ";" * (end - first))
            last = end
    return "".join((*parts, categories[last:]))


def _percent(text: TokenizedText, end: int) -> tuple[int, bool]:
    if re.compile(" ?p").match(text.categories, end):
        return end + (2 if text.categories[end] == " " else 1), True
    return (end + 4, True) if text.text(end, end + 4) == " per cent" else (end, False)


def _read(text: TokenizedText, match: re.Match[str]) -> Iterator[_Found]:
    if match["digits"]:
        yield from _digits(text, match)
    elif match["words"]:
        yield from _words(text, match.start(), match.end())


def _digits(text: TokenizedText, match: re.Match[str]) -> Iterator[_Found]:
    first, end = match.span("digits")
    written = "".join(text.tokens[first:end])
    if (written[0] == "0" and written[1:2].isdigit()) or len(written) > _MOST_DIGITS:
        return  # 00447 is a code
    if "".join(text.tokens[end : end + 2]).lstrip().startswith(_FRACTIONS):
        return  # 12½
    if text.categories.startswith("-w", end) and text.tokens[end + 1].lower().startswith(_SCALED_WORDS):
        return  # 20-тисячний
    scale = text.value(match.end() - 1 - match["scale"].endswith(".")) if match["scale"] else 1
    signs = (1,) if not match["minus"] else (1, -1) if match["minus"] == "-" else (-1,)
    numbers: list[Value] = [
        (_whole(sign * value * scale), scale // 10**decimals or 1)
        for value, decimals in _values(written, is_english=text.lexicon.languages == _ENGLISH) for sign in signs
    ]  # fmt: skip
    start = match.start("minus") if match["minus"] else first
    stop = match.end("scale") if match["scale"] else match.end("ending") if match["ending"] else end
    yield _Found(start, stop, numbers, scale)


def _values(digits: str, *, is_english: bool) -> "list[tuple[int | Fraction, int]]":
    """What digits with marks can be, and how many decimals they then have: 1,234 is either in a language with decimal commas."""
    plain = digits.replace(" ", "")
    if plain.isdigit():
        return [(int(plain), 0)]
    marks = [mark for mark in plain if mark in ".,"]
    size = len(plain.rpartition(marks[-1])[2])
    bare = re.sub("[.,]", "", plain)
    grouped, decimal = (int(bare), 0), (_decimal(bare, size), size)
    if len(set(marks)) == 2:
        return [decimal]
    if len(marks) > 1:
        return [grouped]
    if size != 3 or (is_english and marks[0] == "."):
        return [decimal]
    return [grouped] if is_english else [decimal, grouped]


def _decimal(digits: str, decimals: int) -> "int | Fraction":
    from fractions import Fraction  # noqa: PLC0415  # few texts have decimals

    return _whole(Fraction(int(digits), 10**decimals))


def _whole(value: "int | Fraction") -> "int | Fraction":
    return value.numerator if value.denominator == 1 else value


def _words(text: TokenizedText, first: int, end: int) -> Iterator[_Found]:
    """The numerals of a run of number words; where one cannot go on, the next begins."""
    run, at = _Run(), first
    while at < end:
        category = text.categories[at]
        is_between = category in " -" or (category == "c" and run.last in "HK" and "en" in text.lexicon.languages)
        if is_between or (category != "c" and run.takes(at, category, text.value(at))):
            at += 1
        else:
            if category == "K" and run.group:
                at = run.drop_group()  # five thousand six, of which the next word makes six thousand
            yield from run.finished(text)
            at += run.first < 0 or category == "c"
            run = _Run()
    yield from run.finished(text)


class _Run:
    """A numeral in words as far as it is read: thousands put together, and the group below a thousand."""

    def __init__(self) -> None:
        self.first, self.end, self.total, self.group, self.scale, self.last = -1, -1, 0, 0, 0, " "
        self._group_first = self._scale_end = -1

    def takes(self, at: int, category: str, value: int) -> bool:
        """Whether a word goes on with the numeral; if so, it is counted."""
        begins_group = self.last in " K"
        if not self._goes_on(category, value):
            return False
        if category == "K":
            self._scale_end = at + 1
        elif begins_group:
            self._group_first = at
        self.first, self.end, self.last = (at if self.first < 0 else self.first), at + 1, category
        return True

    def drop_group(self) -> int:
        """Leave the group below the last thousand to the next numeral, and say where it begins."""
        self.group, self.end, self.last = 0, self._scale_end, "K"
        return self._group_first

    def _goes_on(self, category: str, value: int) -> bool:
        if category == "K":
            if (self.scale and value >= self.scale) or self.last == "K":
                return False
            self.total += max(self.group, 1 if self.last in " a" else 0) * value
            self.group, self.scale = 0, value
        elif category == "H":
            if self.last not in " auieK":  # "nineteen hundred"
                return False
            self.group = max(self.group, 1) * 100
        elif self.last in " K" or category in _FOLLOWS[self.last]:
            self.group += value if category != "a" else 1
        else:
            return False
        return True

    def finished(self, text: TokenizedText) -> Iterator[_Found]:
        """The numeral, if it is one: a scale word alone is one only in forms that say so, an article never."""
        words = [token for token in text.tokens[self.first : self.end] if token not in (" ", "-")] if self.first >= 0 else []
        if not words or self.last == "a" or (len(words) == 1 and self.last in "HK" and words[0].lower() not in ALONE):
            return
        grain = self.scale if self.last == "K" else 1
        yield _Found(self.first, self.end, [(self.total + self.group, grain)], self.scale, is_one=self.last == "i" and len(words) == 1)


def _joined(categories: str, found: list[_Found]) -> list[_Found]:
    """Numbers told in steps become one (2 млн 300 тисяч); the start of a range may share its scale (10–15 тисяч): both are given."""
    joined: list[_Found] = []
    for number in found:
        last = joined[-1] if joined else None
        gap = "" if last is None else categories[last.end : number.first]
        if last is not None and gap == " " and last.scale > 1 and number.scale < last.scale and _fits_below(last, number):
            last.values = [(last.values[0][0] + number.values[0][0], number.values[0][1])]
            last.end, last.scale = number.end, number.scale
            continue
        if last is not None and last.scale <= 1 and not last.is_one and number.scale > 1 and _RANGE.fullmatch(gap) and last.values[0][0] < number.scale:
            last.values += [_scaled(value, number.scale) for value, _ in last.values]
        joined.append(number)
    return joined


def _scaled(value: "int | Fraction", scale: int) -> "Value":
    """A number counted in thousands, and the step to which it is then rounded."""
    counted, grain = _whole(value * scale), scale
    while counted % grain and grain > 1:
        grain //= 10
    return counted, grain


def _without_others(text: TokenizedText, found: list[_Found]) -> list[_Found]:
    """Leave out what is only a part of another number: the two of "two and a half", twenty and one of "twenty twenty-one"."""
    others = {at for at, number in enumerate(found) if _is_part(text, number)}
    for at, (one, two) in reversed(list(enumerate(pairwise(found)))):
        gap = text.categories[one.end : two.first]
        if at + 1 in others and _RANGE.fullmatch(gap):
            others.add(at)  # two to three dozen
        elif gap == " " and all(_is_in_words(text, each) and 10 <= each.values[0][0] < 100 for each in (one, two)):
            others |= {at, at + 1}
    return [number for at, number in enumerate(found) if at not in others]


def _is_part(text: TokenizedText, number: _Found) -> bool:
    """Whether the words around make another number of this one."""
    if _OTHER.match(text.categories, number.end):
        return True
    if text.categories.startswith((" w", "-w"), number.end) and text.tokens[number.end + 1].lower().startswith(_STEMS):
        return True  # 100 мыңдай
    if not _is_in_words(text, number):
        return False
    is_scale = not text.categories[number.first : number.end].strip("aK ")
    return _OTHER_WORDS.match(text.categories, number.end) is not None or (is_scale and _HALF_OF.search(text.categories, max(0, number.first - 4), number.first) is not None)


def _is_in_words(text: TokenizedText, number: _Found) -> bool:
    return text.categories[number.first] in "ioauethHK"


def _fits_below(last: _Found, number: _Found) -> bool:
    """Whether a number can be the lower part of the one before it."""
    (value, _), (_, grain) = number.values[0], last.values[0]
    is_single = len(last.values) == len(number.values) == 1
    return is_single and grain == last.scale and 0 < value < last.scale and (number.scale > 1 or value < 1000)
