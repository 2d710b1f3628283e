"""Repositories of every kind, and hostile ones: what is read of them is right, and nothing of them runs or changes."""

import os
import shutil
import subprocess

import pytest
from copies import run
from histories import ACTED_EARLY, History, classes

NEW = [("new", "body-created-before-it-acts")]


def broken(history):
    history.facts_are(ACTED_EARLY)
    return history.commit("broken")


def clone(history, folder, *options):
    subprocess.run(["git", "clone", "-q", *options, history.folder.as_uri(), folder], check=True)
    return History(folder)


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# Where one stands


def test_from_a_subdirectory_its_own_files_are_compared(history, monkeypatch):
    history.write("data/facts/a.yaml", (history.folder / "facts/a.yaml").read_text())
    history.commit("a second project in the repository")
    history.add(ACTED_EARLY, path="data/facts/b.yaml")
    monkeypatch.chdir(history.folder / "data")
    done = run("diff", "HEAD")
    assert (1, NEW) == (done.status, classes(done))
    assert done.lines[0].startswith("new  facts/b.yaml:3  ")
    assert NEW == classes(run("diff", "HEAD", "--in", history.folder / "data/facts"))
    assert 0 == run("diff", "HEAD", "--in", "../facts").status


def test_with_a_detached_head_and_by_any_name_of_a_commit(history):
    first = history.git("rev-parse", "HEAD")
    broken(history)
    history.git("checkout", "-q", "--detach")
    for base in (first, first[:10], "HEAD~1", "main~1", "HEAD^", ":/the first facts"):
        assert NEW == classes(run("diff", base))


def test_a_bare_repository_compares_revisions_and_has_no_files_of_its_own(history, tmp_path_factory, monkeypatch):
    broken(history)
    bare = clone(history, tmp_path_factory.mktemp("bare") / "it.git", "--bare")
    monkeypatch.chdir(bare.folder)
    assert NEW == classes(run("diff", "HEAD~1", "HEAD"))
    done = run("diff", "HEAD~1")
    assert (2, "E-GIT a bare repository has no files of its own (name two revisions)\n") == (done.status, done.err)


def test_a_second_worktree_is_a_place_like_the_first(history, tmp_path_factory, monkeypatch):
    place = tmp_path_factory.mktemp("worktrees") / "second"
    history.git("worktree", "add", "-q", "-b", "second", str(place))
    monkeypatch.chdir(place)
    History(place).facts_are(ACTED_EARLY)
    assert NEW == classes(run("diff", "main"))


