"""Anchoring again: what became of each quote, what is written where, and that no quote is ever changed."""

import hashlib

import pytest
from copies import Project, run

TEXT = "The Mill Committee was founded on 2 May 1895.\nIt met on 14 June 1895 for the first time.\n"
FACTS = """\
# Notes on the mill.
rehabfacts: 1

source: {id: gazette, text: gazette.txt, sha256: DIGEST, language: en}   # as printed

entities:
  - {id: mill-committee, type: Body}
facts:
  - {id: founded, type: Creation, body: mill-committee, date: 1895-05-02, quote: founded on 2 May 1895}
  - {id: met, type: Meeting, body: mill-committee, period: 1895-06-14,
     quote: It met on 14 June 1895 for the first time}
"""


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


OLD = digest(TEXT)


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    project = Project(tmp_path)
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts/gazette.txt").write_bytes(TEXT.encode())
    (tmp_path / "facts/gazette.yaml").write_bytes(FACTS.replace("DIGEST", OLD).encode())
    return project


def change(project, text):
    (project.folder / "facts/gazette.txt").write_bytes(text.encode())
    return digest(text)


def file(project):
    return (project.folder / "facts/gazette.yaml").read_bytes().decode()


def test_a_source_that_is_as_pinned_has_nothing_to_anchor(project):
    done = run("anchor", "facts")

    assert (done.status, done.lines) == (0, ["as pinned  gazette", "Every pinned source is the text that was pinned."])


def test_a_dry_run_shows_where_each_quote_stands_now_and_writes_nothing(project):
    new = change(project, "A correction.\n" + TEXT)

    done = run("anchor", "facts")

    assert (done.status, done.lines) == (0, [
        "changed  gazette: facts/gazette.txt",
        f"  pinned  {OLD}  facts/gazette.yaml:4",
        f"  now     {new}",
        "  quotes  2 exact",
        "  exact  founded  facts/gazette.txt:2:24, code points 37 to 58",
        "  exact  met  facts/gazette.txt:3:1, code points 60 to 101",
        "",
        "Nothing was written; --write puts the new digest in facts/gazette.yaml:4.",
    ])  # fmt: skip
    assert file(project) == FACTS.replace("DIGEST", OLD)


def test_an_earlier_report_tells_from_where_quotes_moved(project):
    run("check", "facts", "--format", "json", "--output", "report.json")
    change(project, TEXT.replace("It met", "Its members met. It met"))

    done = run("anchor", "facts", "--since", "report.json")

    assert done.lines[4:6] == [
        "  exact  founded  facts/gazette.txt:1:24, code points 23 to 44, as before",
        "  exact  met  facts/gazette.txt:2:18, code points 63 to 104, moved from 46 to 87",
    ]


def test_a_report_on_another_text_tells_nothing_of_places(project):
    run("check", "facts", "--format", "json", "--output", "report.json")
    change(project, "A correction.\n" + TEXT)
    run("anchor", "facts", "--write")
    change(project, "Two corrections.\n" + TEXT)

    done = run("anchor", "facts", "--since", "report.json")

    assert done.lines[4] == "  exact  founded  facts/gazette.txt:2:24, code points 40 to 61"


def test_writing_changes_the_digest_and_nothing_else(project):
    new = change(project, "A correction.\n" + TEXT)

    done = run("anchor", "facts", "--write")

    assert (done.status, done.lines[-1]) == (0, "Written: the new digest in facts/gazette.yaml:4.")
    assert file(project) == FACTS.replace("DIGEST", new)
    assert (run("anchor", "facts").lines[0], run("check", "facts").status) == ("as pinned  gazette", 0)
    assert sorted(each.name for each in (project.folder / "facts").iterdir()) == ["gazette.txt", "gazette.yaml"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("sha256: '{}'", "sha256: '{}'"),
        ('sha256: "{}"', 'sha256: "{}"'),
        ("sha256:    {}", "sha256:    {}"),
    ],
)
def test_the_digest_keeps_the_form_in_which_it_is_written(project, written, expected):
    text = FACTS.replace("sha256: DIGEST", written.format(OLD))
    (project.folder / "facts/gazette.yaml").write_bytes(text.encode())
    new = change(project, "A correction.\n" + TEXT)

    run("anchor", "facts", "--write")

    assert file(project) == FACTS.replace("sha256: DIGEST", expected.format(new))


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_marks_line_ends_and_permissions_stay(project, mark, end):
    path = project.folder / "facts/gazette.yaml"
    text = mark + FACTS.replace("DIGEST", OLD.upper()).replace("\n", end)
    path.write_bytes(text.encode())
    path.chmod(0o640)
    new = change(project, "A correction.\n" + TEXT)

    run("anchor", "facts", "--write")

    assert path.read_bytes().decode() == text.replace(OLD.upper(), new)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_quote_that_the_new_text_does_not_say_is_never_changed_and_remains_a_finding(project):
    """The quoted sentence was deleted, a near twin remains."""
    run("check", "facts", "--format", "json", "--output", "report.json")
    new = change(project, TEXT.replace("14 June", "15 June"))

    done = run("anchor", "facts", "--since", "report.json", "--write")

    assert done.status == 1
    assert done.lines[3:8] == [
        "  quotes  1 drifted, 1 exact",
        "  exact    founded  facts/gazette.txt:1:24, code points 23 to 44, as before",
        "  drifted  met  facts/gazette.yaml:11, was exact",
        "    “It met on 14 June 1895 for the first time”",
        "    the recorded place now says “It met on 15 June 1895 for the first time”",
    ]
    assert file(project) == FACTS.replace("DIGEST", new)
    checked = run("check", "facts")
    assert (checked.status, sum("quote-in-source" in line and "VIOLATED" in line for line in checked.lines)) == (1, 1)


