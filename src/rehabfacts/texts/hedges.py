"""What the words around a date or a number make of it: about, before, more than."""

from rehabfacts.texts.time_words import FILLERS
from rehabfacts.texts.tokens import TokenizedText

_LONGEST = 4
_NEGATIONS = frozenset(("не", "not", "no"))


def hedge_of(text: TokenizedText, first: int, end: int) -> str:
    """The sense of the hedge before the tokens, or else behind them (see `time_words.HEDGES`); empty if there is none."""
    return hedge_before(text, first) or _hedge_after(text, end)


def hedge_before(text: TokenizedText, first: int) -> str:
    """The sense of the longest hedge that ends right before a token, prepositions left aside."""
    words, hedges = text.words_before(first), text.lexicon.hedges
    while words:
        for size in range(min(_LONGEST, len(words)), 0, -1):
            sense = hedges.get(" ".join(words[-size:]))
            if sense is not None and not (size < len(words) and words[-size - 1] in _NEGATIONS):
                return sense
        if words[-1] not in FILLERS:
            break
        words.pop()
    return ""


def _hedge_after(text: TokenizedText, end: int) -> str:
    words, hedges = text.words_after(end), text.lexicon.hedges_after
    for size in range(min(_LONGEST, len(words)), 0, -1):
        sense = hedges.get(" ".join(words[:size]))
        if sense is not None:
            return sense
    return ""
