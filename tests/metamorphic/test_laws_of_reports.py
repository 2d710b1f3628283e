"""Laws of whole reports: what must stay as it is, and what may change only so, when a dataset is written otherwise.

Each check reads files from a directory, judges them under the shipped rules and some of the test's own, and verifies its own
certificates; what is compared is the whole JSON report, or the judging behind it.
"""

import json
import re

import attrs
import pytest
from hypothesis import assume, settings
from hypothesis import given as given_
from hypothesis import strategies as st
from law_counts import count
from small_datasets import CYCLE, WIDENED, When, datasets, facts_about
from told_reports import OF_ORDER, checked, difference, told

from rehabfacts.checker.judging.judging import Outcome

pytestmark = pytest.mark.usefixtures("endless_reasons_fail", "a_law_that_judged_nothing_fails")


def judged(report):
    """The main world: outcomes, conflicts, bounds of the given and of what is accepted, by ids."""
    judging = report.main.judging
    variables = judging.grounding.variables
    return {
        "outcomes": {each.key: outcome for each, outcome in judging.outcomes.items()},
        "conflicts": [(each.headline.key if each.headline else None, each.facts, tuple(one.key for one in each.instances)) for each in judging.conflicts],
        "given": {name: (judging.least_given.bound(at), judging.greatest_given.bound(at)) for at, name in enumerate(variables)},
        "bounds": {name: (judging.least.bound(at), judging.greatest.bound(at)) for at, name in enumerate(variables)},
        "disputed": judging.disputed,
    }


