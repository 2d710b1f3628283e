"""What came from what, as statements of the W3C PROV data model (2013), before any of its notations.

Sources, facts, rules and conclusions are entities; whoever a source says a fact from is an agent; the check is an
activity that used facts and rules and gave the conclusions. A fact is quoted from its source, a conclusion derived
from the facts that its instance is bound to, or that its conflict or bound rests on.
"""

from collections.abc import Iterator

from rehabfacts.checker.judging.judging import Outcome
from rehabfacts.checker.reports import Report
from rehabfacts.checker.stories import sentence, tell_bound
from rehabfacts.engines.groundings import Instance
from rehabfacts.exports.identifiers import Naming
from rehabfacts.plain import plain


@plain
class Thing:
    """An entity, activity or agent (`kind`), with its type in this package's words and its attributes."""

    kind: str
    iri: str
    type: str
    attributes: tuple[tuple[str, str], ...] = ()


@plain
class Relation:
    """`subject` stands in the PROV relation `name` to `object`; `plan` names the rules that an association followed."""

    name: str
    subject: str
    object: str


def statements(report: Report, naming: Naming) -> Iterator[Thing | Relation]:
    """Everything in a fixed order: things before what is said of them."""
    check = naming.of("check")
    agent = naming.of("software", "rehabfacts")
    yield Thing("agent", agent, "SoftwareAgent", (("label", "rehabfacts"),))
    yield Thing("activity", check, "Check", (("complete", str(report.is_complete).lower()),))
    yield Relation("wasAssociatedWith", check, agent)
    yield from _sources(report, naming)
    yield from _facts(report, naming, check)
    rules = {rule.id: rule for rule in (*report.rules, *(instance.rule for instance in report.outcomes))}
    for _, rule in sorted(rules.items()):
        iri = naming.of("rule", rule.id)
        yield Thing("entity", iri, "Rule", (("label", rule.sentence), ("formula", rule.formula), ("severity", str(rule.severity))))
        yield Relation("used", check, iri)
    yield from _verdicts(report, naming, check)
    yield from _bounds(report, naming, check)


def _sources(report: Report, naming: Naming) -> Iterator[Thing | Relation]:
    for name, source in sorted(report.dataset.sources.items()):
        attributes = (("label", name), ("path", source.path), ("sha256", source.sha256), ("language", source.language or ""))
        yield Thing("entity", naming.of("source", name), "Source", tuple((key, value) for key, value in attributes if value))


def _facts(report: Report, naming: Naming, check: str) -> Iterator[Thing | Relation]:
    dataset, speakers = report.dataset, set[str]()
    for name, fact in sorted(dataset.facts.items()):
        iri = naming.of("fact", name)
        anchor = report.main.anchors.get(name)
        attributes = (
            ("label", sentence(dataset, fact)), ("status", fact.status), ("quote", fact.quote or ""), ("cites", fact.cites or ""),
            ("quoteState", "" if anchor is None else anchor.state.value), ("path", fact.origin.path), ("line", str(fact.origin.line or "")),
        )  # fmt: skip
        yield Thing("entity", iri, type(fact).__name__, tuple((key, value) for key, value in attributes if value))
        yield Relation("used", check, iri)
        if fact.source in dataset.sources:
            yield Relation("wasQuotedFrom" if fact.quote else "wasDerivedFrom", iri, naming.of("source", fact.source or ""))
        if fact.according_to:
            speaker = naming.of("entity", fact.according_to)
            if speaker not in speakers:
                speakers.add(speaker)
                yield Thing("agent", speaker, "Speaker", (("label", fact.according_to),))
            yield Relation("wasAttributedTo", iri, speaker)


def _verdicts(report: Report, naming: Naming, check: str) -> Iterator[Thing | Relation]:
    conflicts = {id(each.headline): each for each in report.main.judging.conflicts}
    for instance, outcome in report.outcomes.items():
        iri = naming.of("verdict", instance.rule.id, *instance.binding)
        yield Thing("entity", iri, "Verdict", (("outcome", outcome.value), ("rule", instance.rule.id)))
        yield Relation("wasGeneratedBy", iri, check)
        yield Relation("wasDerivedFrom", iri, naming.of("rule", instance.rule.id))
        conflict = conflicts.get(id(instance)) if outcome is Outcome.VIOLATED else None
        for fact in instance.facts if conflict is None else conflict.facts:
            yield Relation("wasDerivedFrom", iri, naming.of("fact", fact))
        for other in () if conflict is None else _rules(conflict.instances, instance):
            yield Relation("wasDerivedFrom", iri, naming.of("rule", other))


def _rules(instances: tuple[Instance, ...], headline: Instance) -> list[str]:
    return list(dict.fromkeys(each.rule.id for each in instances if each.rule.id != headline.rule.id))


def _bounds(report: Report, naming: Naming, check: str) -> Iterator[Thing | Relation]:
    """The bounds that follow: those that are tighter than what facts state."""
    for bound in report.bounds():
        if bound.stated == bound.tightened:
            continue
        iri = naming.of("bound", bound.record, bound.name)
        ends = (("least", bound.tightened[0]), ("greatest", bound.tightened[1]))
        yield Thing("entity", iri, "Bound", tuple((key, str(value)) for key, value in ends if value is not None))
        yield Relation("wasGeneratedBy", iri, check)
        reasons = (tell_bound(report.main, bound, is_latest=is_latest) for is_latest in (False, True))
        for fact in dict.fromkeys(member.id for reason in reasons if reason is not None for member in reason.members):
            yield Relation("wasDerivedFrom", iri, naming.of("fact", fact))
