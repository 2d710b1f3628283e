"""Hand-made certificates: what proves is accepted, and what is tampered with is refused."""

import copy
import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabfacts.network import verify as module
from rehabfacts.network.verify import verify

AXIOM = {"kind": "axiom"}


def fact(identifier):
    return {"kind": "fact", "id": identifier, "field": "date", "notation": "1993", "widened": False}


def instance(mode, facts, clause, *, severity="error", answer=None):
    return {
        "kind": "instance",
        "rule": "a-rule",
        "binding": facts,
        "facts": facts,
        "mode": mode,
        "severity": severity,
        "clause": clause,
        "answer": answer,
    }


def table(least, least_by, greatest, greatest_by, **more):
    return {"least": least, "least_by": least_by, "greatest": greatest, "greatest_by": greatest_by, **more}


def variables(names):
    return [["", ""], *([name, "date"] for name in names)]


def rows(*each):
    return [[low, high, days, months, inverse, owner] for low, high, days, months, inverse, owner in each]


def consistent():
    """Satisfied by bounds, by a chain and by the dataset; open, undated, not evaluated; a literal."""
    return {
        "variables": variables("abcefl"),
        "rows": rows(
            (0, 1, 10, 0, False, 0),  # 0: a >= 10
            (1, 0, -20, 0, False, 0),  # 1: a <= 20
            (0, 2, 30, 0, False, 1),  # 2: b >= 30
            (2, 0, -40, 0, False, 1),  # 3: b <= 40
            (2, 3, 5, 0, False, 3),  # 4: c >= b + 5
            (4, 5, 1, 0, False, 4),  # 5: f >= e + 1
            (1, 2, 0, 0, False, 5),  # 6: a <= b
            (4, 5, 0, 0, False, 6),  # 7: e <= f
            (0, 1, 15, 0, False, 7),  # 8: a >= 15
            (4, 1, 0, 0, False, 8),  # 9: e <= a
            (3, 0, -40, 0, False, 10),  # 10: c <= 40
            (0, 2, 38, 0, False, 10),  # 11: or b >= 38
            (0, 6, 25, 0, False, 2),  # 12: l = 25
            (6, 0, -25, 0, False, 2),  # 13
            (6, 2, 0, 0, False, 12),  # 14: l <= b
        ),
        "owners": [
            fact("fa"),
            fact("fb"),
            AXIOM,
            instance("define", ["fb"], [[4]]),
            instance("assume", ["fe"], [[5]]),
            instance("require", ["fa", "fb"], [[6]]),
            instance("require", ["fe"], [[7]]),
            instance("require", ["fa"], [[8]]),
            instance("require", ["fe", "fa"], [[9]], severity="warning"),
            instance("exists", ["fa"], [], answer=True),
            instance("require", ["fb"], [[10], [11]], severity="note"),
            instance("unique", ["fe"], [[]]),
            instance("require", ["fb"], [[14]]),
        ],
        "set_aside": {"facts": [], "instances": []},
        "given": table(
            [0, 10, 30, 35, None, None, 25],
            [-1, 0, 2, 4, -1, -1, 12],
            [0, 20, 40, None, None, None, 25],
            [-1, 1, 3, -1, -1, -1, 13],
            witness=[0, 15, 35, 40, 10, 11, 25],
        ),
        "bounds": table(
            [0, 15, 30, 35, None, None, 25],
            [-1, 8, 2, 4, -1, -1, 12],
            [0, 20, 40, None, None, None, 25],
            [-1, 1, 3, -1, -1, -1, 13],
        ),
        "witness": [0, 16, 35, 40, 10, 11, 25],
        "verdicts": [
            [5, "satisfied", [0, {}]],
            [6, "satisfied", [0, {"7": [5, -1]}]],
            [7, "open", {"1": 12}],
            [8, "undated", {"4": 50, "5": 51}],
            [9, "satisfied", None],
            [10, "open", {"3": 45}],
            [11, "not evaluated", "over the limit of steps"],
            [12, "satisfied", [0, {}]],
        ],
        "joined": [],
        "conflicts": [],
    }


def test_a_consistent_world_is_accepted():
    assert [] == verify(consistent())
