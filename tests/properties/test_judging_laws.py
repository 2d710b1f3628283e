"""Laws of judging, against trying every dating of small datasets at awkward places of the calendar.

DESIGN §3: the given is made consistent; each demand is judged against the given alone; those not violated are accepted
one by one, the gravest first, and what contradicts the given and those accepted before it is set aside. Everything
here is derived from that page: a small rule language that is both written as text (for the package) and read as
plain comparisons (for the oracle), and every dating of the given in a list.
"""

import itertools

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import MEANINGS, PLACES, POINT_WORDS, SPAN_WORDS, iso_day, month_later, places

from rehabfacts.checker.certificates import certify
from rehabfacts.checker.checking import check_dataset
from rehabfacts.checker.judging import Outcome, acceptance_order, judge
from rehabfacts.dataset import Dataset
from rehabfacts.dates import Date, Period
from rehabfacts.engines.memory import ground
from rehabfacts.network.verify import verify
from rehabfacts.quantities import Quantity
from rehabfacts.rules.rules import Mode, Rule, Severity
from rehabfacts.schema import MOMENT, PERIOD, Entity, Fact, Ref, Schema

pytestmark = pytest.mark.usefixtures("endless_reasons_fail")
JUDGED = {}
"""How many instances, bounds, conflicts each law has judged: a law that judged none proves nothing."""
_MOST_DATINGS = 2_000
PLACE = PLACES[5]


def count(what, cases=1):
    JUDGED[what] = JUDGED.get(what, 0) + cases


@pytest.fixture(autouse=True, scope="module")
def _report_what_was_judged():
    yield
    print("\njudging laws judged:", JUDGED)  # noqa: T201  # shown by pytest -s


@pytest.fixture(autouse=True)
def _a_law_that_judged_nothing_fails(request):
    before = JUDGED.get(request.node.originalname, 0)
    yield
    assert JUDGED.get(request.node.originalname, 0) > before


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
    """A notation with its bounds (a period's: of its start and of its end)."""

    text: str
    least: int | None = None
    most: int | None = None
    end_least: int | None = None
    end_most: int | None = None


@st.composite
def date_values(draw, place):
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

    def holds(self, value_of):
        spans = []
        for side in self.sides:
            ends = value_of(side) if side.literal is None else (side.literal, side.literal)
            spans.append(tuple(side.moved(end) for end in ends))
        return MEANINGS[self.word](*spans)


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

    @property
    def rule(self):
        where = [f"{one} = {two}" for one, two in self.join] + ([self.unless.text] if self.unless else [])
        where += ["{} = '{}'".format(*self.only)] if self.only else []
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
def facts_of(draw, spots, size):
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
        values = {name: draw(makers[name]) if draw(st.integers(0, 5)) else None for name in FIELDS[kind]}
        found.append((kind, roles, values))
    return tuple(found)


@st.composite
def cases(draw, *, boxed=True, most_facts=4, with_months=True):
    place = draw(places)
    with_months = with_months and draw(st.integers(0, 3)) == 0
    things = ("t0", "t1")[: 2 if with_months else draw(st.integers(1, 2))]
    spots = {thing: month_later(place, at) if with_months else place for at, thing in enumerate(things)}
    facts = draw(facts_of(spots, draw(st.integers(2, most_facts))))
    kinds = {kind for kind, _, _ in facts}
    fitting = [law for law in DEFINITIONS if {kind for _, kind in law.scans} <= {*kinds, "Thing"} and law.id not in WITH_MONTHS]
    definitions = [law for law in fitting if draw(st.integers(0, 2)) == 0]
    definitions += [law for law in DEFINITIONS if law.id in WITH_MONTHS and with_months]
    rules = [draw(demands(spots[draw(st.sampled_from(things))], number, kinds)) for number in range(draw(st.integers(1, 4)))]
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
        self.bounds = {}  # key -> [(fact, least, most)]
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
                self.bounds.setdefault((fact, f"period.{end}"), []).append((fact, *span))
        else:
            self.bounds.setdefault((fact, name), []).append((fact, *((value.least, value.most) if value else (None, None))))

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
            if any(one is None or one != two for one, two in joined):
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
            (least is None or least <= dating[key]) and (most is None or dating[key] <= most)
            for key, bounds in self.bounds.items() if key in dating
            for fact, least, most in bounds if fact in facts
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
            found = list(itertools.islice(longer, _MOST_DATINGS + 1))
            if len(found) > _MOST_DATINGS:
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
        for fact, least, most in self.bounds.get(key, ()):
            if fact in facts:
                low = low if least is None else max(low, least)
                high = high if most is None else min(high, most)
        return range(low, high + 1)


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


