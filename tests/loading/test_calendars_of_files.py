"""Calendars from files: of a whole source, of one fact, of the project; the days that reforms skipped; both forms shown."""

import pytest

from rehabfacts.calendars import from_iso, iso
from rehabfacts.checker.stories import sentence
from rehabfacts.loading.loader import load
from rehabfacts.vocabulary import INSTITUTIONS

FILE = """rehabfacts: 1
source: {id: chronicle%s}
entities:
  - {id: rada, type: Body}
facts:
  - {id: f1, type: Creation, body: rada, date: %s%s}
"""


def loaded(folder, date, *, source="", fact="", **options):
    path = folder / "a.yaml"
    path.write_text(FILE % (source, date, fact), encoding="utf-8")
    return load([str(path)], INSTITUTIONS, **options)


@pytest.mark.parametrize(("source", "fact", "project", "day"), [
    ("", "", "gregorian", "1917-10-25"),
    (", calendar: julian", "", "gregorian", "1917-11-07"),
    ("", ", calendar: julian", "gregorian", "1917-11-07"),
    (", calendar: julian", ", calendar: gregorian", "gregorian", "1917-10-25"),
    ("", "", "julian", "1917-11-07"),
    (", calendar: gregorian", "", "julian", "1917-10-25"),
    (", calendar: gregorian", ", calendar: julian", "julian", "1917-11-07"),
])  # fmt: skip
def test_a_date_is_in_the_calendar_of_its_fact_or_else_of_its_source_or_else_of_the_project(tmp_path, source, fact, project, day):
    result = loaded(tmp_path, "1917-10-25", source=source, fact=fact, calendar=project)
    assert result.problems == ()
    assert iso(result.dataset.facts["f1"].date.earliest) == day


@pytest.mark.parametrize(("date", "calendar", "told"), [
    ("1918-02-05", "", "6:48: W-CALENDAR 1918-02-05 was no day in Soviet Russia: 31 January 1918 was followed by 14 February (if the document is in old style, say calendar: julian)"),
    ("1918-02-20", "", "6:48: W-CALENDAR 1918-02-20 was no day in the Ukrainian People's Republic: 15 February 1918 (old style) was followed by 1 March (if the document is in old style, say calendar: julian)"),
    ("1918-02-20", ", calendar: julian", "6:48: W-CALENDAR 1918-02-20 was no day in the Ukrainian People's Republic: 15 February 1918 (old style) was followed by 1 March"),
    ('"[1918-01-31,1918-02-13]"', "", "6:48: W-CALENDAR 1918-02-13 was no day in Soviet Russia: 31 January 1918 was followed by 14 February (if the document is in old style, say calendar: julian)"),
])  # fmt: skip
def test_a_day_that_a_reform_skipped_is_warned_of(tmp_path, date, calendar, told):
    for options in ({"source": calendar}, {"fact": calendar}):
        result = loaded(tmp_path, date, **options)
        assert [str(problem).removeprefix(f"{tmp_path}/a.yaml:") for problem in result.problems] == [told]
        assert result.is_complete


@pytest.mark.parametrize(("date", "calendar"), [
    ("1918-01-31", ""), ("1918-02-14", ""), ("1918-02-15", ""), ("1918-03-01", ""), ("1918-02-05", ", calendar: julian"), ("1918-02", ""), ("1917-02-05", ""),
    ("1918-02-15", ", calendar: julian"), ("1918-03-01", ", calendar: julian"),
])  # fmt: skip
def test_the_days_around_a_reform_are_not_warned_of(tmp_path, date, calendar):
    assert loaded(tmp_path, date, source=calendar).problems == ()


def test_a_calendar_that_does_not_exist_is_told_at_its_place(tmp_path):
    for options, place in (({"source": ", calendar: julain"}, "2:35"), ({"fact": ", calendar: julain"}, "6:70")):
        (problem,) = loaded(tmp_path, "1917-10-25", **options).problems
        assert str(problem) == f"{tmp_path}/a.yaml:{place}: E-REF no calendar julain (did you mean julian?)"


def test_a_leap_day_of_the_julian_calendar_is_a_day_there_only(tmp_path):
    result = loaded(tmp_path, "1900-02-29", source=", calendar: julian")
    assert result.dataset.facts["f1"].date.earliest == from_iso("1900-03-13")
    (problem,) = loaded(tmp_path, "1900-02-29").problems
    assert (problem.code, problem.hint) == ("E-DATE", "the Julian calendar has this day: say calendar: julian")


@pytest.mark.parametrize(("notation", "shown"), [
    ("1917-10-25", "on 1917-10-25 (Julian, 1917-11-07 Gregorian)"),
    ("1917-10", "in 1917-10 (Julian, [1917-10-14..1917-11-13] Gregorian)"),
])  # fmt: skip
def test_a_fact_of_the_julian_calendar_is_told_with_both_forms(tmp_path, notation, shown):
    dataset = loaded(tmp_path, notation, source=", calendar: julian").dataset
    assert sentence(dataset, dataset.facts["f1"]) == f"rada was created {shown}"


def test_a_period_of_the_julian_calendar_is_told_with_both_forms(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(FILE.replace("type: Creation", "type: Activity").replace("date: %s%s", "period: 1917-10-25/1918-02, calendar: julian") % "", encoding="utf-8")
    dataset = load([str(path)], INSTITUTIONS).dataset
    assert sentence(dataset, dataset.facts["f1"]) == "rada acted over 1917-10-25/1918-02 (Julian, 1917-11-07/[1918-02-14..1918-03-13] Gregorian)"
