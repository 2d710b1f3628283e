"""Formulas as text: what they parse to, and where a mistake is, to the character."""

import pytest

from rehabfacts.errors import InvalidFormula
from rehabfacts.rules.formulas import (
    Addition,
    Aggregate,
    And,
    Comparison,
    Duration,
    Known,
    Literal,
    Or,
    Path,
    Share,
)
from rehabfacts.rules.grammar import parse_formula, parse_path


def tree(node):  # noqa: PLR0911  # one line a kind of node
    """A formula as nested tuples, without columns."""
    match node:
        case And(parts) | Or(parts):
            return type(node).__name__.lower(), *map(tree, parts)
        case Comparison(left, relation, right):
            return relation, tree(left), tree(right)
        case Addition(parts):
            return "sum of", *((times, tree(part)) for times, part in parts)
        case Duration(_, days, months):
            return "duration", days, months
        case Share(percentage, whole):
            return "share", tree(percentage), tree(whole)
        case Aggregate(_, path):
            return "every", tree(path)
        case Literal(text, is_quoted):
            return "quoted" if is_quoted else "literal", text
        case Path(names):
            return ".".join(names)
    return str(node)


@pytest.mark.parametrize(("text", "expected"), [
    ("a.x <= b.y", ("<=", "a.x", "b.y")),
    ("a.x + b.y <= c.z", ("<=", ("sum of", (1, "a.x"), (1, "b.y")), "c.z")),
    ("a.x - b.y <= 2 * c.z - 5", ("<=", ("sum of", (1, "a.x"), (-1, "b.y")), ("sum of", (2, "c.z"), (-1, ("literal", "5"))))),
    ("- a.x <= 3", ("<=", ("sum of", (-1, "a.x")), ("literal", "3"))),
    ("-2 * a.x >= -5", (">=", ("sum of", (-2, "a.x")), ("literal", "-5"))),
    ("a.x >= - 5", (">=", "a.x", ("literal", "-5"))),
    ("a.x >= -0044-03-15", (">=", "a.x", ("literal", "-0044-03-15"))),
    ("p.time.length <= 2 years", ("<=", "p.time.length", ("duration", 0, 24))),
    ("p.time.length <= 2 years - 3 weeks", ("<=", "p.time.length", ("sum of", (1, ("duration", 0, 24)), (-1, ("duration", 21, 0))))),
    ("a.x + 1 day = b.y", ("=", ("sum of", (1, "a.x"), (1, ("duration", 1, 0))), "b.y")),
    ("a.x + 1993 days = b.y", ("=", ("sum of", (1, "a.x"), (1, ("duration", 1993, 0))), "b.y")),
    ("3 * 2 months <= p.time.length", ("<=", ("sum of", (3, ("duration", 0, 2))), "p.time.length")),
    ("s.part = s.percent of s.whole", ("=", "s.part", ("share", "s.percent", "s.whole"))),
    ("s.part = 2 * 35.5 % of s.whole", ("=", "s.part", ("sum of", (2, ("share", ("literal", "35.5 %"), "s.whole"))))),
    ("s.percent < 35%", ("<", "s.percent", ("literal", "35 %"))),
    ("sum p.value = w.value", ("=", ("every", "p.value"), "w.value")),
    ("sum p.value - sum q.value <= 0", ("<=", ("sum of", (1, ("every", "p.value")), (-1, ("every", "q.value"))), ("literal", "0"))),
    ("a.x <= '75 thousand'", ("<=", "a.x", ("quoted", "75 thousand"))),
    ("a.x within [1991,1993]", ("within", "a.x", ("literal", "[1991,1993]"))),
    ("a same as b", ("same as", "a", "b")),
    ("a.x disjoint from b.x", ("disjoint from", "a.x", "b.x")),
    ("a.x = 'sum'", ("=", "a.x", ("quoted", "sum"))),
    ("a.sum = b.of", ("=", "a.sum", "b.of")),
    ("a.x in ('p', \"q\")", ("or", ("=", "a.x", ("quoted", "p")), ("=", "a.x", ("quoted", "q")))),
    ("a.x not in (1, -2)", ("and", ("!=", "a.x", ("literal", "1")), ("!=", "a.x", ("literal", "-2")))),
    ("a.x in (1993-04)", ("=", "a.x", ("literal", "1993-04"))),
    ("a.x starts with 'p'", ("starts with", "a.x", ("quoted", "p"))),
    ("a.x ends with 'p'", ("ends with", "a.x", ("quoted", "p"))),
    ("a.x starts b.x", ("starts", "a.x", "b.x")),
])  # fmt: skip
def test_a_comparison_parses_to_its_parts(text, expected):
    assert tree(parse_formula(text)) == expected


