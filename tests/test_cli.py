"""The command line as users meet it: exit statuses, outputs, encodings, signals, settings; and the Python door beside it."""

import importlib
import json
import os
import pickle
import re
import signal
import stat
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from copies import ROOT, Project, run, span

import rehabfacts
from rehabfacts import errors
from rehabfacts.settings import Settings

SCRIPT = Path(sys.executable).parent / "rehabfacts"
DATA = Path(__file__).parent / "data" / "nasty" / "text"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")

GOOD = """
    rehabfacts: 1
    entities:
      - {id: commission, type: Body}
    facts:
      - {id: created, type: Creation, body: commission, date: 1993, quote: created in 1993}
      - {id: acted, type: Activity, body: commission, period: 1994/2006, quote: it acted}
    """
BAD = GOOD.replace("period: 1994/2006", "period: 1990/1991")


def script(*arguments, stdin=b"", cwd=None, **environment):
    """The installed script in a process of its own; bytes out."""
    return subprocess.run(
        [SCRIPT, *arguments], input=stdin, capture_output=True, cwd=cwd, check=False, timeout=60, env={**os.environ, **environment}
    )


# exit statuses: the highest of 4 > 2 > 3 > 1 > 0


def test_0_when_everything_holds(project):
    project.write("facts/a.yaml", GOOD)

    assert run("check").status == 0


def test_1_when_a_finding_is_at_or_above_the_threshold(project):
    project.write("facts/a.yaml", BAD)

    assert run("check").status == 1


def test_2_for_bad_input_even_with_findings_and_healthy_files_are_still_judged(project):
    project.write("facts/a.yaml", BAD)
    project.write("facts/b.yaml", "rehabfacts: 1\nfacts: [{id: x, type: Creation, body: nobody}]\n")

    done = run("check")

    assert done.status == 2
    assert done.lines[0].startswith("facts/b.yaml:2:39: E-REF ")
    assert "VIOLATED  body-created-before-it-acts" in done.out
    assert done.lines[-1].endswith("Incomplete: not everything was read and judged.")


def unreadable(project, monkeypatch):
    """A file that cannot be read, for root too."""
    from rehabfacts.loading import files

    project.write("facts/zz.yaml", GOOD)
    read = files.read_below

    def refuse(root, relative, most):
        return (None, files.unreadable_problem(PermissionError(13, "Permission denied"))) if relative == "zz.yaml" else read(root, relative, most)

    monkeypatch.setattr(files, "read_below", refuse)


def test_3_when_a_file_could_not_be_read_though_nothing_else_is_wrong(project, monkeypatch):
    project.write("facts/a.yaml", GOOD)
    unreadable(project, monkeypatch)

    done = run("check")

    assert done.status == 3
    assert done.lines[0] == "facts/zz.yaml: E-READ expected a readable file, found that it cannot be read: permission denied (check its permissions)"
    assert done.lines[-1].endswith("Incomplete: not everything was read and judged.")


def test_3_comes_before_1(project, monkeypatch):
    project.write("facts/a.yaml", BAD)
    unreadable(project, monkeypatch)

    assert run("check").status == 3


def test_2_comes_before_3(project, monkeypatch):
    project.write("facts/a.yaml", GOOD + "surplus: 1\n")
    unreadable(project, monkeypatch)

    assert run("check").status == 2


def test_4_for_what_the_verifier_rejects_whatever_else_is_wrong(project, monkeypatch):
    from rehabfacts.checker import worlds

    project.write("facts/a.yaml", BAD + "surplus: 1\n")
    monkeypatch.setattr(worlds, "verify", lambda _: ["a row does not hold"])

    done = run("check")

    assert done.status == 4
    assert done.err == "rehabfacts: our bug: the verifier rejects a result: main: a row does not hold\n"


def test_4_for_a_crash_in_one_line_without_a_traceback(project, monkeypatch):
    from rehabfacts.checker import worlds

    def crash(_):
        raise ZeroDivisionError("nothing to divide by")

    project.write("facts/a.yaml", GOOD)
    monkeypatch.setattr(worlds, "verify", crash)

    done = run("check")

    assert (done.status, done.out) == (4, "")
    assert done.err == "rehabfacts: our bug: ZeroDivisionError: nothing to divide by (run again with --debug and report it)\n"
    assert "Traceback" in run("--debug", "check").err


@pytest.mark.parametrize(
    "arguments",
    [("nosuch",), ("check", "--nosuch"), ("check", "--format", "yaml"), ("check", "--threshold", "fatal"), ("verify",), ("explain",), ()],
)
def test_2_for_wrong_usage(project, arguments):
    done = run(*arguments)

    assert done.status in ({2} if arguments else {0, 2})
    assert "Traceback" not in done.out + done.err


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("check", "--help"), ("bounds", "-h"), ("--version",)])
def test_0_for_help_and_version(arguments):
    done = run(*arguments)

    assert (done.status, done.err) == (0, "")
    assert done.out


def test_the_threshold_decides_which_findings_fail_a_run(project):
    project.write("facts/a.yaml", GOOD.replace(", quote: it acted", ""))

    assert [run("check", "--threshold", each).status for each in ("error", "warning", "note")] == [0, 1, 1]


