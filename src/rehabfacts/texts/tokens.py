"""Running text as tokens with a category each, ready to be read for dates and numbers, and the way back to the text."""

import re
from itertools import accumulate

from rehabfacts.quote_folding import JOINABLE, KEPT, Folded, fold
from rehabfacts.texts.lexicons import Lexicon, lexicon

_TOKEN = rf"[^\W\d_]+(?:'[^\W\d_]+)*(?:-{JOINABLE}[^\W\d_]+(?:'[^\W\d_]+)*)*|[0-9]+|-[{JOINABLE}{KEPT}]?|(?s:.)"
_REACH = 8


class TokenizedText:
    """The tokens of a text, and a string with the category of each at the same place.

    White space is a token of its own, a hyphen at a line's end is joined where the joined word is known. `span` gives
    code points of the text as it was given.
    """

    __slots__ = ("_folded", "_offsets", "categories", "lexicon", "tokens")

    def __init__(self, tokens: list[str], lexicon: Lexicon, offsets: list[int], folded: Folded) -> None:
        self.tokens, self.lexicon, self._offsets, self._folded = tokens, lexicon, offsets, folded
        self.categories = "".join(map(lexicon.categories.__getitem__, tokens))

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Where the tokens from `first` to before `end` stand in the original text."""
        return self._folded.start(self._offsets[first]), self._folded.end(self._offsets[end])

    def value(self, at: int) -> int:
        """What a token counts: a number by its digits, a word by the lexicon."""
        token = self.tokens[at]
        return int(token) if token[0] in "0123456789" else self.lexicon.value(token)

    def text(self, first: int, end: int) -> str:
        """The tokens from `first` to before `end` as one text in lower case."""
        return "".join(self.tokens[first:end]).lower()

    def words_before(self, at: int) -> list[str]:
        """The few words right before a token, in lower case and in order: nothing but spaces (and dots of abbreviations) between."""
        found: list[str] = []
        while at > 0 and len(found) < _REACH:
            at -= 1
            token = self.tokens[at]
            if token[0].isalpha():
                found.append(token.lower())
            elif token != " " and not (token == "." and at and len(self.tokens[at - 1]) < 7) and not (token == "-" and not found):
                break
        return found[::-1]

    def words_after(self, at: int) -> list[str]:
        """The few words right after a token: nothing but spaces between."""
        found: list[str] = []
        for token in self.tokens[at : at + _REACH]:
            if token[0].isalpha():
                found.append(token.lower())
            elif token != " ":
                break
        return found


def tokenized(text: str, language: str | None, *, is_mixed: bool = False) -> TokenizedText:
    """Take a text apart, as a text of its language, in which the other languages are quoted if it is mixed."""
    folded, words = fold(text), lexicon(language, is_mixed=is_mixed)
    tokens = re.findall(_TOKEN, folded.text)
    is_broken = JOINABLE in folded.text or KEPT in folded.text
    if is_broken:
        tokens = _rejoined(tokens, words)
    offsets = list(accumulate(map(len, tokens), initial=0))
    if is_broken:
        tokens = [token[0] if token[0] == "-" else token.replace(f"-{JOINABLE}", "") for token in tokens]
    return TokenizedText(tokens, words, offsets, folded)


def _rejoined(tokens: list[str], words: Lexicon) -> list[str]:
    """Words broken at a line's end stay whole where the whole is a known word; else each half stands alone."""
    found: list[str] = []
    for token in tokens:
        if token[0] != "-" and JOINABLE in token and words.categories[token.replace(f"-{JOINABLE}", "")] == "w":
            found += re.findall(rf"-{JOINABLE}|[^-{JOINABLE}]+", token)
        else:
            found.append(token)
    return found
