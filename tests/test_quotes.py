"""The two tables of tests/data/quotes, the cases from the field, and what the tables cannot say."""

import time
from pathlib import Path

import attrs
import pytest
import yaml

from rehabfacts.quotes import NEAR, Anchor, Anchors, QuoteState
from rehabfacts.sources import Source

DATA = Path(__file__).parent / "data"
ARTICLE = Path(__file__).parents[1] / "facts" / "sources" / "kz-rehabilitation-article.txt"


def source(source_id, text):
    made, problems = Source.from_bytes(source_id, text if isinstance(text, bytes) else text.encode())
    assert not problems
    return made


def rows(name):
    return yaml.safe_load((DATA / "quotes" / f"{name}.yaml").read_text(encoding="utf-8"))


def all_sources():
    texts = rows("sources") | {"article": ARTICLE.read_bytes()}
    files = [*sorted((DATA / "nasty" / "text").glob("t0*")), DATA / "nasty" / "text" / "t12_ansi.txt"]
    texts |= {path.name: path.read_bytes().replace(b"\x9b", b"") for path in files}
    return [source(name, text) for name, text in texts.items()]


@pytest.fixture(scope="module")
def anchors():
    return Anchors(all_sources())


def found(anchors, row):
    expected = tuple(row["expected"]) if "expected" in row else None
    return anchors.find(
        row["source"], row["quote"], prefix=row.get("prefix", ""), suffix=row.get("suffix", ""), expected=expected
    )


def case(row):
    return row["case"]


@pytest.mark.parametrize("row", rows("misquotes"), ids=case)
def test_a_misquote_gets_its_state(anchors, row):
    anchor = found(anchors, row)
    assert row["state"] == anchor.state.value
    assert row.get("note", "") in anchor.note


@pytest.mark.parametrize("row", rows("healthy"), ids=case)
def test_a_healthy_look_alike_is_accepted(anchors, row):
    anchor = found(anchors, row)
    assert (row["state"], tuple(row.get("by", ()))) == (anchor.state.value, anchor.normalisations)
    assert anchor.is_verified


@pytest.mark.parametrize("name", ["misquotes", "healthy"])
def test_a_table_has_sixty_rows_and_each_its_own_case(name):
    cases = [row["case"] for row in rows(name)]
    assert len(cases) == len(set(cases)) >= 60


# --- cases from the field (CASES.md)


def test_dismech_9970_a_quote_of_another_document_names_it():
    anchors = Anchors([source("cited", "Nothing of the kind."), source("other", "One.\nThe archive was opened in May.")])
    anchor = anchors.find("cited", "The archive was opened in May.")
    assert (anchor.state, anchor.source, anchor.start) == (QuoteState.FOUND_ELSEWHERE, "other", 5)
    assert anchor.note == "stands in other at 2:1, not in cited"


@pytest.mark.parametrize("expected", [None, (0, 38), (0, 10), (37, 75), (500, 538)])
def test_hypothesis_7571_a_near_twin_of_a_deleted_sentence_is_not_taken_for_it(expected):
    text = "Of the plan nothing was said that day. The council rejected the plan of 1922."
    anchor = Anchors([source("minutes", text)]).find("minutes", "The council approved the plan in 1921.", expected=expected)
    assert not anchor.is_verified
    assert anchor.state in (QuoteState.ABSENT, QuoteState.DRIFTED)
    assert anchor.places == 0


def test_hypothesis_7571_without_a_recorded_place_it_is_absent():
    twin = Anchors([source("minutes", "The council approved the plan in 1922.")])
    assert Anchor(QuoteState.ABSENT, "minutes") == twin.find("minutes", "The council approved the plan in 1921.")


def test_verbatim_rag_34_five_per_cent_is_not_six():
    anchors = Anchors([source("paper", "Costs rose by 5% in that year.")])
    assert anchors.find("paper", "Costs rose by 6% in that year.").state is QuoteState.ABSENT


def test_4_april_is_not_in_14_april():
    anchors = Anchors([source("law", "The law of 14 April 1993 was published.")])
    assert anchors.find("law", "4 April 1993").state is QuoteState.ABSENT
    assert anchors.find("law", "14 April 1993").state is QuoteState.EXACT


# --- rows of BAD_INPUTS.md that the tables do not show


def test_a_quote_that_occurs_a_thousand_times_gets_its_first_place_and_the_count():
    anchors = Anchors([source("repeated", (DATA / "nasty" / "text" / "t18_repeated_quote.txt").read_bytes())])
    anchor = anchors.find("repeated", "the same words.")
    assert (anchor.state, anchor.start, anchor.end, anchor.places) == (QuoteState.AMBIGUOUS, 0, 15, 1000)
    assert anchor.note == "stands at 1000 or more places; the first is given"
    assert anchors.find("repeated", "the same words.", expected=(160, 175)).start == 160


