"""Schema files: the classes they yield are those of a vocabulary in Python, and every mistake is told at its place."""

import textwrap
from typing import Annotated, ClassVar, Literal

import pytest

from rehabfacts.api import check
from rehabfacts.dates import Date, Period
from rehabfacts.errors import InvalidInput
from rehabfacts.loading.loader import load
from rehabfacts.quantities import Percentage, Quantity
from rehabfacts.schema import MOMENT, PERIOD, Entity, Fact, Names, Ref, Schema, record
from rehabfacts.settings import Settings, read_settings
from rehabfacts.vocabulary import INSTITUTIONS
from rehabfacts.vocabulary.entities import Body, Person


@record
class Tramline(Body):
    """A line of trams."""

    service: ClassVar = PERIOD
    planned: ClassVar = MOMENT


@record
class Opening(Fact):
    """A line was opened."""

    SAYS: ClassVar[str] = "{line} was opened {date}"
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ("line",)
    FULL_PERIODS: ClassVar[tuple[str, ...]] = ("closed",)
    line: Ref[Tramline]
    by: Ref[Person] | None = None
    date: Date | None = None
    closed: Period | None = None
    trams: Annotated[Quantity, "trams"] | None = None
    riders: Quantity | None = None
    full: Percentage | None = None
    track: Literal["new", "rebuilt"] | None = None
    title: Names | None = None
    motto: str | None = None
    stops: tuple[str, ...] | None = None
    electric: bool | None = None


@record
class Reopening(Opening):
    """A line was opened again."""

    HIERARCHY: ClassVar[tuple[str, ...]] = ("again", "of")
    SAME: ClassVar[tuple[str, ...]] = ("again", "of")
    again: Ref["Reopening"]
    of: Ref[Opening] | None = None


