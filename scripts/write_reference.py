"""Writes the pages of the reference that say what the code and the rule packs say.

    python scripts/write_reference.py [--check]

`docs/rules.md` comes from the rule packs, `docs/vocabulary.md` from the types, `docs/python.md` from the docstrings.
With `--check` nothing is written; the exit status is 1 if a page would change.
"""

import argparse
import ast
import enum
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

import rehabfacts
from rehabfacts import builtin
from rehabfacts.checker.stories import sentence
from rehabfacts.loading.examples import Example, read_examples
from rehabfacts.loading.yaml_tree import Listing, Mapping, Node, Text, read_yaml
from rehabfacts.rules.rules import Mode
from rehabfacts.schema import Entity, Fact, Field, Kind, RecordType
from rehabfacts.vocabulary import INSTITUTIONS

DOCS = Path(__file__).resolve().parent.parent / "docs"
GENERATED = "<!-- Written by scripts/write_reference.py: change what it reads, and run it. -->"
_FORMS = [*(mode.value for mode in Mode), "apart", "template"]
_GIVEN = [mode.value for mode in Mode if mode.is_given]


def rules_page() -> Iterator[str]:
    """Every rule of every pack, with its examples in words."""
    yield from ("# Rules", "", GENERATED, "")
    yield "These are the rules that ship with rehabfacts, pack by pack."
    yield "[The rule language](rules-language.md) says how to read and write them."
    yield "A rule that ranges over a type of which a dataset has nothing is idle: reports count it and say no more of it."
    yield "A rule is switched off by `--without RULE` or in the [settings](settings.md), and `rehabfacts explain RULE` shows what it was bound to."
    for name in builtin.packs():
        path = builtin.path("rules") / f"{name}.yaml"
        data = path.read_bytes()
        yield from ("", f"## {name}", "", data.decode().partition("\n")[0].removeprefix("# "), "")
        tree, _ = read_yaml(data, path.name)
        for node in tree.items if isinstance(tree, Listing) else ():
            if isinstance(node, Mapping):
                yield from _rule(node)


def _rule(node: Mapping) -> Iterator[str]:
    entries = node.entries
    form = next(name for name in _FORMS if name in entries)
    yield from (f"### {_text(entries['id'])}", "", *(_text(entries[key]) for key in ("says", "why", "source") if key in entries), "")
    if form not in _GIVEN:
        yield from (f"Severity {_text(entries['severity']) if 'severity' in entries else 'error'}.", "")
    yield "```yaml"
    for key in ("parameters", "for", "where", "unless", "over", form, "per", "at_most"):
        if key in entries:
            yield f"{key}: {_flow(entries[key])}"
    yield from ("```", "")
    for example in read_examples(entries.get("examples"), "", INSTITUTIONS):
        yield f"- {example.verdict}: {_told(example)}"
    if "examples" in entries:
        yield ""


def _told(example: Example) -> str:
    if example.dataset is None:
        raise SystemExit(f"an example that cannot be read: {example.problems}")
    facts = example.dataset.facts.values()
    return "; ".join(f"{sentence(example.dataset, fact)}{_beside(fact)}" for fact in facts)


def _beside(fact: Fact) -> str:
    """What a fact's sentence leaves out and a rule may ask for."""
    act = getattr(fact, "act", None)
    beside = f", by {act}" if act and "{act}" not in type(fact).SAYS else ""
    return f"{beside}, quote “{fact.quote}”" if fact.quote else beside


def _text(node: Node) -> str:
    return node.value if isinstance(node, Text) else ""


def _flow(node: Node) -> str:
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(value)}" for key, value in node.entries.items()) + "}"
    if isinstance(node, Listing):
        return "[" + ", ".join(map(_flow, node.items)) + "]"
    return node.value


def vocabulary_page() -> Iterator[str]:
    """Every type of entity and fact, with its fields and times."""
    types = [each for each in INSTITUTIONS.types.values() if each.cls not in {Entity, Fact}]
    yield from ("# Vocabulary", "", GENERATED, "")
    yield "These are the types of entities and facts that ship with rehabfacts: institutions, their acts and what they did, terms of office, the lives of persons, and counts."
    yield "A project can add its own: see [the facts format](facts-format.md#types-of-your-own)."
    yield from ("", "## Entities", "", "An entity has an `id`, a `type`, and perhaps a `name` and `mentions`.")
    yield "Its times are not written down: rules say which facts date them."
    yield from ("", "| type | is | its times |", "|---|---|---|")
    for each in types:
        if not each.is_fact:
            times = ", ".join(f"`{name}` ({kind.value})" for name, kind in each.timelines.items())
            yield f"| {each.name} | {_summary(each.cls)} | {times} |"
    yield from ("", "## Facts", "", "Every fact has an `id` and a `type`, and can have the fields of [every fact](facts-format.md#every-fact).")
    for each in types:
        if each.is_fact:
            yield from _fact_type(each)


def _fact_type(kind: RecordType) -> Iterator[str]:
    own = [field for name, field in kind.fields.items() if name not in INSTITUTIONS["Fact"].fields]
    yield from ("", f"### {kind.name}", "", _summary(kind.cls))
    if kind.identified_by:
        yield f"Two of them with the same {' and '.join(f'`{name}`' for name in kind.identified_by)} speak of one event."
    yield from ("", "| field | holds | |", "|---|---|---|")
    yield from (f"| `{field.name}` | {_holds(field)} |{' required' if field.is_required else ''} |" for field in own)


