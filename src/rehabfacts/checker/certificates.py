"""Certificates: what `rehabfacts.network.verify` needs to check a judging, as plain lists and dicts (docs/certificates.md)."""

from collections.abc import Sequence
from typing import Any

from rehabfacts.checker.conflicts import Conflict
from rehabfacts.checker.judging import Judging, Outcome
from rehabfacts.engines.groundings import Bound, Grounding, Instance
from rehabfacts.network.contradictions import Chain, Clause, Proof
from rehabfacts.network.inequalities import ZERO, at_most, negated
from rehabfacts.network.propagation import LeastDating
from rehabfacts.network.witness import find_witness
from rehabfacts.rules.rules import Severity
from rehabfacts.verdicts import Verdict

Document = dict[str, Any]

_YEAR_2000 = 730_120


def certify(judging: Judging) -> Document:
    """The certificate of a judging."""
    return _Certifying(judging).document()


class _Certifying:
    def __init__(self, judging: Judging) -> None:
        self._judging = judging
        self._grounding = judging.grounding
        self._seeds = _seeds(self._grounding, judging.least)
        self._owners: list[Document] = [{"kind": "axiom"}]
        self._place: dict[int, int] = {id(None): 0}
        self._given_witness = find_witness(judging.least_given, judging.given, self._seeds)
        self._counters = _Counters(judging, self._given_witness)

    def document(self) -> Document:
        """All parts, the owners filled in first."""
        judging, grounding = self._judging, self._grounding
        for instance in grounding.instances:
            self._add(instance, self._instance(instance))
        rows = [[*row, self._owner(owner)] for row, owner in zip(grounding.rows, grounding.owners, strict=True)]
        return {
            "variables": [list(variable) for variable in grounding.variables],
            "rows": rows,
            "owners": self._owners,
            "set_aside": {
                "facts": sorted(judging.disputed),
                "instances": sorted(self._place[id(instance)] for instance in judging.dropped),
            },
            "given": {**self._table(judging.least_given, judging.greatest_given), "witness": self._given_witness},
            "bounds": self._table(judging.least, judging.greatest),
            "witness": find_witness(judging.kept_network, judging.kept, self._seeds),
            "verdicts": self._verdicts(),
            "joined": [
                [self._place[id(instance)], branch, [list(walk) for walk in walks]] for instance, (branch, walks) in judging.joined.items()
                if instance.rule.severity is Severity.ERROR
            ],
            "conflicts": [self._conflict(conflict) for conflict in judging.conflicts],
        }

    def _add(self, owner: object, described: Document) -> int:
        self._place[id(owner)] = len(self._owners)
        self._owners.append(described)
        return len(self._owners) - 1

    def _owner(self, owner: Bound | Instance | None) -> int:
        place = self._place.get(id(owner))
        if place is not None or not isinstance(owner, Bound):
            return place or 0
        described = {"kind": "fact", "id": owner.fact, "field": owner.field, "notation": owner.notation, "widened": owner.is_widened}
        return self._add(owner, described)

    def _instance(self, instance: Instance) -> Document:
        return {
            "kind": "instance", "rule": instance.rule.id, "binding": list(instance.binding), "facts": list(instance.facts),
            "mode": instance.rule.mode.value, "severity": str(instance.rule.severity), "clause": [list(rows) for rows in instance.clause],
            "answer": None if instance.answer is None else instance.answer is Verdict.YES,
        }  # fmt: skip

    def _table(self, least: LeastDating, greatest: LeastDating) -> Document:
        size = range(len(self._grounding.variables))
        lows, highs = [least.bound(variable) for variable in size], [greatest.bound(variable) for variable in size]
        return {
            "least": lows,
            "least_by": [-1 if low is None else self._by(least, variable) for variable, low in enumerate(lows)],
            "greatest": highs,
            "greatest_by": [-1 if high is None else self._by(greatest, variable) for variable, high in enumerate(highs)],
        }

    def _by(self, network: LeastDating, variable: int) -> int | list[int]:
        """The row that gives a bound; the whole way from or to day 0 where calendar months lead round a circle."""
        return list(network.reason(variable)) if network.is_circling(variable) else network.by[variable]

    def _verdicts(self) -> list[list[Any]]:
        conflict_of = {id(conflict.headline): at for at, conflict in enumerate(self._judging.conflicts)}
        found = []
        for instance in self._grounding.instances:
            if not instance.rule.mode.is_given:
                outcome = self._judging.outcomes[instance]
                found.append([self._place[id(instance)], outcome.value, self._proof(instance, outcome, conflict_of)])
        return found

    def _proof(self, instance: Instance, outcome: Outcome, conflict_of: dict[int, int]) -> Any:
        match outcome:
            case Outcome.VIOLATED:
                return conflict_of[id(instance)]
            case Outcome.OPEN | Outcome.UNDATED:
                return self._counters.against(instance)
            case Outcome.NOT_EVALUATED:
                return self._judging.reasons[instance]
            case Outcome.SATISFIED if instance.answer is None:
                branch, found = self._judging.entailed[instance]
                return [branch, {str(row): list(walk) for row, walk in found.chains.items()}]
        return None

    def _conflict(self, conflict: Conflict) -> Document:
        return {
            "headline": None if conflict.headline is None else self._place[id(conflict.headline)],
            "facts": list(conflict.facts),
            "instances": [self._place[id(instance)] for instance in conflict.instances],
            "proof": None if conflict.proof is None else _proof(conflict.proof, conflict.clauses),
            "datings": [{str(variable): value for variable, value in dating.items()} for dating in conflict.datings],
        }