@pytest.mark.parametrize(("more", "state"), [(False, QuoteState.ABSENT), (True, QuoteState.NORMALISED)])
@pytest.mark.parametrize("apostrophe", ["`", "´", "′"])
def test_accents_and_primes_are_apostrophes_only_by_option(more, state, apostrophe):
    anchors = Anchors([source("s", f"було п{apostrophe}ять осіб")], more_apostrophes=more)
    anchor = anchors.find("s", "було п'ять осіб")
    assert (state, ("apostrophe variants",) if more else ()) == (anchor.state, anchor.normalisations)


@pytest.mark.timed
def test_five_megabytes_on_one_line_take_a_moment():
    text = "слово за словом " * 170_000 + "а тут стоїть саме ця цитата" + "\u0301" * 5000
    started = time.perf_counter()
    anchors = Anchors([source("s", text)])
    assert anchors.find("s", "а тут стоїть саме ця").state is QuoteState.EXACT
    assert anchors.find("s", "а там стоїть саме ця").state is QuoteState.ABSENT
    assert time.perf_counter() - started < 5


@pytest.mark.timed
@pytest.mark.parametrize(
    "text", ["-" + " \n" * 100_000, "а-" * 50_000, "\u00ad " * 100_000, "а" + "\u0301\u0323" * 100_000, "\u200b" * 200_000,
             "и\u0306" * 100_000, "[…] " * 50_000, "а-\n" * 50_000]
)
def test_a_hostile_text_or_quote_is_linear(text):
    started = time.perf_counter()
    anchors = Anchors([source("s", text), source("other", "nothing")])
    for quote in (text[:2000], text[:100] + "absent", "absent […] absent"):
        anchors.find("s", quote)
    anchors.find("other", text)
    assert time.perf_counter() - started < 10


CROWD = "слово слово " * 100_000
"""The letters of the quotes below stand at every second place of it, their words at none."""


@pytest.mark.timed
@pytest.mark.parametrize("quote", ["слово, слово", "слово […] слово […] слово", "слово " * 40 + "словх", "лово слово"])
def test_letters_that_stand_everywhere_cost_each_quote_a_moment(quote):
    anchors = Anchors([source("s", CROWD)])
    anchors.find("s", "слово слово слово")
    started = time.process_time()
    for count in range(10):
        anchors.find("s", "слово " * count + quote)
    assert time.process_time() - started < 3


def test_behind_a_crowd_of_near_misses_the_quote_is_found_whole_but_not_broken_at_a_line_end():
    anchors = Anchors([source("whole", f"{CROWD}і слово, слово."), source("broken", f"{CROWD}і слово, сло-\nво.")])
    whole, broken = (anchors.find(name, "слово, слово") for name in ("whole", "broken"))
    assert (QuoteState.EXACT, len(CROWD) + 2, 1) == (whole.state, whole.start, whole.places)
    assert QuoteState.FOUND_ELSEWHERE is broken.state
    (alone,) = Anchors([source("broken", f"{CROWD}і слово, сло-\nво.")]).find("broken", "слово, слово").notes
    assert alone == (
        "differs only in punctuation or in the spaces between words, at more than 4,000 places: "
        "broken at a line's end it was not looked for behind them"
    )


def test_line_numbers_are_by_lf_where_other_characters_end_lines():
    mixed = source("s", "one\x0btwo\x0cthree\x85four\u2028five\nsix seven eight")
    anchor = Anchors([mixed]).find("s", "five six seven")
    assert (mixed.line_and_column(anchor.start), anchor.normalisations) == ((1, 20), ("white space",))


def test_the_quotes_of_a_changed_source_are_unavailable_until_it_is_pinned_again():
    changed, _ = Source.from_bytes("s", b"the very same words", pinned="0" * 64)
    anchor = Anchors([changed]).find("s", "the very same words")
    assert Anchor(
        QuoteState.UNAVAILABLE, "s", notes=("E-DIGEST the source has changed since its digest was pinned",)
    ) == anchor
    again = Anchors([attrs.evolve(changed, pinned=None)])
    assert again.find("s", "the very same words").state is QuoteState.EXACT


def test_a_quote_is_not_looked_for_in_a_changed_source():
    changed, _ = Source.from_bytes("changed", b"the very same words", pinned="0" * 64)
    assert Anchors([source("s", "others"), changed]).find("s", "the very same words").state is QuoteState.ABSENT


