"""Flaws of rules, proven on the rules alone: what cannot be violated, what others imply, and what contradicts others.

A rule is bound to symbolic records that state nothing of any time or number; definitions and conventions apply. Then the
solver is asked for a dating under which it is violated, and for one under which it holds.
"""

import contextlib
import enum
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from rehabfacts.checker.rule_proofs.symbol_values import ImpossibleError
from rehabfacts.checker.rule_proofs.symbols import (
    Place,
    Symbols,
    TooManyCasesError,
    every_case,
    make_symbols,
    typed_places,
    why_never_bound,
)
from rehabfacts.checker.rule_proofs.trials import Trial
from rehabfacts.errors import InvalidInput
from rehabfacts.network.contradictions import CaseLimitError
from rehabfacts.network.labels import LapLimitError
from rehabfacts.network.solutions import Dating
from rehabfacts.rules.contents import iter_within, renamed
from rehabfacts.rules.plans import Branch, Like, Plan, Portion
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Schema
from rehabfacts.verdicts import Verdict


class FlawKind(enum.Enum):
    """What is wrong with a rule, whatever the facts are."""

    NEVER_BOUND = "its condition can never be true"
    NEVER_VIOLATED = "it cannot be violated"
    NEVER_MET = "it cannot be met"
    IMPLIED = "other rules imply it"
    CONTRADICTORY = "it contradicts another rule"


@attrs.frozen
class Flaw:
    """What is wrong with a rule; `others` are the demands that imply or contradict it, `reason` the steps that prove it."""

    rule: Rule
    kind: FlawKind
    others: tuple[Rule, ...]
    reason: tuple[str, ...]


@attrs.frozen
class Flaws:
    """The flaws found, and why the solver could not be asked of some demands."""

    found: tuple[Flaw, ...]
    not_asked: Mapping[str, str]


_LIMITS = (TooManyCasesError, CaseLimitError, LapLimitError, InvalidInput)
_WHATEVER = ("what is written decides it",)

Reason = tuple[str, ...]


def find_flaws(rules: Sequence[Rule], schema: Schema) -> Flaws:
    """The flaws of the demands among the rules, each under the definitions and conventions among them.

    A milder rule implies no graver one: what it demands may be broken where the graver may not.
    """
    demands = [rule for rule in rules if not rule.mode.is_given]
    not_asked = {rule.id: why for rule in demands if (why := _why_not(rule.plan))}
    asked = [rule for rule in demands if rule.id not in not_asked]
    given = [rule for rule in rules if rule.mode.is_given]
    found: list[Flaw] = []
    for look in (_flaw_of, _implication):
        flawed = {flaw.rule.id for flaw in found}
        for rule in [each for each in asked if each.id not in flawed and each.id not in not_asked]:
            as_grave = [each for each in asked if each is not rule and each.id not in flawed and each.severity >= rule.severity]
            try:
                found += filter(None, [look(rule, as_grave, given, schema)])
            except _LIMITS:
                not_asked[rule.id] = "it can be met and violated in too many ways to try each"
    doubtful = {flaw.rule.id for flaw in found if flaw.kind is not FlawKind.IMPLIED}
    sound = [rule for rule in asked if rule.id not in doubtful and rule.id not in not_asked]
    for one, other in itertools.combinations(sound, 2):
        found += filter(None, [_contradiction(one, other, given, schema)])
    return Flaws(tuple(found), not_asked)


def _why_not(plan: Plan) -> str:
    if not plan.branches:
        return "it asks whether the dataset says something at all"
    if len(plan.subqueries) > len(plan.unless):
        return "it counts or adds up any number of records"
    if any(iter_within(plan, Portion)):
        return "it takes a percentage that facts state"
    if any(iter_within(plan, Like)):
        return "it asks for a part of a text"
    return ""


def _flaw_of(rule: Rule, _: Sequence[Rule], given: Sequence[Rule], schema: Schema) -> Flaw | None:
    if whys := why_never_bound(rule.plan, schema):
        return Flaw(rule, FlawKind.NEVER_BOUND, (), whys)
    when, then = _halves(rule)
    trials = [Trial(symbols, (rule, *when, then, *given)) for symbols in _every_symbols((rule,), schema)]
    for kind, hold, deny in (
        (FlawKind.NEVER_BOUND, (), when), (FlawKind.NEVER_VIOLATED, (), (rule,)), (FlawKind.NEVER_MET, (then,), when),
    ):  # fmt: skip
        reason = _always_refuted(trials, hold, deny) if hold or deny else None
        if reason is not None:
            return Flaw(rule, kind, (), reason)
    return None


def _halves(rule: Rule) -> tuple[tuple[Rule, ...], Rule]:
    """The rule that the condition of a rule does not hold, if it has one on times or numbers, and what is demanded where it does."""
    count = rule.plan.excused
    when, then = (_with_branches(rule, branches) for branches in (rule.plan.branches[:count], rule.plan.branches[count:]))
    return ((when,) if count else ()), then


