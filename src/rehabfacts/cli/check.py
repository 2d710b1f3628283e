"""The command `check`."""

from typing import Any

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import colors, say
from rehabfacts.reports import FORMATS


@click.command()
@options.paths
@options.checking
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=str), help="Write the report to a file instead.")
@click.option("--also", "more", multiple=True, metavar="FORMAT=FILE", help="Write the report to a file in another format too; repeat for more.")
@click.option("--color/--no-color", default=None, help="Colour on or off; by default on a terminal only.")
@click.option("--baseline", type=click.Path(path_type=str), help="A file of violations that are accepted.")
@click.option("--since", metavar="REVISION", help="Only what was brought since a git revision fails the run.")
@click.option("--policy-from", metavar="REVISION", help="Judge by the rules and settings of a git revision.")
@click.option("--allow-policy-changes", is_flag=True, help="With either: rules and settings that differ do not fail the run by themselves.")
def check(
    paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None, format_: str,
    output: str | None, more: tuple[str, ...], baseline: str | None, since: str | None, *, color: bool | None, policy_from: str | None, allow_policy_changes: bool,
) -> None:  # fmt: skip
    """Check the facts under PATHS against the rules under PATHS, or the shipped rules.

    Without PATHS: those of rehabfacts.toml, or the directories facts and rules.
    """
    from rehabfacts.reports import write  # noqa: PLC0415

    others = [_other(each) for each in more]
    change = None
    if since is not None:
        change = options.changed(paths, packs, without, threshold, since, policy_from=policy_from)
        report = change.report(since, allow_policy=allow_policy_changes)
    elif policy_from is not None:
        report = options.checked_under(policy_from, paths, packs, without, threshold, allow_policy=allow_policy_changes)
    else:
        report = options.checked(paths, packs, without, threshold)
    if baseline is not None:
        report = _accepting(report, baseline)
    text = write(report, format_, color=output is None and colors(wanted=color), change=change)
    if output is None:
        say(text)
    else:
        _write(output, text, report, paths)
    for name, path in others:
        _write(path, write(report, name, change=change), report, paths)
    for complaint in report.complaints:
        say(f"rehabfacts: our bug: the verifier rejects a result: {complaint}", to_error=True)
    raise click.exceptions.Exit(report.exit_status if change is None else change.exit_status(report))


def _other(text: str) -> tuple[str, str]:
    """A format and the file to write it to."""
    name, equals, path = text.partition("=")
    if name not in FORMATS or not equals or not path:
        raise click.UsageError(f"--also: expected FORMAT=FILE with one of {', '.join(FORMATS)}, found {text!r}")
    return name, path


def _accepting(report: Any, path: str) -> Any:
    from rehabfacts.changes.baselines import Baseline  # noqa: PLC0415

    return Baseline.read(path).applied(report)


def _write(output: str, text: str, report: Any, paths: tuple[str, ...]) -> None:
    """Writes the report to a file; where that fails, what was found is still said, and the run is incomplete."""
    from rehabfacts.reports import write  # noqa: PLC0415
    from rehabfacts.reports.files import UnwritableOutput, write_file  # noqa: PLC0415

    inputs = (*report.digests, *(source.path for source in report.dataset.sources.values()))
    try:
        write_file(output, text, inputs=inputs, directories=paths or options.usual_paths())
    except UnwritableOutput as error:
        say(write(report, "text"))
        say(str(error), to_error=True)
        raise click.exceptions.Exit(max(3, report.exit_status)) from None
