"""A chronicle of bodies, checked by whole processes: 10,000 facts in 20 files under 50 rules, 100,000 instances.

    python benchmarks/chronicle.py [--quick] [--large] [--write DIRECTORY]

C3: at most 5 times what PyYAML's C parser needs to emit the events of the same files, and 400 MB.
C4 (`--large`): 100,000 facts take at most 11 times as long.
Besides: 2,000 facts in 20 files under 40 rules take at most 2 s.
`--quick` makes fewer runs and lets a noisy machine take twice the bar; `--write` only writes the files of C3.

Every body has ten facts: a creation, a cessation, two activities, three meetings, three statements. Their hidden days are
in order; about half are stated to the day, the others to the month or the year. One fact in a thousand is out of order.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import measuring
from measuring import Row, command

SEED = 20261122
FACTS_A_BODY = 10
FINDINGS = 1  # the exit status of a run that finds what is out of order
BARE = "import glob, sys, yaml"
EVENTS = f"""{BARE}
for path in sorted(glob.glob(sys.argv[1] + "/**/*.yaml", recursive=True)):
    with open(path, "rb") as file:
        for event in yaml.parse(file, Loader=yaml.CLoader):
            pass
"""

_ONCE_A_BODY = [
    ("creation-starts-lifetime", "{c: Creation}", "define: c.body.lifetime.start = c.date"),
    ("cessation-ends-lifetime", "{c: Cessation}", "define: c.body.lifetime.end = c.date"),
    ("created-before-ceased", "{c: Creation, d: Cessation}", "where: c.body = d.body", "require: c.date <= d.date"),
    ("created-once", "{c: Creation}", "unique: [c.body]"),
    ("ceased-once", "{c: Cessation}", "unique: [c.body]"),
    ("has-creation", "{b: Body}", "exists: {c: Creation, where: c.body = b}"),
    ("has-cessation", "{b: Body}", "exists: {c: Cessation, where: c.body = b}"),
    ("created-with-quote", "{c: Creation}", "require: c.quote is known"),
    ("ceased-with-quote", "{c: Cessation}", "require: c.quote is known"),
    *((f"created-after-{year}", "{c: Creation}", f"require: c.date > {year}") for year in (1700, 1750, 1800, 1850)),
    *((f"ceased-before-{year}", "{c: Cessation}", f"require: c.date < {year}") for year in (2100, 2200)),
    *((f"ceased-{years}-years-after", "{c: Cessation}", f"require: c.body.lifetime.start + {years} years <= c.date") for years in (1, 2)),
    *((f"lived-less-than-{years}-years", "{c: Creation}", f"require: c.body.lifetime.end <= c.date + {years} years") for years in (60, 100, 200)),
]
_TWICE_A_BODY = [
    ("acts-after-creation", "{a: Activity}", "require: a.body.lifetime.start <= a.period.start"),
    ("acts-until-cessation", "{a: Activity}", "require: a.period.end <= a.body.lifetime.end"),
    ("acts-within-lifetime", "{a: Activity}", "require: a.period within a.body.lifetime"),
    ("acts-after-stated-creation", "{a: Activity, c: Creation}", "where: a.body = c.body", "require: c.date <= a.period.start"),
    ("acts-with-quote", "{a: Activity}", "require: a.quote is known"),
    ("acts-after-1800", "{a: Activity}", "require: a.period after 1800"),
    ("acts-before-2100", "{a: Activity}", "require: a.period before 2100"),
    ("acts-soon", "{a: Activity}", "require: a.period.start <= a.body.lifetime.start + 40 years"),
    ("acts-not-in-1750", "{a: Activity}", "require: a.period disjoint from 1750"),
    ("acts-briefly", "{a: Activity}", "require: a.period.end <= a.period.start + 30 years"),
]
_THRICE_A_BODY = [
    rule
    for kind, name, start, end, whole in (("Meeting", "meets", "m.period.start", "m.period.end", "m.period"), ("Statement", "speaks", "m.date", "m.date", "m.date"))
    for rule in (
        (f"{name}-after-creation", f"{{m: {kind}}}", f"require: m.body.lifetime.start <= {start}"),
        (f"{name}-until-cessation", f"{{m: {kind}}}", f"require: {end} <= m.body.lifetime.end"),
        (f"{name}-within-lifetime", f"{{m: {kind}}}", f"require: {whole} within m.body.lifetime"),
        (f"{name}-after-stated-creation", f"{{m: {kind}, c: Creation}}", "where: m.body = c.body", f"require: c.date <= {start}"),
        (f"{name}-before-stated-cessation", f"{{m: {kind}, c: Cessation}}", "where: m.body = c.body", f"require: {end} <= c.date"),
        (f"{name}-with-quote", f"{{m: {kind}}}", "require: m.quote is known"),
        (f"{name}-after-1800", f"{{m: {kind}}}", f"require: {whole} after 1800"),
        (f"{name}-before-2100", f"{{m: {kind}}}", f"require: {whole} before 2100"),
        (f"{name}-soon", f"{{m: {kind}}}", f"require: {start} <= m.body.lifetime.start + 40 years"),
        (f"{name}-not-in-1750", f"{{m: {kind}}}", f"require: {whole} disjoint from 1750"),
    )
]
RULES = [*_THRICE_A_BODY, *_TWICE_A_BODY, *_ONCE_A_BODY]


def write_chronicle(directory: Path, *, facts: int, files: int = 20, rules: int = len(RULES)) -> int:
    """Writes fact files and one rule file; returns how many instances the rules have."""
    directory.mkdir(parents=True)
    chance = random.Random(SEED)
    bodies = range(facts // FACTS_A_BODY)
    for number in range(files):
        _write_facts(directory / f"chronicle-{number:02}.yaml", [_life(f"body-{at:06}", chance) for at in bodies[number::files]])
    taken = [*_ONCE_A_BODY, *_TWICE_A_BODY, *_THRICE_A_BODY][:rules]
    (directory / "rules.yaml").write_text("".join(_rule(*each) for each in taken), encoding="utf-8")
    times = [1 if each in _ONCE_A_BODY else 2 if each in _TWICE_A_BODY else 3 for each in taken]
    return sum(times) * len(bodies)


def _rule(name: str, scans: str, *lines: str) -> str:
    return "\n".join((f"- id: {name}", f"  says: This holds of every body ({name}).", f"  for: {scans}", *(f"  {line}" for line in lines), "", ""))


def _write_facts(path: Path, lives: list[tuple[str, list[str]]]) -> None:
    entities = "".join(f"  - {{id: {name}, type: Body}}\n" for name, _ in lives)
    facts = "".join(fact for _, each in lives for fact in each)
    path.write_text(f"rehabfacts: 1\n\nentities:\n{entities}\nfacts:\n{facts}", encoding="utf-8")


def _life(name: str, chance: random.Random) -> tuple[str, list[str]]:
    start = date(1920, 1, 1) + timedelta(days=chance.randrange(25_000))
    days = [start + timedelta(days=chance.randrange(6_000)) for _ in range(8)]
    if chance.random() < FACTS_A_BODY / 1_000:
        days[2], start = start - timedelta(days=500), start + timedelta(days=400)  # the first meeting comes before the creation
    kinds = [
        ("Creation", "date", _notation(start, chance)),
        *(("Activity", "period", f"{_notation(days[at], chance)}/{_notation(days[at] + timedelta(days=900), chance)}") for at in (0, 1)),
        *(("Meeting", "period", days[at].isoformat()) for at in (2, 3, 4)),
        *(("Statement", "date", _notation(days[at], chance)) for at in (5, 6, 7)),
        ("Cessation", "date", _notation(max(days) + timedelta(days=900), chance)),
    ]
    return name, [
        f"  - id: {name}-{number}\n    type: {kind}\n    body: {name}\n    {field}: {when}\n    quote: What the source says of {name} in its passage {number}\n"
        for number, (kind, field, when) in enumerate(kinds)
    ]


def _notation(day: date, chance: random.Random) -> str:
    return day.isoformat()[: chance.choice((10, 10, 7, 4))]


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    if chosen.write:
        print(f"{write_chronicle(chosen.write, facts=10_000):,} instances")
        return 0
    measuring.print_versions("rehabfacts", "attrs", "PyYAML", "click")
    with tempfile.TemporaryDirectory() as name:
        rows = list(_rows(Path(name), runs=3 if chosen.quick else 7, large=chosen.large))
    return measuring.print_rows(rows, slack=2.0 if chosen.quick else 1.0)


def _rows(folder: Path, *, runs: int, large: bool) -> Iterator[Row]:
    small = _measured(folder / "small", runs=runs, facts=2_000, rules=40)
    yield Row("2,000 facts in 20 files under 40 rules, wall", small.wall, "s", 2)
    full, events = _measured_beside_events(folder / "full", runs=runs, facts=10_000)
    yield Row("10,000 facts in 20 files under 50 rules, processor", full.processor, "s")
    yield Row("10,000 facts in 20 files under 50 rules, wall", full.wall, "s")
    yield Row("events of the same files by PyYAML's C parser, processor", events, "s")
    yield Row("C3: check over the events, processor", full.processor / events, "x", 5, is_goal=True)
    yield Row("C3: memory", full.memory, "MB", 400)
    if large:
        huge = _measured(folder / "large", runs=1, facts=100_000)
        yield Row("100,000 facts in 20 files under 50 rules, processor", huge.processor, "s")
        yield Row("C4: 100,000 facts over 10,000, processor", huge.processor / full.processor, "x", 11)
        yield Row("C4: memory", huge.memory, "MB")


def _measured(directory: Path, *, runs: int, facts: int, rules: int = len(RULES)) -> measuring.Cost:
    instances = write_chronicle(directory, facts=facts, rules=rules)
    print(f"{facts:,} facts, {rules} rules, {instances:,} instances: {runs} runs", flush=True)
    return measuring.medians({"check": command("check", str(directory))}, runs=runs, expected=(FINDINGS,), warm=min(1, runs - 1))["check"]


def _measured_beside_events(directory: Path, *, runs: int, facts: int) -> tuple[measuring.Cost, float]:
    """The cost of a check, and the processor seconds of the events of the same files, run in turn."""
    print(f"{facts:,} facts, {len(RULES)} rules, {write_chronicle(directory, facts=facts):,} instances: {runs} runs", flush=True)
    python = [sys.executable, "-c"]
    costs = measuring.medians(
        {"check": command("check", str(directory)), "events": [*python, EVENTS, str(directory)], "bare": [*python, BARE]},
        runs=runs, expected=(0, FINDINGS), warm=1,
    )  # fmt: skip
    return costs["check"], costs["events"].processor - costs["bare"].processor


if __name__ == "__main__":
    sys.exit(main())
