"""Reports in every format, one module each; they know nothing of each other."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

import attrs

from rehabfacts.checker.reports import Report

if TYPE_CHECKING:
    from rehabfacts.changes.classes import Change

FORMATS = {
    "text": "text", "json": "json_report", "markdown": "markdown", "sarif": "sarif", "junit": "junit", "github": "github",
    "gitlab": "gitlab", "rdjson": "rdjson", "comment": "comment", "summary": "summary", "brief": "brief",
}
"""The formats of a whole report and their modules, each with a `write(report, color=...)`."""


_TOLD = {"text": "change", "markdown": "change_markdown", "comment": "change_markdown", "summary": "change_markdown"}
"""The formats that begin with what a change did; the others tell it of each finding."""


def write(report: Report, name: str, *, color: bool = False, change: "Change | None" = None) -> str:
    """The report in a format, deterministic to the byte. Only text heeds `color`. `change` is what the report is of, if it is of one.

    >>> from rehabfacts import builtin, check_dataset
    >>> write(check_dataset(builtin.dataset(), builtin.rules()), "brief")
    ''
    """
    if change is None or name not in _TOLD:
        return str(_module(FORMATS[name]).write(report, color=color))
    body = attrs.evolve(report, since=None)
    whole = _module("text" if name == "text" else "markdown").write(body, color=color)
    return _fitting(f"{_module(_TOLD[name]).write(change, report)}\n{whole}", name)


def write_change(change: "Change", report: Report, name: str) -> str:
    """What a change did, in a format, without the rest of its report where the format can say it alone."""
    if name == "json":
        return str(_module("change_json").write(change, report))
    return _fitting(_module(_TOLD[name]).write(change, report), name) if name in _TOLD else write(report, name)


def _fitting(text: str, name: str) -> str:
    """As much of a text as the place of a format takes."""
    if name not in {"comment", "summary"}:
        return text
    return str(_module("comment").cut(text, _module(name).MOST))


def _module(name: str) -> Any:
    return import_module(f"rehabfacts.reports.{name}")
