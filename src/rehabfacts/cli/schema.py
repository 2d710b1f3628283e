"""The command `schema`."""

import click

from rehabfacts.cli.printing import say


@click.group()
def schema() -> None:
    """Write the types of a project down for others: editors, libraries."""


@schema.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=str))
def types(paths: tuple[str, ...]) -> None:
    """Print a typed Python module of the types that schema files under PATHS declare."""
    from rehabfacts import api  # noqa: PLC0415
    from rehabfacts.exports.typed_module import write_typed_module  # noqa: PLC0415
    from rehabfacts.settings import find_settings  # noqa: PLC0415
    from rehabfacts.vocabulary import INSTITUTIONS  # noqa: PLC0415

    found = api.schema_of(*paths, settings=find_settings())
    say(write_typed_module(found, INSTITUTIONS).removesuffix("\n"))
