"""Trials: rules bound to symbolic records, and the solver asked whether demands can hold, or not hold, together there."""

import re
from collections.abc import Iterable, Iterator, Sequence

from rehabfacts.calendars import iso
from rehabfacts.checker.attributions.events import tie_events
from rehabfacts.checker.rule_proofs.symbols import Symbols
from rehabfacts.checker.worlds import matching
from rehabfacts.engines.groundings import Grounding, Instance
from rehabfacts.engines.memory import ground
from rehabfacts.network.contradictions import Chain, Clause, Proof, leaves, numbers_of
from rehabfacts.network.inequalities import ZERO, Row, negated
from rehabfacts.network.solutions import Dating, solve
from rehabfacts.network.totals import negated_total
from rehabfacts.rules.rules import Rule

_SYMBOL = re.compile(r"symbol-\d{3}")


class Trial:
    """Rules on the records of `symbols`; those that are given hold there."""

    def __init__(self, symbols: Symbols, rules: Sequence[Rule]) -> None:
        self._symbols = symbols
        self._grounding: Grounding = ground(symbols.dataset, matching(rules, symbols.dataset))
        tie_events(self._grounding)
        self._given = [
            ((number,),) for number, owner in enumerate(self._grounding.owners)
            if not isinstance(owner, Instance) or owner.rule.mode.is_given
        ]  # fmt: skip

    def instance(self, rule: Rule) -> Instance | None:
        """The instance of a rule that is bound to its own symbols; None where what it asks of them is not there."""
        binding = tuple(self._symbols.binding[name] for name, _ in rule.plan.scans)
        return next((each for each in self._grounding.instances if each.rule is rule and each.binding == binding), None)

    def instances(self, rules: Iterable[Rule]) -> list[Instance]:
        """Every instance of rules that speaks of times or numbers."""
        known = {rule.id for rule in rules}
        return [each for each in self._grounding.instances if each.clause and each.rule.id in known]

    def answer(self, hold: Iterable[Instance], deny: Iterable[Instance] = ()) -> Proof | Dating | None:
        """The proof that these cannot hold while those do not, or a dating under which it is so. Raises CaseLimitError and LapLimitError."""
        rows, totals = list(self._grounding.rows), list(self._grounding.totals)
        clauses: list[Clause] = [*self._given, *(each.clause for each in hold)]
        for instance in deny:
            for branch in instance.clause:
                denials: list[int] = []
                for number in branch:
                    if number >= 0:
                        rows.append(negated(rows[number]))
                        denials.append(len(rows) - 1)
                    else:
                        totals.append(negated_total(totals[~number]))
                        denials.append(~(len(totals) - 1))
                clauses.append(tuple((denial,) for denial in denials))
        self._rows = rows
        return solve(rows, clauses, totals)

    def rules_of(self, proof: Proof) -> list[Rule]:
        """The demands that a proof rests on, in the order in which it comes by them."""
        count = len(self._grounding.owners), len(self._grounding.total_owners)
        numbers = (number for number in numbers_of(proof) if -count[1] <= number < count[0])
        owners = (self._grounding.owner_of(number) for number in numbers)
        found = dict.fromkeys(each.rule for each in owners if isinstance(each, Instance) and not each.rule.mode.is_given)
        return list(found)

    def words(self, proof: Proof) -> tuple[str, ...]:
        """The steps of the last answer's proof: what is at most what, and which rule says so."""
        steps = (step for leaf in leaves(proof) for step in self._steps(leaf))
        return tuple(dict.fromkeys(steps)) or ("the numbers of the sums exclude it",)

    def _steps(self, leaf: Proof) -> Iterator[str]:
        """The steps of a chain, what is supposed last: it comes back to where it began."""
        numbers = list(leaf.rows) if isinstance(leaf, Chain) else [number for number in numbers_of(leaf) if number >= 0]
        last = next((at for at, number in enumerate(numbers) if not self._is_ours(number)), -1)
        for number in (*numbers[last + 1 :], *numbers[: last + 1]):
            row = self._rows[number] if number >= 0 else negated(self._rows[~number])
            if not (ZERO in row[:2] and self._is_ours(number) and self._grounding.owners[number] is None):  # what a value in a rule means needs no telling
                yield f"{self._inequality(row)} ({self._since(number)})"

    def _is_ours(self, number: int) -> bool:
        """Whether it is a row of the grounding, not one that is supposed to see whether it can be."""
        return 0 <= number < len(self._grounding.owners)

    def _since(self, number: int) -> str:
        if not self._is_ours(number):
            return "supposed"
        owner = self._grounding.owners[number]
        return owner.rule.id if isinstance(owner, Instance) else "a period's end is not before its start"

    def _inequality(self, row: Row) -> str:
        low, high, days, months, is_inverse = row
        if low == ZERO or high == ZERO:
            value, variable = (days, high) if low == ZERO else (-days, low)
            told = f"{value:,}" if variable in self._grounding.quantities else iso(value)
            return f"{told} <= {self._name(high)}" if low == ZERO else f"{self._name(low)} <= {told}"
        left, right, sign = self._name(low), self._name(high), "<=" if days != 1 or months else "<"
        shift = _shift(days if sign == "<=" else 0, months if not is_inverse else 0)
        return f"{left}{shift} {sign} {right}{_shift(0, months) if is_inverse else ''}"

    def _name(self, variable: int) -> str:
        record, name = self._grounding.variables[variable]
        if record in self._symbols.dataset.records or _SYMBOL.search(record):
            told = _SYMBOL.sub(lambda match: self._symbols.names[match.group()], record)
            return f"{told}.{name}"
        return name.partition(" = ")[0]


def _shift(days: int, months: int) -> str:
    parts = ((months, "month"), (days, "day"))
    return "".join(f" {'+' if count > 0 else '-'} {abs(count)} {unit}{'' if abs(count) == 1 else 's'}" for count, unit in parts if count)
