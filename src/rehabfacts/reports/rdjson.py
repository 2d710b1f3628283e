"""The report in the Reviewdog Diagnostic Format (rdjson)."""

from typing import Any

from rehabfacts.checker.findings import Finding, Step, findings, worst
from rehabfacts.checker.reports import Report
from rehabfacts.errors import shown
from rehabfacts.reports.json_texts import text_of
from rehabfacts.rules.rules import Severity

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # JSON has no colours
    """A diagnostic for each finding, without those that a baseline or an earlier state accepts.

    Places are lines: the format counts columns in bytes, we count characters.
    """
    return text_of({
        "source": {"name": "rehabfacts", "url": "https://pypi.org/project/rehabfacts/"},
        "severity": "ERROR" if report.exit_status else "INFO",
        "diagnostics": [_diagnostic(each) for each in worst([each for each in findings(report) if not each.is_old])],
    })


def _diagnostic(finding: Finding) -> dict[str, Any]:
    return {
        "message": shown(finding.told, 4_000), "location": _location(finding),
        "severity": _SEVERITIES[finding.weight], "code": {"value": shown(finding.rule, 250)},
        "related_locations": [{"message": shown(each.says, 1_000), "location": _location(each)} for each in finding.steps[1:100]],
    }  # fmt: skip


def _location(at: Finding | Step) -> dict[str, Any]:
    return {"path": shown(at.path, 1_000), "range": {"start": {"line": at.line}}}
