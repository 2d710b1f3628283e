"""One fact, entity, rule or violation explained at length."""

from collections.abc import Iterator

import attrs

from rehabfacts.checker.readings.readings import SOME_READING_HOLDS
from rehabfacts.checker.reports import Report
from rehabfacts.checker.stories import sentence, tell
from rehabfacts.checker.violations import Violation
from rehabfacts.engines.groundings import Instance
from rehabfacts.errors import NoSuchThing, nearest
from rehabfacts.reports.attributions import iter_corroboration, standing, world_with
from rehabfacts.reports.bounds import write_bounds
from rehabfacts.reports.quotations import Passage, iter_quotation
from rehabfacts.reports.repairs import iter_all_repairs
from rehabfacts.reports.text import escaped
from rehabfacts.rules.rules import Rule


def explain(report: Report, thing: str, *, color: bool = False) -> str:
    """What is known of a thing, the passages quoted marked or in colour. Raises NoSuchThing, with the nearest name."""
    bound = (instance.rule for instance in report.main.grounding.instances)
    rules = {rule.id: rule for rule in (*bound, *report.rules, *(counts.rule for counts in report.counts))}
    violations = {each.id: each for each in report.violations}
    lines: list[str | Passage]
    if thing in violations:
        lines = [*_violation(report, violations[thing]), *_falls(report, violations[thing])]
    elif (world := world_with(report, thing)) is not None:
        lines = list(_fact(attrs.evolve(report, main=world), thing))
    elif thing in report.dataset.entities:
        lines = list(_entity(report, thing))
    elif thing in rules:
        lines = list(_rule(report, rules[thing]))
    else:
        known = (*report.dataset.records, *rules, *violations)
        chosen = report.selection
        hint = f"it is left out: {chosen.says}" if chosen and thing in chosen.left_out else nearest(thing, known)
        raise NoSuchThing("fact, entity, rule or violation", thing, hint)
    return "\n".join(line for each in lines for line in ((each.line(color=color),) if isinstance(each, Passage) else escaped(each))) + "\n"


def _violation(report: Report, violation: Violation) -> Iterator[str | Passage]:
    story = tell(violation)
    yield f"{violation.rule_id} ({violation.severity}): {story.says}"
    if violation.rule is not None:
        yield f"  Why: {violation.rule.why}"
        yield f"  Demands: {violation.rule.formula}"
    if violation.conflict.facts:
        yield "These cannot all hold; without any one of them the rest can:"
    for member in story.members:
        yield f"  {member.says}"
        yield f"    {member.id}, {member.origin}"
        yield f"    \u201c{member.quote}\u201d" if member.quote else "    (no quote)"
        yield from iter_quotation(report, member.id, "    ")
    for instance in violation.conflict.instances:
        yield f"  {instance.rule.mode.value} {instance.rule.id}: {instance.rule.formula}  ({', '.join(instance.binding)})"
    yield from (f"  {text}" for text in (story.note, story.clash, story.doubt) if text)
    repairs = list(iter_all_repairs(violation.repairs))
    if repairs:
        yield "What would end it, each alone:"
        yield from (f"  {line}" for line in repairs)
    yield from (f"  Way out: the reading {text} is possible." for text in violation.way_out)


def _falls(report: Report, violation: Violation) -> Iterator[str]:
    """Where no way to read passages holds: by what each falls."""
    headline = violation.conflict.headline
    fall = report.falls.get(headline.binding) if headline is not None and headline.rule.id == SOME_READING_HOLDS.id else None
    if fall is not None:
        from rehabfacts.reports.readings import iter_falls  # noqa: PLC0415  # only where a passage can be read in several ways

        yield from (f"  {line}" for line in iter_falls(fall))


def _fact(report: Report, name: str) -> Iterator[str | Passage]:
    fact = report.dataset.facts[name]
    yield f"{type(fact).__name__} {name}: {sentence(report.dataset, fact)}"
    yield f"  at {fact.origin}, status {standing(report, fact)}" + (f", according to {fact.according_to}" if fact.according_to else "")
    yield from _quote(report, name)
    yield from (f"  {label}: {text}" for label, text in (("cites", fact.cites), ("inferred", fact.inferred), ("note", fact.note)) if text)
    yield from ("  " + line for line in write_bounds(report, name).splitlines())
    yield from ("  " + line for line in iter_corroboration(report, name))
    yield from _instances(report, name)


def _quote(report: Report, name: str) -> Iterator[str | Passage]:
    fact = report.dataset.facts[name]
    yield "  (no quote)" if fact.quote is None else f"  \u201c{fact.quote}\u201d"
    yield from iter_quotation(report, name)


def _instances(report: Report, name: str) -> Iterator[str]:
    found = [(instance, outcome) for instance, outcome in report.outcomes.items() if name in instance.facts]
    yield f"  {len(found)} demands speak of it:"
    yield from (f"    {outcome.value}  {instance.rule.id}{_part(instance, name)}" for instance, outcome in found)
    for violation in report.violations:
        if name in violation.conflict.facts:
            yield f"  member of the conflict {violation.id}: {violation.rule_id}"


def _part(instance: Instance, name: str) -> str:
    """Which field of the fact a demand on its provenance is about, and under which reading."""
    field, *reading = instance.binding
    return f" ({', '.join((field.removeprefix(f'{name}.'), *reading))})" if field.startswith(f"{name}.") else ""


def _entity(report: Report, name: str) -> Iterator[str]:
    entity = report.dataset.entities[name]
    yield f"{type(entity).__name__} {name}: {entity.name or '(no name)'}"
    yield f"  at {entity.origin}"
    for fact in report.dataset.facts.values():
        fields = report.dataset.type_of(fact).fields.values()
        if any(field.target and getattr(fact, field.name) == name for field in fields):
            yield f"  {fact.id}: {sentence(report.dataset, fact)}  {fact.origin}"
    yield from ("  " + line for line in write_bounds(report, name).splitlines())


def _rule(report: Report, rule: Rule) -> Iterator[str]:
    yield f"{rule.id} ({rule.mode.value}, {rule.severity}, pack {rule.pack or 'none'}): {rule.sentence}"
    yield f"  Why: {rule.why}"
    yield f"  for {', '.join(f'{name}: {kind}' for name, kind in rule.plan.scans)}"
    if rule.plan.over is not None:
        yield f"  over {', '.join(f'{name}: {kind}' for name, kind in rule.plan.over.scans)}"
    yield f"  {rule.mode.value}: {rule.formula}"
    yield from (f"  parameter {name} = {value if isinstance(value, str) else ', '.join(value)}" for name, value in rule.parameters.items())
    if str(rule.origin):
        yield f"  at {rule.origin}"
    for instance, outcome in report.outcomes.items():
        if instance.rule is rule or instance.rule.id == rule.id:
            yield f"  {outcome.value}  {', '.join(instance.binding)}"
    if rule.mode.is_given:
        for instance in report.main.grounding.instances:
            if instance.rule.id == rule.id:
                yield f"  applied to {', '.join(instance.binding)}"
