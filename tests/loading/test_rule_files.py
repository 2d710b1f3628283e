"""Rule files: the keys of the envelope, and what is told of those that do not fit."""

import pytest

from rehabfacts.loading.loader import load
from rehabfacts.rules.rules import Mode
from rehabfacts.vocabulary import INSTITUTIONS


def loaded(folder, text):
    (folder / "house.yaml").write_text(text, encoding="utf-8")
    return load([str(folder / "house.yaml")], INSTITUTIONS)


def problems(folder, text):
    return [str(each).replace(f"{folder}/", "") for each in loaded(folder, text).problems]


ADDED = """- id: parts-add-up
  for: {b: Breakdown}
  over: {s: Share, where: s.breakdown = b}
  require: sum s.part.value = b.whole.value
"""
APART = """- id: one-at-a-time
  for: {h: OfficeHolding}
  where: h.person is known
  unless: {m: Meeting, where: m.chaired_in = h}
  apart: h.period
  per: [h.office]
"""


def test_over_and_apart_are_read(tmp_path):
    result = loaded(tmp_path, ADDED + APART)
    assert result.problems == ()
    added, apart = result.rules
    assert (added.mode, added.formula, added.plan.over.scans) == (Mode.REQUIRE, "sum s.part.value = b.whole.value", (("s", "Share"),))
    assert (apart.mode, apart.formula, apart.plan.scans) == (Mode.REQUIRE, "h.period disjoint from h'.period", (("h", "OfficeHolding"), ("h'", "OfficeHolding")))
    assert len(apart.plan.unless) == 2


def test_one_path_under_per_needs_no_list(tmp_path):
    (rule,) = loaded(tmp_path, APART.replace("[h.office]", "h.office")).rules
    assert len(rule.plan.tests) == 4


@pytest.mark.parametrize(("old", "new", "told"), [
    ("over: {s: Share, where: s.breakdown = b}", "over: Share",
     "house.yaml:3:9: E-SHAPE over: expected variables and their types, found 'Share' (as in {c: Creation, where: c.body = b})"),
    ("over: {s: Share, where: s.breakdown = b}", "over: {where: s.breakdown = b}",
     "house.yaml:3:9: E-SHAPE over: expected variables and their types, found a mapping (as in {c: Creation, where: c.body = b})"),
    ("s.breakdown = b}", "s.brakdown = b}",
     "house.yaml:3:29: E-REF Share has no 'brakdown' (did you mean breakdown?)\n  s.brakdown = b\n    ^"),
    ("s: Share", "s: Shares", "house.yaml:3:13: E-REF no type 'Shares' (did you mean Share?)"),
    ("s.breakdown = b}", "sum s.part.value < 3}",
     "house.yaml:3:31: E-TYPE expected a variable of over after 'sum', got 's' (as in over: {s: Share, where: s.whole = w})\n  sum s.part.value < 3\n      ^"),
    ("require: sum s.part.value", "require: s.part.value",
     "house.yaml:4:12: E-TYPE 's' stands for all that over finds (add them up, as in sum s.part.value)\n  s.part.value = b.whole.value\n  ^"),
    ("require: sum s.part.value = b.whole.value", "exists: {c: Count}", "house.yaml:3:3: E-KEY-UNKNOWN expected over beside require, found it without"),
    ("  over: {s: Share, where: s.breakdown = b}\n", "",
     "house.yaml:3:16: E-TYPE expected a variable of over after 'sum', got 's' (as in over: {s: Share, where: s.whole = w})\n  sum s.part.value = b.whole.value\n      ^"),
    ("over: {s: Share", "over: {b: Share", "house.yaml:1:3: E-EXPR expected another variable than those of for, found 'b' again\n  b\n  ^"),
])  # fmt: skip
def test_a_mistake_beside_over_is_told_at_its_place(tmp_path, old, new, told):
    assert problems(tmp_path, ADDED.replace(old, new)) == [told]


@pytest.mark.parametrize(("old", "new", "told"), [
    ("apart: h.period", "require: h.period.start is known", "house.yaml:6:3: E-KEY-UNKNOWN expected per beside apart, found it without"),
    ("apart: h.period\n", "apart: h.period\n  require: h.period.start is known\n",
     "house.yaml:1:3: E-KEY-MISSING expected one of define, assume, require, unique, exists, apart, template, found require and apart"),
    ("apart: h.period", "apart: h.perod", "house.yaml:5:12: E-REF OfficeHolding has no 'perod' (did you mean period?)\n  h.perod\n    ^"),
    ("per: [h.office]", "per: [h.offce]", "house.yaml:6:11: E-REF OfficeHolding has no 'offce' (did you mean office?)\n  h.offce\n    ^"),
    ("apart: h.period", "apart: h.period.length",
     "house.yaml:5:10: E-TYPE 'disjoint from' compares dates or periods, not lengths\n  h.period.length\n  ^"),
    ("m.chaired_in = h}", "m.period.start < 1993}",
     "house.yaml:4:31: E-TYPE expected only ids, texts and 'is known' here, got m.period.start < 1993\n  m.period.start < 1993\n  ^"),
    ("unless: {m: Meeting, where: m.chaired_in = h}", "unless: Meeting",
     "house.yaml:4:11: E-SHAPE unless: expected variables and their types, found 'Meeting' (as in {c: Creation, where: c.body = b})"),
])  # fmt: skip
def test_a_mistake_beside_apart_is_told_at_its_place(tmp_path, old, new, told):
    assert problems(tmp_path, APART.replace(old, new)) == [told]


def test_a_percentage_stands_where_percentages_belong_and_nowhere_else(tmp_path):
    facts = """rehabfacts: 1
entities:
  - {id: all, type: Population}
facts:
  - {id: whole, type: Count, population: all, value: 100 %, extent: moment}
  - {id: some, type: Count, population: all, value: 12, extent: moment}
  - {id: share, type: Share, part: some, whole: some, percent: 35}
  - {id: other, type: Share, part: some, whole: some, percent: 35 %}
"""
    assert problems(tmp_path, facts) == [
        "house.yaml:5:54: E-NUM-FORM value: expected a number of units, found '100 %' (percentages have a field of their own)",
        "house.yaml:7:64: E-NUM-FORM percent: expected a percentage, found '35' (as in 35 %)",
    ]


def test_a_near_miss_of_a_number_is_told_with_what_was_meant(tmp_path):
    facts = """rehabfacts: 1
entities:
  - {id: all, type: Population}
facts:
  - {id: whole, type: Count, population: all, value: 75 000 persons, extent: moment}
"""
    assert problems(tmp_path, facts) == [
        "house.yaml:5:54: E-NUM-FORM value: expected a word for what is counted behind the number, not '000', found '75 000 persons' (75,000 persons)",
    ]
