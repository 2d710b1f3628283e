"""Changes one thing of the verifier at a time, and asks its tests whether they notice.

    python scripts/mutate_verifier.py [--only TEXT] [--show]

Every mutant (a comparison turned, a condition negated, a statement or a step left out, a number one off …) must fail a test of
tests/network, or be listed with a reason in tests/network/equivalent_mutants.txt: there a line of the source begins at the
margin, and under it stand the changes of it that change no answer, each with why. What is listed and is no longer there, or
fails a test after all, is as much a failure as a mutant that nobody notices. Tests that Hypothesis runs take no part, nor do
those that take long.
"""

import argparse
import ast
import importlib
import itertools
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, NamedTuple

from mutants import Mutant, iter_mutants

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "rehabfacts" / "network" / "verify.py"
LISTED = ROOT / "tests" / "network" / "equivalent_mutants.txt"
TESTS = ("test_verify", "test_verify_mutants")
NAME = "rehabfacts.network.verify"
SLOW = {
    "test_whatever_tampering_is_accepted_says_nothing_false", "test_no_change_of_a_proof_is_accepted_but_one_that_proves_as_much",
    "test_a_part_of_another_kind_is_refused", "test_what_is_too_great_or_too_deep_is_refused",
    "test_the_least_gain_of_months_is_the_least_over_the_calendar",
}  # fmt: skip
"""Tests that take no part: each would be run for every mutant that changes nothing."""
PATIENCE = 10
"""Seconds after which a mutant that does not come to an end counts as noticed."""


class Test(NamedTuple):
    """A test with its arguments, in this process."""

    name: str
    function: Callable[..., None]
    arguments: dict[str, Any]

    def fails(self) -> bool:
        """Whether it fails, in whatever way, or does not end."""
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)
        try:
            self.function(**self.arguments)
        except KeyboardInterrupt:
            raise
        except BaseException:  # noqa: BLE001  # whatever a mutant does, and what pytest raises
            return True
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return False


class TooLongError(BaseException):
    """No mutant can catch it."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooLongError


def collect() -> tuple[list[ModuleType], list[Test]]:
    """The tests of the verifier, the quickest first, each of which holds for the verifier as it is."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "network")]
    modules = [importlib.import_module(name) for name in TESTS]
    timed = []
    for test in (test for module in modules for test in _tests_of(module)):
        began = time.process_time()
        if test.fails():
            raise SystemExit(f"{test.name} fails already")
        timed.append((time.process_time() - began, test))
    return modules, [test for _, test in sorted(timed, key=lambda each: each[0])]


def _tests_of(module: ModuleType) -> Iterator[Test]:
    for name, function in vars(module).items():
        if not name.startswith("test_") or name in SLOW or hasattr(function, "hypothesis"):
            continue
        marks = [mark.args for mark in getattr(function, "pytestmark", ()) if mark.name == "parametrize"]
        for values in itertools.product(*(each for _, each in marks)):
            arguments: dict[str, Any] = {}
            for (names, _), value in zip(marks, values, strict=True):
                named = names.split(",") if isinstance(names, str) else names
                arguments.update(zip(named, value if len(named) > 1 else (value,), strict=True))
            yield Test(f"{module.__name__}.{name}", function, arguments)


def _in_place(modules: list[ModuleType], mutant: ModuleType) -> dict[ModuleType, dict[str, Any]]:
    """For each module of tests, the names that stand for the verifier or for something of it, with what the mutant has there."""
    plain = sys.modules[NAME]
    found: dict[ModuleType, dict[str, Any]] = {}
    for module in modules:
        of_it = {name: value.__name__ for name, value in vars(module).items() if getattr(value, "__module__", None) == NAME}
        whole = {name: mutant for name, value in vars(module).items() if value is plain}
        found[module] = {name: getattr(mutant, own, None) for name, own in of_it.items()} | whole
    return found


def is_noticed(tree: ast.Module, modules: list[ModuleType], tests: list[Test]) -> bool:
    """Whether a test fails with the changed verifier in the place of its own; such a test is asked first from then on."""
    mutant = ModuleType(NAME)
    try:
        exec(compile(tree, str(SOURCE), "exec"), vars(mutant))  # noqa: S102  # our own source, changed by us
    except Exception:  # noqa: BLE001  # it does not even load
        return True
    kept = {module: dict(vars(module)) for module in modules}
    try:
        for module, names in _in_place(modules, mutant).items():
            vars(module).update(names)
        for at, test in enumerate(tests):
            if test.fails():
                tests.insert(at // 2, tests.pop(at))
                return True
    finally:
        for module, names in kept.items():
            vars(module).update(names)
    return False


# What is listed


def read_listed(text: str) -> dict[tuple[str, str], str]:
    """The listed mutants by line and change, with the reasons."""
    found: dict[tuple[str, str], str] = {}
    line = ""
    for number, each in enumerate(text.splitlines(), 1):
        if each.startswith("#") or not each.strip():
            continue
        if not each.startswith(" "):
            line = each.strip()
            continue
        change, separator, reason = each.strip().partition("  because  ")
        if not (line and separator and reason):
            raise SystemExit(f"{LISTED.name}:{number}: expected a line, and under it `change  because  reason`, got {each!r}")
        found[line, change] = reason
    return found


def main() -> None:
    """Prints what became of the mutants; ends with 1 where one was not noticed, or a listed one is not as listed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="only mutants whose line or change has this text")
    parser.add_argument("--show", action="store_true", help="show every mutant with what became of it")
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, _stop)
    modules, tests = collect()
    listed = read_listed(LISTED.read_text(encoding="utf-8")) if LISTED.exists() else {}
    found: dict[Mutant, bool] = {}
    for mutant, tree in iter_mutants(SOURCE.read_text(encoding="utf-8")):
        if options.only in f"{mutant.line}\n{mutant.change}":
            found[mutant] = is_noticed(tree, modules, list(tests) if options.show else tests)
            if options.show:
                print(f"{mutant.number}: {'noticed' if found[mutant] else 'NOT NOTICED'}: {mutant.change}", flush=True)
    raise SystemExit(tell(found, listed, is_whole=not options.only))


def tell(found: dict[Mutant, bool], listed: dict[tuple[str, str], str], *, is_whole: bool) -> int:
    """Prints what became of the mutants; returns 1 where one was neither noticed nor listed, or a listed one was noticed or is gone."""
    missed = [mutant for mutant, noticed in found.items() if not noticed]
    unlisted = [mutant for mutant in missed if mutant[1:] not in listed]
    stale = sorted(listed.keys() - {mutant[1:] for mutant in missed}) if is_whole else []
    print(f"{len(found):,} mutants, {len(found) - len(missed):,} killed, {len(missed) - len(unlisted)} equivalent")
    for mutant in unlisted:
        print(f"not noticed, line {mutant.number}: {mutant.line}\n    {mutant.change}")
    for line, change in stale:
        print(f"listed, but no mutant that tests leave alone: {line}\n    {change}")
    return 1 if unlisted or stale else 0


if __name__ == "__main__":
    main()
