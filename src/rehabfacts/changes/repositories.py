"""Git repositories, asked in a way that nothing of them can run and nothing in them changes.

Names of revisions are looked up in the repository itself, which runs nothing. All else is asked of a bare repository of
our own that borrows its objects: no configuration, hook, attribute, filter or merge driver has a say there, and what a
merge makes is written there and gone afterwards.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rehabfacts.errors import InvalidInput, Problem, shown
from rehabfacts.plain import plain

_CALM = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_ATTR_NOSYSTEM": "1", "LC_ALL": "C",
}  # fmt: skip
_NOTHING_OF_ITS_OWN = ("-c", "core.fsmonitor=false", "-c", f"core.attributesFile={os.devnull}", "-c", f"core.hooksPath={os.devnull}", "-c", "protocol.allow=never")
_OLDEST = "2.38"


@plain
class Repository:
    """A repository seen from a folder in it, and our own (`own`) that borrows its objects.

    `prefix` leads from its root to the folder. A bare repository has no files of its own that lie anywhere.
    """

    folder: str
    prefix: str
    is_bare: bool
    is_shallow: bool
    own: str

    def commit(self, revision: str) -> str:
        """The commit that a revision names. Raises InvalidInput (E-GIT) if it names none."""
        if revision.startswith("-") or not revision:
            raise refused(f"expected a revision, found {shown(revision)!r}", "as in main, HEAD~1 or a commit's hash")
        done = _run(self.folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision)
        if not done.returncode:
            done = _run(self.folder, "rev-parse", "--verify", "--quiet", f"{done.stdout.decode().strip()}^{{commit}}")
        if done.returncode:
            raise refused(f"git knows no revision {shown(revision)!r}", self._history if self.is_shallow else "is it fetched?")
        return done.stdout.decode().strip()

    def commons(self, one: str, two: str) -> tuple[str, ...]:
        """The best commits that two commits both come from; more than one where branches were merged crosswise.

        Raises InvalidInput (E-GIT) if there is none.
        """
        done = self._ask("merge-base", "--all", one, two)
        if done.returncode:
            raise refused(f"{one[:12]} and {two[:12]} come from no common commit", self._history if self.is_shallow else "")
        return tuple(done.stdout.decode().split())

    def merged(self, one: str, two: str) -> str | None:
        """The tree that merging two commits gives; None where their texts conflict."""
        done = self._ask("merge-tree", "--write-tree", "--no-messages", one, two)
        if done.returncode > 1:
            raise refused(f"git could not merge: {_said(done)}", f"it must be git {_OLDEST} or newer, with the whole history fetched")
        return done.stdout.decode().split("\n")[0].strip() if done.returncode == 0 else None

    def listed(self, tree: str, paths: Sequence[str]) -> list[tuple[str, str, str]]:
        """The mode, the object and the path of each file of a tree below paths (as seen from its root; none for all)."""
        done = self._ask("--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", tree, "--", *paths)
        if done.returncode:
            raise refused(f"git could not read {tree[:12]}: {_said(done)}", self._history if self.is_shallow else "")
        lines = done.stdout.decode(errors="surrogateescape").split("\0")
        return [(*about.split(" ")[::2], name) for about, _, name in (line.partition("\t") for line in lines if line)]  # type: ignore[misc]  # three texts

    def contents(self, objects: Sequence[str]) -> Iterator[bytes]:
        """The bytes of each object, one after the other."""
        with tempfile.TemporaryFile() as names:
            names.write("".join(f"{each}\n" for each in objects).encode())
            names.seek(0)
            with subprocess.Popen([*_git(), "cat-file", "--batch"], cwd=self.own, env=_alone(self.own), stdin=names, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as asked:  # noqa: S603  # no shell
                if asked.stdout is None:
                    raise AssertionError("a pipe that was asked for")
                for each in objects:
                    about = asked.stdout.readline().split()
                    if len(about) != 3:
                        asked.kill()
                        raise refused(f"the object {each[:12]} is not here", "fetch the whole repository, without a filter")
                    yield asked.stdout.read(int(about[2]) + 1)[:-1]

    def borrow(self, submodule: str) -> bool:
        """Borrows the objects of a submodule, by its path as seen from the root; False where it is not checked out here."""
        place = Path(self.folder, os.path.relpath(submodule, self.prefix or "."))
        if self.is_bare or not place.is_dir() or _told(str(place), "rev-parse", "--show-prefix"):
            return False
        _lend(self.own, _told(str(place), "rev-parse", "--path-format=absolute", "--git-path", "objects"))
        return True

    def _ask(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        return _run(self.own, *arguments, environment=_alone(self.own))

    @property
    def _history(self) -> str:
        return "this is a shallow clone: fetch its history with git fetch --unshallow, or fetch-depth: 0 of a checkout"


@contextmanager
def around(folder: str = ".") -> Iterator[Repository]:
    """The repository that a folder lies in. Raises InvalidInput (E-GIT) if it lies in none, or git is missing or too old."""
    folder = str(Path(folder).absolute())
    prefix = _told(folder, "rev-parse", "--show-prefix")
    objects, shallow = (_told(folder, "rev-parse", "--path-format=absolute", "--git-path", name) for name in ("objects", "shallow"))
    is_bare = _told(folder, "rev-parse", "--is-bare-repository") == "true"
    with tempfile.TemporaryDirectory(prefix="rehabfacts-git-") as own:
        done = _run(own, "init", "--quiet", "--bare", "--template=", f"--object-format={_told(folder, 'rev-parse', '--show-object-format')}", environment=_alone(own))
        if done.returncode:
            raise refused(f"git could not make a repository: {_said(done)}")
        _lend(own, objects)
        is_shallow = Path(shallow).is_file()
        if is_shallow:
            shutil.copyfile(shallow, Path(own, "shallow"))
        yield Repository(folder, prefix, is_bare, is_shallow, own)


def refused(cause: str, hint: str = "") -> InvalidInput:
    """What git does not know or do, as an error of ours."""
    return InvalidInput((Problem("E-GIT", cause, hint),))


def _lend(own: str, objects: str) -> None:
    with Path(own, "objects", "info", "alternates").open("a", encoding="utf-8", errors="surrogateescape") as file:
        file.write(f"{objects}\n")


def _git() -> list[str]:
    """Git as the user has it, and never a program of that name that lies where we stand."""
    path = os.pathsep.join(each for each in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(each).is_absolute())
    found = shutil.which("git", path=path)
    if found is None:
        raise refused("git was not found", "install git, or use a baseline file")
    return [found, "--no-pager", *_NOTHING_OF_ITS_OWN]


def _alone(own: str) -> dict[str, str]:
    """The environment in which only our own repository counts."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**rest, **_CALM, "GIT_DIR": own, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}


def _run(folder: str, *arguments: str, environment: dict[str, str] | None = None) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run([*_git(), *arguments], cwd=folder, capture_output=True, check=False, env=environment or {**os.environ, **_CALM})  # noqa: S603  # no shell
    except OSError as error:
        raise refused(f"git could not be run: {error.strerror}", "install git, or use a baseline file") from None


def _told(folder: str, *arguments: str) -> str:
    done = _run(folder, *arguments)
    if done.returncode:
        raise refused(_said(done))
    return done.stdout.decode(errors="surrogateescape").removesuffix("\n")


def _said(done: "subprocess.CompletedProcess[bytes]") -> str:
    return shown(done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")) or f"it ended with {done.returncode}"
