"""The parser of formulas. Each function's docstring is its grammar rule; it knows nothing of types or data."""

import re

from rehabfacts.errors import InvalidFormula, nearest
from rehabfacts.rules.formulas import And, Comparison, Formula, Known, Literal, Not, Or, Path, Shifted, Term
from rehabfacts.rules.relations import RELATIONS

_DEEPEST = 50
_MOST_TOKENS = 2_000
_MOST_DIGITS = 38
_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<date>\[[^\]]*\]|-?[\dX]{4}(?:-[\dX]{2}){0,2}[?~%]?(?![\w.]))
    | (?P<number>\d+(?!\w))
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<path>[^\W\d]\w*(?:-\w+)*(?:\.[^\W\d][\w-]*)*)
    | (?P<sign>!=|<=|>=|[<>=()+-])
    """,
    re.VERBOSE,
)
_UNITS = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "year": (0, 12)}
_WORDS = frozenset({"and", "or", "not", "is", "known", "unknown", "from"})

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

    def _next_is(self, *words: str) -> bool:
        return self._tokens[self._at][1] in words

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
        """relation = "<" | "<=" | "=" | "!=" | ">=" | ">" | a word of the table of relations."""
        kind, word, _ = self._tokens[self._at]
        if word == "disjoint" and self._tokens[self._at + 1][1] == "from":
            self._at += 2
            return "disjoint from"
        if word not in RELATIONS:
            raise self._fail("a relation", nearest(word, RELATIONS) if kind == "path" else "")
        return self._take()[1]

    def term(self) -> Term:
        """term = ( path | literal ), { ( "+" | "-" ), amount }."""
        kind, word, column = self._tokens[self._at]
        inner: Path | Literal
        if kind in {"date", "number", "text"}:
            self._take()
            inner = Literal(word[1:-1] if kind == "text" else word, kind == "text", column)
        elif word == "-" and self._tokens[self._at + 1][0] in {"number", "date"}:
            self._take()
            inner = Literal(f"-{self._take()[1]}", is_quoted=False, column=column)
        else:
            inner = self.path()
        days = months = 0
        while self._next_is("+", "-"):
            sign = 1 if self._take()[1] == "+" else -1
            plus_days, plus_months = self.amount()
            days, months = days + sign * plus_days, months + sign * plus_months
        return Shifted(inner, days, months, column) if days or months else inner

    def amount(self) -> tuple[int, int]:
        """amount = number, [ ( "day" | "week" | "month" | "year" ), [ "s" ] ]."""
        kind, word, _ = self._tokens[self._at]
        if kind not in {"number", "date"} or not word.isdecimal():
            raise self._fail("a number, as in '+ 18 years'")
        if len(word) > _MOST_DIGITS:
            raise InvalidFormula(self._text, f"expected at most {_MOST_DIGITS} digits", self._tokens[self._at][2], code="E-NUM-RANGE")
        number = int(self._take()[1])
        unit = self._tokens[self._at][1].removesuffix("s")
        if unit not in _UNITS:
            return number, 0
        self._take()
        days, months = _UNITS[unit]
        return number * days, number * months

    def path(self) -> Path:
        """path = name, { ".", name }."""
        kind, word, column = self._tokens[self._at]
        if kind != "path" or word in _WORDS:
            raise self._fail("a path or a literal")
        self._take()
        return Path(tuple(word.split(".")), column)
