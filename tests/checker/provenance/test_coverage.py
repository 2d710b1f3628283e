"""Coverage: which sentences, dates, numbers and names of a source the facts speak for."""

import time

import pytest
from copies import ROOT, Project, run

import rehabfacts
from rehabfacts.api import coverage
from rehabfacts.checker.provenance.coverage import KINDS, Cover
from rehabfacts.checker.provenance.spans import Spans

TEXT = """The Mill Committee was set up on 19 July 1993. It heard 300 witnesses.
Anna Weber led it from 1993 to 2006. Nobody knows why. In 2006, article 28
was deleted [2, p. 213].
"""
HEAD = """\
rehabfacts: 1
source: {id: minutes, text: minutes.txt, language: en%s}
entities:
  - {id: committee, type: Body, mentions: [Mill Committee]}
  - {id: anna-weber, type: Person, mentions: [Anna Weber]}
  - {id: head, type: Office}
  - {id: article-28, type: Provision, mentions: [article 28]}
  - {id: witnesses, type: Population}
  - {id: law, type: Act}
facts:
"""
CREATED = "  - {id: created, type: Creation, body: committee, date: 1993-07-19, quote: The Mill Committee was set up on 19 July 1993}\n"
HEARD = "  - {id: heard, type: Count, population: witnesses, value: 300 witnesses, extent: moment, quote: It heard 300 witnesses}\n"
LED = "  - {id: led, type: OfficeHolding, person: anna-weber, office: head, period: 1993/2006, quote: Anna Weber led it from 1993 to 2006}\n"
DELETED = '  - {id: deleted, type: Exclusion, provision: article-28, act: law, cites: "[2, p. 213]", quote: "article 28 was deleted [2, p. 213]"}\n'


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)
    made.write("facts/minutes.txt", TEXT)
    return made


def measured(project, facts, source=""):
    project.write("facts/minutes.yaml", HEAD % source + facts)
    found = coverage("facts")
    assert [problem for problem in found.problems if not problem.is_warning] == []
    return found.sources[0]


def covered(found):
    """The parts that are covered, by kind, in the words of the source."""
    return {kind: [words(found, part) for part in found.parts if part.kind == kind and part.cover is Cover.FACT] for kind in KINDS}


def uncovered(found):
    return {kind: [words(found, part) for part in found.parts if part.kind == kind and part.cover is Cover.NOTHING] for kind in KINDS}


def words(found, part):
    return " ".join(found.source.text[part.start : part.end].split())


def test_without_facts_everything_is_uncovered(project):
    found = measured(project, "")
    assert covered(found) == {"sentences": [], "dates": [], "numbers": [], "names": []}
    assert uncovered(found) == {
        "sentences": ["The Mill Committee was set up on 19 July 1993.", "It heard 300 witnesses.", "Anna Weber led it from 1993 to 2006.",
                      "Nobody knows why.", "In 2006, article 28 was deleted [2, p. 213]."],
        "dates": ["19 July 1993", "1993", "2006", "2006"], "numbers": ["300", "28", "2", "213"], "names": ["Mill Committee", "Weber"],
    }  # fmt: skip
    assert [found.per_cent(kind) for kind in KINDS] == [0, 0, 0, 0]


def test_facts_cover_what_their_quotes_hold_and_their_fields_resolve_to(project):
    found = measured(project, CREATED + HEARD + LED + DELETED)
    assert covered(found) == {
        "sentences": ["The Mill Committee was set up on 19 July 1993.", "It heard 300 witnesses.", "Anna Weber led it from 1993 to 2006.",
                      "In 2006, article 28 was deleted [2, p. 213]."],
        "dates": ["19 July 1993", "1993", "2006"], "numbers": ["300", "28", "2", "213"], "names": ["Mill Committee", "Weber"],
    }  # fmt: skip
    assert uncovered(found) == {"sentences": ["Nobody knows why."], "dates": ["2006"], "numbers": [], "names": []}
    assert [found.per_cent(kind) for kind in KINDS] == [80, 75, 100, 100]
    assert found.least == 75


