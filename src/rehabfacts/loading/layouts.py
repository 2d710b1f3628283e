"""The canonical layout of YAML: the same tokens and comments, two blanks a level, one blank between words, one empty line at most.

Scalars stay as they are written, and so do the author's line breaks; nothing is wrapped and nothing is put in another order.
"""

import re
from collections.abc import Iterator
from typing import Any

import attrs
from yaml import tokens as kinds

from rehabfacts.loading.nodes import Listing, Mapping, Node, Text
from rehabfacts.loading.pure_parser import PureParser

_STEP = 2
_OPEN, _CLOSE = ("{", "["), ("}", "]")
_BEGINS = {kinds.BlockMappingStartToken: True, kinds.BlockSequenceStartToken: False}
_BLANKS = " \t"
_EMPTY_END = re.compile(r"(?:\n *)+\Z")
_HEADER = re.compile(r"[|>]-?(?:[ \t]+#.*)?[ \t]*")


class Unclear(ValueError):
    """What cannot be laid out without guessing, and its line."""

    def __init__(self, cause: str, line: int) -> None:
        super().__init__(cause)
        self.cause, self.line = cause, line


@attrs.define
class _Level:
    """An open block collection: the column that it had, and the one that it gets."""

    is_mapping: bool
    column: int
    indent: int
    is_implied: bool = False


@attrs.define
class _Flow:
    """An open flow collection: where its lines begin, and where its end does on a line of its own."""

    inner: int
    closer: int


def lay_out(text: str) -> tuple[str, tuple[str, ...]]:
    """A text of YAML in its canonical layout, and its comments in their order. Raises Unclear; YAMLError for what is no YAML."""
    printer = _Printer(text)
    scanner: Any = PureParser(text)
    while scanner.check_token():
        printer.take(scanner.get_token())
    return "\n".join(printer.lines) + "\n" if printer.lines else "", tuple(printer.comments)


def is_same(one: Node | None, other: Node | None) -> bool:
    """Whether two trees say the same, wherever they say it."""
    if isinstance(one, Text) and isinstance(other, Text):
        return one.value == other.value and one.is_plain == other.is_plain
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one.entries) == list(other.entries) and all(is_same(each, other.entries[name]) for name, each in one.entries.items())
    if isinstance(one, Listing) and isinstance(other, Listing):
        return len(one.items) == len(other.items) and all(map(is_same, one.items, other.items))
    return one is None and other is None


