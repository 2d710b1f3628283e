"""The report as text for a terminal or a log: one escaping layer, colour only where it is asked for."""

from collections.abc import Iterable, Iterator, Sequence

from rehabfacts.checker.judging.judging import CUT_SHORT, Outcome
from rehabfacts.checker.reports import Report, RuleCounts
from rehabfacts.checker.stories import Member, Story, group, settling, tell
from rehabfacts.checker.violations import Violation
from rehabfacts.errors import Problem, shown
from rehabfacts.reports.attributions import has_sources, iter_beliefs, iter_events, iter_world, sections
from rehabfacts.rules.contents import seem_to_exclude
from rehabfacts.rules.rules import Severity

_MOST_MEMBERS = 50
_MOST_LAPSES = 20
_COLUMNS = (Outcome.SATISFIED, Outcome.OPEN, Outcome.UNDATED, Outcome.VIOLATED, Outcome.DISPUTED, Outcome.UNDETERMINED, Outcome.NOT_EVALUATED)
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def write(report: Report, *, color: bool = False) -> str:
    """The whole report."""
    lines = [line for text in (*iter_policy(report), *iter_world(report)) for line in escaped(text)]
    for problem in report.problems[:100]:
        lines += (line for text in _problem(problem) for line in escaped(text))
    if len(report.problems) > 100:
        lines.append(f"… {len(report.problems) - 100} more problems, {len(report.problems)} in all")
    lines += [line for objection in report.objections for line in escaped(f"objection  {objection}")]
    told = [each for each in report.violations if each.id not in report.accepted]
    for heading, found in sections(report, [each for each in told if not each.is_written]):
        lines += [heading, ""] if heading else []
        for violation, shared, others in group(found):
            lines += [*_story(report, tell(violation), color=color), *_others(shared, others), ""]
    lines += _lapses([each for each in told if each.is_written], color=color)
    lines += _accepted(report)
    lines += _block(iter_beliefs(report))
    lines += _open(report)
    lines += _cut_short(report)
    lines += _readings(report)
    lines += _block(iter_events(report))
    lines += _unprotected(report)
    lines += _table(report.counts)
    lines += _never_matched(report)
    lines.append(_summary(report))
    return "\n".join(lines) + "\n"


def _problem(problem: Problem) -> Iterator[str]:
    """A mistake as a line, and below it the words that it is in, with a mark under it."""
    yield str(problem).removesuffix(problem.excerpt)
    yield from problem.excerpt.split("\n")[1:]


def _block(texts: Iterable[str]) -> list[str]:
    lines = [line for text in texts for line in escaped(text)]
    return [*lines, ""] if lines else []


def escaped(text: str) -> Iterator[str]:
    """A text as its line, control characters shown and CI commands broken, so that data never becomes either."""
    safe = shown(text, 2_000).replace("##[", "# #[").replace("##vso[", "# #vso[")
    yield safe.replace("::", ": :", 1) if safe.lstrip().startswith("::") else safe


def _painted(violation: Violation, *, color: bool) -> str:
    word = "VIOLATED" if violation.severity is Severity.ERROR else str(violation.severity).upper()
    word = "DOUBTFUL" if violation.is_doubtful else word
    return f"\x1b[{_COLOURS[violation.severity]}m{word}\x1b[0m" if color else word


def _story(report: Report, story: Story, *, color: bool) -> Iterator[str]:
    violation = story.violation
    head = "".join(escaped(f"{violation.rule_id}  {story.says}  [{violation.id}]"))
    yield f"{_place(story)}  {_painted(violation, color=color)}  {head}"
    yield from _sides(report, story)
    if story.beside:
        yield from escaped("  together with: " + ", ".join(rule.id for rule in story.beside))
    ties = [f"{word}: {', '.join(names)}" for word, names in story.ties]
    if ties:
        yield from escaped("  " + "; ".join(ties))
    yield from escaped(f"  {story.clash} One of these must give way.")
    yield from _repairs(violation)
    if violation.way_out:
        yield from escaped(f"  Way out: another reading is possible: {', '.join(violation.way_out)}")
    if story.doubt:
        yield from escaped(f"  {story.doubt}")


def _place(story: Story) -> str:
    origin = story.origin
    return "".join(escaped(f"{origin.path}:{origin.line}:{origin.column}" if origin.line else origin.path or "-"))


def _sides(report: Report, story: Story) -> Iterator[str]:
    """The members, those of each side together where several sources or speakers have a part in it."""
    from rehabfacts.checker.attributions.reliability import Reliability  # noqa: PLC0415
    from rehabfacts.checker.disagreements import preference, scope_of, sides_of  # noqa: PLC0415  # only where there is a conflict

    sides = sides_of(story.violation, story.members[:_MOST_MEMBERS], Reliability(report.settings.reliability))
    is_apart = has_sources(report)
    if is_apart and scope_of(story.violation):
        yield from escaped(f"  {scope_of(story.violation)}")
    if len(sides) > 1 and (is_apart or any(side.speaker for side in sides)):
        for at, side in enumerate(sides):
            yield from escaped(f"  {side}{f' ({word})' if (word := preference(sides, at)) else ''}:")
            yield from _members(side.members, story, indent=4)
    else:
        yield from _members(story.members[:_MOST_MEMBERS], story, indent=2)
    if len(story.members) > _MOST_MEMBERS:
        yield f"  … {len(story.members) - _MOST_MEMBERS} more facts, {len(story.members)} in all; the JSON report has them"


