"""Numerals in words, in every case: Ukrainian, Russian and English to 999,999 and beyond, Kazakh alike.

Categories: `o` zero, `i` one, `u` two to nine, `e` ten to nineteen, `t` tens, `h` hundreds in one word, `H` the word for a
hundred where it is counted ("two hundred"), `K` thousand, million, billion, trillion, `a` the article that can mean one,
`F` what makes another number of the one before it ("two dozen", "двадцять перших"): it is not read, and neither is that one.
"""

from collections.abc import Iterator

_UKRAINIAN = {
    0: "нуль нуля", 1: "один одна одно одне одного одному одним однім одній однієї одну однією одною",
    2: "два дві двох двом двома двоє", 3: "три трьох трьом трьома троє", 4: "чотири чотирьох чотирьом чотирма четверо",
    40: "сорок сорока", 90: "дев'яносто дев'яноста", 100: "сто ста",
    200: "двісті двохсот двомстам двомастами двохстах", 300: "триста трьохсот трьомстам трьомастами трьохстах",
    400: "чотириста чотирьохсот чотирьомстам чотирмастами чотирьохстах",
}  # fmt: skip
_UKRAINIAN_SMALL = {  # nominative, and the stem of the other cases
    5: ("п'ять", "п'ят"), 6: ("шість", "шіст"), 9: ("дев'ять", "дев'ят"), 10: ("десять", "десят"),
    11: ("одинадцять", "одинадцят"), 12: ("дванадцять", "дванадцят"), 13: ("тринадцять", "тринадцят"), 14: ("чотирнадцять", "чотирнадцят"),
    15: ("п'ятнадцять", "п'ятнадцят"), 16: ("шістнадцять", "шістнадцят"), 17: ("сімнадцять", "сімнадцят"), 18: ("вісімнадцять", "вісімнадцят"),
    19: ("дев'ятнадцять", "дев'ятнадцят"), 20: ("двадцять", "двадцят"), 30: ("тридцять", "тридцят"),
    50: ("п'ятдесят", "п'ятдесят"), 60: ("шістдесят", "шістдесят"), 70: ("сімдесят", "сімдесят"), 80: ("вісімдесят", "вісімдесят"),
}  # fmt: skip
_UKRAINIAN_ODD = {
    5: "п'ятеро", 6: "шести шестеро", 7: "сім семи сьома сімох сімом сімома семеро",
    8: "вісім восьми вісьма вісьмох вісьмом вісьмома восьмеро", 9: "дев'ятеро", 10: "десятеро",
}  # fmt: skip
_UKRAINIAN_HUNDREDS = {500: "п'ят п'яти п'ять", 600: "шіст шести шіс", 700: "сім семи сьома", 800: "вісім восьми вісьма", 900: "дев'ят дев'яти дев'ять"}
_UKRAINIAN_SCALES = {
    3: "тисяча тисячі тисячу тисячею тисяч тисячам тисячами тисячах тис", 6: "мільйон млн", 9: "мільярд млрд", 12: "трильйон трлн",
}
_UKRAINIAN_CASES = "а у ом і и ів ам ами ах"

