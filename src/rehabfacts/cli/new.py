"""The command `new`."""

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say


@click.group()
def new() -> None:
    """Print a skeleton to paste and fill in."""


@new.command()
@click.argument("name", metavar="TYPE")
@options.paths_as_option
def fact(name: str, paths: tuple[str, ...]) -> None:
    """Print a fact of TYPE: what it needs stands there empty, the rest is commented out."""
    _say_record(name, paths, is_fact=True)


@new.command()
@click.argument("name", metavar="TYPE")
@options.paths_as_option
def entity(name: str, paths: tuple[str, ...]) -> None:
    """Print an entity of TYPE."""
    _say_record(name, paths, is_fact=False)


@new.command()
def rule() -> None:
    """Print a rule with an example of each verdict."""
    from rehabfacts.exports.skeletons import RULE  # noqa: PLC0415

    say(RULE)


def _say_record(name: str, paths: tuple[str, ...], *, is_fact: bool) -> None:
    from rehabfacts import api  # noqa: PLC0415
    from rehabfacts.errors import NoSuchThing, nearest  # noqa: PLC0415
    from rehabfacts.exports.skeletons import skeleton  # noqa: PLC0415
    from rehabfacts.loading.fact_files import type_names  # noqa: PLC0415
    from rehabfacts.settings import find_settings  # noqa: PLC0415

    schema = api.schema_of(*paths, settings=find_settings())
    known = type_names(schema, is_fact=is_fact)
    if name not in known:
        raise NoSuchThing("fact type" if is_fact else "entity type", name, nearest(name, known) or f"there are {', '.join(known)}")
    say(skeleton(schema[name]))
