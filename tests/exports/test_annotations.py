"""Annotations are read by a JSON-LD parser, and their selectors found again in the source by nothing but slicing."""

import json

import pytest
from copies import ROOT

from rehabfacts.api import check
from rehabfacts.exports import export

OA = "http://www.w3.org/ns/oa#"
TERMS = {
    "@vocab": OA, "id": "@id", "type": "@type",
    "dc": "http://purl.org/dc/elements/1.1/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "as": "http://www.w3.org/ns/activitystreams#", "dctypes": "http://purl.org/dc/dcmitype/",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage", "Text": "dctypes:Text",
    "body": {"@id": "hasBody"}, "target": {"@id": "hasTarget"}, "source": {"@id": "hasSource", "@type": "@id"},
    "selector": {"@id": "hasSelector"}, "motivation": {"@id": "motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "hasPurpose", "@type": "@vocab"}, "value": "rdf:value", "language": "dc:language", "format": "dc:format",
    "items": {"@id": "as:items", "@container": "@list"}, "first": {"@id": "as:first", "@type": "@id"}, "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "total": "as:totalItems", "startIndex": "as:startIndex",
}  # fmt: skip
"""The words of the published context that are used here, so that nothing is fetched."""


@pytest.fixture(scope="module")
def report():
    return check(ROOT / "facts")


@pytest.fixture(scope="module")
def items(report):
    return json.loads(export(report, "web-annotation")["annotations.jsonld"])["first"]["items"]


def test_every_fact_with_a_quote_has_an_annotation(report, items):
    quoted = sorted(name for name, fact in report.dataset.facts.items() if fact.quote is not None)
    assert quoted == [each["id"].removeprefix("urn:rehabfacts:annotation/") for each in items]


def test_both_selectors_of_each_target_choose_the_same_words_of_the_file(items):
    text = (ROOT / "facts/sources/kz-rehabilitation-article.txt").read_bytes().decode("utf-8")
    for each in items:
        for target in each["target"]:
            position, words = target["selector"]
            assert words["exact"] == text[position["start"] : position["end"]]
            assert text.count(words["prefix"] + words["exact"] + words["suffix"]) == 1


def test_a_quote_that_is_not_found_keeps_its_words_and_says_so():
    from rehabfacts.dataset import Dataset
    from rehabfacts.sources import Source
    from rehabfacts.vocabulary import INSTITUTIONS
    from rehabfacts.vocabulary.entities import Body
    from rehabfacts.vocabulary.facts import Creation

    source, _ = Source.from_bytes("note", b"Nothing of the kind.")
    creation = Creation(id="made", body="board", source="note", quote="The board was set up in 1993")
    dataset = Dataset(INSTITUTIONS, {"board": Body(id="board")}, {"made": creation}, sources={"note": source})
    from rehabfacts import builtin
    from rehabfacts.checker.checking import check_dataset

    (item,) = json.loads(export(check_dataset(dataset, builtin.rules()), "web-annotation")["annotations.jsonld"])["first"]["items"]
    assert "absent" == item["rehabfacts:state"]
    assert [{"type": "TextQuoteSelector", "exact": "The board was set up in 1993"}] == [each["selector"] for each in item["target"]]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own parser
def test_a_json_ld_parser_reads_annotations_bodies_targets_and_selectors(report, items):
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed (extra rdf)")
    document = json.loads(export(report, "web-annotation")["annotations.jsonld"])
    assert "http://www.w3.org/ns/anno.jsonld" == document["@context"][0]
    document["@context"][0] = TERMS
    graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    oa = rdflib.Namespace(OA)
    assert len(items) == len(set(graph.subjects(rdflib.RDF.type, oa.Annotation)))
    found = set(graph.objects(None, oa.hasTarget))
    assert sum(len(each["target"]) for each in items) == len(found)
    for target in found:
        (source,) = graph.objects(target, oa.hasSource)
        assert rdflib.URIRef("urn:rehabfacts:source/kz-article") == source
        kinds = {graph.value(each, rdflib.RDF.type) for each in graph.objects(target, oa.hasSelector)}
        assert {oa.TextPositionSelector, oa.TextQuoteSelector} == kinds
