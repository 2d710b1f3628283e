"""What a rule does, and how grave it is when it is broken."""

import enum


class Severity(enum.IntEnum):
    """How grave a finding is; graver ones compare higher."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Mode(enum.Enum):
    """What a rule does: says what facts mean, sets a convention, or demands something."""

    DEFINE = "define"
    ASSUME = "assume"
    REQUIRE = "require"
    UNIQUE = "unique"
    EXISTS = "exists"

    def __init__(self, word: str) -> None:
        self.is_given = word in {"define", "assume"}
        """Whether its instances belong to the given, not to what is judged."""
