"""Quotes, what is stated in them, and how much of a source the facts speak for."""
