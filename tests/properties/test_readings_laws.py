"""Laws of readings, against judging every combination of readings on its own.

DESIGN §5: with no reading held, a violation is what no combination of readings avoids, bounds are the hull over the
possible ones, and of each reading it is told whether it is possible and what it would change. The oracle takes each
combination as a dataset without any ambiguity, checks it whole, and compares.
"""

import itertools
import tempfile
from pathlib import Path

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from law_counts import count
from strategies import PLACES, iso_day

from rehabfacts.checker.checking import check_dataset
from rehabfacts.checker.judging.judging import Outcome
from rehabfacts.checker.readings.combinations import Combinations
from rehabfacts.checker.readings.readings import conflicts_of
from rehabfacts.checker.readings.refutations import Split, passages_of, refute
from rehabfacts.dataset import Ambiguity, Dataset, Reading
from rehabfacts.dates import Date
from rehabfacts.reports.json_report import write
from rehabfacts.reports.saved import verify_saved
from rehabfacts.rules.rules import Mode, Rule, Severity
from rehabfacts.schema import MOMENT, Entity, Fact, Ref, Schema

pytestmark = pytest.mark.usefixtures("what_was_judged")

PLACE = PLACES[0]


@attrs.frozen(kw_only=True)
class Thing(Entity):
    day = MOMENT


@attrs.frozen(kw_only=True)
class Event(Fact):
    thing: Ref[Thing]
    after: Ref["Event"] | None = None
    date: Date | None = None


@attrs.frozen(kw_only=True)
class Excuse(Fact):
    """Says that a thing is not bound by what binds others."""

    thing: Ref[Thing]


@attrs.frozen(kw_only=True)
class Limit(Fact):
    one: Ref[Thing]
    two: Ref[Thing]
    event: Ref[Event] | None = None
    date: Date | None = None


SCHEMA = Schema.of([Thing, Event, Excuse, Limit])
THINGS = ("t0", "t1")


def rule(name, mode, formula, scans, where="", unless=None, **more):
    return Rule.of(name, mode, formula, scans=scans, schema=SCHEMA, where=where, unless=unless, **more)


EXCUSED = {"x": "Excuse", "where": "x.thing = e.thing"}
GIVEN = (
    rule("event-dates-thing", Mode.DEFINE, "e.thing.day = e.date", {"e": "Event"}),
    rule("limit-orders-things", Mode.DEFINE, "l.one.day <= l.two.day", {"l": "Limit"}),
    rule("limit-by-date", Mode.ASSUME, "l.one.day <= l.date", {"l": "Limit"}),
    rule("event-after", Mode.DEFINE, "e.after.date <= e.date", {"e": "Event"}, "e.after is known"),
    rule("event-early", Mode.ASSUME, f"e.date <= {iso_day(PLACE + 2)}", {"e": "Event"}, unless=EXCUSED),
)
DEMANDS = (
    rule("in-order", Mode.REQUIRE, "e.after.date < e.date", {"e": "Event"}),
    rule("one-before-two", Mode.REQUIRE, "l.one.day < l.two.day", {"l": "Limit"}, rank=10),
    rule("before-limit", Mode.REQUIRE, "e.date <= l.date", {"e": "Event", "l": "Limit"}, "e.thing = l.one"),
    rule("after-limit", Mode.REQUIRE, "e.date >= l.date + 1 day", {"e": "Event", "l": "Limit"}, "e.thing = l.two", rank=20),
    rule("apart", Mode.REQUIRE, "e.date != l.date", {"e": "Event", "l": "Limit"}, "e = l.event"),
    rule("either", Mode.REQUIRE, "l.one.day < l.two.day or l.two.day < l.one.day", {"l": "Limit"}),
    rule("late-unless-excused", Mode.REQUIRE, f"e.date >= {iso_day(PLACE + 1)}", {"e": "Event"}, unless=EXCUSED),
    rule("has-event", Mode.EXISTS, {"e": "Event", "where": "e.thing = x.thing"}, {"x": "Excuse"}),
    rule("event-known-once", Mode.UNIQUE, ["x.thing"], {"x": "Excuse"}),
    rule("not-known-twice", Mode.UNIQUE, ["e.thing", "e.date"], {"e": "Event"}, unless=EXCUSED),
)
MILD = (
    rule("thing-early", Mode.REQUIRE, f"t.day <= {iso_day(PLACE + 1)}", {"t": "Thing"}, severity=Severity.WARNING),
    rule("thing-has-event", Mode.EXISTS, {"e": "Event", "where": "e.thing = t"}, {"t": "Thing"}, severity=Severity.NOTE),
)


