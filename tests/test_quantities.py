"""Uncertain numbers: what hedges, rounding, units and percentages mean, and what is told of texts that are none."""

import itertools
from fractions import Fraction

import pytest

from rehabfacts.errors import InvalidQuantity
from rehabfacts.quantities import Quantity
from rehabfacts.quantity_notations import HEDGES
from rehabfacts.verdicts import Verdict


def ends(text):
    quantity = Quantity.parse(text)
    return quantity.least, quantity.most


@pytest.mark.parametrize(("text", "least", "most"), [
    ("75", 75, 75),
    ("75,000 persons", 75_000, 75_000),
    ("75 thousand persons", 74_500, 75_499),
    ("1.5 million", 1_450_000, 1_549_999),
    ("1.50 million", 1_495_000, 1_504_999),
    ("exactly 75 thousand", 75_000, 75_000),
    ("about 300", 270, 330),
    ("approximately 300", 270, 330),
    ("around 300", 270, 330),
    ("circa 300", 270, 330),
    ("roughly 300", 270, 330),
    ("about 5", 4, 6),
    ("about 5 thousand", 4_000, 6_000),
    ("nearly 300", 270, 299),
    ("almost 300", 270, 299),
    ("more than 11", 12, None),
    ("over 75 thousand", 75_001, None),
    ("at least 5 thousand", 4_500, None),
    ("not less than 5", 5, None),
    ("no fewer than 5", 5, None),
    ("less than 11", None, 10),
    ("fewer than 11", None, 10),
    ("under 11", None, 10),
    ("up to 11", None, 11),
    ("at most 11", None, 11),
    ("not more than 5 thousand", None, 5_499),
    ("no more than 11", None, 11),
    ("100..120 acts", 100, 120),
    ("100.. acts", 100, None),
    ("..120", None, 120),
    ("100..120 thousand", 99_500, 120_499),
    ("exactly 100..120 thousand", 100_000, 120_000),
    ("-5 persons", -5, -5),
    ("0", 0, 0),
    ("1,234,567", 1_234_567, 1_234_567),
])  # fmt: skip
def test_the_form_of_a_number_says_what_it_can_be(text, least, most):
    assert ends(text) == (least, most)


@pytest.mark.parametrize(("text", "least", "most", "grain"), [
    ("75,000 persons, rounded to 500", 74_750, 75_249, 500),
    ("75 thousand persons, rounded to 500", 74_750, 75_249, 500),
    ("75 thousand persons, rounded to 5 thousand", 72_500, 77_499, 5_000),
    ("75 thousand persons, rounded to 500 persons", 74_750, 75_249, 500),
    ("75, rounded to 5", 73, 77, 5),
    ("75, rounded to 1", 75, 75, 1),
    ("about 300 thousand, rounded to 50 thousand", 250_000, 350_000, 50_000),
    ("up to 75,000, rounded to 1,000", None, 75_499, 1_000),
    ("more than 75,000, rounded to 1,000", 75_001, None, 1_000),
    ("35 %, rounded to 5 %", 325_000, 374_999, 50_000),
    ("70..75 thousand, rounded to 5 thousand", 67_500, 77_499, 5_000),
])  # fmt: skip
def test_what_a_number_is_rounded_to_can_be_said(text, least, most, grain):
    quantity = Quantity.parse(text)
    assert (quantity.least, quantity.most, quantity.grain) == (least, most, grain)