@pytest.mark.parametrize("text", [
    "a.x + 2 * b.y - 3 days <= c.z", "- a.x + 5 <= sum p.v", "s.part = 35.5 % of s.whole", "s.part = s.percent of s.whole",
    "a.x <= -5", "p.t.length >= 2 years + 1 day", "a same as b", "a.x = 'text'",
])  # fmt: skip
def test_a_formula_prints_as_it_is_written(text):
    assert str(parse_formula(text)) == text


def test_a_path_alone_is_one():
    assert parse_path("a.body.lifetime.start").names == ("a", "body", "lifetime", "start")
    assert isinstance(parse_formula("a.x is known"), Known)


@pytest.mark.parametrize(("text", "told"), [
    ("a.x <=", "expected a path or a literal, got the end\n  a.x <=\n        ^"),
    ("a.x b.y", "expected a relation, got 'b.y'\n  a.x b.y\n      ^"),
    ("a.x befor b.y", "expected a relation, got 'befor' (did you mean before?)\n  a.x befor b.y\n      ^"),
    ("a.x + <= b.y", "expected a path or a literal, got '<='\n  a.x + <= b.y\n        ^"),
    ("a.x + b.y c.z", "expected a relation, got 'c.z'\n  a.x + b.y c.z\n            ^"),
    ("(a.x + b.y) <= c.z", "expected a relation, got ')' (sums take no parentheses)\n  (a.x + b.y) <= c.z\n            ^"),
    ("2 * (a.x + b.y) <= c.z", "expected a path or a literal, got '(' (sums take no parentheses)\n  2 * (a.x + b.y) <= c.z\n      ^"),
    ("a.x * 2 <= c.z", "expected a relation, got '*' (the number comes first, as in 2 * c.value)\n  a.x * 2 <= c.z\n      ^"),
    ("1.5 * a.x <= c.z", "expected a whole number, got '1.5' (as in 18 years or 2 * c.value)\n  1.5 * a.x <= c.z\n  ^"),
    ("2.5 years <= p.x", "expected a whole number, got '2.5' (as in 18 years or 2 * c.value)\n  2.5 years <= p.x\n  ^"),
    ("a.x -1993 <= 3", "expected a relation, got '-1993' (put a space behind the minus)\n  a.x -1993 <= 3\n      ^"),
    ("a.x = 50 of b.y", "expected a relation, got 'of' (a share is written as in 35 % of c.value)\n  a.x = 50 of b.y\n           ^"),
    ("a.x = 50 % of 3", "expected a path or a literal, got '3'\n  a.x = 50 % of 3\n                ^"),
    ("a.x = 50 % of sum b.y", "expected a path or a literal, got 'sum'\n  a.x = 50 % of sum b.y\n                ^"),
    ("sum <= 3", "expected a path or a literal, got '<='\n  sum <= 3\n      ^"),
    ("sum 3 <= a.x", "expected a path or a literal, got '3'\n  sum 3 <= a.x\n      ^"),
    ("a.x + b.y is known", "expected a path before 'is', and 'known' or 'unknown' after it, got 'known'\n  a.x + b.y is known\n               ^"),
    ("a.x in 'p'", "expected '(' or a parameter after 'in', got \"'p'\" (as in c.extent in ('period', 'cumulative'))\n  a.x in 'p'\n         ^"),
    ("a.x not in (1, null)", "expected a literal, got 'null' (what is not stated is in no set: say is unknown)\n  a.x not in (1, null)\n                 ^"),
    ("a.x in ()", "expected a path or a literal, got ')'\n  a.x in ()\n          ^"),
    ("a.x in ('p' 'q')", "expected ',' or ')', got \"'q'\"\n  a.x in ('p' 'q')\n              ^"),
    ("a.x + b.x in (1)", "expected a path before 'in', got 'in'\n  a.x + b.x in (1)\n            ^"),
    ("a.x matches 'p'", "expected a relation, got 'matches' (there are no patterns: say starts with, ends with, contains or in)\n  a.x matches 'p'\n      ^"),
    ("a.x; b.x", "unexpected ';'\n  a.x; b.x\n     ^"),
    ("a.x same b.x", "expected a relation, got 'same' (did you mean same as?)\n  a.x same b.x\n      ^"),
    ("a.x <= 3 ! b", "unexpected '!'\n  a.x <= 3 ! b\n           ^"),
    ("a.x <= 3 b.y", "expected 'and', 'or' or the end, got 'b.y'\n  a.x <= 3 b.y\n           ^"),
    ("a.x - - b.y <= 3", "expected a path or a literal, got '-'\n  a.x - - b.y <= 3\n        ^"),
    (f"a.x + {'9' * 39} days <= b.y", f"expected at most 38 digits\n  a.x + {'9' * 39} days <= b.y\n        ^"),
    (f"{'9' * 39} * a.x <= b.y", f"expected at most 38 digits\n  {'9' * 39} * a.x <= b.y\n  ^"),
])  # fmt: skip
def test_a_mistake_is_told_with_its_very_place(text, told):
    with pytest.raises(InvalidFormula) as caught:
        parse_formula(text)
    assert str(caught.value) == told
    assert caught.value.code == ("E-NUM-RANGE" if "9" * 39 in text else "E-EXPR")


