"""Laws of changes: what is judged only where a change can reach is what judging everything gives, on random histories of edits."""

from collections import Counter

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from small_datasets import OWN_RULES, TYPES, datasets, dates, facts_about, periods
from told_reports import checked, rules

from rehabfacts import builtin
from rehabfacts.changes.classes import State, classify
from rehabfacts.changes.reach import EverywhereError, reach
from rehabfacts.changes.suppositions import Supposition, suppose
from rehabfacts.checker.checking import check_dataset

pytestmark = pytest.mark.usefixtures("endless_reasons_fail")
JUDGED = Counter()
LINKED = OWN_RULES.replace("- {id: early-or-late,", "- {id: early-or-late, where: s.about = a.by,")
FEWER = settings(max_examples=max(12, settings().max_examples // 6))
"""Each case is six runs over files and as many over parts."""


@pytest.fixture(autouse=True, scope="module")
def _a_law_that_judged_nothing_fails():
    yield
    print("\nlaws of changes judged:", dict(JUDGED))  # noqa: T201  # shown by pytest -s
    assert JUDGED["states judged in part"]
    assert JUDGED["violations outside of what was judged"]


@st.composite
def edits(draw, written):
    """The same dataset with a few facts left out, dated otherwise, believed otherwise or added."""
    facts = {fact["id"]: fact for fact in written.facts}
    for name in draw(st.lists(st.sampled_from(sorted(facts)), max_size=2, unique=True)):
        time, edit = TYPES[facts[name]["type"]][2], draw(st.sampled_from(["date", "date", "status", "drop"]))
        if edit == "drop":
            facts.pop(name)
        elif edit == "status":
            facts[name] = {**facts[name], "status": draw(st.sampled_from(["alleged", "denied", "stated"]))}
        elif time:
            facts[name] = {**facts[name], time: draw(dates() if time == "date" else periods())}
    gone = {fact["id"] for fact in written.facts} - facts.keys()
    while resting := {name for name, fact in facts.items() if gone & {*map(str, fact.values())}}:
        gone |= resting
        facts = {name: fact for name, fact in facts.items() if name not in gone}
    fresh = draw(facts_about(written.entities, count=draw(st.integers(0, 1)), prefix=f"n{draw(st.integers(0, 999))}"))
    return attrs.evolve(written, facts=(*facts.values(), *fresh))


@st.composite
def histories(draw):
    """Three states of a dataset: a base, what became of it, and what else did."""
    base = draw(datasets(most=18, has_months=False))
    base = attrs.evolve(base, rules=draw(st.sampled_from([LINKED, OWN_RULES])))
    history = [base, draw(edits(base)), draw(edits(base))]
    assume(all(each.facts for each in history))
    return history


def told(change):
    """What a change did, apart from words."""
    return (
        sorted((each.kind.value, each.violation.fingerprint, each.violation.severity, each.violation.is_doubtful) for each in change.violations),
        change.bounds, change.readings, change.facts,
    )  # fmt: skip


def in_part(reports):
    """The states of reports, the first as a whole, the others where what differs between any of them can reach."""
    try:
        reached = reach([each.dataset_as_read for each in reports], reports[0].report.rules)
    except EverywhereError:
        reached = None
    states = [State(reports[0].dataset_as_read, reports[0].report)]
    for each in reports[1:]:
        dataset = each.dataset_as_read if reached is None else each.dataset_as_read.part(reached)
        states.append(State(each.dataset_as_read, check_dataset(dataset, each.rules, each.report.settings), reached))
    return states


@attrs.frozen
class Read:
    dataset_as_read: object
    rules: tuple
    report: object

    @classmethod
    def of(cls, written):
        report = checked(written)
        return cls(report.selection.dataset, rules(written.rules, written.packs), report)


def check_law(base, head, other):
    reads = [head, base, other]
    whole = [State(each.dataset_as_read, each.report) for each in reads]
    parts = in_part(reads)
    for states in (whole, parts):
        for each in states:
            assert not each.report.complaints
    one, two = (classify(states[1], states[0], merge=states[2]) for states in (whole, parts))
    assert told(one) == told(two)
    three, four = (classify(states[1], states[0], elsewhere=states[2:]) for states in (whole, parts))
    assert told(three) == told(four)
    JUDGED["states"] += 2
    for each in parts[1:]:
        JUDGED["states judged in part"] += each.reached is not None and len(each.report.dataset.facts) < len(each.dataset.facts)
        JUDGED["violations outside of what was judged"] += sum(not each.reaches(violation) for violation in head.report.violations)


@FEWER
@given(histories())
def test_judging_what_a_change_can_reach_is_judging_everything(history):
    base, head, other = map(Read.of, history)
    check_law(base, head, other)


@pytest.mark.parametrize("text", ["commission-ceased.date=2010", "session-2023"])
def test_so_it_is_on_the_real_dataset_with_its_readings(text):
    facts, own = builtin.dataset(), builtin.rules()
    edited = suppose(facts, [Supposition.parse(text) if "=" in text else Supposition(text)])
    reads = [Read(each, own, check_dataset(each, own)) for each in (edited, facts, facts)]
    check_law(*(reads[at] for at in (1, 0, 2)))
    JUDGED["real states"] += 1
