"""Quotes judged as demands of two built-in rules: the source says what it is quoted with, and is the text it was."""

from collections.abc import Mapping

from rehabfacts.engines.groundings import Grounding, Instance
from rehabfacts.quotes import Anchor, Anchors
from rehabfacts.rules.plans import Plan
from rehabfacts.rules.rules import Mode, Rule
from rehabfacts.schema import Names
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


def find_anchors(grounding: Grounding) -> Mapping[str, Anchor]:
    """The places of all quotes, by fact; each becomes an instance of a built-in rule."""
    dataset = grounding.dataset
    for name, source in sorted(dataset.sources.items()):
        if source.pinned is not None:
            answer = Verdict.YES if source.is_as_pinned else Verdict.NO
            grounding.instances.append(Instance(SOURCE_AS_PINNED, (name,), (), (), answer))
    anchors = Anchors(dataset.sources.values())
    found: dict[str, Anchor] = {}
    for name, fact in sorted(dataset.facts.items()):
        source = dataset.sources.get(fact.source or "")
        if fact.quote is not None and source is not None and source.is_as_pinned:
            found[name] = anchors.find(source.id, fact.quote)
            answer = Verdict.YES if found[name].is_verified else Verdict.NO
            grounding.instances.append(Instance(QUOTE_IN_SOURCE, (name,), (name,), (), answer))
    return found
