"""Formulas checked against types: the inequality or the sum that each comparison comes to, and every mistake with its place."""

import pytest

from rehabfacts.errors import InvalidFormula
from rehabfacts.rules.grammar import parse_formula
from rehabfacts.rules.lowering import Lowering
from rehabfacts.rules.plans import Ascending, AtMost, Constant, Every, Point, Portion, Same, Sum
from rehabfacts.vocabulary import INSTITUTIONS

SCOPE = {"a": "Count", "b": "Count", "c": "Count", "m": "Meeting", "n": "Activity", "e": "Creation", "s": "Share"}
SEVERAL = {"p": "Count", "q": "Meeting", "z": "Share"}


def lowered(text):
    """The branches of a formula, each atom in a line."""
    return [[shown(atom) for atom in branch] for branch in Lowering(text, INSTITUTIONS, SCOPE, SEVERAL).branches(parse_formula(text))]


def shown(atom):
    if isinstance(atom, AtMost):
        moved = "".join(f" {amount:+}{unit}" for amount, unit in ((atom.months, "m"), (atom.days, "d")) if amount)
        return f"{named(atom.high)}{moved} >= {named(atom.low)}" if atom.is_inverse else f"{named(atom.low)}{moved} <= {named(atom.high)}"
    assert isinstance(atom, Sum)
    return " ".join(f"{times:+} {named(thing)}" for times, thing in atom.terms) + f" <= {atom.most}"


def named(thing):
    match thing:
        case Point(route, name):
            return f"{route.variable}.{name}"
        case Constant(text, least, most):
            return text if least == most else f"[{least}..{most}]"
        case Every(of):
            return f"every({measured(of)})"
        case Portion(percentage, of, is_most):
            return f"{'most' if is_most else 'least'} {percentage} of ({measured(of)})"
    raise AssertionError(thing)


def measured(of):
    return " ".join(f"{times:+} {named(point)}" for times, point in of.points) + (f" +{of.plus}" if of.plus else "")


@pytest.mark.parametrize(("text", "expected"), [
    ("a.value <= b.value", ["a.value <= b.value"]),
    ("a.value - b.value <= 100", ["a.value -100d <= b.value"]),
    ("a.value + 100 <= b.value - 7", ["a.value +107d <= b.value"]),
    ("a.value + b.value <= c.value + b.value", ["a.value <= c.value"]),
    ("2 * a.value <= 11", ["a.value <= 5"]),
    ("-2 * a.value <= 11", ["-5 <= a.value"]),
    ("3 * a.value <= 3 * b.value + 5", ["a.value -1d <= b.value"]),
    ("a.value < 50 % of a.value", ["a.value <= -1"]),
    ("c.value >= -5", ["-5 <= c.value"]),
    ("a.value <= '75 thousand'", ["a.value <= [74500..75499]"]),
    ("m.period.length <= 2 years", ["m.period.start +24m -1d >= m.period.end"]),
    ("m.period.length >= 2 years", ["m.period.start +24m -1d <= m.period.end"]),
    ("m.period.length < 2 years - 3 days", ["m.period.start +24m -5d >= m.period.end"]),
    ("m.period.length >= 30 days", ["m.period.start +29d <= m.period.end"]),
    ("m.period.length = 1 week", ["m.period.end -6d <= m.period.start", "m.period.start +6d <= m.period.end"]),
    ("e.date - m.period.start <= 2 years", ["m.period.start +24m >= e.date"]),
    ("e.date - m.period.start <= 30 days", ["e.date -30d <= m.period.start"]),
    ("e.date + 18 years <= m.period.start", ["e.date +216m <= m.period.start"]),
    ("1 year + e.date <= m.period.start", ["e.date +12m <= m.period.start"]),
    ("m.period + 3 days within n.period", ["n.period.start -3d <= m.period.start", "m.period.end +3d <= n.period.end"]),
    ("s.percent <= 50 %", ["s.percent <= 50 %"]),
])  # fmt: skip
def test_what_two_variables_can_say_stays_an_inequality(text, expected):
    assert lowered(text) == [expected]


