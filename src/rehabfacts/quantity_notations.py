"""The notation of quantities: hedges, numbers, magnitudes, units and rounding, read into two ends. One function, one grammar rule."""

from collections.abc import Callable

from rehabfacts.errors import InvalidQuantity
from rehabfacts.plain import plain

MAGNITUDES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_PERCENT = 4
"""One per cent is ten to the fourth millionths."""

_ROUNDED_TO = ", rounded to "
_MOST_DIGITS = 38
_NO_NUMBERS = frozenset((".inf", ".nan", "inf", "nan", "infinity"))
_NO_UNITS = frozenset(
    ["k", "mln", "mio", "bn", "mrd", "tsd", "ths", "hundred", "hundreds", "dozen", "dozens", "percent", "pct", "more", "less", "fewer", "thousands", "millions", "billions", "trillions"]
)
_NOT_BEHIND_A_NUMBER = frozenset(("to", "till", "or", "and", "plus", "minus", "per", "over", "about", "up"))
_NO_UNIT_STEMS = ("тис", "тыс", "мың", "мільй", "милли", "млн", "мільяр", "миллиар", "млрд", "відсот", "процент")

End = tuple[int | None, bool]
"""An end (None: there is none), and whether that very number is left out: 75 thousand ends at 75,500, without it."""

_NO_END: End = (None, False)


@plain
class Written:
    """What a notation says. Of a percentage, ends and grain are in millionths."""

    least: End
    most: End
    unit: str
    grain: int


class _MistakeError(Exception):
    def __init__(self, cause: str, column: int, hint: str = "", code: str = "E-NUM-FORM") -> None:
        super().__init__(cause)
        self.cause, self.column, self.hint, self.code = cause, column, hint, code


def read(text: str) -> Written:
    """quantity, end. Raises InvalidQuantity, with the notation that was probably meant."""
    try:
        return _Reading(text).quantity()
    except _MistakeError as mistake:
        hint = mistake.hint or _likely(text) or "as in 75 thousand persons, 1,234, 35 % or 11..12"
        raise InvalidQuantity(text, mistake.code, mistake.cause, hint, mistake.column) from None


def is_readable(text: str) -> bool:
    """Whether the text is a quantity."""
    try:
        _Reading(text).quantity()
    except _MistakeError:
        return False
    return True


def _likely(text: str) -> str:
    from rehabfacts.quantity_hints import candidates  # noqa: PLC0415  # only where there is a mistake

    return " or ".join(dict.fromkeys(each for each in candidates(text) if is_readable(each)))


def _from(value: int, grain: int) -> End:
    return value - grain // 2, False


