"""JSON texts that a log or a terminal takes for nothing else, whatever they hold, and that any encoding can carry."""

import json
import re
from typing import Any

_UNSAFE = re.compile(r"[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\U00010000-\U0010ffff]")
"""What could be taken for a direction, and what Python would escape in a way of its own: JSON readers undo the escape."""

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def text_of(value: Any, *, depth: int = 2) -> str:
    """A value as JSON text: members and items a line each down to this depth, all that is deeper on the line it belongs to."""
    text = _broken(value, depth, "").replace("##", "#\\u0023")  # two of them begin a command in some logs
    return f"{_UNSAFE.sub(_escaped, text)}\n"


def _broken(value: Any, depth: int, indent: str) -> str:
    if not (depth and value and isinstance(value, dict | list)):
        return _encode(value)
    deeper = f"{indent} "
    if isinstance(value, dict):
        lines = (f"{deeper}{_encode(key)}: {_broken(each, depth - 1, deeper)}" for key, each in value.items())
    else:
        lines = (f"{deeper}{_broken(each, depth - 1, deeper)}" for each in value)
    inner = ",\n".join(lines)
    return f"{{\n{inner}\n{indent}}}" if isinstance(value, dict) else f"[\n{inner}\n{indent}]"


def _escaped(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
