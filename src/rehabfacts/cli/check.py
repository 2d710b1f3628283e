"""The command `check`."""

from collections.abc import Callable
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
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True, help="Colour; auto is on a terminal only, and not where NO_COLOR is set.")
@click.option("-q", "--quiet", is_flag=True, help="Only what fails the run, a line each (the format brief), and no progress.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until interrupted.")
@click.option("--baseline", type=click.Path(path_type=str), help="A file of violations that are accepted.")
@click.option("--since", metavar="REVISION", help="Only what was brought since a git revision fails the run.")
@click.option("--policy-from", metavar="REVISION", help="Judge by the rules and settings of a git revision.")
@click.option("--allow-policy-changes", is_flag=True, help="With either: rules and settings that differ do not fail the run by themselves.")
def check(
    paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None, format_: str,
    output: str | None, more: tuple[str, ...], baseline: str | None, since: str | None, *, color: str, quiet: bool, watch: bool,
    policy_from: str | None, allow_policy_changes: bool,
) -> None:  # fmt: skip
    """Check the facts under PATHS against the rules under PATHS, or the shipped rules.

    Without PATHS: those of rehabfacts.toml, or the directories facts and rules.
    """
    from rehabfacts.reports import write  # noqa: PLC0415

    others = [_other(each) for each in more]
    format_ = "brief" if quiet and format_ == "text" else format_

    def judge() -> tuple[Any, Any]:
        if since is not None:
            change = options.changed(paths, packs, without, threshold, since, policy_from=policy_from, is_quiet=quiet)
            return change.report(since, allow_policy=allow_policy_changes), change
        if policy_from is not None:
            return options.checked_under(policy_from, paths, packs, without, threshold, allow_policy=allow_policy_changes, is_quiet=quiet), None
        return options.checked(paths, packs, without, threshold, is_quiet=quiet), None

    def run() -> int:
        report, change = judge()
        if baseline is not None:
            report = options.accepting(report, baseline, since, policy_from)
        files = [*others, *([(format_, output)] if output else [])]
        refused = [path for name, path in files if not _is_written(path, write(report, name, change=change), report, paths)]
        if output is None or refused:
            say(write(report, format_, color=output is None and colors(color), change=change))
        for complaint in report.complaints:
            say(f"rehabfacts: our bug: the verifier rejects a result: {complaint}", to_error=True)
        status = int(report.exit_status if change is None else change.exit_status(report))
        return 3 if refused and status not in {2, 4} else status

    if watch:
        _watch(paths, run)
    raise click.exceptions.Exit(run())


def _watch(paths: tuple[str, ...], run: Callable[[], int]) -> None:
    from rehabfacts.cli.watching import watch  # noqa: PLC0415

    watch(paths or options.settings((), (), None).paths or options.usual_paths(), run)


def _other(text: str) -> tuple[str, str]:
    """A format and the file to write it to."""
    name, equals, path = text.partition("=")
    if name not in FORMATS or not equals or not path:
        raise click.UsageError(f"--also: expected FORMAT=FILE with one of {', '.join(FORMATS)}, found {text!r}")
    return name, path


def _is_written(output: str, text: str, report: Any, paths: tuple[str, ...]) -> bool:
    """Writes the report to a file; says what the system refuses."""
    from rehabfacts.reports.files import UnwritableOutput, write_file  # noqa: PLC0415

    inputs = (*report.digests, *(source.path for source in report.dataset.sources.values()))
    try:
        write_file(output, text, inputs=inputs, directories=paths or options.usual_paths())
    except UnwritableOutput as error:
        say(str(error), to_error=True)
        return False
    return True