def _members(members: Sequence[Member], story: Story, *, indent: int) -> Iterator[str]:
    """Members of a story, in columns as wide as all of them need."""
    told = story.members[:_MOST_MEMBERS]
    width = max((len(each.says) for each in told), default=0)
    places = max((len(str(each.origin)) for each in told), default=0)
    for each in members:
        quote = f"\u201c{each.quote}\u201d" if each.quote else "(no quote)"
        yield from escaped(f"{' ' * indent}{each.says:<{min(width, 70)}}  {each.origin!s:<{places}}  {quote}".rstrip())


def _repairs(violation: Violation) -> Iterator[str]:
    from rehabfacts.reports.repairs import iter_repairs  # noqa: PLC0415  # only where there is a conflict

    for line in iter_repairs(violation.repairs):
        yield from escaped(f"    {line}")


def _others(shared: str, others: list[Violation]) -> Iterator[str]:
    if others:
        yield from escaped(f"  and {len(others)} more that end if {shared} changes:")
        for each in others[:10]:
            doubtful = "doubtful  " if each.is_doubtful else ""
            yield from escaped(f"    [{each.id}] {doubtful}{each.rule_id}: {', '.join(each.conflict.facts)}")
        if len(others) > 10:
            yield f"    … {len(others) - 10} more"


def _lapses(violations: list[Violation], *, color: bool) -> list[str]:
    """What is wrong with the dataset as written, rule by rule: a line each, notes only by name."""
    by_rule: dict[str, list[Violation]] = {}
    for each in violations:
        by_rule.setdefault(each.rule_id, []).append(each)
    lines: list[str] = []
    for rule, found in by_rule.items():
        first = tell(found[0])
        if found[0].severity is Severity.NOTE:
            names = ", ".join(" ".join(_about(each)) for each in found[:_MOST_LAPSES])
            lines += [f"{_painted(found[0], color=color)}  {line}" for line in escaped(f"{rule}  {first.says}  {len(found)}: {names}{_more(found)}")]
        else:
            lines += [f"{_painted(found[0], color=color)}  {line}" for line in escaped(f"{rule}  {first.says}")]
            lines += [f"  {line}" for each in found[:_MOST_LAPSES] for line in _lapse(tell(each))]
            lines += [f"  {_more(found).strip()}"] if _more(found) else []
        lines.append("")
    return lines


def _lapse(story: Story) -> Iterator[str]:
    told = "; ".join(member.says for member in story.members) or ", ".join(_about(story.violation))
    yield from escaped(
        f"{_place(story)}  {told}  [{story.violation.id}]" + (f"  {story.note}" if story.note else "")
        + (f"  with: {', '.join(story.parameters)}" if story.parameters else "")
    )  # fmt: skip


def _about(violation: Violation) -> tuple[str, ...]:
    headline = violation.conflict.headline
    return violation.conflict.facts if headline is None else headline.binding


def _more(found: list[Violation]) -> str:
    return f" … and {len(found) - _MOST_LAPSES} more, {len(found)} in all" if len(found) > _MOST_LAPSES else ""


def iter_policy(report: Report) -> Iterator[str]:
    """What was altered in the policy since an earlier state, which everything begins with."""
    since = report.since
    for each in since.policy if since else ():
        yield f"policy  {each}" + ("" if since and since.is_allowed else "  (fails the run unless it is allowed)")


def _accepted(report: Report) -> list[str]:
    """The violations that somebody accepted, a line each."""
    found = [each for each in report.violations if each.id in report.accepted]
    lines = [line for each in found[:_MOST_LAPSES] for line in escaped(f"accepted  {each.rule_id} ({', '.join(_about(each))}): {_why(report, each)}  [{each.id}]")]
    return [*lines, *([f"accepted {_more(found)}"] if _more(found) else []), ""] if lines else []


def _why(report: Report, violation: Violation) -> str:
    acceptance = report.accepted[violation.id]
    return acceptance.says if acceptance.waiver is None else f"{acceptance.says} ({acceptance.waiver.origin})"


def _open(report: Report) -> list[str]:
    """The demands that are open, with what would settle them."""
    found = [instance for instance, outcome in report.outcomes.items() if outcome is Outcome.OPEN]
    lines: list[str] = []
    for instance in found[:_MOST_LAPSES]:
        passages = report.apart.get(instance.key)
        how = settling(report.main, instance) if passages is None else _depending(passages)
        lines += escaped(f"open  {instance.rule.id} ({', '.join(instance.binding)})" + (how and f": {how}"))
    if len(found) > _MOST_LAPSES:
        lines.append(f"open  … and {len(found) - _MOST_LAPSES} more, {len(found)} in all")
    return [*lines, ""] if lines else []


