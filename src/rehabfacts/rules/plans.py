"""The logical plan of a rule: what to scan, what to join, and what must then hold, as data."""

from rehabfacts.plain import plain
from rehabfacts.schema import Kind

MILLION = 1_000_000
"""The parts in which percentages are counted."""


@plain
class Route:
    """A typed path: from a variable over roles to a record, and there to a field or timeline (`leaf`), if any.

    `facts` says, for each role, whether it leads to a fact. `kind` is ROLE where the route ends at a record. `unit` is
    "%" where the field holds percentages.
    """

    variable: str
    roles: tuple[str, ...]
    facts: tuple[bool, ...]
    leaf: str
    kind: Kind
    type: str
    is_timeline: bool = False
    unit: str = ""

    @property
    def way(self) -> "Route":
        """What leads to the field or the role at the end."""
        return self if self.leaf else Route(self.variable, self.roles[:-1], self.facts[:-1], "", self.kind, "")

    def __str__(self) -> str:
        return ".".join((self.variable, *self.roles, *((self.leaf,) if self.leaf else ())))


@plain
class Point:
    """One variable of the network: the day or number at the end of a route. `name` is as in `lifetime.start`."""

    route: Route
    name: str


@plain
class Constant:
    """A literal: an unknown day or number between two ends (equal ends: a known one). None is no end.

    `holes` are those between them that it cannot be: each the last before and the first after.
    """

    text: str
    least: int | None
    most: int | None
    holes: tuple[tuple[int, int], ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether it is known."""
        return self.least is not None and self.least == self.most


@plain
class Measured:
    """A number that a path comes to: that of a point or, for a length, the end less the start and a day more."""

    points: tuple[tuple[int, Point], ...]
    plus: int = 0


@plain
class Every:
    """The same number of every record that `over` finds, added up; 1 of each, if they are counted."""

    of: Measured
    variable: str


@plain
class Portion:
    """So many millionths of a number as a stated percentage allows at least or, if `is_most`, at most.

    `is_strict` says that the comparison leaves out that very number already (`<`, `>`).
    """

    percentage: Route
    of: Measured
    is_most: bool
    is_strict: bool


Thing = Point | Constant | Every | Portion


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
class Sum:
    """The sum of coefficient times thing is at most `most`: what a relation of two variables cannot say."""

    terms: tuple[tuple[int, Thing], ...]
    most: int

    def negated(self) -> "Sum":
        """What holds exactly when this does not."""
        return Sum(tuple((-times, thing) for times, thing in self.terms), -self.most - 1)


@plain
class Among:
    """An inequality about a record that `over` finds holds for every one of them or, if not `is_every`, for one at least."""

    inequality: AtMost | Sum
    is_every: bool

    def negated(self) -> "Among":
        """What holds exactly when this does not."""
        return Among(self.inequality.negated(), not self.is_every)


@plain
class Same:
    """Two routes, or a route and a text, hold the same id, text or notation as written (or, negated, do not).

    With `or_neither` they also do where neither states one.
    """

    left: Route
    right: Route | str
    is_negated: bool = False
    or_neither: bool = False


@plain
class Like:
    """The text at a route, or one of those there, starts with, ends with or contains a text (or, negated, none does)."""

    route: Route
    relation: str
    text: str
    is_negated: bool = False


@plain
class Stated:
    """A route's value is stated by its fact; for an end of a period (`end`), that the end is neither open nor unknown."""

    route: Route
    end: str = ""
    is_negated: bool = False


@plain
class Ascending:
    """The id of one record comes before that of the other, so that of each pair one order is taken."""

    left: Route
    right: Route


@plain
class AnyOf:
    """At least one of several groups of tests passes, with all that are in it."""

    groups: "tuple[tuple[Test, ...], ...]"


Written = Same | Like | Stated
Test = Written | Ascending | AnyOf
Inequality = AtMost | Sum
Demand = Inequality | Among
Atom = Demand | Written
Branch = tuple[Atom, ...]
"""Atoms that hold together; a formula is a tuple of branches of which one must hold."""

Scan = tuple[str, str]
"""A variable and the name of the type it ranges over."""


@plain
class Subquery:
    """Further records that are looked for beside a binding.

    `inside` is what must hold of uncertain values for them to be meant, as branches, and `outside` its negation; both are
    empty where what is written tells them.
    """

    scans: tuple[Scan, ...]
    tests: tuple[Test, ...]
    inside: tuple[Branch, ...] = ()
    outside: tuple[Branch, ...] = ()


@plain
class Plan:
    """What a rule does with a dataset: scan, join by the tests, drop what one of `unless` finds, then judge.

    Of `branches`, `unique` and `exists` one is given: the formula, the key that no two bindings share, or what must be
    found. `over` finds the records that `branches` adds up. The first `excused` branches say that a comparison of
    uncertain values in `where` does not hold. Beside `unique`, `inside` and `outside` are, as those of a subquery, which
    bindings are meant.
    """

    scans: tuple[Scan, ...]
    tests: tuple[Test, ...] = ()
    unless: tuple[Subquery, ...] = ()
    over: Subquery | None = None
    branches: tuple[Branch, ...] = ()
    excused: int = 0
    unique: tuple[Route, ...] = ()
    exists: Subquery | None = None
    inside: tuple[Branch, ...] = ()
    outside: tuple[Branch, ...] = ()

    @property
    def subqueries(self) -> tuple[Subquery, ...]:
        """All that is looked for beside a binding, in the dataset as it is written."""
        return (*self.unless, *(each for each in (self.over, self.exists) if each is not None))


def routes_of(test: Test) -> tuple[Route, ...]:
    """The routes that a test asks of."""
    match test:
        case Stated(route) | Like(route):
            return (route,)
        case AnyOf(groups):
            return tuple(route for group in groups for each in group for route in routes_of(each))
    return tuple(each for each in (test.left, test.right) if isinstance(each, Route))
