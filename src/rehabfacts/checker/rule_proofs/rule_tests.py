"""Rules tested: every example of theirs judged, and their flaws proven."""

from collections.abc import Sequence

import attrs

from rehabfacts.checker.rule_proofs.examples import ExampleResult, run_examples
from rehabfacts.checker.rule_proofs.flaws import Flaws, find_flaws
from rehabfacts.errors import Problem
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Schema


@attrs.frozen
class RulesTest:
    """What became of the examples of rules, and what is wrong with them whatever the facts are. `problems` are those of reading them."""

    rules: tuple[Rule, ...]
    results: tuple[ExampleResult, ...]
    flaws: Flaws
    problems: tuple[Problem, ...] = ()

    @property
    def without_examples(self) -> tuple[Rule, ...]:
        """The demands that no example shows."""
        shown = {result.rule for result in self.results}
        return tuple(rule for rule in self.rules if not rule.mode.is_given and rule.id not in shown)

    @property
    def exit_status(self) -> int:
        """2 or 3 for files that could not be read, 1 for an example that does not come out as written or a flaw, else 0."""
        errors = [problem for problem in self.problems if not problem.is_warning]
        if errors:
            return 3 if all(problem.code == "E-READ" for problem in errors) else 2
        return int(bool(self.flaws.found) or not all(result.passes for result in self.results))


def prove_rules(rules: Sequence[Rule], schema: Schema, problems: Sequence[Problem] = ()) -> RulesTest:
    """Judges every example of the rules under what is given among them, and looks for flaws."""
    return RulesTest(tuple(rules), run_examples(rules, schema), find_flaws(rules, schema), tuple(problems))
