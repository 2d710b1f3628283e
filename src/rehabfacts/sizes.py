"""Sizes: by how much a contradiction misses, in days, in percentage points, or in the units of what is counted."""

import re

import attrs

_MILLIONTHS = 10_000
_TEXT = re.compile(r"(?P<whole>[0-9][0-9,]*)(?:\.(?P<rest>[0-9]{1,4}))?[ ](?P<unit>\S.*)")


@attrs.frozen
class Size:
    """So many days, so many percentage points (`%`, counted in millionths), or so many of a unit (empty: of any).

    >>> str(Size(33, "days")), str(Size(15_000, "%")), Size.parse("1.5 percentage points").amount
    ('33 days', '1.5 percentage points', 15000)
    """

    amount: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> "Size":
        """The size that a text says, as `str` writes it. Raises ValueError."""
        match = _TEXT.fullmatch(text.strip())
        unit = "" if match is None else _UNITS.get(match["unit"], match["unit"])
        if match is None or (match["rest"] and unit != "%"):
            raise ValueError("expected a size as reports tell it")
        whole = int(match["whole"].replace(",", ""))
        return cls(whole * _MILLIONTHS + int((match["rest"] or "").ljust(4, "0")) if unit == "%" else whole, unit)

    def __str__(self) -> str:
        if self.unit == "days":
            return f"{self.amount:,} day{'' if self.amount == 1 else 's'}"
        if self.unit == "%":
            return f"{bare(self.amount, '%')} percentage points"
        return f"{self.amount:,} {'unit' if self.amount == 1 else self.unit or 'units'}"

    def covers(self, other: "Size") -> bool:
        """Whether the other is of the same kind, and no larger."""
        return self.amount >= other.amount and (self.unit == other.unit or (not {"days", "%"} & {self.unit, other.unit} and "" in {self.unit, other.unit}))


_UNITS = {"day": "days", "percentage points": "%", "unit": "", "units": ""}


def bare(value: int, unit: str) -> str:
    """A number of a unit, without the unit; of a percentage, which is counted in millionths, in per cent."""
    if unit != "%":
        return f"{value:,}"
    whole, rest = divmod(abs(value), _MILLIONTHS)
    return f"{'-' if value < 0 else ''}{whole:,}{f'.{rest:04}'.rstrip('0') if rest else ''}"
