"""Texts written as YAML scalars: read back, they are the same texts."""

import json
import re

_WORD = re.compile(r"[^\W_][\w.-]*")
_SENTENCE = re.compile(r"[^\W_](?:[\w.,()/'’-]| (?=\S))*")
_NULLISH = frozenset({"null", "none", "nil", "nan", "n/a"})


def scalar(text: str, *, is_listed: bool = False) -> str:
    """A text as it stands behind a key, or (`is_listed`) between the brackets of a list: bare where that is safe, else in quotes.

    >>> scalar("the board's reply"), scalar("He said: go"), scalar("a, b", is_listed=True)
    ("the board's reply", '"He said: go"', '"a, b"')
    """
    is_bare = (_WORD if is_listed else _SENTENCE).fullmatch(text) and text.casefold() not in _NULLISH
    return text if is_bare else json.dumps(text, ensure_ascii=False)
