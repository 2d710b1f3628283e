"""Judging again only what a change can reach finds the violations that judging everything finds."""

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabfacts import INSTITUTIONS, builtin
from rehabfacts.changes.mutations import every_mutation
from rehabfacts.checker.checking import check_dataset
from rehabfacts.checker.rejudging import Rejudging, key_of
from rehabfacts.checker.worlds import WorldMaker
from rehabfacts.dataset import Dataset
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


@pytest.mark.parametrize("part", range(4))
def test_the_real_dataset_falsified_is_judged_as_if_everything_were_judged(part):
    rejudging = Rejudging(REAL.main, REAL_MAKER, RULES)
    chosen = [each for each in MUTATIONS[part * 5 :: 20] if is_sound(REAL.dataset, each)]
    assert len(chosen) > 30
    for mutation in chosen:
        expected = new_by_judging_everything(REAL_MAKER, REAL.main, mutation)
        assert new_by_what_is_reached(rejudging, mutation) == expected, mutation


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


def test_what_no_rule_reads_reaches_nothing_else():
    fact = REAL.dataset.facts["tugzhanov-reported"]
    rejudging = Rejudging(REAL.main, REAL_MAKER, RULES)
    assert rejudging.reached({fact.id: attrs.evolve(fact, venue=None)}) == {fact.id}


def test_a_day_reaches_what_rules_tie_to_it_and_not_what_they_do_not():
    fact = REAL.dataset.facts["rehabilitation-law-adopted"]
    reached = Rejudging(REAL.main, REAL_MAKER, RULES).reached({fact.id: attrs.evolve(fact, date=None)})
    assert {"commission-1993-created", "article-28-excluded", "commission-1993"} <= reached
    assert "tugzhanov-reported" not in reached
