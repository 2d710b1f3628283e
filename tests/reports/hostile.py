"""A dataset with a text of the test's choice in every place that takes one, and reports on it in every format."""

import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs

from rehabfacts import (
    INSTITUTIONS,
    Ambiguity,
    Dataset,
    Date,
    Mode,
    Names,
    Period,
    Problem,
    Reading,
    Rule,
    Settings,
    check_dataset,
)
from rehabfacts.checker.violations import Accepted
from rehabfacts.names import Reasons
from rehabfacts.origins import Origin
from rehabfacts.reports import write
from rehabfacts.rules.rules import Severity
from rehabfacts.vocabulary.entities import Body
from rehabfacts.vocabulary.facts import Activity, Creation

_DATA = Path(__file__).parents[1] / "data" / "nasty" / "text"
TEXTS = {file.stem: file.read_bytes().decode("utf-8", "surrogateescape").rstrip("\n") for file in sorted(_DATA.glob("*.txt"))} | {
    "commands": "::error file=a,line=1::owned\n::stop-commands::x\n##[error]owned ##vso[task.complete result=Failed]",
    "percent": "50 %0A::error::owned%0D%0A, 100 %25",
    "markup": "]]> <failure/> & \" ' --> <!-- <?xml version='1.0'?> <!DOCTYPE a [<!ENTITY b 'c'>]> &b;",
    "illegal in XML": "".join(map(chr, (*range(32), 127, 0x85, 0xFFFE, 0xFFFF, 0xDFFF, 0xD800))),
    "tables": "a | b\n|---|---|\n| `c` | ~~~ \\| ``` ||",
    "blocks": "\n\n# a\n\n- b\n1. c\n---\n===\n    d\n> e\n***\n<details>\n",
    "a list": "- a",
    "a number": "1. a",
    "links": '[a](javascript:alert(1)) ![b](http://evil.example/c.png) <http://d> [e]: /f "g" {0} {{1}}',
    "addresses": "www.evil.example http://evil.example/a?b a@evil.example mailto:a@b.c ftp://a.b",
    "mentions": "@everyone #1 GH-1 owner/repo#2 octo@org/team :tada: $a^2$ **b** __c__ ~~d~~",
    "json": '"}]}, {"level": "error", "a": [{"b": "',
    "astral": "\U0001f600 \U000e0041 \ufeff \u200b",
    "long": "wide " * 3_000,
}  # fmt: skip


@cache
def report_on(text):
    """A conflict, open demands, notes, a problem, readings: each with the text wherever a reader of data would write one."""
    origin = Origin(f"facts/{text}.yaml", 3, 5)
    said = {"quote": text, "cites": text, "note": text, "inferred": Reasons({"": Names(en=text)}), "according_to": f"0{text}", "origin": origin}
    body = Body(id=f"1{text}", name=Names(en=text), mentions=(text,), origin=origin)
    created = Creation(id=f"2{text}", source=f"s{text}", body=body.id, date=Date.parse("1993"), **said)
    acted = Activity(id=f"3{text}", source=f"t{text}", body=body.id, period=Period.parse("1990/1991"), **said)
    later = Activity(id=f"4{text}", body=body.id, period=Period.parse("1993/1994"), status="alleged", **said)
    speaker = Body(id=f"0{text}", origin=origin)
    readings = tuple(
        Reading(f"{word}{text}", {f"5{text}": Activity(id=f"5{text}", body=body.id, period=Period.parse(span), **said)}, is_held=word == "a")
        for word, span in (("a", "1994/1995"), ("b", "1980/1981"))
    )
    dataset = attrs.evolve(
        Dataset.of(INSTITUTIONS, [body, speaker], [created, acted, later]), ambiguities=(Ambiguity(f"p{text}", readings),)
    ).under({f"p{text}": f"a{text}"})
    rules = [
        rule(f"1{text}", Mode.DEFINE, "c.body.lifetime.start = c.date", {"c": "Creation"}, text),
        rule(f"2{text}", Mode.REQUIRE, "a.body.lifetime.start <= a.period.start", {"a": "Activity"}, text),
        rule(f"3{text}", Mode.REQUIRE, "a.quote is unknown", {"a": "Activity"}, text, severity=Severity.NOTE),
        rule(f"4{text}", Mode.REQUIRE, "m.period within 1990", {"m": "Meeting"}, text),
    ]
    problems = [Problem("W-TEST", text, text, origin.path, 3, 5)]
    report = check_dataset(dataset, rules, Settings(), problems=problems, digests={origin.path: "0"})
    accepted = {each.id: Accepted(text) for each in report.violations if each.severity is Severity.NOTE}
    return attrs.evolve(report, accepted=accepted, objections=(text,))


def rule(name, mode, formula, scans, text, **options):
    return Rule.of(name, mode, formula, scans=scans, schema=INSTITUTIONS, says=Names(en=text), why=Names(en=text), pack=f"p{text}", origin=Origin(f"{text}.yaml", 1, 1), **options)


def structure(text, name):
    """What a report of a format is made of, without any text of it."""
    return _STRUCTURES[name](write(report_on(text), name), text)


def _shape(value, text):
    """A JSON document with every text replaced, those too that are keys, as ids are in the JSON report."""
    if isinstance(value, dict):
        return {key.replace(text, ""): _shape(each, text) for key, each in value.items()}
    return [_shape(each, text) for each in value] if isinstance(value, list) else type(value).__name__


class _Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.told = [], []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, tuple(name for name, _ in attributes)))

    def handle_endtag(self, tag):
        self.found.append(f"/{tag}")

    def handle_data(self, data):
        self.told.append(data)


def elements(markdown):
    """The elements and the text that GitHub's own parser makes of Markdown."""
    import cmarkgfm

    page = _Elements()
    page.feed(cmarkgfm.github_flavored_markdown_to_html(markdown))
    return page


def _lines(report, _):
    return len(report.split("\n"))


def _json(report, text):
    return _shape(json.loads(report), text)


def _markdown(report, _):
    return elements(report).found


def _xml(report, _):
    return [(each.tag, tuple(each.attrib)) for each in ET.fromstring(report).iter()]


_STRUCTURES = {
    "text": _lines, "brief": _lines, "json": _json, "markdown": _markdown, "comment": _markdown, "summary": _markdown, "sarif": _json, "junit": _xml,
    "github": _lines, "gitlab": _json, "rdjson": _json,
}  # fmt: skip
