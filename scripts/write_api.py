"""Writes the snapshot of the public interface, for a test that tells when that has changed.

    python scripts/write_api.py

Refuses as long as a name, or a member of a class, that was added, removed or changed is not named in backticks under "Unreleased" in CHANGELOG.md.
"""

import ast
import difflib
import importlib
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SNAPSHOT = ROOT / "tests/data/public_api.txt"
MODULES = ("rehabfacts", "rehabfacts.builtin", "rehabfacts.testing")


def public_api() -> dict[str, str]:
    """Every public name with all that a caller can see of it: signature, fields, methods."""
    return {f"{module}.{name}": "\n".join(lines) for module in MODULES for name, lines in _names(importlib.import_module(module))}


def _names(module: Any) -> Iterator[tuple[str, list[str]]]:
    own = {name for name, each in vars(module).items() if inspect.isfunction(each) and each.__module__ == module.__name__ and not name.startswith("_")}
    for name in sorted(getattr(module, "__all__", own)):
        value = getattr(module, name)
        if not inspect.ismodule(value):
            yield name, list(_described(value))


def _described(value: Any) -> Iterator[str]:
    if not (inspect.isclass(value) or inspect.isfunction(value)):
        yield f"a {type(value).__name__}"
        return
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(value))).body
    if isinstance(tree, ast.FunctionDef):
        yield _signature(tree)
    elif isinstance(tree, ast.ClassDef):
        yield f"class({', '.join(ast.unparse(each) for each in tree.bases)})"
        yield from (line for each in tree.body for line in _member(each))


def _member(node: ast.stmt) -> Iterator[str]:
    """A field, a value of an enum, or a method; nothing of what begins with an underscore but how a value is made and compared."""
    if isinstance(node, ast.FunctionDef) and (not node.name.startswith("_") or node.name == "__init__"):
        marks = [ast.unparse(each) for each in node.decorator_list]
        yield "  " + (f"{node.name}{_returned(node)}" if any(each.endswith("property") for each in marks) else f"{node.name}{_signature(node)}")
    elif (isinstance(node, ast.AnnAssign) and not ast.unparse(node.target).startswith("_")) or (isinstance(node, ast.Assign) and not ast.unparse(node.targets[0]).startswith("_")):
        yield f"  {ast.unparse(node)}"


def _signature(node: ast.FunctionDef) -> str:
    return f"({ast.unparse(node.args)}){_returned(node)}"


def _returned(node: ast.FunctionDef) -> str:
    return f" -> {ast.unparse(node.returns)}" if node.returns else ""


def text_of(api: Mapping[str, str]) -> str:
    """The interface as text, a paragraph a name."""
    return "\n\n".join(f"{name}\n{described}" for name, described in api.items()) + "\n"


def read(text: str) -> dict[str, str]:
    """The interface from its text."""
    paragraphs = (each.partition("\n") for each in text.strip("\n").split("\n\n") if each)
    return {name: described for name, _, described in paragraphs}


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """What is added, removed and changed, as lines to read."""
    told = []
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            told.append(f"{'added' if old is None else 'removed'}: {name}")
        elif old != new:
            told += [f"changed: {name}", *(f"    {line}" for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[0] in "+-")]
    return told


def unmentioned(before: Mapping[str, str], after: Mapping[str, str], changelog: str) -> list[str]:
    """The names, and the members of classes, that differ and are not named under "Unreleased"."""
    section = re.search(r"^## Unreleased\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", section[1] if section else ""))))
    return [name for name in _differing(before, after) if name.rpartition(".")[2] not in named]


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*before, *after}):
        old, new = ({*each[name].splitlines()} if name in each else set() for each in (before, after))
        if not (old and new):
            yield name
        else:
            members = {found[1] for line in old ^ new if (found := re.match(r"  (\w+)", line))}
            yield from sorted(f"{name}.{member}" for member in members) or ([name] if old != new else [])


def main() -> int:
    """Writes the snapshot, or says which names the changelog does not mention."""
    before = read(SNAPSHOT.read_text(encoding="utf-8")) if SNAPSHOT.exists() else {}
    after = public_api()
    missing = unmentioned(before, after, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")) if before else []
    if missing:
        print(f"not written: CHANGELOG.md says nothing under Unreleased of {', '.join(f'`{name}`' for name in missing)}")
        return 1
    SNAPSHOT.write_text(text_of(after), encoding="utf-8")
    print("\n".join([*changes(before, after), f"written: {SNAPSHOT.relative_to(ROOT)}"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
