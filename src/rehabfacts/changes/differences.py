"""Two reports compared: which conflicts appear, vanish and move, which bounds do, which readings change their verdict."""

from collections.abc import Container

import attrs

from rehabfacts.checker.judging.clashes import clash
from rehabfacts.checker.reports import Report, TightenedBound
from rehabfacts.checker.violations import Violation
from rehabfacts.dataset import Dataset


@attrs.frozen
class MovedBound:
    """A variable whose tightened bounds differ; None where a report does not know the variable."""

    record: str
    name: str
    before: TightenedBound | None
    after: TightenedBound | None


@attrs.frozen(eq=False)
class MovedViolation:
    """A demand that is violated before and after, by other members, by another size, or with another weight."""

    before: Violation
    after: Violation


@attrs.frozen(eq=False)
class Difference:
    """What the later report has and lacks beside the earlier one.

    `gone` are facts that only the earlier one counts, each with those among them that it refers to.
    """

    appeared: tuple[Violation, ...]
    vanished: tuple[Violation, ...]
    changed: tuple[MovedViolation, ...]
    gone: tuple[tuple[str, tuple[str, ...]], ...]
    moved: tuple[MovedBound, ...]
    readings: tuple[tuple[str, str, str], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.appeared or self.vanished or self.changed or self.gone or self.moved or self.readings)


def compare(before: Report, after: Report, *, supposed: frozenset[str] = frozenset()) -> Difference:
    """What changed from one report to another; violations are matched by rule and facts, not by text or place.

    What only says that the quote does not hold what is `supposed` (`FACT.field`) does not count as appeared.
    """
    old, new = ({each.fingerprint: each for each in report.violations} for report in (before, after))
    return Difference(
        tuple(each for name, each in new.items() if name not in old and not _is_on_quote(each, supposed)),
        tuple(each for name, each in old.items() if name not in new),
        tuple(MovedViolation(old[name], each) for name, each in new.items() if name in old and _weight(old[name]) != _weight(each)),
        _gone(before.dataset, after.dataset),
        moved_bounds(before, after),
        changed_readings(before, after),
    )


def _is_on_quote(violation: Violation, supposed: frozenset[str]) -> bool:
    headline = violation.conflict.headline
    return headline is not None and headline.rule.pack == "built-in" and not supposed.isdisjoint(headline.binding)


def _gone(before: Dataset, after: Dataset) -> tuple[tuple[str, tuple[str, ...]], ...]:
    names = before.facts.keys() - after.facts.keys()
    return tuple((name, tuple(part for part in before.parts_of(before.facts[name]) if part in names)) for name in sorted(names))


def _weight(violation: Violation) -> tuple[object, ...]:
    """What a reader is told of a violation, apart from words and places."""
    return violation.severity, violation.is_doubtful, sorted(violation.conflict.facts), clash(violation.world.grounding, violation.conflict.proof)


def moved_bounds(before: Report, after: Report, *, within: Container[str] | None = None) -> tuple[MovedBound, ...]:
    """The variables whose tightened bounds differ, of all records or of those `within`."""
    old, new = ({(each.record, each.name): each for each in report.bounds() if within is None or each.record in within} for report in (before, after))
    pairs = ((key, old.get(key), new.get(key)) for key in sorted({*old, *new}))
    return tuple(MovedBound(*key, one, two) for key, one, two in pairs if (one and one.tightened) != (two and two.tightened))


def changed_readings(before: Report, after: Report, *, within: Container[str] | None = None) -> tuple[tuple[str, str, str], ...]:
    """The readings with another verdict than before, with both; of all passages or of those with facts `within`."""
    old, new = (_readings(report, within) for report in (before, after))
    return tuple((name, old.get(name, "not there"), new.get(name, "not there")) for name in {**old, **new} if old.get(name) != new.get(name))


def _readings(report: Report, within: Container[str] | None) -> dict[str, str]:
    names = {
        passage.name for passage in report.dataset.ambiguities
        if within is None or any(name in within for name in passage.fact_ids)
    }  # fmt: skip
    return {f"{each.ambiguity}={each.reading}": each.verdict for each in report.readings if each.ambiguity in names}
