"""Which demands a run judges: all, or those that settings select, without those that they ignore."""

from collections.abc import Sequence

import attrs

from rehabfacts.checker.attributions.events import EVENTS_AGREE
from rehabfacts.checker.provenance.provenance import SWITCHABLE
from rehabfacts.errors import InvalidInput, Problem, nearest
from rehabfacts.rules.rules import Rule
from rehabfacts.settings import Settings


def resolved(rules: Sequence[Rule], settings: Settings) -> Settings:
    """The settings with what is not selected, or ignored, as rules that are switched off.

    A pattern is the name of a pack, or the id of a demand, in which `*` stands for anything. Definitions and conventions
    stay in force. Raises InvalidInput for a pattern that fits nothing.
    """
    if not (settings.select or settings.ignore):
        return settings
    demands = [rule for rule in (*rules, *SWITCHABLE, EVENTS_AGREE) if not rule.mode.is_given]
    names = {name for rule in demands for name in (rule.id, rule.pack) if name}
    problems = [
        Problem("E-CONFIG", f"{pattern!r} is no pack and fits the id of no demand", nearest(pattern, names), settings.origin)
        for pattern in (*settings.select, *settings.ignore) if not any(_fits(pattern, rule) for rule in demands)
    ]  # fmt: skip
    if problems:
        raise InvalidInput(tuple(problems))
    off = (rule.id for rule in demands if not _is_judged(rule, settings))
    return attrs.evolve(settings, without=tuple(dict.fromkeys((*settings.without, *off))), select=(), ignore=())


def _is_judged(rule: Rule, settings: Settings) -> bool:
    is_selected = not settings.select or any(_fits(pattern, rule) for pattern in settings.select)
    return is_selected and not any(_fits(pattern, rule) for pattern in settings.ignore)


def _fits(pattern: str, rule: Rule) -> bool:
    from fnmatch import fnmatchcase  # noqa: PLC0415  # only where there is something to fit

    return pattern == rule.pack or fnmatchcase(rule.id, pattern)
