"""Why choices cannot stand, and the few of them that are remembered so as not to be made together again."""

from collections.abc import Container, Iterator, Mapping

from rehabfacts.network.contradictions import Cases, Proof
from rehabfacts.plain import plain

Choice = tuple[int, int]
"""A clause and a branch of it."""

_FEW = 3
"""So many choices that cannot stand together are remembered."""


@plain
class Refusal:
    """Why something cannot be: the choices it rests on, and the proof."""

    used: frozenset[Choice]
    proof: Proof


def joined(clause: int, refused: Mapping[int, Refusal]) -> Refusal:
    """No branch of a clause can be, each for its own reason."""
    used = frozenset(each for branch, refusal in refused.items() for each in refusal.used - {(clause, branch)})
    proofs = tuple(refused[branch].proof for branch in range(len(refused)))
    return Refusal(used, proofs[0] if len(proofs) == 1 else Cases(clause, proofs))


class Nogoods:
    """The refusals that rest on few choices, by each of these."""

    def __init__(self) -> None:
        self._by_choice: dict[Choice, list[Refusal]] = {}

    def keep(self, refusal: Refusal) -> None:
        """Remembers a refusal if it rests on few choices."""
        if len(refusal.used) <= _FEW:
            for each in refusal.used:
                self._by_choice.setdefault(each, []).append(refusal)

    def against(self, choice: Choice, made: Container[Choice]) -> Refusal | None:
        """Why a choice cannot be made beside those that are made, if that is known."""
        for refusal in self._by_choice.get(choice, ()):
            if all(each in made for each in refusal.used if each != choice):
                return refusal
        return None

    def excluded(self, choice: Choice, made: Container[Choice]) -> Iterator[tuple[Choice, Refusal]]:
        """The choices that cannot be made any more now that one is, each with why."""
        for refusal in self._by_choice.get(choice, ()):
            missing = [each for each in refusal.used if each not in made]
            if len(missing) == 1:
                yield missing[0], refusal
