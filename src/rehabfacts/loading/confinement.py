"""Opening a file once, and only what may be opened: a regular file, below its root, through no link that leaves it."""

from __future__ import annotations

import errno
import os
import stat
from itertools import islice

from rehabfacts.errors import Problem, nearest, shown

MOST_BYTES = 1 << 28
"""The largest file that is read unless the caller says otherwise."""

_MOST_NAMES = 5_000
_FLAGS = os.O_RDONLY | sum(
    getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY")
)
_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
_DIRECTORY: int = getattr(os, "O_DIRECTORY", 0)
_KINDS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def is_inside(real: str, real_root: str) -> bool:
    """Whether a real path is the root or lies below it."""
    return real == real_root or real.startswith(real_root.rstrip(os.sep) + os.sep)


def read_given(path: str, most: int) -> tuple[bytes | None, Problem | None]:
    """The bytes of a file that the user named; links are followed."""
    try:
        return _contents(os.open(path, _FLAGS), most)
    except OSError as error:
        return None, _open_problem(error, path)


def read_below(real_root: str, relative: str, most: int) -> tuple[bytes | None, Problem | None]:
    """The bytes of a file below a root, both real: no part of `relative` may have become a link meanwhile."""
    try:
        return _contents(_opened_below(real_root, relative), most)
    except OSError as error:
        return None, _open_problem(error, os.path.join(real_root, relative))


def _opened_below(real_root: str, relative: str) -> int:
    if os.open not in os.supports_dir_fd:
        return os.open(os.path.join(real_root, relative), _FLAGS | _NO_LINK)
    *directories, last = [part for part in relative.split(os.sep) if part not in {"", "."}] or ["."]
    holder = os.open(real_root, _FLAGS | _DIRECTORY)
    try:
        for directory in directories:
            inner = os.open(directory, _FLAGS | _NO_LINK | _DIRECTORY, dir_fd=holder)
            os.close(holder)
            holder = inner
        return os.open(last, _FLAGS | _NO_LINK, dir_fd=holder)
    finally:
        os.close(holder)


def _contents(descriptor: int, most: int) -> tuple[bytes | None, Problem | None]:
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            kind = next((words for is_kind, words in _KINDS if is_kind(status.st_mode)), "something else")
            return None, kind_problem(kind)
        data = _all_bytes(descriptor, most) if status.st_size <= most else None
    finally:
        os.close(descriptor)
    if data is None:
        return None, Problem("E-LIMIT-SIZE", f"expected at most {most} bytes, found more", "split the file")
    return data, None


def _all_bytes(descriptor: int, most: int) -> bytes | None:
    """All that is left to read; None if it grew past `most` meanwhile."""
    with open(descriptor, "rb", closefd=False) as file:
        data = file.read()
    return data if len(data) <= most else None


def kind_problem(kind: str) -> Problem:
    """E-PATH-KIND for what is no regular file."""
    return Problem("E-PATH-KIND", f"expected a regular file, found {kind}", "give the file itself")


def link_problem(target: str) -> Problem:
    """E-PATH-LINK for a link that is not followed."""
    return Problem(
        "E-PATH-LINK", f"expected a file, found a link to {target}", "replace the link by the file"
    )


def is_broken_link(path: str) -> bool:
    """Whether a link leads to nothing or only to itself."""
    try:
        return os.path.islink(path) and not os.path.exists(path)
    except ValueError:  # a NUL in the name
        return False


def _open_problem(error: OSError, path: str) -> Problem:
    if error.errno == errno.ELOOP or is_broken_link(path):
        return link_problem("nothing" if error.errno == errno.ENOENT else "itself")
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return missing_problem(path)
    if error.errno in (errno.ENXIO, errno.EISDIR):
        return kind_problem("a socket" if error.errno == errno.ENXIO else "a directory")
    return unreadable_problem(error)


def unreadable_problem(error: OSError) -> Problem:
    """E-READ with the system's reason: the run cannot be complete."""
    reason = (error.strerror or type(error).__name__).lower()
    return Problem(
        "E-READ", f"expected a readable file, found that it cannot be read: {reason}", "check its permissions"
    )


def missing_problem(path: str) -> Problem:
    """E-PATH-MISSING with the nearest name that exists beside it."""
    return Problem("E-PATH-MISSING", "expected a file or directory, found nothing of this name", _near(path))


def _near(path: str) -> str:
    """The hint for the first part of the path that does not exist."""
    parent, name = os.path.split(path.rstrip(os.sep))
    try:
        while parent and not os.path.isdir(parent) and os.path.dirname(parent) != parent:
            parent, name = os.path.split(parent)
        with os.scandir(parent or ".") as entries:
            return shown(nearest(name, (entry.name for entry in islice(entries, _MOST_NAMES))))
    except (OSError, ValueError):
        return ""
