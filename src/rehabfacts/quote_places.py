"""Where in one text the words of a quote stand: the text is read once, then each quote is looked up."""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from itertools import accumulate, islice
from typing import Self

import attrs

from rehabfacts.look_alikes import named, skeleton
from rehabfacts.plain import plain
from rehabfacts.quote_folding import APOSTROPHES, INVISIBLE, JOINABLE, KEPT, USUAL, Folded, agree, fold

MOST_PLACES = 1000
"""Places of one quote beyond this many are not counted."""

MOST_MISSES = 4000
"""Places with the letters of a quote, but not its words, beyond which only those not broken at a line's end are looked for."""

_GRAMS = (8, 32, 128)  # letters and digits per index entry: a longer one is made when the shorter is too common
_COMMON = 64
_CROWDED = 2000  # words that begin alike beyond this many are searched directly too
_UNINDEXED = 50_000  # a text up to this size is searched directly, which is faster than indexing it

_WORD = re.compile(r"[^\W_\u02bc]+")  # U+02BC is an apostrophe, though Unicode calls it a letter
_HYPHENS = "-" + JOINABLE + KEPT
_WINDOW = 40
_JOINT = "\ufdd2"
_APOSTROPHE = f"[{APOSTROPHES}'`\u00b4\u2032]"
_ENDING = frozenset(" \n,.;:)")
_IS_INVISIBLE = re.compile(f"[{INVISIBLE}]")


@cache
def _inside_a_token(invisible: str) -> re.Pattern[str]:
    """What goes on across a joint; most texts have nothing `invisible`, and are spared a pattern that takes long to make."""
    blank, gap = rf"\s{invisible}\u00ad", f"[{invisible}\u00ad]*"
    return re.compile("|".join((
        rf"\w{gap}{_JOINT}{gap}\w",
        rf"{_APOSTROPHE}{gap}(?<=\w.){gap}{_JOINT}{gap}[^\W\d_]",
        rf"\w{gap}{_JOINT}{gap}{_APOSTROPHE}{gap}[^\W\d_]",
        rf"\d[.,]{_JOINT}\d|\d{_JOINT}[.,]\d",  # 2.5
        rf"(?<![\d.,])\d{{1,3}}\s?{_JOINT}\s?\d{{3}}(?!\d)",  # 75 000
        rf"(?:\A|\s)[-\u2212]{_JOINT}\d",  # -5
        rf"[^\W_][-\u2010\u2011]{_JOINT}[^\W_]|[^\W_]{_JOINT}[-\u2010\u2011][^\W_]",  # Прем'єр-міністр, 1993-04-14
        rf"[^\W_]{gap}[-\u2010](?=[{blank}{_JOINT}]*\n)[{blank}]*{_JOINT}[{blank}]*[^\W_]",  # on in the next line
        rf"[^\W_]{gap}{_JOINT}{gap}[-\u2010](?=[{blank}]*\n)[{blank}]*[^\W_]",
        rf"\w{gap}\u00ad[{blank}]*{_JOINT}[{blank}]*\w|\w{gap}{_JOINT}{gap}\u00ad[{blank}]*\w",
    )))


