"""Small datasets at awkward places of the calendar, rules that are text and plain comparisons, and every dating of them.

Everything here is derived from DESIGN §3: a small rule language that is both written as text (for the package) and read
as plain comparisons (for the oracle), and every dating of the given in a list.
"""

import itertools

import attrs
from hypothesis import strategies as st
from strategies import MEANINGS, PLACES, POINT_WORDS, SPAN_WORDS, iso_day, month_later, places

from rehabfacts.checker.judging.acceptance import has_totals
from rehabfacts.checker.judging.certificates import certify
from rehabfacts.checker.judging.judging import judge
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date, Period
from rehabfacts.engines.memory import ground
from rehabfacts.network.verify import verify
from rehabfacts.quantities import Quantity
from rehabfacts.rules.rules import Mode, Rule, Severity
from rehabfacts.schema import MOMENT, PERIOD, Entity, Fact, Ref, Schema

MOST_DATINGS = 2_000
PLACE = PLACES[5]


# A vocabulary of its own


@attrs.frozen(kw_only=True)
class Thing(Entity):
    day = MOMENT
    time = PERIOD


@attrs.frozen(kw_only=True)
class Event(Fact):
    thing: Ref[Thing]
    other: Ref[Thing] | None = None
    date: Date | None = None


@attrs.frozen(kw_only=True)
class Spell(Fact):
    thing: Ref[Thing]
    event: Ref[Event] | None = None
    period: Period | None = None


@attrs.frozen(kw_only=True)
class Tally(Fact):
    thing: Ref[Thing]
    date: Date | None = None
    value: Quantity | None = None


@attrs.frozen(kw_only=True)
class Link(Fact):
    """Says that two things are one; it bounds nothing itself."""

    one: Ref[Thing]
    two: Ref[Thing]


SCHEMA = Schema.of([Thing, Event, Spell, Tally, Link])


# Values: a notation and the bounds that it means


@attrs.frozen
class Span:
    """A notation with its bounds (a period's: of its start and of its end); `days` are all that it allows, if not all between."""

    text: str
    least: int | None = None
    most: int | None = None
    end_least: int | None = None
    end_most: int | None = None
    days: tuple | None = None


def day_set(days):
    return Span(f"[{','.join(iso_day(day) for day in days)}]", days[0], days[-1], days=tuple(days))


@st.composite
def date_values(draw, place):
    if draw(st.integers(0, 7)) == 0:
        return day_set([place + each for each in draw(st.sampled_from([(0, 2), (0, 3), (1, 3), (0, 1, 3), (0, 2, 3)]))])
    first = place + draw(st.integers(0, 3))
    last = min(first + draw(st.sampled_from([0, 0, 1, 2])), place + 3)
    if draw(st.integers(0, 19)) == 0:
        return Span(f"{iso_day(first)}~", first - 3, first + 3)
    return day_range(first, last)


def day_range(first, last):
    return Span(iso_day(first) if first == last else f"[{iso_day(first)}..{iso_day(last)}]", first, last)


@st.composite
def period_values(draw, place):
    start, end = sorted(place + draw(st.integers(0, 3)) for _ in range(2))
    shape = draw(st.sampled_from(["both", "both", "both", "one of", "no end", "no start"]))
    first, last = iso_day(start), iso_day(end)
    if shape == "no end":
        return Span(f"{first}/", start, start, None, None)
    if shape == "no start":
        return Span(f"/{last}", None, None, end, end)
    if shape == "one of":
        return Span(f"[{first}..{last}]", start, end, start, end)
    return Span(f"{first}/{last}", start, start, end, end)


@st.composite
def number_values(draw):
    least = draw(st.integers(0, 2))
    most = least + draw(st.integers(0, 1))
    return Span(str(least) if least == most else f"{least}..{most}", least, most)


# Rules, as text and as what they mean


@attrs.frozen
class Side:
    """A term: its text, the paths (variable, roles, leaf) to its ends, and by how much it is moved."""

    path: str
    kind: str  # date, period, number
    days: int = 0
    months: int = 0
    literal: int | None = None  # what it is, if it is no path

    @property
    def text(self):
        moved = "".join(
            f" {'+' if amount > 0 else '-'} {abs(amount)}{'' if self.kind == 'number' else unit}"
            for amount, unit in ((self.months, " months"), (self.days, " days")) if amount
        )  # fmt: skip
        return self.path + moved

    def moved(self, day):
        return (month_later(day, self.months) if self.months else day) + self.days


