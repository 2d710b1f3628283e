"""Saved reports verified: the proofs themselves, what a reader sees against the proofs, and the proofs against files."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rehabfacts.api import check
from rehabfacts.calendars import iso
from rehabfacts.checker.attributions.attribution import IF_DENIED, IF_SUPERSEDED
from rehabfacts.checker.disagreements import scope_of_sources
from rehabfacts.errors import InvalidInput, Problem
from rehabfacts.network.verify import verify
from rehabfacts.precisions import Width
from rehabfacts.reports.json_report import FORMAT, checksum, describe
from rehabfacts.reports.saved_readings import (
    considered,
    is_apart,
    is_avoided,
    iter_reading_failures,
    outcomes_of,
)
from rehabfacts.settings import Settings, read_day

Document = Mapping[str, Any]
_SEVERITIES = ("note", "warning", "error")


def verify_saved(path: Path, *, against: Sequence[str] = ()) -> list[str]:
    """What is wrong with a saved JSON report, nothing if it holds. With paths, also whether they give these inequalities.

    Raises InvalidInput if the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput((Problem("E-READ", f"cannot read the report: {error}", "", str(path)),)) from None
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        return [f"the report is not JSON: {error}"]
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        return [f"expected a report of format {FORMAT!r}"]
    try:
        return [*_iter_failures(document), *(_differences(document, against) if against else ())]
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        return [f"the report has not the shape it should have: {type(error).__name__}: {error}"]


def _iter_failures(document: Document) -> Iterator[str]:
    if document["checksum"] != checksum(dict(document)):
        yield "the checksum does not fit: the file was changed or damaged"
    failed = False
    for world in document["worlds"]:
        for failure in verify(world["certificate"]):
            failed = True
            yield f"world {world['name']}: {failure}"
    if not failed:
        yield from _read_failures(document)


def _read_failures(document: Document) -> Iterator[str]:
    """Where what a reader sees is not what the proofs say."""
    yield from _counts(document)
    yield from _violations(document)
    yield from iter_reading_failures(document)
    yield from _bounds(document)
    yield from _status(document)


def _counts(document: Document) -> Iterator[str]:
    others = [outcomes_of(each) for each in considered(document)]
    proven: dict[str, Counter[str]] = {}
    for key, outcome in outcomes_of(document["worlds"][0]["certificate"]).items():
        proven.setdefault(key[0], Counter())["open" if is_apart(document, key, outcome, others) else outcome] += 1
    for each in document["counts"]:
        expected = dict(proven.pop(each["rule"], Counter()))
        if each["outcomes"] != expected:
            yield f"counts of {each['rule']}: the verdicts give {expected}, the report says {each['outcomes']}"
    for rule in proven:
        yield f"counts of {rule}: missing"


def _violations(document: Document) -> Iterator[str]:
    for each in document["violations"]:
        yield from _violation(document, each)
        if each["doubtful"] is not (document["worlds"][each["world"]]["name"] == "with doubtful facts"):
            yield f"violation {each['id']}: it is not in the world that it says"
    main = [each["conflict"] for each in document["violations"] if each["world"] == 0]
    if sorted(main) != _unavoided(document):
        yield "the violations are not the conflicts of the main world"
    yield from _believed(document)


def _unavoided(document: Document) -> list[int]:
    """The conflicts of the main world that every possible way to read passages leads to."""
    certificate, worlds = document["worlds"][0]["certificate"], considered(document)
    main, others, owners = outcomes_of(certificate), [outcomes_of(each) for each in worlds], certificate["owners"]
    found = []
    for at, conflict in enumerate(certificate["conflicts"]):
        headline = None if conflict["headline"] is None else owners[conflict["headline"]]
        key = None if headline is None else (headline["rule"], tuple(headline["binding"]))
        if not (is_avoided(conflict, worlds) if key is None else is_apart(document, key, main[key], others)):
            found.append(at)
    return found