# what there is to check


def test_no_facts_are_no_success(project):
    project.write("facts/a.yaml", "rehabfacts: 1\n")

    done = run("check")

    assert done.status == 2
    assert done.lines[0] == "E-NOTHING expected facts, found none (name a file or directory that holds fact files)"


def test_no_directory_of_facts_and_no_paths_are_told_how_to_go_on(project):
    done = run("check")

    assert (done.status, done.out) == (2, "")
    assert done.err == "E-NOTHING expected paths of fact files, or a directory named facts here (rehabfacts check PATHS)\n"


def test_no_demands_are_no_success(project):
    project.write("facts/a.yaml", GOOD)
    project.write("rules/r.yaml", "- {id: creation, for: {c: Creation}, define: c.body.lifetime.start = c.date}\n")

    done = run("check")

    assert done.status == 2
    assert done.lines[0] == "E-NOTHING expected rules that demand something, found none (name a rule file or a pack)"


def test_a_path_that_is_not_there_is_told_with_the_nearest_name(project):
    project.write("facts/a.yaml", GOOD)

    done = run("check", "fact")

    assert done.status == 2
    assert done.lines[0] == "fact: E-PATH-MISSING expected a file or directory, found nothing of this name (did you mean facts?)"


def test_a_directory_with_only_facts_is_checked_against_the_shipped_rules(project):
    project.write("facts/a.yaml", BAD)

    done = run("check", "--format", "json")

    assert done.status == 1
    assert {each["rule"] for each in done.json["counts"]} >= {"body-created-before-it-acts", "fact-has-quote"}
    assert "counts-not-negative" in done.json["idle"]
    assert [each["path"] for each in done.json["files"]] == ["facts/a.yaml"]


def test_own_rules_take_the_place_of_the_shipped_ones_unless_packs_are_named(project):
    project.write("facts/a.yaml", BAD)
    project.write("rules/r.yaml", "- {id: early, for: {c: Creation}, require: c.date < 1992}\n")

    own, both = (run("check", *pack, "--format", "json").json for pack in ((), ("--pack", "institutions")))

    assert [each["rule"] for each in own["violations"]] == ["early"]
    assert {"early", "body-created-before-it-acts"} <= {each["rule"] for each in both["counts"]}


def test_a_pack_that_is_not_there_is_told_with_the_nearest_name(project):
    project.write("facts/a.yaml", GOOD)

    done = run("check", "--pack", "institution")

    assert (done.status, done.out, done.err) == (2, "", "no rule pack institution (did you mean institutions?)\n")


def test_a_rule_that_is_switched_off_says_nothing(project):
    project.write("facts/a.yaml", BAD)

    done = run("check", "--without", "body-created-before-it-acts")

    assert done.status == 0
    assert "body-created-before-it-acts" not in done.out


def test_switching_off_a_rule_that_is_not_there_is_a_mistake(project):
    project.write("facts/a.yaml", GOOD)

    done = run("check", "--without", "body-created-before-it-act")

    assert (done.status, done.err) == (2, "E-CONFIG no rule 'body-created-before-it-act' (did you mean body-created-before-it-acts?)\n")


# formats and files


def test_json_is_strict_and_complete(project):
    project.write("facts/a.yaml", BAD)

    done = run("check", "--format", "json")
    document = json.loads(done.out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))

    assert (done.status, document["exit_status"], document["complete"]) == (1, 1, True)
    assert document["format"] == "rehabfacts report 1"
    assert document["worlds"][0]["certificate"]["conflicts"]


@pytest.mark.parametrize("format_", ["text", "json", "markdown"])
def test_an_output_file_holds_what_standard_output_would(project, format_):
    project.write("facts/a.yaml", BAD)
    printed = run("check", "--format", format_)

    done = run("check", "--format", format_, "--output", "report")

    assert (done.status, done.out, done.err) == (1, "", "")
    assert (project.folder / "report").read_bytes().decode() == printed.out
    assert sorted(each.name for each in project.folder.iterdir()) == ["facts", "report"]


def test_an_output_file_that_was_there_is_replaced(project):
    project.write("facts/a.yaml", GOOD)
    project.write("report.json", "old")

    assert run("check", "--format", "json", "--output", "report.json").status == 0
    assert run("verify", "report.json").status == 0


def test_an_output_that_is_an_input_is_refused_and_the_input_stays(project):
    file = project.write("facts/a.yaml", GOOD)
    before = file.read_bytes()

    done = run("check", "--output", "facts/a.yaml")

    assert done.status == 2
    assert done.err == "facts/a.yaml: E-OUT expected a file of its own to write to, found an input, a link or a directory\n"
    assert file.read_bytes() == before


def test_an_output_that_is_a_source_text_is_refused_and_the_text_stays(project):
    Project.copied(project.folder)
    source = project.folder / "facts/sources/kz-rehabilitation-article.txt"
    before = source.read_bytes()

    done = run("check", "--output", "facts/sources/kz-rehabilitation-article.txt")

    assert (done.status, source.read_bytes() == before) == (2, True)


