"""The command `export`."""

import os

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say, warn_of_problems
from rehabfacts.errors import InvalidInput, Problem
from rehabfacts.exports import FORMATS


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@options.paths
@options.checking
@click.option("--output", type=click.Path(path_type=str), help="Write to this file, or for csv into this directory.")
@click.option("--base", default="urn:rehabfacts:", show_default=True, help="What the identifiers that are made up begin with.")
@click.option("--raw-csv", is_flag=True, help="Leave cells of csv as they are, though a spreadsheet may take them for formulas.")
def export(
    format_: str, paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None,
    output: str | None, base: str, *, raw_csv: bool,
) -> None:  # fmt: skip
    """Write facts, and what follows from them, for other tools.

    FORMAT is web-annotation (facts as W3C Web Annotations of their sources), prov-json or prov-o (what came from what,
    after W3C PROV), or csv (tables with a Frictionless data package).
    """
    from rehabfacts import exports  # noqa: PLC0415
    from rehabfacts.reports.files import write_file  # noqa: PLC0415

    if output is None and format_ == "csv":
        raise InvalidInput((Problem("E-OUT", "expected a directory to write tables to", "add --output DIRECTORY"),))
    report = options.checked(paths, packs, without, threshold)
    files = exports.export(report, format_, base=base, is_raw=raw_csv)
    warn_of_problems(report)
    if output is None:
        say("".join(files.values()))
    else:
        inputs = (*report.digests, *(source.path for source in report.dataset.sources.values()))
        into = _directory(output) if format_ == "csv" else None
        for name, text in files.items():
            write_file(output if into is None else os.path.join(into, name), text, inputs=inputs, directories=paths or options.usual_paths())
    raise click.exceptions.Exit(0 if report.exit_status == 1 else report.exit_status)


def _directory(path: str) -> str:
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise InvalidInput((Problem("E-OUT", f"expected a directory to write to: {error.strerror}", "", path),)) from None
    return path
