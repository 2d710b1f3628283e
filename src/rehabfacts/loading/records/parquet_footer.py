"""The footer of a Parquet file, read by ourselves: how much it holds and of what shape, before any engine sees it."""

import struct
from typing import Any

import attrs

MAGIC = b"PAR1"
_MOST_FOOTER = 1 << 24
_DEEPEST_THRIFT = 32
_STOP, _TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(13)
_REPEATED = 2


class InvalidFooter(Exception):  # told as a problem by whoever reads the file
    """What stands at the end of the file is no footer of Parquet."""


@attrs.frozen
class Footer:
    """What a footer says: columns at the top by name, all leaves, the deepest nesting of lists, rows, bytes when expanded."""

    columns: tuple[str, ...]
    leaves: int
    nested: int
    rows: int
    expanded: int


def read_footer(data: bytes) -> Footer:
    """What the footer of a file's bytes says. Raises InvalidFooter."""
    if len(data) < 12 or data[:4] != MAGIC or data[-4:] != MAGIC:
        raise InvalidFooter("it does not begin and end as Parquet does")
    (length,) = struct.unpack("<I", data[-8:-4])
    if not 0 < length <= min(_MOST_FOOTER, len(data) - 12):
        raise InvalidFooter("its footer has a wrong length")
    try:
        found = _Thrift(data[-8 - length : -8]).struct(0)
        elements, groups = found[2], found[4]
        columns, leaves, nested = _shape([(_text(each[4]), each.get(5, 0), each.get(3)) for each in elements])
        chunks = [chunk[3] for group in groups for chunk in group[1]]
        return Footer(columns, leaves, nested, _count(found[3]), sum(_count(chunk[6]) for chunk in chunks))
    except (IndexError, KeyError, TypeError, AttributeError, ValueError, UnicodeDecodeError):
        raise InvalidFooter("its footer is damaged") from None


def _text(value: Any) -> str:
    return bytes(value).decode()


def _count(value: Any) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError("a count below zero")
    return value


def _shape(elements: list[tuple[str, int, int | None]]) -> tuple[tuple[str, ...], int, int]:
    """Top columns, number of leaves and depth of repetition of a schema that lists its tree, parents first."""
    columns, leaves, nested = [], 0, 0
    open_groups: list[list[int]] = [[elements[0][1], 0]]  # children to come, lists around them
    for name, children, repetition in elements[1:]:
        while open_groups[-1][0] == 0:
            open_groups.pop()
        open_groups[-1][0] -= 1
        depth = open_groups[-1][1] + (repetition == _REPEATED)
        nested = max(nested, depth)
        if len(open_groups) == 1:
            columns.append(name)
        if children:
            open_groups.append([_count(children), depth])
        else:
            leaves += 1
    return tuple(columns), leaves, nested


class _Thrift:
    """Thrift's compact protocol: structs as mappings from field numbers to values."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def struct(self, depth: int) -> dict[int, Any]:
        if depth > _DEEPEST_THRIFT:
            raise ValueError("too deep")
        found: dict[int, Any] = {}
        number = 0
        while True:
            head = self._byte()
            kind = head & 15
            if kind == _STOP:
                return found
            number = number + (head >> 4) if head >> 4 else self._signed()
            found[number] = kind == _TRUE if kind in {_TRUE, _FALSE} else self._value(kind, depth)

    def _value(self, kind: int, depth: int) -> Any:
        if kind in {_TRUE, _FALSE, _BYTE}:
            return self._byte()
        if kind in {_I16, _I32, _I64}:
            return self._signed()
        if kind == _BINARY:
            return self._bytes(self._unsigned())
        if kind == _DOUBLE:
            return self._bytes(8)
        if kind in {_LIST, _SET}:
            head = self._byte()
            size = head >> 4 if head >> 4 < 15 else self._unsigned()
            return [self._item(head & 15, depth) for _ in range(self._affordable(size))]
        if kind == _STRUCT:
            return self.struct(depth + 1)
        raise ValueError("a map, which no footer has")

    def _item(self, kind: int, depth: int) -> Any:
        return self._value(kind, depth)

    def _affordable(self, size: int) -> int:
        """A size that the rest of the data can hold."""
        if size > len(self._data) - self._at:
            raise ValueError("a list longer than the footer")
        return size

    def _bytes(self, size: int) -> bytes:
        end = self._at + self._affordable(size)
        found = self._data[self._at : end]
        self._at = end
        return found

    def _byte(self) -> int:
        found = self._data[self._at]
        self._at += 1
        return found

    def _unsigned(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
            if shift > 63:
                raise ValueError("a number of more than 64 bits")

    def _signed(self) -> int:
        value = self._unsigned()
        return (value >> 1) ^ -(value & 1)