@pytest.mark.parametrize(("text", "expected"), [
    ("a.value + b.value <= c.value", ["+1 a.value +1 b.value -1 c.value <= 0"]),
    ("a.value + b.value + 5 <= 2 * c.value - 7", ["+1 a.value +1 b.value -2 c.value <= -12"]),
    ("2 * a.value + 4 * b.value < 6 * c.value", ["+1 a.value +2 b.value -3 c.value <= -1"]),
    ("2 * a.value <= b.value", ["+2 a.value -1 b.value <= 0"]),
    ("a.value + b.value <= '75 thousand'", ["+1 a.value +1 b.value -1 [74500..75499] <= 0"]),
    ("m.period.length <= n.period.length", ["+1 m.period.end -1 m.period.start -1 n.period.end +1 n.period.start <= 0"]),
    ("m.period.length + n.period.length <= 9 days", ["+1 m.period.end -1 m.period.start +1 n.period.end -1 n.period.start <= 7"]),
    ("e.date + m.period.length <= n.period.end", ["+1 e.date +1 m.period.end -1 m.period.start -1 n.period.end <= -1"]),
    ("a.value <= 50 % of b.value", ["+2 a.value -1 b.value <= 0"]),
    ("a.value < 50 % of b.value", ["+2 a.value -1 b.value <= -1"]),
    ("a.value <= 33.3 % of b.value", ["+1000 a.value -333 b.value <= 0"]),
    ("sum p.value <= c.value", ["+1 every(+1 p.value) -1 c.value <= 0"]),
    ("sum q.period.length <= 9 days", ["+1 every(+1 q.period.end -1 q.period.start +1) <= 9"]),
    ("s.part.value = s.percent of s.whole.value", [
        "+1000000 s.value -1 most s.percent of (+1 s.value) <= 0", "+1 least s.percent of (+1 s.value) -1000000 s.value <= 0",
    ]),
    ("s.part.value < s.percent of s.whole.value", ["+1000000 s.value -1 most s.percent of (+1 s.value) <= -1"]),
    ("m.period.length <= 50 % of n.period.length", ["+2 m.period.end -2 m.period.start -1 n.period.end +1 n.period.start <= -1"]),
])  # fmt: skip
def test_anything_else_is_a_sum(text, expected):
    assert lowered(text) == [expected]


@pytest.mark.parametrize(("text", "expected"), [
    ("not a.value + b.value <= c.value", [["-1 a.value -1 b.value +1 c.value <= -1"]]),
    ("not (a.value + b.value = c.value)", [["-1 a.value -1 b.value +1 c.value <= -1"], ["-1 c.value +1 a.value +1 b.value <= -1"]]),
    ("a.value + b.value != c.value", [["-1 a.value -1 b.value +1 c.value <= -1"], ["-1 c.value +1 a.value +1 b.value <= -1"]]),
    ("not m.period.length <= 2 years", [["m.period.start +24m <= m.period.end"]]),
])  # fmt: skip
def test_the_negation_of_a_sum_is_a_sum_and_of_an_inequality_one(text, expected):
    assert lowered(text) == expected


