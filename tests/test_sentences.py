import time
from pathlib import Path

import pytest

from rehabfacts.sentences import sentences

ARTICLE = Path(__file__).parents[1] / "facts" / "sources" / "kz-rehabilitation-article.txt"

# Beginning and end of each of the seventeen claims of the article, white space folded.
CLAIMS = (
    ("Постановою Президії Верховної Ради Казахської РСР", "боротьбу з куркулями і байством."),
    ("За словами Сабира Касимова,", "масових політичних репресій."),
    ("Однак архіви закрилися,", "повністю завершена [1]."),
    ("До 1993 року", "75 тисяч осіб."),
    ("Після виходу у світ Закону", "невинно засуджених."),
    ("Постановою Верховної Ради Республіки Казахстан від 14 квітня 1993 р. була створена", "на права людини‖."),
    ("Така робота проводилася", "9 січня 2006 року."),
    ("У 1993 році була створена Комісія", "прав репресованих."),
    ("29 квітня 2009 року був ухвалений Закон РК ―Про", "Конституції Республіки‖."),
    ("Із Закону ―Про реабілітацію", "припинилася [2, c. 213]."),
    ("9 квітня 2021 року заступник", "Касим-Жомарта Токаєва."),
    ("Були відкриті архіви", "за свободу і незалежність."),
    ("З метою забезпечення діяльності", "єдиної бази даних‖."),
    ("А також створено 11 робочих груп,", "Проєктний офіс [4]."),
    ("18 січня 2023 року Державний радник", "жертв політичних репресій."),
    ("На цьому заході відбулася презентація 31 тому", "сталінських політичних репресій."),
    ("Було заявлено, що 311 тисяч осіб", "за 2022 рік [3]."),
)


def split(text):
    return [" ".join(text[start:end].split()) for start, end in sentences(text)]


def test_the_article_has_its_seventeen_claims():
    found = split(ARTICLE.read_text(encoding="utf-8"))
    assert len(CLAIMS) == len(found)
    for (beginning, end), sentence in zip(CLAIMS, found, strict=True):
        assert sentence.startswith(beginning)
        assert sentence.endswith(end)


def test_the_sentences_of_the_article_leave_out_only_white_space():
    text = ARTICLE.read_text(encoding="utf-8")
    spans = sentences(text)
    gaps = [text[end:start] for (_, end), (start, _) in zip(((0, 0), *spans), (*spans, (len(text), 0)), strict=True)]
    assert "".join(gaps).strip() == ""


@pytest.mark.parametrize(
    "text",
    [
        "Постановою від 14 квітня 1993 р. була створена комісія.",
        "У 1993 р. Верховна Рада ухвалила закон.",
        "Про це пише К. Токаєв [2, c. 213].",
        "Див. ст. 28 закону, т. 5, с. 213.",
        "Комісія ім. Абая працювала на вул. Шевченка.",
        "Закон діє (див. п. 3 Додатка) досі.",
        "Було 75 тис. осіб і 2.5 млн. тенге.",
        "Наказ від 14.04.1993 діє.",
        "They met Dr. Smith on p. 4 of vol. 2, i.e. St. Petersburg, cf. Fig. 3.",
        "В 1937 г. Президиум принял указ.",
        "Слова… але далі мале.",
        "no terminator at all",
    ],
)
def test_an_abbreviation_ends_no_sentence(text):
    assert [text] == split(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Перше речення. Друге речення.", ["Перше речення.", "Друге речення."]),
        ("Кінець [2, c. 213]. 9 квітня почалося.", ["Кінець [2, c. 213].", "9 квітня почалося."]),
        ("Кінець.[1] Початок.", ["Кінець.[1]", "Початок."]),
        ("Хіба? Так! Добре…", ["Хіба?", "Так!", "Добре…"]),
        ("Він сказав: «Так.» «Ні», — почув.", ["Він сказав: «Так.»", "«Ні», — почув."]),
        ("Комісія працювала до кінця 2006 р. Потім її не стало.",
         ["Комісія працювала до кінця 2006 р.", "Потім її не стало."]),
        ("Один.\n\nДва \n\nтри.", ["Один.", "Два три."]),
        ("", []),
        (" \n ", []),
        ("...", ["..."]),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text, expected):
    assert expected == split(text)


@pytest.mark.timed
@pytest.mark.parametrize("text", ["а р. Б" * 300_000, "Слово. " * 300_000, "." * 2_000_000, "\n" * 2_000_000, "р. " * 700_000])
def test_a_hostile_text_of_megabytes_takes_a_moment(text):
    started = time.perf_counter()
    sentences(text)
    assert time.perf_counter() - started < 10
