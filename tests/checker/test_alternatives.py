"""Demands of several branches and of sums, judged: whichever way the given turns out, joined late, cut short, in doubt."""

import time

import pytest
from small_worlds import (
    PLACE,
    SCHEMA,
    Case,
    Event,
    Joined,
    Law,
    Leaf,
    Link,
    Side,
    Span,
    Sums,
    Thing,
    day_range,
    day_set,
    judged,
)
from strategies import iso_day

from rehabfacts import reports
from rehabfacts.checker.checking import check_dataset
from rehabfacts.checker.judging.judging import Outcome
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date
from rehabfacts.reports.json_report import describe
from rehabfacts.rules.rules import Mode, Severity


def event(number, first=None, last=None, **roles):
    value = None if first is None else day_range(PLACE + first, PLACE + (first if last is None else last))
    return ("Event", {"id": f"f{number}", "thing": "t0", "other": None, **roles}, {"date": value})


def tally(number, least, most):
    return ("Tally", {"id": f"f{number}", "thing": "t0"}, {"date": None, "value": Span(f"{least}..{most}", least, most)})


def date(path, **moved):
    return Side(path, "date", **moved)


def until(path, day):
    return Leaf("<=", date(path), date(iso_day(PLACE + day), literal=PLACE + day))


def since(path, day):
    return Leaf(">=", date(path), date(iso_day(PLACE + day), literal=PLACE + day))


def either(*parts):
    return Joined("or", parts)


def about(name, must, *facts, rank=100, severity=Severity.ERROR, unless=None):
    """A demand on these very facts, by the variables a, b and so on."""
    scans = tuple((variable, "Tally" if fact.startswith("t") else "Event") for variable, fact in zip("abcd", facts, strict=False))
    return Law(name, Mode.REQUIRE, scans, (), unless, must, severity, rank)


def on_fact(law, number):
    """The law on one fact alone."""
    return Law(law.id, law.mode, law.scans, law.join, law.unless, law.must, law.severity, law.rank, ("a.id", f"f{number}"))


def outcomes(result, rule):
    return {key[1]: outcome for key, outcome in result.outcomes.items() if key[0] == rule}


def proof_of(result, rule):
    owners = result.certificate["owners"]
    return next(proof for at, _, proof in result.certificate["verdicts"] if owners[at]["rule"] == rule)


# Against the given


def test_what_holds_by_one_branch_or_another_is_satisfied_by_one_chain():
    law = about("r", either(Leaf("<=", date("a.date"), date("b.date")), Leaf("<=", date("b.date"), date("a.date"))), "f0", "f1")
    result = judged(Case(("t0",), (event(0, 0, 3), event(1, 1, 2)), (law,), PLACE))

    assert set(outcomes(result, "r").values()) == {Outcome.SATISFIED}
    assert sorted(proof_of(result, "r")) == ["chain"]


def test_what_holds_by_one_of_two_rows_or_another_branch_is_satisfied_by_cases():
    law = on_fact(about("r", either(Joined("and", (since("a.date", 1), since("a.thing.day", 1))), until("a.date", 0)), "f0"), 0)
    given_ = Law("later", Mode.DEFINE, (("a", "Event"),), (), None, Leaf(">=", date("a.thing.day"), date("a.date")))
    result = judged(Case(("t0",), (event(0, 0, 3),), (law, given_), PLACE))

    assert outcomes(result, "r") == {("f0",): Outcome.SATISFIED}
    assert proof_of(result, "r")["cases"] == 0


def test_a_date_beside_its_hole_decides():
    facts = (("Event", {"id": "f0", "thing": "t0", "other": None}, {"date": day_set([PLACE, PLACE + 3])}),)
    laws = [about("r", either(until("a.date", 0), since("a.date", 2)), "f0"), about("s", Joined("and", (since("a.date", 1), until("a.date", 2))), "f0")]
    result = judged(Case(("t0",), facts, tuple(laws), PLACE))

    assert {rule: outcome for (rule, _), outcome in result.outcomes.items()} == {"r": Outcome.SATISFIED, "s": Outcome.VIOLATED}


def test_where_no_branch_need_hold_a_dating_shows_it_whatever_it_takes():
    """The counter-dating must move one event back and another on, from wherever the witness stands."""
    law = about("r", either(Leaf("<=", date("a.date"), date("b.date")), until("a.date", 1), since("b.date", 4)), "f0", "f1")
    result = judged(Case(("t0",), (event(0, 0, 5), event(1, 0, 5)), (law,), PLACE))

    assert outcomes(result, "r")["f0", "f1"] is Outcome.OPEN
    assert proof_of(result, "r") is not None


# Joined late


def late_case(*more):
    """Three times: not both late; and what follows once the first is."""
    laws = (
        on_fact(about("first", either(until("a.date", 1), until("a.thing.day", 1)), "f0", rank=1), 0),
        on_fact(about("second", either(since("a.thing.day", 2), until("a.thing.time.end", 1)), "f0", rank=2), 0),
        *more,
    )
    return Case(("t0",), (event(0, 0, 3),), laws, PLACE)


