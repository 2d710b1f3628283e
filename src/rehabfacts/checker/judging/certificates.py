"""Certificates: what `rehabfacts.network.verify` needs to check a judging, as plain lists and dicts (docs/certificates.md)."""

from collections.abc import Mapping, Sequence
from typing import Any

from rehabfacts.checker.judging.conflicts import Conflict
from rehabfacts.checker.judging.judging import Judging, Outcome
from rehabfacts.checker.judging.witnesses import Witnesses
from rehabfacts.engines.groundings import Bound, Instance, Owner
from rehabfacts.network.contradictions import Beyond, Cases, Chain, Proof, Sum
from rehabfacts.network.inequalities import GAP
from rehabfacts.network.labels import Walk
from rehabfacts.network.propagation import LeastDating
from rehabfacts.verdicts import Verdict

Document = dict[str, Any]


def certify(judging: Judging) -> Document:
    """The certificate of a judging."""
    return _Certifying(judging).document()


class _Certifying:
    def __init__(self, judging: Judging) -> None:
        self._judging = judging
        self._grounding = judging.grounding
        self._owners: list[Document] = [{"kind": "axiom"}]
        self._place: dict[Owner, int] = {None: 0}
        self._witnesses = Witnesses(judging)

    def document(self) -> Document:
        """All parts, the owners filled in first."""
        judging, grounding = self._judging, self._grounding
        self._add_instances()
        self._add_facts()
        places = map(self._place.__getitem__, grounding.owners)
        rows = [
            [low, high, days, months, _SHAPES[shape], place]
            for (low, high, days, months, shape), place in zip(grounding.rows, places, strict=True)
        ]
        totals = zip(grounding.totals, grounding.total_owners, strict=True)
        return {
            "variables": [list(variable) for variable in grounding.variables],
            "rows": rows,
            "totals": [[[list(term) for term in total.terms], total.most, self._place[owner]] for total, owner in totals],
            "owners": self._owners,
            "set_aside": {
                "facts": sorted(judging.disputed),
                "instances": sorted(self._place[instance] for instance in judging.dropped),
            },
            "given": {**self._table(judging.least_given, judging.greatest_given), "witness": self._witnesses.given},
            "bounds": self._table(judging.least, judging.greatest),
            "witness": self._witnesses.kept,
            "unmet": sorted(self._place[instance] for instance in self._witnesses.unmet),
            "verdicts": self._verdicts(),
            "joined": [
                [self._place[instance], branch, [self._proof(refusal, {}) for refusal in refusals]]
                for instance, (branch, refusals) in judging.joined.items()
            ],
            "conflicts": [self._conflict(conflict) for conflict in judging.conflicts],
        }

    def _add_instances(self) -> None:
        words: dict[int, tuple[str, str]] = {}
        has_totals, owners, placed = bool(self._grounding.totals), self._owners, self._place
        for place, instance in enumerate(self._grounding.instances, len(self._owners)):
            rule, answer, binding = instance.rule, instance.answer, [*instance.binding]
            mode, severity = words.get(id(rule)) or words.setdefault(id(rule), (rule.mode.value, str(rule.severity)))
            placed[instance] = place
            owners.append({
                "kind": "instance", "rule": rule.id, "binding": binding, "facts": binding if instance.facts is instance.binding else [*instance.facts],
                "mode": mode, "severity": severity,
                "clause": [*map(self._numbers, instance.clause)] if has_totals else [[*each] for each in instance.clause],
                "answer": None if answer is None else answer is Verdict.YES,
            })  # fmt: skip

    def _add_facts(self) -> None:
        bounds = (owner for owner in dict.fromkeys(self._grounding.owners) if isinstance(owner, Bound))
        for place, owner in enumerate(bounds, len(self._owners)):
            self._place[owner] = place
            self._owners.append({"kind": "fact", "id": owner.fact, "field": owner.field, "notation": owner.notation, "widened": owner.is_widened})

    def _numbers(self, branch: Walk) -> list[int]:
        return [*map(self._number, branch)]

    def _table(self, least: LeastDating, greatest: LeastDating) -> Document:
        size = range(len(self._grounding.variables))
        lows, highs = [least.bound(variable) for variable in size], [greatest.bound(variable) for variable in size]
        return {"least": lows, "least_by": self._by(least, lows), "greatest": highs, "greatest_by": self._by(greatest, highs)}

    def _by(self, network: LeastDating, bounds: Sequence[int | None]) -> list[int | list[int]]:
        """The row that gives each bound, -1 without one; the whole way from or to day 0 where calendar months lead round a circle."""
        rows = network.rows_behind()
        return [
            -1 if bound is None else list(network.reason(variable)) if network.is_circling(variable) else rows[variable]
            for variable, bound in enumerate(bounds)
        ]

    def _verdicts(self) -> list[list[Any]]:
        conflict_of: dict[Owner, int] = {conflict.headline: at for at, conflict in enumerate(self._judging.conflicts)}
        outcomes, proofs, place = self._judging.outcomes, self._judging.proofs, self._place
        found = []
        for instance in self._grounding.demands:
            outcome = outcomes[instance]
            is_plain = outcome is Outcome.SATISFIED and instance not in proofs  # shown by bounds, or as written
            word, proof = (_SATISFIED, None) if is_plain else (outcome.value, self._shown(instance, outcome, conflict_of))
            found.append([place[instance], word, proof])
        return found

    def _shown(self, instance: Instance, outcome: Outcome, conflict_of: Mapping[Owner, int]) -> Any:
        match outcome:
            case Outcome.VIOLATED:
                return conflict_of[instance]
            case Outcome.OPEN | Outcome.UNDATED:
                return _dating(self._witnesses.against(instance))
            case Outcome.NOT_EVALUATED | Outcome.UNDETERMINED:
                return self._judging.reasons[instance]
            case Outcome.SATISFIED:
                return self._proof(self._judging.proofs[instance], {})
        return None

    def _conflict(self, conflict: Conflict) -> Document:
        owners = {at: self._place[self._grounding.owner_of(max(clause)[0])] for at, clause in enumerate(conflict.clauses) if len(clause) > 1}
        return {
            "headline": None if conflict.headline is None else self._place[conflict.headline],
            "facts": list(conflict.facts),
            "instances": [self._place[instance] for instance in conflict.instances],
            "proof": None if conflict.proof is None else self._proof(conflict.proof, owners),
            "datings": [_dating(dating) for dating in conflict.datings],
        }

    def _number(self, number: int) -> int:
        """Rows and totals are numbered together, totals after rows."""
        return number if number >= 0 else len(self._grounding.rows) + ~number

    def _proof(self, proof: Proof, places: Mapping[int, int]) -> Any:
        """A proof in the form of docs/certificates.md; `places` says for which owner the cases of a clause stand, if not for itself."""
        match proof:
            case Beyond():
                return None
            case Chain(rows):
                return {"chain": list(rows)}
            case Sum(total, walks):
                place = self._number(~total if total >= 0 else total)
                return {"sum": place if total >= 0 else ~place, "walks": [list(walk) for walk in walks]}
            case Cases(clause, branches):
                return {"cases": places.get(clause, clause), "proofs": [self._proof(branch, places) for branch in branches]}


_SATISFIED = Outcome.SATISFIED.value
_SHAPES = {False: False, True: True, GAP: "gap"}


def _dating(dating: Mapping[int, int] | None) -> dict[str, int] | None:
    return None if dating is None else {str(variable): value for variable, value in dating.items()}
