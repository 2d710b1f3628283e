"""The command `diff`."""

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say, warn_of_problems
from rehabfacts.reports import FORMATS


@click.command()
@click.argument("base")
@click.argument("head", required=False)
@click.option("--in", "paths", multiple=True, metavar="PATH", help="Where the facts and rules are; as for check.")
@options.checking
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--policy-from", metavar="REVISION", help="Judge every state by the rules and settings of this revision.")
@click.option("--allow-policy-changes", is_flag=True, help="A change of rules or settings does not fail the run by itself.")
def diff(
    base: str, head: str | None, paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None, format_: str, *,
    policy_from: str | None, allow_policy_changes: bool,
) -> None:  # fmt: skip
    """Show what a change does: violations that it brings and ends, facts by meaning, bounds, the policy.

    BASE and HEAD are revisions of the git repository here; without HEAD the files as they lie here are compared. The base
    is where both come from; where BASE has gone on since, the merge of both is judged too.
    """
    from rehabfacts.reports import write_change  # noqa: PLC0415

    change = options.changed(paths, packs, without, threshold, base, head, policy_from=policy_from)
    report = change.report(base, allow_policy=allow_policy_changes)
    say(write_change(change, report, format_))
    warn_of_problems(report)
    raise click.exceptions.Exit(change.exit_status(report))