@pytest.mark.parametrize(
    ("facts", "kind", "expected"),
    [
        (CREATED.replace("1993-07-19", "1993"), "dates", []),
        (CREATED.replace("1993-07-19", "1993-07-20"), "dates", []),
        (CREATED.replace("date: 1993-07-19, ", ""), "dates", []),
        (CREATED.replace(" on 19 July 1993", ""), "dates", []),
        (CREATED.replace("1993-07-19", "1993-07-19~"), "dates", ["19 July 1993"]),
        (CREATED.replace("set up", "built"), "sentences", []),
        (HEARD.replace("300 witnesses,", "30 witnesses,"), "numbers", []),
        (HEARD.replace("value: 300 witnesses", "value: about 300 witnesses"), "numbers", ["300"]),
        (LED.replace("1993/2006", "1993/2005"), "dates", ["1993"]),
        (DELETED.replace("cites:", "note:"), "numbers", ["28"]),
        (DELETED.replace("article-28, act", "other, act"), "numbers", ["2", "213"]),
    ],
)
def test_what_a_field_does_not_resolve_to_stays_uncovered(project, facts, kind, expected):
    project.write("facts/more.yaml", "rehabfacts: 1\nentities:\n  - {id: other, type: Provision}\n")
    assert covered(measured(project, facts))[kind] == expected


def test_a_quote_of_three_sentences_covers_none_of_them(project):
    two = CREATED.replace("quote: The Mill Committee was set up on 19 July 1993", 'quote: "up on 19 July 1993. It heard 300 witnesses."')
    three = two.replace("300 witnesses.", "300 witnesses. Anna Weber")
    assert len(covered(measured(project, two))["sentences"]) == 2
    assert covered(measured(project, three))["sentences"] == []


def test_a_quote_with_omissions_covers_the_sentences_of_its_parts(project):
    found = measured(project, CREATED.replace("up on 19 July 1993", "up … Anna Weber led it"))
    assert covered(found)["sentences"] == ["The Mill Committee was set up on 19 July 1993.", "Anna Weber led it from 1993 to 2006."]
    assert covered(found)["dates"] == []


def test_facts_of_every_reading_and_status_speak_for_their_words(project):
    denied = CREATED.replace("type:", "status: denied, type:")
    readings = """\
  - id: heard
    type: Count
    population: witnesses
    extent: moment
    quote: It heard 300 witnesses
    readings:
      - {reading: all, held: true, value: 299}
      - {reading: some, value: 300}
"""
    found = measured(project, denied + readings)
    assert (covered(found)["dates"], covered(found)["numbers"]) == (["19 July 1993"], ["300"])


def test_a_date_without_its_year_is_covered_by_the_date_that_is_put_together(project):
    project.write("facts/minutes.txt", "In 1993 it was said: on 19 July it began.\n")
    quote = "quote: on 19 July it began, inferred: {date: the year is that of the sentence before}"
    found = measured(project, CREATED.replace("quote: The Mill Committee was set up on 19 July 1993", quote))
    assert (covered(found)["dates"], uncovered(found)["dates"]) == (["19 July"], ["1993"])


def test_a_date_quoted_in_another_language_is_read_as_one(project):
    project.write("facts/minutes.txt", "It was set up by the law «от 19 июля 1993 г.».\n")
    found = measured(project, CREATED.replace("quote: The Mill Committee was set up on 19 July 1993", "quote: It was set up by the law «от 19 июля 1993 г.»"))
    assert (covered(found)["dates"], [part for part in found.parts if part.kind == "numbers"]) == (["19 июля 1993 г."], [])


# --- marks of no claim

NO_CLAIM = ", no_claim: [{quote: Nobody knows why., reason: a sigh}, {quote: 'In 2006,', reason: {en: it says when}}]"


def test_a_mark_of_no_claim_speaks_for_what_lies_in_it_and_is_counted_apart(project):
    found = measured(project, CREATED + HEARD + LED + DELETED, NO_CLAIM)
    assert uncovered(found) == {kind: [] for kind in KINDS}
    assert [(found.of(kind, Cover.FACT), found.of(kind, Cover.NO_CLAIM), found.of(kind)) for kind in KINDS] == [(4, 1, 5), (3, 1, 4), (4, 0, 4), (2, 0, 2)]
    assert (found.least, found.no_claim_length) == (100, len("Nobody knows why.") + len("In 2006,"))
    assert [(str(mark.mark.reason), mark.note) for mark in found.marks] == [("a sigh", ""), ("it says when", "")]


