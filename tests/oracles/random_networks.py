"""Random networks that are nearly tight, so that about as many of them hold as contradict themselves."""

import random

import attrs
from strategies import FAR_PLACES, PLACES, month_later

from rehabfacts.network.inequalities import Total, at_least, at_most, gap


@attrs.frozen
class Network:
    """Rows over `size` variables, of which 0 is day 0; `name` tells how to make it again. `boxes` hold the days to try."""

    name: str
    size: int
    rows: tuple
    clauses: tuple
    boxes: tuple = ()
    totals: tuple = ()

    def __str__(self):
        several = [clause for clause in self.clauses if len(clause) != 1]
        return f"{self.name} ({self.size} variables): rows {self.rows}, one of each of {several}, totals {self.totals}"

    @property
    def sure(self):
        """The clauses of one branch."""
        return [clause for clause in self.clauses if len(clause) == 1]

    @property
    def numbers(self):
        return range(len(self.rows))


def networks(make, seed, count, **options):
    """So many networks, each from a random source of its own: `make` and number identify it."""
    for number in range(count):
        name = f"{make.__name__}:{seed}:{number}"
        network = make(random.Random(name), **options)  # noqa: S311  # a seed, not a secret
        yield attrs.evolve(network, name=name)


def _hidden(rng, size):
    """Dates of which most rows will be true: close together or far apart, near day 0 or in our time."""
    spread = rng.choice((2, 10, 100, 20_000))
    place = rng.choice((0, 0, 700_000, -300_000))
    return [0] + [place + rng.randint(0, spread) for _ in range(size - 1)], max(1, spread // 4)


def _ends(rng, size, shape):
    if shape == "bounds" or size == 2:
        return rng.choice(((0, rng.randrange(1, size)), (rng.randrange(1, size), 0)))
    if shape == "chain":
        low = rng.randrange(1, size)
        return (low, low + 1) if low + 1 < size else (low, rng.randrange(size))
    if shape == "hub":
        spoke = rng.randrange(2, size)
        return rng.choice(((1, spoke), (spoke, 1)))
    return rng.randrange(size), rng.randrange(size)  # perhaps the same


def _rows(rng, size, count, hidden, slack):
    """Rows that the hidden dates satisfy."""
    shapes = rng.choice((("any",), ("any", "bounds"), ("chain", "chain", "bounds", "any"), ("hub", "hub", "bounds")))
    found = []
    for _ in range(count):
        low, high = _ends(rng, size, rng.choice(shapes))
        found.append((low, high, hidden[high] - hidden[low] - rng.choice((0, 0, 1, rng.randint(0, slack))), 0, False))
    return found


def _gaps(rng, size, hidden, slack):
    """One to three holes in what variables may be; the hidden dates are not in them."""
    found = []
    for _ in range(rng.randint(1, 3)):
        variable, width = rng.randrange(1, size), rng.randint(2, slack + 2)
        last = hidden[variable] + rng.choice((0, 0, -width, -width, rng.randint(0, slack), -width - rng.randint(0, slack)))
        found.append(gap(variable, last, last + width))
    return found


def _turned(rng, rows, slack):
    """A row that the hidden dates break, though others lead from its high end to its low end."""
    row = rng.choice(rows)
    low, high, days = row[:3]
    return (high, low, 1 - days + rng.choice((0, -1, -slack)), 0, False) if rng.random() < 0.6 else (low, high, days + rng.randint(1, 2 * slack), 0, False)


def day_network(rng, *, most=10, least=1, holes=0.3):
    """Rows of days; in some networks holes."""
    size = 1 + rng.randint(least, most)
    hidden, slack = _hidden(rng, size)
    rows = _rows(rng, size, rng.randint(1, 3 * size), hidden, slack)
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 4))):
        rows.append(_turned(rng, rows, slack))
    if rng.random() < holes:
        rows += _gaps(rng, size, hidden, slack)
    rng.shuffle(rows)
    return Network("", size, tuple(rows), tuple(((number,),) for number in range(len(rows))))


