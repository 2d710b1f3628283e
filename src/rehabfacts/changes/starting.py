"""Starting a project: a small dataset with one violation to look at, written where nothing of it stands yet."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from rehabfacts.errors import InvalidInput, Problem
from rehabfacts.loading.rewriting import rewrite


def start(directory: str) -> tuple[str, ...]:
    """Writes the files of a new project, and names them. Raises InvalidInput (E-OUT) if one is there: then none is written."""
    found = _files(files("rehabfacts") / "starter")
    root = Path(directory)
    there = [Problem("E-OUT", "expected a place without this file, found one that is there", "name another directory", (root / name).as_posix()) for name in found if (root / name).exists()]
    if there:
        raise InvalidInput(tuple(there))
    for name, data in found.items():
        _make_folder((root / name).parent)
        rewrite((root / name).as_posix(), data, before=None)
    return tuple((root / name).as_posix() for name in found)


def _files(folder: Traversable, prefix: str = "") -> dict[str, bytes]:
    """The files below a folder, by their paths as seen from it."""
    found: dict[str, bytes] = {}
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        found.update(_files(each, f"{prefix}{each.name}/") if each.is_dir() else {f"{prefix}{each.name}": each.read_bytes()})
    return found


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput((Problem("E-WRITE", f"cannot write: {error.strerror}", "", folder.as_posix()),)) from None