RULES = {each.id: each for each in (*GIVEN, *DEMANDS, *MILD)}


@st.composite
def date_texts(draw):
    first = PLACE + draw(st.integers(0, 3))
    last = first + draw(st.sampled_from([0, 0, 0, 1, 2]))
    text = iso_day(first) if first == last else f"[{iso_day(first)}..{iso_day(last)}]"
    return text + draw(st.sampled_from(["", "", "", "", "", "", "", "?"])) if first == last else text


@st.composite
def facts(draw, name, events, sources, kind=None):
    kind = kind or draw(st.sampled_from([Event, Event, Event, Event, Limit, Limit, Limit, Excuse]))
    own = {"id": name, "source": draw(st.sampled_from(sources)), "superseded_by": draw(st.sampled_from([None] * 9 + [*events]))}
    thing = st.sampled_from(THINGS)
    if kind is Excuse:
        return Excuse(**own, thing=draw(thing))
    text = draw(date_texts()) if draw(st.integers(0, 6)) else None
    own["date"] = None if text is None else Date.parse(text)
    other = draw(st.sampled_from([None, None, *events]))
    if kind is Event:
        return Event(**own, thing=draw(thing), after=other)
    return Limit(**own, one=draw(thing), two=draw(thing), event=other)


def is_event(fact):
    return isinstance(fact, Event)


@attrs.frozen
class Case:
    """Facts, passages with their readings, and rules."""

    facts: tuple
    passages: tuple
    rule_ids: tuple

    @property
    def rules(self):
        return tuple(RULES[name] for name in self.rule_ids)

    @property
    def ambiguities(self):
        return tuple(
            Ambiguity(name, tuple(Reading(label, {fact.id: fact for fact in variants}) for label, variants in readings)) for name, readings in self.passages
        )

    @property
    def things(self):
        return {name: Thing(id=name) for name in THINGS}

    def dataset(self):
        return Dataset(SCHEMA, self.things, {fact.id: fact for fact in self.facts}, self.ambiguities)

    def combinations(self):
        return list(itertools.product(*([label for label, _ in readings] for _, readings in self.passages)))

    def plain(self, combination):
        """The dataset as a combination reads it, without any ambiguity."""
        chosen = (dict(readings)[reading] for (_, readings), reading in zip(self.passages, combination, strict=True))
        return self.of((*self.facts, *(fact for variants in chosen for fact in variants)))

    def shared(self):
        """The dataset of what reads the same in every combination."""
        same = []
        for _, readings in self.passages:
            first, *others = ({fact.id: fact for fact in variants} for _, variants in readings)
            same += [fact for name, fact in first.items() if all(each.get(name) == fact for each in others)]
        return self.of((*self.facts, *same))

    def of(self, facts):
        found = {fact.id: fact for fact in facts}
        while dangling := [name for name, fact in found.items() if getattr(fact, "after", None) not in {None, *found} or getattr(fact, "event", None) not in {None, *found}]:
            found = {name: fact for name, fact in found.items() if name not in dangling}
        return Dataset(SCHEMA, self.things, found)


@st.composite
def readings_of(draw, passage, known, sources):
    """Two or three readings of one or two facts; the first fact is in each of them, of one type."""
    names = [f"{passage}{letter}" for letter in "ab"[: draw(st.sampled_from([1, 1, 1, 2]))]]
    kind = type(draw(facts(names[0], known, sources)))
    readings = []
    for label in "xyz"[: draw(st.sampled_from([2, 2, 3]))]:
        variants = [draw(facts(names[0], known, sources, kind))]
        variants += [draw(facts(name, known, sources)) for name in names[1:] if draw(st.integers(0, 3))]
        readings.append((label, tuple(variants)))
    return tuple(readings)


