"""The report as Markdown for the summary of a step on GitHub, as long as such a place takes."""

from rehabfacts.checker.reports import Report
from rehabfacts.reports import markdown
from rehabfacts.reports.comment import cut

MOST = 900 * 1024
"""In bytes: GitHub refuses summaries of more than 1 MiB, and shows nothing of them."""


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # Markdown has no colours
    """The Markdown report, cut at a line where it is too long."""
    return cut(markdown.write(report), MOST)
