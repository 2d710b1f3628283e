"""Variables found by records: once for all rules that ask, and not at all where a role on the way is not stated."""

import pytest

from rehabfacts.dataset import Dataset
from rehabfacts.engines.groundings import Grounding
from rehabfacts.engines.sums import NotStatedError
from rehabfacts.precisions import DEFAULT_WIDTHS
from rehabfacts.vocabulary import INSTITUTIONS
from rehabfacts.vocabulary.entities import Act, Body
from rehabfacts.vocabulary.facts import Activity, Creation

FACTS = [Activity(id="tried", body="court"), Creation(id="created", body="court", act="law"), Creation(id="made", body="court")]
DATASET = Dataset.of(INSTITUTIONS, [Act(id="law"), Body(id="court")], FACTS)


@pytest.fixture
def grounding():
    return Grounding(DATASET, DEFAULT_WIDTHS)


def test_all_that_ask_for_a_name_at_the_end_of_a_way_get_one_column(grounding):
    column = grounding.column(("body",), "lifetime.end")
    assert column is grounding.column(("body",), "lifetime.end")
    assert column is not grounding.column((), "lifetime.end")


def test_a_variable_is_made_when_it_is_first_asked_for_and_then_known(grounding):
    column = grounding.column(("body",), "lifetime.end")
    assert [("", "")] == grounding.variables
    assert ("court", "lifetime.end") == grounding.variables[column["tried"]]
    assert column["tried"] == column["created"] == grounding.column((), "lifetime.end")["court"]
    assert [("", ""), ("court", "lifetime.start"), ("court", "lifetime.end")] == grounding.variables


def test_there_is_no_variable_where_a_role_on_the_way_is_not_stated(grounding):
    column = grounding.column(("act",), "adopted")
    assert ("law", "adopted") == grounding.variables[column["created"]]
    with pytest.raises(NotStatedError):
        column["made"]
    assert {"created": column["created"]} == column
