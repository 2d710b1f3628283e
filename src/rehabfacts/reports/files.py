"""Reports written to files: whole and checked, or not at all."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from rehabfacts.errors import InvalidInput, Problem


class UnwritableOutput(InvalidInput):
    """An output that could not be written; the file that stood there is as it was."""


def write_file(path: str, text: str, *, inputs: Iterable[str] = (), directories: Iterable[str] = ()) -> None:
    """Writes beside the target, reads it back, and puts it in place in one step.

    Raises InvalidInput (E-OUT) for a target that is an input, a link or no plain file, or that would stand among the
    inputs of a directory; UnwritableOutput (E-WRITE) where the system refuses.
    """
    target = Path(path)
    is_odd = target.is_symlink() or (target.exists() and not target.is_file()) or any(_is_same(target, Path(each)) for each in inputs)
    if is_odd or any(_is_inside(target, Path(each)) for each in directories):
        raise InvalidInput((Problem("E-OUT", "expected a file of its own to write to, found an input, a link or a directory", "", path),))
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        _write(beside, text)
        if path.endswith(".json"):
            json.loads(beside.read_text(encoding="utf-8"))
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UnwritableOutput((Problem("E-WRITE", f"cannot write: {error.strerror}", "", path),)) from None


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _is_inside(target: Path, directory: Path) -> bool:
    return directory.is_dir() and target.resolve().is_relative_to(directory.resolve())


def _is_same(target: Path, other: Path) -> bool:
    return target.exists() and other.exists() and target.samefile(other)
