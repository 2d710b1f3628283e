"""Reports written to files: whole and checked, or not at all."""

import glob
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from rehabfacts.errors import InvalidInput, Problem


class UnwritableOutput(InvalidInput):
    """An output that could not be written; the file that stood there is as it was."""


def write_file(
    path: str, text: str, *, inputs: Iterable[str] = (), directories: Iterable[str] = (), read: Callable[[str], object] | None = None
) -> None:
    """Writes beside the target, reads it back (`read` raises for what is not whole; JSON is read anyway), and puts it in place in one step.

    Raises InvalidInput (E-OUT) for a target that is an input, a link or no plain file, or that would stand among the
    inputs of a directory; UnwritableOutput (E-WRITE) where the system refuses.
    """
    target = Path(path)
    is_odd = target.is_symlink() or (target.exists() and not target.is_file()) or any(_is_same(target, Path(each)) for each in inputs)
    if is_odd or any(_is_inside(target, Path(each)) for each in directories):
        raise InvalidInput((Problem("E-OUT", "expected a file of its own to write to, found an input, a link or a directory", "", path),))
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        _clear(target)
        _write(beside, text)
        if path.endswith(".json"):
            json.loads(beside.read_text(encoding="utf-8"))
        if read is not None:
            read(str(beside))
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UnwritableOutput((Problem("E-WRITE", f"cannot write: {error.strerror}", "", path),)) from None


def _clear(target: Path) -> None:
    """Takes away what runs that were killed have left half written."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.*.tmp"):
        process = left.name.removesuffix(".tmp").rpartition(".")[2]
        if process.isdecimal() and (int(process) == os.getpid() or not _is_running(int(process))):
            left.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _is_inside(target: Path, directory: Path) -> bool:
    return directory.is_dir() and target.resolve().is_relative_to(directory.resolve())


def _is_same(target: Path, other: Path) -> bool:
    return target.exists() and other.exists() and target.samefile(other)
