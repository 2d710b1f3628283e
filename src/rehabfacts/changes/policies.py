"""What a change did to the policy: the rules, types and settings by which a dataset is judged, and the waivers of what they find."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from rehabfacts.changes.waivers import waiver_changes
from rehabfacts.loading.waivers import Waiver
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import RecordType, Schema
from rehabfacts.settings import Settings

_NO_POLICY = frozenset({"language", "origin", "waivers"})


@attrs.frozen
class Policy:
    """By what a dataset is judged."""

    rules: Sequence[Rule]
    settings: Settings
    schema: Schema
    waivers: tuple[Waiver, ...] = ()

    def judges_as(self, other: "Policy") -> bool:
        """Whether both find the same wrong, whatever they accept."""
        changes = (*_rule_changes(self.rules, other.rules), *_setting_changes(self.settings, other.settings), *type_changes(self.schema, other.schema))
        return not changes


def policy_changes(before: Policy, after: Policy) -> tuple[str, ...]:
    """A sentence for each rule and type that is new, gone or another one than it was, for each setting that differs, and each waiver that is new."""
    rules, settings = _rule_changes(before.rules, after.rules), _setting_changes(before.settings, after.settings)
    return (*rules, *settings, *type_changes(before.schema, after.schema), *waiver_changes(before.waivers, after.waivers))


def type_changes(before: Schema, after: Schema) -> tuple[str, ...]:
    """A sentence for each type that is new, gone or of another form."""
    if before is after:
        return ()
    old, new = before.types, after.types
    words = {(True, False): "removed", (False, True): "added", (True, True): "changed"}
    return tuple(
        f"type {name} was {words[name in old, name in new]}" for name in sorted({*old, *new})
        if name not in old or name not in new or _form(old[name]) != _form(new[name])
    )  # fmt: skip


def _form(kind: RecordType) -> tuple[object, ...]:
    return kind.is_fact, dict(kind.fields), dict(kind.timelines), kind.lineage, kind.identified_by, kind.same, kind.hierarchy


def _setting_changes(before: Settings, after: Settings) -> Iterator[str]:
    for field in attrs.fields(Settings):
        one, two = getattr(before, field.name), getattr(after, field.name)
        if field.name not in _NO_POLICY and one != two:
            yield f"setting {field.name} was {_told(one)}, is {_told(two)}"


def _rule_changes(before: Sequence[Rule], after: Sequence[Rule]) -> Iterator[str]:
    old, new = ({rule.id: rule for rule in rules} for rules in (before, after))
    yield from filter(None, (_rule(name, old, new) for name in sorted({*old, *new})))


def _rule(name: str, old: Mapping[str, Rule], new: Mapping[str, Rule]) -> str:
    if name not in new:
        return f"rule {name} was removed"
    if name not in old:
        return f"rule {name} was added"
    one, two = old[name], new[name]
    if one is two:
        return ""
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
