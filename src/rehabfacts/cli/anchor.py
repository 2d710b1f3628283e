"""The command `anchor`."""

import json
from typing import Any

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say
from rehabfacts.errors import InvalidInput, Problem


@click.command()
@options.paths
@click.option("--since", type=click.Path(path_type=str), metavar="REPORT", help="An earlier JSON report, to tell from where quotes moved.")
@click.option("--write", "is_written", is_flag=True, help="Pin the texts as they are now, in the fact files.")
def anchor(paths: tuple[str, ...], since: str | None, *, is_written: bool) -> None:
    """Show what became of the quotes of each source whose text has changed. No quote is ever changed.

    Without PATHS those of check are taken.
    """
    from rehabfacts import api  # noqa: PLC0415
    from rehabfacts.changes.anchoring import pin_again  # noqa: PLC0415
    from rehabfacts.reports.anchors import write_anchoring  # noqa: PLC0415

    chosen = options.settings((), (), None)
    found = api.anchor(*(paths or chosen.paths or options.usual_paths()), settings=chosen, since=_report(since))
    errors = [problem for problem in found.problems if not problem.is_warning]
    if is_written and not errors:
        pin_again(found.changed)
    say(write_anchoring(found, is_written=is_written and not errors))
    for problem in found.problems:
        say(str(problem), to_error=True)
    status = 0 if not errors else 3 if all(problem.code == "E-READ" for problem in errors) else 2
    raise click.exceptions.Exit(status or int(any(each.lost for each in found.changed)))


def _report(path: str | None) -> dict[str, Any] | None:
    """An earlier JSON report. Raises InvalidInput for what is none."""
    if path is None:
        return None
    try:
        with open(path, encoding="utf-8") as opened:
            document = json.load(opened)
    except (OSError, ValueError, RecursionError) as error:
        raise InvalidInput((Problem("E-READ", f"cannot read the report: {error}", "", path),)) from None
    if not isinstance(document, dict) or document.get("format") != "rehabfacts report 1":
        raise InvalidInput((Problem("E-SHAPE", "expected a JSON report of rehabfacts check", "", path),))
    return document
