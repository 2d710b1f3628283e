"""The report as a GitLab Code Quality artifact."""

import hashlib
import json

from rehabfacts.checker.findings import Finding, findings
from rehabfacts.checker.reports import Report
from rehabfacts.errors import shown
from rehabfacts.rules.rules import Severity

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # JSON has no colours
    """An array of the issues, without those that a baseline or an earlier state accepts; an incomplete run is an issue too, since the format knows nothing else to say it by."""
    issues = [_issue(each) for each in findings(report) if not each.is_old]
    issues += [_described("incomplete", "blocker", text, "facts", 1, text) for text in (*report.unfinished, *report.complaints)]
    return json.dumps(issues, ensure_ascii=True, indent=1) + "\n"


def _issue(finding: Finding) -> dict[str, object]:
    severity = "blocker" if finding.is_problem and finding.fails else _SEVERITIES[finding.weight]
    return _described(finding.rule, severity, finding.told, finding.path, finding.line, f"{finding.rule}\0{finding.fingerprint}\0{finding.path if finding.is_problem else ''}")


def _described(rule: str, severity: str, says: str, path: str, line: int, identity: str) -> dict[str, object]:
    """GitLab tells findings of two runs apart by the fingerprint alone: it holds rule and facts, not text or line."""
    return {
        "description": shown(says, 2_000), "check_name": rule, "fingerprint": hashlib.sha256(identity.encode()).hexdigest()[:32],
        "severity": severity, "location": {"path": path, "lines": {"begin": line}},
    }  # fmt: skip
