"""The command `baseline`."""

import os

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
    from rehabfacts.changes.baselines import Baseline  # noqa: PLC0415
    from rehabfacts.reports.files import write_file  # noqa: PLC0415

    if os.path.exists(file) and not force:
        raise InvalidInput((Problem("E-OUT", "expected a file of its own to write to, found one that is there", "add --force to replace it", file),))
    report = options.checked(paths, packs, without, threshold)
    warn_of_problems(report)
    if not report.is_complete:
        raise click.exceptions.Exit(report.exit_status)
    made = Baseline.of(file, report)
    write_file(file, made.text(), inputs=report.digests, directories=paths or options.usual_paths())
    say(f"{len(made.entries)} violations accepted in {file}")


@baseline.command()
@click.argument("file", type=click.Path(path_type=str))
@options.paths
@options.checking
def prune(file: str, paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None) -> None:
    """Take the entries out of FILE that are not violated any more."""
    from rehabfacts.changes.baselines import Baseline  # noqa: PLC0415
    from rehabfacts.reports.files import write_file  # noqa: PLC0415

    before = Baseline.read(file)
    report = options.checked(paths, packs, without, threshold)
    warn_of_problems(report)
    if not report.is_complete:
        raise click.exceptions.Exit(report.exit_status)
    after = before.pruned(report)
    write_file(file, after.text(), inputs=report.digests, directories=paths or options.usual_paths())
    say(f"{len(before.entries) - len(after.entries)} entries taken out, {len(after.entries)} left in {file}")
