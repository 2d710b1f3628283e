"""Certificates that tell the verifier from its mutants: what each single check is there for (scripts/mutate_verifier.py)."""

import datetime as dt

import pytest
from hand_made import (
    AXIOM,
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
from test_verify import tampered

from rehabfacts.network import verify as module
from rehabfacts.network.verify import verify

NO_FORM = "it has not the form that docs/certificates.md gives."
NOT_SHOWN = "verdicts: instance 1: the bounds of the given do not show it."
UNUSABLE = "a proof has a row that it may not use."


def world(names, all_rows, owners, least, greatest, **parts):
    """A certificate in which the bounds rest on the given alone; each bound is given by a row, or is none."""
    bounds = table(*least, *greatest)
    return {
        "variables": variables(names), "rows": rows(*all_rows), "totals": [], "owners": owners,
        "set_aside": {"facts": [], "instances": []}, "given": bounds | {"witness": parts["witness"]}, "bounds": bounds,
        "unmet": [], "verdicts": [], "joined": [], "conflicts": [],
    } | parts  # fmt: skip


def conflict(headline, facts, instances, proof, datings):
    return {"headline": headline, "facts": facts, "instances": instances, "proof": proof, "datings": datings}


def days_of(*each):
    """Datings, each of which gives variables 1… their values."""
    return [{str(variable): value for variable, value in enumerate(values, 1)} for values in each]


# Numbers


@pytest.mark.parametrize("value", [10**38 - 1, 1 - 10**38, str(2**53 + 1), str(-(2**53) - 1), "-" + "9" * 38])
def test_a_number_of_38_digits_is_whole_and_beyond_2_to_the_53_may_be_a_text(value):
    assert [0, int(value)] == module._wholes([0, value])


@pytest.mark.parametrize("value", [10**38, -(10**38), str(2**53), "9" * 39, "9" * 40, "1" * 5000, "9_999_999_999_999_999_999", 1.0, True, None])
def test_other_numbers_are_refused(value):
    with pytest.raises(AssertionError, match="a number is not whole, has over 38 digits, or is a text up to"):
        module._wholes([0, value])


# Rows


def later(value, months):
    date = dt.date.fromordinal(value)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    last = (dt.date(year + month // 11, (month + 1) % 12 + 1, 1) - dt.timedelta(1)).day
    return date.replace(year=year, month=month + 1, day=min(date.day, last)).toordinal()


MONTH_ENDS = [
    dt.date(year, month, 1).toordinal() + offset for year in (1899, 1900, 1999, 2000) for month in range(1, 13) for offset in (-3, -2, -1, 0, 1)
]  # fmt: skip


@pytest.mark.parametrize("months", [1, 2, 6, -5, 12])
def test_every_month_has_its_days(months):
    for value in MONTH_ENDS:
        assert later(value, months) + 3 == module._follow([1, 2, 3, months, False, 0], value)
        assert later(value, months) + 3 == module._follow([1, 2, 3, months, True, 0], value, back=True)


@pytest.mark.parametrize(("months", "inverse", "least"), [
    (1, False, 28), (2, False, 59), (7, False, 212), (12, False, 365), (13, False, 393),
    (1, True, -31), (2, True, -62), (7, True, -215), (12, True, -366), (13, True, -397),
])  # fmt: skip
def test_the_least_gain_of_months_is_that_of_the_shortest_or_longest(months, inverse, least):
    assert least == module._least_turn(months, inverse)
    row = [1, 2, 0, months, inverse, 0]
    assert least == min(module._follow(row, value) - value for value in MONTH_ENDS)


def test_a_value_in_a_gap_goes_to_the_end_after_it_and_back_to_the_end_before_it():
    row = [1, 1, 3, 7, "gap", 0]
    assert [2, 3, 7, 7, 7, 7, 8] == [module._follow(row, value) for value in range(2, 9)]
    assert [2, 3, 3, 3, 3, 7, 8] == [module._follow(row, value, back=True) for value in range(2, 9)]


def following(row, low, high):
    """a is `low`, b is `high` or later, and so a row from a to b is said to hold: by what contradicts its negation."""
    all_rows = [(0, 1, low, 0, False, 0), (1, 0, -low, 0, False, 0), (0, 2, high, 0, False, 0), (*row, 1)]
    return world(
        "ab", all_rows, [fact("f"), instance("require", ["f"], [[3]])], ([0, low, high], [-1, 0, 2]), ([0, low, None], [-1, 1, -1]),
        witness=[0, low, high], verdicts=[[1, "satisfied", {"chain": [2, -4, 1]}]],
    )  # fmt: skip


@pytest.mark.parametrize("months", [0, 1, -1, 12])
@pytest.mark.parametrize("inverse", [False, True])
def test_what_contradicts_the_negation_of_a_row_shows_that_it_holds(months, inverse):
    row = (1, 2, 4, months, inverse)
    for low in MONTH_ENDS[15:60]:
        least = module._follow(row, low)
        assert [] == verify(following(row, low, least))
        assert ["verdicts: instance 1: a chain contradicts nothing."] == verify(following(row, low, least - 1))


def inverse_days():
    """b is at least a - 3, as an inverse row without months; its owner is the first."""
    return world(
        "ab", [(1, 2, 3, 0, True, 0), (0, 1, 10, 0, False, 0)], [fact("f")],
        ([0, 10, 7], [-1, 1, 0]), ([0, None, None], [-1, -1, -1]), witness=[0, 10, 7],
    )  # fmt: skip


def test_an_inverse_row_of_days_takes_them_off():
    assert [] == verify(inverse_days())
    assert ["witness: row 0 does not hold."] == verify(tampered(inverse_days, ("witness", [0, 10, 6])))
    early = tampered(inverse_days, ("rows", 0, 2, -3), ("given", "least", 2, 13), ("bounds", "least", 2, 13), ("given", "witness", 2, 13))
    assert ["witness: row 0 does not hold."] == verify(early | {"witness": [0, 10, 8]})


def test_the_bounds_show_an_inverse_row_of_days_of_the_first_owner():
    shown = world(
        "ab", [(1, 2, 3, 0, True, 0), (0, 1, 10, 0, False, 1), (1, 0, -10, 0, False, 1), (0, 2, 10, 0, False, 1)], [instance("require", ["f"], [[0]]), fact("f")],
        ([0, 10, 10], [-1, 1, 3]), ([0, 10, None], [-1, 2, -1]), witness=[0, 10, 10], verdicts=[[0, "satisfied", None]],
    )  # fmt: skip
    assert [] == verify(shown)
    for row in ([1, 2, -1, 0, True, 0], [1, 2, 0, 1, False, 0]):
        assert ["verdicts: instance 0: the bounds of the given do not show it."] == verify(tampered(lambda: shown, ("rows", 0, row)))


@pytest.mark.parametrize("longer", [[0], []])
def test_a_row_has_six_parts(longer):
    rows = chain_conflict()["rows"]
    changed = [*rows[1], *longer] if longer else rows[1][:-1]
    assert [f"rows: row 1: {NO_FORM}"] == verify(tampered(chain_conflict, ("rows", 1, changed)))


def gap_on(variable):
    """a is 5 to 9 and not 6 or 7."""
    return tampered(
        lambda: world(
            "a", [(0, 1, 5, 0, False, 0), (1, 0, -9, 0, False, 0), (1, 1, 5, 8, "gap", 0)], [fact("f")],
            ([0, 5], [-1, 0]), ([0, 9], [-1, 1]), witness=[0, 8],
        ),
        ("rows", 2, 0, variable), ("rows", 2, 1, variable),
    )  # fmt: skip


def test_a_gap_is_one_of_any_variable_but_day_0():
    assert [] == verify(gap_on(1))
    assert ["rows: row 2: an end or its owner does not exist, or its shape is none."] == verify(gap_on(0))
    assert ["witness: row 2 does not hold."] == verify(gap_on(1) | {"witness": [0, 7]})


@pytest.mark.parametrize(("part", "value"), [(0, -1), (0, 3), (1, -1), (1, 3), (5, -1), (4, "hole"), (0, 1.0), (1, None), (5, False)])
def test_a_row_has_two_variables_an_owner_and_a_shape_that_exist(part, value):
    said = "rows: row 1: an end or its owner does not exist, or its shape is none."
    assert [said] == verify(tampered(chain_conflict, ("rows", 1, part, value), *([("rows", 1, 0, 0), ("rows", 1, 1, 0)] if value == "hole" else [])))


def test_a_shape_that_is_no_gap_is_none_at_a_variable_either():
    changes = [("rows", 1, [2, 2, -10, 0, "hole", 1])]
    assert ["rows: row 1: an end or its owner does not exist, or its shape is none."] == verify(tampered(chain_conflict, *changes))


# What is listed


@pytest.mark.parametrize("value", ["ab", ["a", 1], ("a", "date"), ["", ""], ["a"], ["a", "date", "more"]])
def test_a_variable_is_a_pair_of_texts_of_its_own(value):
    assert ["variables: expected distinct pairs, the first empty."] == verify(tampered(answered, ("variables", 1, value)))


def test_the_first_variable_is_day_0():
    assert ["variables: expected distinct pairs, the first empty."] == verify(tampered(answered, ("variables", 0, ["x", ""])))


def test_the_witness_of_the_given_is_checked_first_and_each_has_a_value_for_each_variable():
    assert ["given.witness: row 0 does not hold."] == verify(tampered(answered, ("given", "witness", 1, 19), ("witness", 1, 19)))
    for path in [("given", "witness"), ("witness",)]:
        said = [f"{'.'.join(path)}: expected a value for each variable, 0 for variable 0."]
        assert said == verify(tampered(answered, (*path, [0, 20, 5])))
        assert said == verify(tampered(answered, (*path, [1, 20])))


@pytest.mark.parametrize("changes", [
    [("facts", [1])], [("binding", [None])], [("severity", "grave")], [("severity", ["error"])],
])  # fmt: skip
def test_an_instance_is_bound_to_texts_and_has_a_severity(changes):
    certificate = tampered(answered, *(("owners", 1, *change) for change in changes))
    said = "its binding or facts are no texts, or its severity is none." if changes[0][1] != ["error"] else None
    told = verify(certificate)
    assert told == [f"owners: owner 1: {said}"] if said else told != []


@pytest.mark.parametrize("branch", [[6.0], (6,), "6"])
def test_a_branch_is_a_list_of_whole_numbers(branch):
    assert ["owners: owner 5: expected a list of whole numbers."] == verify(tampered(consistent, ("owners", 5, "clause", [branch])))


@pytest.mark.parametrize("answer", [0, "no", []])
def test_an_answer_is_yes_or_no(answer):
    assert ["owners: owner 1: expected a clause or else an answer."] == verify(tampered(answered, ("owners", 1, "answer", answer)))


def with_given(world_, mode="define", clause=None, answer=None):
    certificate = world_()
    certificate["owners"].append(instance(mode, [], [[]] if clause is None else clause, answer=answer))
    return certificate


def test_what_is_given_holds_or_has_one_branch_of_rows():
    refused = "what is given has one branch of rows, or holds."
    assert [] == verify(with_given(answered))  # one row in all, and none in its branch
    assert [] == verify(with_given(answered, clause=[], answer=True))
    assert [f"owners: owner 2: {refused}"] == verify(with_given(answered, clause=[], answer=False))
    assert [f"owners: owner 2: {refused}"] == verify(with_given(answered, mode="wish"))
    for owner in (2, 7):  # the first of the totals; a row and a total
        assert [f"owners: owner {owner}: {refused}"] == verify(tampered(sums, ("owners", owner, "mode", "define")))


# Tables


@pytest.mark.parametrize("name", ["given", "bounds"])
@pytest.mark.parametrize("end", ["least", "greatest"])
def test_a_table_has_a_bound_for_each_variable_and_0_for_day_0(name, end):
    said = [f"{name}.{end}: expected a bound for each variable, 0 for variable 0."]
    for changes in (
        [(end, 0, 1)], [(end, 0, None)], [(f"{end}_by", 0, 0)], [(f"{end}_by", 0, [])], [(f"{end}_by", 1, True)], [(f"{end}_by", 1, None)],
        [(end, [0, *answered()[name][end]])], [(end, [0])],
    ):  # fmt: skip
        assert said == verify(tampered(answered, *((name, *change) for change in changes)))


def test_a_table_has_a_reason_for_each_bound():
    for extra in ([-1, 0, 0], [-1]):
        assert [f"given.least: {NO_FORM}"] == verify(tampered(answered, ("given", "least_by", extra)))


def test_no_bound_is_none_whatever_row_is_told_for_it():
    assert ["given.least: the bound of variable 5 does not follow by its row."] == verify(tampered(consistent, ("given", "least_by", 5, 5)))
    assert ["given.least: the bound of variable 1 does not follow by its row."] == verify(tampered(consistent, ("given", "least_by", 1, 14)))
    assert ["given.greatest: the bound of variable 1 does not follow by its row."] == verify(tampered(consistent, ("given", "greatest_by", 1, 14)))


def test_a_bound_that_follows_over_months_is_not_left_out():
    for name in ("given", "bounds"):
        certificate = tampered(calendar, (name, "greatest", 2, None), (name, "greatest_by", 2, -1))
        assert [f"{name}.greatest: row 3 does not hold."] == verify(certificate)
        certificate = tampered(calendar, (name, "least", 3, None), (name, "least_by", 3, -1))
        assert [f"{name}.least: row 3 does not hold."] == verify(certificate)


def walks(least_by=(-1, 0, 2), greatest_by=(-1, -1, -1)):
    """a and b are the same, 10 or later; a is also 0 or later."""
    all_rows = [(0, 1, 10, 0, False, 0), (0, 2, 10, 0, False, 0), (1, 2, 0, 0, False, 0), (2, 1, 0, 0, False, 0), (0, 1, 0, 0, False, 0)]
    bounds = ([0, 10, 10], list(least_by)), ([0, None, None], list(greatest_by))
    return world("ab", all_rows, [fact("f")], *bounds, witness=[0, 10, 10])


@pytest.mark.parametrize("walk", [[0], [1, 3], [0, 2, 3]])
def test_a_bound_may_be_given_by_any_walk_that_leads_there(walk):
    assert [] == verify(walks(least_by=[-1, walk, 1]))


@pytest.mark.parametrize("walk", [[1, 4], [2, 3], [1], [4], [3], [2, 0]])
def test_no_bound_is_given_by_rows_that_do_not_follow_each_other_from_day_0(walk):
    assert ["given.least: the walk to variable 1 does not give its bound."] == verify(walks(least_by=[-1, walk, 1]))


# Proofs


def circle(*steps):
    """Facts that contradict each other round a circle of these steps: (low, high, days, months, shape)."""
    size = len(steps)
    all_rows = [(*step, at) for at, step in enumerate(steps)]
    nothing = [0, None, None], [-1, -1, -1]
    return world(
        "pq", all_rows, [fact(f"f{at}") for at in range(size)], nothing, nothing, witness=[0, 1, 2],
        set_aside={"facts": [f"f{at}" for at in range(size)], "instances": []},
        conflicts=[conflict(None, [f"f{at}" for at in range(size)], [], {"chain": [*range(size)]}, [])],
    )  # fmt: skip


@pytest.mark.parametrize("steps", [
    [(1, 2, 0, 1, False), (2, 1, -28, 0, False)],
    [(1, 2, 3, 1, False), (2, 1, -31, 0, False)],
    [(1, 2, 5, 1, True), (2, 1, 36, 0, False)],
    [(1, 2, 0, 4801, False), (2, 1, -146_097 - 28, 0, False)],
    [(1, 2, 7, 4801, True), (2, 1, 146_097 + 31 + 7, 0, False)],
    [(1, 2, 0, 9600, False), (2, 1, -2 * 146_097, 0, False)],
    [(1, 2, 0, 4799, False), (2, 1, -146_097 + 31, 0, False)],
])  # fmt: skip
def test_a_circle_contradicts_exactly_if_it_gains_with_every_month_at_its_shortest(steps):
    *before, (low, high, days, months, shape) = steps
    assert ["conflicts: conflict 0: a chain contradicts nothing."] == verify(circle(*steps))
    assert [] == verify(circle(*before, (low, high, days + 1, months, shape)))


def test_a_gap_gains_nothing_on_a_circle():
    def around(days):
        certificate = circle((1, 2, days, 0, False), (2, 2, 100, 9_600, "gap"), (2, 1, 0, 0, False))
        certificate["conflicts"][0]["datings"] = days_of((1, 0), (1, 150), (2, 1))  # the gap is one step more at q
        return certificate

    refused = ["conflicts: conflict 0: a chain contradicts nothing."]
    assert refused == verify(around(0))
    assert verify(around(1)) == ["conflicts: conflict 0: the dating without 'f1' is not one of all others."]  # which is not needed


@pytest.mark.parametrize("chain", ["", (), None, [0, True], [0, 1.0]])
def test_a_chain_is_a_list_of_whole_numbers(chain):
    assert ["conflicts: conflict 0: expected a list of whole numbers."] == verify(tampered(chain_conflict, ("conflicts", 0, "proof", "chain", chain)))


def first_row():
    """a is 10 or later, so that it is 5 or later: of this demand is the first row."""
    return world(
        "a", [(0, 1, 5, 0, False, 1), (0, 1, 10, 0, False, 0)], [fact("f"), instance("require", ["f"], [[0]])],
        ([0, 10], [-1, 1]), ([0, None], [-1, -1]), witness=[0, 10], verdicts=[[1, "satisfied", {"chain": [1, -1]}]],
    )  # fmt: skip


def test_the_first_row_has_a_negation_too():
    assert [] == verify(first_row())
    assert [] == verify(tampered(first_row, ("verdicts", 0, 2, None)))
    assert [NOT_SHOWN] == verify(tampered(first_row, ("verdicts", 0, 2, None), ("rows", 0, 2, 11)))


def apart():
    """a is 0 to 10 and b 5 or later: a is demanded to be no later than b."""
    return world(
        "ab", [(0, 1, 0, 0, False, 0), (1, 0, -10, 0, False, 0), (0, 2, 5, 0, False, 0), (1, 2, 0, 0, False, 1)],
        [fact("f"), instance("require", ["f"], [[3]])], ([0, 0, 5], [-1, 0, 2]), ([0, 10, None], [-1, 1, -1]), witness=[0, 0, 5],
        verdicts=[[1, "satisfied", None]],
    )  # fmt: skip


def test_bounds_show_a_row_if_the_greatest_low_end_forces_no_more_than_the_least_high_end():
    assert [NOT_SHOWN] == verify(apart())
    assert [NOT_SHOWN] == verify(tampered(apart, ("rows", 3, 2, -4)))
    assert [] == verify(tampered(apart, ("rows", 3, 2, -5)))


def shown(clause, proof, *demanded):
    """a is 5 to 9 and not 6 or 7, b is 18 years and a day after it or later, and so c is 40 or later: what is demanded of them."""
    late = module._follow([1, 2, 1, 216, False, 0], 5)
    all_rows = [
        (0, 1, 5, 0, False, 0), (1, 0, -9, 0, False, 0), (1, 1, 5, 8, "gap", 0), (1, 2, 1, 216, False, 0), (0, 3, 40, 0, False, 0),
        *((*each, 1) for each in demanded),
    ]  # fmt: skip
    return world(
        "abc", all_rows, [fact("f"), instance("require", ["f"], clause)], ([0, 5, late, 40], [-1, 0, 3, 4]), ([0, 9, None, None], [-1, 1, -1, -1]),
        witness=[0, 8, late + 9, 40], verdicts=[[1, "satisfied", proof]],
    )  # fmt: skip


A_LATER, A_BEFORE_C, C_LATER = (0, 1, 6, 0, False), (1, 3, 31, 0, False), (0, 3, 40, 0, False)


def test_bounds_show_a_demand_if_they_show_every_row_of_one_branch():
    assert [] == verify(shown([[5, 6]], None, C_LATER, A_BEFORE_C))
    assert [] == verify(shown([[5], [6]], None, A_LATER, C_LATER))
    assert [NOT_SHOWN] == verify(shown([[5, 6]], None, C_LATER, A_LATER))
    assert [NOT_SHOWN] == verify(shown([[5], [6]], None, A_LATER, A_LATER))


def test_bounds_may_show_a_row_in_one_of_the_cases():
    nothing_else = {"cases": 1, "proofs": [None, {"chain": [4, -8]}]}
    assert [] == verify(shown([[5], [6, 7]], nothing_else, A_LATER, A_BEFORE_C, C_LATER))
    assert [NOT_SHOWN] == verify(shown([[5], [6, 7]], nothing_else, A_LATER, (1, 3, 32, 0, False), C_LATER))


@pytest.mark.parametrize("months", [1, -1])
@pytest.mark.parametrize("inverse", [False, True])
def test_bounds_show_a_row_of_calendar_months(months, inverse):
    row = [1, 3, -5, months, inverse, 1]
    days = next(days for days in range(-99, 99) if module._follow([*row[:2], days, *row[3:]], 9) == 40)
    later = days - 1 if inverse else days + 1
    assert [] == verify(shown([[5]], None, (1, 3, days, months, inverse)))
    assert [NOT_SHOWN] == verify(shown([[5]], None, (1, 3, later, months, inverse)))


def in_each_branch(first=(0, 1, 6, 0, False), second=(0, 1, 7, 0, False), chain=(0, 1)):
    """x is 5 at most. It is demanded: the first row and y >= 9, or y <= 3 and the second one."""
    all_rows = [(*first, 1), (1, 0, -5, 0, False, 0), (*second, 1), (0, 2, 9, 0, False, 1), (2, 0, -3, 0, False, 1)]
    return world(
        "xy", all_rows, [fact("f"), instance("require", ["f"], [[0, 3], [4, 2]])], ([0, None, None], [-1] * 3), ([0, 5, None], [-1, 1, -1]),
        witness=[0, 5, 0], verdicts=[[1, "violated", 0]], conflicts=[conflict(1, ["f"], [1], {"chain": [*chain]}, days_of((9, 9), (5, 0)))],
    )  # fmt: skip


def test_a_row_that_every_branch_has_needs_no_cases():
    for days in (6, 7, 50):
        assert [] == verify(in_each_branch(second=(0, 1, days, 0, False)))
    assert [] == verify(in_each_branch(first=(0, 1, 7, 0, False), second=(0, 1, 6, 0, False), chain=(2, 1)))
    assert [] == verify(in_each_branch(first=(0, 1, 6, 1, False), second=(0, 1, 7, 1, False)))
    for days in (-6, -7, -50):
        assert [] == verify(in_each_branch(first=(0, 1, -6, 0, True), second=(0, 1, days, 0, True)))


@pytest.mark.parametrize(("first", "second"), [
    ((0, 1, 6, 0, False), (0, 1, 5, 0, False)),
    ((0, 1, 6, 0, False), (0, 2, 7, 0, False)),
    ((0, 1, 6, 0, False), (2, 1, 7, 0, False)),
    ((0, 1, 6, 0, False), (0, 1, 7, 1, False)),
    ((0, 1, 6, 0, False), (0, 1, 7, 0, True)),
    ((0, 1, 6, 1, False), (0, 1, 7, 1, True)),
    ((0, 1, -6, 0, True), (0, 1, -5, 0, True)),
])  # fmt: skip
def test_what_some_branch_has_not_needs_cases(first, second):
    assert [f"conflicts: conflict 0: {UNUSABLE}"] == verify(in_each_branch(first, second))


def test_what_is_no_row_of_days_or_months_needs_cases():
    hole = (1, 1, 0, 9, "gap")
    assert [f"conflicts: conflict 0: {UNUSABLE}"] == verify(in_each_branch(hole, hole, chain=(0, 0)))
    certificate = no_more_than(2)
    certificate["totals"].append(certificate["totals"][0])
    certificate["owners"][1]["clause"] = [[2], [3]]
    certificate["conflicts"][0]["datings"] = [{"1": 2}, {"1": 4}]
    assert [f"conflicts: conflict 0: {UNUSABLE}"] == verify(certificate)
    cases = {"cases": 1, "proofs": [{"sum": number, "walks": [[0]]} for number in (2, 3)]}
    assert [] == verify(tampered(lambda: certificate, ("conflicts", 0, "proof", cases)))


def test_what_negates_one_row_of_several_needs_cases():
    all_rows = [(0, 1, 5, 0, False, 1), (0, 1, 100, 0, False, 1), (0, 1, 10, 0, False, 0), (0, 1, 10, 0, False, 0)]
    certificate = world(
        "a", all_rows, [fact("f"), instance("require", ["f"], [[0, 1]])], ([0, 10], [-1, 2]), ([0, None], [-1, -1]), witness=[0, 10],
        verdicts=[[1, "satisfied", {"chain": [2, -1]}]],
    )  # fmt: skip
    assert [f"verdicts: instance 1: {UNUSABLE}"] == verify(certificate)


@pytest.mark.parametrize("months", [0, 1])
@pytest.mark.parametrize(("shape", "days"), [(False, (7, 9)), (True, (-7, -9))])
def test_of_two_rows_the_negation_of_the_one_that_says_more_needs_no_cases(months, shape, days):
    low = day("2000-05-10")
    less, more = ((1, 2, each, months, shape) for each in days)

    def claimed(chain, *, first=less):
        certificate = following(first, low, module._follow(more, low))
        certificate["rows"].append([*more, 1])
        certificate["owners"][1]["clause"] = [[3, 4]]
        return certificate | {"verdicts": [[1, "satisfied", {"chain": chain}]]}

    assert [] == verify(claimed([2, -5, 1]))
    assert [f"verdicts: instance 1: {UNUSABLE}"] == verify(claimed([2, -4, 1]))
    assert [] == verify(claimed([2, -4, 1], first=more))


def test_what_was_accepted_vouches_for_nothing():
    certificate = consistent()
    certificate["rows"].append([0, 1, 12, 0, False, 15])  # a >= 12, which follows from a >= 15 alone
    certificate["owners"].append(instance("require", ["fa"], [[19]], severity="note"))
    certificate["verdicts"].append([15, "satisfied", {"chain": [8, -20]}])
    assert [f"verdicts: instance 15: {UNUSABLE}"] == verify(certificate)


# Verdicts


@pytest.mark.parametrize("owner", [True, 0, 1.0, 2])
def test_a_verdict_names_its_demand(owner):
    said = ["verdicts: instance 1: expected that it is open or undated or satisfied or violated or undetermined or not evaluated."]
    assert said == verify(tampered(cases_conflict, ("verdicts", 0, 0, owner)))


def test_a_verdict_may_be_that_a_limit_was_met():
    for outcome in ("not evaluated", "undetermined"):
        assert [] == verify(tampered(consistent, ("verdicts", 8, [13, outcome, "4,096 cases tried"])))
        assert [f"verdicts: instance 13: the proof is not one for {outcome}."] == verify(tampered(consistent, ("verdicts", 8, [13, outcome, None])))


def test_a_violation_names_its_conflict():
    for proof in ("0", None, [0], False):
        assert ["verdicts: instance 1: the proof is not one for violated."] == verify(tampered(answered, ("verdicts", 0, 2, proof)))


def test_a_demand_of_nothing_is_not_open():
    said = "verdicts: instance 11: "
    assert [f"{said}the counter-dating satisfies it."] == verify(tampered(consistent, ("verdicts", 6, [11, "open", {}])))
    assert [f"{said}{NO_FORM}"] == verify(tampered(consistent, ("verdicts", 6, [11, "open", None])))
    certificate = with_given(answered, mode="require")
    certificate["verdicts"].append([2, "open", None])
    assert [f"verdicts: instance 2: {NO_FORM}"] == verify(certificate)


def test_only_a_demand_with_totals_may_be_unmet():
    assert ["verdicts: instance 7: the witness does not satisfy it."] == verify(tampered(consistent, ("unmet", [7]), ("witness", 1, 14)))


def test_a_counter_dating_breaks_no_row_of_the_given_at_either_end():
    said = "verdicts: instance 7: the counter-dating breaks the given, in rows"
    assert [f"{said} [1]."] == verify(tampered(consistent, ("verdicts", 2, 2, {"1": 21})))
    assert [f"{said} [None, 4]."] == verify(tampered(consistent, ("verdicts", 2, 2, {"1": 12, "2": 36})))


def test_a_dating_may_name_every_variable_and_no_other():
    assert [] == verify(tampered(chain_conflict, ("conflicts", 0, "datings", 0, {"0": 0, "1": 10, "2": 10})))
    said = ["conflicts: conflict 0: a dating has an unknown variable, or moves day 0."]
    assert said == verify(tampered(chain_conflict, ("conflicts", 0, "datings", 0, {"1": 10, "2": 10, "3": 5})))
    said = ["verdicts: instance 7: a dating has an unknown variable, or moves day 0."]
    assert said == verify(tampered(consistent, ("verdicts", 2, 2, {"1": 12, "7": 1})))


# Totals


def one_total(**parts):
    """x is 1 to 3, and demanded to be 2 at most, by a total in which day 0 stands too."""
    return world(
        "x", [(0, 1, 1, 0, False, 0), (1, 0, -3, 0, False, 0)], [fact("f"), instance("require", ["f"], [[2]])],
        ([0, 1], [-1, 0]), ([0, 3], [-1, 1]), totals=[[[[1, 1], [5, 0]], 2, 1]],
        witness=[0, 1], verdicts=[[1, "open", {"1": 3}]],
    ) | parts  # fmt: skip


def test_an_open_total_bounds_nothing():
    assert [] == verify(one_total())
    assert [] == verify(one_total(witness=[0, 3], unmet=[1], verdicts=[[1, "open", None]]))
    assert ["verdicts: instance 1: the witness does not satisfy it."] == verify(one_total(witness=[0, 3]))
    assert ["verdicts: instance 1: the counter-dating satisfies it."] == verify(one_total(verdicts=[[1, "open", {"1": 2}]]))


@pytest.mark.parametrize("terms", [
    [[1, 1], [5, 2]], [[1, 1], [5, -1]], [[1, 2], [5, 0]], [[1, 1], (5, 0)], ([1, 1], [5, 0]),
])  # fmt: skip
def test_a_term_is_a_list_with_a_variable_that_exists(terms):
    said = ["totals: total 2: a term is no list, or its variable does not exist."]
    assert said == verify(tampered(one_total, ("totals", 0, 0, terms)))


def no_more_than(most, *, clause=None, walks_=((0,),), coefficients=(1,), datings=(None, {"1": 4})):
    """x is 3 to 5, and coefficients times x at most so much in all."""
    all_rows = [(0, 1, 3, 0, False, 0), (1, 0, -5, 0, False, 0), (0, 1, 0, 0, False, 1)]
    return world(
        "x", all_rows[: 3 if clause else 2], [fact("f"), instance("require", ["f"], clause or [[2]])],
        ([0, 3], [-1, 0]), ([0, 5], [-1, 1]), totals=[[[[each, 1] for each in coefficients], most, 1]], witness=[0, 3],
        verdicts=[[1, "violated", 0]],
        conflicts=[conflict(1, ["f"], [1], {"sum": 3 if clause else 2, "walks": [list(walk) for walk in walks_]}, list(datings))],
    )  # fmt: skip


def test_without_a_member_with_totals_there_may_be_no_dating():
    assert [] == verify(no_more_than(2))
    assert [] == verify(no_more_than(2, clause=[[2, 3]]))  # a row, and a total
    assert [] == verify(no_more_than(2, datings=({"1": 2}, {"1": 4})))
    assert ["conflicts: conflict 0: the dating without 1 is not one of all others."] == verify(no_more_than(2, datings=(None, {"1": 6})))


def test_a_term_that_takes_nothing_has_a_walk_to_day_0():
    assert [] == verify(no_more_than(2, coefficients=(1, 0), walks_=((0,), (1,))))
    assert ["conflicts: conflict 0: a walk does not lead to its variable."] == verify(no_more_than(2, coefficients=(1, 0), walks_=((0,), (0,))))


def settled():
    """x is 0 to 9 and accepted to be 6 or later, and x + y to be 14 at most; so of x <= 5 or y >= x + 3 the second is left."""
    all_rows = [
        (0, 1, 0, 0, False, 0), (1, 0, -9, 0, False, 0), (0, 1, 6, 0, False, 1), (1, 0, -5, 0, False, 2), (1, 2, 3, 0, False, 2),
        (0, 2, 0, 0, False, 0), (2, 0, -99, 0, False, 0), (0, 2, 9, 0, False, 4), (1, 2, 1, 0, False, 4),
    ]  # fmt: skip
    return world(
        "xy", all_rows, [
            fact("f"), instance("require", ["f"], [[2]]), instance("require", ["f"], [[3], [4]]),
            instance("require", ["f"], [[9]]), instance("require", ["f"], [[7, 10], [8]]),
        ],
        ([0, 0, 0], [-1, 0, 5]), ([0, 9, 99], [-1, 1, 6]), totals=[[[[1, 1], [1, 2]], 18, 3], [[[1, 1]], 9, 4]],
        bounds=table([0, 6, 9], [-1, 2, 4], [0, 9, 99], [-1, 1, 6]), witness=[0, 6, 9],
        verdicts=[[1, "open", {"1": 3}], [2, "open", {"1": 6, "2": 8}], [3, "open", {"2": 19}], [4, "open", {"2": 0}]],
        joined=[[2, 1, [{"chain": [2, 3]}]]],
    )  # fmt: skip


def test_what_is_joined_rests_on_what_was_accepted():
    assert [] == verify(settled())
    assert [] == verify(tampered(settled, ("joined", 0, 2, 0, {"cases": 0, "proofs": [{"chain": [2, 3]}]})))
    assert [f"joined: entry 0: {UNUSABLE}"] == verify(tampered(settled, ("owners", 1, "severity", "warning")))


def test_what_is_joined_may_rest_on_an_accepted_total():
    certificate = tampered(
        settled, ("rows", 3, [0, 2, 13, 0, False, 2]), ("witness", [0, 6, 9]), ("verdicts", 1, 2, {"1": 6, "2": 8}),
        ("joined", 0, 2, 0, {"sum": 9, "walks": [[2], [3]]}),
    )  # fmt: skip
    assert [] == verify(certificate)  # y >= 13 with x >= 6 is more than 18
    assert ["joined: entry 0: a sum exceeds nothing."] == verify(tampered(lambda: certificate, ("totals", 0, 1, 19)))


# Joined


def test_what_is_joined_is_another_undetermined_error_of_several_branches():
    refused = ["joined: entry 0: expected another undetermined error and a branch of its several."]
    assert refused == verify(tampered(together, ("joined", [[1, 0, []]])))
    assert refused == verify(tampered(joined, ("owners", 1, "severity", "warning")))
    assert refused == verify(tampered(joined, ("joined", 0, 1, -1)))
    assert refused == verify(tampered(consistent, ("joined", [[3, 0, []]])))  # what is given was not judged
    assert ["joined: entry 0: expected a list of whole numbers."] == verify(tampered(joined, ("joined", 0, 0, True)))
    assert ["joined: entry 0: expected a list of whole numbers."] == verify(tampered(joined, ("joined", 0, 1, True)))


@pytest.mark.parametrize("proofs", [[], [{"chain": [0, 2]}] * 2])
def test_every_other_branch_is_excluded(proofs):
    assert [f"joined: entry 0: {NO_FORM}"] == verify(tampered(joined, ("joined", 0, 2, proofs)))


# Conflicts


def open_together(first="error", second="warning"):
    """a + 1 <= b and b <= a cannot both hold; a and b are bounded on both sides."""
    certificate = together()
    certificate["rows"] += rows((2, 0, -99, 0, False, 3), (0, 2, 0, 0, False, 3))
    certificate["owners"].append(fact("fc"))
    certificate["owners"][1]["severity"], certificate["owners"][2]["severity"] = first, second
    of_given = table([0, 10, 0], [-1, 0, 4], [0, None, 99], [-1, -1, 3])
    certificate["given"] = of_given | {"witness": [0, 10, 20]}
    certificate["bounds"] = table([0, 10, 11], [-1, 0, 1], [0, 98, 99], [-1, 1, 3]) if first == "error" else of_given
    certificate["verdicts"][0][1] = "open"
    return certificate


def test_the_mildest_of_those_that_cannot_all_hold_is_the_headline():
    for pair in [("error", "warning"), ("error", "error"), ("warning", "warning"), ("warning", "note"), ("error", "note")]:
        assert [] == verify(open_together(*pair))
    for pair in [("note", "warning"), ("warning", "error"), ("note", "error")]:
        assert ["conflicts: conflict 0: another demand was not accepted before its headline."] == verify(open_together(*pair))


def satisfied_member():
    """x is 10 at most, which is demanded too; and it is demanded to be 11 or later."""
    return world(
        "x", [(0, 1, 0, 0, False, 0), (1, 0, -10, 0, False, 0), (1, 0, -10, 0, False, 1), (0, 1, 11, 0, False, 2)],
        [fact("f"), instance("require", [], [[2]]), instance("require", [], [[3]])],
        ([0, 0], [-1, 0]), ([0, 10], [-1, 1]), witness=[0, 5], verdicts=[[1, "satisfied", None], [2, "violated", 0]],
        conflicts=[conflict(2, [], [1, 2], {"chain": [3, 2]}, days_of((11,), (10,)))],
    )  # fmt: skip


def joined_member():
    """x is one of 6 to 9, and accepted: x is 5 or earlier, or y three days after it; demanded besides: y is 8 at most."""
    certificate = joined()
    certificate["rows"].append([2, 0, -8, 0, False, 3])
    certificate["owners"].append(instance("require", [], [[5]], severity="warning"))
    certificate["verdicts"].append([3, "violated", 0])
    proof = {"cases": 1, "proofs": [{"chain": [0, 2]}, {"chain": [0, 3, 5]}]}
    certificate["conflicts"].append(conflict(3, ["fx", "fy"], [1, 3], proof, days_of((6, 8), (6, 8), (6, 8), (6, 9))))
    return certificate


def test_other_demands_of_a_conflict_are_open_satisfied_or_joined():
    for each in (open_together, satisfied_member, joined_member):
        assert [] == verify(each())


def literal_conflict():
    """a is 10 or later, and demanded to be before the literal 5, which is the first variable."""
    return world(
        "la", [(0, 1, 5, 0, False, 0), (1, 0, -5, 0, False, 0), (0, 2, 10, 0, False, 1), (2, 1, 1, 0, False, 2)],
        [dict(AXIOM), fact("f"), instance("require", ["f"], [[3]])],
        ([0, 5, 10], [-1, 0, 2]), ([0, 5, None], [-1, 1, -1]), witness=[0, 5, 10], verdicts=[[2, "violated", 0]],
        conflicts=[conflict(2, ["f"], [2], {"chain": [2, 3, 1]}, days_of((5, 1), (5, 10)))],
    )  # fmt: skip


def test_an_axiom_about_the_members_variables_holds_in_any_case():
    assert [] == verify(literal_conflict())
    said = ["conflicts: conflict 0: the dating without 'f' is not one of all others."]
    assert said == verify(tampered(literal_conflict, ("conflicts", 0, "datings", 0, {"1": 11, "2": 10})))


def test_an_axiom_about_other_variables_is_none_of_the_members():
    certificate = literal_conflict()  # now the demand is that a is 4 at most, and an axiom goes by another variable
    certificate["rows"] = rows((0, 1, 5, 0, False, 0), (2, 1, 1, 0, False, 0), (0, 2, 10, 0, False, 1), (1, 0, -5, 0, False, 2))
    certificate["given"] = certificate["bounds"] = table([0, 11, 10], [-1, 1, 2], [0, None, None], [-1, -1, -1])
    certificate["given"] = certificate["given"] | {"witness": [0, 11, 10]}
    certificate["witness"] = [0, 11, 10]
    certificate["conflicts"][0] = conflict(2, ["f"], [2], {"chain": [2, 1, 3]}, days_of((5, 4), (11, 10)))
    assert [] == verify(certificate)
    certificate["rows"][2][5] = 3  # the bound of a is another's fact, so that a is no variable of the members
    certificate["owners"].append(fact("g"))
    certificate["conflicts"][0]["proof"] = {"chain": [1, 3]}
    assert [f"conflicts: conflict 0: {UNUSABLE}"] == verify(certificate)


def test_a_conflict_has_texts_as_facts():
    certificate = tampered(chain_conflict, ("conflicts", 0, "facts", ["fa", "fb", 5]))
    assert ["conflicts: conflict 0: a fact that a member is bound to is no member."] == verify(certificate)


def test_the_headline_is_a_member_that_is_violated_by_it():
    refused = ["conflicts: conflict 0: its headline is no member violated by it."]
    assert refused == verify(tampered(cases_conflict, ("conflicts", 0, "headline", True)))
    assert refused == verify(tampered(disputed, ("conflicts", 0, "headline", 4)))
    assert refused == verify(tampered(chain_conflict, ("conflicts", 0, "instances", [])))


def test_only_a_conflict_of_the_given_tells_of_what_was_set_aside():
    certificate = disputed()  # a definition bound to f1, and a demand that it violates
    certificate["rows"] += rows((0, 1, 3, 0, False, 6), (1, 0, -2, 0, False, 7))
    certificate["owners"] += [instance("define", ["f1"], [[6]]), instance("require", [], [[7]])]
    for name in ("given", "bounds"):
        certificate[name]["least"][1], certificate[name]["least_by"][1] = 3, 6
    certificate["given"]["witness"][1] = certificate["witness"][1] = 3
    certificate["verdicts"].append([7, "violated", 1])
    certificate["conflicts"][0] = conflict(7, ["f1"], [6, 7], {"chain": [6, 7]}, days_of((2,), (2,), (3,)))
    certificate["conflicts"].reverse()
    assert ["conflicts: there is none for 'f1' and 'f2', violated or set aside."] == verify(certificate)


def test_what_is_bound_to_a_fact_set_aside_needs_no_conflict_of_its_own():
    certificate = disputed()
    certificate["rows"] += rows((0, 1, 3, 0, False, 6))
    certificate["owners"].append(instance("define", ["f1"], [[6]]))
    certificate["set_aside"]["instances"] = [3, 6]
    assert [] == verify(certificate)
    certificate["owners"][6]["facts"] = ["f3"]
    assert ["conflicts: there is none for 6, violated or set aside."] == verify(certificate)


def test_a_conflict_in_what_is_written_has_one_member_its_facts_and_no_proof():
    refused = ["conflicts: conflict 0: expected the headline and its own facts, no proof and no datings."]
    assert refused == verify(tampered(answered, ("conflicts", 0, "proof", {"chain": []})))
    assert refused == verify(tampered(answered, ("conflicts", 0, "datings", [{}])))
    certificate = with_given(answered)
    certificate["conflicts"][0]["instances"] = [1, 2]
    assert refused == verify(certificate)


def test_there_is_a_dating_for_each_member():
    assert [f"conflicts: conflict 0: {NO_FORM}"] == verify(tampered(chain_conflict, ("conflicts", 0, "datings", days_of((10, 10), (20, 20)))))


# One circle


NO_CIRCLE = ["conflicts: conflict 0: without datings, expected the members' rows to be one circle."]


def test_without_datings_no_member_has_a_row_beside_the_circle():
    certificate = tampered(chain_conflict, ("conflicts", 0, "datings", []))
    assert [] == verify(certificate)
    of_fact = tampered(lambda: certificate, ("rows", [*certificate["rows"], [0, 1, 5, 0, False, 0]]))
    assert NO_CIRCLE == verify(of_fact)
    of_demand = tampered(lambda: certificate, ("rows", [*certificate["rows"], [0, 1, 5, 0, False, 2]]), ("owners", 2, "clause", [[2, 3]]))
    assert NO_CIRCLE == verify(of_demand)


def test_without_datings_no_axiom_about_a_variable_stands_beside_the_circle():
    for variable, said in ((1, NO_CIRCLE), (2, NO_CIRCLE), (0, [])):  # day 0 is no variable of the members
        certificate = tampered(chain_conflict, ("conflicts", 0, "datings", []))
        certificate["rows"].append([variable, variable, -5, 0, False, 3])
        certificate["owners"].append(dict(AXIOM))
        assert said == verify(certificate)


def test_without_datings_no_variable_is_passed_twice():
    steps = [(1, 2, 1, 0, False), (2, 1, 0, 0, False), (1, 2, 1, 0, False), (2, 1, 0, 0, False)]
    assert NO_CIRCLE == verify(circle(*steps))
    certificate = circle(*steps[:2])  # one owner of both rows is no harm
    certificate["rows"][1][5] = 0
    certificate["owners"].pop()
    certificate["set_aside"]["facts"] = certificate["conflicts"][0]["facts"] = ["f0"]
    assert [] == verify(certificate)


def test_without_datings_every_member_has_one_branch():
    certificate = tampered(chain_conflict, ("conflicts", 0, "datings", []))
    certificate["rows"] += rows((0, 1, 5, 0, False, 3), (0, 2, 5, 0, False, 3))
    certificate["owners"].append(instance("require", [], [[3], [4]]))
    certificate["verdicts"].append([3, "satisfied", {"chain": [0, -4]}])
    certificate["conflicts"][0]["instances"] = [2, 3]
    assert NO_CIRCLE == verify(certificate)


def test_without_datings_a_fact_may_be_a_member_by_what_is_bound_to_it_alone():
    certificate = tampered(chain_conflict, ("conflicts", 0, "datings", []), ("owners", 2, "facts", ["fa", "fc"]), ("conflicts", 0, "facts", ["fa", "fb", "fc"]))
    assert [] == verify(certificate)


def test_worlds_are_as_they_were():
    for each in (branches, calendar):
        assert [] == verify(each())
    assert day("0001-01-01") == 1


def test_a_world_without_rows_has_what_is_given_and_is_satisfied():
    nothing = [0, None], [-1, -1]
    certificate = world("a", [], [instance("assume", [], [[]]), instance("require", [], [[]])], nothing, nothing, witness=[0, 7])
    assert [] == verify(certificate | {"verdicts": [[1, "satisfied", {"cases": 0, "proofs": []}]]})
    assert [f"verdicts: instance 1: {NO_FORM}"] == verify(certificate | {"verdicts": [[1, "open", None]]})
