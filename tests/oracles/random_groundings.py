"""Random groundings: facts that bound days, with holes; definitions; demands of one or several branches."""

import random

import attrs

from rehabfacts.dataset import Dataset
from rehabfacts.engines.groundings import Bound, Grounding, Instance
from rehabfacts.network.inequalities import Total, at_least, at_most, gap
from rehabfacts.rules.rules import Mode, Rule, Severity
from rehabfacts.schema import MOMENT, Entity, Schema


@attrs.frozen(kw_only=True)
class Thing(Entity):
    day = MOMENT


SCHEMA = Schema.of([Thing])
EMPTY = Dataset.of(SCHEMA, (), ())


def groundings(seed, count, *, sums=0.0):
    """So many groundings, each from a random source of its own, with the name that tells how to make it again.

    `sums` is the share of branches of demands in which a total stands too.
    """
    for number in range(count):
        name = f"grounding:{seed}:{number}"
        yield name, _Making(random.Random(name), sums).made  # noqa: S311  # a seed, not a secret


def _rule(name, mode, severity=Severity.ERROR, rank=100):
    return Rule.of(name, mode, "t.day <= t.day", scans={"t": "Thing"}, schema=SCHEMA, severity=severity, rank=rank)


class _Making:
    """A grounding in the making, most of it true of hidden days."""

    def __init__(self, rng, sums):
        self._rng, self._sums = rng, sums
        self._slack = rng.choice((2, 5, 40))
        size = rng.randint(2, 6)
        self._hidden = [0] + [700_000 + rng.randint(0, 4 * self._slack) for _ in range(size)]
        self.made = Grounding(EMPTY, {})
        for number in range(1, size + 1):
            self.made.variable(f"t{number}", "day")
        self._facts = [f"f{number}" for number in range(rng.randint(1, size + 2))]
        for fact in self._facts:
            self._bound(fact)
        for _ in range(rng.choice((0, 0, 1))):
            self.made.add_row(self._row(), None)
        for number in range(rng.randint(0, 3)):
            self._instance(_rule(f"d{number}", rng.choice((Mode.DEFINE, Mode.ASSUME))), 1, is_true=rng.random() < 0.93)
        for number in range(rng.randint(2, 9)):
            severity = rng.choice((Severity.ERROR, Severity.ERROR, Severity.WARNING, Severity.NOTE))
            rule = _rule(f"r{number}", Mode.REQUIRE, severity, rng.choice((10, 100)))
            self._instance(rule, rng.choice((1, 1, 1, 2, 3)), is_true=rng.random() < 0.5)

    def _bound(self, fact):
        rng = self._rng
        for variable in rng.sample(range(1, len(self._hidden)), rng.choice((0, 1, 1, 1, 2)) if len(self._hidden) > 2 else 1):
            owner, day = Bound(fact, "date", "?"), self._hidden[variable]
            low, high = day - rng.randint(0, self._slack), day + rng.randint(0, self._slack)
            if rng.random() < 0.12:
                low, high = (each + rng.choice((-1, 1)) * self._slack for each in (low, high))
            if rng.random() < 0.7:
                self.made.add_row(at_least(variable, low), owner)
            if rng.random() < 0.7:
                self.made.add_row(at_most(variable, high), owner)
            if high - low > 2 and rng.random() < 0.4:
                last = rng.randint(low, high - 2)
                self.made.add_row(gap(variable, last, rng.randint(last + 2, high)), owner)

    def _row(self, *, is_true=True):
        rng, hidden = self._rng, self._hidden
        if rng.random() < 0.25:
            low, high = rng.choice(((0, rng.randrange(1, len(hidden))), (rng.randrange(1, len(hidden)), 0)))
        else:
            low, high = rng.sample(range(1, len(hidden)), 2)
        days = hidden[high] - hidden[low] - rng.choice((0, 0, 1, rng.randint(0, 2 * self._slack)))
        return (low, high, days, 0, False) if is_true else (low, high, days + rng.randint(1, 2 * self._slack), 0, False)

    def _instance(self, rule, branches, *, is_true):
        rng = self._rng
        facts = tuple(sorted(rng.sample(self._facts, min(len(self._facts), rng.choice((0, 1, 1, 2))))))
        made = Instance(rule, facts, facts, (), None)
        right = rng.randrange(branches) if is_true else -1
        made.clause = tuple(self._branch(made, is_true=at == right) for at in range(branches))
        self.made.instances.append(made)

    def _branch(self, owner, *, is_true):
        rng, total = self._rng, ()
        if not owner.rule.mode.is_given and rng.random() < self._sums:
            total = (self.made.add_total(self._total(is_true=is_true), owner),)
        rows = range(rng.choice((0, 1)) if total else rng.choice((1, 1, 2)))
        return (*(self.made.add_row(self._row(is_true=is_true), owner) for _ in rows), *total)

    def _total(self, *, is_true):
        rng, hidden = self._rng, self._hidden
        variables = rng.sample(range(1, len(hidden)), min(len(hidden) - 1, rng.randint(1, 3)))
        terms = tuple((rng.choice((1, 1, -1, 2)), variable) for variable in variables)
        most = sum(coefficient * hidden[variable] for coefficient, variable in terms)
        return Total(terms, most + (rng.choice((0, 1, 4)) if is_true else -1) * rng.randint(0, 3 * self._slack) - (not is_true))
