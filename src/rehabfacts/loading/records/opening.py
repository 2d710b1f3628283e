"""A records file opened: its bytes within limits, as a tree that keeps places, whatever the format."""

import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

from rehabfacts.errors import Problem, shown
from rehabfacts.loading.nodes import Node
from rehabfacts.loading.records.mapping_files import RecordsFile
from rehabfacts.loading.text_guard import read_text
from rehabfacts.sources import decoded

if TYPE_CHECKING:
    from rehabfacts.loading.yaml_tree import Limits

MOST_EXPANDED = 1 << 28
"""What a packed file may come to, in bytes."""

MOST_TIMES = 20
"""How many times of its own size a packed file may come to."""

_ALWAYS = 1 << 20


@attrs.define
class Opened:
    """The tree of a records file and, of tables, the names of its columns."""

    tree: Node | None = None
    columns: tuple[str, ...] = ()
    problems: list[Problem] = attrs.field(factory=list)


def open_records(file: RecordsFile, data: bytes, path: str, limits: "Limits") -> Opened:
    """The tree of the records in a file's bytes, and what is wrong with them."""
    if file.sha256 is not None:
        changed = _digest_problem(file, data, path)
        if changed is not None:
            return Opened(problems=[changed])
    if file.is_compressed:
        unpacked, problem = _unpacked(data, path)
        if unpacked is None:
            return Opened(problems=[problem] if problem else [])
        data = unpacked
    if file.format == "parquet":
        from rehabfacts.loading.records.parquet_tree import read_parquet  # noqa: PLC0415  # needs DuckDB

        return read_parquet(data, path, limits, is_pinned=file.sha256 is not None)
    return _opened_text(file, data, path, limits)


def _opened_text(file: RecordsFile, data: bytes, path: str, limits: "Limits") -> Opened:
    if file.encoding.lower() not in {"utf-8", "utf8"}:
        text, problem = decoded(data, file.encoding)
        if text is None:
            return Opened(problems=[attrs.evolve(problem, path=path)] if problem else [])
        data = text.encode()
    if file.format == "yaml":
        from rehabfacts.loading.yaml_tree import read_yaml  # noqa: PLC0415  # the others do without it

        tree, problems = read_yaml(data, path, limits)
        return Opened(tree, (), problems)
    guarded, problems = read_text(data, path)
    if guarded is None:
        return Opened(problems=problems)
    return _READERS[file.format](guarded.original, path, limits, file)


def _csv(text: str, path: str, limits: "Limits", file: RecordsFile) -> Opened:
    from rehabfacts.loading.records.csv_tree import read_csv  # noqa: PLC0415  # one format is enough for most

    return Opened(*read_csv(text, path, limits, separator=file.separator))


def _json(text: str, path: str, limits: "Limits", _: RecordsFile) -> Opened:
    from rehabfacts.loading.records.json_tree import read_json  # noqa: PLC0415

    tree, problems = read_json(text, path, limits)
    return Opened(tree, (), problems)


def _gedcom(text: str, path: str, limits: "Limits", _: RecordsFile) -> Opened:
    from rehabfacts.loading.records.gedcom_tree import read_gedcom  # noqa: PLC0415

    tree, problems = read_gedcom(text, path, limits)
    return Opened(tree, (), problems)


_READERS: dict[str, Callable[[str, str, "Limits", RecordsFile], Opened]] = {"csv": _csv, "json": _json, "gedcom": _gedcom}


def _digest_problem(file: RecordsFile, data: bytes, path: str) -> Problem | None:
    from hashlib import sha256  # noqa: PLC0415  # few mappings pin their records

    found = sha256(data).hexdigest()
    if file.sha256 is None or found == file.sha256.lower():
        return None
    return Problem("E-DIGEST", f"expected records with the SHA-256 {shown(file.sha256)}, found {found}", "check what changed, and pin the new digest", path)


def _unpacked(data: bytes, path: str) -> tuple[bytes | None, Problem | None]:
    """What a gzip file holds, never more than its limit in memory."""
    most = min(MOST_EXPANDED, max(_ALWAYS, MOST_TIMES * len(data)))
    inflater = zlib.decompressobj(wbits=31)
    try:
        found = inflater.decompress(data, most)
    except zlib.error:
        return None, Problem("E-ENC", "expected a gzip file, found what is none", "", path)
    if inflater.unconsumed_tail:
        return None, Problem("E-LIMIT-EXPAND", f"expected a file that comes to at most {most:,} bytes, found more", "unpack it yourself, and look at it", path)
    if not inflater.eof or inflater.unused_data:
        return None, Problem("E-ENC", "expected one whole gzip file, found it cut short or followed by something else", "", path)
    return found, None
