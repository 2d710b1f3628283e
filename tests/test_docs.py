"""Every example of the documentation runs, and prints what the page says."""

import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest
from console_examples import ROOT, console_parser, file_parser, fits, project_folder
from sybil import Document
from sybil.parsers.markdown import PythonCodeBlockParser

import rehabfacts
from rehabfacts.cli import commands
from rehabfacts.rules.relations import NEGATIVE, POINT_RELATIONS, RELATIONS, SPAN_RELATIONS
from rehabfacts.settings import SETTINGS

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
MODULES = sorted(each.name for each in pkgutil.walk_packages(rehabfacts.__path__, "rehabfacts.") if each.name != "rehabfacts.__main__")
LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_of_a_page_prints_what_the_page_says(page, monkeypatch):
    document = Document.parse(str(page), PythonCodeBlockParser(), console_parser, file_parser)
    with project_folder() as folder:
        monkeypatch.chdir(folder)
        document.namespace["folder"] = folder
        for example in document.examples():
            example.evaluate()
        monkeypatch.undo()


@pytest.mark.parametrize("module", ["rehabfacts", *MODULES])
def test_every_example_of_a_docstring_gives_what_it_says(module):
    failed, _ = doctest.testmod(importlib.import_module(module), verbose=False)
    assert failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_a_file(page):
    targets = [match["target"] for match in LINK.finditer(page.read_text(encoding="utf-8"))]
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_every_page_is_reached_from_the_index():
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if page.name != "index.md" and f"({page.name})" not in index] == []


def test_the_commands_of_the_readme_are_those_that_ci_runs():
    commands = re.findall(r"^```sh\n(.+)\n```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert len(commands) == 2
    assert [command for command in commands if command not in script] == []


def test_a_block_fits_only_what_its_commands_print():
    assert fits("$ a\none\n…\nthree…\n", "$ a\none\ntwo\ntwo\nthree and more\n")
    assert fits("$ a\n…\n", "$ a\n")
    assert not fits("$ a\none\n", "$ a\none\ntwo\n")
    assert not fits("$ a\none.\n", "$ a\none!\n")


def test_every_code_of_the_source_has_an_entry():
    source = Path(rehabfacts.__file__).parent
    written = "".join(path.read_text(encoding="utf-8") for path in source.rglob("*.py"))
    page = (ROOT / "docs/error-codes.md").read_text(encoding="utf-8")
    codes = set(re.findall(r"\b[EW](?:-[A-Z]+)+\b", written))
    entries = re.findall(r"^\| ([EW](?:-[A-Z]+)+) \|", page, re.MULTILINE)
    assert sorted(entries) == sorted(codes)


def test_every_public_name_has_an_entry():
    page = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^## (\w+)$", page, re.MULTILINE)) == sorted(rehabfacts.__all__)


def test_the_written_pages_are_up_to_date():
    done = subprocess.run([sys.executable, ROOT / "scripts/write_reference.py", "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_picture_of_a_relation_shows_it_and_every_relation_has_one():
    page = (ROOT / "docs/rules-language.md").read_text(encoding="utf-8")
    pictures = re.findall(r"^### `([^`]+)`\n\n.+\n\n```text\nA  ([.#]+)\nB  ([.#]+)\n```$", page, re.MULTILINE)
    assert sorted(name for name, _, _ in pictures) == sorted(RELATIONS)
    assert [name for name, one, two in pictures if not _holds(name, one, two)] == []


def _holds(name, one, two):
    """Whether the relation holds of the days marked in two lines of a picture."""
    if name in NEGATIVE:
        return not _holds(NEGATIVE[name], one, two)
    ends = {"As": one.index("#"), "Ae": one.rindex("#"), "Bs": two.index("#"), "Be": two.rindex("#")}
    steps = POINT_RELATIONS.get(name) or SPAN_RELATIONS[name]
    return all(ends[low] + days <= ends[high] for low, high, days in steps)


def test_every_command_and_option_has_an_entry():
    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^## rehabfacts (\w+)", page, re.MULTILINE)) == sorted(commands.list_commands(None))
    every = [commands.get_command(None, name) for name in commands.list_commands(None)]
    every += [inner for command in every for inner in getattr(command, "commands", {}).values()]
    options = {name for command in every for each in command.params for name in each.opts if name.startswith("--")}
    assert sorted(name for name in options if f"`{name}" not in page) == []


def test_every_setting_has_an_entry():
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == sorted(SETTINGS)
