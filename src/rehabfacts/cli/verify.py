"""The command `verify`."""

import click

from rehabfacts.cli.printing import say


@click.command()
@click.argument("report", type=click.Path(path_type=str))
@click.option("--against", multiple=True, metavar="PATH", help="Also ground these facts and rules again and compare; repeat for more.")
@click.argument("more", nargs=-1, type=click.Path(path_type=str))
def verify(report: str, against: tuple[str, ...], more: tuple[str, ...]) -> None:
    """Check the proofs of a saved JSON REPORT, with a verifier that shares no code with the solver.

    With --against FACTS RULES the inequalities themselves are made again from these files and compared.
    """
    from pathlib import Path  # noqa: PLC0415

    from rehabfacts.reports.saved import verify_saved  # noqa: PLC0415

    failures = verify_saved(Path(report), against=(*against, *more) if against else ())
    for failure in failures[:20]:
        say(f"rejected: {failure}")
    if not failures:
        say("accepted: every proof in the report holds" + (", and it is a report on these files" if against else ""))
    raise click.exceptions.Exit(1 if failures else 0)
