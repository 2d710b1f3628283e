"""Running a check again whenever a file that it reads has changed."""

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator

import click

from rehabfacts.cli.printing import flushed, say
from rehabfacts.errors import RehabfactsError

_PAUSE = 0.3
_SETTINGS = ("rehabfacts.toml", "pyproject.toml")

State = dict[str, tuple[int, int]]


def watch(roots: Iterable[str], run: Callable[[], int]) -> None:
    """Runs at once, and again when a file below the roots, or one with settings, is another; ends when it is interrupted."""
    roots = (*roots, *_SETTINGS)
    while True:
        before = _state(roots)
        say(f"-- {_told(run)}; waiting for changes (Ctrl-C ends it)")
        flushed(0)
        gc.collect()
        while _state(roots) == before:
            time.sleep(_PAUSE)


def _told(run: Callable[[], int]) -> str:
    """How a run ended; a mistake is no reason to stop watching, since the next change may mend it."""
    try:
        return f"exit status {run()}"
    except click.exceptions.Exit as stop:
        return f"exit status {stop.exit_code}"
    except RehabfactsError as error:
        say(str(error), to_error=True)
        return "exit status 2"


def _state(roots: Iterable[str]) -> State:
    return {path: (found.st_mtime_ns, found.st_size) for root in roots for path, found in _files(root)}


def _files(root: str) -> Iterator[tuple[str, os.stat_result]]:
    """The files at or below a path; one that is taken away meanwhile is none."""
    inner = (os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names)
    for path in (root, *inner):
        try:
            yield path, os.stat(path)
        except OSError:
            continue
