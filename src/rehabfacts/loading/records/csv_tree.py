"""CSV text (RFC 4180) to a tree: one mapping a row, with the line and column where each value really stands."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

from rehabfacts.errors import Problem, shown
from rehabfacts.loading.nodes import Listing, Mapping, Node, Text
from rehabfacts.loading.yaml_guard import Stopped

if TYPE_CHECKING:
    from rehabfacts.loading.yaml_tree import Limits

MOST_COLUMNS = 1_000
_MOST_TOLD = 20
_SEPARATORS = {";": "a semicolon", "\t": "a tab", "|": "a bar", ",": "a comma"}



def read_csv(text: str, path: str, limits: "Limits", *, separator: str = ",") -> tuple[Listing | None, tuple[str, ...], list[Problem]]:
    """The rows of a text, its columns by name, and what is wrong with it. A value that is not quoted and empty states nothing."""
    try:
        return _Csv(text, path, limits, separator).table()
    except Stopped as stop:
        return None, (), [stop.problem]


class _Csv:
    def __init__(self, text: str, path: str, limits: "Limits", separator: str) -> None:
        self._lines = text.split("\n")
        if self._lines[-1] == "":
            self._lines.pop()
        self._at = 0
        self._path, self._limits, self._separator = path, limits, separator

    def table(self) -> tuple[Listing, tuple[str, ...], list[Problem]]:
        """Every row below the header."""
        rows = self._rows()
        header = next(rows, None)
        if header is None:
            self._stop("E-EMPTY", "expected a header, found an empty file", 1, 1)
        return self._table(self._names(header), rows)

    def _table(self, names: tuple[str, ...], rows: Iterator[list[Text]]) -> tuple[Listing, tuple[str, ...], list[Problem]]:
        problems: list[Problem] = []
        found = Listing(1, 1, [])
        for row in rows:
            if len(row) == len(names):
                entries: dict[str, Node] = dict(zip(names, row, strict=True))
                found.items.append(Mapping(row[0].line, row[0].column, entries, dict))
            elif len(problems) < _MOST_TOLD:
                cause = f"expected {len(names)} columns, found {len(row)}"
                problems.append(Problem("E-CSV-COLS", cause, self._hint(names, row), self._path, row[0].line, row[0].column))
        if not found.items and not problems:
            problems.append(Problem("W-EMPTY", "expected rows, found only a header", "", self._path, 1, 1))
        return found, names, problems

    def _names(self, header: list[Text]) -> tuple[str, ...]:
        names = [each.value for each in header]
        if len(names) > MOST_COLUMNS:
            self._stop("E-LIMIT-COLS", f"expected at most {MOST_COLUMNS:,} columns, found {len(names):,}", 1, 1)
        if len(names) == 1:
            other = next((each for each in _SEPARATORS if each != self._separator and each in names[0]), None)
            if other is not None:
                self._stop("E-CSV-COLS", f"expected columns apart by {_told(self._separator)}, found {_told(other)}", 1, 1, f"declare it: separator: {other!r}")
        seen: dict[str, str] = {}
        for at, each in enumerate(header, 1):
            twin = seen.setdefault(each.value.casefold(), each.value)
            if not each.value:
                self._stop("E-CSV-HEADER", f"expected a name for each column, found none for column {at}", each.line, each.column)
            if len(seen) < at:
                told = f"{shown(each.value)!r} again" if twin == each.value else f"{shown(each.value)!r} beside {shown(twin)!r}"
                self._stop("E-CSV-HEADER", f"expected columns of different names, found {told}", each.line, each.column, "rename one")
        return tuple(names)

    def _hint(self, names: tuple[str, ...], row: list[Text]) -> str:
        if len(row) > len(names):
            return "quote a value that holds the separator"
        return "a row that is cut short, or a value with a line break that is not quoted"

    def _rows(self) -> Iterator[list[Text]]:
        """Each row; lines without anything are none."""
        most = self._limits.scalar_length
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            line = line.removesuffix("\r")
            if line == "":
                continue
            row = self._quoted_row(line) if '"' in line else self._plain_row(line)
            for each in row:
                if len(each.value) > most:
                    self._stop("E-LIMIT-FIELD", f"expected a value of at most {most} characters, found {len(each.value)}", each.line, each.column)
            yield row

    def _plain_row(self, line: str) -> list[Text]:
        row, column = [], 1
        for value in line.split(self._separator):
            row.append(Text(value, self._at, column, is_plain=not value))
            column += len(value) + 1
        return row

    def _quoted_row(self, line: str) -> list[Text]:
        """A row with quotes, which may go on over further lines."""
        row: list[Text] = []
        start = 0
        while True:
            number, column = self._at, start + 1
            if line.startswith('"', start):
                value, line, start = self._quoted(line, start)
                row.append(Text(value, number, column, is_plain=False))
            else:
                end = line.find(self._separator, start)
                value = line[start:] if end < 0 else line[start:end]
                if '"' in value:
                    cause = "expected a quote only at the beginning of a value, found one inside of it"
                    self._stop("E-CSV-QUOTE", cause, number, column + value.index('"'), "quote the whole value, and double the quotes in it")
                row.append(Text(value, number, column, is_plain=not value))
                start += len(value)
            if start == len(line):
                return row
            start += 1

    def _quoted(self, line: str, start: int) -> tuple[str, str, int]:
        """A quoted value, the line on which it ends, and where in it the separator or the line's end is."""
        opened = self._at, start + 1
        parts, at = [], start + 1
        while True:
            end = line.find('"', at)
            if end < 0:
                parts.append(line[at:])
                if self._at == len(self._lines):
                    self._stop("E-CSV-QUOTE", "expected a quote that ends the value that begins here, found the end of the file", *opened)
                parts.append("\n")
                line, at = self._lines[self._at].removesuffix("\r"), 0
                self._at += 1
            elif line.startswith('""', end):
                parts.append(line[at : end + 1])
                at = end + 2
            else:
                parts.append(line[at:end])
                if end + 1 < len(line) and line[end + 1] != self._separator:
                    cause = f"expected {_told(self._separator)} or the line's end behind a quote, found {shown(line[end + 1 : end + 20])}"
                    self._stop("E-CSV-QUOTE", cause, self._at, end + 2, "double the quotes in a value")
                return "".join(parts), line, end + 1

    def _stop(self, code: str, cause: str, line: int, column: int, hint: str = "") -> NoReturn:
        raise Stopped(Problem(code, cause, hint, self._path, line, column))


def _told(separator: str) -> str:
    return _SEPARATORS.get(separator, repr(separator))