def test_a_new_output_among_the_inputs_is_refused(project):
    project.write("facts/a.yaml", GOOD)

    done = run("check", "--output", "facts/report.yaml")

    assert done.status == 2
    assert "E-OUT" in done.err


@pytest.mark.parametrize("kind", ["link", "directory", "fifo"])
def test_an_output_that_is_no_file_is_refused_and_left_as_it_is(project, kind):
    project.write("facts/a.yaml", GOOD)
    target = project.folder / "report"
    {"link": lambda: target.symlink_to("elsewhere"), "directory": target.mkdir, "fifo": lambda: os.mkfifo(target)}[kind]()
    before = stat.S_IFMT(target.lstat().st_mode)

    done = run("check", "--output", "report")

    assert (done.status, stat.S_IFMT(target.lstat().st_mode)) == (2, before)
    assert "E-OUT" in done.err


def full_disk(monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)


def test_what_cannot_be_written_is_told_and_the_old_file_stays(project, monkeypatch):
    project.write("facts/a.yaml", BAD)
    project.write("report.txt", "old")
    full_disk(monkeypatch)

    done = run("check", "--output", "report.txt")

    assert "report.txt: E-WRITE cannot write: No space left on device" in done.err
    assert (project.folder / "report.txt").read_text() == "old"
    assert sorted(each.name for each in project.folder.iterdir()) == ["facts", "report.txt"]


def test_what_cannot_be_written_makes_the_run_incomplete_and_the_findings_are_printed(project, monkeypatch):
    project.write("facts/a.yaml", BAD)
    full_disk(monkeypatch)

    done = run("check", "--output", "report.txt")

    assert done.status == 3
    assert "VIOLATED  body-created-before-it-acts" in done.out


def test_an_output_in_a_directory_that_is_not_there_is_told(project):
    project.write("facts/a.yaml", GOOD)

    done = run("check", "--output", "no/report.txt")

    assert "no/report.txt: E-WRITE cannot write: No such file or directory" in done.err
    assert done.status == 3


