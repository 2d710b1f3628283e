"""What instances come to under known days and numbers, by plain arithmetic: no chain is followed, nothing is solved."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rehabfacts.checker.attributions.events import EVENTS_AGREE
from rehabfacts.engines.groundings import Grounding, Instance, Variable
from rehabfacts.engines.tallies import Ways
from rehabfacts.network.inequalities import GAP, ZERO, Row, Total, forced_high, forced_low
from rehabfacts.plain import plain
from rehabfacts.rules.rules import Severity
from rehabfacts.verdicts import Verdict

Values = Mapping[Variable, int]


@plain
class Evaluation:
    """A grounding with a value for each variable that records have.

    What stands for a literal of a rule is any day or number that the literal allows, for each instance the one that suits it.
    """

    grounding: Grounding
    known: dict[int, int]
    literals: Mapping[int, tuple[Row, ...]]

    @classmethod
    def of(cls, grounding: Grounding, values: Values) -> "Evaluation":
        """The values, by id and name, of the grounding's own variables."""
        known = {ZERO: 0} | {number: values[each] for number, each in enumerate(grounding.variables) if each in values}
        _hand_to_hubs(grounding, known)
        literals: dict[int, list[Row]] = {}
        for row, owner in zip(grounding.rows, grounding.owners, strict=True):
            for end in set(row[:2]) - known.keys() if owner is None else ():
                literals.setdefault(end, []).append(row)
        return cls(grounding, known, {number: tuple(rows) for number, rows in literals.items()})

    def is_ordered(self) -> bool:
        """Whether no period ends before it starts."""
        rows = (row for row, owner in zip(self.grounding.rows, self.grounding.owners, strict=True) if owner is None)
        return all(row_holds(row, self.known) for row in rows if self.known.keys() >= {*row[:2]})

    def holds(self, instance: Instance) -> bool:
        """Whether the instance holds; what is answered by the dataset as written only counts where it is an error."""
        if instance.answer is not None:
            return instance.answer is not Verdict.NO or instance.rule.severity < Severity.ERROR
        tally = instance.tally
        if tally is not None:
            meant = [at for at, candidate in enumerate(tally.candidates) if self._is_one_way(candidate.inside)]
            return self._is_one_way(tally.demanded(meant))
        return any(self.branch_holds(branch) for branch in instance.clause)

    def _is_one_way(self, ways: Ways) -> bool:
        return any(self._hold([each for each in way if not isinstance(each, Total)], [each for each in way if isinstance(each, Total)]) for way in ways)

    def branch_holds(self, branch: Sequence[int]) -> bool:
        """Whether all rows and totals of a branch hold."""
        rows = [self.grounding.rows[number] for number in branch if number >= 0]
        return self._hold(rows, [self.grounding.totals[~number] for number in branch if number < 0])

    def _hold(self, rows: Sequence[Row], totals: Sequence[Total]) -> bool:
        values = dict(self.known)
        for unknown in dict.fromkeys(end for end in _variables(rows, totals) if end not in values):
            values[unknown] = _suiting(unknown, [*rows, *self.literals.get(unknown, ())], totals, values)
        used = [*rows, *(row for end in values.keys() - self.known.keys() for row in self.literals.get(end, ()))]
        return all(row_holds(row, values) for row in used) and all(total_holds(total, values) for total in totals)


def row_holds(row: Row, values: Mapping[int, int]) -> bool:
    """Whether a row holds of the values of its ends."""
    low, high, *_ = row
    return values[high] >= forced_low(row, values[low])


def total_holds(total: Total, values: Mapping[int, int]) -> bool:
    """Whether a total holds of the values of its variables."""
    return sum(times * values[variable] for times, variable in total.terms) <= total.most


def _variables(rows: Iterable[Row], totals: Iterable[Total]) -> Iterator[int]:
    for row in rows:
        yield from row[:2]
    for total in totals:
        yield from (variable for _, variable in total.terms)


def _hand_to_hubs(grounding: Grounding, known: dict[int, int]) -> None:
    """Gives what stands for all facts of one event the value of the first of them."""
    rows = [
        row for row, owner in zip(grounding.rows, grounding.owners, strict=True)
        if isinstance(owner, Instance) and owner.rule is EVENTS_AGREE
    ]  # fmt: skip
    before = -1
    while before != len(known):
        before = len(known)
        for low, high, *_ in rows:
            if low in known:
                known.setdefault(high, known[low])


def _suiting(unknown: int, rows: Sequence[Row], totals: Sequence[Total], values: Mapping[int, int]) -> int:
    """A value for a literal that suits what is known of the other variables, if there is one."""
    least, most = _range(unknown, rows, totals, values)
    gaps = sorted(row for row in rows if row[0] == row[1] == unknown and row[4] == GAP)
    if least is None:
        for row in reversed(gaps):
            most = None if most is None else forced_high(row, most)
        return 0 if most is None else most
    for row in gaps:
        least = forced_low(row, least)
    return least


def _range(unknown: int, rows: Sequence[Row], totals: Sequence[Total], values: Mapping[int, int]) -> tuple[int | None, int | None]:
    """The least and the greatest value that each row and total by itself allows a variable beside known ones."""
    lows = [forced_low(row, values[row[0]]) for row in rows if row[1] == unknown and row[0] in values]
    highs = [forced_high(row, values[row[1]]) for row in rows if row[0] == unknown and row[1] in values]
    for total in totals:
        times = sum(each for each, variable in total.terms if variable == unknown)
        others = [(each, variable) for each, variable in total.terms if variable != unknown]
        if times and all(variable in values for _, variable in others):
            rest = total.most - sum(each * values[variable] for each, variable in others)
            (highs if times > 0 else lows).append(rest // times if times > 0 else -(rest // -times))
    return max(lows, default=None), min(highs, default=None)
