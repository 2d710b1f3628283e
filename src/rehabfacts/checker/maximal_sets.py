"""Which sources can all be right together: the sets of them that nothing can be added to without a conflict.

From all sources downwards: where a set has a conflict, one of those who speak in it must leave, and each of them is
tried. A conflict found in a set is one in every part of it that those who speak in it are in, so few sets are judged
(in larger ones, facts can supersede others or excuse from a convention). What is found is every maximal set, unless
more sets than the limit have to be looked at.
"""

import itertools
import math
from collections.abc import Iterable, Sequence

from rehabfacts.checker.attributions.attribution import (
    binding,
    sources_of,
    speakers_of,
    voice_of,
    without_facts,
)
from rehabfacts.checker.attributions.reliability import Reliability
from rehabfacts.checker.judging.conflicts import Conflict
from rehabfacts.checker.judging.judging import CUT_SHORT
from rehabfacts.checker.violations import Violation
from rehabfacts.checker.worlds import ON_QUOTES, World, WorldMaker, is_doubtful, severity_of
from rehabfacts.dataset import Dataset
from rehabfacts.errors import InvalidInput, Problem
from rehabfacts.plain import plain
from rehabfacts.rules.rules import Mode, Rule, Severity
from rehabfacts.schema import Fact
from rehabfacts.settings import Settings

MOST_SETS = 4_096
_MOST_EXPLAINED = 64
_MOST_WAYS = 256
Voices = frozenset[str]


@plain
class Clash:
    """The shortest conflict that a voice brings."""

    voice: str
    violation: Violation


@plain
class MaximalSet:
    """Voices that can all be right, and for each one left out (but for those that contradict themselves) what it would bring.

    `left_out` is None where too many sets were found to explain each.
    """

    members: tuple[str, ...]
    left_out: tuple[Clash, ...] | None


@plain
class MaximalSets:
    """The maximal sets of the sources of a dataset (or of its speakers), those of the most reliable first.

    `alone` are those that contradict themselves, so that they are in no set; `background` is a conflict of facts that
    nobody is named for. `tried` sets were looked at; if that was not enough (`is_complete`), sets are missing.
    """

    voices: tuple[str, ...]
    sets: tuple[MaximalSet, ...]
    alone: tuple[Clash, ...]
    background: Violation | None
    tried: int
    is_complete: bool
    complaints: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()


def find_maximal_sets(
    dataset: Dataset, rules: Sequence[Rule], settings: Settings, *, by_speaker: bool = False, most: int = MOST_SETS
) -> MaximalSets:
    """The maximal sets of sources that can all be right; of speakers, each source's own words being one more.

    Sources can all be right if no error follows from their facts, and the facts do not contradict each other. Held
    readings are taken as held; of others, one that holds is enough. Doubtful facts are left out.

    Raises InvalidInput if speakers are asked for and one has the id of a source.
    """
    both = sorted({*speakers_of(dataset)} & {*sources_of(dataset)}) if by_speaker else ()
    if both:
        raise InvalidInput(tuple(Problem("E-CONFIG", f"{name!r} is a source and a speaker", "rename one of them") for name in both))
    return _Search(dataset, rules, settings, by_speaker=by_speaker, most=most).run()


