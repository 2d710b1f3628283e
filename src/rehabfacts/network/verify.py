"""Checks certificates: what `docs/certificates.md` says a certificate shows, each step by itself.

It stands alone: the standard library, a calendar of its own, and no code shared with what found the answers.
A row is kept as `(low, high, days, months, inverse)`; without months it is never inverse.
A missing bound is kept as -inf (a least) or inf (a greatest), so that comparing says "forces nothing".
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Container, Iterable
from functools import cache
from itertools import accumulate, pairwise
from math import inf, isinf
from typing import Any, NamedTuple

_LIMIT = 10**100
_BIG, _KEY = re.compile(r"-?[1-9][0-9]{15,99}"), re.compile(r"0|[1-9][0-9]{0,17}")
_PARTS = ("variables", "rows", "owners", "set_aside", "given", "bounds", "witness", "verdicts", "joined", "conflicts")
_TABLE = ("least", "least_by", "greatest", "greatest_by")
_INSTANCE = ("kind", "rule", "binding", "facts", "mode", "severity", "clause", "answer")
_MODES, _SEVERITIES = ("define", "assume", "require", "unique", "exists"), ("note", "warning", "error")
_OUTCOMES = ("satisfied", "open", "undated", "violated", "not evaluated")
_LENGTHS = [
    29 if month == 2 and year % 4 == 0 and (year % 100 or year == 400) else 28 if month == 2 else 30 + (month in (1, 3, 5, 7, 8, 10, 12))
    for year in range(1, 401)
    for month in range(1, 13)
]
_STARTS = [0, *accumulate(_LENGTHS)]
_CYCLE = _STARTS.pop()
_Row = tuple[int, int, int, int, bool]
_Values = Any  # a list or a dictionary of whole numbers; in tables also -inf and inf


class _RefusalError(Exception):
    """A step fails; the text says which, where, and what is wrong."""


class _Instance(NamedTuple):
    is_demand: bool
    facts: frozenset[str]
    severity: int
    clause: list[list[int]]
    answer: bool | None


class _Steps(NamedTuple):
    plain: list[tuple[int, int, int, int]]
    calendar: list[tuple[int, _Row]]


class _World:
    """What the steps share: the parts that are read before any of them is judged."""

    def __init__(self, variables: Any, rows: Any, owners: Any, aside: Any) -> None:
        self.size = _read_variables(variables)
        self.owners = [_read_owner(owner, f"owners: owner {place}") for place, owner in enumerate(_listed(owners, "owners"))]
        self.instances = {place: owner for place, owner in enumerate(self.owners) if type(owner) is _Instance}
        self.rows, self.row_owners = _read_rows(rows, self.size, len(self.owners))
        _check_clauses(self)
        self.fact_rows: dict[str, list[int]] = {fact: [] for each in self.instances.values() for fact in each.facts}
        self.fact_rows |= {owner: [] for owner in self.owners if type(owner) is str}
        self.axioms: list[list[int]] = [[] for _ in range(self.size)]
        for number, place in enumerate(self.row_owners):
            owner = self.owners[place]
            if type(owner) is str:
                self.fact_rows[owner].append(number)
            elif owner is None:
                for end in {*self.rows[number][:2]}:
                    self.axioms[end].append(number)
        facts, instances = _members(aside, ("facts", "instances"), "set_aside")
        self.facts_aside = _read_facts(self, facts, "set_aside")
        self.instances_aside = _read_instances(self, instances, "set_aside")
        if any(self.instances[place].is_demand for place in self.instances_aside):
            raise _RefusalError("set_aside: an instance is a demand, and only what is given is set aside.")


class _Given:
    """The given, once its table is found right: its rows, its bounds, and its witness."""

    def __init__(self, world: _World, table: Any) -> None:
        *parts, witness = _members(table, (*_TABLE, "witness"), "given")
        self.numbers = frozenset(n for n, place in enumerate(world.row_owners) if _is_given(world, place))
        self.steps = _split(world, self.numbers)
        self.least, self.greatest = _check_table(world, parts, self.numbers, "given")
        self.witness = _read_dating(world, witness, "given.witness")
        _check_rows(self.steps, self.witness, "given.witness")
        self.is_undated = [low == -inf and high == inf for low, high in zip(self.least, self.greatest, strict=True)]
        self.touching: list[list[int]] = [[] for _ in range(world.size)]
        for number in self.numbers:
            low, high, *_ = world.rows[number]
            self.touching[low].append(number)
            self.touching[high].append(number)


def verify(certificate: object) -> list[str]:
    """What is wrong with the certificate of a world, the first step that fails; nothing if it proves its answers."""
    try:
        _check(certificate)
    except _RefusalError as refusal:
        return [str(refusal)]
    return []


def _check(certificate: object) -> None:
    parts = dict(zip(_PARTS, _members(certificate, _PARTS, "certificate"), strict=True))
    world = _World(parts["variables"], parts["rows"], parts["owners"], parts["set_aside"])
    given = _Given(world, parts["given"])
    outcomes = _read_verdicts(world, parts["verdicts"])
    witness = _read_dating(world, parts["witness"], "witness")
    _check_rows(given.steps, witness, "witness")
    for demand, (outcome, proof) in outcomes.items():
        if outcome == "satisfied" and world.instances[demand].answer is None:
            _check_satisfied(world, given, demand, proof)
        elif outcome in ("open", "undated"):
            _check_undetermined(world, given, demand, outcome == "undated", proof)
            if not any(_hold(world, branch, witness) for branch in world.instances[demand].clause):
                raise _RefusalError(f"witness: instance {demand} does not hold.")
    numbers = {*given.numbers, *_check_joined(world, given, outcomes, parts["joined"])}
    for demand, (outcome, _) in outcomes.items():
        _, _, severity, clause, _ = world.instances[demand]
        if severity == 2 and outcome in ("open", "undated") and len(clause) == 1:
            numbers.update(clause[0])
    _check_table(world, _members(parts["bounds"], _TABLE, "bounds"), numbers, "bounds")
    _check_conflicts(world, outcomes, _listed(parts["conflicts"], "conflicts"))


# Shapes


def _members(value: Any, names: tuple[str, ...], where: str) -> list[Any]:
    if type(value) is not dict or value.keys() != {*names}:
        raise _RefusalError(f"{where}: expected an object with the members {', '.join(names)} and no others.")
    return [value[name] for name in names]


def _listed(value: Any, where: str, size: int | None = None) -> list[Any]:
    if type(value) is not list or size not in (None, len(value)):
        raise _RefusalError(f"{where}: expected a list{'' if size is None else f' of {size}'}.")
    return value


def _is_place(value: Any, size: int) -> bool:
    return type(value) is int and 0 <= value < size


def _number(value: Any, where: str, nothing: float | None = None) -> Any:
    if type(value) is int and -_LIMIT < value < _LIMIT:
        return value
    if type(value) is str and _BIG.fullmatch(value) and abs(int(value)) > 2**53:
        return int(value)
    if value is None and nothing is not None:
        return nothing
    raise _RefusalError(f"{where}: expected whole numbers of at most 100 digits, texts only beyond 2^53.")


def _read_dating(world: _World, value: Any, where: str) -> list[int]:
    dating = [_number(each, where) for each in _listed(value, where, world.size)]
    if dating[0]:
        raise _RefusalError(f"{where}: variable 0 is not 0.")
    return dating


def _keyed(value: Any, size: int, where: str) -> dict[int, Any]:
    if type(value) is not dict:
        raise _RefusalError(f"{where}: expected an object.")
    keyed = {int(key) if type(key) is str and _KEY.fullmatch(key) else key: each for key, each in value.items()}
    if len(keyed) != len(value) or not all(_is_place(key, size) for key in keyed):
        raise _RefusalError(f"{where}: a key is no number below {size}, or stands twice.")
    return keyed


def _read_facts(world: _World, value: Any, where: str) -> set[str]:
    facts = {fact for fact in _listed(value, where) if type(fact) is str and fact in world.fact_rows}
    if len(facts) != len(value):
        raise _RefusalError(f"{where}: a fact is unknown or stands twice.")
    return facts


def _read_instances(world: _World, value: Any, where: str) -> set[int]:
    instances = {place for place in _listed(value, where) if type(place) is int and place in world.instances}
    if len(instances) != len(value):
        raise _RefusalError(f"{where}: an owner is no instance or stands twice.")
    return instances


def _read_variables(value: Any) -> int:
    pairs = {
        (*each,) for each in _listed(value, "variables") if type(each) is list and len(each) == 2 and type(each[0]) is type(each[1]) is str
    }
    if not value or len(pairs) != len(value) or value[0] != ["", ""]:
        raise _RefusalError("variables: expected distinct pairs of texts, the first of them empty.")
    return len(value)


def _read_owner(owner: Any, where: str) -> _Instance | str | None:
    kind = owner.get("kind") if type(owner) is dict else None
    if kind == "instance":
        return _read_instance(_members(owner, _INSTANCE, where), where)
    if kind == "axiom":
        _members(owner, ("kind",), where)
        return None
    _, fact, field, notation, widened = _members(owner, ("kind", "id", "field", "notation", "widened"), where)
    if kind != "fact" or not type(fact) is type(field) is type(notation) is str or type(widened) is not bool:
        raise _RefusalError(f"{where}: expected an axiom, an instance, or a fact with texts and whether it is widened.")
    return fact


def _read_instance(parts: list[Any], where: str) -> _Instance:
    _, rule, binding, facts, mode, severity, clause, answer = parts
    texts = [rule, *_listed(facts, where), *(binding.values() if type(binding) is dict else _listed(binding, where))]
    if any(type(text) is not str for text in texts) or mode not in _MODES or severity not in _SEVERITIES:
        raise _RefusalError(f"{where}: expected texts, a known mode and a known severity.")
    is_demand = mode not in ("define", "assume")
    if any(type(branch) is not list for branch in _listed(clause, where)):
        raise _RefusalError(f"{where}: expected a clause of lists.")
    if (answer is None) != bool(clause) or not (answer is None or type(answer) is bool):
        raise _RefusalError(f"{where}: expected a clause, or else an answer that is true or false.")
    if not is_demand and (answer is False or len(clause) > 1):
        raise _RefusalError(f"{where}: what is given has one branch, or holds.")
    return _Instance(is_demand, frozenset(facts), _SEVERITIES.index(severity), clause, answer)


def _read_rows(value: Any, size: int, owner_count: int) -> tuple[list[_Row], list[int]]:
    rows, owners = [], []
    for number, row in enumerate(_listed(value, "rows")):
        low, high, days, months, inverse, owner = row if type(row) is list and len(row) == 6 else (None,) * 6
        if not (_is_place(low, size) and _is_place(high, size) and _is_place(owner, owner_count) and type(inverse) is bool):
            raise _RefusalError(f"rows: row {number} is not [low, high, days, months, inverse, owner] with ends and an owner that exist.")
        days, months = _number(days, f"rows: row {number}"), _number(months, f"rows: row {number}")
        rows.append((low, high, days, months, inverse) if months or not inverse else (low, high, -days, 0, False))
        owners.append(owner)
    return rows, owners  # type: ignore[return-value]


def _check_clauses(world: _World) -> None:
    is_loose = [type(world.owners[place]) is _Instance for place in world.row_owners]
    for place, instance in world.instances.items():
        for number in [number for branch in instance.clause for number in branch]:
            if not _is_place(number, len(is_loose)) or world.row_owners[number] != place or not is_loose[number]:
                raise _RefusalError(f"owners: the clause of instance {place} has a row that is not its own, or has it twice.")
            is_loose[number] = False
    if True in is_loose:
        raise _RefusalError(f"owners: row {is_loose.index(True)} stands in no branch of its instance.")


# The calendar: S(x) = x plus months, clamped to the month's end, plus days


def _add_months(day: int, months: int, *, is_upper: bool = False, is_lower: bool = False) -> int:
    era, rest = divmod(day - 1, _CYCLE)
    month = bisect_right(_STARTS, rest) - 1
    eras, target = divmod(month + months, 4800)
    offset, length = rest - _STARTS[month], _LENGTHS[target]
    if offset >= length or (is_upper and offset + 1 == _LENGTHS[month]):
        offset = length if is_lower else length - 1
    return (era + eras) * _CYCLE + _STARTS[target] + offset + 1


def _forward(row: _Row, low: Any) -> Any:
    """The least value of the high end under which the row holds."""
    _, _, days, months, inverse = row
    if not months:
        return low + days
    if isinf(low):
        return low
    return _add_months(low - days, -months, is_lower=True) if inverse else _add_months(low, months) + days


def _backward(row: _Row, high: int) -> int:
    """The greatest value of the low end under which the row holds."""
    _, _, days, months, inverse = row
    if not months:
        return high - days
    return _add_months(high, months) + days if inverse else _add_months(high - days, -months, is_upper=True)


@cache
def _least_months(months: int, inverse: bool) -> int:  # noqa: FBT001  # a row's own last part
    gains = []
    for source, length in enumerate(_LENGTHS):
        eras, target = divmod(source + months, 4800)
        gain = eras * _CYCLE + _STARTS[target] - _STARTS[source]
        gains.append(-gain if inverse else gain + min(_LENGTHS[target] - length, 0))
    return min(gains)


def _least_gain(row: _Row) -> int:
    _, _, days, months, inverse = row
    if not months:
        return days
    eras, rest = divmod(months, 4800)
    sign = -1 if inverse else 1
    return sign * (eras * _CYCLE + days) + _least_months(rest, inverse)


# Rows and tables


def _is_given(world: _World, place: int) -> bool:
    owner = world.owners[place]
    if type(owner) is _Instance:
        return not owner.is_demand and place not in world.instances_aside
    return owner not in world.facts_aside


def _split(world: _World, numbers: Iterable[int]) -> _Steps:
    steps = _Steps([], [])
    for number in numbers:
        row = world.rows[number]
        if row[3]:
            steps.calendar.append((number, row))
        else:
            steps.plain.append((number, *row[:3]))
    return steps


def _check_rows(steps: _Steps, values: _Values, where: str) -> None:
    for number, low, high, days in steps.plain:
        if values[low] + days > values[high]:
            raise _RefusalError(f"{where}: row {number} does not hold.")
    for number, row in steps.calendar:
        if _forward(row, values[row[0]]) > values[row[1]]:
            raise _RefusalError(f"{where}: row {number} does not hold.")


def _hold(world: _World, numbers: Iterable[int], values: _Values) -> bool:
    for number in numbers:
        row = world.rows[number]
        if (_forward(row, values[row[0]]) if row[3] else values[row[0]] + row[2]) > values[row[1]]:
            return False
    return True


def _check_table(world: _World, parts: list[Any], numbers: Collection[int], where: str) -> tuple[_Values, _Values]:
    steps, found = _split(world, numbers), []
    for name, bounds, by, at, nothing in (("least", *parts[:2], 1, -inf), ("greatest", *parts[2:], 0, inf)):
        place = f"{where}.{name}"
        values = [_number(each, place, nothing) for each in _listed(bounds, place, world.size)]
        _check_derived(world, values, _listed(by, f"{place}_by", world.size), numbers, at, place)
        _check_rows(steps, values, place)
        found.append(values)
    for variable, (least, greatest) in enumerate(zip(*found, strict=True)):
        if least > greatest:
            raise _RefusalError(f"{where}: the least value of variable {variable} is above its greatest.")
    return found[0], found[1]


def _check_derived(world: _World, values: _Values, by: list[Any], numbers: Collection[int], at: int, where: str) -> None:
    apply: Callable[[_Row, int], int] = _forward if at else _backward
    sources = [0] * world.size
    if values[0] != 0 or type(by[0]) is not int or by[0] != -1:
        raise _RefusalError(f"{where}: variable 0 is not 0 by itself.")
    for variable in range(1, world.size):
        number, value = by[variable], values[variable]
        if isinf(value) and type(number) is int and number == -1:
            continue
        row = world.rows[number] if type(number) is int and number in numbers else None
        if row is None or row[at] != variable or isinf(values[row[1 - at]]) or apply(row, values[row[1 - at]]) != value:
            raise _RefusalError(f"{where}: the bound of variable {variable} does not follow by its row.")
        sources[variable] = row[1 - at]
    _check_grounded(sources, where)


def _check_grounded(sources: list[int], where: str) -> None:
    seen = [0] * len(sources)
    for start in range(1, len(sources)):
        variable = start
        while variable and not seen[variable]:
            seen[variable] = start
            variable = sources[variable]
        if variable and seen[variable] == start:
            raise _RefusalError(f"{where}: the bound of variable {variable} rests on itself.")


# Chains


def _negated(row: _Row) -> _Row:
    low, high, days, months, inverse = row
    if not months:
        return (high, low, 1 - days, 0, False)
    return (high, low, days + 1 if inverse else days - 1, months, not inverse)


def _check_chain(
    world: _World, chain: Any, usable: Container[int], extra: Container[int], where: str, negation: _Row | None = None
) -> None:
    rows: list[_Row] = []
    for number in _listed(chain, where):
        if type(number) is int and (number in usable or number in extra):
            rows.append(world.rows[number])
        elif type(number) is int and number == -1 and negation:
            rows.append(negation)
        else:
            raise _RefusalError(f"{where}: step {len(rows)} of a chain is no row that it may use.")
    if not rows or any(row[1] != after[0] for row, after in pairwise([*rows, rows[0]])):
        raise _RefusalError(f"{where}: the rows of a chain do not follow each other back to the start.")
    value = 0
    for row in rows:
        value = value + _least_gain(row) if rows[0][0] else _forward(row, value)
    if value <= 0:
        raise _RefusalError(f"{where}: a chain contradicts nothing.")


# Verdicts


def _read_verdicts(world: _World, value: Any) -> dict[int, tuple[str, Any]]:
    demands = [place for place, instance in world.instances.items() if instance.is_demand]
    outcomes: dict[int, tuple[str, Any]] = {}
    for demand, entry in zip(demands, _listed(value, "verdicts", len(demands)), strict=True):
        if type(entry) is not list or len(entry) != 3 or type(entry[0]) is not int or entry[0] != demand:
            raise _RefusalError(f"verdicts: expected the outcome of instance {demand} in its place.")
        _, outcome, proof = entry
        instance = world.instances[demand]
        possible = _OUTCOMES if instance.answer is None else ("satisfied",) if instance.answer else ("violated",)
        if not world.facts_aside.isdisjoint(instance.facts):
            possible = ("disputed",)
        if outcome not in possible:
            raise _RefusalError(f"verdicts: expected instance {demand} to be {' or '.join(possible)}.")
        is_free = outcome in ("open", "undated") or (outcome == "satisfied" and instance.answer is None)
        wanted = {"violated": int, "not evaluated": str}.get(outcome, type(None))
        if not is_free and (type(proof) is not wanted or proof == ""):
            raise _RefusalError(f"verdicts: the proof of instance {demand} is not that of {outcome}.")
        outcomes[demand] = (outcome, proof)
    return outcomes


def _check_satisfied(world: _World, given: _Given, demand: int, proof: Any) -> None:
    where, clause = f"verdicts: instance {demand} is not proved satisfied", world.instances[demand].clause
    branch, chains = _listed(proof, where, 2)
    if not _is_place(branch, len(clause)):
        raise _RefusalError(f"{where}: it has no such branch.")
    keyed = _keyed(chains, len(world.rows), where)
    if not keyed.keys() <= {*clause[branch]}:
        raise _RefusalError(f"{where}: a chain is not for a row of the branch.")
    for number in clause[branch]:
        row = world.rows[number]
        if number in keyed:
            _check_chain(world, keyed[number], given.numbers, (), where, _negated(row))
        elif _forward(row, given.greatest[row[0]]) > given.least[row[1]]:
            raise _RefusalError(f"{where}: row {number} does not hold by the bounds.")


def _check_undetermined(world: _World, given: _Given, demand: int, is_undated: bool, proof: Any) -> None:  # noqa: FBT001  # as in the entry
    where, clause = f"verdicts: instance {demand} is not proved undetermined", world.instances[demand].clause
    if is_undated is not any(given.is_undated[end] for branch in clause for number in branch for end in world.rows[number][:2]):
        raise _RefusalError(f"{where}: it is undated exactly if a variable has neither bound.")
    if proof is None and len(clause) > 1:
        return
    changes = {variable: _number(value, where) for variable, value in _keyed(proof, world.size, where).items()}
    values, before = given.witness, {variable: given.witness[variable] for variable in changes}
    for variable, value in changes.items():
        values[variable] = value
    if values[0] or not all(_hold(world, given.touching[variable], values) for variable in changes):
        raise _RefusalError(f"{where}: the counter-dating breaks the given.")
    if any(_hold(world, branch, values) for branch in clause):
        raise _RefusalError(f"{where}: the counter-dating satisfies it.")
    for variable, value in before.items():
        values[variable] = value


def _check_joined(world: _World, given: _Given, outcomes: dict[int, tuple[str, Any]], joined: Any) -> set[int]:
    numbers: set[int] = set()
    seen: set[int] = set()
    for place, entry in enumerate(_listed(joined, "joined")):
        where = f"joined: entry {place}"
        owner, branch, chains = _listed(entry, where, 3)
        if type(owner) is not int or owner in seen or outcomes.get(owner, ("",))[0] not in ("open", "undated"):
            raise _RefusalError(f"{where}: its owner is no open or undated demand, or stands twice.")
        _, _, severity, clause, _ = world.instances[owner]
        if len(clause) < 2 or not _is_place(branch, len(clause)):
            raise _RefusalError(f"{where}: the demand has no such branch among several.")
        others = [each for number, each in enumerate(clause) if number != branch]
        for other, chain in zip(others, _listed(chains, where, len(others)), strict=True):
            _check_chain(world, chain, given.numbers, {*other}, where)
        seen.add(owner)
        numbers.update(clause[branch] if severity == 2 else ())
    return numbers


# Conflicts


def _check_conflicts(world: _World, outcomes: dict[int, tuple[str, Any]], conflicts: list[Any]) -> None:
    blamed: set[Any] = set()
    headlines = []
    for place, conflict in enumerate(conflicts):
        where = f"conflicts: conflict {place}"
        headline, facts, instances, proof, datings = _members(conflict, ("headline", "facts", "instances", "proof", "datings"), where)
        known = _read_facts(world, facts, where), _read_instances(world, instances, where)
        if not all(world.instances[each].facts <= known[0] for each in instances):
            raise _RefusalError(f"{where}: a fact that a member is bound to is no member.")
        if headline is None:
            blamed |= known[0] | known[1]
        _check_headline(world, outcomes, headline, place, known[1], where)
        headlines.append(headline)
        if headline is not None and world.instances[headline].answer is False:
            if [*known, proof, datings] != [world.instances[headline].facts, {headline}, None, []]:
                raise _RefusalError(f"{where}: expected the facts of its headline, the headline, no proof and no datings.")
        else:
            _check_members(world, facts, instances, headline, proof, datings, where)
    for demand, (outcome, proof) in outcomes.items():
        if outcome == "violated" and not (_is_place(proof, len(headlines)) and headlines[proof] == demand):
            raise _RefusalError(f"verdicts: instance {demand} is not the headline of its conflict.")
    if not world.facts_aside | world.instances_aside <= blamed:
        raise _RefusalError("set_aside: a fact or an instance is in no conflict without a headline.")


def _check_headline(
    world: _World, outcomes: dict[int, tuple[str, Any]], headline: Any, place: int, instances: set[int], where: str
) -> None:
    if headline is None:
        if not outcomes.keys().isdisjoint(instances):
            raise _RefusalError(f"{where}: it has a demand but no headline.")
        return
    if type(headline) is not int or headline not in instances or outcomes.get(headline) != ("violated", place):
        raise _RefusalError(f"{where}: its headline is no member that is violated by it.")
    if not instances.isdisjoint(world.instances_aside):
        raise _RefusalError(f"{where}: a member was set aside.")
    for other in instances - {headline}:
        if other in outcomes and (
            outcomes[other][0] not in ("satisfied", "open", "undated")
            or world.instances[other].severity < world.instances[headline].severity
        ):
            raise _RefusalError(f"{where}: instance {other} was not accepted before the headline.")


def _check_members(
    world: _World, facts: list[str], instances: list[int], headline: int | None, proof: Any, datings: Any, where: str
) -> None:
    bounding = [fact for fact in facts if headline is None or fact not in world.facts_aside]
    clauses = [world.instances[each].clause for each in instances]
    if [] in clauses:
        raise _RefusalError(f"{where}: the dataset as written answers a member.")
    usable = {number for fact in bounding for number in world.fact_rows[fact]}
    every = usable.union(*(branch for clause in clauses for branch in clause))
    variables = {0, *(end for number in every for end in world.rows[number][:2])}
    axioms = {n for end in variables - {0} for n in world.axioms[end] if variables.issuperset(world.rows[n][:2])}
    usable = usable.union(axioms, *(clause[0] for clause in clauses if len(clause) == 1))
    _check_proof(world, proof, {*instances}, usable, where)
    members: list[Any] = [*facts, *instances]
    for removed, dating in zip(members, _listed(datings, where, len(members)), strict=True):
        values = {0: 0} | {end: _number(value, where) for end, value in _keyed(dating, world.size, where).items()}
        if values[0] or not variables <= values.keys():
            raise _RefusalError(f"{where}: the dating without {removed} lacks a variable.")
        held = [n for fact in bounding if fact != removed for n in world.fact_rows[fact]]
        rest = [world.instances[each] for each in instances if each != removed]
        if not _hold(world, [*held, *axioms], values) or not all(
            removed in each.facts or any(_hold(world, branch, values) for branch in each.clause) for each in rest
        ):
            raise _RefusalError(f"{where}: the dating without {removed} does not satisfy the others.")


def _check_proof(world: _World, proof: Any, instances: set[int], usable: set[int], where: str) -> None:
    waiting: list[tuple[Any, set[int]]] = [(proof, set())]
    while waiting:
        part, extra = waiting.pop()
        if type(part) is dict and part.keys() == {"chain"}:
            _check_chain(world, part["chain"], usable, extra, where)
            continue
        cases, proofs = _members(part, ("cases", "proofs"), where)
        numbers = [n for branch in _listed(cases, where) for n in _listed(branch, where)]
        owner = world.row_owners[numbers[0]] if numbers and _is_place(numbers[0], len(world.rows)) else -1
        if owner not in instances or cases != world.instances[owner].clause or not all(type(n) is int for n in numbers):
            raise _RefusalError(f"{where}: its cases are not the branches of a member.")
        waiting += [(each, extra.union(case)) for case, each in zip(cases, _listed(proofs, where, len(cases)), strict=True)]
