"""Z3 beside the whole of judging: what is set aside, every verdict, every acceptance, every bound, every conflict (DESIGN: judging, in this order)."""

import pytest
from asking import Asking
from random_groundings import groundings

from rehabfacts.checker.judging.certificates import certify
from rehabfacts.checker.judging.judging import Outcome, judge
from rehabfacts.engines.groundings import Bound, Instance
from rehabfacts.network.verify import verify
from rehabfacts.rules.rules import Severity

UNDETERMINED = {Outcome.OPEN, Outcome.UNDATED}
FAR = 2_000_000
"""Days from day 0 that no chain of the rows in these groundings reaches."""


class Oracle:
    """What Z3 says of one grounding."""

    def __init__(self, asking, grounding):
        self.asking, self.grounding = asking, grounding
        asking.told(())

    def holds(self, rows=(), clauses=(), *, broken=()):
        """Whether rows and clauses can hold, and some other clauses not hold."""
        asking = self.asking
        told = [asking.of(self.grounding.rows[number]) for number in rows]
        told += [asking.of_clause(self.grounding, clause) for clause in clauses]
        told += [asking.opposite(asking.of_clause(self.grounding, clause)) for clause in broken]
        return asking.is_feasible(*told)

    def bounds(self, rows, clauses, variable):
        """The least and the greatest value of a variable, None where there is none: halving between the far ends."""
        return self._extreme(rows, clauses, variable, sign=1), self._extreme(rows, clauses, variable, sign=-1)

    def _extreme(self, rows, clauses, variable, *, sign):
        asking = self.asking
        held = [asking.of(self.grounding.rows[number]) for number in rows] + [asking.of_clause(self.grounding, clause) for clause in clauses]

        def within(end):  # whether the variable can be at most (least) or at least (greatest) this
            row = (variable, 0, -end, 0, False) if sign > 0 else (0, variable, end, 0, False)
            return asking.is_feasible(*held, row)

        reached, beyond = sign * FAR, -sign * FAR
        if within(beyond):
            return None
        while abs(reached - beyond) > 1:
            middle = (reached + beyond) // 2
            reached, beyond = (middle, beyond) if within(middle) else (reached, middle)
        return reached


def order(instance):
    """Errors, warnings, notes, of each those with totals last; by the rule's rank, then its id; by facts."""
    has_totals = any(number < 0 for branch in instance.clause for number in branch)
    return -instance.rule.severity, has_totals, instance.rule.rank, instance.rule.id, instance.facts, instance.binding


def rows_of(grounding, *, disputed=frozenset(), dropped=frozenset()):
    """The rows of the given without what is set aside."""
    return [
        number for number, owner in enumerate(grounding.owners)
        if owner is None or (isinstance(owner, Bound) and owner.fact not in disputed)
        or (isinstance(owner, Instance) and owner.rule.mode.is_given and owner not in dropped)
    ]  # fmt: skip


@pytest.fixture
def asking(z3):
    return Asking(z3)


