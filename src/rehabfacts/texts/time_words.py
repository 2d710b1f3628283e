"""The words with which Ukrainian, Russian, Kazakh and English documents write dates and how sure they are of them.

The tables are data: a language, a category (see `date_pieces`), the words in every form in which they occur.
"""

from collections.abc import Iterator


def _declined(stems: str, endings: str) -> Iterator[str]:
    """Each stem with every ending; `-` is no ending."""
    for stem in stems.split():
        yield " ".join(stem + ending.strip("-") for ending in endings.split())


_SOFT = "ень ня ню нем ні"
MONTHS: dict[str, tuple[str, ...]] = {
    "uk": (
        *_declined("січ", _SOFT), "лютий лютого лютому лютим", *_declined("берез квіт трав черв лип серп верес жовт", _SOFT),
        *_declined("листопад", "- а у ом і"), *_declined("груд", _SOFT),
    ),
    "ru": (
        *_declined("январ феврал", "ь я ю ём ем е"), *_declined("март", "- а у ом е"), *_declined("апрел", "ь я ю ем е"),
        "май мая маю маем мае", *_declined("июн июл", "ь я ю ем е"), *_declined("август", "- а у ом е"),
        *_declined("сентябр октябр ноябр декабр", "ь я ю ём ем е"),
    ),
    "kk": ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек қыркүйег", "қазан", "қараша", "желтоқсан"),
    "en": (
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ),
}  # fmt: skip

MONTH_ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "uk": ("січ", "лют", "бер берез", "кв квіт", "трав", "черв", "лип", "серп", "вер верес", "жовт", "лист листоп", "груд"),
    "ru": ("янв", "фев февр", "мар", "апр", "", "июн", "июл", "авг", "сен сент", "окт", "ноя нояб", "дек"),
    "kk": ("қаң", "ақп", "нау", "сәу", "мам", "мау", "шіл", "там", "қыр", "қаз", "қар", "жел"),
    "en": ("jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec"),
}

SEASONS: dict[str, tuple[str, ...]] = {
    "uk": ("весна весни весні весну весною навесні", "літо літа літі літом влітку", "осінь осені осінню восени", "зима зими зимі зиму зимою взимку"),
    "ru": ("весна весны весне весну весной", "лето лета лете летом", "осень осени осенью", "зима зимы зиме зиму зимой"),
    "kk": ("көктем", "жаз", "күз", "қыс"),
    "en": ("spring", "summer", "autumn fall", "winter"),
}

_ADJECTIVE = "ий ого ому им ім а ої ій у ою е"
_RUSSIAN = "ый ой ого ому ым ом ая ую ое"
ORDINALS: dict[str, tuple[str, ...]] = {
    "uk": (
        *_declined("перш друг", _ADJECTIVE), *_declined("трет", "ій ього ьому ім я ьої ю ьою є"),
        *_declined("четверт п'ят шост сьом восьм дев'ят десят одинадцят дванадцят тринадцят чотирнадцят п'ятнадцят", _ADJECTIVE),
        *_declined("шістнадцят сімнадцят вісімнадцят дев'ятнадцят двадцят", _ADJECTIVE),
    ),
    "ru": (
        *_declined("перв втор", _RUSSIAN), *_declined("трет", "ий ьего ьему ьим ьем ья ьей ью ье"),
        *_declined("четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат", _RUSSIAN),
        *_declined("шестнадцат семнадцат восемнадцат девятнадцат двадцат", _RUSSIAN),
    ),
    "kk": ("бірінші", "екінші", "үшінші", "төртінші", "бесінші", "алтыншы", "жетінші", "сегізінші", "тоғызыншы", "оныншы", *[""] * 9, "жиырмасыншы"),
    "en": tuple(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split()
    ),
}  # fmt: skip

