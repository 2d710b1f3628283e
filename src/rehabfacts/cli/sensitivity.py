"""The command `sensitivity`."""

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say
from rehabfacts.cli.progress import shown_progress


@click.command()
@options.paths
@options.checking
@click.option("--others", type=click.IntRange(min=0), help="To how many other records to turn each reference.  [default: 3]")
@click.option("--format", "format_", type=click.Choice(["text", "json", "tsv"]), default="text", show_default=True)
def sensitivity(
    paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None, others: int | None, format_: str
) -> None:
    """Falsify every fact a little, and show which of it no rule would notice: mutation testing for data."""
    from rehabfacts import api  # noqa: PLC0415
    from rehabfacts.reports.sensitivity import WRITERS  # noqa: PLC0415

    chosen = options.settings(packs, without, threshold)
    with shown_progress() as progress:
        found = api.sensitivity(*(paths or chosen.paths or options.usual_paths()), settings=chosen, others=others, progress=progress)
    say(WRITERS[format_](found))
    for problem in found.report.problems:
        say(str(problem), to_error=True)
    status = found.report.exit_status
    raise click.exceptions.Exit(0 if status == 1 else status)
