"""Formulas cut into tokens."""

import re

from rehabfacts.errors import InvalidFormula

_MOST_TOKENS = 2_000
_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<date>\[[^\]]*\]|-?[\dX]{4}(?:-[\dX]{2}){0,2}[?~%]?(?![\w.]))
    | (?P<number>\d+(?:\.\d+)?(?!\w))
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<path>[^\W\d]\w*(?:-\w+)*(?:\.[^\W\d][\w-]*)*)
    | (?P<sign>!=|<=|>=|[<>=()+*%,-])
    """,
    re.VERBOSE,
)

Token = tuple[str, str, int]
"""What kind of token it is, what is written, and its column."""


def tokens_of(text: str) -> list[Token]:
    """The tokens of a formula, an empty one at its end. Raises InvalidFormula."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise InvalidFormula(text, f"unexpected {text[at]!r}", at + 1)
        if match.lastgroup != "space":
            tokens.append((match.lastgroup or "", match.group(), at + 1))
        at = match.end()
    if len(tokens) > _MOST_TOKENS:
        raise InvalidFormula(text, f"expected at most {_MOST_TOKENS} tokens", 1, code="E-LIMIT-EXPR")
    return [*tokens, ("end", "", len(text) + 1)]