def _believed(document: Document) -> Iterator[str]:
    """What would follow from claims that are not believed must follow in a world in which they are."""
    violated = {each["id"] for each in document["violations"] if each["world"] == 0}
    for belief in document["believed"]:
        if document["worlds"][belief["world"]]["name"] not in {IF_DENIED, IF_SUPERSEDED}:
            yield "what is believed is not in a world in which it is"
        for each in belief["appearing"]:
            yield from _violation(document, each)
            if each["world"] != belief["world"] or set(belief["facts"]).isdisjoint(member["fact"] for member in each["members"]):
                yield f"violation {each['id']}: it does not rest on what is believed"
        if not violated.issuperset(belief["resolved"]):
            yield "what believing would resolve is not violated"


def _violation(document: Document, each: Document) -> Iterator[str]:
    """Where a violation is not told as its conflict is proven."""
    certificate = document["worlds"][each["world"]]["certificate"]
    conflict = certificate["conflicts"][each["conflict"]]
    headline = None if conflict["headline"] is None else certificate["owners"][conflict["headline"]]
    rule = headline["rule"] if headline else "facts-agree"
    if each["rule"] != rule or sorted(member["fact"] for member in each["members"]) != sorted(conflict["facts"]):
        yield f"violation {each['id']}: its rule or its members are not those of its conflict"
    if each["severity"] != (headline["severity"] if headline else _given_severity(document, conflict)):
        yield f"violation {each['id']}: its severity is not that of its conflict"
    tied = {mode: _rules_of(certificate, conflict, mode) for mode in ("define", "assume")}
    if each["definitions"] != tied["define"] or each["conventions"] != tied["assume"]:
        yield f"violation {each['id']}: its definitions and conventions are not those of its conflict"
    yield from _sides(document, each, conflict)


def _sides(document: Document, each: Document, conflict: Document) -> Iterator[str]:
    """Where a violation is told as somebody else's than the facts of its conflict say."""
    voices = {name: (document["facts"][name]["source"], document["facts"][name]["according_to"]) for name in conflict["facts"]}
    told = {name: (side["source"], side["speaker"]) for side in each["sides"] for name in side["facts"]}
    if told != voices or each["scope"] != scope_of_sources(source for source, _ in voices.values()):
        yield f"violation {each['id']}: its sides are not those that its facts come from"


def _rules_of(certificate: Document, conflict: Document, mode: str) -> list[str]:
    owners = (certificate["owners"][owner] for owner in conflict["instances"])
    return list(dict.fromkeys(owner["rule"] for owner in owners if owner["mode"] == mode))


def _given_severity(document: Document, conflict: Document) -> str:
    return "error" if len({document["facts"][name]["source"] for name in conflict["facts"]}) < 2 else "warning"


def _bounds(document: Document) -> Iterator[str]:
    tables = [_bounds_of(document["worlds"][at]["certificate"]) for at in document["possible"] or [0]]
    main = _bounds_of(document["worlds"][0]["certificate"])
    named = {(each["record"], each["variable"]): each["tightened"] for each in document["bounds"]}
    for key in main:
        of_fact = key[0] in document["facts"]
        lows, highs = zip(*(table.get(key, (None, None)) for table in tables if key in table or not of_fact), strict=True)
        low = None if None in lows else min(lows)
        high = None if None in highs else max(highs)
        told = named.get(key)
        if told is not None and not all(_is_told(end, text) for end, text in zip((low, high), told, strict=True)):
            yield f"bounds of {' '.join(key)}: the proofs give {low} to {high}, the report says {told}"
    if named.keys() != {key for key in main if key[0] and " " not in key[0]}:  # the others are literals of rules
        yield "the bounds are not those of the variables that the proofs have"
    missing = _facts(document) - set(document["facts"])
    if missing:  # there can be others, of which no proof speaks
        yield f"the facts that the proofs rest on are not all told: {', '.join(sorted(missing))}"


def _facts(document: Document) -> set[str]:
    """Every fact that some certificate names."""
    owners = [owner for world in document["worlds"] for owner in world["certificate"]["owners"]]
    return {owner["id"] for owner in owners if owner["kind"] == "fact"} | {
        name for owner in owners if owner["kind"] == "instance" for name in owner["facts"]
    }


def _bounds_of(certificate: Document) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    table = certificate["bounds"]
    ends = zip(certificate["variables"], table["least"], table["greatest"], strict=True)
    return {
        (record, name): (None if low is None else int(low), None if high is None else int(high)) for (record, name), low, high in ends
    }