@pytest.mark.parametrize("grain", [1, 2, 5, 10, 500])
def test_a_rounded_number_is_any_that_rounds_to_it_half_up(grain):
    rounded = [number for number in range(1_000) if (2 * number + grain) // (2 * grain) * grain == 500]
    assert ends(f"500, rounded to {grain}") == (rounded[0], rounded[-1])
    assert rounded == list(range(rounded[0], rounded[-1] + 1))


@pytest.mark.parametrize(("text", "low", "low_is_out", "high", "high_is_out"), [
    ("35 %", "34.5", False, "35.5", True),
    ("35%", "34.5", False, "35.5", True),
    ("35.5 %", "35.45", False, "35.55", True),
    ("35.50 %", "35.495", False, "35.505", True),
    ("exactly 35 %", "35", False, "35", False),
    ("exactly 0.0125 %", "0.0125", False, "0.0125", False),
    ("more than 35 %", "35", True, None, False),
    ("more than 0.0001 %", "0.0001", True, None, False),
    ("at least 35 %", "34.5", False, None, False),
    ("less than 35 %", None, False, "35", True),
    ("up to 35 %", None, False, "35.5", True),
    ("about 35 %", "31.5", False, "38.5", False),
    ("nearly 50 %", "45", False, "50", True),
    ("30..35 %", "29.5", False, "35.5", True),
    ("120 %", "119.5", False, "120.5", True),
    ("-5 %", "-5.5", False, "-4.5", True),
])  # fmt: skip
def test_a_percentage_is_counted_in_millionths_and_knows_which_end_is_left_out(text, low, low_is_out, high, high_is_out):
    quantity = Quantity.parse(text)
    expected = [(None if end is None else int(Fraction(end) * 10_000), is_out) for end, is_out in ((low, low_is_out), (high, high_is_out))]
    assert [quantity.least_end, quantity.most_end] == expected
    assert quantity.is_percentage
    assert (quantity.least, quantity.most) == tuple(
        None if end is None else end + sign * is_out for (end, is_out), sign in zip(expected, (1, -1), strict=True)
    )


def test_a_unit_is_what_stands_behind_the_number():
    assert [Quantity.parse(text).unit for text in ("75 thousand persons", "11 working groups", "11", "35 %", "5 m²", "3 осіб")] == [
        "persons", "working groups", "", "%", "m²", "осіб",
    ]  # fmt: skip


def test_quantities_are_equal_as_they_are_written():
    assert Quantity.parse(" 75 thousand ") == Quantity.parse("75 thousand")
    assert Quantity.parse("75 thousand") != Quantity.parse("75,000, rounded to 1,000")
    assert str(Quantity.parse("75 thousand persons, rounded to 500")) == "75 thousand persons, rounded to 500"


SMALL = ["0", "1", "2", "0..1", "1..2", "0..", "..1", "up to 2", "more than 0", "about 1"]


def test_comparisons_have_three_answers_and_agree_with_trying_every_number():
    for one, two in itertools.product(map(Quantity.parse, SMALL), repeat=2):
        values = [
            [number for number in range(-8, 9) if (each.least is None or each.least <= number) and (each.most is None or number <= each.most)]
            for each in (one, two)
        ]
        pairs = list(itertools.product(*values))
        assert one.is_at_most(two) is verdict({a <= b for a, b in pairs})
        assert one.is_equal(two) is verdict({a == b for a, b in pairs})


def verdict(answers):
    return Verdict.UNKNOWN if len(answers) == 2 else Verdict.YES if answers == {True} else Verdict.NO


NUMBER, UNIT = "expected a decimal number", "expected a word for what is counted behind the number, not {!r}"
WHOLE = "expected a whole number of units"
EXAMPLES = "as in 75 thousand persons, 1,234, 35 % or 11..12"


@pytest.mark.parametrize(("text", "column", "cause", "hint"), [
    ("75k", 1, NUMBER, "75 thousand"),
    ("75 k persons", 4, UNIT.format("k"), "75 thousand persons"),
    ("75K", 1, NUMBER, "75 thousand"),
    ("75 000", 4, UNIT.format("000"), "75,000"),
    ("75\u00a0000 persons", 4, UNIT.format("000"), "75,000 persons"),
    ("75тис", 1, NUMBER, "75 thousand"),
    ("75 тис. осіб", 4, UNIT.format("тис."), "75 thousand осіб"),
    ("75 тисяч осіб", 4, UNIT.format("тисяч"), "75 thousand осіб"),
    ("75 тыс.", 4, UNIT.format("тыс."), "75 thousand"),
    ("2 мың", 3, UNIT.format("мың"), "2 thousand"),
    ("1,5 млн", 5, UNIT.format("млн"), "1.5 million"),
    ("1.5m", 1, NUMBER, "1.5 million"),
    ("2 bn", 3, UNIT.format("bn"), "2 billion"),
    ("75.000", 1, WHOLE, "75,000 or 75"),
    ("1.234.567", 1, NUMBER, "1,234,567"),
    ("1'000'000", 1, NUMBER, "1,000,000"),
    ("1_000", 1, NUMBER, "1,000"),
    ("75 Thousand", 4, UNIT.format("Thousand"), "75 thousand"),
    ("75.0", 1, WHOLE, "75"),
    ("75.5", 1, WHOLE, EXAMPLES),
    ("75,5 %", 1, NUMBER, "75.5 %"),
    ("35 percent", 4, UNIT.format("percent"), "35 %"),
    ("35 відсотків", 4, UNIT.format("відсотків"), "35 %"),
    ("35 per cent", 4, UNIT.format("per"), "35 %"),
    ("35 ‰", 4, UNIT.format("‰"), "3.5 %"),
    ("~75", 1, NUMBER, "about 75"),
    ("c. 75", 4, UNIT.format("75"), "about 75"),
    ("близько 75 тисяч", 9, UNIT.format("75"), "about 75 thousand"),
    (">75", 1, NUMBER, "more than 75"),
    (">= 75", 4, UNIT.format("75"), "at least 75"),
    ("≤75", 1, NUMBER, "up to 75"),
    ("75+", 1, NUMBER, "at least 75"),
    ("75 or more persons", 4, UNIT.format("or"), "at least 75 persons"),
    ("75 persons or more", 15, UNIT.format("more"), "at least 75 persons"),
    ("75 persons or fewer", 15, UNIT.format("fewer"), "up to 75 persons"),
    ("75-80", 1, NUMBER, "75..80"),
    ("75–80 persons", 1, NUMBER, "75..80 persons"),
    ("from 75 to 80", 6, UNIT.format("75"), "75..80"),
    ("between 75 and 80 persons", 9, UNIT.format("75"), "75..80 persons"),
    ("75...80", 5, NUMBER, "75..80"),
    ("eleven", 1, NUMBER, "11"),
    ("трьох", 1, NUMBER, "3"),
    ("a hundred persons", 3, UNIT.format("hundred"), "100 persons"),
    ("5 hundred", 3, UNIT.format("hundred"), "500"),
    ("2 dozen persons", 3, UNIT.format("dozen"), "24 persons"),
    ("012", 1, NUMBER, "12"),
    ("+5", 1, NUMBER, "5"),
    ("٧٥", 1, NUMBER, "75"),
    ("More than 11", 11, UNIT.format("11"), "more than 11"),
    ("75 thousand persons,rounded to 500", 13, UNIT.format("persons,rounded"), "75 thousand persons, rounded to 500"),
    ("75,000 persons (to the nearest 500)", 16, UNIT.format("(to"), "75,000 persons, rounded to 500"),
    ("75,300, rounded to 500", 1, "expected a number that can be the result of rounding, which ends at 75,000 or 75,500", "write what it was rounded to"),
    ("75 persons, rounded to ", 23, "expected a number behind 'rounded to'", EXAMPLES),
    ("75, rounded to 0", 16, "expected a step above 0 behind 'rounded to'", EXAMPLES),
    ("75 persons, rounded to 5 %", 24, "expected a step of the same unit behind 'rounded to'", "as in 75 thousand persons, rounded to 500"),
    ("35 %, rounded to 5", 18, "expected a step of the same unit behind 'rounded to'", "as in 35 %, rounded to 5 %"),
    ("exactly 75, rounded to 5", 1, "expected 'exactly' or what it is rounded to, not both", "leave one of them out"),
    ("up to 35.1234 %", 7, "expected at most three decimals in a rounded percentage", "say exactly"),
    ("35.1234 %", 1, "expected at most three decimals in a rounded percentage", "say exactly"),
    ("about 5..6", 7, "expected one number behind a hedge, not a range", "a range says it all"),
    ("6..5", 1, "expected the smaller number first", "5..6"),
    ("", 1, "expected a number", EXAMPLES),
    ("about", 6, "expected a number", EXAMPLES),
    ("1e400", 1, NUMBER, EXAMPLES),
    ("groups 11", 8, UNIT.format("11"), EXAMPLES),
    ("35 % persons", 4, UNIT.format("%"), EXAMPLES),
])  # fmt: skip
def test_a_near_miss_is_told_with_what_was_probably_meant(text, column, cause, hint):
    with pytest.raises(InvalidQuantity) as caught:
        Quantity.parse(text)
    error = caught.value
    assert (error.code, error.column, error.cause, error.hint) == ("E-NUM-FORM", column, cause, hint)
    for notation in hint.split(" or ") if hint[0].isdigit() else ():
        Quantity.parse(notation)


@pytest.mark.parametrize("text", ["9" * 39, "9" * 38 + " trillion", "9" * 35 + " %", ".inf", "NaN", "about " + "9" * 38, "more than " + "9" * 38])
def test_a_number_without_a_value_or_of_too_many_digits_is_refused(text):
    with pytest.raises(InvalidQuantity) as caught:
        Quantity.parse(text)
    assert caught.value.code == "E-NUM-RANGE"


def test_the_largest_number_has_38_digits():
    assert ends("9" * 38) == (10**38 - 1, 10**38 - 1)
    assert ends("less than " + "9" * 38) == (None, 10**38 - 2)


def test_every_hedge_stands_before_a_number_and_means_the_same_as_its_plain_word():
    for word, plain in HEDGES.items():
        assert ends(f"{word} 300 persons") == ends(f"{plain} 300 persons")
        assert ends(f"{word} 300 persons") != ends("300 persons") or plain == "exactly"