_RUSSIAN = {
    0: "ноль нуль ноля нуля", 1: "один одна одно одного одному одним одном одной одну одною",
    2: "два две двух двум двумя двое", 3: "три трёх трех трём трем тремя трое", 4: "четыре четырёх четырех четырём четырем четырьмя четверо",
    5: "пять пяти пятью пятеро", 6: "шесть шести шестью шестеро", 7: "семь семи семью семеро", 8: "восемь восьми восемью восьмью восьмеро",
    9: "девять девяти девятью девятеро", 10: "десять десяти десятью десятеро", 40: "сорок сорока", 90: "девяносто девяноста", 100: "сто ста",
    50: "пятьдесят пятидесяти пятьюдесятью", 60: "шестьдесят шестидесяти шестьюдесятью", 70: "семьдесят семидесяти семьюдесятью",
    80: "восемьдесят восьмидесяти восемьюдесятью",
    200: "двести двухсот двумстам двумястами двухстах", 300: "триста трёхсот трехсот трёмстам тремстам тремястами трёхстах трехстах",
    400: "четыреста четырёхсот четырехсот четырёмстам четыремстам четырьмястами четырёхстах четырехстах",
    500: "пятьсот пятисот пятистам пятьюстами пятистах", 600: "шестьсот шестисот шестистам шестьюстами шестистах",
    700: "семьсот семисот семистам семьюстами семистах", 800: "восемьсот восьмисот восьмистам восемьюстами восьмистах",
    900: "девятьсот девятисот девятистам девятьюстами девятистах",
}  # fmt: skip
_RUSSIAN_TEENS = (
    "одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат тридцат".split()
)
_RUSSIAN_SCALES = {
    3: "тысяча тысячи тысяче тысячу тысячей тысячью тысяч тысячам тысячами тысячах тыс", 6: "миллион млн", 9: "миллиард млрд", 12: "триллион трлн",
}
_RUSSIAN_CASES = "а у ом е ы ов ам ами ах"

_KAZAKH = {
    0: "нөл", 1: "бір", 2: "екі", 3: "үш", 4: "төрт", 5: "бес", 6: "алты", 7: "жеті", 8: "сегіз", 9: "тоғыз", 10: "он", 20: "жиырма", 30: "отыз",
    40: "қырық", 50: "елу", 60: "алпыс", 70: "жетпіс", 80: "сексен", 90: "тоқсан",
}  # fmt: skip
_KAZAKH_TOGETHER = {2: "екеу", 3: "үшеу", 4: "төртеу", 5: "бесеу", 6: "алтау", 7: "жетеу"}
_KAZAKH_SCALES = {3: "мың", 6: "миллион млн", 9: "миллиард млрд", 12: "триллион трлн"}
_KAZAKH_CASES = "ға ге қа ке дан ден тан тен нан нен да де та те ның нің дың дің тың тің"
_KAZAKH_UNDECLINED = frozenset(("он", "бір", "жүз"))
"""With an ending they are other words: оның is "his", бірге "together", жүзі "his face"."""

_ENGLISH_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ENGLISH_SCALES = {3: "thousand", 6: "million mln", 9: "billion bn", 12: "trillion"}

ALONE = frozenset("тисяча тисячу мільйон мільярд тысяча тысячу миллион миллиард".split())
"""Forms that are a number without a counting word before them: тисяча is "a thousand", тисячі is "thousands"."""

_PLURAL, _UKRAINIAN_ADJECTIVE, _RUSSIAN_ADJECTIVE = "і их им ими", "ий ого ому им ім а ої ій у ою е", "ый ой ого ому ым ом ая ую ое"
_OTHERS = {  # each stem with every ending; then words as they are
    "uk": (
        ("тридцят сороков п'ятдесят шістдесят сімдесят вісімдесят дев'яност сот тисячн двохтисячн мільйонн", f"{_UKRAINIAN_ADJECTIVE} {_PLURAL}"),
        ("перш друг четверт п'ят шост сьом восьм дев'ят десят двадцят", _PLURAL),
        ("сот", "ня ні ню нею ень ням нями нях"), ("дюжин", "а и у ою ам ами"), ("третин", "а и у - ам ами"), ("десят", "ок ки ка ків кам ками ках"),
        ("ціл", "а і их"),
    ),
    "ru": (
        ("тридцат пятидесят шестидесят семидесят восьмидесят девяност сот тысячн двухтысячн миллионн", f"{_RUSSIAN_ADJECTIVE} ые ых ыми"),
        ("сороков перв втор четверт пят шест седьм восьм девят десят двадцат", f"{_RUSSIAN_ADJECTIVE} ые ых ыми"),
        ("сот", "ня ни ню ней ен ням нями нях"), ("дюжин", "а ы у ой - ам ами"), ("трет", "ь и ей ям ями"), ("десят", "ок ки ка ков кам ками ках"),
        ("цел", "ая ых ые"),
    ),
    "kk": (
        ("отызыншы қырқыншы елуінші алпысыншы жетпісінші сексенінші тоқсаныншы жүзінші мыңыншы", "- сы сі"),
        ("жарым жарты жартысы ондаған жүздеген мыңдаған", "-"),
    ),
    "en": (
        ("thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth thousandth millionth", "- s"),
        ("dozen score third quarter fifth sixth seventh eighth ninth tenth hundred", "s"), ("dozen score halves oh", "-"),
    ),
}  # fmt: skip


