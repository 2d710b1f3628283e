"""The command `baseline`."""

import os
from typing import Any

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say, warn_of_problems
from rehabfacts.errors import InvalidInput, Problem


@click.group()
def baseline() -> None:
    """Keep a file of violations that are known and accepted, for projects without a history to compare with."""


@baseline.command()
@click.argument("file", type=click.Path(path_type=str))
@options.paths
@options.checking
@click.option("--force", is_flag=True, help="Replace a baseline that is there.")
def write(
    file: str, paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None, *, force: bool
) -> None:
    """Write FILE: every violation that fails a check of PATHS now."""
    from rehabfacts.changes.baselines import Baseline, locked  # noqa: PLC0415

    _check_free(file, force=force)
    report = _whole(paths, packs, without, threshold)
    made = Baseline.of(file, report)
    with locked(file):
        _check_free(file, force=force)
        _put(made, report, paths)
    say(f"{len(made.entries)} violation{'' if len(made.entries) == 1 else 's'} accepted in {file}")


@baseline.command()
@click.argument("file", type=click.Path(path_type=str))
@options.paths
@options.checking
def prune(file: str, paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None) -> None:
    """Take the entries out of FILE that are not violated any more."""
    from rehabfacts.changes.baselines import Baseline, locked  # noqa: PLC0415

    Baseline.read(file)
    report = _whole(paths, packs, without, threshold)
    with locked(file):
        before = Baseline.read(file)
        after = before.pruned(report)
        _put(after, report, paths)
    taken, left = len(before.entries) - len(after.entries), len(after.entries)
    say(f"{taken} {'entry' if taken == 1 else 'entries'} taken out, {left} left in {file}")


def _check_free(file: str, *, force: bool) -> None:
    """Raises InvalidInput for a file that is there, unless it is a whole baseline that may be replaced."""
    from rehabfacts.changes.baselines import Baseline  # noqa: PLC0415

    if os.path.lexists(file):
        if not force:
            raise InvalidInput((Problem("E-OUT", "expected a file of its own to write to, found one that is there", "add --force to replace it", file),))
        Baseline.read(file)


def _whole(paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None) -> Any:
    """The report of a check that read and judged everything; any other ends the run."""
    report = options.checked(paths, packs, without, threshold)
    warn_of_problems(report)
    if not report.is_complete:
        raise click.exceptions.Exit(report.exit_status)
    return report


def _put(made: Any, report: Any, paths: tuple[str, ...]) -> None:
    from rehabfacts.changes.baselines import Baseline  # noqa: PLC0415
    from rehabfacts.reports.files import write_file  # noqa: PLC0415

    write_file(made.path, made.text(), inputs=report.digests, directories=paths or options.usual_paths(), read=Baseline.read)