def test_a_full_standard_output_is_no_bug_of_ours(project):
    project.write("facts/a.yaml", GOOD)

    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([SCRIPT, "check"], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)

    assert done.returncode == 3
    assert b"our bug" not in done.stderr


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_closed_pipe_ends_the_run_quietly(format_, monkeypatch):
    monkeypatch.chdir(ROOT)
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run([SCRIPT, "check", "--format", format_], stdout=writing, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(writing)

    assert done.returncode in {0, 141}
    assert done.stderr == b""


def test_files_are_written_though_nobody_reads_the_output(project):
    project.write("facts/a.yaml", BAD)
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run([SCRIPT, "check", "--also", "sarif=a.sarif", "--also", "json=a.json"], stdout=writing, check=False, timeout=60)
    os.close(writing)

    assert done.returncode in {1, 141}
    assert json.loads((project.folder / "a.sarif").read_bytes())["version"] == "2.1.0"
    assert json.loads((project.folder / "a.json").read_bytes())["exit_status"] == 1


def test_one_file_that_cannot_be_written_keeps_none_of_the_others_back(project):
    project.write("facts/a.yaml", BAD)

    done = run("check", "--format", "github", "--also", "sarif=no/a.sarif", "--also", "junit=a.xml")

    assert (done.status, "no/a.sarif: E-WRITE" in done.err) == (3, True)
    assert done.out.startswith("::error file=facts/a.yaml")
    assert (project.folder / "a.xml").read_text(encoding="utf-8").startswith("<?xml")


def test_what_a_killed_run_left_beside_an_output_is_taken_away(project):
    project.write("facts/a.yaml", GOOD)
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    project.write(f".report.txt.{gone.pid}.tmp", "half")
    project.write(f".report.txt.{os.getppid()}.tmp", "of a living run")

    assert run("check", "--output", "report.txt").status == 0
    assert sorted(each.name for each in project.folder.glob(".*")) == [f".report.txt.{os.getppid()}.tmp"]


# encodings and colour


@pytest.mark.parametrize("encoding", ["ascii", "cp1251", "latin-1", "utf-8"])
@pytest.mark.parametrize("arguments", [("check",), ("bounds",), ("check", "--format", "markdown"), ("explain", "commission-ceased")])
def test_no_encoding_of_the_terminal_stops_a_report(encoding, arguments):
    done = script(*arguments, cwd=ROOT, PYTHONIOENCODING=encoding)

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode(encoding)


def test_what_an_encoding_cannot_hold_is_an_escape(project):
    project.write("facts/a.yaml", GOOD.replace("created in 1993", "створена ✓"))

    done = script("explain", "created", PYTHONIOENCODING="cp1251")

    assert "“створена \\u2713”" in done.stdout.decode("cp1251")


def test_json_is_utf_8_in_a_file_whatever_the_locale(project):
    project.write("facts/a.yaml", GOOD.replace("created in 1993", "створена ✓"))

    done = script("check", "--format", "json", "--output", "report.json", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert done.returncode == 0
    assert json.loads((project.folder / "report.json").read_bytes())["facts"]["created"]["quote"] == "створена ✓"


@pytest.mark.parametrize("format_", ["json", "sarif", "rdjson"])
def test_json_stays_json_on_a_terminal_that_holds_only_ascii(project, format_):
    project.write("facts/a.yaml", BAD.replace("quote: it acted", 'quote: "діяла \U0001f600"'))

    done = script("check", "--format", format_, PYTHONIOENCODING="ascii")

    assert done.stdout.isascii()
    assert "діяла \U0001f600" in json.dumps(json.loads(done.stdout), ensure_ascii=False)


def test_colour_is_only_where_it_is_asked_for(project):
    project.write("facts/a.yaml", BAD)

    assert "\x1b" not in run("check").out
    assert "\x1b[31mVIOLATED\x1b[0m" in run("check", "--color", "always").out
    assert "\x1b" not in run("check", "--color", "never").out


def test_colour_changes_nothing_but_colours(project):
    project.write("facts/a.yaml", BAD)

    assert re.sub(r"\x1b\[\d*m", "", run("check", "--color", "always").out) == run("check").out


@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_a_terminal_has_colour_unless_it_is_declined(project, environment, coloured):
    pty = pytest.importorskip("pty")
    project.write("facts/a.yaml", BAD)
    main, side = pty.openpty()
    kept = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}

    with subprocess.Popen([SCRIPT, "check"], stdout=side, stderr=side, env={**kept, "TERM": "xterm", **environment}) as process:
        os.close(side)
        told = b""
        while True:
            try:
                part = os.read(main, 65_536)
            except OSError:
                break
            if not part:
                break
            told += part
    os.close(main)

    assert process.returncode == 1
    assert (b"\x1b[31m" in told) is coloured


@pytest.mark.timed
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_run_with_its_status_and_leaves_no_files(project, number, status):
    facts = "".join(f"  - {{id: c{n}, type: Creation, body: b{n}, date: 1993}}\n" for n in range(20_000))
    bodies = "".join(f"  - {{id: b{n}, type: Body}}\n" for n in range(20_000))
    (project.folder / "facts").mkdir()
    (project.folder / "facts" / "a.yaml").write_text(f"rehabfacts: 1\nentities:\n{bodies}facts:\n{facts}")

    heed = partial(signal.signal, number, signal.SIG_DFL)  # what a shell runs in the background does not
    with subprocess.Popen(
        [SCRIPT, "check", "--output", "report.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed,  # noqa: PLW1509  # no threads
    ) as process:  # fmt: skip
        time.sleep(1)
        process.send_signal(number)
        started = time.monotonic()
        _, told = process.communicate(timeout=10)

    assert process.returncode == status
    assert time.monotonic() - started < 2
    assert b"Traceback" not in told
    assert [each.name for each in project.folder.iterdir()] == ["facts"]


# the same bytes everywhere


def test_nothing_around_a_run_changes_a_byte_of_it(tmp_path):
    project = Project.copied(tmp_path)
    project.state("commission-ceased", date="2009-06-01")
    surroundings = (
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "1"},
        {"PYTHONHASHSEED": "7", "TZ": "America/Los_Angeles", "LANG": "tr_TR.UTF-8", "COLUMNS": "20"},
    )

    for format_ in ("text", "json", "markdown"):
        outputs = {script("check", "--format", format_, cwd=tmp_path, **each).stdout for each in surroundings}
        assert len(outputs) == 1
        assert tmp_path.as_posix().encode() not in outputs.pop()


def test_bounds_are_the_same_bytes_too(tmp_path):
    Project.copied(tmp_path)

    assert len({script("bounds", cwd=tmp_path, PYTHONHASHSEED=seed).stdout for seed in ("1", "2", "3")}) == 1


def test_the_order_of_paths_and_of_files_changes_nothing(project):
    project.write("facts/a.yaml", BAD)
    project.write("facts/b.yaml", "rehabfacts: 1\nfacts: [{id: met, type: Meeting, body: commission, period: 1992-05-01}]\n")
    project.write("rules/r.yaml", "- {id: early, for: {c: Creation}, require: c.date < 1992}\n")

    outputs = {
        run("check", *paths, "--format", "json").out
        for paths in (("facts", "rules"), ("rules", "facts"), ("facts/b.yaml", "rules/r.yaml", "facts/a.yaml"), ("./facts", "./rules/"))
    }

    assert len(outputs) == 1


def test_a_run_from_elsewhere_differs_in_the_paths_alone(project, monkeypatch):
    project.write("facts/a.yaml", BAD)
    here = run("check", "facts", "--format", "json").json
    project.write("sub/nothing", "")
    monkeypatch.chdir(project.folder / "sub")

    there = json.loads(run("check", "../facts", "--format", "json").out.replace("../facts/", "facts/"))

    assert {**there, "checksum": ""} == {**here, "checksum": ""}


# bounds, explain, verify, dates


def test_bounds_as_tsv_have_six_columns_and_plain_words_for_no_bound(monkeypatch):
    monkeypatch.chdir(ROOT)

    lines = [line.split("\t") for line in run("bounds", "--format", "tsv").lines]

    assert {len(line) for line in lines} == {6}
    assert ["commission-1993", "lifetime.start", "1993-01-01", "1993-12-31", "1993-04-14", "1993-12-31"] in lines
    assert ["state-commission", "lifetime.start", "-inf", "inf", "-inf", "2021-04-09"] in lines
    assert ["rehabilitated-by-1993", "value", "74500", "75499", "74500", "75499"] in lines
    assert lines == sorted(lines, key=lambda line: (line[0], line[1]))


def test_bounds_of_what_is_not_there_name_the_nearest(monkeypatch):
    monkeypatch.chdir(ROOT)

    done = run("bounds", "commission-1994")

    assert (done.status, done.out) == (2, "")
    assert done.err == "no entity or fact commission-1994 (did you mean commission-1993?)\n"


def test_bounds_of_what_is_exact_say_so(project):
    project.write("facts/a.yaml", GOOD.replace("date: 1993,", "date: 1993-05-06,"))

    assert run("bounds", "created").out == "Nothing here is vague or unstated.\n"


def test_bounds_read_the_paths_that_are_named(project):
    project.write("elsewhere/a.yaml", GOOD)

    done = run("bounds", "commission", "--in", "elsewhere", "--format", "tsv")

    assert done.status == 0
    assert done.lines[1] == "commission\tlifetime.start\t1993-01-01\t1993-12-31\t1993-01-01\t1993-12-31"


def test_bounds_of_bad_input_have_its_status_and_its_problems_on_standard_error(project):
    project.write("facts/a.yaml", GOOD + "surplus: 1\n")

    done = run("bounds", "--format", "tsv")

    assert done.status == 2
    assert done.err.startswith("facts/a.yaml:8:1: E-KEY-UNKNOWN ")


@pytest.mark.parametrize(
    ("thing", "first"),
    [
        ("commission-ceased", "Cessation commission-ceased: commission-1993 ceased"),
        ("commission-1993", "Body commission-1993: Commission on the rehabilitation of victims of political repression"),
        ("body-within-its-legal-basis", "body-within-its-legal-basis (require, error, pack institutions): A body cannot outlive the provision that enables it."),
        ("act-works-from-adoption", "act-works-from-adoption (assume, error, pack conventions): An act works from the day of its adoption, unless the text gives another day."),
    ],
)  # fmt: skip
def test_explain_tells_of_a_fact_an_entity_and_a_rule(monkeypatch, thing, first):
    monkeypatch.chdir(ROOT)

    done = run("explain", thing)

    assert (done.status, done.lines[0], done.err) == (0, first, "")
    assert len(done.lines) > 3


def test_explain_tells_of_a_violation_with_every_member_and_rule(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    project = Project.copied(tmp_path)
    project.state("commission-ceased", date="2009-06-01")
    (identifier,) = (each.id for each in rehabfacts.check("facts", "rules") if each.severity is rehabfacts.Severity.ERROR)

    done = run("explain", identifier)

    assert done.status == 0
    assert done.lines[0] == "body-within-its-legal-basis (error): A body cannot outlive the provision that enables it."
    for text in ("commission-ceased, facts/kz.yaml:", "article-28-excluded, facts/kz.yaml:", "assume act-works-from-adoption", "33 days"):
        assert text in done.out


def test_explain_of_what_is_not_there_names_the_nearest(monkeypatch):
    monkeypatch.chdir(ROOT)

    done = run("explain", "commission-cease")

    assert (done.status, done.out) == (2, "")
    assert done.err == "no fact, entity, rule or violation commission-cease (did you mean commission-ceased?)\n"


def test_explain_of_bad_input_does_not_end_green(project):
    project.write("facts/a.yaml", GOOD + "surplus: 1\n")

    assert run("explain", "created").status == 2


def test_verify_accepts_a_report_and_rejects_a_changed_one(project):
    project.write("facts/a.yaml", GOOD)
    run("check", "--format", "json", "--output", "report.json")

    accepted = run("verify", "report.json")
    project.write("report.json", (project.folder / "report.json").read_text().replace("created in 1993", "created in 1994"))
    rejected = run("verify", "report.json")

    assert (accepted.status, accepted.out) == (0, "accepted: every proof in the report holds\n")
    assert (rejected.status, rejected.lines[0]) == (1, "rejected: the checksum does not fit: the file was changed or damaged")


def test_dates_are_told_in_words():
    done = run("dates", "1993", "1993-04-14?", "[..1992-12-31]", "1993/", "1993-02-30")

    assert (done.status, done.err) == (0, "")
    assert [line.split(": ")[:2] for line in done.lines] == [
        ["1993", "valid, 1993-01-01 to 1993-12-31"],
        ["1993-04-14?", "valid, 1993-04-14 to 1993-04-14"],
        ["[..1992-12-31]", "valid, -inf to 1992-12-31"],
        ["1993/", "valid, 1993-01-01 to unknown"],
        ["1993-02-30", "invalid"],
    ]


LINES = "1993\n\n1993-04\r\n ../1992 \nnonsense\n1993/\n1993/..\n\xff\x00\t\n1993-04-31".encode("latin-1")


def test_dates_from_standard_input_give_one_line_for_each_line_read():
    done = run("dates", "--format", "tsv", stdin=LINES)

    assert done.status == 0
    assert len(done.lines) == len(LINES.split(b"\n"))
    assert {line.count("\t") for line in done.lines} == {3}
    assert [line.split("\t")[1:] for line in done.lines] == [
        ["valid", "1993-01-01", "1993-12-31"],
        ["invalid", "", ""],
        ["valid", "1993-04-01", "1993-04-30"],
        ["invalid", "", ""],
        ["invalid", "", ""],
        ["valid", "1993-01-01", "unknown"],
        ["valid", "1993-01-01", "inf"],
        ["invalid", "", ""],
        ["invalid", "", ""],
    ]


def test_dates_without_any_line_print_nothing():
    assert run("dates", "--format", "tsv", stdin=b"").out == ""


def test_a_date_that_begins_with_a_hyphen_is_an_argument_after_two_hyphens():
    assert run("dates", "--format", "tsv", "--", "-0044-03-15").out == "-0044-03-15\tvalid\t-0044-03-15\t-0044-03-15\n"


def test_a_negative_year_is_an_argument_without_further_ado():
    assert run("dates", "--format", "tsv", "-0044-03-15").out == "-0044-03-15\tvalid\t-0044-03-15\t-0044-03-15\n"


def test_dates_keep_lines_whole_through_a_pipe():
    done = script("dates", "--format", "tsv", stdin=b"1993\r\n\xe9\n1993-04\n")

    assert done.stdout == b"1993\tvalid\t1993-01-01\t1993-12-31\n\\xe9\tinvalid\t\t\n1993-04\tvalid\t1993-04-01\t1993-04-30\n"


# settings


SETTINGS = {
    'threshold = "warning"': lambda report: report["settings"]["threshold"] == "warning",
    'without = ["body-has-creation"]': lambda report: "body-has-creation" not in {each["rule"] for each in report["counts"]},
    'doubtful = "ignore"': lambda report: report["settings"]["doubtful"] == "ignore",
    'packs = ["quantities"]': lambda report: {each["pack"] for each in report["counts"]} <= {"quantities", "built-in"},
    'severities = {"body-created-before-it-acts" = "note"}': lambda report: report["exit_status"] == 0,
    'paths = ["facts"]': lambda report: report["files"][0]["path"] == "facts/a.yaml",
    'calendar = "julian"': lambda report: next(each for each in report["bounds"] if each["record"] == "created")["stated"][0] == "1993-01-14",
    'limits = {"files" = 10}': lambda report: report["complete"],
    'widths = {"year" = "2 years"}': lambda report: report["complete"],
}


@pytest.mark.parametrize("place", ["rehabfacts.toml", "pyproject.toml"])
@pytest.mark.parametrize("setting", SETTINGS)
def test_each_key_of_the_settings_works_in_both_files(project, place, setting):
    project.write("facts/a.yaml", BAD)
    project.write(place, ("" if place == "rehabfacts.toml" else "[tool.rehabfacts]\n") + setting + "\n")

    done = run("check", "--format", "json")

    assert done.err == ""
    assert SETTINGS[setting](done.json)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('treshold = "note"', "rehabfacts.toml: E-CONFIG unknown key 'treshold' (did you mean threshold?)"),
        ('threshold = "fatal"', "rehabfacts.toml: E-CONFIG threshold: expected one of note, warning, error, got 'fatal'"),
        ("paths = 1", "rehabfacts.toml: E-CONFIG paths: expected a list of texts, got 1"),
        ('doubtful = "maybe"', "rehabfacts.toml: E-CONFIG doubtful: expected one of report, fail, ignore, got 'maybe'"),
        ('calendar = "mayan"', "rehabfacts.toml: E-CONFIG calendar: expected one of gregorian, julian, got 'mayan'"),
        ("limits = {files = 30000}", "rehabfacts.toml: E-CONFIG limits: files can only be lowered: expected 1 to 20,000, got 30000"),
        ('without = ["nosuch"]', "rehabfacts.toml: E-CONFIG no rule 'nosuch'"),
        ('severities = {nosuch = "note"}', "rehabfacts.toml: E-CONFIG no rule 'nosuch'"),
        ('severities = {fact-has-quote = "fatal"}', "rehabfacts.toml: E-CONFIG severities: expected one of note, warning, error, got 'fatal'"),
    ],
)
def test_a_wrong_setting_stops_the_run_and_says_what_was_expected(project, text, told):
    project.write("facts/a.yaml", GOOD)
    project.write("rehabfacts.toml", text + "\n")

    done = run("check")

    assert (done.status, done.out, done.err) == (2, "", told + "\n")


