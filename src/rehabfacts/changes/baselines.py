"""Baselines: violations that a project knows and accepts, in a file, for projects that have no history to compare with."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import attrs

from rehabfacts.checker.reports import Acceptance, Report
from rehabfacts.errors import InvalidInput, Problem

FORMAT = "rehabfacts baseline 1"


@attrs.frozen
class BaselineEntry:
    """An accepted violation: its id, its rule, and the facts of its conflict for whoever reads the file."""

    id: str
    rule: str
    facts: tuple[str, ...]


@attrs.frozen
class Baseline:
    """The entries of a file."""

    path: str
    entries: tuple[BaselineEntry, ...]

    @classmethod
    def of(cls, path: str, report: Report) -> "Baseline":
        """What fails a report now, as it would be accepted from here on."""
        failing = (each for each in report.violations if report.fails(each))
        return cls(path, tuple(sorted((BaselineEntry(each.id, each.rule_id, each.conflict.facts) for each in failing), key=_order)))

    @classmethod
    def read(cls, path: str) -> "Baseline":
        """Reads a file. Raises InvalidInput (E-BASELINE) for one that is damaged or no baseline: it never counts as empty."""
        try:
            document = json.loads(Path(path).read_text(encoding="utf-8"))
            entries = tuple(BaselineEntry(str(each["id"]), str(each["rule"]), tuple(map(str, each["facts"]))) for each in document["violations"])
            is_whole = document["format"] == FORMAT and document["checksum"] == _checksum(entries)
        except OSError as error:
            raise _refused(path, f"cannot read the baseline: {error.strerror}") from None
        except (ValueError, TypeError, KeyError, RecursionError):
            raise _refused(path, "expected a baseline, found a damaged file or another kind") from None
        if not is_whole:
            raise _refused(path, "expected a baseline as it was written, found one that was changed since or is of another version")
        return cls(path, entries)

    def text(self) -> str:
        """The file's text: an entry a line, so that changes are seen."""
        lines = ",\n".join(f"  {json.dumps(attrs.asdict(each), ensure_ascii=False)}" for each in self.entries)
        entries = f"[\n{lines}\n ]" if lines else "[]"
        return f'{{\n "format": "{FORMAT}",\n "violations": {entries},\n "checksum": "{_checksum(self.entries)}"\n}}\n'

    def pruned(self, report: Report) -> "Baseline":
        """Without the entries that the report has no violation for."""
        known = {each.id for each in report.violations}
        return attrs.evolve(self, entries=tuple(each for each in self.entries if each.id in known))

    def applied(self, report: Report) -> Report:
        """The report with what the baseline holds accepted, and a warning for each entry that is stale."""
        known = {each.id for each in report.violations}
        accepted = {each.id: Acceptance(f"in the baseline {self.path}") for each in self.entries if each.id in known}
        stale = tuple(
            Problem("W-BASELINE", f"stale: {each.rule} ({', '.join(each.facts)}) is not violated any more", "rehabfacts baseline prune", self.path)
            for each in self.entries if each.id not in known
        )  # fmt: skip
        return attrs.evolve(report, accepted={**accepted, **report.accepted}, problems=(*report.problems, *stale))


def _order(entry: BaselineEntry) -> tuple[Any, ...]:
    return entry.rule, entry.facts, entry.id


def _checksum(entries: Iterable[BaselineEntry]) -> str:
    text = json.dumps([attrs.asdict(each) for each in entries], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _refused(path: str, cause: str) -> InvalidInput:
    return InvalidInput((Problem("E-BASELINE", cause, "write it again with rehabfacts baseline write", path),))
