"""Provenance as PROV-JSON (W3C member submission, 2013)."""

import json
from collections.abc import Mapping
from typing import Any

from rehabfacts.checker.reports import Report
from rehabfacts.exports.identifiers import Naming
from rehabfacts.exports.provenance import Relation, Thing, statements

_ROLES = {
    "wasDerivedFrom": ("prov:generatedEntity", "prov:usedEntity"),
    "wasAttributedTo": ("prov:entity", "prov:agent"),
    "wasGeneratedBy": ("prov:entity", "prov:activity"),
    "used": ("prov:activity", "prov:entity"),
    "wasAssociatedWith": ("prov:activity", "prov:agent"),
}
"""How each relation names its subject and its object."""


def export(report: Report, naming: Naming) -> Mapping[str, str]:
    """One file."""
    names = {"rehabfacts": naming.vocabulary, "it": naming.base}
    document: dict[str, dict[str, Any]] = {"prefix": names}
    for at, each in enumerate(statements(report, naming)):
        if isinstance(each, Thing):
            document.setdefault(each.kind, {})[_short(each.iri, naming)] = _attributes(each)
        else:
            name, described = _relation(each, naming)
            document.setdefault(name, {})[f"_:r{at}"] = described
    return {"provenance.json": json.dumps(document, ensure_ascii=False, indent=1) + "\n"}


def _short(iri: str, naming: Naming) -> str:
    return "it:" + iri.removeprefix(naming.base)


def _attributes(thing: Thing) -> dict[str, Any]:
    described: dict[str, Any] = {"prov:type": {"$": f"rehabfacts:{thing.type}", "type": "prov:QUALIFIED_NAME"}}
    for name, value in thing.attributes:
        described["prov:label" if name == "label" else f"rehabfacts:{name}"] = value
    return described


def _relation(relation: Relation, naming: Naming) -> tuple[str, dict[str, Any]]:
    """Quotation is a derivation of its own type there."""
    name = "wasDerivedFrom" if relation.name == "wasQuotedFrom" else relation.name
    subject, target = _ROLES[name]
    described: dict[str, Any] = {subject: _short(relation.subject, naming), target: _short(relation.object, naming)}
    if relation.name == "wasQuotedFrom":
        described["prov:type"] = {"$": "prov:Quotation", "type": "prov:QUALIFIED_NAME"}
    return name, described
