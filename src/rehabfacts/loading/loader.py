"""Paths in, dataset and rules out, with every problem of every file."""

import os
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingABC
from typing import TYPE_CHECKING

import attrs

from rehabfacts.dataset import Ambiguity, Dataset, Reading, Record
from rehabfacts.errors import Problem, nearest, shown
from rehabfacts.loading.fact_files import FactFile, SourceEntry, read_fact_file
from rehabfacts.loading.files import MOST_FILES, InputFile, find_inputs, read_within
from rehabfacts.loading.rule_files import read_rule_file
from rehabfacts.loading.trees import RECORDS, read_trees
from rehabfacts.loading.values import shape
from rehabfacts.loading.yaml_tree import Limits, Listing, Mapping, Node
from rehabfacts.origins import Origin
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Fact, Schema
from rehabfacts.sources import Header, Source

if TYPE_CHECKING:
    from rehabfacts.loading.waivers import Waiver

_TYPES = "types"  # the key that makes a mapping a schema file


@attrs.frozen(eq=False, repr=False)
class Loaded:
    """What paths hold. Where there are problems that are no warnings, `dataset` and `rules` hold what is healthy."""

    dataset: Dataset
    rules: tuple[Rule, ...]
    problems: tuple[Problem, ...]
    digests: dict[str, str] = attrs.field(factory=dict)
    waivers: "tuple[Waiver, ...]" = ()

    @property
    def is_complete(self) -> bool:
        """Whether everything given could be used."""
        return all(problem.is_warning for problem in self.problems)


def load(
    paths: Iterable[str | os.PathLike[str]], schema: Schema, *, calendar: str = "gregorian", limits: MappingABC[str, int] | None = None
) -> Loaded:
    """Reads every YAML file under the paths: a list is a rule file, a mapping a fact file, or with `types` a schema file, with `records` a mapping file.

    The dataset's schema is `schema` with the types that schema files declare.

    `calendar` is that of dates whose source names none; `limits` lower what the input may hold (`Settings.limits`).
    """
    lowered = dict(limits or {})
    inputs, problems = find_inputs(paths, most_files=lowered.pop("files", MOST_FILES))
    return _Loading(schema, problems, calendar, Limits(**lowered)).run(inputs)


