"""Waivers applied to a report: which violations they cover, and what is wrong with a waiver itself."""

from collections.abc import Iterator, Mapping, Sequence

import attrs

from rehabfacts.checker.judging.clashes import clash_size
from rehabfacts.checker.reports import Report
from rehabfacts.checker.violations import Accepted, Violation
from rehabfacts.dates import Date
from rehabfacts.errors import Problem
from rehabfacts.loading.waivers import Waiver


def apply_waivers(report: Report, waivers: Sequence[Waiver]) -> Report:
    """The report with what is waived accepted, and a warning for each waiver that covers nothing or no longer should.

    Whether one has ended is judged by the day `settings.today` alone; without it that is told, and none ends.
    """
    today = report.settings.today
    accepted: dict[str, Accepted] = {}
    problems: list[Problem] = []
    for waiver in waivers:
        violation, complaint = _covered(report, waiver, accepted)
        if violation is not None:
            accepted[violation.id] = Accepted(str(waiver), waiver)
        problems += [complaint] if complaint else _review(waiver, today)
    ending = [each for each in waivers if each.until or each.review]
    if ending and today is None:
        cause = f"whether waivers have ended was not judged ({len(ending)} have an end)"
        problems.append(_problem(ending[0], "W-WAIVER-TODAY", cause, "give the day as today, or with --today"))
    return attrs.evolve(report, waivers=tuple(waivers), accepted={**report.accepted, **accepted}, problems=(*report.problems, *problems))


def waiver_changes(before: Sequence[Waiver], after: Sequence[Waiver]) -> tuple[str, ...]:
    """A sentence for each waiver that is new or has another reason, end or clash than it had."""
    return tuple(f"waiver of {each.what} was added or changed: {each.reason}" for each in after if each not in before)


def size_of(violation: Violation) -> str:
    """By how much a violation clashes, as a waiver records it; empty where nothing is counted."""
    size = clash_size(violation.world.grounding, violation.conflict.proof)
    return "" if size is None else str(size)


def members_of(violation: Violation) -> tuple[str, ...]:
    """The facts of a violation; where it takes none, the records that its rule is bound to."""
    headline = violation.conflict.headline
    return violation.conflict.facts or (() if headline is None else headline.binding)


def _covered(report: Report, waiver: Waiver, accepted: Mapping[str, Accepted]) -> tuple[Violation | None, Problem | None]:
    """The violation that a waiver covers, or else why it covers none."""
    found = [each for each in report.violations if _is_meant(waiver, each)]
    if not found:
        return None, _stale(report, waiver)
    if len(found) > 1:
        return None, _problem(waiver, "W-WAIVER-BROAD", f"{waiver.what} means {len(found)} violations", "give the id of one under violation")
    refusal = _refusal(waiver, found[0], accepted, report.settings.today)
    return (found[0] if refusal is None else None), refusal


def _refusal(waiver: Waiver, violation: Violation, accepted: Mapping[str, Accepted], today: Date | None) -> Problem | None:
    """Why a waiver does not cover the violation that it means."""
    size = clash_size(violation.world.grounding, violation.conflict.proof)
    if not waiver.rule or set(waiver.facts) != set(members_of(violation)) or (waiver.clash is None and size is not None):
        return _broad(waiver, violation)
    if violation.id in accepted:
        return _problem(waiver, "W-WAIVER-STALE", f"{waiver.what} is waived already", "keep one of the two")
    if size is not None and waiver.clash is not None and not waiver.clash.covers(size):
        return _problem(waiver, "W-WAIVER-EXCEEDED", f"{waiver.what} is waived for {waiver.clash}, and clashes by {size} now", "look at it again")
    if _has_passed(waiver.until, today):
        return _problem(waiver, "W-WAIVER-EXPIRED", f"the waiver of {waiver.what} ended on {waiver.until}", "mend the facts, or decide again")
    return None


def _is_meant(waiver: Waiver, violation: Violation) -> bool:
    """Whether a waiver means a violation: by its id; else by its rule, and facts that are all members of it."""
    if waiver.violation is not None:
        return waiver.violation == violation.id and waiver.rule in {None, violation.rule_id}
    return waiver.rule == violation.rule_id and set(waiver.facts) <= set(members_of(violation))


def _stale(report: Report, waiver: Waiver) -> Problem | None:
    """Nothing is said of a run that was cut short: what it did not find may be there."""
    if not report.is_complete:
        return None
    return _problem(waiver, "W-WAIVER-STALE", f"{waiver.what} is not violated", "take the waiver out")


def _broad(waiver: Waiver, violation: Violation) -> Problem:
    facts, size = ", ".join(members_of(violation)), size_of(violation)
    hint = f"write rule: {violation.rule_id}, facts: [{facts}]" + (f", clash: {size}" if size else "")
    return _problem(waiver, "W-WAIVER-BROAD", f"expected the rule, the members and the clash that are accepted, found {waiver.what}", hint)


def _review(waiver: Waiver, today: Date | None) -> Iterator[Problem]:
    if _has_passed(waiver.review, today):
        yield _problem(waiver, "W-WAIVER-REVIEW", f"the waiver of {waiver.what} was to be reviewed on {waiver.review}", "give it another day, or take it out")


def _has_passed(end: Date | None, today: Date | None) -> bool:
    return end is not None and today is not None and end.latest is not None and today.latest is not None and end.latest < today.latest


def _problem(waiver: Waiver, code: str, cause: str, hint: str) -> Problem:
    return Problem(code, cause, hint, waiver.origin.path, waiver.origin.line, waiver.origin.column)
