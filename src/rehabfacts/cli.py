"""The command line: arguments in, exit status out, and the only place that prints."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

import click

from rehabfacts.errors import InvalidInput, Problem, RehabfactsError


def main() -> NoReturn:
    """Runs the command and ends the process with its exit status."""
    gc.disable()  # a run is short and builds few cycles: collecting them costs a tenth of its time
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        status = commands.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        status = stop.exit_code
    except click.ClickException as error:
        error.show()
        status = 2
    except (click.Abort, KeyboardInterrupt):
        status = 130
    except OutputError as error:
        status = error.status
    except RehabfactsError as error:
        _say(str(error), to_error=True)
        status = 2
    except Exception as error:  # noqa: BLE001  # whatever it is, it is our bug: say so in one line, exit 4
        status = _bug(error)
    sys.exit(_flushed(status or 0))


def run() -> NoReturn:
    """As `main`, and ends the process at once: taking a hundred thousand objects down one by one costs a tenth of a run."""
    status: Any = 0
    try:
        main()
    except SystemExit as end:
        status = end.code
    sys.stderr.flush()
    os._exit(status)


class OutputError(RehabfactsError):
    """Standard output takes no more: closed by its reader (status 141), or refused by the system (3)."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error)
        self.status = 141 if isinstance(error, BrokenPipeError) else 3
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if self.status == 3:
            _say(str(Problem("E-WRITE", f"cannot write: {error.strerror}", "", "standard output")), to_error=True)


def _flushed(status: int) -> int:
    try:
        sys.stdout.flush()
    except OSError as error:
        return OutputError(error).status
    return status


def _bug(error: Exception) -> int:
    if "--debug" in sys.argv:
        import traceback  # noqa: PLC0415

        traceback.print_exc()
    _say(f"rehabfacts: our bug: {type(error).__name__}: {error} (run again with --debug and report it)", to_error=True)
    return 4


def _say(text: str, *, to_error: bool = False) -> None:
    """Prints a text whole, whatever the stream's encoding: what it cannot hold is written as an escape."""
    stream = sys.stderr if to_error else sys.stdout
    encoding = stream.encoding or "utf-8"
    line = text if text.endswith("\n") else text + "\n"
    try:
        stream.write(line.encode(encoding, "backslashreplace").decode(encoding))
    except OSError as error:
        raise OutputError(error) from None


def _colors(*, wanted: bool | None) -> bool:
    if wanted is not None:
        return wanted
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rehabfacts")
@click.option("--debug", is_flag=True, help="Show a traceback where this program fails.")
def commands(*, debug: bool) -> None:
    """Check whether facts taken from documents can all be true, and prove the answer."""


