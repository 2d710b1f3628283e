"""Checking in one call: paths in, report out."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from rehabfacts import builtin
from rehabfacts.checker.checking import check_dataset, quiet
from rehabfacts.checker.choosing import in_force
from rehabfacts.checker.reports import Report
from rehabfacts.errors import InvalidInput, Problem
from rehabfacts.loading.loader import Loaded, load
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Schema
from rehabfacts.settings import Settings
from rehabfacts.vocabulary import INSTITUTIONS

if TYPE_CHECKING:
    from rehabfacts.changes.anchoring import Anchoring
    from rehabfacts.changes.classes import Change
    from rehabfacts.changes.comparing import Ways
    from rehabfacts.changes.differences import Difference
    from rehabfacts.changes.policies import Policy
    from rehabfacts.changes.sensitivity import Sensitivity
    from rehabfacts.changes.suppositions import Supposition
    from rehabfacts.checker.agreeing import Agreeing
    from rehabfacts.checker.provenance.coverage import Covering


def check(
    *paths: str | os.PathLike[str], rules: Sequence[Rule] | None = None, schema: Schema = INSTITUTIONS, settings: Settings | None = None,
    progress: Callable[[str], None] = quiet,
) -> Report:  # fmt: skip
    """Checks the facts under the paths.

    The rules are those given, or those in rule files under the paths and in the packs that the settings name; where
    there are none of these, the shipped packs. Without paths the settings' own are taken. Mistakes in the files do not
    raise: they are `report.problems`, and what is healthy is checked. Raises InvalidInput for settings that name rules
    that are not there, NoSuchThing for packs that are not. `progress` hears what is being done.

    >>> report = check(builtin.path("facts"))
    >>> report.exit_status, [violation for violation in report if report.fails(violation)]
    (0, [])
    """
    settings = settings or Settings()
    progress("reading files")
    return _judged(_inputs(paths, rules, schema, settings), settings, progress)


def whatif(
    *paths: str | os.PathLike[str], suppositions: "Sequence[Supposition]", schema: Schema = INSTITUTIONS, settings: Settings | None = None,
    progress: Callable[[str], None] = quiet,
) -> "tuple[Difference, Report]":  # fmt: skip
    """What would change if facts were left out or set otherwise: the difference, and the report as it would be.

    Paths, rules and settings as for `check`. Quotes are not asked for what is supposed. Raises NoSuchThing for facts and
    fields that are not there, InvalidInput for values that do not fit.
    """
    from rehabfacts.changes.differences import compare  # noqa: PLC0415  # what a plain check need not load
    from rehabfacts.changes.suppositions import suppose  # noqa: PLC0415

    settings = settings or Settings()
    progress("reading files")
    inputs = _inputs(paths, None, schema, settings)
    before, after = (
        _judged(attrs.evolve(inputs, dataset=dataset), settings, progress)
        for dataset in (inputs.dataset, suppose(inputs.dataset, suppositions))
    )
    return compare(before, after, supposed=frozenset(f"{each.fact}.{each.field}" for each in suppositions)), after


def sensitivity(
    *paths: str | os.PathLike[str], schema: Schema = INSTITUTIONS, settings: Settings | None = None, others: int | None = None,
    progress: Callable[[str], None] = quiet,
) -> "Sensitivity":  # fmt: skip
    """Which facts could say something a little else without any rule noticing: mutation testing for data.

    Paths, rules and settings as for `check`; each reference is turned to so many `others`. Raises InvalidInput as it does.
    """
    from rehabfacts.changes.mutations import OTHERS  # noqa: PLC0415  # what a plain check need not load
    from rehabfacts.changes.sensitivity import measure_sensitivity  # noqa: PLC0415

    report = check(*paths, schema=schema, settings=settings, progress=progress)
    return measure_sensitivity(report, others=OTHERS if others is None else others, progress=progress)


def schema_of(*paths: str | os.PathLike[str], schema: Schema = INSTITUTIONS, settings: Settings | None = None) -> Schema:
    """The types of a project: those of `schema`, and those that schema files under the paths declare. Raises InvalidInput."""
    settings = settings or Settings()
    loaded = _loaded(paths, schema, settings)
    if not loaded.is_complete:
        raise InvalidInput(loaded.problems)
    return loaded.dataset.schema


def rules_of(*paths: str | os.PathLike[str], schema: Schema = INSTITUTIONS, settings: Settings | None = None) -> Loaded:
    """The rules that a check of the paths would use, as the settings leave them. Raises InvalidInput as it does."""
    settings = settings or Settings()
    loaded = _loaded(paths, schema, settings)
    return attrs.evolve(loaded, rules=in_force(_rules(loaded, settings), settings, loaded.dataset.schema))


def coverage(*paths: str | os.PathLike[str], schema: Schema = INSTITUTIONS, settings: Settings | None = None) -> "Covering":
    """How much of each source the facts under the paths speak for. Mistakes in the files are `problems` of what comes back."""
    from rehabfacts.checker.provenance.coverage import measure_coverage  # noqa: PLC0415  # what a plain check need not load

    settings = settings or Settings()
    loaded = _loaded(paths, schema, settings)
    nothing = Problem("E-NOTHING", "expected a source with a text, found none", "name the text of a source in its fact file")
    return measure_coverage(loaded.dataset, (*loaded.problems, *(() if loaded.dataset.sources else (nothing,))))


def maximal_sets(
    *paths: str | os.PathLike[str], schema: Schema = INSTITUTIONS, settings: Settings | None = None, most: int | None = None
) -> "Agreeing":
    """Which sources can all be right, and which speakers where facts are said from somebody.

    Paths, rules and settings as for `check`; `most` limits how many sets are looked at. Raises InvalidInput as it does,
    and where a speaker has the id of a source.
    """
    from rehabfacts.checker.agreeing import find_agreeing  # noqa: PLC0415  # what a plain check need not load
    from rehabfacts.checker.maximal_sets import MOST_SETS  # noqa: PLC0415
    from rehabfacts.checker.switching import resolved  # noqa: PLC0415

    settings = settings or Settings()
    inputs = _inputs(paths, None, schema, settings)
    settings = resolved(inputs.rules, settings)
    rules = in_force(inputs.rules, settings, schema)
    return find_agreeing(inputs.dataset, rules, settings, most=most or MOST_SETS, problems=inputs.problems)


def anchor(
    *paths: str | os.PathLike[str], schema: Schema = INSTITUTIONS, settings: Settings | None = None, since: Mapping[str, Any] | None = None
) -> "Anchoring":
    """What became of each quote of the sources whose texts have changed; nothing is written.

    Paths and settings as for `check`; `since` is an earlier JSON report, which tells from where quotes moved.
    """
    from rehabfacts.changes.anchoring import anchor_again  # noqa: PLC0415  # what a plain check need not load

    settings = settings or Settings()
    return anchor_again((*settings.schemas, *(paths or settings.paths)), schema, settings, since=since)


def diff(
    *paths: str | os.PathLike[str], base: str, head: str | None = None, policy_from: str | None = None, schema: Schema = INSTITUTIONS,
    adjust: "Callable[[Settings], Settings]" = lambda found: found, progress: Callable[[str], None] = quiet,
) -> "Change":  # fmt: skip
    """What a change does: the dataset as it stood where both sides come from, as it stands, and as a merge would have it.

    `base` and `head` are revisions of the git repository around the working directory; without `head` the files as they
    lie there are judged. Each side is judged by its own rules and settings (which `adjust` may change), or all by those
    of one revision, `policy_from`. While a revision is read, the working directory of the process is elsewhere: not for
    several threads. Raises InvalidInput (E-GIT) for what git does not know.
    """
    from rehabfacts.changes.comparing import judge_change  # noqa: PLC0415  # what a plain check need not load
    from rehabfacts.changes.repositories import around  # noqa: PLC0415

    with around() as repository:
        return judge_change(repository, base, head, _ways(paths, schema, adjust, progress), policy_from=policy_from)


def check_under(
    revision: str, *paths: str | os.PathLike[str], allow_policy: bool = False, schema: Schema = INSTITUTIONS,
    adjust: "Callable[[Settings], Settings]" = lambda found: found, progress: Callable[[str], None] = quiet,
) -> Report:  # fmt: skip
    """Checks the files as they lie by the rules and settings of a git revision.

    What they alter in these is said, and fails the run unless it is allowed.

    Raises InvalidInput (E-GIT) for what git does not know.
    """
    from rehabfacts.changes.comparing import judge_under  # noqa: PLC0415  # what a plain check need not load
    from rehabfacts.changes.repositories import around  # noqa: PLC0415

    with around() as repository:
        return judge_under(repository, revision, _ways(paths, schema, adjust, progress), allow_policy=allow_policy)


def _ways(
    paths: Sequence[str | os.PathLike[str]], schema: Schema, adjust: "Callable[[Settings], Settings]", progress: Callable[[str], None]
) -> "Ways":
    from rehabfacts.changes.comparing import Ways  # noqa: PLC0415  # what a plain check need not load

    def read(there: tuple[str, ...], settings: Settings, policy: "Policy | None") -> Loaded:
        progress("reading files")
        return _inputs(there, None if policy is None else policy.rules, schema, settings)

    def judge(inputs: Loaded, settings: Settings) -> Report:
        return _judged(inputs, settings, progress)

    return Ways(tuple(os.path.relpath(path) for path in paths), read, judge, adjust)


def _judged(inputs: Loaded, settings: Settings, progress: Callable[[str], None] = quiet) -> Report:
    """The report, with what is waived accepted."""
    report = check_dataset(inputs.dataset, inputs.rules, settings, problems=inputs.problems, digests=inputs.digests, progress=progress)
    if not inputs.waivers:
        return report
    from rehabfacts.changes.waivers import apply_waivers  # noqa: PLC0415  # what a plain check need not load

    return apply_waivers(report, inputs.waivers)


def _inputs(
    paths: tuple[str | os.PathLike[str], ...], rules: Sequence[Rule] | None, schema: Schema, settings: Settings
) -> Loaded:
    """What the paths hold with the rules in force; nothing to check is a problem too."""
    loaded = _loaded(paths, schema, settings)
    chosen = tuple(rules) if rules is not None else _rules(loaded, settings)
    problems = list(loaded.problems)
    if not (loaded.dataset.facts or loaded.dataset.ambiguities):
        problems.append(Problem("E-NOTHING", "expected facts, found none", "name a file or directory that holds fact files"))
    if not any(not rule.mode.is_given for rule in chosen):
        problems.append(Problem("E-NOTHING", "expected rules that demand something, found none", "name a rule file or a pack"))
    return attrs.evolve(loaded, rules=chosen, problems=tuple(problems))


def _loaded(paths: tuple[str | os.PathLike[str], ...], schema: Schema, settings: Settings) -> Loaded:
    """What the paths hold, or else those of the settings, with the types that the settings name."""
    return load((*settings.schemas, *(paths or settings.paths), *settings.waivers), schema, calendar=settings.calendar, limits=settings.limits)


def _rules(loaded: Loaded, settings: Settings) -> tuple[Rule, ...]:
    """The rules found and those of the packs named; where none of either are there, every pack that speaks of these types."""
    own, schema = loaded.rules, loaded.dataset.schema
    if settings.packs is None and (own or not schema.types.keys() >= INSTITUTIONS.types.keys()):
        return own
    if settings.packs is not None and not settings.packs:
        return own
    shipped = builtin.rules(*(settings.packs or ()), schema=schema)
    known = {rule.id for rule in own}
    return (*own, *(rule for rule in shipped if rule.id not in known))