@attrs.frozen
class Leaf:
    word: str
    left: Side
    right: Side

    @property
    def text(self):
        return f"{self.left.text} {self.word} {self.right.text}"

    @property
    def sides(self):
        return (self.left, self.right)

    @property
    def is_as_written(self):
        """Whether it stands in `where` for the notations of two facts, which join and filter, and not for their times."""
        return self.word == "!=" and all(
            side.literal is None and not (side.days or side.months) and side.path.rsplit(".", 1)[1] in {"date", "period", "value"} for side in self.sides
        )

    def holds(self, value_of):
        spans = []
        for side in self.sides:
            ends = value_of(side) if side.literal is None else (side.literal, side.literal)
            spans.append(tuple(side.moved(end) for end in ends))
        return MEANINGS[self.word](*spans)


@attrs.frozen
class Sums:
    """Numbers, or lengths of periods, added up and compared with a constant: times a term, each."""

    terms: tuple  # (times, side)
    word: str  # <=, >=, =, !=
    constant: int

    @property
    def text(self):
        is_length = self.terms[0][1].kind == "period"
        parts = [f"{'+' if times > 0 else '-'} {abs(times)} * {side.path}{'.length' if is_length else ''}" for times, side in self.terms]
        return f"{' '.join(parts).removeprefix('+ ')} {self.word} {self.constant}{' days' if is_length else ''}"

    @property
    def sides(self):
        return tuple(side for _, side in self.terms)

    def holds(self, value_of):
        found = 0
        for times, side in self.terms:
            first, last = value_of(side)
            found += times * (last - first + 1 if side.kind == "period" else first)
        return POINT_MEANINGS[self.word]((found, found), (self.constant, self.constant))


POINT_MEANINGS = {word: MEANINGS[word] for word in POINT_WORDS}


@attrs.frozen
class Joined:
    word: str  # and, or, not
    parts: tuple

    @property
    def text(self):
        if self.word == "not":
            return f"not ({self.parts[0].text})"
        return f" {self.word} ".join(f"({each.text})" for each in self.parts)

    @property
    def sides(self):
        return tuple(side for part in self.parts for side in part.sides)

    def holds(self, value_of):
        if self.word == "not":
            return not self.parts[0].holds(value_of)
        answers = [part.holds(value_of) for part in self.parts]
        return all(answers) if self.word == "and" else any(answers)


@attrs.frozen
class Law:
    """A rule: what it ranges over, the equality of ids that joins it, the antecedent, and what must then hold."""

    id: str
    mode: Mode
    scans: tuple
    join: tuple  # pairs of paths to records
    unless: Leaf | None
    must: object
    severity: Severity = Severity.ERROR
    rank: int = 100
    only: tuple = ()  # a path and the id of the one record that it must lead to
    is_rising: bool = False  # whether the records come in the order of their ids, each once

    @property
    def rule(self):
        where = [f"{one} = {two}" for one, two in self.join] + ([self.unless.text] if self.unless else [])
        where += ["{} = '{}'".format(*self.only)] if self.only else []
        names = [name for name, _ in self.scans]
        where += [f"{one} < {two}" for one, two in itertools.pairwise(names)] if self.is_rising else []
        return Rule.of(
            self.id, self.mode, self.must.text, scans=dict(self.scans), schema=SCHEMA, where=" and ".join(where),
            severity=self.severity, rank=self.rank,
        )  # fmt: skip

    @property
    def sides(self):
        return (*self.must.sides, *(self.unless.sides if self.unless else ()))

    def holds(self, value_of):
        return (self.unless is not None and not self.unless.holds(value_of)) or self.must.holds(value_of)


PATHS = {
    "Event": (("{}.date", "date"), ("{}.thing.day", "date"), ("{}.thing.time", "period"), ("{}.thing.time.start", "date"), ("{}.other.day", "date")),
    "Spell": (("{}.period", "period"), ("{}.period.end", "date"), ("{}.thing.time", "period"), ("{}.thing.day", "date"), ("{}.event.date", "date")),
    "Tally": (("{}.date", "date"), ("{}.thing.day", "date")),
}  # fmt: skip
NUMBER = "{}.value"


