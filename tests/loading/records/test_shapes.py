"""Public shapes of data, loaded through mapping files alone: what they say, and each planted fault at its line."""

import shutil
from pathlib import Path

import pytest

from rehabfacts.api import check
from rehabfacts.checker.findings import findings
from rehabfacts.loading.loader import load
from rehabfacts.settings import Settings
from rehabfacts.vocabulary import INSTITUTIONS

DATA = Path(__file__).resolve().parents[2] / "data" / "records"


@pytest.fixture
def shape(tmp_path, monkeypatch):
    """Puts one of the datasets into the working directory, and checks it by its own rules and those of some packs."""
    monkeypatch.chdir(tmp_path)

    def put(name, *packs):
        shutil.copytree(DATA / name, tmp_path, dirs_exist_ok=True)
        return check(".", settings=Settings(packs=packs))

    return put


def violations(report):
    return sorted((each.rule, f"{each.path}:{each.line}") for each in findings(report) if not each.is_problem)


def problems(report):
    return [str(problem) for problem in report.problems]


def facts(*paths):
    return load(paths, INSTITUTIONS).dataset.facts


def test_persons_with_a_list_of_terms(shape):
    report = shape("legislators", "definitions", "persons")
    assert problems(report) == [
        "legislators.yaml:61:12: E-DATE period: expected the end of the interval not to come before its start, found '2001-01-03/1999-01-03' (write 1999-01-03/2001-01-03 if they are swapped)",
        "legislators.yaml:72:15: E-DATE date: February 1944 has 29 days, found '1944-02-30'",
    ]
    assert violations(report) == [
        ("serves-when-old-enough", "legislators.yaml:35"),
        ("terms-of-one-person-apart", "legislators.yaml:49"),
        ("terms-of-one-person-apart", "legislators.yaml:55"),
    ]
    found = facts(".")
    assert sorted(found) == [
        "A000001-birth", "A000001-term-1", "A000001-term-2", "B000002-birth", "B000002-term-1", "C000003-term-1", "C000003-term-2",
    ]  # fmt: skip
    term = found["A000001-term-2"]
    assert (term.person, term.office, str(term.period), term.source) == ("A000001", "sen-NO", "1973-01-03/1979-01-03", "legislators")
    assert (str(term.origin), str(term.origin.of("period"))) == ("legislators.yaml:19", "legislators.yaml:20")


def test_organisations_with_memberships(shape):
    report = shape("popolo", "definitions", "persons", "terms")
    assert problems(report) == [
        "popolo.json:22:47: E-REF body of membership-4: expected the id of a Body, found no 'o-anchor'",
        "popolo.json:23:92: E-DATE-FORM period: expected a year of four digits, found 'around 1998/'",
    ]
    assert violations(report) == [("member-within-body-lifetime", "popolo.json:19"), ("serves-while-alive", "popolo.json:19")]
    found = load(["."], INSTITUTIONS).dataset
    assert str(found.entities["p-jon"].name) == "Jon Grøn"
    assert str(found.facts["membership-2"].period) == "1979/"
    assert found.facts["membership-1"].seat == "s-1"


def test_a_family_tree(shape):
    report = shape("gedcom", "definitions", "persons")
    assert problems(report) == ["family.ged:40:8: E-DATE date: February 1950 has 28 days, found '31 FEB 1950'"]
    assert violations(report) == [("mother-alive-at-birth-of-child", "family.ged:35")]
    found = load(["."], INSTITUTIONS).dataset
    assert str(found.entities["I1"].name) == "Maren Holm"
    dates = {name: (str(fact.date), fact.date.calendar) for name, fact in found.facts.items() if getattr(fact, "date", None)}
    assert dates == {
        "I1-birth": ("1850~", "gregorian"), "I1-death": ("1890-03-12", "gregorian"), "I2-birth": ("1848-05-05", "julian"),
        "I2-death": ("[1902..]", "gregorian"), "I3-birth": ("[1872-01-01..1874-03-31]", "gregorian"), "I4-birth": ("1891-06-03", "gregorian"),
        "F1-marriage": ("[..1872-05-31]", "gregorian"),
    }  # fmt: skip
    assert [str(found.facts[f"I1-occupation-{number}"].period) for number in (1, 2)] == ["1868/1875", "1880/"]
    assert str(found.facts["I4-birth"].note) == "Born in the year after the great storm, as the book of the parish says,\non the quay."
    assert {fact.parent: fact.role for name, fact in found.facts.items() if name.startswith("F1-I3")} == {"I2": "father", "I1": "mother"}


def test_cabinets_and_elections(shape):
    report = shape("parlgov")
    assert problems(report) == [
        "elections.csv:6:10: E-DATE date: there is no month 13, months are 01 to 12 and seasons 21 to 41, found '14.13.1973'",
    ]
    assert violations(report) == [("formed-after-vote", "cabinets.csv:4"), ("formed-after-vote", "cabinets.csv:5")]
    found = load(["."], INSTITUTIONS).dataset
    assert str(found.entities["Anchor-Sail-and-Oar"].name) == "Anchor, Sail and Oar"
    formed = found.facts["cabinet-101-formed"]
    assert (str(formed.date), formed.leader, str(formed.note)) == ("1965-10-12", "Ada-Berg", "formed in\none night")
    assert str(found.facts["cabinet-103-formed"].note) == 'before the "vote"'
    assert (found.facts["cabinet-104-formed"].date, str(found.facts["cabinet-104-formed"].origin)) == (None, "cabinets.csv:6")


def test_a_file_of_records_is_not_taken_for_facts_and_is_a_part_of_what_was_read(shape):
    report = shape("legislators", "definitions", "persons")
    assert sorted(report.digests) == ["legislators.yaml", "map.yaml", "rules.yaml"]
