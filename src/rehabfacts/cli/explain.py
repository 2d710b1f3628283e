"""The command `explain`."""

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import colors, say, warn_of_problems


@click.command()
@click.argument("thing")
@options.paths_as_option
@options.checking
def explain(thing: str, paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None) -> None:
    """Explain THING: the id of a fact, an entity, a rule, or a violation."""
    from rehabfacts.reports.explanations import explain as explained  # noqa: PLC0415

    report = options.checked(paths, packs, without, threshold)
    warn_of_problems(report)
    say(explained(report, thing, color=colors("auto")))
    raise click.exceptions.Exit(0 if report.exit_status == 1 else report.exit_status)