_paths = click.argument("paths", nargs=-1, type=click.Path(path_type=str))


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that checks."""
    options: Iterable[Callable[..., Any]] = (
        click.option("--pack", "packs", multiple=True, help="A shipped rule pack to use; repeat for more."),
        click.option("--without", multiple=True, metavar="RULE", help="Switch a rule off; repeat for more."),
        click.option("--threshold", type=click.Choice(["note", "warning", "error"]), help="The mildest severity that fails the run."),
    )
    for option in options:
        function = option(function)
    return function


def _check(paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None) -> Any:
    from rehabfacts import api  # noqa: PLC0415

    chosen = _settings(packs, without, threshold)
    return api.check(*(paths or chosen.paths or _usual_paths()), settings=chosen)


def _settings(packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None) -> Any:
    import attrs  # noqa: PLC0415

    from rehabfacts import settings  # noqa: PLC0415

    chosen = settings.find_settings()
    changes: dict[str, Any] = {"without": (*chosen.without, *without)}
    if packs:
        changes["packs"] = packs
    if threshold:
        changes["threshold"] = threshold
    return attrs.evolve(chosen, **changes)


def _usual_paths() -> tuple[str, ...]:
    found = tuple(name for name in ("facts", "rules") if os.path.isdir(name))
    if "facts" not in found:
        problem = Problem("E-NOTHING", "expected paths of fact files, or a directory named facts here", "rehabfacts check PATHS")
        raise InvalidInput((problem,))
    return found


@commands.command()
@_paths
@_options
@click.option("--format", "format_", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
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

    report = _check(paths, packs, without, threshold)
    text = write(report, format_, color=output is None and _colors(wanted=color))
    if output is None:
        _say(text)
    else:
        _write(output, text, report, paths)
    for complaint in report.complaints:
        _say(f"rehabfacts: our bug: the verifier rejects a result: {complaint}", to_error=True)
    raise click.exceptions.Exit(report.exit_status)


def _write(output: str, text: str, report: Any, paths: tuple[str, ...]) -> None:
    """Writes the report to a file; where that fails, what was found is still said, and the run is incomplete."""
    from rehabfacts.reports import write  # noqa: PLC0415
    from rehabfacts.reports.files import UnwritableOutput, write_file  # noqa: PLC0415

    inputs = (*report.digests, *(source.path for source in report.dataset.sources.values()))
    try:
        write_file(output, text, inputs=inputs, directories=paths or _usual_paths())
    except UnwritableOutput as error:
        _say(write(report, "text"))
        _say(str(error), to_error=True)
        raise click.exceptions.Exit(max(3, report.exit_status)) from None


@commands.command()
@click.argument("entity", required=False)
@click.option("--in", "paths", multiple=True, metavar="PATH", help="Where the facts and rules are; as for check.")
@_options
@click.option("--format", "format_", type=click.Choice(["text", "tsv"]), default="text", show_default=True)
def bounds(
    entity: str | None, paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None, format_: str
) -> None:
    """Show what each vague or unstated date can be, and why."""
    from rehabfacts.reports.bounds import write_bounds, write_bounds_tsv  # noqa: PLC0415

    report = _check(paths, packs, without, threshold)
    _say(write_bounds_tsv(report, entity) if format_ == "tsv" else write_bounds(report, entity))
    _warn_of_problems(report)
    raise click.exceptions.Exit(0 if report.exit_status == 1 else report.exit_status)


def _warn_of_problems(report: Any) -> None:
    for problem in report.problems:
        _say(str(problem), to_error=True)


@commands.command()
@click.argument("thing")
@click.option("--in", "paths", multiple=True, metavar="PATH", help="Where the facts and rules are; as for check.")
@_options
def explain(thing: str, paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None) -> None:
    """Explain THING: the id of a fact, an entity, a rule, or a violation."""
    from rehabfacts.reports.explanations import explain as explained  # noqa: PLC0415

    report = _check(paths, packs, without, threshold)
    _warn_of_problems(report)
    _say(explained(report, thing))
    raise click.exceptions.Exit(0 if report.exit_status == 1 else report.exit_status)


@commands.command()
@_paths
@click.option("--drop", "drops", multiple=True, metavar="FACT", help="Suppose that a fact is left out; repeat for more.")
@click.option("--set", "sets", multiple=True, metavar="FACT.FIELD=VALUE", help="Suppose that a field says something else; repeat for more.")
@_options
def whatif(
    paths: tuple[str, ...], drops: tuple[str, ...], sets: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...],
    threshold: str | None,
) -> None:  # fmt: skip
    """Show which conflicts, readings and bounds would change if facts said something else. No file is touched."""
    from rehabfacts import api  # noqa: PLC0415
    from rehabfacts.changes.suppositions import Supposition  # noqa: PLC0415
    from rehabfacts.reports.whatif import write_whatif  # noqa: PLC0415

    chosen = _settings(packs, without, threshold)
    suppositions = [*(Supposition(fact) for fact in drops), *(Supposition.parse(text) for text in sets)]
    difference, after = api.whatif(*(paths or chosen.paths or _usual_paths()), suppositions=suppositions, settings=chosen)
    _say(write_whatif(difference, after))
    _warn_of_problems(after)
    raise click.exceptions.Exit(0 if after.exit_status == 1 else after.exit_status)


@commands.command()
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
        _say(f"rejected: {failure}")
    if not failures:
        _say("accepted: every proof in the report holds" + (", and it is a report on these files" if against else ""))
    raise click.exceptions.Exit(1 if failures else 0)


@commands.command(context_settings={"ignore_unknown_options": True})
@click.argument("notations", nargs=-1, type=click.UNPROCESSED)
@click.option("--format", "format_", type=click.Choice(["text", "tsv"]), default="text", show_default=True)
def dates(notations: tuple[str, ...], format_: str) -> None:
    """Say what EDTF NOTATIONS mean: validity, earliest and latest day, and the meaning in words.

    Without NOTATIONS they are read from standard input, one a line.
    """
    from rehabfacts.reports.notations import write_notation  # noqa: PLC0415

    lines: Iterable[str] = notations or (line.removesuffix("\n").removesuffix("\r") for line in _standard_input())
    for line in lines:
        _say(write_notation(line, as_tsv=format_ == "tsv"))


def _standard_input() -> Iterable[str]:
    import io  # noqa: PLC0415

    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="backslashreplace", newline="\n")


