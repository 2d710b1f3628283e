"""Small datasets of the institutions vocabulary, as they are written in files, and what can be done to them.

Dates lie close together, so that many contradict each other. Ids are tokens that occur nowhere else in a report.
"""

import datetime as dt
import json
from calendar import monthrange

import attrs
from hypothesis import strategies as st

CYCLE = 146_097
"""The days in 400 years, after which the calendar repeats itself."""
FIRST, LAST = dt.date(1991, 11, 20).toordinal(), dt.date(1993, 3, 10).toordinal()
SOURCES = ("chronicle", "register")
WRITTEN_ON = dt.date(1999, 12, 31).toordinal()
"""The day of the chronicle; the register has none."""


# Dates and periods


@attrs.frozen
class When:
    """A date or period: its form, and the days that stand in it."""

    form: str
    days: tuple

    @property
    def text(self):
        return FORMS[self.form].format(*(dt.date.fromordinal(day).isoformat() for day in self.days))

    def shifted(self, days):
        return attrs.evolve(self, days=tuple(day + days for day in self.days))

    @property
    def hull(self):
        """The first and last day that a date can be."""
        first = dt.date.fromordinal(self.days[0])
        if self.form == "month":
            return self.days[0], first.replace(day=monthrange(first.year, first.month)[1]).toordinal()
        if self.form == "year":
            return first.toordinal(), first.replace(month=12, day=31).toordinal()
        return self.days[0], self.days[-1]

    def widened(self, down, up):
        first, last = self.hull
        return When("range", (first - down, last + up))


FORMS = {
    "day": "{0}", "month": "{0:.7}", "year": "{0:.4}", "range": "[{0}..{1}]", "from": "[{0}..]",
    "until": "[..{0}]", "about": "{0}~", "one of": "[{0},{1}]", "doubtful": "{0}?",
    "span": "{0}/{1}", "open span": "{0}/..", "unknown end": "{0}/", "unknown start": "/{0}",
}  # fmt: skip
WIDENED = ("day", "month", "year", "range")
"""Forms of dates that are ranges of days: with them it is known what is wider."""
_days = st.integers(FIRST, LAST)


@st.composite
def dates(draw, *, has_months=True):
    form = draw(st.sampled_from(["day", "day", "day", "range", "about", "one of", "from", "until", "doubtful", *(["month", "year"] if has_months else [])]))
    first = draw(_days)
    if form in {"month", "year"}:
        date = dt.date.fromordinal(first)
        return When(form, (date.replace(day=1, month=date.month if form == "month" else 1).toordinal(),))
    return When(form, (first, first + draw(st.integers(2, 70))) if form in {"range", "one of"} else (first,))


@st.composite
def periods(draw):
    form = draw(st.sampled_from(["span", "span", "span", "open span", "unknown end", "unknown start"]))
    first = draw(_days)
    return When(form, (first, first + draw(st.integers(0, 120)))) if form == "span" else When(form, (first,))


# Facts

BODY, ACT, PROVISION, PERSON, OFFICE, STATE, PROGRAMME = "Body", "Act", "Provision", "Person", "Office", "State", "Programme"
ENTITIES = (BODY, BODY, ACT, ACT, PROVISION, PERSON, OFFICE, STATE, PROGRAMME)
TYPES = {
    "Creation": ({"body": BODY}, {"act": ACT}, "date"),
    "Cessation": ({"body": BODY}, {"provision": PROVISION}, "date"),
    "Activity": ({"body": BODY}, {}, "period"),
    "Meeting": ({"body": BODY}, {"chaired_in": "OfficeHolding"}, "period"),
    "Adoption": ({"act": ACT}, {"by": BODY}, "date"),
    "Publication": ({"act": ACT}, {}, "date"),
    "EntryIntoForce": ({}, {"act": ACT, "provision": PROVISION}, "date"),
    "Repeal": ({"act": ACT, "by": ACT}, {}, ""),
    "Exclusion": ({"provision": PROVISION, "act": ACT}, {}, ""),
    "Enablement": ({"body": BODY, "provision": PROVISION}, {}, ""),
    "PartOf": ({"part": PROVISION, "whole": ACT}, {}, ""),
    "Amendment": ({"act": ACT, "amended": ACT}, {}, ""),
    "OfficeHolding": ({"person": PERSON, "office": OFFICE}, {}, "period"),
    "Statement": ({"speaker": PERSON}, {"about": BODY, "made_in": "OfficeHolding"}, "date"),
    "Launch": ({"programme": PROGRAMME}, {"body": BODY}, "date"),
    "Existence": ({"state": STATE}, {}, "period"),
    "OrganOf": ({"body": BODY, "state": STATE}, {}, ""),
    "Identity": ({"mention": BODY, "entity": BODY}, {}, ""),
}
"""Of each type of facts the roles that it needs, those that it can have, and its time."""
_OFTEN = ("Creation", "Cessation", "Adoption", "Activity", "Meeting")


