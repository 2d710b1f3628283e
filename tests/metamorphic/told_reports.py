"""Reports on datasets as they are written, as JSON without what an order of writing may change."""

import json
import shutil
import tempfile
from functools import cache
from pathlib import Path

import rehabfacts
from rehabfacts.loading.loader import load
from rehabfacts.reports.json_report import describe
from rehabfacts.vocabulary import INSTITUTIONS

PLACES = {"path", "line", "column"}
"""Where something is written: all that an order of writing may change."""
ABOUT_FILES = {"files", "checksum"}
OF_ORDER = {"certificate", "conflict"}
"""What stands in the order of writing: the rows of certificates, and the places of conflicts in them."""


@cache
def rules(text, packs):
    """Rules as a file with this text gives them, and those of packs."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rules.yaml"
        file.write_text(text, encoding="utf-8")
        loaded = load([file], INSTITUTIONS)
    assert not loaded.problems, loaded.problems
    return (*loaded.rules, *rehabfacts.builtin.rules(*packs))


def checked(written, *, without=()):
    """The report on a dataset that is written into files of a directory of its own."""
    folder = Path(tempfile.mkdtemp())
    try:
        for name, lines in written.lines().items():
            (folder / f"{name}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        settings = rehabfacts.Settings(packs=written.packs, without=("body-has-creation", *without))
        report = rehabfacts.check(folder, rules=rules(written.rules, written.packs), settings=settings)
    finally:
        shutil.rmtree(folder)
    assert not [each for each in report.problems if not each.is_warning], report.problems
    assert not report.complaints, report.complaints
    return report


def told(report, *, leaving=frozenset()):
    """The report as JSON without places, files, and more that is left out."""
    return without(json.loads(json.dumps(describe(report))), PLACES | ABOUT_FILES | leaving)


def without(value, keys):
    if isinstance(value, dict):
        return {name: without(each, keys) for name, each in value.items() if name not in keys}
    return [without(each, keys) for each in value] if isinstance(value, list) else value


def difference(one, two, path=""):
    """Where two JSON values first differ, and how; empty if they are the same."""
    if isinstance(one, dict) and isinstance(two, dict):
        apart = sorted(one.keys() ^ two.keys(), key=str)
        if apart:
            return f"{path}: only one has {apart}"
        return next((found for name in one if (found := difference(one[name], two[name], f"{path}.{name}"))), "")
    if isinstance(one, list | tuple) and isinstance(two, list | tuple) and len(one) == len(two):
        return next((found for at in range(len(one)) if (found := difference(one[at], two[at], f"{path}[{at}]"))), "")
    return "" if one == two else f"{path}: {str(one)[:300]!r} is not {str(two)[:300]!r}"
