"""What a terminal gets beside reports: brief lines, progress, completion, and checks that run again when a file changes."""

import contextlib
import os
import pty
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from copies import run

from rehabfacts import cli
from rehabfacts.cli import progress

SCRIPT = Path(sys.executable).parent / "rehabfacts"
GOOD = """
    rehabfacts: 1
    entities:
      - {id: board, type: Body}
    facts:
      - {id: created, type: Creation, body: board, date: 1993, quote: created in 1993}
      - {id: acted, type: Activity, body: board, period: 1994/2006, quote: it acted}
    """
BAD = GOOD.replace("1994/2006", "1990/1991")


# quiet


def test_quiet_says_nothing_where_nothing_fails(project):
    project.write("facts/a.yaml", GOOD)
    assert (run("check", "--quiet").out, run("check", "-q").err) == ("", "")


def test_quiet_tells_what_fails_a_line_each_and_keeps_the_status(project):
    project.write("facts/a.yaml", BAD)
    done = run("check", "-q")
    assert done.status == 1
    (line,) = done.lines
    assert re.fullmatch(r"facts/a\.yaml:7:\d+: error: body-created-before-it-acts: A body must be created before it acts\. .* They clash by 732 days\.", line)


def test_quiet_tells_mistakes_of_the_input(project):
    project.write("facts/a.yaml", GOOD.replace("Activity", "Activty"))
    done = run("check", "-q")
    assert (done.status, done.lines[0].split(": ")[:3]) == (2, ["facts/a.yaml:7:23", "error", "E-TYPE"])


def test_quiet_leaves_another_format_as_it_is(project):
    project.write("facts/a.yaml", BAD)
    assert run("check", "-q", "--format", "junit").out == run("check", "--format", "junit").out


# progress


def on_a_terminal(*arguments, delay="0.05", **environment):
    """What a run writes on a terminal that is its standard error; it tells its progress early."""
    main, side = pty.openpty()
    code = f"from rehabfacts.cli import progress, run; progress._PATIENCE = {delay}; run()"
    kept = {**os.environ, "TERM": "xterm", **environment}
    with subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=side, env=kept) as process:
        os.close(side)
        told = b""
        with contextlib.suppress(OSError):
            while part := os.read(main, 65_536):
                told += part
        out = process.stdout.read()
    os.close(main)
    return out.decode(), told.decode()


def crowd(project, count=2_000):
    bodies = "".join(f"  - {{id: b{n}, type: Body}}\n" for n in range(count))
    facts = "".join(f"  - {{id: c{n}, type: Creation, body: b{n}, date: 1993, quote: b{n} was created in 1993}}\n" for n in range(count))
    project.write("facts/a.yaml", "").write_text(f"rehabfacts: 1\nentities:\n{bodies}facts:\n{facts}", encoding="utf-8")


def test_a_terminal_is_told_what_takes_long_and_is_left_clean(project):
    crowd(project)
    out, told = on_a_terminal("check")
    lines = [line for line in told.split("\r\x1b[K") if line]
    assert [line for line in lines if not re.fullmatch(r"(reading files|judging 2,000 facts under \d+ rules, main) … \d+ s", line)] == []
    assert lines != []
    assert told.endswith("\r\x1b[K")
    assert "2,000 facts" in out


@pytest.mark.parametrize(("arguments", "environment"), [(("-q",), {}), ((), {"TERM": "dumb"})])
def test_nobody_is_told_who_did_not_want_to_be(project, arguments, environment):
    crowd(project)
    assert on_a_terminal("check", *arguments, **environment)[1] == ""


@pytest.mark.parametrize(
    ("command", "count", "told"),
    [
        (("whatif", "--drop", "c1"), 1_000, r"reading files|judging (1,000|999) facts under \d+ rules, main"),
        (("sensitivity",), 10, r"reading files|judging 10 facts under \d+ rules, main|falsifying \d+ of 10 facts"),
    ],
)
def test_other_commands_that_judge_tell_what_takes_long_too(project, command, count, told):
    crowd(project, count)
    lines = [line for line in on_a_terminal(*command)[1].split("\r\x1b[K") if line]
    assert [line for line in lines if not re.fullmatch(rf"({told}) … \d+ s", line)] == []
    assert lines != []


def test_a_short_run_tells_nothing(project):
    project.write("facts/a.yaml", GOOD)
    assert on_a_terminal("check", delay="20")[1] == ""


def test_a_log_is_told_nothing(project, monkeypatch):
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    project.write("facts/a.yaml", GOOD)
    assert run("check").err == ""


# completion


def completed(words, shell="bash"):
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")), "_REHABFACTS_COMPLETE": f"{shell}_complete"}
    done = subprocess.run([SCRIPT], env={**os.environ, **asked}, capture_output=True, text=True, check=False, timeout=60)
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_is_told_how_to_complete(shell):
    done = subprocess.run([SCRIPT], env={**os.environ, "_REHABFACTS_COMPLETE": f"{shell}_source"}, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "rehabfacts" in done.stdout, f"_REHABFACTS_COMPLETE={shell}_complete" in done.stdout) == (0, True, True)


def test_commands_options_and_choices_are_completed():
    assert completed("rehabfacts ch") == ["check"]
    assert completed("rehabfacts check --thr") == ["--threshold"]
    assert completed("rehabfacts check --threshold ") == ["note", "warning", "error"]
    assert completed("rehabfacts ") == cli.commands.list_commands(None)


# watch


class Watched:
    """A check that watches, with what it has printed so far."""

    def __init__(self, *arguments):
        heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # what a shell runs in the background does not
        command = [SCRIPT, "check", "--watch", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=heed)  # noqa: PLW1509  # no threads

    def until_it_waits(self):
        """What is printed up to the line that says how the check ended."""
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if line.startswith("-- "):
                return lines
        raise AssertionError(f"it ended with {self.process.wait()}: {lines}")

    def end(self):
        self.process.send_signal(signal.SIGINT)
        with self.process:
            try:
                return self.process.wait(10)
            finally:
                self.process.kill()


def test_a_watched_check_runs_again_for_each_change_and_ends_with_an_interrupt(project):
    project.write("facts/a.yaml", GOOD)
    watched = Watched("-q")
    try:
        assert watched.until_it_waits() == ["-- exit status 0; waiting for changes (Ctrl-C ends it)\n"]
        project.write("facts/a.yaml", BAD)
        found, last = watched.until_it_waits()
        assert ("body-created-before-it-acts" in found, last.split(";")[0]) == (True, "-- exit status 1")
        project.write("facts/b.yaml", "rehabfacts: 1\nfacts: [")
        *_, last = watched.until_it_waits()
        assert last.startswith("-- exit status 2")
        project.write("rehabfacts.toml", "nonsense = 1\n")
        assert watched.until_it_waits()[0].startswith("rehabfacts.toml: E-CONFIG unknown key 'nonsense'")
        (project.folder / "rehabfacts.toml").unlink()
        (project.folder / "facts/b.yaml").unlink()
        time.sleep(0.1)
        project.write("facts/a.yaml", GOOD)
        while not (told := watched.until_it_waits())[-1].startswith("-- exit status 0"):
            assert told[-1].startswith("-- ")
    finally:
        status = watched.end()
    assert status == 130
