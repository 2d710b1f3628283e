"""Plain classes and records: what attrs would make of them, made at once, and what attrs tells of them when it is asked."""

import copy
import inspect
import pickle
import weakref
from functools import cached_property
from typing import ClassVar

import attrs
import pytest

from rehabfacts import Entity, Fact, Ref, record
from rehabfacts.names import Reasons
from rehabfacts.plain import frozen, mutable, plain
from rehabfacts.vocabulary.facts import Creation
from rehabfacts.vocabulary.terms import OfficeHolding, Tenure


@plain
class Point:
    x: int
    y: int = 2
    KIND: ClassVar[str] = "point"
    marks: list[int] = attrs.Factory(list)

    @cached_property
    def length(self) -> int:
        return self.x + self.y


@plain
class Far(Point):
    z: int = 3
    y: int = 5


def test_fields_come_in_order_by_place_or_by_name_and_those_not_given_are_as_usual():
    assert [(each.x, each.y, each.marks) for each in (Point(1), Point(1, 4), Point(y=4, x=1, marks=[7]))] == [(1, 2, []), (1, 4, []), (1, 4, [7])]


def test_what_is_made_anew_is_no_one_elses():
    assert Point(1).marks is not Point(1).marks


def test_a_derived_class_has_the_fields_of_both_with_its_own_last():
    far = Far(1, [], 9)
    assert (far.x, far.marks, far.z, far.y, far.length, Far.__match_args__) == (1, [], 9, 5, 6, ("x", "marks", "z", "y"))


def test_a_plain_value_neither_changes_nor_loses_a_field_nor_gets_another():
    point = Point(1)
    for change in (lambda: setattr(point, "x", 2), lambda: setattr(point, "w", 2), lambda: delattr(point, "x")):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            change()


def test_plain_values_are_compared_by_identity():
    point = Point(1)
    assert (point == point, point == Point(1)) == (True, False)  # noqa: PLR0124


def test_a_plain_value_can_be_referred_to_weakly_and_remembers_what_it_worked_out():
    point = Point(1)
    assert (weakref.ref(point)(), point.length, vars(point)) == (point, 3, {"length": 3})


@pytest.mark.parametrize("call", [Point, lambda: Point(1, 2, [], 4), lambda: Point(1, w=2)])
def test_a_plain_class_refuses_what_does_not_fit(call):
    with pytest.raises(TypeError):
        call()


def test_attrs_tells_of_a_plain_class_what_it_would_of_its_own():
    @attrs.frozen(eq=False)
    class Own:
        x: int
        y: int = 2

    told = [(each.name, each.type, each.default) for each in attrs.fields(Point)][:2]
    assert told == [(each.name, each.type, each.default) for each in attrs.fields(Own)]
    assert attrs.evolve(Point(1), y=7).y == 7
    assert str(inspect.signature(Point)) == "(x: int, y: int = 2, marks: list[int] = NOTHING) -> None"


def test_a_class_with_fields_told_to_attrs_or_with_super_is_made_by_attrs():
    @plain
    class Checked:
        x: int = attrs.field(validator=attrs.validators.instance_of(int))

    @plain
    class Above(Point):
        def __str__(self) -> str:
            return super().__str__()

    with pytest.raises(TypeError, match="must be <class 'int'>"):
        Checked("1")
    assert str(Above(1)).startswith("<")


@frozen
class Name:
    text: str
    _language: str = "en"


@frozen
class Place:
    name: str
    kept: tuple[int, ...] = ()


@frozen
class Nowhere:
    """It has no fields."""


@frozen(eq=False)
class Own:
    name: str


@mutable
class Count:
    number: int = 0


def test_frozen_values_are_equal_where_their_fields_are_and_of_no_other_class():
    assert (Place("a") == Place("a"), Place("a") == Place("b"), Place("a") == Name("a"), hash(Place("a")) == hash(Place("a"))) == (True, False, False, True)
    assert (Nowhere() == Nowhere(), Own("a") == Own("a"), {Nowhere(): 1}) == (True, False, {Nowhere(): 1})


def test_frozen_values_are_printed_as_they_could_be_made_and_read_back_when_pickled():
    assert [repr(each) for each in (Place("a", (1,)), Nowhere(), Own("a"))] == ["Place(name='a', kept=(1,))", "Nowhere()", "Own(name='a')"]
    assert pickle.loads(pickle.dumps(Place("a", (1,)))) == Place("a", (1,))  # noqa: S301  # our own bytes
    assert copy.copy(Place("a")) == Place("a")


def test_a_class_with_a_private_field_is_made_by_attrs():
    assert repr(Name("a", language="fr")) == "Name(text='a', _language='fr')"


def test_mutable_values_change():
    count = Count()
    count.number += 2
    assert (count.number, Count(number=5).number, count == Count(2)) == (2, 5, False)


@record
class Ship(Entity):
    """A ship."""


@record
class Voyage(Fact):
    """A ship went on a voyage."""

    ship: Ref[Ship]
    ports: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class LongVoyage(Voyage):
    days: int = 1


@record
class Race(LongVoyage):
    won: bool = False


def test_a_record_takes_keywords_and_converts_as_its_ancestors_do():
    race = Race(id="r", ship="s", inferred="from the log", won=True)
    assert (race.id, race.ship, race.ports, race.days, race.won, race.status) == ("r", "s", (), 1, True, "stated")
    assert race.inferred == Reasons.of("from the log")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"id": "v"}, "missing a required argument: 'ship'"),
        ({"id": "v", "ship": "s", "port": "p"}, "got an unexpected keyword argument 'port'"),
        ({"id": "v", "shop": "s"}, "missing a required argument: 'ship'"),
    ],
)
def test_a_record_says_what_is_wrong_with_a_call(given, message):
    with pytest.raises(TypeError) as caught:
        Voyage(**given)
    assert str(caught.value) == message


def test_records_pickle_and_evolve_and_show_their_fields():
    held = OfficeHolding(id="h", person="p", office="o")
    assert pickle.loads(pickle.dumps(held)) == held  # noqa: S301  # our own bytes
    assert attrs.evolve(held, office="q") == OfficeHolding(id="h", person="p", office="q")
    assert [each.name for each in attrs.fields(OfficeHolding)][-2:] == ["period", "office"]
    assert issubclass(OfficeHolding, Tenure)
    assert "body" in inspect.signature(Creation).parameters