@pytest.mark.parametrize(("text", "told"), [
    ("m.period.length <= n.period.length + 1 year", "expected months or years alone on their side (as in p.length <= 2 years)\n  {}\n                                       ^"),
    ("m.period.length + 1 month <= 90 days", "expected months or years alone on their side (as in p.length <= 2 years)\n  {}\n                    ^"),
    ("2 * m.period.length <= 2 years", "expected days in a sum, months and years differ in length (as in 365 days)\n  {}\n                         ^"),
    ("e.date + m.period.length + 1 month <= n.period.end", "expected days in a sum, months and years differ in length (as in 365 days)\n  {}\n                             ^"),
    ("e.date + 1 year <= m.period.start + 1 month", "expected months or years on one side only\n  {}\n                                      ^"),
    ("m.period.length <= 30", "cannot compare a date with a length (a length has its unit, as in 30 days)\n  {}\n                  ^"),
    ("e.date <= 18 years", "cannot compare a date with a length\n  {}\n         ^"),
    ("e.date + m.period.start <= 1993", "expected dates to be taken one from another, not added\n  {}\n           ^"),
    ("e.date + 3 <= m.period.start", "expected dates to be taken one from another, not added (days have their unit, as in 3 days)\n  {}\n           ^"),
    ("2 * e.date <= m.period.start", "expected dates to be taken one from another, not added\n  {}\n      ^"),
    ("m.period - e.date within n.period", "expected one day, m.period is a period (name .start, .end or .length)\n  {}\n  ^"),
    ("2 * m.period within n.period", "expected one day, m.period is a period (name .start, .end or .length)\n  {}\n      ^"),
    ("m.period.length within n.period", "cannot compare a date with a length\n  {}\n                  ^"),
    ("m.period.length before n.period.length", "'before' compares dates or periods, not lengths\n  {}\n                  ^"),
    ("a.value before b.value", "'before' compares dates or periods, not quantities\n  {}\n          ^"),
    ("s.percent before 3 %", "'before' compares dates or periods, not percentages\n  {}\n            ^"),
    ("m.period <= n.period", "'<=' compares dates or quantities, not periods (name .start or .end, or say before, until, within)\n  {}\n           ^"),
    ("a.value + 3 days <= b.value", "cannot compare a time with a quantity\n  {}\n                   ^"),
    ("a.value < b.as_of", "cannot compare a time with a quantity\n  {}\n          ^"),
    ("a.value <= 35 %", "cannot compare a quantity with a percentage (say of what, as in s.percent of s.whole.value)\n  {}\n          ^"),
    ("s.percent <= 35", "expected a percentage, got 35 (as in 35 %)\n  {}\n               ^"),
    ("a.value <= '35 %'", "expected a quantity, got '35 %' (say of what, as in 35 % of c.value)\n  {}\n             ^"),
    ("a.value = b.value of c.value", "expected a percentage before 'of', got b.value\n  {}\n            ^"),
    ("a.value = s.percent of e.date", "expected a quantity or a length after 'of', got e.date\n  {}\n                         ^"),
    ("2 years <= 3 years", "expected a path on one side\n  {}\n          ^"),
    (f"a.value + {'9' * 38} <= b.value - 1", f"expected numbers that come to at most 38 digits\n  {{}}\n  {' ' * 49}^"),
    (f"a.value - 33.3 % of b.value <= {'9' * 36}", f"expected numbers that come to at most 38 digits\n  {{}}\n  {' ' * 28}^"),
    (f"e.date + {'9' * 37} years <= m.period.end", f"expected numbers that come to at most 38 digits\n  {{}}\n  {' ' * 53}^"),
    ("a.value - a.value <= 3", "expected a comparison that facts decide, both sides come to the same\n  {}\n                    ^"),
    ("sum q.period <= 3 days", "expected numbers or lengths to add up, q.period is a period (the days of periods are sum q.period.length)\n  {}\n      ^"),
    ("sum p.as_of <= 1993", "expected numbers or lengths to add up, p.as_of is a date\n  {}\n      ^"),
    ("p.value = 5", "'p' stands for all that over finds (add them up, as in sum p.value)\n  {}\n  ^"),
    ("a.agent + b.value <= 3", "expected times or numbers, a.agent is neither\n  {}\n  ^"),
    ("a same as b", "expected 'same as' in where, beside ids and texts only\n  {}\n    ^"),
    ("a.value <= 1.5", "expected a whole number of units, got '1.5' (as in 75 thousand persons, 1,234, 35 % or 11..12)\n  {}\n             ^"),
])  # fmt: skip
def test_a_mistake_of_types_is_told_with_its_very_place(text, told):
    with pytest.raises(InvalidFormula) as caught:
        lowered(text)
    assert str(caught.value) == told.format(text)
    assert caught.value.code == ("E-NUM-FORM" if "1.5" in text else "E-TYPE")


