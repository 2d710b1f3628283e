"""Laws of demands of several branches (`or`, `not`, `!=`, `disjoint from`, antecedents), of holes and of sums, against every dating.

DESIGN §3: three-valued on the given; when all but one branch is excluded, the last joins the network; then a case split.
Without sums every verdict is exact. Sums are judged on the bounds: what is claimed of them holds, and what is not is said.
"""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from law_counts import count
from small_networks import row_holds
from small_worlds import (
    cases,
    check_conflict,
    check_instances,
    fingerprint,
    given_of,
    in_acceptance_order,
    judged,
    own_violations,
    several,
    totalled,
)

from rehabfacts.checker.judging.judging import Outcome
from rehabfacts.rules.rules import Severity

pytestmark = pytest.mark.usefixtures("endless_reasons_fail", "a_law_that_judged_nothing_fails")
FEW = settings(max_examples=50)
"""Every dating of every example is tried, so few examples take long."""
UNDETERMINED = {Outcome.OPEN, Outcome.UNDATED}


def verdicts_of(result):
    """What the certificate says for each demand, by its key."""
    owners = result.certificate["owners"]
    return {(owners[at]["rule"], tuple(owners[at]["binding"])): proof for at, _, proof in result.certificate["verdicts"]}


def unmet_of(result):
    owners = result.certificate["owners"]
    return {(owners[at]["rule"], tuple(owners[at]["binding"])) for at in result.certificate["unmet"]}


@FEW
@given(cases(demand=several))
def test_every_verdict_is_what_all_datings_say_and_sums_claim_nothing_that_they_do_not(case):
    result = judged(case)
    check_instances(result)
    datings = result.world.datings(*given_of(result))
    assume(datings is not None)
    assert datings, "the given that is left is inconsistent"
    shown = accepted = met = datings  # met: without the sums that the witness says it does not meet
    proofs, sums = verdicts_of(result), totalled(result)
    for instance in in_acceptance_order(result):
        outcome = result.outcomes[instance.key]
        if set(instance.facts) & result.judging.disputed:
            assert outcome is Outcome.DISPUTED
            continue
        answers = datings.answers(instance)
        if outcome is Outcome.SATISFIED:
            assert answers == {True}
        elif outcome is Outcome.VIOLATED:
            assert answers == {False} or not accepted.where(instance)
            assert answers == {False} or instance.key not in own_violations(result)
        elif instance.key in sums:
            assert proofs[instance.key] is None or False in answers
            assert instance.key in unmet_of(result) or met.where(instance)
            count("open sums of which every dating says the same", int(len(answers) == 1))
            count("open sums")
        elif not result.judging.dropped:
            assert (outcome, answers) == (Outcome.OPEN, {True, False})
            assert shown.where(instance)
        if outcome in UNDETERMINED:
            accepted = accepted.where(instance)
            met = met if instance.key in unmet_of(result) else met.where(instance)
            shown = shown if instance.key in sums else shown.where(instance)
        count("test_every_verdict_is_what_all_datings_say_and_sums_claim_nothing_that_they_do_not")
        count(f"{outcome.value} by {min(len(each.clause) for each in result.judging.outcomes if each.key == instance.key)} branches or more")


def branch_holds(result, branch, dating):
    """Whether the rows of a branch hold under a dating by variable; totals are left out, since they tighten nothing."""
    grounding = result.judging.grounding
    rows = [grounding.rows[number] for number in branch if number >= 0]
    values = [0, *(dating.get(variable) for variable in grounding.variables[1:])]
    literals = {each for row in rows for each in row[:2] if each and values[each] is None}
    for each in literals:  # an exact literal is a variable with one value
        values[each] = result.judging.least_given.bound(each)
    return all(row_holds(row, values[row[0]], values[row[1]]) for row in rows)


def must_hold(result):
    """The accepted errors of one branch, and the branch of those of which one was left."""
    for instance, outcome in result.judging.outcomes.items():
        if outcome in UNDETERMINED and instance.rule.severity is Severity.ERROR:
            branch = result.judging.joined.get(instance, (0 if len(instance.clause) == 1 else None, ()))[0]
            if branch is not None:
                yield instance.clause[branch]


@FEW
@given(cases(demand=several))
def test_bounds_are_the_extremes_under_what_must_hold_and_no_branch_is_the_last_that_could(case):
    result = judged(case)
    assume(not result.judging.dropped)
    datings = result.world.datings(*given_of(result))
    assume(datings)
    sure = list(must_hold(result))
    left = [dict(zip(datings.keys, each, strict=True)) for each in datings.found]
    left = [dating for dating in left if all(branch_holds(result, branch, dating) for branch in sure)]
    for key in result.world.variables:
        days = {dating[key] for dating in left}
        assert result.bound(key) == (min(days), max(days))
    for instance, outcome in result.judging.outcomes.items():
        is_pending = outcome in UNDETERMINED and instance not in result.judging.joined and len(instance.clause) > 1
        if is_pending and instance.rule.severity is Severity.ERROR and instance.key not in totalled(result):
            possible = [branch for branch in instance.clause if any(branch_holds(result, branch, dating) for dating in left)]
            assert len(possible) > 1
            count("errors of which several branches are left")
    count("errors of which one branch was left", len(result.judging.joined))
    count("test_bounds_are_the_extremes_under_what_must_hold_and_no_branch_is_the_last_that_could")


@FEW
@given(cases(demand=several) | cases(boxed=False, most_facts=6, demand=several))
def test_two_datings_show_each_open_demand_unless_sums_are_in_it(case):
    result = judged(case)
    facts, given_instances = given_of(result)
    grounding = result.judging.grounding
    names = dict(enumerate(grounding.variables))
    witness = {names[at]: value for at, value in enumerate(result.certificate["witness"])}
    model = {names[at]: value for at, value in enumerate(result.certificate["given"]["witness"])}
    own = {each.key: each for each in result.world.of_mode(given=False)}
    for key, proof in verdicts_of(result).items():
        if result.outcomes[key] not in UNDETERMINED:
            continue
        assert own[key].holds(witness) or key in unmet_of(result)
        assert key in totalled(result) or (proof is not None and key not in unmet_of(result))
        if proof is not None:
            counter = model | {names[int(at)]: value for at, value in proof.items()}
            assert result.world.facts_hold(counter, facts)
            assert result.world.ends_in_order(counter)
            assert all(each.holds(counter) for each in given_instances)
            assert not own[key].holds(counter)
        count("open without a counter-dating", int(proof is None))
        count("open without a dating that meets it", int(key in unmet_of(result)))
        count("test_two_datings_show_each_open_demand_unless_sums_are_in_it")


@FEW
@given(cases(demand=several))
def test_conflicts_hold_under_no_dating_and_under_some_without_any_member(case):
    result = judged(case)
    for conflict in result.judging.conflicts:
        count("members of conflicts", check_conflict(result, conflict))
        count("members without which no dating was found", conflict.datings.count(None))
        count("test_conflicts_hold_under_no_dating_and_under_some_without_any_member")


@FEW
@given(cases(demand=several) | cases(boxed=False, most_facts=6, demand=several), st.randoms(use_true_random=False))
def test_the_order_of_facts_and_rules_changes_nothing_for_alternatives(case, random_):
    assert fingerprint(judged(case)) == fingerprint(judged(case, shuffle=random_.shuffle))
    count("test_the_order_of_facts_and_rules_changes_nothing_for_alternatives")
