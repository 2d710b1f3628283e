"""The parser of formulas. Each function's docstring is its grammar rule; it knows nothing of types or data."""

from rehabfacts.errors import InvalidFormula, nearest
from rehabfacts.rules.formulas import And, Comparison, Formula, Known, Literal, Not, Or, Part, Path, Term
from rehabfacts.rules.relations import RELATIONS, SAME_AS, TEXT_RELATIONS
from rehabfacts.rules.term_grammar import NO_PARENTHESES, NONE, Parameters, TermParser

_DEEPEST = 50
_PATTERNS = frozenset({"like", "matches", "match", "regex", "regexp", "glob"})
_PAIRS = {"disjoint": "from", "same": "as", "starts": "with", "ends": "with"}


def parse_formula(text: str, parameters: Parameters = NONE) -> Formula:
    """formula = disjunction, end.

    Raises InvalidFormula, with the column of what does not fit.
    """
    parser = _FormulaParser(text, parameters)
    formula = parser.disjunction()
    parser.expect_end()
    return formula


def parse_path(text: str) -> Path:
    """path = name, { ".", name }, end."""
    parser = TermParser(text)
    path = parser.path()
    parser.expect_end()
    return path


class _FormulaParser(TermParser):
    def __init__(self, text: str, parameters: Parameters = NONE) -> None:
        super().__init__(text, parameters)
        self._depth = 0

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
        """comparison = path, "is", ( "known" | "unknown" ) | path, [ "not" ], "in", set | term, relation, term."""
        left = self.term()
        if self._next_is("in") or (self._next_is("not") and self._next_is("in", after=1)):
            return self.membership(left)
        if self._next_is("is"):
            self._take()
            if not isinstance(left, Path) or not self._next_is("known", "unknown"):
                raise self._fail("a path before 'is', and 'known' or 'unknown' after it")
            return Known(left, self._take()[1] == "known")
        column = self._tokens[self._at][2]
        return Comparison(left, self.relation(), self.term(), column)

    def membership(self, left: Term) -> Formula:
        """set = "(", literal, { ",", literal }, ")" | parameter."""
        if not isinstance(left, Path):
            raise self._fail("a path before 'in'")
        is_negated, column = self._next_is("not"), self._tokens[self._at][2]
        self._at += 2 if is_negated else 1
        relation = "!=" if is_negated else "="
        found = tuple(Comparison(left, relation, each, column) for each in self._members())
        if len(found) == 1:
            return found[0]
        return And(found) if is_negated else Or(found)

    def _members(self) -> tuple[Part, ...]:
        if self._tokens[self._at][1] in self._parameters:
            return self._values_of(*self._take()[1:])
        if not self._next_is("("):
            raise self._fail("'(' or a parameter after 'in'", "as in c.extent in ('period', 'cumulative')")
        self._take()
        found = [self._member()]
        while self._next_is(","):
            self._take()
            found.append(self._member())
        if not self._next_is(")"):
            raise self._fail("',' or ')'")
        self._take()
        return tuple(found)

    def _member(self) -> Part:
        if self._next_is("null"):
            raise self._fail("a literal", "what is not stated is in no set: say is unknown")
        sign = self._sign() if self._next_is("-") else 1
        found = self.literal()
        return found if sign > 0 else Literal(f"-{found}", is_quoted=False, column=found.column)

    def relation(self) -> str:
        """relation = "<" | "<=" | "=" | "!=" | ">=" | ">" | a word of the table of relations | "same", "as" | ( "starts" | "ends" ), "with"."""
        kind, word, _ = self._tokens[self._at]
        if word in _PAIRS and self._next_is(_PAIRS[word], after=1):
            self._at += 2
            return f"{word} {_PAIRS[word]}"
        if word not in RELATIONS or kind == "text":
            raise self._fail("a relation", self._relation_hint(kind, word))
        return self._take()[1]

    def _relation_hint(self, kind: str, word: str) -> str:
        if word == ")":
            return NO_PARENTHESES
        if word == "*":
            return "the number comes first, as in 2 * c.value"
        if word in _PATTERNS:
            return "there are no patterns: say starts with, ends with, contains or in"
        if word.startswith("-"):
            return "put a space behind the minus"
        return nearest(word, [*RELATIONS, *TEXT_RELATIONS, SAME_AS, "in"]) if kind == "path" else ""
