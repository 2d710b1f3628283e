"""What types of entities and facts there are: attrs classes in, a readable `Schema` out."""

import enum
import types
import typing
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

import attrs

from rehabfacts.dates import Date, Period
from rehabfacts.errors import NoSuchThing, nearest
from rehabfacts.names import Names as Names  # noqa: PLC0414  # a kind of field, as Ref is: the vocabularies take both from here
from rehabfacts.names import Reasons
from rehabfacts.origins import NOWHERE, Origin
from rehabfacts.quantities import Quantity

T = TypeVar("T")


class Ref(str, Generic[T]):
    """The id of an entity or a fact of type T."""

    __slots__ = ()


class TimelineKind(enum.Enum):
    """How an entity's time is shaped: a span of days, or one day."""

    PERIOD = "period"
    MOMENT = "moment"


PERIOD, MOMENT = TimelineKind.PERIOD, TimelineKind.MOMENT


@typing.dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(attrs.field,))
def record(cls: type[T]) -> type[T]:
    """Makes an attrs class of an entity or fact type: frozen, keyword-only.

    Comparing, printing and pickling are `Record`'s, so that a vocabulary of fifty types is there in a few milliseconds.
    """
    return attrs.frozen(kw_only=True, eq=False, repr=False, getstate_setstate=False)(cls)


class Record:
    """What entities and facts have in common: two are equal if they are of one type and say the same, wherever it is written."""

    __slots__ = ()
    id: str

    def _said(self) -> dict[str, Any]:
        return {name: value for name, value in self.__getstate__().items() if name != "origin"}

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Record) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash((type(self), self.id))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self._said().items() if value not in (None, ()))
        return f"{type(self).__name__}({said})"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:  # noqa: FBT001  # the protocol of IPython and Hypothesis
        printer.text(repr(self))

    def __getstate__(self) -> dict[str, Any]:
        fields: Any = attrs.fields(type(self))  # type: ignore[arg-type]  # every subclass is an attrs class
        return {each.name: getattr(self, each.name) for each in fields}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)


@record
class Entity(Record):
    """What facts speak of. It carries identity and names only; every relation is a fact."""

    id: str
    name: Names | None = None
    mentions: tuple[str, ...] = ()
    origin: Origin = NOWHERE


Status = Literal["stated", "reported", "alleged", "denied", "superseded"]


@record
class Fact(Record):
    """One claim made by one source, with the words that carry it.

    A type says: the sentence that tells such a fact, fields in braces (`SAYS`); the roles that make two facts speak of one
    event (`IDENTIFIED_BY`); two roles that name one and the same thing or event (`SAME`); a lower and an upper role that
    must not lead in a circle (`HIERARCHY`); and periods of which every day is claimed, so that a bare year deserves a
    second look (`FULL_PERIODS`). A fact with `superseded_by` counts only where the fact that took its place is not there.
    """

    SAYS: ClassVar[str] = ""
    IDENTIFIED_BY: ClassVar[tuple[str, ...]] = ()
    SAME: ClassVar[tuple[str, ...]] = ()
    HIERARCHY: ClassVar[tuple[str, ...]] = ()
    FULL_PERIODS: ClassVar[tuple[str, ...]] = ()

    id: str
    source: str | None = None
    quote: str | None = None
    cites: str | None = None
    according_to: Ref[Entity] | None = None
    status: Status = "stated"
    superseded_by: Ref["Fact"] | None = None
    inferred: Reasons | None = attrs.field(default=None, converter=attrs.Converter(Reasons.of))
    note: Names | None = None
    origin: Origin = NOWHERE


class Kind(enum.Enum):
    """What a field holds."""

    ROLE = "role"
    DATE = "date"
    PERIOD = "period"
    QUANTITY = "quantity"
    NAMES = "names"
    REASONS = "reasons"
    TEXT = "text"
    TEXTS = "texts"
    CHOICE = "choice"
    FLAG = "flag"


_KINDS: dict[Any, Kind] = {
    Date: Kind.DATE, Period: Kind.PERIOD, Quantity: Kind.QUANTITY, Names: Kind.NAMES, Reasons: Kind.REASONS,
    str: Kind.TEXT, bool: Kind.FLAG, tuple[str, ...]: Kind.TEXTS,
}  # fmt: skip


@attrs.frozen
class Field:
    """One field of a type: its kind, the type a role points at, the words a choice allows, whether a period claims every day.

    `unit` is "%" where a quantity is a percentage.
    """

    name: str
    kind: Kind
    is_required: bool = False
    target: str = ""
    choices: tuple[str, ...] = ()
    is_full: bool = False
    unit: str = ""


