"""The examples of rules, judged: each must come out with the verdict that it is written with."""

from collections.abc import Iterator, Sequence

import attrs

from rehabfacts.checker.checking import check_dataset
from rehabfacts.checker.judging.judging import Outcome
from rehabfacts.checker.reports import Report
from rehabfacts.errors import Problem
from rehabfacts.loading.examples import Example, read_examples
from rehabfacts.origins import Origin
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Schema

_GRAVEST_FIRST = (
    (Outcome.NOT_EVALUATED, "not evaluated"),
    (Outcome.VIOLATED, "violated"),
    (Outcome.UNDETERMINED, "undetermined"),
    (Outcome.OPEN, "undetermined"),
    (Outcome.UNDATED, "undetermined"),
    (Outcome.SATISFIED, "satisfied"),
)
_DISPUTED, _NOT_BOUND = "disputed", "no instance"


@attrs.frozen
class ExampleResult:
    """What became of one example of a rule. `origin` is its place.

    `expected` is the verdict as written (empty where it cannot be read). `found` is the gravest verdict among the
    rule's instances; `disputed` where the facts contradict each other, `no instance` where the rule speaks of none of
    them, empty where `problems` kept the example from being judged.
    """

    rule: str
    origin: Origin
    expected: str
    found: str
    problems: tuple[Problem, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether it was judged and came out as written."""
        return self.found == self.expected != "" and all(problem.is_warning for problem in self.problems)

    def __str__(self) -> str:
        where = f"{self.origin.path}:{self.origin.line}:{self.origin.column}"
        wrong = (
            [f"expected {self.expected}, found {self.found}"] if self.found not in {"", self.expected} else []
        )
        told = [*wrong, *(str(problem) for problem in self.problems)]
        return f"{where}: example of {self.rule}: {'; '.join(told) or self.found}"


def run_examples(
    rules: Sequence[Rule], schema: Schema, *, given: Sequence[Rule] | None = None
) -> tuple[ExampleResult, ...]:
    """Judge every example of the rules, in their order: each under its own rule and what is given.

    `given` are rules that say what facts mean; without it, the define and assume rules among `rules`.
    """
    meant = tuple(rule for rule in (rules if given is None else given) if rule.mode.is_given)
    return tuple(result for rule in rules for result in _results(rule, meant, schema))


def _results(rule: Rule, given: tuple[Rule, ...], schema: Schema) -> Iterator[ExampleResult]:
    for example in read_examples(rule.examples or None, rule.origin.path, schema):
        problems = example.problems
        found = ""
        if rule.mode.is_given:
            problems = (*problems, _verdictless(rule, example))
        elif example.dataset is not None:
            report = check_dataset(example.dataset, (*given, rule))
            found = _gravest(report, rule)
            problems = (*problems, *report.problems, *_rejected(report, example))
        yield ExampleResult(rule.id, example.origin, example.verdict, found, problems)


def _gravest(report: Report, rule: Rule) -> str:
    if report.main.judging.disputed:
        return _DISPUTED
    outcomes = {outcome for instance, outcome in report.outcomes.items() if instance.rule.id == rule.id}
    return next((verdict for outcome, verdict in _GRAVEST_FIRST if outcome in outcomes), _NOT_BOUND)


def _verdictless(rule: Rule, example: Example) -> Problem:
    cause = f"expected examples of rules that demand something, {rule.id} has the mode {rule.mode.value} and gives no verdict"
    return Problem("E-EXAMPLE", cause, "", example.origin.path, example.origin.line, example.origin.column)


def _rejected(report: Report, example: Example) -> Iterator[Problem]:
    """Tell what the verifier does not accept: a bug of this package, and no reason to trust the verdict."""
    at = example.origin
    return (Problem("E-BUG", complaint, "", at.path, at.line, at.column) for complaint in report.complaints)
