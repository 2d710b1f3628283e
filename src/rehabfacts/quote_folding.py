"""The named normalisations under which a quote may differ from its source, and the way back to the original."""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

import attrs

from rehabfacts.plain import plain

JOINABLE, KEPT = "\ufdd0", "\ufdd1"
"""What stands after a hyphen that ended a line, in folded text: the word may go on without it, or may not."""

INVISIBLE = "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufdd0-\ufdef"
"""Bidirectional controls, zero-width characters and non-characters, as the inside of a character class."""

APOSTROPHES = "\u2019\u2018\u02bc\uff07"
MORE_APOSTROPHES = "`\u00b4\u2032"
"""Taken for apostrophes only by option: they mean other things too (a code mark, an accent, minutes)."""

HYPHENS = "\u2010\u2011"
_DASHES = "\u2012\u2013\u2014\u2015"
_QUOTATION_MARKS = "“”„‟«»‹›\uff02"
_BARS = r"\u2015(?=\S)|(?<=\S)\u2016"  # ―so‖ do the region's PDFs write quotation marks
_LINE_END = r"\n\r\x0b\x0c\x85\u2028\u2029"
_TO_NEXT_LINE = rf"(?=[^\S{_LINE_END}]*+[{_LINE_END}])\s++"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ſt", "ﬆ": "st"}
_MOST_MARKS = 30  # Unicode's stream-safe format; a longer run stays as it is, since ordering it costs its square
_SMALL = 1000
USUAL = frozenset(map(chr, (*range(0x20, 0x60), *range(0x61, 0x7F), *range(0xC0, 0x17F), *range(0x400, 0x483),
                             *range(0x48A, 0x530)))) | frozenset("№…§°")
"""What no normalisation touches and no mark is, for speed. Hyphens, quotation marks and spaces are what the others become."""

Changed = tuple[str, "Shifts | None"]
Replacement = str | Callable[[re.Match[str]], str]


@plain
class Shifts:
    """Where one step changed the length of a text, and by how much its offsets have moved up to there."""

    before: "array[int]" = attrs.field(factory=lambda: array("q"))
    after: "array[int]" = attrs.field(factory=lambda: array("q"))
    moved: "array[int]" = attrs.field(factory=lambda: array("q"))

    def start(self, offset: int) -> int:
        """Where the character at a folded offset starts in the original."""
        site = bisect_right(self.after, offset)
        return offset + self.moved[site - 1] if site else offset

    def end(self, offset: int) -> int:
        """Where the character before a folded offset ends in the original."""
        site = bisect_left(self.before, offset)
        return offset + self.moved[site - 1] if site else offset


@plain
class Folded:
    """A text after the normalisations in `names` (those that found something), with the way back."""

    text: str
    names: tuple[str, ...] = ()
    shifts: tuple[Shifts, ...] = ()

    def start(self, offset: int) -> int:
        """Where the character at a folded offset starts in the original."""
        for shifts in reversed(self.shifts):
            offset = shifts.start(offset)
        return offset

    def end(self, offset: int) -> int:
        """Where the character before a folded offset ends in the original."""
        for shifts in reversed(self.shifts):
            offset = shifts.end(offset)
        return offset


def fold(text: str, *, skip: str = "", more_apostrophes: bool = False) -> Folded:
    """Apply every one of `NORMALISATIONS` but the one to `skip`."""
    if "  " not in text and USUAL.issuperset(text):
        return Folded(text)
    steps = NORMALISATIONS if set(text) - USUAL - {"\n"} else _OF_LINES
    names: list[str] = []
    maps: list[Shifts] = []
    for name, step in steps.items():
        if name == skip:
            continue
        done = (_all_apostrophes if more_apostrophes and step is _apostrophes else step)(text)
        if done is not None:
            text, shifts = done
            names.append(name)
            maps += [shifts] if shifts is not None else []
    return Folded(text, tuple(names), tuple(maps))


def _substituted(text: str, pattern: str, replacement: Replacement) -> Changed | None:
    """Replace every match and note where the length changed; None if nothing matches."""
    compiled = re.compile(pattern)  # re keeps it; compiling all at import would cost every start
    if compiled.search(text) is None:
        return None
    pieces: list[str] = []
    shifts, last, moved = Shifts(), 0, 0
    for match in compiled.finditer(text):
        start, end = match.span()
        new = replacement if isinstance(replacement, str) else replacement(match)
        pieces += (text[last:start], new)
        last = end
        if len(new) != end - start:
            shifts.before.append(start - moved)
            moved += end - start - len(new)
            shifts.after.append(end - moved)
            shifts.moved.append(moved)
    return "".join((*pieces, text[last:])), shifts if shifts.moved else None


def _exchanged(text: str, characters: str, by: str) -> Changed | None:
    found = [character for character in characters if character in text]
    for character in found:
        text = text.replace(character, by)
    return (text, None) if found else None


