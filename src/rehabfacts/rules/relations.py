"""The relations of the rule language, as one table: what each means in inequalities between inclusive days.

A date is a period of one day. An entry lists what must hold at once, as `(low, high, days)`: the end point `low`
plus that many days is not after the end point `high`; `A`, `B` name the sides, `s`, `e` their starts and ends.
The thirteen relations of Allen (1983), "Maintaining knowledge about temporal intervals", are under `allen.`, read on
days: an interval meets the next if its last day is the day before the other's first.
"""

Step = tuple[str, str, int]

POINT_RELATIONS: dict[str, tuple[Step, ...]] = {
    "<": (("As", "Bs", 1),),
    "<=": (("As", "Bs", 0),),
    "=": (("As", "Bs", 0), ("Bs", "As", 0)),
    ">=": (("Bs", "As", 0),),
    ">": (("Bs", "As", 1),),
}

SPAN_RELATIONS: dict[str, tuple[Step, ...]] = {
    "before": (("Ae", "Bs", 1),),
    "after": (("Be", "As", 1),),
    "until": (("Ae", "Bs", 0),),
    "since": (("Be", "As", 0),),
    "meets": (("Ae", "Bs", 1), ("Bs", "Ae", -1)),
    "within": (("Bs", "As", 0), ("Ae", "Be", 0)),
    "contains": (("As", "Bs", 0), ("Be", "Ae", 0)),
    "overlaps": (("As", "Be", 0), ("Bs", "Ae", 0)),
    "starts": (("As", "Bs", 0), ("Bs", "As", 0), ("Ae", "Be", 0)),
    "ends": (("Ae", "Be", 0), ("Be", "Ae", 0), ("Bs", "As", 0)),
    "equals": (("As", "Bs", 0), ("Bs", "As", 0), ("Ae", "Be", 0), ("Be", "Ae", 0)),
    "allen.before": (("Ae", "Bs", 2),),
    "allen.after": (("Be", "As", 2),),
    "allen.meets": (("Ae", "Bs", 1), ("Bs", "Ae", -1)),
    "allen.met-by": (("Be", "As", 1), ("As", "Be", -1)),
    "allen.overlaps": (("As", "Bs", 1), ("Bs", "Ae", 0), ("Ae", "Be", 1)),
    "allen.overlapped-by": (("Bs", "As", 1), ("As", "Be", 0), ("Be", "Ae", 1)),
    "allen.starts": (("As", "Bs", 0), ("Bs", "As", 0), ("Ae", "Be", 1)),
    "allen.started-by": (("As", "Bs", 0), ("Bs", "As", 0), ("Be", "Ae", 1)),
    "allen.during": (("Bs", "As", 1), ("Ae", "Be", 1)),
    "allen.contains": (("As", "Bs", 1), ("Be", "Ae", 1)),
    "allen.finishes": (("Bs", "As", 1), ("Ae", "Be", 0), ("Be", "Ae", 0)),
    "allen.finished-by": (("As", "Bs", 1), ("Ae", "Be", 0), ("Be", "Ae", 0)),
    "allen.equal": (("As", "Bs", 0), ("Bs", "As", 0), ("Ae", "Be", 0), ("Be", "Ae", 0)),
}

NEGATIVE: dict[str, str] = {"!=": "=", "disjoint from": "overlaps"}
"""Relations that say that another does not hold."""

TEXT_RELATIONS: frozenset[str] = frozenset({"starts with", "ends with", "contains"})
"""How a text can lie in one that facts state, character for character."""

SAME_AS = "same as"
"""What two fields that facts state can be in a `where`: alike as they are written, or neither stated."""

RELATIONS: frozenset[str] = frozenset({*POINT_RELATIONS, *SPAN_RELATIONS, *NEGATIVE})