@attrs.frozen
class Written:
    """Entities and facts as they are written, rules of a project's own, and which fact stands in which file."""

    entities: tuple  # of pairs of id and type
    facts: tuple  # of mappings
    rules: str
    files: tuple = ()  # for each entity and each fact a file
    packs: tuple = ("definitions", "conventions", "institutions")
    written_on: int = WRITTEN_ON

    @property
    def ids(self):
        return sorted([*(name for name, _ in self.entities), *(fact["id"] for fact in self.facts)])

    def with_facts(self, change):
        return attrs.evolve(self, facts=tuple(change(fact) for fact in self.facts))

    def shifted(self, days):
        moved = self.with_facts(lambda fact: {name: each.shifted(days) if isinstance(each, When) else each for name, each in fact.items()})
        return attrs.evolve(moved, written_on=self.written_on + days)

    def renamed(self, names):
        renamed = self.with_facts(lambda fact: {name: names.get(each, each) if isinstance(each, str) else each for name, each in fact.items()})
        return attrs.evolve(renamed, entities=tuple((names[name], kind) for name, kind in self.entities))

    def lines(self):
        """Each file with what stands in it: JSON, which is YAML. A fact in a file of another source says so."""
        day = dt.date.fromordinal(self.written_on)
        heads = {"chronicle": f"source: {{id: chronicle, date: {day}}}", "register": "source: {id: register}"}
        found = {name: (["rehabfacts: 1", head], [], []) for name, head in heads.items()}
        places = self.files or tuple(["chronicle"] * len(self.entities) + [fact["source"] for fact in self.facts])
        for place, each in zip(places, (*self.entities, *self.facts), strict=True):
            _, entities, facts = found.setdefault(place, (["rehabfacts: 1", "source: chronicle"], [], []))
            if isinstance(each, tuple):
                entities.append({"id": each[0], "type": each[1], "name": f"the {each[1]} {each[0]}"})
            else:
                own = place if place in SOURCES else "chronicle"
                facts.append({name: value.text if isinstance(value, When) else value for name, value in each.items() if name != "source" or value != own})
        return {name: [*head, f"entities: {json.dumps(entities)}", f"facts: {json.dumps(facts)}"] for name, (head, entities, facts) in found.items()}


@st.composite
def facts_about(draw, entities, *, count, prefix, dated=dates):
    """Facts whose roles are filled by entities, or by facts before them."""
    found = []
    for number in range(count):
        kind = draw(st.sampled_from([*TYPES, *_OFTEN, *_OFTEN]))
        needed, possible, time = TYPES[kind]
        roles = {**needed, **{name: each for name, each in possible.items() if draw(st.booleans())}}
        fact = {"id": f"{prefix}f{number:02}zq", "type": kind, "source": draw(st.sampled_from(SOURCES))}
        for name, wanted in roles.items():
            fitting = [each for each, type_ in entities if type_ == wanted] + [each["id"] for each in found if each["type"] == wanted]
            fitting = [each for each in fitting if each not in fact.values()]
            if fitting:
                fact[name] = draw(st.sampled_from(fitting))
        if not needed.keys() <= fact.keys():
            continue
        if time and draw(st.integers(0, 9)):
            fact[time] = draw(dated() if time == "date" else periods())
        found.append(fact)
    return tuple(found)


OWN_RULES = """
- {id: ceases-after-creation, says: It ceases after its creation., why: So it is., rank: 5, for: {c: Creation, d: Cessation}, where: c.body = d.body, require: c.date <= d.date}
- {id: acts-while-it-does-not-meet, says: It acts or it meets., why: So it is., severity: warning, for: {a: Activity, m: Meeting}, where: a.body = m.body, require: a.period disjoint from m.period}
- {id: early-or-late, says: A statement is early or late., why: So it is., for: {s: Statement, a: Adoption}, require: s.date + 30 days < a.date or a.date + 30 days < s.date}
- {id: short-lived, says: What meets does not live long., why: So it is., severity: warning, for: {m: Meeting}, require: m.body.lifetime.end <= m.body.lifetime.start + 200 days}
- {id: long-lived, says: What acts lives for long., why: So it is., severity: warning, for: {a: Activity}, require: a.body.lifetime.start + 250 days <= a.body.lifetime.end}
- {id: not-on-one-day, says: Two acts have two days., why: So it is., severity: note, for: {a: Adoption, b: Amendment}, where: b.amended = a.act, require: a.date != b.act.adopted}
"""
MONTHS = """
- {id: lives-a-year, says: It lives for a year., why: So it is., for: {c: Creation}, require: c.body.lifetime.start + 1 year <= c.body.lifetime.end}
- {id: published-in-a-month, says: It is published within a month., why: So it is., for: {a: Adoption}, assume: a.act.published <= a.act.adopted + 1 month}
- {id: acts-for-a-season, says: It acts for three months., why: So it is., severity: warning, for: {a: Activity}, require: a.period.end <= a.period.start + 3 months}
"""


@st.composite
def datasets(draw, *, most=12, has_months=True):
    entities = tuple((f"e{number:02}zq", kind) for number, kind in enumerate(ENTITIES))
    facts = draw(facts_about(entities, count=draw(st.integers(most // 3, most)), prefix="", dated=lambda: dates(has_months=has_months)))
    return Written(entities, facts, OWN_RULES + (MONTHS if has_months else ""))