def test_what_is_left_of_two_branches_joins_the_network_when_later_demands_exclude_the_other():
    result = judged(late_case(on_fact(about("third", since("a.date", 2), "f0", rank=3), 0)))

    assert result.bound(("t0", "day")) == (None, PLACE + 1)
    assert result.bound(("t0", "time.end")) == (None, PLACE + 1)
    assert [instance.rule.id for instance in result.judging.joined] == ["first", "second"]
    assert [len(entry[2]) for entry in result.certificate["joined"]] == [1, 1]


def test_nothing_joins_while_both_branches_are_possible():
    result = judged(late_case())

    assert result.bound(("t0", "day")) == (None, None)
    assert result.certificate["joined"] == []


def test_a_warning_leaves_one_branch_to_an_error_but_moves_no_bound_that_errors_give():
    result = judged(late_case(on_fact(about("third", since("a.date", 2), "f0", rank=3, severity=Severity.WARNING), 0)))

    assert result.bound(("t0", "day")) == (None, None)
    assert result.certificate["joined"] == []


def test_what_joined_late_is_a_member_of_the_conflicts_that_it_makes():
    late = on_fact(about("fourth", since("a.thing.time.end", 2), "f0", rank=4, severity=Severity.NOTE), 0)
    result = judged(late_case(on_fact(about("third", since("a.date", 2), "f0", rank=3), 0), late))
    (conflict,) = result.judging.conflicts

    assert conflict.headline.rule.id == "fourth"
    assert [each.rule.id for each in conflict.instances] == ["first", "fourth", "second", "third"]


def test_choices_are_made_anew_where_later_demands_need_it():
    """Each demand takes its first branch until the last excludes all of these."""
    laws = [on_fact(about(f"r{at}", either(until("a.date", 2 - at), since("a.thing.day", at)), "f0", rank=at), 0) for at in range(3)]
    laws.append(on_fact(about("last", either(since("a.date", 3), until("a.thing.day", -1)), "f0", rank=9), 0))
    result = judged(Case(("t0",), (event(0, 0, 5),), tuple(laws), PLACE))

    assert set(result.outcomes.values()) == {Outcome.OPEN, Outcome.UNDATED} - {Outcome.OPEN}
    assert not result.judging.conflicts


# The limit


THIRTY = 30


def steps(days, *, more=()):
    """Thirty events, each three or five days after the one before; the last is so many days after the first."""
    things = [Thing(id=f"t{at:02}") for at in range(THIRTY + 1)]
    facts = [Link(id=f"f{at:02}", one=f"t{at:02}", two=f"t{at + 1:02}") for at in range(THIRTY)]
    ends = [Event(id=f"g{at}", thing=f"t{at:02}", date=Date.parse(iso_day(PLACE + day))) for at, day in ((0, 0), (THIRTY, days))]
    on_day = Law("on-day", Mode.DEFINE, (("e", "Event"),), (), None, Leaf("=", date("e.thing.day"), date("e.date")))
    step = Law("steps", Mode.REQUIRE, (("l", "Link"),), (), None, either(*(Leaf("=", date("l.two.day"), date("l.one.day", days=each)) for each in (3, 5))))
    return Dataset.of(SCHEMA, things, [*facts, *ends]), [law.rule for law in (on_day, step, *more)]


@pytest.mark.timed
def test_thirty_alternatives_that_fit_together_are_judged_in_seconds():
    began = time.process_time()
    report = check_dataset(*steps(100))

    assert time.process_time() - began < 20
    assert (report.exit_status, report.is_complete, set(report.outcomes.values())) == (0, True, {Outcome.OPEN, Outcome.UNDATED} & set(report.outcomes.values()))


@pytest.fixture(scope="module")
def cut_short():
    early = Law("early", Mode.REQUIRE, (("e", "Event"),), (), None, Leaf(">=", date("e.thing.time.start"), date("e.date")), Severity.WARNING)
    return check_dataset(*steps(101, more=(early,)))


def test_a_demand_that_takes_too_many_cases_is_undetermined_and_the_run_incomplete(cut_short):
    undetermined = [instance.binding for instance, outcome in cut_short.outcomes.items() if outcome is Outcome.UNDETERMINED]

    assert undetermined == [("f29",)]
    assert cut_short.main.judging.reasons[next(each for each in cut_short.outcomes if each.binding == ("f29",))] == "4,096 cases tried"
    assert (cut_short.exit_status, cut_short.is_complete, cut_short.complaints, list(cut_short)) == (3, False, (), [])


def test_the_limit_that_was_met_is_told_with_the_demand(cut_short):
    text = reports.write(cut_short, "text")

    assert "undetermined: 4,096 cases tried  steps (f29)\n" in text
    assert "rule   severity  satisfied  open  undated  violated  disputed  undetermined  not evaluated  not stated\n" in text
    assert text.endswith("Incomplete: not everything was read and judged.\n")
    counts = next(each for each in describe(cut_short)["counts"] if each["rule"] == "steps")
    assert counts["outcomes"]["undetermined"] == 1