def in_acceptance_order(result):
    """Errors, warnings, notes; by rank, rule id, facts."""
    own = {each.key: each for each in result.world.of_mode(given=False)}
    assert all(-each.rule.severity == acceptance_order(each)[0] for each in result.judging.outcomes)
    facts = {each.key: each.facts for each in result.judging.outcomes}  # in the order that the package gives them
    return sorted(own.values(), key=lambda each: (-each.law.severity, each.law.rank, each.law.id, facts[each.key], each.binding))


@given(cases())
def test_every_verdict_and_every_acceptance_agrees_with_trying_every_dating(case):
    result = judged(case)
    check_instances(result)
    datings = result.world.datings(*given_of(result))
    assume(datings is not None)
    assert datings, "the given that is left is inconsistent"
    left = datings
    for instance in in_acceptance_order(result):
        outcome = result.outcomes[instance.key]
        if set(instance.facts) & result.judging.disputed:
            assert outcome is Outcome.DISPUTED
            continue
        check_verdict(instance, outcome, datings, left, exactly=not result.judging.dropped)
        if outcome is Outcome.VIOLATED and not result.judging.dropped:
            assert (instance.key in own_violations(result)) is (datings.answers(instance) == {False})
        if outcome in {Outcome.OPEN, Outcome.UNDATED}:
            left = left.where(instance)
        count("test_every_verdict_and_every_acceptance_agrees_with_trying_every_dating")


def check_verdict(instance, outcome, datings, left, *, exactly):
    answers = datings.answers(instance)
    possible = left.where(instance)
    if outcome is Outcome.SATISFIED:
        assert answers == {True}
    elif outcome is Outcome.VIOLATED:
        assert answers == {False} or not possible
    elif exactly:  # everything is in a box, so all datings were tried and nothing is undated
        assert outcome is Outcome.OPEN
        assert possible
        assert answers == {True, False}
    count(f"verdicts {outcome.value}")


def is_branching(instance):
    """Whether it can hold in several ways, so that the chains of one need not show that it always does."""
    words = [each for part in (instance.law.must, instance.law.unless) if part for each in part.text.split()]
    return instance.law.unless is not None or not {"or", "not", "!=", "disjoint"}.isdisjoint(words)


@given(cases())
def test_bounds_are_the_extremes_under_the_given_and_the_accepted_errors(case):
    result = judged(case)
    datings = result.world.datings(*given_of(result))
    assume(datings)
    errors, several = datings, bool(result.judging.dropped)
    for instance in in_acceptance_order(result):
        if instance.law.severity is Severity.ERROR and result.outcomes[instance.key] is Outcome.OPEN:
            errors = errors.where(instance)
            several = several or is_branching(instance)
    for key in result.world.variables:
        check_bound(result.bound(key, given=True), datings.of(key), exactly=not result.judging.dropped)
        check_bound(result.bound(key), errors.of(key), exactly=not several)
        count("test_bounds_are_the_extremes_under_the_given_and_the_accepted_errors")


def check_bound(bound, days, *, exactly):
    expected = (min(days), max(days))
    if exactly:
        assert bound == expected
    else:
        assert bound[0] is None or bound[0] <= expected[0]
        assert bound[1] is None or expected[1] <= bound[1]


def by_variable(result, values):
    return {variable: values[number] for number, variable in enumerate(result.judging.grounding.variables)}


@given(cases() | cases(boxed=False, most_facts=6))
def test_the_witness_satisfies_everything_not_set_aside(case):
    result = judged(case)
    facts, given_instances = given_of(result)
    dating = by_variable(result, result.certificate["witness"])
    assert result.world.facts_hold(dating, facts)
    assert result.world.ends_in_order(dating)
    assert all(each.holds(dating) for each in given_instances)
    for instance in result.world.of_mode(given=False):
        if result.outcomes[instance.key] in {Outcome.SATISFIED, Outcome.OPEN, Outcome.UNDATED}:
            assert instance.holds(dating)
            count("test_the_witness_satisfies_everything_not_set_aside")


