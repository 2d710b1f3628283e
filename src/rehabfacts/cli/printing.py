"""What a command prints: whole texts, whatever the stream's encoding."""

import os
import sys
from typing import Any

from rehabfacts.errors import Problem, RehabfactsError


class OutputError(RehabfactsError):
    """Standard output takes no more: closed by its reader (status 141), or refused by the system (3)."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error)
        self.status = 141 if isinstance(error, BrokenPipeError) else 3
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if self.status == 3:
            say(str(Problem("E-WRITE", f"cannot write: {error.strerror}", "", "standard output")), to_error=True)


def flushed(status: int) -> int:
    """The exit status when all that was printed has left."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return OutputError(error).status
    return status


def say(text: str, *, to_error: bool = False) -> None:
    """Prints a text whole, whatever the stream's encoding: what it cannot hold is written as an escape."""
    stream = sys.stderr if to_error else sys.stdout
    encoding = stream.encoding or "utf-8"
    line = text if not text or text.endswith("\n") else text + "\n"
    try:
        stream.write(line.encode(encoding, "backslashreplace").decode(encoding))
    except OSError as error:
        raise OutputError(error) from None


def colors(wanted: str) -> bool:
    """Whether to colour: `always`, `never`, or on a terminal only (`auto`), unless the environment asks for none."""
    if wanted != "auto":
        return wanted == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def warn_of_problems(report: Any) -> None:
    """Tells on standard error what could not be read."""
    for problem in report.problems:
        say(str(problem), to_error=True)