def test_what_is_set_aside_leaves_a_given_that_holds_and_is_set_aside_only_where_it_must(asking, tally, seed, size):
    judged = tally("z3", "givens", size // 10, ("consistent", "not"))
    for name, grounding in groundings(seed, size // 10):
        oracle, judging = Oracle(asking, grounding), judge(grounding)
        is_whole = oracle.holds(rows_of(grounding))
        left = rows_of(grounding, disputed=judging.disputed, dropped=judging.dropped)
        found = not (judging.disputed or judging.dropped), sorted(judging.given) == left, oracle.holds(left)
        judged.compare(name, "consistent" if is_whole else "not", (is_whole, True, True), found)


def test_every_verdict_is_z3s(asking, tally, seed, size):
    """Against the given alone, then together with those accepted before."""
    judged = tally("z3", "verdicts", size // 4, ("satisfied", "undetermined", "violated", "violated together"), left_open="disputed")
    for name, grounding in groundings(seed + 1, size // 10):
        oracle, judging = Oracle(asking, grounding), judge(grounding)
        given = rows_of(grounding, disputed=judging.disputed, dropped=judging.dropped)
        accepted = []
        for instance in sorted(judging.outcomes, key=order):
            found = judging.outcomes[instance]
            told = "undetermined" if found in UNDETERMINED else found.value
            if judging.disputed.isdisjoint(instance.facts):
                expected = verdict(oracle, given, accepted, instance)
            else:
                expected = "disputed"
            if expected == "undetermined":
                accepted.append(instance.clause)
            judged.compare(f"{instance} of {name}", expected, expected.removesuffix(" together"), told)


def test_no_verdict_with_totals_is_otherwise_than_z3s(z3, tally, seed, size):
    """Totals are judged on bounds alone: what is told as satisfied or violated is so, and the rest may be left open."""
    judged = tally("z3", "verdicts with totals", size // 10, ("satisfied", "undetermined", "violated", "violated together"), left_open="left open")
    asking = Asking(z3, "QF_LIA")
    for name, grounding in groundings(seed + 5, size // 20, sums=0.3):
        oracle, judging = Oracle(asking, grounding), judge(grounding)
        given = rows_of(grounding, disputed=judging.disputed, dropped=judging.dropped)
        accepted = []
        for instance in sorted(judging.outcomes, key=order):
            found = judging.outcomes[instance]
            if found is not Outcome.DISPUTED:
                expected = verdict(oracle, given, accepted, instance)
                is_open = found not in {Outcome.SATISFIED, Outcome.VIOLATED}
                told = "left open" if is_open and expected != "undetermined" else expected
                judged.compare(f"{instance} of {name}", told, is_open or expected.split()[0], is_open or found.value)
            if found in UNDETERMINED:
                accepted.append(instance.clause)


def verdict(oracle, given, accepted, instance):
    if not oracle.holds(given, broken=[instance.clause]):
        return "satisfied"
    if not oracle.holds(given, [instance.clause]):
        return "violated"
    return "undetermined" if oracle.holds(given, [*accepted, instance.clause]) else "violated together"


def test_every_bound_is_z3s_and_undated_is_what_has_none(asking, tally, seed, size):
    judged = tally("z3", "bounds of judgings", size // 5, ("stated", "none"))
    for name, grounding in groundings(seed + 2, size // 50):
        oracle, judging = Oracle(asking, grounding), judge(grounding)
        errors = [each.clause for each, outcome in judging.outcomes.items() if outcome in UNDETERMINED and each.rule.severity is Severity.ERROR]
        bare = set()
        for variable in range(1, len(grounding.variables)):
            of_given = judging.least_given.bound(variable), judging.greatest_given.bound(variable)
            bounds = judging.least.bound(variable), judging.greatest.bound(variable)
            bare |= {variable} if of_given == (None, None) else set()
            compare_bounds(judged, f"{variable} of the given of {name}", oracle.bounds(judging.given, (), variable), of_given)
            is_exact = all(len(clause) == 1 for clause in errors)
            expected = oracle.bounds(judging.given, errors, variable)
            compare_bounds(judged, f"{variable} of {name}", expected, bounds if is_exact else looser(expected, bounds))
        for instance, outcome in judging.outcomes.items():
            if outcome in UNDETERMINED:
                ends = {end for branch in instance.clause for number in branch for end in grounding.rows[number][:2]}
                assert (outcome is Outcome.UNDATED) is bool(ends & bare), f"{instance} of {name}"


def compare_bounds(judged, case, expected, found):
    for one, two in zip(expected, found, strict=True):
        judged.compare(case, "none" if one is None else "stated", one, two)


def looser(expected, found):
    """What is expected, where the bounds found leave room for it: with demands of several branches they need not be the tightest."""
    (low, high), (least, greatest) = expected, found
    return low if least is None or (low is not None and least <= low) else least, high if greatest is None or (high is not None and high <= greatest) else greatest


def test_every_conflict_is_contradictory_and_without_any_member_is_not(asking, tally, seed, size):
    judged = tally("z3", "sets of members", size // 4, ("all, contradictory", "all but one, satisfiable"))
    for name, grounding in groundings(seed + 3, size // 10):
        oracle, judging = Oracle(asking, grounding), judge(grounding)
        for conflict in judging.conflicts:
            aside = judging.disputed if conflict.headline else frozenset()
            case = f"{conflict.facts} {conflict.instances} of {name}"
            judged.compare(case, "all, contradictory", False, holds_of(oracle, conflict.facts, conflict.instances, aside))
            for fact in conflict.facts:
                rest = [each for each in conflict.instances if fact not in each.facts]
                judged.compare(f"{case} without {fact}", "all but one, satisfiable", True, holds_of(oracle, set(conflict.facts) - {fact}, rest, aside))
            for instance in conflict.instances:
                rest = [each for each in conflict.instances if each is not instance]
                judged.compare(f"{case} without {instance}", "all but one, satisfiable", True, holds_of(oracle, conflict.facts, rest, aside))


def holds_of(oracle, facts, instances, aside):
    """Whether facts' bounds, instances and the axioms can hold."""
    owners = oracle.grounding.owners
    rows = [number for number, owner in enumerate(owners) if owner is None or (isinstance(owner, Bound) and owner.fact in facts and owner.fact not in aside)]
    return oracle.holds(rows, [each.clause for each in instances])


def test_every_certificate_is_accepted(tally, seed, size):
    judged = tally("the verifier", "certificates, a third with totals", size // 5, ("with conflicts", "without"))
    for name, grounding in (*groundings(seed + 4, size // 5), *groundings(seed + 6, size // 10, sums=0.3)):
        judging = judge(grounding)
        judged.compare(name, "with conflicts" if judging.conflicts else "without", [], verify(certify(judging)))
