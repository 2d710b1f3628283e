"""What a parser's complaint means to the author of the file: one wording, and one place, for both parsers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

import attrs

from rehabfacts.errors import Problem, shown
from rehabfacts.loading.suspicions import is_wide_space, surrogate_escape, wide_space_words
from rehabfacts.loading.text_guard import place
from rehabfacts.plain import plain

_QUOTE_IT = "quote this value"
MOST_OF_A_TAG = 60
_Meaning: TypeAlias = tuple[str, str, str, int]


@plain
class _Complaint:
    """Where a parser stopped (`at`) and where what it was reading began (`began`), as indexes into the text."""

    words: str
    text: str
    at: int
    began: int
    most_key: int

    @property
    def line_start(self) -> int:
        return self.text.rfind("\n", 0, self.at) + 1

    def found(self, at: int | None = None) -> str:
        """What stands there, up to the end of the line."""
        start = self.at if at is None else at
        rest = self.text[start : start + 41].split("\n")[0].rstrip()
        return shown(rest, 40) or ("the end of the line" if start < len(self.text) else "the end of the file")

    def opening(self) -> str:
        """The place where what was being read began, in words."""
        return "line {}, column {}".format(*place(self.text, self.began))


def syntax_problem(
    error: Exception, text: str, path: str, reached: int, most_key: int
) -> tuple[Problem, int]:
    """The problem at which a parser stopped, and its index; `reached` is how far the parser had come."""
    mark: Any = getattr(error, "problem_mark", None)
    began: Any = getattr(error, "context_mark", None) or mark
    words = (
        f"{getattr(error, 'context', '')}: {getattr(error, 'problem', 'invalid Unicode character escape')}"
    )
    at = min(mark.index if mark else reached, len(text))
    complaint = _Complaint(words, text, at, min(began.index, at) if began else at, most_key)
    meaning = next(meaning for pattern, meaning in _MEANINGS if re.search(pattern, words))
    surrogate = surrogate_escape(text, complaint.began, at) if "quoted scalar" in words else None
    code, cause, hint, index = (
        meaning(complaint) if surrogate is None else _no_character(attrs.evolve(complaint, at=surrogate))  # type: ignore[misc]
    )
    line, column = place(text, index)
    return Problem(code, cause, hint, path, line, column), index


def _open_quote(complaint: _Complaint) -> _Meaning:
    quote = complaint.text[complaint.began : complaint.began + 1]
    cause = f"expected a closing quotation mark, found none for the {quote} that opens here"
    return "E-YAML-SYNTAX", cause, "close it on the same line", complaint.began


def _bad_escape(complaint: _Complaint) -> _Meaning:
    at = complaint.text.rfind("\\", 0, complaint.at + 1)
    cause = f"expected an escape that YAML knows, found {complaint.found(at)}"
    return "E-YAML-SYNTAX", cause, "double the backslash, or use single quotation marks", at


def _no_character(complaint: _Complaint) -> _Meaning:
    at = complaint.text.rfind("\\", 0, complaint.at + 1)
    digits = re.match(r"[0-9A-Fa-f]{1,8}", complaint.text[at + 2 : at + 10])
    cause = f"expected a character, found an escape of U+{int(digits[0] if digits else '0', 16):04X}, which is none"
    return "E-ENC", cause, "write the character itself", at


def _tag(complaint: _Complaint) -> _Meaning:
    at = complaint.text.rfind("!", 0, complaint.at + 1) if "handle" in complaint.words else complaint.began
    return "E-YAML-TAG", tag_words(complaint.text, max(at, 0)), "delete the tag", max(at, 0)


def tag_words(text: str, start: int) -> str:
    """The cause of E-YAML-TAG, for the tag that begins there."""
    tag = text[start : start + MOST_OF_A_TAG + 1].split(maxsplit=1)[0]
    return f"expected no tag, found {shown(tag.rstrip(',]}'), MOST_OF_A_TAG)}"


def _directive(complaint: _Complaint) -> _Meaning:
    at = complaint.line_start
    return "E-YAML-DIRECTIVE", f"expected no directive, found {complaint.found(at)}", "delete the line", at


def _reference(complaint: _Complaint) -> _Meaning:
    cause = f"expected a value, found {complaint.found(complaint.began)}"
    return "E-YAML-SYNTAX", cause, _QUOTE_IT, complaint.began


def _block_header(complaint: _Complaint) -> _Meaning:
    cause = f"expected the line to end behind | or >, found {complaint.found()}"
    return "E-YAML-SYNTAX", cause, _QUOTE_IT, complaint.at


def _indentation(complaint: _Complaint) -> _Meaning | None:
    """E-INDENT if another character than a space indents the line."""
    start = complaint.line_start
    while complaint.text[start : start + 1] == " ":
        start += 1
    character = complaint.text[start : start + 1]
    if start > complaint.at or not (character == "\t" or is_wide_space(character)):
        return None
    return "E-INDENT", wide_space_words(character), "replace it by spaces", start


def _no_start(complaint: _Complaint) -> _Meaning:
    hint = _QUOTE_IT if complaint.text[complaint.at :].strip() else "close the brackets that are open"
    cause = f"expected a value, found {complaint.found()}"
    return _indentation(complaint) or ("E-YAML-SYNTAX", cause, hint, complaint.at)


def _second_colon(complaint: _Complaint) -> _Meaning:
    before = complaint.text[complaint.line_start : complaint.at]
    key = before.lstrip(" -?")
    start = complaint.at - len(key)
    special = _indentation(complaint) or _long_key(complaint, key, start)
    if special:
        return special
    if re.search(r":[ \t]", before):
        cause = f"expected one value, found a second ': ' in it, behind {_tail(key)}"
        return "E-YAML-SYNTAX", cause, _QUOTE_IT, complaint.at
    cause = f"expected the value of the line above to go on, found a key: {_tail(key)}"
    return "E-YAML-SYNTAX", cause, "align the key with the keys above, or quote the whole value", complaint.at


def _tail(words: str) -> str:
    return shown(words if len(words) <= 40 else "…" + words[-39:], 40)


def _long_key(complaint: _Complaint, key: str, start: int) -> _Meaning | None:
    if len(key) <= complaint.most_key or re.search(r":[ \t]", key):
        return None
    return "E-LIMIT-KEY", long_key_words(key, complaint.most_key), "write it as a value", start


def long_key_words(key: str, most: int) -> str:
    """The cause of E-LIMIT-KEY."""
    return f"expected a key of at most {most} characters, found {len(key)}: {shown(key, 40)}"


def _question_mark(complaint: _Complaint) -> _Meaning:
    before = complaint.text[complaint.line_start : complaint.at].strip()
    if before.startswith("&"):
        cause = f"expected a value behind the anchor {shown(before, 40)}, found {complaint.found()}"
        return "E-YAML-ALIAS", cause, "delete the anchor; aliases are not read", complaint.line_start
    return _no_start(complaint)


def _dash(complaint: _Complaint) -> _Meaning:
    hint = f"begin the list on the next line, or {_QUOTE_IT}"
    return "E-YAML-SYNTAX", f"expected a value, found a list item: {complaint.found()}", hint, complaint.at


def _no_colon(complaint: _Complaint) -> _Meaning:
    line = complaint.text[complaint.began :].split("\n", 1)[0]
    key = line.split(": ")[0].rstrip()
    moved = attrs.evolve(complaint, at=complaint.began)  # type: ignore[misc]
    special = _indentation(moved) or (_long_key(complaint, key, complaint.began) if ":" in line else None)
    cause = f"expected a key and ': ', found {complaint.found(complaint.began)}"
    return special or (
        "E-YAML-SYNTAX",
        cause,
        "put ': ' behind the key, or indent the text more",
        complaint.began,
    )


def _flow(complaint: _Complaint) -> _Meaning:
    opened = complaint.text[complaint.began : complaint.began + 1]
    closing = "]" if "sequence:" in complaint.words else "}"
    cause = f"expected , or {closing} for the {opened} at {complaint.opening()}, found {complaint.found()}"
    return "E-YAML-SYNTAX", cause, "close it, or quote the value", complaint.at


def _block(complaint: _Complaint) -> _Meaning:
    wanted = "a key" if "mapping:" in complaint.words else "a list item"
    cause = f"expected {wanted} aligned with {complaint.opening()}, found {complaint.found()}"
    hint = "check the indentation and the quotation marks here and in the line above"
    return _indentation(complaint) or ("E-YAML-SYNTAX", cause, hint, complaint.at)


def _tail_of_file(complaint: _Complaint) -> _Meaning:
    cause = f"expected the end of the file, found {complaint.found()}"
    return _indentation(complaint) or ("E-YAML-SYNTAX", cause, "check the indentation", complaint.at)


_MEANINGS: tuple[tuple[str, Callable[[_Complaint], _Meaning]], ...] = (
    (r"directive", _directive),
    (r"(?:scanning|parsing) a tag|tag handle", _tag),
    (r"quoted scalar: found unexpected (?:end of stream|document)", _open_quote),
    (r"invalid Unicode character escape", _no_character),
    (r"escape character|escape sequence of [248] hex|did not find expected hexdecimal number", _bad_escape),
    (r"scanning an (?:anchor|alias)", _reference),
    (r"tab character", _no_start),
    (r"scanning a block scalar", _block_header),
    (r"cannot start any token", _no_start),
    (r"mapping values are not allowed", _second_colon),
    (r"mapping keys are not allowed", _question_mark),
    (r"sequence entries are not allowed", _dash),
    (r"could not find expected ':'", _no_colon),
    (r"parsing a flow (?:mapping|sequence):", _flow),
    (r"parsing a block (?:mapping|collection)", _block),
    (r"expected '?<document start>", _tail_of_file),
    (r"", _no_start),
)
