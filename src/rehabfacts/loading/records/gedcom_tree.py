"""GEDCOM 5.5.1 and 7 text to a tree: records by tag, each with what stands below it, every line at its place."""

import re
from typing import TYPE_CHECKING

from rehabfacts.errors import Problem, shown
from rehabfacts.loading.nodes import Listing, Mapping, Node, Text
from rehabfacts.loading.records.paths import OWN

if TYPE_CHECKING:
    from rehabfacts.loading.yaml_tree import Limits

_LINE = re.compile(r"\s*(?P<level>0|[1-9][0-9]?) (?:@(?P<id>[^@\s]+)@ )?(?P<tag>[A-Za-z0-9_]+)(?: (?P<value>.*))?")
_POINTER = re.compile(r"@([^@\s]+)@")
_MOST_TOLD = 20


class _Line:
    """A line with those below it."""

    __slots__ = ("below", "column", "id", "number", "tag", "value", "value_column")

    def __init__(self, match: re.Match[str], number: int) -> None:
        self.tag, self.id, self.value = match["tag"], match["id"], match["value"] or ""
        self.number, self.column = number, match.start("level") + 1
        self.value_column = match.start("value") + 1 or self.column
        self.below: list[_Line] = []

    def node(self) -> Node:
        """Its text, or a mapping of what stands below it; its own text is under the empty key."""
        text = self._text()
        if not self.below and self.id is None:
            return text
        entries: dict[str, Node] = {} if text.is_null else {OWN: text}
        if self.id is not None:
            entries["id"] = Text(self.id, self.number, self.column, is_plain=False)
        for each in self.below:
            known = entries.get(each.tag)
            if known is None:
                entries[each.tag] = each.node()
            elif isinstance(known, Listing):
                known.items.append(each.node())
            else:
                entries[each.tag] = Listing(known.line, known.column, [known, each.node()])
        return Mapping(self.number, self.column, entries, dict)

    def _text(self) -> Text:
        value = self.value
        pointer = _POINTER.fullmatch(value)
        if pointer is not None:
            value = "" if pointer[1] == "VOID" else pointer[1]
        elif self.tag == "NAME":
            value = " ".join(value.replace("/", " ").split())
        return Text(value.replace("@@", "@"), self.number, self.value_column, is_plain=not value)


def read_gedcom(text: str, path: str, limits: "Limits") -> tuple[Mapping | None, list[Problem]]:
    """The records of a text: a mapping from the tag of level 0 to the list of its records. `id` is a record's own name.

    Pointers are the bare id of what they point at; lines that are continued are one text; slashes around surnames are
    left out.
    """
    roots: list[_Line] = []
    open_lines: list[_Line] = []
    problems: list[Problem] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.removesuffix("\r")
        if not line.strip():
            continue
        match = _LINE.fullmatch(line)
        level = int(match["level"]) if match else 0
        if match is None or level > len(open_lines) or level >= limits.depth:
            cause = f"expected a line such as 1 BIRT, at most one level below the line before, found {shown(line, 60)!r}"
            problems.append(Problem("E-GEDCOM", cause, "", path, number, 1))
            if len(problems) == _MOST_TOLD:
                break
            continue
        _add(_Line(match, number), level, roots, open_lines)
    if not problems and (not roots or roots[0].tag != "HEAD"):
        problems.append(Problem("E-GEDCOM", "expected a file that begins with 0 HEAD", "", path, 1, 1))
    if problems:
        return None, problems
    found: dict[str, list[Node]] = {}
    for root in roots:
        found.setdefault(root.tag, []).append(root.node())
    return Mapping(1, 1, {tag: Listing(items[0].line, 1, items) for tag, items in found.items()}, dict), []


def _add(line: _Line, level: int, roots: list[_Line], open_lines: list[_Line]) -> None:
    """Hangs a line below the one it belongs to; a line that goes on is added to the text of that one."""
    del open_lines[level:]
    if level and line.tag in {"CONT", "CONC"}:
        open_lines[-1].value += ("\n" if line.tag == "CONT" else "") + line.value
    else:
        (open_lines[-1].below if level else roots).append(line)
    open_lines.append(line)