def _is_told(end: int | None, text: str | None) -> bool:
    return text is None if end is None else text in {iso(end), str(end)}


def _status(document: Document) -> Iterator[str]:
    settings = document["settings"]
    least = _SEVERITIES.index(settings["threshold"])
    failing = any(
        _SEVERITIES.index(each["severity"]) >= least and (not each["doubtful"] or settings["doubtful"] == "fail")
        for each in document["violations"] if each["accepted"] is None
    )
    errors = [each for each in document["problems"] if not each["code"].startswith("W-")]
    unjudged = any({"undetermined", "not evaluated"} & each["outcomes"].keys() for each in document["counts"])
    complete = not errors and not document["unfinished"] and not unjudged
    status = 2 if any(each["code"] != "E-READ" for each in errors) else 3 if not complete else int(failing or bool(document["objections"]))
    if document["complete"] is not complete or document["exit_status"] != status:
        yield f"the exit status should be {status} and complete {complete}"


def _differences(document: Document, paths: Sequence[str]) -> Iterator[str]:
    """Where the files, bound to the rules again, give other inequalities than the report rests on."""
    stated = document["settings"]
    settings = Settings(
        threshold=stated["threshold"], doubtful=stated["doubtful"], without=tuple(stated["without"]),
        packs=None if stated["packs"] is None else tuple(stated["packs"]), severities=stated["severities"],
        parameters=stated.get("parameters", {}),
        trust=tuple(stated["trust"]), without_sources=tuple(stated["without_sources"]),
        as_of=None if stated["as_of"] is None else read_day(stated["as_of"]), reliability=tuple(tuple(each) for each in stated["reliability"]),
        today=None if stated["today"] is None else read_day(stated["today"]), calendar=stated["calendar"], widths={precision: Width(*width) for precision, width in stated["widths"].items()},
    )  # fmt: skip
    fresh = json.loads(json.dumps(describe(check(*paths, settings=settings))))
    if fresh["problems"] != document["problems"] and any(not each["code"].startswith("W-") for each in fresh["problems"]):
        yield f"the files have problems of their own: {fresh['problems'][0]['code']} {fresh['problems'][0]['cause']}"
    if len(fresh["worlds"]) != len(document["worlds"]):
        yield f"the files give {len(fresh['worlds'])} worlds, the report has {len(document['worlds'])}"
    for ours, theirs in zip(fresh["worlds"], document["worlds"], strict=False):
        for part in ("variables", "owners", "rows"):
            yield from _first_difference(f"world {ours['name']}, {part}", ours["certificate"][part], theirs["certificate"][part])
    for part in ("violations", "readings", "passages", "falls", "bounds", "counts", "never_matched", "idle", "unprotected", "sources", "selection", "believed", "events"):
        if _of_the_files(fresh[part]) != _of_the_files(document[part]):
            yield f"{part}: the files give others than the report has"
    for name in sorted(fresh["facts"].keys() | document["facts"].keys()):
        if _without_paths(fresh["facts"].get(name)) != _without_paths(document["facts"].get(name)):
            yield f"fact {name}: the files say something else than the report"
    if sorted(each["sha256"] for each in fresh["files"]) != sorted(each["sha256"] for each in document["files"]):
        yield "files: the report was made from others than these"


def _of_the_files(part: Any) -> Any:
    """A part of a report as the files alone give it: without paths, and without what a baseline or an earlier state accepts."""
    own = _without_paths(part)
    if not isinstance(own, list):
        return own
    return [{**each, "accepted": None} if isinstance(each, dict) and each.get("accepted") and each["accepted"]["waiver"] is None else each for each in own]


def _without_paths(value: Any) -> Any:
    """The same without the names of files, which change with the directory."""
    if isinstance(value, dict):
        return {key: _without_paths(each) for key, each in value.items() if key != "path"}
    return [_without_paths(each) for each in value] if isinstance(value, list) else value


def _first_difference(where: str, ours: list[Any], theirs: list[Any]) -> Iterator[str]:
    if len(ours) != len(theirs):
        yield f"{where}: the files give {len(ours)}, the report has {len(theirs)}"
    for at, (one, two) in enumerate(zip(ours, theirs, strict=False)):
        if one != two:
            yield f"{where} {at}: the files give {one}, the report has {two}"
            return