def test_a_date_that_does_not_exist_is_told_with_its_very_place():
    with pytest.raises(InvalidFormula) as caught:
        lowered("e.date + 1 day <= 1993-02-30")
    assert (caught.value.code, caught.value.column) == ("E-DATE", 19)


@pytest.mark.parametrize(("text", "told"), [
    ("m.period.lenght <= 3 days", "'period' of Meeting has no 'lenght' (a period has .start, .end and .length)\n  {}\n           ^"),
    ("a.valu + b.value <= c.value", "Count has no 'valu' (did you mean value?)\n  {}\n    ^"),
    ("a.value + d.value <= c.value", "no variable 'd'\n  {}\n            ^"),
    ("a.as_of.length <= 3 days", "'as_of' of Count has no 'length'\n  {}\n          ^"),
])  # fmt: skip
def test_an_unknown_name_in_a_sum_is_told_with_its_very_place(text, told):
    with pytest.raises(InvalidFormula) as caught:
        lowered(text)
    assert (str(caught.value), caught.value.code) == (told.format(text), "E-REF")


@pytest.mark.parametrize(("several", "told"), [
    (SEVERAL, "expected a variable of over after 'sum', got 'a'\n  sum a.value <= 3\n      ^"),
    ({}, "expected a variable of over after 'sum', got 'a' (as in over: {s: Share, where: s.whole = w})\n  sum a.value <= 3\n      ^"),
])  # fmt: skip
def test_only_what_over_finds_is_added_up(several, told):
    with pytest.raises(InvalidFormula) as caught:
        Lowering("sum a.value <= 3", INSTITUTIONS, SCOPE, several).branches(parse_formula("sum a.value <= 3"))
    assert str(caught.value) == told


def filters_of(text):
    return Lowering(text, INSTITUTIONS, SCOPE).where(parse_formula(text))


def test_where_takes_pairs_in_one_order_and_what_is_the_same_or_not_stated():
    (ascending, same, negated, equal), rest = filters_of("a < b and a.agent same as b.agent and not a.body same as b.body and a.place = b.place")
    assert rest is None
    assert isinstance(ascending, Ascending)
    assert [(isinstance(each, Same), each.is_negated, each.or_neither) for each in (same, negated, equal)] == [
        (True, False, True), (True, True, True), (True, False, False),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "rest"), [
    ("a.agent = b.agent or a.agent is unknown", None),
    ("not (a.agent = b.agent or a.agent is unknown)", None),
    ("a.extent = 'period' and (a.agent = b.agent and a.body = b.body)", None),
    ("a.agent = b.agent or a.value < b.value", "(a.agent = b.agent or a.value < b.value)"),
    ("not (a.agent = b.agent and a.value < b.value)", "not (a.agent = b.agent and a.value < b.value)"),
    ("a < b or a.agent = b.agent", None),
])  # fmt: skip
def test_alternatives_of_what_is_written_filter_and_those_of_values_do_not(text, rest):
    tests, left = filters_of(text)
    assert (str(left) if left else None) == rest
    assert bool(tests) is (rest is None)


def test_a_comparison_of_values_in_where_is_an_antecedent():
    tests, rest = filters_of("a.population = b.population and a.value < b.value and a.value + b.value < 5")
    assert len(tests) == 1
    assert str(rest) == "a.value < b.value and a.value + b.value < 5"


@pytest.mark.parametrize("text", ["a.agent same as 'x'", "m.period.start same as n.period.start", "a.value + b.value same as c.value", "m.body.lifetime same as n.body.lifetime"])
def test_same_as_stands_between_two_fields_that_facts_state(text):
    with pytest.raises(InvalidFormula, match="expected two fields that facts state beside 'same as'"):
        filters_of(text)
