"""The command `whatif`."""

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say, warn_of_problems
from rehabfacts.cli.progress import shown_progress


@click.command()
@options.paths
@click.option("--drop", "drops", multiple=True, metavar="FACT", help="Suppose that a fact is left out; repeat for more.")
@click.option("--set", "sets", multiple=True, metavar="FACT.FIELD=VALUE", help="Suppose that a field says something else; repeat for more.")
@options.checking
def whatif(
    paths: tuple[str, ...], drops: tuple[str, ...], sets: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...],
    threshold: str | None,
) -> None:  # fmt: skip
    """Show which conflicts, readings and bounds would change if facts said something else. No file is touched."""
    from rehabfacts import api  # noqa: PLC0415
    from rehabfacts.changes.suppositions import Supposition  # noqa: PLC0415
    from rehabfacts.errors import InvalidInput, Problem  # noqa: PLC0415
    from rehabfacts.reports.whatif import write_whatif  # noqa: PLC0415

    chosen = options.settings(packs, without, threshold)
    suppositions = [*(Supposition(fact) for fact in drops), *(Supposition.parse(text) for text in sets)]
    if not suppositions:
        raise InvalidInput((Problem("E-USAGE", "expected something to suppose", "as in --drop FACT or --set FACT.date=1999-04-29"),))
    with shown_progress() as progress:
        there = paths or chosen.paths or options.usual_paths()
        difference, after = api.whatif(*there, suppositions=suppositions, settings=chosen, progress=progress)
    say(write_whatif(difference, after))
    warn_of_problems(after)
    raise click.exceptions.Exit(0 if after.exit_status == 1 else after.exit_status)