def _below(value: int, grain: int) -> End:
    return (value, False) if grain == 1 else (value + (grain + 1) // 2, True)


def _reach(value: int, grain: int) -> int:
    return max(grain, abs(value) // 10)


_ENDS: dict[str, Callable[[int, int], tuple[End, End]]] = {
    "": lambda value, grain: (_from(value, grain), _below(value, grain)),
    "exactly": lambda value, _: ((value, False), (value, False)),
    "about": lambda value, grain: ((value - _reach(value, grain), False), (value + _reach(value, grain), False)),
    "nearly": lambda value, grain: ((value - _reach(value, grain), False), (value, True)),
    "more than": lambda value, _: ((value, True), _NO_END),
    "at least": lambda value, grain: (_from(value, grain), _NO_END),
    "less than": lambda value, _: (_NO_END, (value, True)),
    "up to": lambda value, grain: (_NO_END, _below(value, grain)),
}
_ROUNDING = frozenset(("", "at least", "up to"))
"""Those under which a number reaches half a step of its rounding further."""

HEDGES = {
    **{word: word for word in _ENDS if word},
    **dict.fromkeys(("approximately", "around", "circa", "roughly"), "about"), "almost": "nearly", "over": "more than",
    **dict.fromkeys(("not less than", "no less than", "not fewer than", "no fewer than"), "at least"),
    **dict.fromkeys(("fewer than", "under"), "less than"), **dict.fromkeys(("at most", "not more than", "no more than"), "up to"),
}  # fmt: skip
"""The words that can stand before a number, each with the one that means the same."""

Word = tuple[str, int]
"""A word and its column, from 1."""


class _Reading:
    """One text, cut into words, which are taken from the front."""

    def __init__(self, text: str) -> None:
        body, marker, rest = text.partition(_ROUNDED_TO)
        self._text = text
        self._words = _cut(body, 1)
        self._step_words = _cut(rest, len(body) + len(_ROUNDED_TO) + 1) if marker else None

    def quantity(self) -> Written:
        """Quantity = [ hedge ], ( number | range ), [ magnitude ], [ unit ], [ ", rounded to", step ]."""
        hedge = self._hedge()
        if not self._words:
            raise _MistakeError("expected a number", len(self._text.rstrip()) + 1)
        number, column = self._words.pop(0)
        magnitude = _magnitude(self._words)
        unit = self._unit()
        exponent = MAGNITUDES.get(magnitude, 0) + (_PERCENT if unit == "%" else 0)
        step = self._step(unit, self._step_words) if self._step_words is not None else 0
        if step and hedge == "exactly":
            raise _MistakeError("expected 'exactly' or what it is rounded to, not both", 1, "leave one of them out")
        if ".." in number:
            return _range(number, column, exponent, hedge, unit, step)
        value, worth = _scaled(number, column, exponent)
        grain = _grain(value, worth, exponent, hedge, step, column)
        return _checked(Written(*_ENDS[hedge](value, grain), unit, grain), column)

    def _hedge(self) -> str:
        """Hedge = one of HEDGES."""
        for size in (3, 2, 1):
            found = HEDGES.get(" ".join(word for word, _ in self._words[:size]))
            if found is not None:
                del self._words[:size]
                return found
        return ""

    def _unit(self) -> str:
        """Unit = "%" | word, { word }."""
        unit = " ".join(word for word, _ in self._words)
        for at, (word, column) in enumerate(self._words if unit != "%" else ()):
            if not word[0].isalpha() or "," in word or _is_no_unit(word.lower().rstrip("."), is_first=at == 0):
                raise _MistakeError(f"expected a word for what is counted behind the number, not {word!r}", column)
        return unit

    def _step(self, unit: str, words: list[Word]) -> int:
        """Step = number, [ magnitude ], [ unit ]."""
        if not words:
            raise _MistakeError("expected a number behind 'rounded to'", len(self._text.rstrip()) + 1)
        number, column = words.pop(0)
        exponent = MAGNITUDES.get(_magnitude(words), 0)
        found = " ".join(word for word, _ in words)
        if (found == "%") is not (unit == "%") or found not in {"", "%", unit}:
            hint = "as in 35 %, rounded to 5 %" if unit == "%" else "as in 75 thousand persons, rounded to 500"
            raise _MistakeError("expected a step of the same unit behind 'rounded to'", column, hint)
        step, _ = _scaled(number, column, exponent + (_PERCENT if unit == "%" else 0))
        if step <= 0:
            raise _MistakeError("expected a step above 0 behind 'rounded to'", column)
        return step


def _is_no_unit(word: str, *, is_first: bool) -> bool:
    """Whether a word is a part of the number, in another form or language, or joins it to another."""
    return word in _NO_UNITS or word in MAGNITUDES or word.startswith(_NO_UNIT_STEMS) or (is_first and word in _NOT_BEHIND_A_NUMBER)


def _cut(text: str, column: int) -> list[Word]:
    """The words of a text; `%` is one of its own."""
    spaced = text.replace("%", " % ")
    words: list[Word] = []
    at = 0
    for word in spaced.split():
        at = text.index(word, at)
        words.append((word, column + at))
        at += len(word)
    return words


def _magnitude(words: list[Word]) -> str:
    """Magnitude = "thousand" | "million" | "billion" | "trillion"."""
    return words.pop(0)[0] if words and words[0][0] in MAGNITUDES else ""


def _range(number: str, column: int, exponent: int, hedge: str, unit: str, step: int) -> Written:
    """Range = [ number ], "..", [ number ]."""
    if hedge not in {"", "exactly"}:
        raise _MistakeError("expected one number behind a hedge, not a range", column, "a range says it all")
    low, _, high = number.partition("..")
    least = most = _NO_END
    grain = 1
    if low:
        value, worth = _scaled(low, column, exponent)
        grain = _grain(value, worth, exponent, hedge, step, column)
        least = _from(value, grain)
    if high:
        value, worth = _scaled(high, column + len(low) + 2, exponent)
        grain = _grain(value, worth, exponent, hedge, step, column)
        most = _below(value, grain)
    if least[0] is not None and most[0] is not None and least[0] > most[0]:
        raise _MistakeError("expected the smaller number first", column, f"{high}..{low}")
    return _checked(Written(least, most, unit, grain), column)


def _grain(value: int, worth: int, exponent: int, hedge: str, step: int, column: int) -> int:
    """The step to which a number was rounded: the worth of its last digit if it has a magnitude or is a percentage."""
    if hedge == "exactly" or not (step or exponent):
        return 1
    if step and value % step:
        below = value - value % step
        raise _MistakeError(f"expected a number that can be the result of rounding, which ends at {below:,} or {below + step:,}", column, "write what it was rounded to")
    grain = step or worth
    if exponent == _PERCENT and grain % 2 and hedge in _ROUNDING:
        raise _MistakeError("expected at most three decimals in a rounded percentage", column, "say exactly")
    return grain


def _checked(written: Written, column: int) -> Written:
    reached = [end + sign * is_out for (end, is_out), sign in ((written.least, 1), (written.most, -1)) if end is not None]
    if any(abs(number) >= 10**_MOST_DIGITS for number in reached):
        raise _MistakeError(f"expected at most {_MOST_DIGITS} digits", column, "count in a larger unit", "E-NUM-RANGE")
    return written


def _scaled(digits: str, column: int, exponent: int) -> tuple[int, int]:
    """Number = [ "-" ], digits in groups of three or none, [ ".", digits ].

    Gives the number times ten to the exponent, and the worth of its last digit.
    """
    plain_digits = digits.replace(",", "") if _is_grouped(digits) else digits
    bare = plain_digits.removeprefix("-")
    whole, point, fraction = bare.partition(".")
    if bare.lower() in _NO_NUMBERS:
        raise _MistakeError("expected a decimal number", column, "leave the field out if it is not known", "E-NUM-RANGE")
    if not _is_digits(whole) or (point and not _is_digits(fraction)) or (whole[0] == "0" and len(whole) > 1):
        raise _MistakeError("expected a decimal number", column)
    if len(bare) > _MOST_DIGITS:
        raise _MistakeError(f"expected at most {_MOST_DIGITS} digits", column, "count in a larger unit", "E-NUM-RANGE")
    shift = exponent - len(fraction)
    number, rest = divmod(int(whole + fraction) * 10 ** max(0, shift), 10 ** max(0, -shift))
    if rest or (fraction and not exponent):
        raise _MistakeError("expected a whole number of units", column)
    return (-number if plain_digits.startswith("-") else number), 10 ** max(0, shift)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _is_grouped(digits: str) -> bool:
    head, *groups = digits.removeprefix("-").partition(".")[0].split(",")
    return bool(groups) and 0 < len(head) <= 3 and all(len(each) == 3 for each in groups)
