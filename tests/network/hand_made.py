"""Hand-made certificates, and what they are made of."""

import datetime as dt

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
            (4, 5, 9, 0, False, 13),  # 15: f >= e + 9
            (5, 4, 9, 0, False, 13),  # 16: or e >= f + 9
            (4, 5, 7, 0, False, 14),  # 17: f >= e + 7
            (5, 4, -7, 0, False, 14),  # 18: or f <= e + 7
        ),
        "totals": [],
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
            instance("require", ["fe"], [[15], [16]]),
            instance("require", ["fe"], [[17], [18]], severity="note"),
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
        "unmet": [],
        "verdicts": [
            [5, "satisfied", None],
            [6, "satisfied", {"chain": [5, -8]}],
            [7, "open", {"1": 12}],
            [8, "undated", {"4": 50, "5": 51}],
            [9, "satisfied", None],
            [10, "open", {"3": 45}],
            [11, "satisfied", {"cases": 0, "proofs": []}],
            [12, "satisfied", None],
            [13, "not evaluated", "over the limit of steps"],
            [14, "satisfied", {"chain": [-18, -19]}],
        ],
        "joined": [],
        "conflicts": [],
    }


def chain_conflict():
    """Two facts and a demand: a is 20 or later, b is 10 or earlier, and a must not come after b."""
    return {
        "variables": variables("ab"),
        "rows": rows((0, 1, 20, 0, False, 0), (2, 0, -10, 0, False, 1), (1, 2, 0, 0, False, 2)),
        "totals": [],
        "owners": [fact("fa"), fact("fb"), instance("require", ["fa", "fb"], [[2]])],
        "set_aside": {"facts": [], "instances": []},
        "given": table([0, 20, None], [-1, 0, -1], [0, None, 10], [-1, -1, 1], witness=[0, 20, 10]),
        "bounds": table([0, 20, None], [-1, 0, -1], [0, None, 10], [-1, -1, 1]),
        "witness": [0, 21, 9],
        "unmet": [],
        "verdicts": [[2, "violated", 0]],
        "joined": [],
        "conflicts": [
            {
                "headline": 2,
                "facts": ["fa", "fb"],
                "instances": [2],
                "proof": {"chain": [0, 2, 1]},
                "datings": [{"1": 10, "2": 10}, {"1": 20, "2": 20}, {"1": 20, "2": 10}],
            }
        ],
    }


def together():
    """Two demands that cannot both hold: the mildest is the headline, and the chain is a circle."""
    return {
        "variables": variables("ab"),
        "rows": rows((0, 1, 10, 0, False, 0), (1, 2, 1, 0, False, 1), (2, 1, 0, 0, False, 2)),
        "totals": [],
        "owners": [
            fact("fa"),
            instance("require", ["fb"], [[1]]),
            instance("require", ["fb"], [[2]], severity="warning"),
        ],
        "set_aside": {"facts": [], "instances": []},
        "given": table([0, 10, None], [-1, 0, -1], [0, None, None], [-1, -1, -1], witness=[0, 10, 20]),
        "bounds": table([0, 10, 11], [-1, 0, 1], [0, None, None], [-1, -1, -1]),
        "witness": [0, 10, 11],
        "unmet": [],
        "verdicts": [[1, "undated", {"2": 10}], [2, "violated", 0]],
        "joined": [],
        "conflicts": [
            {
                "headline": 2,
                "facts": ["fb"],
                "instances": [1, 2],
                "proof": {"chain": [2, 1]},
                "datings": [{"1": 7, "2": 7}, {"1": 7, "2": 7}, {"1": 7, "2": 8}],
            }
        ],
    }


def cases_conflict():
    """x is one of 6 to 9, and must be 5 or earlier, or 10 or later."""
    return {
        "variables": variables("x"),
        "rows": rows(
            (0, 1, 6, 0, False, 0), (1, 0, -9, 0, False, 0), (1, 0, -5, 0, False, 1), (0, 1, 10, 0, False, 1)
        ),
        "totals": [],
        "owners": [fact("fx"), instance("require", ["fx"], [[2], [3]])],
        "set_aside": {"facts": [], "instances": []},
        "given": table([0, 6], [-1, 0], [0, 9], [-1, 1], witness=[0, 6]),
        "bounds": table([0, 6], [-1, 0], [0, 9], [-1, 1]),
        "witness": [0, 9],
        "unmet": [],
        "verdicts": [[1, "violated", 0]],
        "joined": [],
        "conflicts": [
            {
                "headline": 1,
                "facts": ["fx"],
                "instances": [1],
                "proof": {"cases": 1, "proofs": [{"chain": [0, 2]}, {"chain": [3, 1]}]},
                "datings": [{"1": 5}, {"1": 6}],
            }
        ],
    }


