"""Checks certificates by what is written in them, with a calendar of its own and no code of what found the answers."""

from bisect import bisect_right
from collections import ChainMap, defaultdict
from functools import cache
from itertools import accumulate, chain, pairwise, repeat
from math import inf, isinf
from typing import Any

_WORLD = dict.fromkeys(("variables", "rows", "totals", "owners", "witness", "unmet", "verdicts", "joined", "conflicts"), list) | dict.fromkeys(("set_aside", "given", "bounds"), dict)
_BOUNDS, _MEMBERS = dict.fromkeys(("least", "least_by", "greatest", "greatest_by"), list), {"facts": list, "instances": list}
_RULE = dict.fromkeys(("kind", "rule", "mode", "severity"), str) | dict.fromkeys(("binding", "facts", "clause"), list) | {"answer": object}
_OWNERS: dict[str, Any] = {"axiom": {"kind": str}, "fact": dict.fromkeys(("kind", "id", "field", "notation"), str) | {"widened": bool}, "instance": _RULE}
_GIVEN, _DEMANDS, _WEIGHTS = ("define", "assume"), ("require", "unique", "exists"), {"note": 0, "warning": 1, "error": 2}
_OPEN, _ACCEPTED, _PROOFS = ("open", "undated"), ("open", "undated", "satisfied", "joined"), {"violated": int, "undetermined": str, "not evaluated": str}
_POSSIBLE = {None: (*_OPEN, "satisfied", "violated", "undetermined", "not evaluated"), True: ("satisfied",), False: ("violated",)}
_LENGTHS = [length for year in range(1, 401) for length in (31, 28 + (year % 4 == 0 and (year % 100 != 0 or year == 400)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)]
_STARTS, _CYCLE = [0, *accumulate(_LENGTHS[:-1])], sum(_LENGTHS)


def verify(certificate: object) -> list[str]:
    """Say what is wrong with the certificate of a world: the first step that fails, or nothing."""
    world = _World()
    try:
        world.check(certificate)
    except (AssertionError, TypeError, ValueError, LookupError, AttributeError, RecursionError) as error:  # what has another form fails the step that uses it
        return [f"{world.where}: {error if type(error) is AssertionError else 'it has not the form that docs/certificates.md gives'}."]
    return []


def _need(holds: object, says: str) -> None:
    if not holds:
        raise AssertionError(says)


def _places(value: Any) -> list[int]:
    _need(type(value) is list and {*map(type, value)} <= {int}, "expected a list of whole numbers")
    return value  # type: ignore[no-any-return]


def _columns(objects: list[Any], form: dict[str, Any]) -> list[list[Any]]:
    says, is_form = f"expected an object with the members {', '.join(form)}", all({*keys} == form.keys() for keys in {*map(tuple, objects)})
    columns = [[each[name] for each in objects] for name in form if is_form]
    _need(is_form and all(all(map(isinstance, column, repeat(kind))) for column, kind in zip(columns, form.values(), strict=True)), says)
    return columns


def _members(value: Any, form: dict[str, Any]) -> list[Any]:
    return [column[0] for column in _columns([value], form)]


def _wholes(values: Any) -> Any:
    texts = [each for each in values if type(each) is not int]
    are_big = all(type(each) is str and len(each) < 40 and str(int(each)) == each and abs(int(each)) > 2**53 for each in texts)
    _need(are_big and max(map(abs, map(int, values)), default=0) < 10**38, "a number is not whole, has over 38 digits, or is a text up to 2^53")
    return [*map(int, values)] if texts else values


def _follow(row: Any, value: Any, *, back: bool = False) -> Any:  # the least high end that a low end forces; or, back, the greatest low end that a high end allows
    days, months, shape = row[2:5]
    if shape == "gap":
        return value if not days < value < months else days if back else months
    adds = shape == back
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
    gains = [m // 4800 * _CYCLE + _STARTS[m % 4800] - start for m, start in enumerate(_STARTS, months)]
    return -max(gains) if inverse else min(gains)  # a clamped day gains no less than the first of the month after


def _reach(rows: list[Any], *, at: int) -> tuple[int, Any]:  # where they lead from day 0 (at 0: from where to it) and the value there; or -1
    here, reached = 0, 0
    for row in rows if at else rows[::-1]:
        here, reached = row[at] if row[1 - at] == here else -1, _follow(row, reached, back=not at)
    return here, reached


class _World:
    where = "certificate"  # the step, and what of it, that is being checked

    def check(self, parts: Any) -> None:
        _members(parts, _WORLD)
        aside, bounds, (*table, model) = map(_members, (parts["set_aside"], parts["bounds"], parts["given"]), (_MEMBERS, _BOUNDS, {**_BOUNDS, "witness": list}))
        self.where, variables, self.size, self.count = "variables", parts["variables"], len(parts["variables"]), len(parts["rows"])
        is_named = {*map(type, variables)} == {list} and {*map(len, variables)} == {2} and {*map(type, chain(*variables))} == {str}
        _need(is_named and variables[0] == ["", ""] and len({*map(tuple, variables)}) == self.size, "expected distinct pairs, the first empty")
        self._read_owners(parts["owners"], *aside)
        self._read_rows(parts["rows"], parts["totals"], parts["owners"])
        self.unmet, (self.least, self.greatest) = {*_places(parts["unmet"])}, self._check_table("given", table, self.given)
        self.model, self.witness = (dict(enumerate(_wholes(values))) for values in (model, parts["witness"]))
        for self.where, witness in (("given.witness", self.model), ("witness", self.witness)):  # noqa: B020  # self is no part of it
            _need(len(witness) == self.size and witness[0] == 0, "expected a value for each variable, 0 for variable 0")
            _need((broken := self._broken(self.given, witness)) is None, f"row {broken} does not hold")
        self._check_verdicts(parts["verdicts"])
        self._check_joined(parts["joined"])
        [*_] = self._check_table("bounds", bounds, {number for number in self.accepted if number < self.count})
        [*_] = map(self._check_conflict, range(len(parts["conflicts"])), parts["conflicts"])
        self.where, lost = "conflicts", sorted(map(repr, self.owed.union(each for each, told in self.outcomes.items() if told[0] == "violated") - self.told))
        _need(not lost, f"there is none for {' and '.join(lost)}, violated or set aside")

    def _read_owners(self, owners: list[Any], facts_aside: Any, instances_aside: Any) -> None:
        self.facts_aside, self.instances_aside, self.told = {*facts_aside}, {*_places(instances_aside)}, set[Any]()
        self._at_once("owners: owner", self._check_owners, owners)
        self.instances = {place: owner for place, owner in enumerate(owners) if owner["kind"] == "instance"}
        self.sure = {place for place, each in enumerate(owners) if each.get("mode", "define") in _GIVEN and each.get("id") not in self.facts_aside} - self.instances_aside

    def _at_once(self, where: str, read: Any, things: Any) -> Any:
        try:
            return read(things)
        except Exception:
            for self.where, each in ((f"{where} {place}", each) for place, each in enumerate(things)):  # which of them it is
                read([each])
            raise

    def _check_owners(self, owners: list[Any]) -> None:
        columns = {kind: _columns([owner for owner in owners if owner["kind"] == kind], _OWNERS[kind]) for kind in {"instance", *(owner["kind"] for owner in owners)}}
        _, _, modes, severities, bindings, facts, clauses, answers = columns["instance"]
        _need({*map(type, chain(*clauses))} <= {list} and {*map(type, chain(*chain(*clauses)))} <= {int}, "expected a list of whole numbers")
        _need({*map(type, chain(*bindings, *facts))} <= {str} and {*severities} <= _WEIGHTS.keys(), "its binding or facts are no texts, or its severity is none")
        _need([each is None for each in answers] == [*map(bool, clauses)] and {*map(type, answers)} <= {bool, type(None)}, "expected a clause or else an answer")
        given = (each for each in zip(modes, clauses, answers, strict=True) if each[0] not in _DEMANDS)
        _need(all(mode in _GIVEN and len(each) < 2 and answer is not False and max(chain(*each), default=-1) < self.count for mode, each, answer in given), "what is given has one branch of rows, or holds")

    def _read_rows(self, rows: Any, totals: Any, owners: Any) -> None:
        self.rows, (self.fact_rows, self.axioms, self.touching) = self._at_once("rows: row", self._read, rows), (defaultdict[Any, list[int]](list) for _ in range(3))
        self.given = {number for number, row in enumerate(self.rows) if row[5] in self.sure}
        for end, number in [(end, each) for each in self.given for end in self.rows[each][:2] if end]:
            (self.axioms if owners[self.rows[number][5]]["kind"] == "axiom" else self.touching)[end].append(number)
        for place, number in [(place, each) for each, (*_, place) in enumerate(self.rows) if place not in self.instances]:
            self.fact_rows[owners[place].get("id")].append(number)
        for number, (terms, most, place) in enumerate(totals, self.count):
            self.where, (*ends, _) = f"totals: total {number}", _places([*(end for _, end in terms), place])
            self.rows.append(([*zip(_wholes([each for each, _ in terms]), ends, strict=True)], *_wholes([most]), place))
            _need({*map(type, (terms, *terms))} <= {list} and all(0 <= end < self.size for end in ends), "a term is no list, or its variable does not exist")
        claims = [(number, place) for place, each in self.instances.items() for branch in each["clause"] for number in branch]
        self.where, owned = "owners", {number: row[-1] for number, row in enumerate(self.rows) if row[-1] in self.instances or number >= self.count}
        _need(len(claimed := dict(claims)) == len(claims), "a row stands in two branches")
        lost = () if claimed == owned else min(claimed.items() ^ owned.items())
        _need(not lost, f"a row is not where its owner has it: row, owner {lost}")

    def _read(self, rows: Any) -> list[Any]:
        lows, highs, days, months, shapes, places = zip(*rows, strict=True) if rows else [()] * 6
        exist = {*map(type, lows + highs + places)} <= {int} and {*lows, *highs} <= {*range(self.size)} and min(places, default=0) >= 0
        are_shaped = (type(shape) is bool or (shape == "gap" and low == high != 0) for low, high, shape in zip(lows, highs, shapes, strict=True))
        _need(exist and all(are_shaped), "an end or its owner does not exist, or its shape is none")
        return [*zip(lows, highs, _wholes(days), _wholes(months), shapes, places, strict=True)]

    def _ends(self, number: int) -> Any:
        return self.rows[number][:2] if number < self.count else [end for _, end in self.rows[number][0]]

    def _broken(self, numbers: list[int] | set[int], values: Any) -> int | None:
        for number in numbers:
            row, is_total = self.rows[number], number >= self.count
            reached = sum(each * values[end] for each, end in row[0]) if is_total else _follow(row, values[row[0]]) if row[3] or row[4] else values[row[0]] + row[2]
            if reached > (row[1] if is_total else values[row[1]]):
                return number
        return None

    def _check_table(self, name: str, table: list[Any], numbers: set[int]) -> Any:
        for at, bounds, by, nothing in ((1, table[0], table[1], -inf), (0, table[2], table[3], inf)):  # in a comparison, nothing forces nothing
            self.where, sources = f"{name}.{'least' if at else 'greatest'}", [0] * self.size
            values = [nothing if each is None else value for each, value in zip(bounds, _wholes([0 if each is None else each for each in bounds]), strict=True)]
            _need((len(values), values[0], by[0]) == (self.size, 0, -1) and {*map(type, by)} <= {int, list}, "expected a bound for each variable, 0 for variable 0")
            for variable, (value, number) in enumerate(zip(values, by, strict=True)):
                if type(number) is list:
                    _need(_reach(self._taken(number, numbers), at=at) == (variable, value), f"the walk to variable {variable} does not give its bound")
                elif variable and (value, number) != (nothing, -1):
                    row = self.rows[number] if number in numbers else (0, 0)
                    if row[at] != variable or value == nothing or _follow(row, values[row[1 - at]], back=not at) != value:
                        raise AssertionError(f"the bound of variable {variable} does not follow by its row")
                    sources[variable] = row[1 - at]
            for _ in range(self.size.bit_length()):
                sources = [*map(sources.__getitem__, sources)] if any(sources) else sources  # twice as far back
            _need(not any(sources), "a bound rests on itself")
            _need((broken := self._broken(numbers, values)) is None, f"row {broken} does not hold")
            yield values  # no least is above its greatest, for a witness lies between them

    def _taken(self, numbers: Any, *usable: Any) -> list[Any]:
        _need(all(any(number in each for each in usable) for number in _places(numbers)), "a proof has a row that it may not use")
        return [self.rows[number] if number >= 0 else self._negated(self.rows[~number]) for number in numbers]

    def _negated(self, row: Any) -> Any:
        if len(row) == 3:
            return [(-coefficient, end) for coefficient, end in row[0]], -row[1] - 1, row[2]
        _need(row[4] != "gap", "a gap has no negation")
        return row[1], row[0], row[2] + (1 if row[4] else -1), row[3], not row[4]

    def _is_implied(self, number: int, branches: Any) -> bool:  # by each branch: a row between the same ends says as much, or more
        low, high, days, *turn = self.rows[max(number, ~number)]
        more = 1 if (turn[1:2] == [False]) == (number >= 0) else -1  # what negates a row says the more, the less the row does
        like = [[row for row in (self.rows[max(each, ~each)] for each in branch) if (*row[:2], *row[3:5]) == (low, high, *turn[:2])] for branch in branches]
        return turn[1:2] in ([False], [True]) and all(any(row[2] * more >= days * more for row in rows) for rows in like)

    def _check_proof(self, proof: Any, clauses: dict[int, Any], usable: set[int], *, by_bounds: bool = False) -> None:  # of what is usable, and a branch of each clause
        proofs = [(proof, frozenset(each for branches in clauses.values() for each in chain(*branches) if len(branches) == 1 or self._is_implied(each, branches)))]
        for each, extra in proofs:
            if by_bounds and each is None:
                _need(any(~number in self.shown for number in extra), "the bounds of the given do not show it")
            elif each.keys() == {"chain"}:
                rows = self._taken(each["chain"], usable, extra)
                _need(all(row[1] == after[0] for row, after in pairwise([*rows, *rows[:1]])), "a chain does not lead back to its start")
                gains = ((row[3] // 4800 * _CYCLE + row[2]) * (-1 if row[4] else 1) + _least_turn(row[3] % 4800, row[4]) for row in rows if row[4] != "gap")
                _need((sum(gains) if rows and rows[0][0] else _reach(rows, at=1)[1]) > 0, "a chain contradicts nothing")
            elif each.keys() == {"sum", "walks"}:
                ((terms, most, _),) = self._taken([each["sum"]], usable, extra)
                reached = [_reach(self._taken(walk, usable, extra), at=term[0] > 0) for term, walk in zip(terms, each["walks"], strict=True)]
                _need([end for end, _ in reached] == [end for _, end in terms], "a walk does not lead to its variable")
                _need(sum(term[0] * value for term, (_, value) in zip(terms, reached, strict=True)) > most, "a sum exceeds nothing")
            else:
                place, inner = _members(each, {"cases": object, "proofs": list})
                proofs += zip(inner, map(extra.union, clauses[_places([place])[0]]), strict=True)

    def _check_verdicts(self, verdicts: Any) -> None:
        self.where, self.accepted, self.outcomes = "verdicts", {*self.given}, dict[int, tuple[str, Any]]()
        self.owed = {place for place in self.instances_aside if self.facts_aside.isdisjoint(self.instances[place]["facts"])} | self.facts_aside
        self.shown = {number for number, row in enumerate(self.rows[: self.count]) if (_follow(row, self.greatest[row[0]]) if row[3] or row[4] else self.greatest[row[0]] + row[2]) <= self.least[row[1]]}
        demands = ((place, each) for place, each in self.instances.items() if each["mode"] in _DEMANDS)
        for (demand, instance), (owner, outcome, proof) in zip(demands, verdicts, strict=True):
            self.where = f"verdicts: instance {demand}"
            possible = ("disputed",) if instance["answer"] is None and not self.facts_aside.isdisjoint(instance["facts"]) else _POSSIBLE[instance["answer"]]
            if type(owner) is not int or owner != demand or outcome not in possible:
                raise AssertionError(f"expected that it is {' or '.join(possible)}")
            self.outcomes[demand], clause = (outcome, proof), instance["clause"]
            if outcome in _OPEN:
                self._check_open(demand, clause, outcome, proof)
                self.accepted.update(clause[0] if len(clause) == 1 and instance["severity"] == "error" else ())
            elif outcome == "satisfied" and clause and proof is None:
                _need(any(map(self.shown.issuperset, clause)), "the bounds of the given do not show it")
            elif outcome == "satisfied" and clause:
                self._check_proof(proof, {at: [[~number] for number in branch] for at, branch in enumerate(clause)}, self.given, by_bounds=True)
            else:
                _need(type(proof) is _PROOFS.get(outcome, type(None)) and proof != "", f"the proof is not one for {outcome}")

    def _check_open(self, demand: int, clause: Any, outcome: str, proof: Any) -> None:
        has_total = max(chain(*clause), default=-1) >= self.count
        is_dated = all(self.least[end] > -inf or self.greatest[end] < inf for number in chain(*clause) for end in self._ends(number))
        _need(is_dated == (outcome == "open"), "it is undated exactly if a variable has neither bound")
        _need((has_total and demand in self.unmet) or None in [self._broken(branch, self.witness) for branch in clause], "the witness does not satisfy it")
        values = ChainMap(self._read_dating({} if proof is None and has_total else proof), self.model)
        broken = [self._broken(self.axioms[each] + self.touching[each], values) for each in values.maps[0]]
        _need(broken.count(None) == len(broken), f"the counter-dating breaks the given, in rows {broken}")
        _need(proof is None or None not in [self._broken(branch, values) for branch in clause], "the counter-dating satisfies it")

    def _read_dating(self, value: Any) -> dict[int, int]:
        dating = dict(zip(map(int, value), _wholes([*value.values()]), strict=True))
        _need([*map(str, dating)] == [*value] and dating.keys() <= self.model.keys() and not dating.get(0), "a dating has an unknown variable, or moves day 0")
        return dating

    def _check_joined(self, joined: Any) -> None:
        for place, (demand, branch, proofs) in enumerate(joined):
            self.where = f"joined: entry {place}"
            clause, severity = self.instances[demand]["clause"], self.instances[demand]["severity"]
            is_one = self.outcomes.get(demand, ("",))[0] in _OPEN and len(_places([demand, branch])) == 2
            _need(is_one and branch in range(len(clause)) and len(clause) > 1 and severity == "error", "expected another undetermined error and a branch of its several")
            for other, proof in zip(clause[:branch] + clause[branch + 1 :], proofs, strict=True):
                self._check_proof(proof, {0: [other]}, self.accepted)
            self.outcomes[demand] = ("joined", None)
            self.accepted.update(clause[branch])

    def _check_conflict(self, place: int, conflict: Any) -> None:
        self.where = f"conflicts: conflict {place}"
        facts, instances, datings, headline, proof = _members(conflict, {**_MEMBERS, "datings": list, "headline": object, "proof": object})
        bounding, members = {*facts}, {each: self.instances[each] for each in _places(instances)}
        bound = {fact for each in members.values() for fact in each["facts"]}
        _need({*map(type, facts)} <= {str} and bound <= bounding, "a fact that a member is bound to is no member")
        _need(len(bounding) + len(members) == len(facts + instances), "a member stands twice")
        weights = {each: _WEIGHTS[members[each]["severity"]] for each in members.keys() & self.outcomes.keys()}
        self.told.update([headline] if weights else [*bounding, *members])
        if weights or headline is not None:
            _need(type(headline) is int and headline in weights and self.outcomes[headline] == ("violated", place), "its headline is no member violated by it")
            _need(all(self.outcomes[each][0] in _ACCEPTED and weights[each] >= weights[headline] for each in weights.keys() - {headline}), "another demand was not accepted before its headline")
            _need(self.instances_aside.isdisjoint(members), "a member is set aside")
            bounding -= self.facts_aside
            if members[headline]["answer"] is False:
                _need(len(members) == 1 and bound == {*facts} and proof is None and datings == [], "expected the headline and its own facts, no proof and no datings")
                return
        clauses, rows = {each: member["clause"] for each, member in members.items()}, {number for fact in bounding for number in self.fact_rows[fact]}
        ends = {0}.union(*map(self._ends, rows.union(*chain(*clauses.values()))))
        axioms = {number for end in ends for number in self.axioms[end] if ends.issuperset(self._ends(number))}
        self._check_proof(proof, clauses, usable := rows.union(axioms, *(clause[0] for clause in clauses.values() if len(clause) == 1)))
        if not datings:  # then nothing but one circle may be left, which is none without any row of it
            is_one = all(len(clause) == 1 and clause[0] for clause in clauses.values()) and bound.union(filter(self.fact_rows.get, bounding)) >= {*facts}
            is_circle = usable <= {*proof["chain"]} and len({self.rows[each][0] for each in proof["chain"]}) == len(proof["chain"])
            _need(is_one and is_circle, "without datings, expected the members' rows to be one circle")
        for removed, dating in zip(facts + instances if datings else [], datings, strict=True):
            if dating is not None or max(chain(*chain(*clauses.values()))) < self.count:  # else none was found, and nobody says that there is none
                values = {0: 0} | self._read_dating(dating)
                rest = [[axioms.union(*(self.fact_rows[fact] for fact in bounding - {removed}))]]
                rest += [each["clause"] for other, each in members.items() if other != removed and removed not in each["facts"]]
                holds = ends <= values.keys() and all(None in [self._broken(branch, values) for branch in clause] for clause in rest)
                _need(holds, f"the dating without {removed!r} is not one of all others")
