"""Files laid out anew: the same values and comments in the canonical layout, or a reason why not."""

import os
from collections.abc import Iterable, Mapping

import attrs

from rehabfacts.errors import InvalidInput, Problem
from rehabfacts.loading.files import InputFile, find_inputs
from rehabfacts.loading.layouts import Unclear, is_same, lay_out
from rehabfacts.loading.rewriting import rewrite
from rehabfacts.loading.text_guard import read_text
from rehabfacts.loading.trees import read_trees
from rehabfacts.loading.yaml_events import UNREADABLE
from rehabfacts.loading.yaml_tree import Limits, Node, read_yaml


@attrs.frozen
class Formatted:
    """A file and the text that it gets. `before` is its text as it is."""

    path: str
    data: bytes
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether it is laid out otherwise."""
        return self.after.encode() != self.data


def format_files(paths: Iterable[str | os.PathLike[str]], *, limits: Mapping[str, int] | None = None) -> tuple[tuple[Formatted, ...], tuple[Problem, ...]]:
    """Every YAML file under the paths as it would be laid out, and the problems of those that are left alone. Nothing is written.

    Files of records that a mapping file names are not ours to lay out.
    """
    lowered = Limits(**{name: limit for name, limit in (limits or {}).items() if name != "files"})
    inputs, refused = find_inputs(paths)
    found = []
    for tree in read_trees(inputs, lowered):
        try:
            found.append(_formatted(*tree, lowered))
        except InvalidInput as error:
            refused += error.problems
    return tuple(found), tuple(refused)


def write_formatted(file: Formatted) -> None:
    """Puts the new text in place, in one step. Raises InvalidInput (E-WRITE)."""
    rewrite(file.path, file.after.encode(), before=file.data)


def _formatted(file: InputFile, tree: Node | None, problems: Iterable[Problem], limits: Limits) -> Formatted:
    """The file laid out. Raises InvalidInput for what is no good YAML, or cannot be laid out without guessing."""
    errors = tuple(each for each in problems if not each.is_warning)
    text, _ = read_text(file.data, file.path)
    if errors or text is None:
        raise InvalidInput(errors)
    try:
        after, comments = lay_out(text.text.replace("\r\n", "\n"))
        is_kept = is_same(tree, read_yaml(after.translate(text.breaks).encode(), file.path, limits)[0]) and lay_out(after) == (after, comments)
    except Unclear as error:
        raise InvalidInput((_refusal(file.path, error.cause, error.line),)) from None
    except UNREADABLE:
        is_kept = False
    if not is_kept:
        raise InvalidInput((_refusal(file.path, "expected a layout that leaves every value and comment as it is, found none", 1),))
    return Formatted(file.path, file.data, text.original, after.translate(text.breaks))


def _refusal(path: str, cause: str, line: int) -> Problem:
    return Problem("E-FMT", cause, "the file is left as it is", path, line)
