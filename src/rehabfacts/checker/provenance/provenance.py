"""Provenance judged as demands of built-in rules: sources, quotes, what is stated in them, and whom they mention."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from rehabfacts.checker.provenance.mentions import Mentions, mentioned_roles, sources_of
from rehabfacts.checker.provenance.stated import SUPPOSED, Statement, is_excused, statements
from rehabfacts.dataset import Dataset
from rehabfacts.engines.groundings import Grounding, Instance
from rehabfacts.errors import Problem
from rehabfacts.names import Reasons
from rehabfacts.origins import Origin
from rehabfacts.quotes import Anchor, Anchors
from rehabfacts.rules.plans import Plan
from rehabfacts.rules.rules import Mode, Rule, Severity
from rehabfacts.schema import Fact, Names
from rehabfacts.sources import Source
from rehabfacts.verdicts import Verdict

_FACT, _ENTITY = Plan((("f", "Fact"),)), Plan((("e", "Entity"),))
QUOTE_IN_SOURCE = Rule(
    "quote-in-source", Mode.REQUIRE, "the quote stands in the source, once, as it is written", _FACT,
    says=Names(en="A quote stands in its source, once, but for the normalisations that are named."),
    why=Names(en="A fact whose words the source does not hold is no fact of that source."), pack="built-in", rank=1,
)  # fmt: skip
SOURCE_AS_PINNED = Rule(
    "source-as-pinned", Mode.REQUIRE, "the text of the source has the SHA-256 that the facts give", Plan((("s", "Source"),)),
    says=Names(en="A source is the text that its facts were taken from."),
    why=Names(en="When the text has changed, nobody knows whether it still says what is quoted."), pack="built-in", rank=0,
)  # fmt: skip
STATED_IN_QUOTE = Rule(
    "stated-in-quote", Mode.REQUIRE, "the date or number stands in the quote, or is explained under inferred", _FACT,
    says=Names(en="A date or number that a fact states stands in its quote, or is explained."),
    why=Names(en="A date that the quoted words do not give is the author's, not the source's."), pack="built-in", rank=2,
)  # fmt: skip
HEDGE_OF_QUOTE_KEPT = Rule(
    "hedge-of-quote-kept", Mode.REQUIRE, "what the quote says of the date or number is stated too, or explained", _FACT,
    says=Names(en="A date or number that the quote hedges or rounds is stated with its hedge."),
    why=Names(en="“About 300” stated as 300 claims more than the source does."),
    severity=Severity.NOTE, pack="built-in", rank=2,
)  # fmt: skip
INFERRED_NOT_IN_QUOTE = Rule(
    "inferred-not-in-quote", Mode.REQUIRE, "what is explained under inferred is stated, and not by the quote", _FACT,
    says=Names(en="What is explained as inferred is not in the quote."),
    why=Names(en="A reason that nothing needs any more hides that the value can be looked up."),
    severity=Severity.NOTE, pack="built-in", rank=2,
)  # fmt: skip
MENTION_IN_QUOTE = Rule(
    "mention-in-quote", Mode.REQUIRE, "a mention of the entity stands in the quote, or its lack is explained under inferred", _FACT,
    says=Names(en="A quote mentions the entities that its fact speaks of, or it is explained how they are meant."),
    why=Names(en="Where the quote says “it”, a reader must be told whom the author takes it for."),
    severity=Severity.WARNING, pack="built-in", rank=2,
)  # fmt: skip
MENTION_IN_SOURCE = Rule(
    "mention-in-source", Mode.REQUIRE, "each mention of the entity stands in a source of the facts that speak of it", _ENTITY,
    says=Names(en="A mention of an entity stands in a source that speaks of it."),
    why=Names(en="A mention that no source holds finds nothing, so nothing would be missed."), pack="built-in", rank=2,
)  # fmt: skip


SWITCHABLE = (STATED_IN_QUOTE, HEDGE_OF_QUOTE_KEPT, INFERRED_NOT_IN_QUOTE, MENTION_IN_QUOTE, MENTION_IN_SOURCE)
"""The built-in rules that settings can switch off or weigh otherwise; whether a quote is there at all is always asked."""


def iter_warnings(dataset: Dataset, anchors: Mapping[str, Anchor]) -> Iterator[Problem]:
    """What is to be looked at in quotes that do stand in their sources, each where the quote is written."""
    for name, anchor in anchors.items():
        for code, _, cause in (note.partition(" ") for note in anchor.notes if anchor.is_verified and note.startswith("W-")):
            at = dataset.facts[name].origin.of("quote")
            yield Problem(code, cause, "", at.path, at.line, at.column)


class Remark:
    """What is to be told of a demand on provenance that is violated, and where its value is written."""

    __slots__ = ("origin", "text")

    def __init__(self, text: str, origin: Origin) -> None:
        self.text, self.origin = text, origin


class Provenance:
    """The places of quotes, by fact, and the remarks on what is violated, by the key of the instance."""

    __slots__ = ("anchors", "remarks")

    def __init__(self) -> None:
        self.anchors: dict[str, Anchor] = {}
        self.remarks: dict[tuple[str, tuple[str, ...]], Remark] = {}


class QuoteJudge:
    """Finds the quotes of a dataset's facts and what is stated in them, each once however many worlds ask for it."""

    def __init__(self, sources: Iterable[Source], rules: Iterable[Rule] = SWITCHABLE) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._anchors = Anchors(sources)
        self._mentions = Mentions(self._anchors)
        self._found: dict[tuple[str, str], Anchor] = {}

    def judge(
        self, grounding: Grounding, *, only: Collection[str] | None = None, spoken: Mapping[str, frozenset[str]] | None = None
    ) -> Provenance:
        """Each quote, each value and each mention becomes an instance of a built-in rule; of the facts named only, if any are.

        Then the entities' own mentions are looked for only in the sources that `spoken` names beside them.
        """
        provenance = Provenance()
        dataset = grounding.dataset
        if only is None:
            for name, pinned in sorted(dataset.sources.items()):
                if pinned.pinned is not None:
                    answer = Verdict.YES if pinned.is_as_pinned else Verdict.NO
                    grounding.instances.append(Instance(SOURCE_AS_PINNED, (name,), (), (), answer))
        quoted = [fact for name, fact in sorted(dataset.facts.items()) if self._is_quoted(dataset, fact) and (only is None or name in only)]
        for fact in quoted:
            anchor = provenance.anchors[fact.id] = self._anchor(str(fact.source), str(fact.quote))
            answer = Verdict.YES if anchor.is_verified else Verdict.NO
            grounding.instances.append(Instance(QUOTE_IN_SOURCE, (fact.id,), (fact.id,), (), answer))
        demands = (each for fact in quoted for each in self._demands(dataset, fact, provenance.anchors[fact.id]))
        otherwise = self._otherwise_read(dataset) if only is None else ()
        beside = (*otherwise, *self._entities(grounding, sources_of(dataset) if only is None else spoken or {}))
        for instance, remark in (*demands, *beside):
            grounding.instances.append(instance)
            if instance.answer is Verdict.NO:
                provenance.remarks[instance.key] = remark
        return provenance

    def _is_quoted(self, dataset: Dataset, fact: Fact) -> bool:
        source = dataset.sources.get(fact.source or "")
        return fact.quote is not None and source is not None and source.is_as_pinned

    def _anchor(self, source: str, quote: str) -> Anchor:
        found = self._found.get((source, quote))
        if found is None:
            found = self._found[source, quote] = self._anchors.find(source, quote)
        return found

    def _demands(self, dataset: Dataset, fact: Fact, anchor: Anchor) -> Iterator[tuple[Instance, Remark]]:
        found = tuple(statements(dataset, fact, dataset.sources[anchor.source].language))
        roles = self._roles(dataset, fact, anchor)
        for demanded, field, is_met, text in (*_stated(fact, found), *_mentioned(fact, roles), *_inferred(dataset, fact, found, roles)):
            rule = self._rules.get(demanded.id)
            if rule is not None:
                answer = Verdict.YES if is_met else Verdict.NO
                yield Instance(rule, (f"{fact.id}.{field}",), (fact.id,), (), answer), Remark(text, fact.origin.of(field))

    def _otherwise_read(self, dataset: Dataset) -> Iterator[tuple[Instance, Remark]]:
        """What the readings that are not taken state otherwise than the one that is: it must stand in the quote as well."""
        for ambiguity in dataset.ambiguities:
            for reading in ambiguity.readings:
                for name, fact in reading.facts.items() if reading.name != dataset.taken.get(ambiguity.name) else ():
                    taken = dataset.facts.get(name)
                    if taken is not None and self._is_quoted(dataset, fact):
                        yield from self._differing(dataset, taken, fact, f"{ambiguity.name}={reading.name}")

    def _differing(self, dataset: Dataset, taken: Fact, fact: Fact, reading: str) -> Iterator[tuple[Instance, Remark]]:
        anchor = self._anchor(str(fact.source), str(fact.quote))
        if fact.quote != taken.quote:
            answer = Verdict.YES if anchor.is_verified else Verdict.NO
            told = f"under the reading {reading} the quote is {anchor.state.value}"
            yield Instance(QUOTE_IN_SOURCE, (fact.id, reading), (fact.id,), (), answer), Remark(told, fact.origin.of("quote"))
        for instance, remark in self._demands(dataset, fact, anchor):
            field = instance.binding[0].removeprefix(f"{fact.id}.")
            if getattr(fact, field) != getattr(taken, field) or fact.quote != taken.quote:
                yield (
                    Instance(instance.rule, (*instance.binding, reading), instance.facts, (), instance.answer),
                    Remark(f"under the reading {reading} {remark.text}", remark.origin),
                )

    def _roles(self, dataset: Dataset, fact: Fact, anchor: Anchor) -> Mapping[str, bool]:
        """The roles whose entities have mentions, and whether one of them stands in the quote; none where the quote stands nowhere."""
        if not anchor.is_verified:
            return {}
        roles = mentioned_roles(dataset, fact)
        return {name: any(self._mentions.is_within(each, anchor) for each in entity.mentions) for name, entity in roles.items()}

    def _entities(self, grounding: Grounding, spoken: Mapping[str, frozenset[str]]) -> Iterator[tuple[Instance, Remark]]:
        """The mentions of each entity; where a source that could hold them cannot be read, nothing is said of those not found."""
        dataset, rule = grounding.dataset, self._rules.get(MENTION_IN_SOURCE.id)
        if rule is None:
            return
        read = {name for name, source in dataset.sources.items() if source.is_as_pinned}
        for name, sources in sorted(spoken.items()) if read else ():
            entity = dataset.entities[name]
            missing = self._mentions.missing(entity, sorted(sources & read))
            if missing and not sources <= read:
                grounding.not_stated[rule.id] = grounding.not_stated.get(rule.id, 0) + 1
                continue
            text = f"no source of the facts about it says {', '.join(f'“{each}”' for each in missing)}"
            answer = Verdict.NO if missing else Verdict.YES
            yield Instance(rule, (name,), (), (), answer), Remark(text, entity.origin.of("mentions"))


