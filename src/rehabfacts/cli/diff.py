"""The command `diff`."""

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say, warn_of_problems


@click.command()
@click.argument("base")
@click.argument("head", required=False)
@click.option("--in", "paths", multiple=True, metavar="PATH", help="Where the facts and rules are; as for check.")
@options.checking
@click.option("--policy-from-base", is_flag=True, help="Judge the change by the rules and settings of the base.")
@click.option("--allow-policy-changes", is_flag=True, help="A change of rules or settings does not fail the run by itself.")
def diff(
    base: str, head: str | None, paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None, *,
    policy_from_base: bool, allow_policy_changes: bool,
) -> None:  # fmt: skip
    """Show what a change does: violations that it brings and ends, facts by meaning, bounds, the policy.

    BASE and HEAD are revisions of the git repository here; without HEAD the files as they lie here are compared. The base
    is where both come from; where BASE has gone on since, the merge of both is judged too.
    """
    from rehabfacts.reports.change import write_change  # noqa: PLC0415

    change = options.changed(paths, packs, without, threshold, base, head, policy_from_base=policy_from_base)
    say(write_change(change, allow_policy=allow_policy_changes))
    warn_of_problems(change.head)
    raise click.exceptions.Exit(change.exit_status(allow_policy=allow_policy_changes))