def test_a_mark_whose_words_are_not_there_fails_and_one_that_a_fact_speaks_for_is_told(project):
    marks = ", no_claim: [{quote: Nobody knows how., reason: a sigh}, {quote: It heard 300 witnesses., reason: so many}]"
    found = measured(project, HEARD, marks)
    assert [(mark.is_found, mark.note) for mark in found.marks] == [(False, "its quote is absent"), (True, "a fact speaks for it all the same: heard")]
    assert run("coverage", "facts").status == 1


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("none", ("E-SHAPE", "no_claim: expected a list, found 'none'")),
        ("[none]", ("E-SHAPE", "no_claim: expected a mapping with quote and reason, found 'none'")),
        ("[{quote: Nobody}]", ("E-KEY-MISSING", "no_claim: expected a reason")),
        ("[{reason: a sigh}]", ("E-KEY-MISSING", "no_claim: expected a quote")),
        ("[{quote: Nobody, reason: a sigh, because: no}]", ("E-KEY-UNKNOWN", "unknown key 'because'")),
        ("[{quote: [Nobody], reason: a sigh}]", ("E-SHAPE", "expected a text, found a list")),
    ],
)
def test_a_mark_that_is_none_is_told(project, mark, expected):
    project.write("facts/minutes.yaml", HEAD % f", no_claim: {mark}" + CREATED)
    found = coverage("facts")
    assert expected in [(problem.code, problem.cause) for problem in found.problems]
    assert run("coverage", "facts").status == 2


def test_marks_of_several_files_about_one_source_are_put_together(project):
    project.write("facts/more.yaml", "rehabfacts: 1\nsource: {id: minutes, no_claim: [{quote: Nobody knows why., reason: a sigh}]}\n")
    found = measured(project, CREATED, ", no_claim: [{quote: 'In 2006,', reason: it says when}]")
    assert [mark.mark.quote for mark in found.marks] == ["In 2006,", "Nobody knows why."]


# --- the command


def test_the_command_prints_tables_and_what_is_uncovered_with_its_place(project):
    measured(project, CREATED + LED, ", no_claim: [{quote: Nobody knows why., reason: a sigh}]")
    done = run("coverage", "facts")
    assert (done.status, done.err) == (0, "")
    assert done.out == """\
minutes  facts/minutes.txt
  sentences  2 of 5 covered, 1 no claim  60 %
  dates      3 of 4 covered  75 %
  numbers    0 of 4 covered  0 %
  names      2 of 2 covered  100 %
  no claim   17 of 171 characters  9.9 %
  uncovered  facts/minutes.txt:1:48  sentence  “It heard 300 witnesses.”
  uncovered  facts/minutes.txt:1:57  number  “300”
  uncovered  facts/minutes.txt:2:56  sentence  “In 2006, article 28 was deleted [2, p. 213].”
  uncovered  facts/minutes.txt:2:59  date  “2006”
  uncovered  facts/minutes.txt:2:73  number  “28”
  uncovered  facts/minutes.txt:3:14  number  “2”
  uncovered  facts/minutes.txt:3:20  number  “213”
  no claim   facts/minutes.yaml:2:67  “Nobody knows why.”: a sigh

"""


@pytest.mark.parametrize(("least", "status"), [(0, 0), (50, 0), (51, 1), (100, 1)])
def test_too_little_coverage_of_any_kind_fails(project, least, status):
    measured(project, CREATED + HEARD + DELETED + LED.replace("1993/2006", "1993/2005"))
    counts = run("coverage", "facts", "--format", "json").json["sources"][0]["counts"]
    assert {kind: count["per_cent"] for kind, count in counts.items()} == {"sentences": 80, "dates": 50, "numbers": 100, "names": 100}
    assert run("coverage", "facts", "--min-coverage", str(least)).status == status


def test_the_columns_of_tsv_and_the_parts_of_json_are_the_same(project):
    measured(project, CREATED)
    rows = [line.split("\t") for line in run("coverage", "facts", "--format", "tsv").lines]
    document = run("coverage", "facts", "--format", "json").json
    assert document["format"] == "rehabfacts coverage 1"
    assert [(row[1], row[2], int(row[3]), int(row[4]), int(row[5]), int(row[6]), row[7]) for row in rows] == [
        (part["kind"], part["cover"], part["line"], part["column"], part["start"], part["end"], " ".join(part["facts"]))
        for part in document["sources"][0]["parts"]
    ]
    assert rows[0] == ["minutes", "sentence", "covered", "1", "1", "0", "46", "created", "The Mill Committee was set up on 19 July 1993."]