_Demand = tuple[Rule, str, bool, str]


def _stated(fact: Fact, found: Iterable[Statement]) -> Iterator[_Demand]:
    reasons = fact.inferred or Reasons()
    for each in found:
        told = f"{each.field} says {getattr(fact, each.field)}, {each.instead}"
        yield STATED_IN_QUOTE, each.field, each.is_found or is_excused(each, reasons), told
        if each.lost:
            told = f"{each.field} says {getattr(fact, each.field)}, {' and '.join(each.lost)}"
            yield HEDGE_OF_QUOTE_KEPT, each.field, each.field in reasons, told


def _mentioned(fact: Fact, roles: Mapping[str, bool]) -> Iterator[_Demand]:
    reasons = fact.inferred or Reasons()
    for name, is_mentioned in roles.items():
        told = f"{name} is {getattr(fact, name)}, and the quote has none of its mentions"
        yield MENTION_IN_QUOTE, name, is_mentioned or name in reasons or "" in reasons, told


def _inferred(dataset: Dataset, fact: Fact, found: Iterable[Statement], roles: Mapping[str, bool]) -> Iterator[_Demand]:
    """Whether each reason for a field has something left to explain."""
    stale = {each.field for each in found if each.is_found and not each.lost} | {name for name, is_mentioned in roles.items() if is_mentioned}
    for name, reason in (fact.inferred or Reasons()).items():
        if name and reason != SUPPOSED:
            is_unstated = name in dataset.type_of(fact).fields and getattr(fact, name) in (None, ())
            told = f"{name} is not stated" if is_unstated else f"the quote has {name} itself: {getattr(fact, name)}"
            yield INFERRED_NOT_IN_QUOTE, name, not (name in stale or is_unstated), told
