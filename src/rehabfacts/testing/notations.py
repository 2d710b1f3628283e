"""Notations drawn around a day, a pair of days or a number that they allow, from exact to vague."""

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from rehabfacts.calendars import civil, days_in_month, iso
from rehabfacts.dates import Date, Period
from rehabfacts.errors import InvalidDate, InvalidQuantity
from rehabfacts.quantities import Quantity

Draw = st.DrawFn
_SURE_MARKS, _MARKS = ("", "", "~"), ("", "", "?", "~", "%")


def allows_day(text: str, day: int) -> bool:
    """Whether the text is a date that can be this day."""
    try:
        return day in Date.parse(text)
    except InvalidDate:
        return False


def allows_days(text: str, first: int, last: int) -> bool:
    """Whether the text is a period that can start on the first day and end on the last, each by itself."""
    try:
        period = Period.parse(text)
    except InvalidDate:
        return False
    return _is_in(first, period.start_earliest, period.start_latest, period.start_holes) and _is_in(
        last, period.end_earliest, period.end_latest, period.end_holes
    )


def allows_number(text: str, number: int) -> bool:
    """Whether the text is a quantity that can be this number (of a percentage, of millionths)."""
    try:
        quantity = Quantity.parse(text)
    except InvalidQuantity:
        return False
    return _is_in(number, quantity.least, quantity.most)


def _is_in(value: int, least: int | None, most: int | None, holes: Sequence[tuple[int, int]] = ()) -> bool:
    is_bounded = (least is None or least <= value) and (most is None or value <= most)
    return is_bounded and not any(last < value < following for last, following in holes)


# Dates


@st.composite
def date_texts(draw: Draw, day: int, level: int = 2, *, is_sure: bool = False) -> str:
    """Notations of dates that allow the day, half of them the day itself; those that are sure are never doubtful (`?`, `%`)."""
    if draw(st.booleans()):
        return iso(day)
    forms: list[Callable[[Draw, int, bool], str]] = [_plain, *((_vague, _season) if level > 0 else ()), *((_masked, _set) if level > 1 else ())]
    form = draw(st.sampled_from(forms))
    text = form(draw, day, is_sure)
    if level > 0 and form is not _set:
        text += draw(st.sampled_from(_SURE_MARKS if is_sure else _MARKS))
    return text if allows_day(text, day) else iso(day)


def _year(day: int) -> str:
    year = civil(day)[0]
    return f"{'-' if year < 0 else ''}{abs(year):04}"


def _plain(draw: Draw, day: int, is_sure: bool = True) -> str:  # noqa: ARG001, FBT001, FBT002  # one signature for every form
    year, (_, month, number) = _year(day), civil(day)
    return draw(st.sampled_from((f"{year}-{month:02}-{number:02}", f"{year}-{month:02}", year)))


def _vague(draw: Draw, day: int, is_sure: bool) -> str:  # noqa: ARG001, FBT001  # one signature for every form
    year, month = _year(day), civil(day)[1]
    return draw(st.sampled_from((f"{year[:-1]}X", f"{year}-{month:02}-XX", f"{year}-XX", f"{year}-XX-XX", f"{year[:-2]}XX")))


def _season(draw: Draw, day: int, is_sure: bool) -> str:  # noqa: ARG001, FBT001  # one signature for every form
    year = _year(day)
    fitting = [f"{year}-{code}" for code in range(21, 42) if allows_day(f"{year}-{code}", day)]
    return draw(st.sampled_from(fitting or [year]))


def _masked(draw: Draw, day: int, is_sure: bool) -> str:  # noqa: FBT001  # one signature for every form
    """Any figures left out, a decade as three of them, a year of which so many are significant, or a mark on any part."""
    text = _plain(draw, day)
    year = _year(day)
    hidden = draw(st.lists(st.integers(0, len(text) - 1), max_size=4))
    shown = "".join("X" if at in hidden and each.isdigit() else each for at, each in enumerate(text))
    marked = text if is_sure else "-".join(draw(st.sampled_from(_MARKS)) + part for part in text.split("-"))
    return draw(st.sampled_from((shown, year[:-1], f"{year}S{draw(st.integers(1, 3))}", marked)))


