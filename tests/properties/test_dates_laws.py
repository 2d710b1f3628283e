"""The laws of notations and dates, against brute force over all days of a century."""

from itertools import pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from rehabfacts import edtf
from rehabfacts.calendars import GREGORIAN, JULIAN, calendar_named, day_number
from rehabfacts.dates import DEFAULT_WIDTHS, Date, Period, Width
from rehabfacts.edtf_days import has_day, iter_spans
from rehabfacts.errors import InvalidDate
from rehabfacts.verdicts import Verdict

CENTURY = range(day_number(1900, 1, 1), day_number(1999, 12, 31) + 1)
DAYS_NEAR = range(CENTURY.start, CENTURY.stop + 20)  # a Julian century reaches thirteen days into the next
ISO = {calendar.name: [(day, calendar.iso(day)) for day in DAYS_NEAR] for calendar in (GREGORIAN, JULIAN)}

MARKS = st.sampled_from(["", "", "", "?", "~", "%"])
FIGURE = st.sampled_from("0123456789X")
CALENDARS = st.sampled_from(["gregorian", "julian"])


def join(*parts):
    return st.tuples(*(st.just(part) if isinstance(part, str) else part for part in parts)).map("".join)


LATE_YEARS = join("19", FIGURE, FIGURE)
MONTHS = st.sampled_from([f"{n:02}" for n in range(1, 13)] + ["XX", "0X", "1X", "X0", "X1", "X2", "X5"])
DAYS = st.sampled_from([f"{n:02}" for n in range(1, 32)] + ["XX", "0X", "1X", "2X", "3X", "X0", "X1", "X9"])
LATE_DATES = st.one_of(LATE_YEARS, join(LATE_YEARS, "-", MONTHS), join(LATE_YEARS, "-", MONTHS, "-", DAYS))

YEARS = join(st.sampled_from(["", "", "-"]), FIGURE, FIGURE, FIGURE, FIGURE)
SEASONS = st.integers(21, 41).map(str)
YS = join(st.just("Y"), st.sampled_from(["", "-"]), st.integers(1, 10**8).map(str), st.sampled_from(["", "E3"]),
          st.sampled_from(["", "S2", "S12"]), MARKS)  # fmt: skip
POINTS = st.one_of(
    join(MARKS, YEARS, MARKS),
    join(MARKS, YEARS, MARKS, "-", MARKS, MONTHS, MARKS),
    join(MARKS, YEARS, MARKS, "-", MARKS, SEASONS, MARKS),
    join(MARKS, YEARS, MARKS, "-", MARKS, MONTHS, MARKS, "-", MARKS, DAYS, MARKS),
    join(YEARS, "S", st.integers(1, 6).map(str), MARKS),
    YS,
)
ENDS = st.one_of(st.just(""), st.just(".."), POINTS)
MEMBERS = st.one_of(POINTS, join(POINTS, "..", POINTS))
SETS = st.tuples(
    st.sampled_from(["[]", "{}"]),
    st.sampled_from(["", ".."]),
    st.lists(MEMBERS, min_size=1, max_size=4),
    st.sampled_from(["", ".."]),
).map(lambda t: t[0][0] + t[1] + ",".join(t[2]) + t[3] + t[0][1])
NOTATIONS = st.one_of(POINTS, join(ENDS, "/", ENDS), SETS)
SCRAPS = st.text("0123456789X-?~%/.,[]{}YES ", max_size=14) | st.text(max_size=12)


def parsed(read, text, calendar="gregorian"):
    try:
        return read(text, calendar)
    except InvalidDate:
        assume(False)


def days_written(text, calendar):
    """Every day of the century whose ISO text fits the notation, figure by figure."""
    pattern = text + "-XX" * (2 - text.count("-"))
    return [
        day for day, iso in ISO[calendar] if all(p in ("X", c) for p, c in zip(pattern, iso, strict=True))
    ]


def days_of(spans):
    return [day for first, last in spans for day in range(first, last + 1)]


@settings(deadline=None)  # brute force over a century
@given(LATE_DATES, CALENDARS)
@example("19X1-02-29", "gregorian")
@example("1900-02-29", "julian")
def test_a_date_means_exactly_the_days_that_fit_its_figures(text, calendar):
    fitting = days_written(text, calendar)
    if not fitting:
        with pytest.raises(InvalidDate):
            Date.parse(text, calendar)
        return
    date = Date.parse(text, calendar)
    assert (date.earliest, date.latest) == (fitting[0], fitting[-1])
    assert days_of(date.iter_spans()) == fitting


@given(LATE_DATES, CALENDARS, st.integers(CENTURY.start - 40, CENTURY.stop + 40))
def test_membership_agrees_with_the_spans(text, calendar, day):
    date = parsed(Date.parse, text, calendar)
    assert (day in date) == any(first <= day <= last for first, last in date.iter_spans())


@given(NOTATIONS)
def test_membership_agrees_with_the_spans_in_any_notation_at_their_edges(text):
    parts = parsed(edtf.parse, text)
    spans = []
    for span in iter_spans(parts, GREGORIAN):
        spans.append(span)
        if len(spans) == 50:
            break
    for first, last in spans[:-1]:
        assert all(has_day(parts, day, GREGORIAN) for day in (first, last) if day is not None)
        assert last is None or not has_day(parts, last + 1, GREGORIAN)


