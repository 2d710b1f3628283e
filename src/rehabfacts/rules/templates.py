"""Templates: the common rules in one line, as a table of what each is written out to."""

from collections.abc import Mapping, Sequence

import attrs

from rehabfacts.errors import InvalidFormula, nearest
from rehabfacts.plain import plain
from rehabfacts.rules.grammar import parse_path
from rehabfacts.rules.tokens import Token, tokens_of
from rehabfacts.rules.wordings import Wording


@plain
class Template:
    """A rule to be filled in. `takes` names its arguments; further ones are keys, in which the records must be alike.

    In `formula`, `where` and `over`, `{name}` is an argument as it is written, `{next.name}` the same of a second record
    and `{between.name}` of a third; `{alike}` and `{between.alike}` say that such a record is alike in the keys.
    """

    takes: tuple[str, ...]
    form: str
    formula: str
    where: str = ""
    over: str = ""


TEMPLATES: Mapping[str, Template] = {
    "within": Template(("child", "parent"), "require", "{child} within {parent}"),
    "precedes": Template(("first", "second"), "require", "{first} before {second}"),
    "successor": Template(("first", "second"), "require", "{first} meets {second}"),
    "at_most_one_at_a_time": Template(("period",), "apart", "{period}"),
    "in_order": Template(("period", "number"), "require", "{period} before {next.period}", "{alike} and {number} < {next.number}"),
    "alternates": Template(
        ("date", "state"), "require", "count between >= 1 or {date} equals {next.date}", "{record} < {next.record} and {alike} and {state} = {next.state}",
        "{between.alike} and {between.state} != {state} and ({date} <= {between.date} and {between.date} <= {next.date}"
        " or {next.date} <= {between.date} and {between.date} <= {date})",
    ),
}  # fmt: skip
"""What each template is written out to."""

_OTHERS = ("next", "between")


def expand(wording: Wording) -> Wording:
    """A rule written out, if it is written by a template. Raises InvalidFormula, with the column of what does not fit."""
    return wording if wording.form != "template" else _expanded(wording, str(wording.formula))


def _expanded(wording: Wording, text: str) -> Wording:
    name, arguments = _read(text)
    template = TEMPLATES[name]
    keys = arguments[len(template.takes) :]
    if keys and not (template.where or template.form == "apart"):
        raise InvalidFormula(text, f"expected {name}({', '.join(template.takes)}), got more", keys[0][2])
    scans = dict(wording.scans)
    filled = _filled(template, scans, arguments, text)
    if template.where and wording.unless:
        raise InvalidFormula(text, f"expected no unless beside {name}", 1)
    if template.where:
        scans["next"] = next(iter(scans.values()))
    own = (wording.where, _moved(wording.where, wording.scans, "next")) if wording.where else ()
    where = " and ".join(f"({each})" for each in (*own, filled["where"])) if template.where else wording.where
    over = {"between": next(iter(wording.scans.values())), "where": filled["over"]} if template.over else wording.over
    per = tuple(word for _, word, _ in keys) if template.form == "apart" else wording.per
    return attrs.evolve(  # type: ignore[misc]  # a plain class is an attrs class
        wording, form=template.form, formula=filled["formula"], scans=scans, where=where, over=over, per=per, template=text,
    )  # fmt: skip


def _filled(template: Template, scans: Mapping[str, str], arguments: Sequence[Token], text: str) -> dict[str, str]:
    """The formulas of a template with its arguments in place."""
    if template.where and (len(scans) != 1 or not scans.keys().isdisjoint(_OTHERS)):
        raise InvalidFormula(text, "expected one variable under for, neither next nor between: the template compares records of one type", 1)
    variable = next(iter(scans))
    words = {"record": variable, **{name: word for name, (_, word, _) in zip(template.takes, arguments, strict=False)}}
    words |= {f"{other}.{name}": _moved(word, scans, other) for other in _OTHERS for name, word in words.items()}
    keys = [word for _, word, _ in arguments[len(template.takes) :]]
    for prefix, other in (("", "next"), ("between.", "between")):
        alike = [f"{key} = {_moved(key, scans, other)}" for key in keys]
        apart = [f"{variable} != next"] if prefix == "" and template.over == "" else []
        words[f"{prefix}alike"] = " and ".join((*apart, *alike)) or f"{variable} != {other}"
    found = {"formula": template.formula, "where": template.where, "over": template.over}
    for name, word in words.items():
        found = {part: formula.replace(f"{{{name}}}", word) for part, formula in found.items()}
    return found


def _read(text: str) -> tuple[str, list[Token]]:
    """Template = name, "(", path, { ",", path }, ")"."""
    tokens = tokens_of(text)
    kind, name, column = tokens[0]
    if kind != "path" or name not in TEMPLATES:
        raise InvalidFormula(text, f"expected a template, got {name!r}", column, nearest(name, TEMPLATES) or f"known are {', '.join(TEMPLATES)}")
    arguments = tokens[2:-2:2]
    signs = [sign for _, sign, _ in (tokens[1], *tokens[3:-1:2])]
    takes = TEMPLATES[name].takes
    if signs != ["(", *[","] * (len(arguments) - 1), ")"] or len(arguments) < len(takes):
        raise InvalidFormula(text, f"expected {name}({', '.join(takes)})", tokens[1][2])
    for kind, word, column in arguments:
        if kind != "path":
            raise InvalidFormula(text, f"expected a path, got {word!r}", column)
        parse_path(word)
    return name, arguments


def _moved(text: str, scans: Mapping[str, str], other: str) -> str:
    """A formula as it speaks of another record."""
    found, at = "", 0
    for kind, word, column in tokens_of(text):
        variable, *rest = word.split(".")
        if kind == "path" and variable in scans:
            found += text[at : column - 1] + ".".join((other, *rest))
            at = column - 1 + len(word)
    return found + text[at:]
