"""The page on the rule language and the one on facts name every word that can be written."""

import re
from pathlib import Path

import pytest

from rehabfacts.loading.rule_files import KEYS
from rehabfacts.quantity_notations import HEDGES, MAGNITUDES
from rehabfacts.rules.relations import RELATIONS, SAME_AS, TEXT_RELATIONS
from rehabfacts.rules.term_grammar import UNITS, WORDS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "rules-language.md").read_text(encoding="utf-8")
FACTS = (DOCS / "facts-format.md").read_text(encoding="utf-8")


def coded(page):
    """What stands in code marks, cut into words."""
    return {word for text in re.findall(r"`([^`\n]+)`", page) for word in re.findall(r"[\w.-]+|[^\w\s]+", text)}


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_the_envelope_has_its_row(key):
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", PAGE, re.MULTILINE)
    assert key in {name for row in rows for name in re.findall(r"\w+", row)}


@pytest.mark.parametrize("word", sorted({*WORDS, *(f"{unit}s" for unit in UNITS), "length", "start", "end", "+", "-", "*", "%"}))
def test_every_word_of_a_formula_is_named(word):
    assert word in {each.rpartition(".")[2] for each in coded(PAGE)} | coded(PAGE)


@pytest.mark.parametrize("word", sorted({*RELATIONS, *TEXT_RELATIONS, SAME_AS}))
def test_every_relation_is_named(word):
    assert f"`{word}`" in PAGE or f" {word} " in " ".join(re.findall(r"`([^`\n]+)`", PAGE))


@pytest.mark.parametrize("hedge", sorted(HEDGES))
def test_every_hedge_has_its_place_in_the_table(hedge):
    assert re.search(rf"^\| .*`{hedge}`", FACTS, re.MULTILINE)


def test_every_magnitude_is_named():
    assert f"Magnitudes are {', '.join([*MAGNITUDES][:-1])} and {[*MAGNITUDES][-1]}." in FACTS
