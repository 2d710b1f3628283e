"""The shipped dataset and rule packs, wherever the package is installed."""

from functools import cache
from typing import TYPE_CHECKING

from rehabfacts.dataset import Dataset
from rehabfacts.errors import InvalidInput, NoSuchThing, nearest
from rehabfacts.loading.loader import Loaded, load
from rehabfacts.rules.rules import Rule
from rehabfacts.schema import Schema
from rehabfacts.vocabulary import INSTITUTIONS

if TYPE_CHECKING:
    from pathlib import Path


def path(name: str) -> "Path":
    """The directory of the shipped `facts` or `rules`: in the wheel, or beside the sources of an editable install."""
    from pathlib import Path  # noqa: PLC0415  # 3 ms that a check of one's own rules need not pay

    installed = Path(__file__).parent / "_data" / name
    return installed if installed.is_dir() else Path(__file__).parents[2] / name


def dataset() -> Dataset:
    """How Kazakhstan rehabilitated the victims of Soviet repression, 1991–2023: one Ukrainian article as facts."""
    return _loaded("facts").dataset


def packs() -> tuple[str, ...]:
    """The names of the shipped rule packs."""
    return tuple(sorted(file.stem for file in path("rules").glob("*.yaml")))


def rules(*names: str, schema: Schema = INSTITUTIONS) -> tuple[Rule, ...]:
    """The rules of the named packs, of all of them if none is named. Raises NoSuchThing.

    A pack that speaks of types that `schema` does not have raises InvalidInput.
    """
    for name in names:
        if name not in packs():
            raise NoSuchThing("rule pack", name, nearest(name, packs()))
    files = [path("rules") / f"{name}.yaml" for name in (names or packs())]
    found = load(files, schema)
    if not found.is_complete:
        raise InvalidInput(found.problems)
    return found.rules


@cache
def _loaded(name: str) -> Loaded:
    found = load([path(name)], INSTITUTIONS)
    if not found.is_complete:
        raise InvalidInput(found.problems)
    return found
