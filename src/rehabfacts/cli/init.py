"""The command `init`."""

import click

from rehabfacts.cli.printing import say


@click.command()
@click.argument("directory", required=False, default=".", type=click.Path(path_type=str))
def init(directory: str) -> None:
    """Write a small dataset into DIRECTORY (or here): a source, facts, a rule, settings; one violation is in it to look at.

    Nothing that is there is ever overwritten.
    """
    from rehabfacts.changes.starting import start  # noqa: PLC0415

    written = start(directory)
    for path in written:
        say(f"written: {path}")
    say("Next: rehabfacts check" if directory == "." else f"Next: cd {directory} and rehabfacts check")
