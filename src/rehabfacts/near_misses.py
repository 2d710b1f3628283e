"""Ways in which people write dates that are no EDTF, each with the EDTF that is meant.

`READERS` is the table: a pattern for the tidied text in lower case, and what it stands for. A reader may be wrong:
whoever asks checks that the answer is EDTF before it is offered to anyone. Only mistakes load this module.
"""

import re
from collections.abc import Callable, Iterator

from rehabfacts.calendars import civil, day_number, days_in_month, is_leap, iso, julian_day_number

_STEMS = (
    ("jan", "січ", "янв", "қаң"), ("feb", "лют", "фев", "ақп"), ("mar", "бер", "мар", "нау"),
    ("apr", "кві", "апр", "сәу"), ("may", "тра", "мая", "май", "мам"), ("jun", "чер", "июн", "мау"),
    ("jul", "лип", "июл", "шіл"), ("aug", "сер", "авг", "там"), ("sep", "вер", "сен", "қыр"),
    ("oct", "жов", "окт", "қаз"), ("nov", "лис", "ноя", "қар"), ("dec", "гру", "дек", "жел"),
)  # fmt: skip
_SEASONS = (
    ("spring", "весн"),
    ("summer", "літ", "лет"),
    ("autumn", "fall", "осін", "осен"),
    ("winter", "зим"),
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "х": 10, "і": 1}
_YEAR_WORD = r"(?: ?(?:year|рік|року|роки|років|рр?\.?|год|года|годы|годов|гг?\.?|ж\.?))?"
_CENTURY = r"(?:century|cent\.?|c\.|століття|сторіччя|ст\.?|век[ае]?|в\.|ғасыр)"
_ABOUT = r"(?:c|ca|circa|about|approx|approximately|around|бл|близько|около|ок|прибл|приблизно|шамамен)"

Match = re.Match[str]


def _month(name: str) -> int:
    stems = [n for n, stems in enumerate(_STEMS, 1) if name.startswith(stems)]
    return stems[0] if stems else 0


def _ymd(year: str, month: int | str, day: int | str = 0) -> str:
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if int(day) else "")


def _day_first(match: Match) -> str:
    first, mark, second, year = int(match[1]), match[2], int(match[3]), match[4]
    if first <= 12 < second:
        return _ymd(year, first, second)
    if mark == "/" and second <= 12 and first != second:
        return f"{_ymd(year, second, first)} or {_ymd(year, first, second)}"
    return _ymd(year, second, first)


def _two_digit_end(match: Match) -> str:
    year, end = match[1], match[3]
    years = int(end) - int(year[2:])
    interval = f"{year}/{year[:2]}{end}" if 0 < years <= 35 or (years > 0 and match[2] == "/") else ""
    month = _ymd(year, end) if 1 <= int(end) <= 12 else ""
    return f"{interval} or {month}" if interval and month else interval or month


def _ordinal(match: Match) -> str:
    year, day = int(match[1]), int(match[2])
    return iso(day_number(year, 1, 1) + day - 1) if 1 <= day <= 365 + is_leap(year) else ""


def _week(match: Match) -> str:
    year, week, weekday = int(match[1]), int(match[2]), int(match[3] or 0)
    if not 1 <= week <= weeks_in(year):
        return ""
    monday = _first_monday(year) + 7 * (week - 1)
    return iso(monday + weekday - 1) if weekday else f"[{iso(monday)}..{iso(monday + 6)}]"


def weeks_in(year: int) -> int:
    """How many weeks an ISO year has: 52 or 53."""
    return (_first_monday(year + 1) - _first_monday(year)) // 7


def _first_monday(year: int) -> int:
    fourth = day_number(year, 1, 4)
    return fourth - (fourth - 1) % 7


def _decade(match: Match) -> str:
    decade = match[1]
    return f"{decade}X or {decade[:2]}XX" if decade.endswith("0") else f"{decade}X"


def _century(match: Match) -> str:
    text = match[1]
    number = int(text) if text.isdigit() else _roman(text)
    return f"{number - 1:02}XX" if 1 <= number <= 99 else ""


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _before_christ(match: Match) -> str:
    year, _, rest = match[1].partition("-")
    number = 1 - int(year)
    if number > 0:
        return ""
    return f"{'-' if number < 0 else ''}{abs(number):04}" + (f"-{rest}" if rest else "")


def _before(match: Match) -> str:
    day, text = _day(match[1]), match[1]
    if day is not None:
        return f"[..{iso(day - 1)}]"
    return f"[..{int(text) - 1:04}]" if len(text) == 4 and text.isdigit() else ""


