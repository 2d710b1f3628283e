"""Only what fails the run, a line each, in the form that editors and build tools take for a mistake in a file."""

from rehabfacts.checker.findings import findings
from rehabfacts.checker.reports import Report
from rehabfacts.reports.text import escaped


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # one line is one mistake, whatever its colour
    """`path:line:column: severity: rule: what is wrong`; nothing at all where nothing fails."""
    told = (f"{each.path}:{each.line}:{each.column}: {each.severity}: {each.rule}: {each.told}" for each in findings(report) if each.fails)
    return "".join(f"{line}\n" for text in told for line in escaped(text))
