"""Columns: the variable that stands at the end of a way, for each record that the way starts from."""

from collections.abc import Callable, Mapping

from rehabfacts.dataset import Record
from rehabfacts.engines.sums import NotStatedError


class Column(dict[str, int]):
    """The number of a variable by the id of the record from which the way starts, found when it is first asked for.

    Raises NotStatedError where a role on the way is not stated.
    """

    __slots__ = ("_find", "_name", "_records", "_roles")

    def __init__(self, records: Mapping[str, Record], roles: tuple[str, ...], name: str, find: Callable[[str, str], int]) -> None:
        super().__init__()
        self._records, self._roles, self._name, self._find = records, roles, name, find

    def __missing__(self, start: str) -> int:
        """The number that was not asked for before."""
        end = start
        for role in self._roles:
            target = getattr(self._records[end], role)
            if target is None:
                raise NotStatedError
            end = target
        found = self[start] = self._find(end, self._name)
        return found
