"""Documents as they are read: their whole text, their digest, and places in them by line and column."""

import hashlib
import re
import unicodedata
from array import array
from bisect import bisect_right
from functools import cached_property
from typing import Self

import attrs

from rehabfacts.dates import Date
from rehabfacts.errors import Problem, shown
from rehabfacts.names import Names

ENCODINGS = ("utf-8", "utf-16", "cp1251", "cp1252", "cp866", "iso-8859-1", "iso-8859-5", "koi8-r", "koi8-u")
"""What a source may declare. Nothing is ever guessed."""

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_JOINERS = "\u200d\ufe0e\ufe0f"


@attrs.frozen
class Source:
    r"""One document: every offset into it counts code points of `text`, which is the file as decoded, nothing changed.

    `pinned` is the digest that the facts were taken under, if they say; `date` is whatever the caller made of the
    source's own date.

    >>> source, problems = Source.from_bytes("note", b"one\ntwo", path="note.txt")
    >>> source.line_and_column(5), problems
    ((2, 2), [])
    """

    id: str
    text: str = attrs.field(repr=False)
    sha256: str
    path: str = attrs.field(default="", kw_only=True)
    language: str | None = attrs.field(default=None, kw_only=True)
    date: object = attrs.field(default=None, kw_only=True)
    pinned: str | None = attrs.field(default=None, kw_only=True)

    @classmethod
    def from_bytes(
        cls,
        source_id: str,
        data: bytes,
        *,
        path: str = "",
        language: str | None = None,
        date: object = None,
        pinned: str | None = None,
        encoding: str = "utf-8",
    ) -> tuple[Self | None, list[Problem]]:
        """Read a source, or say why not: E-ENC comes without a source, E-DIGEST with one whose quotes are not verified."""
        text, problem = decoded(data, encoding)
        if text is None:
            return None, [attrs.evolve(problem, path=path)] if problem else []
        digest = hashlib.sha256(data).hexdigest()
        source = cls(source_id, text, digest, path=path, language=language, date=date, pinned=pinned)
        return source, [] if source.is_as_pinned else [_changed(source)]

    @property
    def is_as_pinned(self) -> bool:
        """Whether the text is the one that the facts were taken from; true if no digest was pinned."""
        return self.pinned is None or self.pinned.lower() == self.sha256

    @cached_property
    def _line_starts(self) -> "array[int]":
        return array("q", (0, *(match.end() for match in re.finditer("\n", self.text))))

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point, both from 1. Only LF ends a line."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def excerpt(self, start: int, end: int, *, limit: int = 120) -> str:
        """Give the passage as written, cut between characters as a reader sees them; `…` stands for what was cut."""
        if end - start <= limit:
            return self.text[start:end]
        cut = start + limit - 1
        while cut > start and _continues(self.text[cut], self.text[cut - 1]):
            cut -= 1
        return self.text[start:cut] + "…"


@attrs.frozen
class NoClaim:
    """A passage that its reader took for no claim, and why: no fact is missing there. `line` and `column` are of the fact file."""

    quote: str
    reason: Names
    path: str = ""
    line: int = 0
    column: int = 0


@attrs.frozen
class Header:
    """What fact files declare of a source, whether its text is there or not.

    `derived_from` names the sources that it repeats: what they say alike is said once. `no_claims` are the passages that
    need no fact.
    """

    id: str
    date: Date | None = None
    derived_from: tuple[str, ...] = ()
    no_claims: tuple[NoClaim, ...] = ()


def _continues(character: str, previous: str) -> bool:
    return unicodedata.category(character)[0] == "M" or character in _JOINERS or previous == "\u200d"


def _changed(source: Source) -> Problem:
    cause = f"source {shown(source.id)} has changed: its SHA-256 is {source.sha256}, pinned is {shown(source.pinned)}"
    return Problem("E-DIGEST", cause, "its quotes are not verified until they are anchored again", source.path)


def decoded(data: bytes, encoding: str) -> tuple[str | None, Problem | None]:
    """The text of a file in the encoding that is declared for it, or why there is none. Nothing is guessed."""
    name = encoding.lower().replace("_", "-")
    if name not in ENCODINGS:
        return None, Problem("E-ENC", f"unknown encoding {shown(encoding)}", f"one of {', '.join(ENCODINGS)}")
    if name != "utf-16" and data.startswith(_UTF_16_MARKS):
        return None, Problem("E-ENC", "the file looks like UTF-16", "save it as UTF-8, or declare its encoding", line=1)
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        return None, _undecodable(data, error, name)
    nul = text.find("\0")
    if nul < 0:
        return text, None
    line, column = text.count("\n", 0, nul) + 1, nul - text.rfind("\n", 0, nul)
    return None, Problem("E-ENC", "the file holds U+0000, so it is not text", "save it as UTF-8", line=line, column=column)


def _undecodable(data: bytes, error: UnicodeDecodeError, name: str) -> Problem:
    cause = f"byte 0x{data[error.start]:02X} at offset {error.start} is not {name.upper()}"
    hint = "save it as UTF-8, or declare its encoding"
    return Problem("E-ENC", cause, hint, line=data.count(b"\n", 0, error.start) + 1)
