"""Facts, entities, sources, verdicts and bounds as CSV (RFC 4180) with a Frictionless data package that describes them.

There is a table for each type of fact. A date or period stands there as it was written, beside its earliest and latest
day; a quantity beside its least and most.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rehabfacts.calendars import iso
from rehabfacts.checker.reports import Report
from rehabfacts.checker.stories import in_units
from rehabfacts.dates import Date
from rehabfacts.exports.identifiers import Naming
from rehabfacts.names import Reasons
from rehabfacts.periods import Period
from rehabfacts.plain import plain
from rehabfacts.quantities import Quantity
from rehabfacts.schema import Entity, Fact, Kind, Names, RecordType

_SKIPPED = ("origin",)
_ENDS = {Kind.DATE: ("earliest", "latest"), Kind.QUANTITY: ("least", "most")}
_PERIOD_ENDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")

Row = Sequence[str]


@plain
class Table:
    """One CSV file: its columns with their types, its rows, and the columns that point at other tables' ids."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    key: tuple[str, ...] = ("id",)
    links: tuple[tuple[str, str], ...] = ()


_FORMULA = re.compile(r"[=+@\t\r\n\uff1d\uff0b\uff0d\uff20]|-(?![\d.,:-]*$)")
"""How a text begins that a spreadsheet would run; a negative number or date is none."""


def export(report: Report, naming: Naming, *, is_raw: bool = False) -> Mapping[str, str]:
    """The tables and `datapackage.json`, which names their columns, keys, sizes and digests.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, unless the tables are to be raw.
    """
    found = (_sources(report), _entities(report), *_facts(report), _verdicts(report), _bounds(report))
    tables = found if is_raw else tuple(map(_harmless, found))
    files = {f"{table.name}.csv": _csv(table) for table in tables if table.rows}
    package = {
        "profile": "tabular-data-package", "name": "rehabfacts-export", "id": naming.of("package"), "title": "Facts, and what follows from them",
        "resources": [_resource(table, files[f"{table.name}.csv"]) for table in tables if table.rows],
    }  # fmt: skip
    return {**files, "datapackage.json": json.dumps(package, ensure_ascii=False, indent=1) + "\n"}


def _harmless(table: Table) -> Table:
    rows = tuple(tuple(f"'{cell}" if _FORMULA.match(cell) else cell for cell in row) for row in table.rows)
    return Table(table.name, table.columns, rows, table.key, table.links)


def _csv(table: Table) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([name for name, _ in table.columns])
    writer.writerows(table.rows)
    return text.getvalue()


def _resource(table: Table, text: str) -> dict[str, Any]:
    data = text.encode()
    schema: dict[str, Any] = {"fields": [{"name": name, "type": kind} for name, kind in table.columns], "primaryKey": list(table.key)}
    if table.links:
        schema["foreignKeys"] = [{"fields": [name], "reference": {"resource": target, "fields": ["id"]}} for name, target in table.links]
    return {
        "profile": "tabular-data-resource", "name": table.name, "path": f"{table.name}.csv", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "bytes": len(data), "hash": "sha256:" + hashlib.sha256(data).hexdigest(), "schema": schema,
    }  # fmt: skip


def _sources(report: Report) -> Table:
    columns = (("id", "string"), ("path", "string"), ("sha256", "string"), ("language", "string"))
    sources = sorted(report.dataset.sources.items())
    return Table("sources", columns, tuple((name, each.path, each.sha256, each.language or "") for name, each in sources))


def _entities(report: Report) -> Table:
    columns = (("id", "string"), ("type", "string"), ("name", "string"), ("names", "object"), ("mentions", "array"))
    entities = sorted(report.dataset.entities.items())
    return Table("entities", columns, tuple((name, *_entity(each)) for name, each in entities))


def _entity(entity: Entity) -> Row:
    return type(entity).__name__, str(entity.name or ""), _json(entity.name or {}), _json(list(entity.mentions))