@st.composite
def sides(draw, scans, place, *, kinds=("date", "period"), has_literal=True):
    variable, kind = draw(st.sampled_from(scans))
    choices = [(path.format(variable), each) for path, each in PATHS[kind] if each in kinds]
    if has_literal and draw(st.integers(0, 5)) == 0:
        day = place + draw(st.integers(0, 3))
        return Side(iso_day(day), "date", literal=day)
    path, each = draw(st.sampled_from(choices))
    days = draw(st.sampled_from([0, 0, 0, 0, 3, -1, 1]))
    return Side(path, each, days)


@st.composite
def leaves(draw, scans, place, words):
    if draw(st.integers(0, 7)) == 0 and all(kind == "Tally" for _, kind in scans):
        word = draw(st.sampled_from([each for each in POINT_WORDS if each in words]))
        one, two = (Side(NUMBER.format(draw(st.sampled_from(scans))[0]), "number", draw(st.sampled_from([0, 0, 1]))) for _ in range(2))
        return Leaf(word, one, two)
    word = draw(st.sampled_from(words))
    kinds = ("date",) if word in POINT_WORDS else ("date", "period")
    left = draw(sides(scans, place, kinds=kinds, has_literal=False))
    return Leaf(word, left, draw(sides(scans, place, kinds=kinds)))


EASY_WORDS = ("<", "<=", "<=", "=", ">=", "before", "until", "within", "contains", "overlaps", "since", "starts", "meets")
PLAIN_WORDS = tuple(word for word in (*POINT_WORDS, *SPAN_WORDS) if word not in {"!=", "disjoint from"})
ALL_WORDS = (*EASY_WORDS, *EASY_WORDS, *POINT_WORDS, *SPAN_WORDS)


@st.composite
def formulas(draw, scans, place, *, depth=1):
    shape = draw(st.sampled_from(["leaf", "leaf", "leaf", "and", "or", "not"])) if depth else "leaf"
    if shape == "leaf":
        return draw(leaves(scans, place, ALL_WORDS))
    size = 1 if shape == "not" else 2
    return Joined(shape, tuple(draw(formulas(scans, place, depth=depth - 1)) for _ in range(size)))


@st.composite
def sums(draw, scans):
    """Two or three numbers of tallies, or two lengths of spells."""
    word = draw(st.sampled_from(["<=", "<=", ">=", "=", "!="]))
    if all(kind == "Tally" for _, kind in scans):
        terms = [(draw(st.sampled_from([1, 1, 1, -1, 2])), Side(NUMBER.format(name), "number")) for name, _ in scans]
        return Sums(tuple(terms), word, draw(st.integers(-1, 6)))
    name = next(name for name, kind in scans if kind == "Spell")
    terms = ((1, Side(f"{name}.period", "period")), (draw(st.sampled_from([1, -1])), Side(f"{name}.thing.time", "period")))
    return Sums(terms, word, draw(st.integers(-2, 7)))


@st.composite
def alternatives(draw, scans, place, *, depth=2):
    """Formulas of several branches: most are joined by `or`, or say that something is not so."""
    shape = draw(st.sampled_from(["or", "or", "or", "and", "not", "leaf"])) if depth else "leaf"
    if shape == "leaf":
        kinds = {kind for _, kind in scans}
        if draw(st.integers(0, 2)) == 0 and ("Spell" in kinds or kinds == {"Tally"}):
            return draw(sums(scans))
        return draw(leaves(scans, place, (*EASY_WORDS, "!=", "!=", "disjoint from", "disjoint from")))
    size = 1 if shape == "not" else draw(st.integers(2, 3)) if shape == "or" else 2
    return Joined(shape, tuple(draw(alternatives(scans, place, depth=depth - 1 if shape != "or" else 0)) for _ in range(size)))


