"""PyYAML's pure parser brought to libyaml's reading wherever the two differ."""

from __future__ import annotations

import re
from typing import Any, NoReturn, cast

from yaml.events import ScalarEvent
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import (
    DirectiveToken,
    FlowEntryToken,
    FlowMappingEndToken,
    FlowSequenceEndToken,
    ScalarToken,
    TagToken,
)

_URI = r"[0-9A-Za-z_;/?:@&=+$.!~*'()-]"
_TAG = re.compile(rf"!(?:<(?P<whole>(?:{_URI}|[,\[\]])+)>|(?P<handle>[0-9A-Za-z_-]*!)?(?P<rest>{_URI}*))")


class PureParser(Reader, Scanner, Parser):
    """What libyaml does with tabs, tags, block headers, bad escapes and the end of the file, in Python."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def scan_to_next_token(self) -> None:
        """Skip blanks, comments and line breaks; a tab only where no key could begin."""
        while True:
            while self.peek() == " " or (
                self.peek() == "\t" and (self.flow_level or not self.allow_simple_key)
            ):
                self.forward()
            self._skip_comment()
            if not self._scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> list[str] | None:
        """The blanks and line breaks inside a plain scalar, folded; None where a document ends."""
        blanks = ""
        while self.peek() in " \t":
            blanks += self.peek()
            self.forward()
        if self.peek() not in "\r\n":
            return [blanks] if blanks else []
        self._scan_line_break()
        self.allow_simple_key = True
        breaks = []
        while not self._is_document_end():
            if self.peek() == "\t" and self.column < indent:
                self._refuse("while scanning a plain scalar", start_mark, "found a tab character")
            if self.peek() in " \t":
                self.forward()
            elif self.peek() in "\r\n":
                breaks.append(self._scan_line_break())
            else:
                return breaks or [" "]
        return None

    def _scan_line_break(self) -> str:
        return cast("str", super().scan_line_break())  # type: ignore[no-untyped-call]

    def scan_plain(self) -> ScalarToken:
        """A plain scalar; in a flow collection it may hold `?` but no `:` before an indicator."""
        chunks: list[str] = []
        spaces: list[str] | None = []
        start_mark = end_mark = self.get_mark()
        indent = self.indent + 1
        while self.peek() != "#":
            length = self._plain_length(start_mark)
            if not length:
                break
            self.allow_simple_key = False
            chunks += [*(spaces or ()), self.prefix(length)]
            self.forward(length)
            end_mark = self.get_mark()
            spaces = self.scan_plain_spaces(indent, start_mark)
            if not spaces or (not self.flow_level and self.column < indent):
                break
        return ScalarToken("".join(chunks), True, start_mark, end_mark)  # noqa: FBT003 (PyYAML's own signature)

    def _plain_length(self, start_mark: Any) -> int:
        length = 0
        while (character := self.peek(length)) not in "\0 \t\r\n":
            after = self.peek(length + 1) if character == ":" else ""
            if (after and after in "\0 \t\r\n") or (self.flow_level and character in ",[]{}"):
                break
            if after and self.flow_level and after in ",?[]{}":
                self.forward(length)
                self._refuse("while scanning a plain scalar", start_mark, "found unexpected ':'")
            length += 1
        return length

    def scan_directive(self) -> DirectiveToken:
        """A directive that libyaml knows."""
        if not self.prefix(6).startswith(("%YAML ", "%TAG ")):
            self._refuse("while scanning a directive", self.get_mark(), "found unknown directive name")
        return super().scan_directive()

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        """What follows `|` or `>` on its line: chomping, and the indentation that the author gives."""
        chomping, increment = None, None
        for _ in range(2):
            if self.peek() in "+-" and chomping is None:
                chomping = self.peek() == "+"
                self.forward()
            elif self.peek() in "123456789" and increment is None:
                increment = int(self.peek())
                self.forward()
        while self.peek() in " \t":
            self.forward()
        self._skip_comment()
        if self.peek() not in "\0\r\n":
            self._refuse("while scanning a block scalar", start_mark, "did not find a line break")
        return chomping, increment

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, Any]:
        """The first blank lines of a block scalar, which tell its indentation."""
        found: tuple[list[str], int, Any] = super().scan_block_scalar_indentation()
        if self.peek() == "\t":
            self._refuse("while scanning a block scalar", None, "found a tab character")
        return found

    def scan_block_scalar_breaks(self, indent: int) -> tuple[list[str], Any]:
        """Blank lines inside a block scalar."""
        found: tuple[list[str], Any] = super().scan_block_scalar_breaks(indent)
        if self.peek() == "\t" and self.column < indent:
            self._refuse("while scanning a block scalar", None, "found a tab character")
        return found

    def process_empty_scalar(self, mark: Any) -> ScalarEvent:
        """An empty value stands where the next indicator of its flow collection does."""
        if self.check_token(FlowEntryToken, FlowMappingEndToken, FlowSequenceEndToken):
            mark = self.peek_token().start_mark  # type: ignore[no-untyped-call]
        return super().process_empty_scalar(mark)

    def scan_flow_scalar(self, style: str) -> ScalarToken:
        """A quoted scalar without surrogates."""
        token = super().scan_flow_scalar(style)
        if re.search("[\ud800-\udfff]", token.value):
            self._refuse(
                "while scanning a quoted scalar", token.start_mark, "invalid Unicode character escape"
            )
        return token

    def scan_tag(self) -> TagToken:
        """A tag; what it means is nobody's concern, since all tags are refused."""
        start_mark = self.get_mark()
        length = 0
        while self.peek(length) not in "\0 \t\r\n" and not (self.flow_level and self.peek(length) == ","):
            length += 1
        match = _TAG.fullmatch(self.prefix(length))
        if match is None or (match["handle"] and not match["rest"]):
            self._refuse("while scanning a tag", start_mark, "did not find a tag")
        self.forward(length)
        handle = None if match["whole"] or not match["rest"] else match["handle"] or "!"
        return TagToken((handle, match["whole"] or match["rest"] or "!"), start_mark, self.get_mark())

    def fetch_stream_end(self) -> None:
        """Let a last line without its line break end like any other."""
        if self.column:
            self.line, self.column = self.line + 1, 0
            self.stale_possible_simple_keys()
        super().fetch_stream_end()

    def _refuse(self, context: str, start_mark: Any, words: str) -> NoReturn:
        raise ScannerError(context, start_mark, words, self.get_mark())

    def _skip_comment(self) -> None:
        if self.peek() == "#":
            while self.peek() not in "\0\r\n":
                self.forward()

    def _is_document_end(self) -> bool:
        return self.column == 0 and self.prefix(3) in ("---", "...") and self.peek(3) in "\0 \t\r\n"