def joined():
    """x is one of 6 to 9; it must be 5 or earlier, or y three days after it: so y is."""
    return {
        "variables": variables("xy"),
        "rows": rows(
            (0, 1, 6, 0, False, 0),
            (1, 0, -9, 0, False, 0),
            (1, 0, -5, 0, False, 1),
            (1, 2, 3, 0, False, 1),
            (2, 0, -99, 0, False, 2),
        ),
        "totals": [],
        "owners": [fact("fx"), instance("require", ["fx", "fy"], [[2], [3]]), fact("fy")],
        "set_aside": {"facts": [], "instances": []},
        "given": table([0, 6, None], [-1, 0, -1], [0, 9, 99], [-1, 1, 4], witness=[0, 6, 9]),
        "bounds": table([0, 6, 9], [-1, 0, 3], [0, 9, 99], [-1, 1, 4]),
        "witness": [0, 6, 9],
        "unmet": [],
        "verdicts": [[1, "open", {"2": 8}]],
        "joined": [[1, 1, [{"chain": [0, 2]}]]],
        "conflicts": [],
    }


def answered():
    """The dataset as written breaks a demand for one and only one."""
    return {
        "variables": variables("a"),
        "rows": rows((0, 1, 20, 0, False, 0)),
        "totals": [],
        "owners": [fact("fa"), instance("unique", ["fa", "fb"], [], answer=False)],
        "set_aside": {"facts": [], "instances": []},
        "given": table([0, 20], [-1, 0], [0, None], [-1, -1], witness=[0, 20]),
        "bounds": table([0, 20], [-1, 0], [0, None], [-1, -1]),
        "witness": [0, 20],
        "unmet": [],
        "verdicts": [[1, "violated", 0]],
        "joined": [],
        "conflicts": [
            {"headline": 1, "facts": ["fa", "fb"], "instances": [1], "proof": None, "datings": []},
        ],
    }


def disputed():
    """Two facts about a and two definitions contradict each other; what is bound to those facts is disputed."""
    return {
        "variables": variables("axy"),
        "rows": rows(
            (0, 1, 20, 0, False, 0),
            (1, 0, -10, 0, False, 1),
            (2, 3, 1, 0, False, 2),
            (3, 2, 0, 0, False, 3),
            (1, 0, -30, 0, False, 4),
            (2, 3, 1, 0, False, 5),
        ),
        "totals": [],
        "owners": [
            fact("f1"),
            fact("f2"),
            instance("define", ["f3"], [[2]]),
            instance("assume", ["f3"], [[3]]),
            instance("require", ["f2"], [[4]]),
            instance("require", ["f3"], [[5]]),
        ],
        "set_aside": {"facts": ["f1", "f2"], "instances": [3]},
        "given": table([0, None, None, None], [-1] * 4, [0, None, None, None], [-1] * 4, witness=[0, 1, 1, 2]),
        "bounds": table([0, None, None, None], [-1] * 4, [0, None, None, None], [-1] * 4),
        "witness": [0, 1, 1, 2],
        "unmet": [],
        "verdicts": [[4, "disputed", None], [5, "satisfied", {"chain": [-6, 2]}]],
        "joined": [],
        "conflicts": [
            {
                "headline": None,
                "facts": ["f1", "f2"],
                "instances": [],
                "proof": {"chain": [0, 1]},
                "datings": [{"1": 10}, {"1": 20}],
            },
            {
                "headline": None,
                "facts": ["f3"],
                "instances": [2, 3],
                "proof": {"chain": [3, 2]},
                "datings": [{"2": 0, "3": 0}, {"2": 0, "3": 0}, {"2": 0, "3": 1}],
            },
        ],
    }


def day(text):
    return dt.date.fromisoformat(text).toordinal()