def _after(match: Match) -> str:
    day, text = _day(match[1]), match[1]
    if day is not None:
        return f"[{iso(day + 1)}..]"
    return f"[{int(text) + 1:04}..]" if len(text) == 4 and text.isdigit() else ""


def _day(text: str) -> int | None:
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)
    if not match or not 1 <= int(match[2]) <= 12:
        return None
    year, month, day = (int(part) for part in match.groups())
    return day_number(year, month, day) if 1 <= day <= days_in_month(year, month) else None


def _season(match: Match) -> str:
    season = next((n for n, stems in enumerate(_SEASONS) if match[1].startswith(stems)), None)
    return "" if season is None else f"{match[2]}-{21 + season}"


def _double_date(match: Match) -> str:
    """The new-style day, if old and new style stand side by side and are the same day: `1/14 February 1918`."""
    day, month, other_day, other_month, year = match[1], match[2], match[3], match[4], int(match[5])
    months = _month(month or other_month), _month(other_month)
    if not all(months):
        return ""
    for old_month, old, new in ((months[0], int(day), int(other_day)), (months[1], int(other_day), int(day))):
        number = julian_day_number(year, old_month, old)
        if civil(number)[2] == new:
            return iso(number)
    return ""


def _double_iso(match: Match) -> str:
    days = [tuple(int(part) for part in text.split("-")) for text in match.groups()]
    for old, new in ((days[0], days[1]), (days[1], days[0])):
        if 1 <= old[1] <= 12 and civil(julian_day_number(*old)) == new:
            return iso(julian_day_number(*old))
    return ""


def _named_month(day: str, month: str, year: str) -> str:
    number = _month(month)
    return _ymd(year, number, day or 0) if number else ""


def _bound(text: str) -> str:
    if text in {"open", "now", "present", "today", "досі", "донині", "н.ч."}:
        return ".."
    return "" if text in {"unknown", "?"} else text


def _old_draft(match: Match) -> str:
    """Rewrite what the draft of 2012 had: `u` and `x` for X, `?~`, parentheses, `y` and `e`, words for ends."""
    text = re.sub(r"\?~|~\?|\?\?|~~", lambda m: m[0][0] if m[0] in {"??", "~~"} else "%", match[0])
    ends = [_bound(end) for end in text.split("/")]
    text = re.sub(r"[()]", "", "/".join(ends))
    if re.fullmatch(r"y-?\d+(e\d+)?(s\d+)?[?~%]?", text) or re.fullmatch(r"-?\d{4}[sp]\d+", text):
        return text.upper().replace("P", "S")
    return re.sub(r"[ux]", "X", text)