def _facts(report: Report) -> Iterator[Table]:
    dataset = report.dataset
    by_type: dict[str, list[Fact]] = {}
    for _, fact in sorted(dataset.facts.items()):
        by_type.setdefault(type(fact).__name__, []).append(fact)
    for name, facts in sorted(by_type.items()):
        kind = dataset.schema[name]
        columns = (*(column for field in _fields(kind) for column in _columns(kind, field)), *_ANCHOR)
        yield Table(
            _table_name(name), columns, tuple((*_cells(kind, fact), *_anchor(report, fact)) for fact in facts),
            links=tuple(_links(kind, report, facts)),
        )  # fmt: skip


_ANCHOR = (("quote_state", "string"), ("quote_start", "integer"), ("quote_end", "integer"), ("path", "string"), ("line", "integer"))


def _anchor(report: Report, fact: Fact) -> Iterator[str]:
    anchor = report.main.anchors.get(fact.id)
    yield from ("", "", "") if anchor is None else (anchor.state.value, str(anchor.start), str(anchor.end))
    yield from (fact.origin.path, str(fact.origin.line or ""))


def _table_name(type_name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in type_name).lstrip("-")


def _fields(kind: RecordType) -> list[str]:
    return ["id", *(name for name in kind.fields if name not in {"id", *_SKIPPED})]


def _kind(kind: RecordType, name: str) -> Kind:
    return kind.fields[name].kind if name in kind.fields else Kind.TEXT


def _columns(kind: RecordType, name: str) -> Iterator[tuple[str, str]]:
    what = _kind(kind, name)
    yield name, {Kind.NAMES: "object", Kind.REASONS: "object", Kind.TEXTS: "array", Kind.FLAG: "boolean"}.get(what, "string")
    ends = _PERIOD_ENDS if what is Kind.PERIOD else _ENDS.get(what, ())
    yield from ((f"{name}_{end}", "integer" if what is Kind.QUANTITY else "string") for end in ends)


def _cells(kind: RecordType, fact: Fact) -> Iterator[str]:
    for name in _fields(kind):
        value, what = getattr(fact, name), _kind(kind, name)
        yield _cell(value)
        if what is Kind.DATE:
            yield from _days(value, _ENDS[what])
        elif what is Kind.PERIOD:
            yield from _days(value, _PERIOD_ENDS)
        elif what is Kind.QUANTITY:
            yield from ("" if value is None or end is None else str(end) for end in (getattr(value, "least", None), getattr(value, "most", None)))


def _days(value: Date | Period | None, ends: Iterable[str]) -> Iterator[str]:
    for end in ends:
        day = None if value is None else getattr(value, end)
        yield "" if day is None else iso(day)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Date | Period | Quantity):
        return value.notation
    return _json(value) if isinstance(value, Names | Reasons | tuple) else str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _links(kind: RecordType, report: Report, facts: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    if all(fact.source in {None, *report.dataset.sources} for fact in facts):
        yield "source", "sources"
    for name, field in kind.fields.items():
        if field.kind is Kind.ROLE and not report.dataset.schema[field.target].is_fact:
            yield name, "entities"


def _verdicts(report: Report) -> Table:
    columns = (("rule", "string"), ("binding", "string"), ("severity", "string"), ("outcome", "string"), ("facts", "array"))
    rows = tuple(
        (instance.rule.id, " ".join(instance.binding), str(instance.rule.severity), outcome.value, _json(list(instance.facts)))
        for instance, outcome in report.outcomes.items()
    )
    return Table("verdicts", columns, rows, ("rule", "binding"))


def _bounds(report: Report) -> Table:
    columns = tuple((name, "string") for name in ("record", "variable", "stated_least", "stated_greatest", "least", "greatest"))
    rows = tuple((bound.record, bound.name, *_ends_of(bound)) for bound in report.bounds())
    return Table("bounds", columns, rows, ("record", "variable"))


def _ends_of(bound: Any) -> Iterator[str]:
    for end in (*bound.stated, *bound.tightened):
        yield "" if end is None else in_units(end, is_quantity=bound.is_quantity, unbounded="").replace(",", "")
