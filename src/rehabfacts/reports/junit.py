"""The report as JUnit XML: a rule is a test case, a pack a test suite, and the input a test case of its own."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET  # it only writes

from rehabfacts.checker.findings import Finding, findings
from rehabfacts.checker.judging import CUT_SHORT
from rehabfacts.checker.reports import Report
from rehabfacts.errors import shown

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST = 100


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # XML has no colours
    """A failure is a violation at or above the threshold; milder ones stand in `system-out`. Nothing is timed."""
    found = findings(report)
    suites: dict[str, list[ET.Element]] = {"input": [_input(report, [each for each in found if each.is_problem])]}
    for name, pack in _cases(report, found).items():
        own = [each for each in found if each.rule == name and not each.is_problem]
        suites.setdefault(pack, []).append(_case(report, name, pack, own))
    root = ET.Element("testsuites", name="rehabfacts")
    for pack, cases in suites.items():
        root.append(_suite(pack, cases))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    root.set("time", "0")
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _cases(report: Report, found: Sequence[Finding]) -> dict[str, str]:
    """Every demand and the pack it belongs to; `facts-agree` and rules that only findings name come last."""
    cases = {each.rule.id: each.rule.pack or "rules" for each in report.counts}
    return cases | {each.rule: "built-in" for each in found if each.rule not in cases and not each.is_problem}


def _suite(name: str, cases: Sequence[ET.Element]) -> ET.Element:
    suite = ET.Element("testsuite", name=_clean(name), tests=str(len(cases)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", "0")
    suite.extend(cases)
    return suite


def _input(report: Report, problems: Sequence[Finding]) -> ET.Element:
    case = ET.Element("testcase", classname="rehabfacts.input", name="the input was read and judged whole", time="0")
    texts = [_line(each) for each in problems if each.fails] + [*report.unfinished, *report.complaints]
    if not report.is_complete or report.complaints:
        error = ET.SubElement(case, "error", message=_clean(texts[0] if texts else "not everything was evaluated"), type="incomplete")
        error.text = _clean("\n".join(texts[:_MOST]))
    return case


def _case(report: Report, name: str, pack: str, own: Sequence[Finding]) -> ET.Element:
    case = ET.Element("testcase", classname=_clean(f"rehabfacts.{pack}"), name=_clean(name), time="0")
    failing, mild = [each for each in own if each.fails], [each for each in own if not each.fails]
    counts = next((each for each in report.counts if each.rule.id == name), None)
    if failing:
        case.set("file", _clean(failing[0].path))
        case.set("line", str(failing[0].line))
        more = f" (and {len(failing) - 1} more)" if len(failing) > 1 else ""
        failure = ET.SubElement(case, "failure", message=_clean(failing[0].says + more), type=str(failing[0].severity))
        failure.text = _text(failing)
    elif counts is not None and (cut := sum(counts.outcomes.get(outcome, 0) for outcome in CUT_SHORT)):
        ET.SubElement(case, "error", message=f"{cut} instances were not evaluated", type="incomplete")
    elif counts is not None and not counts.has_matched:
        ET.SubElement(case, "skipped", message="never matched")
    if mild:
        ET.SubElement(case, "system-out").text = _text(mild)
    return case


def _text(found: Sequence[Finding]) -> str:
    more = [f"… and {len(found) - _MOST} more; the JSON report has them all"] if len(found) > _MOST else []
    return _clean("\n".join([*map(_line, found[:_MOST]), *more]))


def _line(finding: Finding) -> str:
    return f"{finding.path}:{finding.line}:{finding.column}: {finding.severity}: {shown(finding.told, 4_000)} [{finding.rule if finding.is_problem else finding.fingerprint}]"


def _clean(text: str) -> str:
    """Without the characters that XML 1.0 has no way to write."""
    return _NOT_XML.sub("\ufffd", text)
