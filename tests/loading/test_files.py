"""Finding and reading files: every path that lies, leaves, blocks or cannot be read."""

import os
import socket
from pathlib import Path

import pytest

from rehabfacts.loading.files import find_inputs, read_within

RELATIVE = "(write a path relative to the project, with forward slashes)"


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "facts").mkdir()
    return tmp_path


def write(path, data=b"a: 1\n"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def found(*paths, **options):
    """The paths of the inputs, and the problems as they are printed."""
    inputs, problems = find_inputs(paths, **options)
    return [one.path for one in inputs], [str(problem) for problem in problems]


def refused(root, relative):
    data, problem = read_within(root, relative, path="facts.yaml", line=3, column=9)
    assert data is None
    return str(problem)


def test_a_directory_gives_its_yaml_files_in_the_order_of_their_names(root):
    for name in (
        "b.yaml",
        "a.yml",
        "sub/c.YAML",
        "sub/deep/d.yaml",
        "notes.txt",
        ".hidden.yaml",
        ".git/e.yaml",
    ):
        write(root / "facts" / name)

    assert found("facts") == (
        ["facts/a.yml", "facts/b.yaml", "facts/sub/c.YAML", "facts/sub/deep/d.yaml"],
        [],
    )


def test_a_file_is_read_once_though_it_is_given_twice(root):
    write(root / "facts" / "a.yaml", b"x: 1\n")

    inputs, problems = find_inputs(["facts/a.yaml", "facts", "./facts/a.yaml", root / "facts"])

    assert problems == []
    assert [(one.path, one.data) for one in inputs] in (
        [("facts/a.yaml", b"x: 1\n")],
        [(f"{root}/facts/a.yaml", b"x: 1\n")],
    )


def test_the_order_of_the_arguments_changes_nothing(root):
    for name in ("a.yaml", "b.yaml"):
        write(root / name)

    assert found("a.yaml", "b.yaml") == found("b.yaml", "a.yaml")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("facts", "facts/a.yaml"),
        ("./facts/", "facts/a.yaml"),
        (".", "facts/a.yaml"),
        ("facts/a.yaml", "facts/a.yaml"),
    ],
)
def test_paths_are_shown_as_they_were_given(root, given, shown):
    write(root / "facts" / "a.yaml")

    assert found(given) == ([shown], [])


def test_an_absolute_path_stays_absolute(root):
    write(root / "facts" / "a.yaml")

    assert found(root / "facts") == ([f"{root.as_posix()}/facts/a.yaml"], [])


def test_a_given_file_may_have_any_suffix_and_a_given_link_is_followed(root):
    write(root / "elsewhere" / "facts.txt")
    (root / "linked").symlink_to("elsewhere")

    assert found("linked/facts.txt") == (["linked/facts.txt"], [])


def test_a_missing_path_is_told_with_the_nearest_name(root):
    write(root / "facts" / "kazakhstan.yaml")

    paths, problems = found("facts/kazakstan.yaml", "fact/kazakhstan.yaml", "nothing-like-it", "a\0b")

    cause = "E-PATH-MISSING expected a file or directory, found nothing of this name"
    assert paths == []
    assert problems == [
        f"a\\x00b: {cause}",
        f"fact/kazakhstan.yaml: {cause} (did you mean facts?)",
        f"facts/kazakstan.yaml: {cause} (did you mean kazakhstan.yaml?)",
        f"nothing-like-it: {cause}",
    ]


def test_a_link_that_leaves_the_directory_is_refused(root):
    write(root / "secret.yaml")
    (root / "outside").mkdir()
    (root / "facts" / "out.yaml").symlink_to(root / "secret.yaml")
    (root / "facts" / "directory").symlink_to(root / "outside")

    cause = "E-PATH-LINK expected a file, found a link to what lies outside of the directory given"
    hint = "(replace the link by the file)"
    assert found("facts") == ([], [f"facts/{name}: {cause} {hint}" for name in ("directory", "out.yaml")])


