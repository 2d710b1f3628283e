"""The command line: arguments in, exit status out, and the only place that prints. One module a command."""

import gc
import importlib
import os
import signal
import sys
from typing import Any, NoReturn

import click

from rehabfacts.cli.printing import OutputError, flushed, say
from rehabfacts.errors import RehabfactsError

_COMMANDS = (
    "init", "new", "fmt", "check", "config", "diff", "baseline", "waive", "bounds", "explain", "whatif", "sensitivity", "sources", "coverage", "anchor",
    "rules", "verify", "dates", "export", "schema",
)  # fmt: skip


def main() -> NoReturn:
    """Runs the command and ends the process with its exit status."""
    gc.disable()  # a run is short and builds few cycles: collecting them costs a tenth of its time
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        status = commands.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        status = stop.exit_code
    except click.ClickException as error:
        error.show()
        status = 2
    except (click.Abort, KeyboardInterrupt):
        status = 130
    except OutputError as error:
        status = error.status
    except RehabfactsError as error:
        say(str(error), to_error=True)
        status = 2
    except Exception as error:  # noqa: BLE001  # whatever it is, it is our bug: say so in one line, exit 4
        status = _bug(error)
    sys.exit(flushed(status or 0))


def run() -> NoReturn:
    """As `main`, and ends the process at once: taking a hundred thousand objects down one by one costs a tenth of a run."""
    status: Any = 0
    try:
        main()
    except SystemExit as end:
        status = end.code
    sys.stderr.flush()
    os._exit(status)


def _bug(error: Exception) -> int:
    if "--debug" in sys.argv:
        import traceback  # noqa: PLC0415

        traceback.print_exc()
    say(f"rehabfacts: our bug: {type(error).__name__}: {error} (run again with --debug and report it)", to_error=True)
    return 4


class _Commands(click.Group):
    """The commands, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"rehabfacts.cli.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rehabfacts")
@click.option("--debug", is_flag=True, help="Show a traceback where this program fails.")
def commands(*, debug: bool) -> None:
    """Check whether facts taken from documents can all be true, and prove the answer."""
