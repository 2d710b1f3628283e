"""A change judged: its states read from a repository, the head as a whole, the others where the change can reach."""

import os
import posixpath
from collections.abc import Callable, Sequence
from contextlib import chdir

import attrs

from rehabfacts.changes.classes import Change, State, classify
from rehabfacts.changes.policies import Policy, policy_changes, type_changes
from rehabfacts.changes.reach import EverywhereError, reach
from rehabfacts.changes.repositories import Repository, around, refused
from rehabfacts.changes.revisions import Revision, laid_out
from rehabfacts.checker.reports import Report, Since
from rehabfacts.errors import InvalidInput, Problem
from rehabfacts.loading.loader import Loaded
from rehabfacts.settings import USUAL_PATHS, Settings, find_settings


@attrs.frozen
class Ways:
    """How the files of a state are read, and what was read is judged; `adjust` changes settings as the caller wants them.

    `read` takes the paths, the settings and, if they are not those of the files, the policy to judge by. `paths` are those to read
    in every state, if the settings of each are not to say.
    """

    paths: tuple[str, ...]
    read: Callable[[tuple[str, ...], Settings, Policy | None], Loaded]
    judge: Callable[[Loaded, Settings], Report]
    adjust: Callable[[Settings], Settings]


@attrs.frozen(eq=False)
class _Read:
    """A state as it was read, with the policy that it is judged by, and the one that its own files have."""

    inputs: Loaded
    policy: Policy
    own: Policy


def judge_change(repository: Repository, base: str, head: str | None, ways: Ways, *, policy_from: str | None = None) -> Change:
    """What a change does between where two revisions come from and the second (the files as they lie, without one).

    Where the first has gone on since, the merge of both is judged too. Raises InvalidInput (E-GIT) for what git does not know.
    """
    return _Comparing(repository, ways, policy_from).run(base, head)


def judge_under(repository: Repository, revision: str, ways: Ways, *, allow_policy: bool = False) -> Report:
    """The report of the files as they lie by the policy of a revision; what they alter in it is said, and fails the run unless it is allowed."""
    comparing = _Comparing(repository, ways, revision)
    read = comparing.read(None)
    altered = policy_changes(read.policy, read.own)
    return attrs.evolve(ways.judge(read.inputs, read.policy.settings), since=Since(revision, {}, altered, is_allowed=allow_policy))


def earlier_file(path: str, *, since: str | None, policy_from: str | None) -> tuple[bool, bytes | None]:
    """Whether a file stands in the repository around, so that a change could alter it, and what it held before; None if it was not there.

    Before is at the revision that the policy is from, or else where the change since a revision comes from.
    """
    path = os.path.relpath(path)
    with around() as repository:
        if posixpath.normpath(posixpath.join(repository.prefix, path.replace(os.sep, "/"))).split("/")[0] == "..":
            return False, None
        commit = repository.commit(policy_from or since or "HEAD")
        if policy_from is None:
            commit = repository.commons(commit, repository.commit("HEAD"))[0]
        with laid_out(repository, commit) as revision:
            revision.lay_out([path], with_folders=False)
            file = revision.here / path
            return True, file.read_bytes() if file.is_file() else None


class _Comparing:
    def __init__(self, repository: Repository, ways: Ways, policy_from: str | None) -> None:
        self._repository, self._ways = repository, ways
        self._kept: Policy | None = None
        self._kept = None if policy_from is None else self.read(repository.commit(policy_from)).own

    def run(self, base: str, head: str | None) -> Change:
        repository = self._repository
        theirs, ours = repository.commit(base), repository.commit(head or "HEAD")
        first, *more = repository.commons(theirs, ours)
        is_apart = theirs not in {first, ours, *more} and ours not in {first, *more}
        tree = repository.merged(theirs, ours) if is_apart else None
        before, after = self.read(first), self.read(None if head is None else ours)
        others = [self.read(each) for each in (*more, *((theirs,) if is_apart else ()))]
        merge = None if tree is None else self.read(tree)
        states = self._judged(after, [before, *others, *((merge,) if merge else ())])
        change = classify(states[1], states[0], merge=states[-1] if merge else None, elsewhere=states[2 : 2 + len(others)])
        return attrs.evolve(change, policy=policy_changes(before.own, after.own), unmerged=is_apart and tree is None)

    def _judged(self, head: _Read, others: Sequence[_Read]) -> list[State]:
        """The head judged whole, the others, which may hold nothing, only where what differs between any of them can reach."""
        report = self._ways.judge(head.inputs, head.policy.settings)
        reached = self._reached(report, [head, *others])
        states = [State(head.inputs.dataset, report)]
        for each in others:
            dataset = each.inputs.dataset
            problems = tuple(problem for problem in each.inputs.problems if problem.code != "E-NOTHING")
            inputs = attrs.evolve(each.inputs, problems=problems, dataset=dataset if reached is None else dataset.part(reached))
            states.append(State(dataset, self._ways.judge(inputs, each.policy.settings), reached))
        return states

    def _reached(self, report: Report, states: Sequence[_Read]) -> frozenset[str] | None:
        """What must be judged in every state; None for all of it, where they are judged otherwise or cannot be told apart."""
        first, settings = states[0], report.settings
        is_choosing = settings.trust or settings.without_sources or settings.as_of is not None
        if is_choosing or report.unfinished or not all(first.policy.judges_as(each.policy) for each in states):
            return None
        try:
            return reach([each.inputs.dataset for each in states], report.rules)
        except EverywhereError:
            return None

    def read(self, tree: str | None) -> _Read:
        """A state by its tree, or of the files as they lie."""
        if tree is None:
            return self._read_here()
        with laid_out(self._repository, tree) as revision, chdir(revision.here):
            return self._read_revision(revision)

    def _read_here(self) -> _Read:
        if self._repository.is_bare:
            raise refused("a bare repository has no files of its own", "name two revisions")
        return self._read(lambda paths, _: paths, os.path.isdir)

    def _read_revision(self, revision: Revision) -> _Read:
        def lay_out(paths: tuple[str, ...], settings: Settings) -> tuple[str, ...]:
            there = tuple(each for each in paths if revision.has(each))
            revision.lay_out((*there, *settings.schemas, *settings.waivers))
            return there

        return self._read(lay_out, revision.has)

    def _read(self, lay_out: Callable[[tuple[str, ...], Settings], tuple[str, ...]], exists: Callable[[str], bool]) -> _Read:
        def files(settings: Settings, policy: Policy | None) -> Loaded:
            named = self._ways.paths or settings.paths or tuple(each for each in USUAL_PATHS if exists(each))
            there = lay_out(named, settings)
            return self._ways.read(there, attrs.evolve(settings, paths=there), policy)

        settings, kept = self._ways.adjust(find_settings()), self._kept
        inputs = files(settings, None)
        own = Policy(inputs.rules, settings, inputs.dataset.schema, inputs.waivers)
        if kept is None:
            return _Read(inputs, own, own)
        others = [each for each in type_changes(kept.schema, own.schema) if not each.endswith("added")]
        if others:
            hint = "take the policy from a revision with the same types"
            raise InvalidInput((Problem("E-CONFIG", f"the rules of the policy cannot judge facts of other types: {', '.join(others)}", hint),))
        inputs = inputs if kept.judges_as(own) else files(kept.settings, kept)
        return _Read(attrs.evolve(inputs, waivers=kept.waivers), kept, own)