def test_inside_a_hook_the_variables_that_git_sets_do_no_harm(history, monkeypatch):
    history.facts_are(ACTED_EARLY)
    monkeypatch.setenv("GIT_INDEX_FILE", str(history.folder / ".git/index"))
    monkeypatch.setenv("GIT_DIR", str(history.folder / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(history.folder))
    assert NEW == classes(run("diff", "HEAD"))


def test_names_of_refs_that_look_like_something_else(history):
    history.git("update-ref", "refs/heads/-x", "HEAD")
    history.git("branch", "facts")
    history.facts_are(ACTED_EARLY)
    assert NEW == classes(run("diff", "facts"))
    assert NEW == classes(run("diff", "refs/heads/-x"))
    for name in ("--output=evil", "-x", "", "HEAD..main", "HEAD:facts/a.yaml"):
        done = run("diff", "--", name)
        assert (2, "E-GIT ") == (done.status, done.err[:6])
    assert not (history.folder / "evil").exists()


def test_a_path_outside_of_the_repository_is_refused(history, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    done = run("diff", "HEAD", "--in", outside)
    assert (2, True) == (done.status, "E-GIT expected a path of the repository, found one outside of it" in done.err)


def test_paths_that_were_not_there_before_hold_nothing(history):
    history.facts_are(ACTED_EARLY, path="more/a.yaml")
    done = run("diff", "HEAD", "--in", "more")
    assert (1, NEW) == (done.status, classes(done))
    assert "fact added  law-adopted" in done.lines
    assert "not read" not in done.lines[-1]


def test_a_change_that_leaves_nothing_to_check_is_no_healthy_one(history):
    history.git("rm", "-q", "-r", "facts")
    history.write("readme.txt", "nothing")
    history.commit("nothing is left")
    for command in (("diff", "HEAD~1", "HEAD"), ("diff", "HEAD~1"), ("check", "--since", "HEAD~1"), ("diff", "HEAD~1", "HEAD", "--in", "nowhere")):
        done = run(*command)
        assert (2, True) == (done.status, "E-NOTHING expected facts, found none" in done.out + done.err)


def test_a_named_file_comes_with_the_texts_of_its_sources(history):
    history.write("facts/note.txt", "the law was adopted; the board was created; the board acted")
    history.replace("rehabfacts: 1", "rehabfacts: 1\nsource: {id: note, text: note.txt}", path="facts/a.yaml")
    history.commit("a source")
    history.facts_are("# nothing else")
    history.replace("rehabfacts: 1", "rehabfacts: 1\nsource: {id: note, text: note.txt}", path="facts/a.yaml")
    done = run("diff", "HEAD", "--in", "facts/a.yaml")
    assert (0, []) == (done.status, classes(done))


def test_renamed_files_are_followed_into_the_merge(history):
    """One side renames the file, the other breaks a fact in it; git merges both."""
    start = history.git("rev-parse", "HEAD")
    history.git("mv", "facts/a.yaml", "facts/laws.yaml")
    history.commit("renamed")
    history.git("checkout", "-q", "-b", "work", start)
    broken(history)
    done = run("diff", "main")
    assert (1, NEW) == (done.status, classes(done))
    assert "texts conflict" not in done.lines[-1]


def test_a_directory_of_facts_that_is_a_link(history):
    history.git("mv", "facts", "data")
    (history.folder / "facts").symlink_to("data")
    history.commit("a link")
    history.facts_are(ACTED_EARLY, path="data/a.yaml")
    assert NEW == classes(run("diff", "HEAD"))


# What is not there


def test_a_shallow_clone_says_what_it_lacks(history, tmp_path_factory, monkeypatch):
    broken(history)
    history.git("checkout", "-q", "-b", "work", "HEAD~1")
    history.states("- {id: board-met, type: Meeting, body: board, period: 2005-05-01, quote: it met}", "facts/c.yaml")
    history.commit("more")
    shallow = clone(history, tmp_path_factory.mktemp("shallow") / "it", "--depth", "1", "--no-single-branch", "--branch", "work")
    monkeypatch.chdir(shallow.folder)
    hint = "(this is a shallow clone: fetch its history with git fetch --unshallow, or fetch-depth: 0 of a checkout)\n"
    done = run("diff", "HEAD~1")
    assert (2, f"E-GIT git knows no revision 'HEAD~1' {hint}") == (done.status, done.err)
    done = run("diff", "origin/main")
    assert (2, "E-GIT ", True) == (done.status, done.err[:6], done.err.endswith(f" come from no common commit {hint}"))
    shallow.git("fetch", "-q", "--unshallow")
    assert (0, []) == ((done := run("diff", "origin/main")).status, classes(done))


def test_a_shallow_clone_that_has_what_is_needed_will_do(history, tmp_path_factory, monkeypatch):
    broken(history)
    history.facts_are(ACTED_EARLY, "# on")
    history.commit("and on")
    shallow = clone(history, tmp_path_factory.mktemp("shallow") / "it", "--depth", "2")
    monkeypatch.chdir(shallow.folder)
    assert (0, []) == ((done := run("diff", "HEAD~1")).status, classes(done))


def test_histories_without_a_common_commit(history):
    history.git("checkout", "-q", "--orphan", "other")
    history.commit("another beginning")
    done = run("diff", "main")
    assert (2, True) == (done.status, done.err.endswith(" come from no common commit\n"))


def test_objects_that_a_partial_clone_left_out_are_not_fetched(history, tmp_path_factory, monkeypatch):
    broken(history)
    history.git("config", "uploadpack.allowFilter", "true")
    partial = clone(history, tmp_path_factory.mktemp("partial") / "it", "--filter=blob:none")
    monkeypatch.chdir(partial.folder)
    done = run("diff", "HEAD~1")
    assert (2, True) == (done.status, "is not here (fetch the whole repository, without a filter)" in done.err)


def test_without_git_a_baseline_is_named(history, monkeypatch, tmp_path_factory):
    monkeypatch.setenv("PATH", str(tmp_path_factory.mktemp("empty")))
    for command in (("diff", "HEAD"), ("check", "--since", "HEAD"), ("check", "--policy-from", "HEAD")):
        done = run(*command)
        assert (2, "E-GIT git was not found (install git, or use a baseline file)\n") == (done.status, done.err)
    assert 0 == run("check").status


def test_outside_of_a_repository_git_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "facts").mkdir()
    done = run("diff", "HEAD")
    assert (2, True) == (done.status, done.err.startswith("E-GIT not a git repository"))


# Branches that were merged crosswise


def test_what_came_by_one_of_several_common_commits_is_not_new(history):
    """Both branches have merged each other's first commit: there are two best commits that both come from."""
    start = history.git("rev-parse", "HEAD")
    history.git("checkout", "-q", "-b", "one", start)
    history.states(ACTED_EARLY, "facts/early.yaml")
    one = history.commit("broken on one")
    history.git("checkout", "-q", "-b", "two", start)
    history.states("- {id: law-published, type: Publication, act: law, date: 1993-05, quote: published}", "facts/published.yaml")
    two = history.commit("healthy on two")
    history.merge(one)
    history.git("checkout", "-q", "one")
    history.merge(two)
    (history.folder / "facts/early.yaml").unlink()
    history.commit("mended on one")
    assert {one, two} == set(history.git("merge-base", "--all", "one", "two").split())
    done = run("diff", "one", "two")
    assert (0, []) == (done.status, classes(done))


# Submodules


def test_a_submodule_is_read_from_its_own_objects(history, tmp_path_factory):
    other = History(tmp_path_factory.mktemp("other"))
    other.git("init", "-q", "-b", "main")
    other.states(ACTED_EARLY.replace("1992/1992", "1995/1995"), "acted.yaml")
    other.commit("healthy")
    history.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.folder.as_uri(), "facts/other")
    history.commit("a submodule")
    assert 0 == run("diff", "HEAD").status
    inside = History(history.folder / "facts/other")
    inside.states(ACTED_EARLY, "acted.yaml")
    assert NEW == classes(run("diff", "HEAD"))
    inside.commit("broken there")
    history.commit("and here")
    assert NEW == classes(run("diff", "HEAD~1", "HEAD"))
    shutil.rmtree(inside.folder)
    inside.folder.mkdir()
    done = run("diff", "HEAD~1", "HEAD")
    assert (2, "E-GIT facts/other is a submodule that is not checked out here (git submodule update --init, or name paths beside it)\n") == (done.status, done.err)