def test_every_wrong_setting_is_told_at_once(project):
    project.write("facts/a.yaml", GOOD)
    project.write("rehabfacts.toml", 'treshold = "note"\npaths = 1\n')

    assert run("check").err.count("E-CONFIG") == 2


@pytest.mark.parametrize("text", [b"threshold = ", b"\xff", b"threshold = 'note'\nthreshold = 'note'\n"])
def test_settings_that_are_no_toml_stop_the_run(project, text):
    project.write("facts/a.yaml", GOOD)
    (project.folder / "rehabfacts.toml").write_bytes(text)

    done = run("check")

    assert done.status == 2
    assert done.err.startswith("rehabfacts.toml: E-CONFIG expected TOML: ")


@pytest.mark.parametrize("text", ["tool = 1\n", "[tool]\nrehabfacts = 1\n", "[tool.rehabfact]\nthreshold = 'note'\n"])
def test_a_table_of_another_shape_never_ends_in_a_traceback(project, text):
    project.write("facts/a.yaml", GOOD)
    project.write("pyproject.toml", text)

    assert run("check").status in {0, 2}


def test_settings_that_are_a_text_where_a_table_belongs_are_refused(project):
    project.write("facts/a.yaml", GOOD)
    project.write("pyproject.toml", "[tool]\nrehabfacts = 1\n")

    assert run("check").status == 2


