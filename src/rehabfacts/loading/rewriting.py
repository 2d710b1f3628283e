"""Input files written anew: in one step, if they still are what was read."""

from pathlib import Path

from rehabfacts.errors import InvalidInput, Problem
from rehabfacts.whole_files import put


def rewrite(path: str, data: bytes, *, before: bytes | None) -> None:
    """Puts a file in place, with the permissions that it had. `before` is what was read of it, None if it is new.

    Raises InvalidInput (E-WRITE) if it is something else by now, or cannot be written: then nothing has changed.
    """
    file = Path(path).resolve()
    try:
        if (file.read_bytes() if file.exists() else None) != before:
            raise InvalidInput((Problem("E-WRITE", "the file has changed since it was read", "run the command again", path),))
        put(file, data, mode=None if before is None else file.stat().st_mode & 0o7777)
    except OSError as error:
        raise InvalidInput((Problem("E-WRITE", f"cannot write: {error.strerror}", "", path),)) from None
