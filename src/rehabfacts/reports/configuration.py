"""Every setting of a run with where its value comes from, as text."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from rehabfacts.reports.text import escaped
from rehabfacts.settings import MOST, Settings, find_places

_OPTIONS = {"packs": "--pack", "without_sources": "--without-source", "as_of": "--as-of"}
_ADDED = frozenset({"without", "without_sources"})
"""Settings to which options add, where others take the place of what a file says."""

Row = tuple[str, str, str]


def write_configuration(used: Settings, given: Collection[str], usual: tuple[str, ...]) -> str:
    """A line for each setting that is used: what a file says, what options gave, and the defaults of all others."""
    places = find_places(used.origin) if used.origin else {}
    rows = [row for key in Settings.__attrs_attrs__ if key.name != "origin" for row in _rows(key.name, used, places, given, usual)]
    first, second = (min(40, max(len(row[at]) for row in rows)) for at in range(2))
    return "".join(f"{line}\n" for name, value, place in rows for line in escaped(f"{name:<{first}}  {value:<{second}}  {place}"))


def _rows(key: str, used: Settings, places: Mapping[str, str], given: Collection[str], usual: tuple[str, ...]) -> Iterator[Row]:
    """One line, or one for each entry of a table."""
    value = getattr(used, key)
    if key == "limits":
        value = {**MOST, **value}
    if isinstance(value, Mapping) and value:
        for name, each in value.items():
            yield f"{key}.{name}", _told(each), places.get(f"{key}.{name}", "default")
        return
    written = [places[key]] if key in places and (key in _ADDED or key not in given) else []
    origins = [*written, *([_OPTIONS.get(key, f"--{key}")] if key in given else [])]
    yield key, _told(usual if key == "paths" and not value else value), " and ".join(origins) or ("the day of the run" if key == "today" else "default")


def _told(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(each if isinstance(each, str) else f"[{', '.join(each)}]" for each in value) or "-"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} = {each}" for name, each in value.items()) or "-"
    return "-" if not value else f"{value:,}" if isinstance(value, int) else str(value)
