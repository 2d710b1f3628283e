"""What a violated rule says: its sentence about what it is bound to, and the parameters under which it says so."""

from rehabfacts.checker.judging.conflicts import Conflict
from rehabfacts.checker.violations import Violation
from rehabfacts.rules.messages import fill
from rehabfacts.rules.plans import Route
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Names


def said(violation: Violation, rule: Rule) -> str:
    """What the rule says, of what it is bound to."""
    headline, dataset = violation.conflict.headline, violation.world.dataset
    if "{" not in rule.sentence or headline is None:
        return rule.sentence
    bound = {name: identifier for (name, _), identifier in zip(rule.plan.scans, headline.binding, strict=False)}

    def read(route: Route) -> str:
        record = dataset.records.get(bound.get(route.variable, ""))
        for role in route.roles:
            record = None if record is None else dataset.records.get(getattr(record, role) or "")
        value = None if record is None else getattr(record, route.leaf or "id")
        if isinstance(value, Names):
            return value.get(rule.language) or str(value)
        return "(not stated)" if value is None else str(getattr(value, "shown", value))

    return fill(rule, dataset.schema, read)


def parameters_of(conflict: Conflict) -> tuple[str, ...]:
    """The parameters of the rules that have a part in a conflict, as they are set: `minimum_age = 18`."""
    rules = dict.fromkeys(each.rule for each in conflict.instances if each.rule.parameters)
    told = (f"{name} = {value if isinstance(value, str) else ', '.join(value)}" for rule in rules for name, value in rule.parameters.items())
    return tuple(dict.fromkeys(told))
