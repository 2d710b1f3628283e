"""The fixture of projects under git."""

from histories import history

__all__ = ["history"]
