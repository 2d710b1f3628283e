"""What must not stand in a fact file though YAML allows it: seen while the tree grows, told when it has grown."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn
from unicodedata import category, normalize

from yaml.events import AliasEvent, MappingStartEvent, SequenceStartEvent

from rehabfacts.errors import Problem, shown
from rehabfacts.loading.nodes import CommentedText, KeyPlaces, Listing, Mapping, Node, Text
from rehabfacts.loading.suspicions import (
    ODD_VALUES,
    Suspicions,
    has_banned,
    is_wide_space,
    iter_escapes,
    kind_of_key,
    wide_space_words,
)
from rehabfacts.loading.text_guard import GuardedText, breaks_outside, code_points, control_problem
from rehabfacts.loading.yaml_syntax import MOST_OF_A_TAG, long_key_words, tag_words

if TYPE_CHECKING:
    from rehabfacts.loading.yaml_tree import Limits

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_MERGE = "<<"


class Stopped(Exception):  # a stop, not an error of ours
    """The file must not be read any further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class Guard:
    """The checks beside one growing tree, and the problems they found."""

    def __init__(
        self, text: GuardedText, path: str, limits: Limits, read_places: Callable[[], KeyPlaces]
    ) -> None:
        self.path, self.limits, self._text, self._read_places = path, limits, text, read_places
        self.known: dict[str, str] = {}
        self._suspects = suspects = Suspicions(text)
        self.is_wary, self.is_decorated = suspects.is_any, suspects.is_decorated
        self._has_escapes, self._has_spaces = suspects.has_escapes, suspects.has_spaces
        self._comments, self._breaks = suspects.comments, text.breaks
        self._problems: list[Problem] = []
        self._told: set[str] = set()
        self._anchors: dict[str, int] = {}
        self._dropped: list[tuple[Mapping, str]] = []
        self._twins: list[tuple[Mapping, str, str, Any]] = []
        self._spelt: dict[tuple[int, str], str] = {}
        self._quoted: list[tuple[int, int]] = []

    @cached_property
    def _places(self) -> KeyPlaces:
        return self._read_places()

    def places(self) -> KeyPlaces:
        """The places of all keys; the file is read a second time for them, once."""
        return self._places

    def opened(self, event: Any, mapping: Mapping | None, key: str | None, depth: int) -> Node | None:
        """The empty collection that an event begins, or what stands for an alias; None for any other event."""
        kind = event.__class__
        if kind is AliasEvent:
            return self._alias(event, mapping, key)
        if event is None:
            raise AssertionError("the parser's events are not those of the module that reads them")
        if kind is not MappingStartEvent and kind is not SequenceStartEvent:
            return None
        mark = event.start_mark
        if depth >= self.limits.depth:
            cause = f"expected at most {self.limits.depth} nested levels, found level {depth + 1}"
            raise Stopped(self._problem("E-LIMIT-DEPTH", cause, "write it flatter", mark))
        if event.tag is not None or event.anchor is not None:
            self._check_properties(event)
        if kind is MappingStartEvent:
            return Mapping(mark.line + 1, mark.column + 1, {}, self.places)
        return Listing(mark.line + 1, mark.column + 1, [])

    def key(self, event: Any, mapping: Mapping) -> str:
        """The name of a key that is new, decorated or repeated; in NFC."""
        written: str = event.value.translate(self._breaks) if self._breaks else event.value
        if event.tag is not None or event.anchor is not None:
            self._check_properties(event)
        if event.style:
            self._quoted.append((event.start_mark.index, event.end_mark.index))
        key = normalize("NFC", written)
        if key in mapping.entries:
            self._twins.append((mapping, key, written, event.start_mark))
            self._dropped.append((mapping, key))
        elif not (self._has_good_escapes(event) and self._is_good_key(written, event)):
            self._dropped.append((mapping, key))
        elif written != key:
            self._spelt[id(mapping), key] = written
        elif not event.style:
            self.known[key] = key
        return key

    def _is_good_key(self, key: str, event: Any) -> bool:
        mark = event.start_mark
        if len(key) > self.limits.key_length:
            self._tell(
                "E-LIMIT-KEY", long_key_words(key, self.limits.key_length), "write it as a value", mark
            )
            return False
        if not event.style and key == _MERGE:
            cause = "expected keys and values, found the merge key <<"
            self._tell_once("E-YAML-MERGE", cause, "write the keys out", mark)
            return False
        kind = "" if event.style else kind_of_key(key)
        if kind:
            cause = f"expected a text as a key, found {shown(key, 40) or 'an empty key'}, which YAML takes for {kind}"
            self._tell("E-KEY-TYPE", cause, f"quote it: {shown(repr(key), 40)}", mark)
            return False
        return self._is_visible_key(key, event)

    def _is_visible_key(self, key: str, event: Any) -> bool:
        if key.isascii() and key.isprintable():
            return True
        mark = event.start_mark
        if not event.style and is_wide_space(key[:1]):
            self._tell_wide_space(key[0], mark)
            return False
        odd = next((character for character in key if category(character) in _INVISIBLE), "")
        if odd:
            self._problems.append(control_problem(odd, self.path, mark.line + 1, mark.column + 1))
        return not odd

    def odd_key(self, event: Any, mapping: Mapping) -> str:
        """A name that stands for a key which is no scalar, until the tree has grown."""
        if event.__class__ is not AliasEvent:
            found = "a mapping" if event.__class__ is MappingStartEvent else "a list"
            self._tell(
                "E-KEY-TYPE", f"expected a text as a key, found {found}", "write a text key", event.start_mark
            )
        key = f"\0{len(self._dropped)}"
        self._dropped.append((mapping, key))
        return key

    def _alias(self, event: Any, mapping: Mapping | None, key: str | None) -> Text | None:
        mark = event.start_mark
        cause = f"expected a value, found the alias *{shown(event.anchor, 40)}"
        self._tell_once("E-YAML-ALIAS", cause, "write the value out; aliases are not read", mark)
        if mapping is None:
            return None
        if key is not None:
            self._dropped.append((mapping, key))
        return Text("", mark.line + 1, mark.column + 1, is_plain=True)

    def text(self, event: Any, node: Text) -> Text:
        """The scalar after the checks that a suspicious file needs."""
        if event.tag is not None or event.anchor is not None:
            self._check_properties(event)
        if len(node.value) > self.limits.scalar_length:
            self._shorten(node, event.start_mark)
        if self._breaks:
            self._restore(event, node)
        if node.is_plain:
            return self._plain(event, node)
        self._has_good_escapes(event)
        return node

    def _plain(self, event: Any, node: Text) -> Text:
        value = node.value
        if value in ODD_VALUES:
            self._tell_odd(value, event.start_mark)
        if (
            self._has_spaces
            and is_wide_space(value[:1])
            and self._suspects.is_line_start(event.start_mark.index)
        ):
            self._tell_wide_space(value[0], event.start_mark)
        if self._comments and event.end_mark.index in self._comments:
            return CommentedText(node, self._suspects.comment_behind(event.end_mark.index))
        return node

    def _tell_odd(self, value: str, mark: Any) -> None:
        if value == "=":
            self._tell("E-YAML-SYNTAX", "expected a value, found =", "quote this value", mark)
        else:
            cause = f"expected a value or null, found {value}, which is read as text"
            self._tell("W-NULLISH", cause, "write null if nothing is stated, or quote it", mark)

    def _shorten(self, node: Text, mark: Any) -> None:
        most = self.limits.scalar_length
        cause = f"expected at most {most} characters, found {len(node.value)}: {shown(node.value, 40)}"
        self._tell("E-LIMIT-SCALAR", cause, "split it, or raise the limit on the command line", mark)
        node.value = node.value[: self.limits.key_length]

    def _restore(self, event: Any, node: Text) -> None:
        """Put the strange line breaks back; quoted ones may stay."""
        node.value = node.value.translate(self._breaks)
        if event.style and event.style in "'\"":
            self._quoted.append((event.start_mark.index, event.end_mark.index))

    def _tell_wide_space(self, space: str, mark: Any) -> None:
        self._tell("E-INDENT", wide_space_words(space), "replace it by spaces", mark)

    def _has_good_escapes(self, event: Any) -> bool:
        """Whether no escape brought a character that has no place in text; the first one that did is told."""
        if not (self._has_escapes and event.style == '"' and has_banned(event.value)):
            return True
        text = self._text.text
        escapes = iter_escapes(text, event.start_mark.index)
        at, code = next((at, code) for at, code in escapes if code > 0x10FFFF or has_banned(chr(code)))
        mark = event.start_mark
        line_start = max(mark.index - mark.column, text.rfind("\n", mark.index, at) + 1)
        line = mark.line + 1 + text.count("\n", mark.index, at)
        self._problems.append(control_problem(chr(code), self.path, line, at - line_start + 1))
        return False

    def _check_properties(self, event: Any) -> None:
        if event.tag is not None:
            self._tell_tag(event.start_mark)
        anchor = event.anchor
        if anchor is None:
            return
        line = event.start_mark.line + 1
        if anchor in self._anchors:
            cause = f"expected each anchor once, found &{shown(anchor, 40)} again (first at line {self._anchors[anchor]})"
            self._tell("E-YAML-ALIAS", cause, "delete the anchor; aliases are not read", event.start_mark)
        elif getattr(event, "value", None) == "" and not event.style:
            cause = f"expected a value behind the anchor &{shown(anchor, 40)}, found nothing"
            self._tell("E-YAML-ALIAS", cause, "delete the anchor; aliases are not read", event.start_mark)
        self._anchors.setdefault(anchor, line)

    def _tell_tag(self, mark: Any) -> None:
        at = self._text.text.find("!", mark.index)
        words = tag_words(self._text.text[at : at + MOST_OF_A_TAG + 1].translate(self._breaks), 0)
        self._tell("E-YAML-TAG", words, "delete the tag", mark)

    def refuse_keys(self, mapping: Mapping) -> NoReturn:
        """Stop at the first key that is too many."""
        most = self.limits.keys
        key = mapping.key(list(mapping.entries)[most])
        cause = f"expected at most {most} keys in one mapping, found {len(mapping.entries)}"
        raise Stopped(Problem("E-LIMIT-KEYS", cause, "split the file", self.path, key.line, key.column))

    def ended(self, more: list[Problem], reached: int | None = None) -> list[Problem]:
        """All problems in the order of their places, after the tree has lost what cannot be used.

        `reached` is where a syntax error stopped the reading: a strange line break before it is what caused it.
        """
        for mapping, key, written, mark in self._twins:
            self._tell_twin(mapping, key, written, mark)
        self._drop()
        breaks = breaks_outside(self._text, self._quoted, reached, self.path) if self._breaks else []
        problems = self._problems + breaks + (more if reached is None or not breaks else [])
        return sorted(problems, key=lambda problem: (problem.line, problem.column))

    def _drop(self) -> None:
        dropped: dict[int, tuple[Mapping, set[str]]] = {}
        for mapping, key in self._dropped:
            dropped.setdefault(id(mapping), (mapping, set()))[1].add(key)
            mapping.entries.pop(key, None)
        for mapping, keys in dropped.values():
            mapping.dropped = frozenset(keys)

    def _tell_twin(self, mapping: Mapping, key: str, written: str, mark: Any) -> None:
        first = mapping.key(key)
        spelt = self._spelt.get((id(mapping), key), key)
        cause = f"expected each key once, found {shown(key, 40)} again (first at line {first.line})"
        if spelt != written:
            cause += f"; same after NFC: {code_points(spelt)} and {code_points(written)}"
        self._tell("E-KEY-DUP", cause, "keep one of them; neither is used", mark)

    def _tell(self, code: str, cause: str, hint: str, mark: Any) -> None:
        self._problems.append(self._problem(code, cause, hint, mark))

    def _tell_once(self, code: str, cause: str, hint: str, mark: Any) -> None:
        if code not in self._told:
            self._told.add(code)
            self._tell(code, cause, hint, mark)

    def _problem(self, code: str, cause: str, hint: str, mark: Any) -> Problem:
        return Problem(code, cause, hint, self.path, mark.line + 1, mark.column + 1)