# Nothing of a repository runs, nothing of it changes


QUIET = ("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "filter.evil.required=false", "-c", "user.name=t", "-c", "user.email=t@e")


@pytest.fixture
def trap(history, tmp_path_factory):
    """A program that leaves a mark when it runs, and a repository that names it wherever git would run something."""
    mark = tmp_path_factory.mktemp("trap") / "ran"
    program = mark.with_name("program")
    program.write_text(f"#!/bin/sh\necho $0 $* >> {mark}\ncat\n")
    program.chmod(0o755)
    history.write(".gitattributes", "*.yaml filter=evil diff=evil merge=evil text eol=crlf ident export-ignore\n")
    history.write(".git/info/attributes", "*.yaml filter=evil diff=evil merge=evil\n")
    start = history.commit("attributes")
    for name in ("pre-commit", "post-checkout", "post-merge", "post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc"):
        shutil.copy(program, history.folder / ".git/hooks" / name)
    for key in (
        "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv", "diff.evil.command", "merge.evil.driver",
        "core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.alternateRefsCommand", "diff.external",
        "credential.helper", "gpg.program", "uploadpack.packObjectsHook", "remote.evil.vcs",
    ):  # fmt: skip
        history.git("config", key, str(program))
    history.git("config", "filter.evil.required", "true")
    history.git("config", "alias.merge-tree", f"!{program}")
    return history, start, mark, program


def test_no_hook_filter_attribute_or_setting_of_a_repository_runs(trap, monkeypatch):
    history, start, mark, program = trap
    history.git(*QUIET, "checkout", "-q", "-b", "other", start)
    history.states(ACTED_EARLY, "facts/early.yaml")
    history.git(*QUIET, "-c", "filter.evil.process=", "-c", "filter.evil.clean=", "add", "facts")
    history.git(*QUIET, "commit", "-q", "-m", "x")
    shutil.copy(program, history.folder / "git")
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}{os.environ['PATH']}")
    mark.unlink(missing_ok=True)
    before = files_of(history.folder / ".git")
    for command in (("diff", "main"), ("diff", start, "other"), ("check", "--since", "main"), ("check", "--policy-from", "main")):
        done = run(*command)
        assert (1, "") == (done.status, done.err)
    assert before == files_of(history.folder / ".git")
    assert not mark.exists()