def _nfc(text: str) -> Changed | None:
    """Compose each character with its marks, cluster by cluster so that every offset is known."""
    if text.isascii() or (len(text) < _SMALL and unicodedata.is_normalized("NFC", text)):
        return None
    used = {character for character in set(text) - USUAL if character >= "\u0300"}
    marks = "".join(re.escape(c) for c in used if unicodedata.category(c)[0] == "M" or "\u1160" <= c <= "\u11ff")
    single = "".join(re.escape(c) for c in used if not unicodedata.is_normalized("NFC", c))
    forms = [rf"[^{marks}][{marks}]{{1,{_MOST_MARKS}}}+(?![{marks}])"] if marks else []
    forms += [f"[{single}]"] if single else []
    done = _substituted(text, "|".join(forms), lambda match: unicodedata.normalize("NFC", match[0])) if forms else None
    return None if done is None or done[0] == text else done


def _ligatures(text: str) -> Changed | None:
    return _substituted(text, "[ﬀ-ﬆ]", lambda match: _LIGATURES[match[0]])


def _invisible(text: str) -> Changed | None:
    return _substituted(text, f"[{INVISIBLE}]+", "")


def _soft_hyphens(text: str) -> Changed | None:
    return _substituted(text, r"\u00ad++(?:\s++(?=[^\W_\u02bc]))?", "") if "\u00ad" in text else None


def _line_end_hyphens(text: str) -> Changed | None:
    return _substituted(text, rf"[-\u2010-\u2014](?<=[^\W_].){_TO_NEXT_LINE}(?=[^\W_])", _line_break)


def _line_break(match: re.Match[str]) -> str:
    hyphen, before, after = match[0][0], match.string[match.start() - 1], match.string[match.end()]
    can_join = hyphen in "-\u2010" and before.isalpha() and after.isalpha()
    return hyphen + (JOINABLE if can_join else KEPT)


def _apostrophes(text: str) -> Changed | None:
    return _exchanged(text, APOSTROPHES, "'")


def _all_apostrophes(text: str) -> Changed | None:
    return _exchanged(text, APOSTROPHES + MORE_APOSTROPHES, "'")


def _quotation_marks(text: str) -> Changed | None:
    new = re.sub(_BARS, '"', text) if "\u2015" in text or "\u2016" in text else text
    return _exchanged(new, _QUOTATION_MARKS, '"') or (None if new == text else (new, None))


def _dashes(text: str) -> Changed | None:
    return _exchanged(text, HYPHENS + _DASHES, "-")


def _white_space(text: str) -> Changed | None:
    return _substituted(text, r"\s\s+|[^\S ]", " ")


NORMALISATIONS: dict[str, Callable[[str], Changed | None]] = {
    "NFC": _nfc,
    "ligatures": _ligatures,
    "invisible characters": _invisible,
    "soft hyphens": _soft_hyphens,
    "line-end hyphenation": _line_end_hyphens,
    "apostrophe variants": _apostrophes,
    "quotation-mark variants": _quotation_marks,
    "dash variants": _dashes,
    "white space": _white_space,
}
"""Every normalisation there is, by name and in order.

Letters of another script, digits and other numerals (½ is not 1/2), the minus sign U+2212, case and every word stay as
they are. A hyphen at a line's end is kept or dropped, whichever the other side has (see `agree`).
"""

_OF_LINES = {name: NORMALISATIONS[name] for name in ("line-end hyphenation", "white space")}


def agree(ours: str, theirs: str) -> bool:
    """Whether two folded texts say the same, a hyphen at a line's end being kept, dropped or followed by a space."""
    if ours == theirs:
        return True
    if not any(mark in text for mark in (JOINABLE, KEPT) for text in (ours, theirs)):
        return False
    left = right = 0
    while left < len(ours) or right < len(theirs):
        run = min(_run(ours, left), _run(theirs, right))
        if ours[left : left + run] != theirs[right : right + run]:
            return False
        left, right = left + run, right + run
        if over := _across(ours, left, theirs, right):
            left, right = left + over[0], right + over[1]
        elif over := _across(theirs, right, ours, left):
            left, right = left + over[1], right + over[0]
        elif not run:
            return False
    return True


def _run(text: str, start: int) -> int:
    """Count the characters up to the next broken line."""
    broken = re.compile(f"[-\u2010-\u2014][{JOINABLE}{KEPT}]").search(text, start)
    return (broken.start() if broken else len(text)) - start


def _across(ours: str, at: int, theirs: str, opposite: int) -> tuple[int, int] | None:
    """How far to go on each side if ours has a broken line here that theirs can mean."""
    hyphen, mark = ours[at : at + 1], ours[at + 1 : at + 2]
    if mark not in (JOINABLE, KEPT):
        return None
    if theirs.startswith(hyphen, opposite):
        return 2, 2 if theirs[opposite + 1 : opposite + 2] in (JOINABLE, KEPT, " ") else 1
    return (2, 0) if mark == JOINABLE else None


def iter_needed(ours: str, theirs: str, *, more_apostrophes: bool = False) -> Iterator[str]:
    """Name the normalisations without which two unequal texts that agree would not."""
    if " ".join(ours.split()) == theirs:
        yield "white space"
        return
    left, right = (fold(text, more_apostrophes=more_apostrophes) for text in (ours, theirs))
    candidates = [name for name in NORMALISATIONS if name in left.names or name in right.names]

    def without(text: str, folded: Folded, name: str) -> str:
        return fold(text, skip=name, more_apostrophes=more_apostrophes).text if name in folded.names else folded.text

    needed = [name for name in candidates if not agree(without(ours, left, name), without(theirs, right, name))]
    yield from needed or candidates
