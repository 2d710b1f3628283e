"""Checks certificates by what is written in them, with a calendar of its own and no code of what found the answers.

What has not the right form fails the step that uses it. A missing bound is -inf or inf: in a comparison it forces nothing.
"""

from bisect import bisect_right
from collections import defaultdict
from functools import cache
from itertools import accumulate, chain, pairwise
from math import inf, isinf
from typing import Any

_LISTS = dict.fromkeys(("variables", "rows", "owners", "witness", "verdicts", "joined", "conflicts"), list)
_BOUNDS, _MEMBERS = dict.fromkeys(("least", "least_by", "greatest", "greatest_by"), list), {"facts": list, "instances": list}
_CONFLICT = {**_MEMBERS, "datings": list, "headline": None, "proof": None}
_RULE = dict.fromkeys(("kind", "rule", "mode", "severity"), str) | dict.fromkeys(("binding", "facts", "clause"), list)
_FACT = dict.fromkeys(("kind", "id", "field", "notation"), str) | {"widened": bool}
_OWNERS: dict[str, Any] = {"axiom": {"kind": str}, "fact": _FACT, "instance": {**_RULE, "answer": None}}
_GIVEN, _DEMANDS, _WEIGHTS = ("define", "assume"), ("require", "unique", "exists"), {"note": 0, "warning": 1, "error": 2}
_UNDETERMINED, _ACCEPTED = ("open", "undated"), ("open", "undated", "satisfied", "joined")
_POSSIBLE = {None: (*_UNDETERMINED, "satisfied", "violated", "not evaluated"), True: ("satisfied",), False: ("violated",)}
_LEAPS = [year % 4 == 0 and (year % 100 != 0 or year == 400) for year in range(1, 401)]
_LENGTHS = [length for leap in _LEAPS for length in (31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)]
_STARTS, _CYCLE = [0, *accumulate(_LENGTHS[:-1])], sum(_LENGTHS)


def verify(certificate: object) -> list[str]:
    """Say what is wrong with the certificate of a world: the first step that fails, or nothing."""
    world = _World()
    try:
        world.check(certificate)
    except AssertionError as refusal:
        return [f"{world.where}: {refusal}."]
    except (TypeError, ValueError, LookupError, AttributeError, RecursionError):
        return [f"{world.where}: it has not the form that docs/certificates.md gives."]
    return []


def _need(holds: object, says: str) -> None:
    if not holds:
        raise AssertionError(says)


def _places(value: Any) -> list[int]:
    _need(type(value) is list and {*map(type, value)} <= {int}, "expected a list of whole numbers")
    return value  # type: ignore[no-any-return]


def _members(value: Any, form: dict[str, Any]) -> list[Any]:
    is_so = value.keys() == form.keys() and all(kind in (None, type(value[name])) for name, kind in form.items())
    _need(is_so, f"expected an object with the members {', '.join(form)}")
    return [value[name] for name in form]


def _whole(value: Any) -> int:
    if type(value) is int and -(10**38) < value < 10**38:
        return value
    is_big = type(value) is str and len(value) < 40 and str(int(value)) == value and abs(int(value)) > 2**53
    _need(is_big, "a number is not whole, has over 38 digits, or is a text up to 2^53")
    return int(value)


def _follow(row: Any, value: Any, *, back: bool = False) -> Any:
    """Return the least high end that a low end forces; or, back, the greatest low end that a high end allows."""
    days, months, adds = row[2], row[3], row[4] == back
    if not months or isinf(value):
        return value + days if adds else value - days
    era, rest = divmod(value - 1 if adds else value - 1 - days, _CYCLE)
    month = bisect_right(_STARTS, rest) - 1
    eras, target = divmod(month + months if adds else month - months, 4800)
    day, last = rest - _STARTS[month], _LENGTHS[target] - (adds or back)  # else a day more: the first of the next month
    day = last if back and not adds and day == _LENGTHS[month] - 1 else min(day, last)  # later days are clamped to it too
    return (era + eras) * _CYCLE + _STARTS[target] + day + 1 + (days if adds else 0)


