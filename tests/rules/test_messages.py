"""What rules say: in the language of the settings, with the fields that they name, and with everything else as text."""

import pytest

import rehabfacts
from rehabfacts.checker.stories import tell
from rehabfacts.errors import InvalidInput
from rehabfacts.reports import github, markdown
from rehabfacts.settings import Settings, read_settings

RULES = """- id: meets-soon
  says:
    en: "{m.body} met on {m.period}, later than {most} after its creation."
    uk: "{m.body.name}: засідання {m.period} пізніше ніж за {most}."
  parameters: {most: 30 days}
  for: {m: Meeting}
  require: m.period.start <= m.body.lifetime.start + most
"""
FACTS = """rehabfacts: 1
entities: [{id: commission, type: Body, name: {uk: комісія, en: the commission}}]
facts:
  - {id: created, type: Creation, body: commission, date: 1993-04-14}
  - {id: met, type: Meeting, body: commission, period: 1993-06-01}
"""


@pytest.fixture
def says(tmp_path):
    """The sentence of the violation, with another text for the rule's or in another language."""

    def say(text=None, language="en"):
        head, tail = RULES.index("  says"), RULES.index("  parameters")
        rules = RULES if text is None else f"{RULES[:head]}  says: {text}\n{RULES[tail:]}"
        (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")
        (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
        (violation,) = rehabfacts.check(str(tmp_path), settings=Settings(packs=("definitions",), language=language))
        return tell(violation).says

    return say


def test_a_sentence_names_fields_and_parameters(says):
    assert says() == "commission met on 1993-06-01, later than 30 days after its creation."


def test_the_settings_choose_the_language(says):
    assert says(language="uk") == "комісія: засідання 1993-06-01 пізніше ніж за 30 days."
    assert says(language="kk") == says()


@pytest.mark.parametrize("text", [
    "{m.__class__} {m.body.__init__.__globals__}", "{m.body.lifetime} {m.period.start} {x} {met}", "${{ secrets.TOKEN }}", "${{m.body}}", "{{m.body}}",
    "${m.body}", "%(m)s %s 100 %", "{0} {} {m!r} {m:>10} {m.body", "{ m.body }",
])  # fmt: skip
def test_whatever_is_no_field_is_text(says, text):
    assert says(f"'{text}'") == text


def test_a_field_that_is_not_stated_is_told_so(says):
    assert says("'{m.chaired_in.person} and {m.cites}'") == "(not stated) and (not stated)"


def test_what_a_field_holds_is_data_in_every_format(tmp_path):
    (tmp_path / "rules.yaml").write_text(RULES.replace("{m.body} met", "{m.cites} met"), encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(FACTS.replace("period: 1993-06-01", "period: 1993-06-01, cites: '::error::<img src=x> {m.body}'"), encoding="utf-8")
    report = rehabfacts.check(str(tmp_path / "rules.yaml"), str(tmp_path / "facts.yaml"), settings=Settings(packs=("definitions",)))
    assert "<img" not in markdown.write(report)
    assert not any(line.startswith("::error::<img") for line in github.write(report).splitlines())
    assert tell(next(iter(report))).says.startswith("::error::<img src=x> {m.body} met on 1993-06-01")


@pytest.mark.parametrize("value", ["", "english!", 3])
def test_a_language_is_a_tag(value):
    with pytest.raises(InvalidInput, match="E-CONFIG language: expected a language tag such as uk, got"):
        read_settings({"language": value})
