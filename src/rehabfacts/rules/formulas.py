"""The syntax of formulas as values: what the parser returns, with the column of each part."""

import attrs

from rehabfacts.plain import plain


@plain
class Path:
    """`a.body.lifetime.start`: a variable and the names that lead on from it."""

    names: tuple[str, ...]
    column: int = attrs.field(eq=False)

    def __str__(self) -> str:
        return ".".join(self.names)


@plain
class Literal:
    """An EDTF notation, a number or a quoted text, as written; the other side of its comparison gives its type."""

    text: str
    is_quoted: bool
    column: int = attrs.field(eq=False)

    def __str__(self) -> str:
        return f"'{self.text}'" if self.is_quoted else self.text


@plain
class Shifted:
    """A term moved by days, by calendar months, or by units of a quantity."""

    term: "Path | Literal"
    days: int
    months: int
    column: int = attrs.field(eq=False)

    def __str__(self) -> str:
        parts = [f"{'+' if n > 0 else '-'} {abs(n)} {unit}" for n, unit in ((self.months, "months"), (self.days, "days")) if n]
        return " ".join((str(self.term), *parts))


Term = Path | Literal | Shifted


@plain
class Comparison:
    """Two terms and the relation that must hold between them."""

    left: Term
    relation: str
    right: Term
    column: int = attrs.field(eq=False)

    def __str__(self) -> str:
        return f"{self.left} {self.relation} {self.right}"


@plain
class Known:
    """`path is known`, `path is unknown`."""

    path: Path
    is_known: bool

    def __str__(self) -> str:
        return f"{self.path} is {'known' if self.is_known else 'unknown'}"


@plain
class Not:
    """What does not hold."""

    part: "Formula"

    def __str__(self) -> str:
        return f"not ({self.part})"


@plain
class And:
    """All of the parts."""

    parts: "tuple[Formula, ...]"

    def __str__(self) -> str:
        return " and ".join(f"({each})" if isinstance(each, Or) else str(each) for each in self.parts)


@plain
class Or:
    """At least one of the parts."""

    parts: "tuple[Formula, ...]"

    def __str__(self) -> str:
        return " or ".join(map(str, self.parts))


Formula = Comparison | Known | Not | And | Or
