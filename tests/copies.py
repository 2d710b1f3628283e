"""Copies of the real dataset and small datasets, for tests that edit them and check them again."""

import gc
import io
import json
import os
import re
import shutil
import signal
import sys
import textwrap
from pathlib import Path

import attrs

import rehabfacts
from rehabfacts import cli
from rehabfacts.calendars import iso
from rehabfacts.checker.attributions.attribution import without_facts

ROOT = Path(__file__).resolve().parent.parent
SOURCE = "sources/kz-rehabilitation-article.txt"


class Project:
    """A folder with facts and rules. Paths in reports are as seen from it: enter it with `monkeypatch.chdir`."""

    def __init__(self, folder):
        self.folder = folder

    @classmethod
    def copied(cls, folder):
        """A copy of the real dataset and the shipped rules."""
        for each in ("facts", "rules"):
            shutil.copytree(ROOT / each, folder / each)
        return cls(folder)

    @property
    def facts(self):
        return (self.folder / "facts" / "kz.yaml").read_text(encoding="utf-8")

    def write(self, path, text):
        """Writes a file, its text without the indentation it has in the test."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(textwrap.dedent(text).encode())
        return file

    def replace(self, old, new, *, path="facts/kz.yaml"):
        """Replaces a text that must stand in the file exactly once."""
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    def state(self, fact, **fields):
        """Gives fields of a fact of the real dataset another value, or one at all, and says that its quote does not give it."""
        block = self._block(fact)
        changed = block if "    inferred:\n" in block else block + "    inferred:\n"
        for name, value in fields.items():
            changed = re.sub(rf"^    {name}: .*\n", "", changed, flags=re.MULTILINE)
            changed = re.sub(r"(^    type: .*\n)", rf"\g<1>    {name}: {value}\n", changed, count=1, flags=re.MULTILINE)
            reason = f"      {name}: as the test has it\n"
            changed = changed.replace(reason, "").replace("    inferred:\n", f"    inferred:\n{reason}", 1)
        self.replace(block, changed)

    def drop(self, fact):
        """Takes a fact out of the real dataset."""
        self.replace(self._block(fact), "")

    def add(self, text, *, path="facts/planted.yaml"):
        """Adds facts (and, under `entities:`, entities) in a file of their own."""
        body = textwrap.dedent(text).strip("\n")
        if "facts:" not in body:
            body = "facts:\n" + textwrap.indent(body, "  ")
        self.write(path, f"rehabfacts: 1\n{body}\n")

    def line_of(self, fact, field="id"):
        """The line on which a fact of the real dataset has a field."""
        block = self._block(fact)
        start = self.facts.index(block)
        mark = "- id: " if field == "id" else f"    {field}: "
        return self.facts.count("\n", 0, start + block.index(mark)) + 1

    def _block(self, fact):
        found = re.search(rf"^  - id: {re.escape(fact)}\n(?:    .*\n)+", self.facts, re.MULTILINE)
        assert found, f"no fact {fact}"
        return found[0]


def members(report, *, mildest=rehabfacts.Severity.WARNING):
    """The rule and the facts of each conflict that is not about a missing quote, in the order of the report."""
    return [
        (violation.rule_id, tuple(sorted(violation.conflict.facts)))
        for violation in report
        if violation.severity >= mildest and violation.rule_id != "fact-has-quote"
    ]


def errors(report):
    """As `members`, of the errors alone."""
    return members(report, mildest=rehabfacts.Severity.ERROR)


def span(report, record, variable, world=None):
    """The tightened bounds as ISO days; None where there is no bound."""
    if world is not None:
        ends = world.bounds((record, variable))
    else:
        (ends,) = (each.tightened for each in report.bounds(record) if each.name == variable)
    return tuple(None if end is None else iso(end) for end in ends)


def outcomes(report, rule):
    """How often each outcome occurs among a rule's instances."""
    counts = next(each for each in report.counts if each.rule.id == rule)
    return {outcome.value: count for outcome, count in counts.outcomes.items()}


def without(report, facts):
    """The report on the main world's facts without some, and without those that refer to them."""
    dataset = attrs.evolve(without_facts(report.dataset, iter(facts)), ambiguities=())
    return rehabfacts.check_dataset(dataset, report.rules, report.settings)


@attrs.frozen
class Run:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def lines(self):
        return self.out.splitlines()

    @property
    def json(self):
        return json.loads(self.out)


def run(*arguments, stdin=b""):
    """The command line in this process: the same `main` that the script calls."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True) for _ in range(2)]
    given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    handler, argv = signal.getsignal(signal.SIGTERM), sys.argv
    sys.argv = ["rehabfacts", *map(os.fspath, arguments)]
    before = sys.stdout, sys.stderr, sys.stdin
    sys.stdout, sys.stderr, sys.stdin = *streams, given
    status = 0
    try:
        cli.main()
    except SystemExit as stop:
        status = stop.code or 0
    finally:
        sys.stdout, sys.stderr, sys.stdin = before
        sys.argv = argv
        gc.enable()
        signal.signal(signal.SIGTERM, handler)
    out, err = (stream.buffer.getvalue().decode() for stream in streams)
    return Run(status, out, err)
