"""JSON text to a positioned tree: strict (RFC 8259), followed without recursion, no key twice."""

import json
import re
from typing import TYPE_CHECKING, NoReturn

from rehabfacts.errors import Problem, shown
from rehabfacts.loading.nodes import Listing, Mapping, Node, Text
from rehabfacts.loading.yaml_guard import Stopped

if TYPE_CHECKING:
    from rehabfacts.loading.yaml_tree import Limits

_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+")"""
    r"|(?P<plain>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)|(?P<sign>[\[\]{},:])"
    r"|(?P<junk>[^ \t\r\n])"
)



def read_json(text: str, path: str, limits: "Limits") -> tuple[Node | None, list[Problem]]:
    """The tree of a text; numbers, true, false and null stay as they are written, and are plain."""
    try:
        return _Json(text, path, limits).tree(), []
    except Stopped as stop:
        return None, [stop.problem]


class _Json:
    def __init__(self, text: str, path: str, limits: "Limits") -> None:
        self._text, self._path, self._limits = text, path, limits
        self._tokens = _TOKEN.finditer(text)
        self._line, self._line_start, self._line_end = 0, 0, 0
        self._column = 1
        self._move(0)

    def tree(self) -> Node:
        """The value of the whole text."""
        root: list[Node] = []
        holders: list[Mapping | Listing] = []
        kind, word = self._next()
        while True:
            node = self._value(kind, word)
            self._put(node, holders, root)
            if isinstance(node, Text):
                kind, word = self._next()
            else:
                if len(holders) == self._limits.depth:
                    self._stop("E-LIMIT-DEPTH", f"expected at most {self._limits.depth} nested levels, found level {len(holders) + 1}", "write it flatter")
                holders.append(node)
                kind, word = self._next()
                if word not in {"]", "}"} or kind != "sign":
                    kind, word = self._key(node, kind, word)
                    continue
            kind, word = self._closed(holders, kind, word)
            if not holders:
                if kind:
                    self._stop("E-JSON-SYNTAX", f"expected the end of the file, found {shown(word, 40)}")
                return root[0]

    def _closed(self, holders: list[Mapping | Listing], kind: str, word: str) -> tuple[str, str]:
        """Closes what ends here; gives the first token of the next value."""
        while holders:
            holder = holders[-1]
            end = "}" if isinstance(holder, Mapping) else "]"
            if kind == "sign" and word == end:
                holders.pop()
                kind, word = self._next()
                continue
            if kind != "sign" or word != ",":
                self._stop("E-JSON-SYNTAX", f"expected , or {end}, found {shown(word, 40) or 'the end of the file'}")
            return self._key(holder, *self._next())
        return kind, word

    def _key(self, holder: Mapping | Listing, kind: str, word: str) -> tuple[str, str]:
        """Of a mapping: reads the key; gives the first token of the value."""
        if isinstance(holder, Listing):
            return kind, word
        if kind != "string":
            self._stop("E-JSON-SYNTAX", f"expected a key in double quotes, found {shown(word, 40) or 'the end of the file'}")
        key = self._string(word)
        if len(key) > self._limits.key_length:
            self._stop("E-LIMIT-KEY", f"expected a key of at most {self._limits.key_length} characters, found {len(key)}: {shown(key, 40)}")
        if key in holder.entries:
            self._stop("E-KEY-DUP", f"expected keys that occur once, found {shown(key)!r} again", "keep one")
        if len(holder.entries) == self._limits.keys:
            self._stop("E-LIMIT-KEYS", f"expected at most {self._limits.keys} keys, found more", "split the file")
        holder.entries[key] = _PENDING
        if self._next() != ("sign", ":"):
            self._stop("E-JSON-SYNTAX", f"expected : behind the key {shown(key, 40)!r}")
        return self._next()

    def _value(self, kind: str, word: str) -> Node:
        line, column = self._line, self._column
        if kind == "string":
            value = self._string(word)
            if len(value) > self._limits.scalar_length:
                self._stop("E-LIMIT-SCALAR", f"expected a value of at most {self._limits.scalar_length} characters, found {len(value)}", "split it")
            return Text(value, line, column, is_plain=False)
        if kind == "plain":
            return Text(word, line, column, is_plain=True)
        if word == "{":
            return Mapping(line, column, {}, dict)
        if word != "[":
            self._stop("E-JSON-SYNTAX", f"expected a value, found {shown(word, 40) or 'the end of the file'}")
        return Listing(line, column, [])

    def _put(self, node: Node, holders: list[Mapping | Listing], root: list[Node]) -> None:
        if not holders:
            root.append(node)
        elif isinstance(holders[-1], Listing):
            holders[-1].items.append(node)
        else:
            holders[-1].entries[next(reversed(holders[-1].entries))] = node

    def _string(self, word: str) -> str:
        if "\\" not in word:
            return word[1:-1]
        value: str = json.loads(word)
        if any("\ud800" <= character <= "\udfff" for character in value):
            self._stop("E-ENC", "expected characters, found half of a surrogate pair", "write the character itself")
        return value

    def _next(self) -> tuple[str, str]:
        """The next token and its kind; two empty texts at the end."""
        match = next(self._tokens, None)
        if match is None:
            self._move(len(self._text))
            return "", ""
        start, kind = match.start(), match.lastgroup
        if start >= self._line_end:
            self._move(start)
        self._column = start - self._line_start + 1
        if kind == "junk":
            found = shown(self._text[start : start + 40].split("\n")[0])
            self._stop("E-JSON-SYNTAX", f"expected JSON, found {found}", "texts and keys stand in double quotes" if found[0] not in '"/' else "")
        return kind or "", match[0]

    def _move(self, at: int) -> None:
        """Goes to the line that holds a character."""
        while at >= self._line_end and self._line_end <= len(self._text):
            self._line += 1
            self._line_start = self._line_end
            self._line_end = self._text.find("\n", self._line_start) + 1 or len(self._text) + 1
        self._column = at - self._line_start + 1

    def _stop(self, code: str, cause: str, hint: str = "") -> NoReturn:
        raise Stopped(Problem(code, cause, hint, self._path, self._line, self._column))


_PENDING = Text("null", 0, 0, is_plain=True)
