"""Datasets: what is left when facts are left out, and what belongs to a part."""

import pytest
from copies import Project

import rehabfacts

FACTS = """
rehabfacts: 1
entities:
  - {id: board, type: Body}
  - {id: council, type: Body}
  - {id: law, type: Act}
facts:
  - {id: law-adopted, type: Adoption, act: law, date: 1993}
  - {id: board-created, type: Creation, body: board, date: 1993}
  - {id: board-ended, type: Cessation, body: board, date: 1995, superseded_by: board-ended-later}
  - {id: board-ended-later, type: Cessation, body: board, date: 1996, superseded_by: board-ended-last}
  - {id: board-ended-last, type: Cessation, body: board, date: 1997}
  - id: council-created
    type: Creation
    body: council
    readings: [{reading: early, date: 1990}, {reading: late, date: 1999}]
  - {id: one-event, type: SameEvent, one: council-created, other: board-created}
"""


@pytest.fixture
def dataset(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Project(tmp_path).write("facts/f.yaml", FACTS)
    return rehabfacts.load(["facts"], rehabfacts.INSTITUTIONS).dataset


def test_what_rests_on_a_fact_is_left_out_with_it_so_that_the_rest_can_be_checked(dataset):
    left = dataset.without(["board-created"])
    assert ["law-adopted", "board-ended", "board-ended-later", "board-ended-last"] == list(left.facts)
    assert rehabfacts.check_dataset(left, ()).is_complete


def test_a_fact_is_left_out_in_every_reading_and_a_passage_without_facts_is_none(dataset):
    left = dataset.without(["council-created"])
    assert () == left.ambiguities
    assert "one-event" not in left.facts


def test_what_a_fact_superseded_is_superseded_by_the_next_one_that_is_left(dataset):
    left = dataset.without(["board-ended-later"])
    assert "board-ended-last" == left.facts["board-ended"].superseded_by


def test_a_dataset_without_nothing_is_itself(dataset):
    assert dataset is dataset.without([])


def test_a_part_has_what_it_refers_to_in_every_reading_and_nothing_else(dataset):
    part = dataset.part(["one-event"])
    assert ["board", "council"] == list(part.entities)
    assert {"one-event", "board-created"} == set(part.facts)
    assert ["council-created", "council-created"] == [name for each in part.ambiguities for reading in each.readings for name in reading.facts]
    assert part.part(["law"]).entities == {}
