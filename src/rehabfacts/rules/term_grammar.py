"""The parser of terms and of what they are made of. Each function's docstring is its grammar rule."""

from collections.abc import Mapping
from types import MappingProxyType

from rehabfacts.errors import InvalidFormula
from rehabfacts.rules.formulas import Addition, Aggregate, Duration, Literal, Part, Path, Share, Term
from rehabfacts.rules.relations import RELATIONS
from rehabfacts.rules.tokens import tokens_of

MOST_DIGITS = 38
AGGREGATES = frozenset({"count", "sum", "min", "max"})
WORDS = frozenset({"and", "or", "not", "in", "is", "known", "unknown", "from", "as", "with", "of", *AGGREGATES})
UNITS = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "year": (0, 12)}
RESERVED = WORDS | RELATIONS | {"starts", "ends", "disjoint", "same", *(f"{unit}{end}" for unit in UNITS for end in ("", "s"))}
"""Words that name nothing else."""

NO_PARENTHESES = "sums take no parentheses"

Parameters = Mapping[str, str | tuple[str, ...]]
"""Named values that a formula uses: a literal or a duration as it would be written, or several of them."""

NONE: Parameters = MappingProxyType({})


class TermParser:
    """Reads terms from the tokens of a formula, in which `parameters` may be named."""

    def __init__(self, text: str, parameters: Parameters = NONE) -> None:
        self._text, self._parameters = text, parameters
        self._tokens = tokens_of(text)
        self._at = 0

    def _next_is(self, *words: str, after: int = 0) -> bool:
        at = min(self._at + after, len(self._tokens) - 1)
        return self._tokens[at][1] in words and self._tokens[at][0] != "text"

    def _take(self) -> tuple[str, str, int]:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _fail(self, expected: str, hint: str = "") -> InvalidFormula:
        _, found, column = self._tokens[self._at]
        got = repr(found) if found else "the end"
        return InvalidFormula(self._text, f"expected {expected}, got {got}", column, hint)

    def expect_end(self) -> None:
        """Raises InvalidFormula if something is left."""
        if self._tokens[self._at][0] != "end":
            raise self._fail("'and', 'or' or the end")

    def term(self) -> Term:
        """term = [ "-" ], part, { ( "+" | "-" ), part }."""
        column = self._tokens[self._at][2]
        sign = self._sign() if self._next_is("-") else 1
        parts = [self.part(sign)]
        while self._next_is("+", "-"):
            parts.append(self.part(self._sign()))
        times, first = parts[0]
        if len(parts) > 1 or abs(times) != 1:
            return Addition(tuple(parts), column)
        if times < 0:
            return Literal(f"-{first}", is_quoted=False, column=column) if _is_number(first) else Addition(tuple(parts), column)
        return first

    def _sign(self) -> int:
        return -1 if self._take()[1] == "-" else 1

    def part(self, sign: int) -> tuple[int, Part]:
        """part = [ whole number, "*" ], ( aggregate | share | path | duration | literal | parameter )."""
        times, kind = 1, self._tokens[self._at][0]
        is_number = kind in {"number", "date"} or self._next_is(*self._parameters)
        if is_number and self._next_is("*", after=1):
            times = self.whole_number()
            self._take()
            kind = self._tokens[self._at][0]
        if self._next_is(*AGGREGATES):
            return sign * times, self.aggregate()
        if kind in {"number", "date", "path"} and self._unit(after=1):
            return sign * times, self.duration()
        if self._next_is(*self._parameters):
            value = self.parameter()
            return sign * times, self.share(value) if self._next_is("of") and isinstance(value, Literal) else value
        if kind == "path":
            path = self.path()
            return sign * times, self.share(path) if self._next_is("of") else path
        literal = self.literal()
        return sign * times, self.share(literal) if self._next_is("of") else literal

    def aggregate(self) -> Aggregate:
        """aggregate = ( "count" | "sum" | "min" | "max" ), path."""
        _, word, column = self._take()
        return Aggregate(word, self.path(), column)

    def parameter(self) -> Literal | Duration:
        """parameter = name."""
        found = self._values_of(*self._take()[1:])
        if len(found) != 1:
            self._at -= 1
            raise self._fail("a parameter with one value", "several values stand after 'in' only")
        return found[0]

    def _values_of(self, name: str, column: int) -> tuple[Literal | Duration, ...]:
        values = self._parameters[name]
        return tuple(_value(name, each, column) for each in ((values,) if isinstance(values, str) else values))

    def share(self, percentage: Path | Literal) -> Share:
        """share = ( path | percentage ), "of", path."""
        if isinstance(percentage, Literal) and not percentage.is_percentage:
            raise self._fail("a relation", "a share is written as in 35 % of c.value")
        self._take()
        return Share(percentage, self.path(), percentage.column)

    def duration(self) -> Duration:
        """duration = ( whole number | parameter ), ( "day" | "week" | "month" | "year" ), [ "s" ]."""
        column = self._tokens[self._at][2]
        number, unit = self.whole_number(), self._unit()
        days, months = UNITS[unit]
        word = self._take()[1]
        return Duration(f"{number} {word}", number * days, number * months, column)

    def _unit(self, after: int = 0) -> str:
        at = min(self._at + after, len(self._tokens) - 1)
        kind, word, _ = self._tokens[at]
        unit = word.removesuffix("s")
        return unit if kind == "path" and unit in UNITS else ""

    def whole_number(self) -> int:
        """whole number = digit, { digit }."""
        kind, word, column = self._tokens[self._at]
        value = self._parameters.get(word, word) if kind == "path" else word
        if kind not in {"number", "date", "path"} or not isinstance(value, str) or not (value.isascii() and value.isdecimal()):
            raise self._fail("a whole number", f"{word} is {value}" if word in self._parameters else "as in 18 years or 2 * c.value")
        if len(value) > MOST_DIGITS:
            raise InvalidFormula(self._text, f"expected at most {MOST_DIGITS} digits", column, code="E-NUM-RANGE")
        self._take()
        return int(value)

    def literal(self) -> Literal:
        """literal = date | text | number, [ "%" ]."""
        kind, word, column = self._tokens[self._at]
        if kind not in {"date", "number", "text"}:
            raise self._fail("a path or a literal", NO_PARENTHESES if word == "(" else "")
        self._take()
        if kind != "text" and self._next_is("%"):
            self._take()
            return Literal(f"{word} %", is_quoted=False, column=column)
        return Literal(word[1:-1] if kind == "text" else word, kind == "text", column)

    def path(self) -> Path:
        """path = name, { ".", name }."""
        kind, word, column = self._tokens[self._at]
        if kind != "path" or word in WORDS:
            raise self._fail("a path or a literal", NO_PARENTHESES if word == "(" else "")
        self._take()
        return Path(tuple(word.split(".")), column)


def _value(name: str, text: str, column: int) -> Literal | Duration:
    """What a parameter holds: a literal or a duration as it would be written in a formula; anything else is a text."""
    try:
        parser = TermParser(text)
        found = parser.term()
        parser.expect_end()
    except InvalidFormula:
        found = None
    if isinstance(found, Duration):
        return Duration(found.text, found.days, found.months, column)
    if isinstance(found, Literal):
        return Literal(found.text, found.is_quoted, column, name)
    return Literal(text, is_quoted=True, column=column, parameter=name)


def _is_number(part: Part) -> bool:
    return isinstance(part, Literal) and not part.is_quoted
