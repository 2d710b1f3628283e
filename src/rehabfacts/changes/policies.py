"""What a change did to the policy: the rules and the settings by which a dataset is judged."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from rehabfacts.rules.rules import Rule
from rehabfacts.settings import Settings

_NO_POLICY = frozenset({"origin", "paths", "waivers"})


def policy_changes(
    before: Sequence[Rule], after: Sequence[Rule], settings_before: Settings, settings_after: Settings
) -> tuple[str, ...]:
    """A sentence for each rule that is new, gone or judges otherwise than it did, and for each setting that differs."""
    old, new = ({rule.id: rule for rule in rules} for rules in (before, after))
    sentences = [told for name in sorted({*old, *new}) if (told := _rule(name, old, new))]
    for field in attrs.fields(Settings):
        one, two = getattr(settings_before, field.name), getattr(settings_after, field.name)
        if field.name not in _NO_POLICY and one != two:
            sentences.append(f"setting {field.name} was {_told(one)}, is {_told(two)}")
    return tuple(sentences)


def _rule(name: str, old: Mapping[str, Rule], new: Mapping[str, Rule]) -> str:
    if name not in new:
        return f"rule {name} was removed"
    if name not in old:
        return f"rule {name} was added"
    one, two = old[name], new[name]
    parts = [f"severity {one.severity} became {two.severity}"] if one.severity is not two.severity else []
    parts += ["what it binds or demands"] if one.mode is not two.mode or _plan(one) != _plan(two) else []
    parts += ["rank"] if one.rank != two.rank else []
    return f"rule {name} was changed: {', '.join(parts)}" if parts else ""


def _plan(rule: Rule) -> Any:
    return attrs.asdict(rule.plan)  # type: ignore[arg-type]  # a plain class is an attrs class


def _told(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {each}" for key, each in sorted(value.items())) or "nothing"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "nothing"
    return "the default" if value is None else str(value)