class _Search:
    def __init__(self, dataset: Dataset, rules: Sequence[Rule], settings: Settings, *, by_speaker: bool, most: int) -> None:
        self._dataset = dataset
        self._by_speaker, self._most = by_speaker, most
        self._maker = WorldMaker(rules, settings.widths, (), without=settings.without)
        self._reliability = Reliability(settings.reliability)
        self._voices = self._reliability.ordered({voice for fact in self._dataset.iter_facts() if (voice := self._voice(fact)) is not None})
        self._is_superseding = any(fact.superseded_by is not None for fact in self._dataset.iter_facts())
        self._is_excusing = _has_excuses(self._dataset, rules)
        self._worlds: dict[Voices, list[World]] = {}
        self._clashing: list[tuple[Voices, Voices]] = []
        self._complaints: dict[str, None] = {}
        self._unfinished: dict[str, None] = {}

    def run(self) -> MaximalSets:
        found, tried = self._search()
        is_complete = tried <= self._most
        found = self._largest(found if is_complete else map(self._grown, found[:_MOST_EXPLAINED]))
        background = None if found else self._shortest(frozenset(), None)
        found = [each for each in found if each]
        named = {name for each in found for name in each}
        alone = [] if background else self._clashes((name for name in self._voices if name not in named), frozenset())
        beside = [name for name in self._voices if name not in {each.voice for each in alone}]
        explained = [self._explained(each, beside) for each in found[:_MOST_EXPLAINED]]
        return MaximalSets(
            self._voices, (*explained, *(MaximalSet(self._reliability.ordered(each), None) for each in found[_MOST_EXPLAINED:])),
            tuple(alone), background, min(tried, self._most), is_complete, tuple(self._complaints), tuple(self._unfinished),
        )  # fmt: skip

    def _voice(self, fact: Fact) -> str | None:
        return voice_of(fact) if self._by_speaker else fact.source

    def _search(self) -> tuple[list[Voices], int]:
        """Every set without a conflict below all voices that is not part of one found before; and how many were looked at."""
        stack, seen, found = [frozenset(self._voices)], set[Voices](), list[Voices]()
        while stack and len(seen) <= self._most:
            chosen = stack.pop()
            if chosen in seen or any(chosen <= each for each in found):
                continue
            seen.add(chosen)
            if len(seen) > self._most:
                break
            leavers = self._clash_within(chosen)
            if leavers is None:
                found.append(chosen)
            else:
                stack += [chosen - {name} for name in self._reliability.ordered(leavers)]
        return found, len(seen)

    def _largest(self, found: Iterable[Voices]) -> list[Voices]:
        """Those that are part of no other one, in the order in which they are told."""
        every = set(found)
        largest = [each for each in every if not any(each < other for other in every)]
        return sorted(largest, key=lambda each: (self._reliability.weight(each), self._reliability.ordered(each)))

    def _grown(self, chosen: Voices) -> Voices:
        """The set with all that can be added one by one: what a search that was cut short may not have come by."""
        for name in self._voices:
            if name not in chosen and self._clash_within(chosen | {name}) is None:
                chosen |= {name}
        return chosen

    def _clash_within(self, chosen: Voices) -> Voices | None:
        """Voices of which one must leave the set; None if all can be right."""
        known = next((each for each, within in self._clashing if each <= chosen <= within), None)
        if known is not None:
            return known
        worlds = self._judged(chosen)
        conflicts = [_relevant(world) for world in worlds]
        if not all(conflicts):
            return None
        if self._is_superseding and self._is_excusing:  # what leaves can bring back a fact that excuses from the conflict
            return chosen
        by_world = [sorted((self._speaking(world, each) for each in found), key=len) for world, found in zip(worlds, conflicts, strict=True)]
        learned = by_world[0] if len(by_world) == 1 else [frozenset().union(*(each[0] for each in by_world))]
        within = chosen if self._is_superseding or self._is_excusing else frozenset(self._voices)
        self._clashing += [(each, within) for each in learned]
        return min(learned, key=len)

    def _speaking(self, world: World, conflict: Conflict) -> Voices:
        """Whose facts a conflict is made of, and rests on."""
        facts, queue, seen = world.dataset.facts, list(conflict.facts), set[str]()
        while queue:
            name = queue.pop()
            if name in facts and name not in seen:
                seen.add(name)
                queue += world.dataset.parts_of(facts[name])
        return frozenset(voice for name in seen if (voice := self._voice(facts[name])) is not None)

    def _judged(self, chosen: Voices, *, is_certified: bool = False) -> list[World]:
        """The worlds of a set's facts, one for each way to read passages of which no reading is held."""
        known = self._worlds.get(chosen)
        if known is not None and (not is_certified or known[0].certificate):
            return known
        kept = self._dataset.without(
            fact.id for fact in self._dataset.iter_facts() if (voice := self._voice(fact)) is not None and voice not in chosen
        )
        worlds = [self._world(kept.under(taken), chosen, is_certified=is_certified) for taken in self._readings(kept)]
        if is_certified:
            self._worlds[chosen] = worlds
        return worlds

    def _readings(self, dataset: Dataset) -> list[dict[str, str]]:
        """Every way to read the passages together: held readings as they are held, each of the others."""
        held = {each.name: each.held.name for each in dataset.ambiguities if each.held is not None}
        others = [each for each in dataset.ambiguities if each.held is None]
        if math.prod(len(each.readings) for each in others) > _MOST_WAYS:
            self._unfinished[f"more than {_MOST_WAYS} ways to read passages together: only the first readings were tried"] = None
            return [{**held, **{each.name: each.readings[0].name for each in others}}]
        names = [[(each.name, reading.name) for reading in each.readings] for each in others]
        return [{**held, **dict(way)} for way in itertools.product(*names)]

    def _world(self, dataset: Dataset, chosen: Voices, *, is_certified: bool) -> World:
        bound = binding(dataset)
        certain = without_facts(bound, {*bound.unread, *(fact.id for fact in bound.facts.values() if is_doubtful(bound, fact))})
        name = ", ".join(self._reliability.ordered(chosen)) or "nobody"
        world = self._maker.world(name, certain, with_quotes=False, is_certified=is_certified)
        self._complaints.update((f"{name}: {complaint}", None) for complaint in world.complaints)
        self._unfinished.update(dict.fromkeys(world.unfinished))
        if not CUT_SHORT.isdisjoint(world.judging.outcomes.values()):
            self._unfinished[f"{name}: not every demand was evaluated"] = None
        return world

    def _explained(self, members: Voices, beside: Iterable[str]) -> MaximalSet:
        """The set, proven, with what each of the others would bring that do not contradict themselves."""
        self._judged(members, is_certified=True)
        return MaximalSet(self._reliability.ordered(members), tuple(self._clashes((name for name in beside if name not in members), members)))

    def _clashes(self, names: Iterable[str], members: Voices) -> list[Clash]:
        found = ((name, self._shortest(self._clashing_with(name, members | {name}), name)) for name in names)
        return [Clash(name, violation) for name, violation in found if violation is not None]

    def _clashing_with(self, name: str, chosen: Voices) -> Voices:
        """The fewest of the set who are known to clash with one of them; all of it if that is not known."""
        known = [each for each, within in self._clashing if name in each and each <= chosen <= within]
        return min(known, key=lambda each: (len(each), sorted(each)), default=chosen)

    def _shortest(self, chosen: Voices, name: str | None) -> Violation | None:
        """The conflict of a set with the fewest members, one in which the voice speaks if there is one."""
        found = [(world, each) for world in self._judged(chosen, is_certified=True) for each in _relevant(world)]
        order = sorted(found, key=lambda pair: _telling(pair, is_own=name is None or name in self._speaking(*pair)))
        return Violation(order[0][1], order[0][0]) if order else None


def _telling(pair: tuple[World, Conflict], *, is_own: bool) -> tuple[bool, int, str, tuple[str, ...]]:
    conflict = pair[1]
    return not is_own, len(conflict.members), conflict.headline.rule.id if conflict.headline else "", conflict.facts


def _relevant(world: World) -> list[Conflict]:
    """The conflicts that show that somebody is wrong: of errors, and of facts that contradict each other."""
    return [each for each in world.judging.conflicts if _is_relevant(each, world.dataset)]


def _is_relevant(conflict: Conflict, dataset: Dataset) -> bool:
    if conflict.headline is None:
        return True
    rule = conflict.headline.rule
    return rule.mode is not Mode.EXISTS and rule.pack not in ON_QUOTES and severity_of(conflict, dataset) is Severity.ERROR


def _has_excuses(dataset: Dataset, rules: Iterable[Rule]) -> bool:
    """Whether facts are there that keep a rule from speaking (its `unless`), so that more facts can mean fewer conflicts."""
    kinds = {kind for rule in rules for unless in rule.plan.unless for _, kind in unless.scans}
    names = {subtype for kind in kinds for subtype in dataset.schema.subtypes(kind)}
    return any(type(fact).__name__ in names for fact in dataset.iter_facts())
