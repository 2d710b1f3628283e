"""What a saved report says of readings, verified against the certificates of its worlds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rehabfacts.checker.readings.readings import SOME_READING_HOLDS

Document = Mapping[str, Any]
Key = tuple[str, tuple[str, ...]]

_DECIDED = frozenset({"satisfied", "violated", "disputed"})
_ON_QUOTES = frozenset({"provenance", "built-in"})


def iter_reading_failures(document: Document) -> Iterator[str]:
    """Where what is told of readings is not what the proofs say."""
    yield from _Readings(document).failures()


def considered(document: Document) -> list[Document]:
    """The certificates of the worlds that must agree on what is told: the possible ones, or those by which passages fall."""
    falls = [each["fall"] for each in document["falls"] if each["fall"] is not None]
    places = [*document["possible"]] or [0, *(leaf["world"] for fall in falls for leaf, _ in _leaves(fall, {}))]
    return [document["worlds"][at]["certificate"] for at in dict.fromkeys(places)]


def is_apart(document: Document, key: Key, here: str, others: Iterable[Mapping[Key, str]]) -> bool:
    """Whether a demand that the main world decides (`here`) is not decided so in another; one about quotes is judged in the main world alone."""
    if here not in _DECIDED or _packs(document).get(key[0]) == "built-in":
        return False
    there = (each.get(key) for each in others)
    return any(each != here and (each is not None or here == "violated") for each in there)


def is_avoided(conflict: Document, others: Iterable[Document]) -> bool:
    """Whether a conflict of the given is not in every other world."""
    shared = ({tuple(sorted(each["facts"])) for each in certificate["conflicts"] if each["headline"] is None} for certificate in others)
    return not all(tuple(sorted(conflict["facts"])) in each for each in shared)


def outcomes_of(certificate: Document) -> dict[Key, str]:
    """The outcome of every demand of a world, by rule and binding."""
    owners = certificate["owners"]
    return {(owners[owner]["rule"], tuple(owners[owner]["binding"])): outcome for owner, outcome, _ in certificate["verdicts"]}


def _packs(document: Document) -> dict[str, str]:
    return {each["rule"]: each["pack"] for each in document["counts"]}


def _leaves(fall: Document, path: Mapping[str, str]) -> Iterator[tuple[Document, Mapping[str, str]]]:
    """The conflicts of a fall, each with how passages are read on the way to it."""
    if "cases" not in fall:
        yield fall, path
        return
    for reading, case in fall["cases"].items():
        yield from _leaves(case, {**path, fall["passage"]: reading})


class _Readings:
    def __init__(self, document: Document) -> None:
        self._document, self._worlds, self._passages = document, document["worlds"], document["passages"]
        self._packs = _packs(document)
        self._held = {each["ambiguity"] for each in document["readings"] if each["held"]}

    def failures(self) -> Iterator[str]:
        told: dict[str, list[str]] = {}
        for each in self._document["readings"]:
            told.setdefault(each["ambiguity"], []).append(each["reading"])
            name = f"reading {each['ambiguity']}={each['reading']}"
            check = self._of_held if each["ambiguity"] in self._held else self._of_unheld
            yield from (f"{name}: {failure}" for failure in check(each))
        for name, readings in self._passages.items():
            if sorted(told.get(name, ())) != sorted(readings):
                yield f"passage {name}: a reading is missing"
        yield from self._of_falls()

    def _of_held(self, each: Document) -> Iterator[str]:
        """A passage of which one reading is held: the errors that involve it are what refutes a reading."""
        facts = {fact for reading in self._passages[each["ambiguity"]].values() for fact in reading}
        certificate = self._worlds[each["world"]]["certificate"]
        refuting = [at for at in self._errors(certificate) if not facts.isdisjoint(certificate["conflicts"][at]["facts"])]
        if not self._takes(each):
            yield "its world does not take it"
        if sorted(each["conflicts"]) != refuting:
            yield f"the conflicts that refute it are {refuting}, the report says {each['conflicts']}"
        if each["verdict"] != ("refuted" if refuting else "possible") or each["fall"] is not None:
            yield "its verdict is not what its conflicts say"
        if not refuting:
            yield from self._moved(each, certificate)

    def _moved(self, each: Document, certificate: Document) -> Iterator[str]:
        """What would be bounded otherwise is what its world bounds otherwise than the main one."""
        here, there = (_bounds(world) for world in (self._worlds[0]["certificate"], certificate))
        moved = {(move["record"], move["variable"]) for move in each["moves"]}
        differing = {key for key in here.keys() & there.keys() if here[key] != there[key] and key[0] and " " not in key[0]}
        if not differing <= moved or any(here.get(key) == there.get(key) for key in moved):
            yield "what it would change is not what its world bounds otherwise"

    def _of_unheld(self, each: Document) -> Iterator[str]:
        """A passage of which no reading is held: one possible way to read all shows a reading possible, a tree of cases shows it refuted."""
        if each["verdict"] == "refuted":
            if each["fall"] is None or not each["conflicts"]:
                yield "nothing says why it is refuted"
            else:
                yield from self._fall(each["fall"], {each["ambiguity"]: each["reading"]})
        elif not self._takes(each) or each["conflicts"] or each["fall"] is not None:
            yield "its world does not take it, or refutes it"
        elif each["verdict"] == "possible":
            yield from self._possible(each)
        elif not self._document["unfinished"]:
            yield "it is undetermined, and nothing was cut short"

    def _possible(self, each: Document) -> Iterator[str]:
        if self._document["possible"] and each["world"] not in self._document["possible"]:
            yield "its world is not among the possible ones"
        certificate = self._worlds[each["world"]]["certificate"]
        fallen = {name for fall in self._document["falls"] for name in fall["passages"]}
        for at in self._errors(certificate):
            facts = certificate["conflicts"][at]["facts"]
            if self._is_against_open_ones(facts, fallen) and not self._is_wrong_anyway(certificate, certificate["conflicts"][at]):
                yield f"conflict {at} of its world refutes it"
        if each["ambiguity"] in fallen:
            yield "its passage falls however it is read"

    def _of_falls(self) -> Iterator[str]:
        """No reading of passages holds exactly where a tree of cases shows it."""
        verdicts = outcomes_of(self._worlds[0]["certificate"]).items()
        failed = sorted(list(key[1]) for key, outcome in verdicts if key[0] == SOME_READING_HOLDS.id and outcome == "violated")
        if failed != sorted(each["passages"] for each in self._document["falls"]):
            yield f"{SOME_READING_HOLDS.id}: the passages of which no reading holds are {failed}"
        for each in self._document["falls"]:
            if each["fall"] is not None:
                yield from (f"{SOME_READING_HOLDS.id}: {failure}" for failure in self._fall(each["fall"], {}))
            elif not self._document["unfinished"]:
                yield f"{SOME_READING_HOLDS.id}: nothing says why {each['passages']} fall"

    def _fall(self, fall: Document, path: Mapping[str, str]) -> Iterator[str]:
        """Every case must be there, and end with an error that is there whatever else is read."""
        if "cases" in fall:
            name = fall["passage"]
            if name in path or name in self._held or sorted(fall["cases"]) != sorted(self._passages[name]):
                yield f"the cases of {name} are not its readings"
            for reading, case in fall["cases"].items():
                yield from self._fall(case, {**path, name: reading})
            return
        certificate = self._worlds[fall["world"]]["certificate"]
        if fall["conflict"] not in self._errors(certificate) or self._is_wrong_anyway(certificate, certificate["conflicts"][fall["conflict"]]):
            yield f"conflict {fall['conflict']} of world {fall['world']} is no error that a reading can fall by"
        elif not self._rests_on(fall, path):
            yield f"conflict {fall['conflict']} of world {fall['world']} is not there in every case that it is told of"

    def _rests_on(self, leaf: Document, path: Mapping[str, str]) -> bool:
        """Whether the way to a leaf takes what it rests on, and what it rests on has all its facts as the leaf's world has them."""
        world = self._worlds[leaf["world"]]
        if not all(path.get(name) in readings and world["readings"].get(name) in readings for name, readings in leaf["rests_on"].items()):
            return False
        for name in self._passages.keys() - self._held:
            passage = self._passages[name]
            taken = passage[world["readings"][name]]
            facts = [fact for fact in world["certificate"]["conflicts"][leaf["conflict"]]["facts"] if fact in taken]
            for reading in leaf["rests_on"].get(name, passage):
                if any(passage[reading].get(fact) != taken[fact] for fact in facts):
                    return False
        return True

    def _errors(self, certificate: Document) -> list[int]:
        """The conflicts of severity error that are not about quotes."""
        found = []
        for at, conflict in enumerate(certificate["conflicts"]):
            headline = None if conflict["headline"] is None else certificate["owners"][conflict["headline"]]
            is_error = headline["severity"] == "error" if headline else self._is_of_one_source(conflict["facts"])
            if is_error and not (headline and self._packs.get(headline["rule"]) in _ON_QUOTES):
                found.append(at)
        return found

    def _is_of_one_source(self, facts: Sequence[str]) -> bool:
        return len({self._document["facts"][name]["source"] for name in facts}) < 2

    def _is_against_open_ones(self, facts: Iterable[str], fallen: set[str]) -> bool:
        """Whether facts that read differently are among some, all of passages of which some reading can hold."""
        told = {
            name for fact in facts for name in self._passages.keys() - self._held
            if len({reading.get(fact) for reading in self._passages[name].values()}) > 1
        }  # fmt: skip
        return bool(told) and told.isdisjoint(fallen)

    def _is_wrong_anyway(self, certificate: Document, conflict: Document) -> bool:
        """Whether a conflict is about what is wrong without what is read differently."""
        if self._document["background"] is None:
            return False
        background = self._worlds[self._document["background"]]["certificate"]
        wrong = {key for key, outcome in outcomes_of(background).items() if outcome in {"violated", "disputed"}}
        owners = [certificate["owners"][owner] for owner in conflict["instances"]]
        keys = {(owner["rule"], tuple(owner["binding"])) for owner in owners}
        return not wrong.isdisjoint(keys) or not set(background["set_aside"]["facts"]).isdisjoint(conflict["facts"])

    def _takes(self, each: Document) -> bool:
        found: object = self._worlds[each["world"]]["readings"].get(each["ambiguity"])
        return bool(found == each["reading"])


def _bounds(certificate: Document) -> dict[tuple[str, str], tuple[object, object]]:
    table = certificate["bounds"]
    return {(record, name): (low, high) for (record, name), low, high in zip(certificate["variables"], table["least"], table["greatest"], strict=True)}