SCANS = (
    ((("e", "Event"),), ()),
    ((("e", "Event"),), ()),
    ((("s", "Spell"),), ()),
    ((("t", "Tally"),), ()),
    ((("e", "Event"), ("s", "Spell")), (("e.thing", "s.thing"),)),
    ((("a", "Event"), ("b", "Event")), (("a.thing", "b.other"),)),
    ((("a", "Tally"), ("b", "Tally")), (("a.thing", "b.thing"),)),
)


@st.composite
def several(draw, place, number, kinds):
    """Demands of several branches."""
    fitting = [each for each in (*SCANS, ((("a", "Tally"), ("b", "Tally"), ("c", "Tally")), (("a.thing", "b.thing"), ("b.thing", "c.thing")))) if {kind for _, kind in each[0]} <= kinds]
    scans, join = draw(st.sampled_from(fitting or SCANS))
    unless = draw(leaves(scans, place, ("<", "<=", "before", "within", "!=")).filter(lambda leaf: not leaf.is_as_written)) if draw(st.integers(0, 2)) == 0 else None
    severity = draw(st.sampled_from([Severity.ERROR, Severity.ERROR, Severity.WARNING, Severity.NOTE]))
    must = draw(alternatives(scans, place))
    return Law(f"r{number}", Mode.REQUIRE, scans, join, unless, must, severity, draw(st.sampled_from([10, 20, 100])))


@st.composite
def demands(draw, place, number, kinds):
    fitting = [each for each in SCANS if {kind for _, kind in each[0]} <= kinds]
    scans, join = draw(st.sampled_from(fitting or SCANS))
    unless = draw(leaves(scans, place, ("<", "<=", "before", "within"))) if draw(st.integers(0, 5)) == 0 else None
    must = draw(formulas(scans, place))
    severity = draw(st.sampled_from([Severity.ERROR, Severity.ERROR, Severity.WARNING, Severity.NOTE]))
    return Law(f"r{number}", Mode.REQUIRE, scans, join, unless, must, severity, draw(st.sampled_from([10, 20, 100])))


def same(one, two, word="=", **moved):
    kind = "period" if word not in POINT_WORDS else "date"
    return Leaf(word, Side(one, kind), Side(two, kind, **moved))


DEFINITIONS = (
    Law("event-dates-thing", Mode.DEFINE, (("e", "Event"),), (), None, same("e.thing.day", "e.date")),
    Law("spell-in-time", Mode.DEFINE, (("s", "Spell"),), (), None, same("s.thing.time", "s.period", "contains")),
    Law("spell-is-time", Mode.ASSUME, (("s", "Spell"),), (), None, same("s.thing.time.start", "s.period.start")),
    Law("link-is-one", Mode.DEFINE, (("l", "Link"),), (), None, Joined("and", (same("l.one.day", "l.two.day"), same("l.one.time", "l.two.time", "equals")))),
    Law("time-from-day", Mode.ASSUME, (("t", "Thing"),), (), None, same("t.time.start", "t.day", ">=")),
    Law("tally-after-event", Mode.DEFINE, (("t", "Tally"), ("e", "Event")), (("t.thing", "e.thing"),), None, same("t.date", "e.date", ">=", days=1)),
    Law("event-month-later", Mode.DEFINE, (("a", "Event"), ("b", "Event")), (("a.thing", "b.other"),), None, same("a.date", "b.date", months=1)),
    Law("number-falls", Mode.DEFINE, (("t", "Tally"), ("u", "Tally")), (("t.thing", "u.thing"),), None, Leaf("<=", Side("t.value", "number"), Side("u.value", "number"))),
)  # fmt: skip
WITH_MONTHS = {"event-month-later"}


TIMES = ("day", "time.start", "time.end")
OWN_TIMES = (("Event", "date"), ("Tally", "date"), ("Spell", "period.start"), ("Spell", "period.end"))


def box(kind, name, thing, least, most):
    """A definition that leaves a time or a number of a thing, or of the facts on it, only so much: nothing is unbounded then."""
    side = Side(f"x.{name}", "number" if name == "value" else "date")
    shown = str if name == "value" else iso_day
    must = Joined("and", tuple(Leaf(word, side, Side(shown(end), side.kind, literal=end)) for word, end in ((">=", least), ("<=", most))))
    only = ("x.id" if kind == "Thing" else "x.thing", thing)
    return Law(f"box-{kind}-{name}-{thing[-1]}", Mode.DEFINE, (("x", kind),), (), None, must, only=only)


