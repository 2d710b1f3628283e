"""The command `dates`."""

import sys
from collections.abc import Iterable

import click

from rehabfacts.cli.printing import say


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("notations", nargs=-1, type=click.UNPROCESSED)
@click.option("--format", "format_", type=click.Choice(["text", "tsv"]), default="text", show_default=True)
def dates(notations: tuple[str, ...], format_: str) -> None:
    """Say what EDTF NOTATIONS mean: validity, earliest and latest day, and the meaning in words.

    Without NOTATIONS they are read from standard input, one a line.
    """
    from rehabfacts.reports.notations import write_notation  # noqa: PLC0415

    lines: Iterable[str] = notations or (line.removesuffix("\n").removesuffix("\r") for line in _standard_input())
    for line in lines:
        say(write_notation(line, as_tsv=format_ == "tsv"))


def _standard_input() -> Iterable[str]:
    import io  # noqa: PLC0415

    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="backslashreplace", newline="\n")
