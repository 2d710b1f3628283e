"""Facts and conclusions for other tools, one module a format; they know nothing of each other."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

FORMATS = {"web-annotation": "annotations", "prov-json": "prov_json", "prov-o": "prov_o", "csv": "tables"}
"""The formats and their modules, each with an `export(report, naming)`."""


def export(report: Any, name: str, *, base: str = "urn:rehabfacts:", is_raw: bool = False) -> Mapping[str, str]:
    """The files of a format by their names, deterministic to the byte. `base` begins every identifier that is made up.

    `is_raw` leaves cells of tables as they are, though a spreadsheet may run them.

    Raises MissingExtra where the format needs a package that is not installed.
    """
    from rehabfacts.exports.identifiers import Naming  # noqa: PLC0415  # a table of formats need not load it

    options = {"is_raw": is_raw} if name == "csv" else {}
    files: Mapping[str, str] = import_module(f"rehabfacts.exports.{FORMATS[name]}").export(report, Naming(base), **options)
    return files
