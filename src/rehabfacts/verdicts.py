"""Three-valued answers (Kleene's strong logic)."""

import enum


class Verdict(enum.Enum):
    """YES, NO or UNKNOWN. It is no bool: `if verdict:` raises, since "not YES" and "NO" differ.

    >>> Verdict.YES & Verdict.UNKNOWN
    <Verdict.UNKNOWN: 'unknown'>
    >>> ~Verdict.NO
    <Verdict.YES: 'yes'>
    """

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("a Verdict is not a bool: compare it with Verdict.YES, NO or UNKNOWN")

    def __and__(self, other: "Verdict") -> "Verdict":
        if self is Verdict.NO or other is Verdict.NO:
            return Verdict.NO
        return Verdict.YES if self is other is Verdict.YES else Verdict.UNKNOWN

    def __or__(self, other: "Verdict") -> "Verdict":
        return ~(~self & ~other)

    def __invert__(self) -> "Verdict":
        return {Verdict.YES: Verdict.NO, Verdict.NO: Verdict.YES, Verdict.UNKNOWN: Verdict.UNKNOWN}[self]