def test_links_inside_are_followed_and_each_file_is_read_once(root):
    write(root / "facts" / "sub" / "a.yaml")
    write(root / "facts" / "text.txt")
    (root / "facts" / "A-link.yaml").symlink_to("sub/a.yaml")
    (root / "facts" / "again").symlink_to("sub")
    (root / "facts" / "text.yaml").symlink_to("text.txt")

    assert found("facts") == (["facts/sub/a.yaml", "facts/text.yaml"], [])


def test_a_hidden_directory_is_reached_through_a_link_inside(root):
    write(root / "facts" / ".store" / "a.yaml")
    (root / "facts" / "shown").symlink_to(".store")

    assert found("facts") == (["facts/shown/a.yaml"], [])


def test_loops_and_dangling_links_end_the_walk_with_a_problem(root):
    write(root / "facts" / "sub" / "a.yaml")
    (root / "facts" / "sub" / "up").symlink_to("..")
    (root / "facts" / "self.yaml").symlink_to("self.yaml")
    (root / "facts" / "gone.yaml").symlink_to("nowhere")
    (root / "dangling.yaml").symlink_to("nowhere")

    paths, problems = found("facts", "dangling.yaml")

    cause = "E-PATH-LINK expected a file, found a link to"
    hint = "(replace the link by the file)"
    assert paths == ["facts/sub/a.yaml"]
    assert problems == [
        f"dangling.yaml: {cause} nothing {hint}",
        f"facts/gone.yaml: {cause} nothing {hint}",
        f"facts/self.yaml: {cause} nothing {hint}",
        f"facts/sub/up: {cause} a directory that holds it {hint}",
    ]


def test_what_is_no_regular_file_is_told_and_never_waited_for(root):
    os.mkfifo(root / "facts" / "fifo.yaml")
    (root / "facts" / "directory.yaml").mkdir()
    server = socket.socket(socket.AF_UNIX)
    server.bind("facts/socket.yaml")
    server.close()

    paths, problems = found("facts", "/dev/null", "facts/directory.yaml")

    cause = "E-PATH-KIND expected a regular file, found a"
    hint = "(give the file itself)"
    assert paths == []
    assert problems == [
        f"/dev/null: {cause} device {hint}",
        f"facts/directory.yaml: {cause} directory {hint}",
        f"facts/directory.yaml: {cause} directory {hint}",
        f"facts/fifo.yaml: {cause} FIFO {hint}",
        f"facts/socket.yaml: {cause} socket {hint}",
    ]


