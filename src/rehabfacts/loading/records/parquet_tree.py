"""Parquet to a tree: one mapping a row, whose line is the number of the row. DuckDB reads it in a process of its own."""

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from typing import IO, TYPE_CHECKING, Any

from rehabfacts.errors import MissingExtra, Problem, shown
from rehabfacts.loading.nodes import Listing, Mapping, Node, Text
from rehabfacts.loading.records.csv_tree import MOST_COLUMNS
from rehabfacts.loading.records.opening import MOST_EXPANDED, Opened
from rehabfacts.loading.records.parquet_footer import Footer, InvalidFooter, read_footer

if TYPE_CHECKING:
    from rehabfacts.loading.yaml_tree import Limits

MOST_ROWS = 1_000_000
MOST_NESTED = 8
_SECONDS = 60
_DAMAGED = "expected a Parquet file, found a damaged one or something else"
_CURE = "write it again from where it came"
_BEFORE_CHRIST = re.compile(r"(\d+)(-\d\d-\d\d.*) \(BC\)")


def read_parquet(data: bytes, path: str, limits: "Limits", *, is_pinned: bool) -> Opened:
    """The rows of a file's bytes. Raises MissingExtra where DuckDB is not installed."""
    try:
        footer = read_footer(data)
    except InvalidFooter as error:
        return Opened(problems=[Problem("E-PARQUET", f"{_DAMAGED}: {error}", _CURE, path)])
    problem = _limit_problem(footer, path) or _header_problem(footer, path)
    if problem is not None:
        return Opened(problems=[problem])
    if find_spec("duckdb") is None:
        raise MissingExtra("reading Parquet", "duckdb")
    rows, problem = _rows(data, footer, path, limits)
    if problem is not None:
        return Opened(problems=[problem])
    problems = [] if is_pinned else [Problem("W-UNPINNED", "expected the digest of these records, since damage to Parquet can pass unseen", "pin it: sha256", path)]
    if not rows:
        problems.append(Problem("W-EMPTY", "expected rows, found none", "", path))
    return Opened(Listing(1, 1, rows), footer.columns, problems)


def _limit_problem(footer: Footer, path: str) -> Problem | None:
    if max(len(footer.columns), footer.leaves) > MOST_COLUMNS:
        return Problem("E-LIMIT-COLS", f"expected at most {MOST_COLUMNS:,} columns, found {footer.leaves:,}", "", path)
    if footer.nested > MOST_NESTED:
        return Problem("E-PARQUET-NESTED", f"expected at most {MOST_NESTED} lists in each other, found {footer.nested}", "flatten it", path)
    if footer.rows > MOST_ROWS:
        return Problem("E-LIMIT-EXPAND", f"expected at most {MOST_ROWS:,} rows, found {footer.rows:,}", "split the file", path)
    if footer.expanded > MOST_EXPANDED:
        return Problem("E-LIMIT-EXPAND", f"expected a file that comes to at most {MOST_EXPANDED:,} bytes, found {footer.expanded:,}", "split the file", path)
    return None


def _header_problem(footer: Footer, path: str) -> Problem | None:
    seen: dict[str, str] = {}
    for name in footer.columns:
        twin = seen.setdefault(name.casefold(), name)
        if twin is not name:
            cause = f"expected columns of different names, found {shown(name)!r} beside {shown(twin)!r}"
            return Problem("E-CSV-HEADER", cause, "rename one", path)
    return None


def _rows(data: bytes, footer: Footer, path: str, limits: "Limits") -> tuple[list[Node], Problem | None]:
    """The rows that the child tells; whatever goes wrong there, the file is not used."""
    with tempfile.TemporaryDirectory(prefix="rehabfacts-") as folder:
        copy = os.path.join(folder, "records.parquet")
        with open(copy, "wb") as file:
            file.write(data)
        child = os.path.join(os.path.dirname(__file__), "parquet_child.py")
        command = [sys.executable, "-I", child, copy, str(len(footer.columns))]
        environment = {"PATH": os.defpath, "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
        with subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603  # ours
            alarm = threading.Timer(_SECONDS, process.kill)
            alarm.start()
            try:
                return _told(process, footer, path, limits)
            finally:
                alarm.cancel()
                process.kill()


def _told(process: "subprocess.Popen[bytes]", footer: Footer, path: str, limits: "Limits") -> tuple[list[Node], Problem | None]:
    lines = _Lines(process.stdout)
    rows: list[Node] = []
    try:
        first = next(lines, None)
        kinds = json.loads(first) if first is not None else []
        for line in lines:
            number = len(rows) + 1
            values = json.loads(line)
            if any(value is not None and len(value) > limits.scalar_length for value in values):
                return [], Problem("E-LIMIT-FIELD", f"expected values of at most {limits.scalar_length} characters, found a longer one", "", path, number)
            entries = {name: _value(value, kind, number) for name, value, kind in zip(footer.columns, values, kinds, strict=True)}
            rows.append(Mapping(number, 1, entries, dict))
    except OverflowError:
        return [], Problem("E-LIMIT-EXPAND", f"expected records that come to at most {MOST_EXPANDED:,} bytes, found more", "split the file", path)
    except ValueError:
        return [], Problem("E-PARQUET", _DAMAGED, _CURE, path)
    if process.wait() != 0 or first is None or len(rows) != footer.rows:
        return [], Problem("E-PARQUET", _DAMAGED, _CURE, path)
    return rows, None


class _Lines:
    """The lines of the child, up to a number of bytes. Raises OverflowError beyond."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        self._stream, self._left = stream, MOST_EXPANDED

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        line = self._stream.readline(self._left + 1) if self._stream is not None else b""
        self._left -= len(line)
        if self._left < 0:
            raise OverflowError
        if not line:
            raise StopIteration
        return line


def _value(value: str | None, kind: str, row: int) -> Node:
    if value is None:
        return Text("null", row, 1, is_plain=True)
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
        return _nested(json.loads(value, parse_int=str, parse_float=str, parse_constant=str), row)
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        value = _iso(value)
    return Text(value, row, 1, is_plain=kind == "BOOLEAN")


def _iso(text: str) -> str:
    """A day of DuckDB as EDTF writes it: 44 BC is the year -43."""
    match = _BEFORE_CHRIST.fullmatch(text)
    return f"{'-' if int(match[1]) > 1 else ''}{int(match[1]) - 1:04}{match[2]}" if match else text


def _nested(value: Any, row: int) -> Node:
    if isinstance(value, list):
        return Listing(row, 1, [_nested(each, row) for each in value])
    if isinstance(value, dict):
        return Mapping(row, 1, {name: _nested(each, row) for name, each in value.items()}, dict)
    if value is None or isinstance(value, bool):
        return Text("null" if value is None else str(value).lower(), row, 1, is_plain=True)
    return Text(value, row, 1, is_plain=False)
