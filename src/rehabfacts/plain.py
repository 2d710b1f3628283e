"""Classes with slots, made in a tenth of the time that attrs takes; what attrs tells of one is found out when it is asked for.

A run makes a hundred and fifty classes before it reads its first fact. A default that is made anew is an `attrs.Factory`.
"""

import functools
import inspect
import itertools
import operator
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, NoReturn

import attrs

T = typing.TypeVar("T")

_set = object.__setattr__
_TOLD_TO_ATTRS = type(attrs.field())
_OWN_WAYS = ("__init__", "__attrs_pre_init__", "__attrs_post_init__")


class Told(NamedTuple):
    """What a class tells of a field, in the words of attrs.Attribute."""

    name: str
    type: Any
    default: Any = attrs.NOTHING
    converter: Any = None


Methods = Callable[[Sequence[Any]], dict[str, Any]]
"""The methods of a class, from its fields."""


@typing.dataclass_transform(frozen_default=True, field_specifiers=(attrs.field,))
def plain(cls: type[T]) -> type[T]:
    """Makes a frozen class that is compared by identity and neither printed nor pickled, for what never leaves a run."""
    return made(cls, unchangeable, by_place, as_by=functools.partial(attrs.frozen, **_BARE))


@typing.dataclass_transform(field_specifiers=(attrs.field,))
def mutable(cls: type[T]) -> type[T]:
    """Makes a class like a plain one whose values change while they are built."""
    return made(cls, by_place, as_by=functools.partial(attrs.define, **_BARE))


_BARE: dict[str, Any] = {"eq": False, "repr": False, "getstate_setstate": False}

if TYPE_CHECKING:
    from attrs import frozen as frozen  # noqa: PLC0414  # the checker of types knows what it makes
else:

    def frozen(cls: type | None = None, /, *, eq: bool = True) -> Any:
        """Makes the class that `attrs.frozen` makes."""
        if cls is None:
            return functools.partial(frozen, eq=eq)
        return made(cls, unchangeable, by_place, printed, pickled, *((compared,) if eq else ()), as_by=functools.partial(attrs.frozen, eq=eq))


def made(original: type[T], *methods: Methods, as_by: Callable[[type], Any]) -> type[T]:
    """The class that attrs would make, with the methods that the class does not have of its own.

    One that says more of its fields than their defaults, or makes itself in a way of its own, is made by attrs.
    """
    in_full = functools.cache(lambda: as_by(original))
    inherited = {each.name: each for base in reversed(original.__bases__) for each in told(base)}
    body = dict(vars(original))
    own = [Told(name, kind, body.pop(name, attrs.NOTHING)) for name, kind in inspect.get_annotations(original).items() if not _is_class_var(kind)]
    if not _is_simple(body, own, inherited.values()):
        return typing.cast("type[T]", in_full())
    names = {each.name for each in own}
    fields = (*(each for each in inherited.values() if each.name not in names), *own)
    for name in ("__dict__", "__weakref__"):
        body.pop(name, None)
    kind: Any = type(original)
    return typing.cast("type[T]", kind(original.__name__, original.__bases__, {
        **dict(itertools.chain.from_iterable(each(fields).items() for each in methods)),
        **body,
        "__slots__": (*(each.name for each in own if each.name not in inherited), *_further_slots(original, body)),
        "__told__": fields,
        "__attrs_attrs__": _Late(lambda: attrs.fields(in_full())),
        "__signature__": _Late(lambda: inspect.signature(in_full())),
    }))  # fmt: skip


def told(cls: type) -> Sequence[Any]:
    """The fields of a class: a `Told` each, or where attrs made it an attrs.Attribute."""
    found: Sequence[Any] | None = vars(cls).get("__told__")
    return found if found is not None else attrs.fields(cls) if attrs.has(cls) else ()


class _Late:
    """An attribute of a class that is found out when it is first asked for."""

    def __init__(self, find: Callable[[], Any]) -> None:
        self._find = functools.cache(find)

    def __get__(self, _: object, owner: type) -> Any:
        return self._find()


def _is_class_var(kind: Any) -> bool:
    return kind.startswith(("ClassVar", "typing.ClassVar")) if isinstance(kind, str) else kind is ClassVar or typing.get_origin(kind) is ClassVar


