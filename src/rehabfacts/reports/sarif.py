"""The report as SARIF 2.1.0 (OASIS, 2020): a result for each conflict, its other members as related locations and as a code flow.

GitHub takes 5,000 results of a run, 1,000 locations of a result, 10 tags of a rule, and files of 10 MB: what is beyond is
left out, the mildest first, and a result and a notification say how many.
"""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from rehabfacts.checker.findings import Finding, Step, findings, worst
from rehabfacts.checker.reports import Report
from rehabfacts.errors import shown
from rehabfacts.reports.json_texts import text_of
from rehabfacts.rules.rules import Severity

_MOST_BYTES = 10_000_000
_MOST_STEPS = 999
"""One location of the thousand is that of the result itself."""

_BASELINE_STATES = {"persisting": "unchanged", "moved": "updated"}
"""What is neither is new, as what became certain is. What a change fixed is no result: readers that know no states would show it."""

Document = dict[str, Any]


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # JSON has no colours
    """One run, the same to the byte for the same input."""
    found = findings(report)
    kept = worst(found)
    text = _log(report, kept, len(found))
    while (size := len(text.encode())) > _MOST_BYTES and len(kept) > 1:
        kept = worst(found, max(1, len(kept) * _MOST_BYTES * 9 // (size * 10)))
        text = _log(report, kept, len(found))
    return text


def _log(report: Report, kept: Sequence[Finding], found: int) -> str:
    rules = _rules(report, kept)
    place = {rule["id"]: at for at, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {
            "name": "rehabfacts", "semanticVersion": version("rehabfacts"), "informationUri": "https://pypi.org/project/rehabfacts/", "rules": rules,
        }},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": report.is_complete, "exitCode": report.exit_status, "toolExecutionNotifications": _notifications(report, kept, found)}],
        "results": [_result(each, place[each.rule]) for each in kept],
    }  # fmt: skip
    return text_of({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}, depth=4)


def _rules(report: Report, found: Sequence[Finding]) -> list[Document]:
    """Every rule that found something, in the order of their ids, with what it says and why."""
    known = {rule.id: rule for rule in (*report.rules, *(each.rule for each in report.counts))}
    graves: dict[str, Severity] = {}
    for each in found:
        graves[each.rule] = max(each.severity, graves.get(each.rule, Severity.NOTE))
    described = []
    for name, severity in sorted(graves.items()):
        entry: Document = {"id": name, "defaultConfiguration": {"level": str(severity)}}
        rule = known.get(name)
        if rule is not None:
            entry["shortDescription"] = {"text": _text(rule.sentence)}
            entry["fullDescription"] = {"text": _text(str(rule.why) or rule.sentence)}
            entry["help"] = {"text": _text(f"{rule.sentence} {rule.why} {rule.mode.value}: {rule.formula}")}
            entry["properties"] = {"tags": [rule.pack]} if rule.pack else {}
        described.append(entry)
    return described


def _notifications(report: Report, kept: Sequence[Finding], found: int) -> list[Document]:
    texts = [*report.unfinished, *report.complaints, *([kept[-1].says] if len(kept) < found else [])]
    return [{"level": "error", "message": {"text": _text(text)}} for text in texts]


def _result(finding: Finding, rule: int) -> Document:
    result: Document = {
        "ruleId": finding.rule, "ruleIndex": rule, "level": str(finding.severity),
        "message": {"text": _text(f"{finding.says} {finding.detail}".strip())},
        "locations": [_location(finding.path, finding.line, finding.column)],
        "partialFingerprints": {"rehabfacts/v1": finding.fingerprint, "primaryLocationLineHash": finding.fingerprint},
    }  # fmt: skip
    if finding.since:
        result["baselineState"] = _BASELINE_STATES.get(finding.since, "new")
    if finding.accepted:
        result["suppressions"] = [{"kind": "inSource" if finding.is_waived else "external", "status": "accepted", "justification": shown(finding.accepted, 1_000)}]
    steps = finding.steps[:_MOST_STEPS]
    if len(steps) > 1:
        result["relatedLocations"] = [{"id": at, **_step(each)} for at, each in enumerate(steps, 1)]
        result["codeFlows"] = [{"threadFlows": [{"locations": [{"location": _step(each)} for each in steps]}]}]
    if left := len(finding.steps) - len(steps):
        result["message"]["text"] += f" {left:,} of its {len(finding.steps):,} members are left out here; the JSON report has them all."
    return result


def _step(step: Step) -> Document:
    return {**_location(step.path, step.line, step.column), "message": {"text": _text(step.says)}}


def _location(path: str, line: int, column: int) -> Document:
    where: Document = {"artifactLocation": {"uri": _uri(path)}, "region": {"startLine": line, "startColumn": column}}
    return {"physicalLocation": where}


def _uri(path: str) -> str:
    """A relative reference below the root of the repository, or a file URI for a path outside it."""
    return ("file://" if path.startswith("/") else "") + quote(path, safe="/", errors="surrogatepass")


def _text(text: str) -> str:
    """Plain text as SARIF has it: brackets, which would begin a link, are escaped."""
    return shown(text, 4_000).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
