"""Input files written anew: in one step, if they still are what was read."""

import os
from pathlib import Path

from rehabfacts.errors import InvalidInput, Problem


def rewrite(path: str, data: bytes, *, before: bytes | None) -> None:
    """Puts a file in place, with the permissions that it had. `before` is what was read of it, None if it is new.

    Raises InvalidInput (E-WRITE) if it is something else by now, or cannot be written: then nothing has changed.
    """
    file = Path(path).resolve()
    beside = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        if (file.read_bytes() if file.exists() else None) != before:
            raise InvalidInput((Problem("E-WRITE", "the file has changed since it was read", "run the command again", path),))
        with beside.open("xb") as opened:
            opened.write(data)
            if before is not None:
                beside.chmod(file.stat().st_mode & 0o7777)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise InvalidInput((Problem("E-WRITE", f"cannot write: {error.strerror}", "", path),)) from None
