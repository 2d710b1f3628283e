"""Judging again only what a change can reach finds the violations that judging everything finds."""

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabfacts import INSTITUTIONS, builtin
from rehabfacts.changes.mutations import every_mutation
from rehabfacts.checker.checking import check_dataset
from rehabfacts.checker.rejudging import Rejudging, key_of
from rehabfacts.checker.worlds import WorldMaker
from rehabfacts.dataset import Dataset
from rehabfacts.loading.examples import read_examples
from rehabfacts.loading.yaml_tree import read_yaml
from rehabfacts.precisions import DEFAULT_WIDTHS
from rehabfacts.testing import consistent_datasets

RULES = builtin.rules()
REAL = check_dataset(builtin.dataset(), RULES)
REAL_MAKER = WorldMaker(RULES, DEFAULT_WIDTHS, REAL.dataset.sources.values())
MUTATIONS = [
    mutation for _, fact in sorted(REAL.dataset.facts.items()) for mutation in every_mutation(REAL.dataset, fact, others=99)
]


def changed_everywhere(dataset, mutation):
    """The dataset with the field changed in every reading."""
    value = getattr(mutation.fact, mutation.field)

    def change(facts):
        return {name: attrs.evolve(fact, **{mutation.field: value}) if name == mutation.fact.id else fact for name, fact in facts.items()}

    ambiguities = tuple(
        attrs.evolve(each, readings=tuple(attrs.evolve(reading, facts=change(reading.facts)) for reading in each.readings))
        for each in dataset.ambiguities
    )
    return attrs.evolve(dataset, facts=change(dataset.facts), ambiguities=ambiguities)


def new_by_judging_everything(maker, world, mutation):
    known = {key_of(conflict) for conflict in world.judging.conflicts}
    after = maker.world("all", changed_everywhere(world.dataset, mutation), is_certified=False)
    return {key_of(conflict) for conflict in after.judging.conflicts} - known


def new_by_what_is_reached(rejudging, mutation):
    _, conflicts = rejudging.new_conflicts({mutation.fact.id: mutation.fact})
    return {key_of(conflict) for conflict in conflicts}


def is_sound(dataset, mutation):
    return not any(True for _ in changed_everywhere(dataset, mutation).circle_problems())


def test_the_real_dataset_falsified_is_judged_as_if_everything_were_judged():
    rejudging = Rejudging(REAL.main, REAL_MAKER, RULES)
    chosen = [each for each in MUTATIONS[::13] if is_sound(REAL.dataset, each)]
    assert len(chosen) > 60
    for mutation in chosen:
        expected = new_by_judging_everything(REAL_MAKER, REAL.main, mutation)
        assert new_by_what_is_reached(rejudging, mutation) == expected, mutation


SMALL = """
- verdict: satisfied
  entities: [{id: old-name, type: Body}, {id: new-name, type: Body}]
  facts:
    - {id: one-created, type: Creation, body: one, date: 1993}
    - {id: two-created, type: Creation, body: two, act: law, date: 1996}
    - {id: one-acted, type: Activity, body: one, period: 1994/1995}
    - {id: two-met, type: Meeting, body: two, period: 1997-05-04, chaired_in: term}
    - {id: one-ceased, type: Cessation, body: one, provision: article, date: 2001}
    - {id: one-enabled, type: Enablement, body: one, provision: article}
    - {id: article-excluded, type: Exclusion, provision: article, act: repeal}
    - {id: article-of-law, type: PartOf, part: article, whole: law-of-articles}
    - {id: law-adopted, type: Adoption, act: law, date: 1995}
    - {id: articles-adopted, type: Adoption, act: law-of-articles, date: 1992}
    - {id: articles-in-force, type: EntryIntoForce, act: law-of-articles, date: 1992-06}
    - {id: repeal-adopted, type: Adoption, act: repeal, date: 2001}
    - {id: same, type: Identity, mention: old-name, entity: new-name}
    - {id: old-acted, type: Activity, body: old-name, period: 1990/1991}
    - {id: new-ceased, type: Cessation, body: new-name, date: 1992}
    - {id: term, type: OfficeHolding, person: anna, office: chair, period: 1997/1999}
    - {id: other-term, type: OfficeHolding, person: boris, office: chair, period: 2000/2002}
    - {id: said, type: Statement, speaker: anna, about: one, made_in: term, date: 1998}
    - {id: men-counted, type: Count, population: men, extent: cumulative, as_of: 2000, value: 10}
    - {id: more-men, type: Count, population: men, extent: cumulative, as_of: 2001, value: 12}
    - {id: women-counted, type: Count, population: women, extent: cumulative, as_of: 2002, value: 9}
    - {id: all-counted, type: Count, population: all, extent: cumulative, as_of: 2001, value: 21}
    - {id: by-sex, type: Breakdown, whole: all-counted}
    - {id: men-of-all, type: Share, part: more-men, whole: all-counted, breakdown: by-sex}
    - {id: women-of-all, type: Share, part: women-counted, whole: all-counted, breakdown: by-sex}
"""


