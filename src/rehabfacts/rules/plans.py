"""The logical plan of a rule: what to scan, what to join, and what must then hold, as data."""


from rehabfacts.plain import plain
from rehabfacts.schema import Kind


@plain
class Route:
    """A typed path: from a variable over roles to a record, and there to a field or timeline (`leaf`), if any.

    `facts` says, for each role, whether it leads to a fact. `kind` is ROLE where the route ends at a record.
    """

    variable: str
    roles: tuple[str, ...]
    facts: tuple[bool, ...]
    leaf: str
    kind: Kind
    type: str
    is_timeline: bool = False

    def __str__(self) -> str:
        return ".".join((self.variable, *self.roles, *((self.leaf,) if self.leaf else ())))


@plain
class Point:
    """One variable of the network: the day or number at the end of a route. `name` is as in `lifetime.start`."""

    route: Route
    name: str


@plain
class Constant:
    """A literal: an unknown day or number between two ends (equal ends: a known one). None is no end."""

    text: str
    least: int | None
    most: int | None


@plain
class AtMost:
    """`low` shifted by calendar months, then days, is not after `high`; if `is_inverse`, `high` so shifted is not before `low`."""

    low: Point | Constant
    high: Point | Constant
    days: int = 0
    months: int = 0
    is_inverse: bool = False

    def negated(self) -> "AtMost":
        """What holds exactly when this does not."""
        if not self.months:
            return AtMost(self.high, self.low, 1 - self.days)
        return AtMost(self.high, self.low, self.days + (1 if self.is_inverse else -1), self.months, not self.is_inverse)


@plain
class Same:
    """Two routes, or a route and a text, hold the same id, text or notation as written (or, negated, do not)."""

    left: Route
    right: Route | str
    is_negated: bool = False


@plain
class Stated:
    """A route's value is stated by its fact; for an end of a period (`end`), that the end is neither open nor unknown."""

    route: Route
    end: str = ""
    is_negated: bool = False


Test = Same | Stated
Atom = AtMost | Same | Stated
Branch = tuple[Atom, ...]
"""Atoms that hold together; a formula is a tuple of branches of which one must hold."""

Scan = tuple[str, str]
"""A variable and the name of the type it ranges over."""


@plain
class Subquery:
    """Further records that are looked for beside a binding."""

    scans: tuple[Scan, ...]
    tests: tuple[Test, ...]


@plain
class Plan:
    """What a rule does with a dataset: scan, join by the tests, drop what `unless` finds, then judge.

    Of `branches`, `unique` and `exists` one is given: the formula, the key that no two bindings share, or what must be found.
    """

    scans: tuple[Scan, ...]
    tests: tuple[Test, ...] = ()
    unless: Subquery | None = None
    branches: tuple[Branch, ...] = ()
    unique: tuple[Route, ...] = ()
    exists: Subquery | None = None