class _Counters:
    """Datings of the given that break one demand each: the given's witness, moved as little as is needed."""

    def __init__(self, judging: Judging, witness: Sequence[int]) -> None:
        self._judging, self._witness = judging, witness
        self._rows = judging.grounding.rows
        self._up = judging.least_given.at(witness)
        self._down = judging.greatest_given.at(witness)

    def against(self, instance: Instance) -> dict[str, int] | None:
        """What to change in the witness so that no branch of the demand holds; None if no way was found."""
        open_rows = frozenset(self._judging.open_rows[instance])
        broken = [next((number for number in rows if number in open_rows), None) for rows in instance.clause]
        demands = [negated(self._rows[number]) for number in broken if number is not None]
        moved = self._moved(demands)
        return None if moved is None else {str(variable): value for variable, value in moved.items()}

    def _moved(self, demands: list[tuple[int, int, int, int, bool]]) -> dict[int, int] | None:
        first = len(self._rows)
        self._rows.extend(demands)
        try:
            numbers = range(first, first + len(demands))
            moved = self._up.moved(numbers)
            if moved is None:
                moved = self._down.moved(numbers)
            return self._moved_both(numbers) if moved is None else moved
        finally:
            del self._rows[first:]

    def _moved_both(self, numbers: Sequence[int]) -> dict[int, int] | None:
        """Lowers the ends that must come first as far as they go, then raises the others."""
        first = len(self._rows)
        for number in numbers:
            low = self._rows[number][0]
            least = self._judging.least_given.bound(low) if low != ZERO else None
            if least is not None:
                self._rows.append(at_most(low, least))
        lowered = self._down.moved(range(first, len(self._rows)))
        if lowered is None:
            return None
        values = list(self._witness)
        for variable, value in lowered.items():
            values[variable] = value
        raised = self._judging.least_given.at(values).moved(numbers)
        return None if raised is None else {**lowered, **raised}


def _proof(proof: Proof, clauses: Sequence[Clause]) -> Document:
    if isinstance(proof, Chain):
        return {"chain": list(proof.rows)}
    return {
        "cases": [list(rows) for rows in clauses[proof.clause]],
        "proofs": [_proof(branch, clauses) for branch in proof.branches],
    }


def _seeds(grounding: Grounding, least: LeastDating) -> list[int]:
    """Where to date what nothing bounds: among the days that are bounded; numbers start at 0."""
    size = len(grounding.variables)
    days = sorted(low for variable in range(1, size) if variable not in grounding.quantities and (low := least.bound(variable)) is not None)
    middle = days[len(days) // 2] if days else _YEAR_2000
    return [0 if variable in grounding.quantities or variable == ZERO else middle for variable in range(size)]


