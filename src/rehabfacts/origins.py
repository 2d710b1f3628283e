"""Where values were written."""

from collections.abc import Mapping

import attrs


@attrs.frozen
class Origin:
    """Where a value was written: the file as named by the user, line and column from 1, and those of its fields."""

    path: str = ""
    line: int = 0
    column: int = 0
    fields: Mapping[str, tuple[int, int]] = attrs.field(factory=dict, repr=False)

    def of(self, field: str) -> "Origin":
        """The place of one field, or of the whole where the field is not written."""
        line, column = self.fields.get(field, (self.line, self.column))
        return Origin(self.path, line, column)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


NOWHERE = Origin()