def test_every_way_of_tying_facts_is_followed_to_where_it_leads():
    """By shared bodies, acts and counts, paths through facts, what is or is not there, keys, and events told twice."""
    tree, _ = read_yaml(SMALL.encode(), "small.yaml")
    (example,) = read_examples(tree, "small.yaml", INSTITUTIONS)
    assert example.problems == ()
    maker = WorldMaker(RULES, DEFAULT_WIDTHS, ())
    world = maker.world("main", example.dataset, is_certified=False)
    rejudging = Rejudging(world, maker, RULES)
    found = {}
    for _, fact in sorted(example.dataset.facts.items()):
        for mutation in every_mutation(example.dataset, fact, others=99):
            if is_sound(example.dataset, mutation):
                expected = new_by_judging_everything(maker, world, mutation)
                assert new_by_what_is_reached(rejudging, mutation) == expected, mutation
                found.update(dict.fromkeys(name for name, _ in expected))
    assert found.keys() >= {
        "facts-agree", "body-created-before-it-acts", "body-has-creation", "office-holder-speaks-within-holding", "body-acts-until-it-ceases",
        "cumulative-counts-never-fall", "part-not-larger-than-whole", "parts-add-up-to-the-whole", "body-within-its-legal-basis",
    }  # fmt: skip


@settings(deadline=None)
@given(st.data())
def test_drawn_datasets_falsified_are_judged_as_if_everything_were_judged(data):
    """One fact is falsified before: so there may be violations already."""
    drawn = data.draw(consistent_datasets(INSTITUTIONS, RULES))
    maker = WorldMaker(RULES, DEFAULT_WIDTHS, ())
    drawn = with_one_falsified(data, drawn)
    world = maker.world("main", drawn, is_certified=False)
    mutations = [each for _, fact in sorted(drawn.facts.items()) for each in every_mutation(drawn, fact) if is_sound(drawn, each)]
    if mutations:
        mutation = data.draw(st.sampled_from(mutations))
        assert new_by_what_is_reached(Rejudging(world, maker, RULES), mutation) == new_by_judging_everything(maker, world, mutation)


def with_one_falsified(data, dataset: Dataset) -> Dataset:
    mutations = [each for _, fact in sorted(dataset.facts.items()) for each in every_mutation(dataset, fact) if is_sound(dataset, each)]
    if not mutations:
        return dataset
    return changed_everywhere(dataset, data.draw(st.sampled_from(mutations)))


def test_what_no_rule_reads_reaches_nothing():
    fact = REAL.dataset.facts["tugzhanov-reported"]
    rejudging = Rejudging(REAL.main, REAL_MAKER, RULES)
    assert rejudging.reached({fact.id: attrs.evolve(fact, venue=None)}) == frozenset()


def test_a_day_reaches_what_rules_tie_to_it_and_not_what_they_do_not():
    fact = REAL.dataset.facts["rehabilitation-law-adopted"]
    reached = Rejudging(REAL.main, REAL_MAKER, RULES).reached({fact.id: attrs.evolve(fact, date=None)})
    assert {"commission-1993-created", "article-28-excluded", "commission-1993"} <= reached
    assert "commission-1991-created" not in reached
