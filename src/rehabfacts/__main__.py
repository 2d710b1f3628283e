"""The process: `rehabfacts`, and `python -m rehabfacts`."""

import gc
from typing import NoReturn


def run() -> NoReturn:
    """Runs the command and ends the process."""
    gc.disable()  # before anything is loaded: a run is short and builds few cycles, and collecting them costs a tenth of its time
    from rehabfacts.cli import run as run_command  # noqa: PLC0415

    run_command()


if __name__ == "__main__":
    run()