WORDS: dict[str, dict[str, str]] = {
    "uk": {
        "Y": "рік року році роком рокові", "P": "роки років роках роками рокам", "y": "р", "G": "рр",
        "C": "століття столітті століттю століттям століть століттях сторіччя сторіччі сторіччям сторіч", "D": "ст",
        "Q": "половина половини половині половину половиною", "q": "чверть чверті чвертю квартал кварталу кварталі кварталом",
        "V": "початок початку початком кінець кінця кінці наприкінці середина середини середині середину",
        "x": "х ті тих их", "r": "го му ого ому ий м ї ою я те ше ма", "j": "й",
        "c": "і та або чи", "f": "з із зі від між", "g": "по до", "n": "у в на", "z": "місяць місяця місяці числа чисел числах",
        "L": "стаття статті статтю статтею статей пункт пункту пп п розділ розділу глава глави том т с стор сторінка сторінці ч частина частини "
             "вип випуск справа справи спр арк ф оп фонд опис додаток додатку c ч",
        "I": "тел телефон факс isbn issn doi удк ббк", "p": "відсоток відсотка відсотки відсотків процент процента проценти процентів",
    },
    "ru": {
        "Y": "год года году годом годе", "P": "годы годов годах годам годами лет", "y": "г", "G": "гг",
        "C": "век века веке веком веку веков веках вв столетие столетия столетии столетию столетием столетий", "D": "ст", "W": "в",
        "Q": "половина половины половине половину половиной", "q": "четверть четверти четвертью квартал квартала квартале",
        "V": "начало начала начале началу конец конца конце концу середина середины середине середину",
        "x": "х ые ых", "b": "е", "r": "й го му ого ому ый ой м ом я ю", "c": "и или", "f": "с со от между", "g": "по до", "n": "во на", "z": "месяц месяца месяце числа чисел числах",
        "L": "статья статьи статье статью статей пункт пункта пп п раздел раздела глава главы том т стр страница странице ч часть части "
             "вып выпуск дело дела л лл ф оп фонд опись приложение приложения c",
        "I": "тел телефон факс isbn issn doi удк ббк", "p": "процент процента проценты процентов",
    },
    "kk": {
        "A": "жыл жылы жылғы жылдың жылда жылға жылдан жылына жылында жылын жылдағы", "y": "ж", "G": "жж",
        "B": "жылдар жылдары жылдардың жылдарда жылдарға жылдарындағы жылдарында жылдардағы жылдарының жылдарына жылдарын",
        "C": "ғасыр", "D": "ғ", "Q": "жартысы жартысында жартысының жартысындағы жартысынан", "q": "ширегі ширегінде тоқсаны тоқсанында",
        "V": "басы басында басынан соңы соңында соңына ортасы ортасында аяғы аяғында",
        "r": "ші шы інші ыншы нші ншы ден дан тен тан нен нан ге ға ке қа де да те нің ның дің дың тің тың", "c": "мен бен пен және немесе", "L": "бап тармақ бөлім тарау c", "z": "айы айының айында айынан айына айындағы",
        "I": "тел isbn issn doi", "p": "пайыз пайызы пайызға процент проценті",
    },
    "en": {
        "C": "century centuries", "D": "cent", "Q": "half", "q": "quarter", "V": "early late mid beginning end middle start",
        "s": "s", "r": "st nd rd th", "c": "and or", "f": "from between", "g": "to till until through", "z": "of the", "n": "in on at", "J": "bc bce",
        "L": "article articles art section sections sec chapter ch page pages p pp volume vol vols no nos number part figure fig table room",
        "I": "isbn issn doi tel telephone phone fax udc", "p": "percent",
    },
}  # fmt: skip

KAZAKH_SUFFIXES = tuple(
    "ындағы індегі сындағы сіндегі ының інің сының сінің ында інде сында сінде ынан інен сынан сінен дағы дегі тағы тегі дың дің тың тің ның нің "
    "дан ден тан тен нан нен ына іне сына сіне лар лер дар дер тар тер да де та те ға ге қа ке на не ды ді ты ті ны ні сы сі ы і".split()
)
"""The endings of cases and of possession, the longest first."""

