"""Nodes of a file typed by the schema: each kind of field reads its value from the text as written."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from rehabfacts.dates import Date
from rehabfacts.errors import InvalidDate, InvalidQuantity, Problem, nearest, shown
from rehabfacts.loading.yaml_tree import Listing, Mapping, Node, Text, hash_warning
from rehabfacts.names import Names, Reasons
from rehabfacts.periods import Period
from rehabfacts.quantities import Quantity
from rehabfacts.schema import Field, Kind

FORMAT = "1"
_NULLISH = frozenset({"None", "nil", "nULL", "Null", "NULL", "NaN", "nan", "N/A", "n/a"})
_PLAIN_ID = re.compile(r"[A-Za-z0-9_.:-]+")
LANGUAGE = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
NEVER_INFERRED = frozenset(("id", "source", "quote", "cites", "status", "inferred", "note"))
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200c\u200d\u2060")


class ValueReader:
    """Reads the values of one file; what does not fit becomes a problem, and the value is None."""

    def __init__(self, path: str, *, calendar: str = "gregorian", language: str = "en") -> None:
        self.path, self.calendar, self.language = path, calendar, language
        self.problems: list[Problem] = []
        self.errors = 0

    def report(self, node: Node, code: str, cause: str, hint: str = "") -> None:
        """Notes a problem at a node."""
        self.errors += not code.startswith("W-")
        self.problems.append(Problem(code, cause, hint, self.path, node.line, node.column))

    def check_keys(self, node: Mapping, known: Iterable[str]) -> None:
        """Notes every key that means nothing."""
        for name in node.entries:
            if name not in known:
                self.unknown_key(node, name, known)

    def unknown_key(self, node: Mapping, name: str, known: Iterable[str]) -> None:
        """Notes a key that means nothing, with the nearest that does."""
        hint = nearest(name, known) or f"known are {', '.join(known)}"
        self.report(node.key(name), "E-KEY-UNKNOWN", f"unknown key {shown(name)!r}", hint)

    def check_version(self, tree: Mapping) -> None:
        """Notes a file that names no format version, or another than ours."""
        version = tree.entries.get("rehabfacts")
        if version is None:
            if "rehabfacts" not in tree.dropped:
                self.report(tree, "E-VERSION", "expected the format version, found none", f"begin the file with rehabfacts: {FORMAT}")
        elif not isinstance(version, Text) or version.value != FORMAT:
            self.report(version, "E-VERSION", f"expected format version {FORMAT}, found {shape(version)}", "a newer rehabfacts may read it")

    def read(self, field: Field, node: Node, calendar: str) -> Any:
        """The value of a field; None where nothing is stated or it could not be read."""
        if type(node) is Text or isinstance(node, Text):
            if node.is_null:
                return None
            return self._text_value(field, node, calendar)
        if isinstance(node, Mapping) and field.kind is Kind.NAMES:
            return self._names(node)
        if isinstance(node, Listing) and field.kind is Kind.TEXTS:
            return tuple(filter(None, (self.text(item) for item in node.items)))
        if isinstance(node, Mapping) and field.kind is Kind.REASONS:
            return self.reasons(node, ())
        self.report(node, "E-SHAPE", f"{field.name}: expected {_EXPECTED[field.kind]}, found {shape(node)}")
        return None

    def reasons(self, node: Mapping, fields: Iterable[str]) -> Reasons:
        """Reasons by field, and by language for the fact as a whole: `{date: …, en: …}`."""
        known = [name for name in fields if name not in NEVER_INFERRED]
        found, whole = Reasons(), Names()
        for name, value in node.entries.items():
            if name in known:
                reason = self._names(value) if isinstance(value, Mapping) else self._own_language(value)
                found.update({name: reason} if reason else {})
            elif re.fullmatch(LANGUAGE, name):
                whole.update({name: text} if (text := self.text(value)) is not None else {})
            else:
                hint = nearest(name, known) or f"known are {', '.join(known)}"
                self.report(node.key(name), "E-KEY-UNKNOWN", f"inferred: expected a field or a language, found {shown(name)!r}", hint)
        return Reasons({"": whole, **found}) if whole else found

    def _own_language(self, node: Node) -> Names:
        text = self.text(node)
        return Names() if text is None else Names({self.language: text})

    def text(self, node: Node) -> str | None:
        """A plain text."""
        if not isinstance(node, Text):
            self.report(node, "E-SHAPE", f"expected a text, found {shape(node)}")
            return None
        return None if node.is_null else self._checked(node)

    def identifier(self, node: Node) -> str | None:
        """An id: no white space, nothing invisible, letters of one script, in NFC."""
        text = self.text(node)
        if text is None:
            self.report(node, "E-ID", "expected an id, found nothing")
        elif _PLAIN_ID.fullmatch(text):
            return text
        elif not all(each.isalnum() or each in "-_.:" for each in text):
            self.report(node, "E-ID", f"expected an id of letters, digits and - _ . :, found {shown(text)}")
        elif not text.isascii() and (cause := _odd_script(text)):
            self.report(node, "E-ID", cause)
        else:
            return text
        return None

    def _text_value(self, field: Field, node: Text, calendar: str) -> Any:
        kind, text = field.kind, node.value
        if kind is Kind.ROLE:
            return text
        try:
            if kind is Kind.DATE:
                return self._warned(field, node, *_parsed(Date, text, calendar))
            if kind is Kind.PERIOD:
                return self._warned(field, node, *_parsed(Period, text, calendar))
            if kind is Kind.QUANTITY:
                return self._measured(field, node, Quantity.parse(text))
        except (InvalidDate, InvalidQuantity) as error:
            self.report(node, error.code, f"{field.name}: {error.cause}, found {shown(text)!r}", error.hint)
            return None
        return _READERS[kind](self, field, node)

    def _warned(self, field: Field, node: Text, value: Date | Period, warnings: tuple[Problem, ...]) -> Date | Period:
        for warning in warnings:
            if warning.code == "W-PERIOD" and not field.is_full:
                continue
            self.report(node, warning.code, warning.cause, warning.hint)
        return value

    def _measured(self, field: Field, node: Text, value: Quantity) -> Quantity | None:
        """The quantity, if it has `%` exactly where percentages belong, and no other unit than its field's."""
        if value.is_percentage is (field.unit == "%"):
            if not field.unit or value.unit in {"", field.unit}:
                return value
            self.report(node, "E-NUM-FORM", f"{field.name}: expected a number of {field.unit}, found {shown(node.value)!r}")
            return None
        expected, hint = ("a number of units", "percentages have a field of their own") if value.is_percentage else ("a percentage", "as in 35 %")
        self.report(node, "E-NUM-FORM", f"{field.name}: expected {expected}, found {shown(node.value)!r}", hint)
        return None

    def _checked(self, node: Text) -> str:
        text = node.value
        if node.is_plain and text in _NULLISH:
            self.report(node, "W-NULLISH", f"{text!r} is taken as a text", "leave the value empty to state nothing")
        if not text.isascii() and not _BIDI.isdisjoint(text):
            self.report(node, "W-BIDI", f"the text holds invisible characters: {shown(text)}")
        warning = hash_warning(node, self.path)
        if warning is not None:
            self.problems.append(warning)
        return text

    def _choice(self, field: Field, node: Text) -> str | None:
        if node.value in field.choices:
            return node.value
        expected = ", ".join(field.choices)
        self.report(node, "E-TYPE", f"{field.name}: expected one of {expected}, found {shown(node.value)!r}", nearest(node.value, field.choices))
        return None

    def _flag(self, field: Field, node: Text) -> bool | None:
        if node.value in {"true", "false"} and node.is_plain:
            return node.value == "true"
        self.report(node, "E-TYPE", f"{field.name}: expected true or false, found {shown(node.value)!r}", "quote it or write true/false")
        return None

    def _names(self, node: Mapping) -> Names:
        found = Names()
        for language, value in node.entries.items():
            text = self.text(value)
            if text is None:
                self.report(value, "E-SHAPE", f"expected a text in the language {shown(language)!r}, found nothing", "quote a text that holds a comma")
            else:
                found[language] = text
        return found


