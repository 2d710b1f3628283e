"""Laws of the quote matcher, over short texts made of everything that it folds and everything that it must not."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rehabfacts import quote_places
from rehabfacts.quote_folding import NORMALISATIONS, agree, fold
from rehabfacts.quote_places import Needle, PreparedText, is_inside_token
from rehabfacts.quotes import Anchors, QuoteState
from rehabfacts.sources import Source

PIECES = (
    "а", "б", "не", "а́", "a", "B", "1", "2", "14", "½", "²", " ", " ", " ", "  ", "\n", " \n\n", "-", "-\n", "- \n\n",
    "\u00ad", "\u00ad\n", "\u200b", "\u202e", "\u0301", "й", "и\u0306", "ﬁ", "'", "’", "‘", "ʼ", "′", "«", "»", "―", "‖", '"',
    "–", "—\n", "\u2011", ".", ",", "[2]", "…", " … ", "\u00a0", "\u2028", "\u0085", "\x0b", "\r\n", "\u212b", "_", "\ufdd0",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
QUOTES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)


def anchors_of(*texts):
    return Anchors(Source.from_bytes(f"s{n}", text.encode())[0] for n, text in enumerate(texts))


@st.composite
def passages(draw, fits=str.strip):
    """A text and a passage of it on token boundaries, as (text, start, end); its first and its last character fit."""
    text = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=5, max_size=40)))
    borders = [n for n in range(len(text) + 1) if not is_inside_token(text, n)]
    starts = [n for n in borders if fits(text[n : n + 1])]
    start = draw(st.sampled_from(starts)) if starts else 0
    ends = [n for n in borders if n > start and fits(text[n - 1])]
    assume(starts and ends)
    return text, start, draw(st.sampled_from(ends))


@given(passages())
def test_a_passage_on_token_boundaries_is_exact_at_its_recorded_place(passage):
    text, start, end = passage
    anchor = anchors_of(text).find("s0", text[start:end], expected=(start, end))
    assert (QuoteState.EXACT, start, end) == (anchor.state, anchor.start, anchor.end)


@given(passages())
def test_a_passage_on_token_boundaries_is_exact_or_ambiguous(passage):
    text, start, end = passage
    anchor = anchors_of(text).find("s0", text[start:end])
    assert anchor.places >= 1
    assert anchor.start <= start
    assert anchor.state is (QuoteState.EXACT if anchor.places == 1 else QuoteState.AMBIGUOUS)


SPELLINGS = (
    (" ", "\n", " \n\n", "  ", "\u00a0"),
    ("'", "’", "‘", "ʼ", "＇"),
    ('"', "«", "»", "„", "“", "”"),
    ("–", "\u2011", "—", "\u2012"),
    ("й", "и\u0306"),
    ("ﬁ", "fi"),
)


@st.composite
def respellings(draw):
    """A text, and a passage of it spelled as another typist or printer would."""
    text, start, end = draw(passages(str.isalnum))
    quote = text[start:end]
    for spellings in SPELLINGS:
        for spelling in spellings:
            other = draw(st.sampled_from(spellings))
            quote = "".join(draw(st.sampled_from((spelling, other))) if part == spelling else part
                            for part in quote.partition(spelling))
    return text, quote


@st.composite
def misquotes(draw):
    """A text, and a passage of it with a few pieces put in, taken out or put in the place of others."""
    text, start, end = draw(passages())
    quote = list(text[start:end])
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(quote)))
        quote[at : at + draw(st.integers(0, 2))] = draw(st.sampled_from(("", *PIECES)))
    return text, "".join(quote)


@given(respellings())
def test_what_differs_only_by_listed_normalisations_is_found(respelling):
    text, quote = respelling
    assume(any(character.isalnum() and character != "ʼ" for character in quote))
    assert anchors_of(text).find("s0", quote).places


@given(misquotes())
def test_what_is_found_says_the_same_after_folding(misquote):
    text, quote = misquote
    anchor = anchors_of(text).find("s0", quote)
    if anchor.places and not anchor.parts:
        said = text[anchor.start : anchor.end]
        assert said == quote.strip() or agree(fold(said).text, fold(quote).text.strip())


@given(misquotes())
def test_what_is_found_has_the_same_letters_and_digits(misquote):
    def letters(said):
        said = said.replace("ﬁ", "fi").translate(dict.fromkeys(map(ord, "\u200b\u202e\ufdd0\u00ad")))
        return [character for character in unicodedata.normalize("NFC", said) if character.isalnum() and character != "ʼ"]

    text, quote = misquote
    anchor = anchors_of(text).find("s0", quote)
    if anchor.places and not anchor.parts:
        assert letters(quote) == letters(text[anchor.start : anchor.end])


@given(misquotes())
def test_what_is_found_begins_and_ends_at_token_boundaries(misquote):
    text, quote = misquote
    anchor = anchors_of(text).find("s0", quote)
    for start, end in anchor.parts or ((anchor.start, anchor.end),):
        assert not is_inside_token(text, start)
        assert not is_inside_token(text, end)


@pytest.mark.parametrize("where", ["before", "after"])
@given(passages())
def test_an_unrelated_paragraph_elsewhere_keeps_the_state(where, passage):
    text, start, end = passage
    other = "* Ωμέγα, ξένη παράγραφος *\n\n"
    longer = other + "\n" + text if where == "before" else text + "\n\n" + other
    assume(not set(text[start:end]) <= set(" ,*\n"))
    assume(text[end - 1] not in "\u00ad\u200b\u202e\ufdd0")
    assume(text[0] != "\u0301")  # it would become a part of the other paragraph
    found = [anchors_of(said).find("s0", text[start:end]) for said in (text, longer)]
    assert found[0].state == found[1].state
    assert found[0].places == found[1].places


@given(TEXTS, st.lists(QUOTES, min_size=1, max_size=5))
def test_the_index_finds_what_a_plain_search_finds(text, quotes):
    needles = [Needle.from_text(quote) for quote in quotes]
    searched = [PreparedText(text).places(needle) for needle in needles]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quote_places, "_UNINDEXED", -1)
        patch.setattr(quote_places, "_GRAMS", (1, 2, 4))
        patch.setattr(quote_places, "_COMMON", 1)
        assert searched == [PreparedText(text).places(needle) for needle in needles]


@given(TEXTS)
def test_every_folded_offset_maps_back_in_order(text):
    folded = fold(text)
    starts = [folded.start(n) for n in range(len(folded.text))]
    ends = [folded.end(n + 1) for n in range(len(folded.text))]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(starts, ends, strict=True))


@given(TEXTS, st.sampled_from(sorted(NORMALISATIONS)))
def test_a_step_that_is_skipped_is_not_named(text, name):
    assert name not in fold(text, skip=name).names


@given(passages(), passages())
def test_a_quote_of_another_source_is_found_there(passage, other):
    text, _, _ = passage
    wrong, start, end = other
    anchors = anchors_of(text, wrong)
    quote = wrong[start:end]
    if not PreparedText(text).places(Needle.from_text(quote)) and "…" not in quote:
        anchor = anchors.find("s0", quote)
        assert (anchor.state, anchor.source) == (QuoteState.FOUND_ELSEWHERE, "s1")