@given(cases() | cases(boxed=False, most_facts=6))
def test_a_conflict_is_contradictory_and_irreducible_over_facts_and_instances(case):
    result = judged(case)
    own = {each.key: each for each in result.world.instances}
    for conflict in result.judging.conflicts:
        instances = [own[each.key] for each in conflict.instances]
        bounding = set(conflict.facts) - (result.judging.disputed if conflict.headline else set())
        assert {fact for each in instances for fact in each.facts} <= set(conflict.facts)
        check_contradictory(result.world, bounding, instances)
        for member, values in zip((*conflict.facts, *conflict.instances), conflict.datings, strict=True):
            dating = with_both_ends({result.judging.grounding.variables[number]: value for number, value in values.items()})
            rest = [
                each for each, instance in zip(instances, conflict.instances, strict=True)
                if instance is not member and member not in each.facts
            ]  # fmt: skip
            assert result.world.facts_hold(dating, bounding - {member})
            assert result.world.ends_in_order(dating)
            assert all(each.holds(dating) for each in rest)
            count("members of conflicts")
        count("test_a_conflict_is_contradictory_and_irreducible_over_facts_and_instances")


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


@given(cases())
def test_conflicts_are_of_the_given_or_have_the_headline_that_is_set_aside(case):
    result = judged(case)
    headlines = [each.headline for each in result.judging.conflicts if each.headline is not None]
    violated = [each for each, outcome in result.judging.outcomes.items() if outcome is Outcome.VIOLATED]
    assert sorted(each.key for each in headlines) == sorted(each.key for each in violated)
    facts = {roles["id"] for _, roles, _ in case.facts}
    consistent = result.world.datings(facts, result.world.of_mode(given=True))
    assume(consistent is not None)
    of_given = [each for each in result.judging.conflicts if each.headline is None]
    assert bool(of_given) is not bool(consistent)
    assert bool(result.judging.disputed | result.judging.dropped) is bool(of_given)
    blamed = {fact for each in of_given for fact in each.facts}
    assert result.judging.disputed <= blamed
    for conflict in result.judging.conflicts:
        check_headline(result, conflict)
    count("test_conflicts_are_of_the_given_or_have_the_headline_that_is_set_aside")


def check_headline(result, conflict):
    demands_ = [each for each in conflict.instances if not each.rule.mode.is_given]
    if conflict.headline is None:
        assert not demands_
    else:
        assert conflict.headline in demands_
        assert all(each.rule.severity >= conflict.headline.rule.severity for each in demands_)
        accepted = {Outcome.SATISFIED, Outcome.OPEN, Outcome.UNDATED}
        assert all(result.judging.outcomes[each] in accepted for each in demands_ if each is not conflict.headline)


@given(cases(boxed=False, most_facts=8))
def test_where_nothing_is_in_a_box_what_is_claimed_still_holds_for_every_dating_tried(case):
    result = judged(case)
    check_instances(result)
    datings = result.world.datings(*given_of(result))
    for instance in result.world.of_mode(given=False):
        outcome = result.outcomes[instance.key]
        if set(instance.facts) & result.judging.disputed:
            assert outcome is Outcome.DISPUTED
        elif outcome is Outcome.SATISFIED:
            assert not datings or datings.answers(instance) == {True}
        count("test_where_nothing_is_in_a_box_what_is_claimed_still_holds_for_every_dating_tried")


# Laws about pairs of datasets


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


@given(cases(boxed=False, most_facts=6) | cases(), st.randoms(use_true_random=False))
def test_the_order_of_facts_and_rules_changes_nothing(case, random_):
    assert fingerprint(judged(case)) == fingerprint(judged(case, shuffle=random_.shuffle))
    count("test_the_order_of_facts_and_rules_changes_nothing")


