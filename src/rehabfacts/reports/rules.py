"""Rules told: as a list, one at length, and what became of their examples."""

from collections.abc import Iterator, Sequence

from rehabfacts.checker.rule_proofs.flaws import Flaw
from rehabfacts.checker.rule_proofs.rule_tests import RulesTest
from rehabfacts.errors import NoSuchThing, nearest, shown
from rehabfacts.reports.text import escaped
from rehabfacts.rules.plans import (
    Among,
    AnyOf,
    Ascending,
    AtMost,
    Atom,
    Constant,
    Every,
    Like,
    Plan,
    Point,
    Portion,
    Same,
    Stated,
    Sum,
    Test,
    Thing,
)
from rehabfacts.rules.rules import Rule

_NO_LIMIT = 1 << 30


def write_rules(rules: Sequence[Rule]) -> str:
    """A line for each rule: id, pack, mode, severity and what it says."""
    rows = [_row(rule) for rule in rules]
    widths = [max((len(row[at]) for row in rows), default=0) for at in range(4)]
    lines = ("  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1])) for row in rows)
    return _text(lines)


def write_rules_tsv(rules: Sequence[Rule]) -> str:
    """The same as lines of columns."""
    return "".join("\t".join(shown(cell, _NO_LIMIT) for cell in _row(rule)) + "\n" for rule in rules)


def _row(rule: Rule) -> tuple[str, ...]:
    return rule.id, rule.pack, rule.mode.value, "" if rule.mode.is_given else str(rule.severity), rule.sentence


def write_rule(rules: Sequence[Rule], name: str) -> str:
    """One rule: as it is written, examples included, and what it comes to. Raises NoSuchThing."""
    rule = next((each for each in rules if each.id == name), None)
    if rule is None:
        raise NoSuchThing("rule", name, nearest(name, [each.id for each in rules]))
    severity = () if rule.mode.is_given else (str(rule.severity), f"rank {rule.rank}")
    heading = ", ".join((rule.mode.value, *severity, *((f"pack {rule.pack}",) if rule.pack else ())))
    return _text((f"{rule.id}  ({heading})  {rule.origin}", *(f"  {line}" for line in (*_written(rule), *_expansion(rule), *_meaning(rule.plan)))))


def _written(rule: Rule) -> Iterator[str]:
    """The lines of a rule in its file, up to those that stand further to the left."""
    try:
        with open(rule.origin.path, encoding="utf-8") as file:  # noqa: PTH123  # pathlib takes 3 ms
            lines = file.read().splitlines()[rule.origin.line - 1 :]
    except OSError:
        yield f"{rule.mode.value}: {rule.formula}"
        return
    column = rule.origin.column - 1
    for at, line in enumerate(lines):
        if at and line.strip() and len(line) - len(line.lstrip()) < column:
            return
        if line.strip():
            yield line[column:]


def _expansion(rule: Rule) -> Iterator[str]:
    """What the template of a rule is written out to."""
    if rule.wording is not None and rule.wording.template:
        yield "Written out:"
        yield from (f"  {line}" for line in rule.wording.lines())


def _meaning(plan: Plan) -> Iterator[str]:
    """The variables of a rule, and the inequalities of which a group must hold."""
    if not plan.branches:
        return
    where = f", where {' and '.join(map(_test, plan.tests))}" if plan.tests else ""
    yield f"Comes to, for {', '.join(f'{name}: {kind}' for name, kind in plan.scans)}{where}:"
    for at, branch in enumerate(plan.branches):
        yield f"  {'or ' if at else ''}{' and '.join(map(_atom, branch))}"


def _atom(atom: Atom) -> str:
    match atom:
        case AtMost(low, high, days, months, is_inverse):
            shift = f" {'+' if months > 0 else '-'} {abs(months)} months" if months else ""
            step = f" {'+' if days > 0 else '-'} {abs(days)}" if days else ""
            if is_inverse:
                return f"{_thing(low)} <= {_thing(high)}{shift}{step}"
            return f"{_thing(low)} < {_thing(high)}" if days == 1 and not months else f"{_thing(low)}{shift}{step} <= {_thing(high)}"
        case Sum(terms, most):
            return f"{' + '.join(_times(times, thing) for times, thing in terms)} <= {most:,}".replace("+ -", "- ")
        case Among(inequality, is_every):
            return f"{'every' if is_every else 'some'} one with {_atom(inequality)}"
    return _test(atom)


def _test(test: Test) -> str:
    match test:
        case Same(left, right, is_negated, or_neither):
            relation = "same as" if or_neither else "!=" if is_negated else "="
            return f"{left} {relation} {right if not isinstance(right, str) else repr(right)}"
        case Stated(route, end, is_negated):
            return f"{route}{'.' + end if end else ''} is {'unknown' if is_negated else 'known'}"
        case Like(route, relation, text, is_negated):
            return f"{'not ' if is_negated else ''}{route} {relation} {text!r}"
        case Ascending(left, right):
            return f"{left} < {right}"
        case AnyOf(groups):
            return f"({' or '.join(' and '.join(map(_test, group)) for group in groups)})"


def _times(times: int, thing: Thing) -> str:
    return _thing(thing) if times == 1 else f"-{_thing(thing)}" if times == -1 else f"{times:,} * {_thing(thing)}"


def _thing(thing: Thing) -> str:
    match thing:
        case Point(route, name):
            return ".".join((route.variable, *route.roles, name))
        case Constant(text):
            return text
        case Every(of, variable):
            return f"sum {_thing(of.points[0][1])}" if of.points else f"count {variable}"
        case Portion(percentage, of):
            return f"millionths of {percentage} of {_thing(of.points[0][1])}"


def write_rules_test(test: RulesTest) -> str:
    """The examples that do not come out as written, the flaws with their reasons, and what could not be asked."""
    failed = [result for result in test.results if not result.passes]
    counts = f"{_counted(len(test.rules), 'rule')}, {_counted(len(test.results), 'example')}: {len(test.results) - len(failed)} passed, {len(failed)} failed"
    lines = [
        *(f"FAILED  {result}" for result in failed),
        *(line for flaw in test.flaws.found for line in _flaw(flaw)),
        *(f"no example  {rule.id}" for rule in test.without_examples),
        *(f"not asked for flaws  {name}: {why}" for name, why in test.flaws.not_asked.items()),
        f"{counts}; {_counted(len(test.flaws.found), 'flaw')}.",
    ]
    return _text(lines)


def _flaw(flaw: Flaw) -> Iterator[str]:
    beside = f": {', '.join(each.id for each in flaw.others)}" if flaw.others else ""
    yield f"FLAW  {flaw.rule.id}  {flaw.kind.value}{beside}  {flaw.rule.origin}"
    yield from (f"  {step}" for step in flaw.reason)


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _text(lines: Iterator[str] | Sequence[str]) -> str:
    return "\n".join(line for text in lines for line in escaped(text)) + "\n"
