"""Nested records in YAML, mapped to facts and checked: `python benchmarks/records.py [facts] [--quick]`.

Persons with lists of three terms each, ten thousand facts in all. C3 asks of a whole check five times what PyYAML's C
parser needs to give the events of the same files, and at most 400 MB; beside it, what loading alone takes, from
YAML, JSON and CSV, and what the very same facts take where they are typed as a fact file.
"""

import argparse
import gc
import json
import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import measuring
from measuring import Row, command

MAPPING = """\
rehabfacts: 1
records: {name}
map:
  - for: {{p: records}}
    entities: [{{id: "{{p.id.register}}", type: Person, name: "{{p.name.first}} {{p.name.last}}"}}]
    facts: [{{id: "{{p.id.register}}-birth", type: Birth, person: "{{p.id.register}}", date: "{{p.bio.birthday}}"}}]
  - for: {{p: records, t: p.terms}}
    entities: [{{id: "{{t.type}}-{{t.state}}", type: Office}}]
    facts:
      - id: "{{p.id.register}}-{{t#}}"
        type: OfficeHolding
        person: "{{p.id.register}}"
        office: "{{t.type}}-{{t.state}}"
        period: {{start: "{{t.start}}", end: "{{t.end}}"}}
"""
TABLE = """\
rehabfacts: 1
records: table.csv
map:
  - for: {r: records}
    entities: [{id: "{r.person}", type: Person}, {id: "{r.office}", type: Office}]
    facts: [{id: "{r.id}", type: OfficeHolding, person: "{r.person}", office: "{r.office}", period: {start: "{r.start}", end: "{r.end}"}}]
"""
RULES = """\
- {id: birth-begins-life, for: {b: Birth}, define: b.person.lifetime.start = b.date}
- {id: of-age, says: Who serves is of age., for: {t: Tenure}, require: t.person.lifetime.start + 18 years <= t.period.start}
- id: one-term-after-the-other
  says: A person serves one term after the other.
  for: {h: OfficeHolding, k: OfficeHolding}
  where: h < k and h.person = k.person
  require: h.period until k.period or h.period since k.period
"""


def people(facts, seed=1):
    """Persons of four facts each: a birth and three terms."""
    chance = random.Random(seed)
    for number in range(facts // 4):
        born = chance.randint(1900, 1960)
        terms = [{"type": "rep", "start": f"{year}-01-03", "end": f"{year + 2}-01-03", "state": f"S{number % 50}", "party": "Anchor"} for year in range(born + 30, born + 36, 2)]
        yield {"id": {"register": f"A{number:06}"}, "name": {"first": "Ada", "last": f"Berg {number}"}, "bio": {"birthday": f"{born}-03-04", "gender": "F"}, "terms": terms}


def as_yaml(person):
    """In block style, as public lists are."""
    head = f"- id:\n    register: {person['id']['register']}\n  name:\n    first: {person['name']['first']}\n    last: {person['name']['last']}\n"
    bio = "".join(f"    {key}: '{value}'\n" for key, value in person["bio"].items())
    terms = ["  - " + "\n    ".join(f"{key}: '{value}'" for key, value in term.items()) + "\n" for term in person["terms"]]
    return f"{head}  bio:\n{bio}  terms:\n{''.join(terms)}"


def as_facts(persons):
    """The same as a fact file."""
    offices = sorted({f"{term['type']}-{term['state']}" for person in persons for term in person["terms"]})
    entities = [f"  - {{id: {name}, type: Office}}\n" for name in offices]
    facts = []
    for person in persons:
        own = person["id"]["register"]
        entities.append(f"  - {{id: {own}, type: Person, name: {person['name']['first']} {person['name']['last']}}}\n")
        facts.append(f"  - {{id: {own}-birth, type: Birth, person: {own}, date: {person['bio']['birthday']}}}\n")
        facts += [f"  - {{id: {own}-{number}, type: OfficeHolding, person: {own}, office: {term['type']}-{term['state']}, period: {term['start']}/{term['end']}}}\n"
                  for number, term in enumerate(person["terms"], 1)]  # fmt: skip
    return f"rehabfacts: 1\nentities:\n{''.join(entities)}facts:\n{''.join(facts)}"


def as_table(persons):
    """The terms of three quarters of the facts as rows, each with the office and the person by id."""
    rows = [f"{person['id']['register']}-{number},{person['id']['register']},{term['type']}-{term['state']},{term['start']},{term['end']}\n"
            for person in persons for number, term in enumerate(person["terms"], 1)]  # fmt: skip
    return "id,person,office,start,end\n" + "".join(rows)


def write(folder, facts):
    """The folders to measure, by name."""
    persons = list(people(facts))
    files = {
        "yaml": {"people.yaml": "".join(map(as_yaml, persons)), "map.yaml": MAPPING.format(name="people.yaml")},
        "json": {"people.json": json.dumps(persons, indent=1), "map.yaml": MAPPING.format(name="people.json")},
        "csv": {"table.csv": as_table(persons), "map.yaml": TABLE},
        "facts": {"facts.yaml": as_facts(persons)},
    }
    for name, texts in files.items():
        (folder / name).mkdir()
        for file, text in {**texts, "rules.yaml": RULES}.items():
            (folder / name / file).write_text(text, encoding="utf-8")


def seconds(function, *arguments):
    """Processor seconds of one call; what it gives is kept until the clock has stopped."""
    gc.collect()
    gc.disable()
    started = time.process_time()
    kept = function(*arguments)
    spent = time.process_time() - started
    gc.enable()
    del kept
    return spent


def events(folder):
    """Every event of the files of records, bare."""
    from yaml.cyaml import CParser

    for path in folder.glob("*.yaml"):
        for _ in iter(CParser(path.read_bytes()).get_event, None):
            pass


def loaded(folder):
    """What loading gives; every fact must be there."""
    from rehabfacts.loading.loader import load
    from rehabfacts.vocabulary import INSTITUTIONS

    found = load([folder], INSTITUTIONS)
    assert not found.problems, found.problems[:3]
    return found


def main():
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("facts", nargs="?", type=int, default=10_000)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    measuring.print_versions("rehabfacts", "attrs", "PyYAML")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, given.facts)
        assert len(loaded(folder / "yaml").dataset.facts) == given.facts
        rounds = 3 if given.quick else 7
        times = {key: [] for key in ("events", "yaml", "json", "csv", "facts")}
        checks = []
        for _ in range(rounds):
            for key, spent in times.items():
                spent.append(seconds(events, folder / "yaml") if key == "events" else seconds(loaded, folder / key))
            checks.append(measuring.run(command("check", str(folder / "yaml"))))
        bare, check = median(times["events"]), median(each.processor for each in checks)
    rows = [
        Row("events of the YAML files alone", bare, "s"),
        *(Row(f"loading {key}, times the events", median(times[key]) / bare, "x") for key in ("yaml", "json", "csv", "facts")),
        Row("C3: whole check of YAML records, times the events", check / bare, "x", 5, is_goal=True),
        Row("whole check of YAML records", check, "s"),
        Row("C3: memory", median(each.memory for each in checks), "MB", 400),
    ]
    return measuring.print_rows(rows)


if __name__ == "__main__":
    sys.exit(main())
