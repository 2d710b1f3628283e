"""Input files: found under the paths given, each read once, never through a link that leaves its directory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

import attrs

from rehabfacts.errors import Problem
from rehabfacts.loading.confinement import (
    MOST_BYTES,
    is_broken_link,
    is_inside,
    kind_problem,
    link_problem,
    missing_problem,
    read_below,
    read_given,
    unreadable_problem,
)
from rehabfacts.loading.file_names import as_given, is_text_name, iter_name_problems, shown_path
from rehabfacts.loading.source_paths import read_within
from rehabfacts.plain import plain

__all__ = ["MOST_BYTES", "MOST_FILES", "InputFile", "find_inputs", "read_within"]

MOST_FILES = 20_000
_SUFFIXES = (".yaml", ".yml")


@plain
class InputFile:
    """A file's path as the user would write it (forward slashes), and its bytes, read once."""

    path: str
    data: bytes


@plain
class _Candidate:
    """A file to read: its path as shown, its real path, the real directory that must hold it (empty: any)."""

    path: str
    real: str
    root: str = ""
    is_link: bool = False


class _Walk:
    """One directory given by the user: its YAML files, and the problems on the way."""

    def __init__(self, path: str, real: str, problems: list[Problem]) -> None:
        self._path, self._root, self._problems = path, real, problems
        self._links: list[tuple[str, str]] = []
        self._seen: set[str] = set()

    def candidates(self) -> Iterator[_Candidate]:
        """All files, first those of real directories, then those behind links inside the root."""
        yield from self._below([("" if self._path == "." else self._path, self._root)])
        while self._links:
            yield from self._below([self._links.pop()])

    def _below(self, waiting: list[tuple[str, str]]) -> Iterator[_Candidate]:
        while waiting:
            path, real = waiting.pop()
            if real in self._seen:
                continue
            self._seen.add(real)
            try:
                with os.scandir(real) as entries:
                    for entry in entries:
                        if not entry.name.startswith("."):
                            yield from self._judged(
                                entry, f"{path}/{entry.name}" if path else entry.name, waiting
                            )
            except OSError as error:
                self._tell(unreadable_problem(error), path or ".")

    def _judged(
        self, entry: os.DirEntry[str], path: str, waiting: list[tuple[str, str]]
    ) -> Iterator[_Candidate]:
        is_named = entry.name.casefold().endswith(_SUFFIXES)
        if entry.is_symlink():
            yield from self._followed(entry, path, is_named=is_named)
        elif not entry.is_dir(follow_symlinks=False):
            if is_named:
                yield _Candidate(path, entry.path, self._root)
        elif is_named:
            self._tell(kind_problem("a directory"), path)
        else:
            waiting.append((path, entry.path))

    def _followed(self, entry: os.DirEntry[str], path: str, *, is_named: bool) -> Iterator[_Candidate]:
        try:
            entry.stat()
        except OSError:
            self._tell(link_problem("nothing"), path)
            return
        real = os.path.realpath(entry.path)
        is_directory = entry.is_dir()
        if not (is_directory or is_named):
            return
        if not is_inside(real, self._root):
            self._tell(link_problem("what lies outside of the directory given"), path)
        elif not is_directory:
            yield _Candidate(path, real, self._root, is_link=True)
        elif is_inside(os.path.realpath(os.path.dirname(entry.path)), real):
            self._tell(link_problem("a directory that holds it"), path)
        else:
            self._links.append((path, real))

    def _tell(self, problem: Problem, path: str) -> None:
        self._problems.append(attrs.evolve(problem, path=shown_path(path)))


def find_inputs(
    paths: Iterable[str | os.PathLike[str]], *, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES
) -> tuple[list[InputFile], list[Problem]]:
    """Every YAML file under the paths, in the order of their names, and what kept others out.

    A directory gives its *.yaml and *.yml files, recursively, without names that begin with a dot; a file is read
    whatever its name. Nothing is read if there are more than `most_files`.
    """
    problems: list[Problem] = []
    found: dict[str, _Candidate] = {}
    for given in (os.fspath(path) for path in paths):
        for candidate in _expanded(given, problems):
            known = found.get(candidate.real)
            if known is None or (known.is_link, known.path) > (candidate.is_link, candidate.path):
                found[candidate.real] = candidate
            if len(found) > most_files:
                cause = f"expected at most {most_files} files, found more"
                return [], [Problem("E-LIMIT-FILES", cause, "give fewer paths", shown_path(as_given(given)))]
    candidates = sorted(found.values(), key=lambda candidate: candidate.path)
    problems.extend(iter_name_problems(candidate.path for candidate in candidates))
    inputs = []
    for candidate in candidates:
        data = _read(candidate, most_bytes, problems) if is_text_name(candidate.path) else None
        if data is not None:
            inputs.append(InputFile(candidate.path, data))
    return inputs, sorted(problems, key=lambda problem: (problem.path, problem.code))


def _expanded(given: str, problems: list[Problem]) -> Iterator[_Candidate]:
    path = as_given(given)
    problem = None
    if "\0" in given or not os.path.lexists(given):
        problem = missing_problem(given)
    elif is_broken_link(given):
        problem = link_problem("nothing")
    if problem is not None:
        problems.append(attrs.evolve(problem, path=shown_path(path)))
        return
    real = os.path.realpath(given)
    if os.path.isdir(real) and not given.rstrip(os.sep).casefold().endswith(_SUFFIXES):
        yield from _Walk(path, real, problems).candidates()
    else:
        yield _Candidate(path, real)


def _read(candidate: _Candidate, most: int, problems: list[Problem]) -> bytes | None:
    if candidate.root:
        data, problem = read_below(candidate.root, os.path.relpath(candidate.real, candidate.root), most)
    else:
        data, problem = read_given(candidate.real, most)
    if problem is not None:
        problems.append(attrs.evolve(problem, path=candidate.path))
    return data
