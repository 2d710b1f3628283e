"""The command `config`."""

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say


@click.command()
@options.checking
def config(packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None) -> None:
    """Show every setting, its value, and where that comes from: a line of a file, an option given here, or the default."""
    from rehabfacts.reports.configuration import write_configuration  # noqa: PLC0415

    given = {name for name, value in (("packs", packs), ("without", without), ("threshold", threshold)) if value} | options.world_given()
    say(write_configuration(options.settings(packs, without, threshold), given, options.present_paths()))