def test_rehabfacts_toml_comes_before_pyproject_toml(project):
    project.write("facts/a.yaml", GOOD)
    project.write("rehabfacts.toml", 'threshold = "note"\n')
    project.write("pyproject.toml", '[tool.rehabfacts]\nthreshold = "warning"\n')

    assert run("check", "--format", "json").json["settings"]["threshold"] == "note"


def test_options_come_before_settings(project):
    project.write("facts/a.yaml", GOOD.replace(", quote: it acted", ""))
    project.write("rehabfacts.toml", 'threshold = "note"\n')

    assert (run("check").status, run("check", "--threshold", "error").status) == (1, 0)


# hostile data


HOSTILE = {
    **{file.stem: file.read_bytes().decode("utf-8", "backslashreplace").strip("\n") for file in sorted(DATA.glob("t[012]*.txt")) if file.stem[:3] in {"t06", "t10", "t12", "t21", "t22"}},
    "commands": "::error file=a,line=1::owned",
    "more commands": "##[error]owned ##vso[task.complete result=Failed] ::stop-commands::x",
    "markdown": "| a | ![x](http://evil.example/x.png) @everyone #1 <!-- --> ``` [x](javascript:alert(1))",
}  # fmt: skip


def hostile_project(project, text):
    printable = "".join(each if each.isprintable() or each in "\u202e\u2066\u2069\u2028" else f"\\x{ord(each):02x}" for each in text)
    quoted = json.dumps(printable)
    project.write("facts/a.yaml", f"""
        rehabfacts: 1
        entities:
          - {{id: commission, type: Body, name: {{en: {quoted}}}}}
        facts:
          - {{id: created, type: Creation, body: commission, date: 1993, quote: {quoted}}}
          - {{id: acted, type: Activity, body: commission, period: 1990/1991, quote: {quoted}, note: {quoted}, inferred: {quoted}}}
        """)  # fmt: skip
    project.write("rules/r.yaml", f"""
        - {{id: creation, for: {{c: Creation}}, define: c.body.lifetime.start = c.date}}
        - {{id: acts-late, says: {quoted}, why: {quoted}, for: {{a: Activity}}, require: a.body.lifetime.start <= a.period.start}}
        - {{id: has-quote, says: {quoted}, why: {quoted}, severity: note, for: {{a: Activity}}, require: a.quote is unknown}}
        """)  # fmt: skip


