"""The command that lays files out: it writes in place, shows, or only tells, and leaves alone what it cannot read."""

import pytest
from copies import Project, run

from rehabfacts.changes import formatting

UNTIDY, TIDY = b"rehabfacts:  1\r\nfacts:\r\n- {id:   a}\r\n", b"rehabfacts: 1\nfacts:\n  - {id: a}\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    project = Project(tmp_path)
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts/a.yaml").write_bytes(UNTIDY)
    (tmp_path / "facts/a.yaml").chmod(0o640)
    return project


def test_files_are_written_in_place_with_their_permissions_and_then_stay(project):
    done = run("fmt")
    assert (0, "laid out: facts/a.yaml\n") == (done.status, done.out)
    file = project.folder / "facts/a.yaml"
    assert (TIDY, 0o640) == (file.read_bytes(), file.stat().st_mode & 0o777)
    assert (0, "") == (run("fmt").status, run("fmt").out)


@pytest.mark.parametrize(("arguments", "status", "told"), [
    (("--check",), 1, "would change: facts/a.yaml\n"),
    (("--diff",), 0, "--- facts/a.yaml\n+++ facts/a.yaml\n@@ -1,3 +1,3 @@\n-rehabfacts:  1\n+rehabfacts: 1\n facts:\n-- {id:   a}\n+  - {id: a}\n"),
    (("--diff", "--check"), 1, "--- facts/a.yaml\n+++ facts/a.yaml\n@@ -1,3 +1,3 @@\n-rehabfacts:  1\n+rehabfacts: 1\n facts:\n-- {id:   a}\n+  - {id: a}\n"),
])  # fmt: skip
def test_nothing_is_written_where_it_is_only_asked_for(project, arguments, status, told):
    done = run("fmt", *arguments)
    assert (status, told, UNTIDY) == (done.status, done.out, (project.folder / "facts/a.yaml").read_bytes())


def test_records_that_a_mapping_file_names_are_left_as_they_are(project):
    ours, foreign = "rehabfacts:  1\nrecords: births.yaml\nentities: []\nfacts: []\n", b"people:\n- {name:   Ada}\n"
    mapping = project.write("facts/mapping.yaml", ours)
    (project.folder / "facts/births.yaml").write_bytes(foreign)
    done = run("fmt")
    assert (0, "laid out: facts/a.yaml\nlaid out: facts/mapping.yaml\n") == (done.status, done.out)
    assert (ours.replace("  ", " "), foreign) == (mapping.read_text(), (project.folder / "facts/births.yaml").read_bytes())


@pytest.mark.parametrize(("text", "told"), [
    ("a: [\n", "E-YAML-SYNTAX"), ("a: 1\na: 2\n", "E-KEY-DUP"), ("? a\n: b\n", "E-FMT expected keys without a question mark (the file is left as it is)"), ("a: *b\n", "E-YAML-ALIAS"),
    ("a: |+\n  b\n\nc: d\n", "E-FMT expected a block of text without + and without a number"),
])  # fmt: skip
def test_what_cannot_be_read_or_laid_out_is_left_as_it_is_and_the_rest_is_written(project, text, told):
    file = project.write("facts/b.yaml", text)
    done = run("fmt")
    assert (2, text, TIDY) == (done.status, file.read_text(), (project.folder / "facts/a.yaml").read_bytes())
    assert told in done.err


@pytest.mark.parametrize("flaw", [
    lambda text: (text.replace("{id: a}", "{id: b}"), ()), lambda text: (text + "\n", ()), lambda text: (text, ("# lost",)), lambda text: (f"{text}? [", ()),
])  # fmt: skip
def test_a_layout_that_would_change_anything_is_refused(project, monkeypatch, flaw):
    whole = formatting.lay_out
    monkeypatch.setattr(formatting, "lay_out", lambda text: flaw(whole(text)[0]) if text == UNTIDY.decode().replace("\r", "") else whole(text))
    done = run("fmt")
    told = "facts/a.yaml:1: E-FMT expected a layout that leaves every value and comment as it is, found none (the file is left as it is)\n"
    assert (2, told, UNTIDY) == (done.status, done.err, (project.folder / "facts/a.yaml").read_bytes())


def test_tabs_between_a_key_and_its_value_become_one_blank(project):
    file = project.write("facts/b.yaml", "a:\tb\nc:\t\td\n")
    done = run("fmt", "facts/b.yaml")
    assert ("", "a: b\nc: d\n") == (done.err, file.read_text())


def test_line_breaks_that_are_none_in_yaml_stay_what_they_are(project):
    file = project.write("facts/b.yaml", 'a:   "x\u2028y"\n')
    run("fmt")
    assert file.read_text(encoding="utf-8") == 'a: "x\u2028y"\n'


def test_settings_say_which_files_there_are(project):
    project.write("w.yaml", "rehabfacts:   1\n")
    project.write("rehabfacts.toml", 'paths = ["facts"]\nwaivers = ["w.yaml"]\n')
    assert ["would change: facts/a.yaml", "would change: w.yaml"] == run("fmt", "--check").lines