READERS: tuple[tuple[str, Callable[[Match], str]], ...] = (
    (r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})" + _YEAR_WORD, _day_first),
    (r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})", lambda m: _ymd(m[1], m[2], m[3])),
    (r"(\d{4})-(1[3-9]|2\d|3[01])-(0[1-9]|1[0-2])", lambda m: _ymd(m[1], m[3], m[2])),
    (r"(\d{4}-\d\d)-00", lambda m: m[1]),
    (r"(\d{4})(-00){1,2}", lambda m: m[1]),
    (r"(\d{4})([/-])(\d\d)", _two_digit_end),
    (r"(\d{4})[./-](\d{1,2})", lambda m: _ymd(m[1], m[2])),
    (r"(\d\d)[./](\d{4})", lambda m: _ymd(m[2], m[1])),
    (r"(\d{4}) ?(?:-|/|\.\.|to|until|до|по) ?(\d{4})" + _YEAR_WORD, lambda m: f"{m[1]}/{m[2]}"),
    (r"(?:from|з|с|із) (\S+) (?:to|until|till|до|по) (\S+)" + _YEAR_WORD, lambda m: f"{m[1]}/{m[2]}"),
    (r"(?:between|між|между) (\S+) (?:and|та|і|и) (\S+)" + _YEAR_WORD, lambda m: f"[{m[1]}..{m[2]}]"),
    (r"(\S+) (?:or|або|или) (\S+)", lambda m: f"[{m[1]},{m[2]}]"),
    (r"(\d{4})(\d\d)(\d\d)", lambda m: _ymd(m[1], m[2], m[3])),
    (r"(\d{4})-?(\d{3})", _ordinal),
    (r"(\d{4})(0[1-9]|1[0-2])", lambda m: _ymd(m[1], m[2])),
    (r"(\d{4}-\d\d-\d\d) \((\d{4}-\d\d-\d\d)\)", _double_iso),
    (r"(\d{1,2})()/(\d{1,2}) ([^\W\d_]{3,}) (\d{4})" + _YEAR_WORD, _double_date),
    (r"(\d{1,2}) ([^\W\d_]{3,}) \((\d{1,2}) ([^\W\d_]{3,})\) (\d{4})" + _YEAR_WORD, _double_date),
    (r"(\d{4})-?w(\d\d)(?:-?([1-7]))?", _week),
    (r"(?:the )?(\d{3})0(?:'?s|-?(?:ті|ти|x|иx|е|ые|і))" + _YEAR_WORD, _decade),
    (r"(?:the )?(\d{1,2})(?:st|nd|rd|th|-?(?:е|й|го|ше|те|є|ге))? " + _CENTURY, _century),
    (r"([ivxхі]{1,5})(?:-?(?:е|й|го|ше|те|є))? " + _CENTURY, _century),
    (_ABOUT + r"(?:\. ?| |(?=\d))(.+)",
     lambda m: f"{m[1]}~"),
    (r"([?~%]) (.+)", lambda m: f"{m[2]}{m[1]}"),
    (r"(.+?) ?(?:\(([?~])\)| ([?~%]))", lambda m: f"{m[1]}{m[2] or m[3]}"),
    (r"(?:possibly|probably|perhaps|maybe|можливо|ймовірно|возможно|вероятно) (.+)", lambda m: f"{m[1]}?"),
    (r"(\d{1,4}(?:-\d\d){0,2}) ?(?:bce?|b\.c\.(?:e\.)?|до н\. ?е\.|до нашої ери|до нашей эры)", _before_christ),
    (r"(\d{4}(?:-\d\d){0,2}) ?(?:ad|ce|a\.d\.|н\. ?е\.)", lambda m: m[1]),
    (r"(?:before|до|перед|pre) (.+)", _before),
    (r"(?:after|після|после|post) (.+)", _after),
    (r"(?:by|until|not later than|in or before|не пізніше|не позднее) (.+)", lambda m: f"[..{m[1]}]"),
    (r"(?:since|from|not earlier than|in or after|з|с|від|не раніше|не ранее) (.+)", lambda m: f"[{m[1]}..]"),
    (r"(\d{1,2})(?:st|nd|rd|th|-го)?\.? (?:of )?([^\W\d_]{3,})\.?,? (\d{4})" + _YEAR_WORD,
     lambda m: _named_month(m[1], m[2], m[3])),
    (r"([^\W\d_]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", lambda m: _named_month(m[2], m[1], m[3])),
    (r"(\d{4})[ -]([^\W\d_]{3,})\.?[ -](\d{1,2})", lambda m: _named_month(m[3], m[2], m[1])),
    (r"([^\W\d_]{3,})\.?,? (\d{4})" + _YEAR_WORD, lambda m: _named_month("", m[1], m[2])),
    (r"(?:the )?([^\W\d_]{3,}) (?:of )?(\d{4})" + _YEAR_WORD, _season),
    (r"q([1-4])[ /-]?(\d{4})", lambda m: f"{m[2]}-{32 + int(m[1])}"),
    (r"(\d{4})[ /-]?q([1-4])", lambda m: f"{m[1]}-{32 + int(m[2])}"),
    (r"(\d{4})" + _YEAR_WORD, lambda m: m[1]),
    (r"y(-?)0*(\d{1,4})", lambda m: f"{m[1]}{m[2]:0>4}"),
    (r"\.\.(.+)", lambda m: f"[..{m[1]}]"),
    (r"(.+?)\.\.", lambda m: f"[{m[1]}..]"),
    (r"\S+", _old_draft),
    (r"[-0-9xys?~%.,/\[\]{} ]+", lambda m: m[0].replace(" ", "").upper()),
)  # fmt: skip


def iter_meant(text: str) -> Iterator[str]:
    """The notations that a tidied text may have been meant as, likeliest first; two of them joined by " or "."""
    lower = text.lower()
    for pattern, reader in READERS:
        match = re.fullmatch(pattern, lower)
        if match:
            yield reader(match)


def from_messy(text: str) -> str:
    """The day that `dateutil` reads in a messy text, if it fills no gap: the same whatever it may fill it with."""
    import warnings  # noqa: PLC0415 - used for messy texts only, as the next two
    from datetime import datetime  # noqa: PLC0415

    from dateutil import parser  # noqa: PLC0415 - 20 ms to load

    found = []
    with warnings.catch_warnings(action="ignore"):
        for default in (datetime(1904, 1, 1), datetime(2008, 12, 28)):  # noqa: DTZ001 - a day has no zone
            try:
                found.append(parser.parse(text, default=default).date().isoformat())
            except (ValueError, ArithmeticError, TypeError, AttributeError, LookupError):
                return ""
    return found[0] if found[0] == found[1] else ""
