"""What laws judged: a law that judged nothing proves nothing (the fixtures stand in conftest)."""

from collections import Counter

JUDGED = Counter()
"""How many cases each law has judged, by the name of its test; and how often what matters to it came about."""


def count(what, cases=1):
    JUDGED[what] += cases
