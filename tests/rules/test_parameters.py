"""Parameters of rules: their defaults, what the settings set, and where reports say so."""

import pytest

import rehabfacts
from rehabfacts import INSTITUTIONS
from rehabfacts.errors import InvalidFormula, InvalidInput
from rehabfacts.loading.loader import load
from rehabfacts.reports import json_report, text
from rehabfacts.rules.rules import Mode, Rule
from rehabfacts.settings import Settings, read_settings

RULES = """- id: meets-soon
  says: A body meets soon after its creation.
  parameters: {most: 30 days, word: draft}
  for: {m: Meeting}
  where: not m.quote contains word or m.quote is unknown
  require: m.period.start <= m.body.lifetime.start + most
- id: meets-in-time
  says: A body meets in time.
  severity: warning
  parameters: {most: 1}
  for: {m: Meeting}
  require: m.period.start <= m.body.lifetime.start + most years
"""
FACTS = """rehabfacts: 1
entities: [{id: b, type: Body}]
facts:
  - {id: created, type: Creation, body: b, date: 1993-04-14}
  - {id: met, type: Meeting, body: b, period: 1993-06-01}
"""


@pytest.fixture
def paths(tmp_path):
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    return [str(tmp_path / "rules.yaml"), str(tmp_path / "facts.yaml")]


def violated(paths, **parameters):
    settings = Settings(packs=("definitions",), parameters=parameters)
    return {each.rule_id for each in rehabfacts.check(*paths, settings=settings)}


def test_a_value_of_the_rule_counts_until_the_settings_give_another(paths):
    assert violated(paths) == {"meets-soon"}
    assert violated(paths, **{"meets-soon": {"most": "2 months"}}) == set()
    assert violated(paths, **{"meets-soon": {"most": "48 days"}, "meets-in-time": {"most": "0"}}) == {"meets-in-time"}
    assert violated(paths, **{"meets-soon": {"most": "47 days"}}) == {"meets-soon"}


def test_a_value_for_all_rules_gives_way_to_one_for_a_rule(paths):
    assert violated(paths, word="x", most="0 days", **{"meets-in-time": {"most": "0"}}) == {"meets-soon", "meets-in-time"}
    with pytest.raises(InvalidInput, match=r"parameters of meets-in-time \(most = 0 days\): expected a whole number, got 'most' \(most is 0 days\)"):
        violated(paths, most="0 days")


def test_reports_tell_the_values_where_they_are_used(paths):
    report = rehabfacts.check(*paths, settings=Settings(packs=("definitions", "provenance")))
    assert "by: creation-starts-lifetime; with: most = 30 days, word = draft" in text.write(report)
    told = {each["rule"]: each.get("parameters") for each in json_report.describe(report)["counts"]}
    assert (told["meets-soon"], told["fact-has-quote"]) == ({"most": "30 days", "word": "draft"}, None)


@pytest.mark.parametrize(("table", "told"), [
    ({"mots": 3}, "house.toml: E-CONFIG no rule has a parameter 'mots' (did you mean most?)"),
    ({"meets-soom": {"most": 3}}, "house.toml: E-CONFIG no rule 'meets-soom' (did you mean meets-soon?)"),
    ({"meets-soon": {"mots": 3}}, "house.toml: E-CONFIG rule meets-soon has no parameter 'mots' (did you mean most?)"),
])  # fmt: skip
def test_what_no_rule_has_is_a_mistake_of_the_settings(paths, table, told):
    with pytest.raises(InvalidInput) as caught:
        rehabfacts.check(*paths, settings=read_settings({"parameters": table, "packs": ["definitions"]}, origin="house.toml"))
    assert str(caught.value) == told


@pytest.mark.parametrize(("value", "told"), [
    (3, "E-CONFIG parameters: expected a table of names and values, got 3"),
    ({"a": 1.5}, "E-CONFIG parameters: expected a text, a whole number, a date or a list of them, got 1.5"),
    ({"a": []}, "E-CONFIG parameters: expected a text, a whole number, a date or a list of them, got []"),
])  # fmt: skip
def test_a_value_that_is_none_is_a_mistake_of_the_settings(value, told):
    with pytest.raises(InvalidInput) as caught:
        read_settings({"parameters": value})
    assert str(caught.value) == told