def renamed_case(case, names):
    def record(roles):
        return {role: names.get(value, value) for role, value in roles.items()}

    return attrs.evolve(
        case, things=tuple(map(names.get, case.things)), facts=tuple((kind, record(roles), values) for kind, roles, values in case.facts),
        laws=tuple(attrs.evolve(law, only=tuple(names.get(each, each) for each in law.only)) for law in case.laws),
    )  # fmt: skip


@given(cases(boxed=False, most_facts=6) | cases(), st.integers(1, 5))
def test_an_order_preserving_renaming_changes_only_ids(case, length):
    ids = sorted([*case.things, *(roles["id"] for _, roles, _ in case.facts)])
    names = {each: f"{'abcdefghijklmn'[at]}-{'я' * length}" for at, each in enumerate(ids)}
    assert fingerprint(judged(case), names) == fingerprint(judged(renamed_case(case, names)))
    count("test_an_order_preserving_renaming_changes_only_ids")


def shifted_value(name, value, days):
    if value is None or name == "value":
        return value
    moved = [None if end is None else end + days for end in (value.least, value.most, value.end_least, value.end_most)]
    text = value.text
    for day in sorted({int(end) for end in (value.least, value.most, value.end_least, value.end_most) if end is not None}):
        text = text.replace(iso_day(day), f"<{day}>")
    if value.text.endswith("~"):
        return Span(f"{iso_day(value.least + 3 + days)}~", *moved)
    for day in {int(end) for end in (value.least, value.most, value.end_least, value.end_most) if end is not None}:
        text = text.replace(f"<{day}>", iso_day(day + days))
    return Span(text, *moved)


def shifted_part(part, days):
    if part is None:
        return None
    if isinstance(part, Joined):
        return Joined(part.word, tuple(shifted_part(each, days) for each in part.parts))
    left, right = (
        Side(iso_day(side.literal + days), side.kind, side.days, side.months, side.literal + days)
        if side.literal is not None and side.kind == "date" else side
        for side in part.sides
    )  # fmt: skip
    return Leaf(part.word, left, right)


