"""The command `sources`."""

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say


@click.command()
@options.paths
@options.checking
@click.option("--most", type=click.IntRange(min=1), help="How many sets to look at, at most.  [default: 4096]")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def sources(
    paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None, most: int | None, format_: str
) -> None:
    """List the largest sets of sources (and of speakers) that can all be right, and what breaks when one is added."""
    from rehabfacts import api  # noqa: PLC0415
    from rehabfacts.reports.sources import write_sources, write_sources_json  # noqa: PLC0415

    chosen = options.settings(packs, without, threshold)
    found = api.maximal_sets(*(paths or chosen.paths or options.usual_paths()), settings=chosen, most=most)
    say(write_sources_json(found) if format_ == "json" else write_sources(found))
    for problem in found.problems:
        say(str(problem), to_error=True)
    for complaint in found.complaints:
        say(f"rehabfacts: our bug: the verifier rejects a result: {complaint}", to_error=True)
    raise click.exceptions.Exit(found.exit_status)
