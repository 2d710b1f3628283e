"""Identifiers for what a dataset holds: IRIs made of a base, a kind and an id."""

from urllib.parse import quote

from rehabfacts.plain import plain


@plain
class Naming:
    """Makes IRIs. Two things have one IRI only if kind and id are the same; whatever an id holds, it ends no IRI."""

    base: str

    def of(self, kind: str, *parts: str) -> str:
        """The IRI of a thing: the base, its kind, and the parts of its id."""
        return self.base + "/".join((kind, *(quote(part, safe="") for part in parts)))

    @property
    def vocabulary(self) -> str:
        """The namespace of the words of this package."""
        return f"{self.base}ns#"
