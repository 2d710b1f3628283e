"""Every example of the documentation runs, and prints what the page says."""

import doctest
import importlib
import pkgutil
import re

import pytest
from console_examples import ROOT, console_parser, file_parser, fits, project_folder
from sybil import Document
from sybil.parsers.markdown import PythonCodeBlockParser

import rehabfacts

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
