"""Anchoring again: what became of each quote in a source whose text has changed, and pinning the text as it is now.

No quote is ever changed: where its words no longer stand, that is told, and remains a finding.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from rehabfacts.dataset import Dataset
from rehabfacts.errors import InvalidInput, Problem
from rehabfacts.loading.files import InputFile, find_inputs
from rehabfacts.loading.loader import load
from rehabfacts.loading.rewriting import rewrite
from rehabfacts.loading.yaml_tree import Mapping as YamlMapping
from rehabfacts.loading.yaml_tree import Text, read_yaml
from rehabfacts.plain import plain
from rehabfacts.quotes import Anchor, Anchors, Span
from rehabfacts.schema import Fact, Schema
from rehabfacts.settings import Settings
from rehabfacts.sources import Source

_BOM = b"\xef\xbb\xbf"


@plain
class Pin:
    """The digest of a source as a fact file gives it, and where it stands there (line and column from 1)."""

    file: InputFile
    line: int
    column: int
    sha256: str

    def __str__(self) -> str:
        return f"{self.file.path}:{self.line}"


@plain
class Quotation:
    """A fact's quote in the text as it is now. `was` is its state and place in an earlier report, if one was given."""

    fact: Fact
    anchor: Anchor
    was: tuple[str, Span] | None = None

    @property
    def is_moved(self) -> bool:
        """Whether it stands, and elsewhere than it did."""
        return self.anchor.is_verified and self.was is not None and self.was[1] != (self.anchor.start, self.anchor.end)


@plain
class ChangedSource:
    """A source that is not the text that was pinned, and what became of the quotes from it."""

    source: Source
    pin: Pin
    quotations: tuple[Quotation, ...]

    @property
    def lost(self) -> tuple[Quotation, ...]:
        """The quotes that the new text does not say, or not at one place."""
        return tuple(each for each in self.quotations if not each.anchor.is_verified)


@plain
class Anchoring:
    """Which pinned sources have changed, which are as they were, and which nobody pinned."""

    changed: tuple[ChangedSource, ...]
    unchanged: tuple[str, ...]
    unpinned: tuple[str, ...]
    problems: tuple[Problem, ...]


def anchor_again(
    paths: Sequence[str | os.PathLike[str]], schema: Schema, settings: Settings, *, since: Mapping[str, Any] | None = None
) -> Anchoring:
    """Looks for every quote of every changed source in the text as it is now. `since` is an earlier JSON report."""
    loaded = load(paths, schema, calendar=settings.calendar, limits=settings.limits)
    inputs, _ = find_inputs(paths)
    pins = dict(pin for file in inputs if (pin := _pin(file)) is not None)
    sources = loaded.dataset.sources
    anchors = Anchors(attrs.evolve(each, pinned=None) for each in sources.values())
    before = _places(since or {}, sources)
    changed = tuple(
        ChangedSource(source, pins[name], tuple(_quotations(loaded.dataset, name, anchors, before)))
        for name, source in sorted(sources.items()) if not source.is_as_pinned and name in pins
    )  # fmt: skip
    return Anchoring(
        changed,
        tuple(name for name, source in sorted(sources.items()) if source.pinned is not None and source.is_as_pinned),
        tuple(name for name, source in sorted(sources.items()) if source.pinned is None),
        loaded.problems,
    )


def _pin(file: InputFile) -> tuple[str, Pin] | None:
    """The source that a fact file declares with its text and its digest, and the place of the digest."""
    tree, _ = read_yaml(file.data, file.path)
    header = tree.entries.get("source") if isinstance(tree, YamlMapping) else None
    if not isinstance(header, YamlMapping) or "text" not in header.entries:
        return None
    name, digest = header.entries.get("id"), header.entries.get("sha256")
    if not (isinstance(name, Text) and isinstance(digest, Text)) or digest.is_null:
        return None
    return name.value, Pin(file, digest.line, digest.column, digest.value)


def _places(since: Mapping[str, Any], sources: Mapping[str, Source]) -> dict[str, tuple[str, Span]]:
    """The state and place of each fact's quote in an earlier report, where that was made on the text that is pinned."""
    pinned = {each["id"] for each in since.get("sources", ()) if each["id"] in sources and sources[each["id"]].pinned == each["sha256"]}
    return {
        name: (fact["anchor"]["state"], (fact["anchor"]["start"], fact["anchor"]["end"]))
        for name, fact in since.get("facts", {}).items() if fact["anchor"] and fact["source"] in pinned
    }  # fmt: skip


def _quotations(
    dataset: Dataset, source: str, anchors: Anchors, before: Mapping[str, tuple[str, Span]]
) -> Iterator[Quotation]:
    quoted = {(fact.id, fact.quote): fact for fact in dataset.iter_facts() if fact.source == source and fact.quote is not None}
    for (name, quote), fact in sorted(quoted.items()):
        was, found = before.get(name), anchors.find(source, quote)
        if was is not None and not found.is_verified:
            found = anchors.find(source, quote, expected=was[1])
        yield Quotation(fact, found, was)


def pin_again(changed: Iterable[ChangedSource]) -> None:
    """Writes the digests of the texts as they are now into the fact files, and nothing else.

    Raises InvalidInput for a file that has changed meanwhile or cannot be written, or a digest that is written in a way
    that cannot be replaced.
    """
    for each in changed:
        rewrite(each.pin.file.path, _repinned(each.pin, each.source.sha256), before=each.pin.file.data)


def _repinned(pin: Pin, sha256: str) -> bytes:
    mark = _BOM if pin.file.data.startswith(_BOM) else b""
    lines = pin.file.data.removeprefix(_BOM).decode("utf-8").split("\n")
    line = lines[pin.line - 1]
    start, rest = line[: pin.column - 1], line[pin.column - 1 :]
    match = re.match(rf"""(?P<quote>["']?){re.escape(pin.sha256)}(?P=quote)""", rest)
    if match is None:
        cause = "expected the digest on the line of its key, as one word"
        raise InvalidInput((Problem("E-SHAPE", cause, f"write sha256: {sha256}", pin.file.path, pin.line, pin.column),))
    lines[pin.line - 1] = f"{start}{match['quote']}{sha256}{match['quote']}{rest[match.end() :]}"
    return mark + "\n".join(lines).encode()