FEWER = settings(max_examples=settings().max_examples // 4)
"""Each case is two runs over files."""


def given(*strategies):
    return lambda law: FEWER(given_(*strategies)(law))


# How and where a dataset is written


@given(datasets(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_and_entities_are_written_changes_only_places(written, random):
    entities, facts = (random.sample(each, len(each)) for each in (written.entities, written.facts))
    permuted = attrs.evolve(written, entities=tuple(entities), facts=tuple(facts))
    assert "" == difference(told(checked(permuted), leaving=OF_ORDER), told(checked(written), leaving=OF_ORDER))
    count("test_the_order_in_which_facts_and_entities_are_written_changes_only_places")


@given(datasets(), st.data())
def test_splitting_the_files_changes_only_places(written, data):
    names = st.sampled_from(["chronicle", "register", "a", "m", "z"])
    pieces = data.draw(st.tuples(*[names] * (len(written.entities) + len(written.facts))))
    split = attrs.evolve(written, files=pieces)
    assert "" == difference(told(checked(split), leaving=OF_ORDER), told(checked(written), leaving=OF_ORDER))
    count("test_splitting_the_files_changes_only_places")


@given(datasets(), st.randoms(use_true_random=False))
def test_the_order_of_rules_changes_only_the_order_in_which_they_are_counted(written, random):
    rules = written.rules.strip().splitlines()
    permuted = attrs.evolve(written, rules="\n".join(random.sample(rules, len(rules))), packs=tuple(random.sample(written.packs, len(written.packs))))
    before, after = (told(checked(each), leaving=OF_ORDER | {"packs"}) for each in (written, permuted))
    for each in (before, after):
        each["counts"] = sorted(each["counts"], key=lambda counts: counts["rule"])
        for part in ("never_matched", "idle"):
            each[part] = sorted(each[part])
    assert "" == difference(before, after)
    count("test_the_order_of_rules_changes_only_the_order_in_which_they_are_counted")


# Names


def respelt(value, names):
    """The same JSON value with ids, wherever they stand in it, as `names` has them."""
    pattern = re.compile("|".join(map(re.escape, names)))
    return json.loads(pattern.sub(lambda match: names[match[0]], json.dumps(value)))


@given(datasets(), st.integers(1, 9))
def test_an_order_preserving_renaming_changes_only_ids(written, length):
    """The whole report, certificates included, is that of the old names with the new ones in their place."""
    names = {each: f"n{at:03}{'y' * length}" for at, each in enumerate(written.ids)}
    before, after = told(checked(written), leaving={"id"}), told(checked(written.renamed(names)), leaving={"id"})
    assert "" == difference(respelt(before, names), after)
    count("test_an_order_preserving_renaming_changes_only_ids")


@given(datasets(), st.randoms(use_true_random=False))
def test_any_renaming_changes_nothing_but_which_of_several_that_clash_gives_way(written, random):
    """Demands of one rule are accepted in the order of their facts, and of facts that clash the explanation names a few.

    So names decide nothing where nothing is set aside; where the given holds together they decide no verdict against it, no bound of
    it, and not of which severity the gravest demand is that is set aside.
    """
    ids = written.ids
    names = dict(zip(ids, (f"n{at:03}y" for at in random.sample(range(len(ids)), len(ids))), strict=True))
    before, after = checked(written), checked(written.renamed(names))
    one, two = (judged(each) for each in (before, after))
    one = {part: renamed_part(part, value, names) for part, value in one.items()}
    assert has_clash_of_given(one) == has_clash_of_given(two)
    if not has_clash_of_given(one):
        assert "" == difference(one["given"], two["given"])
        assert against_given(before, names) == against_given(after, {})
        assert gravest_set_aside(before) == gravest_set_aside(after)
        if gravest_set_aside(before) is None:
            assert "" == difference((one["outcomes"], one["bounds"]), (two["outcomes"], two["bounds"]))
    count("test_any_renaming_changes_nothing_but_which_of_several_that_clash_gives_way")


def renamed_part(part, value, names):
    def name(each):
        return " ".join(names.get(word, word) for word in each.split(" "))  # an event is named by its type and its records

    match part:
        case "outcomes":
            return {(rule, tuple(map(name, binding))): outcome for (rule, binding), outcome in value.items()}
        case "given" | "bounds":
            return {(name(record), variable): bound for (record, variable), bound in value.items()}
        case _:
            return value


def has_clash_of_given(told_of):
    return any(headline is None for headline, *_ in told_of["conflicts"])


def is_alone(conflict):
    """Whether it is one of the given and of its headline alone."""
    return conflict.headline is not None and all(each is conflict.headline or each.rule.mode.is_given for each in conflict.instances)


def against_given(report, names):
    """What demands are satisfied by the given, and what it excludes."""

    def key(instance):
        return instance.rule.id, tuple(names.get(each, each) for each in instance.binding)

    judging = report.main.judging
    satisfied = {key(each) for each, outcome in judging.outcomes.items() if outcome is Outcome.SATISFIED}
    return satisfied, {key(each.headline) for each in judging.conflicts if is_alone(each)}


def gravest_set_aside(report):
    """The severity of the gravest demand that contradicts others; None if there is none."""
    return max((each.headline.rule.severity for each in report.main.judging.conflicts if each.headline and not is_alone(each)), default=None)


# What is added, and what is moved


@given(datasets(), st.data())
def test_unrelated_facts_change_nothing(written, data):
    """Facts about other entities, whatever their ids: each instance, bound and conflict of the others is as it was."""
    prefix = data.draw(st.sampled_from(["a", "z"]))
    entities = tuple((f"{prefix}{name}", kind) for name, kind in written.entities)
    more = data.draw(facts_about(entities, count=data.draw(st.integers(1, 4)), prefix=prefix))
    written = attrs.evolve(written, rules="\n".join(line for line in written.rules.splitlines() if "early-or-late" not in line))  # which pairs all
    larger = attrs.evolve(written, entities=written.entities + entities, facts=written.facts + more)
    before, after = (judged(checked(each)) for each in (written, larger))
    known = set(written.ids) | {""}
    assert "" == difference(before["outcomes"], {key: each for key, each in after["outcomes"].items() if known.issuperset(key[1])})
    for part in ("given", "bounds"):
        stated = {key: each for key, each in after[part].items() if key[0] in known or key in before[part]}  # an event has no id
        assert "" == difference(before[part], stated)
    assert before["disputed"] == after["disputed"] & known
    of_known = (repr(each) for each in after["conflicts"] if known.issuperset([*each[1], *(each[0] or ("", ()))[1]]))
    assert "" == difference(sorted(map(repr, before["conflicts"])), sorted(of_known))
    count("test_unrelated_facts_change_nothing")


def moved(bounds, days):
    return {key: key and tuple(None if end is None else end + days for end in span) for key, span in bounds.items() if key != ("", "")}


@given(datasets(has_months=False), st.integers(-400, 400) | st.sampled_from([-CYCLE // 4, 100_000]))
def test_shifting_every_date_by_some_days_shifts_every_bound_and_changes_nothing_else(written, days):
    """Where no calendar month or year stands in a date or a rule."""
    before, after = (judged(checked(each)) for each in (written, written.shifted(days)))
    for part in ("given", "bounds"):
        assert "" == difference(moved(before[part], days), moved(after[part], 0))
    for part in ("outcomes", "conflicts", "disputed"):
        assert "" == difference(before[part], after[part])
    count("test_shifting_every_date_by_some_days_shifts_every_bound_and_changes_nothing_else")


@given(datasets(), st.sampled_from([1, -1, -4, 15]))
def test_shifting_every_date_by_400_years_changes_only_the_years(written, cycles):
    """The whole report but for its certificates, with calendar months and years in dates and rules; the years in it are others."""
    before, after = checked(written), checked(written.shifted(cycles * CYCLE))
    years = re.compile(r"(?<![0-9])(19|20)[0-9]{2}(?![0-9])")
    text = years.sub(lambda match: f"{int(match[0]) + 400 * cycles:04}", json.dumps(told(before, leaving={"certificate", "id"})))
    assert "" == difference(json.loads(text), told(after, leaving={"certificate", "id"}))
    assert "" == difference(moved(judged(before)["bounds"], cycles * CYCLE), moved(judged(after)["bounds"], 0))
    count("test_shifting_every_date_by_400_years_changes_only_the_years")


# What is less certain


@st.composite
def widened(draw):
    """A dataset, and the same with one date less certain."""
    written = draw(datasets())
    dated = [(at, fact["date"]) for at, fact in enumerate(written.facts) if isinstance(fact.get("date"), When) and fact["date"].form in WIDENED]
    assume(dated)
    at, date = draw(st.sampled_from(dated))
    wider = {**written.facts[at], "date": date.widened(draw(st.integers(0, 90)), draw(st.integers(0, 90)))}
    return written, attrs.evolve(written, facts=(*written.facts[:at], wider, *written.facts[at + 1 :]))


@given(widened())
def test_what_a_wider_date_decides_a_narrower_one_decides_alike(pair):
    """Widening: no new clash of facts. Where the narrower given holds together: what the wider one satisfies or excludes, the narrower does too, and bounds only tighten."""
    narrow, wide = (checked(each) for each in pair)
    check_less_is_known(narrow, wide)
    count("test_what_a_wider_date_decides_a_narrower_one_decides_alike")


@given(datasets(), st.sampled_from(["act-works-from-adoption", "excluded-provision-in-force-through", "repealed-act-in-force-through", "published-in-a-month"]))
def test_what_holds_without_a_convention_holds_with_it(written, rule):
    """A convention that is switched off leaves less known, as a wider date does."""
    check_less_is_known(checked(written), checked(written, without=(rule,)))
    count("test_what_holds_without_a_convention_holds_with_it")


def check_less_is_known(narrow, wide):
    of_narrow, of_wide = judged(narrow), judged(wide)
    if has_clash_of_given(of_narrow):
        return
    assert not has_clash_of_given(of_wide)
    for less, more in zip(against_given(wide, {}), against_given(narrow, {}), strict=True):
        assert less <= more
    check_within(of_narrow["given"], of_wide["given"])
    if not of_narrow["conflicts"]:
        assert not of_wide["conflicts"]
        check_within(of_narrow["bounds"], of_wide["bounds"])


def check_within(narrow, wide):
    for key in narrow.keys() & wide.keys():
        (low, high), (least, greatest) = narrow[key], wide[key]
        assert least is None or (low is not None and least <= low)
        assert greatest is None or (high is not None and high <= greatest)


@given(datasets(), st.sampled_from(["ceases-after-creation", "acts-while-it-does-not-meet", "early-or-late", "not-on-one-day", "lives-a-year"]))
def test_demands_do_not_vouch_for_each_other(written, rule):
    """Without one of the demands every other one is satisfied, or excluded, by the given exactly as before."""
    before, after = checked(written), checked(written, without=(rule,))
    for one, two in zip(against_given(before, {}), against_given(after, {}), strict=True):
        assert {key for key in one if key[0] != rule} == two
    one, two = judged(before)["given"], judged(after)["given"]
    assert "" == difference({key: each for key, each in one.items() if key in two}, two)
    count("test_demands_do_not_vouch_for_each_other")
