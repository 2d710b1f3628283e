"""The command `coverage`."""

from typing import Any

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say


@click.command()
@options.paths
@click.option("--format", "format_", type=click.Choice(["text", "json", "tsv"]), default="text", show_default=True)
@click.option("--min-coverage", type=click.IntRange(0, 100), default=0, metavar="PERCENT", help="Fail if less of any kind is covered.")
def coverage(paths: tuple[str, ...], format_: str, min_coverage: int) -> None:
    """Show how much of each source the facts speak for: its sentences, dates, numbers and names.

    Without PATHS those of check are taken.
    """
    from rehabfacts import api  # noqa: PLC0415
    from rehabfacts.reports import coverage as reports  # noqa: PLC0415

    chosen = options.settings((), (), None)
    found = api.coverage(*(paths or chosen.paths or options.usual_paths()), settings=chosen)
    if format_ == "json":
        say(reports.write_coverage_json(found.sources, found.not_measured))
    else:
        say(reports.write_coverage_tsv(found.sources) if format_ == "tsv" else reports.write_coverage(found.sources, found.not_measured))
    for problem in found.problems:
        say(str(problem), to_error=True)
    raise click.exceptions.Exit(_status(found, min_coverage))


def _status(found: Any, least: int) -> int:
    """2 or 3 for inputs that could not be read, 1 for too little coverage, a mark whose words are not there, or a changed source."""
    errors = [problem for problem in found.problems if not problem.is_warning]
    if errors:
        return 3 if all(problem.code == "E-READ" for problem in errors) else 2
    is_met = all(each.least >= least and all(mark.is_found for mark in each.marks) for each in found.sources)
    return 0 if is_met and not found.changed else 1
