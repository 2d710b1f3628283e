"""Tables are read back by Python's csv module and validated by frictionless."""

import csv
import io
import json

import pytest
from copies import ROOT

from rehabfacts import INSTITUTIONS, Dataset, Names, check_dataset
from rehabfacts.api import check
from rehabfacts.exports import export
from rehabfacts.vocabulary.entities import Body
from rehabfacts.vocabulary.facts import Creation


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


RUN = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "-cmd"]


@pytest.mark.parametrize("text", RUN)
def test_no_cell_is_a_formula_unless_the_tables_are_raw(text):
    created = Creation(id="created", body="board", note=text, quote=text, cites=f"[{text}]")
    report = check_dataset(Dataset.of(INSTITUTIONS, [Body(id="board", name=Names(en=text))], [created]), [])
    row, raw = ({name: row[name] for name in ("note", "quote", "cites")} for row in (read(export(report, "csv", is_raw=is_raw), "creation")[0] for is_raw in (False, True)))
    assert row == {"note": f"'{text}", "quote": f"'{text}", "cites": f"[{text}]"}
    assert raw == {"note": text, "quote": text, "cites": f"[{text}]"}


@pytest.mark.parametrize("text", ["-5", "-0044-03-15", "-0.5", "1993", "", "a=b"])
def test_numbers_dates_and_plain_texts_stay_as_they_are(text):
    created = Creation(id="created", body="board", note=text)
    report = check_dataset(Dataset.of(INSTITUTIONS, [Body(id="board")], [created]), [])
    assert read(export(report, "csv"), "creation")[0]["note"] == text
