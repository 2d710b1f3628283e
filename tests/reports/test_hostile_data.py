"""Data that looks like the syntax of a format changes no structure of it, whatever format and whatever place."""

import re

import pytest
from hostile import TEXTS, elements, report_on, structure

from rehabfacts.reports import FORMATS, write

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")
LOG_COMMAND = re.compile(r"^\s*::|##\[|##vso\[", re.MULTILINE)
COMMAND = re.compile(r"::(error|warning|notice) file=[^,:]*,line=\d+,col=\d+,title=[^,:]*::[^\n]*")
MENTION = re.compile(r"(?<!\w)@\w|#\d|\bGH-\d")


@pytest.fixture(scope="module", params=[name for name in FORMATS if name != "html"])
def benign(request):
    return request.param, structure("benign", request.param)


@pytest.mark.parametrize("name", TEXTS)
def test_the_structure_is_that_of_benign_data(benign, name):
    format_, expected = benign
    assert structure(TEXTS[name], format_) == expected


@pytest.mark.parametrize("name", TEXTS)
def test_no_line_of_a_report_is_a_command_to_a_log_or_a_terminal(name):
    report = report_on(TEXTS[name])
    for format_ in FORMATS:
        text = write(report, format_)
        found = [*CONTROL.findall(text), *([] if format_ == "github" else LOG_COMMAND.findall(text))]
        assert (format_, found) == (format_, [])
        assert text.encode().endswith(b"\n")


@pytest.mark.parametrize("name", TEXTS)
def test_a_workflow_command_is_ours_to_the_last_character(name):
    *commands, counts = write(report_on(TEXTS[name]), "github").splitlines()
    assert [line for line in commands if not COMMAND.fullmatch(line) or "##" in line] == []
    assert counts == "rehabfacts: 2 errors, 1 warning, 0 notices; complete"


@pytest.mark.parametrize("name", TEXTS)
def test_markdown_shows_data_as_text_without_links_images_mentions_or_markup(name):
    page = elements(write(report_on(TEXTS[name]), "markdown"))
    tags = {each[0] for each in page.found if isinstance(each, tuple)}
    assert tags <= {"h1", "h2", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "strong"}
    assert MENTION.findall("".join(page.told)) == []
