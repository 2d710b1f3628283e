"""Paths that stand inside input files: judged by their form, then read below the root and nowhere else."""

from __future__ import annotations

import os
import re

import attrs

from rehabfacts.errors import Problem, shown
from rehabfacts.loading.confinement import MOST_BYTES, is_broken_link, is_inside, link_problem, read_below

_FAULTS = (
    (r"\A\Z", "nothing"),
    (r"\\", "a backslash"),
    (r":", "a colon"),
    (r"\A//", "a network path"),
    (r"\A~", "a home directory"),
    (r"\$[\w({]|%\w+%", "a variable"),
    (r"%[0-9A-Fa-f]{2}", "a percent escape"),
)
_RELATIVE = "write a path relative to the project, with forward slashes"


def read_within(
    root: str | os.PathLike[str],
    relative: str,
    *,
    most_bytes: int = MOST_BYTES,
    path: str = "",
    line: int = 0,
    column: int = 0,
) -> tuple[bytes | None, Problem | None]:
    """The bytes of the file that an input names by `relative`, below `root`; or what forbids reading it.

    `path`, `line` and `column` say where the name stands. A name of a wrong form is refused before anything is
    opened or looked up; links are followed only inside `root`.
    """
    data, problem = None, _form_problem(relative)
    if problem is None:
        data, problem = _read_resolved(root, relative, most_bytes)
    if problem is not None:
        problem = attrs.evolve(problem, path=path, line=line, column=column)
    return data, problem


def _read_resolved(
    root: str | os.PathLike[str], relative: str, most: int
) -> tuple[bytes | None, Problem | None]:
    real_root = os.path.realpath(root)
    named = os.path.join(real_root, relative)
    real = os.path.realpath(named)
    if not is_inside(real, real_root):
        cause = f"expected a file below the project, found a link that leads out of it: {shown(relative)}"
        return None, Problem("E-PATH-LINK", cause, "copy the file into the project")
    data, problem = read_below(real_root, os.path.relpath(real, real_root), most)
    if data is None and is_broken_link(named):
        problem = link_problem("nothing")
    if problem is not None:
        problem = attrs.evolve(problem, cause=f"{problem.cause}: {shown(relative)}")
    return data, problem


def _form_problem(relative: str) -> Problem | None:
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", relative)
    if scheme and len(scheme[1]) > 1 and scheme[1].lower() != "file":
        return _refused(
            "E-PATH-URL",
            "expected a file of the project, found a URL",
            relative,
            "save a copy of it as a file",
        )
    fault = _form_fault(relative)
    if fault:
        return _refused("E-PATH-FORM", f"expected a plain relative path, found {fault}", relative, _RELATIVE)
    if relative.startswith("/") or ".." in relative.split("/"):
        return _refused(
            "E-PATH-OUTSIDE",
            "expected a path below the project, found one that may leave it",
            relative,
            _RELATIVE,
        )
    return None


def _form_fault(relative: str) -> str:
    """What in a path is read differently by systems or tools; empty if nothing is."""
    if not relative.isprintable():
        return "a control character or an invisible one"
    return next((words for pattern, words in _FAULTS if re.search(pattern, relative)), "")


def _refused(code: str, cause: str, relative: str, hint: str) -> Problem:
    return Problem(code, f"{cause}: {shown(relative)}", hint)