@attrs.frozen
class RecordType:
    """An entity type or a fact type as rules and loaders see it."""

    name: str
    cls: type
    is_fact: bool
    fields: Mapping[str, Field]
    timelines: Mapping[str, TimelineKind]
    lineage: tuple[str, ...]

    @property
    def identified_by(self) -> tuple[str, ...]:
        """The roles that make two facts of this type speak of one event; empty if none do."""
        return getattr(self.cls, "IDENTIFIED_BY", ())

    @property
    def same(self) -> tuple[str, ...]:
        """The two roles that name one and the same thing or event; empty if this type says nothing of the kind."""
        return getattr(self.cls, "SAME", ())

    @property
    def hierarchy(self) -> tuple[str, ...]:
        """The lower and the upper role of a relation that has no circles; empty if it is none."""
        return getattr(self.cls, "HIERARCHY", ())

    @property
    def says(self) -> str:
        """The sentence that tells such a fact, its fields in braces."""
        return getattr(self.cls, "SAYS", "")

    @cached_property
    def roles(self) -> tuple[Field, ...]:
        """The fields that name other records."""
        return tuple(field for field in self.fields.values() if field.kind is Kind.ROLE)

    @cached_property
    def variables(self) -> tuple[tuple[str, Kind], ...]:
        """The fields that are times or quantities, with their kinds."""
        timed = (Kind.DATE, Kind.PERIOD, Kind.QUANTITY)
        return tuple((field.name, field.kind) for field in self.fields.values() if field.kind in timed)


@attrs.frozen
class Schema:
    """The types of a project, by name."""

    types: Mapping[str, RecordType]

    def __repr__(self) -> str:
        return f"Schema({', '.join(self.types)})"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:  # noqa: FBT001  # the protocol of IPython and Hypothesis
        printer.text(repr(self))

    @classmethod
    def of(cls, classes: Iterable[type]) -> "Schema":
        """Reads the annotations of attrs classes derived from `Entity` or `Fact`, once.

        A field is a `Ref[X]`, `Date`, `Period`, `Quantity`, `Names`, `str`, `bool`, `tuple[str, ...]` or a
        `Literal` of texts, each also `| None`. Raises TypeError for anything else.
        """
        return cls({each.__name__: _record_type(each) for each in (Entity, Fact, *classes)})

    def with_types(self, *classes: type) -> "Schema":
        """A copy that knows the given classes too."""
        return Schema({**self.types, **{each.__name__: _record_type(each) for each in classes}})

    def __getitem__(self, name: str) -> RecordType:
        try:
            return self.types[name]
        except KeyError:
            raise NoSuchThing("type", name, nearest(name, self.types)) from None

    def subtypes(self, name: str) -> tuple[str, ...]:
        """The type itself and every type derived from it."""
        return self._subtypes.get(name, ())

    @cached_property
    def _subtypes(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for each in self.types.values():
            for ancestor in each.lineage:
                found.setdefault(ancestor, []).append(each.name)
        return {name: tuple(sorted(names)) for name, names in found.items()}


_OWN = ("origin",)


def _record_type(cls: type) -> RecordType:
    if not (attrs.has(cls) and issubclass(cls, (Entity, Fact))):
        raise TypeError(f"expected an attrs class derived from Entity or Fact, got {cls!r}")
    if any(isinstance(each.type, str) for each in attrs.fields(cls)):
        attrs.resolve_types(cls)
    fields = {each.name: _field(cls, each) for each in attrs.fields(cls) if each.name not in _OWN}
    lineage = [base for base in cls.__mro__ if issubclass(base, (Entity, Fact))]
    timelines = {
        name: value for base in reversed(lineage) for name, value in vars(base).items() if isinstance(value, TimelineKind)
    }
    return RecordType(cls.__name__, cls, issubclass(cls, Fact), fields, timelines, tuple(each.__name__ for each in lineage))


def _field(cls: type, attribute: "attrs.Attribute[Any]") -> Field:
    annotation: Any = attribute.type
    try:
        return _annotated(attribute.name, annotation, attribute.default is attrs.NOTHING, attribute.name in getattr(cls, "FULL_PERIODS", ()))
    except (KeyError, TypeError):
        raise TypeError(f"{cls.__name__}.{attribute.name}: {annotation!r} is no kind of field") from None


@cache
def _annotated(name: str, annotation: Any, is_required: bool, is_full: bool) -> Field:  # noqa: FBT001  # fifty types have most fields in common
    annotation = _without_none(annotation)
    form = typing.get_origin(annotation)
    if form is Ref:
        (target,) = typing.get_args(annotation)
        return Field(name, Kind.ROLE, is_required, target=target.__forward_arg__ if isinstance(target, typing.ForwardRef) else target.__name__)
    if form is Literal:
        return Field(name, Kind.CHOICE, is_required, choices=typing.get_args(annotation))
    if form is Annotated:
        annotation, unit = typing.get_args(annotation)
        return Field(name, _KINDS[annotation], is_required, unit=unit)
    return Field(name, _KINDS[annotation], is_required, is_full=is_full)


def _without_none(annotation: Any) -> Any:
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        rest = [each for each in typing.get_args(annotation) if each is not types.NoneType]
        return rest[0] if len(rest) == 1 else annotation
    return annotation
