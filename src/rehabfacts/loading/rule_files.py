"""Rule files: a list of rules, an envelope of plain keys around one-line formulas."""

from collections.abc import Iterable
from typing import Any

from rehabfacts.errors import InvalidFormula, NoSuchThing, Problem, shown
from rehabfacts.loading.values import ValueReader, shape
from rehabfacts.loading.yaml_tree import Listing, Mapping, Node, Text
from rehabfacts.origins import Origin
from rehabfacts.rules.rules import Mode, Rule, Severity
from rehabfacts.rules.wordings import Wording
from rehabfacts.schema import Field, Kind, Names, Schema

_MODES = {mode.value: mode for mode in Mode}
FORMS = (*_MODES, "apart", "template")
KEYS = (
    "id", "says", "why", "source", "severity", "rank", "parameters", "for", "where", "unless", "over", *FORMS, "per", "at_most", "examples",
)  # fmt: skip
SEVERITIES = {str(each): each for each in Severity}
_SEVERITY = Field("severity", Kind.CHOICE, choices=tuple(SEVERITIES))
_NAMES = Field("says", Kind.NAMES)


def read_rule_file(tree: Listing, path: str, pack: str, schema: Schema) -> tuple[list[Rule], list[Problem]]:
    """The rules of a file's tree, checked against the schema."""
    reader = _RuleFileReader(path, pack, schema)
    rules = [rule for node in tree.items if (rule := reader.rule(node)) is not None]
    return rules, reader.values.problems