def entries(language: str) -> Iterator[tuple[str, str, int]]:
    """Every numeral of a language: its word, its category and its value."""
    for value, word in _TABLES[language]():
        yield word, "t" if word.startswith("он") and value == 10 else _category(value), value  # он бір is eleven
    for exponent, words in _SCALES[language].items():
        for word in words.split():
            yield word, "K", 10**exponent
    if language == "en":
        yield from (("hundred", "H", 100), ("a", "a", 1))
    elif language == "kk":
        yield "жүз", "H", 100
    yield from _scale_cases(language)
    for stems, endings in _OTHERS[language]:
        yield from ((stem + ending.strip("-"), "F", 0) for stem in stems.split() for ending in endings.split())


def _category(value: int) -> str:
    if value < 2:
        return "oi"[value]
    return "u" if value < 10 else "e" if value < 20 else "t" if value < 100 else "h"


def _scale_cases(language: str) -> Iterator[tuple[str, str, int]]:
    """The cases of million and its like, which are declined as nouns."""
    cases = {"uk": _UKRAINIAN_CASES, "ru": _RUSSIAN_CASES, "kk": _KAZAKH_CASES, "en": "s"}[language].split()
    for exponent, words in _SCALES[language].items():
        if exponent > 3 or language in ("kk", "en"):
            for ending in cases:
                yield words.split()[0] + ending, "K", 10**exponent


def _ukrainian() -> Iterator[tuple[int, str]]:
    yield from _of(_UKRAINIAN)
    yield from _of(_UKRAINIAN_ODD)
    for value, (nominative, stem) in _UKRAINIAN_SMALL.items():
        yield value, nominative
        yield from ((value, stem + ending) for ending in ("и", "ьох", "ьом", "ьма", "ьома"))
    for value, stems in _UKRAINIAN_HUNDREDS.items():
        first, second, third = stems.split()
        yield from ((value, word) for word in (first + "сот", second + "сот", second + "стам", third + "мастами", second + "стах"))


def _russian() -> Iterator[tuple[int, str]]:
    yield from _of(_RUSSIAN)
    for value, stem in zip((*range(11, 20), 20, 30), _RUSSIAN_TEENS, strict=True):
        yield from ((value, stem + ending) for ending in ("ь", "и", "ью"))


def _kazakh() -> Iterator[tuple[int, str]]:
    yield from _of(_KAZAKH)
    yield from _of(_KAZAKH_TOGETHER)
    for value, word in _of(_KAZAKH):
        if word not in _KAZAKH_UNDECLINED:
            yield from ((value, word + ending) for ending in _KAZAKH_CASES.split())


def _english() -> Iterator[tuple[int, str]]:
    yield from enumerate(_ENGLISH_SMALL)
    yield from zip(range(20, 100, 10), _ENGLISH_TENS, strict=True)


def _of(table: dict[int, str]) -> Iterator[tuple[int, str]]:
    for value, words in table.items():
        for word in words.split():
            yield value, word


_TABLES = {"uk": _ukrainian, "ru": _russian, "kk": _kazakh, "en": _english}
_SCALES = {"uk": _UKRAINIAN_SCALES, "ru": _RUSSIAN_SCALES, "kk": _KAZAKH_SCALES, "en": _ENGLISH_SCALES}
