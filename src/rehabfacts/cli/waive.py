"""The command `waive`."""

from typing import Any

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say, warn_of_problems


@click.command()
@click.argument("violation")
@click.option("--reason", required=True, help="Why it is accepted.")
@click.option("--author", required=True, help="Who accepts it.")
@click.option("--until", metavar="DATE", help="The last day on which the waiver covers it.")
@click.option("--review", metavar="DATE", help="The day on which somebody should look at it again.")
@click.option("--to", "file", metavar="FILE", type=click.Path(path_type=str), help="Add the entry at the end of this file, which may be new.")
@options.paths_as_option
@options.checking
def waive(
    violation: str, reason: str, author: str, until: str | None, review: str | None, file: str | None, paths: tuple[str, ...],
    packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None,
) -> None:  # fmt: skip
    """Accept one VIOLATION, named by the id that reports show in brackets: print the entry for it, or write it with --to.

    The entry records the rule, the facts and the size of the clash, and covers nothing else.
    """
    from rehabfacts.changes.waiving import add_entry, entry_of  # noqa: PLC0415

    if until is None and review is None:
        raise click.UsageError("expected --until or --review: a waiver ends, or is looked at again")
    report = options.checked(paths, packs, without, threshold)
    warn_of_problems(report)
    entry = entry_of(report.violation(violation), reason=reason, author=author, until=until, review=review)
    if file is None:
        say(entry)
        return
    add_entry(file, entry)
    say(f"{violation} is waived in {file}{_unseen(file, report)}")


def _unseen(file: str, report: Any) -> str:
    """What to do where the file is none of those that were checked."""
    return "" if file in report.digests else ", which is read if it is among the paths, or named under waivers in the settings"
