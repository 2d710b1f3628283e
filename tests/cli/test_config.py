"""The command `config`: every setting, and where its value comes from."""

import re

import pytest
from copies import run

from rehabfacts.settings import Settings

FILE = """\
    threshold = "warning"
    without = ["body-has-creation"]
    severities = {fact-has-quote = "error"}

    [widths]
    year = "2 years"

    [limits]
    files = 100
    """


def told(*arguments):
    """The lines by their settings: value and place."""
    done = run("config", *arguments)
    assert (done.status, done.err) == (0, "")
    rows = [re.split(" {2,}", line) for line in done.lines]
    return {name: (value, place) for name, value, place in rows}


def test_without_a_file_everything_is_a_default(project):
    lines = told()
    assert {place for _, place in lines.values()} == {"default", "the day of the run"}
    assert lines["threshold"] == ("error", "default")
    assert lines["limits.files"] == ("20,000", "default")
    assert lines["widths.year"] == ("1 year", "default")


@pytest.mark.parametrize("make", [lambda file: file.mkdir(), lambda file: file.symlink_to("nowhere")], ids=["directory", "broken link"])
def test_settings_that_are_no_file_are_a_mistake_and_not_the_defaults(project, make):
    make(project.folder / "rehabfacts.toml")
    done = run("config")
    assert (done.status, done.err) == (2, "rehabfacts.toml: E-CONFIG expected a file, found a directory, a link to nothing or a device\n")


def test_every_setting_has_a_line(project):
    names = {each.name for each in Settings.__attrs_attrs__} - {"origin"}
    assert {line.partition(".")[0] for line in told()} == names


def test_what_a_file_says_is_told_with_its_line(project):
    project.write("rehabfacts.toml", FILE)
    lines = told()
    assert lines["threshold"] == ("warning", "rehabfacts.toml:1")
    assert lines["without"] == ("body-has-creation", "rehabfacts.toml:2")
    assert lines["severities.fact-has-quote"] == ("error", "rehabfacts.toml:3")
    assert lines["widths.year"] == ("2 years", "rehabfacts.toml:6")
    assert lines["widths.day"] == ("3 days", "default")
    assert lines["limits.files"] == ("100", "rehabfacts.toml:9")


def test_a_table_of_pyproject_is_told_alike(project):
    project.write("pyproject.toml", '[project]\nname = "x"\n\n[tool.rehabfacts]\nthreshold = "note"\n\n[tool.rehabfacts.limits]\ndepth = 9\n')
    lines = told()
    assert lines["threshold"] == ("note", "pyproject.toml:5")
    assert lines["limits.depth"] == ("9", "pyproject.toml:8")


def test_an_option_takes_the_place_of_a_setting_or_is_added_to_it(project):
    project.write("rehabfacts.toml", FILE)
    lines = told("--threshold", "error", "--without", "fact-has-quote", "--as-of", "2020", "--pack", "quantities")
    assert lines["threshold"] == ("error", "--threshold")
    assert lines["without"] == ("body-has-creation, fact-has-quote", "rehabfacts.toml:2 and --without")
    assert lines["as_of"] == ("2020", "--as-of")
    assert lines["packs"] == ("quantities", "--pack")


def test_the_directories_that_are_taken_without_a_setting_are_named(project):
    project.write("facts/a.yaml", "rehabfacts: 1\n")
    assert told()["paths"] == ("facts", "default")


def test_a_wrong_setting_is_told_as_everywhere(project):
    project.write("rehabfacts.toml", 'treshold = "note"\n')
    done = run("config")
    assert (done.status, done.err) == (2, "rehabfacts.toml: E-CONFIG unknown key 'treshold' (did you mean threshold?)\n")