def clause_network(rng, *, most=7, holes=0.3, sums=0.0):
    """Rows of days, some of which must hold and the others stand in branches, in most clauses one that the hidden dates satisfy."""
    size = 1 + rng.randint(2, most)
    hidden, slack = _hidden(rng, size)
    rows = _rows(rng, size, rng.randint(1, 2 * size), hidden, slack)
    if rng.random() < 0.35:
        rows.append(_turned(rng, rows, slack))
    if rng.random() < holes:
        rows += _gaps(rng, size, hidden, slack)
    totals = [_total(rng, hidden, slack) for _ in range(rng.randint(1, 4))] if rng.random() < sums else []
    clauses = [((number,),) for number in range(len(rows))]
    for _ in range(rng.randint(2, 12)):
        branches = [_rows(rng, size, rng.randint(1, 2), hidden, slack)] if rng.random() < 0.8 else []
        while len(branches) < rng.choice((2, 2, 3)):
            wrong = _rows(rng, size, rng.randint(0, 1), hidden, slack)
            branches.append([*wrong, _turned(rng, rows[: 2 * size], slack)])
        rng.shuffle(branches)
        taken = []
        for branch in branches:
            taken.append(tuple(range(len(rows), len(rows) + len(branch))))
            rows += branch
        clauses.append(tuple(taken))
    for number in range(len(totals)):
        clauses = _with_total(rng, clauses, ~number)
    rng.shuffle(clauses)
    return Network("", size, tuple(rows), tuple(clauses), totals=tuple(totals))


def _total(rng, hidden, slack):
    """A total that the hidden dates satisfy, or one that they break."""
    variables = rng.sample(range(1, len(hidden)), rng.randint(1, min(3, len(hidden) - 1)))
    terms = tuple((rng.choice((1, 1, -1, -1, 2, -3)), variable) for variable in variables)
    sum_of_hidden = sum(coefficient * hidden[variable] for coefficient, variable in terms)
    return Total(terms, sum_of_hidden + rng.choice((0, 1, slack, 3 * slack, -1, -slack)))


def _with_total(rng, clauses, number):
    """A total in a clause of its own, or in a branch of one of several."""
    several = [at for at, clause in enumerate(clauses) if len(clause) > 1]
    if rng.random() < 0.4 or not several:
        return [*clauses, ((number,),)]
    at = rng.choice(several)
    branch = rng.randrange(len(clauses[at]))
    changed = tuple((*each, number) if place == branch else each for place, each in enumerate(clauses[at]))
    return [*clauses[:at], changed, *clauses[at + 1 :]]


def boxed_network(rng, *, most=4, width=6, with_clauses=False):
    """A few variables in boxes of a few days at awkward places of the calendar; rows of days and months, and holes."""
    size = 1 + rng.randint(1, most)
    place = rng.choice((*PLACES, *PLACES, *FAR_PLACES))
    offsets = rng.choice(((0,), (0, 30), (0, 29, 60), (0, 365), (0, 3)))
    boxes = [(0, 0)]
    for _ in range(size - 1):
        first = place + rng.choice(offsets) + rng.randint(-2, 3)
        boxes.append((first, first + rng.randint(0, width)))
    rows = [row for at, (first, last) in enumerate(boxes[1:], 1) for row in (at_least(at, first), at_most(at, last))]
    rows += [_between(rng, boxes) for _ in range(rng.randint(1, 8 if with_clauses else 5))]
    boxed = 2 * (size - 1)
    clauses = _in_clauses(rng, range(boxed, len(rows))) if with_clauses else [((number,),) for number in range(boxed, len(rows))]
    return Network("", size, tuple(rows), (*(((number,),) for number in range(boxed)), *clauses), tuple(boxes))


def _in_clauses(rng, numbers):
    numbers = rng.sample(numbers, len(numbers))
    found = []
    while numbers:
        branches = []
        for _ in range(rng.randint(1, 3)):
            taken = rng.randint(1, 2)
            branches.append(tuple(numbers[:taken]))
            numbers = numbers[taken:]
        found.append(tuple(branch for branch in branches if branch))
    return found


def _between(rng, boxes):
    """A row between two variables, or a hole in one, that is nearly tight at the places of their boxes."""
    low, high = rng.randrange(1, len(boxes)), rng.randrange(1, len(boxes))
    if rng.random() < 0.3:
        last = rng.randint(boxes[low][0] - 1, boxes[low][1])
        return gap(low, last, last + rng.randint(2, 5))
    one, two, slack = boxes[low][0], boxes[high][0], rng.randint(-6, 3)
    months = rng.choice((0, 0, 0, 1, 1, -1, 2, 12, -12, 13, 48))
    if not months:
        return low, high, two - one + slack, 0, False
    if rng.random() < 0.5:
        return low, high, one - month_later(two, months) - slack, months, True
    return low, high, two - month_later(one, months) + slack, months, False
