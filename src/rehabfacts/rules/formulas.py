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
    """An EDTF notation, a number, a percentage or a quoted text, as written; what stands beside it gives its type.

    `parameter` is the name of the parameter that holds it, if it is one.
    """

    text: str
    is_quoted: bool
    column: int = attrs.field(eq=False)
    parameter: str = ""

    def __str__(self) -> str:
        if self.parameter:
            return self.parameter
        return f"'{self.text}'" if self.is_quoted else self.text

    @property
    def is_percentage(self) -> bool:
        """Whether it is written with `%`, outside quotation marks."""
        return not self.is_quoted and self.text.endswith(" %")


@plain
class Duration:
    """`18 years`: so many calendar months, or so many days."""

    text: str
    days: int
    months: int
    column: int

    def __str__(self) -> str:
        return self.text


@plain
class Share:
    """`s.percent of s.whole.value`: so many per cent of a number."""

    percentage: Path | Literal
    whole: Path
    column: int

    def __str__(self) -> str:
        return f"{self.percentage} of {self.whole}"


@plain
class Aggregate:
    """`sum p.value`, `count p`: what all records that the rule's `over` finds come to."""

    word: str
    path: Path
    column: int

    def __str__(self) -> str:
        return f"{self.word} {self.path}"


Part = Path | Literal | Duration | Share | Aggregate


@plain
class Addition:
    """Parts added up, each so many times; a part that is taken away has a number below zero."""

    parts: tuple[tuple[int, Part], ...]
    column: int

    def __str__(self) -> str:
        told = "".join(f" {'-' if times < 0 else '+'} {f'{abs(times)} * ' if abs(times) != 1 else ''}{part}" for times, part in self.parts)
        return told.removeprefix(" + ").removeprefix(" ")


Term = Part | Addition


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
