"""Texts in several languages, and reasons in them."""

from collections.abc import Mapping
from typing import Any


class Names(dict[str, str]):
    """A text in several languages: language tag to text. `str()` gives English, or else the first."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.get("en") or next(iter(self.values()), "")

    def __hash__(self) -> int:  # type: ignore[override]  # it is never changed once it is read
        return hash(tuple(sorted(self.items())))


class Reasons(dict[str, Names]):
    """Why a fact says more than its quote: field to reason; the empty key is the reason for the fact as a whole.

    >>> str(Reasons({"": Names(en="“it” is the commission"), "date": Names(en="the sentence before gives the day")}))
    '“it” is the commission; date: the sentence before gives the day'
    """

    __slots__ = ()

    @classmethod
    def of(cls, value: Any) -> "Reasons | None":
        """Reasons as they are, or by field; a text, or a text in several languages, is the reason for the whole."""
        if value is None or isinstance(value, Reasons):
            return value
        if isinstance(value, str):
            return cls({"": Names(en=value)})
        if isinstance(value, Mapping) and all(isinstance(each, Mapping) for each in value.values()):
            return cls({field: Names(each) for field, each in value.items()})
        if isinstance(value, Mapping) and all(isinstance(each, str) for each in value.values()):
            return cls({"": Names(value)})
        raise TypeError(f"expected a reason or reasons by field, got {value!r}")

    def __str__(self) -> str:
        return "; ".join(f"{field}: {reason}" if field else str(reason) for field, reason in self.items())

    def __hash__(self) -> int:  # type: ignore[override]  # it is never changed once it is read
        return hash(tuple(sorted(self.items())))
