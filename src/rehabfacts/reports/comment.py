"""The report as Markdown for a comment on a pull request or the summary of a step: as much as such a place takes."""

from rehabfacts.checker.reports import Report
from rehabfacts.reports import markdown

MOST = 65_000
"""GitHub refuses comments of more than 65,536 characters."""


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # Markdown has no colours
    """The Markdown report, cut after a whole section where it is too long; the last line then says what is left out."""
    text = markdown.write(report)
    if len(text) <= MOST:
        return text
    end = text.rfind("\n## ", 0, MOST - 200)
    kept = text[: end if end > 0 else text.rfind("\n", 0, MOST - 200)]
    left = text.count("\n## ", len(kept))
    return f"{kept}\n\n**Cut here: {left} more sections do not fit. The JSON report has everything.**\n"
