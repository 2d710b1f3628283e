"""The module of declared types says the same as the file that declares them, and holds nothing but literals of theirs."""

from rehabfacts.exports.typed_module import write_typed_module
from rehabfacts.loading.loader import load
from rehabfacts.vocabulary import INSTITUTIONS

DECLARED = """\
rehabfacts: 1
types:
  Line: {is: Body, means: 'A "line".', times: {service: period}}
  Opening:
    is: fact
    means: A line \\ """ + '"""' + """ import os
    says: "{line} was opened \\"so\\" {date}"
    identified_by: [line]
    full_periods: [closed]
    fields: {line: Line, by: Person, date: date, closed: period, trams: quantity in trams, full: percentage, riders: quantity,
             track: [new, "re'built\\""], title: names, motto: text, stops: texts, electric: flag, of: Opening, any: Entity}
    required: [line, track]
  Reopening: {is: Opening, fields: {again: Fact}}
"""


def test_the_module_gives_the_same_types_again(tmp_path):
    path = tmp_path / "types.yaml"
    path.write_text(DECLARED, encoding="utf-8")
    found = load([path], INSTITUTIONS)
    assert found.problems == ()
    text = write_typed_module(found.dataset.schema, INSTITUTIONS)
    names = {}
    exec(compile(text, "module", "exec"), names)  # noqa: S102  # what it writes is a program
    assert [each.__name__ for each in names["TYPES"]] == ["Line", "Opening", "Reopening"]
    read_again = load([path], INSTITUTIONS.with_types(*names["TYPES"]))
    assert read_again.problems == ()
    assert [read_again.dataset.schema[each.__name__].cls for each in names["TYPES"]] == list(names["TYPES"])
    assert names["Opening"].__doc__ == found.dataset.schema["Opening"].cls.__doc__ == 'A line \\ """ import os'
    assert "os" not in names


def test_without_types_of_its_own_a_module_lists_none():
    assert write_typed_module(INSTITUTIONS, INSTITUTIONS).endswith("TYPES: tuple[type, ...] = ()\n")