def test_a_changed_source_is_not_measured_and_fails(project):
    project.write("facts/minutes.yaml", HEAD % f", sha256: {'0' * 64}" + CREATED)
    done = run("coverage", "facts")
    assert (done.status, done.out) == (1, "not measured  minutes: its text has changed since its digest was pinned\n")


def test_a_source_without_a_text_beside_others_is_told_and_fails_nothing(project):
    measured(project, CREATED)
    project.write("facts/more.yaml", "rehabfacts: 1\nsource: other\n")
    done = run("coverage", "facts")
    assert (done.status, done.lines[-1]) == (0, "not measured  other: there is no text")


@pytest.mark.parametrize("head", ["rehabfacts: 1\nsource: minutes\n", "rehabfacts: 1\n", ""])
def test_where_nothing_can_be_measured_the_command_does_not_pass(project, head):
    project.write("facts/minutes.yaml", head)
    done = run("coverage", "facts", "--min-coverage", "100")
    assert done.status == 2
    assert "E-NOTHING expected a source with a text, found none (name the text of a source in its fact file)" in done.err


def test_the_real_document_is_covered_whole_with_no_mark_of_no_claim(monkeypatch):
    monkeypatch.chdir(ROOT)
    done = run("coverage", "--min-coverage", "100")
    assert (done.status, done.err) == (0, "")
    assert done.lines == [
        "kz-article  facts/sources/kz-rehabilitation-article.txt",
        "  sentences  17 of 17 covered  100 %",
        "  dates      13 of 13 covered  100 %",
        "  numbers    11 of 11 covered  100 %",
        "  names      24 of 24 covered  100 %",
        "  no claim   0 of 2,914 characters  0.0 %",
        "",
    ]


@pytest.mark.parametrize("fact", ["rehabilitated-by-1993", "session-2023", "scientific-programme-developed", "second-reference", "resolution-1991-adopted"])
def test_a_fact_left_out_of_the_real_dataset_leaves_something_uncovered(tmp_path, monkeypatch, fact):
    monkeypatch.chdir(tmp_path)
    project = Project.copied(tmp_path)
    project.drop(fact)
    assert run("coverage", "--min-coverage", "100").status in (1, 2)
    assert [part for each in coverage("facts").sources for part in each.parts if part.cover is Cover.NOTHING]


# --- time


@pytest.mark.timed
def test_a_long_source_with_many_facts_is_measured_in_linear_time():
    def seconds(sentences):
        text = "".join(f"On {1 + at % 28} May {1000 + at % 999} the Council of Town Number {at} met {at % 90 + 10} men. " for at in range(sentences))
        source, _ = rehabfacts.sources.Source.from_bytes("s", text.encode(), language="en")
        body = rehabfacts.INSTITUTIONS["Body"].cls(id="b", mentions=("Council of Town",))
        cls = rehabfacts.INSTITUTIONS["Meeting"].cls
        facts = [
            cls(id=f"f{at}", source="s", body="b", period=rehabfacts.Period.parse(f"{1000 + at % 999}-05-{1 + at % 28:02}"),
                quote=f"On {1 + at % 28} May {1000 + at % 999} the Council of Town Number {at} met")
            for at in range(0, sentences, 2)
        ]  # fmt: skip
        dataset = rehabfacts.Dataset(rehabfacts.INSTITUTIONS, {"b": body}, {fact.id: fact for fact in facts}, sources={"s": source})
        started = time.process_time()
        from rehabfacts.checker.provenance.coverage import cover_sources

        (found,) = cover_sources(dataset)
        assert found.of("sentences", Cover.FACT) == sentences // 2
        return time.process_time() - started

    seconds(50)
    assert seconds(3_200) < 20 * min(seconds(400) for _ in range(2)) + 0.2


@pytest.mark.parametrize(("start", "end", "held", "met"), [(0, 5, False, False), (10, 12, True, True), (15, 25, True, True), (5, 11, False, True), (30, 31, False, False), (29, 41, False, True)])
def test_spans_hold_and_meet(start, end, held, met):
    spans = Spans([(20, 30), (10, 21), (40, 50)])
    assert (spans.hold(start, end), spans.meet(start, end)) == (held, met)
