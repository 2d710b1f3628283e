"""Settings of a run: from `rehabfacts.toml`, `[tool.rehabfacts]` in pyproject.toml, or the caller."""

import os
import re
from collections.abc import Mapping
from typing import Any

import attrs

from rehabfacts.dates import Date
from rehabfacts.errors import InvalidDate, InvalidInput, Problem, nearest
from rehabfacts.precisions import DEFAULT_WIDTHS, Width

SEVERITIES = ("note", "warning", "error")
USUAL_PATHS = ("facts", "rules")
"""What is read where nobody names paths."""

MOST: Mapping[str, int] = {"files": 20_000, "depth": 64, "keys": 100_000, "key_length": 200, "scalar_length": 1 << 20}
"""The limits of an input where nobody lowers them."""

_OWN_TABLE = re.compile(rb"""\[\s*["']?tool["']?\s*(?:\]|\.\s*["']?rehabfacts)""")
"""What a pyproject.toml with settings of ours must hold somewhere: others are not read any further."""

Parameter = str | tuple[str, ...]
"""A value as a rule would write it, or several."""

DOUBTFUL = ("report", "fail", "ignore")


@attrs.frozen
class Settings:
    """How to check. `schemas` are files of types to read beside the paths. `threshold` is the mildest severity that fails a run; `severities` replaces those of rules by id.

    `packs` are the shipped rule packs to use beside the rules given (all of them where no rules are given). `without`
    are rules that are switched off. Of the demands only those that `select` names are judged, if it names any, and none
    that `ignore` names: packs, or ids in which `*` stands for anything. `doubtful` says what facts marked `?` or alleged do: `report` what becomes violated
    only with them, `fail` the run for it, or `ignore` them. `widths` says how far `~` reaches. `calendar` is that of
    dates whose source names none. `limits` lower what an input may hold (`files`, and `depth`, `keys`, `key_length`,
    `scalar_length` of a YAML file): a file under test can never raise them.

    `parameters` are other values of those that rules name: for all rules that have such a parameter or, under the id of a rule, for that one.

    `language` is that in which rules say what they say, where they do so in several.

    `trust` and `without_sources` name sources and speakers: only the facts of the one are taken, those of the other are
    not. `as_of` is a day (the last one it can be): later sources, and what only they supersede, are not known then.
    `waivers` are files of waivers that are read beside the paths; `today` is the day by which waivers end.
    `reliability` ranks sources and speakers, the most reliable first, equals in a tuple of their own: it orders what is
    told and decides nothing.
    """

    paths: tuple[str, ...] = ()
    schemas: tuple[str, ...] = ()
    packs: tuple[str, ...] | None = None
    threshold: str = "error"
    severities: Mapping[str, str] = attrs.field(factory=dict)
    without: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    doubtful: str = "report"
    widths: Mapping[str, Width] = attrs.field(default=DEFAULT_WIDTHS)
    calendar: str = "gregorian"
    limits: Mapping[str, int] = attrs.field(factory=dict)
    parameters: Mapping[str, "Parameter | Mapping[str, Parameter]"] = attrs.field(factory=dict)
    trust: tuple[str, ...] = ()
    without_sources: tuple[str, ...] = ()
    as_of: Date | None = None
    reliability: tuple[str | tuple[str, ...], ...] = ()
    waivers: tuple[str, ...] = ()
    today: Date | None = None
    language: str = "en"
    origin: str = ""


def find_settings(directory: str | os.PathLike[str] = ".") -> Settings:
    """The settings of a directory: of its rehabfacts.toml, or of [tool.rehabfacts] in its pyproject.toml, or the defaults.

    Raises InvalidInput with every wrong key and value.
    """
    for name, path in (("rehabfacts.toml", ()), ("pyproject.toml", ("tool", "rehabfacts"))):
        file = os.path.join(directory, name) if os.fspath(directory) != "." else name
        if not path and os.path.lexists(file) and not os.path.isfile(file):
            raise InvalidInput((Problem("E-CONFIG", "expected a file, found a directory, a link to nothing or a device", "", file),))
        if os.path.isfile(file):
            with open(file, "rb") as opened:
                data = opened.read()
            table = _table(file, data, path) if not path or _OWN_TABLE.search(data) else None
            if table is not None:
                return read_settings(table, origin=file.replace(os.sep, "/"))
    return Settings()


def _table(file: str, data: bytes, path: tuple[str, ...]) -> Mapping[str, Any] | None:
    import tomllib  # noqa: PLC0415  # only where there is something to read

    try:
        table: Any = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput((Problem("E-CONFIG", f"expected TOML: {error}", "", file),)) from None
    for key in path:
        if key not in table:
            return None
        table = table[key]
        if not isinstance(table, dict):
            raise InvalidInput((Problem("E-CONFIG", f"{key}: expected a table, got {table!r}", "", file),))
    return dict(table)