class _Printer:
    """Writes token after token; what lies between two tokens is blanks and comments."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        self.comments: list[str] = []
        self._text, self._at, self._before = text, 0, ""
        self._levels: list[_Level] = []
        self._closed: list[_Level] = []
        self._flows: list[_Flow] = []
        self._is_entry = False

    def take(self, token: Any) -> None:
        """Writes one token, or notes what it begins or ends."""
        kind, mark = token.__class__, token.start_mark
        if kind in _BEGINS:
            self._open(_BEGINS[kind], mark.column)
        elif kind is kinds.BlockEndToken:
            self._close()
        elif kind is kinds.KeyToken:
            self._key(token)
        elif kind is kinds.StreamEndToken:
            self._break(self._text[self._at :], 0)
            while self.lines and not self.lines[-1]:
                self.lines.pop()
        elif kind is not kinds.StreamStartToken:
            self._write(token)

    def _open(self, is_mapping: bool, column: int, *, is_implied: bool = False) -> None:  # noqa: FBT001  # one of two kinds
        indent = self._levels[-1].indent + _STEP if self._levels else 0
        self._levels.append(_Level(is_mapping, column, indent, is_implied))

    def _close(self) -> None:
        self._close_implied()
        self._closed.append(self._levels.pop())

    def _close_implied(self) -> None:
        """A list that stands no deeper than its key ends without a token of its own."""
        if self._levels and self._levels[-1].is_implied:
            self._closed.append(self._levels.pop())

    def _key(self, token: Any) -> None:
        if token.end_mark.index > token.start_mark.index:
            raise Unclear("expected keys without a question mark", token.start_mark.line + 1)
        if not self._flows:
            self._close_implied()
            self._is_entry = True

    def _write(self, token: Any) -> None:
        start, end = token.start_mark.index, token.end_mark.index
        if token.__class__ in {kinds.DirectiveToken, kinds.AliasToken, kinds.AnchorToken, kinds.TagToken}:
            raise Unclear("expected no directive, anchor, alias or tag", token.start_mark.line + 1)
        if token.__class__ is kinds.BlockEntryToken:
            if self._levels[-1].is_mapping:
                self._open(is_mapping=False, column=token.start_mark.column, is_implied=True)
            self._is_entry = True
        written = self._text[start:end]
        if token.__class__ is kinds.ScalarToken and token.style in {"|", ">"}:
            written = _EMPTY_END.sub("", written)
            end = start + len(written)
        self._put(written, self._text[self._at : start], token)
        self._at, self._is_entry = end, False

    def _put(self, written: str, gap: str, token: Any) -> None:
        """A token behind what is before it, or on a line of its own where it had one."""
        is_joined = self._before == "-" or written in {",", ":"} or (written in _CLOSE and self._before in _OPEN)
        if "\n" not in gap or (is_joined and not gap.strip()):
            if gap.strip():
                raise Unclear("expected blanks between two values", token.start_mark.line + 1)
            begun = f"{self.lines.pop()}{self._blank(written)}" if self.lines else ""
        else:
            indent = self._begin(is_closer=written in _CLOSE)
            self._break(gap, indent)
            begun = " " * indent
        self._closed.clear()
        if written in _CLOSE:
            self._flows.pop()
        elif written in _OPEN:
            self._flows.append(_Flow(len(begun) + 1, len(begun)))
        first, *more = written.split("\n")
        self.lines += [begun + first, *self._more(more, token)]
        self._before = written if len(written) == 1 and token.__class__ is not kinds.ScalarToken else "x"

    def _begin(self, *, is_closer: bool) -> int:
        """Where a new line begins. Behind a bracket that ends its line, a level deeper than what is around it."""
        if not self._flows:
            return self._levels[-1].indent + (0 if self._is_entry else _STEP) if self._levels else 0
        if self._before in _OPEN:
            inner = self._flows[-2].closer + _STEP if len(self._flows) > 1 else self._deeper()
            self._flows[-1] = _Flow(inner, inner)
        return self._flows[-1].closer if is_closer else self._flows[-1].inner

    def _deeper(self) -> int:
        return self._levels[-1].indent + _STEP if self._levels else _STEP

    def _blank(self, written: str) -> str:
        is_tight = self._before in _OPEN or written in _CLOSE or written in {",", ":"}
        return "" if is_tight else " "

    def _more(self, lines: list[str], token: Any) -> Iterator[str]:
        """The other lines of a scalar, under its first."""
        if not lines:
            return
        indent = self._flows[-1].inner + _STEP if self._flows else self._deeper()
        if token.style not in {"|", ">"}:
            yield from (" " * indent + line.lstrip(_BLANKS) if line.strip(_BLANKS) else "" for line in lines)
            return
        if not _HEADER.fullmatch(self._text[token.start_mark.index :].split("\n", 1)[0]):
            raise Unclear("expected a block of text without + and without a number", token.start_mark.line + 1)
        first = next(line for line in lines if line.strip(" "))
        had = len(first) - len(first.lstrip(" "))
        yield from (" " * indent + line[had:] if len(line) > had else "" for line in lines)

    def _break(self, gap: str, indent: int) -> None:
        """The comments and the empty lines of a gap that ends a line; of several empty lines one."""
        beside, *lines = gap.split("\n")
        if beside.strip():
            self._comment(beside.strip(), f"{self.lines.pop()}  " if self.lines else "")
        for line in lines[:-1] if lines and not lines[-1].strip() else lines:
            if line.strip():
                column = len(line) - len(line.lstrip())
                level = next((each for each in (*reversed(self._levels), *self._closed) if each.column == column), None)
                at = indent if level is None or self._flows else level.indent
                self._comment(line.strip(), " " * at)
            elif self.lines and self.lines[-1]:
                self.lines.append("")

    def _comment(self, text: str, lead: str) -> None:
        if not text.startswith("#"):
            raise Unclear("expected a comment between two values", len(self.lines) + 1)
        self.comments.append(text)
        self.lines.append(f"{lead}{text}")