@st.composite
def cases(draw, *, sources=("s",), most_passages=4, most_rules=5):
    events = []
    fixed = []
    for number in range(draw(st.integers(0, 3))):
        fixed.append(draw(facts(f"f{number}", [each.id for each in fixed if is_event(each)], sources)))
    events = [each.id for each in fixed if is_event(each)]
    passages = []
    for number in range(draw(st.integers(1, most_passages))):
        readings = draw(readings_of(f"p{number}", tuple(events), sources))
        if all(variants and is_event(variants[0]) for _, variants in readings):
            events.append(readings[0][1][0].id)
        passages.append((f"p{number}", readings))
    number = draw(st.integers(0, 1))
    later = [draw(facts(f"g{at}", events, sources)) for at in range(number)]
    rules = draw(st.lists(st.sampled_from((*GIVEN, *DEMANDS, *DEMANDS)), min_size=1, max_size=most_rules, unique_by=lambda each: each.id))
    rules += draw(st.lists(st.sampled_from(MILD), max_size=1))
    return Case((*fixed, *later), tuple(passages), tuple(each.id for each in rules))


@attrs.frozen
class Oracle:
    """Every combination checked whole, and the dataset without what is read differently."""

    case: Case
    base: object
    reports: dict

    @classmethod
    def of(cls, case):
        reports = {each: check_dataset(case.plain(each), case.rules) for each in case.combinations()}
        return cls(case, check_dataset(case.shared(), case.rules), reports)

    @property
    def is_clean(self):
        """Whether nothing is wrong however passages are read."""
        return not any(each.severity is Severity.ERROR and not each.is_doubtful for each in self.base) and not self.base.main.judging.disputed

    def errors(self, combination):
        return [each for each in self.reports[combination] if each.severity is Severity.ERROR and not each.is_doubtful]

    def possible(self):
        return [each for each in self.case.combinations() if not any(self.is_by_readings(error) for error in self.errors(each))]

    def is_by_readings(self, error):
        """Whether an error is one of a reading: not all its facts are there, the same, however the passages are read."""
        return not all(self.is_everywhere(name) for name in error.conflict.facts)

    def is_everywhere(self, name):
        found = [report.dataset.facts.get(name) for report in self.reports.values()]
        return all(each == found[0] for each in found) and found[0] is not None


def taken(report, world):
    return tuple(world.dataset.taken[each.name] for each in report.dataset.ambiguities)


def hull(spans):
    lows, highs = zip(*spans, strict=True)
    return None if None in lows else min(lows), None if None in highs else max(highs)


def spans_of(reports, variable):
    return [report.main.bounds(variable) for report in reports if report.main.has(variable)]


def plain_outcome(outcome):
    return "undetermined" if outcome in {Outcome.OPEN, Outcome.UNDATED} else outcome.value


# The search for combinations


@st.composite
def excluded(draw):
    """The numbers of readings of some passages, and nogoods."""
    sizes = draw(st.lists(st.sampled_from([2, 2, 3]), min_size=1, max_size=6))
    conditions = [(passage, bits) for passage, size in enumerate(sizes) for bits in range(1, (1 << size) - 1)]
    picked = st.lists(st.sampled_from(conditions), min_size=1, max_size=3, unique_by=lambda each: each[0])
    return sizes, [tuple(sorted(each)) for each in draw(st.lists(picked, max_size=14))]


def keeps_to(combination, nogoods, fixed):
    taken = [not all(bits >> combination[passage] & 1 for passage, bits in nogood) for nogood in nogoods]
    return all(taken) and all(bits >> combination[passage] & 1 for passage, bits in fixed.items())


@given(excluded(), st.data())
def test_what_is_found_is_the_first_combination_that_no_nogood_excludes(sizes_and_nogoods, data):
    sizes, nogoods = sizes_and_nogoods
    passage = data.draw(st.integers(0, len(sizes) - 1))
    fixed = data.draw(st.sampled_from([{}, {passage: data.draw(st.integers(1, (1 << sizes[passage]) - 1))}]))
    every = [each for each in itertools.product(*map(range, sizes)) if keeps_to(each, nogoods, fixed)]
    combinations = Combinations(sizes, nogoods)

    preferred = combinations.find(fixed, prefer=[data.draw(st.integers(0, size - 1)) for size in sizes])

    assert combinations.find(fixed) == (every[0] if every else None)
    assert preferred in every if every else preferred is None
    count("found" if every else "none to find")


