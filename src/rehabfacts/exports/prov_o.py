"""Provenance as PROV-O (W3C, 2013) in Turtle, written by rdflib."""

from collections.abc import Mapping
from typing import Any

from rehabfacts.checker.reports import Report
from rehabfacts.errors import MissingExtra
from rehabfacts.exports.identifiers import Naming
from rehabfacts.exports.provenance import Thing, statements

_CLASSES = {"entity": "Entity", "activity": "Activity", "agent": "Agent"}


def export(report: Report, naming: Naming) -> Mapping[str, str]:
    """One file. Raises MissingExtra without rdflib."""
    try:
        import rdflib  # noqa: PLC0415  # an extra, and slow to load
    except ImportError:
        raise MissingExtra("prov-o", "rdf") from None
    graph: Any = rdflib.Graph()
    prov, own = rdflib.Namespace("http://www.w3.org/ns/prov#"), rdflib.Namespace(naming.vocabulary)
    graph.bind("prov", prov)
    graph.bind("rehabfacts", own)
    for each in statements(report, naming):
        if not isinstance(each, Thing):
            graph.add((rdflib.URIRef(each.subject), prov[each.name], rdflib.URIRef(each.object)))
            continue
        iri = rdflib.URIRef(each.iri)
        graph.add((iri, rdflib.RDF.type, prov[_CLASSES[each.kind]]))
        graph.add((iri, rdflib.RDF.type, prov.SoftwareAgent if each.type == "SoftwareAgent" else own[each.type]))
        for name, value in each.attributes:
            graph.add((iri, rdflib.RDFS.label if name == "label" else own[name], rdflib.Literal(value)))
    return {"provenance.ttl": graph.serialize(format="turtle")}
