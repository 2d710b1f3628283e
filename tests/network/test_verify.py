"""Hand-made certificates: what proves is accepted, and what is tampered with is refused."""

import copy
import datetime as dt
import json
import re

import pytest
from hand_made import (
    AXIOM,
    WORLDS,
    answered,
    branches,
    calendar,
    cases_conflict,
    chain_conflict,
    consistent,
    day,
    disputed,
    fact,
    instance,
    joined,
    rows,
    sums,
    table,
    together,
    variables,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabfacts.network import verify as module
from rehabfacts.network.verify import verify


@pytest.mark.parametrize("world", WORLDS)
def test_a_certificate_that_proves_its_answers_is_accepted(world):
    assert [] == verify(world())


@pytest.mark.parametrize("world", WORLDS)
def test_a_certificate_is_accepted_as_it_comes_back_from_json(world):
    assert [] == verify(json.loads(json.dumps(world())))


# Tampering: whatever single change is accepted must leave a certificate whose every answer is true, by an oracle
# that shares nothing with the verifier: it shifts days with `datetime`, and finds contradictions by relaxing.


def shifted(value, months, days):
    if months:
        date = dt.date.fromordinal(value)
        year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
        last = (dt.date(year + month // 11, (month + 1) % 12 + 1, 1) - dt.timedelta(1)).day
        value = dt.date(year, month + 1, min(date.day, last)).toordinal()
    return value + days


def row_holds(row, values):
    low, high, days, months, inverse, _ = row
    if inverse:
        return shifted(values[high], months, days) >= values[low]
    return values[high] >= shifted(values[low], months, days)


def least_values(world, steps):
    """The least value of each variable that (low, high, days) steps allow, from far below: Bellman and Ford. None if they contradict."""
    values = [0, *[-FAR] * (len(world["variables"]) - 1)]
    for _ in range(len(values) + 1):
        before = list(values)
        for low, high, days in steps:
            values[high] = max(values[high], values[low] + days)
        if before == values:
            return None if values[0] > 0 else values
    return None


FAR = 10**7
NEAR = range(-12, 13)
"""How far from 0, or from its least value, the values of a variable of a total are tried."""


def is_satisfiable(world, said):
    """Whether steps, gaps and totals hold together: by cases for gaps, by trying values for totals."""
    for place, each in enumerate(said):
        if each[0] == "gap":
            _, variable, last, following = each
            rest = said[:place] + said[place + 1 :]
            return any(is_satisfiable(world, [*rest, half]) for half in ((variable, 0, -last), (0, variable, following)))
    steps = [each for each in said if each[0] != "total"]
    values = least_values(world, steps)
    if values is None:
        return False
    totals = [each[1:] for each in said if each[0] == "total"]
    pinned = {low for low, high, days in steps if high == 0 and (0, low, -days) in steps}
    free = sorted({variable for terms, _ in totals for _, variable in terms} - pinned)
    if not free:
        return all(sum(coefficient * values[variable] for coefficient, variable in terms) <= most for terms, most in totals)
    start = values[free[0]] if values[free[0]] > -FAR // 2 else 0
    return any(is_satisfiable(world, [*said, (0, free[0], start + days), (free[0], 0, -start - days)]) for days in NEAR)


def step(world, number):
    """What a number says, for the oracle."""
    if number >= len(world["rows"]):
        terms, most, _ = world["totals"][number - len(world["rows"])]
        return ("total", terms, most)
    low, high, days, months, shape, _ = world["rows"][number]
    if shape == "gap":
        return ("gap", low, days, months)
    assert months == 0
    return (low, high, -days if shape else days)


def opposite(world, number):
    said = step(world, number)
    if said[0] == "total":
        return ("total", [(-coefficient, variable) for coefficient, variable in said[1]], -said[2] - 1)
    low, high, days = said
    return (high, low, 1 - days)


def ways(branches, make):
    """Each way to take one row of each branch, made into steps."""
    taken = [[]]
    for branch in branches:
        taken = [[*chosen, make(number)] for chosen in taken for number in branch]
    return taken


def given_steps(world):
    aside = world["set_aside"]
    given = []
    for number, row in enumerate(world["rows"]):
        owner = world["owners"][row[5]]
        is_aside = owner.get("id") in aside["facts"] or row[5] in aside["instances"]
        if not is_aside and owner.get("mode") not in {"require", "unique", "exists"}:
            given.append(step(world, number))
    return given


def verdict_is_true(world, given, demand, outcome, proof):
    """Of an open demand with totals what it does not claim is left out."""
    clause = world["owners"][demand]["clause"]
    fails = any(is_satisfiable(world, given + way) for way in ways(clause, lambda number: opposite(world, number)))
    can_hold = any(is_satisfiable(world, given + [step(world, n) for n in branch]) for branch in clause)
    if outcome == "satisfied":
        return not fails
    if outcome in {"open", "undated"}:
        has_totals = any(number >= len(world["rows"]) for branch in clause for number in branch)
        return (fails or (has_totals and proof is None)) and (can_hold or (has_totals and demand in world["unmet"]))
    return outcome in {"violated", "disputed", "undetermined", "not evaluated"}


def members_can_hold(world, facts, instances):
    steps = [
        step(world, number)
        for number, row in enumerate(world["rows"])
        if world["owners"][row[5]].get("id") in facts or world["owners"][row[5]]["kind"] == "axiom"
    ]
    choices = [steps]
    for place in instances:
        clause = world["owners"][place]["clause"]
        choices = [[*chosen, *(step(world, n) for n in branch)] for chosen in choices for branch in clause]
    return any(is_satisfiable(world, chosen) for chosen in choices)


def conflict_is_true(world, conflict):
    facts, instances = conflict["facts"], conflict["instances"]
    if conflict["proof"] is None:
        return world["owners"][instances[0]]["answer"] is False
    bound = {place: world["owners"][place]["facts"] for place in instances}
    rests = [([f for f in facts if f != fact], [p for p in instances if fact not in bound[p]]) for fact in facts]
    rests += [(facts, [p for p in instances if p != place]) for place in instances]
    shown = [rest for rest, dating in zip(rests, conflict["datings"] or [{}] * len(rests), strict=True) if dating is not None]
    return all(members_can_hold(world, *rest) for rest in shown) and not members_can_hold(world, facts, instances)


def table_is_true(world, name, steps):
    """Whether every bound is the least or the greatest that steps allow, by asking for one day less or more."""
    table = world[name]
    for variable in range(1, len(world["variables"])):
        least, greatest = table["least"][variable], table["greatest"][variable]
        far = 10**6
        asked = [
            (least is None or not is_satisfiable(world, [*steps, (variable, 0, 1 - least)])),
            is_satisfiable(world, [*steps, (variable, 0, far if least is None else -least)]),
            (greatest is None or not is_satisfiable(world, [*steps, (0, variable, greatest + 1)])),
            is_satisfiable(world, [*steps, (0, variable, far if greatest is None else greatest)]),
        ]
        if not all(asked):
            return False
    return True


def says_nothing_false(world):
    given = given_steps(world)
    joined_branches = {demand: branch for demand, branch, _ in world["joined"]}
    accepted = list(given)
    for demand, outcome, _ in world["verdicts"]:
        owner = world["owners"][demand]
        branch = joined_branches.get(demand, 0 if len(owner["clause"]) == 1 else None)
        if outcome in {"open", "undated"} and owner["severity"] == "error" and branch is not None:
            accepted += [step(world, number) for number in owner["clause"][branch] if number < len(world["rows"])]
    violated = [[demand, proof] for demand, outcome, proof in world["verdicts"] if outcome == "violated"]
    headlines = [[each["headline"], place] for place, each in enumerate(world["conflicts"])]
    return (
        table_is_true(world, "given", given)
        and table_is_true(world, "bounds", accepted)
        and all(
            verdict_is_true(world, given, demand, outcome, proof)
            for demand, outcome, proof in world["verdicts"]
            if world["owners"][demand]["answer"] is None
        )
        and all(conflict_is_true(world, conflict) for conflict in world["conflicts"])
        and sorted(violated) == sorted(each for each in headlines if each[0] is not None)
    )


def has_months(world):
    return any(row[3] and row[4] != "gap" for row in world["rows"])


def changes_of(value):
    """Each single change of a JSON value itself (not of its parts)."""
    kind = type(value)
    if kind is int:
        return [value + 1, value - 1, -value - 1, float(value), str(value), None, [value], bool(value)]
    if kind is str:
        return [value + "x", "", None, 0, [value], {value: value}, True]
    if kind is bool:
        return [not value, int(value), None, str(value), [value]]
    if value is None:
        return [0, -1, "", [], {}, False, True]
    if kind is dict:
        dropped = [{name: each for name, each in value.items() if name != gone} for gone in value]
        return [*dropped, {**value, "more": 0}, {**value, "1": 1}, {**value, "0": 0}, None, [], list(value.items())]
    dropped = [value[:place] + value[place + 1 :] for place in range(len(value))]
    swapped = [[*value[:n], value[n + 1], value[n], *value[n + 2 :]] for n in range(len(value) - 1)]
    doubled = [[*value, each] for each in value]
    return [*dropped, *swapped, *doubled, [*value, 0], [*value, None], [*value, []], None, {}, "", dict(enumerate(value))]


def tamperings(value, path=()):
    """The value with one part changed, and where."""
    for changed in changes_of(value):
        if not (changed == value and type(changed) is type(value)):
            yield path, changed
    if isinstance(value, dict | list):
        for name, each in value.items() if isinstance(value, dict) else enumerate(value):
            for where, changed in tamperings(each, (*path, name)):
                root = copy.copy(value)
                root[name] = changed
                yield where, root


@pytest.mark.parametrize("world", [each for each in WORLDS if each is not calendar])
def test_whatever_tampering_is_accepted_says_nothing_false(world):
    for where, tampered in tamperings(world()):
        if verify(tampered) == [] and not has_months(tampered):  # months are beyond the oracle
            assert says_nothing_false(tampered), where


INNER = r"(proofs\.\d+\.)*"
EQUIVALENT = (
    (r"(given\.)?witness(\.\d+)?", "another dating that satisfies as much"),
    (r"verdicts\.\d+\.2(\.\d+)?", "another counter-dating, none where the clause has totals, or other words for a reason"),
    (rf"verdicts\.\d+\.2\.{INNER}proofs\.\d+", "none where the bounds show it"),
    (r"conflicts\.\d+\.datings\.\d+(\.\d+)?", "another dating of all members but one, or none where there are totals"),
    (rf"(verdicts\.\d+\.2|joined\.\d+\.2\.\d+|conflicts\.\d+\.proof)\.{INNER}chain", "the same circle, told from another of its rows"),
    (r"set_aside\.(facts|instances)|conflicts\.\d+\.facts", "the same ids, in another order or said twice"),
    (r"(given|bounds)\.(least|greatest)_by\.\d+", "a row that starts at day 0 is a walk of one row as well"),
    (r"conflicts\.\d+\.datings", "one circle needs no datings"),
    (r"conflicts", "conflicts without a headline stand in no order, and may be told twice"),
    (r"unmet(\.\d+)?", "that something is not claimed of the witness may be said of more than need be"),
)


@pytest.mark.parametrize("world", WORLDS)
def test_no_change_of_a_proof_is_accepted_but_one_that_proves_as_much(world):
    statement = {"variables", "rows", "totals", "owners"}  # another statement may be as true, with the same proof: see above
    for where, tampered in tamperings(world()):
        path = ".".join(map(str, where))
        if where and where[0] not in statement and verify(tampered) == []:
            assert any(re.fullmatch(pattern, path) for pattern, _ in EQUIVALENT), path


@pytest.mark.parametrize("world", WORLDS)
def test_a_part_of_another_kind_is_refused(world):
    for where, tampered in tamperings(world()):
        before, after = world(), tampered
        for name in where:
            before, after = before[name], after[name]
        if type(before) is not type(after) and verify(tampered) == []:
            is_walk = isinstance(after, list) and len(after) < 2 and "_by" in str(where[-2])  # a walk of one row, or none
            is_shown = after is None and where[0] == "verdicts" and world()["verdicts"][where[1]][1] == "satisfied"  # by bounds
            assert is_walk or is_shown or (world, after) == (sums, None)  # a dating that is not given, where there are totals


# What is refused, and what is said


def tampered(world, *changes):
    certificate = copy.deepcopy(world())
    for *path, name, value in changes:
        part = certificate
        for step_ in path:
            part = part[step_]
        part[name] = value
    return certificate


MESSAGES = [
    ({}, "certificate: expected an object with the members variables, rows, totals, owners, witness, unmet, verdicts, joined, conflicts, set_aside, given, bounds."),
    (tampered(consistent, ("variables", 2, ["a", "date"])), "variables: expected distinct pairs, the first empty."),
    (tampered(consistent, ("rows", 3, 2, 2.0)), "rows: row 3: a number is not whole, has over 38 digits, or is a text up to 2^53."),
    (tampered(consistent, ("rows", 3, 0, True)), "rows: row 3: an end or its owner does not exist, or its shape is none."),
    (tampered(consistent, ("rows", 3, 4, 0)), "rows: row 3: an end or its owner does not exist, or its shape is none."),
    (tampered(consistent, ("rows", 3, "abc")), "rows: row 3: it has not the form that docs/certificates.md gives."),
    (tampered(consistent, ("rows", 6, 5, 6)), "owners: a row is not where its owner has it: row, owner (6, 5)."),
    (tampered(consistent, ("rows", 6, 5, 0)), "owners: a row is not where its owner has it: row, owner (6, 5)."),
    (tampered(consistent, ("owners", 5, "clause", [[6], [6]])), "owners: a row stands in two branches."),
    (tampered(consistent, ("owners", 5, "clause", [[6, 7]])), "owners: a row stands in two branches."),
    (tampered(consistent, ("owners", 5, "clause", [])), "owners: owner 5: expected a clause or else an answer."),
    (tampered(consistent, ("owners", 10, "mode", "define")), "owners: owner 10: what is given has one branch of rows, or holds."),
    (tampered(consistent, ("owners", 0, "widened", None)), "owners: owner 0: expected an object with the members kind, id, field, notation, widened."),
    (tampered(consistent, ("owners", 2, "kind", "literal")), "owners: owner 2: it has not the form that docs/certificates.md gives."),
    (tampered(consistent, ("given", "least", 1, 9)), "given.least: the bound of variable 1 does not follow by its row."),
    (tampered(consistent, ("given", "least_by", 1, 8)), "given.least: the bound of variable 1 does not follow by its row."),
    (tampered(consistent, ("given", "least_by", 1, -1)), "given.least: the bound of variable 1 does not follow by its row."),
    (tampered(consistent, ("given", "least", 3, None), ("given", "least_by", 3, -1)), "given.least: row 4 does not hold."),
    (tampered(consistent, ("given", "greatest", 1, None), ("given", "greatest_by", 1, -1)), "given.greatest: row 1 does not hold."),
    (tampered(consistent, ("given", "witness", 1, 21)), "given.witness: row 1 does not hold."),
    (tampered(consistent, ("given", "witness", 0, 1)), "given.witness: expected a value for each variable, 0 for variable 0."),
    (tampered(consistent, ("witness", 2, 41)), "witness: row 3 does not hold."),
    (tampered(consistent, ("witness", 1, 14)), "verdicts: instance 7: the witness does not satisfy it."),
    (tampered(consistent, ("bounds", "least", 1, 10), ("bounds", "least_by", 1, 0)), "bounds.least: row 8 does not hold."),
    (tampered(consistent, ("verdicts", 1, 2, "chain", [-8])), "verdicts: instance 6: a chain does not lead back to its start."),
    (tampered(consistent, ("verdicts", 1, 2, "chain", [-8, 9])), "verdicts: instance 6: a proof has a row that it may not use."),
    (tampered(consistent, ("rows", 5, 2, 0), ("rows", 7, 2, 1)), "verdicts: instance 6: a chain contradicts nothing."),
    (tampered(consistent, ("verdicts", 1, 2, None)), "verdicts: instance 6: the bounds of the given do not show it."),
    (tampered(consistent, ("verdicts", 0, 2, -7)), "verdicts: instance 5: it has not the form that docs/certificates.md gives."),
    (tampered(consistent, ("verdicts", 1, 2, {"cases": 1, "proofs": []})), "verdicts: instance 6: it has not the form that docs/certificates.md gives."),
    (tampered(branches, ("verdicts", 0, 2, "proofs", 1, "chain", [-9, 2])), "verdicts: instance 3: a chain does not lead back to its start."),
    (tampered(branches, ("verdicts", 0, 2, "proofs", 1, "chain", [-9, -7])), "verdicts: instance 3: a proof has a row that it may not use."),
    (tampered(branches, ("verdicts", 0, 2, {"cases": 0, "proofs": [{"chain": [-9, -7]}]})), "verdicts: instance 3: it has not the form that docs/certificates.md gives."),
    (tampered(branches, ("rows", 11, 2, 1)), "verdicts: instance 5: the bounds of the given do not show it."),
    (tampered(branches, ("verdicts", 2, 2, "proofs", 1, {"chain": [-11]})), "verdicts: instance 5: a proof has a row that it may not use."),
    (tampered(branches, ("conflicts", 0, "proof", 9)), "conflicts: conflict 0: it has not the form that docs/certificates.md gives."),
    (tampered(branches, ("rows", 4, 0, 1)), "rows: row 4: an end or its owner does not exist, or its shape is none."),
    (tampered(branches, ("rows", 4, 3, 10)), "given.least: the walk to variable 3 does not give its bound."),
    (tampered(branches, ("given", "least_by", 3, 4)), "given.least: a bound rests on itself."),
    (tampered(branches, ("given", "witness", 3, 5)), "given.witness: row 4 does not hold."),
    (tampered(branches, ("rows", 9, [3, 3, 3, 7, "gap", 4]), ("verdicts", 1, [4, "satisfied", None])), "verdicts: instance 4: the bounds of the given do not show it."),
    (tampered(branches, ("rows", 9, [3, 3, 3, 7, "gap", 4]), ("verdicts", 1, [4, "satisfied", {"chain": [-10]}])), "verdicts: instance 4: a gap has no negation."),
    (tampered(sums, ("totals", 0, 0, 0, 1, 4)), "totals: total 7: a term is no list, or its variable does not exist."),
    (tampered(sums, ("totals", 0, 2, 3)), "owners: a row is not where its owner has it: row, owner (7, 2)."),
    (tampered(sums, ("totals", 0, 2, 0)), "owners: a row is not where its owner has it: row, owner (7, 0)."),
    (tampered(sums, ("totals", 0, 1, 6)), "verdicts: instance 2: a sum exceeds nothing."),
    (tampered(sums, ("verdicts", 0, 2, "walks", [[3], [1]])), "verdicts: instance 2: a walk does not lead to its variable."),
    (tampered(sums, ("verdicts", 0, 2, "walks", [[1]])), "verdicts: instance 2: it has not the form that docs/certificates.md gives."),
    (tampered(sums, ("verdicts", 0, 2, "walks", [[1], [5]])), "verdicts: instance 2: a proof has a row that it may not use."),
    (tampered(sums, ("verdicts", 0, 2, "sum", -9)), "verdicts: instance 2: a proof has a row that it may not use."),
    (tampered(sums, ("verdicts", 0, 2, None)), "verdicts: instance 2: the bounds of the given do not show it."),
    (tampered(sums, ("verdicts", 1, 2, {"2": 4})), "verdicts: instance 3: the counter-dating satisfies it."),
    (tampered(sums, ("unmet", [])), "verdicts: instance 8: the witness does not satisfy it."),
    (tampered(sums, ("owners", 3, "mode", "define")), "owners: owner 3: what is given has one branch of rows, or holds."),
    (tampered(sums, ("joined", 0, 2, 0, "sum", 9)), "joined: entry 0: a proof has a row that it may not use."),
    (tampered(sums, ("conflicts", 0, "proof", "sum", 8)), "conflicts: conflict 0: a proof has a row that it may not use."),
    (tampered(sums, ("conflicts", 0, "datings", 0, {"1": 0, "2": 1})), "conflicts: conflict 0: the dating without 'fx' is not one of all others."),
    (tampered(branches, ("conflicts", 0, "datings", 0, None)), "conflicts: conflict 0: it has not the form that docs/certificates.md gives."),
    (tampered(consistent, ("verdicts", 2, 1, "undated")), "verdicts: instance 7: it is undated exactly if a variable has neither bound."),
    (tampered(consistent, ("verdicts", 2, 1, "disputed")), "verdicts: instance 7: expected that it is open or undated or satisfied or violated or undetermined or not evaluated."),
    (tampered(consistent, ("verdicts", 4, 1, "open")), "verdicts: instance 9: expected that it is satisfied."),
    (tampered(consistent, ("verdicts", 2, 2, {"1": 15})), "verdicts: instance 7: the counter-dating satisfies it."),
    (tampered(consistent, ("verdicts", 2, 2, {"1": 9})), "verdicts: instance 7: the counter-dating breaks the given, in rows [0]."),
    (tampered(consistent, ("verdicts", 2, 2, {"0": 3})), "verdicts: instance 7: a dating has an unknown variable, or moves day 0."),
    (tampered(consistent, ("verdicts", 2, 2, {"01": 12})), "verdicts: instance 7: a dating has an unknown variable, or moves day 0."),
    (tampered(consistent, ("verdicts", 2, 2, None)), "verdicts: instance 7: it has not the form that docs/certificates.md gives."),
    (tampered(consistent, ("verdicts", 8, 2, "")), "verdicts: instance 13: the proof is not one for not evaluated."),
    (tampered(consistent, ("verdicts", [])), "verdicts: it has not the form that docs/certificates.md gives."),
    (tampered(consistent, ("set_aside", "instances", [4])), "verdicts: instance 6: a proof has a row that it may not use."),
    (tampered(consistent, ("set_aside", "facts", ["fc"])), "conflicts: there is none for 'fc', violated or set aside."),
    (tampered(chain_conflict, ("conflicts", [])), "conflicts: there is none for 2, violated or set aside."),
    (tampered(chain_conflict, ("verdicts", 0, 2, 1)), "conflicts: conflict 0: its headline is no member violated by it."),
    (tampered(chain_conflict, ("conflicts", 0, "headline", None)), "conflicts: conflict 0: its headline is no member violated by it."),
    (tampered(chain_conflict, ("conflicts", 0, "facts", ["fa"])), "conflicts: conflict 0: a fact that a member is bound to is no member."),
    (tampered(chain_conflict, ("conflicts", 0, "instances", [2, 2])), "conflicts: conflict 0: a member stands twice."),
    (tampered(chain_conflict, ("conflicts", 0, "proof", {"chain": [0, 2, -1]})), "conflicts: conflict 0: a proof has a row that it may not use."),
    (tampered(chain_conflict, ("conflicts", 0, "proof", {"chain": []})), "conflicts: conflict 0: a chain contradicts nothing."),
    (tampered(chain_conflict, ("conflicts", 0, "proof", None)), "conflicts: conflict 0: it has not the form that docs/certificates.md gives."),
    (tampered(chain_conflict, ("conflicts", 0, "datings", 1, {"1": 19, "2": 20})), "conflicts: conflict 0: the dating without 'fb' is not one of all others."),
    (tampered(chain_conflict, ("conflicts", 0, "datings", 2, {"1": 20})), "conflicts: conflict 0: the dating without 2 is not one of all others."),
    (tampered(together, ("owners", 1, "severity", "note"), ("bounds", together()["given"] | {"witness": None})), "certificate: expected an object with the members least, least_by, greatest, greatest_by."),
    (tampered(cases_conflict, ("conflicts", 0, "proof", {"chain": [0, 2]})), "conflicts: conflict 0: a proof has a row that it may not use."),
    (tampered(cases_conflict, ("conflicts", 0, "proof", "cases", 0)), "conflicts: conflict 0: it has not the form that docs/certificates.md gives."),
    (tampered(joined, ("joined", 0, 1, 0)), "joined: entry 0: a proof has a row that it may not use."),
    (tampered(joined, ("joined", 0, 1, 2)), "joined: entry 0: expected another undetermined error and a branch of its several."),
    (tampered(joined, ("joined", [*joined()["joined"], *joined()["joined"]])), "joined: entry 1: expected another undetermined error and a branch of its several."),
    (tampered(joined, ("joined", [])), "bounds.least: the bound of variable 2 does not follow by its row."),
    (tampered(answered, ("conflicts", 0, "facts", ["fa", "fb", "fc"])), "conflicts: conflict 0: expected the headline and its own facts, no proof and no datings."),
    (tampered(disputed, ("verdicts", 0, 1, "open")), "verdicts: instance 4: expected that it is disputed."),
    (tampered(disputed, ("conflicts", disputed()["conflicts"][:1])), "conflicts: there is none for 3, violated or set aside."),
    (tampered(calendar, ("given", "least", 3, day("2010-01-29"))), "given.least: the bound of variable 3 does not follow by its row."),
    (tampered(calendar, ("given", "greatest", 2, day("2010-04-29"))), "given.greatest: the bound of variable 2 does not follow by its row."),
    (tampered(calendar, ("rows", 6, 2, 366), ("rows", 7, 2, 367)), "verdicts: instance 5: a chain contradicts nothing."),
    (tampered(calendar, ("rows", 8, 2, -day("2010-01-28"))), "conflicts: conflict 0: a chain contradicts nothing."),
]  # fmt: skip


@pytest.mark.parametrize(("certificate", "message"), MESSAGES)
def test_what_is_refused_is_said_with_the_step_and_the_place(certificate, message):
    assert [message] == verify(certificate)


def test_a_bound_that_rests_on_itself_is_refused():
    world = {
        "variables": variables("ab"),
        "rows": rows((1, 2, 0, 0, False, 0), (2, 1, 0, 0, False, 0)),
        "totals": [],
        "owners": [dict(AXIOM)],
        "set_aside": {"facts": [], "instances": []},
        "given": table([0, 5, 5], [-1, 1, 0], [0, None, None], [-1, -1, -1], witness=[0, 7, 7]),
        "bounds": table([0, None, None], [-1, -1, -1], [0, None, None], [-1, -1, -1]),
        "witness": [0, 7, 7],
        "unmet": [],
        "verdicts": [],
        "joined": [],
        "conflicts": [],
    }
    assert ["given.least: a bound rests on itself."] == verify(world)
    world["given"] |= world["bounds"]
    assert [] == verify(world)


@pytest.mark.parametrize(("outcome", "message"), [("satisfied", []), ("disputed", ["verdicts: instance 6: expected that it is satisfied."])])
def test_what_the_dataset_as_written_answers_is_not_disputed(outcome, message):
    world = disputed()
    world["owners"].append(instance("require", ["f2"], [], answer=True))
    world["verdicts"].append([6, outcome, None])
    assert message == verify(world)


def blamed_on(facts, instances, chain, datings):
    """The world of disputed facts, with one more demand on f3 that is said to be violated by the given members."""
    world = disputed()
    world["rows"].append([1, 0, -5, 0, False, 6])  # a <= 5
    world["owners"].append(instance("require", ["f3"], [[6]], severity="note"))
    world["verdicts"].append([6, "violated", 2])
    conflict = {"headline": 6, "facts": facts, "instances": instances, "proof": {"chain": chain}, "datings": datings}
    world["conflicts"].append(conflict)
    return world


def test_a_fact_that_was_set_aside_violates_nothing():
    world = blamed_on(["f1", "f3"], [6], [0, 6], [{"1": 5}, {"1": 20}, {"1": 20}])
    assert ["conflicts: conflict 2: a proof has a row that it may not use."] == verify(world)


def test_an_instance_that_was_set_aside_violates_nothing():
    world = blamed_on(["f3"], [2, 3, 6], [2, 3], [{"1": 0, "2": 0, "3": 0}] * 4)
    assert ["conflicts: conflict 2: a member is set aside."] == verify(world)


def test_a_demand_weighs_on_no_milder_one_and_on_none_that_was_not_accepted():
    world = together()
    world["owners"][1]["severity"], world["owners"][2]["severity"] = "warning", "error"
    world["bounds"] = {name: each for name, each in world["given"].items() if name != "witness"}
    assert ["conflicts: conflict 0: another demand was not accepted before its headline."] == verify(world)
    world["owners"][1]["severity"] = "error"
    world["verdicts"][0] = [1, "not evaluated", "over the limit"]
    assert ["conflicts: conflict 0: another demand was not accepted before its headline."] == verify(world)


def test_what_is_violated_together_is_not_open():
    world = together()
    world["verdicts"][1] = [2, "undated", {"2": 11}]
    world["conflicts"] = []
    assert ["verdicts: instance 2: the witness does not satisfy it."] == verify(world)


def test_a_proof_by_cases_needs_every_branch():
    world = cases_conflict()
    world["conflicts"][0]["proof"] = {"cases": 1, "proofs": [{"chain": [0, 2]}]}
    assert ["conflicts: conflict 0: it has not the form that docs/certificates.md gives."] == verify(world)
    world["conflicts"][0]["proof"] = {"cases": 1, "proofs": [{"chain": [0, 2]}, {"chain": [0, 2]}]}
    assert ["conflicts: conflict 0: a proof has a row that it may not use."] == verify(world)


def test_cases_may_stand_in_cases():
    world = cases_conflict()
    inner = world["conflicts"][0]["proof"]
    world["conflicts"][0]["proof"] = {"cases": 1, "proofs": [inner, {"chain": [3, 1]}]}
    assert [] == verify(world)


def test_a_member_that_is_not_needed_is_refused():
    world = chain_conflict()
    world["owners"].append(fact("fc"))
    world["conflicts"][0]["facts"].append("fc")
    world["conflicts"][0]["datings"].insert(2, {"1": 20, "2": 10})
    assert ["conflicts: conflict 0: the dating without 'fc' is not one of all others."] == verify(world)


def test_without_datings_every_member_has_a_row_of_the_circle():
    refused = ["conflicts: conflict 0: without datings, expected the members' rows to be one circle."]
    world = chain_conflict()
    world["conflicts"][0]["datings"] = []
    assert [] == verify(world)
    world["owners"].append(instance("define", ["fa"], [[]]))
    world["conflicts"][0]["instances"].append(3)
    assert refused == verify(world)
    world = chain_conflict()
    world["conflicts"][0] |= {"datings": [], "facts": ["fa", "fb", "fc"]}
    assert refused == verify(world)


def test_without_datings_a_fact_set_aside_is_a_member_by_what_is_bound_to_it_only():
    world = disputed()
    world["rows"] += [[0, 1, 3, 0, False, 6], [1, 0, -2, 0, False, 7]]
    world["owners"] += [fact("f4"), instance("require", ["f4"], [[7]])]
    for name in ("given", "bounds"):
        world[name]["least"][1], world[name]["least_by"][1] = 3, 6
    world["given"]["witness"][1] = world["witness"][1] = 3
    world["verdicts"].append([7, "violated", 2])
    conflict = {"headline": 7, "facts": ["f4"], "instances": [7], "proof": {"chain": [6, 7]}, "datings": []}
    world["conflicts"].append(conflict)
    assert [] == verify(world)
    conflict["facts"] = ["f1", "f4"]
    assert ["conflicts: conflict 2: without datings, expected the members' rows to be one circle."] == verify(world)


def test_a_bound_may_be_given_by_the_whole_way_from_day_0_or_to_it():
    assert [] == verify(tampered(consistent, ("given", "least_by", 3, [2, 4]), ("given", "greatest_by", 2, [3])))
    assert [] == verify(tampered(calendar, ("given", "greatest_by", 2, [3, 4]), ("given", "least_by", 3, [0, 2, 3])))


@pytest.mark.parametrize(("walk", "why"), [
    ([4], "the walk to variable 3 does not give its bound"),
    ([2], "the walk to variable 3 does not give its bound"),
    ([4, 2], "the walk to variable 3 does not give its bound"),
    ([0, 4], "the walk to variable 3 does not give its bound"),
    ([], "the walk to variable 3 does not give its bound"),
    ([2, 3, 2, 4], "the walk to variable 3 does not give its bound"),
    ([11, 4], "a proof has a row that it may not use"),
    ([2, -1], "a proof has a row that it may not use"),
    ([2, True], "expected a list of whole numbers"),
])  # fmt: skip
def test_a_way_that_does_not_give_the_bound_is_refused(walk, why):
    assert [f"given.least: {why}."] == verify(tampered(consistent, ("given", "least_by", 3, walk)))


def test_a_number_beyond_2_to_the_53_may_be_a_text():
    great = 2**60
    world = chain_conflict()
    world["rows"][0][2] = world["given"]["least"][1] = world["bounds"]["least"][1] = str(great)
    world["given"]["witness"][1] = world["witness"][1] = str(great + 1)
    world["conflicts"][0]["datings"] = [{"1": 10, "2": 10}, {"1": str(great), "2": great}, {"1": great, "2": 10}]
    assert [] == verify(world)
    world["rows"][1][2] = "-10"
    assert ["rows: row 1: a number is not whole, has over 38 digits, or is a text up to 2^53."] == verify(world)


def test_what_is_too_great_or_too_deep_is_refused():
    refused = ["rows: row 0: a number is not whole, has over 38 digits, or is a text up to 2^53."]
    for number in [10**38, 10**5000, "1" * 5000, "9" * 40, "9_999_999_999_999_999_999", "\u0669" * 20, 1e300, float("nan")]:
        assert refused == verify(tampered(chain_conflict, ("rows", 0, 2, number)))
    deep = None
    for _ in range(100_000):
        deep = {"cases": 1, "proofs": [{"chain": [0, 2]}, deep]}
    said = verify(tampered(cases_conflict, ("conflicts", 0, "proof", deep)))
    assert ["conflicts: conflict 0: it has not the form that docs/certificates.md gives."] == said
    while deep:
        deep = deep["proofs"].pop()  # taken apart, since Python frees nested objects by recursion


def test_the_certificate_is_left_as_it_was():
    for world in WORLDS:
        certificate = world()
        verify(certificate)
        assert world() == certificate


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.sampled_from(["1", "fact", 10**400])
JSON = st.recursive(LEAVES, lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=3), each, max_size=4))


def paths_of(value, path=()):
    yield path
    for name, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths_of(each, (*path, name))


@given(JSON)
def test_no_json_value_raises(value):
    assert verify(value) != []


@given(st.sampled_from(WORLDS), st.lists(st.tuples(st.integers(0, 10**6), JSON), min_size=1, max_size=3))
@settings(max_examples=400)
def test_no_json_value_anywhere_in_a_certificate_raises(world, changes):
    certificate = copy.deepcopy(world())
    for choice, value in changes:
        paths = [path for path in paths_of(certificate) if path]
        *path, name = paths[choice % len(paths)]
        part = certificate
        for each in path:
            part = part[each]
        part[name] = value
    assert all(type(said) is str for said in verify(certificate))


@given(st.sampled_from([each for each in WORLDS if each is not calendar]), st.data())
@settings(max_examples=400)
def test_whatever_is_accepted_after_several_changes_says_nothing_false(world, data):
    certificate = copy.deepcopy(world())
    for _ in range(data.draw(st.integers(2, 4))):
        numbers = [path for path in paths_of(certificate) if path and path[0] != "variables"]
        *path, name = data.draw(st.sampled_from(numbers))
        part = certificate
        for each in path:
            part = part[each]
        if type(part[name]) is int:
            part[name] += data.draw(st.sampled_from([-2, -1, 1, 2]))
    if verify(certificate) == [] and not has_months(certificate):
        assert says_nothing_false(certificate)


# The calendar, against `datetime` and by search

SPANS = [*range(day("1899-12-01"), day("1900-04-02")), *range(day("1991-12-15"), day("1992-04-15")), *range(day("1999-12-25"), day("2000-03-05"))]
MONTHS = [-4801, -216, -12, -11, -1, 1, 2, 3, 11, 12, 13, 48, 216, 1200]


@pytest.mark.parametrize("months", MONTHS)
def test_months_are_added_as_in_the_calendar(months):
    for value in SPANS:
        if months > -4800:
            assert shifted(value, months, 3) == module._follow([1, 2, 3, months, False, 0], value)
            assert shifted(value, months, -40) == module._follow([1, 2, -40, months, True, 0], value, back=True)


@pytest.mark.parametrize("months", MONTHS)
@pytest.mark.parametrize("days", [-1, 0, 30])
def test_the_end_that_a_row_forces_is_the_nearest_under_which_it_holds(months, days):
    forward, inverse = [1, 2, days, months, False, 0], [1, 2, days, months, True, 0]
    for value in SPANS:
        greatest = module._follow(forward, value, back=True)
        assert module._follow(forward, greatest) <= value < module._follow(forward, greatest + 1)
        least = module._follow(inverse, value)
        assert module._follow(inverse, least, back=True) >= value > module._follow(inverse, least - 1, back=True)


@pytest.mark.parametrize("inverse", [False, True])
@pytest.mark.parametrize("months", [1, 2, 11, 12, 13, 4799])
def test_the_least_gain_of_months_is_the_least_over_the_calendar(months, inverse):
    row = [1, 2, 0, months, inverse, 0]
    assert module._least_turn(months, inverse) == min(module._follow(row, value) - value for value in range(146_097))


def test_the_calendar_repeats_after_400_years_and_has_no_first_day():
    for value in (-10_000_000, -146_097, 0, 1, 10**30):
        assert value + 146_097 == module._follow([1, 2, 0, 4800, False, 0], value)
        assert module._follow([1, 2, 0, 1, False, 0], value) + 146_097 == module._follow([1, 2, 0, 1, False, 0], value + 146_097)
