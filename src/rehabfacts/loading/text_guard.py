"""Bytes that claim to be UTF-8 text: decoded, or refused with the place of the first byte that is none."""

import re
from bisect import bisect
from itertools import islice

import attrs

from rehabfacts.errors import Problem, shown
from rehabfacts.plain import plain

_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = (
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"%PDF-",
    b"PAR1",
    b"\x89PNG",
    b"\x7fELF",
    b"SQLite format 3\x00",
    b"BZh",
    b"\xfd7zXZ",
)
_TOLD_BYTES = frozenset(b"!&\\#\r\x7f\xc2\xe1\xe2\xe3\xef") | frozenset(range(0x20)) - frozenset(b"\t\n")
_OTHER_BYTES = bytes(byte for byte in range(256) if byte not in _TOLD_BYTES)
_CONTROL_BYTES = frozenset(range(0x20)) - frozenset(b"\t\n") | {0x7F, 0xC2, 0xEF}
_CONTROLS = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]|\r(?!\n)"
_WIDE_BREAKS = ("\x85", "\u2028", "\u2029")
MOST_CONTROLS_TOLD = 20


@plain
class GuardedText:
    """A text that is safe to parse: no control characters, no line break but LF and CRLF.

    `bytes_told` are those bytes of the file that any rarer check looks for. `breaks` maps the stand-ins of NEL, U+2028
    and U+2029 (which YAML 1.1 takes for line breaks) back to them.
    """

    text: str
    data: bytes
    bytes_told: frozenset[int]
    breaks: dict[int, str] = attrs.field(factory=dict)

    @property
    def original(self) -> str:
        """The text with its own line breaks again, for messages."""
        return self.text.translate(self.breaks) if self.breaks else self.text


def place(text: str, index: int) -> tuple[int, int]:
    """Line (counted by LF) and column (in code points) of a character, both from 1."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def read_text(data: bytes, path: str) -> tuple[GuardedText | None, list[Problem]]:
    """The text of a file, without its byte order mark, or why there is none."""
    data = data.removeprefix(_BOM)
    if data.startswith(_UTF_16) or _looks_wide(data):
        return None, [
            Problem("E-ENC", "expected UTF-8, found what looks like UTF-16", "save as UTF-8", path, 1, 1)
        ]
    if data.startswith(_BINARY):
        return None, [_not_text(data, path)]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return None, [_not_utf_8(data, error, path)]
    told = frozenset(data.translate(None, _OTHER_BYTES))
    problems = _control_problems(text, path) if told & _CONTROL_BYTES else []
    if problems:
        return None, problems
    return _without_wide_breaks(text, data, told), []


def _looks_wide(data: bytes) -> bool:
    start = data[:64]
    return len(start) > 3 and (not any(start[1::2]) or not any(start[::2]))


def _not_text(data: bytes, path: str) -> Problem:
    return Problem(
        "E-ENC",
        f"not text: expected UTF-8, found a file that begins with {_hex(data[:4])}",
        "give the YAML file itself, not packed or converted",
        path,
        1,
        1,
    )


def _not_utf_8(data: bytes, error: UnicodeDecodeError, path: str) -> Problem:
    if b"\0" in data[:1024]:
        return _not_text(data, path)
    before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start]
    column = len(before.decode()) + 1
    line = data.count(b"\n", 0, error.start) + 1
    return Problem(
        "E-ENC",
        f"expected UTF-8, found byte {_hex(data[error.start : error.start + 1])} at offset {error.start}",
        "save the file as UTF-8",
        path,
        line,
        column,
    )


def _hex(data: bytes) -> str:
    return "".join(f"\\x{byte:02X}" for byte in data)


def _control_problems(text: str, path: str) -> list[Problem]:
    found = re.finditer(_CONTROLS, text)
    return [_control_problem(text, match.start(), path) for match in islice(found, MOST_CONTROLS_TOLD)]


def _control_problem(text: str, index: int, path: str) -> Problem:
    line, column = place(text, index)
    if text[index] == "\r":
        return Problem(
            "E-EOL",
            "expected LF or CRLF at a line's end, found a lone CR (U+000D)",
            "save with LF line ends",
            path,
            line,
            column,
        )
    return control_problem(text[index], path, line, column)


def control_problem(character: str, path: str, line: int, column: int) -> Problem:
    """E-CTRL for a character that has no place in text."""
    cause = f"expected text, found the control character U+{ord(character):04X}"
    return Problem("E-CTRL", cause, "delete it", path, line, column)


def _without_wide_breaks(text: str, data: bytes, told: frozenset[int]) -> GuardedText:
    if not told & {0xC2, 0xE2} or not any(character in text for character in _WIDE_BREAKS):
        return GuardedText(text, data, told)
    present = set(text)
    free = (code for code in range(0x10FFFD, 0x10000, -1) if chr(code) not in present)
    stand_ins = dict(zip(_WIDE_BREAKS, free, strict=False))
    text = text.translate({ord(character): code for character, code in stand_ins.items()})
    return GuardedText(text, text.encode(), told, {code: character for character, code in stand_ins.items()})


def breaks_outside(
    text: GuardedText, quoted: list[tuple[int, int]], end: int | None, path: str
) -> list[Problem]:
    """E-CTRL for NEL, U+2028 and U+2029 outside of the quoted spans, up to an index."""
    found: list[Problem] = []
    spans = sorted(quoted)
    for match in re.finditer(f"[{''.join(map(chr, text.breaks))}]", text.text[:end]):
        at = bisect(spans, (match.start(), len(text.text)))
        if not at or spans[at - 1][1] <= match.start():
            found.append(control_problem(text.breaks[ord(match[0])], path, *place(text.text, match.start())))
        if len(found) == MOST_CONTROLS_TOLD:
            break
    return found


def code_points(text: str) -> str:
    """The characters beyond ASCII as U+0301, for messages."""
    return shown(" ".join(f"U+{ord(character):04X}" for character in text if not character.isascii()), 60)
