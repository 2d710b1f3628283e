"""Authors' and callers' mistakes: problems found in what was given to us, as values and as exceptions."""

import unicodedata
from collections.abc import Iterable

import attrs

_EXCERPT = 120
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def shown(value: object, limit: int = _EXCERPT) -> str:
    """The value as one safe line: control, bidi and other invisible characters escaped, cut at `limit`."""
    text = str(value)
    if not (text.isascii() and text.isprintable()):
        text = "".join(_escaped(character) for character in text[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _escaped(character: str) -> str:
    if unicodedata.category(character) not in _INVISIBLE:
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint that names the closest known name, and any letter of another script; empty if none is close."""
    from difflib import get_close_matches  # noqa: PLC0415  # only where there is a mistake

    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    odd = next((f"; character {n} is U+{ord(c):04X} {unicodedata.name(c, 'UNNAMED')}"
                for n, c in enumerate(name, 1) if not c.isascii()), "") if close and close[0].isascii() else ""
    return f"did you mean {close[0]}?{odd}" if close else ""


@attrs.frozen
class Problem:
    """One mistake in an input: its code, its cause, how to mend it, and where (line and column from 1; 0 is nowhere)."""

    code: str
    cause: str
    hint: str = ""
    path: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = ""

    @property
    def is_warning(self) -> bool:
        """Whether the input can still be used as it is."""
        return self.code.startswith("W-")

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (shown(self.path, 1_000), self.line, self.column) if part)
        text = f"{self.code} {self.cause}" + (f" ({self.hint})" if self.hint else "") + self.excerpt
        return f"{where}: {text}" if where else text


class RehabfactsError(Exception):
    """Every exception of this package is one of these."""


class InvalidDate(RehabfactsError, ValueError):
    """A notation that is no EDTF date or period.

    Fields: `notation` as given, `code` (E-DATE, E-DATE-FORM, E-DATE-RANGE, E-DATE-PRECISION), `cause`, `hint`,
    and `column` (from 1) of the first character that does not fit.
    """

    def __init__(self, notation: str, code: str, cause: str, hint: str = "", column: int = 1) -> None:
        super().__init__(notation, code, cause, hint, column)
        self.notation, self.code, self.cause, self.hint, self.column = notation, code, cause, hint, column

    def __str__(self) -> str:
        return f"{self.cause}, got {shown(self.notation)!r}" + (f" ({self.hint})" if self.hint else "")


class InvalidQuantity(RehabfactsError, ValueError):
    """A text that is no quantity. Fields as in `InvalidDate`."""

    def __init__(self, notation: str, code: str, cause: str, hint: str = "", column: int = 1) -> None:
        super().__init__(notation, code, cause, hint, column)
        self.notation, self.code, self.cause, self.hint, self.column = notation, code, cause, hint, column

    def __str__(self) -> str:
        return f"{self.cause}, got {shown(self.notation)!r}" + (f" ({self.hint})" if self.hint else "")


class InvalidFormula(RehabfactsError, ValueError):
    """A formula that the rule language does not read. `column` counts from 1 in `formula`."""

    def __init__(self, formula: str, cause: str, column: int, hint: str = "", code: str = "E-EXPR") -> None:
        super().__init__(formula, cause, column, hint, code)
        self.formula, self.cause, self.column, self.hint, self.code = formula, cause, column, hint, code

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.cause}{hint}\n  {shown(self.formula, 400)}\n  {' ' * (self.column - 1)}^"


class InvalidInput(RehabfactsError, ValueError):
    """Inputs that cannot be used; `problems` lists every mistake of every file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class NoSuchThing(RehabfactsError, LookupError):
    """An id or a name that is not there. Fields: `kind`, `name`, `hint`."""

    def __init__(self, kind: str, name: str, hint: str = "") -> None:
        super().__init__(kind, name, hint)
        self.kind, self.name, self.hint = kind, name, hint

    def __str__(self) -> str:
        return f"no {self.kind} {shown(self.name)}" + (f" ({self.hint})" if self.hint else "")


class MissingExtra(RehabfactsError, ImportError):
    """What was asked for needs packages that come with one of our extras."""

    def __init__(self, wanted: str, extra: str) -> None:
        super().__init__(wanted, extra)
        self.wanted, self.extra = wanted, extra

    def __str__(self) -> str:
        return f"expected the packages that {self.wanted} needs, found them not installed (pip install 'rehabfacts[{self.extra}]')"