@cache
def _least_turn(months: int, inverse: bool) -> int:  # noqa: FBT001  # as in a row
    ends = enumerate(zip(_STARTS, _LENGTHS, strict=True), months)
    gains = [(m // 4800 * _CYCLE + _STARTS[m % 4800] - start, _LENGTHS[m % 4800] - length) for m, (start, length) in ends]
    return -max(gain for gain, _ in gains) if inverse else min(gain + min(longer, 0) for gain, longer in gains)


class _World:
    where = "certificate"  # the step, and what of it, that is being checked

    def check(self, parts: Any) -> None:
        _members(parts, {**_LISTS, "set_aside": dict, "given": dict, "bounds": dict})
        aside, bounds = _members(parts["set_aside"], _MEMBERS), _members(parts["bounds"], _BOUNDS)
        *table, model = _members(parts["given"], {**_BOUNDS, "witness": list})
        self.where, variables, self.size = "variables", parts["variables"], len(parts["variables"])
        is_named = {*map(type, variables)} == {list} and all([*map(type, pair)] == [str, str] for pair in variables)
        _need(is_named and variables[0] == ["", ""] and len({*map(tuple, variables)}) == self.size, "expected distinct pairs, the first empty")
        self._read_owners(parts["owners"], *aside)
        self._read_rows(parts["rows"], parts["owners"])
        self.least, self.greatest = self._check_table("given", table, self.given)
        self.undated = {each for each in range(self.size) if self.least[each] == -inf and self.greatest[each] == inf}
        self.model, self.witness = (dict(enumerate(map(_whole, values))) for values in (model, parts["witness"]))
        for name, witness in (("given.witness", self.model), ("witness", self.witness)):
            self.where = name
            _need(len(witness) == self.size and witness[0] == 0, "expected a value for each variable, 0 for variable 0")
            _need((broken := self._broken(self.given, witness)) is None, f"row {broken} does not hold")
        self._check_verdicts(parts["verdicts"])
        self._check_joined(parts["joined"])
        self._check_table("bounds", bounds, self.accepted)
        for place, conflict in enumerate(parts["conflicts"]):
            self._check_conflict(place, conflict)
        owed = {demand for demand, (outcome, _) in self.outcomes.items() if outcome == "violated"} | self.facts_aside
        owed |= {place for place in self.instances_aside if self.facts_aside.isdisjoint(self.instances[place]["facts"])}
        self.where, lost = "conflicts", sorted(map(repr, owed - self.told))
        _need(not lost, f"there is none for {' and '.join(lost)}, violated or set aside")

    def _read_owners(self, owners: Any, facts_aside: Any, instances_aside: Any) -> None:
        self.facts_aside, self.instances_aside = {*facts_aside}, {*_places(instances_aside)}
        self.instances, self.claims, self.sure, self.told = dict[int, Any](), dict[int, int](), set[int](), set[Any]()
        for place, owner in enumerate(owners):
            self.where = f"owners: owner {place}"
            _members(owner, _OWNERS[owner["kind"]])
            if owner["kind"] != "instance":
                self.sure.update({place} if owner.get("id") not in self.facts_aside else ())
                continue
            clause, answer, mode, self.instances[place] = owner["clause"], owner["answer"], owner["mode"], owner
            _need({*map(type, owner["facts"] + owner["binding"])} <= {str}, "its binding or facts are no texts")
            is_answered = (answer is None) == bool(clause) and type(answer) in (bool, type(None)) and owner["severity"] in _WEIGHTS
            is_given = mode in _GIVEN and len(clause) < 2 and answer is not False
            _need(is_answered, "expected a clause or else an answer, and a known severity")
            _need(is_given or mode in _DEMANDS, "what is given has one branch, or holds")
            self.sure.update({place} if is_given and place not in self.instances_aside else ())
            numbers = [*chain(*map(_places, clause))]
            _need(len({*numbers}) == len(numbers) and self.claims.keys().isdisjoint(numbers), "a row stands in two branches")
            self.claims.update(dict.fromkeys(numbers, place))

    def _read_rows(self, rows: Any, owners: Any) -> None:
        self.rows, size = list[Any](), self.size
        self.given, self.fact_rows, self.axioms, self.touching = set[int](), *(defaultdict[Any, list[int]](list) for _ in range(3))
        for number, row in enumerate(rows):
            self.where = f"rows: row {number}"
            low, high, days, months, inverse, place = row
            exist = type(low) is type(high) is type(place) is int and 0 <= low < size and 0 <= high < size and place >= 0
            _need(exist and type(inverse) is bool, "an end or its owner does not exist, or inverse is no truth value")
            self.rows.append(row if _whole(days) is days and _whole(months) is months else [low, high, int(days), int(months), inverse, place])
            self.fact_rows[owners[place].get("id")].append(number)
            if place in self.sure:
                self.given.add(number)
                for end in {low, high}:
                    (self.axioms if owners[place]["kind"] == "axiom" else self.touching)[end].append(number)
        self.where, claims = "owners", {number: row[5] for number, row in enumerate(self.rows) if row[5] in self.instances}
        self.rows.append(None)  # the last place, -1, is for the row of a demand that does not hold
        _need(not (lost := min(claims.items() ^ self.claims.items(), default=())), f"a row is not where its owner has it: row, owner {lost}")

    def _broken(self, numbers: list[int] | set[int], values: Any) -> int | None:
        for number in numbers:
            low, high, days, months, inverse, _ = row = self.rows[number]
            if (_follow(row, values[low]) if months or inverse else values[low] + days) > values[high]:
                return number
        return None

    def _check_table(self, name: str, table: list[Any], numbers: set[int]) -> list[Any]:
        found: list[Any] = []
        for at, bounds, by, nothing in ((1, table[0], table[1], -inf), (0, table[2], table[3], inf)):
            self.where, sources = f"{name}.{'least' if at else 'greatest'}", [0] * self.size
            values = [nothing if each is None else _whole(each) for each in bounds]
            _need((len(values), values[0], by[0]) == (self.size, 0, -1) and {*map(type, by)} <= {int, list}, "expected a bound for each variable, 0 for variable 0")
            for variable, (value, number) in enumerate(zip(values, by, strict=True)):
                if type(number) is list:
                    _need(numbers.issuperset(_places(number)), "a walk has a row that it may not use")
                    here, reached = 0, 0
                    for row in [self.rows[each] for each in (number if at else number[::-1])]:
                        here, reached = row[at] if row[1 - at] == here else -1, _follow(row, reached, back=not at)
                    _need((here, reached) == (variable, value), f"the walk to variable {variable} does not give its bound")
                elif variable and (value, number) != (nothing, -1):
                    row = self.rows[number] if number in numbers else (0, 0)
                    if row[at] != variable or value == nothing or _follow(row, values[row[1 - at]], back=not at) != value:
                        raise AssertionError(f"the bound of variable {variable} does not follow by its row")
                    sources[variable] = row[1 - at]
            for _ in range(self.size.bit_length()):
                sources = [*map(sources.__getitem__, sources)]  # twice as far back
            _need(not any(sources), "a bound rests on itself")
            _need((broken := self._broken(numbers, values)) is None, f"row {broken} does not hold")
            found.append(values)
        return found  # no least is above its greatest, for a witness lies between them

    def _check_chain(self, numbers: Any, usable: set[int], extra: Any) -> None:
        _need(all(number in usable or number in extra for number in _places(numbers)), "a chain has a row that it may not use")
        rows = [self.rows[number] for number in numbers]
        _need(all(row[1] == after[0] for row, after in pairwise([*rows, *rows[:1]])), "a chain does not lead back to its start")
        value = 0
        for row in rows:
            _, _, days, months, inverse, _ = row
            turns = (months // 4800 * _CYCLE + days) * (-1 if inverse else 1)
            value = value + turns + _least_turn(months % 4800, inverse) if rows[0][0] else _follow(row, value)
        _need(value > 0, "a chain contradicts nothing")

    def _check_verdicts(self, verdicts: Any) -> None:
        self.where, self.accepted, self.outcomes = "verdicts", {*self.given}, dict[int, tuple[str, Any]]()
        demands = [place for place, each in self.instances.items() if each["mode"] in _DEMANDS]
        _need(len(verdicts) == len(demands), f"expected {len(demands)} entries")
        for demand, (owner, outcome, proof) in zip(demands, verdicts, strict=True):
            self.where, instance = f"verdicts: instance {demand}", self.instances[demand]
            possible = _POSSIBLE[instance["answer"]] if self.facts_aside.isdisjoint(instance["facts"]) else ("disputed",)
            _need(type(owner) is int and owner == demand and outcome in possible, f"expected that it is {' or '.join(possible)}")
            self.outcomes[demand], clause = (outcome, proof), instance["clause"]
            if outcome in _UNDETERMINED:
                self._check_undetermined(clause, outcome, proof)
                self.accepted.update(clause[0] if len(clause) == 1 and instance["severity"] == "error" else ())
            elif outcome == "satisfied" and instance["answer"] is None:
                self._check_satisfied(clause, *proof)
            else:
                is_kind = type(proof) is {"violated": int, "not evaluated": str}.get(outcome, type(None))
                _need(is_kind and proof != "", f"the proof is not one for {outcome}")

    def _check_satisfied(self, clause: Any, place: Any, chains: Any) -> None:
        is_branch = type(place) is int and place in range(len(clause)) and {*chains} <= {*map(str, clause[place])}
        _need(is_branch and type(chains) is dict, "there is no such branch, or no such row of it")
        for number in clause[place]:
            low, high, days, months, inverse, owner = row = self.rows[number]
            if str(number) in chains:
                self.rows[-1] = (high, low, days + (1 if inverse else -1), months, not inverse, owner)  # its negation
                self._check_chain(chains[str(number)], self.given, (-1,))
            elif _follow(row, self.greatest[low]) > self.least[high]:
                raise AssertionError(f"row {number} does not hold by the bounds")

    def _check_undetermined(self, clause: Any, outcome: str, proof: Any) -> None:
        is_dated = self.undated.isdisjoint([end for number in chain(*clause) for end in self.rows[number][:2]])
        _need(is_dated == (outcome == "open"), "it is undated exactly if a variable has neither bound")
        _need(None in [self._broken(branch, self.witness) for branch in clause], "the witness does not satisfy it")
        changes = self._read_dating({} if proof is None and len(clause) > 1 else proof)
        kept = {variable: self.model[variable] for variable in changes}
        self.model.update(changes)
        broken = [self._broken(self.axioms[each] + self.touching[each], self.model) for each in changes]
        _need(broken.count(None) == len(broken), f"the counter-dating breaks the given, in rows {broken}")
        _need(proof is None or None not in [self._broken(branch, self.model) for branch in clause], "the counter-dating satisfies it")
        self.model.update(kept)

    def _read_dating(self, value: Any) -> dict[int, int]:
        dating = {int(variable): _whole(each) for variable, each in value.items()}
        is_known = [*map(str, dating)] == [*value] and dating.keys() <= self.model.keys()
        _need(is_known and not dating.get(0), "a dating has an unknown variable, or moves day 0")
        return dating

    def _check_joined(self, joined: Any) -> None:
        for place, (demand, branch, chains) in enumerate(joined):
            self.where = f"joined: entry {place}"
            clause, severity = self.instances[demand]["clause"], self.instances[demand]["severity"]
            is_one = self.outcomes.get(demand, ("",))[0] in _UNDETERMINED and len(_places([demand, branch])) == 2
            _need(is_one and branch in range(len(clause)) and len(clause) > 1 and severity == "error", "expected another undetermined error and a branch of its several")
            for other, each in zip(clause[:branch] + clause[branch + 1 :], chains, strict=True):
                self._check_chain(each, self.accepted, other)
            self.outcomes[demand] = ("joined", None)
            self.accepted.update(clause[branch])

    def _check_conflict(self, place: int, conflict: Any) -> None:
        self.where = f"conflicts: conflict {place}"
        facts, instances, datings, headline, proof = _members(conflict, _CONFLICT)
        bounding, members = {*facts}, {each: self.instances[each] for each in _places(instances)}
        bound = {fact for each in members.values() for fact in each["facts"]}
        _need({*map(type, facts)} <= {str} and bound <= bounding, "a fact that a member is bound to is no member")
        _need(len(bounding) + len(members) == len(facts + instances), "a member stands twice")
        demands = {each: _WEIGHTS[members[each]["severity"]] for each in members.keys() & self.outcomes.keys()}
        if headline is None:
            _need(not demands, "it has a demand but no headline")
            self.told.update(bounding, members)
        else:
            is_violated = type(headline) is int and headline in demands and self.outcomes[headline] == ("violated", place)
            _need(is_violated, "its headline is no member violated by it")
            accepted = [each for each in demands if self.outcomes[each][0] in _ACCEPTED and demands[each] >= demands[headline]]
            _need(len(accepted) == len(demands) - 1, "another demand was not accepted before its headline")
            _need(self.instances_aside.isdisjoint(members), "a member is set aside")
            self.told.add(headline)
            if members[headline]["answer"] is False:
                is_own = len(members) == 1 and bounding == bound and proof is None and datings == []
                _need(is_own, "expected the headline and its own facts, no proof and no datings")
                return
            bounding -= self.facts_aside
        clauses = [each["clause"] for each in members.values()]
        rows = {number for fact in bounding for number in self.fact_rows[fact]}
        ends = {0, *(end for number in rows.union(*chain(*clauses)) for end in self.rows[number][:2])}
        axioms = {number for end in ends - {0} for number in self.axioms[end] if ends.issuperset(self.rows[number][:2])}
        usable = rows.union(axioms, *(clause[0] for clause in clauses if len(clause) == 1))
        self._check_proof(proof, clauses, usable)
        if not datings:  # then nothing but one circle may be left, which is none without any row of it
            is_circle = usable <= {*proof["chain"]} and len({self.rows[each][0] for each in proof["chain"]}) == len(proof["chain"])
            is_circle &= all(len(clause) == 1 and clause[0] for clause in clauses) and bound.union(filter(self.fact_rows.get, bounding)) >= {*facts}
            _need(is_circle, "without datings, expected the members' rows to be one circle")
        for removed, dating in zip(facts + instances if datings else [], datings, strict=True):
            values = {0: 0} | self._read_dating(dating)
            held = axioms.union(*(self.fact_rows[fact] for fact in bounding - {removed}))
            rest = [each["clause"] for other, each in members.items() if other != removed and removed not in each["facts"]]
            _need(ends <= values.keys(), f"the dating without {removed!r} lacks a variable")
            holds = all(None in [self._broken(branch, values) for branch in clause] for clause in (*rest, (held,)))
            _need(holds, f"the dating without {removed!r} is not one of all others")

    def _check_proof(self, proof: Any, clauses: Any, usable: set[int]) -> None:
        proofs: list[tuple[Any, frozenset[int]]] = [(proof, frozenset())]
        for each, extra in proofs:
            if each.keys() == {"chain"}:
                self._check_chain(each["chain"], usable, extra)
            else:
                cases, inner = _members(each, {"cases": list, "proofs": list})
                _need([_places(case) for case in cases] in clauses, "its cases are not the branches of a member")
                proofs += zip(inner, map(extra.union, cases), strict=True)
