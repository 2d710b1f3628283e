"""The maximal sets of sources are those that trying every subset finds, whatever supersedes whom and whatever is switched off."""

from itertools import combinations

import attrs
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import iso_day

import rehabfacts
from rehabfacts import INSTITUTIONS, Date, Mode, Period, Rule, Severity
from rehabfacts.checker.attributions.corroboration import _most_disjoint
from rehabfacts.checker.maximal_sets import find_maximal_sets
from rehabfacts.settings import Settings
from rehabfacts.vocabulary.acts import Adoption, EntryIntoForce
from rehabfacts.vocabulary.entities import Act, Body, Office, Person
from rehabfacts.vocabulary.facts import Cessation, Creation, Meeting
from rehabfacts.vocabulary.terms import OfficeHolding

DAY = 728_000


def rule(name, mode, formula, **options):
    return Rule.of(name, mode, formula, schema=INSTITUTIONS, **options)


RULES = (
    rule("created", Mode.DEFINE, "c.body.lifetime.start = c.date", scans={"c": "Creation"}),
    rule("ceased", Mode.DEFINE, "c.body.lifetime.end = c.date", scans={"c": "Cessation"}),
    rule("adopted", Mode.DEFINE, "a.act.adopted = a.date", scans={"a": "Adoption"}),
    rule("entered", Mode.DEFINE, "e.act.force.start = e.date", scans={"e": "EntryIntoForce"}),
    rule("works-at-once", Mode.ASSUME, "a.act.force.start = a.act.adopted", scans={"a": "Adoption"}, unless={"e": "EntryIntoForce", "where": "e.act = a.act"}),
    rule("met-alive", Mode.REQUIRE, "m.period within m.body.lifetime", scans={"m": "Meeting"}),
    rule("under-the-act", Mode.REQUIRE, "c.act.force.start <= c.date", scans={"c": "Creation"}),
    rule("met-once", Mode.UNIQUE, ["m.body", "m.period"], scans={"m": "Meeting"}),
    rule("early", Mode.REQUIRE, f"c.date <= {iso_day(DAY + 1)}", scans={"c": "Creation"}, severity=Severity.WARNING),
)
ENTITIES = (Body(id="b0"), Body(id="b1"), Act(id="a0"), Person(id="p0"), Person(id="p1"), Office(id="o0"))


@attrs.frozen(repr=False)
class Facts:
    """Facts of a few sources, short to print."""

    facts: tuple

    @property
    def dataset(self):
        return rehabfacts.Dataset.of(INSTITUTIONS, ENTITIES, self.facts)

    def __repr__(self):
        return "; ".join(" ".join(str(value) for name, value in each.__getstate__().items() if value is not None and name != "origin") for each in self.facts)


@st.composite
def datasets(draw):
    sources = draw(st.integers(1, 6))
    facts = []
    for number in range(draw(st.integers(1, 8))):
        terms = [each.id for each in facts if isinstance(each, OfficeHolding)]
        facts += [draw(a_fact(number, sources, terms))]
    return Facts(tuple(facts))


@st.composite
def a_fact(draw, number, sources, terms):
    source = draw(st.integers(-1, sources - 1))
    envelope = {
        "id": f"f{number}",
        "source": None if source < 0 else f"s{source}",
        "according_to": draw(st.sampled_from([None, None, None, "p0", "p1"])),
        "status": draw(st.sampled_from(["stated"] * 8 + ["denied", "alleged"])),
        "superseded_by": f"f{draw(st.integers(0, number - 1))}" if number and draw(st.integers(0, 4)) == 0 else None,
    }
    first = DAY + draw(st.integers(0, 3))
    date = Date.parse(draw(st.sampled_from([iso_day(first), f"[{iso_day(first)}..{iso_day(first + 1)}]"])))
    body, act = draw(st.sampled_from(["b0", "b1"])), draw(st.sampled_from([None, "a0"]))
    match draw(st.sampled_from(["creation", "cessation", "meeting", "adoption", "entry", "term"])):
        case "creation":
            return Creation(body=body, act=act, date=date, **envelope)
        case "cessation":
            return Cessation(body=body, date=date, **envelope)
        case "meeting":
            chaired = draw(st.sampled_from([None, *terms]))
            return Meeting(body=body, period=Period.parse(iso_day(first)), chaired_in=chaired, **envelope)
        case "term":
            return OfficeHolding(person="p0", office="o0", **envelope)
        case "adoption":
            return Adoption(act="a0", date=date, **envelope)
        case _:
            return EntryIntoForce(act="a0", date=date, **envelope)


def is_consistent(dataset, chosen, voices):
    """Whether the check of a world finds nothing that shows that somebody is wrong."""
    left_out = tuple(sorted(voices - chosen))
    report = rehabfacts.check_dataset(dataset, RULES, Settings(without_sources=left_out, doubtful="ignore"))
    assert report.complaints == ()
    return not any(each.rule is None or each.severity is Severity.ERROR for each in report.violations)


def by_trying_all(dataset, voices):
    subsets = [frozenset(each) for size in range(len(voices) + 1) for each in combinations(sorted(voices), size)]
    holding = [each for each in subsets if is_consistent(dataset, each, voices)]
    return {each for each in holding if not any(each < other for other in holding)}


def fact(kind, number, source, day, **roles):
    return kind(id=f"f{number}", source=source, date=Date.parse(iso_day(DAY + day)), **roles)


A_CONFLICT_THAT_A_LARGER_SET_DOES_NOT_HAVE = Facts((
    fact(Creation, 0, "s1", 0, body="b0", act="a0"), fact(EntryIntoForce, 1, "s0", 1, act="a0"),
    fact(Adoption, 2, "s1", 1, act="a0"), fact(EntryIntoForce, 3, "s2", 0, act="a0"),
))  # fmt: skip


@example(A_CONFLICT_THAT_A_LARGER_SET_DOES_NOT_HAVE)
@given(datasets())
def test_the_maximal_sets_of_sources_are_those_that_trying_every_subset_finds(case):
    dataset = case.dataset
    sources = {fact.source for fact in dataset.facts.values()} - {None}

    found = find_maximal_sets(dataset, RULES, Settings())

    expected = by_trying_all(dataset, sources)
    assert {frozenset(each.members) for each in found.sets} == expected - {frozenset()}
    assert (found.background is not None) is (not expected)
    assert (found.is_complete, found.complaints, found.unfinished) == (True, (), ())
    in_a_set = {name for each in expected for name in each}
    assert {each.voice for each in found.alone} == (sources - in_a_set if expected else set())
    for each in found.sets:
        assert {clash.voice for clash in each.left_out} == in_a_set - set(each.members)


@given(datasets(), st.integers(1, 4))
def test_a_search_that_is_cut_short_says_so_and_finds_no_set_that_is_not_one(case, most):
    dataset = case.dataset
    sources = {fact.source for fact in dataset.facts.values()} - {None}

    found = find_maximal_sets(dataset, RULES, Settings(), most=most)

    assert found.tried <= most
    for each in found.sets:
        assert is_consistent(dataset, frozenset(each.members), sources)
    if found.is_complete:
        assert {frozenset(each.members) for each in found.sets} == by_trying_all(dataset, sources) - {frozenset()}


@given(st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=1, max_size=3), max_size=7))
def test_independent_sources_are_counted_as_many_as_can_be(origins):
    def is_apart(chosen):
        return sum(map(len, chosen)) == len(frozenset().union(*chosen))

    most = max(size for size in range(len(origins) + 1) for chosen in combinations(origins, size) if is_apart(chosen))
    assert _most_disjoint(origins) == most
