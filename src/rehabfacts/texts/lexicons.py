"""Which words of four languages write dates and numbers: each word has a category, some have a value.

A category is one character, so that a text becomes a string of categories that a regular expression can read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from rehabfacts.texts import numerals, time_words

LANGUAGES = ("uk", "ru", "kk", "en")

WORD, SYMBOL, ROMAN = "w", "~", "R"
_PUNCTUATION = dict.fromkeys('([{"', "(") | dict.fromkeys(")]}", ")") | dict.fromkeys("№§", "L") | {
    " ": " ", ".": ".", ",": ",", "-": "-", "/": "/", ":": ":", "'": "'", "+": "+", "%": "p", "\u2212": "\u2212",
}  # fmt: skip
_ROMAN_LETTERS = "IVX\u0406\u0425"
_ROMAN_DIGITS = {"I": 1, "\u0406": 1, "V": 5, "X": 10, "\u0425": 10}
_DECLINED = "MmSABCQqV"
"""What takes the endings of an agglutinating language without a list: of numerals too many are other words."""

_AMBIGUOUS = ("он", "бес", "в", "жаз", "маусым", "сен", "с", "по", "а", "ж", "м")
"""Words that are numbers, months or prepositions in one language and something else in another: without a language, nothing."""


class Categories(dict[str, str]):
    """The category of every token, looked up as written and then in lower case; numbers and numerals by their form."""

    def __init__(self, words: Mapping[str, str], suffixes: tuple[str, ...]) -> None:
        super().__init__(words)
        self._suffixes = suffixes

    def __missing__(self, token: str) -> str:
        if token[0] in "0123456789":
            return _number_category(token)
        if token[0] in _ROMAN_LETTERS and not token.strip(_ROMAN_LETTERS):
            return ROMAN
        lower = token.lower()
        if lower in self:
            return self[lower]
        if not lower[0].isalpha():
            return SYMBOL
        category = self.get(self.stem(lower), WORD)
        return category if category in _DECLINED else WORD

    def stem(self, word: str) -> str:
        """The word without the case ending of a language that only adds endings; the word itself elsewhere."""
        for suffix in self._suffixes:
            if word.endswith(suffix) and word[: -len(suffix)] in self:
                return word[: -len(suffix)]
        return word


def _number_category(digits: str) -> str:
    """`1` a day, `2` a day or a decade, `3` a decade, `4` of two digits, `5` of three, `6` and `7` a year, `8` of four, `9` longer."""
    size, number = len(digits), int(digits[:5])
    if size == 4:
        return ("7" if number % 10 == 0 else "6") if 1000 <= number < 3000 else "8"
    if size > 2:
        return "5" if size == 3 else "9"
    if size == 2 and number % 10 == 0:
        return "2" if 10 <= number <= 30 else "3"
    return "1" if 1 <= number <= 31 else "4" if number else "0"


class Lexicon:
    """The words of one language, or of all four: their categories, and what they stand for."""

    __slots__ = ("categories", "hedges", "hedges_after", "languages", "values")

    def __init__(
        self, languages: frozenset[str], categories: Categories, values: Mapping[str, int], hedges: Mapping[str, str], hedges_after: Mapping[str, str]
    ) -> None:
        self.languages, self.categories, self.values, self.hedges, self.hedges_after = languages, categories, values, hedges, hedges_after

    def value(self, token: str) -> int:
        """The number of a month, a season, an ordinal or a numeral."""
        lower = token.lower()
        return self.values[lower] if lower in self.values else self.values[self.categories.stem(lower)]


def is_read(language: str | None) -> bool:
    """Whether this is a language whose dates and numbers can be read, by its tag (`uk`, `en-GB`)."""
    return _tag(language) in LANGUAGES


def _tag(language: str | None) -> str:
    return (language or "").partition("-")[0].lower()


@lru_cache(maxsize=16)
def lexicon(language: str | None, *, is_mixed: bool = False) -> Lexicon:
    """The lexicon of a language by its tag; of all languages together for any other, or none.

    A mixed one reads the other languages too, where their words mean nothing in its own.
    """
    own = (_tag(language),) if is_read(language) else ()
    chosen = own if own and not is_mixed else (*own, *(name for name in LANGUAGES if name not in own))
    words: dict[str, str] = dict(_PUNCTUATION)
    values: dict[str, int] = {}
    for name in chosen:
        for word, category, value in _entries(name):
            if name in own or word not in _AMBIGUOUS:
                words.setdefault(word, category)
                values.setdefault(word, value)
    suffixes = time_words.KAZAKH_SUFFIXES if "kk" in chosen else ()
    before, after = ({k: v for name in reversed(chosen) for k, v in table.get(name, {}).items()} for table in (time_words.HEDGES, time_words.HEDGES_AFTER))
    return Lexicon(frozenset(own or chosen), Categories(words, suffixes), values, before, after)


def _entries(language: str) -> Iterator[tuple[str, str, int]]:
    """Every word of a language with its category and its value (0 if it has none)."""
    full, short = ("N", "U") if language == "en" else ("M", "m")  # months that can stand before their day
    yield from _numbered(time_words.MONTHS[language], full)
    yield from _numbered(time_words.MONTH_ABBREVIATIONS[language], short)
    yield from _numbered(time_words.SEASONS[language], "S")
    for category, words in time_words.WORDS[language].items():
        for word in words.split():
            yield word, category, 0
    yield from _numbered(time_words.ORDINALS[language], "O")
    yield from numerals.entries(language)


def _numbered(forms: Iterable[str], category: str) -> Iterator[tuple[str, str, int]]:
    for number, words in enumerate(forms, 1):
        for word in words.split():
            yield word, category, number


def roman_value(token: str) -> int:
    """The value of a Roman numeral of Latin or Cyrillic letters, up to XXXIX; 0 if it is none.

    >>> roman_value("ХІХ"), roman_value("XXI"), roman_value("IIX")
    (19, 21, 0)
    """
    plain_letters = token.translate({0x406: "I", 0x425: "X"})
    if not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", plain_letters):
        return 0
    digits = [_ROMAN_DIGITS[letter] for letter in token]
    return sum(-one if one < two else one for one, two in zip(digits, [*digits[1:], 0], strict=True))