PARAMETERS = {"age": "18", "grace": "30 days", "share": "35.5 %", "word": "law", "kinds": ("p", "q"), "day": "1993-04"}


@pytest.mark.parametrize(("text", "expected"), [
    ("a.x + age years <= b.y", ("<=", ("sum of", (1, "a.x"), (1, ("duration", 0, 216))), "b.y")),
    ("a.x - grace <= b.y", ("<=", ("sum of", (1, "a.x"), (-1, ("duration", 30, 0))), "b.y")),
    ("a.x <= age", ("<=", "a.x", ("literal", "18"))),
    ("a.x <= 2 * age", ("<=", "a.x", ("sum of", (2, ("literal", "18"))))),
    ("age * a.x <= 3", ("<=", ("sum of", (18, "a.x")), ("literal", "3"))),
    ("a.x <= share of b.x", ("<=", "a.x", ("share", ("literal", "35.5 %"), "b.x"))),
    ("a.x = word", ("=", "a.x", ("quoted", "law"))),
    ("a.x within day", ("within", "a.x", ("literal", "1993-04"))),
    ("a.x in kinds", ("or", ("=", "a.x", ("quoted", "p")), ("=", "a.x", ("quoted", "q")))),
    ("a.x not in kinds", ("and", ("!=", "a.x", ("quoted", "p")), ("!=", "a.x", ("quoted", "q")))),
    ("age.x <= 3", ("<=", "age.x", ("literal", "3"))),
])  # fmt: skip
def test_a_parameter_is_read_as_what_it_holds(text, expected):
    assert tree(parse_formula(text, PARAMETERS)) == expected


@pytest.mark.parametrize(("text", "told"), [
    ("a.x + grace years <= b.y", "expected a whole number, got 'grace' (grace is 30 days)\n  a.x + grace years <= b.y\n        ^"),
    ("a.x = kinds", "expected a parameter with one value, got 'kinds' (several values stand after 'in' only)\n  a.x = kinds\n        ^"),
    ("a.x <= age of b.x", "expected a relation, got 'of' (a share is written as in 35 % of c.value)\n  a.x <= age of b.x\n             ^"),
])  # fmt: skip
def test_a_parameter_that_does_not_fit_is_told_where_it_is_used(text, told):
    with pytest.raises(InvalidFormula) as caught:
        parse_formula(text, PARAMETERS)
    assert str(caught.value) == told