def boxes(spots):
    """Boxes for everything, each thing with its facts in the four days from its own spot on."""
    found = [box("Thing", name, thing, spot, spot + 3) for thing, spot in spots.items() for name in TIMES]
    found += [box(kind, name, thing, spot, spot + 3) for thing, spot in spots.items() for kind, name in OWN_TIMES]
    return (*found, *(box("Tally", "value", thing, 0, 3) for thing in spots))


@attrs.frozen
class Case:
    """A dataset and rules, as values of the oracle."""

    things: tuple
    facts: tuple  # (type name, {role: id}, {field: Span | None}), the id under "id"
    laws: tuple
    place: int

    def dataset(self, shuffle=None):
        entities = [Thing(id=each) for each in self.things]
        facts = [FACTS[kind](**roles, **{name: READERS[name](value.text) for name, value in values.items() if value}) for kind, roles, values in self.facts]
        if shuffle is not None:
            shuffle(entities)
            shuffle(facts)
        return Dataset.of(SCHEMA, entities, facts)

    def rules(self, shuffle=None):
        found = [law.rule for law in self.laws]
        if shuffle is not None:
            shuffle(found)
        return found


FACTS = {"Event": Event, "Spell": Spell, "Tally": Tally, "Link": Link}
READERS = {"date": Date.parse, "period": Period.parse, "value": Quantity.parse}
FIELDS = {"Event": ("date",), "Spell": ("period",), "Tally": ("date", "value"), "Link": ()}


@st.composite
def facts_of(draw, spots, size, *, known=5):
    """So many facts; of six values `known` are stated, about."""
    found, events, things = [], [], sorted(spots)
    for number in range(size):
        kind = draw(st.sampled_from(["Event", "Event", "Event", "Spell", "Spell", "Tally", "Link"]))
        one = draw(st.sampled_from(things))
        roles = {"id": f"f{number}"}
        if kind == "Link":
            roles |= {"one": one, "two": draw(st.sampled_from(things))}
        else:
            roles["thing"] = one
        if kind == "Event":
            roles["other"] = draw(st.sampled_from([None, *things]))
            events.append(roles["id"])
        if kind == "Spell":
            roles["event"] = draw(st.sampled_from([None, *events]))
        makers = {"date": date_values(spots[one]), "period": period_values(spots[one]), "value": number_values()}
        values = {name: draw(makers[name]) if draw(st.integers(0, 5)) < known else None for name in FIELDS[kind]}
        found.append((kind, roles, values))
    return tuple(found)


@st.composite
def cases(draw, *, boxed=True, most_facts=4, with_months=True, demand=None):
    place = draw(places)
    with_months = with_months and draw(st.integers(0, 3)) == 0
    things = ("t0", "t1")[: 2 if with_months else draw(st.integers(1, 2))]
    spots = {thing: month_later(place, at) if with_months else place for at, thing in enumerate(things)}
    facts = draw(facts_of(spots, draw(st.integers(2, most_facts)), known=5 if demand is None else 3))
    kinds = {kind for kind, _, _ in facts}
    fitting = [law for law in DEFINITIONS if {kind for _, kind in law.scans} <= {*kinds, "Thing"} and law.id not in WITH_MONTHS]
    definitions = [law for law in fitting if draw(st.integers(0, 2)) == 0]
    definitions += [law for law in DEFINITIONS if law.id in WITH_MONTHS and with_months]
    rules = [draw((demand or demands)(spots[draw(st.sampled_from(things))], number, kinds)) for number in range(draw(st.integers(1, 4 if demand is None else 6)))]
    return Case(things, facts, (*(boxes(spots) if boxed else ()), *definitions, *rules), place)


# The oracle


@attrs.frozen(eq=False)
class Bound:
    """A law bound to records: the keys of the variables of its sides."""

    law: Law
    binding: tuple
    facts: tuple
    ends: dict  # side -> the keys of its two ends

    @property
    def key(self):
        return self.law.id, self.binding

    def holds(self, dating):
        return self.law.holds(lambda side: tuple(dating[key] for key in self.ends[side]))

    @property
    def variables(self):
        return {key for keys in self.ends.values() for key in keys}