def _set(draw: Draw, day: int, is_sure: bool) -> str:  # noqa: ARG001, FBT001  # one signature for every form
    """One of several dates, or of a range that may have no end."""
    first, last = day - draw(st.integers(0, 900)), day + draw(st.integers(0, 900))
    length = draw(st.sampled_from((None, -3, -6)))  # days, months or years: a range has one precision on both sides
    low, high = (iso(each)[:length] for each in (first, last))
    others = [iso(each) for each in draw(st.lists(st.integers(day - 900, day + 900), min_size=1, max_size=3))]
    members = ",".join(dict.fromkeys([_plain(draw, day), *others]))
    return draw(st.sampled_from((f"[{low}..{high}]", f"[{members}]", f"[..{high}]", f"[{low}..]")))


# Periods


@st.composite
def period_texts(draw: Draw, first: int, last: int, level: int = 2, *, is_sure: bool = False, stated: tuple[bool, bool] | None = None) -> str:
    """Notations of periods that allow the two days, whichever of them are known; with `stated`, those that it says are."""
    is_whole = (_whole(first, last) and draw(st.booleans())) if stated in {None, (True, True)} else ""
    if is_whole:
        whole, year = _whole(first, last), civil(first)[0]
        other = year + draw(st.integers(1, 9)) if year else 0
        forms = (whole, f"[{whole},{other:04}]") if level > 1 and len(whole) == 4 and other else (whole,)
        text = draw(st.sampled_from(forms))
    else:
        text = "/".join(
            _end(draw, day, level, is_sure=is_sure, is_stated=stated and stated[at]) for at, day in enumerate((first, last))
        )  # fmt: skip
    return text if allows_days(text, first, last) else f"{iso(first)}/{iso(last)}"


def _end(draw: Draw, day: int, level: int, *, is_sure: bool, is_stated: bool | None) -> str:
    """A date as an end of an interval takes it, or none: not known or open."""
    if is_stated is False or (is_stated is None and level > 0 and draw(st.integers(0, 5)) == 1):
        return draw(st.sampled_from(("", "..")))
    text = draw(date_texts(day, level, is_sure=is_sure))
    return iso(day) if text[0] == "[" else text


def _whole(first: int, last: int) -> str:
    """The notation of the day, month or year that takes exactly these days; empty if there is none."""
    (year, month, day), (last_year, last_month, last_day) = civil(first), civil(last)
    if first == last:
        return iso(first)
    if day != 1 or year != last_year or last_day != days_in_month(last_year, last_month):
        return ""
    if month == last_month:
        return iso(first)[:-3]
    return _year(first) if (month, last_month) == (1, 12) else ""


# Quantities


@st.composite
def number_texts(draw: Draw, number: int, units: Sequence[str] = ("",)) -> str:
    """Notations of quantities that allow the number; with the unit `%` it is one of millionths."""
    unit = draw(st.sampled_from(list(units)))
    written = _percentage if unit == "%" else _figures
    exact = f"{'exactly ' if unit == '%' else ''}{written(number)}"
    text = draw(st.sampled_from((exact, *_hedged(draw, number, written, 10_000 if unit == "%" else 1))))
    behind = f" {unit}" if unit else ""
    body, comma, step = text.partition(", rounded")
    found = f"{body}{behind}{comma}{step}"
    return found if allows_number(found, number) else f"{exact}{behind}"


def _figures(number: int) -> str:
    return str(number)


def _percentage(number: int) -> str:
    whole, rest = divmod(abs(number), 10_000)
    return f"{'-' if number < 0 else ''}{whole}{f'.{rest:04}'.rstrip('0').rstrip('.')}"


def _hedged(draw: Draw, number: int, written: Callable[[int], str], one: int) -> tuple[str, ...]:
    """Vaguer forms; one whose bounds turn out not to allow the number is not taken."""
    below, above = (number // one - draw(st.integers(0, 50)) for _ in range(2))
    low, high = below * one, (2 * (number // one) - above + 1) * one
    thousands, step = (number + 500) // 1000, draw(st.sampled_from((5, 50, 100, 500)))
    rounded = ((number + step // 2) // step) * step
    plain = (f"{number:,}", f"{thousands} thousand", f"{rounded}, rounded to {step}") if one == 1 else (written(number // one * one),)
    ranged = (f"{written(low)}..{written(high)}", f"more than {written(low - one)}", f"at least {written(low)}")
    return (*plain, *ranged, f"less than {written(high + one)}", f"up to {written(high)}", f"about {written(low)}", f"nearly {written(high)}")
