"""The command `fmt`."""

import click

from rehabfacts.cli import options
from rehabfacts.cli.printing import say


@click.command()
@options.paths
@click.option("--check", "is_check", is_flag=True, help="Write nothing; exit status 1 if a file would change.")
@click.option("--diff", "is_diff", is_flag=True, help="Write nothing; show what would change.")
def fmt(paths: tuple[str, ...], *, is_check: bool, is_diff: bool) -> None:
    """Lay the YAML files under PATHS out in one way: two blanks a level, one between words. Values and comments stay.

    Without PATHS: those of rehabfacts.toml, or the directories facts and rules.
    """
    from rehabfacts.changes.formatting import format_files, write_formatted  # noqa: PLC0415
    from rehabfacts.settings import find_settings  # noqa: PLC0415

    chosen = find_settings()
    usual = (*(chosen.paths or options.usual_paths()), *chosen.schemas, *chosen.waivers) if not paths else ()
    files, problems = format_files(paths or usual, limits=chosen.limits)
    changed = [each for each in files if each.is_changed]
    for each in changed:
        if is_diff:
            _say_diff(each.path, each.before, each.after)
        elif is_check:
            say(f"would change: {each.path}")
        else:
            write_formatted(each)
            say(f"laid out: {each.path}")
    for problem in problems:
        say(str(problem), to_error=True)
    errors = any(not each.is_warning for each in problems)
    raise click.exceptions.Exit(2 if errors else int(is_check and bool(changed)))


def _say_diff(path: str, before: str, after: str) -> None:
    from difflib import unified_diff  # noqa: PLC0415

    from rehabfacts.errors import shown  # noqa: PLC0415

    lines = unified_diff(before.splitlines(), after.splitlines(), path, path, lineterm="")
    say("\n".join(shown(line, 2_000) for line in lines))
