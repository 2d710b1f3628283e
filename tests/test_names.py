"""Reasons: why a fact says more than its quote, by field or as a whole."""

import pickle

import pytest

from rehabfacts import INSTITUTIONS, Names
from rehabfacts.names import Reasons

BY_FIELD = Reasons({"": Names(en="it is known"), "date": Names(en="the annex", uk="додаток")})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, None),
        ("it is known", Reasons({"": Names(en="it is known")})),
        (Names(uk="відомо"), Reasons({"": Names(uk="відомо")})),
        ({"date": {"en": "the annex"}}, Reasons({"date": Names(en="the annex")})),
        (BY_FIELD, BY_FIELD),
    ],
)
def test_reasons_are_given_as_a_text_by_language_or_by_field(given, expected):
    assert Reasons.of(given) == expected
    assert INSTITUTIONS["Creation"].cls(id="f", body="b", inferred=given).inferred == expected


@pytest.mark.parametrize("given", [1, ["it is known"], {"date": 1}, {"date": {"en": "the annex"}, "en": "it is known"}])
def test_anything_else_is_the_callers_mistake(given):
    with pytest.raises(TypeError, match="expected a reason or reasons by field, got "):
        Reasons.of(given)


def test_reasons_are_told_with_their_fields_and_survive_pickling():
    assert str(BY_FIELD) == "it is known; date: the annex"
    assert pickle.loads(pickle.dumps(BY_FIELD)) == BY_FIELD  # noqa: S301  # our own
    assert hash(Reasons(reversed(BY_FIELD.items()))) == hash(BY_FIELD)