def test_quotes_of_every_reading_and_status_are_looked_for(project):
    project.add("""
        source: gazette
        facts:
          - {id: denied-met, type: Meeting, body: mill-committee, status: denied, quote: for the first time}
          - id: read
            type: Meeting
            readings: [{reading: one, body: mill-committee, quote: It met}, {reading: two, body: mill-committee, quote: met on}]
        """)
    change(project, "A correction.\n" + TEXT)

    assert [line.split()[1] for line in run("anchor", "facts").lines[4:9]] == ["denied-met", "founded", "met", "read", "read"]


def test_a_source_that_nobody_pinned_is_named_and_left_alone(project):
    text = FACTS.replace(" sha256: DIGEST,", "")
    (project.folder / "facts/gazette.yaml").write_bytes(text.encode())

    done = run("anchor", "facts", "--write")

    assert (done.status, done.lines) == (0, ["not pinned  gazette", "Every pinned source is the text that was pinned."])
    assert file(project) == text


def test_nothing_is_written_where_the_input_has_mistakes(project):
    project.add("- {id: x, type: Meeting, body: nobody}")
    change(project, "A correction.\n" + TEXT)

    done = run("anchor", "facts", "--write")

    assert (done.status, done.lines[-1]) == (2, "Nothing was written; --write puts the new digest in facts/gazette.yaml:4.")
    assert done.err.startswith("facts/planted.yaml:3:34: E-REF ")
    assert file(project) == FACTS.replace("DIGEST", OLD)


def test_a_digest_that_is_not_one_word_on_its_line_is_not_replaced(project):
    text = FACTS.replace("source: {id: gazette, text: gazette.txt, sha256: DIGEST, language: en}   # as printed", f"source:\n  id: gazette\n  text: gazette.txt\n  sha256: |-\n    {OLD}")
    (project.folder / "facts/gazette.yaml").write_bytes(text.encode())
    new = change(project, "A correction.\n" + TEXT)

    done = run("anchor", "facts", "--write")

    assert (done.status, done.err) == (2, f"facts/gazette.yaml:7:11: E-SHAPE expected the digest on the line of its key, as one word (write sha256: {new})\n")
    assert file(project) == text


def test_a_file_that_changes_while_it_is_read_is_not_overwritten(project, monkeypatch):
    from rehabfacts.changes import anchoring

    change(project, "A correction.\n" + TEXT)
    path = project.folder / "facts/gazette.yaml"
    plain = anchoring._repinned

    def meanwhile(*arguments):
        path.write_bytes(path.read_bytes() + b"# mine\n")
        return plain(*arguments)

    monkeypatch.setattr(anchoring, "_repinned", meanwhile)

    done = run("anchor", "facts", "--write")

    assert (done.status, done.err) == (2, "facts/gazette.yaml: E-WRITE the file has changed since it was read (run the command again)\n")
    assert file(project) == FACTS.replace("DIGEST", OLD) + "# mine\n"


def test_a_link_stays_a_link(project, tmp_path_factory):
    elsewhere = project.folder / "facts" / "real.yaml"
    (project.folder / "facts/gazette.yaml").rename(elsewhere)
    (project.folder / "linked.yaml").symlink_to(elsewhere)
    (project.folder / "gazette.txt").write_bytes(b"A correction.\n" + TEXT.encode())

    run("anchor", "linked.yaml", "--write")

    assert (project.folder / "linked.yaml").is_symlink()
    assert elsewhere.read_bytes().decode() == FACTS.replace("DIGEST", digest("A correction.\n" + TEXT))


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "report.json: E-READ cannot read the report: "), ("{", "report.json: E-READ cannot read the report: "), ("[]", "report.json: E-SHAPE expected a JSON report of rehabfacts check\n")],
)
def test_what_is_no_report_is_a_mistake(project, content, message):
    if content is not None:
        (project.folder / "report.json").write_text(content, encoding="utf-8")

    done = run("anchor", "facts", "--since", "report.json")

    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(message)
