"""Baselines: violations that a project knows and accepts, in a file, for projects that have no history to compare with."""

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from rehabfacts.checker.reports import Report
from rehabfacts.checker.violations import Accepted
from rehabfacts.errors import InvalidInput, Problem

FORMAT = "rehabfacts baseline 1"
_PATIENCE = 10.0
"""Seconds to wait for another run that writes the same baseline."""


@attrs.frozen
class BaselineEntry:
    """An accepted violation: its fingerprint, and for whoever reads the file its rule and the facts of its conflict."""

    fingerprint: str
    rule: str
    facts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule} ({', '.join(self.facts)})" if self.facts else self.rule


@attrs.frozen
class Baseline:
    """The entries of a file."""

    path: str
    entries: tuple[BaselineEntry, ...]

    @classmethod
    def of(cls, path: str, report: Report) -> "Baseline":
        """What fails a report now, to be accepted from here on."""
        failing = (each for each in report.violations if report.fails(each))
        return cls(path, tuple(sorted((BaselineEntry(each.fingerprint, each.rule_id, each.conflict.facts) for each in failing), key=_order)))

    @classmethod
    def read(cls, path: str) -> "Baseline":
        """Reads a file. Raises InvalidInput (E-BASELINE) for one that is damaged or no baseline: it never counts as empty."""
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise _refused(path, f"cannot read the baseline: {error.strerror}") from None
        return cls.of_text(path, data)

    @classmethod
    def of_text(cls, path: str, data: bytes) -> "Baseline":
        """The baseline that stands in a file. Raises as `read` does."""
        try:
            return cls(path, _entries(json.loads(data.decode("utf-8")), path))
        except InvalidInput:
            raise
        except json.JSONDecodeError as error:
            raise _refused(path, "expected a baseline, found a damaged file or another kind", error.lineno, error.colno) from None
        except (ValueError, TypeError, KeyError, RecursionError):
            raise _refused(path, "expected a baseline, found a damaged file or another kind") from None

    def text(self) -> str:
        """The file's text: an entry a line, so that changes are seen."""
        lines = ",\n".join(f"  {json.dumps(attrs.asdict(each), ensure_ascii=False)}" for each in self.entries)
        entries = f"[\n{lines}\n ]" if lines else "[]"
        return f'{{\n "format": "{FORMAT}",\n "violations": {entries},\n "checksum": "{_checksum(self.entries)}"\n}}\n'

    def pruned(self, report: Report) -> "Baseline":
        """Without the entries that the report has no violation for."""
        known = {each.fingerprint for each in report.violations}
        return attrs.evolve(self, entries=tuple(each for each in self.entries if each.fingerprint in known))

    def applied(self, report: Report) -> Report:
        """The report with what the baseline holds accepted, and a warning for each entry that is stale."""
        known = {each.fingerprint: each.id for each in report.violations}
        accepted = {known[each.fingerprint]: Accepted(f"in the baseline {self.path}") for each in self.entries if each.fingerprint in known}
        stale = tuple(
            Problem("W-BASELINE", f"stale: {each} is not violated any more", "rehabfacts baseline prune", self.path)
            for each in self.entries if each.fingerprint not in known
        )  # fmt: skip
        return attrs.evolve(report, accepted={**accepted, **report.accepted}, problems=(*report.problems, *stale))

    def additions(self, before: "Baseline | None") -> tuple[str, ...]:
        """A sentence for each violation that it accepts and an earlier one did not."""
        known = {each.fingerprint for each in before.entries} if before else set()
        return tuple(f"baseline {self.path} accepts {each} now" for each in self.entries if each.fingerprint not in known)


@contextmanager
def locked(path: str, *, patience: float = _PATIENCE) -> Iterator[None]:
    """Keeps other runs from writing the baseline meanwhile. Raises InvalidInput (E-LOCK) if one does so for too long.

    It is the directory that is locked, so that nothing is left behind, whatever ends the run.
    """
    try:
        import fcntl  # noqa: PLC0415  # there is none on Windows, and no such locks
    except ImportError:
        yield
        return
    try:
        directory = os.open(Path(path).parent, os.O_RDONLY)
    except OSError as error:
        raise InvalidInput((Problem("E-WRITE", f"cannot write: {error.strerror}", "", path),)) from None
    until = time.monotonic() + patience
    try:
        while not _is_taken(fcntl, directory):
            if time.monotonic() > until:
                raise InvalidInput((Problem("E-LOCK", f"another run has been writing there for {patience:g} seconds", "wait for it to end", path),))
            time.sleep(0.05)
        yield
    finally:
        os.close(directory)


def _is_taken(fcntl: Any, directory: int) -> bool:
    try:
        fcntl.flock(directory, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _entries(document: Any, path: str) -> tuple[BaselineEntry, ...]:
    if document["format"] != FORMAT:
        raise _refused(path, f"expected {FORMAT!r}, found {str(document['format'])[:40]!r}")
    entries = tuple(BaselineEntry(str(each["fingerprint"]), str(each["rule"]), tuple(map(str, each["facts"]))) for each in document["violations"])
    if document["checksum"] != _checksum(entries):
        raise _refused(path, "expected a baseline as it was written, found one that was changed since")
    return entries


def _order(entry: BaselineEntry) -> tuple[Any, ...]:
    return entry.rule, entry.facts, entry.fingerprint


def _checksum(entries: Iterable[BaselineEntry]) -> str:
    text = json.dumps([attrs.asdict(each) for each in entries], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _refused(path: str, cause: str, line: int = 0, column: int = 0) -> InvalidInput:
    hint = "take it from where it was whole, or remove it and write it again with rehabfacts baseline write"
    return InvalidInput((Problem("E-BASELINE", cause, hint, path, line, column),))
