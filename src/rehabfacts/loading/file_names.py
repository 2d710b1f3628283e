"""File names that are no text, or that another machine cannot tell apart or cannot hold."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from unicodedata import normalize

from rehabfacts.errors import Problem, shown

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def as_given(path: str) -> str:
    """The path with forward slashes and without `./`; relative stays relative."""
    slashed = path.replace(os.sep, "/")
    parts = [part for part in slashed.split("/") if part not in {"", "."}]
    return ("/" if slashed.startswith("/") else "") + "/".join(parts) or "."


def shown_path(path: str) -> str:
    r"""A path for messages: bytes that are not UTF-8 stand as `\xE9`."""
    if path.isascii():
        return path
    return "".join(f"\\x{ord(c) - 0xDC00:02X}" if 0xDC80 <= ord(c) <= 0xDCFF else c for c in path)


def is_text_name(path: str) -> bool:
    """Whether the name's bytes are UTF-8."""
    return path.isascii() or not any(0xD800 <= ord(character) <= 0xDFFF for character in path)


def iter_name_problems(paths: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with the names of these files, given in their order."""
    files: dict[str, str] = {}
    directories: dict[str, str] = {}
    told: set[str] = set()
    for path in paths:
        if not is_text_name(path):
            yield Problem("E-PATH-NAME", f"expected a name in UTF-8, found {shown(shown_path(path))}", "rename it",
                          shown_path(path))  # fmt: skip
            continue
        twin = files.setdefault(_folded(path), path)
        if twin != path:
            yield _twins("E-PATH-TWIN", path, twin, "rename one; no other machine can hold both")
        yield from _unportable_parts(path, directories, told)


def _folded(path: str) -> str:
    return normalize("NFC", normalize("NFC", path).casefold())


def _twins(code: str, path: str, twin: str, hint: str) -> Problem:
    cause = f"expected names that differ by more than case or composition, found {shown(path)} beside {shown(twin)}"
    return Problem(code, cause, hint, path)


def _unportable_parts(path: str, directories: dict[str, str], told: set[str]) -> Iterator[Problem]:
    """Each directory and each reserved name is told once, at the first file that needs it."""
    parts = path.split("/")
    prefixes = list(accumulate(parts, "{}/{}".format))
    for part, prefix in zip(parts, prefixes, strict=True):
        twin = directories.setdefault(_folded(prefix), prefix) if prefix != path else prefix
        if prefix in told:
            continue
        told.add(prefix)
        if twin != prefix:
            yield _twins("W-PATH-PORTABLE", prefix, twin, "rename one; some machines hold one of them only")
        if _RESERVED.fullmatch(part) or (part.strip(".") and part.endswith((".", " "))):
            cause = f"expected a name that every system can hold, found {shown(part)}"
            yield Problem("W-PATH-PORTABLE", cause, "rename it", prefix)
