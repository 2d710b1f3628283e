"""Quotes judged as demands of two built-in rules: the source says what it is quoted with, and is the text it was."""

from collections.abc import Iterable, Mapping

from rehabfacts.engines.groundings import Grounding, Instance
from rehabfacts.quotes import Anchor, Anchors
from rehabfacts.rules.plans import Plan
from rehabfacts.rules.rules import Mode, Rule
from rehabfacts.schema import Names
from rehabfacts.sources import Source
from rehabfacts.verdicts import Verdict

QUOTE_IN_SOURCE = Rule(
    "quote-in-source", Mode.REQUIRE, "the quote stands in the source, once, as it is written", Plan((("f", "Fact"),)),
    says=Names(en="A quote stands in its source, once, but for the normalisations that are named."),
    why=Names(en="A fact whose words the source does not hold is no fact of that source."), pack="built-in", rank=1,
)  # fmt: skip
SOURCE_AS_PINNED = Rule(
    "source-as-pinned", Mode.REQUIRE, "the text of the source has the SHA-256 that the facts give", Plan((("s", "Source"),)),
    says=Names(en="A source is the text that its facts were taken from."),
    why=Names(en="When the text has changed, nobody knows whether it still says what is quoted."), pack="built-in", rank=0,
)  # fmt: skip


class QuoteJudge:
    """Finds the quotes of a dataset's facts, each once however many worlds ask for it."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._anchors = Anchors(sources)
        self._found: dict[tuple[str, str], Anchor] = {}

    def judge(self, grounding: Grounding) -> Mapping[str, Anchor]:
        """The places of all quotes, by fact; each quote and each pinned source becomes an instance of a built-in rule."""
        dataset = grounding.dataset
        for name, pinned in sorted(dataset.sources.items()):
            if pinned.pinned is not None:
                answer = Verdict.YES if pinned.is_as_pinned else Verdict.NO
                grounding.instances.append(Instance(SOURCE_AS_PINNED, (name,), (), (), answer))
        found: dict[str, Anchor] = {}
        for name, fact in sorted(dataset.facts.items()):
            source = dataset.sources.get(fact.source or "")
            if fact.quote is not None and source is not None and source.is_as_pinned:
                found[name] = self._anchor(source.id, fact.quote)
                answer = Verdict.YES if found[name].is_verified else Verdict.NO
                grounding.instances.append(Instance(QUOTE_IN_SOURCE, (name,), (name,), (), answer))
        return found

    def _anchor(self, source: str, quote: str) -> Anchor:
        found = self._found.get((source, quote))
        if found is None:
            found = self._found[source, quote] = self._anchors.find(source, quote)
        return found
