"""The light tree of a YAML file: texts, mappings and listings, each with its line and column (both from 1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

KeyPlaces: TypeAlias = "dict[tuple[int, int], dict[str, tuple[int, int]]]"
_NULLS = ("", "~", "null")


class Text:
    """A scalar as its author wrote it: `no`, `012` and `1993-04-14` are these very characters.

    `is_plain` tells an unquoted scalar from a quoted or a block one.

    >>> Text("null", 1, 1, is_plain=True).is_null, Text("null", 1, 1, is_plain=False).is_null
    (True, False)
    """

    __slots__ = ("column", "is_plain", "line", "value")

    def __init__(self, value: str, line: int, column: int, *, is_plain: bool) -> None:
        self.value, self.line, self.column, self.is_plain = value, line, column, is_plain

    @property
    def is_null(self) -> bool:
        """Whether nothing is stated: `null`, `~` or an empty place, not quoted."""
        return self.is_plain and self.value in _NULLS

    @property
    def comment(self) -> str:
        """The comment that ends the scalar's line (`Love # Song` gives `Song`); empty if there is none."""
        return ""

    def __repr__(self) -> str:
        return f"Text({self.value!r}, {self.line}, {self.column}, is_plain={self.is_plain})"


class CommentedText(Text):
    """A plain scalar with a comment behind it, which its author may have meant as a part of it."""

    __slots__ = ("_comment",)

    def __init__(self, text: Text, comment: str) -> None:
        super().__init__(text.value, text.line, text.column, is_plain=text.is_plain)
        self._comment = comment

    @property
    def comment(self) -> str:
        """The comment without its `#`."""
        return self._comment


class Mapping:
    """Keys and their values in the order of the file; keys are in NFC.

    `dropped` are the keys that stand in the file without a usable value (written twice, an alias): they are neither
    present nor missing, and their problem has been told.
    """

    __slots__ = ("column", "dropped", "entries", "line", "places")

    def __init__(
        self, line: int, column: int, entries: dict[str, Node], places: Callable[[], KeyPlaces]
    ) -> None:
        self.line, self.column, self.entries, self.places = line, column, entries, places
        self.dropped: frozenset[str] = frozenset()

    def key(self, name: str) -> Text:
        """The key as a text with its own place. Slow at first (the file is read again): for messages."""
        line, column = self.places().get((self.line, self.column), {}).get(name, (self.line, self.column))
        return Text(name, line, column, is_plain=False)

    def __repr__(self) -> str:
        return f"Mapping({self.line}, {self.column}, {self.entries!r})"


class Listing:
    """The items of a sequence in their order."""

    __slots__ = ("column", "items", "line")

    def __init__(self, line: int, column: int, items: list[Node]) -> None:
        self.line, self.column, self.items = line, column, items

    def __repr__(self) -> str:
        return f"Listing({self.line}, {self.column}, {self.items!r})"


Node: TypeAlias = Text | Mapping | Listing