COMMANDS = (
    ("check",), ("check", "--color", "always"), ("check", "--format", "markdown"), ("bounds",), ("explain", "created"), ("explain", "acted"),
    ("explain", "commission"), ("explain", "acts-late"),
)  # fmt: skip


def assert_harmless(done, arguments):
    assert done.status in {0, 1}, done.out + done.err
    for line in (done.out + done.err).split("\n"):
        bare = re.sub(r"\x1b\[\d+m", "", line) if "--color" in arguments else line
        assert not bare.strip().startswith("::"), arguments
        assert "##[" not in bare, arguments
        assert "##vso[" not in bare, arguments
        assert not CONTROL.search(bare), arguments


@pytest.mark.parametrize("name", HOSTILE)
def test_data_never_becomes_a_command_of_the_log_or_of_the_terminal(project, name):
    hostile_project(project, HOSTILE[name])

    for arguments in COMMANDS:
        assert_harmless(run(*arguments), arguments)


@pytest.mark.parametrize("name", ["t06_bidi", "t22_json_script", "more commands"])
def test_data_never_becomes_a_command_in_json_either(project, name):
    hostile_project(project, HOSTILE[name])

    assert_harmless(run("check", "--format", "json"), ())


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - {"t06_bidi"}))  # invisible characters are warned of
def test_hostile_data_has_as_many_lines_as_benign_data(project, name):
    hostile_project(project, "benign")
    benign = [len(run(*arguments).lines) for arguments in COMMANDS]
    hostile_project(project, HOSTILE[name])

    assert [len(run(*arguments).out.split("\n")) - 1 for arguments in COMMANDS] == benign


