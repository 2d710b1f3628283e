"""Findings: what a report says was wrong, one value each with a place, for formats that know only places and messages."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs

from rehabfacts.checker.judging.judging import CUT_SHORT
from rehabfacts.checker.reports import Report
from rehabfacts.checker.stories import Story, tell
from rehabfacts.checker.violations import Violation
from rehabfacts.errors import Problem
from rehabfacts.origins import Origin
from rehabfacts.plain import plain
from rehabfacts.rules.rules import Severity


@plain
class Step:
    """A statement that a finding rests on, and where it is written."""

    says: str
    path: str
    line: int
    column: int


@attrs.frozen
class Finding:
    """A violation or a mistake of the input. Path, line and column (from 1) are always there.

    `says` is one sentence, `detail` how it comes about; `steps` are the members of a conflict in the order of its chain.
    `accepted` says why it does not fail the run, if it was accepted, `is_waived` whether a waiver says so; `since` what became of it
    since an earlier state.
    """

    rule: str
    severity: Severity
    says: str
    detail: str
    path: str
    line: int
    column: int
    fingerprint: str
    steps: tuple[Step, ...] = ()
    fails: bool = True
    is_problem: bool = False
    accepted: str = ""
    is_waived: bool = False
    since: str = ""

    @property
    def is_old(self) -> bool:
        """Whether it was accepted without a reason of its own: formats that mark lines leave it out."""
        return bool(self.accepted) and not self.is_waived

    @property
    def weight(self) -> Severity:
        """How much attention it asks for: what is accepted, little."""
        return Severity.NOTE if self.accepted else self.severity

    @property
    def told(self) -> str:
        """All of it as one text, what was accepted with the reason."""
        return " ".join(filter(None, (self.says, self.detail, self.accepted and f"Accepted: {self.accepted}")))


MOST = 5_000
"""As many findings as a format for other tools holds: GitHub shows no more of a run."""


def findings(report: Report) -> list[Finding]:
    """What was altered in the policy, the mistakes of the input, what was not judged, what else fails the run, the violations.

    The gravest come first, accepted ones last.
    """
    somewhere = _somewhere(report)
    found = [
        *_altered(report, somewhere),
        *(_problem(each, somewhere) for each in report.problems),
        *(_beside(INCOMPLETE, each, somewhere) for each in _not_judged(report)),
        *(_beside("holds-when-merged", each, somewhere) for each in report.objections),
        *(_violation(report, each, somewhere) for each in report.violations),
    ]
    return _told_apart(sorted(found, key=lambda each: (-each.weight, bool(each.accepted))))


def _not_judged(report: Report) -> Iterator[str]:
    yield from (*report.unfinished, *report.complaints)
    for each in report.counts:
        if cut := sum(each.outcomes.get(outcome, 0) for outcome in CUT_SHORT):
            yield f"{cut} of {each.instances} instances of {each.rule.id} were not evaluated."


INCOMPLETE = "incomplete"
"""The rule under which it is told that something was not read or judged."""


def worst(found: Sequence[Finding], most: int = MOST) -> list[Finding]:
    """The first of them, so many at most; where there are more, the last one says so, as grave as the gravest left out."""
    if len(found) <= most:
        return list(found)
    kept, left = found[: most - 1], found[most - 1 :]
    says = f"{len(left):,} of {len(found):,} findings are left out here; the JSON report has them all."
    fails = any(each.fails for each in left)
    return [*kept, Finding("more-findings", max(each.weight for each in left), says, "", left[0].path, 1, 1, "more-findings", fails=fails)]


def _told_apart(found: Iterable[Finding]) -> list[Finding]:
    """Each with a fingerprint of its own: mistakes of one kind are counted through."""
    times: dict[tuple[str, str], int] = {}
    told = []
    for each in found:
        twin = times[each.rule, each.fingerprint] = times.get((each.rule, each.fingerprint), -1) + 1
        told.append(attrs.evolve(each, fingerprint=f"{each.fingerprint}-{twin}") if twin else each)
    return told


def _print(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _beside(rule: str, says: str, somewhere: str) -> Finding:
    """What fails a run though it is no violation."""
    return Finding(rule, Severity.ERROR, says, "", somewhere, 1, 1, _print(rule, says), is_problem=rule == INCOMPLETE)


def _altered(report: Report, somewhere: str) -> Iterator[Finding]:
    since = report.since
    for each in since.policy if since else ():
        is_allowed = since is not None and since.is_allowed
        severity = Severity.NOTE if is_allowed else Severity.ERROR
        yield Finding("policy-as-in-base", severity, f"Policy changed: {each}.", "", somewhere, 1, 1, _print("policy-as-in-base", each), fails=not is_allowed)


def _somewhere(report: Report) -> str:
    """Where to point for what has no place of its own: the first file that was read."""
    return _relative(min(report.digests, default="") or next(iter(report.settings.paths), "") or "facts")


def _relative(path: str) -> str:
    """A path as seen from the working directory, with slashes; as it is where it lies outside."""
    file, here = Path(path), Path.cwd()
    return (file.relative_to(here) if file.is_relative_to(here) else file).as_posix()


def _place(origin: Origin | Problem, somewhere: str) -> tuple[str, int, int]:
    return (_relative(origin.path), max(1, origin.line), max(1, origin.column)) if origin.path else (somewhere, 1, 1)


def _problem(problem: Problem, somewhere: str) -> Finding:
    path, line, column = _place(problem, somewhere)
    severity = Severity.WARNING if problem.is_warning else Severity.ERROR
    says = problem.cause + (f" ({problem.hint})" if problem.hint else "")
    fingerprint = _print(problem.code, problem.cause, path)
    return Finding(problem.code, severity, says, "", path, line, column, fingerprint, fails=not problem.is_warning, is_problem=True)


def _violation(report: Report, violation: Violation, somewhere: str) -> Finding:
    story, acceptance = tell(violation), report.accepted.get(violation.id)
    path, line, column = _place(story.origin, somewhere)
    severity = Severity.NOTE if violation.is_doubtful and not report.fails(violation) else violation.severity
    steps = tuple(Step(_told(each.says, each.quote), *_place(each.origin, somewhere)) for each in story.members)
    return Finding(
        violation.rule_id, severity, story.says, " ".join(_details(story)), path, line, column, violation.id, steps,
        fails=report.fails(violation), accepted=acceptance.says if acceptance else "", is_waived=acceptance is not None and acceptance.waiver is not None,
        since=report.since.classes.get(violation.id, "") if report.since else "",
    )  # fmt: skip


def _told(says: str, quote: str | None) -> str:
    return f"{says} “{quote}”" if quote else says


def _details(story: Story) -> Iterator[str]:
    if story.members:
        yield "; ".join(each.says for each in story.members[:12]) + (f"; and {len(story.members) - 12} more" if len(story.members) > 12 else "") + "."
    else:
        headline = story.violation.conflict.headline
        yield f"{', '.join(story.violation.conflict.facts if headline is None else headline.binding)}."
    if story.beside:
        yield f"Together with {', '.join(rule.id for rule in story.beside)}."
    if story.conventions:
        yield f"Under {', '.join(story.conventions)}."
    if story.parameters:
        yield f"With {', '.join(story.parameters)}."
    yield from (text for text in (story.note, story.clash) if text)
    if story.violation.way_out:
        yield f"Another reading is possible: {', '.join(story.violation.way_out)}."
    if story.doubt:
        yield story.doubt
