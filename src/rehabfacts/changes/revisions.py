"""Revisions of a git repository: their files laid out in a folder of their own, read from git's objects alone.

Nothing is checked out: the working tree, the index and the configuration of the repository stay as they are, and no
attribute or filter changes a file's bytes.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rehabfacts.errors import InvalidInput, Problem, shown
from rehabfacts.plain import plain

_LINK, _FILES = "120000", ("100644", "100755")
_CONFIGURATION = ("rehabfacts.toml", "pyproject.toml")


@plain
class Repository:
    """A repository, seen from a folder in it. `prefix` leads from its root to the folder."""

    folder: str
    prefix: str

    @classmethod
    def around(cls, folder: str = ".") -> "Repository":
        """The repository that a folder lies in. Raises InvalidInput (E-GIT) if it lies in none, or git is missing."""
        return cls(folder, _git(folder, "rev-parse", "--show-prefix").strip())

    def commit(self, revision: str) -> str:
        """The commit that a revision names. Raises InvalidInput (E-GIT) if it names none."""
        if revision.startswith("-") or not revision:
            raise _refused(f"expected a revision, found {shown(revision)}", "as in main, HEAD~1 or a commit's hash")
        return _git(self.folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", told=revision).strip()

    def common(self, one: str, two: str) -> str:
        """The best commit that two commits both come from. Raises InvalidInput (E-GIT) if there is none."""
        return _git(self.folder, "merge-base", one, two, told=f"{one} and {two}").strip().split("\n")[0]

    def merged(self, one: str, two: str) -> str | None:
        """The tree that merging two commits gives; None where their texts conflict."""
        done = _run(self.folder, "merge-tree", "--write-tree", "--no-messages", one, two)
        if done.returncode > 1:
            raise _refused(f"git could not merge: {shown(done.stderr.decode(errors='replace').strip())}")
        return done.stdout.decode().split("\n")[0].strip() if done.returncode == 0 else None

    @contextmanager
    def laid_out(self, tree: str, paths: Iterable[str]) -> Iterator[str]:
        """A folder that holds what a commit or tree has under the paths, seen as from `folder`; gone afterwards.

        Beside a file that is named its whole folder is laid out, since sources stand there; and settings are.
        """
        wanted = [str(path if path.is_dir() or not path.suffix else path.parent) for path in map(Path, paths)]
        with tempfile.TemporaryDirectory(prefix="rehabfacts-") as root:
            here = Path(root, self.prefix)
            here.mkdir(parents=True, exist_ok=True)
            listing = _git(self.folder, "ls-tree", "-r", "-z", "--full-name", tree, "--", *wanted, *_CONFIGURATION)
            entries = [_entry(line) for line in listing.split("\0") if line]
            self._write(Path(root), [entry for entry in entries if entry[0] in (*_FILES, _LINK)])
            yield str(here)

    def _write(self, root: Path, entries: list[tuple[str, str, str]]) -> None:
        objects = "".join(f"{sha}\n" for _, sha, _ in entries)
        done = _run(self.folder, "cat-file", "--batch", given=objects.encode())
        at = 0
        for mode, _, name in entries:
            head_end = done.stdout.index(b"\n", at)
            size = int(done.stdout[at:head_end].split()[2])
            data = done.stdout[head_end + 1 : head_end + 1 + size]
            at = head_end + size + 2
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if mode == _LINK:
                file.symlink_to(os.fsdecode(data))
            else:
                file.write_bytes(data)


def _entry(line: str) -> tuple[str, str, str]:
    about, _, name = line.partition("\t")
    mode, _, sha = about.split(" ")
    return mode, sha, name


def _run(folder: str, *arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """Git, without pagers, prompts or optional locks. Raises InvalidInput (E-GIT) where there is no git."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(["git", "--no-pager", *arguments], cwd=folder, input=given, capture_output=True, check=False, env=environment)  # noqa: S603, S607  # git as the user has it, and no shell
    except OSError as error:
        raise _refused(f"git could not be run: {error.strerror}", "install git, or use a baseline file") from None


def _git(folder: str, *arguments: str, told: str = "") -> str:
    done = _run(folder, *arguments)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip() or f"git knows no {told}"
        raise _refused(shown(said), "is the history fetched? (a shallow clone has only its last commits)" if told else "")
    return done.stdout.decode(errors="surrogateescape")


def _refused(cause: str, hint: str = "") -> InvalidInput:
    return InvalidInput((Problem("E-GIT", cause, hint),))