class _RuleFileReader:
    def __init__(self, path: str, pack: str, schema: Schema) -> None:
        self._pack, self._schema = pack, schema
        self.values = ValueReader(path)
        self._report = self.values.report

    def rule(self, node: Node) -> Rule | None:
        """The rule of a node; None with problems where it cannot be read."""
        if not isinstance(node, Mapping):
            self._report(node, "E-SHAPE", f"expected a rule, a mapping with id and for, found {shape(node)}")
            return None
        errors = self.values.errors
        self.values.check_keys(node, KEYS)
        envelope = self._envelope(node)
        forms = [name for name in FORMS if name in node.entries]
        if len(forms) != 1:
            self._report(node, "E-KEY-MISSING", f"expected one of {', '.join(FORMS)}, found {' and '.join(forms) or 'none'}")
        self._check_companions(node)
        scans = self._scans(node.entries.get("for"), node)
        if self.values.errors != errors or scans is None:
            return None
        return self._compiled(node, forms[0], scans, envelope)

    def _check_companions(self, node: Mapping) -> None:
        """`over` finds what a require adds up; `per` is a part of apart."""
        for name, form in (("over", "require"), ("per", "apart"), ("at_most", "apart")):
            if name in node.entries and form not in node.entries:
                self._report(node.key(name), "E-KEY-UNKNOWN", f"expected {name} beside {form}, found it without")
        for name in ("unless", "over"):
            parts = node.entries.get(name)
            if parts is not None and not (isinstance(parts, Mapping) and parts.entries.keys() - {"where"}):
                self._report(parts, "E-SHAPE", f"{name}: expected variables and their types, found {shape(parts)}", "as in {c: Creation, where: c.body = b}")
        parameters = node.entries.get("parameters")
        if parameters is not None and not (isinstance(parameters, Mapping) and parameters.entries):
            self._report(parameters, "E-SHAPE", f"parameters: expected names and their values, found {shape(parameters)}", "as in {minimum_age: 18}")

    def _envelope(self, node: Mapping) -> dict[str, Any]:
        entries, values = node.entries, self.values
        name = values.identifier(entries["id"]) if "id" in entries else None
        if "id" not in entries and "id" not in node.dropped:
            self._report(node, "E-KEY-MISSING", "expected the id of a rule")
        severity = values.read(_SEVERITY, entries["severity"], "") if "severity" in entries else "error"
        return {
            "id": name,
            "says": (values.read(_NAMES, entries["says"], "") if "says" in entries else None) or Names(),
            "why": (values.read(_NAMES, entries["why"], "") if "why" in entries else None) or Names(),
            "severity": SEVERITIES.get(severity or "error", Severity.ERROR),
            "rank": self._rank(entries.get("rank")),
            "pack": self._pack,
            "origin": Origin(values.path, node.line, node.column),
            "examples": entries.get("examples"),
        }

    def _rank(self, node: Node | None) -> int:
        if node is None:
            return 100
        if isinstance(node, Text) and node.value.isascii() and node.value.isdecimal() and len(node.value) < 10:
            return int(node.value)
        self._report(node, "E-NUM-FORM", f"rank: expected a whole number, found {shape(node)}")
        return 100

    def _scans(self, node: Node | None, rule: Mapping) -> dict[str, str] | None:
        if not isinstance(node, Mapping) or not node.entries:
            if "for" not in rule.dropped:
                self._report(node or rule, "E-KEY-MISSING", "for: expected variables and their types", "as in for: {c: Creation}")
            return None
        return self._texts(node)

    def _texts(self, node: Mapping) -> dict[str, str] | None:
        texts = {name: self.values.text(value) for name, value in node.entries.items()}
        return {name: text or "" for name, text in texts.items()}

    def _compiled(self, node: Mapping, form: str, scans: dict[str, str], envelope: dict[str, Any]) -> Rule | None:
        entries = node.entries
        where = self.values.text(entries["where"]) or "" if "where" in entries else ""
        unless, over = (self._texts(found) if isinstance(found := entries.get(name), Mapping) else None for name in ("unless", "over"))
        wording = Wording(
            form, self._formula(entries[form]), scans, where, unless, over, tuple(self._list(entries.get("per"))), self._parameters(entries.get("parameters")),
            (self.values.text(entries["at_most"]) or "") if "at_most" in entries else "1",
        )  # fmt: skip
        name = envelope.pop("id")
        try:
            return Rule.worded(name, wording, self._schema, **envelope)
        except InvalidFormula as error:
            self._formula_problem(node, error)
        except NoSuchThing as error:
            self._type_problem(node, error)
        return None

    def _parameters(self, node: Node | None) -> dict[str, str | tuple[str, ...]]:
        entries = node.entries if isinstance(node, Mapping) else {}
        return {
            name: tuple(self._list(value)) if isinstance(value, Listing) else self.values.text(value) or ""
            for name, value in entries.items()
        }  # fmt: skip

    def _list(self, node: Node | None) -> list[str]:
        if node is None:
            return []
        return [self.values.text(item) or "" for item in (node.items if isinstance(node, Listing) else [node])]

    def _formula(self, node: Node) -> Any:
        if isinstance(node, Mapping):
            return self._texts(node)
        if isinstance(node, Listing):
            return [self.values.text(item) or "" for item in node.items]
        return self.values.text(node) or ""

    def _formula_problem(self, rule: Mapping, error: InvalidFormula) -> None:
        """The problem at the very character, where the formula stands on one line as it is written."""
        node = next((each for each in (*_texts_in(rule), *_parameter_keys(rule)) if each.value == error.formula), None)
        whole = rule.entries.get("template", rule)
        column = (node.column + error.column - 1 + (not node.is_plain)) if node else whole.column
        caret = f"\n  {shown(error.formula, 400)}\n  {' ' * (error.column - 1)}^"
        self.values.errors += 1
        self.values.problems.append(
            Problem(error.code, error.cause, error.hint, self.values.path, node.line if node else whole.line, column, caret)
        )

    def _type_problem(self, rule: Mapping, error: NoSuchThing) -> None:
        node = next((each for each in _texts_in(rule) if each.value == error.name), rule)
        self._report(node, "E-REF", f"no {error.kind} {shown(error.name)!r}", error.hint)


def _parameter_keys(rule: Mapping) -> Iterable[Text]:
    parameters = rule.entries.get("parameters")
    return [parameters.key(name) for name in parameters.entries] if isinstance(parameters, Mapping) else []


def _texts_in(node: Node) -> Iterable[Text]:
    if isinstance(node, Text):
        yield node
        return
    for each in node.entries.values() if isinstance(node, Mapping) else node.items:
        yield from _texts_in(each)