def calendar():
    """Born on 29 February 1992, adult 18 years later; an exam at most a month before; and years without days."""
    born, late = day("1992-02-29"), day("2010-03-31")
    return {
        "variables": variables("baepq"),
        "rows": rows(
            (0, 1, born, 0, False, 0),  # 0: b = 29 February 1992
            (1, 0, -born, 0, False, 0),  # 1
            (1, 2, 0, 216, False, 1),  # 2: a >= b + 18 years
            (2, 3, 0, 1, True, 2),  # 3: e + 1 month >= a
            (3, 0, -late, 0, False, 3),  # 4: e <= 31 March 2010
            (4, 5, 0, 12, False, 4),  # 5: q >= p + 1 year
            (4, 5, 365, 0, False, 5),  # 6: q >= p + 365 days
            (4, 5, 366, 0, False, 6),  # 7: q >= p + 366 days
            (3, 0, -day("2010-01-27"), 0, False, 7),  # 8: e <= 27 January 2010
            (1, 3, 0, 216, False, 8),  # 9: e >= b + 18 years
            (4, 5, 0, -12, True, 9),  # 10: q - 1 year >= p
        ),
        "totals": [],
        "owners": [
            fact("fb"),
            instance("define", ["fb"], [[2]]),
            instance("define", ["fe"], [[3]]),
            fact("fe"),
            instance("assume", ["fp"], [[5]]),
            instance("require", ["fp"], [[6]]),
            instance("require", ["fp"], [[7]], severity="warning"),
            instance("require", ["fe"], [[8]]),
            instance("require", ["fe"], [[9]]),
            instance("require", ["fp"], [[10]], severity="note"),
        ],
        "set_aside": {"facts": [], "instances": []},
        "given": table(
            [0, born, day("2010-02-28"), day("2010-01-28"), None, None],
            [-1, 0, 2, 3, -1, -1],
            [0, born, day("2010-04-30"), late, None, None],
            [-1, 1, 3, 4, -1, -1],
            witness=[0, born, day("2010-02-28"), late, day("1992-02-29"), day("1993-02-28")],
        ),
        "bounds": table(
            [0, born, day("2010-02-28"), day("2010-02-28"), None, None],
            [-1, 0, 2, 9, -1, -1],
            [0, born, day("2010-04-30"), late, None, None],
            [-1, 1, 3, 4, -1, -1],
        ),
        "witness": [0, born, day("2010-02-28"), day("2010-02-28"), day("1992-03-01"), day("1993-03-02")],
        "unmet": [],
        "verdicts": [
            [5, "satisfied", {"chain": [5, -7]}],
            [6, "undated", {"4": day("1993-01-01"), "5": day("1994-01-01")}],
            [7, "violated", 0],
            [8, "open", {"3": day("2010-02-27")}],
            [9, "undated", {}],
        ],
        "joined": [],
        "conflicts": [
            {
                "headline": 7,
                "facts": ["fb", "fe"],
                "instances": [1, 2, 7],
                "proof": {"chain": [0, 2, 3, 8]},
                "datings": [
                    {"1": day("2010-01-01"), "2": day("2010-02-27"), "3": day("2010-01-27")},
                    {"1": born, "2": day("2010-02-28"), "3": day("2010-01-01")},
                    {"1": born, "2": day("2010-02-27"), "3": day("2010-01-27")},
                    {"1": born, "2": day("2010-02-28"), "3": day("2010-01-27")},
                    {"1": born, "2": day("2010-02-28"), "3": day("2010-01-28")},
                ],
            }
        ],
    }


def branches():
    """x is 0 to 10, y not before x: one branch or another always holds. z is after the hole of its fact, which forces w."""
    return {
        "variables": variables("xyzw"),
        "rows": rows(
            (0, 1, 0, 0, False, 0),  # 0: x >= 0
            (1, 0, -10, 0, False, 0),  # 1: x <= 10
            (1, 2, 0, 0, False, 1),  # 2: y >= x
            (0, 3, 4, 0, False, 2),  # 3: z >= 4
            (3, 3, 3, 7, "gap", 2),  # 4: z is not 4, 5 or 6
            (3, 0, -9, 0, False, 2),  # 5: z <= 9
            (0, 1, 5, 0, False, 3),  # 6: x >= 5
            (0, 2, 5, 0, False, 3),  # 7: and y >= 5
            (1, 0, -4, 0, False, 3),  # 8: or x <= 4
            (3, 0, -6, 0, False, 4),  # 9: z <= 6
            (0, 3, 7, 0, False, 5),  # 10: z >= 7
            (0, 1, 0, 0, False, 5),  # 11: and x >= 0
            (1, 2, 3, 0, False, 6),  # 12: y >= x + 3
            (2, 1, -1, 0, False, 6),  # 13: or y <= x + 1
            (3, 4, 1, 0, False, 7),  # 14: w >= z + 1
        ),
        "totals": [],
        "owners": [
            fact("fx"),
            instance("define", ["fx"], [[2]]),
            fact("fz"),
            instance("require", ["fx"], [[6, 7], [8]]),
            instance("require", ["fz"], [[9]]),
            instance("require", ["fz", "fx"], [[10, 11]]),
            instance("require", ["fx"], [[12], [13]], severity="warning"),
            instance("assume", [], [[14]]),
        ],
        "set_aside": {"facts": [], "instances": []},
        "given": table(
            [0, 0, 0, 7, 8],
            [-1, 0, 2, [3, 4], 14],
            [0, 10, None, 9, None],
            [-1, 1, -1, 5, -1],
            witness=[0, 0, 0, 7, 8],
        ),
        "bounds": table([0, 0, 0, 7, 8], [-1, 0, 2, [3, 4], 14], [0, 10, None, 9, None], [-1, 1, -1, 5, -1]),
        "witness": [0, 0, 3, 8, 9],
        "unmet": [],
        "verdicts": [
            [3, "satisfied", {"cases": 0, "proofs": [{"chain": [-9, -7]}, {"chain": [-9, 2, -8]}]}],
            [4, "violated", 0],
            [5, "satisfied", {"cases": 0, "proofs": [{"chain": [3, 4, -11]}, None]}],
            [6, "open", {"2": 2}],
        ],
        "joined": [],
        "conflicts": [
            {
                "headline": 4,
                "facts": ["fz"],
                "instances": [4],
                "proof": {"chain": [3, 4, 9]},
                "datings": [{"3": 6}, {"3": 9}],
            }
        ],
    }