@given(NOTATIONS, CALENDARS)
def test_spans_rise_and_leave_gaps(text, calendar):
    parts = parsed(edtf.parse, text, calendar)
    spans = []
    for span in iter_spans(parts, calendar_named(calendar)):
        spans.append(span)
        if len(spans) == 200:
            break
    assert spans
    assert all(
        last is not None and first is not None and last + 1 < first
        for (_, last), (first, _) in pairwise(spans)
    )


@given(NOTATIONS)
def test_the_canonical_notation_reads_as_the_same_parts(text):
    parts = parsed(edtf.parse, text)
    assert edtf.parse(str(parts)) == parts


@given(NOTATIONS)
def test_the_canonical_notation_is_its_own(text):
    canonical = str(parsed(edtf.parse, text))
    assert str(edtf.parse(canonical)) == canonical


@given(NOTATIONS | SCRAPS, CALENDARS)
def test_a_text_is_read_or_refused_and_nothing_else(text, calendar):
    for read in (edtf.parse, Date.parse, Period.parse):
        problem = None
        try:
            str(read(text, calendar))
        except InvalidDate as refusal:
            problem = refusal
        if problem is not None:
            assert problem.code in {"E-DATE", "E-DATE-FORM", "E-DATE-RANGE", "E-DATE-PRECISION"}
            assert 1 <= problem.column <= len(text) + 1
            assert problem.notation == text


@given(NOTATIONS | SCRAPS)
def test_what_a_hint_says_to_write_is_edtf(text):
    try:
        edtf.parse(text)
    except InvalidDate as problem:
        if problem.hint.startswith("write ") and "century" not in problem.hint:
            for meant in (
                problem.hint.removeprefix("write ").removesuffix(" if they are swapped").split(" or ")
            ):
                edtf.parse(meant)


@settings(deadline=None)  # brute force
@given(st.lists(LATE_DATES, min_size=1, max_size=4))
def test_one_of_a_set_is_any_day_of_any_member(texts):
    members = [parsed(Date.parse, text) for text in texts]
    one_of = Date.parse(f"[{','.join(texts)}]")
    expected = sorted({day for member in members for day in days_of(member.iter_spans())})
    assert days_of(one_of.iter_spans()) == expected
    assert (one_of.earliest, one_of.latest) == (expected[0], expected[-1])


NARROW = st.sampled_from(
    ["1993-04-14", "1993-04-15", "1993-04", "1993-05", "1993-0X-14", "1993-04-1X", "1993-04-X1", "[1993-04-13,1993-04-16]",
     "[..1993-04-14]", "[1993-04-15..]", "1993-04-12?", "1993"]
)  # fmt: skip
YEAR_1993 = range(day_number(1993, 1, 1), day_number(1993, 12, 31) + 1)


@settings(deadline=None)  # brute force
@given(NARROW, NARROW)
def test_comparisons_agree_with_trying_every_pair_of_days(left, right):
    one, two = Date.parse(left), Date.parse(right)
    ones, twos = ([day for day in YEAR_1993 if day in date] for date in (one, two))
    every = {"before": set(), "not_after": set(), "equal": set()}
    for a in (ones[0], ones[-1], *ones[:40]):
        for b in (twos[0], twos[-1], *twos[:40]):
            every["before"].add(a < b)
            every["not_after"].add(a <= b)
    every["equal"] = {True, False} if set(ones) & set(twos) else {False}
    if len(ones) == len(twos) == 1:
        every["equal"] = {ones == twos}
    is_bounded = not {one.earliest, one.latest, two.earliest, two.latest} & {None}
    for verdict, answers in (
        (one.is_before(two), every["before"]), (one.is_not_after(two), every["not_after"]), (one.is_equal(two), every["equal"]),
    ):  # fmt: skip
        expected = Verdict.UNKNOWN if len(answers) == 2 else Verdict.YES if answers == {True} else Verdict.NO
        assert verdict is expected or (not is_bounded and verdict is Verdict.UNKNOWN)


@given(LATE_DATES, st.sampled_from("~%"), st.integers(0, 50), st.integers(0, 30))
def test_a_wider_width_never_narrows(text, mark, months, days):
    date = parsed(Date.parse, text + mark)
    narrow = date.widened(dict.fromkeys(DEFAULT_WIDTHS, Width(months, days)))
    wide = date.widened(dict.fromkeys(DEFAULT_WIDTHS, Width(months + 1, days + 1)))
    assert wide[0] < narrow[0] <= date.earliest
    assert date.latest <= narrow[1] < wide[1]


@settings(deadline=None)  # brute force
@given(LATE_DATES, CALENDARS)
def test_a_whole_period_starts_and_ends_with_one_of_its_units(text, calendar):
    period = parsed(Period.parse, text, calendar)
    counts = calendar_named(calendar)
    size = text.count("-") + 1
    units = {}
    for day in days_of(Date.parse(text, calendar).iter_spans()):
        units.setdefault(counts.civil(day)[:size], []).append(day)
    starts, ends = [days[0] for days in units.values()], [days[-1] for days in units.values()]
    assert (period.start_earliest, period.start_latest) == (min(starts), max(starts))
    assert (period.end_earliest, period.end_latest) == (min(ends), max(ends))


@given(ENDS, ENDS)
def test_an_interval_has_the_bounds_of_its_ends(start, end):
    period = parsed(Period.parse, f"{start}/{end}")
    first = None if start in {"", ".."} else Date.parse(start)
    last = None if end in {"", ".."} else Date.parse(end)
    assert (period.start_earliest, period.start_latest) == (
        (first.earliest, first.latest) if first else (None, None)
    )
    assert (period.end_earliest, period.end_latest) == (
        (last.earliest, last.latest) if last else (None, None)
    )
