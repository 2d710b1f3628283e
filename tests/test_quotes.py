"""The two tables of tests/data/quotes, the cases from the field, and what the tables cannot say."""

from pathlib import Path

import pytest
import yaml

from rehabfacts.quotes import Anchors
from rehabfacts.sources import Source

DATA = Path(__file__).parent / "data"
ARTICLE = Path(__file__).parents[1] / "facts" / "sources" / "kz-rehabilitation-article.txt"


def source(source_id, text):
    made, problems = Source.from_bytes(source_id, text if isinstance(text, bytes) else text.encode())
    assert not problems
    return made


def rows(name):
    return yaml.safe_load((DATA / "quotes" / f"{name}.yaml").read_text(encoding="utf-8"))


def all_sources():
    texts = rows("sources") | {"article": ARTICLE.read_bytes()}
    files = sorted((DATA / "nasty" / "text").glob("t0*")) + [DATA / "nasty" / "text" / "t12_ansi.txt"]
    texts |= {path.name: path.read_bytes().replace(b"\x9b", b"") for path in files}
    return [source(name, text) for name, text in texts.items()]


@pytest.fixture(scope="module")
def anchors():
    return Anchors(all_sources())


def found(anchors, row):
    expected = tuple(row["expected"]) if "expected" in row else None
    return anchors.find(
        row["source"], row["quote"], prefix=row.get("prefix", ""), suffix=row.get("suffix", ""), expected=expected
    )


def case(row):
    return row["case"]


@pytest.mark.parametrize("row", rows("misquotes"), ids=case)
def test_a_misquote_gets_its_state(anchors, row):
    anchor = found(anchors, row)
    assert row["state"] == anchor.state.value
    assert row.get("note", "") in anchor.note


@pytest.mark.parametrize("row", rows("healthy"), ids=case)
def test_a_healthy_look_alike_is_accepted(anchors, row):
    anchor = found(anchors, row)
    assert (row["state"], tuple(row.get("by", ()))) == (anchor.state.value, anchor.normalisations)
    assert anchor.is_verified


@pytest.mark.parametrize("name", ["misquotes", "healthy"])
def test_a_table_has_sixty_rows_and_each_its_own_case(name):
    cases = [row["case"] for row in rows(name)]
    assert len(cases) == len(set(cases)) >= 60
