"""Reports written to files: whole and checked, or not at all."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from rehabfacts.errors import InvalidInput, Problem
from rehabfacts.whole_files import put


class UnwritableOutput(InvalidInput):
    """An output that could not be written; the file that stood there is as it was."""


def write_file(
    path: str, text: str, *, inputs: Iterable[str] = (), directories: Iterable[str] = (), read: Callable[[str], object] | None = None
) -> None:
    """Writes a report whole: it is read back before it is put in place (`read` raises for what is not whole; JSON is read anyway).

    Raises InvalidInput (E-OUT) for a target that is an input, a link or no plain file, or that would stand among the
    inputs of a directory; UnwritableOutput (E-WRITE) where the system refuses.
    """
    target = Path(path)
    is_odd = target.is_symlink() or (target.exists() and not target.is_file()) or any(_is_same(target, Path(each)) for each in inputs)
    if is_odd or any(_is_inside(target, Path(each)) for each in directories):
        raise InvalidInput((Problem("E-OUT", "expected a file of its own to write to, found an input, a link or a directory", "", path),))

    def look(file: Path) -> None:
        if path.endswith(".json"):
            json.loads(file.read_text(encoding="utf-8"))
        if read is not None:
            read(str(file))

    try:
        put(target, text.encode(), look=look)
    except OSError as error:
        raise UnwritableOutput((Problem("E-WRITE", f"cannot write: {error.strerror}", "", path),)) from None


def _is_inside(target: Path, directory: Path) -> bool:
    return directory.is_dir() and target.resolve().is_relative_to(directory.resolve())


def _is_same(target: Path, other: Path) -> bool:
    return target.exists() and other.exists() and target.samefile(other)
