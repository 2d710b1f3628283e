"""The commands `rules list`, `rules show` and `rules test`."""

from typing import Any

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say

_packs = click.option("--pack", "packs", multiple=True, help="A shipped rule pack to use; repeat for more.")
_without = click.option("--without", multiple=True, metavar="RULE", help="Switch a rule off; repeat for more.")


@click.group()
def rules() -> None:
    """List rules, show one, or test them: those under PATHS, or the shipped packs."""


@rules.command("list")
@options.paths
@_packs
@_without
@click.option("--format", "format_", type=click.Choice(["text", "tsv"]), default="text", show_default=True)
def list_(paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], format_: str) -> None:
    """List the rules: id, pack, mode, severity and what each says."""
    from rehabfacts.reports.rules import write_rules, write_rules_tsv  # noqa: PLC0415

    loaded = _loaded(paths, packs, without)
    say(write_rules_tsv(loaded.rules) if format_ == "tsv" else write_rules(loaded.rules))
    _warn(loaded.problems)
    raise click.exceptions.Exit(0 if loaded.is_complete else 2)


@rules.command()
@click.argument("rule")
@options.paths_as_option
@_packs
@_without
def show(rule: str, paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...]) -> None:
    """Show a RULE as it is written, with its examples, and what it comes to."""
    from rehabfacts.reports.rules import write_rule  # noqa: PLC0415

    loaded = _loaded(paths, packs, without)
    _warn(loaded.problems)
    say(write_rule(loaded.rules, rule))
    raise click.exceptions.Exit(0 if loaded.is_complete else 2)


@rules.command()
@options.paths
@_packs
@_without
def test(paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...]) -> None:
    """Judge every example, and prove which rules cannot be violated, are implied, or contradict each other."""
    from rehabfacts.checker.rule_proofs.rule_tests import prove_rules  # noqa: PLC0415
    from rehabfacts.reports.rules import write_rules_test  # noqa: PLC0415

    loaded = _loaded(paths, packs, without)
    tested = prove_rules(loaded.rules, loaded.dataset.schema, loaded.problems)
    say(write_rules_test(tested))
    _warn(loaded.problems)
    raise click.exceptions.Exit(tested.exit_status)


def _loaded(paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...]) -> Any:
    from rehabfacts import api  # noqa: PLC0415

    return api.rules_of(*paths, settings=options.settings(packs, without, None))


def _warn(problems: Any) -> None:
    for problem in problems:
        say(str(problem), to_error=True)
