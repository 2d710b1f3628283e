"""What a long run is doing, on one line of the terminal that is gone when it ends."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threading import Event

_PATIENCE = 1.0
"""In seconds: what is done sooner is not told."""


@contextmanager
def shown_progress(*, is_quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """Takes what is being done; shows it on standard error if that is a terminal, after a while, with the seconds gone by."""
    if is_quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _: None
        return
    from threading import Event, Thread  # noqa: PLC0415  # only where somebody is watching

    told, is_over = [""], Event()
    teller = Thread(target=_tell, args=(told, is_over), daemon=True)
    teller.start()
    try:
        yield lambda text: told.__setitem__(0, text)
    finally:
        is_over.set()
        teller.join()


def _tell(told: list[str], is_over: "Event") -> None:
    from rehabfacts.errors import shown  # noqa: PLC0415

    seconds = _PATIENCE
    while not is_over.wait(_PATIENCE):
        width = max(20, (os.get_terminal_size(sys.stderr.fileno()).columns or 80) - 1)
        sys.stderr.write(f"\r\x1b[K{shown(f'{told[0]} … {seconds:.0f} s', width)}")
        sys.stderr.flush()
        seconds += _PATIENCE
    if seconds > _PATIENCE:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
