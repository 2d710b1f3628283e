"""Near misses of quantities: which notation was probably meant by a text that is none."""

import re
import unicodedata
from collections.abc import Callable, Iterator

_DECIMAL = r"\d+(?:[.,]\d+)?"
_DIGITS = r"\d+(?:[.,]\d+)*"
_BEHIND = r"(?=[\s.;%)]|$)"

_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2026": "..", "\u2019": "'"})

_HEDGES = (
    (r"^(?:~|\u2248|\u223c|c\.|ca\.?|approx\.?|appr\.?|some|близько|приблизно|около|приблизительно|примерно|шамамен)\s*", "about "),
    (r"^(?:>=|\u2265|min\.?|minimum|from|не менше(?: ніж)?|щонайменше|не менее|кемінде)\s*", "at least "),
    (r"^(?:<=|\u2264|max\.?|maximum|до|не більше(?: ніж)?|не более)\s*", "up to "),
    (r"^(?:>|above|greater than|larger than|понад|більше(?: ніж)?|більш ніж|более|больше|свыше)\s*", "more than "),
    (r"^(?:<|below|smaller than|менше(?: ніж)?|менш ніж|менее|меньше)\s*", "less than "),
    (r"^(?:майже|почти)\s+", "nearly "),
    (r"^(?:рівно|ровно|precisely|just)\s+", "exactly "),
)  # fmt: skip
_MAGNITUDES = (
    ("thousand", r"k|tsd\.?|ths\.?|thousands?|тис\.?|тисяч\w*|тыс\.?|тысяч\w*|мың"),
    ("million", r"mln\.?|mio\.?|millions?|млн\.?|мільйон\w*|миллион\w*"),
    ("billion", r"bn\.?|mrd\.?|billions?|млрд\.?|мільярд\w*|миллиард\w*"),
    ("trillion", r"trillions?|трлн\.?|трильйон\w*|триллион\w*"),
)
_WORDS = dict(zip(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"], map(str, range(1, 21)), strict=True,
)) | {
    "один": "1", "одна": "1", "два": "2", "дві": "2", "три": "3", "трьох": "3", "чотири": "4", "п'ять": "5", "шість": "6", "сім": "7", "вісім": "8",
    "дев'ять": "9", "десять": "10", "одинадцять": "11", "дванадцять": "12", "hundred": "100", "thousand": "1,000", "dozen": "12",
    "a": "1", "no": "0",
}  # fmt: skip


def candidates(text: str) -> Iterator[str]:
    """Notations that the text may mean, the likeliest first. Not all of them can be read."""
    mended = " ".join(_digits(unicodedata.normalize("NFC", text)).translate(_PLAIN).split())
    mended = _lowered(mended)
    for mend in _MENDERS:
        mended = mend(mended)
    mended = " ".join(mended.split())
    yield mended
    if re.search(r"\d\.0+(?!\d)", text):
        yield re.sub(r"(\d)[.,]0+(?!\d)", r"\1", mended)


def _digits(text: str) -> str:
    """Digits of other scripts as 0 to 9."""
    return "".join(str(unicodedata.digit(each)) if not each.isascii() and each.isdecimal() else each for each in text)


def _lowered(text: str) -> str:
    """The words before the number and the one behind it in small letters."""
    match = re.match(r"\D*[\d.,' ]*[A-Za-z]*", text)
    return text[: match.end()].lower() + text[match.end() :] if match else text


def _mend_hedge(text: str) -> str:
    for pattern, hedge in _HEDGES:
        found = re.match(pattern, text, re.IGNORECASE)
        if found and re.match(r"\s*[\d.,-]", text[found.end() :]):
            return hedge + text[found.end() :]
    return text


def _mend_more(text: str) -> str:
    """`75+`, `75 or more persons`, `75 persons or more`."""
    for hedge, words in (("at least", r"more|over|above|більше|больше|более"), ("up to", r"less|fewer|under|менше|меньше|менее")):
        joined = rf"(?:or|and|чи|і|или|и) (?:{words})\b"
        text = re.sub(rf"^({_DIGITS}\b.*?)\s*{joined}(.*)$", rf"{hedge} \1\2", text)
    return re.sub(rf"^({_DIGITS})\s*\+(.*)$", r"at least \1\2", text)


def _mend_range(text: str) -> str:
    both = rf"({_DIGITS})\s*(?:-|\.{{2,}}|to|till|and|до|по|і|и)\s*({_DIGITS})"
    return re.sub(rf"^(?:from|between|від|от|з|с|між|между)?\s*{both}", r"\1..\2", text)


def _mend_groups(text: str) -> str:
    """`75 000`, `75'000`, `75_000`, `75.000`: thousands, however they are set apart."""
    return re.sub(r"(?<![\d.,])\d{1,3}(?:([ '_.])\d{3})(?:\1\d{3})*(?![\d.,]?\d)", lambda match: re.sub(r"[ '_.]", ",", match[0]), text)


def _mend_magnitude(text: str) -> str:
    for word, forms in _MAGNITUDES:
        text = re.sub(rf"({_DECIMAL})\s*(?:{forms}){_BEHIND}", rf"\1 {word}", text, count=1, flags=re.IGNORECASE)
    text = re.sub(rf"^({_DECIMAL})m{_BEHIND}", r"\1 million", text)
    return re.sub(r"(\d),(\d{1,2})(?= (?:thousand|million|billion|trillion))", r"\1.\2", text)


def _mend_percent(text: str) -> str:
    text = re.sub(r"(\d)\s*(?:percent|per cent|pct\.?|p\.c\.|відсотк\w*|відсоток|процент\w*|пайыз\w*)(?=\s|$)", r"\1 %", text)
    text = re.sub(r"(\d),(\d{1,3})\s*%", r"\1.\2 %", text)
    return re.sub(r"(\d+)\s*\u2030", lambda match: f"{int(match[1]) // 10}.{int(match[1]) % 10} %", text)


def _mend_hundreds(text: str) -> str:
    text = re.sub(r"^(\d+) hundreds?\b", r"\g<1>00", text)
    return re.sub(r"^(\d+) dozens?\b", lambda match: str(int(match[1]) * 12), text)


def _mend_words(text: str) -> str:
    """A number written as a word; `a hundred`."""
    first, _, rest = text.partition(" ")
    if first not in _WORDS:
        return text
    second, _, more = rest.partition(" ")
    if first == "a":
        return f"{_WORDS[second]} {more}" if second in {"hundred", "thousand", "dozen"} else text
    return f"{_WORDS[first]} {rest}"


def _mend_zeros(text: str) -> str:
    return re.sub(r"^\+?0*(?=\d)(?!0\.)", "", text)


def _mend_rounding(text: str) -> str:
    return re.sub(r",?\s*\(?(?:to the nearest|rounded (?:off )?to(?: the nearest)?)\s+([\d,.]+(?: (?:thousand|million))?(?: %)?)\)?$", r", rounded to \1", text)


_MENDERS: tuple[Callable[[str], str], ...] = (
    _mend_words, _mend_hundreds, _mend_groups, _mend_percent, _mend_magnitude, _mend_range, _mend_more, _mend_hedge, _mend_zeros, _mend_rounding,
)  # fmt: skip
"""In this order: groups of digits first, then what stands behind a number, then what stands before it."""