def _with_branches(rule: Rule, branches: tuple[Branch, ...]) -> Rule:
    return attrs.evolve(rule, plan=attrs.evolve(rule.plan, branches=branches, excused=0))  # type: ignore[misc]  # every plan is an attrs value


def _every_symbols(rules: Sequence[Rule], schema: Schema, shared: Iterable[tuple[Place, Place]] = ()) -> Iterator[Symbols]:
    """Symbolic records for the rules, in every way in which their tests can be met."""
    shared = tuple(shared)
    for cases in itertools.product(*(tuple(every_case(rule.plan)) for rule in rules)):
        with contextlib.suppress(ImpossibleError):
            yield make_symbols([rule.plan for rule in rules], itertools.chain.from_iterable(cases), schema, shared=shared)


def _always_refuted(trials: Iterable[Trial], hold: Sequence[Rule], deny: Sequence[Rule]) -> Reason | None:
    """Why rules cannot hold while others do not, in any trial; None where they can in one, or nobody knows."""
    first: Reason | None = None
    for trial in trials:
        reason = _refuted(trial, hold, deny)
        if reason is None:
            return None
        first = first or reason
    return first


def _refuted(trial: Trial, hold: Iterable[Rule], deny: Iterable[Rule]) -> Reason | None:
    """Why some rules cannot hold while others do not, on their own symbols; None where they can, or nobody knows."""
    holding, denied = [trial.instance(rule) for rule in hold], [trial.instance(rule) for rule in deny]
    if None in holding or None in denied:
        return None
    if any(each.answer is Verdict.NO for each in holding if each) or any(each.answer is Verdict.YES for each in denied if each):
        return _WHATEVER
    answer = trial.answer((each for each in holding if each and each.clause), (each for each in denied if each and each.clause))
    return None if answer is None or isinstance(answer, Dating) else trial.words(answer)


def _implication(rule: Rule, others: Sequence[Rule], given: Sequence[Rule], schema: Schema) -> Flaw | None:
    """The other demands without which a rule could be violated, and with which it cannot, however its tests are met."""
    found: dict[str, Rule] = {}
    reason: Reason = ()
    for symbols in _every_symbols((rule,), schema):
        trial = Trial(symbols, (rule, *others, *given))
        own = trial.instance(rule)
        if own is None or own.answer is Verdict.NO:
            return None
        if own.answer is None:
            answer = trial.answer(trial.instances(others), [own])
            if answer is None or isinstance(answer, Dating):
                return None
            found.update({each.id: each for each in trial.rules_of(answer)})
            reason = reason or trial.words(answer)
    return Flaw(rule, FlawKind.IMPLIED, tuple(found.values()), reason) if found else None


# Two rules on the same records


def _contradiction(one: Rule, other: Rule, given: Sequence[Rule], schema: Schema) -> Flaw | None:
    names = {name for name, _ in one.plan.scans}
    apart = attrs.evolve(other, plan=renamed(other.plan, {name: _fresh(name, names) for name, _ in other.plan.scans}))
    halves = [_halves(rule) for rule in (one, apart)]
    hold, deny = [then for _, then in halves], [each for when, _ in halves for each in when]
    for shared in _sharings(one.plan, apart.plan, schema):
        try:
            trials = (Trial(symbols, (*hold, *deny, *given)) for symbols in _every_symbols((one, apart), schema, shared))
            reason = _always_refuted(trials, hold, deny)
        except _LIMITS:
            continue
        if reason is not None:
            return Flaw(one, FlawKind.CONTRADICTORY, (other,), reason)
    return None


def _fresh(name: str, taken: Iterable[str]) -> str:
    while name in taken:
        name += "'"
    return name


def _sharings(one: Plan, other: Plan, schema: Schema) -> Iterator[tuple[tuple[Place, Place], ...]]:
    """The ways in which two rules can be bound to the same records: some of their variables are one, or one is what a path of the other leads to."""
    places, others = typed_places(one, schema), typed_places(other, schema)

    def fits(near: Place, far: Place) -> bool:
        return places[near] in schema[others[far]].lineage or others[far] in schema[places[near]].lineage

    own = [(name, ()) for name, _ in one.scans]
    partners = [[None, *(near for near in own if fits(near, (name, ())))] for name, _ in other.scans]
    for chosen in itertools.product(*partners):
        taken = [near for near in chosen if near is not None]
        if taken and len(set(taken)) == len(taken):
            yield tuple((near, (name, ())) for near, (name, _) in zip(chosen, other.scans, strict=True) if near is not None)
    for near, far in itertools.product(places, others):
        if bool(near[1]) is not bool(far[1]) and fits(near, far):
            yield ((near, far),)
