"""The report as a GitLab Code Quality artifact."""

import hashlib

from rehabfacts.checker.findings import INCOMPLETE, Finding, findings, worst
from rehabfacts.checker.reports import Report
from rehabfacts.errors import shown
from rehabfacts.reports.json_texts import text_of
from rehabfacts.rules.rules import Severity

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # JSON has no colours
    """An array of the issues, the gravest first, without those that a baseline or an earlier state accepts."""
    return text_of([_issue(each) for each in worst([each for each in findings(report) if not each.is_old])], depth=1)


def _issue(finding: Finding) -> dict[str, object]:
    """GitLab tells issues of two runs apart by the fingerprint alone: it holds rule and facts, not text or line."""
    is_blocking = finding.rule == INCOMPLETE or (finding.is_problem and finding.fails)
    return {
        "description": shown(finding.told, 2_000), "check_name": shown(finding.rule, 250),
        "fingerprint": hashlib.sha256(f"{finding.rule}\0{finding.fingerprint}".encode("utf-8", "surrogatepass")).hexdigest()[:32],
        "severity": "blocker" if is_blocking else _SEVERITIES[finding.weight],
        "location": {"path": shown(finding.path, 1_000), "lines": {"begin": finding.line}},
    }  # fmt: skip
