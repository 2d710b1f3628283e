"""The rule language: formulas, their types, plans, and rules as values."""
