"""Waiving: the entry that accepts one violation, put at the end of a file whose rest stays as it is."""

from collections.abc import Sequence
from pathlib import Path

from rehabfacts.changes.waivers import members_of, size_of
from rehabfacts.checker.violations import Violation
from rehabfacts.errors import InvalidInput, Problem
from rehabfacts.loading.rewriting import rewrite
from rehabfacts.loading.scalars import scalar
from rehabfacts.loading.values import FORMAT, ValueReader
from rehabfacts.loading.waivers import FIELDS, Waiver, read_waivers
from rehabfacts.loading.yaml_tree import Listing, Mapping, read_yaml

_HEAD = f"rehabfacts: {FORMAT}\nwaivers:\n"


def entry_of(violation: Violation, *, reason: str, author: str, until: str | None, review: str | None) -> str:
    """The entry that accepts a violation as it is, as an item of the list `waivers`. Raises InvalidInput for what is no date."""
    words = {"reason": reason, "author": author, "until": until, "review": review}
    found = {"violation": violation.id, "rule": violation.rule_id, "clash": size_of(violation), **words}
    values = {name: scalar(value) for name, value in found.items() if value}
    values["facts"] = f"[{', '.join(scalar(each, is_listed=True) for each in members_of(violation))}]"
    entry = "- " + "\n  ".join(f"{name}: {values[name]}" for name in FIELDS if name in values) + "\n"
    _waivers(f"{_HEAD}{entry}".encode(), "waiver")
    return entry


def add_entry(path: str, entry: str) -> None:
    """Writes an entry at the end of a file, which may be new.

    Raises InvalidInput where the file is none, or does not end with its list `waivers`: then nothing is written.
    """
    file = Path(path)
    if file.exists() and not file.is_file():
        raise InvalidInput((Problem("E-OUT", "expected a file to write to, found a directory or a device", "", path),))
    before = file.read_bytes() if file.exists() else None
    old, indent = _waivers(before, path) if before else ([], 2)
    head = before.decode("utf-8") if before else _HEAD
    lines = "".join(f"{' ' * indent}{line}\n" for line in entry.splitlines())
    data = f"{head}{'' if head.endswith(chr(10)) else chr(10)}{lines}".encode()
    if len(_waivers(data, path)[0]) != len(old) + 1:
        raise InvalidInput((Problem("E-SHAPE", "expected a file that ends with its list of waivers", "add the entry by hand, or give it a file of its own", path),))
    rewrite(path, data, before=before)


def _waivers(data: bytes, path: str) -> tuple[Sequence[Waiver], int]:
    """The waivers that a file lists, and how far its list is indented. Raises InvalidInput for what is no YAML, or no waiver."""
    tree, problems = read_yaml(data, path)
    node = tree.entries.get("waivers") if isinstance(tree, Mapping) else None
    values = ValueReader(path)
    found = list(read_waivers(node, values)) if node is not None else []
    errors = tuple(each for each in (*problems, *values.problems) if not each.is_warning)
    if errors:
        raise InvalidInput(errors)
    return found, node.items[0].column - 3 if isinstance(node, Listing) and node.items else 2
