"""How much the guarded tree costs beside PyYAML's bare events: `python benchmarks/yaml_tree.py [facts]`.

Prints medians and minima of nine interleaved rounds, in processor seconds, and the ratio to the bare events.
"""

import gc
import sys
import time
from statistics import median

from yaml.cyaml import CParser

from rehabfacts.loading.yaml_tree import read_yaml

ROUNDS = 9
FACT = """\
  - id: fact-{n:05d}
    type: Creation
    body: commission-{body}
    date: {year}-04-{day:02d}
    quote: {quote}
"""


def facts(number, quote="У {year} році була створена Комісія номер {n}", head=""):
    """A file of facts with five keys each."""
    lines = [f"rehabfacts: 1{head}\nfacts:\n"]
    for n in range(number):
        year, day = 1910 + n % 90, n % 28 + 1
        lines.append(FACT.format(n=n, body=n % 100, year=year, day=day, quote=quote.format(year=year, n=n)))
    return "".join(lines).encode()


def bare(data):
    for _ in iter(CParser(data).get_event, None):
        pass


def ours(data):
    tree, problems = read_yaml(data, "facts.yaml")
    assert tree is not None
    assert not problems
    return tree


def ours_without_collector(data):
    gc.disable()
    try:
        return ours(data)
    finally:
        gc.enable()


def seconds(function, data):
    gc.collect()
    start = time.process_time()
    kept = function(data)
    spent = time.process_time() - start
    del kept
    return spent


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    files = {
        "nothing suspicious": facts(number),
        "tags, escapes and comments possible": facts(
            number, quote='"Так! \\"Комісія\\" & {n}"', head="  # format version; null = not stated"
        ),
    }
    for name, data in files.items():
        spent = {function: [] for function in (bare, ours, ours_without_collector)}
        for _ in range(ROUNDS):
            for function, times in spent.items():
                times.append(seconds(function, data))
        print(f"{number} facts, {name}, {len(data)} bytes")
        for function, times in spent.items():
            ratio, least = median(times) / median(spent[bare]), min(times) / min(spent[bare])
            extra = (min(times) - min(spent[bare])) / number * 1e6
            print(
                f"  {function.__name__:24} median {median(times):.3f} s  least {min(times):.3f} s"
                f"  ratio {ratio:.2f} (of least: {least:.2f})  {extra:.1f} µs a fact over bare"
            )


if __name__ == "__main__":
    main()
