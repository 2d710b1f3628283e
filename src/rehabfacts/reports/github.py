"""The report as workflow commands of GitHub Actions, which become annotations of the changed lines.

GitHub shows ten errors, ten warnings and ten notices of a step; all are in the log, whose last lines say how many there are.
"""

from rehabfacts.checker.findings import Finding, findings, worst
from rehabfacts.checker.reports import Report
from rehabfacts.errors import shown
from rehabfacts.rules.rules import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_SHOWN = 10


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # a log command has no colours
    """A command for each finding, without those that a baseline or an earlier state accepts; then what GitHub will not show, and the counts."""
    found = [each for each in findings(report) if not each.is_old]
    tally = {word: sum(each.weight is kind for each in found) for kind, word in _COMMANDS.items()}
    hidden = [f"{count - _SHOWN} {word}s" for word, count in tally.items() if count > _SHOWN]
    lines = [f"rehabfacts: GitHub shows ten annotations of a kind; in this log alone: {', '.join(hidden)}"] if hidden else []
    counts = ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for word, count in tally.items())
    state = "complete" if report.is_complete else "incomplete: not everything was read and judged"
    return "\n".join([*map(_command, worst(found)), *lines, f"rehabfacts: {counts}; {state}"]) + "\n"


def _command(finding: Finding) -> str:
    where = f"file={_property(finding.path)},line={finding.line},col={finding.column},title={_property(finding.rule if finding.is_problem else f'{finding.rule} [{finding.fingerprint}]')}"
    steps = "\n".join(shown(f"{each.path}:{each.line}: {each.says}", 500) for each in finding.steps[:20])
    accepted = f"Accepted: {shown(finding.accepted, 500)}" if finding.accepted else ""
    told = " ".join(filter(None, (shown(finding.says, 500), shown(finding.detail, 2_000), accepted)))
    return f"::{_COMMANDS[finding.weight]} {where}::{_message(told + chr(10) + steps)}"


def _message(text: str) -> str:
    """A text as the commands take it; older forms of them, which a runner would find inside a line too, are broken."""
    return text.strip().replace("##", "# #").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(shown(text, 250)).replace(":", "%3A").replace(",", "%2C")