def test_nothing_rests_on_a_demand_that_was_cut_short(cut_short):
    certificate = cut_short.main.certificate
    place = next(at for at, owner in enumerate(certificate["owners"]) if owner["kind"] == "instance" and owner["binding"] == ["f29"])

    assert [place, "undetermined", "4,096 cases tried"] in certificate["verdicts"]
    assert place not in [owner for owner, *_ in certificate["joined"]]


# Sums


def totals_case(*laws, numbers=((0, 2), (1, 3), (4, 6))):
    return Case(("t0",), tuple(tally(at, *each) for at, each in enumerate(numbers)), laws, PLACE)


def numbered(times, *names):
    return tuple((each, Side(f"{name}.value", "number")) for each, name in zip(times, names, strict=True))


def rising(name, must, *variables, **options):
    """A demand on tallies in the order of their ids."""
    return Law(name, Mode.REQUIRE, tuple((each, "Tally") for each in variables), (), None, must, is_rising=True, **options)


def three(name, word, constant, *, times=(1, 1, -1), **options):
    return rising(name, Sums(numbered(times, "a", "b", "c"), word, constant), "a", "b", "c", **options)


def of(result, rule, *facts):
    return result.outcomes[rule, facts]


def test_a_sum_is_satisfied_violated_or_open_by_what_its_terms_can_be():
    result = judged(totals_case(three("low", "<=", 1), three("high", ">=", 2), three("even", "=", 0)))
    facts = ("f0", "f1", "f2")

    assert [of(result, rule, *facts) for rule in ("low", "high", "even")] == [Outcome.SATISFIED, Outcome.VIOLATED, Outcome.OPEN]
    conflict = next(each for each in result.judging.conflicts if each.headline.key == ("high", facts))
    assert (conflict.facts, [each.rule.id for each in conflict.instances]) == (facts, ["high"])
    assert None not in conflict.datings


def test_what_demands_accepted_before_leave_to_the_terms_counts_for_a_sum():
    high = rising("high", Leaf(">=", Side("a.value", "number"), Side("2", "number", literal=2)), "a")
    result = judged(totals_case(high, three("small", "<=", 4, times=(1, 1, 1), rank=1), numbers=((0, 3), (0, 3), (0, 3))))
    facts = ("f0", "f1", "f2")

    assert of(result, "small", *facts) is Outcome.VIOLATED
    conflict = next(each for each in result.judging.conflicts if each.headline.key == ("small", facts))
    assert [each.key for each in conflict.instances] == [("high", ("f0",)), ("high", ("f1",)), ("high", ("f2",)), ("small", facts)]


def test_a_sum_tightens_no_bound_and_the_witness_still_meets_it():
    result = judged(totals_case(three("even", "=", 0)))

    assert [result.bound((f"f{at}", "value")) for at in range(3)] == [(0, 2), (1, 3), (4, 6)]
    assert result.certificate["unmet"] == []
    witness = dict(zip(result.judging.grounding.variables, result.certificate["witness"], strict=True))
    assert witness["f0", "value"] + witness["f1", "value"] == witness["f2", "value"]


def test_of_sums_that_no_numbers_meet_together_it_is_said_that_they_are_not_met():
    """Twice a number is odd: the bounds do not see it, so it stays open, and nothing is claimed."""
    odd = rising("odd", Joined("and", tuple(Sums(numbered((2, 2), "a", "b"), word, 7) for word in ("<=", ">="))), "a", "b")
    result = judged(totals_case(odd, numbers=((0, 3), (0, 3))))
    owners = result.certificate["owners"]

    assert of(result, "odd", "f0", "f1") is Outcome.OPEN
    assert [owners[at]["rule"] for at in result.certificate["unmet"]] == ["odd"]


def test_a_sum_that_is_excluded_leaves_the_other_branch_to_join():
    must = either(Sums(numbered((1, 1, 1), "a", "b", "c"), "<=", 2), Leaf(">=", Side("a.value", "number"), Side("2", "number", literal=2)))
    result = judged(totals_case(rising("r", must, "a", "b", "c"), numbers=((0, 2), (1, 3), (2, 9))))

    assert result.bound(("f0", "value")) == (2, 2)
    assert sorted(result.certificate["joined"][0][2][0]) == ["sum", "walks"]


def test_demands_without_sums_are_accepted_first_and_milder_ones_after_their_graver_sums():
    low = three("low", "<=", 3, times=(1, 1, 1), severity=Severity.ERROR, rank=1)
    plain = rising("plain", Leaf(">=", Side("a.value", "number"), Side("1", "number", literal=1)), "a", rank=9)
    mild = rising("mild", Leaf(">=", Side("a.value", "number"), Side("2", "number", literal=2)), "a", severity=Severity.WARNING, rank=1)
    numbers = ((0, 3), (0, 3), (0, 3))
    result = judged(totals_case(low, plain, mild, numbers=numbers))
    told = {each.headline.rule.id: sorted({one.rule.id for one in each.instances}) for each in result.judging.conflicts}

    assert {outcome for (rule, _), outcome in result.outcomes.items() if rule == "plain"} == {Outcome.OPEN}
    assert told == {"mild": ["low", "mild", "plain"]}