DECLARED = """\
rehabfacts: 1
types:
  Reopening:
    is: Opening
    means: A line was opened again.
    fields: {again: Reopening, of: Opening}
    required: [again]
    hierarchy: [again, of]
    same: [again, of]
  Opening:
    is: fact
    means: A line was opened.
    says: "{line} was opened {date}"
    identified_by: line
    full_periods: [closed]
    fields:
      line: Tramline
      by: Person
      date: date
      closed: period
      trams: quantity in trams
      riders: quantity
      full: percentage
      track: [new, rebuilt]
      title: names
      motto: text
      stops: texts
      electric: flag
    required: line
  Tramline: {is: Body, means: A line of trams., times: {service: period, planned: moment}}
"""
FACTS = """\
rehabfacts: 1
entities:
  - {id: line-4, type: Tramline}
facts:
  - {id: opened, type: Opening, line: line-4, date: 1912, trams: 12 trams}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def loaded(folder, schema=INSTITUTIONS, **files):
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(textwrap.dedent(text), encoding="utf-8")
    return load([f"{name}.yaml" for name in files], schema)


def complaints(folder, types, **files):
    text = "rehabfacts: 1\ntypes:\n" + textwrap.indent(textwrap.dedent(types), "  ")
    return [str(problem) for problem in loaded(folder, types=text, **files).problems]


def shape(kind):
    return (kind.name, kind.is_fact, kind.fields, kind.timelines, kind.lineage, kind.says, kind.identified_by, kind.same, kind.hierarchy, kind.cls.__doc__)


def test_declared_types_are_those_that_python_classes_would_be(folder):
    found = loaded(folder, types=DECLARED)
    assert found.problems == ()
    declared, written = found.dataset.schema, INSTITUTIONS.with_types(Tramline, Opening, Reopening)
    assert {name: shape(kind) for name, kind in declared.types.items()} == {name: shape(kind) for name, kind in written.types.items()}
    assert declared.subtypes("Opening") == ("Opening", "Reopening")


def test_facts_of_declared_types_are_read_wherever_the_schema_file_stands_among_the_paths(folder):
    for names in (("types", "facts"), ("zypes", "facts")):
        found = loaded(folder, **dict(zip(names, (DECLARED, FACTS), strict=True)))
        assert found.problems == ()
        fact = found.dataset.facts["opened"]
        assert (type(fact).__name__, fact.line, str(fact.date), fact.trams.most) == ("Opening", "line-4", "1912", 12)
        assert str(fact.origin.of("date")) == "facts.yaml:5"


def test_a_type_that_is_there_in_the_same_form_stays_the_class_it_is(folder):
    schema = INSTITUTIONS.with_types(Tramline, Opening, Reopening)
    found = loaded(folder, schema, types=DECLARED, facts=FACTS)
    assert found.problems == ()
    assert type(found.dataset.facts["opened"]) is Opening


def test_a_type_that_is_there_in_another_form_is_told(folder):
    assert complaints(folder, "Body: {is: entity, times: {lifetime: period, rest: period}}\n") == [
        "types.yaml:3:3: E-ID-DUP expected types of other names than those that are there, found Body"
    ]


def test_a_number_of_something_else_is_told_where_it_stands(folder):
    found = loaded(folder, types=DECLARED, facts=FACTS.replace("12 trams", "12 buses"))
    assert [str(problem) for problem in found.problems] == ["facts.yaml:5:66: E-NUM-FORM trams: expected a number of trams, found '12 buses'"]
    assert loaded(folder, types=DECLARED, facts=FACTS.replace("12 trams", "12")).problems == ()


def test_a_schema_that_extends_nothing_stands_alone(folder):
    alone = "rehabfacts: 1\nextends: nothing\ntypes:\n  Ship: {is: entity, times: {service: period}}\n"
    found = loaded(folder, types=alone)
    assert tuple(found.dataset.schema.types) == ("Entity", "Fact", "Ship")
    both = loaded(folder, types=alone, more=DECLARED)
    assert {"Ship", "Opening", "Body"} <= both.dataset.schema.types.keys()


def test_the_shipped_packs_are_not_used_with_types_of_which_they_know_nothing(folder):
    alone = "rehabfacts: 1\nextends: nothing\ntypes:\n  Ship: {is: entity, times: {service: period}}\n  Launching: {is: fact, fields: {ship: Ship, date: date}}\n"
    facts = "rehabfacts: 1\nentities: [{id: s, type: Ship}]\nfacts: [{id: l, type: Launching, ship: s, date: 1900}]\n"
    loaded(folder, types=alone, facts=facts)
    report = check("types.yaml", "facts.yaml")
    assert [str(problem) for problem in report.problems] == ["E-NOTHING expected rules that demand something, found none (name a rule file or a pack)"]


def test_schema_files_are_named_in_the_settings_too(folder):
    loaded(folder, types=DECLARED, facts=FACTS)
    settings = read_settings({"schemas": ["types.yaml"], "packs": ["provenance"]})
    assert check("facts.yaml", settings=settings).is_complete
    assert [problem.code for problem in check("facts.yaml", settings=Settings()).problems] == ["E-TYPE", "E-TYPE", "E-NOTHING"]


MISTAKES = {
    "Ship: {is: Bdoy}": "3:14: E-REF no type 'Bdoy' (did you mean Body?)",
    "Ship: {means: A ship.}": "3:9: E-KEY-MISSING Ship: expected is (entity, fact or the name of a type)",
    "Ship: [is, entity]": "3:9: E-SHAPE Ship: expected a mapping with is, found a list (as in {is: entity})",
    "ship: {is: entity}": "3:3: E-ID expected the name of a type, a capital and then letters and digits, found 'ship'",
    "None: {is: entity}": "3:3: E-ID expected the name of a type, a capital and then letters and digits, found 'None'",
    "Шип: {is: entity}": "3:3: E-ID expected the name of a type, a capital and then letters and digits, found 'Шип'",
    "Ship: {is: entity, fields: {date: date}}": "3:22: E-KEY-UNKNOWN unknown key 'fields' (known are is, means, times)",
    "Trip: {is: fact, times: {run: period}}": "3:20: E-KEY-UNKNOWN unknown key 'times' (did you mean means?)",
    "Ship: {is: entity, times: {run: perod}}": "3:35: E-TYPE run: expected period or moment, found 'perod' (did you mean period?)",
    "Ship: {is: Body, times: {lifetime: period}}": "3:28: E-ID expected a name of its own, found 'lifetime', which Ship has already",
    "Ship: {is: entity, times: [run]}": "3:29: E-SHAPE times: expected a mapping from names to period or moment, found a list",
    "Trip: {is: fact, fields: [ship]}": "3:28: E-SHAPE fields: expected a mapping from names to what they hold, found a list",
    "Trip: {is: fact, fields: {quote: text}}": "3:29: E-ID expected a name of its own, found 'quote', which Trip has already",
    "Trip: {is: fact, fields: {type: text}}": "3:29: E-ID expected a name of its own, found 'type', which Trip has already",
    "Trip: {is: fact, fields: {class: text}}": "3:29: E-ID expected a name of small letters, digits and _, found 'class'",
    "Trip: {is: fact, fields: {self: text}}": "3:29: E-ID expected a name of small letters, digits and _, found 'self'",
    "Trip: {is: fact, fields: {__init__: text}}": "3:29: E-ID expected a name of small letters, digits and _, found '__init__'",
    "Trip: {is: fact, fields: {when: }}": "3:35: E-KEY-MISSING when: expected what the field holds (one of date, period, quantity, percentage, names, text, texts, flag, or a type)",
    "Trip: {is: fact, fields: {when: dat}}": "3:35: E-REF when: no kind of field and no type 'dat' (did you mean date?)",
    "Trip: {is: fact, fields: {way: quantity in %}}": "3:34: E-REF way: no kind of field and no type 'quantity in %' (did you mean quantity?)",
    "Trip: {is: fact, says: '{when}', fields: {day: date}}": "3:26: E-REF says: no field 'when' of Trip",
    "Trip: {is: fact, fields: {day: date}, required: [days]}": "3:52: E-REF required: no field 'days' of Trip (did you mean day?)",
    "Trip: {is: fact, fields: {day: date}, identified_by: [day]}": "3:56: E-TYPE identified_by: expected a role, but day is a date",
    "Trip: {is: fact, fields: {day: date}, full_periods: [day]}": "3:55: E-TYPE full_periods: expected a period, but day is a date",
    "Trip: {is: fact, fields: {of: Body}, hierarchy: [of]}": "3:51: E-SHAPE hierarchy: expected 2 fields, found 1",
    "A: {is: B}\nB: {is: A}": "3:3: E-CYCLE expected types that are derived from others, found a circle: A is B is A",
    "A: {is: A}": "3:3: E-CYCLE expected types that are derived from others, found a circle: A is A",
}


@pytest.mark.parametrize("types", MISTAKES)
def test_a_mistake_is_told_at_its_place(folder, types):
    assert complaints(folder, types) == [f"types.yaml:{MISTAKES[types]}"]


def test_mistakes_of_all_schema_files_are_told_at_once_and_healthy_types_are_made(folder):
    more = "rehabfacts: 2\nextends: everything\ntypes:\n  Opening: {is: entity}\n  Tram: {is: entity}\nmore: 1\n"
    found = loaded(folder, types=DECLARED, ztypes=more)
    assert [str(problem) for problem in found.problems] == [
        "ztypes.yaml:1:13: E-VERSION expected format version 1, found '2' (a newer rehabfacts may read it)",
        "ztypes.yaml:2:10: E-TYPE extends: expected institutions or nothing, found 'everything'",
        "ztypes.yaml:4:3: E-ID-DUP expected types that are declared once, Opening stands also at types.yaml:10",
        "ztypes.yaml:6:1: E-KEY-UNKNOWN unknown key 'more' (known are rehabfacts, extends, types)",
    ]
    assert {"Opening", "Tram"} <= found.dataset.schema.types.keys()


def test_types_derived_from_a_type_with_mistakes_are_not_told_again(folder):
    assert complaints(folder, "Trip: {is: fact, fields: {day: dat}}\nReturn: {is: Trip}\n") == [
        "types.yaml:3:34: E-REF day: no kind of field and no type 'dat' (did you mean date?)"
    ]


def test_the_top_of_types_must_be_a_mapping(folder):
    found = loaded(folder, types="rehabfacts: 1\ntypes: [Ship]\n")
    assert [str(problem) for problem in found.problems] == ["types.yaml:2:8: E-SHAPE types: expected a mapping from names to types, found a list"]


def test_the_class_of_an_entity_type_derives_from_entity(folder):
    found = loaded(folder, types="rehabfacts: 1\ntypes: {Ship: {is: entity}}\n")
    assert issubclass(found.dataset.schema["Ship"].cls, Entity)


def test_what_api_gives_raises_for_mistakes(folder):
    from rehabfacts.api import schema_of

    loaded(folder, types=DECLARED, wrong="rehabfacts: 1\ntypes: {Ship: {is: Bdoy}}\n")
    assert isinstance(schema_of("types.yaml"), Schema)
    with pytest.raises(InvalidInput) as caught:
        schema_of("wrong.yaml")
    assert str(caught.value) == "wrong.yaml:2:20: E-REF no type 'Bdoy' (did you mean Body?)"
