"""Passages that can be read in several ways, and what becomes of everything else as they are read."""
