"""The loop that turns parser events into a tree, and what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from yaml.events import (
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from rehabfacts.errors import Problem, shown
from rehabfacts.loading.nodes import Listing, Mapping, Node, Text
from rehabfacts.loading.suspicions import LONGEST_ODD, ODD_VALUES
from rehabfacts.loading.text_guard import GuardedText, place
from rehabfacts.loading.yaml_events import UNREADABLE, key_places, next_event
from rehabfacts.loading.yaml_guard import Guard, Stopped
from rehabfacts.loading.yaml_syntax import syntax_problem

if TYPE_CHECKING:
    from rehabfacts.loading.yaml_tree import Limits

_TOO_DEEP_FOR_LIBYAML = "exceeded maximum nesting depth"

_Level: TypeAlias = tuple[Mapping | None, dict[str, Node], list[Node], str | None]
"""What is open: a mapping with its entries and the key that waits for its value, or the items of a list."""


def grow(text: GuardedText, path: str, limits: Limits, *, is_pure: bool) -> tuple[Node | None, list[Problem]]:
    """The tree of a guarded text and the problems in it, in the order of their places."""
    nothing = Problem("W-EMPTY", "expected facts, found an empty file", "", path, 1, 1)
    found = [nothing] if _after_blanks(text.text, 0) == len(text.text) else _directive_problems(text.original, path)
    if found:
        return None, found
    guard = Guard(text, path, limits, lambda: key_places(text, is_pure=is_pure))
    pull = next_event(text, is_pure=is_pure)
    root: list[Node] = []
    try:
        end = _grow(pull, guard, root)
    except Stopped as stop:
        return None, [stop.problem]
    except UNREADABLE as error:
        if _TOO_DEEP_FOR_LIBYAML in str(error):  # it looks ahead, and gives up before its events have told where our limit is passed
            return grow(text, path, limits, is_pure=True)
        reached = getattr(getattr(pull, "__self__", None), "index", 0)
        problem, at = syntax_problem(error, text.original, path, reached, limits.key_length)
        return None, guard.ended([problem], at)
    problems = guard.ended(_tail_problems(text.original, end.end_mark.index, path))
    if not root or (isinstance(root[0], Text) and root[0].is_plain and not root[0].value):
        return None, problems or [nothing]
    return root[0], problems


def _grow(pull: Callable[[], Any], guard: Guard, root: list[Node]) -> Any:  # noqa: C901, PLR0912 (one tight loop)
    """The hot path: no call for a scalar that nothing speaks against. Gives the last event."""
    known, is_wary, is_decorated, new = guard.known, guard.is_wary, guard.is_decorated, object.__new__
    most_keys, most = guard.limits.keys, guard.limits.scalar_length
    stack: list[_Level] = []
    node: Any
    mapping, entries, items, key = _outside(root)
    while True:
        event = pull()
        kind = event.__class__
        if kind is ScalarEvent:
            value = event.value
            if key is None and mapping is not None:
                key = known.get(value)
                if key is None or key in entries or (is_decorated and (event.tag or event.anchor)):
                    key = guard.key(event, mapping)
                continue
            mark, node = event.start_mark, new(Text)
            node.value, node.is_plain = value, not event.style
            node.line, node.column = mark.line + 1, mark.column + 1
            if is_wary or len(value) > most or (len(value) <= LONGEST_ODD and value in ODD_VALUES):
                node = guard.text(event, node)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            if mapping is not None and len(entries) > most_keys:
                guard.refuse_keys(mapping)
            mapping, entries, items, key = stack.pop()
            continue
        elif kind is DocumentEndEvent or kind is StreamEndEvent:
            return event
        elif (node := guard.opened(event, mapping, key, len(stack))) is None:
            continue
        if mapping is None:
            items.append(node)
        elif key is None:
            key = guard.odd_key(event, mapping)
        else:
            entries[key], key = node, None
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            stack.append((mapping, entries, items, key))
            mapping, entries, items, key = _inside(node)


def _outside(root: list[Node]) -> _Level:
    return None, {}, root, None


def _inside(node: Mapping | Listing) -> _Level:
    return (node, node.entries, [], None) if isinstance(node, Mapping) else (None, {}, node.items, None)


def _directive_problems(text: str, path: str) -> list[Problem]:
    if not (text.startswith("%") or "\n%" in text):
        return []
    found, is_first = [], True
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("%"):
            if not (is_first and re.fullmatch(r"%YAML[ \t]+1\.2[ \t]*(?:#.*)?\r?", line)):
                cause = f"expected no directive but one %YAML 1.2, found {shown(line.rstrip(), 60)}"
                found.append(Problem("E-YAML-DIRECTIVE", cause, "delete the line", path, number, 1))
            is_first = False
        elif line.strip() and not line.lstrip().startswith("#"):
            break
    return found


def _after_blanks(text: str, start: int) -> int:
    """The index of what follows blanks, comments and `...`."""
    match = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+|\.\.\.(?=[ \t\r\n]|\Z))*+").match(text, start)
    return match.end() if match else start


def _tail_problems(text: str, start: int, path: str) -> list[Problem]:
    index = _after_blanks(text, start)
    rest = text[index : index + 60]
    if not rest:
        return []
    line, column = place(text, index)
    if rest.startswith(("---", "%")):
        cause = "expected one document in a file, found the beginning of another"
        return [Problem("E-YAML-MULTIDOC", cause, "move it to a file of its own", path, line, column)]
    first_line = rest.split("\n")[0].rstrip()
    cause = f"expected the end of the file, found {shown(first_line)}"
    return [Problem("E-YAML-SYNTAX", cause, "delete it or the ... before it", path, line, column)]