def sums():
    """x is 1 to 3 and y is 2 to 4: what their sums can be."""
    return {
        "variables": variables("xyz"),
        "rows": rows(
            (0, 1, 1, 0, False, 0),  # 0: x >= 1
            (1, 0, -3, 0, False, 0),  # 1: x <= 3
            (0, 2, 2, 0, False, 1),  # 2: y >= 2
            (2, 0, -4, 0, False, 1),  # 3: y <= 4
            (1, 3, 1, 0, False, 6),  # 4: z >= x + 1
            (2, 0, -2, 0, False, 7),  # 5: y <= 2, 10: and x <= 2
            (1, 0, -3, 0, False, 8),  # 6: x <= 3
        ),
        "totals": [
            [[[1, 1], [1, 2]], 7, 2],  # 7: x + y <= 7
            [[[1, 1], [1, 2]], 5, 3],  # 8: x + y <= 5
            [[[1, 1], [1, 2]], 2, 4],  # 9: x + y <= 2
            [[[-1, 1], [2, 2]], 5, 5],  # 10: 2 y - x <= 5
            [[[1, 2], [-1, 1]], 0, 5],  # 11: or y <= x
            [[[1, 1], [1, 2]], 2, 6],  # 12: x + y <= 2, or z >= x + 1
            [[[1, 1]], 2, 7],  # 13: x <= 2
            [[[1, 1], [1, 2], [1, 3]], 9, 8],  # 14: x + y + z <= 9
        ],
        "owners": [
            fact("fx"),
            fact("fy"),
            instance("require", ["fx"], [[7]]),
            instance("require", ["fy"], [[8]]),
            instance("require", ["fx", "fy"], [[9]]),
            instance("require", ["fx"], [[10], [11]], severity="warning"),
            instance("require", ["fx", "fy"], [[12], [4]]),
            instance("require", ["fy"], [[5, 13]]),
            instance("require", ["fy"], [[6, 14]], severity="note"),
        ],
        "set_aside": {"facts": [], "instances": []},
        "given": table([0, 1, 2, None], [-1, 0, 2, -1], [0, 3, 4, None], [-1, 1, 3, -1], witness=[0, 1, 2, 5]),
        "bounds": table([0, 1, 2, 2], [-1, 0, 2, 4], [0, 3, 2, None], [-1, 1, 5, -1]),
        "witness": [0, 1, 2, 7],
        "unmet": [8],
        "verdicts": [
            [2, "satisfied", {"sum": -8, "walks": [[1], [3]]}],
            [3, "open", {"1": 2, "2": 4}],
            [4, "violated", 0],
            [5, "open", {"2": 4}],
            [6, "undated", {"3": 0}],
            [7, "open", {"2": 3}],
            [8, "undated", None],
        ],
        "joined": [[6, 1, [{"sum": 12, "walks": [[0], [2]]}]]],
        "conflicts": [
            {
                "headline": 4,
                "facts": ["fx", "fy"],
                "instances": [4],
                "proof": {"sum": 9, "walks": [[0], [2]]},
                "datings": [{"1": 0, "2": 2}, None, {"1": 3, "2": 3}],
            }
        ],
    }


WORLDS = [consistent, chain_conflict, together, cases_conflict, joined, answered, disputed, calendar, branches, sums]