# --- places


def test_offsets_count_code_points_of_the_original():
    text = "\ufeff𐐷 «Із Закону» 14 листо-\r\nпада и\u0306шов"
    anchor = Anchors([source("s", text)]).find("s", "14 листопада йшов")
    assert (
        text[anchor.start : anchor.end], anchor.normalisations,
    ) == ("14 листо-\r\nпада и\u0306шов", ("NFC", "line-end hyphenation"))


@pytest.mark.parametrize(
    ("expected", "state", "start"),
    [
        (None, QuoteState.EXACT, 13),
        ((13, 40), QuoteState.EXACT, 13),
        ((20, 47), QuoteState.MOVED, 13),
        ((0, 0), QuoteState.MOVED, 13),
    ],
)
def test_a_unique_quote_away_from_its_recorded_place_has_moved(expected, state, start):
    text = "Added words. The centre opened in 1918."[:39]
    anchor = Anchors([source("s", text + " ")]).find("s", "The centre opened in 1918.", expected=expected)
    wanted = state if expected != (13, 40) else QuoteState.MOVED  # one character too many is another place
    assert (wanted, start, start + 26) == (anchor.state, anchor.start, anchor.end)


def test_a_repeated_quote_away_from_its_recorded_place_is_ambiguous():
    anchors = Anchors([source("s", "one of them, one of them")])
    assert anchors.find("s", "one of them", expected=(5, 16)).state is QuoteState.AMBIGUOUS
    assert anchors.find("s", "one of them", expected=(13, 24)).state is QuoteState.EXACT


@pytest.mark.parametrize(
    ("prefix", "suffix", "start", "state"),
    [
        ("first ", "", 6, QuoteState.EXACT),
        ("a second", "", 28, QuoteState.EXACT),
        ("", ", a second", 6, QuoteState.EXACT),
        ("", ".", 28, QuoteState.EXACT),
        ("first", ".", 6, QuoteState.AMBIGUOUS),
        ("third", "", 6, QuoteState.AMBIGUOUS),
        ("(", "", 6, QuoteState.AMBIGUOUS),
    ],
)
def test_the_words_around_tell_repeated_quotes_apart(prefix, suffix, start, state):
    anchors = Anchors([source("s", "first one of them, a second one of them.")])
    anchor = anchors.find("s", "one of them", prefix=prefix, suffix=suffix)
    assert (start, state) == (anchor.start, anchor.state)


def test_parts_are_ordered_and_each_at_its_nearest_place():
    text = "B one. A begins here, B one, then B one again. A begins nowhere."
    anchor = Anchors([source("s", text)]).find("s", "A begins here […] B one […] again")
    assert anchor.parts == ((7, 20), (22, 27), (40, 45))
    assert (anchor.state, anchor.start, anchor.end, anchor.places) == (QuoteState.EXACT, 7, 45, 1)


def test_parts_that_can_be_read_from_two_starts_are_ambiguous():
    anchor = Anchors([source("s", "A begins, A begins, B ends.")]).find("s", "A begins … B ends")
    assert (anchor.state, anchor.places, anchor.start, anchor.end) == (QuoteState.AMBIGUOUS, 2, 0, 26)


@pytest.mark.parametrize(("apart", "state"), [(NEAR, QuoteState.EXACT), (NEAR + 1, QuoteState.ABSENT)])
def test_parts_are_near(apart, state):
    text = "the first part" + " " * apart + "the second part"
    assert Anchors([source("s", text)]).find("s", "the first part […] the second part").state is state


def test_an_omission_that_the_source_itself_prints_is_no_omission():
    anchor = Anchors([source("s", "he said … and left. he said nothing and left")]).find("s", "he said … and left")
    assert (anchor.state, anchor.parts, anchor.places) == (QuoteState.EXACT, (), 1)


def test_only_two_states_are_verified():
    assert {QuoteState.EXACT, QuoteState.NORMALISED} == {s for s in QuoteState if Anchor(s, "s").is_verified}


@pytest.mark.timed
def test_eighty_quotes_of_a_short_text_take_milliseconds():
    article = source("article", ARTICLE.read_bytes())
    words = article.text.split()
    quotes = [" ".join(words[n : n + 6]) for n in range(0, 400, 5)]
    times = []
    for _ in range(5):
        started = time.perf_counter()
        anchors = Anchors([article])
        for quote in quotes:
            anchors.find("article", quote)
        times.append(time.perf_counter() - started)
    assert min(times) < 0.05  # about 4 ms here; the benchmark holds the bar
