"""One look over a whole file, at C speed: which of the rarer checks its scalars need at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from unicodedata import name

from rehabfacts.loading.text_guard import GuardedText

_WIDE_SPACES = frozenset("\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))))
_DECORATIONS = tuple((byte, rb"%c(?<![^\s\[{,:?-]%c)" % (byte, byte)) for byte in b"!&")
ODD_VALUES = frozenset(
    "".join(letters)
    for word in ("null", "none", "nil")
    for letters in product(*zip(word, word.upper(), strict=True))
) - {"null"} | {"="}  # fmt: skip
"""Plain scalars that look like the null of some language, or that YAML 1.1 gives a meaning of its own."""

LONGEST_ODD = 4
_BACKSLASH, _HASH = b"\\#"
_WIDE_SPACE_BYTES = frozenset(b"\xc2\xe1\xe2\xe3")
_BANNED = "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]"
_ESCAPE = r'\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))|"'
_SHORT_ESCAPES = {"0": 0, "a": 7, "b": 8, "v": 0x0B, "f": 0x0C, "r": 0x0D, "e": 0x1B}
_NUMBER_LIKE = (
    r"[-+]?(?:0[xX][0-9a-fA-F_]+|0[oObB][0-7_]+|[0-9][0-9_]*(?::[0-9]+)*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"
    r"|\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)"
)
_DATE_LIKE = r"[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2}(?:[Tt \t].*)?)?"


class Suspicions:
    """What a text may hold: tags or anchors, escapes, null look-alikes, comments behind values, strange spaces.

    `comments` tells where each comment begins, by the end of what stands before it on its line.
    """

    def __init__(self, text: GuardedText) -> None:
        data, told, self.text = text.data, text.bytes_told, text.text
        self.is_decorated = any(re.search(pattern, data) for byte, pattern in _DECORATIONS if byte in told)
        self.has_escapes = _BACKSLASH in told
        self.has_spaces = bool(told & _WIDE_SPACE_BYTES) and any(space in self.text for space in _WIDE_SPACES)
        self.comments = _comments(self.text) if _HASH in told and (b" #" in data or b"\t#" in data) else {}
        self.is_any = bool(
            self.is_decorated or self.has_escapes or self.has_spaces or self.comments or text.breaks
        )

    def comment_behind(self, end: int) -> str:
        """The comment that follows a scalar which ends there; empty if none does."""
        at = self.comments.get(end)
        if at is None:
            return ""
        line_end = self.text.find("\n", at)
        return self.text[at + 1 : None if line_end < 0 else line_end].strip()

    def is_line_start(self, index: int) -> bool:
        """Whether only blanks stand before the character on its line."""
        while index and self.text[index - 1] in " \t-?":
            index -= 1
        return not index or self.text[index - 1] == "\n"


def _comments(text: str) -> dict[int, int]:
    found = {}
    for match in re.finditer("#", text):
        at = end = match.start()
        while end and text[end - 1] in " \t":
            end -= 1
        if end < at and end and text[end - 1] != "\n":
            found[end] = at
    return found


def is_wide_space(character: str) -> bool:
    """Whether this is a blank that only looks like a space."""
    return character in _WIDE_SPACES


def wide_space_words(character: str) -> str:
    """The cause of E-INDENT for a blank that is no space."""
    return f"expected spaces (U+0020) as indentation, found U+{ord(character):04X} {name(character, 'TAB')}"


def has_banned(value: str) -> bool:
    """Whether a value holds a character that only an escape can have brought."""
    return re.search(_BANNED, value) is not None


def iter_escapes(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Index and code point of each numeric or control escape in the double-quoted scalar that begins after `start`."""
    opening = text.find('"', start)
    for match in re.compile(_ESCAPE, re.DOTALL).finditer(text, opening + 1):
        if match[0] == '"':
            return
        digits = match[1] or match[2] or match[3]
        code = int(digits, 16) if digits else _SHORT_ESCAPES.get(match[4])
        if code is not None:
            yield match.start(), code


def surrogate_escape(text: str, start: int, end: int) -> int | None:
    """The index of the first escape of a surrogate between the two places, in a double-quoted scalar."""
    return next((at for at, code in iter_escapes(text, start) if 0xD800 <= code <= 0xDFFF and at < end), None)


def kind_of_key(value: str) -> str:
    """What an unquoted key would be taken for if it is no text: `a number`, `a date`, `nothing`, `true or false`."""
    if value[:1] in "0123456789+-." and value:
        if re.fullmatch(_NUMBER_LIKE, value):
            return "a number"
        return "a date" if re.fullmatch(_DATE_LIKE, value) else ""
    lower = value.lower()
    if lower in ("", "~", "null"):
        return "nothing"
    return "true or false" if lower in ("true", "false") else ""
