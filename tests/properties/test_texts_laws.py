"""Laws of reading dates and numbers: what is written is read, whatever else stands there nothing impossible is."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabfacts import edtf
from rehabfacts.texts.dates import read_dates
from rehabfacts.texts.lexicons import LANGUAGES, lexicon
from rehabfacts.texts.numbers import read_numbers
from rehabfacts.texts.proper_names import read_names

MONTHS = {
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "en": "January February March April May June July August September October November December",
}
FORMS = {
    "uk": ["{d} {m} {y} року", "{d} {m} {y} р.", "{d}-го {m} {y}", "{d:02}.{n:02}.{y}", "{y}-{n:02}-{d:02}", "від {d} {m} {y}-го року"],
    "ru": ["{d} {m} {y} года", "{d} {m} {y} г.", "{d:02}.{n:02}.{y} г.", "{d}-го {m} {y}-го года"],
    "kk": ["{y} жылғы {d} {m}", "{d} {m} {y} ж.", "{y} жылы {d} {m}да", "{d:02}.{n:02}.{y}"],
    "en": ["{d} {m} {y}", "{m} {d}, {y}", "the {d}th of {m}, {y}", "{y}-{n:02}-{d:02}", "{m} {d} {y}"],
}

UK_ONES = "нуль один два три чотири п'ять шість сім вісім дев'ять".split()
RU_ONES = "ноль один два три четыре пять шесть семь восемь девять".split()
EN_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)
KK_ONES = "нөл бір екі үш төрт бес алты жеті сегіз тоғыз".split()
UK_TEENS = [
    "десять", *(f"{stem}надцять" for stem in "оди два три чотир п'ят шіст сім вісім дев'ят".split()),
]  # fmt: skip
UK_TEENS[1] = "одинадцять"
RU_TEENS = ["десять", "одиннадцать", *(f"{stem}надцать" for stem in "две три четыр пят шест сем восем девят".split())]
UK_TENS = "двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто".split()
RU_TENS = "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split()
EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
KK_TENS = "он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан".split()
UK_HUNDREDS = "сто двісті триста чотириста п'ятсот шістсот сімсот вісімсот дев'ятсот".split()
RU_HUNDREDS = "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()


def slavic(number, ones, teens, tens, hundreds):
    """A number below a thousand, in the nominative."""
    words = [hundreds[number // 100 - 1]] if number >= 100 else []
    rest = number % 100
    if 10 <= rest < 20:
        return [*words, teens[rest - 10]]
    words += [tens[rest // 10 - 2]] if rest >= 20 else []
    return [*words, ones[rest % 10]] if rest % 10 or not words else words


def english(number):
    words = [EN_ONES[number // 100], "hundred"] if number >= 100 else []
    rest = number % 100
    if not rest and words:
        return words
    joined = EN_ONES[rest] if rest < 20 else "-".join([EN_TENS[rest // 10 - 2], *([EN_ONES[rest % 10]] if rest % 10 else [])])
    return [*words, *(["and"] if words else []), joined]


def kazakh(number):
    words = ([KK_ONES[number // 100]] if number >= 200 else []) + (["бір"] if 100 <= number < 200 else []) + (["жүз"] if number >= 100 else [])
    words += [KK_TENS[number % 100 // 10 - 1]] if number % 100 >= 10 else []
    return [*words, KK_ONES[number % 10]] if number % 10 or not words else words


BELOW = {
    "uk": lambda number: slavic(number, UK_ONES, UK_TEENS, UK_TENS, UK_HUNDREDS),
    "ru": lambda number: slavic(number, RU_ONES, RU_TEENS, RU_TENS, RU_HUNDREDS),
    "en": english,
    "kk": kazakh,
}
THOUSAND = {"uk": "тисяч", "ru": "тысяч", "en": "thousand", "kk": "мың"}


def in_words(number, language):
    """A number below a million, as each language says it."""
    high, low = divmod(number, 1000)
    below = BELOW[language]
    return " ".join([*(below(high) if high else []), *([THOUSAND[language]] if high else []), *(below(low) if low or not high else [])])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_below_a_thousand_is_read_from_its_words(language):
    read = [[number.value for number in read_numbers(f"було {in_words(number, language)} осіб", language)] for number in range(1000)]
    assert read == [[number] for number in range(1000)]


@pytest.mark.parametrize("language", LANGUAGES)
@given(number=st.integers(1000, 999_999))
def test_a_number_below_a_million_is_read_from_its_words(language, number):
    (read,) = read_numbers(in_words(number, language), language)
    assert (read.value, read.start, read.end) == (number, 0, len(in_words(number, language)))


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=st.dates(date(1000, 1, 1), date(2999, 12, 31)), form=st.integers(0, 5))
def test_a_day_is_read_as_it_is_written(language, day, form):
    template = FORMS[language][form % len(FORMS[language])]
    text = template.format(d=day.day, n=day.month, y=day.year, m=MONTHS[language].split()[day.month - 1])

    assert {read.notation for read in read_dates(text, language)} == {day.isoformat()}


@pytest.mark.parametrize("language", ["uk", "ru", "kk"])
@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)), days=st.integers(1, 20_000))
def test_both_ends_of_a_range_are_read(language, day, days):
    other = day + timedelta(days=days)
    ends = [f"{each.day} {MONTHS[language].split()[each.month - 1]} {each.year}" for each in (day, other)]
    assert [read.notation for read in read_dates(" – ".join(ends), language)] == [day.isoformat(), other.isoformat()]


@given(number=st.integers(1, 10**12))
def test_grouped_digits_are_the_number(number):
    for language, mark in (("uk", " "), ("ru", "\u00a0"), ("kk", "\u202f"), ("en", ",")):
        written = f"{number:,}".replace(",", mark)
        assert [each.value for each in read_numbers(f"було {written} осіб", language)] == [number]


def vocabulary():
    words = sorted({word for language in LANGUAGES for word in lexicon(language).categories})
    return st.one_of(st.sampled_from(words), st.integers(0, 3000).map(str), st.sampled_from([" ", "-", "–", ".", ",", "/", "\n", "XX", "ХІХ", "-\n", "\u00ad"]))


@given(st.lists(vocabulary(), max_size=40), st.sampled_from([*LANGUAGES, None]), st.sampled_from(["", " "]))
def test_whatever_stands_there_every_reading_is_a_valid_date_in_its_place(pieces, language, joint):
    text = joint.join(pieces)
    dates, numbers = read_dates(text, language), read_numbers(text, language)

    assert [read.notation for read in dates if not edtf.is_valid(read.notation)] == []
    assert all(0 <= read.start < read.end <= len(text) for read in (*dates, *numbers))
    assert all(one.end <= two.start or (one.start, one.end) == (two.start, two.end) for one, two in pairwise(dates))
    firm = [(read.start, read.end) for read in dates if not read.is_bare]
    assert [read for read in numbers if any(start < read.end and read.start < end for start, end in firm)] == []


@given(st.text(max_size=200), st.sampled_from([*LANGUAGES, None]))
def test_any_text_can_be_read(text, language):
    for name in read_names(text, language):
        assert name
        assert all(text[start:end] for start, end in name)
    assert all(read.start < read.end for read in (*read_dates(text, language), *read_numbers(text, language)))
