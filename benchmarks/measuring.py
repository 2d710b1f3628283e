"""Whole processes measured: processor time, wall time and memory, as medians of runs that alternate."""

import os
import platform
import statistics
import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """What a process cost: seconds of the processor and of the clock, and the most memory it held, in MB."""

    processor: float
    wall: float
    memory: float


class Row(NamedTuple):
    """One line of a result: what was measured, the figure with its unit, and the most that it may be (None: no bar).

    A goal is a bar that has not been reached yet: missing it is told, and is no failure.
    """

    name: str
    figure: float
    unit: str
    bar: float | None = None
    is_goal: bool = False


def command(*arguments: str) -> list[str]:
    """The installed command beside this interpreter, or the module where there is none."""
    script = Path(sysconfig.get_path("scripts")) / "rehabfacts"
    return [str(script), *arguments] if script.exists() else [sys.executable, "-m", "rehabfacts", *arguments]


def run(arguments: Sequence[str], *, expected: Sequence[int] = (0,)) -> Cost:
    """Runs a process to its end. Installed packages have bytecode, so the process may write it."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    child = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in expected:
        raise SystemExit(f"{' '.join(arguments)}: exit status {child.returncode}, expected one of {list(expected)}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / unit)


def medians(commands: Mapping[str, Sequence[str]], *, runs: int, expected: Sequence[int] = (0,), warm: int = 2) -> dict[str, Cost]:
    """The median cost of each command, run in turn so that a slow moment falls on all of them."""
    for _ in range(warm):
        for arguments in commands.values():
            run(arguments, expected=expected)
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, arguments in commands.items():
            costs[name].append(run(arguments, expected=expected))
    return {name: Cost(*(statistics.median(part) for part in zip(*each, strict=True))) for name, each in costs.items()}


def print_versions(*packages: str) -> None:
    """Says what was measured on."""
    found = []
    for name in packages:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} (not installed)")
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; {', '.join(found)}")


def print_rows(rows: Sequence[Row], *, slack: float = 1.0) -> int:
    """Prints the figures beside their bars; returns 1 if one misses its bar, taken `slack` times, else 0."""
    width = max(len(row.name) for row in rows)
    missed = False
    for row in rows:
        bar = ""
        if row.bar is not None:
            state = "ok" if row.figure <= row.bar else "within the slack" if row.figure <= row.bar * slack else "MISSED"
            missed |= state == "MISSED" and not row.is_goal
            bar = f"{'goal' if row.is_goal else 'bar'} {row.bar:g} {row.unit}  {state}"
        print(f"{row.name:<{width}}  {row.figure:>10.3f} {row.unit:<3}  {bar}".rstrip())
    return int(missed)
