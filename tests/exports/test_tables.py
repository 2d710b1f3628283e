"""Tables are read back by Python's csv module and validated by frictionless."""

import csv
import io
import json

import pytest
from copies import ROOT

from rehabfacts.api import check
from rehabfacts.exports import export


@pytest.fixture(scope="module")
def files():
    return export(check(ROOT / "facts"), "csv")


def read(files, name):
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"])))


def test_a_date_stands_as_written_beside_its_days(files):
    row = next(row for row in read(files, "creation") if row["id"] == "commission-1993-created")
    assert ("1993", "1993-01-01", "1993-12-31") == (row["date"], row["date_earliest"], row["date_latest"])


def test_a_quantity_stands_as_written_beside_its_bounds(files):
    row = next(row for row in read(files, "count") if row["value"].startswith("75"))
    assert ("75 thousand persons", "74500", "75499") == (row["value"], row["value_least"], row["value_most"])


def test_every_fact_entity_and_verdict_has_its_row(files):
    report = check(ROOT / "facts")
    package = json.loads(files["datapackage.json"])
    others = {"sources", "entities", "verdicts", "bounds"}
    tables = [each["name"] for each in package["resources"] if each["name"] not in others]
    assert sorted(report.dataset.facts) == sorted(row["id"] for name in tables for row in read(files, name))
    assert sorted(report.dataset.entities) == [row["id"] for row in read(files, "entities")]
    assert len(report.outcomes) == len(read(files, "verdicts"))


def test_frictionless_finds_the_package_valid(files, tmp_path):
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed (extra test)")
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    found = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert [] == found.flatten(["title", "message"])
    (tmp_path / "count.csv").write_text(files["count.csv"].replace("74500", "many", 1), encoding="utf-8", newline="")
    assert not frictionless.Package(str(tmp_path / "datapackage.json")).validate().valid
