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
@click.option("--color/--no-color", default=None, help="Colour on or off; by default on a terminal only.")
def check(
    paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None, format_: str,
    output: str | None, *, color: bool | None,
) -> None:  # fmt: skip
    """Check the facts under PATHS against the rules under PATHS, or the shipped rules.

    Without PATHS: those of rehabfacts.toml, or the directories facts and rules.
    """
    from rehabfacts.reports import write  # noqa: PLC0415

    report = options.checked(paths, packs, without, threshold)
    text = write(report, format_, color=output is None and colors(wanted=color))
    if output is None:
        say(text)
    else:
        _write(output, text, report, paths)
    for complaint in report.complaints:
        say(f"rehabfacts: our bug: the verifier rejects a result: {complaint}", to_error=True)
    raise click.exceptions.Exit(report.exit_status)


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
