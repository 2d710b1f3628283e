"""Where the sentences of a text lie: good enough to ask of each whether a fact speaks for it."""

import re

_END = re.compile(r"""[.!?…]+[»"”’‖)\]]*(?:\s?\[\d[^\]\n]{0,40}\])*(?=\s|\Z)""")
_START = re.compile(r"""\s+[«"„“‘―—–(\[]*\s*[^\W_]""")
_LAST_WORD = re.compile(r"([^\W\d_]+|[^\W\d_]+(?:\.\s?[^\W\d_]+)+)\.\Z")
_REACH, _OPENING = 40, 400
_OPENING_WORDS = 4

_UKRAINIAN_RUSSIAN_KAZAKH = (
    "акад арх б бл буд бул вул гл гр див доц ім им м напр о об обл оп п пл пор пп пр просп проф рис с см смт ст стор стр "
    "сс т табл тел тт ч чит чл қ"
)
_LATIN = (  # c: often printed for the Cyrillic one
    "al c cc cf ch col dr e ed eds fig figs g gen gov hon jr lt mr mrs ms op p para pp prof sec sen sr st v vol vols vs"
)
_ANYWHERE = "г гг грн д ж жж е зв ін др коп млн млрд н р рр руб тис э etc"

_NEVER_AT_END = frozenset(f"{_UKRAINIAN_RUSSIAN_KAZAKH} {_LATIN}".split())
_SOMETIMES_AT_END = frozenset(_ANYWHERE.split())
"""They end a sentence if a capital follows, unless it has hardly begun ("У 1993 р. Верховна Рада …")."""


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Give start and end of every sentence, in order and without the white space around it.

    A line's end, even a blank line, is no sentence's end: printed sources break lines anywhere.

    >>> text = "Створена у 1993 р. Верховною Радою [2, c. 213]. 9 квітня працювала."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Створена у 1993 р. Верховною Радою [2, c. 213].', '9 квітня працювала.']
    """
    spans = []
    start = _skipped(text, 0)
    for match in _END.finditer(text):
        if match.start() >= start and _is_end(text, start, match):
            spans.append((start, match.end()))
            start = _skipped(text, match.end())
    end = len(text.rstrip())
    return (*spans, (start, end)) if start < end else tuple(spans)


def _skipped(text: str, offset: int) -> int:
    follows = re.compile(r"\S").search(text, offset)
    return follows.start() if follows else len(text)


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    follows = _START.match(text, match.end())
    if follows is None:
        return not text[match.end() : match.end() + _REACH].strip()
    first = follows[0][-1]
    if not (first.isupper() or first.isdigit()):
        return False
    if match[0] != ".":
        return True
    return _word_can_end(text[max(start, match.start() - _REACH) : match.end()], text[start : min(match.start(), start + _OPENING)], first)


def _word_can_end(tail: str, sentence: str, first: str) -> bool:
    found = _LAST_WORD.search(tail)
    if found is None:
        return True
    word = re.split(r"[.\s]+", found[1])[-1]
    if (len(word) == 1 and word.isupper()) or word.lower() in _NEVER_AT_END:
        return False
    return word.lower() not in _SOMETIMES_AT_END or (first.isupper() and len(sentence.split()) > _OPENING_WORDS)
