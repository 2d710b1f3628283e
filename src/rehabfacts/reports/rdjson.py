"""The report in the Reviewdog Diagnostic Format (rdjson)."""

import json
from typing import Any

from rehabfacts.checker.findings import Finding, Step, findings
from rehabfacts.checker.reports import Report
from rehabfacts.errors import shown
from rehabfacts.rules.rules import Severity

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # JSON has no colours
    """A diagnostic for each finding, without those that a baseline or an earlier state accepts. Places are lines: the format counts columns in bytes, we count characters."""
    document = {
        "source": {"name": "rehabfacts", "url": "https://pypi.org/project/rehabfacts/"},
        "severity": "ERROR" if report.exit_status else "INFO",
        "diagnostics": [_diagnostic(each) for each in findings(report) if not each.is_old],
    }
    return json.dumps(document, ensure_ascii=True, indent=1) + "\n"


def _diagnostic(finding: Finding) -> dict[str, Any]:
    return {
        "message": shown(finding.told, 4_000), "location": _location(finding),
        "severity": _SEVERITIES[finding.weight], "code": {"value": finding.rule},
        "relatedLocations": [{"message": shown(each.says, 1_000), "location": _location(each)} for each in finding.steps[1:100]],
    }  # fmt: skip


def _location(at: Finding | Step) -> dict[str, Any]:
    return {"path": at.path, "range": {"start": {"line": at.line}}}
