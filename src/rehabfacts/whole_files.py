"""Files written whole or not at all: beside their place, and put there in one step."""

import glob
import os
from collections.abc import Callable
from pathlib import Path


def put(target: Path, data: bytes, *, mode: int | None = None, look: Callable[[Path], object] | None = None) -> None:
    """Writes beside the target, lets `look` read it (it raises for what is not whole), and puts it in place.

    Raises OSError where the system refuses, and whatever `look` does: then nothing has changed. `mode` are its permissions.
    """
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        _clear(target)
        with beside.open("xb") as file:
            file.write(data)
            if mode is not None:
                beside.chmod(mode)
            file.flush()
            os.fsync(file.fileno())
        if look is not None:
            look(beside)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


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