@given(cases(with_months=False) | cases(boxed=False, most_facts=6, with_months=False), st.sampled_from([1, -1, 30, 365, -146_097 // 4]))
def test_shifting_every_date_changes_only_dates(case, days):
    facts = tuple((kind, roles, {name: shifted_value(name, each, days) for name, each in values.items()}) for kind, roles, values in case.facts)
    laws = tuple(attrs.evolve(law, must=shifted_part(law.must, days), unless=shifted_part(law.unless, days)) for law in case.laws)
    before, after = (fingerprint(judged(each)) for each in (case, Case(case.things, facts, laws, case.place + days)))
    moved = {
        key: bound if key[1] == "value" else tuple(None if end is None else end + days for end in bound)
        for key, bound in before["bounds"].items()
    }  # fmt: skip
    assert after == {**before, "bounds": moved}
    count("test_shifting_every_date_changes_only_dates")


@given(cases(most_facts=3), st.data())
def test_an_unrelated_fact_changes_nothing(case, data):
    more = [
        (kind, {role: f"z-{each}" if each is not None else None for role, each in roles.items()}, values)
        for kind, roles, values in data.draw(facts_of({"t7": case.place}, data.draw(st.integers(1, 2))))
    ]  # fmt: skip
    larger = attrs.evolve(case, things=(*case.things, "z-t7"), facts=(*case.facts, *more))
    before, after = fingerprint(judged(case)), fingerprint(judged(larger))
    assert before["outcomes"] == {key: each for key, each in after["outcomes"].items() if key in before["outcomes"]}
    assert before["bounds"] == {key: each for key, each in after["bounds"].items() if key in before["bounds"]}
    assert before["conflicts"] == [each for each in after["conflicts"] if not any(name.startswith("z-") for name in each[1]) and ("z-t7",) != each[0][1]]
    assert before["disputed"] == {each for each in after["disputed"] if not each.startswith("z-")}
    count("test_an_unrelated_fact_changes_nothing")


@st.composite
def widened_cases(draw):
    """A case, and the same with one date, period or quantity of one fact less certain."""
    case = draw(cases(boxed=draw(st.booleans()), most_facts=5))
    dated = [(at, name) for at, (_, _, values) in enumerate(case.facts) for name, value in values.items() if value]
    assume(dated)
    at, name = draw(st.sampled_from(dated))
    kind, roles, values = case.facts[at]
    down, up = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    value = values[name]
    if name == "period" or draw(st.integers(0, 4)) == 0:
        wider = None  # nothing is known any more
    elif name == "value":
        wider = Span(f"{value.least - down}..{value.most + up}" if value.least >= down else f"..{value.most + up}",
                     value.least - down if value.least >= down else None, value.most + up)  # fmt: skip
    else:
        wider = day_range(value.least - down, value.most + up)
    changed = (kind, roles, {**values, name: wider})
    return case, attrs.evolve(case, facts=(*case.facts[:at], changed, *case.facts[at + 1 :]))


@given(widened_cases())
def test_widening_breaks_nothing_and_narrowing_mends_nothing(pair):
    narrow, wide = (judged(case) for case in pair)
    if not narrow.judging.conflicts:
        assert not wide.judging.conflicts
    if not any(conflict.headline is None for conflict in narrow.judging.conflicts):
        assert not any(conflict.headline is None for conflict in wide.judging.conflicts)
        assert own_violations(wide) <= own_violations(narrow)
        assert own_satisfied(wide) <= own_satisfied(narrow) | own_violations(narrow)
        count("test_widening_breaks_nothing_and_narrowing_mends_nothing", 1 + len(wide.outcomes))


def own_violations(result):
    """Violated against the given alone."""
    return {
        each.headline.key for each in result.judging.conflicts
        if each.headline is not None and all(one is each.headline or one.rule.mode.is_given for one in each.instances)
    }  # fmt: skip


def own_satisfied(result):
    return {key for key, outcome in result.outcomes.items() if outcome is Outcome.SATISFIED}


@given(cases(most_facts=6) | cases(boxed=False, most_facts=8))
def test_what_rests_on_a_fact_of_a_contradiction_is_disputed_and_nothing_else(case):
    result = judged(case)
    for instance, outcome in result.judging.outcomes.items():
        assert (outcome is Outcome.DISPUTED) is bool(result.judging.disputed.intersection(instance.facts))
        count("test_what_rests_on_a_fact_of_a_contradiction_is_disputed_and_nothing_else")


# Examples that once failed


def day_of(fact_id, day, **roles):
    return ("Event", {"id": fact_id, "thing": "t0", "other": None, **roles}, {"date": day_range(day, day)})


def tally_of(fact_id, day, number):
    return ("Tally", {"id": fact_id, "thing": "t0"}, {"date": day_range(day, day), "value": Span(str(number), number, number)})


def definition(name):
    return next(law for law in DEFINITIONS if law.id == name)


def demand(name, kind, must, **options):
    return Law(name, Mode.REQUIRE, (("x", kind),), (), None, must, **options)


def date_of(path, **moved):
    return Side(path, "date", **moved)


def test_a_fact_that_is_set_aside_bounds_nothing_wherever_its_values_are():
    positive = demand("r", "Tally", Leaf(">=", Side("x.value", "number"), Side("1", "number", literal=1)))
    case = Case(("t0",), (day_of("f0", PLACE + 3), tally_of("f1", PLACE, 0)), (definition("tally-after-event"), positive), PLACE)
    result = judged(case)
    assert result.judging.disputed == {"f0", "f1"}
    assert result.bound(("f1", "value")) == (None, None)
    assert result.outcomes == {("r", ("f1",)): Outcome.DISPUTED}
    count("test_a_fact_that_is_set_aside_bounds_nothing_wherever_its_values_are")


def test_a_branch_that_accepted_demands_exclude_leaves_the_other_one_certified():
    first = demand("a", "Event", Leaf("<=", date_of("x.thing.day"), date_of(iso_day(PLACE), literal=PLACE)), rank=1)
    second = demand("b", "Event", Joined("or", (
        Leaf(">", date_of("x.thing.day"), date_of(iso_day(PLACE), literal=PLACE)),
        Leaf("=", date_of("x.thing.time.start"), date_of(iso_day(PLACE + 1), literal=PLACE + 1)),
    )), rank=2)  # fmt: skip
    result = judged(Case(("t0",), (day_of("f0", PLACE),), (first, second), PLACE))
    assert result.bound(("t0", "time.start")) == (PLACE + 1, PLACE + 1)
    count("test_a_branch_that_accepted_demands_exclude_leaves_the_other_one_certified")


def test_a_definition_that_no_day_meets_is_one_conflict():
    law = attrs.evolve(definition("event-month-later"), scans=(("a", "Event"), ("b", "Event")))
    result = judged(Case(("t0",), (day_of("f0", PLACE, other="t0"),), (law,), PLACE))
    assert [each.facts for each in result.judging.conflicts] == [("f0",)]
    count("test_a_definition_that_no_day_meets_is_one_conflict")


def test_a_definition_of_a_fact_that_is_set_aside_takes_no_part_in_other_conflicts():
    linked = ("Link", {"id": "f9", "one": "t0", "two": "t1"}, {})
    facts = (day_of("f0", PLACE), day_of("f1", PLACE + 1), day_of("f2", PLACE + 2), day_of("f3", PLACE + 3, thing="t1"), day_of("f4", PLACE, thing="t1"), linked)
    case = Case(("t0", "t1"), facts, (definition("event-dates-thing"), definition("link-is-one")), PLACE)
    result = judged(case)
    told = [(each.facts, tuple(one.key for one in each.instances)) for each in result.judging.conflicts]
    assert len(told) == len(set(told))
    assert {fact for facts, _ in told for fact in facts} >= result.judging.disputed
    count("test_a_definition_of_a_fact_that_is_set_aside_takes_no_part_in_other_conflicts")


def test_two_reasons_for_one_bound_are_told_alike_whatever_the_order_of_rules():
    late = demand("z", "Event", Leaf(">", date_of("x.thing.day"), date_of(iso_day(PLACE), literal=PLACE)))
    laws = (definition("event-dates-thing"), box("Thing", "day", "t0", PLACE, PLACE), late)
    facts = (day_of("f0", PLACE), day_of("f1", PLACE))
    told = [fingerprint(judged(Case(("t0",), facts, order, PLACE))) for order in itertools.permutations(laws)]
    assert all(each == told[0] for each in told)
    count("test_two_reasons_for_one_bound_are_told_alike_whatever_the_order_of_rules")


def test_a_bound_around_a_circle_of_calendar_months_is_certified():
    month_and_back = Law("later", Mode.DEFINE, (("x", "Event"),), (), None, Joined("and", (
        Leaf(">=", date_of("x.thing.day"), date_of("x.date", months=1)), Leaf(">=", date_of("x.date"), date_of("x.thing.day", days=-28)),
    )))  # fmt: skip
    first = PLACES[0]  # 29 January 2001: a month and back 28 days is later, up to the month's end
    facts = (("Event", {"id": "f0", "thing": "t0", "other": None}, {"date": Span(f"[{iso_day(first)}..]", first, None)}),)
    result = judged(Case(("t0",), facts, (month_and_back,), first))
    least = next(day for day in itertools.count(first) if month_later(day, 1) - 28 <= day)
    assert result.bound(("f0", "date")) == (least, None)
    assert result.bound(("t0", "day")) == (month_later(least, 1), None)
    count("test_a_bound_around_a_circle_of_calendar_months_is_certified")


def test_a_circle_of_calendar_months_that_is_not_decided_is_not_evaluated_and_never_crashes():
    steps = (("t0", "t1", 1, 3), ("t1", "t2", 1, -2), ("t2", "t0", 0, -58))
    facts = tuple(("Link", {"id": f"f{at}", "one": one, "two": two}, {}) for at, (one, two, *_) in enumerate(steps))
    for mode in (Mode.DEFINE, Mode.REQUIRE):
        laws = tuple(
            Law(f"r{at}", mode, (("x", "Link"),), (), None, Leaf(">=", date_of("x.two.day"), date_of("x.one.day", months=months, days=days)), only=("x.one", one))
            for at, (one, _, months, days) in enumerate(steps)
        )  # fmt: skip
        case = Case(("t0", "t1", "t2"), facts, laws, PLACE)
        report = check_dataset(case.dataset(), case.rules())
        assert (report.complaints, report.exit_status) == ((), 3)
    count("test_a_circle_of_calendar_months_that_is_not_decided_is_not_evaluated_and_never_crashes")
