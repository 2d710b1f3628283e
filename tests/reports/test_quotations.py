"""The passage of a quote as `explain` shows it: where it stands, among which words, in colour on a terminal."""

from textwrap import dedent

import pytest

import rehabfacts
from rehabfacts.reports.explanations import explain

TEXT = "\ufeffBefore.\r\nThe Mill Committee was founded on 2 May\r\n1895 by \U0001d50c workers; it met twice and ceased.\r\n" + "After. " * 40
FACTS = """
    rehabfacts: 1
    source: {id: chronicle, text: chronicle.txt, language: en}
    entities: [{id: m, type: Body}]
    facts:
      - {id: founded, type: Creation, body: m, date: 1895-05-20, quote: The Mill Committee was founded on 2 May 1895}
      - {id: parts, type: Cessation, body: m, quote: "by workers […] and ceased"}
      - {id: apart, type: Cessation, body: m, quote: "workers; it met […] ceased."}
    """


@pytest.fixture
def report(tmp_path, monkeypatch):
    (tmp_path / "chronicle.txt").write_bytes(TEXT.encode())
    (tmp_path / "facts.yaml").write_text(dedent(FACTS), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return rehabfacts.check(".")


def shown(text):
    return [line for line in text.splitlines() if "chronicle.txt" in line or "⟦" in line or "\x1b" in line]


def test_a_violation_leads_to_the_passage_among_its_words(report):
    (violation,) = (each for each in report if each.rule_id == "stated-in-quote")
    assert shown(explain(report, violation.id)) == [
        "    normalised (white space) in chronicle.txt:2:1, code points 10 to 55",
        "    \\uFEFFBefore. ⟦The Mill Committee was founded on 2 May 1895⟧ by \U0001d50c workers; it met twice and ceased. After. After. After. After. After.…",
    ]


def test_on_a_terminal_the_passage_is_in_other_colours(report):
    (line,) = (line for line in explain(report, "founded", color=True).splitlines() if "\x1b" in line)
    assert line.startswith("    \\uFEFFBefore. \x1b[7mThe Mill Committee was founded on 2 May 1895\x1b[0m by ")


def test_each_part_of_a_quote_with_words_left_out_is_marked(report):
    *_, line = shown(explain(report, "apart"))
    assert "1895 by \U0001d50c ⟦workers; it met⟧ twice and ⟦ceased.⟧ After." in line


def test_a_quote_that_stands_nowhere_has_no_place(report):
    assert ["  absent in chronicle.txt"] == shown(explain(report, "parts"))[:1]
