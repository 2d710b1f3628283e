"""Names in running text, as far as capital letters show them: good enough to ask of each whether a fact speaks of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from rehabfacts.sentences import sentences
from rehabfacts.texts.tokens import TokenizedText, tokenized

Span = tuple[int, int]
_OPENING = frozenset('"«„“(‘―')
_ROMAN = frozenset("IVXLCDM\u0406\u0425")


def read_names(text: str, language: str | None = None) -> tuple[tuple[Span, ...], ...]:
    """Every name of a text: runs of words with a capital, each word as a span of code points.

    The first word of a sentence and of a quotation shows nothing by its capital, unless all its letters are capitals.

    >>> text = "Постановою Верховної Ради була створена Комісія."
    >>> [[text[start:end] for start, end in name] for name in read_names(text, "uk")]
    [['Верховної', 'Ради'], ['Комісія']]
    """
    return tuple(tuple(run) for run in _runs(tokenized(text, language), [start for start, _ in sentences(text)]))


def _runs(text: TokenizedText, starts: list[int]) -> Iterator[list[Span]]:
    run: list[Span] = []
    is_opening, last, at = True, 0, 0
    while at < len(text.tokens):
        token = text.tokens[at]
        if not token[0].isalnum():
            is_opening = is_opening or token in _OPENING
            if run and (token not in " ." or (token == "." and not _is_initial(text, at))):
                yield run
                run = []
            at += 1
            continue
        end = _word_end(text, at)
        span = text.span(at, end)
        is_first = is_opening or bisect_right(starts, span[0]) > bisect_left(starts, last)
        if token[0].isupper() and not _ROMAN.issuperset(token) and (not is_first or _is_capitals(token)):
            run.append(span)
        elif run:
            yield run
            run = []
        is_opening, last, at = False, span[1], end
    if run:
        yield run


def _word_end(text: TokenizedText, at: int) -> int:
    """The end of a word with what hyphens join to it."""
    end = at + 1
    while end + 1 < len(text.tokens) and text.tokens[end] == "-" and text.tokens[end + 1][0].isalpha():
        end += 2
    return end


def _is_capitals(token: str) -> bool:
    return len(token) > 1 and token.isupper()


def _is_initial(text: TokenizedText, at: int) -> bool:
    return at > 0 and len(text.tokens[at - 1]) == 1 and text.tokens[at - 1].isupper()
