"""The options that several commands share, and what they come to."""

import os
from collections.abc import Callable, Iterable
from typing import Any

import click

from rehabfacts.errors import InvalidInput, Problem

paths = click.argument("paths", nargs=-1, type=click.Path(path_type=str))
paths_as_option = click.option("--in", "paths", multiple=True, metavar="PATH", help="Where the facts and rules are; as for check.")


def checking(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that checks."""
    options: Iterable[Callable[..., Any]] = (
        click.option("--pack", "packs", multiple=True, help="A shipped rule pack to use; repeat for more."),
        click.option("--without", multiple=True, metavar="RULE", help="Switch a rule off; repeat for more."),
        click.option("--threshold", type=click.Choice(["note", "warning", "error"]), help="The mildest severity that fails the run."),
    )
    for option in options:
        function = option(function)
    return function


def checked(paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None) -> Any:
    """The report of a check."""
    from rehabfacts import api  # noqa: PLC0415

    chosen = settings(packs, without, threshold)
    return api.check(*(paths or chosen.paths or usual_paths()), settings=chosen)


def settings(packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None) -> Any:
    """The settings of the configuration file, changed as the options say."""
    import attrs  # noqa: PLC0415

    from rehabfacts.settings import find_settings  # noqa: PLC0415

    chosen = find_settings()
    changes: dict[str, Any] = {"without": (*chosen.without, *without)}
    if packs:
        changes["packs"] = packs
    if threshold:
        changes["threshold"] = threshold
    return attrs.evolve(chosen, **changes)


def usual_paths() -> tuple[str, ...]:
    """The directories facts and rules here. Raises InvalidInput where there is no directory facts."""
    found = tuple(name for name in ("facts", "rules") if os.path.isdir(name))
    if "facts" not in found:
        problem = Problem("E-NOTHING", "expected paths of fact files, or a directory named facts here", "rehabfacts check PATHS")
        raise InvalidInput((problem,))
    return found