def test_an_unreadable_file_is_told_and_the_others_are_read(root, monkeypatch):
    write(root / "facts" / "a.yaml")
    write(root / "facts" / "b.yaml")
    real_open = os.open

    def without_permission(path, flags, *, dir_fd=None):
        if path == "a.yaml":
            raise PermissionError(13, "Permission denied")
        return real_open(path, flags, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", without_permission)
    monkeypatch.setattr(os, "supports_dir_fd", {without_permission})

    cause = "E-READ expected a readable file, found that it cannot be read: permission denied"
    assert found("facts") == (["facts/b.yaml"], [f"facts/a.yaml: {cause} (check its permissions)"])


def test_an_error_while_reading_is_told():
    if not Path("/proc/self/mem").exists():
        pytest.skip("no file here that opens and cannot be read")

    cause = "E-READ expected a readable file, found that it cannot be read: input/output error"
    assert found("/proc/self/mem") == ([], [f"/proc/self/mem: {cause} (check its permissions)"])


def test_an_unreadable_directory_is_told(root, monkeypatch):
    (root / "facts" / "sub").mkdir()
    real_scan = os.scandir

    def scan(path):
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return real_scan(path)

    monkeypatch.setattr(os, "scandir", scan)

    cause = "E-READ expected a readable file, found that it cannot be read: permission denied"
    assert found("facts") == ([], [f"facts/sub: {cause} (check its permissions)"])


def test_a_name_that_is_no_utf_8_is_shown_by_its_bytes(root):
    write(Path(os.fsdecode(os.fsencode(root / "facts") + b"/caf\xe9.yaml")))

    assert found("facts") == (
        [],
        [r"facts/caf\xE9.yaml: E-PATH-NAME expected a name in UTF-8, found facts/caf\xE9.yaml (rename it)"],
    )


def test_names_with_markup_and_control_characters_are_read(root):
    names = ["-x.yaml", "::error::.yaml", "<img src=x>.yaml", "a\nb.yaml", "a\x1b[0m.yaml", "a|b.yaml"]
    for name in names:
        write(root / "facts" / name)

    assert found("facts") == ([f"facts/{name}" for name in sorted(names)], [])


def test_a_name_that_begins_with_a_dash_is_a_file(root):
    write(root / "-rf.yaml")

    assert found("-rf.yaml") == (["-rf.yaml"], [])


def test_twins_after_case_or_composition_are_refused(root):
    for name in ("Facts.yaml", "facts.yaml", "é.yaml", "e\u0301.yaml"):
        write(root / "facts" / name)

    paths, problems = found("facts")

    cause = "E-PATH-TWIN expected names that differ by more than case or composition, found"
    hint = "(rename one; no other machine can hold both)"
    assert len(paths) == 4
    assert problems == [
        f"facts/facts.yaml: {cause} facts/facts.yaml beside facts/Facts.yaml {hint}",
        f"facts/é.yaml: {cause} facts/é.yaml beside facts/e\u0301.yaml {hint}",
    ]


def test_names_that_other_systems_cannot_hold_are_warned_of_once(root):
    for name in ("CON.yaml", "dir./a.yaml", "dir./b.yaml", "Sub/a.yaml", "sub/b.yaml", "console.yaml"):
        write(root / "facts" / name)

    paths, problems = found("facts")

    cause = "W-PATH-PORTABLE expected a name that every system can hold, found"
    twins = "W-PATH-PORTABLE expected names that differ by more than case or composition, found"
    assert len(paths) == 6
    assert problems == [
        f"facts/CON.yaml: {cause} CON.yaml (rename it)",
        f"facts/dir.: {cause} dir. (rename it)",
        f"facts/sub: {twins} facts/sub beside facts/Sub (rename one; some machines hold one of them only)",
    ]


def test_too_many_files_are_refused_before_any_is_read(root, monkeypatch):
    for number in range(4):
        write(root / "facts" / f"{number}.yaml")
    monkeypatch.setattr(os, "open", None)

    problem = "facts: E-LIMIT-FILES expected at most 3 files, found more (give fewer paths)"
    assert found("facts", most_files=3) == ([], [problem])


def test_a_file_over_the_size_limit_is_not_kept(root):
    write(root / "facts" / "a.yaml", b"a: 12\n")

    problem = "facts/a.yaml: E-LIMIT-SIZE expected at most 5 bytes, found more (split the file)"
    assert found("facts", most_bytes=5) == ([], [problem])
    assert found("facts", most_bytes=6) == (["facts/a.yaml"], [])


def test_a_source_below_the_root_is_read_through_links_inside(root):
    write(root / "sources" / "a.txt", b"text")
    (root / "b.txt").symlink_to("sources/a.txt")
    (root / "linked").symlink_to("sources")

    read = [
        read_within(root, relative)
        for relative in ("sources/a.txt", "b.txt", "linked/a.txt", "./sources//a.txt")
    ]

    assert read == [(b"text", None)] * 4


@pytest.mark.parametrize(
    ("relative", "problem"),
    [
        ("../secret", f"E-PATH-OUTSIDE expected a path below the project, found one that may leave it: ../secret {RELATIVE}"),
        ("a/../../b", f"E-PATH-OUTSIDE expected a path below the project, found one that may leave it: a/../../b {RELATIVE}"),
        ("/etc/passwd", f"E-PATH-OUTSIDE expected a path below the project, found one that may leave it: /etc/passwd {RELATIVE}"),
        ("~/x", f"E-PATH-FORM expected a plain relative path, found a home directory: ~/x {RELATIVE}"),
        ("$HOME/x", f"E-PATH-FORM expected a plain relative path, found a variable: $HOME/x {RELATIVE}"),
        ("%TEMP%/x", f"E-PATH-FORM expected a plain relative path, found a variable: %TEMP%/x {RELATIVE}"),
        (r"\\host\x", rf"E-PATH-FORM expected a plain relative path, found a backslash: \\host\x {RELATIVE}"),
        ("//host/x", f"E-PATH-FORM expected a plain relative path, found a network path: //host/x {RELATIVE}"),
        ("C:/x", f"E-PATH-FORM expected a plain relative path, found a colon: C:/x {RELATIVE}"),
        ("file:///etc/passwd", f"E-PATH-FORM expected a plain relative path, found a colon: file:///etc/passwd {RELATIVE}"),
        ("a\0b", rf"E-PATH-FORM expected a plain relative path, found a control character or an invisible one: a\x00b {RELATIVE}"),
        ("a%2fb", f"E-PATH-FORM expected a plain relative path, found a percent escape: a%2fb {RELATIVE}"),
        ("", f"E-PATH-FORM expected a plain relative path, found nothing:  {RELATIVE}"),
        ("http://169.254.169.254/x", "E-PATH-URL expected a file of the project, found a URL: http://169.254.169.254/x (save a copy of it as a file)"),
        ("s3://bucket/x", "E-PATH-URL expected a file of the project, found a URL: s3://bucket/x (save a copy of it as a file)"),
    ],
)  # fmt: skip
def test_a_source_path_of_a_wrong_form_is_refused_untouched(root, monkeypatch, relative, problem):
    for name in ("open", "stat", "lstat", "readlink", "scandir"):
        monkeypatch.setattr(os, name, None)

    assert refused(root, relative) == f"facts.yaml:3:9: {problem}"


def test_a_source_that_cannot_be_read_is_told_where_it_is_named(root):
    write(root.parent / "secret.txt")
    write(root / "sources" / "article.txt")
    (root / "out.txt").symlink_to(root.parent / "secret.txt")
    (root / "up").symlink_to("..")
    (root / "gone.txt").symlink_to("nowhere")
    (root / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(root / "fifo")

    link, kind = "E-PATH-LINK expected a file", "E-PATH-KIND expected a regular file"
    out = f"{link} below the project, found a link that leads out of it"
    missing = "E-PATH-MISSING expected a file or directory, found nothing of this name"
    expected = {
        "out.txt": f"{out}: out.txt (copy the file into the project)",
        "up/secret.txt": f"{out}: up/secret.txt (copy the file into the project)",
        "gone.txt": f"{link}, found a link to nothing: gone.txt (replace the link by the file)",
        "loop.txt": f"{link}, found a link to nothing: loop.txt (replace the link by the file)",
        "fifo": f"{kind}, found a FIFO: fifo (give the file itself)",
        "sources": f"{kind}, found a directory: sources (give the file itself)",
        ".": f"{kind}, found a directory: . (give the file itself)",
        "sources/articel.txt": f"{missing}: sources/articel.txt (did you mean article.txt?)",
        "sources/article.txt/x": f"{missing}: sources/article.txt/x (did you mean article.txt?)",
        "x" * 300: f"{missing}: {'x' * 119}…",
    }
    assert {name: refused(root, name) for name in expected} == {
        name: f"facts.yaml:3:9: {problem}" for name, problem in expected.items()
    }


def test_a_directory_swapped_for_a_link_between_look_and_open_is_not_followed(root, monkeypatch):
    write(root / "sources" / "a.txt")
    write(root.parent / "outside" / "a.txt", b"secret")
    (root / "real").symlink_to(root.parent / "outside")
    monkeypatch.setattr(os.path, "realpath", os.path.abspath)

    data, problem = read_within(root, "real/a.txt")

    assert data is None
    assert problem.code in ("E-PATH-LINK", "E-PATH-MISSING")
