"""Reports in every format, one module each; they know nothing of each other."""

from importlib import import_module

from rehabfacts.checker.reports import Report

FORMATS = {
    "text": "text", "json": "json_report", "markdown": "markdown", "sarif": "sarif", "junit": "junit", "github": "github",
    "gitlab": "gitlab", "rdjson": "rdjson", "comment": "comment", "summary": "summary",
}
"""The formats of a whole report and their modules, each with a `write(report, color=...)`."""


def write(report: Report, name: str, *, color: bool = False) -> str:
    """The report in a format, deterministic to the byte. Only text heeds `color`."""
    written: str = import_module(f"rehabfacts.reports.{FORMATS[name]}").write(report, color=color)
    return written
