"""The options that several commands share, and what they come to."""

import os
from collections.abc import Callable, Iterable
from time import strftime
from typing import Any

import click

from rehabfacts.cli.progress import shown_progress
from rehabfacts.errors import InvalidInput, Problem

_WORLD = "rehabfacts.world"
_DAYS = {"as_of": "--as-of", "today": "--today"}

paths = click.argument("paths", nargs=-1, type=click.Path(path_type=str))
paths_as_option = click.option("--in", "paths", multiple=True, metavar="PATH", help="Where the facts and rules are; as for check.")


def checking(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that checks."""
    options: Iterable[Callable[..., Any]] = (
        click.option("--pack", "packs", multiple=True, help="A shipped rule pack to use; repeat for more."),
        click.option("--without", multiple=True, metavar="RULE", help="Switch a rule off; repeat for more."),
        click.option("--threshold", type=click.Choice(["note", "warning", "error"]), help="The mildest severity that fails the run."),
        _world_option("--trust", "trust", "SOURCE", "Take only the facts of this source or speaker; repeat for more."),
        _world_option("--without-source", "without_sources", "SOURCE", "Leave the facts of a source or speaker out; repeat for more."),
        _world_option("--as-of", "as_of", "DATE", "Take what was known on this day: sources up to it, and what it superseded later."),
        _world_option("--today", "today", "DATE", "The day by which waivers end; by default the day of the run."),
    )
    for option in options:
        function = option(function)
    return function


def _world_option(name: str, key: str, metavar: str, help_: str) -> Callable[..., Any]:
    """An option on which facts count. Every command passes it on to `settings` untouched, so none of them has to name it."""

    def note(context: click.Context, _: click.Parameter, value: Any) -> None:
        if value:
            context.meta.setdefault(_WORLD, {})[key] = value

    return click.option(name, key, multiple=key not in _DAYS, metavar=metavar, expose_value=False, callback=note, help=help_)


def _world(chosen: Any) -> dict[str, Any]:
    """What the options on which facts count change in the settings. Raises InvalidInput for what is no date."""
    from rehabfacts.settings import read_day  # noqa: PLC0415

    given = dict(click.get_current_context().meta.get(_WORLD, {}))
    given["without_sources"] = (*chosen.without_sources, *given.get("without_sources", ()))
    for key, option in _DAYS.items():
        if key in given:
            try:
                given[key] = read_day(given[key])
            except ValueError as error:
                raise InvalidInput((Problem("E-USAGE", f"{option}: {error}"),)) from None
    if chosen.today is None:
        given.setdefault("today", read_day(strftime("%Y-%m-%d")))
    return given


def world_given() -> set[str]:
    """The settings on which facts count that options gave."""
    return set(click.get_current_context().meta.get(_WORLD, {}))


def checked(paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None, *, is_quiet: bool = False) -> Any:
    """The report of a check; a terminal is told what takes long."""
    from rehabfacts import api  # noqa: PLC0415

    chosen = settings(packs, without, threshold)
    with shown_progress(is_quiet=is_quiet) as progress:
        return api.check(*(paths or chosen.paths or usual_paths()), settings=chosen, progress=progress)


def changed(
    paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None, base: str, head: str | None = None, *,
    policy_from: str | None, is_quiet: bool = False,
) -> Any:  # fmt: skip
    """What changed since a revision; a terminal is told what takes long."""
    from functools import partial  # noqa: PLC0415

    from rehabfacts import api  # noqa: PLC0415

    adjust = partial(adjusted, packs=packs, without=without, threshold=threshold)
    with shown_progress(is_quiet=is_quiet) as progress:
        return api.diff(*paths, base=base, head=head, policy_from=policy_from, adjust=adjust, progress=progress)


def checked_under(
    revision: str, paths: tuple[str, ...], packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None, *, allow_policy: bool,
    is_quiet: bool = False,
) -> Any:  # fmt: skip
    """The report of a check by the policy of a revision; a terminal is told what takes long."""
    from functools import partial  # noqa: PLC0415

    from rehabfacts import api  # noqa: PLC0415

    adjust = partial(adjusted, packs=packs, without=without, threshold=threshold)
    with shown_progress(is_quiet=is_quiet) as progress:
        return api.check_under(revision, *paths, allow_policy=allow_policy, adjust=adjust, progress=progress)


def accepting(report: Any, path: str, since: str | None, policy_from: str | None) -> Any:
    """A report with what a baseline accepts: that of the policy's revision, if there is one; what was added to it since is said."""
    import attrs  # noqa: PLC0415

    from rehabfacts.changes.baselines import Baseline  # noqa: PLC0415

    if report.since is None:
        return Baseline.read(path).applied(report)
    from rehabfacts.changes.comparing import earlier_file  # noqa: PLC0415

    is_under_test, earlier = earlier_file(path, since=since, policy_from=policy_from)
    before = None if earlier is None else Baseline.of_text(path, earlier)
    now = Baseline.read(path) if os.path.lexists(path) or before is None else Baseline(path, ())
    altered = (*report.since.policy, *(now.additions(before) if is_under_test else ()))
    report = attrs.evolve(report, since=attrs.evolve(report.since, policy=altered))
    used = now if policy_from is None or not is_under_test else before
    return report if used is None else used.applied(report)


def settings(packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None) -> Any:
    """The settings of the configuration file, changed as the options say."""
    from rehabfacts.settings import find_settings  # noqa: PLC0415

    return adjusted(find_settings(), packs, without, threshold)


def adjusted(chosen: Any, packs: tuple[str, ...], without: tuple[str, ...], threshold: str | None) -> Any:
    """Settings changed as the options say."""
    import attrs  # noqa: PLC0415

    changes: dict[str, Any] = {"without": (*chosen.without, *without), **_world(chosen)}
    if packs:
        changes["packs"] = packs
    if threshold:
        changes["threshold"] = threshold
    return attrs.evolve(chosen, **changes)


def usual_paths() -> tuple[str, ...]:
    """The directories facts and rules here. Raises InvalidInput where there is no directory facts."""
    found = present_paths()
    if "facts" not in found:
        problem = Problem("E-NOTHING", "expected paths of fact files, or a directory named facts here", "rehabfacts check PATHS")
        raise InvalidInput((problem,))
    return found


def present_paths() -> tuple[str, ...]:
    """Which of the directories facts and rules are here."""
    from rehabfacts.settings import USUAL_PATHS  # noqa: PLC0415

    return tuple(name for name in USUAL_PATHS if os.path.isdir(name))