def _holds(field: Field) -> str:
    if field.kind is Kind.ROLE:
        return f"the id of {'an' if field.target[0] in 'AEIO' else 'a'} {field.target}"
    if field.kind is Kind.CHOICE:
        return ", ".join(f"`{choice}`" for choice in field.choices)
    return "a percentage" if field.unit == "%" else _KINDS[field.kind]


_KINDS = {
    Kind.DATE: "a date", Kind.PERIOD: "a period", Kind.QUANTITY: "a quantity", Kind.NAMES: "a text, perhaps in several languages",
    Kind.TEXT: "a text", Kind.TEXTS: "texts", Kind.FLAG: "`true` or `false`",
}  # fmt: skip


def python_page() -> Iterator[str]:
    """Every public name."""
    yield from ("# Python", "", GENERATED, "")
    yield "Everything here is imported from `rehabfacts` itself; what is imported from elsewhere can change without notice."
    yield "All of it is typed."
    for name in sorted(rehabfacts.__all__, key=lambda name: (name.lower(), name)):
        value = getattr(rehabfacts, name)
        yield from ("", f"## {name}", "", *_described(name, value))


def _described(name: str, value: Any) -> Iterator[str]:
    if inspect.ismodule(value):
        yield _paragraph(value)
        yield from ("", *_functions(value))
    elif inspect.isclass(value):
        yield _paragraph(value)
        if issubclass(value, enum.Enum):
            yield from ("", ", ".join(f"`{each.name}`" for each in value) + ".")
        elif attrs.has(value):
            fields = (each.name for each in attrs.fields(value) if not each.name.startswith("_"))
            yield from ("", f"Fields: {', '.join(f'`{each}`' for each in fields)}.")
        yield from _methods(value)
        yield from _examples(value)
    elif callable(value):
        yield from (f"`{name}{_signature(value)}`", "", _paragraph(value))
        yield from _examples(value)
    else:
        yield f"`{value!r}`" if isinstance(value, enum.Enum) else f"The {type(value).__name__} of the shipped vocabulary."


def _functions(module: ModuleType) -> Iterator[str]:
    for name, each in vars(module).items():
        if inspect.isfunction(each) and each.__module__ == module.__name__ and not name.startswith("_"):
            yield f"- `{name}{_signature(each)}`: {_summary(each)}"


def _methods(cls: type) -> Iterator[str]:
    """From the source: attrs hides cached properties of slotted classes."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    found = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")]
    if found:
        yield ""
    for each in found:
        is_value = any(isinstance(name, ast.Name) and name.id.endswith("property") for name in each.decorator_list)
        told = " ".join((ast.get_docstring(each) or "").partition("\n\n")[0].split())
        yield f"- `{each.name}{'' if is_value else _signature(getattr(cls, each.name))}`: {told}"


def _signature(function: Any) -> str:
    """The parameters by name alone; their types are in the code."""
    parts = []
    for name, each in inspect.signature(function).parameters.items():
        star = "*" if each.kind is each.VAR_POSITIONAL else "**" if each.kind is each.VAR_KEYWORD else ""
        if name not in {"self", "cls"}:
            parts.append(f"{star}{name}" + ("=…" if each.default is not inspect.Parameter.empty else ""))
    return f"({', '.join(parts)})"


def _summary(value: Any) -> str:
    """The first sentence or line of a docstring, as one line."""
    return " ".join((inspect.getdoc(value) or "").partition("\n\n")[0].split())


def _paragraph(value: Any) -> str:
    """The docstring without its examples, a sentence a line where it was."""
    text = (inspect.getdoc(value) or "").partition("\n>>>")[0].strip()
    return "\n".join(" ".join(part.split()) if part.strip() else "" for part in text.split("\n\n")) if text else ""


def _examples(value: Any) -> Iterator[str]:
    """The examples of a docstring, which run on the page as they do there."""
    lines = (inspect.getdoc(value) or "").splitlines()
    first = next((at for at, line in enumerate(lines) if line.startswith(">>>")), len(lines))
    examples = "\n".join(line for line in lines[first:] if not line.startswith(">>> from rehabfacts import"))
    if examples:
        used = sorted({*re.findall(r"\w+", examples)} & {*rehabfacts.__all__})
        yield from ("", "```python", f">>> from rehabfacts import {', '.join(used)}")
        yield from (">>> from rehabfacts.calendars import iso" for _ in re.findall(r"\biso\(", examples)[:1])
        yield from (examples, "", "```")


PAGES = {"rules.md": rules_page, "vocabulary.md": vocabulary_page, "python.md": python_page}


def main() -> int:
    """Writes the pages, or says which would change."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    is_check = parser.parse_args().check
    stale = []
    for name, lines in PAGES.items():
        path, text = DOCS / name, re.sub(r"\n{3,}", "\n\n", "\n".join(lines())).rstrip("\n") + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not is_check:
                path.write_text(text, encoding="utf-8")
    if stale:
        print(f"{'out of date' if is_check else 'written'}: {', '.join(stale)}")
    return int(is_check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
