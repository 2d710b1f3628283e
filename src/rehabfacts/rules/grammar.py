"""The parser of formulas. Each function's docstring is its grammar rule; it knows nothing of types or data."""

import re

from rehabfacts.errors import InvalidFormula, nearest
from rehabfacts.rules.formulas import (
    Addition,
    And,
    Comparison,
    Duration,
    Formula,
    Known,
    Literal,
    Not,
    Or,
    Part,
    Path,
    Share,
    SumOver,
    Term,
)
from rehabfacts.rules.relations import RELATIONS, SAME_AS

_DEEPEST = 50
_MOST_TOKENS = 2_000
_MOST_DIGITS = 38
_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<date>\[[^\]]*\]|-?[\dX]{4}(?:-[\dX]{2}){0,2}[?~%]?(?![\w.]))
    | (?P<number>\d+(?:\.\d+)?(?!\w))
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<path>[^\W\d]\w*(?:-\w+)*(?:\.[^\W\d][\w-]*)*)
    | (?P<sign>!=|<=|>=|[<>=()+*%-])
    """,
    re.VERBOSE,
)
_UNITS = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "year": (0, 12)}
_PAIRS = {"disjoint": "from", "same": "as"}
_WORDS = frozenset({"and", "or", "not", "is", "known", "unknown", "from", "as", "of", "sum"})
_NO_PARENTHESES = "sums take no parentheses"

Token = tuple[str, str, int]


def parse_formula(text: str) -> Formula:
    """formula = disjunction, end.

    Raises InvalidFormula, with the column of what does not fit.
    """
    parser = _Parser(text)
    formula = parser.disjunction()
    parser.expect_end()
    return formula


def parse_path(text: str) -> Path:
    """path = name, { ".", name }, end."""
    parser = _Parser(text)
    path = parser.path()
    parser.expect_end()
    return path


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._tokenise()
        self._at = 0
        self._depth = 0

    def _tokenise(self) -> list[Token]:
        tokens: list[Token] = []
        at = 0
        while at < len(self._text):
            match = _TOKEN.match(self._text, at)
            if match is None:
                raise InvalidFormula(self._text, f"unexpected {self._text[at]!r}", at + 1)
            if match.lastgroup != "space":
                tokens.append((match.lastgroup or "", match.group(), at + 1))
            at = match.end()
        if len(tokens) > _MOST_TOKENS:
            raise InvalidFormula(self._text, f"expected at most {_MOST_TOKENS} tokens", 1, code="E-LIMIT-EXPR")
        return [*tokens, ("end", "", len(self._text) + 1)]

    def _next_is(self, *words: str, after: int = 0) -> bool:
        at = min(self._at + after, len(self._tokens) - 1)
        return self._tokens[at][1] in words and self._tokens[at][0] != "text"

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _fail(self, expected: str, hint: str = "") -> InvalidFormula:
        _, found, column = self._tokens[self._at]
        got = repr(found) if found else "the end"
        return InvalidFormula(self._text, f"expected {expected}, got {got}", column, hint)

    def expect_end(self) -> None:
        if self._tokens[self._at][0] != "end":
            raise self._fail("'and', 'or' or the end")

    def disjunction(self) -> Formula:
        """disjunction = conjunction, { "or", conjunction }."""
        parts = [self.conjunction()]
        while self._next_is("or"):
            self._take()
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def conjunction(self) -> Formula:
        """conjunction = negation, { "and", negation }."""
        parts = [self.negation()]
        while self._next_is("and"):
            self._take()
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negation(self) -> Formula:
        """negation = "not", negation | "(", disjunction, ")" | comparison."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise InvalidFormula(self._text, f"expected at most {_DEEPEST} levels", self._tokens[self._at][2], code="E-LIMIT-EXPR")
        try:
            if self._next_is("not"):
                self._take()
                return Not(self.negation())
            if self._next_is("("):
                self._take()
                inner = self.disjunction()
                if not self._next_is(")"):
                    raise self._fail("')'")
                self._take()
                return inner
            return self.comparison()
        finally:
            self._depth -= 1

    def comparison(self) -> Formula:
        """comparison = path, "is", ( "known" | "unknown" ) | term, relation, term."""
        left = self.term()
        if self._next_is("is"):
            self._take()
            if not isinstance(left, Path) or not self._next_is("known", "unknown"):
                raise self._fail("a path before 'is', and 'known' or 'unknown' after it")
            return Known(left, self._take()[1] == "known")
        column = self._tokens[self._at][2]
        return Comparison(left, self.relation(), self.term(), column)

    def relation(self) -> str:
        """relation = "<" | "<=" | "=" | "!=" | ">=" | ">" | a word of the table of relations | "same", "as"."""
        kind, word, _ = self._tokens[self._at]
        if word in _PAIRS and self._next_is(_PAIRS[word], after=1):
            self._at += 2
            return f"{word} {_PAIRS[word]}"
        if word not in RELATIONS or kind == "text":
            raise self._fail("a relation", self._relation_hint(kind, word))
        return self._take()[1]

    def _relation_hint(self, kind: str, word: str) -> str:
        if word == ")":
            return _NO_PARENTHESES
        if word == "*":
            return "the number comes first, as in 2 * c.value"
        if word.startswith("-"):
            return "put a space behind the minus"
        return nearest(word, [*RELATIONS, SAME_AS]) if kind == "path" else ""

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
        """part = [ whole number, "*" ], ( total | share | path | duration | literal )."""
        times, kind = 1, self._tokens[self._at][0]
        if kind in {"number", "date"} and self._next_is("*", after=1):
            times = self.whole_number()
            self._take()
            kind = self._tokens[self._at][0]
        if self._next_is("sum"):
            return sign * times, self.total()
        if kind == "path":
            path = self.path()
            return sign * times, self.share(path) if self._next_is("of") else path
        if kind in {"number", "date"} and self._unit(after=1):
            return sign * times, self.duration()
        literal = self.literal()
        return sign * times, self.share(literal) if self._next_is("of") else literal

    def total(self) -> SumOver:
        """total = "sum", path."""
        column = self._take()[2]
        return SumOver(self.path(), column)

    def share(self, percentage: Path | Literal) -> Share:
        """share = ( path | percentage ), "of", path."""
        if isinstance(percentage, Literal) and not percentage.is_percentage:
            raise self._fail("a relation", "a share is written as in 35 % of c.value")
        self._take()
        return Share(percentage, self.path(), percentage.column)

    def duration(self) -> Duration:
        """duration = whole number, ( "day" | "week" | "month" | "year" ), [ "s" ]."""
        column = self._tokens[self._at][2]
        number, unit = self.whole_number(), self._unit()
        days, months = _UNITS[unit]
        word = self._take()[1]
        return Duration(f"{number} {word}", number * days, number * months, column)

    def _unit(self, after: int = 0) -> str:
        at = min(self._at + after, len(self._tokens) - 1)
        kind, word, _ = self._tokens[at]
        unit = word.removesuffix("s")
        return unit if kind == "path" and unit in _UNITS else ""

    def whole_number(self) -> int:
        """whole number = digit, { digit }."""
        kind, word, column = self._tokens[self._at]
        if kind not in {"number", "date"} or not word.isdecimal():
            raise self._fail("a whole number", "as in 18 years or 2 * c.value")
        if len(word) > _MOST_DIGITS:
            raise InvalidFormula(self._text, f"expected at most {_MOST_DIGITS} digits", column, code="E-NUM-RANGE")
        return int(self._take()[1])

    def literal(self) -> Literal:
        """literal = date | text | number, [ "%" ]."""
        kind, word, column = self._tokens[self._at]
        if kind not in {"date", "number", "text"}:
            raise self._fail("a path or a literal", _NO_PARENTHESES if word == "(" else "")
        self._take()
        if kind != "text" and self._next_is("%"):
            self._take()
            return Literal(f"{word} %", is_quoted=False, column=column)
        return Literal(word[1:-1] if kind == "text" else word, kind == "text", column)

    def path(self) -> Path:
        """path = name, { ".", name }."""
        kind, word, column = self._tokens[self._at]
        if kind != "path" or word in _WORDS:
            raise self._fail("a path or a literal", _NO_PARENTHESES if word == "(" else "")
        self._take()
        return Path(tuple(word.split(".")), column)


def _is_number(part: Part) -> bool:
    return isinstance(part, Literal) and not part.is_quoted