class World:
    """A case as the oracle sees it: instances, variables, and the bounds of facts."""

    def __init__(self, case):
        self.case = case
        self.records = {each: ("Thing", {"id": each}) for each in case.things} | {
            roles["id"]: (kind, roles) for kind, roles, _ in case.facts
        }  # fmt: skip
        self.instances, self.not_stated = [], {}
        for law in case.laws:
            self._bind(law)
        self.bounds = {}  # key -> [(fact, least, most, days)]
        for kind, roles, values in case.facts:
            for name in FIELDS[kind]:
                self._bound(roles["id"], name, values[name])
        self.variables = sorted(self.bounds.keys() | {key for each in self.instances for key in each.variables} | {
            (record, f"{name.rpartition('.')[0]}.{end}") for each in self.instances for record, name in each.variables
            if "." in name for end in ("start", "end")
        })  # fmt: skip

    def _bound(self, fact, name, value):
        if name == "period":
            ends = ((value.least, value.most), (value.end_least, value.end_most)) if value else ((None, None), (None, None))
            for end, span in zip(("start", "end"), ends, strict=True):
                self.bounds.setdefault((fact, f"period.{end}"), []).append((fact, *span, None))
        else:
            self.bounds.setdefault((fact, name), []).append((fact, *((value.least, value.most, value.days) if value else (None, None, None))))

    def _walk(self, path, places):
        """The record at which a path's roles end, what is left of it, and the facts on the way."""
        variable, *names = path.split(".")
        record, passed = places[variable], []
        while names and names[0] in {"thing", "other", "event", "one", "two"}:
            record = self.records[record][1].get(names.pop(0))
            if record is None:
                return None, names, passed
            if self.records[record][0] != "Thing":
                passed.append(record)
        return record, names, passed

    def _bind(self, law):
        pools = [[name for name, (kind, _) in sorted(self.records.items()) if kind == wanted] for _, wanted in law.scans]
        for binding in itertools.product(*pools):
            places_ = dict(zip((name for name, _ in law.scans), binding, strict=True))
            joined = [(self._walk(one, places_)[0], self._walk(two, places_)[0]) for one, two in law.join]
            joined += [(self._walk(law.only[0], places_)[0], law.only[1])] if law.only else []
            if any(one is None or one != two for one, two in joined) or (law.is_rising and list(binding) != sorted(set(binding))):
                continue
            facts = [each for each in binding if self.records[each][0] != "Thing"]
            ends = {}
            for side in law.sides:
                if side.literal is not None:
                    continue
                record, leaf, passed = self._walk(side.path, places_)
                facts += passed
                names = [f"{leaf[0]}.start", f"{leaf[0]}.end"] if side.kind == "period" else [".".join(leaf)] * 2
                ends[side] = None if record is None else tuple((record, name) for name in names)
            if None in ends.values():
                self.not_stated[law.id] = self.not_stated.get(law.id, 0) + 1
            else:
                self.instances.append(Bound(law, binding, tuple(dict.fromkeys(facts)), ends))

    def of_mode(self, *, given):
        return [each for each in self.instances if each.law.mode.is_given is given]

    def facts_hold(self, dating, facts):
        return all(
            (least is None or least <= dating[key]) and (most is None or dating[key] <= most) and (days is None or dating[key] in days)
            for key, bounds in self.bounds.items() if key in dating
            for fact, least, most, days in bounds if fact in facts
        )  # fmt: skip

    def ends_in_order(self, dating):
        return all(
            dating[record, name] <= dating[record, name.replace("start", "end")]
            for record, name in dating if name.endswith(".start") and (record, name.replace("start", "end")) in dating
        )  # fmt: skip

    def datings(self, facts, instances):
        """Every dating under which these facts and instances hold; None if there are too many to try.

        What no fact bounds is looked for about the place: that is everything if it is in a box.
        """
        low, high = self.case.place - 4, self.case.place + (40 if self._has_months() else 9)
        found, done = [()], []
        waiting = [Shared(each) for each in instances]
        for key in self._in_good_order(facts, instances):
            done.append(key)
            due = [each for each in waiting if each.instance.variables <= {*done}]
            waiting = [each for each in waiting if each not in due]
            for each in due:
                each.settle(done)
            after, before = self._order_within(done)
            days = self._days(key, facts, (low, high))
            longer = (
                (*dating, day) for dating in found for day in days
                if (after is None or dating[after] <= day) and (before is None or day <= dating[before])
                and all(each.holds((*dating, day)) for each in due)
            )  # fmt: skip
            found = list(itertools.islice(longer, MOST_DATINGS + 1))
            if len(found) > MOST_DATINGS:
                return None
        return Datings(done, found)

    def _in_good_order(self, facts, instances):
        """The variables, each after those that it is tied to where that can be, the narrowest first."""
        left = {key: len(self._days(key, facts, (0, 99))) for key in self.variables}
        near = {key: set() for key in left}
        for each in instances:
            for key in each.variables:
                near[key] |= each.variables
        order = []
        while left:
            tied = {key for each in order for key in near[each]} & left.keys()
            order.append(min(tied or left, key=lambda key: (left[key], key)))
            del left[order[-1]]
        return order

    def _order_within(self, done):
        """Where the other end of the last variable's period stands: as a start before it, as an end after it."""
        record, name = done[-1]
        stem, _, end = name.rpartition(".")
        other = (record, f"{stem}.{'start' if end == 'end' else 'end'}")
        place = done.index(other) if stem and other in done else None
        return (place, None) if end == "end" else (None, place)

    def _has_months(self):
        return any(law.id in WITH_MONTHS for law in self.case.laws)

    def _days(self, key, facts, span):
        low, high = (-1, 6) if key[1] == "value" else span
        allowed = None
        for fact, least, most, days in self.bounds.get(key, ()):
            if fact in facts:
                low = low if least is None else max(low, least)
                high = high if most is None else min(high, most)
                allowed = days if allowed is None else allowed if days is None else tuple(set(allowed) & set(days))
        return range(low, high + 1) if allowed is None else sorted(day for day in allowed if low <= day <= high)


