"""The report as Markdown for a comment on a pull request, as long as such a place takes."""

from rehabfacts.checker.reports import Report
from rehabfacts.reports import markdown

MOST = 65_000
"""In bytes: GitHub refuses comments of more than 65,536 characters."""


def write(report: Report, *, color: bool = False) -> str:  # noqa: ARG001  # Markdown has no colours
    """The Markdown report, cut where it is too long."""
    return cut(markdown.write(report), MOST)


def cut(text: str, most: int) -> str:
    """The text if it has at most so many bytes, else its whole lines that fit and one that says what is left out."""
    data = text.encode()
    if len(data) <= most:
        return text
    kept = data[: data.rindex(b"\n", 0, most - 200)].decode()
    left = text.count("\n", len(kept)) - 1
    return f"{kept}\n\n**Cut here: {left:,} more lines do not fit. The JSON report has everything.**\n"
