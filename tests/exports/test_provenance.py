"""Provenance is read by parsers that are not ours, and says what the report says."""

import json

import pytest
from copies import ROOT

from rehabfacts.api import check
from rehabfacts.exports import export


@pytest.fixture(scope="module")
def report():
    return check(ROOT / "facts")


def test_prov_json_is_read_by_the_prov_package(report):
    model = pytest.importorskip("prov.model", reason="prov is not installed (extra test)")
    text = export(report, "prov-json")["provenance.json"]
    document = model.ProvDocument.deserialize(content=text, format="json")
    quotations = [each for each in document.get_records(model.ProvDerivation) if model.PROV["Quotation"] in each.get_attribute("prov:type")]
    assert sum(fact.quote is not None for fact in report.dataset.facts.values()) == len(quotations)
    verdicts = {iri for iri in json.loads(text)["entity"] if iri.startswith("it:verdict/")}
    assert len(report.outcomes) == len(verdicts)
    assert verdicts <= {str(each.identifier) for each in document.get_records(model.ProvEntity)}


def test_every_end_of_a_relation_is_described(report):
    document = json.loads(export(report, "prov-json")["provenance.json"])
    described = {iri for kind in ("entity", "activity", "agent") for iri in document[kind]}
    ends = {
        end for kind, relations in document.items() if kind not in {"prefix", "entity", "activity", "agent"}
        for relation in relations.values() for name, end in relation.items() if name != "prov:type"
    }  # fmt: skip
    assert set() == ends - described


def test_prov_o_holds_the_same_statements(report):
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed (extra rdf)")
    graph = rdflib.Graph().parse(data=export(report, "prov-o")["provenance.ttl"], format="turtle")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    document = json.loads(export(report, "prov-json")["provenance.json"])
    assert len(document["entity"]) == len(set(graph.subjects(rdflib.RDF.type, prov.Entity)))
    assert len(document["used"]) == len(list(graph.subject_objects(prov.used)))
    assert len(document["wasDerivedFrom"]) == len(list(graph.subject_objects(prov.wasDerivedFrom))) + len(
        list(graph.subject_objects(prov.wasQuotedFrom))
    )
    kasymov = rdflib.URIRef("urn:rehabfacts:entity/sabyr-kasymov")
    said = sorted(name for name, fact in report.dataset.facts.items() if fact.according_to == "sabyr-kasymov")
    assert [rdflib.URIRef(f"urn:rehabfacts:fact/{name}") for name in said] == sorted(graph.subjects(prov.wasAttributedTo, kasymov))


def test_an_id_cannot_end_its_iri():
    from rehabfacts.exports.identifiers import Naming

    naming = Naming("https://example.org/")
    assert "https://example.org/fact/a%2Fb%3E%20%22" == naming.of("fact", 'a/b> "')
    assert naming.of("verdict", "a/b", "c") != naming.of("verdict", "a", "b/c")
