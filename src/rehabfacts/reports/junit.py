"""The report as JUnit XML: a rule is a test case, a pack a test suite, and the input a test case of its own."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET  # it only writes

from rehabfacts.checker.findings import Finding, findings
from rehabfacts.checker.judging.judging import CUT_SHORT
from rehabfacts.checker.reports import Report
from rehabfacts.checker.violations import FACTS_AGREE
from rehabfacts.errors import shown

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COMMAND = re.compile("(?<=#)#|:(?=:)")
_MOST = 100


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # XML has no colours
    """A failure is a violation at or above the threshold; milder ones stand in `system-out`. Nothing is timed."""
    found = findings(report)
    suites: dict[str, list[ET.Element]] = {"input": [_input([each for each in found if each.is_problem])]}
    for name, pack in _cases(report, found).items():
        own = [each for each in found if each.rule == name and not each.is_problem]
        suites.setdefault(pack, []).append(_case(report, name, pack, own))
    root = ET.Element("testsuites", name="rehabfacts")
    for pack, cases in suites.items():
        root.append(_suite(pack, cases))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    root.set("time", "0")
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + _COMMAND.sub(_reference, ET.tostring(root, encoding="unicode")) + "\n"


def _reference(match: re.Match[str]) -> str:
    """A character as a reference, which no log takes for a part of a command."""
    return f"&#{ord(match.group())};"


def _cases(report: Report, found: Sequence[Finding]) -> dict[str, str]:
    """Every demand and the pack it belongs to; `facts-agree` and what else fails a run come last."""
    cases = {each.rule.id: each.rule.pack or "rules" for each in report.counts} | {FACTS_AGREE: "built-in"}
    return cases | {each.rule: "built-in" for each in found if each.rule not in cases and not each.is_problem}


def _suite(name: str, cases: Sequence[ET.Element]) -> ET.Element:
    suite = ET.Element("testsuite", name=_clean(name), tests=str(len(cases)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", "0")
    suite.extend(cases)
    return suite


def _input(problems: Sequence[Finding]) -> ET.Element:
    case = ET.Element("testcase", classname="rehabfacts.input", name="the input was read and judged whole", time="0")
    failing, mild = [each for each in problems if each.fails], [each for each in problems if not each.fails]
    if failing:
        ET.SubElement(case, "error", message=_clean(failing[0].says), type="incomplete").text = _text(failing)
    if mild:
        ET.SubElement(case, "system-out").text = _text(mild)
    return case


def _case(report: Report, name: str, pack: str, own: Sequence[Finding]) -> ET.Element:
    case = ET.Element("testcase", classname=_clean(f"rehabfacts.{pack}"), name=_clean(name), time="0")
    failing, mild = [each for each in own if each.fails], [each for each in own if not each.fails]
    counts = next((each for each in report.counts if each.rule.id == name), None)
    if failing:
        more = f" (and {len(failing) - 1} more)" if len(failing) > 1 else ""
        failure = ET.SubElement(case, "failure", message=_clean(failing[0].says) + more, type=str(failing[0].severity))
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
    return "\n".join(map(_clean, [*map(_line, found[:_MOST]), *more]))


def _line(finding: Finding) -> str:
    name = shown(finding.rule) if finding.is_problem else finding.fingerprint
    return f"{shown(finding.path, 1_000)}:{finding.line}:{finding.column}: {finding.severity}: {shown(finding.told, 3_000)} [{name}]"


def _clean(text: str) -> str:
    """One line, in which what XML 1.0 has no way to write is shown as an escape."""
    return _NOT_XML.sub(lambda match: f"\\u{ord(match.group()):04X}", shown(text, 5_000))
