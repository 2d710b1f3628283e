"""YAML bytes to a light positioned tree, with every problem that the text itself has."""

from __future__ import annotations

from rehabfacts.errors import Problem, shown
from rehabfacts.loading.nodes import CommentedText, Listing, Mapping, Node, Text
from rehabfacts.loading.text_guard import read_text
from rehabfacts.plain import plain

__all__ = ["CommentedText", "Limits", "Listing", "Mapping", "Node", "Text", "hash_warning", "read_yaml"]


@plain
class Limits:
    """How much of anything one YAML file may hold; nothing under test can raise it.

    `depth` counts nested collections, `key_length` and `scalar_length` code points, `keys` those of one mapping.
    """

    depth: int = 64
    key_length: int = 200
    scalar_length: int = 1 << 20
    keys: int = 100_000


_LIMITS = Limits()


def read_yaml(
    data: bytes, path: str, limits: Limits = _LIMITS, *, is_pure: bool = False
) -> tuple[Node | None, list[Problem]]:
    """The tree of a file and its problems in the order of their places; scalars stay as they are written.

    The tree is None if the text could not be followed to its end, or holds nothing (W-EMPTY). A tree beside errors
    is good for finding more of them, not for use. `is_pure` forces PyYAML's pure parser (the answers are the same).
    """
    text, problems = read_text(data, path)
    if text is None:
        return None, problems
    from rehabfacts.loading.yaml_growth import grow  # noqa: PLC0415 (PyYAML costs 25 ms: only when a file is read)

    return grow(text, path, limits, is_pure=is_pure)


def hash_warning(text: Text, path: str) -> Problem | None:
    """W-HASH if a comment cuts this text; for fields that hold prose, where `#` may be a part of it."""
    if not text.comment:
        return None
    cause = f"expected the whole text, found that the rest of the line is a comment: {shown(text.comment)}"
    return Problem("W-HASH", cause, "quote this value if # belongs to it", path, text.line, text.column)
