"""Paths into records, and texts with paths in braces: `{p.name.first} {p.name.last}`."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from rehabfacts.errors import nearest, shown
from rehabfacts.loading.nodes import Listing, Node, Text
from rehabfacts.loading.nodes import Mapping as MappingNode
from rehabfacts.loading.values import ValueReader

Report: TypeAlias = Callable[..., None]
"""Notes a problem at a node: `report(node, code, cause, hint)`."""

Scope: TypeAlias = dict[str, Node]
"""What each variable is bound to; `p#` is the number of `p` among the items of its list."""

_STEP = r"""[^.{}"#\s][^.{}"#]*|"[^"]+\""""
_PATH = re.compile(rf"(?P<variable>[^\W\d]\w*)(?P<number>#)?(?P<steps>(?:\.(?:{_STEP}))*)")
_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
OWN = ""
"""The key of a value that stands beside what lies below it, as on a line of GEDCOM."""


class Path:
    """The way from a variable to a value.

    `nothing` are texts that state nothing; `is_met` tells whether any record had it, `missed` the keys of one that had not.
    """

    __slots__ = ("is_met", "missed", "nothing", "place", "steps", "text", "variable")

    def __init__(self, text: str, variable: str, steps: tuple[str, ...], place: Text) -> None:
        self.text, self.variable, self.steps, self.place = text, variable, steps, place
        self.is_met, self.nothing = False, frozenset[str]()
        self.missed: tuple[str, tuple[str, ...]] = ("", ())

    def find(self, scope: Scope, report: Report) -> Node | None:
        """What stands at the path, of whatever kind; None where nothing does."""
        node = scope[self.variable]
        for step in self.steps:
            if type(node) is MappingNode:
                inner = node.entries.get(step)
                if inner is None and step == "1":
                    continue
            elif type(node) is Listing:
                inner = _item(node, step, self, report)
            elif step == "1" or (isinstance(node, Text) and node.is_null):
                continue
            else:
                report(node, "E-SHAPE", f"{self.text}: expected a mapping with {shown(step)}, found {shown(getattr(node, 'value', 'a list'))!r}")
                return None
            if inner is None:
                self.missed = (step, tuple(node.entries)) if type(node) is MappingNode else self.missed
                return None
            node = inner
        self.is_met = True
        return node

    def text_at(self, scope: Scope, report: Report) -> Text | None:
        """The text at the path; None where nothing is stated. Of a list of one, its item."""
        node: Node | None = scope[self.variable]
        try:  # nearly every path leads through mappings to a text
            for step in self.steps:
                node = node.entries[step]  # type: ignore[union-attr]
            self.is_met = True
        except (AttributeError, KeyError):
            node = self.find(scope, report)
        if type(node) is Text:
            return None if node.value in self.nothing or node.is_null else node
        if type(node) is Listing:
            if len(node.items) > 1:
                report(node, "E-SHAPE", f"{self.text}: expected a text, found a list of {len(node.items)}", f"write {self.text}.1, or bind its items under for")
                return None
            node = node.items[0] if node.items else None
        if type(node) is MappingNode:
            if OWN not in node.entries:
                report(node, "E-SHAPE", f"{self.text}: expected a text, found a mapping", f"one of {', '.join(map(shown, node.entries))}")
                return None
            node = node.entries[OWN]
        return node if isinstance(node, Text) and self._states(node) else None

    def is_stated(self, scope: Scope, report: Report) -> bool:
        """Whether anything stands at the path, of whatever kind."""
        node = self.find(scope, report)
        return node is not None and (not isinstance(node, Text) or self._states(node))

    def _states(self, node: Text) -> bool:
        return not node.is_null and node.value not in self.nothing


def _item(node: Listing, step: str, path: Path, report: Report) -> Node | None:
    """The item of a number, from 1; of a list of one also what its item has."""
    if step.isascii() and step.isdecimal():
        at = int(step[:9]) - 1
        return node.items[at] if 0 <= at < len(node.items) else None
    if len(node.items) == 1 and isinstance(node.items[0], MappingNode):
        return node.items[0].entries.get(step)
    if node.items:
        report(node, "E-SHAPE", f"{path.text}: expected a mapping with {shown(step)}, found a list of {len(node.items)}", "number its items, as in .1, or bind them under for")
    return None


class Template:
    """A text with paths in braces, as read from a mapping file."""

    __slots__ = ("paths", "pieces", "place")

    def __init__(self, pieces: tuple[str | Path, ...], place: Text) -> None:
        self.pieces, self.place = pieces, place
        self.paths = tuple(each for each in pieces if isinstance(each, Path))

    def fill(self, scope: Scope, at: Node, report: Report) -> Text | None:
        """The text for one record, at the place of its first part; None where a part of it is not stated."""
        if len(self.pieces) == 1:
            (only,) = self.pieces
            return Text(only, at.line, at.column, is_plain=self.place.is_plain) if isinstance(only, str) else only.text_at(scope, report)
        parts, first = [], at
        for each in self.pieces:
            if isinstance(each, str):
                parts.append(each)
                continue
            node = each.text_at(scope, report)
            if node is None:
                return None
            first = node if first is at else first
            parts.append(node.value)
        return Text("".join(parts), first.line, first.column, is_plain=False)


def read_path(text: str, place: Text, known: Iterable[str], values: ValueReader) -> Path | None:
    """The path that a text is; None with a problem where it is none, or begins with no known variable."""
    match = _PATH.fullmatch(text.strip())
    if match is None or (match["number"] and match["steps"]):
        values.report(place, "E-EXPR", f"expected a path such as p.name, found {shown(text)!r}", 'quote a step that holds a dot: p."a.b"')
        return None
    if match["variable"] not in known:
        values.report(place, "E-REF", f"no variable {shown(match['variable'])!r}", nearest(match["variable"], known) or f"known are {', '.join(known)}")
        return None
    steps = tuple(step.strip('"') for step in re.findall(_STEP, match["steps"]))
    return Path(match[0], match["variable"] + (match["number"] or ""), steps, place)


def read_template(place: Text, known: Mapping[str, object], values: ValueReader) -> Template | None:
    """The text with paths in braces that a node is; None with a problem where it cannot be read."""
    pieces: list[str | Path] = []
    literal, at = "", 0
    for match in _PIECE.finditer(place.value):
        literal += place.value[at : match.start()]
        at = match.end()
        if match[1] is None:
            if len(match[0]) == 1:
                values.report(place, "E-EXPR", f"expected {{path}}, found a lone {match[0]} in {shown(place.value)!r}", "write {{ or }} for a brace")
                return None
            literal += match[0][0]
            continue
        path = read_path(match[1], place, known, values)
        if path is None:
            return None
        pieces += [*([literal] if literal else []), path]
        literal = ""
    literal += place.value[at:]
    return Template((*pieces, *([literal] if literal or not pieces else [])), place)