@pytest.mark.parametrize("name", ["t10_html", "markdown", "more commands"])
def test_markdown_holds_no_markup_from_data(project, name):
    hostile_project(project, HOSTILE[name])

    told = run("check", "--format", "markdown").out

    for text in ("<script", "<img", "![", "](", "@everyone", "<!--", "javascript:"):
        assert text not in told


def test_problems_show_control_characters_as_escapes(project):
    project.write("facts/a.yaml", GOOD.replace("date: 1993", 'date: "1993\u202e"'))

    done = run("check")

    assert done.status == 2
    assert "\\u202E" in done.out
    assert not CONTROL.search(done.out)


@pytest.mark.parametrize("name", ["::error::owned.yaml", "##[error]owned.yaml", "a\nb.yaml", "\x1b[31m.yaml", "<img src=x>.yaml", "a|b.yaml", "-rf.yaml"])
def test_hostile_file_names_are_escaped_in_every_output(project, name):
    project.write(f"facts/{name}", BAD)

    for arguments in COMMANDS[:4]:
        assert_harmless(run(*arguments), arguments)


# Python


def test_a_check_in_python_gives_violations_gravest_first(project):
    project.write("facts/a.yaml", BAD.replace(", quote: it acted", ""))

    report = rehabfacts.check("facts")

    assert [(each.rule_id, str(each.severity)) for each in report][:2] == [("body-created-before-it-acts", "error"), ("fact-has-quote", "warning")]
    assert report.violations == tuple(report)
    assert report.violation(report.violations[0].id) is report.violations[0]
    assert report.fails(report.violations[0])
    assert span(report, "commission", "lifetime.start") == ("1993-01-01", "1993-12-31")


def test_paths_may_be_path_objects_and_settings_may_be_given(project):
    project.write("facts/a.yaml", BAD)

    assert rehabfacts.check(Path("facts"), settings=Settings(without=("body-created-before-it-acts",))).exit_status == 0


def test_mistakes_in_files_do_not_raise_and_mistakes_of_the_caller_do(project):
    project.write("facts/a.yaml", GOOD + "surplus: 1\n")

    assert [each.code for each in rehabfacts.check("facts").problems] == ["E-KEY-UNKNOWN"]
    with pytest.raises(rehabfacts.InvalidInput, match="no rule 'nosuch'"):
        rehabfacts.check("facts", settings=Settings(without=("nosuch",)))
    with pytest.raises(rehabfacts.NoSuchThing, match="no rule pack nosuch"):
        rehabfacts.check("facts", settings=Settings(packs=("nosuch",)))
    with pytest.raises(LookupError, match="no violation nosuch"):
        rehabfacts.check("facts").violation("nosuch")


def test_a_verdict_is_no_bool():
    with pytest.raises(TypeError):
        bool(rehabfacts.Verdict.YES)


def test_importing_the_package_loads_neither_click_nor_jinja_nor_any_database():
    code = "import rehabfacts, sys; print(sorted(sys.modules.keys() & {'click', 'jinja2', 'numpy', 'duckdb', 'pandas', 'attrs', 'attr', 'yaml'}))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_a_check_loads_neither_jinja_nor_any_database():
    code = (
        "import rehabfacts, sys; rehabfacts.check(rehabfacts.builtin.path('facts'));"
        "print(sorted(sys.modules.keys() & {'click', 'jinja2', 'numpy', 'duckdb', 'pandas'}))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_every_public_name_is_there_and_listed():
    module = importlib.reload(rehabfacts)

    assert dir(module) == sorted(module.__all__)
    for name in module.__all__:
        assert getattr(module, name) is not None
    with pytest.raises(AttributeError, match="module 'rehabfacts' has no attribute 'nosuch'"):
        _ = module.nosuch


@pytest.mark.parametrize(
    "error",
    [
        errors.InvalidDate("1993-02-30", "E-DATE", "expected a day", "a hint", 9),
        errors.InvalidQuantity("many", "E-NUM-FORM", "expected a number", "a hint", 1),
        errors.InvalidFormula("a <", "expected a path", 4, "a hint"),
        errors.InvalidInput((errors.Problem("E-REF", "no such", "a hint", "facts/a.yaml", 3, 4),)),
        errors.NoSuchThing("rule", "nosuch", "did you mean such?"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_pickle_with_their_fields(error):
    twin = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes

    assert type(twin) is type(error)
    assert (vars(twin), str(twin)) == (vars(error), str(error))
    assert isinstance(twin, rehabfacts.RehabfactsError)


def test_the_error_of_an_output_pickles_too():
    from rehabfacts.reports.files import UnwritableOutput

    twin = pickle.loads(pickle.dumps(UnwritableOutput((errors.Problem("E-WRITE", "cannot write"),))))  # noqa: S301  # our own bytes

    assert isinstance(twin, UnwritableOutput)
    assert str(twin) == "E-WRITE cannot write"


def test_the_module_runs_as_the_script_does():
    done = subprocess.run([sys.executable, "-m", "rehabfacts", "dates", "--format", "tsv", "1993"], capture_output=True, text=True, check=True)

    assert done.stdout == "1993\tvalid\t1993-01-01\t1993-12-31\n"
