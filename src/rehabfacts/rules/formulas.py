"""The syntax of formulas as values: what the parser returns, with the column of each part."""

import attrs


@attrs.frozen
class Path:
    """`a.body.lifetime.start`: a variable and the names that lead on from it."""

    names: tuple[str, ...]
    column: int = attrs.field(eq=False)

    def __str__(self) -> str:
        return ".".join(self.names)


@attrs.frozen
class Literal:
    """An EDTF notation, a number or a quoted text, as written; the other side of its comparison gives its type."""

    text: str
    is_quoted: bool
    column: int = attrs.field(eq=False)

    def __str__(self) -> str:
        return f"'{self.text}'" if self.is_quoted else self.text


@attrs.frozen
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


@attrs.frozen
class Comparison:
    """Two terms and the relation that must hold between them."""

    left: Term
    relation: str
    right: Term
    column: int = attrs.field(eq=False)

    def __str__(self) -> str:
        return f"{self.left} {self.relation} {self.right}"


@attrs.frozen
class Known:
    """`path is known`, `path is unknown`."""

    path: Path
    is_known: bool

    def __str__(self) -> str:
        return f"{self.path} is {'known' if self.is_known else 'unknown'}"


@attrs.frozen
class Not:
    """What does not hold."""

    part: "Formula"

    def __str__(self) -> str:
        return f"not ({self.part})"


@attrs.frozen
class And:
    """All of the parts."""

    parts: "tuple[Formula, ...]"

    def __str__(self) -> str:
        return " and ".join(f"({each})" if isinstance(each, Or) else str(each) for each in self.parts)


@attrs.frozen
class Or:
    """At least one of the parts."""

    parts: "tuple[Formula, ...]"

    def __str__(self) -> str:
        return " or ".join(map(str, self.parts))


Formula = Comparison | Known | Not | And | Or