class Shared:
    """An instance over datings that are tuples; what it says of the values that it looks at is kept."""

    def __init__(self, instance):
        self.instance = instance
        self.known = {}

    def settle(self, keys):
        self.places = [keys.index(key) for key in sorted(self.instance.variables)]
        self.names = sorted(self.instance.variables)

    def holds(self, dating):
        values = tuple([dating[place] for place in self.places])
        answer = self.known.get(values)
        if answer is None:
            answer = self.known[values] = self.instance.holds(dict(zip(self.names, values, strict=True)))
        return answer


class Datings:
    """A list of datings: one value for each of the keys."""

    def __init__(self, keys, found):
        self.keys, self.found = keys, found

    def __bool__(self):
        return bool(self.found)

    def of(self, key):
        return {dating[self.keys.index(key)] for dating in self.found}

    def answers(self, instance):
        shared = Shared(instance)
        shared.settle(self.keys)
        return {shared.holds(dating) for dating in self.found}

    def where(self, instance):
        shared = Shared(instance)
        shared.settle(self.keys)
        return Datings(self.keys, [dating for dating in self.found if shared.holds(dating)])


# Judging a case with both


@attrs.frozen(eq=False)
class Judged:
    """A case judged by the package, its certificate, and the case as the oracle sees it."""

    world: World
    judging: object
    certificate: dict

    @property
    def outcomes(self):
        return {instance.key: outcome for instance, outcome in self.judging.outcomes.items()}

    def bound(self, key, *, given=False):
        number = self.judging.grounding.index[key]
        pair = (self.judging.least_given, self.judging.greatest_given) if given else (self.judging.least, self.judging.greatest)
        return tuple(network.bound(number) for network in pair)


def judged(case, *, shuffle=None):
    grounding = ground(case.dataset(shuffle), case.rules(shuffle))
    judging = judge(grounding)
    certificate = certify(judging)
    complaints = verify(certificate)
    assert not complaints, complaints
    return Judged(World(case), judging, certificate)


def check_instances(result):
    """The same instances as the oracle's, bound to the same facts; the same are not stated."""
    expected = {each.key: set(each.facts) for each in result.world.instances}
    assert {each.key: set(each.facts) for each in result.judging.grounding.instances} == expected
    assert result.judging.grounding.not_stated == result.world.not_stated