def _depending(passages: Sequence[str]) -> str:
    told = " and ".join(passages) if 0 < len(passages) < 5 else f"{len(passages)} passages" if passages else "passages"
    return f"depends on how {told} {'is' if len(passages) == 1 else 'are'} read"


def _cut_short(report: Report) -> list[str]:
    """The demands on which a limit was met, with the limit."""
    reasons = report.main.judging.reasons
    found = [(instance, outcome) for instance, outcome in report.outcomes.items() if outcome in CUT_SHORT]
    lines = [line for instance, outcome in found[:_MOST_LAPSES] for line in escaped(f"{outcome.value}: {reasons[instance]}  {instance.rule.id} ({', '.join(instance.binding)})")]
    if len(found) > _MOST_LAPSES:
        lines.append(f"… and {len(found) - _MOST_LAPSES} more were cut short, {len(found)} in all")
    return [*lines, ""] if lines else []


def _never_matched(report: Report) -> list[str]:
    names = [rule.id for rule in report.never_matched]
    return [*escaped(f"never matched  {', '.join(names)}"), *(line for text in _never_bound(report) for line in escaped(f"  {text}")), ""] if names else []


def _never_bound(report: Report) -> Iterator[str]:
    """The rules that no facts could ever match, each with what excludes it and its examples, which cannot come out."""
    asked = [rule for rule in report.never_matched if seem_to_exclude(rule.plan.tests)]
    if not asked:
        return
    from rehabfacts.checker.rule_proofs.symbols import why_never_bound  # noqa: PLC0415  # of use only where such a rule never matched

    for rule in asked:
        whys = why_never_bound(rule.plan, report.dataset.schema)
        if whys:
            from rehabfacts.checker.rule_proofs.examples import run_examples  # noqa: PLC0415

            yield f"{rule.id}: its condition can never be true: {'; '.join(whys)}  {rule.origin}"
            yield from map(str, run_examples([rule], report.dataset.schema))


def _unprotected(report: Report) -> list[str]:
    names = report.unprotected
    if not names:
        return []
    more = f" … and {len(names) - _MOST_LAPSES} more" if len(names) > _MOST_LAPSES else ""
    return [*escaped(f"unprotected  {_counted(len(names), 'fact')} that no rule speaks of but those on quotes: {', '.join(names[:_MOST_LAPSES])}{more}"), ""]


def _readings(report: Report) -> list[str]:
    if not report.readings:
        return _block(report.unfinished)
    from rehabfacts.reports.readings import iter_readings  # noqa: PLC0415  # only where a passage can be read in several ways

    return _block((*iter_readings(report), *report.unfinished))


def _table(counts: tuple[RuleCounts, ...]) -> list[str]:
    matched = [each for each in counts if each.has_matched]
    if not matched:
        return []
    columns = [outcome for outcome in _COLUMNS if outcome is not Outcome.UNDETERMINED or any(outcome in each.outcomes for each in matched)]
    heads = ["rule", "severity", *(outcome.value for outcome in columns), "not stated"]
    rows = [
        [shown(each.rule.id), str(each.rule.severity), *(str(each.outcomes.get(outcome, 0) or "·") for outcome in columns), str(each.not_stated or "·")]
        for each in matched
    ]
    widths = [max(len(row[at]) for row in (heads, *rows)) for at in range(len(heads))]
    lines = ["  ".join(cell.ljust(width) if at < 2 else cell.rjust(width) for at, (cell, width) in enumerate(zip(row, widths, strict=True))) for row in (heads, *rows)]
    return [*(line for row in lines for line in escaped(row.rstrip())), ""]


def _summary(report: Report) -> str:
    totals = {outcome: sum(each.outcomes.get(outcome, 0) for each in report.counts) for outcome in _COLUMNS}
    not_stated = sum(each.not_stated for each in report.counts)
    shown_totals = ", ".join(
        f"{totals[outcome]:,} {outcome.value}" for outcome in _COLUMNS
        if totals[outcome] or outcome in {Outcome.SATISFIED, Outcome.OPEN, Outcome.UNDATED, Outcome.VIOLATED}
    )  # fmt: skip
    by_severity = [f"{count} {severity}{'' if count == 1 else 's'}" for severity in reversed(Severity) if (count := _violated(report, severity))]
    if by_severity:
        shown_totals = shown_totals.replace("violated", f"violated ({', '.join(by_severity)})", 1)
    never, idle = len(report.never_matched), len(report.idle)
    state = "Complete." if report.is_complete else "Incomplete: not everything was read and judged."
    facts = len(report.dataset.facts)
    return (
        f"{_counted(facts, 'fact')}, {_counted(len(report.rules), 'rule')}, {_counted(sum(totals.values()), 'instance')}: {shown_totals}; "
        f"{not_stated:,} not stated. {_counted(never, 'rule')} never matched{f', {idle:,} idle' if idle else ''}. {state}"
    )


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _violated(report: Report, severity: Severity) -> int:
    return sum(each.severity is severity and not each.is_doubtful for each in report.violations)
