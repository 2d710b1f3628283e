"""PyYAML's two parsers as one: the same events and places from libyaml and from pure Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unicodedata import normalize

import yaml
from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from rehabfacts.loading.nodes import KeyPlaces
from rehabfacts.loading.text_guard import GuardedText

UNREADABLE = (YAMLError, ValueError, OverflowError)
"""What the parsers raise; the last two where the pure one meets an escape that is no character."""


def next_event(text: GuardedText, *, is_pure: bool) -> Callable[[], Any]:
    """A function that gives the next event at each call, and None after the last."""
    if is_pure or not yaml.__with_libyaml__:
        from rehabfacts.loading.pure_parser import PureParser  # noqa: PLC0415 (rarely needed)

        return PureParser(text.text).get_event
    from yaml._yaml import CParser  # noqa: PLC0415 (absent where PyYAML was built without libyaml)

    return CParser(text.data).get_event


def key_places(text: GuardedText, *, is_pure: bool) -> KeyPlaces:
    """Where each key first stands, by the place of its mapping; as far as the text can be read."""
    pull = next_event(text, is_pure=is_pure)
    found: KeyPlaces = {}
    stack: list[tuple[dict[str, tuple[int, int]] | None, bool]] = []
    keys, is_key = None, False
    try:
        for event in iter(pull, None):
            kind, mark = event.__class__, event.start_mark
            where = (mark.line + 1, mark.column + 1)
            if kind is ScalarEvent or kind is AliasEvent:
                if is_key and keys is not None and kind is ScalarEvent:
                    keys.setdefault(normalize("NFC", event.value), where)
                is_key = not is_key
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                stack.append((keys, not is_key))
                keys, is_key = (
                    (found.setdefault(where, {}), True) if kind is MappingStartEvent else (None, False)
                )
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                keys, is_key = stack.pop()
    except UNREADABLE:
        pass
    return found
