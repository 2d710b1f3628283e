"""Which demands are judged: those that settings select, without those that they ignore."""

import pytest

import rehabfacts
from rehabfacts import InvalidInput, Settings, builtin

DATASET, RULES = builtin.dataset(), builtin.rules()


def judged(**settings):
    report = rehabfacts.check_dataset(DATASET, RULES, Settings(**settings))
    return {each.rule.id for each in report.counts if each.has_matched}, report


def test_what_is_selected_alone_is_judged():
    everything, _ = judged()
    names, report = judged(select=("body-acts-*", "stated-in-quote"))
    assert names == {name for name in everything if name.startswith("body-acts-")} | {"stated-in-quote"} | {"quote-in-source", "source-as-pinned"}
    assert {rule.id for rule in report.rules if not rule.mode.is_given} == {rule.id for rule in RULES if rule.id.startswith("body-acts-")}


def test_what_is_ignored_is_not_judged():
    everything, _ = judged()
    names, report = judged(ignore=("body-*",))
    assert names == {name for name in everything if not name.startswith("body-")}
    assert {rule.id for rule in RULES if rule.id.startswith("body-") and not rule.mode.is_given} == set(report.settings.without)


def test_a_pack_is_named_by_its_name_and_ignoring_comes_last():
    names, _ = judged(select=("institutions",), ignore=("body-has-*",))
    packs = {rule.pack for rule in RULES if rule.id in names}
    assert (packs, "body-has-creation" in names) == ({"institutions"}, False)


def test_definitions_and_conventions_stay_in_force_whatever_is_selected():
    _, report = judged(select=("stated-in-quote",))
    assert {rule.id for rule in report.rules} == {rule.id for rule in RULES if rule.mode.is_given}


@pytest.mark.parametrize("key", ["select", "ignore"])
def test_what_fits_nothing_is_a_mistake(key):
    with pytest.raises(InvalidInput) as caught:
        judged(**{key: ("body-acs-*",)})
    assert str(caught.value).startswith("E-CONFIG 'body-acs-*' is no pack and fits the id of no demand")