@plain
class Needle:
    """A quote made ready: `said` is how it folds, `key` its letters and digits; `lead` and `tail` count what is around."""

    raw: str
    folded: Folded
    said: str
    key: str
    raw_lead: int
    lead: int
    tail: int

    @classmethod
    def from_text(cls, quote: str, *, more_apostrophes: bool = False) -> Self:
        """Make a quote ready for every text it is looked for in; white space around it does not count."""
        raw = quote.strip()
        folded = fold(raw, more_apostrophes=more_apostrophes)
        said = folded.text.strip()  # a zero-width character may have stood before a space
        return cls(raw, folded, said, "".join(_WORD.findall(said)), _lead(raw), _lead(said), _lead(said[::-1]))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Offsets into `key` where words begin in every spelling of the quote: not after a hyphen."""
        words, text = list(_WORD.finditer(self.folded.text)), self.folded.text
        offsets = accumulate((word.end() - word.start() for word in words), initial=0)
        return tuple(
            offset for word, offset in zip(words, offsets, strict=False)
            if word.start() == 0 or text[word.start() - 1] not in _HYPHENS
        )


def _lead(text: str) -> int:
    word = _WORD.search(text)
    return word.start() if word else 0


@attrs.frozen
class Place:
    """Where a quote stands in the original text; `key` is the same place in the letters and digits alone."""

    start: int
    end: int
    is_exact: bool
    key: int


class WordIndex:
    """The letters and digits of a text with the places where its words begin."""

    def __init__(self, key: str, starts: "array[int]", spelling: Callable[[str], str] = str) -> None:
        self.key, self._starts, self._spelling = spelling(key), starts, spelling
        self._tables: dict[int, tuple[array[int], array[int], array[int], int]] = {}

    def iter_positions(self, needle: Needle) -> Iterator[int]:
        """Every place of the needle's key in order, as an offset into the index's own."""
        key = self._spelling(needle.key)
        best = self._rarest(key, needle.starts) if len(self.key) > _UNINDEXED else None
        if best is None:
            yield from _iter_found(self.key, key)
            return
        start, word, following = best
        while word >= 0:
            position = self._starts[word] - start
            if position >= 0 and self.key.startswith(key, position):
                yield position
            word = following[word]

    def _rarest(self, key: str, starts: tuple[int, ...]) -> "tuple[int, int, array[int]] | None":
        """Find the start in the quote that fewest words of the text share, the first such word, and the way to the next."""
        best = None
        for size in _GRAMS:
            usable = [start for start in starts if start + size <= len(key)]
            if not usable:
                break
            heads, following, counts, mask = self._table(size)
            count, bucket, start = min((counts[b], b, s) for s in usable for b in (hash(key[s : s + size]) & mask,))
            best = start, heads[bucket], following
            if count <= _COMMON:
                break
        return best if best is not None and count <= _CROWDED else None

    def _table(self, size: int) -> "tuple[array[int], array[int], array[int], int]":
        if size not in self._tables:
            self._tables[size] = self._indexed(size)
        return self._tables[size]

    def _indexed(self, size: int) -> "tuple[array[int], array[int], array[int], int]":
        """Chains of the words that begin alike, in order of place: O(words) once."""
        words = len(self._starts)
        mask = (1 << max(words, 1).bit_length()) - 1
        heads, counts = array("l", [-1]) * (mask + 1), array("l", [0]) * (mask + 1)
        following, key = array("l", [-1]) * words, self.key
        for word in range(words - 1, -1, -1):
            start = self._starts[word]
            bucket = hash(key[start : start + size]) & mask
            following[word] = heads[bucket]
            heads[bucket] = word
            counts[bucket] += 1
        return heads, following, counts, mask


class PreparedText:
    """A text folded and indexed once, in time linear in its length, for any number of quotes."""

    def __init__(self, text: str, *, more_apostrophes: bool = False) -> None:
        self.text = text
        self._folded = fold(text, more_apostrophes=more_apostrophes)
        words = list(_WORD.findall(self._folded.text))
        self._offsets = array("q", [match.start() for match in _WORD.finditer(self._folded.text)])
        self._starts = array("q", accumulate(map(len, words[:-1]), initial=0)) if words else array("q")
        self._index = WordIndex("".join(words), self._starts)

    @cached_property
    def _skeletons(self) -> WordIndex:
        return WordIndex(self._index.key, self._starts, skeleton)

    def places(self, needle: Needle) -> list[Place]:
        """List where the quote stands whole, in order, up to `MOST_PLACES` of them."""
        return list(islice(self.iter_places(needle), MOST_PLACES))

    def iter_places(self, needle: Needle) -> Iterator[Place]:
        """Go through all places where the quote stands whole, in order."""
        if needle.key:
            places = self._iter_keyed(needle)
        else:
            places = (Place(n, n + len(needle.raw), is_exact=True, key=-1) for n in _iter_found(self.text, needle.raw))
        for place in places:
            if place and not (is_inside_token(self.text, place.start) or is_inside_token(self.text, place.end)):
                yield place

    def _iter_keyed(self, needle: Needle) -> Iterator[Place]:
        """The places with the letters and the words of a quote; after `MOST_MISSES` only those that are not broken at a line's end."""
        last = -1
        for positions in (self._index.iter_positions(needle), self._iter_unbroken(needle)):
            misses = 0
            for position in positions:
                if position <= last:
                    continue
                place = self._place(needle, position, begun=True)
                if place:
                    yield place
                else:
                    misses += 1
                    if misses > MOST_MISSES:
                        last = position
                        break
            else:
                return

    def _iter_unbroken(self, needle: Needle) -> Iterator[int]:
        for found in _iter_found(self._folded.text, needle.said):
            word = bisect_right(self._offsets, found + needle.lead) - 1
            yield self._starts[word] + found + needle.lead - self._offsets[word]

    def _place(self, needle: Needle, position: int, *, begun: bool = False) -> Place | None:
        """Say where the quote stands if its first letter is at `position`; `begun` wants a token to begin there."""
        first = self._folded_offset(position)
        start = self._folded.start(first)
        if begun and not needle.raw_lead and is_inside_token(self.text, start):
            return None  # before the dearer comparison: a word without spaces may hold the letters anywhere
        start -= needle.raw_lead
        if start >= 0 and self.text.startswith(needle.raw, start):
            return Place(start, start + len(needle.raw), is_exact=True, key=position)
        last = self._folded_offset(position + len(needle.key) - 1) + 1 + needle.tail
        first -= needle.lead
        if first < 0 or not agree(self._folded.text[first:last], needle.said):
            return None
        start, end = self._folded.start(first), self._folded.end(last)
        if self.text[start] == "\u2016" or self.text[end - 1] == "\u2015":  # a bar at the edge reads by its context
            return None
        return Place(start, end, is_exact=False, key=position)

    def _folded_offset(self, position: int) -> int:
        word = bisect_right(self._starts, position) - 1
        return self._offsets[word] + position - self._starts[word]

    def has_prefix(self, place: Place, prefix: str) -> bool:
        """Whether the letters and digits before the place are those of the prefix."""
        key = Needle.from_text(prefix).key
        if place.key < 0 or not key:
            return self.text.endswith(prefix, 0, place.start)
        return place.key >= len(key) and self._index.key.startswith(key, place.key - len(key))

    def has_suffix(self, place: Place, needle: Needle, suffix: str) -> bool:
        """Whether the letters and digits after the place, where the needle stands, are those of the suffix."""
        key = Needle.from_text(suffix).key
        if place.key < 0 or not key:
            return self.text.startswith(suffix, place.end)
        return self._index.key.startswith(key, place.key + len(needle.key))

    def near_miss(self, needle: Needle) -> str:
        """Why a quote that stands nowhere seems to stand somewhere; empty if nothing is close."""
        if not needle.key:
            return ""
        if (position := next(self._index.iter_positions(needle), None)) is not None:
            if self._place(needle, position):
                return "stands only inside a longer word or number"
            misses = sum(1 for _ in islice(self._index.iter_positions(needle), MOST_MISSES + 1))
            more = f", at more than {MOST_MISSES:,} places: broken at a line's end it was not looked for behind them"
            return "differs only in punctuation or in the spaces between words" + more * (misses > MOST_MISSES)
        position = next(self._skeletons.iter_positions(needle), None)
        return "" if position is None else self._look_alikes(needle, position)

    def _look_alikes(self, needle: Needle, position: int) -> str:
        ours = self._index.key[position : position + len(needle.key)]
        odd = [n for n, (mine, yours) in enumerate(zip(ours, needle.key, strict=True)) if mine != yours]
        words = list(_WORD.finditer(needle.folded.text))
        offsets = [word.start() + n for word in words for n in range(len(word[0]))]
        character = needle.folded.start(offsets[odd[0]]) + 1
        more = f" (and {len(odd) - 1} more)" if len(odd) > 1 else ""
        first = f"{named(needle.key[odd[0]])} for {named(ours[odd[0]])}"
        return f"differs only by look-alikes at character {character}: {first}{more}"


def _iter_found(text: str, part: str) -> Iterator[int]:
    position = text.find(part) if part else -1
    while position >= 0:
        yield position
        position = text.find(part, position + 1)


def is_inside_token(text: str, offset: int) -> bool:
    """Whether a word, a number or a character with its marks goes on across this offset."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if before.isalnum() and after.isalnum():
        return True
    if before.isalpha() and after in _ENDING:
        return False
    left = text[max(0, offset - _WINDOW) : offset]
    if before in " \n" and after.isalpha() and ((last := left.rstrip()[-1:]).isalnum() or last in ".,;:"):
        return False
    if unicodedata.category(after)[0] == "M":
        return True
    if not USUAL.issuperset(left):
        left = "".join(character for character in left if unicodedata.category(character)[0] != "M")
    right = text[offset : offset + _WINDOW]
    invisible = INVISIBLE if _IS_INVISIBLE.search(left) or _IS_INVISIBLE.search(right) else ""
    return _inside_a_token(invisible).search(f"{left}{_JOINT}{right}") is not None