@lru_cache(maxsize=1 << 14)
def _parsed(kind: type[Date | Period], text: str, calendar: str) -> tuple[Date | Period, tuple[Problem, ...]]:
    """A date or period with its warnings: what is written often is read once."""
    value = kind.parse(text, calendar)
    return value, value.warnings


_READERS: dict[Kind, Callable[[ValueReader, Field, Text], Any]] = {
    Kind.TEXT: lambda reader, _, node: reader._checked(node),  # noqa: SLF001  # a row of the reader's own table
    Kind.TEXTS: lambda reader, _, node: (reader._checked(node),),  # noqa: SLF001
    Kind.NAMES: lambda reader, _, node: Names({reader.language: reader._checked(node)}),  # noqa: SLF001
    Kind.REASONS: lambda reader, _, node: Reasons({"": Names({reader.language: reader._checked(node)})}),  # noqa: SLF001
    Kind.CHOICE: ValueReader._choice,  # noqa: SLF001
    Kind.FLAG: ValueReader._flag,  # noqa: SLF001
}

_EXPECTED = {
    Kind.ROLE: "an id", Kind.DATE: "a date such as 1993-04-14", Kind.PERIOD: "a period such as 1993/2006",
    Kind.QUANTITY: "a number such as 75 thousand", Kind.NAMES: "a text or {language: text}", Kind.TEXT: "a text",
    Kind.TEXTS: "a list of texts", Kind.REASONS: "a reason or {field: reason}", Kind.CHOICE: "a word", Kind.FLAG: "true or false",
}  # fmt: skip


def shape(node: Node) -> str:
    """What a node is, in words."""
    if isinstance(node, Mapping):
        return "a mapping"
    return "a list" if isinstance(node, Listing) else f"{shown(node.value)!r}" if node.value else "nothing"


def _odd_script(text: str) -> str:
    if unicodedata.normalize("NFC", text) != text:
        return f"expected an id in NFC, found {shown(text)}"
    scripts = {unicodedata.name(each, "?").split()[0] for each in text if each.isalpha()}
    if {"LATIN", "CYRILLIC"} <= scripts:
        odd = next(n for n, each in enumerate(text, 1) if each.isalpha() and not each.isascii())
        return f"expected an id in one script: character {odd} of {shown(text)} is U+{ord(text[odd - 1]):04X} {unicodedata.name(text[odd - 1])}"
    return ""
