"""Anchoring 10,000 quotes in a text of 5 MB, and half of both to see that the time is linear.

Run with `python benchmarks/quotes.py`; seconds are the processor's. The bars: 5 MB and 10,000 quotes in 5 s and 300 MB,
half of both in about half the time, 80 quotes of a short text in 5 ms. The other texts are there to be unkind: where
quotes stand at thousands of places, each place counted (up to 1,000) has its cost.
"""

import random
import resource
import time
from collections.abc import Callable

from rehabfacts.quotes import Anchors, QuoteState
from rehabfacts.sources import Source

SEED = 20261122
LONGEST = 1000
LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"


def main() -> None:
    """Print one line per case: characters, quotes, seconds, states."""
    print(f"{'case':44}{'kB':>8}{'quotes':>8}{'seconds':>9}  states")
    for name, make, size, quotes in CASES:
        text = make(size)
        run(name, text, quoted(text, quotes))
    small = natural(5_000)
    for name in ("small text, cold", "small text"):
        run(name, small, quoted(small, 80))
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def run(name: str, text: str, quotes: list[str]) -> None:
    data = text.encode()
    started = time.process_time()
    source, _ = Source.from_bytes("source", data)
    anchors = Anchors([source] if source else [])
    states = [anchors.find("source", quote).state for quote in quotes]
    seconds = time.process_time() - started
    counts = ", ".join(f"{state.value} {states.count(state)}" for state in QuoteState if state in states)
    print(f"{name:44}{len(data) / 1000:8.0f}{len(quotes):8}{seconds:9.3f}  {counts}")


def natural(size: int) -> str:
    """Words of a vocabulary with natural frequencies, in printed lines of which every tenth is hyphenated."""
    chance = random.Random(SEED)
    vocabulary = ["".join(chance.choices(LETTERS, k=chance.randint(1, 12))) for _ in range(30_000)]
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]
    words = chance.choices(vocabulary, weights, k=size // 15)
    lines = [" ".join(words[n : n + 9]) + chance.choice(("\n", " \n\n", ".\n")) for n in range(0, len(words), 9)]
    for n in range(0, len(lines), 10):
        at = lines[n].rfind(" ", 0, -4) + 3
        lines[n] = lines[n][:at] + "-\n" + lines[n][at:]
    return "".join(lines)


def two_words(size: int) -> str:
    chance = random.Random(SEED)
    return " ".join(chance.choices(("комісія", "комітет"), k=size // 15))


def periodic(size: int) -> str:
    return "the same words. " * (size // 16)


def without_spaces(size: int) -> str:
    chance = random.Random(SEED)
    return "".join(chance.choices(LETTERS, k=size // 2))


def decomposed(size: int) -> str:
    return "и\u0306" * (size // 4)


def quoted(text: str, count: int) -> list[str]:
    """Passages of 3 to 20 words as a person would type them, a tenth of them with one word changed."""
    chance = random.Random(SEED)
    words = text.split()
    quotes = []
    for n in range(count):
        start = chance.randrange(max(1, len(words) - 20))
        passage = words[start : start + chance.randint(3, 20)]
        if n % 10 == 0:
            passage[len(passage) // 2] = "спотворено"
        quotes.append(" ".join(passage)[:LONGEST].strip(".-"))
    return quotes


CASES: tuple[tuple[str, Callable[[int], str], int, int], ...] = (
    ("natural, half", natural, 2_500_000, 5_000),
    ("natural", natural, 5_000_000, 10_000),
    ("two words", two_words, 5_000_000, 1_000),
    ("periodic", periodic, 5_000_000, 1_000),
    ("one line without spaces", without_spaces, 5_000_000, 100),
    ("decomposed letters", decomposed, 5_000_000, 10),
)

if __name__ == "__main__":
    main()
