"""The start: a check of the real dataset, and the import of the library, each as whole processes.

    python benchmarks/startup.py [--quick]

C1: `rehabfacts check` takes at most twice the time of `import attrs, yaml, click`.
C2: `import rehabfacts` takes at most 60 ms over a bare interpreter, 120 ms with every public name touched, and loads no
click, Jinja2, numpy or DuckDB. Milliseconds are of a machine that is at rest: elsewhere what they come to beside the imports tells.
`--quick` makes fewer runs and lets a noisy machine take twice the bar.
"""

import argparse
import sys

import measuring
from measuring import Row, command

from rehabfacts import builtin

BASELINE = "import attrs, yaml, click"
TOUCH = "import rehabfacts; [getattr(rehabfacts, name) for name in rehabfacts.__all__]"
FORBIDDEN = ("click", "jinja2", "numpy", "duckdb", "pandas", "pyspark", "rdflib")
LOADED = f"{TOUCH}; import sys; sys.exit(' '.join(sorted(set(sys.modules) & {set(FORBIDDEN)!r})) or 0)"


def main() -> int:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    measuring.print_versions("rehabfacts", "attrs", "PyYAML", "click", "python-dateutil")
    python = [sys.executable, "-c"]
    measuring.run([*python, LOADED])
    costs = measuring.medians(
        {
            "bare": [*python, "pass"],
            "baseline": [*python, BASELINE],
            "check": command("check", str(builtin.path("facts")), str(builtin.path("rules"))),
            "import": [*python, "import rehabfacts"],
            "touch": [*python, TOUCH],
        },
        runs=5 if quick else 15,
    )
    return measuring.print_rows(list(_rows(costs)), slack=2.0 if quick else 1.0)


def _rows(costs: dict[str, measuring.Cost]) -> list[Row]:
    bare, baseline, check = costs["bare"], costs["baseline"], costs["check"]
    rows = [
        Row("bare interpreter, processor", bare.processor * 1000, "ms"),
        Row(f"{BASELINE}, processor", baseline.processor * 1000, "ms"),
        Row(f"{BASELINE}, wall", baseline.wall * 1000, "ms"),
        Row("check of the real dataset, processor", check.processor * 1000, "ms"),
        Row("check of the real dataset, wall", check.wall * 1000, "ms"),
        Row("check of the real dataset, memory", check.memory, "MB"),
        Row("C1: check over the imports, processor", check.processor / baseline.processor, "x", 3),
        Row("C1: the same, where it should be", check.processor / baseline.processor, "x", 2, is_goal=True),
        Row("C1: check over the imports, wall", check.wall / baseline.wall, "x"),
    ]
    imports = baseline.processor - bare.processor
    for name, what, bar, most in (("import", "import rehabfacts", 60, 0.75), ("touch", "every public name touched", 120, 1.8)):
        cost = costs[name].processor - bare.processor
        rows.append(Row(f"C2: {what}, over the bare interpreter, processor", cost * 1000, "ms", bar, is_goal=name == "touch"))
        rows.append(Row(f"C2: {what}, over the bare interpreter, wall", (costs[name].wall - bare.wall) * 1000, "ms"))
        rows.append(Row(f"C2: {what}, beside the imports, processor", cost / imports, "x", most))
    return rows


if __name__ == "__main__":
    sys.exit(main())