def test_a_merge_is_made_without_the_drivers_of_the_repository_and_leaves_no_object_in_it(trap):
    history, start, mark, _ = trap
    for branch, date in (("left", "1993-04-15"), ("right", "1994")):
        history.git(*QUIET, "checkout", "-q", "-f", "-b", branch, start)
        file, old = (history.folder / "facts/a.yaml"), ("1993-04-14" if branch == "left" else "date: 1993, quote: the board")
        text = history.git("cat-file", "blob", f"{start}:facts/a.yaml")
        file.write_text(text.replace(old, old.replace("1993-04-14", date).replace("1993,", f"{date},"), 1) + "\n")
        blob = history.git("hash-object", "-w", "--no-filters", "facts/a.yaml")
        history.git(*QUIET, "update-index", "--cacheinfo", f"100644,{blob},facts/a.yaml")
        history.git(*QUIET, "commit", "-q", "-m", branch)
    mark.unlink(missing_ok=True)
    before = files_of(history.folder / ".git")
    done = run("diff", "left", "right")
    assert (before, False) == (files_of(history.folder / ".git"), mark.exists())
    assert (3, True) == (done.status, "the texts conflict, so no merge was judged" in done.lines[-1])


def test_bytes_are_taken_as_they_are_whatever_the_attributes_say(trap):
    assert trap
    done = run("diff", "HEAD~1", "HEAD")
    assert (0, True) == (done.status, "0 facts and 0 bounds differ" in done.lines[-1])


def test_links_and_names_that_lead_out_of_a_tree_lead_nowhere(history, tmp_path_factory):
    """What a checkout would refuse stands in a tree that was made by hand: nothing is read or written outside of it."""
    secret = tmp_path_factory.mktemp("secret")
    (secret / "s.yaml").write_text("rehabfacts: 1\nfacts:\n" + "  " + ACTED_EARLY + "\n")
    blob = history.git("hash-object", "-w", "facts/a.yaml")
    names = [("link", str(secret)), ("up", "../../../.."), ("winding", "sub/../../x"), ("self", "."), ("around", "self/../..")]
    lines = [f"100644 blob {blob}\ta.yaml"]
    for name, target in names:
        made = subprocess.run(["git", "hash-object", "-w", "--stdin"], input=target, cwd=history.folder, check=True, capture_output=True, text=True)
        lines.append(f"120000 blob {made.stdout.strip()}\t{name}")
    facts = tree_of(history, lines)
    commit = history.git("-c", "user.name=t", "-c", "user.email=t@e", "commit-tree", "-m", "x", "-p", "HEAD", tree_of(history, [f"040000 tree {facts}\tfacts"]))
    done = run("diff", "HEAD", commit)
    assert [] == classes(done)
    assert "board-acted" not in done.out
    climbing = tree_of(history, [f"040000 tree {tree_of(history, [f'100644 blob {blob}' + chr(9) + 'a.yaml'])}\t.."])
    commit = history.git("-c", "user.name=t", "-c", "user.email=t@e", "commit-tree", "-m", "x", "-p", "HEAD", tree_of(history, [f"040000 tree {climbing}\tfacts"]))
    done = run("diff", "HEAD", commit)
    assert (2, "E-GIT the tree has a name that leads elsewhere: facts/../a.yaml\n") == (done.status, done.err)


def tree_of(history, lines):
    """A tree with these entries, which git does not look at."""
    data = b"".join(_entry(line) for line in sorted(lines, key=lambda each: each.split("\t")[1]))
    made = subprocess.run(["git", "hash-object", "-w", "-t", "tree", "--literally", "--stdin"], input=data, cwd=history.folder, check=True, capture_output=True)
    return made.stdout.decode().strip()


def _entry(line):
    about, name = line.split("\t")
    mode, _, sha = about.split(" ")
    return f"{mode.lstrip('0')} {name}".encode() + b"\0" + bytes.fromhex(sha)


def test_file_names_of_any_kind_are_read(history):
    for name in ("-f.yaml", "a b.yaml", "ї.yaml", "quote'.yaml", "new\nline.yaml", "::error.yaml", ":(glob)*.yaml"):
        history.write(f"facts/{name}", "rehabfacts: 1\nfacts: []\n")
    history.commit("odd names")
    history.facts_are(ACTED_EARLY, path="facts/a.yaml")
    done = run("diff", "HEAD")
    assert (1, NEW) == (done.status, classes(done))