def read_settings(table: Mapping[str, Any], *, origin: str = "") -> Settings:
    """Settings from a table. Raises InvalidInput with every wrong key and value."""
    problems: list[Problem] = []
    values: dict[str, Any] = {"origin": origin}
    for key, value in table.items():
        reader = SETTINGS.get(key)
        if reader is None:
            problems.append(Problem("E-CONFIG", f"unknown key {key!r}", nearest(key, SETTINGS) or f"known are {', '.join(SETTINGS)}", origin))
            continue
        try:
            values[key] = reader(value)
        except ValueError as error:
            problems.append(Problem("E-CONFIG", f"{key}: {error}", "", origin))
    if problems:
        raise InvalidInput(tuple(problems))
    return Settings(**values)


def find_places(origin: str) -> Mapping[str, str]:
    """Where the file that settings came from writes each of its keys: `severities.RULE` to `file:line`."""
    places: dict[str, str] = {}
    header: tuple[str, ...] = ()
    with open(origin, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if found := _HEADER.match(line):
                header = _names(found[1])
            elif found := _KEY.match(line):
                path = (*header, *_names(found[1]))
                own = path[2:] if path[:2] == ("tool", "rehabfacts") else path
                inner = [".".join((*own, *_names(each))) for each in _INNER.findall(line, found.end())]
                places |= dict.fromkeys((".".join(own), *inner), f"{origin}:{number}")
    return places


_HEADER = re.compile(r"\s*\[([^\[\]]+)\]")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")
_INNER = re.compile(r"[{,]\s*([\w.\"'-]+)\s*=")


def _names(path: str) -> tuple[str, ...]:
    return tuple(name.strip(" \t\"'") for name in path.split("."))


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"expected a list of texts, got {value!r}")
    return tuple(value)


def read_day(text: object) -> Date:
    """A day to judge by, the last one that a date can be. Raises ValueError for what is no date, or none with a last day."""
    try:
        date = Date.parse(str(text))
    except InvalidDate as error:
        raise ValueError(str(error)) from None
    if date.latest is None:
        raise ValueError(f"expected a date with a last day, got {date}")
    return date


def _ranks(value: Any) -> tuple[str | tuple[str, ...], ...]:
    if not isinstance(value, list) or not all(isinstance(each, str | list) for each in value):
        raise ValueError(f"expected a list of sources, those that are equal in a list of their own, got {value!r}")
    return tuple(each if isinstance(each, str) else _texts(each) for each in value)


def _one_of(*known: str) -> Any:
    def read(value: Any) -> str:
        if value not in known:
            raise ValueError(f"expected one of {', '.join(known)}, got {value!r}")
        return str(value)

    return read


def _severities(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise ValueError(f"expected a table of rule ids and severities, got {value!r}")
    return {rule: _one_of(*SEVERITIES)(severity) for rule, severity in value.items()}


def _widths(value: Any) -> Mapping[str, Width]:
    if not isinstance(value, dict) or not value.keys() <= DEFAULT_WIDTHS.keys():
        raise ValueError(f"expected a table of {', '.join(DEFAULT_WIDTHS)}, got {value!r}")
    return {**DEFAULT_WIDTHS, **{precision: Width.parse(str(width)) for precision, width in value.items()}}


def _limits(value: Any) -> Mapping[str, int]:
    if not isinstance(value, dict) or not value.keys() <= MOST.keys():
        raise ValueError(f"expected a table of {', '.join(MOST)}, got {value!r}")
    for name, limit in value.items():
        if type(limit) is not int or not 0 < limit <= MOST[name]:
            raise ValueError(f"{name} can only be lowered: expected 1 to {MOST[name]:,}, got {limit!r}")
    return dict(value)


def _parameters(value: Any) -> Mapping[str, Parameter | Mapping[str, Parameter]]:
    if not isinstance(value, dict):
        raise ValueError(f"expected a table of names and values, got {value!r}")
    return {
        name: {inner: _parameter(each) for inner, each in found.items()} if isinstance(found, dict) else _parameter(found) for name, found in value.items()
    }


def _parameter(value: Any) -> Parameter:
    if isinstance(value, list) and value and not any(isinstance(each, list) for each in value):
        return tuple(str(_parameter(each)) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str | int) and type(value).__name__ != "date":
        raise ValueError(f"expected a text, a whole number, a date or a list of them, got {value!r}")
    return str(value)


def _language(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", value):
        raise ValueError(f"expected a language tag such as uk, got {value!r}")
    return value


SETTINGS: dict[str, Any] = {
    "calendar": _one_of("gregorian", "julian"),
    "limits": _limits,
    "paths": _texts,
    "schemas": _texts,
    "packs": _texts,
    "threshold": _one_of(*SEVERITIES),
    "severities": _severities,
    "without": _texts,
    "select": _texts,
    "ignore": _texts,
    "doubtful": _one_of(*DOUBTFUL),
    "widths": _widths,
    "parameters": _parameters,
    "language": _language,
    "trust": _texts,
    "without_sources": _texts,
    "as_of": read_day,
    "reliability": _ranks,
    "waivers": _texts,
    "today": read_day,
}
