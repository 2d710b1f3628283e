"""The public interface: as it was written down, whole in the reference, free of state, safe to read from several threads."""

import importlib
import pickle
import pkgutil
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from copies import ROOT

import rehabfacts
from rehabfacts import builtin, check_dataset, errors
from rehabfacts.cli.printing import OutputError
from rehabfacts.reports import FORMATS, write
from rehabfacts.reports.files import UnwritableOutput

sys.path.insert(0, str(ROOT / "scripts"))
write_api = importlib.import_module("write_api")
sys.path.pop(0)

CHANGELOG = "# Changelog\n\n## Unreleased\n\n- `Date.parse` and `write(report)` can do more.\n\n## 0.1.0\n\n- `check`.\n"


# A change of the interface


def test_the_public_interface_is_the_one_that_was_written_down():
    found = write_api.changes(write_api.read(write_api.SNAPSHOT.read_text(encoding="utf-8")), write_api.public_api())
    told = "\n".join(["The public interface changed. Name what changed under Unreleased in CHANGELOG.md, then run python scripts/write_api.py:", *found])
    assert found == [], told


def test_a_change_is_told_by_what_is_added_removed_and_changed():
    before = {"rehabfacts.a": "(x: int) -> int", "rehabfacts.b": "a Schema", "rehabfacts.C": "class()\n  one: int\n  two: str"}
    after = {"rehabfacts.a": "(x: int) -> int", "rehabfacts.C": "class()\n  one: int\n  two: int", "rehabfacts.d": "()"}
    assert write_api.changes(before, after) == ["changed: rehabfacts.C", "    -   two: str", "    +   two: int", "removed: rehabfacts.b", "added: rehabfacts.d"]


def test_a_change_that_the_changelog_does_not_name_is_not_written_down():
    before = {"rehabfacts.Date": "class()\n  parse(text)", "rehabfacts.check": "()", "rehabfacts.write": "()"}
    after = {"rehabfacts.Date": "class()\n  parse(text, calendar)\n  x: int", "rehabfacts.check": "(a)", "rehabfacts.write": "(a)", "rehabfacts.C": "class()"}
    assert write_api.unmentioned(before, after, CHANGELOG) == ["rehabfacts.C", "rehabfacts.Date.x", "rehabfacts.check"]
    assert write_api.unmentioned(before, before, "") == []


def test_the_snapshot_reads_back():
    api = write_api.public_api()
    assert write_api.read(write_api.text_of(api)) == api
    assert len(api) > 50


def test_signatures_fields_and_values_are_a_part_of_the_interface():
    api = write_api.public_api()
    assert "  parse(cls, text: str, calendar: str='gregorian') -> 'Date'" in api["rehabfacts.Date"]
    assert "  threshold: str = 'error'" in api["rehabfacts.Settings"]
    assert "  UNKNOWN = " in api["rehabfacts.Verdict"]
    assert api["rehabfacts.testing.dates"].startswith("(*, years: Years=YEARS, level: int=2) -> ")


# The reference


def test_every_strategy_has_an_entry_on_the_page_on_testing():
    page = (ROOT / "docs/testing.md").read_text(encoding="utf-8")
    names = importlib.import_module("rehabfacts.testing").__all__
    assert [name for name in names if f"`{name}" not in page] == []


def test_the_promise_names_every_part_that_is_stable():
    page = (ROOT / "docs/stability.md").read_text(encoding="utf-8")
    for part in ("rehabfacts.__all__", "rehabfacts.testing", "exit status", "`rehabfacts: 1`", "`rehabfacts report 1`", "error codes", "settings"):
        assert part in page


# Errors


EVERY_ERROR = [
    errors.RehabfactsError("text"),
    errors.InvalidDate("1993-13", "E-DATE-RANGE", "expected a month", "write 12", 6),
    errors.InvalidQuantity("many", "E-NUM-FORM", "expected a number", "write 12", 1),
    errors.InvalidFormula("a <", "expected a term", 4, "write one", "E-EXPR"),
    errors.InvalidInput((errors.Problem("E-X", "cause", "hint", "a.yaml", 1, 2),)),
    errors.NoSuchThing("fact", "x", "did you mean y?"),
    errors.MissingExtra("export", "rdf"),
    UnwritableOutput((errors.Problem("E-WRITE", "cannot write"),)),
]


def subclasses(kind):
    yield kind
    for each in kind.__subclasses__():
        yield from subclasses(each)


@pytest.mark.parametrize("error", EVERY_ERROR, ids=lambda error: type(error).__name__)
def test_an_error_pickles_with_its_fields_and_its_words(error):
    twin = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
    assert (type(twin), str(twin), vars(twin)) == (type(error), str(error), vars(error))


def test_no_error_is_forgotten():
    for each in pkgutil.walk_packages(rehabfacts.__path__, "rehabfacts."):
        if each.name != "rehabfacts.__main__":
            importlib.import_module(each.name)
    ours = {each for each in subclasses(errors.RehabfactsError) if each.__module__.startswith("rehabfacts.")}
    assert ours - {type(each) for each in EVERY_ERROR} == {OutputError}  # it ends the process, and closes its output as it is made


# State and threads


@pytest.fixture(scope="module")
def small():
    """A part of the real dataset, with its rules."""
    dataset, rules = builtin.dataset(), builtin.rules("institutions", "definitions", "conventions")
    return rehabfacts.suppose(dataset, [rehabfacts.Supposition(name) for name in dataset.facts if not {"1993", "28", "law"} & {*name.split("-")}]), rules


def state():
    """What modules of ours hold that could change: how much is in each list, set and mapping."""
    return {
        (module, name): len(value) for module, each in sorted(sys.modules.items()) if module.startswith("rehabfacts")
        for name, value in vars(each).items() if isinstance(value, list | set | dict) and not name.startswith("__")
    }  # fmt: skip


def test_a_run_leaves_nothing_behind(small):
    dataset, rules = small
    written = {name: write(check_dataset(dataset, rules), name) for name in FORMATS}
    before = state()
    assert {name: write(check_dataset(dataset, rules), name) for name in FORMATS} == written
    assert {key: size for key, size in state().items() if size != before.get(key)} == {}


def test_one_report_is_read_from_several_threads(small):
    dataset, rules = small
    expected = {name: write(check_dataset(dataset, rules), name) for name in FORMATS}
    report = check_dataset(dataset, rules)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda name: (name, write(report, name)), [*FORMATS, *reversed(FORMATS)]))
    assert [name for name, text in found if text != expected[name]] == []


def test_checks_in_several_threads_do_not_meet(small):
    dataset, rules = small
    sizes = [None, *list(dataset.facts)[:5]]
    datasets = [dataset if name is None else rehabfacts.suppose(dataset, [rehabfacts.Supposition(name)]) for name in sizes]
    expected = [write(check_dataset(each, rules), "text") for each in datasets]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda each: write(check_dataset(each, rules), "text"), datasets)) == expected


def test_a_report_has_the_same_order_however_the_facts_came(small):
    dataset, rules = small
    turned = rehabfacts.Dataset.of(dataset.schema, reversed(list(dataset.entities.values())), reversed(list(dataset.facts.values())))
    straight = rehabfacts.Dataset.of(dataset.schema, dataset.entities.values(), dataset.facts.values())
    one, other = check_dataset(straight, rules), check_dataset(turned, list(reversed(rules)))
    assert [each.id for each in one] == [each.id for each in other]
    assert one.bounds() == other.bounds()