class _Loading:
    def __init__(self, schema: Schema, problems: Sequence[Problem], calendar: str, limits: Limits) -> None:
        self._schema, self._calendar, self._limits = schema, calendar, limits
        self._problems = list(problems)
        self._files: list[FactFile] = []
        self._rules: list[Rule] = []
        self._has_lost_ids = any(not problem.is_warning for problem in problems)
        self._digests: dict[str, str] = {}

    def run(self, inputs: Sequence[InputFile]) -> Loaded:
        trees = self._trees(inputs)
        self._learn_types(trees)
        trees.reverse()
        while trees:  # a tree is let go once it is read
            self._read(*trees.pop())
        sources = self._sources()
        dataset = self._dataset(sources)
        rules = self._distinct_rules()
        ordered = sorted(self._problems, key=lambda problem: (problem.path, problem.line, problem.column, problem.code))
        waivers = tuple(each for file in self._files for each in file.waivers)
        return Loaded(dataset, rules, tuple(ordered), self._digests, waivers)

    def _trees(self, inputs: Sequence[InputFile]) -> list[tuple[str, Node]]:
        from hashlib import sha256  # noqa: PLC0415  # 5 ms that a run without files need not pay

        trees = []
        for file, tree, problems in read_trees(inputs, self._limits):
            self._digests[file.path] = sha256(file.data).hexdigest()
            self._problems += problems
            self._has_lost_ids |= tree is None and any(not problem.is_warning for problem in problems)
            trees += [(file.path, tree)] if tree is not None else []
        return trees

    def _learn_types(self, trees: Iterable[tuple[str, Node]]) -> None:
        declared = [(path, tree) for path, tree in trees if isinstance(tree, Mapping) and _TYPES in tree.entries]
        if declared:
            from rehabfacts.loading.schema_files import read_schema_files  # noqa: PLC0415  # few projects have any

            self._schema, problems = read_schema_files(declared, self._schema)
            self._problems += problems

    def _read(self, path: str, tree: Node) -> None:
        if isinstance(tree, Listing):
            rules, rule_problems = read_rule_file(tree, path, os.path.splitext(os.path.basename(path))[0], self._schema)
            self._rules += rules
            self._problems += rule_problems
        elif not isinstance(tree, Mapping):
            cause = f"expected facts (a mapping) or rules (a list), found {shape(tree)}"
            self._problems.append(Problem("E-SHAPE", cause, "", path, tree.line, tree.column))
        elif RECORDS in tree.entries:
            self._map(tree, path)
        elif _TYPES not in tree.entries:
            read = read_fact_file(tree, path, self._schema, calendar=self._calendar)
            self._files.append(read)
            self._problems += read.problems

    def _map(self, tree: Mapping, path: str) -> None:
        from rehabfacts.loading.records.making import MadeRecords  # noqa: PLC0415  # few projects have any

        made = MadeRecords(tree, path, self._schema, calendar=self._calendar, limits=self._limits)
        self._files += made.files
        self._problems += made.problems
        self._digests.update(made.digests)
        self._has_lost_ids |= made.has_lost_ids

    def _sources(self) -> dict[str, Source]:
        found: dict[str, Source] = {}
        declared: dict[str, SourceEntry] = {}
        for file in self._files:
            entry = file.source
            if entry is None or (entry.text is None and entry.id in found):
                continue
            if entry.id in declared and entry.text is not None and declared[entry.id].text is not None:
                self._report_at(entry.origin, "E-ID-DUP", f"source {entry.id!r} is declared also at {declared[entry.id].origin}")
                continue
            if entry.text is not None or entry.id not in declared:
                declared[entry.id] = entry
            source = self._source(entry, file.path)
            if source is not None:
                found[entry.id] = source
        return found

    def _headers(self) -> dict[str, Header]:
        """What the files declare of each source, put together; a source derived from one that no file declares is a problem."""
        found: dict[str, Header] = {}
        entries = [file.source for file in self._files if file.source is not None]
        for entry in entries:
            known = found.get(entry.id, Header(entry.id))
            derived = tuple(dict.fromkeys((*known.derived_from, *entry.derived_from)))
            found[entry.id] = Header(entry.id, known.date or entry.date, derived, (*known.no_claims, *entry.no_claims))
        for entry in entries:
            for name in entry.derived_from:
                if name not in found and not self._has_lost_ids:
                    cause = f"derived_from of source {entry.id}: expected the id of a source that a file declares, found no {shown(name)!r}"
                    self._report_at(entry.origin.of("derived_from"), "E-REF", cause, nearest(name, found))
        return found

    def _source(self, entry: SourceEntry, path: str) -> Source | None:
        if entry.text is None:
            return None
        folder = os.path.dirname(path) or "."
        data, problem = read_within(folder, entry.text)
        if problem is not None or data is None:
            at = entry.origin
            if problem is not None:
                self._problems.append(attrs.evolve(problem, path=at.path, line=at.line, column=at.column))
            return None
        shown_path = os.path.normpath(os.path.join(folder, entry.text)).replace(os.sep, "/")
        source, problems = Source.from_bytes(
            entry.id, data, path=shown_path, language=entry.language, date=entry.date, pinned=entry.sha256, encoding=entry.encoding
        )
        self._problems += [each for each in problems if each.code != "E-DIGEST"]
        return source

    def _report_at(self, at: Origin, code: str, cause: str, hint: str = "") -> None:
        self._problems.append(Problem(code, cause, hint, at.path, at.line, at.column))

    def _dataset(self, sources: dict[str, Source]) -> Dataset:
        entities = self._distinct(each for file in self._files for each in file.entities)
        facts = self._distinct((each for file in self._files for each in file.facts), entities)
        ambiguities = self._ambiguities({**entities, **facts})
        dataset = Dataset(
            self._schema,
            {each.id: each for each in entities.values()},  # type: ignore[misc]  # the first holds entities only
            {each.id: each for each in facts.values()},  # type: ignore[misc]  # and the second facts
            tuple(ambiguities),
            sources,
            headers=self._headers(),
        )
        dataset = dataset.under({each.name: each.held.name for each in ambiguities if each.held is not None})
        return self._without_dangling(dataset)

    def _distinct(self, records: Iterable[Record], others: "dict[str, Record] | None" = None) -> dict[str, Record]:
        found: dict[str, Record] = {}
        for record in records:
            twin = found.get(record.id.casefold()) or (others or {}).get(record.id.casefold())
            if twin is None:
                found[record.id.casefold()] = record
            else:
                at = record.origin.of("id")
                same = "" if twin.id == record.id else f" ({twin.id}, which differs in case only)"
                self._report_at(at, "E-ID-DUP", f"expected ids that occur once, {record.id!r} stands also at {twin.origin.of('id')}{same}")
        return found

    def _ambiguities(self, others: dict[str, Record]) -> list[Ambiguity]:
        merged: dict[str, dict[str, Reading]] = {}
        places: dict[tuple[str, str], Origin] = {}
        for file in self._files:
            for ambiguity, reading, origin in file.readings:
                readings = merged.setdefault(ambiguity, {})
                known = readings.get(reading.name)
                twins = [name for name in reading.facts if (known and name in known.facts) or name.casefold() in others]
                if twins:
                    self._report_at(origin, "E-ID-DUP", f"fact {twins[0]!r} has the reading {reading.name!r} of {ambiguity!r} twice, or stands elsewhere")
                    continue
                facts = {**(known.facts if known else {}), **reading.facts}
                readings[reading.name] = Reading(reading.name, facts, reading.is_held or (known is not None and known.is_held))
                places.setdefault((ambiguity, reading.name), origin)
        return [self._ambiguity(name, list(readings.values()), places) for name, readings in sorted(merged.items())]

    def _ambiguity(self, name: str, readings: list[Reading], places: dict[tuple[str, str], Origin]) -> Ambiguity:
        held = [each for each in readings if each.is_held]
        for extra in held[1:]:
            self._report_at(places[name, extra.name], "E-READING", f"expected one held reading of {name!r}, found {held[0].name!r} and {extra.name!r}")
        return Ambiguity(name, tuple(attrs.evolve(each, is_held=each in held[:1]) for each in readings))

    def _without_dangling(self, dataset: Dataset) -> Dataset:
        """Reports roles that point at nothing (unless what they point at was lost with its file), and drops their facts."""
        broken = {name for file in self._files for name in file.broken}
        for problem in dataset.role_problems():
            is_lost = problem.code == "E-REF" and (self._has_lost_ids or any(f"{name!r}" in problem.cause for name in broken))
            if not is_lost:
                self._problems.append(problem)
        self._problems += dataset.circle_problems()
        while dropped := {fact.id for fact in dataset.iter_facts() if self._dangles(dataset, fact)}:
            dataset = dataset.without(dropped)
        return dataset

    def _dangles(self, dataset: Dataset, fact: Fact) -> bool:
        """Whether a role of a fact leads to no record of its type, in no reading of any passage."""
        for field in dataset.type_of(fact).roles:
            target = getattr(fact, field.name)
            if target is not None and not dataset.has(target, field.target):
                record = dataset.records.get(target)
                found = [record] if record is not None else [each for each in dataset.iter_facts() if each.id == target]
                if not any(type(each).__name__ in self._schema.subtypes(field.target) for each in found):
                    return True
        return False

    def _distinct_rules(self) -> tuple[Rule, ...]:
        found: dict[str, Rule] = {}
        for rule in self._rules:
            twin = found.setdefault(rule.id.casefold(), rule)
            if twin is not rule:
                self._report_at(rule.origin, "E-ID-DUP", f"expected rule ids that occur once, {rule.id!r} stands also at {twin.origin}")
        return tuple(found.values())