def test_settings_write_values_as_toml_does():
    found = read_settings({"parameters": {"a": 18, "b": True, "c": ["x", 2], "r": {"d": False}}}).parameters
    assert found == {"a": "18", "b": "yes", "c": ("x", "2"), "r": {"d": "no"}}


@pytest.mark.parametrize(("parameters", "told"), [
    ({"most": "3", "other": "4"}, "expected the parameter 'other' in a formula, found it in none\n  other\n  ^"),
    ({"most": "3", "m": "4"}, "expected another name than those of for, found 'm' again\n  m\n  ^"),
    ({"most": "3", "years": "4"}, "expected a name of letters, digits and _ that is no word of the language\n  years\n  ^"),
    ({"most": "3", "a-b": "4"}, "expected a name of letters, digits and _ that is no word of the language\n  a-b\n  ^"),
])  # fmt: skip
def test_a_parameter_is_used_and_is_named_like_nothing_else(parameters, told):
    with pytest.raises(InvalidFormula) as caught:
        Rule.of(
            "r", Mode.REQUIRE, "m.period.start <= m.body.lifetime.start + most days", scans={"m": "Meeting"}, schema=INSTITUTIONS, parameters=parameters,
        )  # fmt: skip
    assert str(caught.value) == told


@pytest.mark.parametrize(("value", "expected"), [("yes", ["m"]), ("no", [])])
def test_a_parameter_compared_with_a_text_switches_a_condition(value, expected):
    rule = Rule.of(
        "r", Mode.REQUIRE, "m.period.start <= 1993 and strict = 'yes' or not strict != 'no'", scans={"m": "Meeting"}, schema=INSTITUTIONS,
        where="strict = 'yes'", parameters={"strict": value},
    )  # fmt: skip
    assert [name for name, _ in rule.plan.scans if all(test.groups for test in rule.plan.tests)] == expected
    assert len(rule.plan.branches) == 1


def test_a_mistake_in_parameters_is_told_at_its_place(tmp_path):
    (tmp_path / "rules.yaml").write_text(RULES.replace("most: 1}", "most: 1, unused: 2}").replace("{most: 30 days, word: draft}", "18"), encoding="utf-8")
    told = [str(each).replace(f"{tmp_path}/", "") for each in load([str(tmp_path / "rules.yaml")], INSTITUTIONS).problems]
    assert told == [
        "rules.yaml:3:15: E-SHAPE parameters: expected names and their values, found '18' (as in {minimum_age: 18})",
        "rules.yaml:10:26: E-EXPR expected the parameter 'unused' in a formula, found it in none\n  unused\n  ^",
    ]


def test_what_is_not_stated_neither_keeps_nor_breaks_a_demand(tmp_path):
    (tmp_path / "rules.yaml").write_text("""- id: cites-a-page
  for: {m: Meeting}
  require: m.cites ends with 'p. 3' or m.status = 'reported'
- id: knows-or-cites
  for: {m: Meeting}
  require: m.cites is unknown or m.cites not in ('none', 'nothing')
""", encoding="utf-8")
    (tmp_path / "facts.yaml").write_text("""rehabfacts: 1
entities: [{id: b, type: Body}]
facts:
  - {id: m1, type: Meeting, body: b, period: 1993}
  - {id: m2, type: Meeting, body: b, period: 1993, cites: "[2], p. 3"}
  - {id: m3, type: Meeting, body: b, period: 1993, cites: none}
  - {id: m4, type: Meeting, body: b, period: 1993, status: reported, according_to: b}
""", encoding="utf-8")
    report = rehabfacts.check(str(tmp_path / "rules.yaml"), str(tmp_path / "facts.yaml"))
    told = {each.rule.id: ({outcome.value: count for outcome, count in each.outcomes.items()}, each.not_stated) for each in report.counts}
    assert told["cites-a-page"] == ({"satisfied": 2, "violated": 1}, 1)
    assert told["knows-or-cites"] == ({"satisfied": 3, "violated": 1}, 0)


@pytest.mark.parametrize(("period", "known"), [("1993/1994", True), ("1993/", False), ("/1994", False), ("1993/..", False)])
def test_a_length_is_known_if_both_ends_are(tmp_path, period, known):
    (tmp_path / "rules.yaml").write_text("- id: r\n  for: {m: Meeting}\n  require: m.period.length is known\n", encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(FACTS.replace("1993-06-01", period), encoding="utf-8")
    assert (len(list(rehabfacts.check(str(tmp_path)))) == 0) is known
