"""Rules that are meant to break something: what each is told, and that nothing of them is run."""

import pytest

from rehabfacts import INSTITUTIONS
from rehabfacts.loading.loader import load

RULE = "- id: r\n  for: {{m: {kind}}}\n  require: {formula}\n"


def told(folder, formula="m.period.start <= 1993", kind="Meeting", more=""):
    (folder / "r.yaml").write_text(RULE.format(kind=kind, formula=formula) + more, encoding="utf-8")
    return [str(each).replace(f"{folder}/", "").split("\n")[0] for each in load([str(folder / "r.yaml")], INSTITUTIONS).problems]


@pytest.mark.parametrize(("formula", "first"), [
    ("m.perod.start <= 1993", "r.yaml:3:14: E-REF Meeting has no 'perod' (did you mean period?)"),
    ("m.bоdy = 'x'", "r.yaml:3:14: E-REF Meeting has no 'bоdy' (did you mean body?; character 2 is U+043E CYRILLIC SMALL LETTER O)"),
    ("n.body = 'x'", "r.yaml:3:12: E-REF no variable 'n'"),
    ("drop.table = 'x'", "r.yaml:3:12: E-REF no variable 'drop'"),
    ("m.body = 'x'; drop table facts", "r.yaml:3:24: E-EXPR unexpected ';'"),
    ("m.body = 'x' -- and more", "r.yaml:3:26: E-EXPR expected a path or a literal, got '-'"),
    ("m.body in (select id)", "r.yaml:3:23: E-EXPR expected a path or a literal, got 'select'"),
    ("m.body = 'x' union select 1", "r.yaml:3:25: E-EXPR expected 'and', 'or' or the end, got 'union'"),
    ("read_csv('/etc/passwd') = 1", "r.yaml:3:20: E-EXPR expected a relation, got '('"),
    ("m.quote matches '(a+)+$'", "r.yaml:3:20: E-EXPR expected a relation, got 'matches' (there are no patterns: say starts with, ends with, contains or in)"),
    ("m.quote contains '(a+)+$' and m.quote < 3", "r.yaml:3:50: E-TYPE expected times or numbers beside '<', m.quote is neither"),
    ("m.quote = 3", "r.yaml:3:22: E-TYPE cannot compare m.quote, a text, with the number or date 3 (as a text it is '3')"),
    ("m.period.start contains 'x'", "r.yaml:3:36: E-DATE-FORM expected a year of four digits, got 'x'"),
    ("m.quote contains m.cites", "r.yaml:3:20: E-TYPE expected a text that facts state before 'contains', and a literal after it (as in f.quote contains 'law')"),
    ("m.period starts with '1993'", "r.yaml:3:21: E-TYPE expected a text that facts state before 'starts with', and a literal after it (as in f.quote contains 'law')"),
    ("m.body not in (1, null)", "r.yaml:3:30: E-EXPR expected a literal, got 'null' (what is not stated is in no set: say is unknown)"),
    ("m.period.start <= today", "r.yaml:3:30: E-REF no variable 'today'"),
    ("m.period.start <= now()", "r.yaml:3:33: E-EXPR expected 'and', 'or' or the end, got '('"),
    ("random() < 3", "r.yaml:3:18: E-EXPR expected a relation, got '('"),
    ("count m <= 3", "r.yaml:3:18: E-TYPE expected a variable of over after 'count', got 'm' (as in over: {s: Share, where: s.whole = w})"),
])  # fmt: skip
def test_a_formula_that_is_none_of_ours_is_told_at_its_first_strange_word(tmp_path, formula, first):
    (problem,) = told(tmp_path, formula)
    assert problem.startswith(first)


@pytest.mark.parametrize("kind", ["read_csv('/etc/passwd')", "facts.yaml", "Meetings; drop"])
def test_a_rule_ranges_over_types_and_nothing_else(tmp_path, kind):
    (problem,) = told(tmp_path, kind=f'"{kind}"')
    assert problem.startswith(f"r.yaml:2:12: E-REF no type {kind!r}" if "'" not in kind else f'r.yaml:2:12: E-REF no type "{kind}"')


@pytest.mark.parametrize("formula", [
    f"{'(' * 5_000}m.body = 'x'{')' * 5_000}", f"{'not ' * 5_000}m.body = 'x'", " and ".join(["m.body = 'x'"] * 20_000),
    f"m.body in ({', '.join(['1'] * 5_000)})", f"not {'(' * 60}m.body = 'x'{')' * 60}",
])  # fmt: skip
def test_a_formula_of_no_end_is_refused_and_not_descended_into(tmp_path, formula):
    (problem,) = told(tmp_path, formula)
    assert "E-LIMIT-EXPR expected at most" in problem


def test_sets_that_make_too_many_alternatives_are_refused(tmp_path):
    values = ", ".join(f"'{n}'" for n in range(9))
    assert told(tmp_path, f"m.body in ({values}) and m.id in ({values})") == ["r.yaml:3:12: E-LIMIT-EXPR expected a formula of at most 64 alternatives"]
    assert told(tmp_path, more=f"  where: m.body in ({values}) and m.id in ({values})\n") == []


@pytest.mark.parametrize(("old", "new", "first"), [
    ("count e <= 1", "count e.body <= 1", "r.yaml:4:18: E-TYPE expected a variable of over after 'count', got e.body (as in count e)"),
    ("count e <= 1", "max e.period <= 1993", "r.yaml:4:16: E-TYPE expected one day or number, e.period is a period (name .start, .end or .length)"),
    ("count e <= 1", "max e.period.end - min e.period.start <= 3 days", "r.yaml:4:31: E-TYPE expected one min or max in a comparison"),
    ("count e <= 1", "max e.quote <= 3", "r.yaml:4:16: E-TYPE expected times or numbers, e.quote is neither"),
    ("count e <= 1", "count e <= 3 days", "r.yaml:4:20: E-TYPE cannot compare a time with a quantity"),
])  # fmt: skip
def test_a_mistake_in_an_aggregate_is_told_at_its_place(tmp_path, old, new, first):
    text = "- id: r\n  for: {m: Meeting}\n  over: {e: Meeting, where: e.body = m.body and e.period.start < m.period.start}\n  require: count e <= 1\n"
    (tmp_path / "r.yaml").write_text(text.replace(old, new), encoding="utf-8")
    (problem,) = load([str(tmp_path / "r.yaml")], INSTITUTIONS).problems
    assert str(problem).replace(f"{tmp_path}/", "").startswith(first)