FILLERS = frozenset("у в во на з із с in the of year year's year".split())
"""Words that may stand between a hedge and its date: "about in 1993"."""

_SENSES: dict[str, dict[str, str]] = {
    "uk": {
        "about": "близько, біля, бл, приблизно, орієнтовно, десь, коло", "almost": "майже",
        "after": "понад, більше, більш, більше ніж, більше як, більш як, більш ніж, після",
        "before": "менше, менш, менше ніж, менше як, менш як, менш ніж, перед, раніше",
        "from": "не менше, не менш, не менше ніж, не менше як, не менш як, не менш ніж, щонайменше, мінімум, не раніше, не раніше ніж",
        "until": "не більше, не більш, не більше ніж, не більш як, щонайбільше, максимум, не пізніше, не пізніше ніж, не пізніш як",
        "since": "починаючи з, починаючи від, з, із, від", "through": "по", "to": "до", "between": "між", "part": "початок, початку, кінець, кінця, кінці, наприкінці, середина, середини, середині, середину",
    },
    "ru": {
        "about": "около, ок, примерно, приблизительно, ориентировочно, порядка", "almost": "почти",
        "after": "более, более чем, больше, больше чем, свыше, после", "before": "менее, менее чем, меньше, меньше чем, перед, ранее",
        "from": "не менее, не менее чем, не меньше, минимум, по меньшей мере, по крайней мере, не ранее, не раньше",
        "until": "не более, не более чем, не больше, максимум, не позднее, не позже",
        "since": "начиная с, с, со, от", "through": "по", "to": "до, к", "between": "между",
        "part": "начало, начала, начале, началу, конец, конца, конце, концу, середина, середины, середине, середину",
    },
    "kk": {"about": "шамамен", "from": "кемінде, ең кемі", "until": "көп дегенде", "almost": "дерлік"},
    "en": {
        "about": "about, around, circa, c, ca, approx, approximately, roughly, some", "almost": "almost, nearly",
        "after": "more than, over, above, in excess of, after", "before": "less than, fewer than, under, below, before, prior to",
        "from": "at least, not less than, no less than, no fewer than, not fewer than, not earlier than, no earlier than",
        "until": "at most, up to, not more than, no more than, as many as, not later than, no later than",
        "since": "since, from", "through": "through", "to": "by, until, till, to",
        "between": "between", "part": "early, late, mid, beginning, end, middle, start, beginning of, end of, middle of, start of",
    },
}  # fmt: skip
_SENSES_AFTER: dict[str, dict[str, str]] = {
    "uk": {"after": "з лишком, з гаком"},
    "ru": {"after": "с лишним"},
    "kk": {
        "about": "жуық, жуықтады, шамасында, шамалы", "after": "астам, артық, аса, кейін, кейінгі, көп", "before": "бұрын, бұрынғы, кем, аз",
        "since": "бастап, бері", "from": "кем емес", "until": "аспайтын", "to": "дейін, дейінгі", "part": "басында, басы, соңында, соңы, ортасында, аяғында",
    },
    "en": {"about": "or so", "from": "or more, or later, or after", "since": "onwards", "until": "or less, or earlier, or before"},
}  # fmt: skip


def _by_phrase(senses: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {
        language: {phrase: sense for sense, phrases in table.items() for phrase in phrases.split(", ")} for language, table in senses.items()
    }


HEDGES, HEDGES_AFTER = _by_phrase(_SENSES), _by_phrase(_SENSES_AFTER)
"""What words before a date or a number, or after it, make of it.

`after` and `before` leave the date or number itself out (after 1993, more than 75), `from` and `until` take it in (not
before, at least; not later than, at most), `to` can be either (до 1993 року). `part` is some part of it. `since` and
`through` only say that something begins or ends there.
"""
