"""The two corpora of tests/data/stated: what phrases name, and what the tables cannot say."""

import gc
import re
import time
from pathlib import Path

import pytest

from rehabfacts.texts.dates import TextDate, read_dates
from rehabfacts.texts.lexicons import is_read, roman_value
from rehabfacts.texts.numbers import read_numbers

DATA = Path(__file__).parents[1] / "data" / "stated"
MEGABYTE = 1_000_000
ARTICLE = Path(__file__).parents[2] / "facts" / "sources" / "kz-rehabilitation-article.txt"


def rows(name):
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            language, text, expected = (*line.split("\t"), "")[:3]
            yield language or None, re.sub(r"\\(?:n|u([0-9a-f]{4}))", lambda match: chr(int(match[1], 16)) if match[1] else "\n", text), expected


def told_date(date):
    return date.notation + "?" * date.is_bare + (f"<{date.hedge}>" if date.hedge else "")


def told_number(number):
    marks = (f"@{number.grain}" if number.grain > 1 else "") + "%" * number.is_percent + "!" * number.is_one
    return f"{number.value}{marks}" + (f"<{number.hedge}>" if number.hedge else "")


@pytest.mark.parametrize(("language", "text", "expected"), list(rows("dates")))
def test_a_phrase_names_its_dates(language, text, expected):
    assert " ".join(map(told_date, read_dates(text, language))) == expected


@pytest.mark.parametrize(("language", "text", "expected"), list(rows("numbers")))
def test_a_phrase_names_its_numbers(language, text, expected):
    assert " ".join(map(told_number, read_numbers(text, language))) == expected


@pytest.mark.parametrize(("name", "least"), [("dates", 150), ("numbers", 100)])
def test_a_corpus_is_large_and_says_nothing_twice(name, least):
    cases = [(language, text) for language, text, _ in rows(name)]
    assert len(cases) == len(set(cases)) >= least
    assert {language for language, _ in cases} == {"uk", "ru", "kk", "en", None}


@pytest.mark.parametrize("name", ["dates", "numbers"])
def test_a_phrase_names_the_same_among_other_words(name):
    read, told = (read_dates, told_date) if name == "dates" else (read_numbers, told_number)
    found = []
    for language, text, expected in rows(name):
        around = f"; ” {text} ”; "
        if " ".join(map(told, read(around, language))) != expected:
            found.append((language, text))
    assert found == []


def test_the_dates_of_the_real_article_are_all_read_where_they_stand():
    text = ARTICLE.read_text(encoding="utf-8")

    read = [(date.notation, " ".join(text[date.start : date.end].split())) for date in read_dates(text, "uk")]

    assert read == [
        ("1991-11-14", "14 листо- пада 1991 року"), ("1993", "1993 року"), ("1993-04-14", "14 квітня 1993 року"), ("1993-04-14", "14 квітня 1993 р."),
        ("1993-07-19", "19 липня 1993 року"), ("2006-01-09", "9 січня 2006 року"), ("1993", "1993 році"), ("2009-04-29", "29 квітня 2009 року"),
        ("2021-04-09", "9 квітня 2021 року"), ("192X", "20"), ("195X", "50-ті роки ХХ століття"), ("2023-01-18", "18 січня 2023 року"),
        ("2022", "2022 рік"),
    ]  # fmt: skip


def test_the_numbers_of_the_real_article_are_all_read_where_they_stand():
    text = ARTICLE.read_text(encoding="utf-8")

    read = [(number.value, text[number.start : number.end]) for number in read_numbers(text, "uk")]

    assert read == [
        (3, "трьох"), (1, "1"), (75_000, "75 тисяч"), (28, "28"), (2, "2"), (213, "213"), (11, "11"), (4, "4"), (31, "31"),
        (311_000, "311 тисяч"), (3, "3"),
    ]  # fmt: skip


def test_places_are_code_points_of_the_text_as_given_whatever_was_folded():
    text = "e\u0301 \ufb01n. 14\u202f квіт\u00adня\r\n1993\u00a0року…"
    (date,) = read_dates(text, "uk")
    assert (date.notation, text[date.start : date.end]) == ("1993-04-14", "14\u202f квіт\u00adня\r\n1993\u00a0року")


def test_a_date_without_its_year_has_no_bounds():
    (date,) = read_dates("29 квітня", "uk")
    assert (date.is_partial, date.bounds()) == (True, (None, None))


def test_a_day_is_counted_by_the_calendar_asked_for():
    from rehabfacts.calendars import GREGORIAN, JULIAN, iso

    date = TextDate(0, 1, "1917-10-25")
    assert [tuple(map(iso, date.bounds(calendar))) for calendar in (GREGORIAN, JULIAN)] == [("1917-10-25",) * 2, ("1917-11-07",) * 2]


@pytest.mark.parametrize(("numeral", "value"), [("IV", 4), ("ХІХ", 19), ("XXXIX", 39), ("IIX", 0), ("VX", 0), ("IIII", 0), ("XXXX", 0)])
def test_a_roman_numeral_has_one_spelling(numeral, value):
    assert roman_value(numeral) == value


@pytest.mark.parametrize(("tag", "expected"), [("uk", True), ("en-GB", True), ("KK", True), ("de", False), (None, False), ("", False)])
def test_languages_are_known_by_their_tags(tag, expected):
    assert is_read(tag) is expected


# --- time grows with the length of the text, whatever it holds

REPEATED = [
    "1-", "1 000 ", "14.", "5,", "12 квітня, ", "сто ", "- ", "1991–", "1/", "XX ", "І ", "1 ", "12(", "14 квітня ", "до ", "1920-х ", " ", "9",
    "січня", "a-\n", "е\u0301", "twenty-", "hundred and ", "+7 ", "ISBN 9-", "1.5", "1,000", "\u00ad", "п'", "14 і ", "20-", "1937, ", "(", "не ",
    "million ", "five thousand six ", "1:", "до н. е. ", "кінець ", "весна ", "першій половині ", "14-го ", "№ ", "с. ", "in ", "mid-", "1937–38, ", "ХХ ғасырдың ",
]  # fmt: skip


def seconds(text):
    """The processor's, without going through what all the other tests have left in memory."""
    gc.disable()
    try:
        started = time.process_time()
        read_numbers(text)
        return time.process_time() - started
    finally:
        gc.enable()


@pytest.mark.timed
@pytest.mark.parametrize("piece", REPEATED)
def test_a_repetition_is_read_in_linear_time(piece):
    short, long = (piece * (size // len(piece)) for size in (4_000, 32_000))
    seconds(short)
    assert seconds(long) < 20 * min(seconds(short) for _ in range(3)) + 0.05


@pytest.mark.timed
def test_a_megabyte_of_prose_is_read_in_seconds():
    text = (ARTICLE.read_text(encoding="utf-8") * 400)[:MEGABYTE]
    assert seconds(text) < 8
