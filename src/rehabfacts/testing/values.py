"""Strategies for dates, periods and quantities, in every notation that the package reads."""

from collections.abc import Sequence

from hypothesis import strategies as st

from rehabfacts.calendars import civil, day_number, days_in_month
from rehabfacts.dates import Date, Period
from rehabfacts.quantities import Quantity
from rehabfacts.testing.notations import Draw, date_texts, number_texts, period_texts

Years = tuple[int, int]
YEARS: Years = (1900, 2030)
_FAR_YEARS = ("Y17E7", "Y-17E7", "Y170000002", "Y-123456S3")


def days(years: Years = YEARS) -> st.SearchStrategy[int]:
    """Day numbers within the years, both included. Raises ValueError for years that no plain notation has."""
    first, last = years
    if not -9999 <= first <= last <= 9999:
        raise ValueError(f"expected two years of -9999 to 9999, the first not after the last, got {years!r}")
    return st.integers(day_number(first, 1, 1), day_number(last, 12, 31))


def dates(*, years: Years = YEARS, level: int = 2) -> st.SearchStrategy[Date]:
    """Dates that can be a day within the years, in the notations of EDTF up to the level: 0, 1 or 2.

    A vague one can also be a day outside. At level 2 some lie millions of years away if the years go past 9000.
    """
    _check_level(level)
    texts = days(years).flatmap(lambda day: date_texts(day, level))
    if level > 1 and years[1] > 9000:
        texts |= st.sampled_from(_FAR_YEARS)
    return texts.map(Date.parse)


@st.composite
def _period_texts(draw: Draw, years: Years, level: int) -> str:
    first, last = draw(spans(years))
    return draw(period_texts(first, last, level))


def periods(*, years: Years = YEARS, level: int = 2) -> st.SearchStrategy[Period]:
    """Periods that can start and end within the years, in the notations of EDTF up to the level: 0, 1 or 2."""
    _check_level(level)
    return _period_texts(years, level).map(Period.parse)


@st.composite
def spans(draw: Draw, years: Years = YEARS) -> tuple[int, int]:
    """A first and a last day, within the years: one day, a whole month or year, or any."""
    day = draw(days(years))
    year, month, _ = civil(day)
    kind = draw(st.sampled_from(("any", "day", "month", "year")))
    if kind == "day":
        return day, day
    if kind == "month":
        return day_number(year, month, 1), day_number(year, month, days_in_month(year, month))
    if kind == "year":
        return day_number(year, 1, 1), day_number(year, 12, 31)
    return day, draw(st.integers(day, min(day + 4000, day_number(years[1], 12, 31))))


def quantities(*, least: int = 0, most: int = 1_000_000, units: Sequence[str] = ("",)) -> st.SearchStrategy[Quantity]:
    """Quantities that can be a number from `least` to `most`, in one of the units, of which `%` counts in millionths."""
    numbers = st.integers(least, most)
    return numbers.flatmap(lambda number: number_texts(number, tuple(units))).map(Quantity.parse)


def _check_level(level: int) -> None:
    if level not in {0, 1, 2}:
        raise ValueError(f"expected a level of EDTF, 0, 1 or 2, got {level!r}")