def given_of(result):
    """The facts and given instances that are not set aside."""
    facts = {roles["id"] for _, roles, _ in result.world.case.facts} - result.judging.disputed
    dropped = {each.key for each in result.judging.dropped}
    return facts, [each for each in result.world.of_mode(given=True) if each.key not in dropped]


def totalled(result):
    """The keys of the demands that are judged by sums, in some of their branches at least."""
    return {each.key for each in result.judging.outcomes if has_totals(each)}


def in_acceptance_order(result):
    """Errors, warnings, notes, of each those with totals last; by rank, rule id, facts."""
    own = {each.key: each for each in result.world.of_mode(given=False)}
    facts = {each.key: each.facts for each in result.judging.outcomes}  # in the order that the package gives them
    last = totalled(result)
    return sorted(own.values(), key=lambda each: (-each.law.severity, each.key in last, each.law.rank, each.law.id, facts[each.key], each.binding))


def own_violations(result):
    """Violated against the given alone."""
    return {
        each.headline.key for each in result.judging.conflicts
        if each.headline is not None and all(one is each.headline or one.rule.mode.is_given for one in each.instances)
    }  # fmt: skip


def fingerprint(result, renamed=None):
    """Everything that is said, without the order in which it is said; ids as `renamed` has them."""
    name = (renamed or {}).get

    def ids(each):
        return tuple(name(one, one) for one in each)

    def key(each):
        return each.rule.id, ids(each.binding)

    conflicts = sorted(
        (key(each.headline) if each.headline else ("", ()), tuple(sorted(ids(each.facts))), tuple(sorted(key(one) for one in each.instances)))
        for each in result.judging.conflicts
    )  # fmt: skip
    known = result.world.records
    bounds = {
        (name(record, record), field): result.bound((record, field))
        for record, field in result.judging.grounding.variables if record in known
    }  # fmt: skip
    outcomes = {key(each): outcome for each, outcome in result.judging.outcomes.items()}
    return {"outcomes": outcomes, "conflicts": conflicts, "bounds": bounds, "disputed": set(ids(result.judging.disputed))}


def check_conflict(result, conflict):
    """No dating satisfies its members, and without any of them the dating does that is given; returns how many there are."""
    own = {each.key: each for each in result.world.instances}
    instances = [own[each.key] for each in conflict.instances]
    bounding = set(conflict.facts) - (result.judging.disputed if conflict.headline else set())
    assert {fact for each in instances for fact in each.facts} <= set(conflict.facts)
    check_contradictory(result.world, bounding, instances)
    for member, values in zip((*conflict.facts, *conflict.instances), conflict.datings, strict=True):
        if values is None:  # nothing is claimed
            assert any(has_totals(each) for each in conflict.instances)
            continue
        dating = with_both_ends({result.judging.grounding.variables[number]: value for number, value in values.items()})
        rest = [
            each for each, instance in zip(instances, conflict.instances, strict=True)
            if instance is not member and member not in each.facts
        ]  # fmt: skip
        assert result.world.facts_hold(dating, bounding - {member})
        assert result.world.ends_in_order(dating)
        assert all(each.holds(dating) for each in rest)
    return len(conflict.datings)


def with_both_ends(dating):
    """The dating, with the ends of periods that no row of the members speaks of: as near as the order of ends allows."""
    other = {"start": "end", "end": "start"}
    missing = {
        (record, f"{stem}.{other[end]}"): value
        for (record, name), value in dating.items() for stem, dot, end in [name.rpartition(".")] if dot and end in other
    }  # fmt: skip
    return {**missing, **dating}


def check_contradictory(world, facts, instances):
    """No dating of the members' own variables satisfies them, as far as is tried; the verifier walks the chains."""
    used = {key for each in instances for key in each.variables} | {key for key, bounds in world.bounds.items() for fact, *_ in bounds if fact in facts}
    used |= {(record, f"{name.rpartition('.')[0]}.{end}") for record, name in used if "." in name for end in ("start", "end")}
    small = World(world.case)
    small.variables = sorted(used)
    assert not small.datings(facts, instances)
