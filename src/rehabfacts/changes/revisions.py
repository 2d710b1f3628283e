"""Revisions laid out: the files that a tree of a repository has, in a folder of their own that is gone afterwards.

They are written from git's objects: the working tree and the index stay as they are, and no attribute or filter changes
a byte of them.
"""

import os
import posixpath
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rehabfacts.changes.repositories import Repository, refused
from rehabfacts.errors import shown

_LINK, _SUBMODULE, _FILES = "120000", "160000", ("100644", "100755", "100664")
CONFIGURATION = ("rehabfacts.toml", "pyproject.toml")

_Entry = tuple[str, str, str]


class Revision:
    """A tree, of which more and more is laid out; `here` is what corresponds to the folder from which the repository is seen."""

    def __init__(self, repository: Repository, tree: str, root: str) -> None:
        self._repository, self._tree, self._root = repository, tree, Path(root)
        self._done: set[str] = set()
        self.here = self._root / repository.prefix
        self.here.mkdir(parents=True, exist_ok=True)

    def has(self, path: str) -> bool:
        """Whether the tree has anything at a path, as seen from `here`."""
        return bool(self._listed([self._from_root(path)]))

    def lay_out(self, paths: Iterable[str], *, with_folders: bool = True) -> None:
        """Writes what the tree has at paths, as seen from `here`, and what links that are named lead to.

        Beside a file that is named its whole folder is laid out, since the texts of its sources stand there.
        """
        wanted = [self._from_root(path) for path in paths]
        while wanted:
            self._done.update(wanted)
            entries = self._listed(wanted)
            self._write([each for each in entries if not os.path.lexists(self._root / each[2])])
            more = [self._beyond(each) for each in entries if each[2] in wanted and (with_folders or each[0] == _LINK)]
            wanted = [each for each in dict.fromkeys(more) if each is not None and each not in self._done]

    def _from_root(self, path: str) -> str:
        named = posixpath.normpath(posixpath.join(self._repository.prefix, path.replace(os.sep, "/")))
        if named.split("/")[0] in {"", ".."}:
            raise refused(f"expected a path of the repository, found one outside of it: {shown(path)}")
        return "" if named == "." else named

    def _listed(self, paths: Iterable[str]) -> list[_Entry]:
        """The files of the tree below paths, those of submodules among them."""
        paths = list(paths)
        found = self._repository.listed(self._tree, [] if "" in paths else paths)
        return [each for entry in found for each in (self._inside(entry) if entry[0] == _SUBMODULE else (entry,))]

    def _inside(self, submodule: _Entry) -> Iterator[_Entry]:
        _, commit, path = submodule
        if not self._repository.borrow(path):
            raise refused(f"{shown(path)} is a submodule that is not checked out here", "git submodule update --init, or name paths beside it")
        for mode, found, name in self._repository.listed(commit, []):
            inner = mode, found, f"{path}/{name}"
            yield from self._inside(inner) if mode == _SUBMODULE else (inner,)

    def _beyond(self, entry: _Entry) -> str | None:
        """What else is wanted where what was named is a file, or a link."""
        mode, _, name = entry
        folder, file = posixpath.dirname(name), self._root / name
        if mode != _LINK:
            return folder
        target = posixpath.normpath(posixpath.join(folder, file.readlink())) if file.is_symlink() else None
        return "" if target == "." else target

    def _write(self, entries: list[_Entry]) -> None:
        """Files first, links last, so that nothing is ever written through a link."""
        entries = sorted((each for each in entries if each[0] in (*_FILES, _LINK)), key=lambda each: each[0] == _LINK)
        for (mode, _, name), data in zip(entries, self._repository.contents([sha for _, sha, _ in entries]), strict=True):
            if not {"", ".", ".."}.isdisjoint(name.split("/")):
                raise refused(f"the tree has a name that leads elsewhere: {shown(name)}")
            file = self._root / name
            if mode != _LINK:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
            elif _is_within(name, target := os.fsdecode(data)):
                file.parent.mkdir(parents=True, exist_ok=True)
                file.symlink_to(target)


def _is_within(name: str, target: str) -> bool:
    """Whether a link leads to what the tree could have, and goes up only at its start: any other is left out."""
    up = target.removeprefix("./")
    while up.startswith("../"):
        up = up[3:]
    where = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
    return ".." not in up.split("/")[1:] and where.split("/")[0] not in {"", ".."} and "\0" not in target


@contextmanager
def laid_out(repository: Repository, tree: str) -> Iterator[Revision]:
    """A revision of which the settings are laid out."""
    with tempfile.TemporaryDirectory(prefix="rehabfacts-") as root:
        revision = Revision(repository, tree, root)
        revision.lay_out(CONFIGURATION, with_folders=False)
        yield revision