@given(excluded())
def test_a_refutation_covers_every_combination_with_nogoods_that_are_there(sizes_and_nogoods):
    sizes, nogoods = sizes_and_nogoods
    assume(not any(keeps_to(each, nogoods, {}) for each in itertools.product(*map(range, sizes))))

    refutation = refute(nogoods, sizes, {})

    for combination in itertools.product(*map(range, sizes)):
        case = refutation
        while isinstance(case, Split):
            assert len(case.cases) == sizes[case.passage]
            case = case.cases[combination[case.passage]]
        assert case.nogood in nogoods
        assert not keeps_to(combination, [case.nogood], {})
    assert passages_of(refutation) <= set(range(len(sizes)))
    count("refutations")


# Readings, their verdicts, bounds and proofs


@given(cases())
def test_readings_verdicts_and_bounds_are_those_of_all_combinations(case):
    oracle = Oracle.of(case)
    assume(oracle.is_clean)
    _compare(case, oracle, oracle.possible())


@given(cases(sources=("s", "r")))
def test_the_same_holds_where_sources_disagree(case):
    oracle = Oracle.of(case)
    assume(oracle.is_clean)
    _compare(case, oracle, oracle.possible())
    count("with disagreements", any(report.main.judging.disputed for report in oracle.reports.values()))


def _compare(case, oracle, possible):
    report = check_dataset(case.dataset(), case.rules)
    labels = [name for name, _ in case.passages]

    assert (report.complaints, report.unfinished) == ((), ())
    _compare_falls(report, oracle)
    if not possible:
        assert "some-reading-holds" in [each.rule_id for each in report]
        count("all refuted")
        return
    assert "some-reading-holds" not in [each.rule_id for each in report]
    expected = {(labels[at], each) for combination in possible for at, each in enumerate(combination)}
    assert {(each.ambiguity, each.reading) for each in report.readings if each.verdict == "possible"} == expected
    assert {each.verdict for each in report.readings} <= {"possible", "refuted"}
    assert taken(report, report.main) == possible[0]
    _compare_bounds(report, oracle, possible, labels)
    _compare_verdicts(report, oracle, possible)
    count("possible")
    count("refuted for some", len(expected) < sum(len(readings) for _, readings in case.passages))


def _compare_falls(report, oracle):
    """Every combination that takes what a conflict is said to rest on has its facts, and an error."""
    names = [name for name, _ in oracle.case.passages]
    falls = [fall for fall in (*report.falls.values(), *(each.fall for each in report.readings)) if fall is not None]
    for leaf in (leaf for fall in falls for leaf in conflicts_of(fall)):
        takers = [each for each in oracle.reports if all(each[names.index(name)] in readings for name, readings in leaf.rests_on.items())]
        facts = {name: leaf.world.dataset.facts[name] for name in leaf.conflict.facts}
        assert takers
        for combination in takers:
            found = oracle.reports[combination].dataset.facts
            assert {name: found.get(name) for name in facts} == facts
            assert oracle.errors(combination)
        count("falls")
    assert all(each.fall is not None for each in report.readings if each.verdict == "refuted")


def _compare_bounds(report, oracle, possible, labels):
    bounds = {(each.record, each.name): each.tightened for each in report.bounds()}
    for variable, found in bounds.items():
        assert found == hull(spans_of([oracle.reports[each] for each in possible], variable)), variable
    for result in report.readings:
        if result.verdict == "possible":
            moves = {(bound.record, bound.name): span for bound, span in report.moves(result)}
            own = [oracle.reports[each] for each in possible if each[labels.index(result.ambiguity)] == result.reading]
            for variable, found in bounds.items():
                spans = spans_of(own, variable)
                assert moves.get(variable, found) == (hull(spans) if spans else found), (result.ambiguity, result.reading, variable)
                count("moves", variable in moves)


@given(cases(most_passages=3))
def test_a_saved_report_on_any_case_is_accepted(case):
    report = check_dataset(case.dataset(), case.rules)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        file.write_text(write(report), encoding="utf-8")

        assert verify_saved(file) == []
    count("saved")


def _compare_verdicts(report, oracle, possible):
    for instance, outcome in report.outcomes.items():
        if instance.rule.pack == "built-in":
            continue
        everywhere = [oracle.reports[each].main.outcomes.get(instance.key) for each in possible]
        here = everywhere[0]
        if here in {Outcome.OPEN, Outcome.UNDATED}:
            assert outcome is here
            continue
        same = all(each is here or (each is None and here is not Outcome.VIOLATED) for each in everywhere)
        assert outcome is (here if same else Outcome.OPEN), instance
        count("apart", not same)
        count("agreed", same)
