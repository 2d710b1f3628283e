"""The command `bounds`."""

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say, warn_of_problems


@click.command()
@click.argument("entity", required=False)
@options.paths_as_option
@options.checking
@click.option("--format", "format_", type=click.Choice(["text", "tsv"]), default="text", show_default=True)
def bounds(
    entity: str | None, paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None, format_: str
) -> None:
    """Show what each vague or unstated date can be, and why."""
    from rehabfacts.reports.bounds import write_bounds, write_bounds_tsv  # noqa: PLC0415

    report = options.checked(paths, packs, without, threshold)
    say(write_bounds_tsv(report, entity) if format_ == "tsv" else write_bounds(report, entity))
    warn_of_problems(report)
    raise click.exceptions.Exit(0 if report.exit_status == 1 else report.exit_status)
