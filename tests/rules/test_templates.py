"""Templates: what each is written out to, what it means, and where a mistake in one is told."""

import pytest

from rehabfacts import INSTITUTIONS
from rehabfacts.errors import InvalidFormula
from rehabfacts.loading.loader import load
from rehabfacts.rules.rules import Rule
from rehabfacts.rules.templates import TEMPLATES
from rehabfacts.rules.wordings import Wording

HOLDINGS = {"h": "OfficeHolding"}


def rule(text, scans=None, **more):
    return Rule.worded("r", Wording("template", text, scans or HOLDINGS, **more), INSTITUTIONS)


@pytest.mark.parametrize(("text", "scans", "lines"), [
    ("within(s.part.lifetime, s.whole.lifetime)", {"s": "Subdivision"}, ["for: {s: Subdivision}", "require: s.part.lifetime within s.whole.lifetime"]),
    ("precedes(a.period, b.period)", {"a": "Activity", "b": "Activity"}, ["for: {a: Activity, b: Activity}", "require: a.period before b.period"]),
    ("successor(a.period, b.period)", {"a": "Activity", "b": "Activity"}, ["for: {a: Activity, b: Activity}", "require: a.period meets b.period"]),
    ("at_most_one_at_a_time(h.period, h.office, h.person)", None, ["for: {h: OfficeHolding}", "apart: h.period", "per: [h.office, h.person]"]),
    ("in_order(c.period, c.value, c.population)", {"c": "Count"}, [
        "for: {c: Count, next: Count}", "where: (c != next and c.population = next.population and c.value < next.value)", "require: c.period before next.period"]),
    ("alternates(a.date, a.change, a.archive)", {"a": "AccessChange"}, [
        "for: {a: AccessChange, next: AccessChange}", "where: (a < next and a.archive = next.archive and a.change = next.change)",
        ("over: {between: AccessChange, where: a.archive = between.archive and between.change != a.change and (a.date <= between.date"
        " and between.date <= next.date or next.date <= between.date and between.date <= a.date)}"),
        "require: count between >= 1 or a.date equals next.date"]),
])  # fmt: skip
def test_a_template_is_written_out(text, scans, lines):
    assert list(rule(text, scans).wording.lines()) == lines


def test_every_template_is_tried_here():
    told = {"within", "precedes", "successor", "at_most_one_at_a_time", "in_order", "alternates"}
    assert told == {*TEMPLATES}


def test_the_where_of_a_template_is_asked_of_both_records():
    found = rule("in_order(c.period, c.value)", {"c": "Count"}, where="c.extent = 'period' or c.agent is known").wording.where
    assert found == "(c.extent = 'period' or c.agent is known) and (next.extent = 'period' or next.agent is known) and (c != next and c.value < next.value)"


@pytest.mark.parametrize(("text", "told"), [
    ("witin(h.period, h.period)", "expected a template, got 'witin' (did you mean within?)\n  witin(h.period, h.period)\n  ^"),
    ("within(h.period)", "expected within(child, parent)\n  within(h.period)\n        ^"),
    ("within h.period, h.office", "expected within(child, parent)\n  within h.period, h.office\n         ^"),
    ("within(h.period, 1993)", "expected a path, got '1993'\n  within(h.period, 1993)\n                   ^"),
    ("within(h.period, h.period, h.office)", "expected within(child, parent), got more\n  within(h.period, h.period, h.office)\n                             ^"),
    ("within(h.perod, h.period)", "OfficeHolding has no 'perod' (did you mean period?)\n  h.perod within h.period\n    ^"),
])  # fmt: skip
def test_a_mistake_in_a_template_is_told_at_its_place(text, told):
    with pytest.raises(InvalidFormula) as caught:
        rule(text)
    assert str(caught.value) == told


def test_a_template_that_compares_records_takes_one_variable_and_no_unless():
    with pytest.raises(InvalidFormula, match="expected one variable under for, neither next nor between"):
        rule("in_order(h.period, h.period.start)", {"h": "OfficeHolding", "k": "OfficeHolding"})
    with pytest.raises(InvalidFormula, match="expected no unless beside in_order"):
        rule("in_order(h.period, h.period.start)", unless={"m": "Meeting"})


def test_a_mistake_in_what_is_written_out_points_at_the_template(tmp_path):
    (tmp_path / "r.yaml").write_text("- id: r\n  for: {h: OfficeHolding}\n  template: within(h.perod, h.period)\n", encoding="utf-8")
    (problem,) = load([str(tmp_path / "r.yaml")], INSTITUTIONS).problems
    assert str(problem).replace(f"{tmp_path}/", "") == "r.yaml:3:13: E-REF OfficeHolding has no 'perod' (did you mean period?)\n  h.perod within h.period\n    ^"


@pytest.mark.parametrize(("options", "told"), [
    ({"at_most": 0}, "expected a whole number from 1 to 9, or a parameter that holds one\n  0\n  ^"),
    ({"at_most": 10}, "expected a whole number from 1 to 9, or a parameter that holds one\n  10\n  ^"),
    ({"at_most": "some"}, "expected a whole number from 1 to 9, or a parameter that holds one\n  some\n  ^"),
    ({"parameters": {"end_day_counts": "maybe"}}, "expected yes or no as end_day_counts\n  maybe\n  ^"),
])  # fmt: skip
def test_what_at_most_cannot_be_is_told(options, told):
    with pytest.raises(InvalidFormula) as caught:
        Rule.apart("r", "h.period", per=["h.office"], scans=HOLDINGS, schema=INSTITUTIONS, **options)
    assert str(caught.value) == told


def test_at_most_names_a_parameter_and_shows_what_it_demands():
    found = Rule.apart("r", "h.period", per=["h.office"], scans=HOLDINGS, schema=INSTITUTIONS, at_most="seats", parameters={"seats": "2"})
    assert (found.formula, len(found.plan.scans), len(found.plan.branches)) == ("h.period, h'.period, h''.period share no day", 3, 6)
    assert found.parameters == {"end_day_counts": "yes", "seats": "2"}
    assert len(found.with_parameters({"seats": "3"}, INSTITUTIONS).plan.scans) == 4
