"""Two reports compared: which conflicts appear and vanish, which bounds move, which readings change their verdict."""

import attrs

from rehabfacts.checker.reports import Report, TightenedBound, Violation


@attrs.frozen
class MovedBound:
    """A variable whose tightened bounds differ; None where a report does not know the variable."""

    record: str
    name: str
    before: TightenedBound | None
    after: TightenedBound | None


@attrs.frozen(eq=False)
class Difference:
    """What the later report has and lacks beside the earlier one."""

    appeared: tuple[Violation, ...]
    vanished: tuple[Violation, ...]
    moved: tuple[MovedBound, ...]
    readings: tuple[tuple[str, str, str], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.appeared or self.vanished or self.moved or self.readings)


def compare(before: Report, after: Report) -> Difference:
    """What changed from one report to another; violations are matched by rule and facts, not by text or place."""
    old, new = ({each.id: each for each in report.violations} for report in (before, after))
    return Difference(
        tuple(each for name, each in new.items() if name not in old),
        tuple(each for name, each in old.items() if name not in new),
        _moved(before, after),
        _readings(before, after),
    )


def _moved(before: Report, after: Report) -> tuple[MovedBound, ...]:
    old, new = ({(each.record, each.name): each for each in report.bounds()} for report in (before, after))
    pairs = ((key, old.get(key), new.get(key)) for key in sorted({*old, *new}))
    return tuple(
        MovedBound(*key, one, two) for key, one, two in pairs if (one and one.tightened) != (two and two.tightened)
    )


def _readings(before: Report, after: Report) -> tuple[tuple[str, str, str], ...]:
    old, new = (
        {f"{each.ambiguity}={each.reading}": "refuted" if each.is_refuted else "possible" for each in report.readings}
        for report in (before, after)
    )
    return tuple((name, old.get(name, "not there"), new.get(name, "not there")) for name in {**old, **new} if old.get(name) != new.get(name))