def _is_simple(body: Mapping[str, Any], own: Iterable[Told], inherited: Iterable[Any]) -> bool:
    """Whether there is nothing that only attrs can do: fields told with `attrs.field` or private, hooks, methods that call `super()`."""
    methods = (getattr(each, "fget", None) or getattr(each, "__func__", each) for each in body.values())
    return not (
        any(isinstance(each.default, _TOLD_TO_ATTRS) or each.name.startswith("_") for each in own)
        or any(getattr(each, "validator", None) is not None or not getattr(each, "init", True) for each in inherited)
        or any(name in body for name in _OWN_WAYS)
        or any(getattr(each, "__closure__", None) for each in methods)
    )


def _further_slots(original: type, body: Mapping[str, Any]) -> Iterator[str]:
    if not any("__weakref__" in vars(base) for base in original.__mro__[1:]):
        yield "__weakref__"
    if any(isinstance(each, functools.cached_property) for each in body.values()):
        yield "__dict__"


def unchangeable(_: Sequence[Any]) -> dict[str, Any]:
    """Neither set nor deleted."""
    return {"__setattr__": _refuse, "__delattr__": _refuse}


def _refuse(*_: object) -> NoReturn:
    raise attrs.exceptions.FrozenInstanceError


def compared(fields: Sequence[Any]) -> dict[str, Any]:
    """Equal are those of one class whose fields are equal."""
    values: Callable[[object], Any] = operator.attrgetter(*(each.name for each in fields)) if fields else lambda _: ()

    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


def printed(fields: Sequence[Any]) -> dict[str, Any]:
    """Printed as it could be made."""

    def __repr__(self: object) -> str:  # noqa: N807
        return f"{type(self).__qualname__.rpartition('>.')[2]}({', '.join(f'{each.name}={getattr(self, each.name)!r}' for each in fields)})"

    return {"__repr__": __repr__}


def pickled(fields: Sequence[Any]) -> dict[str, Any]:
    """Pickled by what is in the fields."""

    def __getstate__(self: object) -> dict[str, Any]:  # noqa: N807
        return {each.name: getattr(self, each.name) for each in fields}

    def __setstate__(self: object, state: Mapping[str, Any]) -> None:  # noqa: N807
        for name, value in state.items():
            _set(self, name, value)

    return {"__getstate__": __getstate__, "__setstate__": __setstate__}


def by_place(fields: Sequence[Any]) -> dict[str, Any]:
    """Made from values in the order of the fields. How is written when the first is made: many classes have none in a run."""

    def __init__(self: object, *given: Any, **values: Any) -> None:  # noqa: N807
        owner: Any = next(each for each in type(self).__mro__ if vars(each).get("__init__") is __init__)
        owner.__init__ = _written(owner.__qualname__, fields)
        owner.__init__(self, *given, **values)

    return {"__init__": __init__, "__match_args__": tuple(each.name for each in fields)}


def _written(name: str, fields: Sequence[Any]) -> Callable[..., None]:
    usual = {each.name: each.default for each in fields if each.default is not attrs.NOTHING}
    anew = {name for name, default in usual.items() if isinstance(default, attrs.Factory)}  # type: ignore[arg-type]  # a class it is
    parameters = (f"{each.name}=usual[{each.name!r}]" if each.name in usual else each.name for each in fields)
    values = (f"usual[{each.name!r}].factory() if {each.name} is usual[{each.name!r}] else {each.name}" if each.name in anew else each.name for each in fields)
    lines = [f"    set_(self, {each.name!r}, {value})" for each, value in zip(fields, values, strict=True)] or ["    pass"]
    space: dict[str, Any] = {"usual": usual, "set_": _set}
    exec("\n".join([f"def __init__(self, {', '.join(parameters)}):", *lines]), space)  # noqa: S102  # names of fields
    space["__init__"].__qualname__ = f"{name}.__init__"
    return typing.cast("Callable[..., None]", space["__init__"])


def by_keyword(fields: Sequence[Any]) -> dict[str, Any]:
    """Made from keywords alone. There is nothing to write: that of a record, with its many fields, would take long."""
    usual = {each.name: each.default for each in fields if each.default is not attrs.NOTHING}
    anew = [(name, default.factory) for name, default in usual.items() if isinstance(default, attrs.Factory)]  # type: ignore[arg-type]  # a class it is
    converted = [(each.name, getattr(each.converter, "converter", each.converter)) for each in fields if each.converter is not None]
    names = tuple(each.name for each in fields)
    known = frozenset(names)

    def __init__(self: object, **values: Any) -> None:  # noqa: N807
        given = {**usual, **values}
        if given.keys() != known:
            inspect.signature(type(self)).bind(**values)  # it says what is wrong
        for name, make in anew:
            given[name] = values[name] if name in values else make()
        for name, convert in converted:
            given[name] = convert(given[name])
        for name in names:
            _set(self, name, given[name])

    return {"__init__": __init__}
